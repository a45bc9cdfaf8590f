package ipasset

import (
	"github.com/shopspring/decimal"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
)

// feeStep is the annual fee for the patent years up to and including Through.
type feeStep struct {
	Through int
	Fee     money.Amount
}

// annualFees are yuan per patent year, in full, before any reduction (domain §1.2, S53).
var annualFees = map[Kind][]feeStep{
	InventionPatent: {
		{3, money.Must("900.00")}, {6, money.Must("1200.00")}, {9, money.Must("2000.00")},
		{12, money.Must("4000.00")}, {15, money.Must("6000.00")}, {20, money.Must("8000.00")},
	},
	UtilityModel: {
		{3, money.Must("600.00")}, {5, money.Must("900.00")}, {8, money.Must("1200.00")}, {10, money.Must("2000.00")},
	},
	DesignPatent: {
		{3, money.Must("600.00")}, {5, money.Must("900.00")}, {8, money.Must("1200.00")}, {10, money.Must("2000.00")},
		{15, money.Must("3000.00")},
	},
}

// AnnualFee is the full fee of a patent year, counted from 1. The second result is false
// where no fee is known: marks have none, and the term has an end.
func AnnualFee(kind Kind, patentYear int) (money.Amount, bool) {
	if patentYear < 1 {
		return money.Amount{}, false
	}
	for _, step := range annualFees[kind] {
		if patentYear <= step.Through {
			return step.Fee, true
		}
	}
	return money.Amount{}, false
}

const (
	// surchargeMonths is how long a late fee is still taken (Patent Law rules art. 115).
	surchargeMonths = 6
	// surchargePercent of the full annual fee is added for each full month late.
	surchargePercent = 5
)

// UpkeepState is where a right's fees or renewal stand.
type UpkeepState string

// The states of upkeep. Unknown: nobody recorded until when fees are paid.
const (
	UpkeepUnknown   UpkeepState = "unknown"
	UpkeepPaid      UpkeepState = "paid"
	UpkeepDue       UpkeepState = "due"       // within 90 days, or the renewal window is open
	UpkeepSurcharge UpkeepState = "surcharge" // late, with surcharge or in the months of grace
	UpkeepMissed    UpkeepState = "missed"    // past the last day; the right ends
	UpkeepComplete  UpkeepState = "complete"  // all fees to the end of the term are paid
)

// Upkeep is what a right needs next to stay alive.
type Upkeep struct {
	State      UpkeepState
	PatentYear int           // whose fee falls due; 0 for marks
	DueOn      calendar.Date // last day without surcharge, or of the renewal
	LastOn     calendar.Date // last day with surcharge, or of the months of grace
	OpensOn    calendar.Date // of marks: the first day a renewal may be filed
	Fee        *money.Amount // full annual fee
	Surcharge  *money.Amount // as of the day asked about
	Total      *money.Amount
}

const (
	noticeDays         = 90 // domain §2.3: the first reminder
	renewalOpensMonths = 12 // before a mark's expiry (Trademark Law art. 40)
)

// UpkeepOf computes what falls due next, as of a day. Patents: the fee of a year is due
// by the last day of the year before it, which is an anniversary of filing.
func UpkeepOf(a Asset, on calendar.Date) Upkeep {
	if a.Kind.IsMark() {
		return renewalOf(a, on)
	}
	if a.FiledOn.IsZero() || a.FeePaidUntil.IsZero() {
		return Upkeep{State: UpkeepUnknown}
	}
	year := yearsPaid(a.FiledOn, a.FeePaidUntil) + 1
	due := a.FiledOn.AddMonths(12 * (year - 1))
	if !due.Before(a.ExpiresOn) {
		return Upkeep{State: UpkeepComplete}
	}
	u := Upkeep{State: UpkeepPaid, PatentYear: year, DueOn: due, LastOn: due.AddMonths(surchargeMonths)}
	switch {
	case on.After(u.LastOn):
		u.State = UpkeepMissed
	case on.After(due):
		u.State = UpkeepSurcharge
	case !on.Before(due.AddDays(-noticeDays)):
		u.State = UpkeepDue
	}
	if fee, known := AnnualFee(a.Kind, year); known {
		surcharge := Surcharge(fee, due, on)
		total := fee.Add(surcharge)
		u.Fee, u.Surcharge, u.Total = &fee, &surcharge, &total
	}
	return u
}

// yearsPaid counts the patent years covered; a date between anniversaries counts the
// whole year it falls into, because fees are paid by the year.
func yearsPaid(filedOn, paidUntil calendar.Date) int {
	years := paidUntil.Year() - filedOn.Year()
	if filedOn.AddMonths(12 * years).Before(paidUntil) {
		years++
	}
	return max(years, 0)
}

// Surcharge is what a late fee costs more: 5 % of the full fee for each month that is
// exceeded, so nothing in the first month and 25 % in the sixth and last.
func Surcharge(fee money.Amount, dueOn, on calendar.Date) money.Amount {
	months := 0
	for months < surchargeMonths-1 && on.After(dueOn.AddMonths(months+1)) {
		months++
	}
	return money.Round(fee.Times(decimal.New(int64(months*surchargePercent), -2)))
}

func renewalOf(a Asset, on calendar.Date) Upkeep {
	u := Upkeep{
		State: UpkeepPaid, DueOn: a.ExpiresOn, LastOn: a.ExpiresOn.AddMonths(markGraceMonths),
		OpensOn: a.ExpiresOn.AddMonths(-renewalOpensMonths),
	}
	switch {
	case on.After(u.LastOn):
		u.State = UpkeepMissed
	case on.After(u.DueOn):
		u.State = UpkeepSurcharge
	case !on.Before(u.OpensOn):
		u.State = UpkeepDue
	}
	return u
}
