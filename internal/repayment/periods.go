package repayment

import (
	"github.com/shopspring/decimal"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
)

// period is the time one instalment's interest runs: from the first day up to and
// without the last. months is set for a whole number of months, which the monthly
// methods count as annual rate / 12, and always where there are no dates.
type period struct {
	from, to calendar.Date
	dueOn    calendar.Date
	months   int
	// stub is a broken first period of the monthly methods: it pays interest only, so
	// that the principal comes back in as many instalments as the term has months.
	stub bool
}

func (p period) days() int {
	if p.from.IsZero() {
		return 0
	}
	return calendar.Days(p.from, p.to)
}

// periods cuts the term at the payment days. The terms are checked.
func (t Terms) periods() []period {
	if t.DrawnOn.IsZero() {
		return t.undated()
	}
	if t.Method == Bullet {
		return []period{t.last(t.DrawnOn, 0)}
	}
	var out []period
	from := t.DrawnOn
	anchor, whole := t.anchor()
	for k := 0; ; k++ {
		at := anchor.AddMonths(k)
		if whole {
			at = t.DrawnOn.AddMonths(k + 1)
		}
		monthly := 0
		if t.Method.monthly() && (whole || k > 0) {
			monthly = 1
		}
		if !at.Before(t.DueOn) {
			if at != t.DueOn {
				monthly = 0
			}
			return append(out, t.last(from, monthly))
		}
		out = append(out, period{from: from, to: at, dueOn: t.moved(at), months: monthly, stub: k == 0 && t.Method.monthly() && !whole})
		from = at
	}
}

// anchor is the first payment day after the drawdown, from which the others are counted.
// Where payments fall on the day of the drawdown, whole is true and they are counted from
// the drawdown: counted from 28 February, those of the 31st would stay on the 28th.
func (t Terms) anchor() (first calendar.Date, whole bool) {
	day := t.PaymentDay
	if day == 0 && t.Method.monthly() || day == t.DrawnOn.Day() {
		return t.DrawnOn, true
	}
	if day == 0 {
		day = SettlementDay
	}
	first = calendar.NewDate(t.DrawnOn.Year(), t.DrawnOn.Month(), day)
	if !first.After(t.DrawnOn) {
		first = first.AddMonths(1)
	}
	return first, false
}

// last is the period up to the last due date. When that moves to a working day, days
// that are counted run on to it; a whole month stays a month.
func (t Terms) last(from calendar.Date, months int) period {
	dueOn := t.moved(t.DueOn)
	to := dueOn
	if months > 0 {
		to = t.DueOn
	}
	return period{from: from, to: to, dueOn: dueOn, months: months}
}

func (t Terms) moved(d calendar.Date) calendar.Date {
	if t.Rule == None {
		return d
	}
	d, _ = calendar.NextWorkingDay(d)
	return d
}

// undated are numbered months.
func (t Terms) undated() []period {
	if t.Method == Bullet {
		return []period{{months: t.TermMonths}}
	}
	out := make([]period, t.TermMonths)
	for i := range out {
		out[i].months = 1
	}
	return out
}

// segment is a stretch of days under one rate.
type segment struct {
	from, to calendar.Date
	rate     money.Rate
}

// segments cuts a stretch of days at the repricing days.
func (t Terms) segments(from, to calendar.Date) []segment {
	var out []segment
	at, rate := from, t.RateOn(from)
	for _, r := range t.Repricings {
		if r.From.After(at) && r.From.Before(to) {
			out = append(out, segment{at, r.From, rate})
			at = r.From
		}
		if !r.From.After(at) {
			rate = r.AnnualRate
		}
	}
	return append(out, segment{at, to, rate})
}

// RateOn is the annual rate in force on a day. Repricings must be in the order of time.
func (t Terms) RateOn(on calendar.Date) money.Rate {
	rate := t.AnnualRate
	for _, r := range t.Repricings {
		if !r.From.After(on) {
			rate = r.AnnualRate
		}
	}
	return rate
}

// factor is interest per yuan as an exact fraction num/den.
type factor struct{ num, den decimal.Decimal }

// of is the interest on a principal, rounded once, half up to the fen.
func (f factor) of(principal money.Amount) money.Amount {
	return money.Round(principal.Times(f.num).DivRound(f.den, 2))
}

func (t Terms) factor(p period) factor {
	if p.from.IsZero() {
		return factor{t.AnnualRate.Percent().Mul(whole(p.months)), whole(1200)}
	}
	if p.months > 0 {
		return t.monthFactor(p)
	}
	return t.dayFactor(p.from, p.to)
}

// dayFactor counts days: Σ rate × days / (100 × basis).
func (t Terms) dayFactor(from, to calendar.Date) factor {
	f := factor{den: whole(1)}
	for _, s := range t.segments(from, to) {
		days, basis := t.DayCount.Fraction(s.from, s.to)
		f.num = f.num.Add(s.rate.Percent().Mul(whole(days)))
		f.den = whole(100 * basis)
	}
	return f
}

// monthFactor is annual rate / 12; a rate that changes inside the month counts by its days.
func (t Terms) monthFactor(p period) factor {
	f := factor{den: whole(1200 * p.days())}
	for _, s := range t.segments(p.from, p.to) {
		f.num = f.num.Add(s.rate.Percent().Mul(whole(calendar.Days(s.from, s.to))))
	}
	return f
}

func whole(n int) decimal.Decimal { return decimal.NewFromInt(int64(n)) }
