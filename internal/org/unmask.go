package org

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/platform/postgres"
)

// Contacts are the personal data of an organisation's people, unmasked.
type Contacts struct {
	LegalRepresentative string `json:"legal_representative"`
	ContactName         string `json:"contact_name"`
	ContactMobile       string `json:"contact_mobile"`
	Address             string `json:"address"`
}

// Unmask shows the contacts to somebody who says why; the reason is on record before
// anything is shown (domain §9.2).
func (s *Service) Unmask(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (c Contacts, err error) {
	if err := actor.Allowed(authz.OrgUnmask); err != nil {
		return c, err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return c, errReason
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		o, err := find(tx, id)
		if err != nil {
			return err
		}
		if !o.visibleTo(actor) {
			return errNotFound
		}
		c = Contacts{o.LegalRepresentative, o.ContactName, o.ContactMobile, o.Address}
		return audit.Record(tx, actor, "organization.unmask", Subject, o.ID, map[string]any{"reason": reason})
	})
	return c, err
}
