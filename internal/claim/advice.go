package claim

import (
	"fmt"
	"slices"

	"ippledge/internal/money"
)

// advice is what a panel came to: against where the majority is, otherwise the median of
// those in favour (the lower of the two in the middle where their number is even).
func advice(inFavour []money.Amount, votes, total int, current money.Amount) review {
	r := review{Step: "expert", Opinion: fmt.Sprintf("%d 名专家评审，%d 名同意补偿，平均 %d.%d 分", votes, len(inFavour), total/votes, total*10/votes%10)}
	if 2*len(inFavour) < votes {
		r.Verdict = verdictReject
		return r
	}
	sorted := slices.Clone(inFavour)
	slices.SortFunc(sorted, money.Amount.Cmp)
	median := sorted[(len(sorted)-1)/2]
	r.Verdict, r.Amount = verdictPass, &median
	if !median.Equal(current) {
		r.Verdict, r.ReasonCode = verdictAdjust, "other"
	}
	return r
}
