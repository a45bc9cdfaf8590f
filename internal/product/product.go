// Package product keeps the loan products that banks put on the shelf, and judges which
// of them fit a financing need.
//
// The one hard rule: a verdict comes from facts alone, one bit per condition that fails,
// and every bit says what was needed and what was found. Who may take a product is never
// decided by a score.
package product

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/fault"
	"ippledge/internal/ipasset"
	"ippledge/internal/money"
	"ippledge/internal/repayment"
	"ippledge/internal/state"
)

type (
	// Status is where a product stands.
	Status string
	// Action moves it.
	Action string
)

// The life of a product. Publishing and closing take two people of the bank.
const (
	Draft     Status = "draft"
	Published Status = "published"
	Closed    Status = "closed"

	Edit    Action = "edit"
	Publish Action = "publish"
	Close   Action = "close"
	Reopen  Action = "reopen"
)

// Transitions is the whole life of a product.
var Transitions = state.Table[Status, Action]{
	Draft:     {Edit: Draft, Publish: Published},
	Published: {Close: Closed},
	Closed:    {Reopen: Draft},
}

var _ = state.Name(map[string]string{
	"published": "已发布", "publish": "发布", "close": "关闭", "reopen": "重新起草",
})

var _ = audit.Name(map[string]string{
	"product.create": "起草贷款产品", "product.edit": "修改贷款产品", "product.propose": "提交产品复核",
	"product.publish": "发布贷款产品", "product.close": "下架贷款产品", "product.reopen": "重新起草贷款产品",
})

// Terms is what a bank offers: the limits are the facts that matching checks.
type Terms struct {
	Name            string             `json:"name" maxLength:"60" doc:"产品名称"`
	Summary         string             `json:"summary" maxLength:"500" doc:"产品说明，公开展示"`
	AmountMin       money.Amount       `json:"amount_min" doc:"单笔最低金额，元"`
	AmountMax       money.Amount       `json:"amount_max" doc:"单笔最高金额，元"`
	TermMinMonths   int                `json:"term_min_months" doc:"最短期限，月"`
	TermMaxMonths   int                `json:"term_max_months" doc:"最长期限，月"`
	RateMin         money.Rate         `json:"rate_min" doc:"最低年利率，%"`
	RateMax         money.Rate         `json:"rate_max" doc:"最高年利率，%"`
	Methods         []repayment.Method `json:"methods" nullable:"false" enum:"equal_instalment,equal_principal,interest_only_bullet,bullet" doc:"可选的还款方式"`
	CollateralKinds []ipasset.Kind     `json:"collateral_kinds" nullable:"false" enum:"invention_patent,utility_model,design_patent,trademark,gi_mark" doc:"接受的知识产权种类"`
	AreaCodes       []string           `json:"area_codes" nullable:"false" doc:"限定的县市区代码，空表示全市"`
	Industries      []string           `json:"industries" nullable:"false" doc:"限定的行业，空表示不限"`
	LTVMax          money.Rate         `json:"ltv_max" doc:"最高质押率，%"`
	MinLifeMonths   int                `json:"min_life_months" doc:"贷款到期后权利至少还应存续的月数"`
	MinAgeMonths    int                `json:"min_age_months" doc:"企业成立至少满的月数"`
	SMEOnly         bool               `json:"sme_only" doc:"仅限中小微企业"`
}

// Product is one product of a bank.
type Product struct {
	ID     uuid.UUID
	Number string
	BankID uuid.UUID
	Terms
	Status      Status
	CreatedAt   time.Time
	PublishedAt *time.Time
	Version     int64
}

var (
	errNotFound   = fault.New(fault.NotFound, "product_not_found", "没有这个贷款产品，或您无权查看")
	errPending    = fault.New(fault.Conflict, "approval_already_pending", "该产品已有待复核的事项，请先处理完毕")
	errNotEditing = fault.New(fault.Conflict, "product_not_editable", "只有草稿可以修改；已发布的产品请先下架，再重新起草")
)

// check takes over the terms of a draft after looking at each field, all faults at once.
func (t *Terms) check() error {
	var c fault.Collector
	t.Name, t.Summary = strings.TrimSpace(t.Name), strings.TrimSpace(t.Summary)
	t.tidy()
	if len([]rune(t.Name)) < 2 {
		c.Add("name", "field_required", "请填写产品名称，至少两个字")
	}
	if !t.AmountMin.IsPositive() {
		c.Add("amount_min", "amount_not_positive", "最低金额应大于零")
	}
	if t.AmountMax.Less(t.AmountMin) {
		c.Add("amount_max", "amounts_not_ordered", "最高金额不能低于最低金额")
	}
	if t.TermMinMonths < 1 || t.TermMaxMonths > 120 {
		c.Add("term_min_months", "term_out_of_range", "期限应在 1 至 120 个月之间")
	}
	if t.TermMaxMonths < t.TermMinMonths {
		c.Add("term_max_months", "terms_not_ordered", "最长期限不能短于最短期限")
	}
	if !t.RateMin.IsPositive() || t.RateMax.Cmp(repayment.RateMax) > 0 {
		c.Add("rate_min", "rate_out_of_range", "年利率应大于 0 且不超过 %s%%", repayment.RateMax)
	}
	if t.RateMax.Cmp(t.RateMin) < 0 {
		c.Add("rate_max", "rates_not_ordered", "最高利率不能低于最低利率")
	}
	if !t.LTVMax.IsPositive() || t.LTVMax.Cmp(money.MustRate("100")) > 0 {
		c.Add("ltv_max", "ltv_out_of_range", "质押率应大于 0 且不超过 100%%")
	}
	if t.MinLifeMonths < 0 || t.MinLifeMonths > 240 || t.MinAgeMonths < 0 || t.MinAgeMonths > 600 {
		c.Add("min_life_months", "months_out_of_range", "权利存续月数应在 0 至 240 之间，成立月数应在 0 至 600 之间")
	}
	t.checkLists(&c)
	return c.Err()
}

func (t *Terms) checkLists(c *fault.Collector) {
	if len(t.Methods) == 0 {
		c.Add("methods", "field_required", "请至少选择一种还款方式")
	}
	for _, m := range t.Methods {
		if !slices.Contains(repayment.Methods, m) {
			c.Add("methods", "method_unknown", "不认识的还款方式“%.30s”，请从列表中选择", string(m))
		}
	}
	if len(t.CollateralKinds) == 0 {
		c.Add("collateral_kinds", "field_required", "请至少选择一种知识产权")
	}
	for _, k := range t.CollateralKinds {
		if !k.IsPatent() && !k.IsMark() {
			c.Add("collateral_kinds", "collateral_kind_unknown", "不认识的知识产权种类“%.30s”，请从列表中选择", string(k))
		}
	}
	if len(t.Industries) > 30 || len(t.AreaCodes) > 30 {
		c.Add("industries", "list_too_long", "限定的行业和地区各不超过 30 个")
	}
}

// tidy drops blanks and repeats, so that two ways of writing one list are one list.
func (t *Terms) tidy() {
	t.Methods = distinct(t.Methods)
	t.CollateralKinds = distinct(t.CollateralKinds)
	t.AreaCodes = distinct(t.AreaCodes)
	t.Industries = distinct(t.Industries)
}

func distinct[T ~string](list []T) []T {
	out := make([]T, 0, len(list))
	for _, v := range list {
		if v = T(strings.TrimSpace(string(v))); v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
