package fund

import (
	"slices"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
	"ippledge/internal/state"
)

// RegisterFilter is what form R3 is narrowed to; zero values don't narrow.
type RegisterFilter struct {
	From, To calendar.Date // days of the filing, both included
	AreaCode string        // county or park
	BankID   uuid.UUID
	FundID   uuid.UUID
}

// underCover is what of a loan's balance the fund answers for now: nothing before it carries
// the loan, after a refusal, and once the loan was released or compensated.
func underCover(status Status, outstanding money.Amount) money.Amount {
	if slices.Contains(live, status) {
		return outstanding
	}
	return money.Zero
}

func (r listed) under() money.Amount { return underCover(r.Status, r.Outstanding) }

// registerColumns are those of form R3 备案台账 (domain §9.6), in its order.
var registerColumns = []spreadsheet.Column[listed]{
	{Title: "备案号", Value: func(r listed) any { return r.Number }},
	{Title: "银行", Value: func(r listed) any { return r.BankName }},
	{Title: "企业", Value: func(r listed) any { return r.BorrowerName }},
	{Title: "金额（万元）", Value: func(r listed) any { return spreadsheet.Wan(r.Principal) }},
	{Title: "放款日", Value: func(r listed) any { return &r.DisbursedOn }},
	{Title: "备案日", Value: func(r listed) any { return r.FiledOn }},
	{Title: "是否超期", Value: func(r listed) any { return yesNo(r.Late, "是", "否") }},
	{Title: "在保余额（万元）", Value: func(r listed) any { return spreadsheet.Wan(r.under()) }},
	{Title: "状态", Value: func(r listed) any { return state.Label(string(r.Status)) }},
}

// FormR3 is 备案台账 of what was filed in a time, without period, scope and maker. The
// balance under cover is that of now; it adds up to the cockpit's where all is listed.
func FormR3(tx postgres.Tx, f RegisterFilter) (form spreadsheet.Form, err error) {
	rows, err := filings(tx, filter{AreaCode: f.AreaCode, BankID: f.BankID, FundID: f.FundID, FiledFrom: f.From, FiledTo: f.To})
	if err != nil {
		return form, err
	}
	var lent, under money.Amount
	for _, r := range rows {
		lent, under = lent.Add(r.Principal), under.Add(r.under())
	}
	form = spreadsheet.Form{
		Title: "R3备案台账", Unit: "万元", Notes: []string{"在保余额为制表时仍由基金承担风险的贷款余额；已解除、已补偿及未通过的备案不计。"},
		Total: []any{"合计", nil, nil, spreadsheet.Wan(lent), nil, nil, nil, spreadsheet.Wan(under), nil},
	}
	form.Columns, form.Rows = spreadsheet.Fill(registerColumns, rows)
	return form, nil
}
