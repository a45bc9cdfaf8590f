package app

import (
	"context"

	"ippledge/internal/authz"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

// Empty tells whether nobody has used the database yet: the story is only told to one
// in which no enterprise stands.
func Empty(ctx context.Context, db *postgres.DB) (empty bool, err error) {
	err = db.Read(ctx, func(tx postgres.Tx) error {
		for _, info := range authz.OrgKinds {
			found, err := org.OfKind(tx, info.Kind)
			if err != nil {
				return err
			}
			if len(found) > 0 {
				return nil
			}
		}
		empty = true
		return nil
	})
	return empty, err
}
