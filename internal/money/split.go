package money

import (
	"slices"

	"github.com/shopspring/decimal"

	"ippledge/internal/fault"
)

// Split shares total out by weight, to the fen, by the largest remainder: each part gets
// its share cut down to the fen, and the fen left over go to the largest fractions, the
// earlier weight first where they tie (domain §4.4). The parts add up to total exactly.
// A negative total splits like the positive one, with the sign turned.
// It fails with weights_empty, weight_negative or weights_all_zero.
func Split(total Amount, weights []decimal.Decimal) ([]Amount, error) {
	sum, err := checkWeights(weights)
	if err != nil {
		return nil, err
	}
	if total.IsNegative() {
		parts, err := Split(total.Neg(), weights)
		for i := range parts {
			parts[i] = parts[i].Neg()
		}
		return parts, err
	}
	fen := total.yuan.Shift(2)
	parts := make([]Amount, len(weights))
	remainders := make([]decimal.Decimal, len(weights))
	left := fen
	for i, w := range weights {
		// Whole-number division keeps the remainders exact: 1/3 has no decimal expansion.
		quotient, remainder := fen.Mul(w).QuoRem(sum, 0)
		parts[i], remainders[i] = Amount{quotient.Shift(-2)}, remainder
		left = left.Sub(quotient)
	}
	byRemainder := make([]int, len(weights))
	for i := range byRemainder {
		byRemainder[i] = i
	}
	slices.SortStableFunc(byRemainder, func(a, b int) int { return remainders[b].Cmp(remainders[a]) })
	for i := range int(left.IntPart()) {
		at := byRemainder[i]
		parts[at] = parts[at].Add(FromFen(1))
	}
	return parts, nil
}

func checkWeights(weights []decimal.Decimal) (sum decimal.Decimal, err error) {
	if len(weights) == 0 {
		return sum, fault.InField("weights", "weights_empty", "请至少给出一个分配权重")
	}
	for i, w := range weights {
		if w.IsNegative() {
			return sum, fault.InField("weights", "weight_negative", "第 %d 个权重为负数，权重不能小于 0", i+1)
		}
		sum = sum.Add(w)
	}
	if sum.IsZero() {
		return sum, fault.InField("weights", "weights_all_zero", "权重不能全部为 0")
	}
	return sum, nil
}
