package indicator

import (
	"github.com/google/uuid"

	"ippledge/internal/fund"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// municipal is the key of what the city itself paid into the fund: it is of no county.
const municipal = "municipal"

// cut is one figure of a group: which column it goes to and whether it is the year's.
type cut struct {
	figure Figure
	yearly bool
	of     func(*Group) *Value
}

var cuts = []cut{
	{Enrolled, false, func(g *Group) *Value { return &g.Enrolled }},
	{Exposure, false, func(g *Group) *Value { return &g.Exposure }},
	{NPL, false, func(g *Group) *Value { return &g.NPL }},
	{Committed, false, func(g *Group) *Value { return &g.Committed }},
	{Paid, true, func(g *Group) *Value { return &g.Paid }},
	{Recovered, true, func(g *Group) *Value { return &g.Recovered }},
}

// groups cuts the figures by bank and by county. A figure without a row stays missing: a
// county without a covered loan has no NPL ratio of 0.
func groups(tx postgres.Tx, n Narrowing, c *Cockpit) (err error) {
	if c.Banks, err = byColumn(tx, n, c.Year, "x.bank_id", "x.bank_name", nil); err != nil {
		return err
	}
	breakers, err := bankBreakers(tx, n.FundID)
	if err != nil {
		return err
	}
	for i, g := range c.Banks {
		c.Banks[i].Breaker = fund.Normal
		if b, ok := breakers[g.Key]; ok {
			c.Banks[i].Breaker = b
		}
	}
	counties, err := countyNames(tx)
	if err != nil {
		return err
	}
	c.Areas, err = byColumn(tx, n, c.Year, "x.area_code", "x.area_name", counties)
	return err
}

// byColumn makes the groups of a column. known are groups that are listed in any case, in
// that order; others follow as they turn up.
func byColumn(tx postgres.Tx, n Narrowing, year int, key, label string, known []groupRow) ([]Group, error) {
	out := []Group{}
	at := map[string]int{}
	find := func(r groupRow) *Group {
		if _, ok := at[r.Key]; !ok {
			at[r.Key] = len(out)
			out = append(out, Group{Key: r.Key, Name: r.Label})
		}
		return &out[at[r.Key]]
	}
	for _, r := range known {
		find(r)
	}
	for _, x := range cuts {
		if err := x.fill(tx, n, year, key, label, find); err != nil {
			return nil, err
		}
	}
	slices := byBank
	if key == "x.area_code" {
		slices = byArea
		paidIn := cut{PaidIn, false, func(g *Group) *Value { return &g.PaidIn }}
		if err := paidIn.fill(tx, n, year, "coalesce(x.area_code, '"+municipal+"')", "coalesce(nullif(x.area_name, ''), '市本级')", find); err != nil {
			return nil, err
		}
	}
	lent, err := slices(tx, Scope{Year: year})
	if err != nil {
		return nil, err
	}
	for _, s := range lent {
		if s.Loans > 0 {
			count := s.Loans
			find(groupRow{Key: s.Key, Label: s.Label}).Disbursed = Value{s.Amount, &count, s.Link}
		}
	}
	for i := range out {
		out[i].ratio(n)
	}
	return out, nil
}

func (x cut) fill(tx postgres.Tx, n Narrowing, year int, key, label string, find func(groupRow) *Group) error {
	n.Figure = x.figure
	if x.yearly {
		n.Year = year
	}
	rows, err := grouped(tx, n, key, label)
	if err != nil {
		return err
	}
	for _, r := range rows {
		narrowed := n
		if key == "x.bank_id" {
			if narrowed.BankID, err = uuid.Parse(r.Key); err != nil {
				return err
			}
		} else {
			narrowed.AreaCode = r.Key
		}
		*x.of(find(r)) = valueOf(r, narrowed)
	}
	return nil
}

// ratio divides the bad loans by those under cover. Where something is under cover, no bad
// loan is a real 0.00.
func (g *Group) ratio(n Narrowing) {
	if g.Enrolled.Amount == nil {
		return
	}
	if g.NPL.Amount == nil {
		n.Figure = NPL
		if id, err := uuid.Parse(g.Key); err == nil {
			n.BankID = id
		} else {
			n.AreaCode = g.Key
		}
		var none int64
		g.NPL = Value{&money.Amount{}, &none, n.Link()}
	}
	if ratio, ok := money.RatioOf(*g.NPL.Amount, *g.Enrolled.Amount); ok {
		g.NPLRatio = &ratio
	}
}

// goals put the year's pledged financing and the fund's size beside the plan's promises.
// Both are of the whole city, whichever fund is looked at.
func goals(tx postgres.Tx, _ Narrowing, c *Cockpit) error {
	d := Dashboard{Year: c.Year, AsOf: c.AsOf}
	scope := Scope{Year: c.Year}
	if err := totals(tx, scope, &d); err != nil {
		return err
	}
	if err := standingFund(tx, scope, &d); err != nil {
		return err
	}
	if err := targets(tx, scope, &d); err != nil {
		return err
	}
	for _, t := range d.Targets {
		switch t.Code {
		case financingGoal:
			count := d.Loans
			c.Financing = &Goal{t, Value{t.Reached, &count, scope.link()}}
		case sizeGoal:
			c.Size = &Goal{t, Value{t.Reached, nil, Narrowing{Figure: PaidIn}.Link()}}
		}
	}
	return nil
}
