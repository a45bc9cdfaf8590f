package fund_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"ippledge/internal/authz"
	"ippledge/internal/httpapi"
	"ippledge/internal/platform/postgres"
)

type signedIn struct{ actor authz.Actor }

func (s signedIn) Authenticate(*http.Request) (authz.Actor, error, error) { return s.actor, nil, nil }

func (w world) do(t *testing.T, by authz.Actor, method, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	engine := httpapi.Engine(signedIn{by})
	api := httpapi.New(engine, w.db)
	w.funds.Routes(api)
	w.approvals.Routes(api)
	request := httptest.NewRequestWithContext(t.Context(), method, "/api/v1"+path, strings.NewReader(body))
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	answer := httptest.NewRecorder()
	engine.ServeHTTP(answer, request)
	return answer
}

// actions are what the actor is told of an enrolment; nil when it is not to be found.
func (w world) actions(t *testing.T, by authz.Actor, path string) []string {
	t.Helper()
	answer := w.do(t, by, http.MethodGet, path, "")
	if answer.Code == http.StatusNotFound {
		return nil
	}
	require.Equal(t, http.StatusOK, answer.Code, answer.Body)
	var view struct {
		Actions []string `json:"available_actions"`
	}
	require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &view))
	require.NotNil(t, view.Actions)
	return view.Actions
}

func TestAvailableActionsAreExact(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.contribute(t, "1000000.00")
	borrower := w.org(t, "enterprise", "甲")
	e, err := w.funds.Draft(t.Context(), w.officer, w.loan(t, borrower, "100000.00", ""), w.filing())
	require.NoError(t, err)
	path := "/enrolments/" + e.ID.String()
	owner := actor(borrower, authz.Enterprise, "企业", authz.EnterpriseOperator)
	rival := actor(w.org(t, "bank", "宝庆"), authz.Bank, "外人", authz.LoanOfficer)

	require.Equal(t, []string{"edit", "submit", "withdraw"}, w.actions(t, w.officer, path))
	require.Empty(t, w.actions(t, w.reviewer, path))
	require.NotNil(t, w.actions(t, owner, path), "the borrower reads its own")
	firm := w.org(t, "appraisal_firm", "湘中正衡")
	appraiser := actor(firm, authz.AppraisalFirm, "评估师", authz.Appraiser)
	require.Nil(t, w.actions(t, appraiser, path), "who takes no share finds nothing")
	w.exec(t, "update enrolment set appraiser_id = $1 where id = $2", firm, e.ID)
	require.NotNil(t, w.actions(t, appraiser, path), "who takes a share reads it")
	require.Nil(t, w.actions(t, rival, path), "a rival finds nothing")

	late := w.on("2026-03-10")
	require.Equal(t, []string{"edit", "request_late", "withdraw"}, late.actions(t, w.officer, path))
	require.Empty(t, late.actions(t, w.handler, path))
	_, err = late.funds.RequestLate(t.Context(), w.officer, e.ID, "系统升级")
	require.NoError(t, err)
	require.Equal(t, []string{"edit", "withdraw"}, late.actions(t, w.officer, path))
	require.Equal(t, []string{"allow_late", "deny_late"}, late.actions(t, w.handler, path))
	require.Empty(t, late.actions(t, w.checker, path), "the checker signs the proposal, not the row")
	_, err = late.funds.ProposeLate(t.Context(), w.handler, e.ID, "属实")
	require.NoError(t, err)
	require.Empty(t, late.actions(t, w.handler, path), "one proposal at a time")
	require.NoError(t, late.sign(t, w.checker, e.ID))
	require.Equal(t, []string{"edit", "submit", "withdraw"}, late.actions(t, w.officer, path))
	_, err = late.funds.Submit(t.Context(), w.officer, e.ID)
	require.NoError(t, err)
	require.Empty(t, late.actions(t, w.officer, path))
}

func TestFundActionsFollowRole(t *testing.T) {
	t.Parallel()
	w := setup(t)
	path := "/funds/" + w.city.ID.String()
	require.Equal(t, []string{"move", "change_custody"}, w.actions(t, w.treasurer, path))
	require.Equal(t, []string{"evaluate"}, w.actions(t, w.manager, path))
	require.Empty(t, w.actions(t, w.officer, path))
	w.exec(t, "update fund set breaker = 'suspended' where id = $1", w.city.ID)
	require.Equal(t, []string{"resume"}, w.actions(t, w.financeChecker, path))
}

