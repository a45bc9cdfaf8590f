package policy

// groups of the form, in order.
const (
	groupShare   = "损失分担"
	groupLimit   = "规模与限额"
	groupEntry   = "入库条件"
	groupClaim   = "补偿申请"
	groupReview  = "审核时限"
	groupBreaker = "熔断"
	groupAfter   = "追偿、核销与清算"
	groupSubsidy = "贴息与补助"
)

func rate(group, key, label, def, low, high, source string) Definition {
	return Definition{key, group, label, "%", kindRate, low, high, def, []Choice{}, source}
}

func amount(group, key, label, def, low, high, source string) Definition {
	return Definition{key, group, label, "元", kindAmount, low, high, def, []Choice{}, source}
}

func integer(group, key, label, unit, def, low, high, source string) Definition {
	return Definition{key, group, label, unit, kindInteger, low, high, def, []Choice{}, source}
}

func yes(group, key, label, def, source string) Definition {
	return Definition{key, group, label, "", kindBoolean, "", "", def, []Choice{}, source}
}

// Definitions lists every parameter of domain §4.8 with its default and what is allowed.
var Definitions = []Definition{
	rate(groupShare, "fund_share", "基金分担比例", "45.00", "0", "90", hunan),
	rate(groupShare, "bank_share", "银行分担比例", "45.00", "0", "90", hunan),
	rate(groupShare, "guarantor_share", "担保机构分担比例", "0.00", "0", "90", own),
	rate(groupShare, "insurer_share", "保险机构分担比例", "0.00", "0", "90", own),
	rate(groupShare, "appraiser_share", "评估处置机构分担比例", "10.00", "0", "90", hunan),
	{"empty_seat", groupShare, "缺位方份额由谁承担", "", kindChoice, "", "", "bank", []Choice{{"bank", "银行"}, {"fund", "基金"}}, own},
	{"covered", groupShare, "补偿范围", "", kindChoice, "", "", "principal", []Choice{{"principal", "仅本金"}}, "参照海口、武汉、江苏 [S32][S33][S38]"},

	integer(groupLimit, "leverage_multiple", "放大倍数上限", "倍", "10", "5", "15", "参照中山、海口、北京 [S28][S32][S47]"),
	amount(groupLimit, "enrolled_cap_per_enterprise", "单户企业在保本金上限", "5000000.00", "1000000.00", "30000000.00", "湖南 500 万元 [S29]；江苏 3000 万元 [S38]"),
	amount(groupLimit, "comp_cap_per_enterprise", "单户企业补偿上限", "2250000.00", "100000.00", "30000000.00", "为单户在保上限的 45%"),
	rate(groupLimit, "comp_cap_bank_year", "单家银行年度补偿上限（占年初基金净额）", "30.00", "10", "100", own+"：防止一家银行耗尽基金"),

	rate(groupEntry, "min_ip_share_in_combo", "组合担保中知识产权占比下限", "50.00", "0", "100", "参照武汉 [S33]"),
	integer(groupEntry, "max_term_months", "贷款期限上限", "个月", "36", "12", "36", "参照江苏“苏知贷” [S38]"),
	integer(groupEntry, "price_ceiling_bp_over_lpr1y", "利率上限（1年期LPR加点）", "基点", "150", "50", "250", "参照四川“天府知来贷” [S39]"),
	yes(groupEntry, "extra_fees_allowed", "允许收取利息以外的费用", "false", "参照江苏、四川 [S38][S39]"),
	integer(groupEntry, "enterprise_min_age_months", "企业成立时间下限", "个月", "12", "0", "120", "参照广州 [S31]"),
	integer(groupEntry, "clean_credit_years", "无不良信用记录年限", "年", "3", "0", "10", "参照广州 [S31]"),
	yes(groupEntry, "sme_only", "仅限中小微企业", "true", "参照广州 [S31]"),
	integer(groupEntry, "filing_deadline_wd", "放款后备案期限", "个工作日", "10", "5", "30", "逾期未备案不予补偿，参照天津 [S43]"),

	integer(groupClaim, "claim_min_dpd", "申请补偿的最低逾期天数", "天", "90", "30", "180", "不良认定线 [S50]；无锡 60 天 [S40]"),
	yes(groupClaim, "claim_litigation_required", "须已立案（诉讼、仲裁或破产）", "true", "参照无锡 [S40]"),
	integer(groupClaim, "claim_latest_after_maturity_days", "最迟申请时间（到期后）", "天", "365", "30", "1095", own),
	amount(groupClaim, "expert_required_above", "须专家评审的损失金额（超过）", "1000000.00", "0.00", "30000000.00", own),
	integer(groupClaim, "expert_count", "评审专家人数", "人", "3", "3", "9", own+"：不少于 3 人且为单数"),

	integer(groupReview, "review_accept_wd", "受理", "个工作日", "5", "1", "60", wuxi),
	integer(groupReview, "review_first_wd", "初审", "个工作日", "10", "1", "60", own),
	integer(groupReview, "review_expert_wd", "专家评审", "个工作日", "10", "1", "60", own),
	integer(groupReview, "review_bureau_wd", "主管部门复核", "个工作日", "10", "1", "60", wuxi),
	integer(groupReview, "review_publicity_wd", "公示", "个工作日", "5", "5", "60", "公示通行做法"),
	integer(groupReview, "review_objection_wd", "异议处理", "个工作日", "10", "1", "60", own),
	integer(groupReview, "review_finance_wd", "财政审核", "个工作日", "10", "1", "60", own),
	integer(groupReview, "review_payout_wd", "拨付", "个工作日", "5", "1", "60", own),

	rate(groupBreaker, "breaker_bank_warn", "单家银行不良率预警线", "3.00", "0", "100", rule44),
	rate(groupBreaker, "breaker_bank_suspend", "单家银行不良率暂停线", "5.00", "0", "100", rule44),
	rate(groupBreaker, "breaker_bank_paid", "单家银行已拨补偿占其年度份额的暂停线", "50.00", "0", "100", own),
	rate(groupBreaker, "breaker_fund_suspend", "基金整体不良率暂停线", "8.00", "0", "100", own),
	rate(groupBreaker, "breaker_fund_min_balance", "基金余额占实收资本的暂停线（低于）", "20.00", "0", "100", own),
	integer(groupBreaker, "breaker_resume_month_ends", "恢复所需的连续达标月末数", "个月末", "2", "0", "12", own+"：另须知识产权局与财政局共同决定"),

	integer(groupAfter, "recovery_transfer_wd", "追偿款转回基金期限", "个工作日", "10", "1", "60", own),
	integer(groupAfter, "writeoff_min_years_after_comp", "补偿后可核销的最短年限", "年", "2", "0", "10", own),
	yes(groupAfter, "writeoff_ruling_required", "核销须有终结执行裁定或破产终结", "true", own),
	integer(groupAfter, "annual_settlement_january_day", "年度清算截止（次年1月）", "日", "31", "1", "31", own),

	rate(groupSubsidy, "subsidy_interest_share", "贴息比例（占1年期LPR）", "50.00", "0", "100", "介于青岛与福建之间 [S36][S37]"),
	amount(groupSubsidy, "subsidy_interest_cap", "单户年度贴息上限", "200000.00", "0.00", "1000000.00", "参照福建 20 万元 [S37]"),
	integer(groupSubsidy, "subsidy_interest_months", "单笔贴息期限", "个月", "12", "1", "36", "参照福建 [S37]"),
	rate(groupSubsidy, "subsidy_valuation_share", "评估费补助比例", "50.00", "0", "100", "各地通行 50%–100% [GK]"),
	amount(groupSubsidy, "subsidy_valuation_cap", "单户评估费补助上限", "50000.00", "0.00", "200000.00", "各地通行 5–20 万元 [GK]"),
	{"subsidy_interest_convention", groupSubsidy, "贴息计算口径", "", kindChoice, "", "", "simple_annual", []Choice{{"simple_annual", "按年（满一年计一年）"}, {"by_days", "按实际天数÷360"}}, own + "：口径须由政策明确"},
	rate(groupSubsidy, "subsidy_guarantee_share", "担保费补助比例", "50.00", "0", "100", "各地通行 50%–100% [GK]"),
	amount(groupSubsidy, "subsidy_guarantee_cap", "单户担保费补助上限", "50000.00", "0.00", "200000.00", "各地通行 5–20 万元 [GK]"),
	rate(groupSubsidy, "subsidy_premium_share", "保费补助比例", "50.00", "0", "100", "各地通行 50%–100% [GK]"),
	amount(groupSubsidy, "subsidy_premium_cap", "单户保费补助上限", "50000.00", "0.00", "200000.00", "各地通行 5–20 万元 [GK]"),
	yes(groupSubsidy, "subsidy_double_allowed", "已获其他层级同类补助的可再申请", "false", own+"：默认不重复补助"),
}
