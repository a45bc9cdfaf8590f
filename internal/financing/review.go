package financing

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/casework"
	"ippledge/internal/event"
	"ippledge/internal/platform/postgres"
)

const (
	kindSign   = "need.sign"
	kindReview = "need.review"
	// reviewDays is the bureau's time for a need, in working days: the platform's own choice,
	// as for the check of a right (domain §2.2).
	reviewDays = 3
)

// review is what the bureau's handler proposes and its checker signs.
type review struct {
	Decision Action         `json:"decision"`
	Reason   string         `json:"reason"`
	Need     map[string]any `json:"need"`
}

// Kinds are the steps on a need that take two people: the enterprise's signature, and the
// bureau's review.
func (s *Service) Kinds() []approval.Kind {
	subject := func(tx postgres.Tx, id uuid.UUID) (int64, error) {
		n, err := Lock(tx, id)
		return n.Version, err
	}
	link := func(id uuid.UUID) string { return "/console/needs/" + id.String() }
	return []approval.Kind{
		{Name: kindSign, Text: "融资需求签署", SubjectKind: Subject, Check: authz.NeedSign, Subject: subject, Apply: s.sign, Undo: s.unsign, Link: link},
		{Name: kindReview, Text: "融资需求核验", SubjectKind: Subject, Check: authz.NeedReviewCheck, Subject: subject, Apply: s.decide, Link: link},
	}
}

// sign hands the need to the bureau.
func (s *Service) sign(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
	n, err := Lock(tx, p.SubjectID)
	if err != nil {
		return err
	}
	if err := casework.Act(tx, checker, n.ID); err != nil {
		return err
	}
	ids, err := assetsOf(tx, n.ID)
	if err != nil {
		return err
	}
	if err := s.offerable(tx, n, ids); err != nil {
		return err
	}
	now := tx.Now()
	n.SubmittedAt, n.StatusReason = &now, ""
	if err := n.Move(tx, Sign); err != nil {
		return err
	}
	if err := audit.Record(tx, checker, "need.sign", Subject, n.ID, map[string]any{"maker": maker.Name}); err != nil {
		return err
	}
	return n.publish(tx, "need.submitted")
}

// unsign puts the need back: to its operator with the reason, or to the draft when the
// operator took it back.
func (s *Service) unsign(tx postgres.Tx, p approval.Proposal, actor authz.Actor, reason string) error {
	n, err := Lock(tx, p.SubjectID)
	if err != nil {
		return err
	}
	action := Refuse
	if p.Status == approval.Withdrawn {
		action, reason = Withdraw, ""
	}
	n.StatusReason = reason
	if err := n.Move(tx, action); err != nil {
		return err
	}
	return audit.Record(tx, actor, "need."+string(action), Subject, n.ID, map[string]any{"reason": reason})
}

// Review proposes to publish a need or to send it back, for the bureau's handler; it
// takes effect when the checker signs. Sending back needs a reason.
func (s *Service) Review(ctx context.Context, actor authz.Actor, id uuid.UUID, decision Action, reason string) (n Need, err error) {
	if err := actor.Allowed(authz.NeedReview); err != nil {
		return n, err
	}
	reason = strings.TrimSpace(reason)
	if decision == Return && reason == "" {
		return n, errReason
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if n, err = Lock(tx, id); err != nil {
			return err
		}
		if n.SubmittedAt == nil {
			return errNotFound
		}
		if err := n.CheckVersion(tx); err != nil {
			return err
		}
		if _, err := Transitions.Next(n.Status, decision); err != nil {
			return err
		}
		if err := casework.Act(tx, actor, n.ID); err != nil {
			return err
		}
		if waiting, err := s.approvals.PendingOn(tx, actor, Subject, n.ID); err != nil || waiting != nil {
			if err == nil {
				err = errPending
			}
			return err
		}
		ids, err := assetsOf(tx, n.ID)
		if err != nil {
			return err
		}
		due, _ := calendar.AddWorkingDays(calendar.DateOf(*n.SubmittedAt), reviewDays)
		_, err = s.approvals.Propose(tx, actor, approval.Draft{
			Kind: kindReview, SubjectID: n.ID, SubjectVersion: n.Version, Title: n.title(), DueOn: &due,
			Payload: review{decision, reason, n.signedContent(ids)},
		})
		if err != nil {
			return err
		}
		return audit.Record(tx, actor, "need.propose", Subject, n.ID, map[string]any{"decision": decision, "reason": reason})
	})
	return n, err
}

// decide carries out what the bureau's two people agreed on.
func (s *Service) decide(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
	var r review
	if err := p.Decode(&r); err != nil {
		return err
	}
	n, err := Lock(tx, p.SubjectID)
	if err != nil {
		return err
	}
	if err := casework.Act(tx, checker, n.ID); err != nil {
		return err
	}
	detail := map[string]any{"maker": maker.Name, "reason": r.Reason}
	if r.Decision == Approve {
		ids, err := assetsOf(tx, n.ID)
		if err != nil {
			return err
		}
		if err := s.offerable(tx, n, ids); err != nil {
			return err
		}
		return n.open(tx, Approve, checker, detail)
	}
	n.StatusReason = r.Reason
	if err := n.Move(tx, r.Decision); err != nil {
		return err
	}
	if err := audit.Record(tx, checker, "need."+string(r.Decision), Subject, n.ID, detail); err != nil {
		return err
	}
	return n.publish(tx, "need.returned")
}

// open publishes the need with a window of its own length.
func (n *Need) open(tx postgres.Tx, a Action, actor authz.Actor, detail map[string]any) error {
	now := tx.Now()
	closes := windowEnd(now, n.BidDays)
	n.OpenedAt, n.ClosesAt, n.ClosedAt, n.StatusReason = &now, &closes, nil, ""
	if err := n.Move(tx, a); err != nil {
		return err
	}
	if err := audit.Record(tx, actor, "need."+string(a), Subject, n.ID, detail); err != nil {
		return err
	}
	return event.Publish(tx, "need.opened", map[string]any{"need_id": n.ID, "org_id": n.OrgID, "closes_at": closes})
}
