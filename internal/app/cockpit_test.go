package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"ippledge/internal/app"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/config"
	"ippledge/internal/fund"
	"ippledge/internal/httpapi"
	"ippledge/internal/money"
	"ippledge/internal/platform/blob"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
	"ippledge/internal/testdb"
)

// reader asks the API of the story as one role of a house.
type reader struct{ engine http.Handler }

func (r reader) get(t *testing.T, role authz.Role, path string) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequest(http.MethodGet, "http://shaoyang.example"+httpapi.Prefix+path, nil)
	request.Header.Set("X-Role", string(role))
	w := httptest.NewRecorder()
	r.engine.ServeHTTP(w, request)
	require.Equal(t, http.StatusOK, w.Code, "%s as %s: %s", path, role, w.Body)
	return w
}

func (r reader) json(t *testing.T, role authz.Role, path string) (out map[string]any) {
	t.Helper()
	require.NoError(t, json.Unmarshal(r.get(t, role, path).Body.Bytes(), &out))
	return out
}

// figuresOfTheStory asks for every figure of the cockpit and of the dashboard, opens what
// it links to, adds up all pages, and reads the supervisory forms back.
func figuresOfTheStory(t *testing.T, db *postgres.DB, files blob.Store, c config.Config) {
	people := impersonator{map[string]authz.Actor{}}
	for _, info := range authz.Roles {
		people.actors[string(info.Role)] = authz.Actor{
			UserID: uuid.New(), OrgID: uuid.New(), Name: "周立行", OrgName: "市场监管局", OrgKind: info.Kinds[0], Roles: []authz.Role{info.Role},
		}
	}
	a := app.New(db, files, c)
	engine, _ := a.EngineFor(people)
	r := reader{engine}
	city := testdb.Texts(t, db, `select id from fund where code = 'city'`)[0]
	sub := subFund(t, db, a, people)

	for _, path := range []string{
		"/indicators/cockpit", "/indicators/cockpit?year=2025", "/indicators/cockpit?fund_id=" + city, "/indicators/cockpit?fund_id=" + sub,
		"/indicators/dashboard", "/indicators/dashboard?year=2025", "/indicators/dashboard?area_code=430525",
	} {
		t.Run("Equals its rows "+path, func(t *testing.T) {
			checked := r.everyFigure(t, path, r.json(t, authz.AuditAdmin, path))
			require.Greater(t, checked, 8, "%s has figures", path)
		})
	}
	t.Run("CutsAddUpToTheWhole", func(t *testing.T) { cutsAddUp(t, r.json(t, authz.BureauHandler, "/indicators/cockpit")) })
	t.Run("FormsAgreeWithTheFigures", func(t *testing.T) { formsAgree(t, r) })
}

// subFund opens a second fund and pays into it, so that a figure of one fund that counts
// the other is found out.
func subFund(t *testing.T, db *postgres.DB, a *app.App, people impersonator) string {
	t.Helper()
	maker, checker := people.actors[string(authz.Treasurer)], people.actors[string(authz.FinanceChecker)]
	checker.OrgID = maker.OrgID
	sign := func() {
		id := testdb.Texts(t, db, `select id from approval_proposal where org_id = $1 and status = 'pending'`, maker.OrgID)
		require.Len(t, id, 1)
		_, err := a.Approvals.Sign(t.Context(), checker, uuid.MustParse(id[0]))
		require.NoError(t, err)
	}
	f, err := a.Funds.Open(t.Context(), maker, fund.NewFund{Name: "大祥区子基金", AreaCode: "430503", CustodyBank: "邵阳资江银行"})
	require.NoError(t, err)
	sign()
	_, err = a.Funds.Move(t.Context(), maker, f.ID, fund.NewMovement{
		Kind: fund.Contribution, Payer: "county:430503", Amount: money.Must("1234567.89"), OnDate: calendar.DateOf(storyEnds), Voucher: "回单77",
	})
	require.NoError(t, err)
	sign()
	return f.ID.String()
}

