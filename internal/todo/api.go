package todo

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
)

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	httpapi.Register(api, httpapi.SignedIn(), huma.Operation{
		OperationID: "list-todo", Method: http.MethodGet, Path: "/todo", Summary: "我的待办", Tags: []string{"todo"},
	}, func(ctx context.Context, _ *struct{}) (*httpapi.Body[answer], error) {
		items, err := s.List(ctx, authz.From(ctx))
		return httpapi.Of(answer{items}), err
	})
}

type answer struct {
	Items []Item `json:"items" nullable:"false"`
}
