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
	"ippledge/internal/fault"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/number"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/state"
)

// BookCode is the subsidy budget's own book of the ledger.
const BookCode = "subsidy"

// custody is the account the subsidy money lies on.
const custody = "main"

// LoadReference opens the subsidy book unless it stands. It may run at every start.
func LoadReference(tx postgres.Tx) error {
	_, err := ledger.BookByCode(tx, BookCode)
	if fault.Has(err, "book_not_found") {
		_, err = ledger.OpenBook(tx, BookCode, "质押融资补助资金", ledger.SubsidyBook, "")
	}
	return err
}

// Book is the subsidy book; it fails with book_not_found before LoadReference ran.
func Book(tx postgres.Tx) (ledger.Book, error) { return ledger.BookByCode(tx, BookCode) }

// balance is the money that lies on the subsidy account, and what batches in
// preparation will take of it.
func balance(tx postgres.Tx) (cash, waiting money.Amount, err error) {
	book, err := Book(tx)
	if fault.Has(err, "book_not_found") {
		return cash, waiting, nil
	}
	if err != nil {
		return cash, waiting, err
	}
	if cash, err = ledger.Balance(tx, book.ID, ledger.Cash(custody)); err != nil {
		return cash, waiting, err
	}
	waiting, err = batchedTotal(tx)
	return cash, waiting, err
}

// affordable refuses a batch that the account could not pay.
func affordable(tx postgres.Tx, total money.Amount) error {
	cash, waiting, err := balance(tx)
	if err != nil {
		return err
	}
	if left := cash.Sub(waiting); left.Less(total) {
		return fault.New(fault.Rule, "fund_insufficient", "补助资金账户可用 %s（余额 %s，待复核批次 %s），不足以支付 %s，请先拨入资金",
			left.Text(), cash.Text(), waiting.Text(), total.Text())
	}
	return nil
}

type (
	// AppropriationStatus is where an appropriation stands.
	AppropriationStatus string
	// AppropriationAction moves it.
	AppropriationAction string
)

// The life of an appropriation. A returned one is entered anew.
const (
	AppropriationSubmitted AppropriationStatus = "submitted"
	AppropriationPosted    AppropriationStatus = "posted"
	AppropriationReturned  AppropriationStatus = "returned"

	postAppropriation   AppropriationAction = "post"
	returnAppropriation AppropriationAction = "return"
)

// AppropriationTransitions is the whole life of an appropriation.
var AppropriationTransitions = state.Table[AppropriationStatus, AppropriationAction]{
	AppropriationSubmitted: {postAppropriation: AppropriationPosted, returnAppropriation: AppropriationReturned},
}

var _ = audit.Name(map[string]string{
	"subsidy_appropriation.submit": "登记补助资金拨入", "subsidy_appropriation.post": "补助资金入账", "subsidy_appropriation.return": "退回补助资金拨入",
})

// Appropriation is money that the finance bureau puts into the subsidy account.
type Appropriation struct {
	ID           uuid.UUID
	Number       string
	Amount       money.Amount
	OnDate       calendar.Date
	Voucher      string
	Note         string
	Status       AppropriationStatus
	StatusReason string
	EntryID      *uuid.UUID
	EntrySeq     *int64
	MakerID      uuid.UUID
	MakerName    string
	CheckerID    *uuid.UUID
	CheckerName  string
	CreatedAt    time.Time
	PostedAt     *time.Time
	Version      int64
}

// NewAppropriation is what a treasurer enters.
type NewAppropriation struct {
	Amount  money.Amount  `json:"amount" doc:"金额"`
	OnDate  calendar.Date `json:"on_date" doc:"到账日期"`
	Voucher string        `json:"voucher" maxLength:"100" doc:"银行回单号"`
	Note    string        `json:"note,omitempty" maxLength:"300" doc:"说明，如预算文号"`
}

func (n NewAppropriation) check(today calendar.Date) error {
	var c fault.Collector
	if !n.Amount.IsPositive() {
		c.Add("amount", "amount_not_positive", "金额应大于 0")
	}
	if n.OnDate.IsZero() || n.OnDate.After(today) {
		c.Add("on_date", "date_in_future", "请按银行回单填写到账日期，不能晚于今天")
	}
	if strings.TrimSpace(n.Voucher) == "" {
		c.Add("voucher", "field_required", "请填写银行回单号")
	}
	return c.Err()
}

