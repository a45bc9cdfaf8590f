package loan_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/loan"
	"ippledge/internal/platform/postgres"
)

func (w *world) call(t *testing.T, as authz.Actor, method, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	return w.send(t, as, method, path, "application/json", strings.NewReader(body))
}

func (w *world) send(t *testing.T, as authz.Actor, method, path, mediaType string, body interface{ Read([]byte) (int, error) }) *httptest.ResponseRecorder {
	t.Helper()
	engine := httpapi.Engine(nil)
	w.loans.Routes(httpapi.New(engine, w.db))
	request := httptest.NewRequestWithContext(authz.With(t.Context(), as), method, "/api/v1"+path, body)
	request.Header.Set("Content-Type", mediaType)
	answer := httptest.NewRecorder()
	engine.ServeHTTP(answer, request)
	return answer
}

func TestAPI(t *testing.T) {
	t.Parallel()
	w := setup(t)
	created := w.call(t, w.approver, http.MethodPost, "/loans", `{"bid_id":"`+w.bid.String()+`","contract_no":"JK-1","credit_line":"4000000","principal":"3000000","payment_day":21,"first_loan":true}`)
	require.Equal(t, http.StatusCreated, created.Code, created.Body.String())
	var l struct {
		ID          string                `json:"id"`
		Number      string                `json:"number"`
		Actions     []string              `json:"available_actions"`
		Conditions  []loan.Condition      `json:"conditions"`
		Instalments []loan.InstalmentView `json:"instalments"`
		Owed        *loan.Payoff          `json:"owed"`
	}
	require.NoError(t, json.Unmarshal(created.Body.Bytes(), &l))
	require.Len(t, l.Conditions, 5)
	require.Equal(t, []string{"cancel"}, l.Actions)
	path := "/loans/" + l.ID
	for _, party := range []authz.Actor{w.signatory, w.reviewer} {
		require.Contains(t, w.call(t, party, http.MethodGet, path, "").Body.String(), `"available_actions":["sign"]`)
		require.Equal(t, 200, w.call(t, party, http.MethodPost, path+"/sign", `{}`).Code)
	}
	conditions, err := json.Marshal(map[string]any{"conditions": met()})
	require.NoError(t, err)
	proposed := w.call(t, w.officer, http.MethodPost, path+"/ready", string(conditions))
	require.Equal(t, 200, proposed.Code, proposed.Body.String())
	require.Contains(t, proposed.Body.String(), `"pending_approval":{`)
	require.Contains(t, proposed.Body.String(), `"available_actions":[]`)
	var id = loanID(t, w)
	require.NoError(t, w.sign(t, w.reviewer, id))
	require.Equal(t, 200, w.call(t, w.officer, http.MethodPost, path+"/disburse", `{}`).Code)
	require.NoError(t, w.sign(t, w.reviewer, id))

	w.at("2026-04-02")
	require.NoError(t, w.loans.RunDaily(t.Context(), calendar.MustDate("2026-04-02")))
	detail := w.call(t, w.officer, http.MethodGet, path, "")
	require.NoError(t, json.Unmarshal(detail.Body.Bytes(), &l))
	require.Equal(t, []string{"repay", "add_cost", "reclassify", "extend", "accelerate"}, l.Actions)
	require.Equal(t, "overdue", l.Instalments[0].State)
	require.Equal(t, 10, l.Instalments[0].DaysLate)
	require.Equal(t, "963.53", l.Owed.Due.String())
	require.Contains(t, detail.Body.String(), `"registered_amount":"3500000.00","credit_line":"4000000.00","principal":"3000000.00","disbursed_amount":"3000000.00"`)
	require.Contains(t, detail.Body.String(), "以登记簿为准")
	require.Equal(t, 404, w.call(t, w.rivalOfficer, http.MethodGet, path, "").Code)

	preview := w.call(t, w.officer, http.MethodPost, path+"/repayments/preview", `{"amount":"963.53"}`)
	require.Equal(t, 200, preview.Code, preview.Body.String())
	require.Contains(t, preview.Body.String(), `"compound":"1.03"`)
	tooMuch := w.call(t, w.officer, http.MethodPost, path+"/repayments", `{"amount":"99999999.00"}`)
	require.Equal(t, 422, tooMuch.Code)
	require.Contains(t, tooMuch.Body.String(), "repayment_above_payoff")
	require.Equal(t, 422, w.call(t, w.officer, http.MethodGet, path+"/payoff?on=2026-01-01", "").Code)

	require.Contains(t, w.call(t, w.officer, http.MethodGet, "/loans?dpd_from=1&dpd_to=30&sort=-days_past_due&q=星垣", "").Body.String(), `"total":1`)
	require.Contains(t, w.call(t, w.officer, http.MethodGet, "/loans?dpd_from=31", "").Body.String(), `"total":0`)
	board := w.call(t, w.officer, http.MethodGet, "/loans/arrears", "")
	require.Contains(t, board.Body.String(), `{"bucket":"1-30","loans":1,"borrowers":1,"amount":"3000000.00"}`)
	require.Contains(t, board.Body.String(), `"overdue_rate":"100.00"`)
	for _, file := range []string{"/loans/export.xlsx", path + "/schedule.xlsx", "/loans/monthly.xlsx?month=2026-03", "/loans/repayments/import-template.xlsx"} {
		answer := w.call(t, w.officer, http.MethodGet, file, "")
		require.Equal(t, 200, answer.Code, file+answer.Body.String())
		require.Equal(t, "PK", answer.Body.String()[:2], file)
	}
	require.Equal(t, 422, w.call(t, w.officer, http.MethodGet, "/loans/monthly.xlsx?month=2026-13", "").Code)
	require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) error {
		items, err := w.loans.Todo(tx, w.officer)
		require.Len(t, items, 1)
		require.Equal(t, "loan.overdue", items[0].Kind)
		return err
	}))

	upload, mediaType := form(t, sheet(t, [4]string{l.Number, "2026-04-02", "963.53", ""}))
	imported := w.send(t, w.officer, http.MethodPost, "/loans/repayments/import?dry_run=true", mediaType, upload)
	require.Equal(t, 200, imported.Code, imported.Body.String())
	require.Contains(t, imported.Body.String(), `"errors":[]`)
}

func loanID(t *testing.T, w *world) (id [16]byte) {
	t.Helper()
	return w.readByNumber(t).ID
}

func (w *world) readByNumber(t *testing.T) (l loan.Loan) {
	t.Helper()
	require.NoError(t, w.db.SQL().QueryRowContext(t.Context(), `select id from loan`).Scan(&l.ID))
	return l
}

func form(t *testing.T, file *bytes.Reader) (*bytes.Buffer, string) {
	t.Helper()
	var body bytes.Buffer
	writer := multipart.NewWriter(&body)
	part, err := writer.CreateFormFile("file", "还款.xlsx")
	require.NoError(t, err)
	_, err = file.WriteTo(part)
	require.NoError(t, err)
	require.NoError(t, writer.Close())
	return &body, writer.FormDataContentType()
}