func TestABankSeesItsOwnLineOnly(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.contribute(t, "1000000.00")
	w.enrolled(t, w.loan(t, w.org(t, "enterprise", "甲"), "100000.00", ""))
	rival := actor(w.org(t, "bank", "宝庆商业银行"), authz.Bank, "外人", authz.LoanOfficer)
	path := "/funds/" + w.city.ID.String()

	require.Contains(t, w.do(t, w.officer, http.MethodGet, path, "").Body.String(), w.bank.String())
	require.NotContains(t, w.do(t, rival, http.MethodGet, path, "").Body.String(), w.bank.String())
	require.Contains(t, w.do(t, rival, http.MethodGet, "/enrolments", "").Body.String(), `"total":0,`)
	require.Contains(t, w.do(t, w.manager, http.MethodGet, "/enrolments?status=enrolled&area_code=430502", "").Body.String(), `"total":1,`)
	require.Contains(t, w.do(t, w.manager, http.MethodGet, "/enrolments?area_code=430524", "").Body.String(), `"total":0,`)
}

func TestFormR3(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.contribute(t, "1000000.00")
	w.enrolled(t, w.loan(t, w.org(t, "enterprise", "星垣智能"), "1234567.89", ""))

	answer := w.do(t, w.officer, http.MethodGet, "/enrolments/export.xlsx", "")
	require.Equal(t, http.StatusOK, answer.Code)
	book, err := excelize.OpenReader(bytes.NewReader(answer.Body.Bytes()))
	require.NoError(t, err)
	rows, err := book.GetRows("备案台账", excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	require.Equal(t, []string{"备案号", "银行", "企业", "金额（万元）", "放款日", "备案日", "是否超期", "在保余额（万元）", "状态"}, rows[0][:9])
	require.Equal(t, []string{"邵阳资江银行", "星垣智能", "123.46", "2026-02-24", "2026-03-09", "否", "123.46", "在保", "1234567.89"}, rows[1][1:10])
}

func TestMovementsOverTheAPI(t *testing.T) {
	t.Parallel()
	w := setup(t)
	path := "/funds/" + w.city.ID.String() + "/movements"

	made := w.do(t, w.treasurer, http.MethodPost, path, `{"kind":"contribute","payer":"municipal","amount":"100.00","on_date":"2026-03-02","voucher":"A1"}`)
	require.Equal(t, http.StatusCreated, made.Code, made.Body)
	require.Contains(t, made.Body.String(), `"status":"submitted"`)
	require.Contains(t, made.Body.String(), `"pending_approval"`)
	denied := w.do(t, w.officer, http.MethodPost, path, `{}`)
	require.Equal(t, http.StatusForbidden, denied.Code)
	wrong := w.do(t, w.treasurer, http.MethodPost, path, `{"kind":"contribute","payer":"county:999999","amount":"1.001","on_date":"2026-03-02","voucher":"A1"}`)
	require.Contains(t, wrong.Body.String(), "amount_too_many_decimals")
	require.Contains(t, w.do(t, w.financeChecker, http.MethodGet, "/fund-movements?kind=contribute", "").Body.String(), `"total":1,`)
	require.Equal(t, http.StatusForbidden, w.do(t, w.officer, http.MethodGet, "/fund-movements", "").Code)
}

func TestTodo(t *testing.T) {
	t.Parallel()
	w := setup(t)
	loan := w.loan(t, w.org(t, "enterprise", "甲"), "100000.00", "")
	kinds := func(at world, by authz.Actor) (out []string) {
		require.NoError(t, at.db.Read(t.Context(), func(tx postgres.Tx) error {
			items, err := at.funds.Todo(tx, by)
			for _, item := range items {
				due := ""
				if item.DueOn != nil {
					due = item.DueOn.String()
				}
				out = append(out, item.Kind+" "+due)
			}
			return err
		}))
		return out
	}

	require.Equal(t, []string{"enrolment.file 2026-03-09"}, kinds(w, w.officer), "a disbursed loan waits to be filed")
	require.Empty(t, kinds(w, w.reviewer))
	e, err := w.funds.Draft(t.Context(), w.officer, loan, w.filing())
	require.NoError(t, err)
	require.Equal(t, []string{"enrolment.submit 2026-03-09"}, kinds(w, w.officer))
	late := w.on("2026-03-10")
	_, err = late.funds.RequestLate(t.Context(), w.officer, e.ID, "系统升级")
	require.NoError(t, err)
	require.Empty(t, kinds(late, w.officer), "it waits for the bureau now")
	require.Equal(t, []string{"enrolment.allow_late "}, kinds(late, w.handler))
	_, err = late.funds.ProposeLate(t.Context(), w.handler, e.ID, "属实")
	require.NoError(t, err)
	require.Empty(t, kinds(late, w.handler), "it waits for the checker now")
}