// Appropriate enters money that came in; it is posted when the checker signs.
func (s *Service) Appropriate(ctx context.Context, actor authz.Actor, n NewAppropriation) (a Appropriation, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.SubsidyFund); err != nil {
			return err
		}
		if err := n.check(calendar.DateOf(tx.Now())); err != nil {
			return err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		no, err := number.Next(tx, appropriationNumber)
		if err != nil {
			return err
		}
		a = Appropriation{
			ID: id, Number: no, Amount: n.Amount, OnDate: n.OnDate, Voucher: strings.TrimSpace(n.Voucher), Note: strings.TrimSpace(n.Note),
			Status: AppropriationSubmitted, MakerID: actor.UserID, MakerName: actor.Name, CreatedAt: tx.Now(), Version: 1,
		}
		if err := insertAppropriation(tx, a); err != nil {
			return err
		}
		_, err = s.approvals.Propose(tx, actor, approval.Draft{
			Kind: kindAppropriation, SubjectID: a.ID, SubjectVersion: a.Version, Title: a.Number + " 补助资金拨入 " + a.Amount.Text(), Payload: n,
		})
		if err != nil {
			return err
		}
		return audit.Record(tx, actor, "subsidy_appropriation.submit", appropriationSubject, a.ID, n)
	})
	return a, err
}

func (s *Service) appropriationKind() approval.Kind {
	return approval.Kind{
		Name: kindAppropriation, Text: "补助资金拨入", SubjectKind: appropriationSubject, Check: authz.SubsidyFundCheck,
		Link: func(uuid.UUID) string { return "/console/subsidy-budget" },
		Subject: func(tx postgres.Tx, id uuid.UUID) (int64, error) {
			a, err := findAppropriation(tx, id, true)
			return a.Version, err
		},
		Apply: func(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
			return s.postAppropriation(tx, p.SubjectID, maker, checker)
		},
		Undo: func(tx postgres.Tx, p approval.Proposal, checker authz.Actor, reason string) error {
			return s.returnAppropriation(tx, p.SubjectID, checker, reason)
		},
	}
}

func (s *Service) postAppropriation(tx postgres.Tx, id uuid.UUID, maker, checker authz.Actor) error {
	a, err := findAppropriation(tx, id, true)
	if err != nil {
		return err
	}
	if a.Status, err = AppropriationTransitions.Next(a.Status, postAppropriation); err != nil {
		return err
	}
	book, err := Book(tx)
	if err != nil {
		return err
	}
	entry := ledger.Contribute(book.ID, maker, checker, a.Number, a.OnDate, a.Amount, "municipal", custody)
	entry.Narrative = strings.TrimSpace("补助资金拨入 回单 " + a.Voucher + " " + a.Note)
	posted, err := ledger.Post(tx, entry)
	if err != nil {
		return err
	}
	now := tx.Now()
	a.EntryID, a.EntrySeq, a.PostedAt, a.CheckerID, a.CheckerName = &posted.ID, &posted.Seq, &now, &checker.UserID, checker.Name
	if err := saveAppropriation(tx, &a); err != nil {
		return err
	}
	return audit.Record(tx, checker, "subsidy_appropriation.post", appropriationSubject, a.ID, map[string]any{"maker": maker.Name, "entry": posted.Seq})
}

func (s *Service) returnAppropriation(tx postgres.Tx, id uuid.UUID, checker authz.Actor, reason string) error {
	a, err := findAppropriation(tx, id, true)
	if err != nil {
		return err
	}
	if a.Status, err = AppropriationTransitions.Next(a.Status, returnAppropriation); err != nil {
		return err
	}
	a.StatusReason = reason
	if err := saveAppropriation(tx, &a); err != nil {
		return err
	}
	return audit.Record(tx, checker, "subsidy_appropriation.return", appropriationSubject, a.ID, map[string]any{"reason": reason})
}

// References tells `ledger verify` which subsidy entries the business expects.
type References struct{}

// Kinds are the kinds of entries this package stands behind. Contributions are posted by
// package fund too, for its own books.
func (References) Kinds() []string { return []string{"subsidy", "contribute"} }

// References lists what was paid, and what was appropriated.
func (References) References(tx postgres.Tx) ([]ledger.Reference, error) { return references(tx) }
