package fund

import (
	"context"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
	"ippledge/internal/state"
)

type listInput struct {
	page.Query
	Status        string        `query:"status" enum:",draft,submitted,enrolled,refused,withdrawn,released,claimed,compensated"`
	FundID        httpapi.UUID  `query:"fund_id" doc:"基金"`
	BankID        httpapi.UUID  `query:"bank_id" doc:"银行"`
	LoanID        httpapi.UUID  `query:"loan_id" doc:"贷款"`
	AreaCode      string        `query:"area_code" maxLength:"20" doc:"县市区或园区"`
	Late          bool          `query:"late" doc:"只看超期备案的"`
	FiledFrom     calendar.Date `query:"filed_from"`
	FiledTo       calendar.Date `query:"filed_to"`
	DisbursedFrom calendar.Date `query:"disbursed_from"`
	DisbursedTo   calendar.Date `query:"disbursed_to"`
}

func (in listInput) filter() filter {
	return filter{
		Status: in.Status, AreaCode: in.AreaCode, FundID: in.FundID.UUID, BankID: in.BankID.UUID, LoanID: in.LoanID.UUID, Late: in.Late,
		FiledFrom: in.FiledFrom, FiledTo: in.FiledTo, DisbursedFrom: in.DisbursedFrom, DisbursedTo: in.DisbursedTo,
	}
}

type draftInput struct {
	Body struct {
		LoanID uuid.UUID `json:"loan_id" doc:"贷款"`
		Filing
	}
}

type editInput struct {
	httpapi.ByID
	Body Filing
}

type reasonInput struct {
	httpapi.ByID
	Body struct {
		Reason string `json:"reason" maxLength:"500" doc:"理由"`
	}
}

type precheckInput struct {
	Body struct {
		LoanID uuid.UUID `json:"loan_id" doc:"贷款"`
		Filing
	}
}

// Precheck is how the rules stand for a loan that isn't filed yet.
type Precheck struct {
	CoveredOutstanding money.Amount  `json:"covered_outstanding"`
	Exposure           money.Amount  `json:"exposure"`
	DueOn              calendar.Date `json:"due_on"`
	Late               bool          `json:"late"`
	Passed             bool          `json:"passed"`
	Checks             []Check       `json:"checks" nullable:"false"`
}

// LoanChoice is a disbursed loan that isn't filed.
type LoanChoice struct {
	ID           uuid.UUID     `json:"id"`
	Number       string        `json:"number"`
	BorrowerName string        `json:"borrower_name"`
	AreaName     string        `json:"area_name"`
	Outstanding  money.Amount  `json:"outstanding"`
	IPShare      money.Rate    `json:"ip_share"`
	DisbursedOn  calendar.Date `json:"disbursed_on"`
	DueOn        calendar.Date `json:"due_on"`
	DaysLeft     int           `json:"days_left"`
}

type loanChoices struct {
	Items []LoanChoice `json:"items" nullable:"false"`
}

func op(tag, id, method, path, summary string) huma.Operation {
	o := huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{tag}}
	return o
}

