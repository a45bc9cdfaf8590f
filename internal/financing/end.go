package financing

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/platform/postgres"
)

// CloseEarly ends the window at once, for the signatory.
func (s *Service) CloseEarly(ctx context.Context, actor authz.Actor, id uuid.UUID) (Need, error) {
	return s.change(ctx, actor, authz.NeedSign, id, func(tx postgres.Tx, n *Need) error {
		if !n.WindowOpen(tx.Now()) {
			return WindowClosed
		}
		return n.record(tx, actor, "need.close_early")
	})
}

// Reopen publishes a failed need once more as it is, with a new window of the same length.
func (s *Service) Reopen(ctx context.Context, actor authz.Actor, id uuid.UUID) (Need, error) {
	return s.change(ctx, actor, authz.NeedSign, id, func(tx postgres.Tx, n *Need) error {
		if !Transitions.Can(n.Status, Reopen) {
			return n.Move(tx, Reopen)
		}
		ids, err := assetsOf(tx, n.ID)
		if err != nil {
			return err
		}
		if err := s.offerable(tx, *n, ids); err != nil {
			return err
		}
		return n.open(tx, Reopen, actor, nil)
	})
}

// Revise takes a failed need back to the draft, to be changed and reviewed again.
func (s *Service) Revise(ctx context.Context, actor authz.Actor, id uuid.UUID) (Need, error) {
	return s.change(ctx, actor, authz.NeedSign, id, func(tx postgres.Tx, n *Need) error {
		n.OpenedAt, n.ClosesAt, n.ClosedAt, n.SubmittedAt = nil, nil, nil, nil
		if err := n.Move(tx, Revise); err != nil {
			return err
		}
		return audit.Record(tx, actor, "need.revise", Subject, n.ID, nil)
	})
}

// Cancel withdraws a need before anything is signed with a bank. The reserved rights go
// free; the bids hear of it by the event and are lost.
func (s *Service) Cancel(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Need, error) {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return Need{}, errReason
	}
	return s.change(ctx, actor, authz.NeedSign, id, func(tx postgres.Tx, n *Need) error {
		signed, err := contracted(tx, n.ID)
		if err != nil {
			return err
		}
		if signed {
			return errContract
		}
		if err := approval.Void(tx, Subject, n.ID); err != nil {
			return err
		}
		if n.AwardedAmount.IsPositive() {
			if err := release(tx, n.ID); err != nil {
				return err
			}
		}
		n.StatusReason = reason
		if err := n.Move(tx, Cancel); err != nil {
			return err
		}
		if err := audit.Record(tx, actor, "need.cancel", Subject, n.ID, map[string]any{"reason": reason}); err != nil {
			return err
		}
		return n.publish(tx, "need.cancelled")
	})
}
