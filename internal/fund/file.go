package fund

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/casework"
	"ippledge/internal/document"
	"ippledge/internal/etag"
	"ippledge/internal/fault"
	"ippledge/internal/number"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

// Filing is what a bank writes to enrol a loan.
type Filing struct {
	FundID      uuid.UUID   `json:"fund_id" doc:"备案到哪个基金"`
	GuarantorID *uuid.UUID  `json:"guarantor_id,omitempty" doc:"分担损失的担保机构"`
	InsurerID   *uuid.UUID  `json:"insurer_id,omitempty" doc:"分担损失的保险机构"`
	AppraiserID *uuid.UUID  `json:"appraiser_id,omitempty" doc:"分担损失的评估处置机构"`
	CleanCredit bool        `json:"clean_credit" doc:"据征信报告声明企业无不良信用记录"`
	Note        string      `json:"note,omitempty" maxLength:"500" doc:"说明"`
	Documents   []uuid.UUID `json:"documents,omitempty" doc:"材料：借款合同、放款凭证、质押登记证等"`
}

// Draft begins the enrolment of a disbursed loan. It fails with loan_not_found,
// loan_not_disbursed, loan_already_enrolled, fund_not_active and policy_missing.
func (s *Service) Draft(ctx context.Context, actor authz.Actor, loanID uuid.UUID, f Filing) (e Enrolment, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		l, err := bankLoan(tx, actor, loanID)
		if err != nil {
			return err
		}
		if err := casework.Act(tx, actor, l.NeedID); err != nil {
			return err
		}
		if e, err = newEnrolment(tx, actor, l); err != nil {
			return err
		}
		if err := e.fill(tx, actor, l, f); err != nil {
			return err
		}
		if err := insertEnrolment(tx, e); err != nil {
			return err
		}
		if err := document.Link(tx, actor, f.Documents, enrolmentSubject, e.ID, "filing"); err != nil {
			return err
		}
		return audit.Record(tx, actor, "enrolment.draft", enrolmentSubject, e.ID, map[string]any{"loan": l.Number})
	})
	return e, err
}

// bankLoan locks a loan of the actor's bank that money has flowed on.
func bankLoan(tx postgres.Tx, actor authz.Actor, loanID uuid.UUID) (loanFacts, error) {
	l, err := loanOf(tx, loanID, true)
	if err != nil {
		return l, err
	}
	if !actor.ActsFor(l.BankID) {
		return l, errNoLoan
	}
	if l.DisbursedOn.IsZero() || !l.DisbursedAmount.IsPositive() {
		return l, fault.InField("loan_id", "loan_not_disbursed", "贷款 %s 尚未放款，放款后方可备案", l.Number)
	}
	return l, actor.Require(authz.EnrolmentFile, l.BankID)
}

func newEnrolment(tx postgres.Tx, actor authz.Actor, l loanFacts) (e Enrolment, err error) {
	id, err := uuid.NewV7()
	if err != nil {
		return e, err
	}
	no, err := number.Next(tx, number.Enrolment)
	return Enrolment{
		ID: id, Number: no, LoanID: l.ID, BankID: l.BankID, BorrowerID: l.BorrowerID, DisbursedOn: l.DisbursedOn,
		Checks: []Check{}, Status: Draft, CreatedBy: actor.UserID, CreatedAt: tx.Now(), Version: 1,
	}, err
}

// fill puts what the bank wrote into the enrolment, and works out sums and deadline under
// the policy of the day.
func (e *Enrolment) fill(tx postgres.Tx, actor authz.Actor, l loanFacts, f Filing) error {
	fund, err := Find(tx, f.FundID)
	if err != nil {
		return fault.InField("fund_id", "fund_not_found", "没有这个基金，请从列表中选择")
	}
	if fund.Status != Active {
		return errFundClosed.Of("fund_id")
	}
	if err := checkSeats(tx, f); err != nil {
		return err
	}
	e.FundID, e.CleanCredit, e.Note = f.FundID, f.CleanCredit, strings.TrimSpace(f.Note)
	e.GuarantorID, e.InsurerID, e.AppraiserID = f.GuarantorID, f.InsurerID, f.AppraiserID
	return e.applyPolicy(tx, l, fund)
}

// applyPolicy takes the version in force today: its shares, and the deadline it sets.
func (e *Enrolment) applyPolicy(tx postgres.Tx, l loanFacts, f Fund) error {
	today := calendar.DateOf(tx.Now())
	v, err := policy.InForce(tx, today)
	if err != nil {
		return err
	}
	e.PolicyID = v.ID
	e.Shares = f.SharesUnder(v.Parameters).Seated(e.GuarantorID != nil, e.InsurerID != nil, e.AppraiserID != nil, v.Parameters.EmptySeat)
	e.size(l)
	e.DueOn, _ = calendar.AddWorkingDays(l.DisbursedOn, v.Parameters.FilingDeadlineWD)
	e.Late = today.After(e.DueOn)
	return nil
}

