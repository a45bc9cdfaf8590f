package claim

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
)

func sheet[T any](name, title string, columns []spreadsheet.Column[T], rows []T) (*httpapi.File, error) {
	content, err := spreadsheet.Write(title, columns, rows)
	return attachment(name, content, spreadsheet.MediaType), err
}

// borne is what each party bears of a claim, when it was paid last and what came back.
type borne struct {
	bears     map[string]money.Amount
	paidOn    string
	recovered money.Amount
	clawed    money.Amount
}

// entry is one line of the list as a sheet.
type entry struct {
	View
	borne
}

// apiExport is the list as a sheet: the columns of form R4 first, in 万元, then the exact
// sums and what else the platform knows. The form itself is FormR4.
func (s *Service) apiExport(ctx context.Context, in *listInput) (*httpapi.File, error) {
	out, err := s.load(ctx, in, true)
	if err != nil {
		return nil, err
	}
	rows := make([]entry, len(out.Items))
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		ids := make([]uuid.UUID, len(out.Items))
		for i, v := range out.Items {
			ids[i] = v.ID
		}
		more, err := ledgerLines(tx, ids)
		for i, v := range out.Items {
			rows[i] = entry{v, more[v.ID]}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	columns := []spreadsheet.Column[entry]{
		{Title: "申请号", Value: func(e entry) any { return e.Number }},
		{Title: "银行", Value: func(e entry) any { return e.BankName }},
		{Title: "企业", Value: func(e entry) any { return e.BorrowerName }},
		{Title: "损失本金（万元）", Value: func(e entry) any { return spreadsheet.Wan(e.EligibleLoss) }},
	}
	for _, seat := range Seats {
		columns = append(columns, spreadsheet.Column[entry]{Title: seat.Text + "分担（万元）", Value: func(e entry) any { return spreadsheet.Wan(e.bears[seat.Value]) }})
	}
	columns = append(columns, []spreadsheet.Column[entry]{
		{Title: "拨付日", Value: func(e entry) any { return e.paidOn }},
		{Title: "追回（万元）", Value: func(e entry) any { return spreadsheet.Wan(e.recovered) }},
		{Title: "净损失（万元）", Value: func(e entry) any { return spreadsheet.Wan(e.Paid.Sub(e.recovered).Sub(e.clawed)) }},
		{Title: "状态", Value: func(e entry) any { return e.Status.Text() }},
		{Title: "当前环节期限", Value: func(e entry) any { return e.StepDueOn }},
		{Title: "申请金额（元）", Value: func(e entry) any { return e.Asked }},
		{Title: "审核金额（元）", Value: func(e entry) any { return e.Adjusted }},
		{Title: "核准金额（元）", Value: func(e entry) any { return e.Approved }},
		{Title: "已拨付（元）", Value: func(e entry) any { return e.Paid }},
		{Title: "追回（元）", Value: func(e entry) any { return e.recovered }},
		{Title: "退回补偿（元）", Value: func(e entry) any { return e.clawed }},
		{Title: "基金", Value: func(e entry) any { return e.FundName }},
		{Title: "县市区", Value: func(e entry) any { return e.AreaName }},
		{Title: "贷款编号", Value: func(e entry) any { return e.LoanNumber }},
		{Title: "备案号", Value: func(e entry) any { return e.EnrolmentNumber }},
		{Title: "提交时间", Value: func(e entry) any { return e.SubmittedAt }},
	}...)
	return sheet("补偿台账.xlsx", "补偿台账", columns, rows)
}

type paymentInput struct {
	FundID httpapi.UUID `query:"fund_id" doc:"基金；不填为全部"`
}

// payee is one line of the payment file.
type payee struct {
	listed
	CNAPS string
	USCC  string
	Place int
}

// apiPaymentFile lists what is to be paid, in the order of the queue. The platform moves
// no money: the treasurer pays at the custody bank and then enters the voucher (Pay).
func (s *Service) apiPaymentFile(ctx context.Context, in *paymentInput) (*httpapi.File, error) {
	var rows []payee
	var now map[uuid.UUID]money.Amount
	err := s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		if rows, err = payees(tx, authz.From(ctx), in.FundID.UUID); err == nil {
			now, err = affordable(tx, rows)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return sheet("补偿款拨付清单.xlsx", "拨付清单", append([]spreadsheet.Column[payee]{
		{Title: "顺序", Value: func(p payee) any { return p.Place }},
		{Title: "基金", Value: func(p payee) any { return p.FundName }},
		{Title: "申请号", Value: func(p payee) any { return p.Number }},
		{Title: "收款银行", Value: func(p payee) any { return p.BankName }},
		{Title: "统一社会信用代码", Value: func(p payee) any { return p.USCC }},
		{Title: "联行号", Value: func(p payee) any { return p.CNAPS }},
		{Title: "核准日期", Value: func(p payee) any { return p.ApprovedOn }},
		{Title: "核准金额（元）", Value: func(p payee) any { return p.Approved }},
		{Title: "已拨付（元）", Value: func(p payee) any { return p.Paid }},
		{Title: "待拨付（元）", Value: func(p payee) any { return p.unpaid() }},
		{Title: "拨付期限", Value: func(p payee) any { return p.StepDueOn }},
		{Title: "用途", Value: func(p payee) any { return "知识产权质押融资风险补偿 " + p.Number + " " + p.BorrowerName }},
	}, answerColumns(now)...), rows)
}

type yearInput struct {
	Year int `query:"year" doc:"年份，缺省为今年"`
}

func (s *Service) routesSettlement(api *httpapi.API) {
	const tag = "settlements"
	see := httpapi.Needs(authz.ClaimSettle)
	httpapi.Register(api, see, op(tag, "get-settlement", http.MethodGet, "/settlements", "年度清算"),
		func(ctx context.Context, in *yearInput) (*httpapi.Body[Settlement], error) {
			out, err := s.Settle(ctx, authz.From(ctx), in.Year)
			return httpapi.Of(out), err
		})
	httpapi.Register(api, see, op(tag, "export-fund-settlement", http.MethodGet, "/settlements/funds.xlsx", "导出基金年度清算表"), s.apiFundYears)
	httpapi.Register(api, see, op(tag, "export-bank-settlement", http.MethodGet, "/settlements/banks.xlsx", "导出银行年度清算单"), s.apiBankYears)
}

// apiFundYears is form R6 基金年度清算表.
func (s *Service) apiFundYears(ctx context.Context, in *yearInput) (*httpapi.File, error) {
	var form spreadsheet.Form
	err := s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		form, err = FormR6(tx, in.Year)
		form.MadeAt, form.Maker, form.Scope = tx.Now(), authz.From(ctx).Signature(), "全部基金"
		return err
	})
	if err != nil {
		return nil, err
	}
	content, err := form.Write()
	return attachment("基金年度清算表.xlsx", content, spreadsheet.MediaType), err
}

