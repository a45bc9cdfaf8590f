package notify

import "ippledge/internal/authz"

// rule says who is told of an event, and what. Told are those who hold the permission:
// of the one organisation named in the event, or of every organisation of a kind. What is
// said of bids goes to the bank alone; the enterprise hears of them when its window has
// closed.
type rule struct {
	event      string
	to         string        // the member of the event that names the organisation
	kind       authz.OrgKind // or all organisations of this kind
	permission authz.Permission
	title      string
	subject    string // the member that names the subject
	noun       string // whose number is put into the body
	link       string
	next       string // what the reader does now; empty where nothing is to be done
	// once is the member that is told of only once, however often the event is repeated.
	once string
	// needs is a member without which nobody is told; with "!" before it, one with which.
	needs string
}

// rules are listed by noun, in the order in which a case meets them.
var rules = append(append(before, lending...), compensation...)

var before = []rule{
	{"organization.submitted", "", authz.IPBureau, authz.OrgHandle, "有机构提交入驻申请", "organization_id", "organization", "/console/organizations/", "请核对资料并办理准入。", "", ""},
	{"organization.admitted", "organization_id", "", authz.OrgEditOwn, "入驻申请已通过", "organization_id", "organization", "/console/organizations/", "现在可以在平台办理业务。", "", ""},
	{"organization.returned", "organization_id", "", authz.OrgEditOwn, "入驻申请被退回，请修改后重新提交", "organization_id", "organization", "/console/organizations/", "", "", ""},
	{"organization.suspended", "organization_id", "", authz.OrgEditOwn, "本单位已被暂停办理业务", "organization_id", "organization", "/console/organizations/", "如有疑问请联系知识产权管理部门。", "", ""},
	{"policy.approved", "", authz.Bank, authz.EnrolmentFile, "风险补偿政策有新版本", "policy_id", "policy_version", "/console/policies/", "请查看生效日期与参数变化。", "", ""},
	{"policy.approved", "", authz.FundManager, authz.ClaimManage, "风险补偿政策有新版本", "policy_id", "policy_version", "/console/policies/", "请查看生效日期与参数变化。", "", ""},
	{"ip_alert.raised", "org_id", "", authz.AssetWrite, "知识产权状态提醒", "asset_id", "ip_asset", "/console/assets/", "", "", ""},
	{"valuation.ordered", "firm_id", "", authz.ValuationAnswer, "收到新的评估委托", "valuation_id", "valuation_order", "/console/valuations/", "请接受或谢绝。", "", ""},
	{"valuation.accepted", "client_id", "", authz.ValuationOrder, "评估机构已接受委托", "valuation_id", "valuation_order", "/console/valuations/", "", "", ""},
	{"valuation.declined", "client_id", "", authz.ValuationOrder, "评估机构谢绝了委托", "valuation_id", "valuation_order", "/console/valuations/", "请另选评估机构。", "", ""},
	{"valuation.cancelled", "firm_id", "", authz.ValuationAnswer, "评估委托已取消", "valuation_id", "valuation_order", "/console/valuations/", "不必再出具报告。", "", ""},
	{"valuation.filed", "client_id", "", authz.ValuationOrder, "评估报告已出具", "valuation_id", "valuation_order", "/console/valuations/", "可以用于发布融资需求。", "", ""},
	{"need.submitted", "", authz.IPBureau, authz.NeedReview, "有融资需求待核验", "need_id", "financing_need", "/console/needs/", "请核验后发布或退回。", "", ""},
	{"need.returned", "org_id", "", authz.NeedDraft, "融资需求被退回，请修改后重新提交", "need_id", "financing_need", "/console/needs/", "", "", ""},
	{"need.opened", "org_id", "", authz.NeedDraft, "融资需求已发布，报价窗口开启", "need_id", "financing_need", "/console/needs/", "", "", ""},
	{"need.matched", "bank_id", "", authz.BidDraft, "有融资需求符合本行产品", "need_id", "financing_need", "/console/needs/", "如有意向，请在窗口截止前报价。", "", ""},
	{"need.closed", "org_id", "", authz.BidAward, "报价窗口已截止，请查看结果", "need_id", "financing_need", "/console/needs/", "请比选并选定报价。", "", ""},
	{"bid.accepted", "bank_id", "", authz.BidDraft, "本行报价已被选定", "bid_id", "bid", "/console/bids/", "请开展贷前调查。", "", ""},
	{"bid.lost", "bank_id", "", authz.BidDraft, "本行报价未被选定", "bid_id", "bid", "/console/bids/", "", "", ""},
	{"bid.expired", "bank_id", "", authz.BidDraft, "本行报价已过有效期", "bid_id", "bid", "/console/bids/", "", "", ""},
	{"bid.revived", "bank_id", "", authz.BidDraft, "本行报价恢复有效，可被重新选定", "bid_id", "bid", "/console/bids/", "", "", ""},
	{"bid.declined", "org_id", "", authz.BidAward, "所选银行未通过授信审批", "need_id", "financing_need", "/console/needs/", "请查看其余报价，或重新发布需求。", "", ""},
}

