package money

import (
	"database/sql/driver"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"ippledge/internal/fault"
)

// Rate is an exact number of percent: an interest rate per year ("4.35" is 4.35 %), a
// share of a loss, a loan-to-value. It has up to six decimals and fits numeric(9,6).
// Rates and factors are never rounded on the way; only a posting is.
type Rate struct{ percent decimal.Decimal }

var plainRate = regexp.MustCompile(`^-?\d{1,3}(\.\d{1,6})?$`)

var hundred = decimal.New(100, 0)

// ParseRate reads percent: "4.35". It fails with rate_malformed.
func ParseRate(s string) (Rate, error) {
	if !plainRate.MatchString(s) {
		return Rate{}, fault.New(fault.Invalid, "rate_malformed", "比率“%s”无效，请按百分数填写，最多六位小数，如 4.35", shorten(s))
	}
	d, err := decimal.NewFromString(s)
	return Rate{d}, err
}

// MustRate is ParseRate for constants of the program.
func MustRate(s string) Rate {
	r, err := ParseRate(s)
	if err != nil {
		panic(err)
	}
	return r
}

// RateOf makes a rate of a decimal number of percent.
func RateOf(percent decimal.Decimal) Rate { return Rate{percent} }

// BasisPoints is a rate of so many hundredths of a percent.
func BasisPoints(bp int64) Rate { return Rate{decimal.New(bp, -2)} }

// Percent is the number of percent, for calculation.
func (r Rate) Percent() decimal.Decimal { return r.percent }

// Fraction is the rate as a factor: 4.35 % is 0.0435.
func (r Rate) Fraction() decimal.Decimal { return r.percent.Shift(-2) }

func (r Rate) Add(b Rate) Rate   { return Rate{r.percent.Add(b.percent)} }
func (r Rate) Sub(b Rate) Rate   { return Rate{r.percent.Sub(b.percent)} }
func (r Rate) Cmp(b Rate) int    { return r.percent.Cmp(b.percent) }
func (r Rate) IsNegative() bool  { return r.percent.IsNegative() }
func (r Rate) IsPositive() bool  { return r.percent.IsPositive() }
func (r Rate) IsZero() bool      { return r.percent.IsZero() }
func (r Rate) Equal(b Rate) bool { return r.percent.Equal(b.percent) }

// Of is this share of an amount, rounded to the fen.
func (r Rate) Of(a Amount) Amount { return Round(a.yuan.Mul(r.percent).Div(hundred)) }

// RatioOf is part/whole in percent, to six places, for display and for thresholds.
// The second result is false when whole is zero: a ratio without data is not 0 %.
func RatioOf(part, whole Amount) (Rate, bool) {
	if whole.IsZero() {
		return Rate{}, false
	}
	return Rate{part.yuan.Mul(hundred).DivRound(whole.yuan, 6)}, true
}

// String drops trailing zeros but keeps two decimals: "4.35", "45.00", "3.903472".
func (r Rate) String() string {
	s := r.percent.String()
	_, decimals, _ := strings.Cut(s, ".")
	if len(decimals) < 2 {
		return r.percent.StringFixed(2)
	}
	return s
}

func (r Rate) MarshalText() ([]byte, error)      { return []byte(r.String()), nil }
func (r *Rate) UnmarshalText(b []byte) (e error) { *r, e = ParseRate(string(b)); return }
func (r Rate) Value() (driver.Value, error)      { return r.percent.String(), nil }
func (r *Rate) Scan(v any) error                 { return r.percent.Scan(v) }
