package claim

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// Verdicts of a review.
const (
	verdictPass    = "pass"
	verdictAdjust  = "adjust"
	verdictReject  = "reject"
	verdictCorrect = "correct"
	verdictReturn  = "return"
)

// review is one line of what the steps said. It is never changed.
type review struct {
	ID            uuid.UUID
	ClaimID       uuid.UUID
	Step          string
	Verdict       string
	Amount        *money.Amount
	ReasonCode    string
	Opinion       string
	SiteCheckedOn *calendar.Date
	SiteCheck     string
	MakerID       uuid.UUID
	MakerName     string
	MakerOrg      string
	CheckerID     *uuid.UUID
	CheckerName   string
	CheckerOrg    string
	ReviewedAt    time.Time
}

// note writes what a step said; without a checker where the step takes one person.
func (f *file) note(tx postgres.Tx, by signers, r review) (err error) {
	if r.ID, err = uuid.NewV7(); err != nil {
		return err
	}
	r.ClaimID, r.ReviewedAt = f.ID, tx.Now()
	r.MakerID, r.MakerName, r.MakerOrg = by.maker.UserID, by.maker.Name, by.maker.OrgName
	if !by.checker.IsSystem() {
		r.CheckerID, r.CheckerName, r.CheckerOrg = &by.checker.UserID, by.checker.Name, by.checker.OrgName
		if r.MakerOrg == "" {
			r.MakerOrg = by.checker.OrgName // a proposal's maker and checker are of one house
		}
	}
	return insertReview(tx, r)
}

// Opinion is what a review of the manager or the bureau says.
type Opinion struct {
	Verdict       string         `json:"verdict" enum:"pass,adjust,reject" doc:"同意、调整金额、不予补偿"`
	Amount        *money.Amount  `json:"amount,omitempty" doc:"调整后的金额"`
	ReasonCode    string         `json:"reason_code,omitempty" maxLength:"40" doc:"调整原因"`
	Opinion       string         `json:"opinion" maxLength:"2000" doc:"审核意见"`
	SiteCheckedOn *calendar.Date `json:"site_checked_on,omitempty" doc:"现场核查日期（初审）"`
	SiteCheck     string         `json:"site_check,omitempty" maxLength:"2000" doc:"现场核查情况（初审）"`
	DocumentIDs   []uuid.UUID    `json:"document_ids,omitempty" doc:"附件"`
}

func (o Opinion) proofs() []uuid.UUID { return o.DocumentIDs }

// check wants an opinion, and an adjusted amount with its reason within what was asked.
func (o *Opinion) check(tx postgres.Tx, most money.Amount, site bool) error {
	var c fault.Collector
	o.Opinion, o.SiteCheck = strings.TrimSpace(o.Opinion), strings.TrimSpace(o.SiteCheck)
	if o.Opinion == "" {
		c.Add("opinion", "opinion_required", "请填写审核意见")
	}
	switch o.Verdict {
	case verdictAdjust:
		switch {
		case o.Amount == nil || !o.Amount.IsPositive():
			c.Add("amount", "amount_not_positive", "请填写调整后的金额，须大于 0")
		case most.Less(*o.Amount):
			c.Add("amount", "adjusted_above_asked", "调整后的金额 %s 不能超过 %s", o.Amount.Text(), most.Text())
		}
		if !known(ReasonCodes, o.ReasonCode) {
			c.Add("reason_code", "reason_code_required", "请选择调整原因")
		}
	case verdictPass, verdictReject:
		o.Amount = nil
	default:
		c.Add("verdict", "verdict_unknown", "请选择审核结论")
	}
	if site && o.Verdict != verdictReject {
		if o.SiteCheck == "" {
			c.Add("site_check", "site_check_required", "请填写现场核查情况")
		}
		if o.SiteCheckedOn == nil {
			c.Add("site_checked_on", "field_required", "请填写现场核查日期")
		} else {
			inPast(tx, &c, "site_checked_on", *o.SiteCheckedOn)
		}
	}
	return c.Err()
}

// line is the opinion as a review; amount is what the claim then stands at.
func (o Opinion) line(name string, amount money.Amount) review {
	r := review{Step: name, Verdict: o.Verdict, ReasonCode: o.ReasonCode, Opinion: o.Opinion, SiteCheckedOn: o.SiteCheckedOn, SiteCheck: o.SiteCheck}
	if o.Verdict != verdictReject {
		r.Amount = &amount
	}
	return r
}

