package money_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/fault"
	"ippledge/internal/money"
)

func TestParse(t *testing.T) {
	t.Parallel()

	for text, want := range map[string]string{
		"1500000": "1500000.00", "0.1": "0.10", "-3.05": "-3.05", "9999999999999999.99": "9999999999999999.99", "007": "7.00",
	} {
		got, err := money.Parse(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got.String())
	}
	for text, code := range map[string]string{
		"1.005": "amount_too_many_decimals", "1e400": "amount_too_large", "1E+9": "amount_too_large", "12345678901234567": "amount_too_large",
		"": "amount_malformed", "abc": "amount_malformed", "1,000": "amount_malformed", "１": "amount_malformed", " 1": "amount_malformed",
		"NaN": "amount_malformed", "Infinity": "amount_malformed", "+1": "amount_malformed", ".5": "amount_malformed", "1.": "amount_malformed",
		"0x10": "amount_malformed", "1e-5": "amount_malformed", "--1": "amount_malformed",
	} {
		_, err := money.Parse(text)
		require.ErrorIs(t, err, &fault.Error{Code: code}, "%q", text)
	}
}

func TestRound(t *testing.T) {
	t.Parallel()

	for text, want := range map[string]string{"0.005": "0.01", "2.675": "2.68", "-0.005": "-0.01", "1.004999": "1.00"} {
		require.Equal(t, want, money.Round(decimal.RequireFromString(text)).String())
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()

	text, err := json.Marshal(money.Must("12.5"))
	require.NoError(t, err)
	require.JSONEq(t, `"12.50"`, string(text), "trailing zeros must survive")
	var a money.Amount
	require.Error(t, json.Unmarshal([]byte(`12.5`), &a), "a JSON number may have passed through a float")
	require.Error(t, a.Scan(nil))
}

func TestText(t *testing.T) {
	t.Parallel()

	require.Equal(t, "1,234,567.80 元", money.Must("1234567.8").Text())
	require.Equal(t, "-12.00 元", money.Must("-12").Text())
	require.Equal(t, "123.00 元", money.Must("123").Text())
}

func weights(texts ...string) (out []decimal.Decimal) {
	for _, w := range texts {
		out = append(out, decimal.RequireFromString(w))
	}
	return out
}

func texts(parts []money.Amount) string {
	words := make([]string, len(parts))
	for i, p := range parts {
		words[i] = p.String()
	}
	return strings.Join(words, " ")
}

// The vectors of domain §4.5.
func TestSplit(t *testing.T) {
	t.Parallel()

	for _, v := range []struct{ total, shares, want string }{
		{"2000000.01", "54:26:16:4", "1080000.01 520000.00 320000.00 80000.00"},
		{"2000000.01", "45:45:10", "900000.01 900000.00 200000.00"},
		{"1234567.89", "50:30:20", "617283.94 370370.37 246913.58"},
		{"275432.11", "54:26:16:4", "148733.34 71612.35 44069.14 11017.28"},
		{"-2000000.01", "45:45:10", "-900000.01 -900000.00 -200000.00"},
		{"0.01", "1:1:1", "0.01 0.00 0.00"},
		{"0.00", "1:2", "0.00 0.00"},
		{"100.00", "0:1:0", "0.00 100.00 0.00"},
		{"100.00", "0.333333:0.333333:0.333334", "33.33 33.33 33.34"},
	} {
		parts, err := money.Split(money.Must(v.total), weights(strings.Split(v.shares, ":")...))
		require.NoError(t, err)
		require.Equal(t, v.want, texts(parts), v.shares)
	}
	for code, w := range map[string][]decimal.Decimal{
		"weights_empty": nil, "weights_all_zero": weights("0", "0"), "weight_negative": weights("1", "-1", "5"),
	} {
		_, err := money.Split(money.Must("1"), w)
		require.ErrorIs(t, err, &fault.Error{Code: code})
	}
}

func TestSplitProperties(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(t *rapid.T) {
		total := money.FromFen(rapid.Int64Range(-1e15, 1e15).Draw(t, "fen"))
		shares := rapid.SliceOfN(rapid.Int64Range(0, 1e6), 1, 12).Draw(t, "shares")
		var w []decimal.Decimal
		sum := decimal.Zero
		for _, s := range shares {
			w = append(w, decimal.New(s, -2))
			sum = sum.Add(w[len(w)-1])
		}
		parts, err := money.Split(total, w)
		if sum.IsZero() {
			require.Error(t, err)
			return
		}
		require.NoError(t, err)
		require.Equal(t, total.String(), money.Sum(parts...).String(), "parts add up to the fen")
		for i, p := range parts {
			exact := total.Decimal().Mul(w[i]).DivRound(sum, 20)
			require.True(t, p.Decimal().Sub(exact).Abs().LessThan(decimal.New(1, -2)), "no part is a fen off its share")
			if w[i].IsZero() {
				require.True(t, p.IsZero(), "who has no weight gets nothing")
			}
		}
	})
}

func TestRate(t *testing.T) {
	t.Parallel()

	require.Equal(t, "0.0435", money.MustRate("4.35").Fraction().String())
	require.Equal(t, "3.85", money.MustRate("3").Add(money.BasisPoints(85)).String())
	require.Equal(t, "45.00", money.MustRate("45").String())
	require.Equal(t, "1.234567", money.MustRate("1.234567").String())
	require.Equal(t, "2250000.00", money.MustRate("45").Of(money.Must("5000000")).String())
	_, err := money.ParseRate("1.2345678")
	require.ErrorIs(t, err, &fault.Error{Code: "rate_malformed"})
	_, ok := money.RatioOf(money.Must("1"), money.Zero)
	require.False(t, ok, "a ratio to nothing is no figure")
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"1", "1.00", "-0.01", "1e400", "1.005", "９", "99999999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := money.Parse(s)
		if err != nil {
			_, ours := fault.From(err)
			require.True(t, ours, "a refusal has a code")
			return
		}
		again, err := money.Parse(a.String())
		require.NoError(t, err)
		require.True(t, a.Equal(again), "what is printed reads back the same")
	})
}
