package claim

import (
	"context"
	"net/http"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
)

type followedList struct {
	Items []Followed `json:"items" nullable:"false"`
}

func (s *Service) routesFollow(api *httpapi.API) {
	httpapi.Register(api, httpapi.Needs(authz.LoanRead), op("claims", "list-followed-claims", http.MethodGet, "/claims/of-own-loans", "本企业贷款的补偿与追偿（只读）"),
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[followedList], error) {
			out, err := s.Follow(ctx, authz.From(ctx))
			return httpapi.Of(followedList{out}), err
		})
}
