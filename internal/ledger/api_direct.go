package ledger

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/httpapi"
)

// routesDirect registers the operations that machines post with. They keep their own
// Idempotency-Key: the key stands in the book, so the answer outlives any cache.
func (s *Service) routesDirect(api *httpapi.API) {
	for _, id := range []string{"post-entry", "post-entries"} {
		api.OwnKey(id)
	}
	httpapi.Register(api, httpapi.Needs(authz.LedgerPost), created(op("post-entry", http.MethodPost, "/ledger/books/{id}/entries", "直接入账一笔（利息、备查）")), s.apiPost)
	many := created(op("post-entries", http.MethodPost, "/ledger/books/{id}/entries:batch", "直接入账多笔，全部成功或全部不入账"))
	many.MaxBodyBytes = 16 << 20
	many.Middlewares = huma.Middlewares{exactly(":batch")}
	httpapi.Register(api, httpapi.Needs(authz.LedgerPost), many, s.apiPostMany)
}

type strayKey struct{}

// exactly marks requests whose path doesn't end so. Gin takes what stands after a colon
// for a parameter, and would route any other ending here too.
func exactly(ending string) func(huma.Context, func(huma.Context)) {
	return func(hc huma.Context, next func(huma.Context)) {
		u := hc.URL()
		next(huma.WithValue(hc, strayKey{}, !strings.HasSuffix(u.Path, ending)))
	}
}

type postInput struct {
	httpapi.ByID
	Body Direct
}

func (s *Service) apiPost(ctx context.Context, in *postInput) (*httpapi.Body[Posted], error) {
	posted, err := s.PostDirect(ctx, authz.From(ctx), in.ID.UUID, httpapi.IdempotencyKey(ctx), in.Body)
	return httpapi.Of(posted), err
}

type postManyInput struct {
	httpapi.ByID
	Body struct {
		Entries []Direct `json:"entries" nullable:"false" minItems:"1" maxItems:"1000"`
	}
}

type postedMany struct {
	Items []Posted `json:"items" nullable:"false"`
}

func (s *Service) apiPostMany(ctx context.Context, in *postManyInput) (*httpapi.Body[postedMany], error) {
	if stray, _ := ctx.Value(strayKey{}).(bool); stray {
		return nil, fault.New(fault.NotFound, "route_not_found", "没有这个接口地址")
	}
	posted, err := s.PostDirectBatch(ctx, authz.From(ctx), in.ID.UUID, httpapi.IdempotencyKey(ctx), in.Body.Entries)
	return httpapi.Of(postedMany{posted}), err
}
