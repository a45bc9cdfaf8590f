package ledger_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"

	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/httpapi"
	"ippledge/internal/ledger"
	"ippledge/internal/spreadsheet"
	"ippledge/internal/testdb"
)

const csvStatement = "邵阳资江银行 对账单\n账号,1234\n交易日期,收入金额,支出金额,流水号,对方户名,摘要\n" +
	"2026-09-24,\"1,000,000.00\",,B001,邵阳市财政局,出资 CZ1\n" +
	"20260924,1000.00,,B002,,结息\n" +
	"2026/9/23,,10.00,B003,,管理费\n" +
	"2026-09-20,88.00,,B004,不明,来款\n"

func camt(closing string) string {
	entry := func(amount, side, on, text string) string {
		return fmt.Sprintf(`<Ntry><Amt Ccy="CNY">%s</Amt><CdtDbtInd>%s</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>%s</Dt></BookgDt><AcctSvcrRef>R%s</AcctSvcrRef>
			<NtryDtls><TxDtls><Refs><EndToEndId>%s</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>`, amount, side, on, amount, text)
	}
	return `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
		<FrToDt><FrDtTm>2026-09-01T00:00:00</FrDtTm><ToDtTm>2026-09-24T23:59:59</ToDtTm></FrToDt>
		<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
		<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">` + closing + `</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>` +
		entry("1000000.00", "CRDT", "2026-09-24", "CZ1") + entry("10.00", "DBIT", "2026-09-24", "F1") +
		`<Ntry><Amt Ccy="CNY">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry></Stmt></BkToCstmrStmt></Document>`
}

func TestReconciliation(t *testing.T) {
	t.Parallel()
	db, book := sixEntries(t)
	c, service, approvals := serve(t, db)
	imported, err := service.ImportStatement(t.Context(), maker, book.ID, "main", "九月.csv", []byte(csvStatement), true)
	require.NoError(t, err)
	require.True(t, imported.DryRun)
	require.Empty(t, testdb.Texts(t, db, `select id from bank_statement`), "a preview keeps nothing")
	imported, err = service.ImportStatement(t.Context(), maker, book.ID, "main", "九月.csv", []byte(csvStatement), false)
	require.NoError(t, err)
	require.Equal(t, 3, imported.Matched, "contribution, interest and fee, by amount and date; the unknown receipt not")
	require.Equal(t, "-10.00", imported.Lines[2].Amount.String())

	t.Run("ShowsWhatIsOpenFirst", func(t *testing.T) {
		w := c.do("maker", "GET", "/ledger/books/"+book.ID.String()+"/reconciliation", "", "")
		require.Equal(t, 200, w.Code, w.Body)
		require.Contains(t, w.Body.String(), `"open_lines":1`)
		require.Contains(t, w.Body.String(), `"open_moves":1`)
		require.Contains(t, w.Body.String(), `"settled":false`)
		require.Equal(t, 200, c.do("maker", "GET", "/ledger/books/"+book.ID.String()+"/reconciliation.xlsx", "", "").Code)
	})
	t.Run("RefusesAFileTwiceAndADayTwice", func(t *testing.T) {
		_, err := service.ImportStatement(t.Context(), maker, book.ID, "main", "x.csv", []byte(csvStatement), false)
		require.True(t, fault.Has(err, "statement_imported_already"), err)
		_, err = service.ImportStatement(t.Context(), maker, book.ID, "main", "x.xml", []byte(camt("999990.00")), false)
		require.True(t, fault.Has(err, "statement_overlaps"), err)
	})
	line := testdb.Texts(t, db, `select id from bank_line l where not exists (select 1 from bank_match_line m where m.line_id = l.id)`)
	require.Len(t, line, 1)
	t.Run("MatchesByHandOnlyWhatAddsUp", func(t *testing.T) {
		body := fmt.Sprintf(`{"lines":["%s"],"postings":[{"seq":5,"line":1}],"reason":"同一笔"}`, line[0])
		w := c.do("maker", "POST", "/ledger/books/"+book.ID.String()+"/matches", "", body)
		require.Contains(t, w.Body.String(), "match_sums_differ")
		_, err := post(t, db, ledger.Interest(book.ID, maker, authz.Actor{}, "LX3", day("2026-06-30"), yuan("88.00"), "main"))
		require.NoError(t, err)
		w = c.do("maker", "POST", "/ledger/books/"+book.ID.String()+"/matches", "", strings.Replace(body, `"seq":5`, `"seq":7`, 1))
		require.Equal(t, 201, w.Code, w.Body)
		require.NoError(t, sign(t, db, approvals, checker))
		w = c.do("maker", "POST", "/ledger/books/"+book.ID.String()+"/matches", "", strings.Replace(body, `"seq":5`, `"seq":7`, 1))
		require.Contains(t, w.Body.String(), "match_not_open")
	})
}

