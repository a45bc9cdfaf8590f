package calendar_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/calendar"
)

func TestDays(t *testing.T) {
	t.Parallel()

	for _, c := range []struct { // domain §3.5
		start, end string
		want       int
	}{
		{"2026-03-18", "2026-03-21", 3},
		{"2027-02-21", "2027-03-18", 25},
		{"2026-03-18", "2027-03-18", 365},
		{"2026-01-15", "2026-12-15", 334},
		{"2026-05-10", "2026-06-24", 45},
		{"2026-05-10", "2026-05-10", 0},
	} {
		require.Equal(t, c.want, calendar.Days(calendar.MustDate(c.start), calendar.MustDate(c.end)), "%+v", c)
	}
}

func TestFraction(t *testing.T) {
	t.Parallel()

	t.Run("EachConventionCountsItsOwnWay", func(t *testing.T) {
		t.Parallel()
		for _, c := range []struct {
			count       calendar.DayCount
			start, end  string
			days, basis int
		}{
			{calendar.Actual360, "2026-01-31", "2026-03-31", 59, 360},
			{calendar.Actual365, "2024-01-01", "2025-01-01", 366, 365},
			{calendar.Thirty360, "2026-01-31", "2026-03-31", 60, 360},
			{calendar.Thirty360, "2026-02-28", "2026-03-31", 32, 360},
			{calendar.Thirty360, "2026-03-18", "2027-03-18", 360, 360},
		} {
			days, basis := c.count.Fraction(calendar.MustDate(c.start), calendar.MustDate(c.end))
			require.Equal(t, []int{c.days, c.basis}, []int{days, basis}, "%+v", c)
		}
	})

	t.Run("PeriodsOfEveryConventionAddUp", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			start := drawDate(t)
			middle := start.AddDays(rapid.IntRange(0, 400).Draw(t, "first"))
			end := middle.AddDays(rapid.IntRange(0, 400).Draw(t, "second"))
			count := rapid.SampledFrom(calendar.DayCounts).Draw(t, "convention")

			first, _ := count.Fraction(start, middle)
			second, _ := count.Fraction(middle, end)
			whole, _ := count.Fraction(start, end)
			require.Equal(t, whole, first+second)
		})
	})

	t.Run("AnUnknownConventionPanics", func(t *testing.T) {
		t.Parallel()
		require.Panics(t, func() {
			calendar.DayCount("act_act").Fraction(calendar.MustDate("2026-01-01"), calendar.MustDate("2026-02-01"))
		})
	})
}