var lending = []rule{
	{"loan.approved", "borrower_id", "", authz.LoanSign, "银行已批准授信，请签署借款合同", "loan_id", "loan", "/console/loans/", "", "", ""},
	{"loan.signed", "bank_id", "", authz.LoanDraft, "借款合同双方已签署", "loan_id", "loan", "/console/loans/", "请落实放款条件并登记放款。", "", ""},
	{"loan.cancelled", "borrower_id", "", authz.LoanRead, "贷款已取消", "loan_id", "loan", "/console/loans/", "", "", ""},
	{"loan.disbursed", "borrower_id", "", authz.LoanRead, "贷款已放款", "loan_id", "loan", "/console/loans/", "", "", ""},
	{"loan.due_soon", "borrower_id", "", authz.LoanRead, "本期还款即将到期", "loan_id", "loan", "/console/loans/", "请在到期日前备足款项。", "", ""},
	{"loan.overdue", "borrower_id", "", authz.LoanRead, "贷款已逾期，请尽快还款", "loan_id", "loan", "/console/loans/", "", "", ""},
	{"loan.overdue", "bank_id", "", authz.LoanDraft, "贷款发生逾期", "loan_id", "loan", "/console/loans/", "请及时催收，并留存催收记录。", "", ""},
	{"loan.extended", "borrower_id", "", authz.LoanRead, "贷款已展期", "loan_id", "loan", "/console/loans/", "请按新的还款计划还款。", "", ""},
	{"loan.accelerated", "borrower_id", "", authz.LoanRead, "银行宣布贷款提前到期", "loan_id", "loan", "/console/loans/", "请与贷款银行联系。", "", ""},
	{"loan.defaulted", "borrower_id", "", authz.LoanRead, "银行认定贷款违约", "loan_id", "loan", "/console/loans/", "请与贷款银行联系。", "", ""},
	{"loan.in_recovery", "borrower_id", "", authz.LoanRead, "银行已启动追偿", "loan_id", "loan", "/console/loans/", "请与贷款银行联系。", "", ""},
	{"loan.settled", "borrower_id", "", authz.LoanRead, "贷款已结清", "loan_id", "loan", "/console/loans/", "银行将办理质押登记注销。", "", ""},
	{"pledge.consented", "pledgee_id", "", authz.PledgeDraft, "出质人已签署质押合同", "pledge_id", "pledge", "/console/pledges/", "请申报质押登记。", "", ""},
	{"pledge.filed", "pledgor_id", "", authz.PledgeRead, "质押登记已申报", "pledge_id", "pledge", "/console/pledges/", "", "", ""},
	{"pledge.correction", "pledgor_id", "", authz.PledgeRead, "登记机关要求补正质押材料", "pledge_id", "pledge", "/console/pledges/", "请配合银行补正。", "", ""},
	{"pledge.refused", "pledgor_id", "", authz.PledgeRead, "质押登记未获准予", "pledge_id", "pledge", "/console/pledges/", "请查看理由并与银行联系。", "", ""},
	{"pledge.registered", "pledgor_id", "", authz.PledgeRead, "质押登记已完成", "pledge_id", "pledge", "/console/pledges/", "", "", ""},
	{"pledge.changed", "pledgor_id", "", authz.PledgeRead, "质押登记已变更", "pledge_id", "pledge", "/console/pledges/", "", "", ""},
	{"pledge.extended", "pledgor_id", "", authz.PledgeRead, "质押登记已延期", "pledge_id", "pledge", "/console/pledges/", "", "", ""},
	{"pledge.expiring", "pledgee_id", "", authz.PledgeDraft, "质押登记即将到期", "pledge_id", "pledge", "/console/pledges/", "债务未清的请办理延期。", "", ""},
	{"pledge.lapsed", "pledgee_id", "", authz.PledgeDraft, "质押登记已到期失效", "pledge_id", "pledge", "/console/pledges/", "债务未清的请尽快重新办理登记。", "", ""},
	{"pledge.cancelled", "pledgor_id", "", authz.PledgeRead, "质押登记已注销", "pledge_id", "pledge", "/console/pledges/", "知识产权可以再次用于融资。", "", ""},
	{"pledge.revoked", "pledgor_id", "", authz.PledgeRead, "质押登记已被撤销", "pledge_id", "pledge", "/console/pledges/", "请与贷款银行联系。", "", ""},
}

