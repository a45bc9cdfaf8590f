package loan

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/number"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
)

// Where the money of a repayment came from.
const (
	FromBorrower = "borrower"
	FromRecovery = "recovery"
)

// Repayment is one payment as it was posted. Interest holds due, overdue and prepaid interest.
type Repayment struct {
	ID               uuid.UUID
	LoanID           uuid.UUID
	Number           string
	Source           string
	PaidOn           calendar.Date
	Amount           money.Amount
	Costs            money.Amount
	Penalty          money.Amount
	Compound         money.Amount
	Interest         money.Amount
	Principal        money.Amount
	OutstandingAfter money.Amount
	Prepayment       bool
	RecordedBy       uuid.UUID
	RecordedByName   string
	CheckedBy        *uuid.UUID
	CheckedByName    string
	RecordedAt       time.Time
}

// tryRepay allocates a payment (domain §3.2). It fails as account.pay does.
func tryRepay(tx postgres.Tx, a *account, step *Step) (*Allocation, error) {
	on, err := step.day(tx, "on")
	if err != nil {
		return nil, err
	}
	if step.Amount == nil {
		return nil, fault.InField("amount", "field_required", "请填写还款金额")
	}
	if step.PrincipalFirst && a.DaysPastDue <= repayment.PrincipalFirstAfter {
		return nil, fault.InField("principal_first", "principal_first_not_allowed", "逾期超过 %d 天的贷款才能先冲本金", repayment.PrincipalFirstAfter)
	}
	x, err := a.pay(*step.Amount, on, step.Prepayment, step.PrincipalFirst)
	if err != nil {
		return nil, err
	}
	return &x, a.followTo(on, today(tx))
}

func afterRepay(s *Service, tx postgres.Tx, a *account, d done) error {
	by := d.checker.UserID
	r := Repayment{
		Source: FromBorrower, PaidOn: *d.step.On, Amount: *d.step.Amount, Prepayment: d.step.Prepayment,
		RecordedBy: d.maker.UserID, RecordedByName: d.maker.Name, CheckedBy: &by, CheckedByName: d.checker.Name,
	}
	return s.post(tx, a, r, *d.allocation, true)
}

// post writes the payment down and tells those who follow: the fund within this very
// transaction, the rest of the program by events.
func (s *Service) post(tx postgres.Tx, a *account, r Repayment, x Allocation, tell bool) (err error) {
	if r.ID, err = uuid.NewV7(); err != nil {
		return err
	}
	if r.Number, err = number.Next(tx, number.Repayment); err != nil {
		return err
	}
	r.LoanID, r.RecordedAt = a.ID, tx.Now()
	r.Costs, r.Penalty, r.Compound, r.Interest, r.Principal = x.Costs, x.Penalty, x.Compound, x.allInterest(), x.allPrincipal()
	r.OutstandingAfter = a.Outstanding
	if err := insertRepayment(tx, r); err != nil {
		return err
	}
	if tell && s.exposure != nil && r.Principal.IsPositive() {
		if err := s.exposure.OnPrincipalRepaid(tx, a.ID, r.Principal, a.Outstanding); err != nil {
			return err
		}
	}
	told := map[string]any{"amount": r.Amount, "principal": r.Principal, "interest": r.Interest, "outstanding": a.Outstanding, "paid_on": r.PaidOn}
	if err := a.publish(tx, "loan.repaid", told); err != nil {
		return err
	}
	if a.Status != Settled {
		return nil
	}
	if err := audit.Record(tx, authz.System, "loan.settle", Subject, a.ID, map[string]any{"settled_on": a.SettledOn}); err != nil {
		return err
	}
	return a.publish(tx, "loan.settled", map[string]any{"settled_on": a.SettledOn})
}

// RecordRecovery posts what a recovery brought in for the bank: principal first, after
// the costs, as banks do beyond 90 days past due. The caller shares the receipt out and
// keeps the fund's side itself, so the fund isn't told. It fails with
// repayment_above_payoff when more came in than is owed.
func (s *Service) RecordRecovery(tx postgres.Tx, loanID uuid.UUID, amount money.Amount, on calendar.Date) error {
	a, err := lockAccount(tx, loanID)
	if err != nil {
		return err
	}
	if err := a.move(Repay); err != nil {
		return err
	}
	x, err := a.pay(amount, on, false, true)
	if err != nil {
		return err
	}
	if err := a.followTo(on, today(tx)); err != nil {
		return err
	}
	if err := saveAccount(tx, a); err != nil {
		return err
	}
	if err := audit.Record(tx, authz.System, "loan.recovery", Subject, a.ID, map[string]any{"amount": amount, "on": on, "allocation": x}); err != nil {
		return err
	}
	r := Repayment{Source: FromRecovery, PaidOn: on, Amount: amount, RecordedByName: authz.System.Name}
	return s.post(tx, a, r, x, false)
}
