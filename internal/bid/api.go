package bid

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/financing"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
	"ippledge/internal/spreadsheet"
)

type listInput struct {
	page.Query
	Status string       `query:"status" enum:",draft,submitted,withdrawn,expired,accepted,lost,due_diligence,credit_approved,contracted,declined"`
	NeedID httpapi.UUID `query:"need_id"`
}

type newOffer struct {
	NeedID uuid.UUID `json:"need_id" doc:"融资需求"`
	Offer
}

type createInput struct{ Body newOffer }

type editInput struct {
	httpapi.ByID
	Body Offer
}

type reasonInput struct {
	httpapi.ByID
	Body struct {
		Reason string `json:"reason" maxLength:"500" doc:"理由"`
	}
}

type awardInput struct {
	httpapi.ByID
	Body struct {
		Awards []AwardLine `json:"awards" nullable:"false" doc:"选定的报价与金额，合计不超过需求金额"`
	}
}

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	read, draft, award := httpapi.Needs(authz.BidRead), httpapi.Needs(authz.BidDraft), httpapi.Needs(authz.BidAward)
	httpapi.Register(api, read, op("list-bids", http.MethodGet, "/bids", "报价"), s.apiList)
	httpapi.Register(api, read, op("export-bids", http.MethodGet, "/bids/export.xlsx", "导出报价"), s.apiExport)
	httpapi.Register(api, read, op("get-bid", http.MethodGet, "/bids/{id}", "报价详情"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			return s.answer(ctx, in.ID.UUID, nil)
		})
	httpapi.Register(api, draft, op("preview-bid", http.MethodPost, "/bids/preview", "试算报价成本与限额（不保存）"), s.apiPreview)
	create := op("create-bid", http.MethodPost, "/bids", "起草报价")
	create.DefaultStatus = http.StatusCreated
	httpapi.Register(api, draft, create, func(ctx context.Context, in *createInput) (*httpapi.Versioned[Detail], error) {
		b, err := s.Create(ctx, authz.From(ctx), in.Body.NeedID, in.Body.Offer)
		return s.answer(ctx, b.ID, err)
	})
	httpapi.Register(api, draft, op("edit-bid", http.MethodPut, "/bids/{id}", "修改报价草稿"), func(ctx context.Context, in *editInput) (*httpapi.Versioned[Detail], error) {
		_, err := s.Edit(ctx, authz.From(ctx), in.ID.UUID, in.Body)
		return s.answer(ctx, in.ID.UUID, err)
	})
	act := func(access httpapi.Access, id, verb, summary string, do func(context.Context, authz.Actor, uuid.UUID) (Bid, error)) {
		httpapi.Register(api, access, op(id, http.MethodPost, "/bids/{id}/"+verb, summary), func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			_, err := do(ctx, authz.From(ctx), in.ID.UUID)
			return s.answer(ctx, in.ID.UUID, err)
		})
	}
	act(draft, "submit-bid", "submit", "提交复核签署", s.Submit)
	act(httpapi.Needs(authz.BidCheck, authz.BidDraft), "withdraw-bid", "withdraw", "截止前撤回", s.Withdraw)
	act(draft, "start-due-diligence", "start-due-diligence", "开始贷前调查", s.StartDueDiligence)
	act(httpapi.Needs(authz.BidApprove), "approve-credit", "approve-credit", "授信审批通过", s.ApproveCredit)
	httpapi.Register(api, draft, op("decline-bid", http.MethodPost, "/bids/{id}/decline", "提出否决（提交审批人复核）"),
		func(ctx context.Context, in *reasonInput) (*httpapi.Versioned[Detail], error) {
			_, err := s.ProposeDecline(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return s.answer(ctx, in.ID.UUID, err)
		})
	httpapi.Register(api, read, op("compare-bids", http.MethodGet, "/needs/{id}/bids", "报价比选：按综合年化成本并排"), s.apiCompare)
	httpapi.Register(api, award, op("award-need", http.MethodPost, "/needs/{id}/award", "选定一笔或多笔报价"), s.apiAward)
	httpapi.Register(api, award, op("reject-bids", http.MethodPost, "/needs/{id}/reject-bids", "不再选定其余报价"),
		func(ctx context.Context, in *reasonInput) (*httpapi.Body[Comparison], error) {
			if err := s.RejectRest(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason); err != nil {
				return nil, err
			}
			return s.apiCompare(ctx, &in.ByID)
		})
}

func op(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"bids"}}
}

