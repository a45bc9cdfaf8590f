package iam

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/httpmeta"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

// Token is a session token for the cookie and the time it dies at the latest; an empty
// one takes the cookie away.
type Token struct {
	Value  string
	Expiry time.Time
}

// the words under which a session keeps what it knows.
const (
	keyUser     = "user"
	keyOrg      = "org"
	keySeen     = "seen"
	keyPassword = "password_at"
)

// SignIn opens a session. Every session starts with a token that nobody knew before;
// one that came along is destroyed (session fixation). It fails with credentials_wrong,
// account_locked, account_disabled, totp_required, totp_wrong or sign_in_too_often, and
// takes as long for a name that doesn't exist as for a wrong password.
func (s *Service) SignIn(ctx context.Context, oldToken, username, password, code string) (Token, error) {
	if err := s.limits.allow(httpmeta.Address(ctx), s.db.Now()); err != nil {
		return Token{}, err
	}
	u, refusal, err := s.verify(ctx, strings.ToLower(strings.TrimSpace(username)), password, code)
	if err != nil {
		return Token{}, err
	}
	if refusal != nil {
		return Token{}, refusal
	}
	home, err := s.home(ctx, u)
	if err != nil {
		return Token{}, err
	}
	sctx, err := s.sessions.Load(ctx, oldToken)
	if err != nil {
		return Token{}, fmt.Errorf("iam: session: %w", err)
	}
	if err := s.sessions.Clear(sctx); err != nil {
		return Token{}, fmt.Errorf("iam: session: %w", err)
	}
	s.sessions.Put(sctx, keyUser, u.ID.String())
	s.sessions.Put(sctx, keyOrg, home.String())
	s.sessions.Put(sctx, keyPassword, u.PasswordChangedAt.UnixMicro())
	return s.reissue(sctx, s.db.Now().Add(sessionLife))
}

// verify checks who it is and counts failures. A refusal is no error of the transaction:
// the count and the entry in the trail must stay.
func (s *Service) verify(ctx context.Context, username, password, code string) (u User, refusal, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		u, err = lockUsername(tx, username)
		if fault.Has(err, errNoUser.Code) {
			if _, err := s.matches(password, s.decoy); err != nil {
				return err
			}
			refusal = errCredentials
			return recordRefusal(tx, authz.Actor{}, username, "unknown_user")
		}
		if err != nil {
			return err
		}
		who, err := identity(tx, u)
		if err != nil {
			return err
		}
		if u.locked(tx.Now()) {
			refusal = lockedUntil(u)
			return recordRefusal(tx, who, username, "locked")
		}
		right, err := s.matches(password, u.PasswordHash)
		if err != nil {
			return err
		}
		switch {
		case !right:
			refusal = errCredentials
			return s.fail(tx, who, &u, "password")
		case u.Status != Active:
			refusal = fault.New(fault.Denied, "account_disabled", "账号已停用，请联系本单位管理员")
			return recordRefusal(tx, who, username, "disabled")
		case u.TOTPConfirmedAt != nil && strings.TrimSpace(code) == "":
			refusal = errTOTPRequired
			return nil
		case u.TOTPConfirmedAt != nil:
			used, ok := step(u.TOTPSecret, code, tx.Now(), u.TOTPLastStep)
			if !ok {
				refusal = errTOTPWrong
				return s.fail(tx, who, &u, "totp")
			}
			u.TOTPLastStep = used
		}
		now := tx.Now()
		u.FailedAttempts, u.LockedUntil, u.LastSignInAt = 0, nil, &now
		if err := touchUser(tx, u); err != nil {
			return err
		}
		return audit.Record(tx, who, "session.sign_in", "user", u.ID, nil)
	})
	return u, refusal, err
}

// fail counts a failure; the fifth closes the account for a quarter of an hour.
func (s *Service) fail(tx postgres.Tx, who authz.Actor, u *User, what string) error {
	u.FailedAttempts++
	if u.FailedAttempts >= failuresMax {
		until := tx.Now().Add(lockedFor)
		u.LockedUntil, u.FailedAttempts = &until, 0
		if err := audit.Record(tx, who, "user.lock", "user", u.ID, map[string]any{"until": until}); err != nil {
			return err
		}
	}
	if err := touchUser(tx, *u); err != nil {
		return err
	}
	return recordRefusal(tx, who, u.Username, what)
}

func lockedUntil(u User) error {
	return fault.New(fault.TooMany, "account_locked", "口令连续输错 %d 次，账号已锁定至 %s，请届时再试或联系管理员",
		failuresMax, calendar.FormatInstant(*u.LockedUntil))
}

// identity is the person for the trail: by name and by the organisation of the account,
// without roles, because nothing is proved yet.
func identity(tx postgres.Tx, u User) (authz.Actor, error) {
	a := u.actor()
	if u.OrgID == nil {
		return a, nil
	}
	o, err := org.Find(tx, *u.OrgID)
	a.OrgName = o.Name
	return a, err
}

func recordRefusal(tx postgres.Tx, actor authz.Actor, username, what string) error {
	if actor.Name == "" {
		actor.Name = "未知用户"
	}
	return audit.Write(tx, actor, audit.Entry{Action: "session.refuse", ObjectKind: "username", ObjectID: shorten(username),
		Detail: map[string]any{"reason": what}, Refused: true})
}

func shorten(s string) string {
	r := []rune(s)
	return string(r[:min(len(r), 64)])
}

// home is the organisation a session starts in: where the account was opened, if the
// person holds a role there, else the first admitted one with a role.
func (s *Service) home(ctx context.Context, u User) (home uuid.UUID, err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		granted, err := rolesOf(tx, u.ID)
		if err != nil {
			return err
		}
		ids := make([]uuid.UUID, 0, len(granted))
		for _, g := range granted {
			ids = append(ids, g.OrgID)
		}
		if u.OrgID != nil && (len(ids) == 0 || slices.Contains(ids, *u.OrgID)) {
			home = *u.OrgID
			return nil
		}
		orgs, err := org.FindMany(tx, ids)
		if err != nil {
			return err
		}
		for i := len(ids) - 1; i >= 0; i-- {
			if home == uuid.Nil || orgs[ids[i]].Status == org.Admitted {
				home = ids[i]
			}
		}
		return nil
	})
	return home, err
}

// reissue gives the session in sctx a new token and stores it.
func (s *Service) reissue(sctx context.Context, deadline time.Time) (Token, error) {
	if err := s.sessions.RenewToken(sctx); err != nil {
		return Token{}, fmt.Errorf("iam: session: %w", err)
	}
	s.sessions.Put(sctx, keySeen, s.db.Now().Unix())
	s.sessions.SetDeadline(sctx, deadline)
	token, expiry, err := s.sessions.Commit(sctx)
	if err != nil {
		return Token{}, fmt.Errorf("iam: session: %w", err)
	}
	return Token{token, expiry}, nil
}
