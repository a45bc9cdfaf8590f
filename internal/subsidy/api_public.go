package subsidy

import (
	"context"
	"net/http"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/httpapi"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// PublicCall is a call as anybody may read it.
type PublicCall struct {
	Number       string        `json:"number"`
	Title        string        `json:"title"`
	Year         int           `json:"year"`
	Budget       money.Amount  `json:"budget"`
	OpensOn      calendar.Date `json:"opens_on"`
	ClosesOn     calendar.Date `json:"closes_on"`
	DaysLeft     int           `json:"days_left" doc:"距截止的工作日数"`
	Guide        string        `json:"guide"`
	PolicyNumber string        `json:"policy_number"`
	Terms        []Term        `json:"terms" nullable:"false"`
}

// PublicGrant is a grant in its days of publicity.
type PublicGrant struct {
	Number         string        `json:"number"`
	CallTitle      string        `json:"call_title"`
	EnterpriseName string        `json:"enterprise_name"`
	AreaName       string        `json:"area_name"`
	KindText       string        `json:"kind_text"`
	BankName       string        `json:"bank_name"`
	Amount         money.Amount  `json:"amount"`
	From           calendar.Date `json:"from"`
	Until          calendar.Date `json:"until"`
}

type publicCalls struct {
	Calls  []PublicCall  `json:"calls" nullable:"false"`
	Grants []PublicGrant `json:"grants" nullable:"false" doc:"公示中的补助"`
}

func (s *Service) routesPublic(api *httpapi.API) {
	httpapi.Register(api, httpapi.Public(), op("portal", "list-public-subsidies", http.MethodGet, "/portal/subsidies", "公开的补助征集与公示"),
		func(ctx context.Context, _ *struct{}) (*httpapi.Body[publicCalls], error) {
			out := publicCalls{[]PublicCall{}, []PublicGrant{}}
			err := s.db.Read(ctx, func(tx postgres.Tx) error { return out.load(tx) })
			return httpapi.Of(out), err
		})
}

func (out *publicCalls) load(tx postgres.Tx) error {
	calls, err := openCalls(tx)
	if err != nil {
		return err
	}
	today := calendar.DateOf(tx.Now())
	for _, c := range calls {
		v, err := c.rules(tx)
		if err != nil && !fault.Has(err, "policy_missing") {
			return err
		}
		out.Calls = append(out.Calls, PublicCall{
			Number: c.Number, Title: c.Title, Year: c.Year, Budget: c.Budget, OpensOn: c.OpensOn, ClosesOn: c.ClosesOn,
			DaysLeft: calendar.WorkingDaysBetween(today, c.ClosesOn), Guide: c.Guide, PolicyNumber: v.Number, Terms: termsOf(c.Kinds, v.Parameters),
		})
	}
	grants, err := published(tx)
	for _, g := range grants {
		out.Grants = append(out.Grants, PublicGrant{
			Number: g.Number, CallTitle: g.CallTitle, EnterpriseName: g.OrgName, AreaName: g.AreaName, KindText: g.Kind.Text(), BankName: g.BankName,
			Amount: *g.Approved, From: *g.PublicityFrom, Until: *g.PublicityUntil,
		})
	}
	return err
}
