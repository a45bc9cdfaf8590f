package notify

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// View is a notice as the bureau sees it.
type View struct {
	ID           uuid.UUID             `json:"id"`
	Number       string                `json:"number"`
	Kind         Kind                  `json:"kind" enum:"announcement,list,disclosure,publicity"`
	Title        string                `json:"title"`
	Body         string                `json:"body"`
	Basis        string                `json:"basis"`
	Contact      string                `json:"contact"`
	PublishFrom  *calendar.Date        `json:"publish_from,omitempty"`
	PublishUntil *calendar.Date        `json:"publish_until,omitempty"`
	SHA256       string                `json:"sha256" doc:"发布文本的指纹"`
	Status       Status                `json:"status" enum:"draft,submitted,published,withdrawn"`
	CreatedAt    time.Time             `json:"created_at"`
	PublishedAt  *time.Time            `json:"published_at,omitempty"`
	Version      int64                 `json:"version"`
	Actions      []string              `json:"available_actions" nullable:"false"`
	Pending      *approval.PendingView `json:"pending_approval,omitempty"`
	Timeline     []audit.Line          `json:"timeline,omitempty"`
}

func view(actor authz.Actor, n Notice) View {
	v := View{
		ID: n.ID, Number: n.Number, Kind: n.Kind, Title: n.Title, Body: n.Body, Basis: n.Basis, Contact: n.Contact,
		PublishFrom: n.PublishFrom, PublishUntil: n.PublishUntil, SHA256: n.SHA256, Status: n.Status, CreatedAt: n.CreatedAt,
		PublishedAt: n.PublishedAt, Version: n.Version, Actions: []string{},
	}
	if n.Status == Draft && actor.Can(authz.NoticeDraft) {
		v.Actions = append(v.Actions, "edit", string(Submit))
	}
	if Transitions.Can(n.Status, Withdraw) && actor.Can(authz.NoticePublish) {
		v.Actions = append(v.Actions, string(Withdraw))
	}
	return v
}

func (s *Service) detail(ctx context.Context, id uuid.UUID, err error) (*httpapi.Versioned[View], error) {
	if err != nil {
		return nil, err
	}
	actor := authz.From(ctx)
	var v View
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		n, err := find(tx, id)
		if err != nil {
			return err
		}
		v = view(actor, n)
		if v.Pending, err = s.approvals.PendingOn(tx, actor, "notice", id); err != nil {
			return err
		}
		v.Timeline, err = audit.Timeline(tx, "notice", id)
		return err
	})
	return httpapi.Row(v.Version, v), err
}

type (
	textInput struct{ Body Text }
	editInput struct {
		httpapi.ByID
		Body Text
	}
	withdrawInput struct {
		httpapi.ByID
		Body struct {
			Reason string `json:"reason" minLength:"1" maxLength:"500"`
		}
	}
	listInput struct {
		page.Query
		Status string `query:"status" enum:",draft,submitted,published,withdrawn"`
		Kind   string `query:"kind" enum:",announcement,list,disclosure,publicity"`
	}
	inboxInput struct {
		page.Query
		Unread bool `query:"unread" doc:"只看未读"`
	}
	inboxAnswer struct {
		page.List[Message]
		Unread int64 `json:"unread"`
	}
	readInput struct {
		Body struct {
			IDs []uuid.UUID `json:"ids" nullable:"false" doc:"为空则全部标记为已读"`
		}
	}
	unreadAnswer struct {
		Unread int64 `json:"unread"`
	}
)

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	op := func(id, method, path, summary, tag string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{tag}}
	}
	s.PublicRoutes(api)
	httpapi.Register(api, httpapi.Needs(authz.MessageRead), op("list-messages", http.MethodGet, "/messages", "我的消息", "messages"), s.apiInbox)
	httpapi.Register(api, httpapi.Needs(authz.MessageRead), op("read-messages", http.MethodPost, "/messages/read", "标记已读", "messages"),
		func(ctx context.Context, in *readInput) (*httpapi.Body[unreadAnswer], error) {
			n, err := s.MarkRead(ctx, authz.From(ctx), in.Body.IDs)
			return httpapi.Of(unreadAnswer{n}), err
		})
	httpapi.Register(api, httpapi.Needs(authz.NoticeRead), op("list-notices", http.MethodGet, "/notices", "公告管理", "notices"), s.apiList)
	httpapi.Register(api, httpapi.Needs(authz.NoticeRead), op("get-notice", http.MethodGet, "/notices/{id}", "公告详情", "notices"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[View], error) {
			return s.detail(ctx, in.ID.UUID, nil)
		})
	create := op("create-notice", http.MethodPost, "/notices", "起草公告", "notices")
	create.DefaultStatus = http.StatusCreated
	httpapi.Register(api, httpapi.Needs(authz.NoticeDraft), create, func(ctx context.Context, in *textInput) (*httpapi.Versioned[View], error) {
		n, err := s.Create(ctx, authz.From(ctx), in.Body)
		return s.detail(ctx, n.ID, err)
	})
	httpapi.Register(api, httpapi.Needs(authz.NoticeDraft), op("edit-notice", http.MethodPut, "/notices/{id}", "修改公告", "notices"),
		func(ctx context.Context, in *editInput) (*httpapi.Versioned[View], error) {
			n, err := s.Edit(ctx, authz.From(ctx), in.ID.UUID, in.Body)
			return s.detail(ctx, n.ID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.NoticeDraft), op("submit-notice", http.MethodPost, "/notices/{id}/submit", "提交复核", "notices"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[View], error) {
			n, err := s.Submit(ctx, authz.From(ctx), in.ID.UUID)
			return s.detail(ctx, n.ID, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.NoticePublish), op("withdraw-notice", http.MethodPost, "/notices/{id}/withdraw", "撤下公告", "notices"),
		func(ctx context.Context, in *withdrawInput) (*httpapi.Versioned[View], error) {
			n, err := s.Withdraw(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return s.detail(ctx, n.ID, err)
		})
}

func (s *Service) apiInbox(ctx context.Context, in *inboxInput) (*httpapi.Body[inboxAnswer], error) {
	request, err := in.Parse(inboxSort, "-created_at")
	if err != nil {
		return nil, err
	}
	messages, unread, err := s.Inbox(ctx, authz.From(ctx), request, in.Unread)
	return httpapi.Of(inboxAnswer{messages, unread}), err
}

func (s *Service) apiList(ctx context.Context, in *listInput) (*httpapi.Body[page.List[View]], error) {
	request, err := in.Parse(sortable, "-created_at")
	if err != nil {
		return nil, err
	}
	rows, err := s.List(ctx, request, Filter{Status: Status(in.Status), Kind: Kind(in.Kind)})
	actor := authz.From(ctx)
	return httpapi.Of(page.ListOf(rows, func(r row) View { return view(actor, r.notice()) })), err
}
