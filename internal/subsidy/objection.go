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
	"ippledge/internal/platform/postgres"
)

// Objection is what somebody brings forward against a grant in its days of publicity.
type Objection struct {
	Objector string `json:"objector" maxLength:"60" doc:"异议人"`
	Text     string `json:"text" maxLength:"1000" doc:"异议内容"`
}

// Object notes an objection that reached the bureau; nothing is paid while it stands.
func (s *Service) Object(ctx context.Context, actor authz.Actor, id uuid.UUID, o Objection) (Application, error) {
	return s.change(ctx, actor, id, Object, authz.SubsidyReview, func(tx postgres.Tx, a *Application) error {
		today := calendar.DateOf(tx.Now())
		var c fault.Collector
		if a.Objector = strings.TrimSpace(o.Objector); a.Objector == "" {
			c.Add("objector", "field_required", "请填写异议人")
		}
		if a.Objection = strings.TrimSpace(o.Text); a.Objection == "" {
			c.Add("text", "field_required", "请填写异议内容")
		}
		if today.After(*a.PublicityUntil) {
			c.Add("text", "publicity_over", "公示已于 %s 结束，不再受理异议", *a.PublicityUntil)
		}
		if err := c.Err(); err != nil {
			return err
		}
		a.ObjectedOn, a.ObjectionAnswer = &today, ""
		return s.keep(tx, actor, a, "subsidy.object", nil)
	})
}

// Ruling is the bureau's answer to an objection.
type Ruling struct {
	Uphold bool   `json:"uphold" doc:"true 异议成立，撤销补助；false 异议不成立"`
	Reason string `json:"reason" maxLength:"1000" doc:"处理意见"`
}

// Answer proposes a ruling on an objection; it takes effect when the checker signs.
func (s *Service) Answer(ctx context.Context, actor authz.Actor, id uuid.UUID, r Ruling) (Application, error) {
	return s.change(ctx, actor, id, Answer, authz.SubsidyReview, func(tx postgres.Tx, a *Application) error {
		if r.Reason = strings.TrimSpace(r.Reason); r.Reason == "" {
			return errReason
		}
		title := a.Number + " 异议不成立"
		if r.Uphold {
			title = a.Number + " 异议成立，撤销补助"
		}
		if _, err := s.approvals.Propose(tx, actor, approval.Draft{Kind: kindAnswer, SubjectID: a.ID, SubjectVersion: a.Version, Title: title, Payload: r}); err != nil {
			return err
		}
		return audit.Record(tx, actor, "subsidy.answer", subject, a.ID, r)
	})
}

// answered is the checker's signature. An upheld objection gives the amount back to the
// budget; otherwise publicity goes on to its end.
func (s *Service) answered(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
	var r Ruling
	if err := p.Decode(&r); err != nil {
		return err
	}
	a, err := lock(tx, p.SubjectID)
	if err != nil {
		return err
	}
	a.ObjectionAnswer = r.Reason
	detail := map[string]any{"maker": maker.Name, "reason": r.Reason}
	if !r.Uphold {
		if err := a.move(dismiss); err != nil {
			return err
		}
		return s.keep(tx, checker, &a, "subsidy.dismiss", detail)
	}
	if err := a.move(uphold); err != nil {
		return err
	}
	c, err := lockCall(tx, a.CallID)
	if err != nil {
		return err
	}
	c.Granted = c.Granted.Sub(*a.Approved)
	if err := saveCall(tx, &c); err != nil {
		return err
	}
	a.StatusReason = r.Reason
	if err := s.keep(tx, checker, &a, "subsidy.uphold", detail); err != nil {
		return err
	}
	return event.Publish(tx, "subsidy.rejected", map[string]any{"subsidy_id": a.ID, "org_id": a.OrgID, "message": r.Reason})
}