// everyFigure walks an answer: whatever has an amount and a link is the sum of the rows
// behind the link, to the fen, and counts them where it counts.
func (r reader) everyFigure(t *testing.T, at string, node any) (checked int) {
	t.Helper()
	switch v := node.(type) {
	case []any:
		for i, x := range v {
			checked += r.everyFigure(t, fmt.Sprintf("%s[%d]", at, i), x)
		}
	case map[string]any:
		link, linked := v["link"].(string)
		if amount, ok := v["amount"].(string); ok && linked {
			checked++
			sum, count := r.addUp(t, link)
			require.Equal(t, amount, sum.String(), "%s is the sum of %s", at, link)
			for _, name := range []string{"count", "loans"} {
				if n, ok := v[name].(float64); ok {
					require.Equal(t, int(n), count, "%s counts %s", at, link)
				}
			}
		}
		for name, x := range v {
			checked += r.everyFigure(t, at+"."+name, x)
		}
	}
	return checked
}

// addUp opens a front-end link's list over the API, three rows at a time, and adds the
// rows. The link's own sum has to agree too.
func (r reader) addUp(t *testing.T, link string) (total money.Amount, count int) {
	t.Helper()
	path, query, _ := strings.Cut(strings.TrimPrefix(link, "/console"), "?")
	require.Contains(t, []string{"/indicators/rows", "/indicators/disbursements"}, path, "a figure opens a list")
	cursor := ""
	for {
		q, err := url.ParseQuery(query)
		require.NoError(t, err)
		q.Set("limit", "3")
		q.Set("sort", "-amount")
		q.Set("cursor", cursor)
		page := r.json(t, authz.AuditAdmin, path+"?"+q.Encode())
		for _, row := range page["items"].([]any) {
			total = total.Add(money.Must(row.(map[string]any)["amount"].(string)))
			count++
		}
		if cursor = page["next_cursor"].(string); cursor == "" {
			require.Equal(t, page["sum"], total.String(), "%s says its own sum", link)
			return total, count
		}
	}
}

// cutsAddUp: what is cut by bank, by county, by bucket or by year is the whole again.
func cutsAddUp(t *testing.T, cockpit map[string]any) {
	sum := func(list, figure string) (total money.Amount) {
		for _, row := range cockpit[list].([]any) {
			if value, ok := row.(map[string]any)[figure].(map[string]any)["amount"].(string); ok {
				total = total.Add(money.Must(value))
			}
		}
		return total
	}
	whole := func(figure string) string {
		return cockpit["figures"].(map[string]any)[figure].(map[string]any)["amount"].(string)
	}
	for _, figure := range []string{"enrolled", "exposure", "npl", "committed"} {
		require.Equal(t, whole(figure), sum("banks", figure).String(), "%s by bank", figure)
		require.Equal(t, whole(figure), sum("areas", figure).String(), "%s by county", figure)
	}
	require.Equal(t, whole("paid_in"), sum("areas", "paid_in").String())
	require.Equal(t, cockpit["financing"].(map[string]any)["amount"], sum("areas", "disbursed").String())
	require.Equal(t, cockpit["financing"].(map[string]any)["amount"], sum("banks", "disbursed").String())
	require.Equal(t, cockpit["size"].(map[string]any)["amount"], whole("paid_in"))
	for _, figure := range []string{"paid", "recovered", "clawed_back", "net_loss"} {
		require.Equal(t, whole(figure), sum("years", figure).String(), "%s by year", figure)
	}
	ratio, ok := money.RatioOf(money.Must(whole("npl")), money.Must(whole("enrolled")))
	require.True(t, ok)
	require.Equal(t, ratio.String(), cockpit["npl_ratio"])
	leverage := money.Must(whole("enrolled")).Decimal().DivRound(money.Must(whole("available")).Decimal(), 2)
	require.Equal(t, leverage.StringFixed(2), cockpit["leverage"])
	require.NotEqual(t, "0.00", whole("paid"), "the story has a loss")
	require.NotEqual(t, "0.00", whole("npl"), "the story has bad loans")
	late := 0.0
	for _, step := range cockpit["steps"].([]any) {
		late += step.(map[string]any)["late"].(map[string]any)["count"].(float64)
	}
	require.NotZero(t, late, "the story has claims past their time")
}

