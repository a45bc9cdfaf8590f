package app

import (
	"fmt"
	"strings"

	"ippledge/internal/approval"
	"ippledge/internal/bid"
	"ippledge/internal/claim"
	"ippledge/internal/financing"
	"ippledge/internal/fund"
	"ippledge/internal/iam"
	"ippledge/internal/ipasset"
	"ippledge/internal/notify"
	"ippledge/internal/org"
	"ippledge/internal/pledge"
	"ippledge/internal/policy"
	"ippledge/internal/product"
	"ippledge/internal/subsidy"
	"ippledge/internal/valuation"
)

// States draws the transition table of every noun that has states.
func States() string {
	var b strings.Builder
	b.WriteString("# 状态图\n\n由 `ippledge states` 从各包的转移表生成；表中没有的，就不会发生。\n")
	for _, d := range []struct{ noun, text, diagram string }{
		{"approval", "复核事项", approval.Transitions.Mermaid()},
		{"organization", "机构", org.Transitions.Mermaid()},
		{"user", "用户", iam.Transitions.Mermaid()},
		{"policy", "政策版本", policy.Transitions.Mermaid()},
		{"asset", "知识产权", ipasset.Transitions.Mermaid()},
		{"valuation", "评估委托", valuation.Transitions.Mermaid()},
		{"need", "融资需求", financing.Transitions.Mermaid()},
		{"product", "贷款产品", product.Transitions.Mermaid()},
		{"bid", "报价", bid.Transitions.Mermaid()},
		{"pledge", "质押登记", pledge.Transitions.Mermaid()},
		{"fund", "基金", fund.FundTransitions.Mermaid()},
		{"movement", "基金收支", fund.MovementTransitions.Mermaid()},
		{"enrolment", "入库备案", fund.Transitions.Mermaid()},
		{"refiling", "展期重新备案", fund.RefilingTransitions.Mermaid()},
		{"claim", "补偿申请", claim.Transitions.Mermaid()},
		{"recovery", "追偿", claim.RecoveryTransitions.Mermaid()},
		{"subsidy_call", "补助征集", subsidy.CallTransitions.Mermaid()},
		{"subsidy", "补助申请", subsidy.Transitions.Mermaid()},
		{"subsidy_batch", "补助拨付批次", subsidy.BatchTransitions.Mermaid()},
		{"subsidy_appropriation", "补助资金拨入", subsidy.AppropriationTransitions.Mermaid()},
		{"notice", "公告", notify.Transitions.Mermaid()},
	} {
		fmt.Fprintf(&b, "\n## %s（%s）\n\n```mermaid\n%s```\n", d.text, d.noun, d.diagram)
	}
	return b.String()
}
