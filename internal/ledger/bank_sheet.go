package ledger

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/spreadsheet"
)

// Columns says which column of a bank's spreadsheet holds what, by its title. Either
// Amount is signed, or In and Out hold what came and went.
type Columns struct {
	Date         string `json:"date" doc:"记账日期列"`
	Amount       string `json:"amount,omitempty" doc:"带正负号的金额列"`
	In           string `json:"in,omitempty" doc:"收入（贷方）金额列"`
	Out          string `json:"out,omitempty" doc:"支出（借方）金额列"`
	Reference    string `json:"reference,omitempty" doc:"流水号列"`
	Counterparty string `json:"counterparty,omitempty" doc:"对方户名列"`
	Narrative    string `json:"narrative,omitempty" doc:"摘要附言列"`
}

// usualColumns are what many banks call them; used until a mapping is kept.
var usualColumns = Columns{Date: "交易日期", In: "收入金额", Out: "支出金额", Reference: "流水号", Counterparty: "对方户名", Narrative: "摘要"}

func (c Columns) check() error {
	var faults fault.Collector
	if c.Date == "" {
		faults.Add("date", "field_required", "请指明哪一列是记账日期")
	}
	if (c.Amount == "") == (c.In == "" && c.Out == "") {
		faults.Add("amount", "amount_columns_unclear", "请指明一个带正负号的金额列，或收入、支出两列，不要同时指明")
	}
	return faults.Err()
}

func (c Columns) required() []string {
	var names []string
	for _, name := range []string{c.Date, c.Amount, c.In, c.Out, c.Reference, c.Counterparty, c.Narrative} {
		if name != "" {
			names = append(names, name)
		}
	}
	return names
}

// bankFile is a statement as it was read. Opening and Closing are nil where the file
// doesn't say.
type bankFile struct {
	format           string
	from, to         calendar.Date
	opening, closing *money.Amount
	lines            []BankLine
}

// bankLinesMax is the largest statement.
const bankLinesMax = spreadsheet.RowsMax

// readBankFile reads a statement by the kind of its content. Every fault of every row is
// reported at once.
func readBankFile(name string, content []byte, columns Columns) (bankFile, error) {
	switch head := bytes.TrimSpace(content[:min(len(content), 512)]); {
	case bytes.HasPrefix(content, []byte("PK")):
		rows, err := spreadsheet.Read(bytes.NewReader(content), columns.required()...)
		if err != nil {
			return bankFile{}, err
		}
		return fromRows("xlsx", rows, columns)
	case bytes.HasPrefix(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), []byte("<")):
		return readCamt053(content)
	case strings.HasSuffix(strings.ToLower(name), ".csv") || strings.HasSuffix(strings.ToLower(name), ".txt"):
		rows, err := readCSV(content, columns)
		if err != nil {
			return bankFile{}, err
		}
		return fromRows("csv", rows, columns)
	}
	return bankFile{}, fault.InField("file", "statement_format_unknown", "无法识别的对账单，请上传 Excel（.xlsx）、CSV 或 camt.053（.xml）文件")
}

// readCSV reads UTF-8 or GB 18030, which is what most banks export. Lines before the one
// that holds the mapped titles are the bank's letterhead and are skipped.
func readCSV(content []byte, columns Columns) ([]spreadsheet.Row, error) {
	content = bytes.TrimPrefix(content, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(content) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(content)
		if err != nil {
			return nil, fault.InField("file", "statement_encoding_unknown", "文件编码无法识别，请另存为 UTF-8 或 GBK 编码的 CSV").Because(err)
		}
		content = decoded
	}
	reader := csv.NewReader(bytes.NewReader(content))
	reader.FieldsPerRecord, reader.LazyQuotes, reader.TrimLeadingSpace = -1, true, true
	var titles []string
	var rows []spreadsheet.Row
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fault.InField("file", "statement_unreadable", "CSV 文件格式有误，请检查引号与分隔符").Because(err)
		}
		line, _ := reader.FieldPos(0)
		for i := range record {
			record[i] = strings.TrimSpace(record[i])
		}
		if titles == nil {
			if holdsAll(record, columns.required()) {
				titles = record
			}
			continue
		}
		if row, ok := csvRow(line, titles, record); ok {
			rows = append(rows, row)
		}
		if len(rows) > bankLinesMax {
			return nil, fault.InField("file", "spreadsheet_too_long", "一次最多导入 %d 行，请拆分文件", bankLinesMax)
		}
	}
	if titles == nil {
		return nil, fault.InField("file", "spreadsheet_column_missing", "没有找到含“%s”的标题行，请检查列对应设置", strings.Join(columns.required(), "、"))
	}
	return rows, nil
}

