package product

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/ipasset"
	"ippledge/internal/money"
	"ippledge/internal/repayment"
)

// RulesVersion names the conditions and weights of this file; a stored verdict keeps the
// version it was reached under.
const RulesVersion = 1

// The conditions, one bit each (design/matching-search-scale.md §1.2). Bits are never
// reused: stored masks keep their meaning.
const (
	AmountLow uint32 = 1 << iota
	AmountHigh
	TermLow
	TermHigh
	RateTooHigh
	Region
	Industry
	CollateralType
	LTV
	IPLife
	Years
	SME
	ProductClosed
	AlreadyPledged
	ValuationStale
	ConsentMissing
)

// Facts are what is known of a need and its enterprise on a day. They hold nothing that
// somebody judged.
type Facts struct {
	NeedID      uuid.UUID
	On          calendar.Date
	Amount      money.Amount
	TermMonths  int
	RateCeiling money.Rate
	Method      repayment.Method
	AreaCode    string
	Industry    string
	Kinds       []ipasset.Kind // of the portfolio, each once, sorted
	// Value is the sum of the portfolio's valuations; it counts only when Valued says that
	// every right has one that is filed and not expired.
	Value  money.Amount
	Valued bool
	// ExpiresOn is when the first right of the portfolio ends; On when one has ended already.
	ExpiresOn     calendar.Date
	EstablishedOn calendar.Date // zero when nobody said
	Scale         string
	// Pledged: a right of the portfolio is reserved, pledged or being disposed of.
	Pledged bool
	// Consented: the enterprise consented to the use of its data, and co-owners to the pledge.
	Consented bool
	// AreaNames gives the words for area codes; no condition looks at it.
	AreaNames map[string]string
}

// Reason is one condition that fails, with what the product needs and what was found.
type Reason struct {
	Code   string `json:"code"`
	Text   string `json:"text" doc:"不符合的条件"`
	Needed string `json:"needed" doc:"产品要求"`
	Actual string `json:"actual" doc:"实际情况"`
}

// Verdict is how a product fits a need. Mask 0 fits; one bit is a near miss.
type Verdict struct {
	Mask    uint32
	Reasons []Reason
	Score   Score // zero unless the product fits
}

// Fits tells whether no condition fails.
func (v Verdict) Fits() bool { return v.Mask == 0 }

// NearMiss tells whether exactly one condition fails: worth telling both sides.
func (v Verdict) NearMiss() bool { return bits.OnesCount32(v.Mask) == 1 }

// rule is one condition: whether it fails, and the two sides of it in words.
type rule struct {
	bit            uint32
	code, text     string
	fails          func(p Product, f Facts) bool
	needed, actual func(p Product, f Facts) string
}

var rules = []rule{
	{AmountLow, "AMT_LO", "金额低于产品下限", func(p Product, f Facts) bool { return f.Amount.Less(p.AmountMin) },
		func(p Product, _ Facts) string { return "不低于 " + p.AmountMin.Text() }, amountOf},
	{AmountHigh, "AMT_HI", "金额超过产品上限", func(p Product, f Facts) bool { return p.AmountMax.Less(f.Amount) },
		func(p Product, _ Facts) string { return "不超过 " + p.AmountMax.Text() }, amountOf},
	{TermLow, "TERM_LO", "期限短于产品下限", func(p Product, f Facts) bool { return f.TermMonths < p.TermMinMonths },
		func(p Product, _ Facts) string { return "不短于 " + months(p.TermMinMonths) }, termOf},
	{TermHigh, "TERM_HI", "期限超过产品上限", func(p Product, f Facts) bool { return f.TermMonths > p.TermMaxMonths },
		func(p Product, _ Facts) string { return "不超过 " + months(p.TermMaxMonths) }, termOf},
	{RateTooHigh, "RATE", "产品最低利率高于企业可承受利率", func(p Product, f Facts) bool { return p.RateMin.Cmp(f.RateCeiling) > 0 },
		func(p Product, _ Facts) string { return "可承受利率不低于 " + p.RateMin.String() + "%" },
		func(_ Product, f Facts) string { return "可承受利率 " + f.RateCeiling.String() + "%" }},
	{Region, "REGION", "企业不在产品服务地区", func(p Product, f Facts) bool {
		return len(p.AreaCodes) > 0 && !slices.Contains(p.AreaCodes, f.AreaCode)
	},
		func(p Product, f Facts) string { return f.areas(p.AreaCodes...) }, func(_ Product, f Facts) string { return f.areas(f.AreaCode) }},
	{Industry, "INDUSTRY", "企业不在产品支持行业", func(p Product, f Facts) bool {
		return len(p.Industries) > 0 && !slices.Contains(p.Industries, f.Industry)
	},
		func(p Product, _ Facts) string { return strings.Join(p.Industries, "、") },
		func(_ Product, f Facts) string { return known(f.Industry) }},
	{CollateralType, "COLLATERAL_TYPE", "质押组合中有产品不接受的知识产权种类", collateralFails,
		func(p Product, _ Facts) string { return kindsText(p.CollateralKinds) },
		func(_ Product, f Facts) string { return kindsText(f.Kinds) }},
	{LTV, "LTV", "融资金额超过评估值乘质押率", ltvFails,
		func(p Product, f Facts) string {
			return "不超过 " + p.LTVMax.Of(f.Value).Text() + "（质押率 " + p.LTVMax.String() + "%）"
		},
		func(_ Product, f Facts) string { return f.Amount.Text() + "，评估值 " + f.Value.Text() }},
	{IPLife, "IP_LIFE", "权利剩余保护期不足", func(p Product, f Facts) bool { return p.lifeNeeded(f).After(f.ExpiresOn) },
		func(p Product, f Facts) string { return "保护期至少到 " + p.lifeNeeded(f).String() },
		func(_ Product, f Facts) string { return "最早到期 " + f.ExpiresOn.String() }},
	{Years, "YEARS", "企业成立时间不足", yearsFail,
		func(p Product, _ Facts) string { return "成立满 " + months(p.MinAgeMonths) },
		func(_ Product, f Facts) string { return "成立日期 " + known(f.EstablishedOn.String()) }},
	{SME, "SME", "产品仅限中小微企业", func(p Product, f Facts) bool { return p.SMEOnly && !slices.Contains(smallScales, f.Scale) },
		func(Product, Facts) string { return "中型、小型或微型企业" },
		func(_ Product, f Facts) string { return known(scaleText[f.Scale]) }},
	{ProductClosed, "PRODUCT_CLOSED", "产品未在架", func(p Product, _ Facts) bool { return p.Status != Published },
		func(Product, Facts) string { return "已发布" }, func(p Product, _ Facts) string { return statusText[p.Status] }},
	{AlreadyPledged, "IP_ALREADY_PLEDGED", "组合中有知识产权已锁定或已出质", func(_ Product, f Facts) bool { return f.Pledged },
		func(Product, Facts) string { return "未锁定、未出质" }, func(Product, Facts) string { return "已锁定或已出质" }},
	{ValuationStale, "VALUATION_STALE", "组合中有知识产权没有有效的评估值", func(_ Product, f Facts) bool { return !f.Valued },
		func(Product, Facts) string { return "全部有在有效期内的评估报告" }, func(Product, Facts) string { return "未评估或评估已过期" }},
	{ConsentMissing, "CONSENT_MISSING", "缺少数据使用授权或共有人同意", func(_ Product, f Facts) bool { return !f.Consented },
		func(Product, Facts) string { return "企业已授权，共有人已同意质押" }, func(Product, Facts) string { return "尚未取得" }},
}

