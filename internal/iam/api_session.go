package iam

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
)

// SessionCookie is the session's own token, for the operations on the session itself. It is
// exported because huma passes over embedded types that are not.
type SessionCookie struct {
	Cookie string `cookie:"ippledge_session" hidden:"true"`
}

type signInInput struct {
	SessionCookie
	Body struct {
		Username string `json:"username" maxLength:"64"`
		Password string `json:"password" maxLength:"200"`
		TOTPCode string `json:"totp_code,omitempty" maxLength:"10" doc:"动态口令，绑定后必填"`
	}
}

type switchInput struct {
	SessionCookie
	Body struct {
		OrganizationID uuid.UUID `json:"organization_id"`
	}
}

type passwordInput struct {
	SessionCookie
	Body struct {
		OldPassword string `json:"old_password" maxLength:"200"`
		NewPassword string `json:"new_password" maxLength:"200" doc:"至少 10 位，含大写、小写、数字、符号中的三类"`
	}
}

type confirmInput struct {
	Body struct {
		Code string `json:"code" maxLength:"10"`
	}
}

// sessionOutput is the session with its cookie.
type sessionOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      SessionView
}

type signOutOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

func (s *Service) cookie(t Token) http.Cookie {
	c := http.Cookie{Name: CookieName, Value: t.Value, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.config.Secure, MaxAge: -1}
	if t.Value != "" {
		c.MaxAge, c.Expires = int(t.Expiry.Sub(s.db.Now()).Seconds()), t.Expiry
	}
	return c
}

func (s *Service) sessionRoutes(api *httpapi.API) {
	op := func(id, method, path, summary string) huma.Operation {
		api.OwnKey(id) // a kept answer would keep the token or the secret
		return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"session"}}
	}
	httpapi.Register(api, httpapi.Public(), op("sign-in", http.MethodPost, "/session", "登录"), s.apiSignIn)
	httpapi.Register(api, httpapi.SignedIn(), op("get-session", http.MethodGet, "/session", "当前登录"),
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[SessionView], error) {
			actor := authz.From(ctx)
			v, err := s.viewOf(ctx, actor.UserID, actor.OrgID)
			if actor.Scopes != nil { // a key shows what it can do, not what its owner can
				v.Permissions = actor.Permissions()
			}
			return httpapi.Of(v), err
		})
	out := op("sign-out", http.MethodDelete, "/session", "退出登录")
	out.DefaultStatus = http.StatusNoContent
	httpapi.Register(api, httpapi.SignedIn(), out, func(ctx context.Context, in *SessionCookie) (*signOutOutput, error) {
		err := s.SignOut(ctx, authz.From(ctx), in.Cookie)
		return &signOutOutput{s.cookie(Token{})}, err
	})
	httpapi.Register(api, httpapi.SignedIn(), op("switch-organization", http.MethodPost, "/session/switch", "切换单位"),
		func(ctx context.Context, in *switchInput) (*sessionOutput, error) {
			token, err := s.Switch(ctx, authz.From(ctx), in.Cookie, in.Body.OrganizationID)
			return s.sessionAnswer(ctx, token, authz.From(ctx).UserID, in.Body.OrganizationID, err)
		})
	httpapi.Register(api, httpapi.SignedIn(), op("change-password", http.MethodPost, "/session/password", "修改口令"),
		func(ctx context.Context, in *passwordInput) (*sessionOutput, error) {
			actor := authz.From(ctx)
			token, err := s.ChangePassword(ctx, actor, in.Cookie, in.Body.OldPassword, in.Body.NewPassword)
			return s.sessionAnswer(ctx, token, actor.UserID, actor.OrgID, err)
		})
	httpapi.Register(api, httpapi.SignedIn(), op("enrol-totp", http.MethodPost, "/session/totp/enrol", "绑定动态口令"),
		func(ctx context.Context, in *SessionCookie) (*httpapi.Body[Enrolment], error) {
			if _, err := s.current(ctx, in.Cookie); err != nil {
				return nil, err
			}
			e, err := s.EnrolTOTP(ctx, authz.From(ctx))
			return httpapi.Of(e), err
		})
	httpapi.Register(api, httpapi.SignedIn(), op("confirm-totp", http.MethodPost, "/session/totp/confirm", "确认动态口令"),
		func(ctx context.Context, in *confirmInput) (*httpapi.Body[SessionView], error) {
			actor := authz.From(ctx)
			if err := s.ConfirmTOTP(ctx, actor, in.Body.Code); err != nil {
				return nil, err
			}
			v, err := s.viewOf(ctx, actor.UserID, actor.OrgID)
			return httpapi.Of(v), err
		})
}

func (s *Service) apiSignIn(ctx context.Context, in *signInInput) (*sessionOutput, error) {
	token, err := s.SignIn(ctx, in.Cookie, in.Body.Username, in.Body.Password, in.Body.TOTPCode)
	if err != nil {
		return nil, err
	}
	sctx, err := s.sessions.Load(ctx, token.Value)
	if err != nil {
		return nil, err
	}
	user, org, _ := s.owner(sctx)
	return s.sessionAnswer(ctx, token, user, org, nil)
}

func (s *Service) sessionAnswer(ctx context.Context, t Token, user, org uuid.UUID, err error) (*sessionOutput, error) {
	if err != nil {
		return nil, err
	}
	v, err := s.viewOf(ctx, user, org)
	return &sessionOutput{s.cookie(t), v}, err
}
