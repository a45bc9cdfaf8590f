package iam

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// CookieName is the session cookie's.
const CookieName = "ippledge_session"

// BackgroundHeader marks a request that no person made.
const BackgroundHeader = "X-Background"

// seenEvery is how often a session in use is written: its idle time is exact to this.
const seenEvery = 30 * time.Second

// Authenticate finds out who calls. A cookie that is unknown or has run out is nobody, so
// that signing in works with it; a key that is wrong is a failure. restricted is
// password_change_required or totp_enrolment_required while one of them holds.
func (s *Service) Authenticate(r *http.Request) (actor authz.Actor, restricted error, err error) {
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		actor, err = s.byKey(r.Context(), strings.TrimSpace(bearer))
		return actor, nil, err
	}
	cookie, err := r.Cookie(CookieName)
	if err != nil || !plausible(cookie.Value) {
		return authz.Actor{}, nil, nil
	}
	sctx, err := s.sessions.Load(r.Context(), cookie.Value)
	if err != nil {
		return actor, nil, fmt.Errorf("iam: session: %w", err)
	}
	userID, orgID, ok := s.owner(sctx)
	if !ok {
		return authz.Actor{}, nil, nil
	}
	var u User
	err = s.db.Read(r.Context(), func(tx postgres.Tx) error {
		u, actor, err = s.load(tx, userID, orgID)
		return err
	})
	if fault.Has(err, errNoUser.Code) {
		return authz.Actor{}, nil, nil
	}
	if err != nil {
		return authz.Actor{}, nil, err
	}
	now := s.db.Now()
	seen := time.Unix(s.sessions.GetInt64(sctx, keySeen), 0)
	stale := u.Status != Active || s.sessions.GetInt64(sctx, keyPassword) != u.PasswordChangedAt.UnixMicro() ||
		now.Sub(seen) > idleLimit(actor) || !now.Before(s.sessions.Deadline(sctx))
	if stale {
		if err := s.sessions.Destroy(sctx); err != nil {
			return authz.Actor{}, nil, fmt.Errorf("iam: session: %w", err)
		}
		return authz.Actor{}, nil, nil
	}
	// What a page asks for by itself (the bell, every minute) doesn't keep the session alive.
	if now.Sub(seen) > seenEvery && r.Header.Get(BackgroundHeader) == "" {
		s.sessions.Put(sctx, keySeen, now.Unix())
		if _, _, err := s.sessions.Commit(sctx); err != nil {
			return authz.Actor{}, nil, fmt.Errorf("iam: session: %w", err)
		}
	}
	return actor, s.restriction(u, actor, now), nil
}

// plausible tells whether a value can be one of scs's tokens at all.
func plausible(token string) bool {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	return err == nil && len(raw) == 32
}

func (s *Service) owner(sctx context.Context) (user, org uuid.UUID, ok bool) {
	user, err := uuid.Parse(s.sessions.GetString(sctx, keyUser))
	if err != nil {
		return user, org, false
	}
	org, err = uuid.Parse(s.sessions.GetString(sctx, keyOrg))
	return user, org, err == nil
}

// load reads the person and its roles afresh, so that a role taken away is gone at the
// next request. Without an organisation the actor has no roles.
func (s *Service) load(tx postgres.Tx, userID, orgID uuid.UUID) (User, authz.Actor, error) {
	u, err := findUser(tx, userID)
	if err != nil {
		return u, authz.Actor{}, err
	}
	if orgID == uuid.Nil {
		return u, authz.Actor{UserID: u.ID, Name: u.Name}, nil
	}
	granted, err := rolesOf(tx, userID)
	if err != nil {
		return u, authz.Actor{}, err
	}
	a, err := actorFor(tx, u, granted, orgID)
	return u, a, err
}

func (s *Service) restriction(u User, a authz.Actor, now time.Time) error {
	switch {
	case u.mustChange(now):
		return errPasswordChange
	case s.totpRequired(a) && u.TOTPConfirmedAt == nil:
		return errTOTPEnrolment
	}
	return nil
}

func (s *Service) totpRequired(a authz.Actor) bool { return s.config.MFARequired && isStaff(a) }

func isStaff(a authz.Actor) bool {
	for _, role := range a.Roles {
		if info, ok := authz.Info(role); ok && info.Staff {
			return true
		}
	}
	return false
}

func idleLimit(a authz.Actor) time.Duration {
	if isStaff(a) {
		return idleStaff
	}
	return idleOthers
}

// current loads the session that a cookie names, for the operations on the session
// itself. A key of a machine has none.
func (s *Service) current(ctx context.Context, token string) (context.Context, error) {
	if !plausible(token) {
		return nil, errSessionOnly
	}
	sctx, err := s.sessions.Load(ctx, token)
	if err != nil {
		return nil, fmt.Errorf("iam: session: %w", err)
	}
	user, _, ok := s.owner(sctx)
	if !ok || user != authz.From(ctx).UserID {
		return nil, errSessionOnly
	}
	return sctx, nil
}

// SignOut ends the session.
func (s *Service) SignOut(ctx context.Context, actor authz.Actor, token string) error {
	sctx, err := s.current(ctx, token)
	if err != nil {
		return err
	}
	if err := s.sessions.Destroy(sctx); err != nil {
		return fmt.Errorf("iam: session: %w", err)
	}
	return s.db.InTx(ctx, func(tx postgres.Tx) error {
		return audit.Record(tx, actor, "session.sign_out", "user", actor.UserID, nil)
	})
}

// Switch lets a person act for another of its organisations; not_a_member otherwise. The
// token changes, the deadline of the session does not.
func (s *Service) Switch(ctx context.Context, actor authz.Actor, token string, orgID uuid.UUID) (Token, error) {
	sctx, err := s.current(ctx, token)
	if err != nil {
		return Token{}, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if _, err := ActorOf(tx, actor.UserID, orgID); err != nil {
			if fault.Has(err, "organisation_not_found") {
				return errNotMember
			}
			return err
		}
		return audit.Record(tx, actor, "session.switch", "user", actor.UserID, map[string]any{"org_id": orgID})
	})
	if err != nil {
		return Token{}, err
	}
	s.sessions.Put(sctx, keyOrg, orgID.String())
	return s.reissue(sctx, s.sessions.Deadline(sctx))
}

// ChangePassword sets a new password of one's own. All other sessions of the person end,
// because each remembers the password it was opened under.
func (s *Service) ChangePassword(ctx context.Context, actor authz.Actor, token, old, fresh string) (Token, error) {
	sctx, err := s.current(ctx, token)
	if err != nil {
		return Token{}, err
	}
	var u User
	wrong := false
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if u, err = lockUser(tx, actor.UserID); err != nil {
			return err
		}
		if u.locked(tx.Now()) {
			return lockedUntil(u)
		}
		right, err := s.matches(old, u.PasswordHash)
		if err != nil {
			return err
		}
		if wrong = !right; wrong {
			return s.fail(tx, actor, &u, "old_password")
		}
		if err := s.setPassword(tx, &u, fresh, "new_password", false); err != nil {
			return err
		}
		if err := saveUser(tx, &u); err != nil {
			return err
		}
		if err := keepPassword(tx, u); err != nil {
			return err
		}
		return audit.Record(tx, actor, "user.change_password", "user", u.ID, nil)
	})
	if err != nil {
		return Token{}, err
	}
	if wrong {
		return Token{}, fault.InField("old_password", "old_password_wrong", "原口令不正确")
	}
	s.sessions.Put(sctx, keyPassword, u.PasswordChangedAt.UnixMicro())
	return s.reissue(sctx, s.sessions.Deadline(sctx))
}
