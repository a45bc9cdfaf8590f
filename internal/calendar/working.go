package calendar

import (
	"embed"
	"encoding/json"
	"fmt"
	"time"
)

//go:embed holidays/*.json
var notices embed.FS

// published is the calendar of the State Council as far as its yearly notices reach.
var published = readNotices()

type workingCalendar struct {
	// works holds the days that differ from the plain week: false is a day off, true a
	// weekend that is worked (调休).
	works map[Date]bool
	// first and last bound the years for which a notice is known.
	first, last Date
}

// readNotices reads all years into one map, because the file of a year holds the days of
// its notice, and a notice may move days of the December before. The files are part of
// the program, so a bad one stops it at once.
func readNotices() workingCalendar {
	c := workingCalendar{works: map[Date]bool{}}
	files, err := notices.ReadDir("holidays")
	if err != nil {
		panic(err)
	}
	for _, file := range files {
		var notice struct {
			Year int
			Days []struct {
				Date     Date
				IsOffDay bool
			}
		}
		text, err := notices.ReadFile("holidays/" + file.Name())
		if err == nil {
			err = json.Unmarshal(text, &notice)
		}
		if err != nil {
			panic(fmt.Errorf("calendar: %s: %w", file.Name(), err))
		}
		if len(notice.Days) == 0 {
			continue // the notice isn't out yet, so the year stays unknown
		}
		for _, day := range notice.Days {
			c.works[day.Date] = !day.IsOffDay
		}
		if c.first.IsZero() {
			c.first = NewDate(notice.Year, time.January, 1)
		}
		c.last = NewDate(notice.Year, time.December, 31)
	}
	return c
}

// LastPublished is the last day the State Council's calendar is known for; results that
// count a later day are provisional.
func LastPublished() Date { return published.last }

// IsWorkingDay tells whether people work on d. The answer is provisional where no notice
// of the State Council is known: then it is the plain week, with those days off that the
// statute fixes on the solar calendar. Moved weekends and the lunar holidays are not in
// it, so it must be shown as a forecast (domain §9.4).
func IsWorkingDay(d Date) (working, provisional bool) {
	provisional = d.Before(published.first) || d.After(published.last)
	if works, named := published.works[d]; named {
		return works, provisional
	}
	weekday := d.Weekday()
	working = weekday != time.Saturday && weekday != time.Sunday
	return working && !(provisional && fixedHoliday(d)), provisional
}

// fixedHoliday tells the statutory holidays that fall on the same solar dates each year:
// New Year's Day, Labour Day (two days since 2025) and the first three days of October.
func fixedHoliday(d Date) bool {
	switch d.Month() {
	case time.January:
		return d.Day() == 1
	case time.May:
		return d.Day() == 1 || d.Day() == 2 && d.Year() >= 2025
	case time.October:
		return d.Day() <= 3
	default:
		return false
	}
}

// AddWorkingDays is the date so many working days after from, which itself isn't counted;
// a negative number counts back. Zero gives from itself, whether people work on it or
// not: use NextWorkingDay to move it. The result is provisional when any day looked at
// on the way lies outside the published calendar.
func AddWorkingDays(from Date, days int) (result Date, provisional bool) {
	step := 1
	if days < 0 {
		step = -1
	}
	result = from
	for left := days * step; left > 0; {
		result = result.AddDays(step)
		working, unsure := IsWorkingDay(result)
		if working {
			left--
		}
		provisional = provisional || unsure
	}
	return result, provisional
}

// NextWorkingDay is d when people work on it, otherwise the first working day after it:
// where a due date goes that falls on a holiday (domain §3.2).
func NextWorkingDay(d Date) (result Date, provisional bool) {
	for {
		working, unsure := IsWorkingDay(d)
		provisional = provisional || unsure
		if working {
			return d, provisional
		}
		d = d.AddDays(1)
	}
}

// WorkingDaysBetween counts the working days after a up to and including b, so that
// AddWorkingDays leads from a back to b when b is a working day. It is negative when b
// lies before a, and then counts from b up to the day before a. There are none to or from
// no date at all, which no walk over the days would ever reach.
func WorkingDaysBetween(a, b Date) (days int) {
	if a.IsZero() || b.IsZero() {
		return 0
	}
	step := 1
	if b.Before(a) {
		step = -1
	}
	for d := a; d != b; {
		d = d.AddDays(step)
		if working, _ := IsWorkingDay(d); working {
			days += step
		}
	}
	return days
}
