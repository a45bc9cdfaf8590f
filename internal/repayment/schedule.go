package repayment

import (
	"math/big"

	"github.com/shopspring/decimal"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
)

// Instalment is one payment of a schedule.
type Instalment struct {
	Number int
	// From and To bound the days of its interest, To itself not counted; both are zero
	// where the schedule has numbered months only, as is DueOn.
	From, To calendar.Date
	DueOn    calendar.Date
	Days     int
	// Payment is Principal + Interest. Balance is the principal still out afterwards.
	Payment, Principal, Interest, Balance money.Amount
}

// Plan is a whole schedule.
type Plan struct {
	Instalments   []Instalment
	TotalInterest money.Amount
	TotalPayment  money.Amount
}

// Schedule works out what falls due when (domain §3.2–3.5). The last instalment takes the
// remaining principal. It fails with a fault that names every wrong field of the terms.
func Schedule(t Terms) (Plan, error) {
	t, err := t.checked()
	if err != nil {
		return Plan{}, err
	}
	return t.amortise(t.periods(), t.Principal, 0), nil
}

// Continue plans the rest of a schedule on another balance, after the instalment with the
// given number: what a prepayment leaves to be paid. Dates and count stay, the
// instalments become smaller. It fails as Schedule does; a zero balance leaves nothing.
func Continue(t Terms, after int, balance money.Amount) (Plan, error) {
	t, err := t.checked()
	if err != nil {
		return Plan{}, err
	}
	all := t.periods()
	if after >= len(all) || !balance.IsPositive() {
		return Plan{}, nil
	}
	return t.amortise(all[max(after, 0):], balance, max(after, 0)), nil
}

// amortise pays balance back over the periods; numbering goes on after skipped.
func (t Terms) amortise(periods []period, balance money.Amount, skipped int) Plan {
	plan := Plan{Instalments: make([]Instalment, 0, len(periods))}
	principal, bearing := balance, 0
	for _, p := range periods {
		if !p.stub {
			bearing++
		}
	}
	share := money.Round(principal.Decimal().DivRound(whole(bearing), 2))
	var level levelPayment
	for i, p := range periods {
		f := t.factor(p)
		interest := f.of(balance)
		part := money.Zero
		switch {
		case i == len(periods)-1:
			part = balance
			if t.TrueUpLast && t.Method == InterestOnlyBullet {
				interest = t.wholeTerm(periods).of(principal).Sub(plan.TotalInterest)
			}
		case p.stub:
		case t.Method == EqualPrincipal:
			part = money.Min(share, balance)
		case t.Method == EqualInstalment:
			part = level.principal(balance, t.RateOn(p.from), bearing)
		}
		if !p.stub {
			bearing--
		}
		balance = balance.Sub(part)
		plan.add(Instalment{
			Number: skipped + i + 1, From: p.from, To: p.to, DueOn: p.dueOn, Days: p.days(),
			Payment: part.Add(interest), Principal: part, Interest: interest, Balance: balance,
		})
	}
	return plan
}

// wholeTerm is the interest of all periods in one step.
func (t Terms) wholeTerm(periods []period) factor {
	if periods[0].from.IsZero() {
		return t.factor(period{months: len(periods)})
	}
	return t.dayFactor(periods[0].from, periods[len(periods)-1].to)
}

func (p *Plan) add(i Instalment) {
	p.Instalments = append(p.Instalments, i)
	p.TotalInterest = p.TotalInterest.Add(i.Interest)
	p.TotalPayment = p.TotalPayment.Add(i.Payment)
}

// levelPayment is the equal instalment, worked out again when the rate changes.
type levelPayment struct {
	rate   money.Rate
	amount money.Amount
	known  bool
}

// principal is the part of the equal instalment that pays back principal. Where the rate
// changes inside a month, that month's principal still follows the rate it began with.
func (l *levelPayment) principal(balance money.Amount, rate money.Rate, left int) money.Amount {
	if !l.known || !l.rate.Equal(rate) {
		l.rate, l.amount, l.known = rate, EqualPayment(balance, rate, left), true
	}
	month := factor{rate.Percent(), whole(1200)}
	return money.Max(money.Zero, money.Min(balance, l.amount.Sub(month.of(balance))))
}

// EqualPayment is the equal instalment A = P·i·(1+i)ⁿ/((1+i)ⁿ−1) with i = rate/12, rounded
// half up to the fen. The power is taken in whole numbers, so nothing is lost on the way:
// with i = R/D it is P·R·Nⁿ / (D·(Nⁿ−Dⁿ)), N = D+R.
func EqualPayment(principal money.Amount, rate money.Rate, months int) money.Amount {
	if months < 1 {
		return principal
	}
	if rate.IsZero() {
		return money.Round(principal.Decimal().DivRound(whole(months), 2))
	}
	const scale = 6 // a rate has at most six decimals of percent
	r := rate.Percent().Shift(scale).BigInt()
	d := whole(1200).Shift(scale).BigInt()
	n := big.NewInt(int64(months))
	grown := new(big.Int).Exp(new(big.Int).Add(d, r), n, nil)
	base := new(big.Int).Exp(d, n, nil)
	num := new(big.Int).Mul(new(big.Int).Mul(principal.Decimal().Shift(2).BigInt(), r), grown)
	den := new(big.Int).Mul(d, new(big.Int).Sub(grown, base))
	// Half up: the whole part of (2·num + den) / (2·den); everything here is positive.
	fen := new(big.Int).Quo(new(big.Int).Add(new(big.Int).Lsh(num, 1), den), new(big.Int).Lsh(den, 1))
	return money.Round(decimal.NewFromBigInt(fen, -2))
}
