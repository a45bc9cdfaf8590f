package ipasset

import "ippledge/internal/calendar"

// Years of the statutory terms (domain §1.2, Patent Law art. 42, Trademark Law art. 39).
const (
	inventionYears = 20
	utilityYears   = 10
	designYears    = 15
	oldDesignYears = 10
	markYears      = 10
)

// newDesignTerm is the day from which designs are filed for fifteen years; those filed
// before keep the ten years of the older law [GK: CNIPA announcement 423].
var newDesignTerm = calendar.MustDate("2021-06-01")

// TermYears is the statutory term of a kind in years, for a right filed on the date.
func TermYears(kind Kind, filedOn calendar.Date) int {
	switch kind {
	case InventionPatent:
		return inventionYears
	case UtilityModel:
		return utilityYears
	case DesignPatent:
		if filedOn.Before(newDesignTerm) {
			return oldDesignYears
		}
		return designYears
	default:
		return markYears
	}
}

// StatutoryExpiry is the last day of the term by the statute alone. Patents run from
// filing to the same day of the last year; marks run from registration, so that the
// certificate names the day before. It is the zero date when the day it runs from is.
func StatutoryExpiry(kind Kind, filedOn, grantedOn calendar.Date) calendar.Date {
	from := filedOn
	if kind.IsMark() {
		from = grantedOn
	}
	if from.IsZero() {
		return calendar.Date{}
	}
	end := from.AddMonths(12 * TermYears(kind, filedOn))
	if kind.IsMark() {
		return end.AddDays(-1)
	}
	return end
}

// renewedTerm tells whether a mark's expiry is that of its first term or of a renewal:
// whole terms of ten years after registration.
func renewedTerm(grantedOn, expiresOn calendar.Date) bool {
	for terms := 1; terms <= 20; terms++ {
		if grantedOn.AddMonths(12*markYears*terms).AddDays(-1) == expiresOn {
			return true
		}
	}
	return false
}

// markGraceMonths is how long after its expiry a mark may still be renewed (art. 40).
const markGraceMonths = 6

// pastLife tells whether the right can no longer exist on the day.
func pastLife(kind Kind, expiresOn, on calendar.Date) bool {
	if kind.IsMark() {
		return expiresOn.AddMonths(markGraceMonths).Before(on)
	}
	return expiresOn.Before(on)
}
