package loan

import (
	"strings"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/spreadsheet"
)

// readLine reads one line of a spreadsheet, with all that is wrong with it.
func readLine(r spreadsheet.Row, loans map[string]Loan, now calendar.Date) (line batchLine, faults []RowFault) {
	bad := func(column, code, message string) { faults = append(faults, RowFault{r.Number, column, code, message}) }
	line = batchLine{Row: r.Number, Number: r.Cells[titleNumber]}
	if l, known := loans[line.Number]; known {
		line.LoanID = l.ID
	} else {
		bad(titleNumber, "loan_not_found", "本行没有编号为“"+line.Number+"”的贷款")
	}
	var err error
	if line.PaidOn, err = calendar.ParseDate(strings.ReplaceAll(r.Cells[titlePaidOn], "/", "-")); err != nil {
		bad(titlePaidOn, "date_malformed", "日期应为 2026-01-31 这样的文本")
	} else if line.PaidOn.After(now) {
		bad(titlePaidOn, "date_in_future", "还款日期 "+line.PaidOn.String()+" 尚未到来")
	}
	line.Amount, err = money.Parse(strings.ReplaceAll(r.Cells[titleAmount], ",", ""))
	if f, ok := fault.From(err); ok {
		bad(titleAmount, f.Code, f.Message)
	} else if !line.Amount.IsPositive() {
		bad(titleAmount, "amount_not_positive", "还款金额必须大于 0 元")
	}
	switch word := r.Cells[titlePrepayment]; word {
	case "", "否":
	case "是":
		line.Prepayment = true
	default:
		bad(titlePrepayment, "field_invalid", "请填“是”或“否”")
	}
	return line, faults
}

// Template is the workbook to fill in.
func Template() ([]byte, error) {
	return spreadsheet.Write("还款", []spreadsheet.Column[batchLine]{
		{Title: titleNumber + "*", Value: func(l batchLine) any { return l.Number }},
		{Title: titlePaidOn + "*", Value: func(l batchLine) any { return l.PaidOn.String() }},
		{Title: titleAmount + "*", Value: func(l batchLine) any { return l.Amount.String() }},
		{Title: titlePrepayment, Value: func(batchLine) any { return "否" }},
	}, []batchLine{{Number: "DK2026000001", PaidOn: calendar.NewDate(2026, 1, 21), Amount: money.Must("9945.83")}})
}
