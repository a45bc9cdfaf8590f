package loan

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
	"ippledge/internal/spreadsheet"
)

var columns = []spreadsheet.Column[View]{
	{Title: "贷款编号", Value: func(v View) any { return v.Number }}, {Title: "银行", Value: func(v View) any { return v.BankName }},
	{Title: "借款人", Value: func(v View) any { return v.BorrowerName }}, {Title: "县市区", Value: func(v View) any { return v.AreaName }},
	{Title: "合同编号", Value: func(v View) any { return v.ContractNo }}, {Title: "质押登记金额（元）", Value: func(v View) any { return v.RegisteredAmount }},
	{Title: "授信额度（元）", Value: func(v View) any { return v.CreditLine }}, {Title: "合同金额（元）", Value: func(v View) any { return v.Principal }},
	{Title: "放款金额（元）", Value: func(v View) any { return v.DisbursedAmount }}, {Title: "贷款余额（元）", Value: func(v View) any { return v.Outstanding }},
	{Title: "年利率（%）", Value: func(v View) any { return v.AnnualRate }}, {Title: "还款方式", Value: func(v View) any { return repayment.MethodText(v.Method) }},
	{Title: "期限（月）", Value: func(v View) any { return v.TermMonths }}, {Title: "放款日期", Value: func(v View) any { return v.DisbursedOn }},
	{Title: "到期日", Value: func(v View) any { return v.MaturesOn.String() }}, {Title: "下期应还日", Value: func(v View) any { return v.NextDueOn }},
	{Title: "逾期天数", Value: func(v View) any { return v.DaysPastDue }}, {Title: "五级分类", Value: func(v View) any { return repayment.ClassText(v.Class) }},
	{Title: "状态", Value: func(v View) any { return v.Status.Text() }}, {Title: "结清日期", Value: func(v View) any { return v.SettledOn }},
	{Title: "创建时间", Value: func(v View) any { return v.CreatedAt }},
}

var stateTexts = map[string]string{"paid": "已还", "partly_paid": "部分已还", "overdue": "逾期", "due": "今日应还", "upcoming": "未到期"}

var scheduleColumns = []spreadsheet.Column[InstalmentView]{
	{Title: "期次", Value: func(v InstalmentView) any { return v.Number }}, {Title: "计息起始日", Value: func(v InstalmentView) any { return v.FromOn.String() }},
	{Title: "应还日", Value: func(v InstalmentView) any { return v.DueOn.String() }}, {Title: "应还合计（元）", Value: func(v InstalmentView) any { return v.Payment }},
	{Title: "应还本金（元）", Value: func(v InstalmentView) any { return v.Principal }}, {Title: "应还利息（元）", Value: func(v InstalmentView) any { return v.Interest }},
	{Title: "已还本金（元）", Value: func(v InstalmentView) any { return v.PrincipalPaid }}, {Title: "已还利息（元）", Value: func(v InstalmentView) any { return v.InterestPaid }},
	{Title: "还清日期", Value: func(v InstalmentView) any { return v.SettledOn }}, {Title: "状态", Value: func(v InstalmentView) any { return stateTexts[v.State] }},
}

// exportSchedule is a loan's schedule as a workbook, for those who may see the loan.
func (s *Service) exportSchedule(ctx context.Context, actor authz.Actor, id uuid.UUID) (content []byte, err error) {
	views := []InstalmentView{}
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		l, err := findListed(tx, actor, id)
		if err != nil {
			return err
		}
		lines, err := linesOf(tx, id)
		for _, line := range lines {
			views = append(views, instalmentView(line, today(tx), l.GraceDays))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return spreadsheet.Write("还款计划", scheduleColumns, views)
}

// wan is an amount in ten thousand yuan with two decimals, as supervisory forms have it;
// the fen stay in the records (domain §9.6).
func wan(a *money.Amount) any {
	if a == nil {
		return nil
	}
	return money.Round(a.Decimal().DivRound(decimal.New(10000, 0), 2))
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

// Monthly is form R1 for the loans disbursed in a month ("2026-09"). It fails with
// month_malformed.
func (s *Service) Monthly(ctx context.Context, actor authz.Actor, month string) ([]byte, error) {
	first, err := time.Parse("2006-01", month)
	if err != nil || first.Year() < 2000 || first.Year() > 2200 {
		return nil, fault.InField("month", "month_malformed", "月份应为 2026-09 这样的格式")
	}
	from := calendar.NewDate(first.Year(), first.Month(), 1)
	var rows []numbered
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		found, err := report(tx, actor, from, from.EndOfMonth())
		for i, r := range found {
			rows = append(rows, numbered{i + 1, r})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return spreadsheet.Write("R1月度质押融资统计表", reportColumns, rows)
}
