package claim_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/claim"
	"ippledge/internal/httpapi"
)

type signedIn struct{ actor authz.Actor }

func (s signedIn) Authenticate(*http.Request) (authz.Actor, error, error) { return s.actor, nil, nil }

// call is one request as somebody; the answer's status and body.
func (w world) call(t testing.TB, as authz.Actor, method, path, body string) (int, string) {
	t.Helper()
	engine := httpapi.Engine(signedIn{as}, "http://shaoyang.example")
	w.claims.Routes(httpapi.New(engine, w.db))
	request := httptest.NewRequest(method, "http://shaoyang.example/api/v1"+path, strings.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	engine.ServeHTTP(answer, request)
	return answer.Code, answer.Body.String()
}

func (w world) detail(t testing.TB, as authz.Actor, id uuid.UUID) (d claim.Detail) {
	t.Helper()
	code, body := w.call(t, as, http.MethodGet, "/claims/"+id.String(), "")
	require.Equal(t, http.StatusOK, code, body)
	require.NoError(t, json.Unmarshal([]byte(body), &d))
	return d
}

func actionsOf(d claim.Detail) (out []string) {
	for _, a := range d.Actions {
		out = append(out, string(a))
	}
	return out
}

func TestAPI(t *testing.T) {
	t.Parallel()

	t.Run("TellsEachExactlyWhatTheyMayDoAndHidesWhatIsNotTheirs", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).big(t)
		require.Equal(t, []string{"draw"}, actionsOf(w.detail(t, w.fundHandler, c.ID)))
		require.Empty(t, actionsOf(w.detail(t, w.handler, c.ID)), "the experts come first")
		require.Empty(t, actionsOf(w.detail(t, w.officer, c.ID)))
		_, err := w.claims.Draw(t.Context(), w.fundHandler, c.ID)
		require.NoError(t, err)
		panel := w.panel(t, c)
		_, err = w.claims.Score(t.Context(), panel[0], c.ID, scoring("pass", ""))
		require.NoError(t, err)

		second := w.detail(t, panel[1], c.ID)
		require.Equal(t, []string{"recuse", "score"}, actionsOf(second))
		require.Len(t, second.Experts, 1, "an expert doesn't see who else sits, before all have spoken")
		require.Empty(t, w.detail(t, w.officer, c.ID).Experts, "the bank doesn't learn the experts")
		manager := w.detail(t, w.fundHandler, c.ID)
		require.Len(t, manager.Experts, 3)
		require.True(t, manager.Experts[0].Scored)
		require.Empty(t, manager.Experts[0].Opinion, "nor does anybody read a score before the last is given")
		for _, line := range w.detail(t, w.officer, c.ID).Timeline {
			require.NotContains(t, []string{"claim.draw", "claim.score"}, line.Action)
		}
	})

	t.Run("WaitsWhileAProposalDoes", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		require.Equal(t, []string{"accept", "correct", "refuse"}, actionsOf(w.detail(t, w.fundHandler, c.ID)))
		_, err := w.claims.Refuse(t.Context(), w.fundHandler, c.ID, "不属于备案范围")
		require.NoError(t, err)
		d := w.detail(t, w.fundHandler, c.ID)
		require.Empty(t, actionsOf(d))
		require.NotNil(t, d.PendingApproval)
		require.True(t, w.detail(t, w.fundChecker, c.ID).PendingApproval.CanSign)
		require.Nil(t, w.detail(t, w.officer, c.ID).PendingApproval, "what the manager considers is not the bank's to see")
	})

	t.Run("MasksWhoObjectedUntilAReasonIsGiven", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		w.publicised(t, w.reviewed(t, c))
		notice := w.notices(t, true)[0].ID.String()
		code, body := w.call(t, authz.Actor{}, http.MethodPost, "/portal/publicity/"+notice+"/objections",
			`{"name":"欧阳某某","contact":"13800001234","content":"该企业仍在生产经营，请核查。","consent":true}`)
		require.Equal(t, http.StatusCreated, code, body)
		require.NotContains(t, body, "13800001234")
		d := w.detail(t, w.handler, c.ID)
		require.Equal(t, "138****1234", d.Objections[0].Contact)
		path := "/claims/" + c.ID.String() + "/objections/" + d.Objections[0].ID.String() + "/reveal"
		code, _ = w.call(t, w.handler, http.MethodPost, path, `{}`)
		require.Equal(t, http.StatusUnprocessableEntity, code)
		code, body = w.call(t, w.handler, http.MethodPost, path, `{"reason":"联系异议人核实"}`)
		require.Equal(t, http.StatusOK, code)
		require.Contains(t, body, "13800001234")
		code, _ = w.call(t, w.fundHandler, http.MethodPost, path, `{"reason":"好奇"}`)
		require.Equal(t, http.StatusForbidden, code)
	})

	t.Run("ExportsTheFormsAndThePaymentFile", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).paid(t)
		for path, as := range map[string]authz.Actor{
			"/claims/export.xlsx?status=paid": w.handler, "/claims/payment-file.xlsx": w.treasurer, "/recoveries/export.xlsx": w.officer,
			"/settlements/funds.xlsx?year=2026": w.treasurer, "/settlements/banks.xlsx?year=2026": w.officer, "/claims/options": w.officer,
			"/claims?overdue=true&sort=step_due_on&q=BC": w.handler, "/portal/disclosure?year=2026": {},
		} {
			code, body := w.call(t, as, http.MethodGet, path, "")
			require.Equal(t, http.StatusOK, code, "%s %.300s", path, body)
		}
		stranger := actor(w.org(t, "bank", "宝庆商业银行"), authz.Bank, "陌生人", authz.LoanOfficer)
		code, _ := w.call(t, stranger, http.MethodGet, "/claims/"+c.ID.String(), "")
		require.Equal(t, http.StatusNotFound, code)
		code, _ = w.call(t, stranger, http.MethodGet, "/recoveries/"+w.recovery(t, c.ID).ID.String(), "")
		require.Equal(t, http.StatusNotFound, code)
		code, _ = w.call(t, stranger, http.MethodGet, "/settlements?year=1999", "")
		require.Equal(t, http.StatusUnprocessableEntity, code)
	})
}
