package httpapi

import (
	"context"
	"net/http"
	"path"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"ippledge/internal/authz"
	"ippledge/internal/etag"
	"ippledge/internal/fault"
)

// Access says who may call an operation. There is no default: an operation without an
// Access can't be registered, so a new route is denied until somebody decides.
type Access struct {
	public bool
	anyOf  []authz.Permission
	signed bool
}

// Public lets anybody call.
func Public() Access { return Access{public: true} }

// SignedIn lets every signed-in user call; for what concerns one's own session only.
func SignedIn() Access { return Access{signed: true} }

// Needs lets those call whose role holds one of the permissions. The use case checks
// besides whether the row is theirs.
func Needs(p authz.Permission, others ...authz.Permission) Access {
	return Access{anyOf: append([]authz.Permission{p}, others...)}
}

func (a Access) describe(op *huma.Operation) {
	for _, p := range a.anyOf {
		if !authz.Known(p) {
			panic("httpapi: operation " + op.OperationID + " needs unknown permission " + string(p))
		}
	}
	if op.Extensions == nil {
		op.Extensions = map[string]any{}
	}
	switch {
	case a.public:
		op.Security = []map[string][]string{}
		op.Extensions["x-access"] = "public"
	case a.signed:
		op.Extensions["x-access"] = "signed_in"
	default:
		op.Extensions["x-access"] = "permission"
		op.Extensions["x-permissions"] = a.anyOf
	}
}

func (a Access) check(ctx context.Context) error {
	if a.public {
		return nil
	}
	actor := authz.From(ctx)
	if actor.IsSystem() {
		return fault.New(fault.Unauthenticated, "not_signed_in", "请先登录，或登录已超时，请重新登录")
	}
	if reason := Restricted(ctx); reason != nil && !a.signed {
		return reason
	}
	if a.signed {
		return nil
	}
	for _, p := range a.anyOf {
		if actor.Can(p) {
			return nil
		}
	}
	return actor.Allowed(a.anyOf[0])
}

// Register is huma.Register with our rules: access decided before the body is read, our
// failures as problems, validator tags, If-Match, Idempotency-Key, one place for all.
func Register[I, O any](api *API, access Access, op huma.Operation, h func(context.Context, *I) (*O, error)) {
	access.describe(&op)
	if op.DefaultStatus == 0 {
		op.DefaultStatus = http.StatusOK
	}
	op.Path = strings.TrimSuffix(op.Path, "/")
	op.Errors = append(op.Errors, 401, 403, 404, 409, 412, 422, 429)
	repeatable := op.Method == http.MethodPost && !access.public
	if repeatable {
		op.Parameters = append(op.Parameters, &huma.Param{
			Name: "Idempotency-Key", In: "header", Schema: &huma.Schema{Type: "string", MaxLength: new(120)},
			Description: "同一键、同一内容只办理一次，重复请求返回首次结果；内容不同则拒绝",
		})
	}
	if op.Method != http.MethodGet {
		op.Parameters = append(op.Parameters, &huma.Param{
			Name: "If-Match", In: "header", Schema: &huma.Schema{Type: "string"}, Description: "查询时返回的版本（ETag），不符则拒绝",
		})
	}
	op.Middlewares = append(huma.Middlewares{api.gate(access)}, op.Middlewares...)
	api.registering = path.Base(reflect.TypeFor[I]().PkgPath())
	huma.Register(api.huma, op, func(ctx context.Context, in *I) (*O, error) {
		if err := api.validate(in); err != nil {
			return nil, problemOf(ctx, err)
		}
		out, err := run(api, ctx, repeatable, op.OperationID, in, h)
		if err != nil {
			return nil, problemOf(ctx, err)
		}
		return out, nil
	})
}

// gate refuses before the body is read, and notes the headers that use cases heed.
func (api *API) gate(access Access) func(huma.Context, func(huma.Context)) {
	return func(hc huma.Context, next func(huma.Context)) {
		if err := access.check(hc.Context()); err != nil {
			api.refuse(hc, err)
			return
		}
		if header := hc.Header("If-Match"); header != "" && header != "*" && hc.Method() != http.MethodGet {
			version, err := etag.Parse(header)
			if err != nil {
				api.refuse(hc, err)
				return
			}
			hc = huma.WithContext(hc, etag.With(hc.Context(), version))
		}
		if key := hc.Header("Idempotency-Key"); key != "" {
			if len(key) > 120 {
				api.refuse(hc, fault.New(fault.Invalid, "idempotency_key_too_long", "Idempotency-Key 最长 120 个字符").Of("Idempotency-Key"))
				return
			}
			hc = huma.WithContext(hc, withKey(hc.Context(), key))
		}
		next(hc)
	}
}

func (api *API) refuse(hc huma.Context, err error) {
	p := problemOf(hc.Context(), err)
	writeProblem(hc.SetHeader, hc.SetStatus, hc.BodyWriter(), p)
}

// Versioned is the answer of an operation on one row: the row, and its version as ETag.
type Versioned[T any] struct {
	ETag string `header:"ETag"`
	Body T
}

// Row makes a Versioned of a view.
func Row[T any](version int64, view T) *Versioned[T] {
	return &Versioned[T]{ETag: etag.Format(version), Body: view}
}

// Body is the answer of an operation without a version.
type Body[T any] struct{ Body T }

// Of makes a Body of a view.
func Of[T any](view T) *Body[T] { return &Body[T]{view} }

// ByID is the input of an operation on one row.
type ByID struct {
	ID UUID `path:"id" doc:"记录编号"`
}

// File is a download.
type File struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	Body               []byte
}

// DescribeAccess says in Chinese who may call an operation.
func DescribeAccess(op *huma.Operation) string {
	switch op.Extensions["x-access"] {
	case "public":
		return "公开"
	case "signed_in":
		return "登录即可"
	}
	permissions, _ := op.Extensions["x-permissions"].([]authz.Permission)
	words := make([]string, len(permissions))
	for i, p := range permissions {
		words[i] = string(p) + "（" + authz.Describe(p) + "）"
	}
	return strings.Join(words, " 或 ")
}
