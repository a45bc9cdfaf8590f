package indicator

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// planCloses is the last year of the plan (2021–2025).
const planCloses = 2025

// Service computes figures.
type Service struct{ db *postgres.DB }

// NewService makes the service.
func NewService(db *postgres.DB) *Service { return &Service{db} }

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
	for _, step := range []func(postgres.Tx, Scope, *Dashboard) error{totals, registrations, stock, s.slices, standingFund, targets, keyFigures} {
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
		scope.Month = m
		slice.Link = scope.link()
		if !ok && !calendar.NewDate(scope.Year, monthOf(m), 1).After(today) {
			zero := money.Zero
			slice.Amount = &zero
		}
		slices[m-1] = slice
	}
	return slices
}

// standingFund is where the funds stand together. Nothing is told before a policy is in
// force, or before the funds have booked or covered anything.
func standingFund(tx postgres.Tx, _ Scope, d *Dashboard) error {
	f, err := fund.Totals(tx)
	if fault.Has(err, "policy_missing") {
		return nil
	}
	if err != nil {
		return err
	}
	booked, covered, err := begun(tx, uuid.Nil)
	if err != nil {
		return err
	}
	d.Fund = Fund{LeverageLimit: strconv.Itoa(f.LeverageLimit), NPLRatio: f.NPLRatio}
	if booked {
		d.Fund.Balance, d.Fund.Committed, d.Fund.Available, d.Fund.Capital = &f.Balance, &f.Committed, &f.Available, &f.PaidIn
		d.Fund.Paid, d.Fund.Recovered, d.Fund.Leverage = &f.Paid, &f.Recovered, f.LeverageText
	}
	if covered {
		d.Fund.Enrolled, d.Fund.Exposure = &f.Enrolled, &f.Exposure
	}
	return nil
}

// keyFigures are the sums of the head of the dashboard, each with the way to its rows.
// The year's three amounts are missing while nothing was ever lent.
func keyFigures(tx postgres.Tx, s Scope, d *Dashboard) error {
	lent, err := lentBefore(tx, s)
	if err != nil {
		return err
	}
	known := func(a money.Amount) *money.Amount {
		if !lent {
			return nil
		}
		return &a
	}
	at := func(f Figure, year int) string {
		return Narrowing{Figure: f, BankID: s.BankID, AreaCode: cmp.Or(s.ParkCode, s.AreaCode), Year: year}.Link()
	}
	d.Key = Key{
		Disbursed: Value{known(d.Disbursed), &d.Loans, s.link()}, CreditLine: Value{known(d.CreditLine), nil, s.link()},
		Registered:  Value{known(d.Registered), nil, at(Registered, s.Year)},
		Outstanding: Value{known(d.Outstanding), nil, at(Outstanding, 0)}, Overdue: Value{known(d.Overdue), nil, at(Overdue, 0)},
	}
	return nil
}

// targets puts what was reached beside what the plan promises. Only the figures that
// this platform keeps can be measured; the others show their quotation and no figure.
func targets(tx postgres.Tx, _ Scope, d *Dashboard) error {
	all, err := planTargets(tx)
	if err != nil {
		return err
	}
	lent, err := lentBefore(tx, Scope{Year: d.Year})
	if err != nil {
		return err
	}
	document, err := planDocument()
	if err != nil {
		return err
	}
	d.Targets = make([]Target, len(all))
	for i, t := range all {
		t.Document = document
		t.Closed = d.AsOf.Year() > planCloses
		t.Reached = t.reached(d)
		if !lent && d.Disbursed.IsZero() && t.financing() {
			t.Reached = nil
		}
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
func (s *Service) Disbursements(ctx context.Context, scope Scope, r page.Request) (out page.List[Disbursement], sums Sums, err error) {
	if err := scope.check(); err != nil {
		return out, sums, err
	}
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := disbursements(tx, scope, r)
		if err != nil {
			return err
		}
		out = page.ListOf(rows, disbursementRow.view)
		sums, err = disbursedIn(tx, scope)
		return err
	})
	return out, sums, err
}
