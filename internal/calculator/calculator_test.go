package calculator_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/calculator"
	"ippledge/internal/httpapi"
)

type problem struct {
	Code   string `json:"code"`
	Detail string `json:"detail"`
	Errors []struct {
		Field   string `json:"field"`
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"errors"`
}

func run(t *testing.T, kind, in string) (int, string) {
	t.Helper()
	var out bytes.Buffer
	exit := calculator.Run(kind, strings.NewReader(in), &out)
	require.True(t, json.Valid(out.Bytes()), "%q is not JSON", out.String())
	return exit, out.String()
}

func serve(t *testing.T, method, target, body string) (int, string) {
	t.Helper()
	engine := httpapi.Engine(nil)
	calculator.NewService().Routes(httpapi.New(engine, nil))
	request := httptest.NewRequestWithContext(t.Context(), method, "/api/v1"+target, strings.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	engine.ServeHTTP(w, request)
	return w.Code, w.Body.String()
}

func TestAnswers(t *testing.T) {
	t.Parallel()

	t.Run("AScheduleOverTheWeb", func(t *testing.T) {
		t.Parallel()
		status, body := serve(t, http.MethodPost, "/calculators/repayment-schedule",
			`{"principal":"3000000","annual_rate":"3.85","method":"interest_only_bullet","drawn_on":"2026-03-18","due_on":"2027-03-18"}`)
		require.Equal(t, 200, status, body)
		var v calculator.ScheduleView
		require.NoError(t, json.Unmarshal([]byte(body), &v))
		require.Equal(t, "117104.14", v.TotalInterest.String())
		require.Equal(t, "3.903472", v.Effective.String())
		require.Equal(t, "2026-03-23", v.Instalments[0].DueOn.String())
		require.True(t, v.Instalments[12].Provisional, "2027 has no published calendar")
	})

	t.Run("ANumberedScheduleWithoutDates", func(t *testing.T) {
		t.Parallel()
		exit, out := run(t, "schedule", `{"principal":"1000000.00","annual_rate":"4.35","method":"equal_instalment","term_months":12}`)
		require.Zero(t, exit)
		require.Contains(t, out, `{"number":1,"days":0,"payment":"85309.90","principal":"81684.90","interest":"3625.00","balance":"918315.10"}`)
		require.Contains(t, out, `"total_interest":"23718.79"`)
	})

	t.Run("ASplit", func(t *testing.T) {
		t.Parallel()
		exit, out := run(t, "split", `{"amount":"2000000.01","weights":["54","26","16","4"]}`)
		require.Zero(t, exit)
		require.JSONEq(t, `{"parts":["1080000.01","520000.00","320000.00","80000.00"]}`, out)
	})

	t.Run("AWrongNumberIsAnAnswer", func(t *testing.T) {
		t.Parallel()
		exit, out := run(t, "identifier", `{"kind":"patent","value":"ZL202310123456.7"}`)
		require.Zero(t, exit)
		require.Contains(t, out, `"valid":false`)
		status, body := serve(t, http.MethodGet, "/identifiers/check?kind=patent&value=ZL202310123456.7", "")
		require.Equal(t, 200, status)
		require.JSONEq(t, out, body)
	})

	t.Run("WorkingDaysBothWays", func(t *testing.T) {
		t.Parallel()
		exit, out := run(t, "working-days", `{"from":"2026-09-24","days":5}`)
		require.Zero(t, exit)
		require.JSONEq(t, `{"date":"2026-10-09","provisional":false}`, out)
		status, body := serve(t, http.MethodGet, "/calendar/add-working-days?from=2026-12-28&days=5", "")
		require.Equal(t, 200, status)
		require.JSONEq(t, `{"date":"2027-01-05","provisional":true}`, body)
	})
}

func TestRefusals(t *testing.T) {
	t.Parallel()

	const good = `"annual_rate":"3.85","method":"bullet","drawn_on":"2026-03-18","term_months":12`
	for name, c := range map[string]struct{ kind, in, code, field string }{
		"AnUnknownMember":         {"schedule", `{"principal":"1",` + good + `,"currency":"CNY"}`, "field_unknown", "currency"},
		"AMissingMember":          {"schedule", `{` + good + `}`, "field_required", "principal"},
		"ThreeDecimals":           {"schedule", `{"principal":"1.005",` + good + `}`, "amount_too_many_decimals", "principal"},
		"AnAbsurdAmount":          {"schedule", `{"principal":"1e400",` + good + `}`, "amount_too_large", "principal"},
		"APrincipalOfZero":        {"schedule", `{"principal":"0",` + good + `}`, "amount_not_positive", "principal"},
		"ANegativePrincipal":      {"schedule", `{"principal":"-5",` + good + `}`, "amount_not_positive", "principal"},
		"AMalformedRate":          {"schedule", `{"principal":"1","annual_rate":"3,85","method":"bullet","term_months":12}`, "rate_malformed", "annual_rate"},
		"AnImpossibleDate":        {"schedule", `{"principal":"1","annual_rate":"3","method":"bullet","drawn_on":"2026-02-30","term_months":12}`, "date_malformed", "drawn_on"},
		"ATermOfZero":             {"schedule", `{"principal":"1","annual_rate":"3","method":"bullet","term_months":0}`, "term_out_of_range", "term_months"},
		"ATermOfAMillion":         {"schedule", `{"principal":"1","annual_rate":"3","method":"bullet","term_months":1000000}`, "term_out_of_range", "term_months"},
		"APaymentDayOfZero":       {"schedule", `{"principal":"1","annual_rate":"3","method":"bullet","term_months":1,"payment_day":0}`, "payment_day_out_of_range", "payment_day"},
		"NoWeights":               {"split", `{"amount":"1","weights":[]}`, "weights_empty", "weights"},
		"ANegativeWeight":         {"split", `{"amount":"1","weights":["2","-1"]}`, "weight_negative", "weights"},
		"AMalformedWeight":        {"split", `{"amount":"1","weights":["2","1e9"]}`, "weight_malformed", "weights[1]"},
		"WeightsOfZero":           {"split", `{"amount":"1","weights":["0","0"]}`, "weights_all_zero", "weights"},
		"DaysOutOfRange":          {"working-days", `{"from":"2026-01-01","days":10001}`, "days_out_of_range", "days"},
		"AnUnknownKindOfNumber":   {"identifier", `{"kind":"passport","value":"E1"}`, "identifier_kind_unknown", "kind"},
		"AnUnknownCalculation":    {"loan-shark", `{}`, "calculation_unknown", "kind"},
		"AnAbsurdNumber":          {"split", `{"amount":1e400,"weights":["1"]}`, "request_malformed", ""},
		"SomethingThatIsNotJSON":  {"split", `{"amount"`, "request_malformed", ""},
		"ANumberWhereTextBelongs": {"split", `{"amount":100,"weights":["1"]}`, "field_invalid", "amount"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			exit, out := run(t, c.kind, c.in)
			require.Equal(t, 1, exit, out)
			var p problem
			require.NoError(t, json.Unmarshal([]byte(out), &p))
			require.Equal(t, c.code, p.Code, out)
			if c.field != "" {
				require.Equal(t, c.field, p.Errors[0].Field, out)
			}
			require.Regexp(t, `\p{Han}`, p.Detail)
		})
	}

	t.Run("TheWebAnswersWithTheSameCodes", func(t *testing.T) {
		t.Parallel()
		for target, code := range map[string]string{
			"/calendar/add-working-days?from=2026-01-01&days=-10001": "days_out_of_range",
			"/calendar/add-working-days?from=2026-13-01&days=1":      "date_malformed",
			"/calendar/add-working-days?days=1":                      "field_required",
			"/identifiers/check?kind=passport&value=1":               "identifier_kind_unknown",
		} {
			status, body := serve(t, http.MethodGet, target, "")
			require.Equal(t, 422, status, body)
			require.Contains(t, body, `"code":"`+code+`"`, target)
		}
	})
}

func FuzzRun(f *testing.F) {
	f.Add("schedule", `{"principal":"1","annual_rate":"3","method":"equal_instalment","term_months":1}`)
	f.Add("split", `{"amount":"-1","weights":["0.000001"]}`)
	f.Add("working-days", `{"from":"2026-09-24","days":-3}`)
	f.Add("identifier", `{"kind":"uscc","value":""}`)
	f.Fuzz(func(t *testing.T, kind, in string) {
		exit, out := run(t, kind, in)
		require.NotContains(t, out, `"code":"internal"`)
		require.Contains(t, []int{0, 1}, exit)
	})
}
