package claim

import (
	"fmt"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
)

// RegisterFilter is what form R4 is narrowed to; zero values don't narrow.
type RegisterFilter struct {
	From, To calendar.Date // days the claim was handed in, both included
	AreaCode string        // county or park
	BankID   uuid.UUID
	FundID   uuid.UUID
}

// net is what the fund lost on a claim for good so far: paid less recovered less returned.
func (r registered) net() money.Amount { return r.Paid.Sub(r.recovered).Sub(r.clawed) }

// registered is a claim in form R4, with what the list shows and what the ledger knows.
type registered struct {
	listed
	borne
}

// FormR4 is 补偿台账 (domain §9.6) of the claims handed in in a time, without period, scope
// and maker: what each party bears of the loss, when the fund paid, what came back.
func FormR4(tx postgres.Tx, f RegisterFilter) (form spreadsheet.Form, err error) {
	found, err := handedIn(tx, f)
	if err != nil {
		return form, err
	}
	ids := make([]uuid.UUID, len(found))
	for i, r := range found {
		ids[i] = r.ID
	}
	more, err := ledgerLines(tx, ids)
	if err != nil {
		return form, err
	}
	rows := make([]registered, len(found))
	for i, r := range found {
		rows[i] = registered{r, more[r.ID]}
	}
	form = spreadsheet.Form{Title: "R4补偿台账", Unit: "万元", Notes: []string{"各方分担按申请所载合格损失与备案分担比例计算；追回为基金已到账的追偿款；净损失＝已拨付－追回－退回补偿。"}}
	form.Columns, form.Rows = spreadsheet.Fill(registerColumns(), rows)
	form.Total = totalOf(rows)
	return form, nil
}

func registerColumns() []spreadsheet.Column[registered] {
	columns := []spreadsheet.Column[registered]{
		{Title: "申请号", Value: func(r registered) any { return r.Number }},
		{Title: "银行", Value: func(r registered) any { return r.BankName }},
		{Title: "损失本金（万元）", Value: func(r registered) any { return spreadsheet.Wan(r.EligibleLoss) }},
	}
	for _, seat := range Seats {
		columns = append(columns, spreadsheet.Column[registered]{
			Title: seat.Text + "分担（万元）", Value: func(r registered) any { return spreadsheet.Wan(r.bears[seat.Value]) },
		})
	}
	return append(columns, []spreadsheet.Column[registered]{
		{Title: "拨付日", Value: func(r registered) any { return r.paidOn }},
		{Title: "已拨付（万元）", Value: func(r registered) any { return spreadsheet.Wan(r.Paid) }},
		{Title: "追回（万元）", Value: func(r registered) any { return spreadsheet.Wan(r.recovered) }},
		{Title: "退回补偿（万元）", Value: func(r registered) any { return spreadsheet.Wan(r.clawed) }},
		{Title: "净损失（万元）", Value: func(r registered) any { return spreadsheet.Wan(r.net()) }},
		{Title: "状态", Value: func(r registered) any { return r.Status.Text() }},
	}...)
}

// totalOf adds the fen first and turns the sums into 万元 then.
func totalOf(rows []registered) []any {
	sum := func(of func(registered) money.Amount) any {
		var total money.Amount
		for _, r := range rows {
			total = total.Add(of(r))
		}
		return spreadsheet.Wan(total)
	}
	total := []any{"合计", nil, sum(func(r registered) money.Amount { return r.EligibleLoss })}
	for _, seat := range Seats {
		total = append(total, sum(func(r registered) money.Amount { return r.bears[seat.Value] }))
	}
	return append(total, nil, sum(func(r registered) money.Amount { return r.Paid }), sum(func(r registered) money.Amount { return r.recovered }),
		sum(func(r registered) money.Amount { return r.clawed }), sum(registered.net), nil)
}

// FormR6 is 基金年度清算表 (domain §9.6) of a year, 0 for this one, without scope and maker.
func FormR6(tx postgres.Tx, year int) (form spreadsheet.Form, err error) {
	out, err := settle(tx, year, uuid.Nil)
	if err != nil {
		return form, err
	}
	sums := []struct {
		title string
		of    func(FundYear) money.Amount
	}{
		{"期初", func(y FundYear) money.Amount { return y.Opening }}, {"注入", func(y FundYear) money.Amount { return y.Contributed }},
		{"利息", func(y FundYear) money.Amount { return y.Interest }}, {"补偿", func(y FundYear) money.Amount { return y.Paid }},
		{"追回", func(y FundYear) money.Amount { return y.Recovered.Add(y.ClawedBack) }}, {"管理费", func(y FundYear) money.Amount { return y.Fee }},
		{"退回出资", func(y FundYear) money.Amount { return y.Returned }}, {"其他", func(y FundYear) money.Amount { return y.Other }},
		{"期末", func(y FundYear) money.Amount { return y.Closing }},
	}
	columns := []spreadsheet.Column[FundYear]{{Title: "基金", Value: func(y FundYear) any { return y.FundName }}}
	form = spreadsheet.Form{
		Title: "R6基金年度清算表", Unit: "万元", Period: fmt.Sprintf("%d 年", out.Year), Total: []any{"合计"},
		Notes: []string{"期末＝期初＋注入＋利息＋追回＋其他－补偿－管理费－退回出资；追回含银行退回的补偿；其他为冲正与调整。"},
	}
	for _, x := range sums {
		columns = append(columns, spreadsheet.Column[FundYear]{Title: x.title + "（万元）", Value: func(y FundYear) any { return spreadsheet.Wan(x.of(y)) }})
		var total money.Amount
		for _, y := range out.Funds {
			total = total.Add(x.of(y))
		}
		form.Total = append(form.Total, spreadsheet.Wan(total))
	}
	columns = append(columns,
		spreadsheet.Column[FundYear]{Title: "杠杆（倍）", Value: func(y FundYear) any { return y.Leverage }},
		spreadsheet.Column[FundYear]{Title: "不良率（%）", Value: func(y FundYear) any { return spreadsheet.Percent(y.NPLRatio) }})
	form.Columns, form.Rows = spreadsheet.Fill(columns, out.Funds)
	form.Total = append(form.Total, nil, nil)
	return form, nil
}
