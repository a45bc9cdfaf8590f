package fund

import (
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/casework"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/ledger"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

// sign is the reviewer's signature: under the fund's lock every rule is applied, and the
// loan enters or is refused with the reasons. A refusal is a decision, not a failure: it
// is kept with its figures, and another filing may follow.
func (s *Service) sign(tx postgres.Tx, id uuid.UUID, maker, checker authz.Actor) error {
	e, l, err := lockBoth(tx, id)
	if err != nil {
		return err
	}
	if err := casework.Act(tx, checker, l.NeedID); err != nil {
		return err
	}
	if err := lockEnterprise(tx, e.BorrowerID); err != nil {
		return err
	}
	f, err := Lock(tx, e.FundID)
	if err != nil {
		return err
	}
	today := calendar.DateOf(tx.Now())
	if err := s.evaluate(tx, &f, today); err != nil {
		return err
	}
	if err := e.applyPolicy(tx, l, f); err != nil {
		return err
	}
	known, err := s.gather(tx, e, l, f, today)
	if err != nil {
		return err
	}
	e.Checks, e.FiledOn = decide(known), &today
	if !passedAll(e.Checks) {
		return s.refuse(tx, &e, checker)
	}
	return s.enrol(tx, &e, f, maker, checker)
}

// gather reads what the rules look at. For deciding the caller holds the fund's lock.
func (s *Service) gather(tx postgres.Tx, e Enrolment, l loanFacts, f Fund, today calendar.Date) (known facts, err error) {
	v, err := policy.ByID(tx, e.PolicyID)
	if err != nil {
		return known, err
	}
	known = facts{
		Loan: l, Policy: v.Parameters, Fund: f, CleanCredit: e.CleanCredit, FiledOn: today, DueOn: e.DueOn, LatePermit: e.LatePermit,
	}
	if known.Figures, err = FiguresOf(tx, f, v.Parameters); err != nil {
		return known, err
	}
	if known.LPR, err = policy.LPRAt(tx, l.pricedOn()); err != nil {
		return known, err
	}
	bank, err := bankState(tx, f.ID, e.BankID)
	if err != nil {
		return known, err
	}
	known.BankState, known.BankReason = bank.Breaker, bank.Reason
	other, found, err := EnrolmentOf(tx, e.LoanID)
	if err != nil {
		return known, err
	}
	known.AlreadyLive = found && other.ID != e.ID
	known.EnterpriseCovered, err = CoveredOf(tx, e.BorrowerID)
	return known, err
}

func (s *Service) enrol(tx postgres.Tx, e *Enrolment, f Fund, maker, checker authz.Actor) error {
	if err := e.move(Enrol); err != nil {
		return err
	}
	now := tx.Now()
	e.EnrolledAt, e.StatusReason = &now, ""
	if e.Exposure.IsPositive() {
		path := ledger.Exposure(e.BankID, e.LoanID)
		if err := ledger.Ensure(tx, f.BookID, path, "在保敞口 "+e.Number, false); err != nil {
			return err
		}
		entry := ledger.Enrol(f.BookID, maker, checker, e.Number, calendar.DateOf(now), e.Exposure, e.BankID, e.LoanID)
		if _, err := ledger.Post(tx, entry); err != nil {
			return err
		}
	}
	err := s.keep(tx, checker, e, "enrolment.enrol", map[string]any{
		"maker": maker.Name, "outstanding": e.Outstanding, "covered": e.CoveredOutstanding, "exposure": e.Exposure, "policy_id": e.PolicyID,
	})
	if err != nil {
		return err
	}
	return event.Publish(tx, "enrolment.enrolled", map[string]any{"enrolment_id": e.ID, "loan_id": e.LoanID, "bank_id": e.BankID})
}

func (s *Service) refuse(tx postgres.Tx, e *Enrolment, checker authz.Actor) error {
	if err := e.move(Refuse); err != nil {
		return err
	}
	e.StatusReason = "不符合：" + strings.Join(failed(e.Checks), "；")
	if err := s.keep(tx, checker, e, "enrolment.refuse", map[string]any{"reason": e.StatusReason}); err != nil {
		return err
	}
	return event.Publish(tx, "enrolment.refused", map[string]any{"enrolment_id": e.ID, "loan_id": e.LoanID, "bank_id": e.BankID})
}

// sendBack returns the filing to the loan officer.
func (s *Service) sendBack(tx postgres.Tx, id uuid.UUID, checker authz.Actor, reason string) error {
	e, err := LockEnrolment(tx, id)
	if err != nil {
		return err
	}
	if err := e.move(Return); err != nil {
		return err
	}
	e.StatusReason = reason
	return s.keep(tx, checker, &e, "enrolment.return", map[string]any{"reason": reason})
}

// precheck applies the rules to a loan without filing anything, for the bank to see what
// stands in the way. Another's change may still decide otherwise at the signature.
func (s *Service) precheck(tx postgres.Tx, actor authz.Actor, loanID uuid.UUID, filing Filing) (e Enrolment, err error) {
	l, err := loanOf(tx, loanID, false)
	if err != nil {
		return e, err
	}
	if !actor.ActsFor(l.BankID) {
		return e, errNoLoan
	}
	if l.DisbursedOn.IsZero() {
		return e, fault.InField("loan_id", "loan_not_disbursed", "贷款 %s 尚未放款，放款后方可备案", l.Number)
	}
	e = Enrolment{LoanID: l.ID, BankID: l.BankID, BorrowerID: l.BorrowerID, DisbursedOn: l.DisbursedOn}
	if err := e.fill(tx, actor, l, filing); err != nil {
		return e, err
	}
	e.Checks, err = s.checksNow(tx, e, l)
	return e, err
}

// checksNow applies the rules as things stand, for showing only.
func (s *Service) checksNow(tx postgres.Tx, e Enrolment, l loanFacts) ([]Check, error) {
	f, err := Find(tx, e.FundID)
	if err != nil {
		return nil, err
	}
	known, err := s.gather(tx, e, l, f, calendar.DateOf(tx.Now()))
	if err != nil {
		return nil, err
	}
	return decide(known), nil
}

// filingWindow is how far back the bank's list of unfiled loans reaches, in days: loans
// older than that were long past any permit.
const filingWindow = 180

// choices are the bank's disbursed loans without an enrolment, with their deadlines.
func (s *Service) choices(tx postgres.Tx, bankID uuid.UUID) ([]LoanChoice, error) {
	today := calendar.DateOf(tx.Now())
	v, err := policy.InForce(tx, today)
	if err != nil {
		return nil, err
	}
	loans, err := unfiled(tx, bankID, today.AddDays(-filingWindow))
	out := make([]LoanChoice, len(loans))
	for i, l := range loans {
		due, _ := calendar.AddWorkingDays(l.DisbursedOn, v.Parameters.FilingDeadlineWD)
		out[i] = LoanChoice{
			l.ID, l.Number, l.BorrowerName, l.AreaName, l.Outstanding, l.IPShare, l.DisbursedOn, due, calendar.WorkingDaysBetween(today, due),
		}
	}
	return out, err
}
