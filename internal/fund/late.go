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

var errNeedsReason = fault.InField("reason", "reason_required", "请填写理由")

// RequestLate asks the bureau to let a filing in after its deadline.
func (s *Service) RequestLate(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Enrolment, error) {
	reason = strings.TrimSpace(reason)
	return s.change(ctx, actor, id, RequestLate, func(tx postgres.Tx, e *Enrolment, _ loanFacts) error {
		if reason == "" {
			return errNeedsReason
		}
		e.Late = calendar.DateOf(tx.Now()).After(e.DueOn)
		if !e.Late {
			return fault.New(fault.Rule, "filing_not_late", "备案期限为 %s，尚未逾期，无需申请许可，请直接提交", e.DueOn)
		}
		if e.LatePermit == LateRequested || e.LatePermit == LateAllowed {
			return fault.New(fault.Conflict, "late_already_requested", "已申请逾期备案许可，请等待知识产权局处理结果")
		}
		e.LateReason, e.LatePermit, e.LatePermitReason = reason, LateRequested, ""
		if err := s.keep(tx, actor, e, "enrolment.request_late", map[string]any{"reason": reason}); err != nil {
			return err
		}
		return event.Publish(tx, "enrolment.late_requested", map[string]any{"enrolment_id": e.ID})
	})
}

// ProposeLate is the bureau handler's proposal to let the filing in; the bureau's checker
// signs it.
func (s *Service) ProposeLate(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (e Enrolment, err error) {
	return s.atBureau(ctx, actor, id, reason, AllowLate, func(tx postgres.Tx, e *Enrolment, l loanFacts) error {
		_, err := s.approvals.Propose(tx, actor, approval.Draft{
			Kind: kindLate, SubjectID: e.ID, SubjectVersion: e.Version,
			Title:   e.Number + " " + l.BorrowerName + "，期限 " + e.DueOn.String(),
			Payload: map[string]any{"reason": strings.TrimSpace(reason), "due_on": e.DueOn, "asked": e.LateReason},
		})
		if err != nil {
			return err
		}
		return s.note(tx, actor, *e, "enrolment.propose_late", map[string]any{"reason": reason})
	})
}

// DenyLate turns the bank's request down.
func (s *Service) DenyLate(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Enrolment, error) {
	return s.atBureau(ctx, actor, id, reason, DenyLate, func(tx postgres.Tx, e *Enrolment, _ loanFacts) error {
		if err := approval.Void(tx, enrolmentSubject, e.ID); err != nil {
			return err
		}
		e.LatePermit, e.LatePermitReason = LateDenied, strings.TrimSpace(reason)
		return s.keep(tx, actor, e, "enrolment.deny_late", map[string]any{"reason": reason})
	})
}

func (s *Service) atBureau(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string, a Action, work func(postgres.Tx, *Enrolment, loanFacts) error) (e Enrolment, err error) {
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
		if err := e.move(a); err != nil {
			return err
		}
		if e.LatePermit != LateRequested {
			return fault.New(fault.Conflict, "late_not_requested", "银行未申请逾期备案许可，或申请已处理")
		}
		return work(tx, &e, l)
	})
	return e, err
}

// allowLate is the bureau checker's signature.
func (s *Service) allowLate(tx postgres.Tx, p approval.Proposal, checker authz.Actor) error {
	e, err := LockEnrolment(tx, p.SubjectID)
	if err != nil {
		return err
	}
	var payload struct{ Reason string }
	if err := p.Decode(&payload); err != nil {
		return err
	}
	if err := e.move(AllowLate); err != nil {
		return err
	}
	e.LatePermit, e.LatePermitReason = LateAllowed, payload.Reason
	if err := s.keep(tx, checker, &e, "enrolment.allow_late", map[string]any{"reason": payload.Reason}); err != nil {
		return err
	}
	return event.Publish(tx, "enrolment.late_allowed", map[string]any{"enrolment_id": e.ID, "bank_id": e.BankID})
}