// formsAgree reads the forms back from their workbooks: what they total is what the
// figures say, in 万元.
func formsAgree(t *testing.T, r reader) {
	cockpit := r.json(t, authz.Treasurer, "/indicators/cockpit")
	dashboard := r.json(t, authz.Treasurer, "/indicators/dashboard")
	figure := func(name string) string {
		return wan(cockpit["figures"].(map[string]any)[name].(map[string]any)["amount"].(string))
	}
	key := func(name string) string {
		return wan(dashboard["key"].(map[string]any)[name].(map[string]any)["amount"].(string))
	}

	for _, want := range []struct{ query, column, total string }{
		{"form=r1&year=2026", "放款金额（万元）", key("disbursed")},
		{"form=r2&year=2026", "累计放款（万元）", key("disbursed")},
		{"form=r2&year=2026", "累计登记金额（万元）", key("registered")},
		{"form=r2&year=2026", "余额（万元）", key("outstanding")},
		{"form=r3", "在保余额（万元）", figure("enrolled")},
		{"form=r4", "已拨付（万元）", figure("paid")},
		{"form=r4", "追回（万元）", figure("recovered")},
		{"form=r4", "净损失（万元）", figure("net_loss")},
		{"form=r5", "金额（万元）", key("overdue")},
		{"form=r6&year=2026", "期末（万元）", figure("balance")},
	} {
		f := r.form(t, authz.FinanceChecker, want.query)
		require.Equal(t, want.total, f.total(t, want.column), "%s: %s", want.query, want.column)
	}
	t.Run("R2GrowsOverTheSameMonths", func(t *testing.T) {
		year := r.form(t, authz.BureauHandler, "form=r2&year=2025&month=12")
		require.Equal(t, wan(r.json(t, authz.BureauHandler, "/indicators/dashboard?year=2025")["disbursed"].(string)), year.total(t, "累计放款（万元）"))
		require.Equal(t, "—", year.total(t, "累计放款同比（%）"), "nothing was lent in 2024")
	})
	t.Run("R7KeepsTheWordsOfThePlan", func(t *testing.T) {
		f := r.form(t, authz.AuditAdmin, "form=r7&year=2026")
		line := f.line(t, "年度知识产权质押融资金额")
		require.Contains(t, line, key("disbursed"))
		require.Contains(t, line, "1.5")
		require.Contains(t, strings.Join(line, "\n"), "《邵阳市“十四五”知识产权发展规划》，发展主要预期指标表第6项")
		require.Contains(t, f.line(t, "PCT国际专利申请量"), "暂无数据")
		require.Contains(t, f.line(t, "成立风险基金"), figure("paid_in"))
	})
	t.Run("NarrowToABankAndACounty", func(t *testing.T) {
		for _, group := range cockpit["areas"].([]any) {
			g := group.(map[string]any)
			value, ok := g["enrolled"].(map[string]any)["amount"].(string)
			if !ok || g["key"] == "municipal" {
				continue
			}
			f := r.form(t, authz.BureauHandler, "form=r3&area_code="+g["key"].(string))
			require.Equal(t, wan(value), f.total(t, "在保余额（万元）"), g["name"])
			require.Contains(t, f.rows[1][0], g["name"])
		}
	})
	t.Run("SayWhoMadeThemWhen", func(t *testing.T) {
		f := r.form(t, authz.BureauHandler, "form=r2&year=2026&month=3")
		require.Equal(t, "R2质押融资汇总表", f.rows[0][0])
		require.Equal(t, "单位：万元　　期间：2026 年 3 月　　范围：全市，全部银行", f.rows[1][0])
		require.Equal(t, "制表时间：2026-11-24 15:30　　制表人：周立行（市场监管局）", f.rows[2][0])
	})
}

func wan(amount string) string { return spreadsheet.Wan(money.Must(amount)).String() }

// form is a workbook read back.
type form struct{ rows [][]string }

func (r reader) form(t *testing.T, role authz.Role, query string) form {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(r.get(t, role, "/reports/export.xlsx?"+query).Body.Bytes()))
	require.NoError(t, err)
	rows, err := book.GetRows(book.GetSheetName(0), excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	return form{rows}
}

func (f form) line(t *testing.T, name string) []string {
	t.Helper()
	at := slices.IndexFunc(f.rows, func(row []string) bool { return len(row) > 0 && row[0] == name })
	require.GreaterOrEqual(t, at, 0, "the form has a line %s", name)
	return f.rows[at]
}

func (f form) total(t *testing.T, column string) string {
	t.Helper()
	at := slices.Index(f.rows[spreadsheet.HeadRows], column)
	require.GreaterOrEqual(t, at, 0, "%v has %s", f.rows[spreadsheet.HeadRows], column)
	return f.line(t, "合计")[at]
}
