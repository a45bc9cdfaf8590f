package httpapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/httpmeta"
)

// Authenticator finds out who calls: by session cookie or API key. No credentials is no
// error; wrong ones are. restricted is the failure to answer with on everything but the
// session's own operations (first sign-in change, second factor still missing).
type Authenticator interface {
	Authenticate(r *http.Request) (actor authz.Actor, restricted error, err error)
}

type restrictedKey struct{}

// RequestID is the id of the request, in every log line and problem.
func RequestID(ctx context.Context) string { return httpmeta.RequestID(ctx) }

// Restricted is why the session may not do business yet, or nil.
func Restricted(ctx context.Context) error { e, _ := ctx.Value(restrictedKey{}).(error); return e }

// Engine is Gin with the middleware that every request passes.
func Engine(auth Authenticator, trustedOrigins ...string) *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	// Only a proxy on this machine may say whom it speaks for: the client's address counts
	// in the sign-in limit and stands in the audit trail.
	if err := engine.SetTrustedProxies([]string{"127.0.0.1", "::1"}); err != nil {
		panic(err) // two constant addresses
	}
	engine.Use(identify, recovery, accessLog, secure, sameOrigin(trustedOrigins), authenticate(auth))
	engine.NoMethod(func(c *gin.Context) {
		abort(c, &fault.Error{Kind: fault.NotFound, Code: "method_not_allowed", Message: "该地址不支持这种请求方法"})
	})
	return engine
}

func identify(c *gin.Context) {
	id := uuid.NewString()
	c.Request = c.Request.WithContext(httpmeta.With(c.Request.Context(), id, c.ClientIP()))
	c.Header("X-Request-ID", id)
	c.Next()
}

func recovery(c *gin.Context) {
	defer func() {
		thrown := recover()
		if thrown == nil {
			return
		}
		if err, ok := thrown.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(thrown)
		}
		slog.ErrorContext(c.Request.Context(), "panic", "error", fmt.Sprint(thrown), "stack", string(debug.Stack()), "request_id", RequestID(c.Request.Context()))
		abort(c, errors.New("panic"))
	}()
	c.Next()
}

func accessLog(c *gin.Context) {
	start := time.Now()
	c.Next()
	level := slog.LevelDebug
	if c.Writer.Status() >= 500 {
		level = slog.LevelWarn
	}
	if !slog.Default().Enabled(c.Request.Context(), level) {
		return
	}
	slog.Log(c.Request.Context(), level, "request", "method", c.Request.Method, "path", c.Request.URL.Path, "status", c.Writer.Status(),
		"ms", time.Since(start).Milliseconds(), "request_id", RequestID(c.Request.Context()))
}

func secure(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	if strings.HasPrefix(c.Request.URL.Path, Prefix) {
		h.Set("Cache-Control", "no-store")
	}
	c.Next()
}

// sameOrigin refuses writes that a foreign page makes a browser send (CSRF), by the
// headers browsers set themselves; clients that aren't browsers send neither.
func sameOrigin(trusted []string) gin.HandlerFunc {
	protection := http.NewCrossOriginProtection()
	for _, origin := range trusted {
		if err := protection.AddTrustedOrigin(origin); err != nil {
			panic(fmt.Sprintf("httpapi: trusted origin %q: %v", origin, err))
		}
	}
	return func(c *gin.Context) {
		if err := protection.Check(c.Request); err != nil {
			abort(c, fault.New(fault.Denied, "cross_origin_refused", "拒绝来自其他网站的请求").Because(err))
			return
		}
		c.Next()
	}
}

func authenticate(auth Authenticator) gin.HandlerFunc {
	return func(c *gin.Context) {
		if auth == nil || !strings.HasPrefix(c.Request.URL.Path, "/api/") {
			c.Next()
			return
		}
		actor, restricted, err := auth.Authenticate(c.Request)
		if err != nil {
			abort(c, err)
			return
		}
		ctx := authz.With(c.Request.Context(), actor)
		if restricted != nil {
			ctx = context.WithValue(ctx, restrictedKey{}, restricted)
		}
		c.Request = c.Request.WithContext(ctx)
		c.Next()
	}
}

func abort(c *gin.Context, err error) {
	p := problemOf(c.Request.Context(), err)
	if p.Code == "method_not_allowed" {
		p.Status, p.Title = http.StatusMethodNotAllowed, titles[http.StatusMethodNotAllowed]
	}
	c.Abort()
	writeProblem(func(k, v string) { c.Writer.Header().Set(k, v) }, c.Writer.WriteHeader, c.Writer, p)
}

func writeProblem(header func(name, value string), status func(int), body io.Writer, p *Problem) {
	header("Content-Type", "application/problem+json")
	status(p.Status)
	if err := encode(body, p); err != nil {
		slog.Warn("problem not written", "error", err)
	}
}

// NotFound answers for addresses of the API that don't exist.
func NotFound(c *gin.Context) {
	abort(c, fault.New(fault.NotFound, "route_not_found", "没有这个接口地址"))
}