func TestStatementsFollowEachOther(t *testing.T) {
	t.Parallel()
	db, book := sixEntries(t)
	_, service, _ := serve(t, db)
	month := func(from, to, opening, amount, closing string) error {
		text := strings.NewReplacer("2026-09-01", from, "2026-09-24T", to+"T", "2026-09-24<", to+"<", ">0.00<", ">"+opening+"<").Replace(camt(closing))
		text = strings.ReplaceAll(strings.ReplaceAll(text, "1000000.00", amount), `<Amt Ccy="CNY">10.00<`, `<Amt Ccy="CNY">1.00<`)
		_, err := service.ImportStatement(t.Context(), maker, book.ID, "main", from+".xml", []byte(text), false)
		return err
	}
	require.NoError(t, month("2026-03-01", "2026-03-31", "0.00", "6.00", "5.00"))
	require.True(t, fault.Has(month("2026-04-01", "2026-04-30", "4.00", "6.00", "9.00"), "statement_gap"))
	require.NoError(t, month("2026-05-01", "2026-05-31", "5.00", "3.00", "7.00"), "a month without movements may lie between")
	require.True(t, fault.Has(month("2026-04-01", "2026-04-30", "5.00", "7.00", "11.00"), "statement_gap"), "it must meet the one after it too")
	require.True(t, fault.Has(month("2026-02-01", "2026-02-28", "0.00", "2.00", "1.00"), "statement_gap"))
	require.NoError(t, month("2026-06-01", "2026-06-30", "7.00", "2.00", "8.00"))
}

func TestReadingStatements(t *testing.T) {
	t.Parallel()
	db, book := sixEntries(t)
	c, service, _ := serve(t, db)
	read := func(name string, content []byte) (ledger.Imported, error) {
		return service.ImportStatement(t.Context(), maker, book.ID, "main", name, content, true)
	}
	t.Run("TakesGBK", func(t *testing.T) {
		gbk, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(csvStatement))
		require.NoError(t, err)
		got, err := read("a.csv", gbk)
		require.NoError(t, err)
		require.Equal(t, "邵阳市财政局", got.Lines[0].Counterparty)
	})
	t.Run("TakesCamt053AndLeavesOutWhatIsPending", func(t *testing.T) {
		got, err := read("a.xml", []byte(camt("999990.00")))
		require.NoError(t, err)
		require.Len(t, got.Lines, 2)
		require.Equal(t, "-10.00", got.Lines[1].Amount.String())
		require.Equal(t, day("2026-09-01"), got.Statement.FromOn)
		require.Equal(t, "999990.00", got.Statement.Closing.String())
	})
	t.Run("TakesExcelWithAKeptMappingOverHTTP", func(t *testing.T) {
		require.NoError(t, service.KeepColumns(t.Context(), maker, book.ID, "main", ledger.Columns{Date: "日期", Amount: "金额", Narrative: "附言"}))
		type row struct{ on, amount, text string }
		content, err := spreadsheet.Write("流水", []spreadsheet.Column[row]{
			{Title: "日期", Value: func(r row) any { return r.on }}, {Title: "金额", Value: func(r row) any { return yuan(r.amount) }}, {Title: "附言", Value: func(r row) any { return r.text }},
		}, []row{{"2026-09-24", "-10.00", "F1"}, {"2026-09-24", "1000.00", "息"}})
		require.NoError(t, err)
		w := upload(t, c, "/ledger/books/"+book.ID.String()+"/bank-statements?dry_run=true", "九月.xlsx", content)
		require.Equal(t, 201, w.Code, w.Body)
		require.Contains(t, w.Body.String(), `"amount":"-10.00"`)
		require.NoError(t, service.KeepColumns(t.Context(), maker, book.ID, "main", ledger.Columns{Date: "交易日期", In: "收入金额", Out: "支出金额", Reference: "流水号", Counterparty: "对方户名", Narrative: "摘要"}))
	})
	broken := map[string]struct{ name, content, code string }{
		"AnUnbalancedStatement": {"a.xml", camt("999991.00"), "statement_not_balanced"},
		"AnotherCurrency":       {"a.xml", strings.ReplaceAll(camt("999990.00"), "CNY", "USD"), "input_invalid"},
		"HalfAFile":             {"a.xml", camt("999990.00")[:400], "statement_unreadable"},
		"WrongRows":             {"a.csv", strings.NewReplacer("20260924", "2026-13-40", "10.00", "十元").Replace(csvStatement), "input_invalid"},
		"MissingColumns":        {"a.csv", "日期,金额\n2026-09-24,1\n", "spreadsheet_column_missing"},
		"NoLines":               {"a.csv", csvStatement[:strings.Index(csvStatement, "2026-09-24")], "spreadsheet_empty"},
		"AnyOtherFile":          {"a.pdf", "%PDF", "statement_format_unknown"},
		"TheFuture":             {"a.csv", strings.ReplaceAll(csvStatement, "2026-09-24", "2026-10-24"), "statement_in_future"},
	}
	for name, b := range broken {
		t.Run("Refuses"+name, func(t *testing.T) {
			_, err := read(b.name, []byte(b.content))
			require.True(t, fault.Has(err, b.code), "%v", err)
		})
	}
	t.Run("NamesEveryRowAtFault", func(t *testing.T) {
		_, err := read("a.csv", []byte(strings.NewReplacer("20260924", "2026-13-40", "10.00", "十元").Replace(csvStatement)))
		f, ok := fault.From(err)
		require.True(t, ok)
		require.Len(t, f.Fields, 2)
		require.Equal(t, "row 5: 交易日期", f.Fields[0].Field)
	})
}

func upload(t *testing.T, c client, path, name string, content []byte) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	require.NoError(t, err)
	_, err = part.Write(content)
	require.NoError(t, err)
	require.NoError(t, form.Close())
	r := httptest.NewRequest("POST", httpapi.Prefix+path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("X-Actor", "maker")
	w := httptest.NewRecorder()
	c.engine.ServeHTTP(w, r)
	return w
}
