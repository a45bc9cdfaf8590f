package loan

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
	"ippledge/internal/spreadsheet"
)

// wan is spreadsheet.Wan of an amount that may be missing.
func wan(a *money.Amount) any {
	if a == nil {
		return nil
	}
	return spreadsheet.Wan(*a)
}

var inclusiveMax = money.Must("10000000.00") // 普惠口径：合同金额不超过 1000 万元

func yesNo(yes bool) string {
	if yes {
		return "是"
	}
	return "否"
}

func (r reportRow) kinds() string {
	var kinds []string
	if r.Inventions+r.Utilities+r.Designs > 0 {
		kinds = append(kinds, "专利")
	}
	if r.Trademarks > 0 {
		kinds = append(kinds, "商标")
	}
	if r.GIMarks > 0 {
		kinds = append(kinds, "地标")
	}
	if len(kinds) > 1 {
		return "混合"
	}
	return strings.Join(kinds, "")
}

func (r reportRow) ltv() any {
	if r.Value == nil {
		return nil
	}
	share, ok := money.RatioOf(r.Principal, *r.Value)
	if !ok {
		return nil
	}
	return share
}

var scales = map[string]string{"micro": "微型", "small": "小型", "medium": "中型", "large": "大型"}

type numbered struct {
	at int
	reportRow
}

var reportColumns = []spreadsheet.Column[numbered]{
	{Title: "序号", Value: func(r numbered) any { return r.at }},
	{Title: "县市区/园区", Value: func(r numbered) any { return strings.Trim(r.AreaName+"/"+r.ParkName, "/") }},
	{Title: "银行", Value: func(r numbered) any { return r.BankName }}, {Title: "企业名称", Value: func(r numbered) any { return r.BorrowerName }},
	{Title: "统一社会信用代码", Value: func(r numbered) any { return r.USCC }}, {Title: "企业规模", Value: func(r numbered) any { return scales[r.Scale] }},
	{Title: "是否高新/专精特新", Value: func(r numbered) any { return yesNo(r.HighTech) + "/" + yesNo(r.Specialised) }},
	{Title: "质押类型", Value: func(r numbered) any { return r.kinds() }},
	{Title: "专利件数（发明/实用/外观）", Value: func(r numbered) any { return fmt.Sprintf("%d/%d/%d", r.Inventions, r.Utilities, r.Designs) }},
	{Title: "商标件数", Value: func(r numbered) any { return r.Trademarks + r.GIMarks }}, {Title: "质押登记号", Value: func(r numbered) any { return r.RegistrationNo }},
	{Title: "登记日期", Value: func(r numbered) any { return r.RegisteredOn.String() }}, {Title: "质押登记金额（万元）", Value: func(r numbered) any { return wan(r.RegisteredAmount) }},
	{Title: "合同金额（万元）", Value: func(r numbered) any { return wan(&r.Principal) }}, {Title: "放款金额（万元）", Value: func(r numbered) any { return wan(&r.DisbursedAmount) }},
	{Title: "放款日期", Value: func(r numbered) any { return r.DisbursedOn.String() }}, {Title: "到期日", Value: func(r numbered) any { return r.MaturesOn.String() }},
	{Title: "期限（月）", Value: func(r numbered) any { return r.TermMonths }}, {Title: "年利率（%）", Value: func(r numbered) any { return r.AnnualRate }},
	{Title: "LPR加点（基点）", Value: func(r numbered) any {
		if r.LPR == nil {
			return nil
		}
		return r.SpreadBP
	}},
	{Title: "评估机构", Value: func(r numbered) any { return r.FirmName }}, {Title: "评估值（万元）", Value: func(r numbered) any { return wan(r.Value) }},
	{Title: "质押率（%）", Value: func(r numbered) any { return r.ltv() }},
	{Title: "是否普惠（≤1000万）", Value: func(r numbered) any { return yesNo(r.Principal.Cmp(inclusiveMax) <= 0) }},
	{Title: "是否首贷", Value: func(r numbered) any { return yesNo(r.FirstLoan) }}, {Title: "贷款余额（万元）", Value: func(r numbered) any { return wan(&r.Outstanding) }},
	{Title: "五级分类", Value: func(r numbered) any { return repayment.ClassText(repayment.Class(r.Class)) }},
	{Title: "备注", Value: func(r numbered) any { return r.StatusReason }},
}

// ReportFilter is what form R1 is narrowed to. Reader narrows to the rows that a reader may
// see; nil is for a caller who may report on all of them.
type ReportFilter struct {
	From, To calendar.Date // days of the drawdown, both included
	AreaCode string        // county or park
	BankID   uuid.UUID
	Reader   *authz.Actor
}

// FormR1 is 月度质押融资统计表 (domain §9.6), without period, scope and maker. Only the sums of
// one column are added: what is registered as pledged is stated loan by loan and may stand
// behind several, so it has no total here (form R2 has it).
func FormR1(tx postgres.Tx, f ReportFilter) (form spreadsheet.Form, err error) {
	found, err := report(tx, f)
	if err != nil {
		return form, err
	}
	rows := make([]numbered, len(found))
	var contract, paid, left money.Amount
	for i, r := range found {
		rows[i] = numbered{i + 1, r}
		contract, paid, left = contract.Add(r.Principal), paid.Add(r.DisbursedAmount), left.Add(r.Outstanding)
	}
	form = spreadsheet.Form{Title: "R1月度质押融资统计表", Unit: "万元", Notes: []string{"质押登记金额、合同金额、放款金额口径不同，分列不相加。"}}
	form.Columns, form.Rows = spreadsheet.Fill(reportColumns, rows)
	form.Total = make([]any, len(form.Columns))
	form.Total[0] = "合计"
	for i, title := range form.Columns {
		switch title {
		case "合同金额（万元）":
			form.Total[i] = spreadsheet.Wan(contract)
		case "放款金额（万元）":
			form.Total[i] = spreadsheet.Wan(paid)
		case "贷款余额（万元）":
			form.Total[i] = spreadsheet.Wan(left)
		}
	}
	return form, nil
}

// Monthly is form R1 for the loans disbursed in a month ("2026-09"), as a reader may see
// them. It fails with month_malformed.
func (s *Service) Monthly(ctx context.Context, actor authz.Actor, month string) ([]byte, error) {
	first, err := time.Parse("2006-01", month)
	if err != nil || first.Year() < 2000 || first.Year() > 2200 {
		return nil, fault.InField("month", "month_malformed", "月份应为 2026-09 这样的格式")
	}
	from := calendar.NewDate(first.Year(), first.Month(), 1)
	var form spreadsheet.Form
	err = s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		form, err = FormR1(tx, ReportFilter{From: from, To: from.EndOfMonth(), Reader: &actor})
		form.MadeAt = tx.Now()
		return err
	})
	if err != nil {
		return nil, err
	}
	form.Period, form.Scope, form.Maker = fmt.Sprintf("%d 年 %d 月", first.Year(), int(first.Month())), "本单位可见", actor.Signature()
	return form.Write()
}
