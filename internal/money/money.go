// Package money holds amounts of renminbi, exact to the fen, and rates in percent.
//
// The one hard rule: no fraction of a fen enters an Amount except through Round,
// and no binary floating point comes near either type.
package money

import (
	"database/sql/driver"
	"fmt"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"ippledge/internal/fault"
)

// Amount is a sum in yuan with exactly two decimal places.
// The zero value is 0.00. It fits numeric(18,2).
type Amount struct{ yuan decimal.Decimal }

// Zero is 0.00 yuan.
var Zero Amount

// plain is what an amount looks like: no exponent, so that "1e400" is refused before
// anybody expands it, and at most two decimals.
var plain = regexp.MustCompile(`^-?\d{1,16}(\.\d{1,2})?$`)

var moreDecimals = regexp.MustCompile(`^-?\d{1,16}\.\d{3,40}$`)

// Parse reads yuan and fen: "1500000", "1500000.5", "1500000.00". It fails with
// amount_malformed, amount_too_many_decimals or amount_too_large.
func Parse(s string) (Amount, error) {
	if plain.MatchString(s) {
		d, err := decimal.NewFromString(s)
		if err != nil {
			return Amount{}, fault.New(fault.Invalid, "amount_malformed", "金额“%s”不是有效的数字", shorten(s))
		}
		return Amount{d}, nil
	}
	switch {
	case moreDecimals.MatchString(s):
		return Amount{}, fault.New(fault.Invalid, "amount_too_many_decimals", "金额“%s”最多保留两位小数（精确到分）", shorten(s))
	case regexp.MustCompile(`^-?(\d{17,}(\.\d*)?|\d+(\.\d+)?[eE]\+?\d+)$`).MatchString(s):
		return Amount{}, fault.New(fault.Invalid, "amount_too_large", "金额“%s”超出可记录的范围，请以元为单位填写普通数字", shorten(s))
	default:
		return Amount{}, fault.New(fault.Invalid, "amount_malformed", "金额“%s”不是有效的数字，请以元为单位填写，如 1500000.00", shorten(s))
	}
}

func shorten(s string) string {
	r := []rune(strings.ToValidUTF8(s, "?"))
	if len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return string(r)
}

// Must is Parse for constants of the program; it panics on a wrong one.
func Must(s string) Amount {
	a, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return a
}

// Round is the only way from a computed decimal to an amount: half a fen goes away from zero (四舍五入).
func Round(d decimal.Decimal) Amount { return Amount{d.Round(2)} }

// Sum adds amounts.
func Sum(amounts ...Amount) (total Amount) {
	for _, a := range amounts {
		total = total.Add(a)
	}
	return total
}

// Min is the smallest of the amounts.
func Min(first Amount, rest ...Amount) Amount {
	for _, a := range rest {
		if a.Less(first) {
			first = a
		}
	}
	return first
}

// Max is the larger of two.
func Max(a, b Amount) Amount {
	if a.Less(b) {
		return b
	}
	return a
}

func (a Amount) Times(factor decimal.Decimal) decimal.Decimal { return a.yuan.Mul(factor) }
func (a Amount) Sub(b Amount) Amount                          { return Amount{a.yuan.Sub(b.yuan)} }
func (a Amount) Add(b Amount) Amount                          { return Amount{a.yuan.Add(b.yuan)} }
func (a Amount) Neg() Amount                                  { return Amount{a.yuan.Neg()} }
func (a Amount) Abs() Amount                                  { return Amount{a.yuan.Abs()} }
func (a Amount) IsPositive() bool                             { return a.yuan.IsPositive() }
func (a Amount) IsNegative() bool                             { return a.yuan.IsNegative() }
func (a Amount) IsZero() bool                                 { return a.yuan.IsZero() }
func (a Amount) Less(b Amount) bool                           { return a.yuan.LessThan(b.yuan) }
func (a Amount) Cmp(b Amount) int                             { return a.yuan.Cmp(b.yuan) }
func (a Amount) Equal(b Amount) bool                          { return a.yuan.Equal(b.yuan) }

// Decimal is the amount in yuan for further calculation; come back through Round.
func (a Amount) Decimal() decimal.Decimal { return a.yuan }

// Fen is the amount in fen, as a whole number.
func (a Amount) Fen() int64 { return a.yuan.Shift(2).IntPart() }

// FromFen is the amount of so many fen.
func FromFen(fen int64) Amount { return Amount{decimal.New(fen, -2)} }

// String is the wire form: "1500000.00".
func (a Amount) String() string { return a.yuan.StringFixed(2) }

// Text is for sentences: "1,500,000.00 元".
func (a Amount) Text() string {
	s := a.Abs().String()
	whole, fen, _ := strings.Cut(s, ".")
	var b strings.Builder
	if a.IsNegative() {
		b.WriteByte('-')
	}
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	return b.String() + "." + fen + " 元"
}

func (a Amount) MarshalText() ([]byte, error)      { return []byte(a.String()), nil }
func (a *Amount) UnmarshalText(b []byte) (e error) { *a, e = Parse(string(b)); return }
func (a Amount) Value() (driver.Value, error)      { return a.String(), nil }

// Scan reads numeric(18,2). A null is refused: a missing amount is not 0.00.
func (a *Amount) Scan(v any) error {
	if v == nil {
		return fmt.Errorf("money: null is not an amount; scan into *Amount")
	}
	return a.yuan.Scan(v)
}
