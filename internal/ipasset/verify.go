package ipasset

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/platform/postgres"
)

// verification is what the bureau's handler found and its checker signs.
type verification struct {
	Title           string `json:"title"`
	RightNo         string `json:"right_no"`
	RegisteredOwner string `json:"registered_owner"`
	Enterprise      string `json:"enterprise"`
	Note            string `json:"note"`
}

// Verify proposes that identifiers, owner and extract are right; it takes effect when
// the bureau's checker signs.
func (s *Service) Verify(ctx context.Context, actor authz.Actor, id uuid.UUID, note string) (a Asset, err error) {
	if err := actor.Allowed(authz.AssetVerify); err != nil {
		return a, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if a, err = s.lockForBureau(tx, id); err != nil {
			return err
		}
		if _, err := Transitions.Next(a.Status, Verify); err != nil {
			return err
		}
		return s.propose(tx, actor, a, "verify", verification{a.Title, a.No(), a.RegisteredOwner, a.OwnerName, strings.TrimSpace(note)})
	})
	return a, err
}

func applyVerify(tx postgres.Tx, a *Asset, _ approval.Proposal, _, _ authz.Actor) error {
	now := tx.Now()
	a.VerifiedAt, a.StatusReason = &now, ""
	return a.move(Verify)
}

// Reject sends a right back to its owner with a reason; the bureau's handler does it alone.
func (s *Service) Reject(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (a Asset, err error) {
	if err := actor.Allowed(authz.AssetVerify); err != nil {
		return a, err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return a, errNeedsReason
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if a, err = s.lockForBureau(tx, id); err != nil {
			return err
		}
		before := a.Status
		if err := a.move(Reject); err != nil {
			return err
		}
		a.StatusReason = reason
		if err := approval.Void(tx, Subject, a.ID); err != nil {
			return err
		}
		return finish(tx, actor, &a, before, "asset.reject", map[string]any{"reason": reason})
	})
	return a, err
}