func created(o huma.Operation) huma.Operation { o.DefaultStatus = http.StatusCreated; return o }

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	const tag = "enrolments"
	read, file, late := httpapi.Needs(authz.EnrolmentRead), httpapi.Needs(authz.EnrolmentFile), httpapi.Needs(authz.EnrolmentLate)
	httpapi.Register(api, read, op(tag, "list-enrolments", http.MethodGet, "/enrolments", "备案列表"), s.apiList)
	httpapi.Register(api, read, op(tag, "export-enrolments", http.MethodGet, "/enrolments/export.xlsx", "导出备案台账"), s.apiExport)
	httpapi.Register(api, file, op(tag, "list-unfiled-loans", http.MethodGet, "/enrolments/unfiled-loans", "已放款未备案的贷款"), s.apiUnfiled)
	httpapi.Register(api, file, op(tag, "precheck-enrolment", http.MethodPost, "/enrolments/precheck", "备案条件试算"), s.apiPrecheck)
	httpapi.Register(api, read, op(tag, "get-enrolment", http.MethodGet, "/enrolments/{id}", "备案详情"), s.apiGet)
	httpapi.Register(api, file, created(op(tag, "draft-enrolment", http.MethodPost, "/enrolments", "起草备案")),
		func(ctx context.Context, in *draftInput) (*httpapi.Versioned[Detail], error) {
			e, err := s.Draft(ctx, authz.From(ctx), in.Body.LoanID, in.Body.Filing)
			return s.answer(ctx, e.ID, err)
		})
	httpapi.Register(api, file, op(tag, "edit-enrolment", http.MethodPut, "/enrolments/{id}", "修改备案"),
		func(ctx context.Context, in *editInput) (*httpapi.Versioned[Detail], error) {
			e, err := s.Edit(ctx, authz.From(ctx), in.ID.UUID, in.Body)
			return s.answer(ctx, e.ID, err)
		})
	httpapi.Register(api, file, op(tag, "submit-enrolment", http.MethodPost, "/enrolments/{id}/submit", "提交备案复核"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			e, err := s.Submit(ctx, authz.From(ctx), in.ID.UUID)
			return s.answer(ctx, e.ID, err)
		})
	httpapi.Register(api, file, op(tag, "withdraw-enrolment", http.MethodPost, "/enrolments/{id}/withdraw", "撤回备案"),
		func(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
			e, err := s.Withdraw(ctx, authz.From(ctx), in.ID.UUID)
			return s.answer(ctx, e.ID, err)
		})
	httpapi.Register(api, file, op(tag, "request-late-enrolment", http.MethodPost, "/enrolments/{id}/request-late", "申请逾期备案许可"),
		func(ctx context.Context, in *reasonInput) (*httpapi.Versioned[Detail], error) {
			e, err := s.RequestLate(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return s.answer(ctx, e.ID, err)
		})
	httpapi.Register(api, late, op(tag, "allow-late-enrolment", http.MethodPost, "/enrolments/{id}/allow-late", "准许逾期备案（须复核）"),
		func(ctx context.Context, in *reasonInput) (*httpapi.Versioned[Detail], error) {
			e, err := s.ProposeLate(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return s.answer(ctx, e.ID, err)
		})
	httpapi.Register(api, late, op(tag, "deny-late-enrolment", http.MethodPost, "/enrolments/{id}/deny-late", "不准逾期备案"),
		func(ctx context.Context, in *reasonInput) (*httpapi.Versioned[Detail], error) {
			e, err := s.DenyLate(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return s.answer(ctx, e.ID, err)
		})
	s.routesRefiling(api)
	s.routesFund(api)
	s.routesMovement(api)
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

func (s *Service) apiGet(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[Detail], error) {
	return s.answer(ctx, in.ID.UUID, nil)
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
		ids := make([]uuid.UUID, len(rows.Items))
		for i, r := range rows.Items {
			ids[i] = r.ID
		}
		pending, err := pendingAmong(tx, enrolmentSubject, ids)
		if err != nil {
			return err
		}
		open, err := openRefilings(tx, ids)
		if err != nil {
			return err
		}
		today := calendar.DateOf(tx.Now())
		out = page.ListOf(rows, func(r listed) View { return r.view(actor, pending[r.ID], open[r.ID], today) })
		return nil
	})
	return out, err
}

func (s *Service) apiList(ctx context.Context, in *listInput) (*httpapi.Body[page.List[View]], error) {
	out, err := s.load(ctx, in, false)
	return httpapi.Of(out), err
}

// apiExport is the list as a sheet: the columns of form R3 first, then the exact sums and
// what else the platform knows. The form itself is FormR3.
func (s *Service) apiExport(ctx context.Context, in *listInput) (*httpapi.File, error) {
	out, err := s.load(ctx, in, true)
	if err != nil {
		return nil, err
	}
	return sheet("备案台账.xlsx", "备案台账", []spreadsheet.Column[View]{
		{Title: "备案号", Value: func(v View) any { return v.Number }},
		{Title: "银行", Value: func(v View) any { return v.BankName }},
		{Title: "企业", Value: func(v View) any { return v.BorrowerName }},
		{Title: "金额（万元）", Value: func(v View) any { return spreadsheet.Wan(v.Principal) }},
		{Title: "放款日", Value: func(v View) any { return &v.DisbursedOn }},
		{Title: "备案日", Value: func(v View) any { return v.FiledOn }},
		{Title: "是否超期", Value: func(v View) any { return yesNo(v.Late, "是", "否") }},
		{Title: "在保余额（万元）", Value: func(v View) any { return spreadsheet.Wan(underCover(v.Status, v.Outstanding)) }},
		{Title: "状态", Value: func(v View) any { return state.Label(string(v.Status)) }},
		{Title: "放款金额（元）", Value: func(v View) any { return v.Principal }},
		{Title: "在保余额（元）", Value: func(v View) any { return underCover(v.Status, v.Outstanding) }},
		{Title: "在保本金（元）", Value: func(v View) any { return v.CoveredOutstanding }},
		{Title: "基金敞口（元）", Value: func(v View) any { return v.Exposure }},
		{Title: "基金", Value: func(v View) any { return v.FundName }},
		{Title: "县市区", Value: func(v View) any { return v.AreaName }},
		{Title: "贷款编号", Value: func(v View) any { return v.LoanNumber }},
		{Title: "备案期限", Value: func(v View) any { return &v.DueOn }},
		{Title: "说明", Value: func(v View) any { return v.StatusReason }},
	}, out.Items)
}

func sheet[T any](name, title string, columns []spreadsheet.Column[T], rows []T) (*httpapi.File, error) {
	content, err := spreadsheet.Write(title, columns, rows)
	return &httpapi.File{
		ContentType:        spreadsheet.MediaType,
		ContentDisposition: "attachment; filename*=UTF-8''" + url.PathEscape(name),
		Body:               content,
	}, err
}

func (s *Service) apiUnfiled(ctx context.Context, _ *struct{}) (*httpapi.Body[loanChoices], error) {
	actor := authz.From(ctx)
	out := loanChoices{[]LoanChoice{}}
	err := s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		out.Items, err = s.choices(tx, actor.OrgID)
		return err
	})
	return httpapi.Of(out), err
}

func (s *Service) apiPrecheck(ctx context.Context, in *precheckInput) (*httpapi.Body[Precheck], error) {
	var out Precheck
	err := s.db.Read(ctx, func(tx postgres.Tx) error {
		e, err := s.precheck(tx, authz.From(ctx), in.Body.LoanID, in.Body.Filing)
		out = Precheck{e.CoveredOutstanding, e.Exposure, e.DueOn, e.Late, passedAll(e.Checks), e.Checks}
		return err
	})
	return httpapi.Of(out), err
}
