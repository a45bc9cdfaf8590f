// Package spreadsheet writes and reads Excel tables. Amounts go in as exact decimal
// text in numeric cells; a sheet that comes in is read as text and every fault in it is
// reported with its row, before anything is written.
package spreadsheet

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
)

// MediaType is that of the files.
const MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Column is one column of a table.
type Column[T any] struct {
	Title string
	// Value is a money.Amount, money.Rate, calendar.Date (or pointers to them), time.Time,
	// a whole number or anything that prints.
	Value func(T) any
}

// Write makes a workbook with one sheet.
func Write[T any](sheet string, columns []Column[T], rows []T) ([]byte, error) {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	if err := book.SetSheetName("Sheet1", sheet); err != nil {
		return nil, err
	}
	styles, err := newStyles(book)
	if err != nil {
		return nil, err
	}
	for c, column := range columns {
		cell, err := excelize.CoordinatesToCellName(c+1, 1)
		if err != nil {
			return nil, err
		}
		if err := book.SetCellStr(sheet, cell, column.Title); err != nil {
			return nil, err
		}
		if err := book.SetCellStyle(sheet, cell, cell, styles.head); err != nil {
			return nil, err
		}
		if err := setWidth(book, sheet, c, column.Title); err != nil {
			return nil, err
		}
		for r, row := range rows {
			cell, err := excelize.CoordinatesToCellName(c+1, r+2)
			if err != nil {
				return nil, err
			}
			if err := set(book, sheet, cell, column.Value(row), styles); err != nil {
				return nil, err
			}
		}
	}
	if err := book.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = book.Write(&out)
	return out.Bytes(), err
}

type styles struct{ head, money int }

func newStyles(book *excelize.File) (s styles, err error) {
	if s.head, err = book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF0"}}}); err != nil {
		return s, err
	}
	format := "#,##0.00"
	s.money, err = book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	return s, err
}

func setWidth(book *excelize.File, sheet string, c int, title string) error {
	name, err := excelize.ColumnNumberToName(c + 1)
	if err != nil {
		return err
	}
	return book.SetColWidth(sheet, name, name, float64(max(12, 2*utf8.RuneCountInString(title)+4)))
}

func set(book *excelize.File, sheet, cell string, value any, s styles) error {
	switch v := value.(type) {
	case nil:
		return nil
	case money.Amount:
		if err := book.SetCellDefault(sheet, cell, v.String()); err != nil {
			return err
		}
		return book.SetCellStyle(sheet, cell, cell, s.money)
	case *money.Amount:
		if v == nil {
			return nil
		}
		return set(book, sheet, cell, *v, s)
	case money.Rate:
		return book.SetCellDefault(sheet, cell, v.String())
	case *money.Rate:
		if v == nil {
			return nil
		}
		return set(book, sheet, cell, *v, s)
	case *calendar.Date:
		if v == nil {
			return nil
		}
		return book.SetCellStr(sheet, cell, v.String())
	case time.Time:
		return book.SetCellStr(sheet, cell, calendar.FormatInstant(v))
	case *time.Time:
		if v == nil {
			return nil
		}
		return book.SetCellStr(sheet, cell, calendar.FormatInstant(*v))
	case int, int64:
		return book.SetCellValue(sheet, cell, v)
	default:
		return book.SetCellStr(sheet, cell, Defuse(fmt.Sprint(v)))
	}
}

// Defuse keeps a text from being taken for a formula by the program that opens the file.
func Defuse(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// RowsMax is the largest import.
const RowsMax = 2000

// Row is one line of an import: its number in the sheet and its cells by column title.
type Row struct {
	Number int
	Cells  map[string]string
}

// Read reads the first sheet by the titles in its first line. It fails with
// spreadsheet_unreadable, spreadsheet_empty, spreadsheet_too_long or
// spreadsheet_column_missing.
func Read(content io.Reader, required ...string) ([]Row, error) {
	book, err := excelize.OpenReader(content, excelize.Options{UnzipSizeLimit: 64 << 20, UnzipXMLSizeLimit: 32 << 20})
	if err != nil {
		return nil, fault.InField("file", "spreadsheet_unreadable", "文件不是可读取的 Excel 工作簿（.xlsx），请使用下载的模板填写").Because(err)
	}
	defer func() { _ = book.Close() }()
	lines, err := book.GetRows(book.GetSheetName(0), excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, fault.InField("file", "spreadsheet_unreadable", "工作表无法读取，请检查文件是否损坏").Because(err)
	}
	if len(lines) < 2 {
		return nil, fault.InField("file", "spreadsheet_empty", "表格中没有数据行")
	}
	if len(lines)-1 > RowsMax {
		return nil, fault.InField("file", "spreadsheet_too_long", "一次最多导入 %d 行，请拆分文件", RowsMax)
	}
	titles := make([]string, len(lines[0]))
	for i, title := range lines[0] {
		titles[i] = strings.TrimSuffix(strings.TrimSpace(title), "*")
	}
	if err := missing(titles, required); err != nil {
		return nil, err
	}
	var rows []Row
	for n, line := range lines[1:] {
		row := Row{Number: n + 2, Cells: map[string]string{}}
		blank := true
		for i, cell := range line {
			if i < len(titles) {
				row.Cells[titles[i]] = strings.TrimSpace(cell)
				blank = blank && row.Cells[titles[i]] == ""
			}
		}
		if !blank {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

func missing(titles, required []string) error {
	have := map[string]bool{}
	for _, t := range titles {
		have[t] = true
	}
	for _, r := range required {
		if !have[r] {
			return fault.InField("file", "spreadsheet_column_missing", "表格缺少“%s”列，请使用下载的模板填写", r)
		}
	}
	return nil
}
