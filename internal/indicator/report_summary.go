package indicator

import (
	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
)

// flow is what happened in a county in some time.
type flow struct {
	Loans, Borrowers, Rights int64
	Registered, Disbursed    money.Amount
}

func (f flow) add(o flow) flow {
	return flow{f.Loans + o.Loans, f.Borrowers + o.Borrowers, f.Rights + o.Rights, f.Registered.Add(o.Registered), f.Disbursed.Add(o.Disbursed)}
}

func (f flow) cells() []any {
	return []any{f.Loans, f.Borrowers, f.Rights, spreadsheet.Wan(f.Registered), spreadsheet.Wan(f.Disbursed)}
}

// formR2 is the summary (domain §9.6): by county, the month and the year up to its end, the
// balance at its end, and the growth over the same months of the year before.
func formR2(tx postgres.Tx, r ReportScope) (form spreadsheet.Form, err error) {
	month := Scope{Year: r.Year, Month: r.Month, AreaCode: r.AreaCode, BankID: r.BankID}
	first, until := calendar.NewDate(r.Year, monthOf(1), 1), month.until()
	months, err := flows(tx, month, month.from(), until)
	if err != nil {
		return form, err
	}
	years, err := flows(tx, month, first, until)
	if err != nil {
		return form, err
	}
	before, err := flows(tx, month, first.AddMonths(-12), until.AddMonths(-12))
	if err != nil {
		return form, err
	}
	left, err := balances(tx, month, until)
	if err != nil {
		return form, err
	}
	counties, err := countyNames(tx)
	if err != nil {
		return form, err
	}
	form = spreadsheet.Form{
		Title: "R2质押融资汇总表", Unit: "万元",
		Columns: []string{
			"县市区", "当月笔数", "当月户数", "当月件数", "当月登记金额（万元）", "当月放款（万元）",
			"累计笔数", "累计户数", "累计件数", "累计登记金额（万元）", "累计放款（万元）", "余额（万元）", "累计放款同比（%）",
		},
		Notes: []string{
			"笔数、户数、放款按放款日，件数、登记金额按质押登记日；累计为当年 1 月至本月；余额为月末（本月为制表日）贷款余额。",
			"登记金额与放款金额口径不同，分列不相加。上年同期无放款的，同比不计。",
		},
	}
	var m, y, b flow
	var balance money.Amount
	for _, c := range counties {
		if r.AreaCode != "" && c.Key != r.AreaCode {
			continue
		}
		form.Rows = append(form.Rows, summaryLine(c.Label, months[c.Key], years[c.Key], before[c.Key], left[c.Key]))
		m, y, b, balance = m.add(months[c.Key]), y.add(years[c.Key]), b.add(before[c.Key]), balance.Add(left[c.Key])
	}
	form.Total = summaryLine("合计", m, y, b, balance)
	return form, nil
}

func summaryLine(name string, month, year, before flow, left money.Amount) []any {
	line := append([]any{name}, month.cells()...)
	line = append(append(line, year.cells()...), spreadsheet.Wan(left))
	growth, ok := money.RatioOf(year.Disbursed.Sub(before.Disbursed), before.Disbursed)
	if !ok {
		return append(line, "—")
	}
	return append(line, spreadsheet.Percent(&growth))
}
