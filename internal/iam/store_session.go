package iam

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/alexedwards/scs/v2"

	"ippledge/internal/platform/postgres"
)

// sessionStore keeps sessions in the session table. Tokens are stored as hashes, so that
// a copy of the database signs nobody in. Expiry goes by the clock of the database handle.
type sessionStore struct{ db *postgres.DB }

func newSessions(db *postgres.DB) *scs.SessionManager {
	m := scs.New()
	m.Store = sessionStore{db}
	m.Lifetime = sessionLife
	m.HashTokenInStore = true
	return m
}

// FindCtx returns the data of a session that has not expired.
func (s sessionStore) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.db.SQL().QueryRowContext(ctx, "select data from session where token = $1 and expiry > $2", token, s.db.Now()).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// CommitCtx writes a session.
func (s sessionStore) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	_, err := s.db.SQL().ExecContext(ctx, `insert into session (token, data, expiry) values ($1, $2, $3)
		on conflict (token) do update set data = excluded.data, expiry = excluded.expiry`, token, data, expiry)
	return err
}

// DeleteCtx ends a session; one that isn't there is no error.
func (s sessionStore) DeleteCtx(ctx context.Context, token string) error {
	_, err := s.db.SQL().ExecContext(ctx, "delete from session where token = $1", token)
	return err
}

// Find, Commit and Delete satisfy scs.Store; scs calls the others.
func (s sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}
func (s sessionStore) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}
func (s sessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// PurgeSessions removes what has expired; timed work calls it daily (domain §9.1, 剩余信息).
func (s *Service) PurgeSessions(ctx context.Context) (removed int64, err error) {
	result, err := s.db.SQL().ExecContext(ctx, "delete from session where expiry <= $1", s.db.Now())
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}
