package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

type reversal struct {
	Seq    int64  `json:"seq"`
	Kind   string `json:"kind"`
	Reason string `json:"reason"`
}

// Reverse posts the mirror of an entry, once, today: a closed month stays as it was. It
// fails with entry_already_reversed, reversal_not_reversible, fund_insufficient.
func Reverse(tx postgres.Tx, entryID uuid.UUID, maker, checker authz.Actor, reason string) (Posted, error) {
	original, err := entryByID(tx, entryID)
	if err != nil {
		return Posted{}, err
	}
	if err := reversible(tx, original); err != nil {
		return Posted{}, err
	}
	mirror := make([]Posting, len(original.Postings))
	for i, p := range original.Postings {
		mirror[i] = Posting{Source: p.Destination, Destination: p.Source, Amount: p.Amount}
	}
	return Post(tx, Entry{
		BookID: original.BookID, Kind: "reverse", Reference: original.Reference, EffectiveOn: calendar.DateOf(tx.Now()),
		Narrative: shorten(fmt.Sprintf("冲正第 %d 号分录：%s", original.Seq, reason), narrativeMax),
		Maker:     maker, Checker: checker, IdempotencyKey: "reverse:" + original.ID.String(), Postings: mirror, reverses: &original.ID,
	})
}

func shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

func reversible(tx postgres.Tx, r record) error {
	if r.Reverses != nil {
		return fault.New(fault.Rule, "reversal_not_reversible", "冲正分录不能再被冲正，请重新登记正确的分录")
	}
	by, err := reversalOf(tx, r.ID)
	if err == nil && by != nil {
		return fault.New(fault.Conflict, "entry_already_reversed", "第 %d 号分录已由第 %d 号分录冲正，不能再次冲正", r.Seq, by.Seq)
	}
	return err
}

// ProposeReversal is the treasurer asking for a reversal. Entries that a business record
// stands behind are reversed where that record is kept, so that both change together.
func (s *Service) ProposeReversal(ctx context.Context, actor authz.Actor, entryID uuid.UUID, reason string) (*approval.PendingView, error) {
	if err := actor.Allowed(authz.LedgerAdjust); err != nil {
		return nil, err
	}
	reason = strings.TrimSpace(reason)
	if reason == "" || !clean(reason, 300) {
		return nil, fault.InField("reason", "reason_required", "请填写冲正的理由，最多 300 个字")
	}
	return s.propose(ctx, actor, subjectEntry, func(tx postgres.Tx) (approval.Draft, error) {
		r, err := entryByID(tx, entryID)
		if err != nil {
			return approval.Draft{}, err
		}
		if s.ownedByBusiness(r) {
			return approval.Draft{}, fault.New(fault.Rule, "entry_belongs_to_business",
				"该分录由业务单据 %s 产生，不能在账簿上单独冲正；请在相应业务中更正，业务中无法更正的，登记一笔手工调整", r.Reference)
		}
		if err := reversible(tx, r); err != nil {
			return approval.Draft{}, err
		}
		return approval.Draft{
			Kind: kindReverse, SubjectID: r.ID, SubjectVersion: 1,
			Title:   fmt.Sprintf("冲正第 %d 号分录（%s，%s）", r.Seq, kinds[r.Kind].Text, amountOf(r.Postings).Text()),
			Payload: reversal{r.Seq, r.Kind, reason},
		}, nil
	})
}

func (s *Service) ownedByBusiness(r record) bool {
	if r.direct() {
		return false
	}
	return kinds[r.Kind].Business || slices.ContainsFunc(s.references, func(from References) bool { return slices.Contains(from.Kinds(), r.Kind) })
}

func applyReverse(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
	var d reversal
	if err := p.Decode(&d); err != nil {
		return err
	}
	_, err := Reverse(tx, p.SubjectID, maker, checker, d.Reason)
	return err
}
