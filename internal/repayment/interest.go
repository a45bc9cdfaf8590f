package repayment

import (
	"ippledge/internal/calendar"
	"ippledge/internal/money"
)

// InterestBetween is the interest on a principal for the days from one date up to and
// without another, at the rates of the terms, rounded once (examples C′ and F). It needs
// the terms' rate, day count and repricings only. There is none when to is not after from.
func InterestBetween(t Terms, principal money.Amount, from, to calendar.Date) money.Amount {
	if t.DayCount == "" {
		t.DayCount = calendar.Actual360
	}
	if !to.After(from) {
		return money.Zero
	}
	return t.dayFactor(from, to).of(principal)
}

// Effective365 is the annual rate over 365 days that act/360 interest comes to: 3.85 % is
// 3.903472 % (domain §3.2). Whole months and the other day counts give the rate itself.
func Effective365(rate money.Rate, method Method, count calendar.DayCount) money.Rate {
	if method.monthly() || count != calendar.Actual360 && count != "" {
		return rate
	}
	return money.RateOf(rate.Percent().Mul(whole(365)).DivRound(whole(360), 6))
}

// Prepay divides a payment made before its time into principal and the interest of the
// days that this principal has run since the last settlement (domain example F, Civil Code
// 677). Both parts add up to the payment exactly: the principal is payment / (1 + factor),
// rounded half up, and interest is the rest. When the payment covers the whole balance
// with its interest, principal is the balance.
func Prepay(t Terms, payment, balance money.Amount, from, on calendar.Date) (principal, interest money.Amount) {
	if t.DayCount == "" {
		t.DayCount = calendar.Actual360
	}
	if !on.After(from) {
		principal = money.Min(payment, balance)
		return principal, payment.Sub(principal)
	}
	f := t.dayFactor(from, on)
	if payment.Equal(balance.Add(f.of(balance))) {
		return balance, payment.Sub(balance)
	}
	principal = money.Min(balance, money.Round(payment.Times(f.den).DivRound(f.den.Add(f.num), 2)))
	return principal, payment.Sub(principal)
}
