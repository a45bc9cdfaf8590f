package spreadsheet

import (
	"bytes"
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
)

// HeadRows is how many lines of a form stand above its column titles.
const HeadRows = 3

// Form is a supervisory form: a table under a head that says what it is, in which unit,
// for when and where, and who made it when. Cells are what Column.Value may return.
type Form struct {
	Title  string
	Unit   string // "万元", or "万元；比率为 %"
	Period string
	Scope  string // counties, banks, funds that it is narrowed to
	Maker  string
	MadeAt time.Time

	Columns []string
	Rows    [][]any
	Total   []any // in the order of the columns; nil where nothing may be added
	Notes   []string
}

// Wan is an amount in 万元 with two decimals, half a unit away from zero, as supervisory
// forms have it (domain §9.6). The fen stay in the records: add first, then turn into 万元.
func Wan(a money.Amount) money.Amount { return money.Round(a.Decimal().Shift(-4)) }

// Percent is a ratio with two decimals for a form; the exact one decides and is not shown.
func Percent(r *money.Rate) any {
	if r == nil {
		return nil
	}
	return money.RateOf(r.Percent().Round(2))
}

// Fill is the titles and the cells of a table for a form.
func Fill[T any](columns []Column[T], rows []T) (titles []string, cells [][]any) {
	cells = make([][]any, len(rows))
	for _, c := range columns {
		titles = append(titles, c.Title)
		for r, row := range rows {
			cells[r] = append(cells[r], c.Value(row))
		}
	}
	return titles, cells
}

// Write makes the workbook of the form: the head, the titles in line HeadRows+1, the rows,
// the total, the notes.
func (f Form) Write() ([]byte, error) {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	if err := book.SetSheetName("Sheet1", f.Title); err != nil {
		return nil, err
	}
	s, err := newStyles(book)
	if err != nil {
		return nil, err
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}})
	if err != nil {
		return nil, err
	}
	for i, text := range f.head() {
		if err := book.SetCellStr(f.Title, fmt.Sprintf("A%d", i+1), text); err != nil {
			return nil, err
		}
	}
	if err := book.SetCellStyle(f.Title, "A1", "A1", bold); err != nil {
		return nil, err
	}
	if err := f.table(book, s); err != nil {
		return nil, err
	}
	top := HeadRows + 1
	err = book.SetPanes(f.Title, &excelize.Panes{Freeze: true, YSplit: top, TopLeftCell: fmt.Sprintf("A%d", top+1), ActivePane: "bottomLeft"})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = book.Write(&out)
	return out.Bytes(), err
}

func (f Form) head() [HeadRows]string {
	return [HeadRows]string{
		f.Title,
		fmt.Sprintf("单位：%s　　期间：%s　　范围：%s", f.Unit, f.Period, f.Scope),
		fmt.Sprintf("制表时间：%s　　制表人：%s", calendar.FormatInstant(f.MadeAt), f.Maker),
	}
}

func (f Form) table(book *excelize.File, s styles) error {
	line := HeadRows + 1
	for c, title := range f.Columns {
		if err := setWidth(book, f.Title, c, title); err != nil {
			return err
		}
		cell, err := excelize.CoordinatesToCellName(c+1, line)
		if err != nil {
			return err
		}
		if err := book.SetCellStr(f.Title, cell, title); err != nil {
			return err
		}
		if err := book.SetCellStyle(f.Title, cell, cell, s.head); err != nil {
			return err
		}
	}
	rows := f.Rows
	if f.Total != nil {
		rows = append(append([][]any{}, rows...), f.Total)
	}
	for _, row := range rows {
		line++
		for c, value := range row {
			cell, err := excelize.CoordinatesToCellName(c+1, line)
			if err != nil {
				return err
			}
			if err := set(book, f.Title, cell, value, s); err != nil {
				return err
			}
		}
	}
	for _, note := range f.Notes {
		line++
		if err := book.SetCellStr(f.Title, fmt.Sprintf("A%d", line), "注："+note); err != nil {
			return err
		}
	}
	return nil
}

// Text is a cell as the form shows it; empty where there is nothing.
func Text(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case *money.Amount:
		if v == nil {
			return ""
		}
		return v.String()
	case *money.Rate:
		if v == nil {
			return ""
		}
		return v.String()
	case *calendar.Date:
		if v == nil {
			return ""
		}
		return v.String()
	case *time.Time:
		if v == nil {
			return ""
		}
		return calendar.FormatInstant(*v)
	case time.Time:
		return calendar.FormatInstant(v)
	default:
		return fmt.Sprint(v)
	}
}
