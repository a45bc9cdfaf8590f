package claim

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/iam"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// seatOnPanel is an expert drawn for a claim, and what was said. Seed and pool are those
// of the draw that brought the expert in: Rank repeats it.
type seatOnPanel struct {
	ClaimID       uuid.UUID
	UserID        uuid.UUID
	OrgID         uuid.UUID
	Name          string
	Place         int
	DrawnAt       time.Time
	DrawSeed      string
	DrawPool      []uuid.UUID `gorm:"serializer:json"`
	Recused       bool
	RecusalReason string
	Scores        map[string]int `gorm:"serializer:json"`
	Total         *int
	Amount        *money.Amount
	Opinion       string
	Verdict       string
	ScoredAt      *time.Time
}

// Scoring is an expert's form.
type Scoring struct {
	Scores  map[string]int `json:"scores" doc:"各项评分，以评分项代码为键"`
	Verdict string         `json:"verdict" enum:"pass,adjust,reject"`
	Amount  *money.Amount  `json:"amount,omitempty" doc:"建议金额（调整时填写）"`
	Opinion string         `json:"opinion" maxLength:"2000"`
}

// Draw draws the experts that are still wanting: all at first, then one for each who
// stood back. Whoever belongs to a party of the case is not in the pool. It fails with
// experts_insufficient.
func (s *Service) Draw(ctx context.Context, actor authz.Actor, id uuid.UUID) (c Claim, err error) {
	err = s.act(ctx, actor, authz.ClaimManage, id, Draw, func(tx postgres.Tx, f *file) error {
		p, err := f.rules(tx)
		if err != nil {
			return err
		}
		if f.ExpertsWanted == 0 { // below the threshold the manager may ask for experts all the same
			f.ExpertsWanted = p.ExpertCount
		}
		f.due(tx, p.ReviewExpertWD)
		seats, err := panelOf(tx, id)
		if err != nil {
			return err
		}
		drawn, err := s.draw(tx, f, seats)
		if err != nil {
			return err
		}
		c = f.Claim
		return s.keep(tx, actor, f, "claim.draw", drawn)
	})
	return c, err
}

// draw fixes the pool, then makes the seed, then takes the first by rank.
func (s *Service) draw(tx postgres.Tx, f *file, seats []seatOnPanel) (detail map[string]any, err error) {
	wanting := f.ExpertsWanted - sitting(seats)
	pool, names, homes, err := f.pool(tx, seats)
	if err != nil {
		return nil, err
	}
	if len(pool) < wanting {
		return nil, fault.New(fault.Rule, "experts_insufficient", "可抽取的专家只有 %d 人，还需 %d 人（须回避的已排除），请先补充专家库", len(pool), wanting)
	}
	seed := newSeed()
	ranked := Rank(seed, pool)
	for i, user := range ranked[:wanting] {
		seat := seatOnPanel{
			ClaimID: f.ID, UserID: user, OrgID: homes[user], Name: names[user], Place: len(seats) + i + 1,
			DrawnAt: tx.Now(), DrawSeed: seed, DrawPool: pool,
		}
		if err := insertSeat(tx, seat); err != nil {
			return nil, err
		}
	}
	return map[string]any{"seed": seed, "pool": pool, "drawn": ranked[:wanting]}, nil
}

func sitting(seats []seatOnPanel) (n int) {
	for _, seat := range seats {
		if !seat.Recused {
			n++
		}
	}
	return n
}

// pool is who may be drawn, sorted: experts who work for no party of the case, took no
// part in it, and weren't drawn before.
func (f *file) pool(tx postgres.Tx, seats []seatOnPanel) (pool []uuid.UUID, names map[uuid.UUID]string, homes map[uuid.UUID]uuid.UUID, err error) {
	e, err := fund.FindEnrolment(tx, f.EnrolmentID)
	if err != nil {
		return nil, nil, nil, err
	}
	parties := []uuid.UUID{f.BankID, f.BorrowerID}
	for _, seat := range []*uuid.UUID{e.GuarantorID, e.InsurerID, e.AppraiserID} {
		if seat != nil {
			parties = append(parties, *seat)
		}
	}
	interested, err := interestedUsers(tx, parties, f.NeedID)
	if err != nil {
		return nil, nil, nil, err
	}
	for _, seat := range seats {
		interested[seat.UserID] = true
	}
	experts, err := iam.UsersWithRole(tx, authz.Expert)
	if err != nil {
		return nil, nil, nil, err
	}
	names = map[uuid.UUID]string{}
	for _, u := range experts {
		if !interested[u.ID] {
			pool, names[u.ID] = append(pool, u.ID), u.Name
		}
	}
	slices.SortFunc(pool, func(a, b uuid.UUID) int { return strings.Compare(a.String(), b.String()) })
	homes, err = expertHomes(tx, pool)
	return pool, names, homes, err
}

