// Package calendar holds civil dates, China's working days and the day counts of interest.
//
// The one hard rule: a date has no time of day and no zone. An instant becomes a date
// only through DateOf, which reads it on the clock of China, wherever the server stands.
package calendar

import (
	"cmp"
	"database/sql/driver"
	"fmt"
	"strings"
	"time"

	"ippledge/internal/fault"
)

// Zone is the clock of China, UTC+8 the whole year. It is fixed, so that the program
// needs no zone database on the machine it runs on.
var Zone = time.FixedZone("CST", 8*3600)

// The years a date may lie in. Earlier or later ones are slips of the keyboard.
const (
	firstYear = 1900
	lastYear  = 2200
)

// Date is a day of the civil calendar. The zero value is no date at all. Dates are
// comparable and may be keys of a map.
type Date struct {
	year  int
	month time.Month
	day   int
}

// NewDate makes a date; a day past the month's end flows over, as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return civil(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// ParseDate reads "2026-09-24" and nothing else, in the years 1900 to 2200. It fails
// with date_malformed, also for a day that doesn't exist, such as 30 February.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < firstYear || t.Year() > lastYear {
		return Date{}, fault.New(fault.Invalid, "date_malformed",
			"日期“%s”无效，请按“年-月-日”填写真实存在的日期，如 2026-09-24", shorten(s))
	}
	return civil(t), nil
}

func shorten(s string) string {
	r := []rune(strings.ToValidUTF8(s, "?"))
	if len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return string(r)
}

// MustDate is ParseDate for constants of the program; it panics on a wrong one.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// DateOf is the day an instant falls on in China. The zero instant gives the zero date.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	return civil(t.In(Zone))
}

func civil(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// utc is the date as midnight UTC, where every day has 24 hours, for arithmetic only.
func (d Date) utc() time.Time { return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC) }

// Year, Month, Day and Weekday read the calendar.
func (d Date) Year() int             { return d.year }
func (d Date) Month() time.Month     { return d.month }
func (d Date) Day() int              { return d.day }
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// IsZero tells whether this is no date at all.
func (d Date) IsZero() bool { return d == Date{} }

// Compare is negative when d lies before e, and positive when it lies after.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.year, e.year), cmp.Compare(d.month, e.month), cmp.Compare(d.day, e.day))
}

func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }
func (d Date) After(e Date) bool  { return d.Compare(e) > 0 }
func (d Date) Equal(e Date) bool  { return d == e }

// AddDays moves by calendar days; a negative number moves back.
func (d Date) AddDays(days int) Date { return civil(d.utc().AddDate(0, 0, days)) }

// AddMonths moves by calendar months and stays on the day of the month, or on the last
// day of a month that is too short: 31 January and one month is 28 or 29 February. Due
// dates are therefore always counted from the first date, never from the one before.
func (d Date) AddMonths(months int) Date {
	first := time.Date(d.year, d.month+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := civil(first).EndOfMonth()
	return Date{last.year, last.month, min(d.day, last.day)}
}

// Sub is the number of days from other to d; negative when d lies before.
func (d Date) Sub(other Date) int { return int(d.utc().Sub(other.utc()) / (24 * time.Hour)) }

// StartOfDay is the instant the day begins in China.
func (d Date) StartOfDay() time.Time {
	return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, Zone)
}

// EndOfMonth is the last day of the month d lies in.
func (d Date) EndOfMonth() Date { return NewDate(d.year, d.month+1, 0) }

// String is the wire form, "2026-09-24"; the zero date is "".
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, int(d.month), d.day)
}

// MarshalText writes the wire form.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the wire form. An empty text is refused: who has no date leaves
// the field out, and it stays zero.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}

// Value writes a date column; the zero date is null.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads a date column, as the driver gives it. Null is the zero date.
func (d *Date) Scan(v any) (err error) {
	switch v := v.(type) {
	case nil:
		*d = Date{}
	case time.Time:
		// The driver gives a date as midnight of whatever zone it likes: only the
		// calendar fields mean anything.
		*d = civil(v)
	case string:
		*d, err = ParseDate(v)
	case []byte:
		*d, err = ParseDate(string(v))
	default:
		err = fmt.Errorf("calendar: a %T is not a date", v)
	}
	return err
}

// FormatInstant is an instant on the clock of China, for sentences: "2026-09-24 15:04".
func FormatInstant(t time.Time) string { return t.In(Zone).Format("2006-01-02 15:04") }