// answer is the bid as its reader sees it after what was done.
func (s *Service) answer(ctx context.Context, id uuid.UUID, err error) (*httpapi.Versioned[Detail], error) {
	if err != nil {
		return nil, err
	}
	var d Detail
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		d, err = s.detail(tx, authz.From(ctx), id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return httpapi.Row(d.Version, d), nil
}

func (s *Service) views(ctx context.Context, r page.Request, in *listInput) (out page.List[View], err error) {
	actor := authz.From(ctx)
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := list(tx, actor, r, filter{in.Status, in.NeedID.UUID})
		out = page.ListOf(rows, func(l listed) View { return view(actor, tx.Now(), l) })
		return err
	})
	return out, err
}

func (s *Service) apiList(ctx context.Context, in *listInput) (*httpapi.Body[page.List[View]], error) {
	request, err := in.Parse(sortable, "-created_at")
	if err != nil {
		return nil, err
	}
	out, err := s.views(ctx, request, in)
	return httpapi.Of(out), err
}

func (s *Service) apiExport(ctx context.Context, in *listInput) (*httpapi.File, error) {
	request, err := in.Parse(sortable, "-created_at")
	if err != nil {
		return nil, err
	}
	out, err := s.views(ctx, request.ForExport(), in)
	if err != nil {
		return nil, err
	}
	content, err := spreadsheet.Write("报价", columns, out.Items)
	return &httpapi.File{ContentType: spreadsheet.MediaType, ContentDisposition: `attachment; filename="bids.xlsx"`, Body: content}, err
}

func (s *Service) apiCompare(ctx context.Context, in *httpapi.ByID) (*httpapi.Body[Comparison], error) {
	actor := authz.From(ctx)
	out := Comparison{NeedID: in.ID.UUID, Items: []View{}}
	err := s.db.Read(ctx, func(tx postgres.Tx) error {
		if err := financing.RequireVisible(tx, actor, in.ID.UUID); err != nil {
			return err
		}
		n, err := financing.Find(tx, in.ID.UUID)
		if err != nil {
			return err
		}
		out.Sealed, out.ClosesAt, out.Amount = !n.BidsVisible(tx.Now()), n.ClosesAt, n.Amount
		if out.Sealed {
			return nil
		}
		if actor.OrgKind != authz.Bank {
			left := n.Left()
			out.Left = &left
		}
		rows, err := compared(tx, actor, n.ID)
		for _, l := range rows {
			out.Items = append(out.Items, view(actor, tx.Now(), l))
		}
		return err
	})
	return httpapi.Of(out), err
}

func (s *Service) apiAward(ctx context.Context, in *awardInput) (*httpapi.Body[Comparison], error) {
	if len(in.Body.Awards) > 50 {
		return nil, fault.InField("awards", "awards_too_many", "一次最多选定 50 笔报价")
	}
	if err := s.Award(ctx, authz.From(ctx), in.ID.UUID, in.Body.Awards); err != nil {
		return nil, err
	}
	return s.apiCompare(ctx, &in.ByID)
}

var columns = []spreadsheet.Column[View]{
	{Title: "编号", Value: func(v View) any { return v.Number }}, {Title: "融资需求", Value: func(v View) any { return v.NeedNumber }},
	{Title: "企业", Value: func(v View) any { return v.EnterpriseName }}, {Title: "银行", Value: func(v View) any { return v.BankName }},
	{Title: "金额（元）", Value: func(v View) any { return v.Amount }}, {Title: "年利率（%）", Value: func(v View) any { return v.Rate }},
	{Title: "期限（月）", Value: func(v View) any { return v.TermMonths }}, {Title: "还款方式", Value: func(v View) any { return repayment.MethodText(v.Method) }},
	{Title: "利息合计（元）", Value: func(v View) any { return costOr(v, func(c CostView) any { return c.Interest }) }},
	{Title: "费用（元）", Value: func(v View) any { return v.Fees }},
	{Title: "综合年化成本（%）", Value: func(v View) any { return costOr(v, func(c CostView) any { return c.Effective }) }},
	{Title: "质押率（%）", Value: func(v View) any { return v.LTV }}, {Title: "有效期至", Value: func(v View) any { return &v.ValidUntil }},
	{Title: "名次", Value: func(v View) any { return rankOr(v) }}, {Title: "选定金额（元）", Value: func(v View) any { return v.AwardedAmount }},
	{Title: "状态", Value: func(v View) any { return v.Status.Text() }},
}

func costOr(v View, read func(CostView) any) any {
	if v.Cost == nil {
		return nil
	}
	return read(*v.Cost)
}

func rankOr(v View) any {
	if v.Rank == nil {
		return nil
	}
	return *v.Rank
}