// Recuse is an expert standing back because of an interest (domain F3); the manager then
// draws another.
func (s *Service) Recuse(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (c Claim, err error) {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return c, errReason
	}
	err = s.act(ctx, actor, authz.ClaimScore, id, Recuse, func(tx postgres.Tx, f *file) error {
		c = f.Claim
		if err := recuse(tx, id, actor.UserID, reason); err != nil {
			return err
		}
		return s.keep(tx, actor, f, "claim.recuse", map[string]any{"reason": reason})
	})
	return c, err
}

func (in *Scoring) check(most money.Amount) error {
	var c fault.Collector
	in.Opinion = strings.TrimSpace(in.Opinion)
	if in.Opinion == "" {
		c.Add("opinion", "opinion_required", "请填写评审意见")
	}
	for _, criterion := range Criteria {
		score, given := in.Scores[criterion.Code]
		if !given || score < 0 || score > criterion.Most {
			c.Add("scores."+criterion.Code, "score_out_of_range", "“%s”应评 0 到 %d 分", criterion.Text, criterion.Most)
		}
	}
	if len(in.Scores) > len(Criteria) {
		c.Add("scores", "score_unknown", "评分项与评分表不符")
	}
	switch in.Verdict {
	case verdictPass, verdictReject:
		in.Amount = nil
	case verdictAdjust:
		if in.Amount == nil || !in.Amount.IsPositive() || most.Less(*in.Amount) {
			c.Add("amount", "adjusted_above_asked", "建议金额应大于 0 且不超过 %s", most.Text())
		}
	default:
		c.Add("verdict", "verdict_unknown", "请选择评审结论")
	}
	return c.Err()
}

// Score is an expert's verdict. It is given once; the last one concludes the step.
func (s *Service) Score(ctx context.Context, actor authz.Actor, id uuid.UUID, in Scoring) (c Claim, err error) {
	err = s.act(ctx, actor, authz.ClaimScore, id, Score, func(tx postgres.Tx, f *file) error {
		if err := in.check(f.current()); err != nil {
			return err
		}
		total := 0
		for _, score := range in.Scores {
			total += score
		}
		if in.Verdict == verdictPass {
			amount := f.current()
			in.Amount = &amount
		}
		if err := putScore(tx, id, actor.UserID, in, total); err != nil {
			return err
		}
		if err := audit.Record(tx, actor, "claim.score", Subject, id, map[string]any{"total": total, "verdict": in.Verdict}); err != nil {
			return err
		}
		seats, err := panelOf(tx, id)
		if err != nil {
			return err
		}
		if err := s.weigh(tx, f, seats); err != nil {
			return err
		}
		c = f.Claim
		return nil
	})
	return c, err
}

// weigh concludes the experts' step once the panel is full and all have scored: the
// majority decides, and the median of those in favour is the amount advised. The bureau
// is not bound by it.
func (s *Service) weigh(tx postgres.Tx, f *file, seats []seatOnPanel) error {
	var amounts []money.Amount
	votes, total := 0, 0
	for _, seat := range seats {
		if seat.Recused {
			continue
		}
		if seat.ScoredAt == nil {
			return save(tx, &f.Claim)
		}
		votes, total = votes+1, total+*seat.Total
		if seat.Amount != nil {
			amounts = append(amounts, *seat.Amount)
		}
	}
	if votes < f.ExpertsWanted {
		return save(tx, &f.Claim)
	}
	p, err := f.rules(tx)
	if err != nil {
		return err
	}
	if err := f.move(conclude); err != nil {
		return err
	}
	f.due(tx, p.ReviewBureauWD)
	line := advice(amounts, votes, total, f.current())
	if line.Verdict == verdictAdjust {
		f.Adjusted = line.Amount
	}
	if err := f.note(tx, signers{maker: authz.System}, line); err != nil {
		return err
	}
	return s.keep(tx, authz.System, f, "claim.conclude", map[string]any{"verdict": line.Verdict, "amount": line.Amount})
}