var firstReviewStep = step[Opinion]{
	action: FirstReview, text: "补偿申请初审", make: authz.ClaimManage, check: authz.ClaimManageSign, proves: Opinion.proofs,
	try: func(_ *Service, tx postgres.Tx, f *file, o *Opinion) error { return o.check(tx, f.Asked, true) },
	take: func(s *Service, tx postgres.Tx, f *file, o Opinion, by signers) error {
		p, err := f.rules(tx)
		if err != nil {
			return err
		}
		wait := p.ReviewBureauWD
		if p.ExpertRequiredAbove.Less(f.EligibleLoss) {
			f.ExpertsWanted, wait = p.ExpertCount, p.ReviewExpertWD
		}
		return s.conclude(tx, f, "first", o, by, FirstReview, firstReject, wait)
	},
}

var bureauReviewStep = step[Opinion]{
	action: BureauReview, text: "补偿申请复核", make: authz.ClaimDecide, check: authz.ClaimDecideSign, proves: Opinion.proofs,
	try: func(_ *Service, tx postgres.Tx, f *file, o *Opinion) error { return o.check(tx, f.Asked, false) },
	take: func(s *Service, tx postgres.Tx, f *file, o Opinion, by signers) error {
		// A review changes what the public was shown, so a new round must follow.
		f.PublicityFrom, f.PublicityUntil = nil, nil
		p, err := f.rules(tx)
		if err != nil {
			return err
		}
		return s.conclude(tx, f, "bureau", o, by, BureauReview, bureauReject, p.ReviewBureauWD)
	},
}

// conclude writes a review and moves the claim on, or ends it.
func (s *Service) conclude(tx postgres.Tx, f *file, name string, o Opinion, by signers, on, off Action, wait int) error {
	if o.Verdict == verdictReject {
		if err := f.note(tx, by, o.line(name, f.current())); err != nil {
			return err
		}
		return s.reject(tx, f, by, off, o.Opinion)
	}
	if o.Verdict == verdictAdjust {
		f.Adjusted = o.Amount
	}
	if err := f.move(on); err != nil {
		return err
	}
	f.due(tx, wait)
	if err := f.note(tx, by, o.line(name, f.current())); err != nil {
		return err
	}
	return save(tx, &f.Claim)
}

// reject ends the claim with its reason; the bank may apply again.
func (s *Service) reject(tx postgres.Tx, f *file, by signers, a Action, reason string) error {
	if err := f.end(tx, by.checker, a, reason); err != nil {
		return err
	}
	if err := save(tx, &f.Claim); err != nil {
		return err
	}
	return f.publish(tx, "claim.rejected")
}

// Refusal is why a claim is not followed.
type Refusal struct {
	Reason string `json:"reason" maxLength:"1000" doc:"理由"`
}

func (r *Refusal) check(*Service, postgres.Tx, *file) error {
	r.Reason = strings.TrimSpace(r.Reason)
	if r.Reason == "" {
		return errReason
	}
	return nil
}

func tryRefusal(s *Service, tx postgres.Tx, f *file, r *Refusal) error { return r.check(s, tx, f) }

func takeRefusal(a Action) func(*Service, postgres.Tx, *file, Refusal, signers) error {
	return func(s *Service, tx postgres.Tx, f *file, r Refusal, by signers) error {
		if err := f.note(tx, by, review{Step: "reject", Verdict: verdictReject, Opinion: r.Reason}); err != nil {
			return err
		}
		return s.reject(tx, f, by, a, r.Reason)
	}
}

var refuseStep = step[Refusal]{
	action: Refuse, text: "补偿申请不予受理", make: authz.ClaimManage, check: authz.ClaimManageSign, try: tryRefusal, take: takeRefusal(Refuse),
}

var rejectStep = step[Refusal]{
	action: Reject, text: "不予补偿", make: authz.ClaimDecide, check: authz.ClaimDecideSign, try: tryRefusal, take: takeRefusal(Reject),
}

// FirstReview is the manager's review with its site check.
func (s *Service) FirstReview(ctx context.Context, actor authz.Actor, id uuid.UUID, o Opinion) (Claim, error) {
	return propose(ctx, s, firstReviewStep, actor, id, o)
}

// BureauReview is the bureau's decision on the amount.
func (s *Service) BureauReview(ctx context.Context, actor authz.Actor, id uuid.UUID, o Opinion) (Claim, error) {
	return propose(ctx, s, bureauReviewStep, actor, id, o)
}

// Refuse turns an incomplete or unfounded claim away before its review.
func (s *Service) Refuse(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Claim, error) {
	return propose(ctx, s, refuseStep, actor, id, Refusal{reason})
}

// Reject turns a claim down after the bureau's review.
func (s *Service) Reject(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Claim, error) {
	return propose(ctx, s, rejectStep, actor, id, Refusal{reason})
}
