package subsidy

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/number"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/state"
)

type (
	// BatchStatus is where a payout batch stands.
	BatchStatus string
	// BatchAction moves it.
	BatchAction string
)

// The life of a batch. A returned one is made anew.
const (
	BatchSubmitted BatchStatus = "submitted"
	BatchPaid      BatchStatus = "paid"
	BatchReturned  BatchStatus = "returned"

	payBatch    BatchAction = "pay"
	returnBatch BatchAction = "return"
)

// BatchTransitions is the whole life of a batch.
var BatchTransitions = state.Table[BatchStatus, BatchAction]{BatchSubmitted: {payBatch: BatchPaid, returnBatch: BatchReturned}}

var _ = audit.Name(map[string]string{
	"subsidy_batch.submit": "提交补助拨付", "subsidy_batch.pay": "补助拨付入账", "subsidy_batch.return": "退回拨付批次",
})

// batchMax is how many lines one batch may hold: what one person can check at a time.
const batchMax = 200

// Batch is a list of grants paid out together.
type Batch struct {
	ID           uuid.UUID
	Number       string
	CallID       uuid.UUID
	Total        money.Amount
	Items        int
	Note         string
	Status       BatchStatus
	StatusReason string
	MakerID      uuid.UUID
	MakerName    string
	CheckerID    *uuid.UUID
	CheckerName  string
	CreatedAt    time.Time
	PaidAt       *time.Time
	Version      int64
}

// NewBatch is what a treasurer puts together.
type NewBatch struct {
	CallID       uuid.UUID   `json:"call_id" doc:"补助征集"`
	Applications []uuid.UUID `json:"applications" doc:"公示期满、没有异议的申请"`
	Note         string      `json:"note,omitempty" maxLength:"300" doc:"说明"`
}

// CreateBatch puts grants whose publicity is over into a batch and hands it to the
// finance bureau's checker. It fails with subsidy_not_payable and fund_insufficient.
func (s *Service) CreateBatch(ctx context.Context, actor authz.Actor, n NewBatch) (b Batch, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.SubsidyPay); err != nil {
			return err
		}
		c, err := readableCall(tx, actor, n.CallID)
		if err != nil {
			return errCallNotFound.Of("call_id")
		}
		lines, total, err := payable(tx, c, n.Applications)
		if err != nil {
			return err
		}
		if err := affordable(tx, total); err != nil {
			return err
		}
		if b, err = newBatch(tx, actor, c, n, len(lines), total); err != nil {
			return err
		}
		for i := range lines {
			a := &lines[i]
			if err := a.move(batch); err != nil {
				return err
			}
			a.BatchID = &b.ID
			if err := s.keep(tx, actor, a, "subsidy.batch", map[string]any{"batch": b.Number}); err != nil {
				return err
			}
		}
		_, err = s.approvals.Propose(tx, actor, approval.Draft{
			Kind: kindPay, SubjectID: b.ID, SubjectVersion: b.Version, Payload: map[string]any{"total": b.Total, "applications": n.Applications},
			Title: b.Number + " " + c.Title + " 共 " + b.Total.Text(),
		})
		if err != nil {
			return err
		}
		return audit.Record(tx, actor, "subsidy_batch.submit", batchSubject, b.ID, map[string]any{"total": b.Total, "items": b.Items})
	})
	return b, err
}

// payable locks the applications and wants each to be of the call and past its publicity.
func payable(tx postgres.Tx, c Call, ids []uuid.UUID) (lines []Application, total money.Amount, err error) {
	if len(ids) == 0 || len(ids) > batchMax {
		return nil, total, fault.InField("applications", "batch_size", "每个批次应有 1 至 %d 份申请", batchMax)
	}
	if lines, err = lockMany(tx, ids); err != nil {
		return nil, total, err
	}
	today := calendar.DateOf(tx.Now())
	seen := map[uuid.UUID]bool{}
	for _, a := range lines {
		if a.CallID != c.ID || !a.publicityOver(today) {
			return nil, total, fault.InField("applications", "subsidy_not_payable", "申请 %s 尚未公示期满，或有异议、已拨付，不能列入批次", a.Number)
		}
		seen[a.ID], total = true, total.Add(*a.Approved)
	}
	for _, id := range ids {
		if !seen[id] {
			return nil, total, fault.InField("applications", "subsidy_not_found", "列入批次的申请不存在，请刷新后重新选择")
		}
	}
	return lines, total, nil
}

