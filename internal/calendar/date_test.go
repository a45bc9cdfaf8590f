package calendar_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
)

func TestParseDate(t *testing.T) {
	t.Parallel()

	t.Run("ADateReadsBackAsItWasWritten", func(t *testing.T) {
		t.Parallel()
		for _, s := range []string{"1900-01-01", "2024-02-29", "2026-09-24", "2200-12-31"} {
			d, err := calendar.ParseDate(s)
			require.NoError(t, err)
			require.Equal(t, s, d.String())
		}
	})

	t.Run("AnythingElseIsRefused", func(t *testing.T) {
		t.Parallel()
		for _, s := range []string{
			"", "2026-9-24", "2026-09-4", "26-09-24", "2026/09/24", "20260924", " 2026-09-24", "2026-09-24 ",
			"2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "1899-12-31", "2201-01-01",
			"2026-09-24T00:00:00Z", "２０２６-09-24", "-026-01-01",
		} {
			_, err := calendar.ParseDate(s)
			require.True(t, fault.Has(err, "date_malformed"), "%q", s)
		}
	})
}

func TestDateOf(t *testing.T) {
	t.Parallel()

	t.Run("AnEveningInLondonIsTheNextDayInChina", func(t *testing.T) {
		t.Parallel()
		evening := time.Date(2026, time.September, 24, 16, 0, 0, 0, time.UTC)
		require.Equal(t, calendar.MustDate("2026-09-25"), calendar.DateOf(evening))
		require.Equal(t, calendar.MustDate("2026-09-24"), calendar.DateOf(evening.Add(-time.Second)))
		require.Equal(t, "2026-09-25 00:00", calendar.FormatInstant(evening))
	})

	t.Run("ADayBeginsAtMidnightInChina", func(t *testing.T) {
		t.Parallel()
		start := calendar.MustDate("2026-09-25").StartOfDay()
		require.True(t, start.Equal(time.Date(2026, time.September, 24, 16, 0, 0, 0, time.UTC)))
	})

	t.Run("NoInstantIsNoDate", func(t *testing.T) {
		t.Parallel()
		require.True(t, calendar.DateOf(time.Time{}).IsZero())
	})
}

func TestAddMonths(t *testing.T) {
	t.Parallel()

	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2026-01-31", 2, "2026-03-31"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-10-31", 13, "2027-11-30"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2026-03-18", 12, "2027-03-18"},
	} {
		require.Equal(t, c.want, calendar.MustDate(c.from).AddMonths(c.months).String(), "%+v", c)
	}
	require.Equal(t, "2024-02-29", calendar.MustDate("2024-02-03").EndOfMonth().String())
	require.Equal(t, "2026-12-31", calendar.MustDate("2026-12-01").EndOfMonth().String())
}

func TestDateArithmetic(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(t *rapid.T) {
		d := drawDate(t)
		days := rapid.IntRange(-40_000, 40_000).Draw(t, "days")
		moved := d.AddDays(days)

		require.Equal(t, days, moved.Sub(d))
		require.Equal(t, d, moved.AddDays(-days))
		require.Equal(t, days > 0, moved.After(d))
		require.Equal(t, days < 0, moved.Before(d))
		require.Equal(t, days == 0, moved.Equal(d))
		require.Equal(t, d, calendar.DateOf(d.StartOfDay()))
		require.Equal(t, d, calendar.DateOf(d.AddDays(1).StartOfDay().Add(-time.Nanosecond)))
	})
}

func TestDateOnTheWire(t *testing.T) {
	t.Parallel()

	type loan struct {
		Due calendar.Date `json:"due"`
	}

	t.Run("JSONCarriesYearMonthDay", func(t *testing.T) {
		t.Parallel()
		text, err := json.Marshal(loan{calendar.MustDate("2026-09-24")})
		require.NoError(t, err)
		require.JSONEq(t, `{"due":"2026-09-24"}`, string(text))

		var back loan
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, calendar.MustDate("2026-09-24"), back.Due)
	})

	t.Run("AMissingDateStaysZeroButAnEmptyOneIsRefused", func(t *testing.T) {
		t.Parallel()
		var l loan
		require.NoError(t, json.Unmarshal([]byte(`{}`), &l))
		require.True(t, l.Due.IsZero())
		require.True(t, fault.Has(json.Unmarshal([]byte(`{"due":""}`), &l), "date_malformed"))
		text, err := json.Marshal(l)
		require.NoError(t, err)
		require.JSONEq(t, `{"due":""}`, string(text))
	})

	t.Run("ADateColumnReadsBackFromEveryDriverForm", func(t *testing.T) {
		t.Parallel()
		want := calendar.MustDate("2026-09-24")
		for _, v := range []any{
			"2026-09-24", []byte("2026-09-24"),
			time.Date(2026, time.September, 24, 0, 0, 0, 0, time.UTC),
			time.Date(2026, time.September, 24, 0, 0, 0, 0, time.FixedZone("west", -5*3600)),
		} {
			var got calendar.Date
			require.NoError(t, got.Scan(v))
			require.Equal(t, want, got)
		}
		v, err := want.Value()
		require.NoError(t, err)
		require.Equal(t, "2026-09-24", v)
	})

	t.Run("NullIsTheZeroDateBothWays", func(t *testing.T) {
		t.Parallel()
		got := calendar.MustDate("2026-09-24")
		require.NoError(t, got.Scan(nil))
		require.True(t, got.IsZero())
		v, err := got.Value()
		require.NoError(t, err)
		require.Nil(t, v)
		require.Error(t, got.Scan(7))
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-09-24", "2024-02-29", "2026-02-30", "1899-12-31", "", "\xff", "2026-9-4"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.ParseDate(s)
		if err != nil {
			require.True(t, fault.Has(err, "date_malformed"))
			require.True(t, d.IsZero())
			return
		}
		require.Equal(t, s, d.String())
	})
}

func drawDate(t *rapid.T) calendar.Date {
	return calendar.MustDate("2000-01-01").AddDays(rapid.IntRange(0, 20_000).Draw(t, "date"))
}
