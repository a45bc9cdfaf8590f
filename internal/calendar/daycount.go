package calendar

import "fmt"

// DayCount is how a loan counts the days of its interest.
type DayCount string

// The conventions a product may choose (domain §3.2). Actual360 is the banks' default.
const (
	Actual360 DayCount = "act_360" // days as they pass, a year of 360
	Actual365 DayCount = "act_365" // days as they pass, a year of 365, also in a leap year
	Thirty360 DayCount = "30_360"  // every month 30 days, the 31st counts as the 30th (30E/360)
)

// DayCounts lists the conventions.
var DayCounts = []DayCount{Actual360, Actual365, Thirty360}

// Days is the number of interest days: the first day counts and the last doesn't
// (算头不算尾, domain §3.2). It is negative when end lies before start.
func Days(start, end Date) int { return end.Sub(start) }

// Fraction is the part of a year between two dates as two whole numbers, so that interest
// is rounded once: round(principal × annual rate × days / basis). It panics on a
// convention that isn't one of DayCounts, which the API and the database both refuse.
func (c DayCount) Fraction(start, end Date) (days, basis int) {
	switch c {
	case Actual360:
		return Days(start, end), 360
	case Actual365:
		return Days(start, end), 365
	case Thirty360:
		months := (end.Year()-start.Year())*12 + int(end.Month()) - int(start.Month())
		return months*30 + min(end.Day(), 30) - min(start.Day(), 30), 360
	default:
		panic(fmt.Errorf("calendar: %q is not a day count", string(c)))
	}
}
