package claim

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/httpapi"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

type listInput struct {
	page.Query
	Status   string        `query:"status" enum:",draft,withdrawn,submitted,correction,accepted,first_reviewed,expert_reviewed,bureau_reviewed,publicised,objected,endorsed,approved,partly_paid,paid,rejected,clawback_ordered,clawed_back,closed"`
	FundID   httpapi.UUID  `query:"fund_id" doc:"基金"`
	BankID   httpapi.UUID  `query:"bank_id" doc:"银行"`
	AreaCode string        `query:"area_code" maxLength:"20" doc:"县市区或园区"`
	Overdue  bool          `query:"overdue" doc:"只看当前环节已超期的"`
	From     calendar.Date `query:"from" doc:"提交日期起"`
	To       calendar.Date `query:"to" doc:"提交日期止"`
}

func (in listInput) filter() filter {
	return filter{Status: in.Status, AreaCode: in.AreaCode, FundID: in.FundID.UUID, BankID: in.BankID.UUID, Overdue: in.Overdue, From: in.From, To: in.To}
}

type draftInput struct {
	Body struct {
		EnrolmentID uuid.UUID `json:"enrolment_id" doc:"备案"`
		Filing
	}
}

type editInput struct {
	httpapi.ByID
	Body Filing
}

type previewInput struct {
	Body struct {
		EnrolmentID     uuid.UUID    `json:"enrolment_id"`
		RecoveredBefore money.Amount `json:"recovered_before,omitempty" required:"false"`
	}
}

// Preview is the working of a loss that isn't filed yet, and what stands in the way.
type Preview struct {
	Computation Computation   `json:"computation"`
	Refusals    []fault.Field `json:"refusals" nullable:"false" doc:"目前不能提交的原因"`
}

// stepInput is the input of a step with a payload of its own.
type stepInput[P any] struct {
	httpapi.ByID
	Body P
}

// Remark is an opinion that may be left out, or a reason that may not; the operation says.
type Remark struct {
	Reason string `json:"reason,omitempty" maxLength:"2000" doc:"意见或理由"`
}

func op(tag, id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{tag}}
}

func created(o huma.Operation) huma.Operation { o.DefaultStatus = http.StatusCreated; return o }

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	const tag = "claims"
	read, file := httpapi.Needs(authz.ClaimRead), httpapi.Needs(authz.ClaimFile)
	httpapi.Register(api, read, op(tag, "list-claims", http.MethodGet, "/claims", "补偿申请列表"), s.apiList)
	httpapi.Register(api, read, op(tag, "export-claims", http.MethodGet, "/claims/export.xlsx", "导出补偿台账"), s.apiExport)
	httpapi.Register(api, read, op(tag, "get-claim-options", http.MethodGet, "/claims/options", "补偿与追偿的选项与清单"), s.apiOptions)
	httpapi.Register(api, file, op(tag, "list-claimable", http.MethodGet, "/claims/claimable", "可申请补偿的备案"), s.apiClaimable)
	httpapi.Register(api, file, op(tag, "preview-claim", http.MethodPost, "/claims/preview", "损失与补偿试算"), s.apiPreview)
	httpapi.Register(api, httpapi.Needs(authz.ClaimPay, authz.ClaimPaySign), op(tag, "export-payment-file", http.MethodGet, "/claims/payment-file.xlsx", "导出拨付清单"), s.apiPaymentFile)
	httpapi.Register(api, read, op(tag, "get-claim", http.MethodGet, "/claims/{id}", "补偿申请详情"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			return s.answer(ctx, in.ID.UUID, nil)
		})
	httpapi.Register(api, file, created(op(tag, "draft-claim", http.MethodPost, "/claims", "起草补偿申请")),
		func(ctx context.Context, in *draftInput) (*httpapi.Versioned[Detail], error) {
			c, err := s.Draft(ctx, authz.From(ctx), in.Body.EnrolmentID, in.Body.Filing)
			return s.answer(ctx, c.ID, err)
		})
	httpapi.Register(api, file, op(tag, "edit-claim", http.MethodPut, "/claims/{id}", "修改补偿申请"),
		func(ctx context.Context, in *editInput) (*httpapi.Versioned[Detail], error) {
			c, err := s.Edit(ctx, authz.From(ctx), in.ID.UUID, in.Body)
			return s.answer(ctx, c.ID, err)
		})
	s.routesSteps(api)
	s.routesRecovery(api)
	s.routesSettlement(api)
	s.routesPublic(api)
	s.routesReturn(api)
	s.routesFollow(api)
	s.routesYear(api)
}

