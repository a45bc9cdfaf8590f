package fund

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/casework"
	"ippledge/internal/etag"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// ProposeRefiling is the bureau handler's proposal to go on covering the loan; a late
// re-filing is thereby allowed or not, so the reason is always written.
func (s *Service) ProposeRefiling(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Enrolment, error) {
	return s.onRefiling(ctx, actor, id, reason, ConfirmRefiling, func(tx postgres.Tx, e *Enrolment, r *Refiling, l loanFacts) error {
		if err := r.judge(tx, *e, l, new(fault.Collector)); err != nil {
			return err
		}
		title := e.Number + " " + l.BorrowerName + "，展期至 " + r.MaturesOn.String()
		if r.late() {
			title += "（逾期办理）"
		}
		_, err := s.approvals.Propose(tx, actor, approval.Draft{
			Kind: kindRefiling, SubjectID: e.ID, SubjectVersion: e.Version, Title: title,
			Payload: map[string]any{
				"refiling_id": r.ID, "reason": strings.TrimSpace(reason), "covered_until": r.CoveredUntil, "matures_on": r.MaturesOn,
				"due_on": r.DueOn, "filed_on": r.FiledOn, "late_reason": r.LateReason,
			},
		})
		if err != nil {
			return err
		}
		return s.note(tx, actor, *e, "enrolment.propose_refiling", map[string]any{"reason": reason})
	})
}

func (r Refiling) late() bool { return r.FiledOn != nil && r.FiledOn.After(r.DueOn) }

// ReturnRefiling sends the filing back to the bank with what is missing.
func (s *Service) ReturnRefiling(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Enrolment, error) {
	return s.onRefiling(ctx, actor, id, reason, ReturnRefiling, func(tx postgres.Tx, e *Enrolment, r *Refiling, _ loanFacts) error {
		if err := approval.Void(tx, enrolmentSubject, e.ID); err != nil {
			return err
		}
		r.Opinion = strings.TrimSpace(reason)
		if err := saveRefiling(tx, *r); err != nil {
			return err
		}
		if err := s.keep(tx, actor, e, "enrolment.return_refiling", map[string]any{"reason": reason}); err != nil {
			return err
		}
		return event.Publish(tx, "enrolment.refiling_due", map[string]any{"enrolment_id": e.ID, "loan_id": e.LoanID, "bank_id": e.BankID})
	})
}

func (s *Service) onRefiling(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string, a Action, work func(postgres.Tx, *Enrolment, *Refiling, loanFacts) error) (e Enrolment, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.EnrolmentLate); err != nil {
			return err
		}
		if strings.TrimSpace(reason) == "" {
			return errNeedsReason
		}
		var l loanFacts
		if e, l, err = lockBoth(tx, id); err != nil {
			return err
		}
		if err := casework.Act(tx, actor, l.NeedID); err != nil {
			return err
		}
		if err := etag.Check(tx.Context(), e.Version); err != nil {
			return err
		}
		r, found, err := openRefiling(tx, e.ID)
		if err != nil {
			return err
		}
		if !found {
			return errNoRefiling
		}
		if err := e.move(a); err != nil {
			return err
		}
		if err := r.move(a); err != nil {
			return err
		}
		return work(tx, &e, &r, l)
	})
	return e, err
}

// confirmRefiling is the bureau checker's signature: from here on the fund's promise
// reaches to the new maturity. What must hold is looked at again.
func (s *Service) confirmRefiling(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
	e, l, err := lockBoth(tx, p.SubjectID)
	if err != nil {
		return err
	}
	if err := casework.Act(tx, checker, l.NeedID); err != nil {
		return err
	}
	var signed struct{ Reason string }
	if err := p.Decode(&signed); err != nil {
		return err
	}
	r, found, err := openRefiling(tx, e.ID)
	if err != nil {
		return err
	}
	if !found {
		return errNoRefiling
	}
	if err := e.move(ConfirmRefiling); err != nil {
		return err
	}
	if err := r.move(ConfirmRefiling); err != nil {
		return err
	}
	if err := r.judge(tx, e, l, new(fault.Collector)); err != nil {
		return err
	}
	on := calendar.DateOf(tx.Now())
	r.Opinion, r.ConfirmedOn = signed.Reason, &on
	r.MakerID, r.MakerName, r.CheckerID, r.CheckerName = &maker.UserID, maker.Name, &checker.UserID, checker.Name
	if err := saveRefiling(tx, r); err != nil {
		return err
	}
	detail := map[string]any{"maker": maker.Name, "matures_on": r.MaturesOn, "reason": signed.Reason, "late": r.late()}
	if err := s.keep(tx, checker, &e, "enrolment.confirm_refiling", detail); err != nil {
		return err
	}
	return event.Publish(tx, "enrolment.refiling_confirmed", map[string]any{"enrolment_id": e.ID, "loan_id": e.LoanID, "bank_id": e.BankID})
}
