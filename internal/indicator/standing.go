package indicator

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
)

// Cockpit computes the fund's figures of now and the flows of a year (0 is this year), for
// one fund or for all. It fails with fund_not_found, year_out_of_range.
func (s *Service) Cockpit(ctx context.Context, actor authz.Actor, fundID uuid.UUID, year int) (c Cockpit, err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		c = Cockpit{Year: year, AsOf: calendar.DateOf(tx.Now())}
		if year == 0 {
			c.Year = c.AsOf.Year()
		}
		if err := (Scope{Year: c.Year}).check(); err != nil {
			return err
		}
		n := Narrowing{FundID: fundID}
		for _, step := range []func(postgres.Tx, Narrowing, *Cockpit) error{funds, standings, groups, ageingOf, yearsOf, goals} {
			if err := step(tx, n, &c); err != nil {
				return err
			}
		}
		return stepsOf(tx, n, actor, &c)
	})
	return c, err
}

// funds lists the funds at work and finds the one asked for.
func funds(tx postgres.Tx, n Narrowing, c *Cockpit) (err error) {
	if c.Funds, err = fundLines(tx); err != nil || n.FundID == uuid.Nil {
		return err
	}
	at := slices.IndexFunc(c.Funds, func(f FundLine) bool { return f.ID == n.FundID })
	if at < 0 {
		return fault.New(fault.NotFound, "fund_not_found", "没有这只基金，或它尚未启用")
	}
	c.FundID, c.FundName = &c.Funds[at].ID, c.Funds[at].Name
	return nil
}

// standings are the sums of the moment, as the fund's own checks compute them.
func standings(tx postgres.Tx, n Narrowing, c *Cockpit) error {
	value := func(f Figure, amount *money.Amount, count *int64) Value {
		at := n
		at.Figure = f
		return Value{amount, count, at.Link()}
	}
	totals, err := fund.TotalsOf(tx, n.FundID)
	if err != nil && !fault.Has(err, "policy_missing") {
		return err
	}
	var cash, cover func(a money.Amount) *money.Amount
	missing := func(money.Amount) *money.Amount { return nil }
	there := func(a money.Amount) *money.Amount { return &a }
	cash, cover = missing, missing
	booked, covered, err := begun(tx, n.FundID)
	if err != nil {
		return err
	}
	var count *int64
	if booked {
		cash = there
	}
	if covered {
		n := int64(totals.Count)
		cover, count = there, &n
	}
	returned := n
	returned.Figure = ClawedBack
	back, _, err := sumOf(tx, returned)
	if err != nil {
		return err
	}
	c.Figures = FundValues{
		Balance: value(Balance, cash(totals.Balance), nil), Committed: value(Committed, cash(totals.Committed), nil),
		Available: value(Available, cash(totals.Available), nil), PaidIn: value(PaidIn, cash(totals.PaidIn), nil),
		Paid: value(Paid, cash(totals.Paid), nil), Recovered: value(Recovered, cash(totals.Recovered), nil), ClawedBack: value(ClawedBack, cash(back), nil),
		NetLoss:  value(NetLoss, cash(totals.Paid.Sub(totals.Recovered).Sub(back)), nil),
		Enrolled: value(Enrolled, cover(totals.Enrolled), count), Exposure: value(Exposure, cover(totals.Exposure), nil), NPL: value(NPL, cover(totals.NPL), nil),
	}
	c.LeverageLimit, c.NPLRatio = totals.LeverageLimit, totals.NPLRatio
	if booked {
		c.Leverage, c.Room = totals.LeverageText, &totals.Room
	}
	return nil
}

// bucketWords name the columns of form S71 as the form does (domain §3.6).
var bucketWords = map[string]string{
	"1-30": "30 天以内", "31-60": "31–60 天", "61-90": "61–90 天", "91-180": "91–180 天", "181-270": "181–270 天", "271-360": "271–360 天", "361+": "361 天以上",
}

// ageingOf sums the loans under cover by the columns of S71. Where there are loans under
// cover, a column without one really holds 0.00; where there are none, nothing is known.
func ageingOf(tx postgres.Tx, n Narrowing, c *Cockpit) (err error) {
	n.Figure = Ageing
	c.Ageing, err = bucketsOf(tx, n, c.Figures.Enrolled.Amount != nil)
	return err
}

func bucketsOf(tx postgres.Tx, n Narrowing, known bool) ([]Bucket, error) {
	rows, err := grouped(tx, n, "x.part", "x.part")
	if err != nil {
		return nil, err
	}
	out := []Bucket{}
	for _, key := range repayment.Buckets {
		at := n
		at.Part = key
		b := Bucket{Key: key, Label: bucketWords[key], Value: Value{Link: at.Link()}}
		if known {
			var zero int64
			b.Amount, b.Count = &money.Amount{}, &zero
		}
		for _, r := range rows {
			if r.Key == key {
				b.Value, b.Borrowers = valueOf(r, at), r.Borrowers
			}
		}
		out = append(out, b)
	}
	return out, nil
}

func valueOf(r groupRow, n Narrowing) Value {
	amount, count := r.Amount, r.Count
	return Value{&amount, &count, n.Link()}
}

// yearsOf lists the years in which anything was paid or came back.
func yearsOf(tx postgres.Tx, n Narrowing, c *Cockpit) error {
	lines := map[string]*YearLine{}
	set := map[Figure]func(*YearLine) *Value{
		Paid: func(y *YearLine) *Value { return &y.Paid }, Recovered: func(y *YearLine) *Value { return &y.Recovered },
		ClawedBack: func(y *YearLine) *Value { return &y.ClawedBack }, NetLoss: func(y *YearLine) *Value { return &y.NetLoss },
	}
	for figure := range set {
		n.Figure = figure
		rows, err := grouped(tx, n, "extract(year from x.on_date)", "extract(year from x.on_date)")
		if err != nil {
			return err
		}
		for _, r := range rows {
			if lines[r.Key] == nil {
				y := &YearLine{}
				if _, err := fmt.Sscan(r.Key, &y.Year); err != nil {
					return err
				}
				lines[r.Key] = y
			}
			at := n
			at.Year = lines[r.Key].Year
			*set[figure](lines[r.Key]) = valueOf(r, at)
		}
	}
	c.Years = []YearLine{}
	for _, y := range lines {
		for figure, of := range set {
			if of(y).Link == "" {
				of(y).Link = Narrowing{Figure: figure, FundID: n.FundID, Year: y.Year}.Link()
			}
		}
		c.Years = append(c.Years, *y)
	}
	slices.SortFunc(c.Years, func(a, b YearLine) int { return a.Year - b.Year })
	return nil
}
