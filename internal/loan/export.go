package loan

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/authz"
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
