package calendar_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/calendar"
)

// TestAddWorkingDaysVectors holds the vectors of domain §9.4.
func TestAddWorkingDaysVectors(t *testing.T) {
	t.Parallel()

	for _, c := range []struct {
		from        string
		days        int
		want        string
		provisional bool
	}{
		{"2026-09-24", 5, "2026-10-09", false},
		{"2026-09-24", 10, "2026-10-15", false},
		{"2026-09-30", 3, "2026-10-10", false},
		{"2026-02-11", 5, "2026-02-25", false},
		{"2026-02-13", 1, "2026-02-14", false},
		{"2026-12-28", 5, "2027-01-05", true},
		{"2026-12-28", 3, "2026-12-31", false},
		{"2026-12-31", 1, "2027-01-04", true},
		{"2022-12-30", 1, "2023-01-03", false}, // 31 December is in the notice of 2023
		{"2019-01-02", -1, "2018-12-29", true}, // before the first notice, though it names the day
		{"2026-10-09", -5, "2026-09-24", false},
		{"2026-10-03", 0, "2026-10-03", false},
		{"2027-06-05", 0, "2027-06-05", false},
	} {
		got, provisional := calendar.AddWorkingDays(calendar.MustDate(c.from), c.days)
		require.Equal(t, c.want, got.String(), "%+v", c)
		require.Equal(t, c.provisional, provisional, "%+v", c)
	}
}

func TestIsWorkingDay(t *testing.T) {
	t.Parallel()

	t.Run("TheDaysOfDomain94AreKnown", func(t *testing.T) {
		t.Parallel()
		for _, s := range []string{
			"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
			"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
		} {
			working, provisional := calendar.IsWorkingDay(calendar.MustDate(s))
			require.True(t, working, s)
			require.False(t, provisional, s)
		}
		for _, stretch := range [][2]string{
			{"2026-01-01", "2026-01-03"}, {"2026-02-15", "2026-02-23"}, {"2026-04-04", "2026-04-06"},
			{"2026-05-01", "2026-05-05"}, {"2026-06-19", "2026-06-21"}, {"2026-09-25", "2026-09-27"},
			{"2026-10-01", "2026-10-07"},
		} {
			for d := calendar.MustDate(stretch[0]); !d.After(calendar.MustDate(stretch[1])); d = d.AddDays(1) {
				working, provisional := calendar.IsWorkingDay(d)
				require.False(t, working, d)
				require.False(t, provisional, d)
			}
		}
	})

	t.Run("AnUnmentionedWeekendIsOff", func(t *testing.T) {
		t.Parallel()
		working, _ := calendar.IsWorkingDay(calendar.MustDate("2026-11-21"))
		require.False(t, working)
	})

	t.Run("PastTheNoticesOnlyFixedHolidaysAreOff", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, "2026-12-31", calendar.LastPublished().String())
		for s, want := range map[string]bool{
			"2027-01-01": false, "2027-01-04": true, "2027-10-01": false, "2018-05-01": false,
			"2018-05-02": true, "2029-05-02": false, "2018-12-28": true,
		} {
			working, provisional := calendar.IsWorkingDay(calendar.MustDate(s))
			require.Equal(t, want, working, s)
			require.True(t, provisional, s)
		}
	})

	t.Run("EveryPublishedYearHasAPlausibleNumberOfWorkingDays", func(t *testing.T) {
		t.Parallel()
		for year := 2019; year <= 2026; year++ {
			n := calendar.WorkingDaysBetween(calendar.NewDate(year-1, time.December, 31), calendar.NewDate(year, time.December, 31))
			require.Truef(t, n >= 246 && n <= 252, "%d has %d working days", year, n)
		}
	})
}

func TestNextWorkingDay(t *testing.T) {
	t.Parallel()

	for _, c := range []struct {
		date, want  string
		provisional bool
	}{
		{"2026-10-04", "2026-10-08", false}, // domain §3.5 G
		{"2026-10-10", "2026-10-10", false}, // a worked Saturday stays
		{"2026-11-21", "2026-11-23", false},
		{"2027-01-01", "2027-01-04", true},
	} {
		got, provisional := calendar.NextWorkingDay(calendar.MustDate(c.date))
		require.Equal(t, c.want, got.String(), "%+v", c)
		require.Equal(t, c.provisional, provisional, "%+v", c)
	}
}

func TestWorkingDayProperties(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(t *rapid.T) {
		start := drawDate(t)
		days := rapid.IntRange(-60, 60).Draw(t, "days")
		end, provisional := calendar.AddWorkingDays(start, days)

		if days == 0 {
			require.Equal(t, start, end)
			return
		}
		working, unsure := calendar.IsWorkingDay(end)
		require.True(t, working, "the result is always a working day")
		require.False(t, unsure && !provisional, "a result outside the calendar is provisional")
		require.Equal(t, days, calendar.WorkingDaysBetween(start, end))
		if working, _ := calendar.IsWorkingDay(start); working {
			back, _ := calendar.AddWorkingDays(end, -days)
			require.Equal(t, start, back)
		}
	})
}

func TestWorkingDaysBetweenNoDate(t *testing.T) {
	t.Parallel()
	require.Zero(t, calendar.WorkingDaysBetween(calendar.Date{}, calendar.MustDate("2026-01-05")))
	require.Zero(t, calendar.WorkingDaysBetween(calendar.MustDate("2026-01-05"), calendar.Date{}))
}
