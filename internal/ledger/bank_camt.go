package ledger

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
)

// camt053 is the part of ISO 20022 camt.053 (Bank to Customer Statement) that we read.
// Names are matched without regard to the version in the namespace.
type camt053 struct {
	Statements []camtStatement `xml:"BkToCstmrStmt>Stmt"`
}

type camtStatement struct {
	From     string        `xml:"FrToDt>FrDtTm"`
	To       string        `xml:"FrToDt>ToDtTm"`
	Balances []camtBalance `xml:"Bal"`
	Entries  []camtEntry   `xml:"Ntry"`
}

type camtAmount struct {
	Currency string `xml:"Ccy,attr"`
	Text     string `xml:",chardata"`
}

type camtBalance struct {
	Code   string     `xml:"Tp>CdOrPrtry>Cd"` // OPBD, CLBD, …
	Amount camtAmount `xml:"Amt"`
	Side   string     `xml:"CdtDbtInd"`
}

// camtStatus is a code of its own in newer versions and plain text in older ones.
type camtStatus struct {
	Code string `xml:"Cd"`
	Text string `xml:",chardata"`
}

type camtEntry struct {
	Reference string     `xml:"NtryRef"`
	Amount    camtAmount `xml:"Amt"`
	Side      string     `xml:"CdtDbtInd"`
	Status    camtStatus `xml:"Sts"`
	BookedOn  string     `xml:"BookgDt>Dt"`
	BookedAt  string     `xml:"BookgDt>DtTm"`
	Bank      string     `xml:"AcctSvcrRef"`
	Text      string     `xml:"AddtlNtryInf"`
	Details   []struct {
		EndToEnd string   `xml:"Refs>EndToEndId"`
		Remitted []string `xml:"RmtInf>Ustrd"`
		Debtor   string   `xml:"RltdPties>Dbtr>Nm"`
		Creditor string   `xml:"RltdPties>Cdtr>Nm"`
	} `xml:"NtryDtls>TxDtls"`
}

// readCamt053 reads the booked entries of a statement and checks that opening, movements
// and closing agree. Pending entries are left out: they come again when they are booked.
func readCamt053(content []byte) (bankFile, error) {
	var doc camt053
	decoder := xml.NewDecoder(bytes.NewReader(content))
	decoder.Strict = true
	if err := decoder.Decode(&doc); err != nil {
		return bankFile{}, fault.InField("file", "statement_unreadable", "文件不是有效的 camt.053 报文，请检查是否完整").Because(err)
	}
	if len(doc.Statements) != 1 {
		return bankFile{}, fault.InField("file", "statement_count", "报文中应恰有一份对账单（Stmt），现有 %d 份", len(doc.Statements))
	}
	st := doc.Statements[0]
	f := bankFile{format: "camt053"}
	var faults fault.Collector
	if len(st.Entries) > bankLinesMax {
		return f, fault.InField("file", "spreadsheet_too_long", "一次最多导入 %d 笔，请拆分文件", bankLinesMax)
	}
	for i, e := range st.Entries {
		if e.pending() {
			continue
		}
		l, err := e.line(i + 1)
		if err := faults.Take(l.where(), err); err != nil {
			return f, err
		}
		f.lines = append(f.lines, l)
	}
	for _, b := range st.Balances {
		amount, err := b.Amount.signed(b.Side)
		if err := faults.Take("Bal", err); err != nil {
			return f, err
		}
		switch b.Code {
		case "OPBD":
			f.opening = &amount
		case "CLBD":
			f.closing = &amount
		}
	}
	if err := faults.Err(); err != nil {
		return f, err
	}
	return f.stated(st)
}

// stated takes the period from the statement where it says so, and checks the sums.
func (f bankFile) stated(st camtStatement) (bankFile, error) {
	for _, d := range []struct {
		text string
		date *calendar.Date
	}{{st.From, &f.from}, {st.To, &f.to}} {
		if len(d.text) >= 10 {
			day, err := calendar.ParseDate(d.text[:10])
			if err != nil {
				return f, fault.InField("file", "date_malformed", "对账单的起止日期“%.20s”无效", d.text)
			}
			*d.date = day
		}
	}
	if f.opening != nil && f.closing != nil {
		sum := *f.opening
		for _, l := range f.lines {
			sum = sum.Add(l.Amount)
		}
		if !sum.Equal(*f.closing) {
			return f, fault.InField("file", "statement_not_balanced", "期初余额加流水为 %s，与期末余额 %s 不符，文件可能不完整", sum.Text(), f.closing.Text())
		}
	}
	return f.bounded()
}

func (e camtEntry) pending() bool {
	return first(e.Status.Code, e.Status.Text) == "PDNG"
}

func (l BankLine) where() string { return fmt.Sprintf("Ntry %d", l.Line) }

func (e camtEntry) line(n int) (BankLine, error) {
	l := BankLine{Line: n, Reference: first(e.Bank, e.Reference), Narrative: e.Text}
	for _, d := range e.Details {
		if d.EndToEnd != "" && d.EndToEnd != "NOTPROVIDED" {
			l.Narrative = strings.TrimSpace(l.Narrative + " " + d.EndToEnd)
		}
		l.Narrative = strings.TrimSpace(l.Narrative + " " + strings.Join(d.Remitted, " "))
		party := d.Debtor
		if e.Side == "DBIT" {
			party = d.Creditor
		}
		l.Counterparty = first(l.Counterparty, party)
	}
	for _, text := range []string{l.Reference, l.Counterparty, l.Narrative} {
		if !clean(text, 500) {
			return l, fault.New(fault.Invalid, "text_malformed", "第 %d 笔有过长或不可识别的文字", n)
		}
	}
	var err error
	if l.Amount, err = e.Amount.signed(e.Side); err != nil {
		return l, err
	}
	if l.Amount.IsZero() {
		return l, fault.New(fault.Invalid, "amount_missing", "第 %d 笔没有金额", n)
	}
	day := first(e.BookedOn, e.BookedAt)
	l.BookedOn, err = calendar.ParseDate(day[:min(len(day), 10)])
	return l, err
}

func (a camtAmount) signed(side string) (money.Amount, error) {
	if a.Currency != "CNY" {
		return money.Zero, fault.New(fault.Invalid, "currency_not_cny", "币种应为人民币（CNY），现为“%.10s”", a.Currency)
	}
	amount, err := money.Parse(strings.TrimSpace(a.Text))
	switch {
	case err != nil:
		return money.Zero, err
	case amount.IsNegative() || side != "CRDT" && side != "DBIT":
		return money.Zero, fault.New(fault.Invalid, "side_unknown", "金额应为正数，方向应为 CRDT 或 DBIT")
	case side == "DBIT":
		return amount.Neg(), nil
	}
	return amount, nil
}

func first(texts ...string) string {
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			return t
		}
	}
	return ""
}
