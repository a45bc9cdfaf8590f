package claim

import (
	"context"
	"net/http"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
)

type settleInput struct {
	Body struct {
		Year int `json:"year" doc:"已结束的年度"`
	}
}

func (s *Service) routesYear(api *httpapi.API) {
	httpapi.Register(api, httpapi.Needs(authz.ClaimManage), op("settlements", "settle-year", http.MethodPost, "/settlements", "提交年度清算（须复核）"),
		func(ctx context.Context, in *settleInput) (*httpapi.Body[Settlement], error) {
			out, err := s.SettleYear(ctx, authz.From(ctx), in.Body.Year)
			return httpapi.Of(out), err
		})
}
