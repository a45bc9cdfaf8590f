package subsidy

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

// Opinion is what the bureau's handler proposes on an application.
type Opinion struct {
	Grant  bool          `json:"grant" doc:"true 同意补助，false 不予补助"`
	Amount *money.Amount `json:"amount,omitempty" doc:"核定金额；不填按测算金额，调减须说明理由"`
	Reason string        `json:"reason,omitempty" maxLength:"500" doc:"理由；不予补助或调减时必填"`
}

// Return sends an application back for mending; what waited on it is void.
func (s *Service) Return(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Application, error) {
	return s.change(ctx, actor, id, Return, authz.SubsidyReview, func(tx postgres.Tx, a *Application) error {
		if a.StatusReason = strings.TrimSpace(reason); a.StatusReason == "" {
			return errReason
		}
		if err := approval.Void(tx, subject, a.ID); err != nil {
			return err
		}
		if err := s.keep(tx, actor, a, "subsidy.return", map[string]any{"reason": a.StatusReason}); err != nil {
			return err
		}
		return event.Publish(tx, "subsidy.returned", map[string]any{"subsidy_id": a.ID, "org_id": a.OrgID, "message": a.StatusReason})
	})
}

// Review proposes to grant or to refuse; it takes effect when the checker signs.
func (s *Service) Review(ctx context.Context, actor authz.Actor, id uuid.UUID, o Opinion) (Application, error) {
	return s.change(ctx, actor, id, Review, authz.SubsidyReview, func(tx postgres.Tx, a *Application) error {
		o.Reason = strings.TrimSpace(o.Reason)
		if !o.Grant && o.Reason == "" {
			return errReason
		}
		title := a.Number + " 不予补助"
		if o.Grant {
			c, err := findCall(tx, a.CallID)
			if err != nil {
				return err
			}
			f, err := gather(tx, *a, c)
			if err != nil {
				return err
			}
			computation := compute(f)
			if o.Amount == nil {
				amount := money.Min(*a.Proposed, computation.Amount)
				o.Amount = &amount
			}
			if err := a.within(*o.Amount, computation, o.Reason); err != nil {
				return err
			}
			title = a.Number + " " + a.Kind.Text() + " 核定 " + o.Amount.Text()
		}
		if _, err := s.approvals.Propose(tx, actor, approval.Draft{Kind: kindReview, SubjectID: a.ID, SubjectVersion: a.Version, Title: title, Payload: o}); err != nil {
			return err
		}
		return audit.Record(tx, actor, "subsidy.review", subject, a.ID, o)
	})
}

// within refuses an amount above what was applied for or above any of the bounds as they
// stand now, and one below the proposal without a reason.
func (a Application) within(amount money.Amount, c Computation, reason string) error {
	most := money.Min(*a.Proposed, c.Amount)
	switch {
	case !amount.IsPositive():
		return fault.InField("amount", "amount_not_positive", "核定金额应大于 0；无可补助金额时请选择不予补助（%s）", bindingText(c))
	case most.Less(amount):
		return fault.InField("amount", "amount_above_bound", "核定金额 %s 超过可核定的 %s（申请 %s，现行测算 %s：%s）",
			amount.Text(), most.Text(), a.Proposed.Text(), c.Amount.Text(), bindingText(c))
	case amount.Less(*a.Proposed) && reason == "":
		return fault.InField("reason", "reason_required", "核定金额低于申请的 %s，请说明调减理由", a.Proposed.Text())
	}
	return nil
}

// decide is the checker's signature on the handler's opinion.
func (s *Service) decide(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
	var o Opinion
	if err := p.Decode(&o); err != nil {
		return err
	}
	a, err := lock(tx, p.SubjectID)
	if err != nil {
		return err
	}
	if !o.Grant {
		if err := a.move(reject); err != nil {
			return err
		}
		a.ReviewReason, a.StatusReason = o.Reason, o.Reason
		if err := s.keep(tx, checker, &a, "subsidy.reject", map[string]any{"maker": maker.Name, "reason": o.Reason}); err != nil {
			return err
		}
		return event.Publish(tx, "subsidy.rejected", map[string]any{"subsidy_id": a.ID, "org_id": a.OrgID, "message": o.Reason})
	}
	return s.grant(tx, &a, o, maker, checker)
}

// grant approves an amount against the budget. The call's row stays locked until the end,
// so that grants of one call come one after another; the amount is checked against the
// bounds as they stand under the locks.
func (s *Service) grant(tx postgres.Tx, a *Application, o Opinion, maker, checker authz.Actor) error {
	c, err := lockCall(tx, a.CallID)
	if err != nil {
		return err
	}
	if err := lockEnterprise(tx, a.OrgID); err != nil {
		return err
	}
	f, err := gather(tx, *a, c)
	if err != nil {
		return err
	}
	computation := compute(f)
	if err := a.within(*o.Amount, computation, o.Reason); err != nil {
		return err
	}
	if err := a.move(approve); err != nil {
		return err
	}
	today := calendar.DateOf(tx.Now())
	until, err := publicityEnd(tx, today)
	if err != nil {
		return err
	}
	a.Computation, a.Approved, a.ReviewReason, a.StatusReason = &computation, o.Amount, o.Reason, ""
	a.PolicyID, a.PublicityFrom, a.PublicityUntil = c.PolicyID, &today, &until
	c.Granted = c.Granted.Add(*o.Amount)
	if err := saveCall(tx, &c); err != nil {
		return err
	}
	err = s.keep(tx, checker, a, "subsidy.approve", map[string]any{
		"maker": maker.Name, "amount": o.Amount, "asked": a.Proposed, "reason": o.Reason, "publicity_until": until,
	})
	if err != nil {
		return err
	}
	return event.Publish(tx, "subsidy.approved", map[string]any{"subsidy_id": a.ID, "org_id": a.OrgID, "amount": o.Amount, "due_on": until})
}

// publicityEnd is the last day of publicity under the policy of the day.
func publicityEnd(tx postgres.Tx, today calendar.Date) (calendar.Date, error) {
	v, err := policy.InForce(tx, today)
	if err != nil {
		return today, err
	}
	until, _ := calendar.AddWorkingDays(today, v.Parameters.ReviewPublicityWD)
	return until, nil
}
