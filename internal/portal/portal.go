// Package portal is what anybody may see: the programme's figures, the product shelf.
// Its hard rule: no contact person, no account, no bid, no single borrower's terms.
package portal

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/indicator"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
)

// Figures is the public part of the dashboard: the same figures from the same queries.
type Figures struct {
	Year      int                `json:"year"`
	AsOf      calendar.Date      `json:"as_of"`
	Disbursed money.Amount       `json:"disbursed"`
	Loans     int64              `json:"loans"`
	Borrowers int64              `json:"borrowers"`
	Rights    int64              `json:"rights"`
	ByMonth   []indicator.Slice  `json:"by_month" nullable:"false"`
	ByArea    []indicator.Slice  `json:"by_area" nullable:"false"`
	ByYear    []indicator.Slice  `json:"by_year" nullable:"false"`
	Targets   []indicator.Target `json:"targets" nullable:"false"`
	Fund      indicator.Fund     `json:"fund"`
}

// Product is a product on the public shelf.
type Product struct {
	ID              uuid.UUID          `json:"id"`
	Number          string             `json:"number"`
	BankName        string             `json:"bank_name"`
	Name            string             `json:"name"`
	Summary         string             `json:"summary"`
	AmountMin       money.Amount       `json:"amount_min"`
	AmountMax       money.Amount       `json:"amount_max"`
	TermMinMonths   int                `json:"term_min_months"`
	TermMaxMonths   int                `json:"term_max_months"`
	RateMin         money.Rate         `json:"rate_min"`
	RateMax         money.Rate         `json:"rate_max"`
	LTVMax          money.Rate         `json:"ltv_max"`
	Methods         []repayment.Method `json:"methods" nullable:"false"`
	CollateralKinds []string           `json:"collateral_kinds" nullable:"false"`
}

// Service answers the public.
type Service struct {
	db         *postgres.DB
	indicators *indicator.Service
}

// NewService makes the service.
func NewService(db *postgres.DB, indicators *indicator.Service) *Service {
	return &Service{db, indicators}
}

// Figures are the year's public figures. What the slices link to is for the console, so
// the links are taken off.
func (s *Service) Figures(ctx context.Context, year int) (Figures, error) {
	d, err := s.indicators.Dashboard(ctx, indicator.Scope{Year: year})
	if err != nil {
		return Figures{}, err
	}
	return Figures{
		Year: d.Year, AsOf: d.AsOf, Disbursed: d.Disbursed, Loans: d.Loans, Borrowers: d.Borrowers, Rights: d.Rights,
		ByMonth: unlinked(d.ByMonth), ByArea: unlinked(d.ByArea), ByYear: unlinked(d.ByYear), Targets: d.Targets, Fund: d.Fund,
	}, nil
}

func unlinked(slices []indicator.Slice) []indicator.Slice {
	out := make([]indicator.Slice, len(slices))
	for i, slice := range slices {
		slice.Link = ""
		out[i] = slice
	}
	return out
}

// Products is a page of the shelf.
func (s *Service) Products(ctx context.Context, r page.Request) (out page.List[Product], err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := shelf(tx, r)
		out = page.ListOf(rows, productRow.view)
		return err
	})
	return out, err
}
