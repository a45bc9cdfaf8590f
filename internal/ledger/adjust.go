package ledger

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// Adjustment is a manual entry, proposed by the treasurer and signed by the checker.
type Adjustment struct {
	BookID      uuid.UUID     `json:"book_id"`
	Reference   string        `json:"reference"`
	EffectiveOn calendar.Date `json:"effective_on"`
	Narrative   string        `json:"narrative"`
	Postings    []Posting     `json:"postings" nullable:"false"`
}

func (a Adjustment) entry(id uuid.UUID, maker, checker authz.Actor) Entry {
	return Entry{
		BookID: a.BookID, Kind: "adjust", Reference: a.Reference, EffectiveOn: a.EffectiveOn, Narrative: a.Narrative,
		Maker: maker, Checker: checker, IdempotencyKey: "adjust:" + id.String(), Postings: a.Postings,
	}
}

// ProposeAdjustment checks the entry against the books as they stand, so that the maker
// hears at once what the checker's signature would meet, and lets it wait.
func (s *Service) ProposeAdjustment(ctx context.Context, actor authz.Actor, a Adjustment) (id uuid.UUID, pending *approval.PendingView, err error) {
	if err := actor.Allowed(authz.LedgerAdjust); err != nil {
		return id, nil, err
	}
	if a.Narrative == "" {
		return id, nil, fault.InField("narrative", "narrative_required", "请填写调整的原因和依据")
	}
	if id, err = uuid.NewV7(); err != nil {
		return id, nil, err
	}
	pending, err = s.propose(ctx, actor, subjectAdjustment, func(tx postgres.Tx) (approval.Draft, error) {
		trial := a.entry(id, actor, authz.Actor{UserID: id, Name: "试算"})
		records, err := prepare(tx.Now(), []Entry{trial})
		if err != nil {
			return approval.Draft{}, err
		}
		h, err := lockHead(tx, a.BookID, records)
		if err != nil {
			return approval.Draft{}, err
		}
		if _, err := h.apply(records); err != nil {
			return approval.Draft{}, err
		}
		return approval.Draft{
			Kind: kindAdjust, SubjectID: id, SubjectVersion: 1,
			Title: fmt.Sprintf("%s 手工调整 %s：%s", h.book.Name, trial.Amount().Text(), a.Narrative), Payload: a,
		}, nil
	})
	return id, pending, err
}

func applyAdjust(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
	var a Adjustment
	if err := p.Decode(&a); err != nil {
		return err
	}
	_, err := Post(tx, a.entry(p.SubjectID, maker, checker))
	return err
}

// OpenAccount opens an account of the chart in a book, for adjustments and direct entries.
func (s *Service) OpenAccount(ctx context.Context, actor authz.Actor, bookID uuid.UUID, path, name string) error {
	if err := actor.Allowed(authz.LedgerAdjust); err != nil {
		return err
	}
	if name == "" || !clean(name, 100) {
		return fault.InField("name", "account_name_malformed", "请填写科目名称，最多 100 个字")
	}
	if err := checkPath(path, false); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx postgres.Tx) error {
		if _, err := lockHead(tx, bookID, nil); err != nil {
			return err
		}
		if stands, err := balances(tx, bookID, "path = $2", path); err != nil {
			return err
		} else if _, taken := stands[path]; taken {
			return fault.InField("path", "account_stands", "科目 %s 已经存在", path)
		}
		// An exposure account never goes below zero; only its counterpart does.
		negative := classes[segment(path)].Negative && segment(path) != "exposure" && segment(path) != "memo"
		if err := Ensure(tx, bookID, path, name, negative); err != nil {
			return err
		}
		return audit.Record(tx, actor, "ledger.open_account", subjectBook, bookID, map[string]any{"path": path, "name": name})
	})
}
