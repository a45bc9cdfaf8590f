package portal

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"ippledge/internal/httpapi"
	"ippledge/internal/page"
)

type figuresInput struct {
	Year int `query:"year" doc:"年份，缺省为今年"`
}

type productsInput struct{ page.Query }

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	op := func(id, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: summary, Tags: []string{"portal"}}
	}
	httpapi.Register(api, httpapi.Public(), op("get-public-figures", "/portal/figures", "公开指标"),
		func(ctx context.Context, in *figuresInput) (*httpapi.Body[Figures], error) {
			f, err := s.Figures(ctx, in.Year)
			return httpapi.Of(f), err
		})
	httpapi.Register(api, httpapi.Public(), op("list-public-products", "/portal/products", "产品货架"),
		func(ctx context.Context, in *productsInput) (*httpapi.Body[page.List[Product]], error) {
			request, err := in.Parse(sortable, "-published_at")
			if err != nil {
				return nil, err
			}
			products, err := s.Products(ctx, request)
			return httpapi.Of(products), err
		})
}