var compensation = []rule{
	{"enrolment.enrolled", "bank_id", "", authz.EnrolmentFile, "贷款已入库备案", "enrolment_id", "enrolment", "/console/enrolments/", "", "", ""},
	{"enrolment.refused", "bank_id", "", authz.EnrolmentFile, "备案未通过，请查看各项检查", "enrolment_id", "enrolment", "/console/enrolments/", "", "", ""},
	{"enrolment.late_requested", "", authz.IPBureau, authz.EnrolmentLate, "有银行申请逾期备案", "enrolment_id", "enrolment", "/console/enrolments/", "请提出准许或不准的意见。", "", ""},
	{"enrolment.late_allowed", "bank_id", "", authz.EnrolmentFile, "逾期备案已获准许", "enrolment_id", "enrolment", "/console/enrolments/", "请提交备案。", "", ""},
	{"enrolment.refiling_due", "bank_id", "", authz.EnrolmentFile, "贷款已展期，须重新备案", "enrolment_id", "enrolment", "/console/enrolments/", "确认之前，风险补偿只到原到期日为止。", "", ""},
	{"enrolment.refiled", "", authz.IPBureau, authz.EnrolmentLate, "有银行提交展期重新备案", "enrolment_id", "enrolment", "/console/enrolments/", "请确认或退回。", "", ""},
	{"enrolment.refiling_confirmed", "bank_id", "", authz.EnrolmentFile, "展期重新备案已确认", "enrolment_id", "enrolment", "/console/enrolments/", "", "", ""},
	{"fund.breaker_changed", "bank_id", "", authz.EnrolmentFile, "本行的熔断状态变更", "fund_id", "fund", "/console/funds/", "", "", "bank_id"},
	{"fund.breaker_changed", "", authz.Bank, authz.EnrolmentFile, "基金的熔断状态变更", "fund_id", "fund", "/console/funds/", "", "", "!bank_id"},
	{"fund.breaker_changed", "", authz.FundManager, authz.FundEvaluate, "熔断状态变更", "fund_id", "fund", "/console/funds/", "", "", ""},
	{"claim.submitted", "", authz.FundManager, authz.ClaimManage, "收到新的补偿申请", "claim_id", "claim", "/console/claims/", "请审查材料是否齐全。", "", ""},
	{"claim.correction", "bank_id", "", authz.ClaimFile, "补偿申请需要补正材料", "claim_id", "claim", "/console/claims/", "请补正后重新提交。", "", ""},
	{"claim.rejected", "bank_id", "", authz.ClaimFile, "补偿申请未获支持", "claim_id", "claim", "/console/claims/", "", "", ""},
	{"claim.publicised", "bank_id", "", authz.ClaimFile, "拟补偿结果已公示", "claim_id", "claim", "/console/claims/", "公示期满无异议后核准。", "", ""},
	{"claim.objected", "", authz.IPBureau, authz.ClaimDecide, "补偿公示收到异议", "claim_id", "claim", "/console/claims/", "请核实并答复。", "", ""},
	{"claim.objected", "bank_id", "", authz.ClaimFile, "补偿公示收到异议", "claim_id", "claim", "/console/claims/", "核实期间暂缓核准，请配合提供情况。", "", ""},
	{"claim.approved", "bank_id", "", authz.ClaimFile, "补偿申请已核准", "claim_id", "claim", "/console/claims/", "等待财政部门拨付。", "", ""},
	{"claim.approved", "", authz.FinanceBureau, authz.ClaimPay, "补偿已核准，待拨付", "claim_id", "claim", "/console/claims/", "请办理拨付。", "", ""},
	{"claim.partly_paid", "bank_id", "", authz.ClaimFile, "补偿款已部分拨付", "claim_id", "claim", "/console/claims/", "余款待拨。", "", ""},
	{"claim.paid", "bank_id", "", authz.ClaimFile, "补偿款已拨付", "claim_id", "claim", "/console/claims/", "请继续追偿并登记回款。", "", ""},
	{"claim.clawback_ordered", "bank_id", "", authz.ClaimFile, "补偿款须退回", "claim_id", "claim", "/console/claims/", "请在期限内退回基金托管账户。", "", ""},
	{"claim.clawback_ordered", "", authz.FinanceBureau, authz.ClaimPay, "有补偿款待银行退回", "claim_id", "claim", "/console/claims/", "到账后请登记。", "", ""},
	{"claim.clawed_back", "bank_id", "", authz.ClaimFile, "退回的补偿款已登记", "claim_id", "claim", "/console/claims/", "", "", ""},
	{"recovery.opened", "bank_id", "", authz.ClaimFile, "追偿已开始", "recovery_id", "recovery", "/console/recoveries/", "收到回款请及时登记。", "", ""},
	{"recovery.received", "bank_id", "", authz.ClaimFile, "回款已登记并按比例分配，请划转基金应得部分", "recovery_id", "recovery", "/console/recoveries/", "请在期限前划转。", "", "amount"},
	{"recovery.received", "", authz.FinanceBureau, authz.ClaimPay, "有追偿款待银行划转", "recovery_id", "recovery", "/console/recoveries/", "到账后请确认。", "", "amount"},
	{"recovery.transfer_due", "bank_id", "", authz.ClaimFile, "追偿款划转期限将到", "recovery_id", "recovery", "/console/recoveries/", "请在期限前划转基金应得部分。", "receipt_id", ""},
	{"recovery.transfer_late", "bank_id", "", authz.ClaimFile, "追偿款逾期未划转", "recovery_id", "recovery", "/console/recoveries/", "请立即划转基金应得部分。", "receipt_id", ""},
	{"recovery.transfer_late", "", authz.FinanceBureau, authz.ClaimPay, "有银行逾期未划转追偿款", "recovery_id", "recovery", "/console/recoveries/", "请催促，到账后确认。", "receipt_id", ""},
	{"recovery.transferred", "bank_id", "", authz.ClaimFile, "追偿款已确认到账", "recovery_id", "recovery", "/console/recoveries/", "", "", ""},
	{"recovery.written_off", "", authz.FundManager, authz.ClaimManage, "核销已同意", "recovery_id", "recovery", "/console/recoveries/", "账销案存，追偿责任不变。", "", ""},
	{"recovery.written_off", "bank_id", "", authz.ClaimFile, "损失已核销", "recovery_id", "recovery", "/console/recoveries/", "账销案存，收到回款仍须登记。", "", ""},
	{"recovery.writeoff_returned", "", authz.FundManager, authz.ClaimManage, "核销申请被退回", "recovery_id", "recovery", "/console/recoveries/", "请按意见补充后再申请。", "", ""},
	{"recovery.reopened", "", authz.FundManager, authz.ClaimManage, "已核销的追偿又有回款，重新打开", "recovery_id", "recovery", "/console/recoveries/", "请跟进追偿。", "", ""},
	{"subsidy_call.published", "", authz.Enterprise, authz.SubsidyApply, "补助征集已发布", "call_id", "subsidy_call", "/console/subsidy-calls/", "符合条件的请在截止前申请。", "", ""},
	{"subsidy_call.published", "", authz.GIRegistrant, authz.SubsidyApply, "补助征集已发布", "call_id", "subsidy_call", "/console/subsidy-calls/", "符合条件的请在截止前申请。", "", ""},
	{"subsidy.submitted", "", authz.IPBureau, authz.SubsidyReview, "收到新的补助申请", "subsidy_id", "subsidy_application", "/console/subsidies/", "请审核。", "", ""},
	{"subsidy.returned", "org_id", "", authz.SubsidyApply, "补助申请被退回，请修改后重新提交", "subsidy_id", "subsidy_application", "/console/subsidies/", "", "", ""},
	{"subsidy.approved", "org_id", "", authz.SubsidyApply, "补助已核定，正在公示", "subsidy_id", "subsidy_application", "/console/subsidies/", "公示期满无异议后拨付。", "", ""},
	{"subsidy.rejected", "org_id", "", authz.SubsidyApply, "补助申请未获支持", "subsidy_id", "subsidy_application", "/console/subsidies/", "", "", ""},
	{"subsidy.paid", "org_id", "", authz.SubsidyApply, "补助已拨付", "subsidy_id", "subsidy_application", "/console/subsidies/", "请查收。", "", ""},
	{"subsidy_batch.paid", "", authz.IPBureau, authz.SubsidyReview, "补助批次已拨付", "batch_id", "subsidy_batch", "/console/subsidy-batches/", "", "", ""},
}