func csvRow(line int, titles, record []string) (spreadsheet.Row, bool) {
	row, blank := spreadsheet.Row{Number: line, Cells: map[string]string{}}, true
	for i, cell := range record {
		if i < len(titles) {
			row.Cells[titles[i]] = cell
			blank = blank && cell == ""
		}
	}
	return row, !blank
}

func holdsAll(have, want []string) bool {
	set := map[string]bool{}
	for _, h := range have {
		set[h] = true
	}
	for _, w := range want {
		if !set[w] {
			return false
		}
	}
	return true
}

func fromRows(format string, rows []spreadsheet.Row, columns Columns) (bankFile, error) {
	f := bankFile{format: format}
	var faults fault.Collector
	for _, row := range rows {
		l := BankLine{Line: row.Number, Reference: row.Cells[columns.Reference], Counterparty: row.Cells[columns.Counterparty], Narrative: row.Cells[columns.Narrative]}
		at := func(column string) string { return fmt.Sprintf("row %d: %s", row.Number, column) }
		var err error
		if l.BookedOn, err = bankDate(row.Cells[columns.Date]); err != nil {
			if err := faults.Take(at(columns.Date), err); err != nil {
				return f, err
			}
		}
		if l.Amount, err = bankAmount(row, columns); err != nil {
			if err := faults.Take(at(columns.Amount+columns.In), err); err != nil {
				return f, err
			}
		}
		for _, text := range []string{l.Reference, l.Counterparty, l.Narrative} {
			if !clean(text, 500) {
				faults.Add(at("文字"), "text_malformed", "第 %d 行有过长或不可识别的文字", row.Number)
			}
		}
		f.lines = append(f.lines, l)
	}
	if err := faults.Err(); err != nil {
		return f, err
	}
	return f.bounded()
}

// bounded sets the period of a file that doesn't state it.
func (f bankFile) bounded() (bankFile, error) {
	if len(f.lines) == 0 {
		return f, fault.InField("file", "spreadsheet_empty", "对账单中没有流水")
	}
	for _, l := range f.lines {
		if f.from.IsZero() || l.BookedOn.Before(f.from) {
			f.from = l.BookedOn
		}
		if l.BookedOn.After(f.to) {
			f.to = l.BookedOn
		}
	}
	return f, nil
}

func bankAmount(row spreadsheet.Row, c Columns) (money.Amount, error) {
	one := func(column string) (money.Amount, bool, error) {
		text := strings.NewReplacer(",", "", " ", "", "¥", "", "￥", "").Replace(row.Cells[column])
		if column == "" || text == "" || text == "-" {
			return money.Zero, false, nil
		}
		a, err := money.Parse(strings.TrimPrefix(text, "+"))
		return a, err == nil, err
	}
	if c.Amount != "" {
		a, _, err := one(c.Amount)
		return nonzero(a, err)
	}
	in, _, err := one(c.In)
	if err != nil {
		return in, err
	}
	out, _, err := one(c.Out)
	if err != nil {
		return out, err
	}
	if !in.IsZero() && !out.IsZero() {
		return in, fault.New(fault.Invalid, "amount_on_both_sides", "收入与支出不能同时有金额")
	}
	return nonzero(in.Sub(out.Abs()), nil)
}

func nonzero(a money.Amount, err error) (money.Amount, error) {
	if err == nil && a.IsZero() {
		err = fault.New(fault.Invalid, "amount_missing", "没有金额")
	}
	return a, err
}

var (
	dateDigits = regexp.MustCompile(`^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ T].*)?$`)
	dateSerial = regexp.MustCompile(`^\d{5}(\.\d+)?$`)
)

// bankDate reads the ways banks write dates, Excel's day number included.
func bankDate(text string) (calendar.Date, error) {
	if dateSerial.MatchString(text) {
		days, err := strconv.Atoi(text[:5])
		if err == nil {
			return calendar.ParseDate(calendar.NewDate(1899, 12, 30).AddDays(days).String())
		}
	}
	if m := dateDigits.FindStringSubmatch(text); m != nil {
		return calendar.ParseDate(fmt.Sprintf("%s-%02s-%02s", m[1], m[2], m[3]))
	}
	return calendar.ParseDate(text)
}
