package indicator

import (
	"context"
	"fmt"
	"time"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// planCloses is the last year of the plan (2021–2025).
const planCloses = 2025

// FundFigures says where the fund stands; package fund supplies it.
type FundFigures interface {
	Figures(tx postgres.Tx) (Fund, error)
}

// Service computes figures.
type Service struct {
	db   *postgres.DB
	fund FundFigures
}

// NewService makes the service.
func NewService(db *postgres.DB, fund FundFigures) *Service { return &Service{db, fund} }

func monthOf(m int) time.Month { return time.Month(m) }

func (s Scope) check() error {
	if s.Year < 2000 || s.Year > 2100 {
		return fault.InField("year", "year_out_of_range", "年份应在 2000 到 2100 之间")
	}
	if s.Month < 0 || s.Month > 12 {
		return fault.InField("month", "month_out_of_range", "月份应在 1 到 12 之间")
	}
	return nil
}

// Dashboard computes everything for the scope's year as of now.
func (s *Service) Dashboard(ctx context.Context, scope Scope) (d Dashboard, err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		d, err = s.compute(tx, scope)
		return err
	})
	return d, err
}

func (s *Service) compute(tx postgres.Tx, scope Scope) (d Dashboard, err error) {
	today := calendar.DateOf(tx.Now())
	if scope.Year == 0 {
		scope.Year = today.Year()
	}
	if err := scope.check(); err != nil {
		return d, err
	}
	d.Year, d.AsOf = scope.Year, today
	for _, step := range []func(postgres.Tx, Scope, *Dashboard) error{totals, registrations, stock, s.slices, s.fundFigures, s.targets} {
		if err := step(tx, scope, &d); err != nil {
			return d, err
		}
	}
	return d, nil
}

func (s *Service) slices(tx postgres.Tx, scope Scope, d *Dashboard) error {
	months, err := byMonth(tx, scope)
	if err != nil {
		return err
	}
	d.ByMonth = fillMonths(months, scope, d.AsOf)
	if d.ByArea, err = byArea(tx, scope); err != nil {
		return err
	}
	if d.ByBank, err = byBank(tx, scope); err != nil {
		return err
	}
	if d.ByYear, err = byYear(tx, scope); err != nil {
		return err
	}
	if d.ByKind, err = byKind(tx, scope); err != nil {
		return err
	}
	if d.Ageing, err = ageing(tx, scope); err != nil {
		return err
	}
	d.Pipeline, err = pipeline(tx, scope)
	return err
}

// fillMonths gives every month its slice. A month that is over without a loan really
// had 0.00; one that hasn't come has no figure.
func fillMonths(found map[int]Slice, scope Scope, today calendar.Date) []Slice {
	slices := make([]Slice, 12)
	for m := 1; m <= 12; m++ {
		slice, ok := found[m]
		slice.Key, slice.Label = fmt.Sprintf("%04d-%02d", scope.Year, m), fmt.Sprintf("%d 月", m)
		slice.Link = fmt.Sprintf("/console/indicators/disbursements?year=%d&month=%d", scope.Year, m)
		if !ok && !calendar.NewDate(scope.Year, monthOf(m), 1).After(today) {
			zero := money.Zero
			slice.Amount = &zero
		}
		slices[m-1] = slice
	}
	return slices
}

func (s *Service) fundFigures(tx postgres.Tx, _ Scope, d *Dashboard) (err error) {
	if s.fund == nil {
		return nil
	}
	d.Fund, err = s.fund.Figures(tx)
	return err
}

// targets puts what was reached beside what the plan promises. Only the figures that
// this platform keeps can be measured; the others show their quotation and no figure.
func (s *Service) targets(tx postgres.Tx, _ Scope, d *Dashboard) error {
	all, err := planTargets(tx)
	if err != nil {
		return err
	}
	d.Targets = make([]Target, len(all))
	for i, t := range all {
		t.Closed = d.AsOf.Year() > planCloses
		t.Reached = t.reached(d)
		if goal, ok := t.goal(); ok && t.Reached != nil {
			if ratio, ok := money.RatioOf(*t.Reached, goal); ok {
				t.Ratio = &ratio
			}
		}
		d.Targets[i] = t.Target
	}
	return nil
}

// Disbursements are the rows behind the figure of a scope; their amounts add up to it.
func (s *Service) Disbursements(ctx context.Context, scope Scope, r page.Request) (out page.List[Disbursement], total money.Amount, err error) {
	if err := scope.check(); err != nil {
		return out, total, err
	}
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := disbursements(tx, scope, r)
		if err != nil {
			return err
		}
		out = page.ListOf(rows, disbursementRow.view)
		total, err = disbursedIn(tx, scope)
		return err
	})
	return out, total, err
}
