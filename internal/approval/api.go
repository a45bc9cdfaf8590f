package approval

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// View is a proposal as clients see it.
type View struct {
	PendingView
	Title       string          `json:"title"`
	SubjectKind string          `json:"subject_kind"`
	SubjectID   uuid.UUID       `json:"subject_id"`
	Link        string          `json:"link" doc:"对象在前端的路径"`
	Payload     json.RawMessage `json:"payload"`
	Digest      string          `json:"digest" doc:"复核内容的 SHA-256"`
	Status      Status          `json:"status" enum:"pending,signed,rejected,withdrawn,superseded"`
	CheckerName string          `json:"checker_name"`
	DecidedAt   *time.Time      `json:"decided_at,omitempty"`
	Reason      string          `json:"reason"`
	DueOn       *calendar.Date  `json:"due_on,omitempty"`
	Version     int64           `json:"version"`
	Actions     []Action        `json:"available_actions" nullable:"false"`
}

func (s *Service) view(actor authz.Actor, p Proposal) View {
	v := View{
		PendingView: s.pendingView(actor, p), Title: p.Title, SubjectKind: p.SubjectKind, SubjectID: p.SubjectID,
		Payload: p.Payload, Digest: p.Digest, Status: p.Status, CheckerName: p.CheckerName, DecidedAt: p.DecidedAt,
		Reason: p.Reason, DueOn: p.DueOn, Version: p.Version, Actions: []Action{},
	}
	if link := s.kinds[p.Kind].Link; link != nil {
		v.Link = link(p.SubjectID)
	}
	if p.Status != Pending {
		v.CanSign, v.CanWithdraw = false, false
	}
	if v.CanSign {
		v.Actions = append(v.Actions, Reject, Sign)
	}
	if v.CanWithdraw {
		v.Actions = append(v.Actions, Withdraw)
	}
	return v
}

type listInput struct {
	page.Query
	Box    string `query:"box" enum:"to_sign,made,all" default:"to_sign" doc:"to_sign 待我复核，made 我经办的，all 本单位全部"`
	Status string `query:"status" enum:",pending,signed,rejected,withdrawn,superseded"`
}

type rejectInput struct {
	httpapi.ByID
	Body struct {
		Reason string `json:"reason" maxLength:"500" doc:"退回理由"`
	}
}

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"approvals"}}
	}
	httpapi.Register(api, httpapi.Needs(authz.ApprovalRead), op("list-approvals", http.MethodGet, "/approvals", "复核事项"), s.apiList)
	httpapi.Register(api, httpapi.Needs(authz.ApprovalRead), op("get-approval", http.MethodGet, "/approvals/{id}", "复核事项详情"), s.apiGet)
	httpapi.Register(api, httpapi.Needs(authz.ApprovalSign), op("sign-approval", http.MethodPost, "/approvals/{id}/sign", "复核通过"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[View], error) {
			p, err := s.Sign(ctx, authz.From(ctx), in.ID.UUID)
			return s.answer(ctx, p, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.ApprovalSign), op("reject-approval", http.MethodPost, "/approvals/{id}/reject", "退回"),
		func(ctx context.Context, in *rejectInput) (*httpapi.Versioned[View], error) {
			p, err := s.Reject(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return s.answer(ctx, p, err)
		})
	httpapi.Register(api, httpapi.Needs(authz.ApprovalRead), op("withdraw-approval", http.MethodPost, "/approvals/{id}/withdraw", "撤回"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[View], error) {
			p, err := s.Withdraw(ctx, authz.From(ctx), in.ID.UUID)
			return s.answer(ctx, p, err)
		})
}

func (s *Service) answer(ctx context.Context, p Proposal, err error) (*httpapi.Versioned[View], error) {
	if err != nil {
		return nil, err
	}
	return httpapi.Row(p.Version+1, s.view(authz.From(ctx), p)), nil
}

func (s *Service) apiList(ctx context.Context, in *listInput) (*httpapi.Body[page.List[View]], error) {
	request, err := in.Parse(sortable, "-made_at")
	if err != nil {
		return nil, err
	}
	actor := authz.From(ctx)
	var out page.List[View]
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := list(tx, actor, request, in.Box, Status(in.Status), s.checkable(actor))
		out = page.ListOf(rows, func(r row) View { return s.view(actor, r.proposal()) })
		return err
	})
	return httpapi.Of(out), err
}

func (s *Service) apiGet(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[View], error) {
	actor := authz.From(ctx)
	var p Proposal
	err := s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		if p, err = find(tx, in.ID.UUID); err == nil && !actor.ActsFor(p.OrgID) {
			err = errNoProposal
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return httpapi.Row(p.Version, s.view(actor, p)), nil
}
