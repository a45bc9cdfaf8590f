package claim

import (
	"ippledge/internal/audit"
	"ippledge/internal/state"
)

// Text is the Chinese word of a status.
func (s Status) Text() string {
	return map[Status]string{
		Draft: "草稿", Withdrawn: "已撤回", Submitted: "待受理", Correction: "待补正", Accepted: "已受理", FirstReviewed: "已初审",
		ExpertReviewed: "专家已评审", BureauReviewed: "已复核", Publicised: "公示中", Objected: "异议处理中", Endorsed: "待财政会签",
		Approved: "已核准", PartlyPaid: "部分拨付", Paid: "已拨付", Rejected: "不予补偿", ClawbackOrdered: "责令退回", ClawedBack: "已追回", Closed: "已办结",
	}[s]
}

var _ = state.Name(map[string]string{
	"correction": "待补正", "accepted": "已受理", "first_reviewed": "已初审", "expert_reviewed": "专家已评审", "bureau_reviewed": "已复核",
	"publicised": "公示中", "objected": "异议处理中", "endorsed": "待财政会签", "partly_paid": "部分拨付", "paid": "已拨付",
	"clawback_ordered": "责令退回", "clawed_back": "已追回", "closed": "已办结",
	"resubmit": "补正后重新提交", "correct": "要求补正", "first_review": "初审", "draw": "抽取专家", "recuse": "申请回避", "score": "评分",
	"bureau_review": "复核", "publicise": "公示", "answer": "答复异议", "confirm": "会签", "send_back": "退回重审", "pay": "拨付",
	"order_clawback": "责令退回补偿款", "claw_back": "登记退回款到账", "close": "办结",
	"open": "待追偿", "collecting": "追偿中", "exhausted": "追偿终结", "writeoff_applied": "已申请核销", "writeoff_endorsed": "核销待财政会签",
	"completed": "已足额追回", "reopened": "核销后又有回款", "receive": "登记回款", "exhaust": "认定追偿终结", "apply_writeoff": "申请核销",
	"endorse_writeoff": "审定核销", "confirm_writeoff": "会签核销", "return_writeoff": "退回核销申请", "transfer": "确认到账",
})

var _ = audit.Name(map[string]string{
	"claim.draft": "起草补偿申请", "claim.edit": "修改补偿申请", "claim.withdraw": "撤回补偿申请", "claim.propose": "经办提交复核",
	"claim.submit": "提交补偿申请", "claim.resubmit": "补正后重新提交", "claim.accept": "受理", "claim.correct": "要求补正", "claim.refuse": "不予受理",
	"claim.first_review": "初审", "claim.draw": "抽取专家", "claim.recuse": "专家回避", "claim.score": "专家评分", "claim.conclude": "专家评审完成",
	"claim.bureau_review": "知识产权局复核", "claim.publicise": "发布公示", "claim.object": "收到异议", "claim.answer": "答复异议",
	"claim.reject": "不予补偿", "claim.approve": "知识产权局核准", "claim.confirm": "财政局会签，核准补偿", "claim.send_back": "财政局退回",
	"claim.pay": "拨付补偿款", "claim.order_clawback": "责令退回补偿款", "claim.claw_back": "补偿款退回到账", "claim.close": "办结",
	"recovery.open": "开始追偿", "recovery.propose": "经办提交复核", "recovery.receive": "登记追偿回款", "recovery.transfer": "追偿款到账",
	"recovery.exhaust": "认定追偿终结", "recovery.apply_writeoff": "申请核销", "recovery.endorse_writeoff": "审定核销",
	"recovery.confirm_writeoff": "会签核销", "recovery.return_writeoff": "退回核销申请", "recovery.complete": "足额追回",
})

// Choice is one value of a list with its Chinese words.
type Choice struct {
	Value string `json:"value"`
	Text  string `json:"text"`
}

// DocumentKinds are what a claim must be proved with (domain §4.3).
var DocumentKinds = []Choice{
	{"claim_report", "补偿申请表及申请报告（盖章，附追偿方案）"},
	{"licence_accounts", "企业营业执照、最近一期审计报告或财务报表"},
	{"litigation_papers", "起诉状、案件受理通知书及缴费通知或裁判文书"},
	{"loan_vouchers", "借款合同、放款与还款凭证、不良贷款责任认定"},
	{"pledge_papers", "质押合同及质押登记证"},
	{"filing_receipt", "备案回执"},
	{"overdue_statement", "逾期情况说明（逾期天数、本金余额）"},
	{"collateral_status", "质物现状及价值说明"},
	{"recovery_undertaking", "后续追偿承诺书"},
}

// ReasonCodes say why a review came to another amount.
var ReasonCodes = []Choice{
	{"outstanding_corrected", "本金余额更正"}, {"recovered_before", "申请前已有回款"}, {"share_corrected", "分担比例更正"},
	{"diligence_fault", "银行尽职瑕疵"}, {"evidence_gap", "证明材料不足"}, {"objection_upheld", "异议成立"}, {"other", "其他"},
}

// Criterion is one line of the experts' form.
type Criterion struct {
	Code string `json:"code"`
	Text string `json:"text"`
	Most int    `json:"most" doc:"满分"`
}

// Criteria add up to 100 points. They are the platform's own choice.
var Criteria = []Criterion{
	{"diligence", "贷前、贷中、贷后尽职情况", 30}, {"collateral", "质押设立与质物管理", 25},
	{"loss", "损失真实性与金额准确性", 25}, {"recovery", "追偿措施与方案可行性", 20},
}

// CostKinds are what may be taken off a receipt before it is shared out (domain §4.6).
var CostKinds = []Choice{{"court", "诉讼、保全、执行费"}, {"appraisal", "评估费"}, {"auction", "拍卖、变卖费"}, {"lawyer", "律师费"}, {"other", "其他必要费用"}}

// ReceiptSources say where recovered money comes from.
var ReceiptSources = []Choice{
	{"auction", "质物拍卖、变卖"}, {"debtor", "债务人还款"}, {"guarantor", "保证人代偿"}, {"execution", "法院执行"}, {"bankruptcy", "破产分配"}, {"other", "其他"},
}

// RulingKinds are what ends a recovery (domain §2.4).
var RulingKinds = []Choice{{"terminated", "终结本次执行裁定"}, {"bankruptcy_ended", "破产程序终结裁定"}}

// LitigationKinds are what counts as having gone to law (domain §4.8).
var LitigationKinds = []Choice{{"litigation", "诉讼"}, {"arbitration", "仲裁"}, {"bankruptcy", "破产申报"}}

func known(list []Choice, value string) bool { return wordOf(list, value) != "" }

func wordOf(list []Choice, value string) string {
	for _, c := range list {
		if c.Value == value {
			return c.Text
		}
	}
	return ""
}