// Match judges one product against the facts of one need. Every condition is looked at,
// so that the refusal lists all that fails, not the first thing found.
func Match(p Product, f Facts) Verdict {
	v := Verdict{Reasons: []Reason{}}
	for _, r := range rules {
		if r.fails(p, f) {
			v.Mask |= r.bit
			v.Reasons = append(v.Reasons, Reason{r.code, r.text, r.needed(p, f), r.actual(p, f)})
		}
	}
	if v.Mask == 0 {
		v.Score = score(p, f)
	}
	return v
}

// Codes lists the codes of a mask in the order of the bits.
func Codes(mask uint32) []string {
	codes := []string{}
	for _, r := range rules {
		if mask&r.bit != 0 {
			codes = append(codes, r.code)
		}
	}
	return codes
}

// lifeNeeded is the day the rights must still live: the end of the loan, were it drawn
// today, and the months that the bank wants besides (domain §5.4).
func (p Product) lifeNeeded(f Facts) calendar.Date {
	return f.On.AddMonths(f.TermMonths + p.MinLifeMonths)
}

func collateralFails(p Product, f Facts) bool {
	return slices.ContainsFunc(f.Kinds, func(k ipasset.Kind) bool { return !slices.Contains(p.CollateralKinds, k) })
}

// ltvFails compares products, not quotients: amount × 100 > value × ltv. Without current
// valuations there is nothing to compare with, and ValuationStale says so.
func ltvFails(p Product, f Facts) bool {
	return f.Valued && f.Amount.Times(hundred).GreaterThan(f.Value.Times(p.LTVMax.Percent()))
}

func yearsFail(p Product, f Facts) bool {
	return p.MinAgeMonths > 0 && (f.EstablishedOn.IsZero() || f.EstablishedOn.AddMonths(p.MinAgeMonths).After(f.On))
}

func (f Facts) areas(codes ...string) string {
	words := make([]string, len(codes))
	for i, code := range codes {
		if words[i] = f.AreaNames[code]; words[i] == "" {
			words[i] = code
		}
	}
	return strings.Join(words, "、")
}

func amountOf(_ Product, f Facts) string { return f.Amount.Text() }
func termOf(_ Product, f Facts) string   { return months(f.TermMonths) }
func months(n int) string                { return fmt.Sprintf("%d 个月", n) }

func known(text string) string {
	if text == "" {
		return "未填写"
	}
	return text
}

var smallScales = []string{"micro", "small", "medium"}

var scaleText = map[string]string{"micro": "微型企业", "small": "小型企业", "medium": "中型企业", "large": "大型企业"}

var statusText = map[Status]string{Draft: "草稿", Published: "已发布", Closed: "已下架"}

func kindsText(kinds []ipasset.Kind) string {
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = k.Text()
	}
	return strings.Join(words, "、")
}
