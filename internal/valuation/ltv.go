package valuation

import (
	"github.com/shopspring/decimal"

	"ippledge/internal/calendar"
	"ippledge/internal/ipasset"
	"ippledge/internal/money"
)

// caps are the default loan-to-value caps in percent of the value (domain §5.4, [REC]);
// a product may be stricter. No rule of law or of a bank stands behind them.
var caps = map[ipasset.Kind]money.Rate{
	ipasset.InventionPatent: money.MustRate("40"),
	ipasset.UtilityModel:    money.MustRate("20"),
	ipasset.DesignPatent:    money.MustRate("15"),
	ipasset.Trademark:       money.MustRate("40"),
	ipasset.GIMark:          money.MustRate("20"),
}

// Cap is the default loan-to-value cap of a kind, in percent.
func Cap(kind ipasset.Kind) money.Rate { return caps[kind] }

// Collateral is a valued right as the cap sees it. Grade is empty where nobody scored.
type Collateral struct {
	Kind  ipasset.Kind
	Value money.Amount
	Grade string
}

// MaxLoan is Σ value × cap × grade factor, rounded once (domain §5.4, [REC]).
func MaxLoan(rights []Collateral) money.Amount {
	sum := decimal.Zero
	for _, r := range rights {
		sum = sum.Add(r.Value.Times(Cap(r.Kind).Fraction()).Mul(GradeFactor(r.Grade).Fraction()))
	}
	return money.Round(sum)
}

// spareMonths is how much longer than the debt a right should live (domain §5.4, [REC]).
const spareMonths = 12

// LivesLongEnough tells whether a right outlives a debt by a year. Marks can be renewed.
func LivesLongEnough(kind ipasset.Kind, expiresOn, debtDueOn calendar.Date) bool {
	return kind.IsMark() || !expiresOn.Before(debtDueOn.AddMonths(spareMonths))
}
