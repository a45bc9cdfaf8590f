package notify

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// PublicView is a notice as anybody reads it.
type PublicView struct {
	ID           uuid.UUID      `json:"id"`
	Number       string         `json:"number"`
	Kind         Kind           `json:"kind" enum:"announcement,list,disclosure,publicity"`
	Title        string         `json:"title"`
	Body         string         `json:"body"`
	Basis        string         `json:"basis"`
	Contact      string         `json:"contact"`
	PublishFrom  *calendar.Date `json:"publish_from,omitempty"`
	PublishUntil *calendar.Date `json:"publish_until,omitempty"`
	SHA256       string         `json:"sha256" doc:"发布文本（text 接口下载）的 SHA-256"`
	PublishedAt  *time.Time     `json:"published_at,omitempty"`
}

func publicView(n Notice) PublicView {
	return PublicView{n.ID, n.Number, n.Kind, n.Title, n.Body, n.Basis, n.Contact, n.PublishFrom, n.PublishUntil, n.SHA256, n.PublishedAt}
}

type publicInput struct {
	page.Query
	Kind   string `query:"kind" enum:",announcement,list,disclosure,publicity"`
	SHA256 string `query:"sha256" maxLength:"64" doc:"按指纹查找"`
}

// PublicRoutes registers what the portal shows of notices.
func (s *Service) PublicRoutes(api *httpapi.API) {
	op := func(id, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: summary, Tags: []string{"portal"}}
	}
	httpapi.Register(api, httpapi.Public(), op("list-public-notices", "/portal/notices", "公告"), s.apiPublicList)
	httpapi.Register(api, httpapi.Public(), op("get-public-notice", "/portal/notices/{id}", "公告全文"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Body[PublicView], error) {
			n, err := s.published(ctx, in.ID.UUID)
			return httpapi.Of(publicView(n)), err
		})
	httpapi.Register(api, httpapi.Public(), op("get-public-notice-text", "/portal/notices/{id}/text", "下载发布文本，用以核对指纹"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.File, error) {
			n, err := s.published(ctx, in.ID.UUID)
			return &httpapi.File{
				ContentType: "text/plain; charset=utf-8", ContentDisposition: `attachment; filename="` + n.Number + `.txt"`, Body: []byte(n.Snapshot()),
			}, err
		})
}

// published is a notice that anybody may read.
func (s *Service) published(ctx context.Context, id uuid.UUID) (n Notice, err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		if n, err = find(tx, id); err == nil && n.Status != Published {
			err = errNoNotice
		}
		return err
	})
	return n, err
}

func (s *Service) apiPublicList(ctx context.Context, in *publicInput) (*httpapi.Body[page.List[PublicView]], error) {
	request, err := in.Parse(sortable, "-published_at")
	if err != nil {
		return nil, err
	}
	rows, err := s.List(ctx, request, Filter{Status: Published, Kind: Kind(in.Kind), SHA256: strings.ToLower(in.SHA256)})
	return httpapi.Of(page.ListOf(rows, func(r row) PublicView { return publicView(r.notice()) })), err
}