func (s *Service) apiBankYears(ctx context.Context, in *yearInput) (*httpapi.File, error) {
	out, err := s.Settle(ctx, authz.From(ctx), in.Year)
	if err != nil {
		return nil, err
	}
	return sheet("银行年度清算单.xlsx", "银行年度清算单", []spreadsheet.Column[BankYear]{
		{Title: "银行", Value: func(b BankYear) any { return b.BankName }},
		{Title: "申请笔数", Value: func(b BankYear) any { return b.Filed }},
		{Title: "申请金额（元）", Value: func(b BankYear) any { return b.Asked }},
		{Title: "核准笔数", Value: func(b BankYear) any { return b.Approved }},
		{Title: "核准金额（元）", Value: func(b BankYear) any { return b.Granted }},
		{Title: "拨付（元）", Value: func(b BankYear) any { return b.Paid }},
		{Title: "追回（元）", Value: func(b BankYear) any { return b.Recovered }},
		{Title: "退回补偿（元）", Value: func(b BankYear) any { return b.ClawedBack }},
		{Title: "核销（元）", Value: func(b BankYear) any { return b.WrittenOff }},
		{Title: "净损失（元）", Value: func(b BankYear) any { return b.Net }},
		{Title: "年末待拨付（元）", Value: func(b BankYear) any { return b.Open }},
		{Title: "年末待划转追回（元）", Value: func(b BankYear) any { return b.Owed }},
	}, out.Banks)
}
