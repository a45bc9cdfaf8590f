package ipasset

import (
	"context"
	"net/http"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

type alertInput struct {
	page.Query
	AssetID  httpapi.UUID `query:"asset_id"`
	Severity string       `query:"severity" enum:",amber,red,critical"`
	Kind     string       `query:"kind" maxLength:"40"`
	Closed   bool         `query:"closed" doc:"true 看已解除的，默认看未解除的"`
}

func (s *Service) alertRoutes(api *httpapi.API) {
	httpapi.Register(api, httpapi.Needs(authz.AssetRead), operation("list-alerts", http.MethodGet, "/alerts", "质押物预警"),
		func(ctx context.Context, in *alertInput) (*httpapi.Body[page.List[AlertView]], error) {
			request, err := in.Parse(alertKeys, "-raised_at")
			if err != nil {
				return nil, err
			}
			var out page.List[AlertView]
			err = s.db.Read(ctx, func(tx postgres.Tx) error {
				rows, err := listAlerts(tx, authz.From(ctx), request, alertFilter{in.AssetID.UUID, in.Severity, in.Kind, in.Closed})
				out = page.ListOf(rows, alertRow.view)
				return err
			})
			return httpapi.Of(out), err
		})
}