func newBatch(tx postgres.Tx, actor authz.Actor, c Call, n NewBatch, items int, total money.Amount) (b Batch, err error) {
	id, err := uuid.NewV7()
	if err != nil {
		return b, err
	}
	no, err := number.Next(tx, batchNumber)
	if err != nil {
		return b, err
	}
	b = Batch{
		ID: id, Number: no, CallID: c.ID, Total: total, Items: items, Note: strings.TrimSpace(n.Note), Status: BatchSubmitted,
		MakerID: actor.UserID, MakerName: actor.Name, CreatedAt: tx.Now(), Version: 1,
	}
	return b, insertBatch(tx, b)
}

// payBatch is the finance checker's signature: each line becomes one entry of the subsidy
// book, or none does. It fails with fund_insufficient.
func (s *Service) payBatch(tx postgres.Tx, id uuid.UUID, maker, checker authz.Actor) error {
	b, err := findBatch(tx, id, true)
	if err != nil {
		return err
	}
	if b.Status, err = BatchTransitions.Next(b.Status, payBatch); err != nil {
		return err
	}
	lines, err := lockOfBatch(tx, b.ID)
	if err != nil {
		return err
	}
	book, err := Book(tx)
	if err != nil {
		return err
	}
	now := tx.Now()
	for i := range lines {
		if err := s.payLine(tx, &lines[i], book, maker, checker); err != nil {
			return err
		}
	}
	b.CheckerID, b.CheckerName, b.PaidAt, b.StatusReason = &checker.UserID, checker.Name, &now, ""
	if err := saveBatch(tx, &b); err != nil {
		return err
	}
	if err := audit.Record(tx, checker, "subsidy_batch.pay", batchSubject, b.ID, map[string]any{"maker": maker.Name, "total": b.Total}); err != nil {
		return err
	}
	return event.Publish(tx, "subsidy_batch.paid", map[string]any{"batch_id": b.ID, "amount": b.Total})
}

func (s *Service) payLine(tx postgres.Tx, a *Application, book ledger.Book, maker, checker authz.Actor) error {
	if err := a.move(pay); err != nil {
		return err
	}
	account := ledger.SubsidyFor(string(a.Kind))
	if err := ledger.Ensure(tx, book.ID, account, a.Kind.Text(), true); err != nil {
		return err
	}
	now := tx.Now()
	posted, err := ledger.Post(tx, ledger.Subsidy(book.ID, maker, checker, a.Number, calendar.DateOf(now), *a.Approved, string(a.Kind), custody))
	if err != nil {
		return err
	}
	a.EntryID, a.EntrySeq, a.PaidAt = &posted.ID, &posted.Seq, &now
	if err := s.keep(tx, checker, a, "subsidy.pay", map[string]any{"amount": a.Approved, "entry": posted.Seq}); err != nil {
		return err
	}
	return event.Publish(tx, "subsidy.paid", map[string]any{"subsidy_id": a.ID, "org_id": a.OrgID, "amount": a.Approved})
}

// returnBatch puts the lines back where they were.
func (s *Service) returnBatch(tx postgres.Tx, id uuid.UUID, by authz.Actor, reason string) error {
	b, err := findBatch(tx, id, true)
	if err != nil {
		return err
	}
	if b.Status, err = BatchTransitions.Next(b.Status, returnBatch); err != nil {
		return err
	}
	lines, err := lockOfBatch(tx, b.ID)
	if err != nil {
		return err
	}
	for i := range lines {
		a := &lines[i]
		if err := a.move(unbatch); err != nil {
			return err
		}
		a.BatchID = nil
		if err := s.keep(tx, by, a, "subsidy.unbatch", map[string]any{"reason": reason}); err != nil {
			return err
		}
	}
	b.StatusReason = reason
	if err := saveBatch(tx, &b); err != nil {
		return err
	}
	return audit.Record(tx, by, "subsidy_batch.return", batchSubject, b.ID, map[string]any{"reason": reason})
}