// checkSeats wants each party that takes a share to be admitted and of its kind.
func checkSeats(tx postgres.Tx, f Filing) error {
	var c fault.Collector
	for _, seat := range []struct {
		field string
		id    *uuid.UUID
		kind  authz.OrgKind
		text  string
	}{
		{"guarantor_id", f.GuarantorID, authz.Guarantor, "融资担保机构"},
		{"insurer_id", f.InsurerID, authz.Insurer, "保险机构"},
		{"appraiser_id", f.AppraiserID, authz.AppraisalFirm, "评估处置机构"},
	} {
		if seat.id == nil {
			continue
		}
		o, err := org.RequireAdmitted(tx, *seat.id)
		if err := c.Take(seat.field, err); err != nil {
			return err
		}
		if err == nil && o.Kind != seat.kind {
			c.Add(seat.field, "seat_of_other_kind", "“%s”不是%s，请重新选择", o.Name, seat.text)
		}
	}
	return c.Err()
}

// Edit rewrites a draft.
func (s *Service) Edit(ctx context.Context, actor authz.Actor, id uuid.UUID, f Filing) (Enrolment, error) {
	return s.change(ctx, actor, id, Edit, func(tx postgres.Tx, e *Enrolment, l loanFacts) error {
		if err := e.fill(tx, actor, l, f); err != nil {
			return err
		}
		if err := approval.Void(tx, enrolmentSubject, e.ID); err != nil {
			return err
		}
		if err := document.Link(tx, actor, f.Documents, enrolmentSubject, e.ID, "filing"); err != nil {
			return err
		}
		return s.keep(tx, actor, e, "enrolment.edit", nil)
	})
}

// Submit hands the filing to the bank's reviewer. A late one is refused with the day it
// was due, unless the bureau allowed it.
func (s *Service) Submit(ctx context.Context, actor authz.Actor, id uuid.UUID) (Enrolment, error) {
	return s.change(ctx, actor, id, Submit, func(tx postgres.Tx, e *Enrolment, l loanFacts) error {
		f, err := Find(tx, e.FundID)
		if err != nil {
			return err
		}
		if err := e.applyPolicy(tx, l, f); err != nil {
			return err
		}
		if e.Late && e.LatePermit != LateAllowed {
			return errLate(e.DueOn)
		}
		if err := approval.Void(tx, enrolmentSubject, e.ID); err != nil {
			return err
		}
		if err := s.keep(tx, actor, e, "enrolment.submit", nil); err != nil {
			return err
		}
		draft := approval.Draft{
			Kind: kindFile, SubjectID: e.ID, SubjectVersion: e.Version, Title: e.Number + " " + l.BorrowerName + " 在保余额 " + e.Outstanding.Text(),
			Payload: map[string]any{
				"loan_id": e.LoanID, "fund_id": e.FundID, "outstanding": e.Outstanding, "covered_outstanding": e.CoveredOutstanding,
				"exposure": e.Exposure, "shares": e.Shares, "clean_credit": e.CleanCredit,
			},
		}
		if !e.Late {
			draft.DueOn = &e.DueOn
		}
		_, err = s.approvals.Propose(tx, actor, draft)
		return err
	})
}

func errLate(dueOn calendar.Date) error {
	return fault.New(fault.Rule, "filing_late", "备案期限为 %s，现已逾期，逾期未备案的贷款不予补偿。如有正当理由，请先申请逾期备案许可，由知识产权局准许后再提交", dueOn)
}

// Withdraw gives a draft up; another may be filed for the loan.
func (s *Service) Withdraw(ctx context.Context, actor authz.Actor, id uuid.UUID) (Enrolment, error) {
	return s.change(ctx, actor, id, Withdraw, func(tx postgres.Tx, e *Enrolment, _ loanFacts) error {
		if err := approval.Void(tx, enrolmentSubject, e.ID); err != nil {
			return err
		}
		return s.keep(tx, actor, e, "enrolment.withdraw", nil)
	})
}

// change locks an enrolment of the actor's bank, takes the action, lets work do the rest.
func (s *Service) change(ctx context.Context, actor authz.Actor, id uuid.UUID, a Action, work func(postgres.Tx, *Enrolment, loanFacts) error) (e Enrolment, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		var l loanFacts
		if e, l, err = lockBoth(tx, id); err != nil {
			return err
		}
		if !actor.ActsFor(e.BankID) {
			return errNoEnrolment
		}
		if err := actor.Require(authz.EnrolmentFile, e.BankID); err != nil {
			return err
		}
		if err := casework.Act(tx, actor, l.NeedID); err != nil {
			return err
		}
		if err := etag.Check(tx.Context(), e.Version); err != nil {
			return err
		}
		if err := e.move(a); err != nil {
			return err
		}
		return work(tx, &e, l)
	})
	return e, err
}

// keep saves an enrolment and records what was done to it.
func (s *Service) keep(tx postgres.Tx, actor authz.Actor, e *Enrolment, action string, detail any) error {
	if err := saveEnrolment(tx, e); err != nil {
		return err
	}
	return audit.Record(tx, actor, action, enrolmentSubject, e.ID, detail)
}

// note records what was done without a change of the row.
func (s *Service) note(tx postgres.Tx, actor authz.Actor, e Enrolment, action string, detail any) error {
	return audit.Record(tx, actor, action, enrolmentSubject, e.ID, detail)
}
