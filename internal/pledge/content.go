package pledge

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
)

// Allocation is one right's part of the secured sum.
type Allocation struct {
	AssetID uuid.UUID    `json:"asset_id"`
	Amount  money.Amount `json:"amount" doc:"该权利分担的担保金额"`
}

// Content is what a loan officer writes of a contract.
type Content struct {
	Kind          Kind           `json:"kind" enum:"specific,max_amount" doc:"specific 一般质押，max_amount 最高额质押"`
	ContractNo    string         `json:"contract_no" maxLength:"60" doc:"质押合同编号"`
	SecuredAmount money.Amount   `json:"secured_amount" doc:"担保金额；最高额质押为最高债权额"`
	ClaimsFrom    *calendar.Date `json:"claims_from,omitempty" doc:"债权确定期间起（最高额质押）"`
	ClaimsTo      *calendar.Date `json:"claims_to,omitempty" doc:"债权确定期间止（最高额质押）"`
	DebtDueOn     calendar.Date  `json:"debt_due_on" doc:"主债权到期日"`
	Allocations   []Allocation   `json:"allocations" nullable:"false" doc:"质押组合及各项分担金额，合计等于担保金额"`
	DocumentIDs   []uuid.UUID    `json:"document_ids,omitempty" doc:"质押合同扫描件等"`
}

// check looks at each field by itself (P07: the contract's required contents, Civil Code 427).
func (c Content) check() error {
	var f fault.Collector
	if strings.TrimSpace(c.ContractNo) == "" {
		f.Add("contract_no", "field_required", "请填写质押合同编号")
	}
	if !c.SecuredAmount.IsPositive() {
		f.Add("secured_amount", "amount_not_positive", "担保金额必须大于 0 元")
	}
	switch {
	case c.Kind != Specific && c.Kind != MaxAmount:
		f.Add("kind", "kind_unknown", "请选择一般质押或最高额质押")
	case c.Kind == MaxAmount && (c.ClaimsFrom == nil || c.ClaimsTo == nil):
		f.Add("claims_from", "claims_period_required", "最高额质押必须约定债权确定期间的起止日")
	case c.Kind == MaxAmount && !c.ClaimsFrom.Before(*c.ClaimsTo):
		f.Add("claims_to", "claims_period_reversed", "债权确定期间的止日应晚于起日")
	case c.Kind == Specific && (c.ClaimsFrom != nil || c.ClaimsTo != nil):
		f.Add("claims_from", "claims_period_not_allowed", "一般质押没有债权确定期间，请留空")
	}
	if c.DebtDueOn.IsZero() {
		f.Add("debt_due_on", "field_required", "请填写主债权到期日")
	}
	c.checkAllocations(&f)
	return f.Err()
}

func (c Content) checkAllocations(f *fault.Collector) {
	total, seen := money.Zero, map[uuid.UUID]bool{}
	for _, a := range c.Allocations {
		if seen[a.AssetID] {
			f.Add("allocations", "asset_twice", "同一权利在质押组合中出现了两次")
		}
		if !a.Amount.IsPositive() {
			f.Add("allocations", "amount_not_positive", "每项权利分担的担保金额必须大于 0 元")
		}
		seen[a.AssetID], total = true, total.Add(a.Amount)
	}
	switch {
	case len(c.Allocations) == 0:
		f.Add("allocations", "asset_required", "请至少选择一项知识产权")
	case !total.Equal(c.SecuredAmount):
		f.Add("allocations", "allocation_mismatch", "各项分担金额合计 %s，应等于担保金额 %s", total.Text(), c.SecuredAmount.Text())
	}
}

// apply writes the content into the pledge; the pledgor's consent was to what stood before.
func (p *Pledge) apply(c Content) []Line {
	p.Kind, p.ContractNo, p.SecuredAmount, p.DebtDueOn = c.Kind, strings.TrimSpace(c.ContractNo), c.SecuredAmount, c.DebtDueOn
	p.ClaimsFrom, p.ClaimsTo = calendar.Date{}, calendar.Date{}
	if c.Kind == MaxAmount {
		p.ClaimsFrom, p.ClaimsTo = *c.ClaimsFrom, *c.ClaimsTo
	}
	p.ConsentedAt, p.ConsentedBy, p.ConsentedByName = nil, nil, ""
	lines := make([]Line, len(c.Allocations))
	for i, a := range c.Allocations {
		lines[i] = Line{PledgeID: p.ID, AssetID: a.AssetID, AllocatedAmount: a.Amount}
	}
	return lines
}

// within refuses rights that the enterprise did not offer for this need.
func within(lines []Line, portfolio []uuid.UUID) error {
	for _, l := range lines {
		if !slices.Contains(portfolio, l.AssetID) {
			return fault.InField("allocations", "asset_not_in_portfolio", "质押组合只能从该融资需求提供的知识产权中选择")
		}
	}
	return nil
}
