package loan

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/casework"
	"ippledge/internal/document"
	"ippledge/internal/etag"
	"ippledge/internal/event"
	"ippledge/internal/financing"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// Exposure is told of every repayment of principal within its transaction, so that what
// the fund stands behind never differs from what is out. Package fund answers; it comes
// later in the order, so it is handed in. outstanding is what is left after the payment.
type Exposure interface {
	OnPrincipalRepaid(tx postgres.Tx, loanID uuid.UUID, principal, outstanding money.Amount) error
	// OnExtended is told of an extension within its transaction: the fund's promise doesn't
	// reach beyond the old maturity until the loan is filed anew.
	OnExtended(tx postgres.Tx, loanID uuid.UUID, from, to calendar.Date) error
}

// Service keeps loans from the credit decision to the last payment.
type Service struct {
	db        *postgres.DB
	approvals *approval.Service
	exposure  Exposure
}

// NewService makes the service. Documents of a loan are seen by those who see the loan.
func NewService(db *postgres.DB, approvals *approval.Service, documents *document.Service) *Service {
	documents.Guard(Subject, func(tx postgres.Tx, actor authz.Actor, id uuid.UUID) error {
		_, err := findListed(tx, actor, id)
		return err
	})
	return &Service{db: db, approvals: approvals}
}

// Tell hands in who follows the principal that is out.
func (s *Service) Tell(exposure Exposure) { s.exposure = exposure }

// Settled tells whether the debt behind a bid is paid, or never came into being. It is
// what a pledge waits for (pledge.Settlement).
func (s *Service) Settled(tx postgres.Tx, bidID uuid.UUID) (bool, error) {
	l, found, err := liveForBid(tx, bidID)
	if err != nil || !found {
		return !found, err
	}
	return l.Status == Settled, nil
}

// change locks the case for one of the parties, checks that the action is possible now,
// and lets work do the rest; work saves and records. A stranger finds nothing. The action
// has been taken on the account that work gets.
func (s *Service) change(ctx context.Context, actor authz.Actor, permission authz.Permission, id uuid.UUID, action Action, work func(postgres.Tx, *account) error) (l Loan, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		found, err := find(tx, id)
		if err != nil {
			return err
		}
		if !actor.ActsFor(found.BorrowerID, found.BankID) {
			return errNotFound
		}
		side := found.BankID
		if permission == authz.LoanSign {
			side = found.BorrowerID
		}
		if err := actor.Require(permission, side); err != nil {
			return err
		}
		a, err := lockCase(tx, id)
		if err != nil {
			return err
		}
		if err := etag.Check(tx.Context(), a.Version); err != nil {
			return err
		}
		if waiting, err := s.approvals.PendingOn(tx, actor, Subject, id); err != nil || waiting != nil {
			if err == nil {
				err = errPending
			}
			return err
		}
		if err := casework.Act(tx, actor, a.NeedID); err != nil {
			return err
		}
		if err := a.move(action); err != nil {
			return err
		}
		err = work(tx, a)
		l = a.Loan
		return err
	})
	return l, err
}

// lockCase locks the need and then the loan, and reads the schedule.
func lockCase(tx postgres.Tx, id uuid.UUID) (*account, error) {
	l, err := find(tx, id)
	if err != nil {
		return nil, err
	}
	if _, err := financing.Lock(tx, l.NeedID); err != nil {
		return nil, err
	}
	return lockAccount(tx, id)
}

// lockAccount locks the loan alone, where nothing else of the case moves.
func lockAccount(tx postgres.Tx, id uuid.UUID) (*account, error) {
	l, err := lock(tx, id)
	if err != nil {
		return nil, err
	}
	lines, err := linesOf(tx, id)
	return &account{l, lines}, err
}

func (l Loan) publish(tx postgres.Tx, name string, more map[string]any) error {
	payload := map[string]any{"loan_id": l.ID, "need_id": l.NeedID, "bid_id": l.BidID, "bank_id": l.BankID, "borrower_id": l.BorrowerID, "number": l.Number}
	for key, value := range more {
		payload[key] = value
	}
	return event.Publish(tx, name, payload)
}

func linkDocuments(tx postgres.Tx, actor authz.Actor, ids []uuid.UUID, loanID uuid.UUID, purpose string) error {
	return document.Link(tx, actor, ids, Subject, loanID, purpose)
}

func today(tx postgres.Tx) calendar.Date { return calendar.DateOf(tx.Now()) }