func (s *Service) answer(ctx context.Context, id uuid.UUID, err error) (*httpapi.Versioned[Detail], error) {
	if err != nil {
		return nil, err
	}
	var d Detail
	err = s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		d, err = s.detail(tx, authz.From(ctx), id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return httpapi.Row(d.Version, d), nil
}

func (s *Service) load(ctx context.Context, in *listInput, export bool) (out page.List[View], err error) {
	request, err := in.Parse(sortable, "-created_at")
	if err != nil {
		return out, err
	}
	if export {
		request = request.ForExport()
	}
	actor := authz.From(ctx)
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := list(tx, actor, request, in.filter())
		if err != nil {
			return err
		}
		if err := fillPurses(tx, rows.Items); err != nil {
			return err
		}
		ids := make([]uuid.UUID, len(rows.Items))
		for i, r := range rows.Items {
			ids[i] = r.ID
		}
		pending, err := pendingAmong(tx, Subject, ids)
		if err != nil {
			return err
		}
		out = page.ListOf(rows, func(r listed) View { return r.view(actor, pending[r.ID], today(tx)) })
		return nil
	})
	return out, err
}

func (s *Service) apiList(ctx context.Context, in *listInput) (*httpapi.Body[page.List[View]], error) {
	out, err := s.load(ctx, in, false)
	return httpapi.Of(out), err
}

func (s *Service) apiPreview(ctx context.Context, in *previewInput) (*httpapi.Body[Preview], error) {
	var out Preview
	err := s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		out.Computation, out.Refusals, err = s.Preview(tx, authz.From(ctx), in.Body.EnrolmentID, in.Body.RecoveredBefore)
		return err
	})
	return httpapi.Of(out), err
}

func (s *Service) apiClaimable(ctx context.Context, _ *struct{}) (*httpapi.Body[claimableList], error) {
	out := claimableList{}
	err := s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		out.Items, err = claimable(tx, authz.From(ctx).OrgID)
		return err
	})
	return httpapi.Of(out), err
}

type claimableList struct {
	Items []Claimable `json:"items" nullable:"false"`
}

// Options are the lists that the forms choose from.
type Options struct {
	DocumentKinds   []Choice    `json:"document_kinds" nullable:"false"`
	LitigationKinds []Choice    `json:"litigation_kinds" nullable:"false"`
	ReasonCodes     []Choice    `json:"reason_codes" nullable:"false"`
	Criteria        []Criterion `json:"criteria" nullable:"false"`
	CostKinds       []Choice    `json:"cost_kinds" nullable:"false"`
	ReceiptSources  []Choice    `json:"receipt_sources" nullable:"false"`
	RulingKinds     []Choice    `json:"ruling_kinds" nullable:"false"`
}

func (s *Service) apiOptions(context.Context, *struct{}) (*httpapi.Body[Options], error) {
	return httpapi.Of(Options{DocumentKinds, LitigationKinds, ReasonCodes, Criteria, CostKinds, ReceiptSources, RulingKinds}), nil
}

func attachment(name string, content []byte, mediaType string) *httpapi.File {
	return &httpapi.File{ContentType: mediaType, ContentDisposition: "attachment; filename*=UTF-8''" + url.PathEscape(name), Body: content}
}
