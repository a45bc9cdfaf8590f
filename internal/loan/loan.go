// Package loan records the loans that banks make on pledged rights: approval, contract,
// disbursement, the schedule, repayments, arrears and recovery.
//
// The one hard rule: no money is recorded as paid out before the pledge is registered,
// and what a borrower pays is allocated to the fen once, under the loan's lock. The
// platform keeps the record of the bank's own books; it moves no money.
package loan

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
	"ippledge/internal/state"
)

// Subject is the word for a loan in documents, proposals and the audit trail.
const Subject = "loan"

type (
	// Status is where a loan stands.
	Status string
	// Action moves it.
	Action string
)

// The life of a loan (domain §2.4, Loan).
const (
	Approved   Status = "approved"
	Signed     Status = "signed"
	Ready      Status = "ready"
	Active     Status = "active"
	Overdue    Status = "overdue"
	Extended   Status = "extended"
	Defaulted  Status = "defaulted"
	InRecovery Status = "in_recovery"
	Settled    Status = "settled"
	WrittenOff Status = "written_off"
	Cancelled  Status = "cancelled"
)

// What can be done with a loan. Those after WriteOff happen of themselves.
const (
	Sign       Action = "sign"
	Cancel     Action = "cancel"
	MakeReady  Action = "ready"
	Disburse   Action = "disburse"
	Repay      Action = "repay"
	AddCost    Action = "add_cost"
	Reclassify Action = "reclassify"
	Extend     Action = "extend"
	Accelerate Action = "accelerate"
	Default    Action = "default"
	Recover    Action = "recover"
	WriteOff   Action = "write_off"

	complete    Action = "complete" // both have signed
	fallOverdue Action = "fall_overdue"
	cure        Action = "cure"
	settle      Action = "settle"
)

// Transitions is the whole life of a loan. A repayment moves nothing by itself: curing and
// settling follow from what is then owed. A written-off loan still takes money in (账销案存).
var Transitions = state.Table[Status, Action]{
	Approved:   {Sign: Approved, complete: Signed, Cancel: Cancelled},
	Signed:     {MakeReady: Ready, Cancel: Cancelled},
	Ready:      {Disburse: Active, Cancel: Cancelled},
	Active:     {Repay: Active, Extend: Extended, Accelerate: Overdue, Reclassify: Active, fallOverdue: Overdue, settle: Settled},
	Extended:   {Repay: Extended, Extend: Extended, Accelerate: Overdue, Reclassify: Extended, fallOverdue: Overdue, settle: Settled},
	Overdue:    {Repay: Overdue, AddCost: Overdue, Extend: Extended, Accelerate: Overdue, Reclassify: Overdue, Default: Defaulted, cure: Active, settle: Settled},
	Defaulted:  {Repay: Defaulted, AddCost: Defaulted, Reclassify: Defaulted, Recover: InRecovery, settle: Settled},
	InRecovery: {Repay: InRecovery, AddCost: InRecovery, Reclassify: InRecovery, WriteOff: WrittenOff, settle: Settled},
	WrittenOff: {Repay: WrittenOff},
}

var _ = state.Name(map[string]string{
	"approved": "已审批", "signed": "已签约", "ready": "待放款", "active": "正常", "overdue": "逾期", "extended": "展期", "defaulted": "不良",
	"in_recovery": "追偿", "settled": "结清", "written_off": "核销", "disburse": "放款", "repay": "还款", "add_cost": "登记垫付费用",
	"reclassify": "调整分类", "accelerate": "宣布提前到期", "default": "认定不良", "recover": "启动追偿", "write_off": "核销",
	"fall_overdue": "逾期", "cure": "恢复正常", "settle": "结清",
})

// Text is the Chinese word of a status.
func (s Status) Text() string {
	return map[Status]string{
		Approved: "待签约", Signed: "已签约", Ready: "待放款", Active: "正常", Overdue: "逾期", Extended: "已展期", Defaulted: "不良",
		InRecovery: "追偿中", Settled: "已结清", WrittenOff: "已核销", Cancelled: "已取消",
	}[s]
}

// Out tells whether money is out: disbursed and neither settled nor written off.
func (s Status) Out() bool {
	return s == Active || s == Overdue || s == Extended || s == Defaulted || s == InRecovery
}

var _ = audit.Name(map[string]string{
	"loan.approve": "登记授信审批", "loan.sign": "签署借款合同", "loan.complete": "借款合同双方签署完毕", "loan.cancel": "取消贷款",
	"loan.propose": "经办提交复核", "loan.ready": "确认放款条件", "loan.disburse": "放款", "loan.repay": "还款入账", "loan.add_cost": "登记垫付费用",
	"loan.reclassify": "调整五级分类", "loan.extend": "展期", "loan.accelerate": "宣布提前到期", "loan.default": "认定不良", "loan.recover": "启动追偿",
	"loan.write_off": "核销", "loan.assess": "日终认定", "loan.settle": "结清", "loan.recovery": "追偿回款入账", "loan.import": "批量还款提交复核",
})

// Loan is one loan. CreditLine, the pledge's registered amount and DisbursedAmount are
// three different sums (domain §9.6).
type Loan struct {
	ID                 uuid.UUID
	Number             string
	NeedID             uuid.UUID
	BidID              uuid.UUID
	PledgeID           *uuid.UUID
	BorrowerID         uuid.UUID
	BankID             uuid.UUID
	ContractNo         string
	CreditLine         money.Amount // 授信额度
	Principal          money.Amount // 合同金额
	AnnualRate         money.Rate
	LPR                *money.Rate `gorm:"column:lpr"` // the one-year LPR at approval
	SpreadBP           int         `gorm:"column:spread_bp"`
	Method             repayment.Method
	DayCount           calendar.DayCount
	DueDateRule        repayment.DueDateRule
	TermMonths         int
	PaymentDay         int // 0: the method's default
	PenaltyMarkup      money.Rate
	GraceDays          int
	IPShare            money.Rate `gorm:"column:ip_share"` // the part of the loan that stands on IP, percent
	BorrowerSignedBy   *uuid.UUID
	BorrowerSignedName string
	BorrowerSignedAt   *time.Time
	BankSignedBy       *uuid.UUID
	BankSignedName     string
	BankSignedAt       *time.Time
	SignedOn           calendar.Date
	Conditions         string // JSON of []Condition
	DisbursedOn        calendar.Date
	MaturesOn          calendar.Date
	OriginalMaturesOn  calendar.Date
	Outstanding        money.Amount // principal still out
	DisbursedAmount    money.Amount
	CostsDue           money.Amount
	PenaltyDue         money.Amount // unpaid penalty up to AccruedTo
	CompoundDue        money.Amount
	AccruedTo          calendar.Date
	AssessedOn         calendar.Date // the last day the daily work looked at
	DaysPastDue        int
	Class              repayment.Class
	ClassOverride      repayment.Class // what the bank holds it for, when worse than the days say
	AcceleratedOn      calendar.Date
	DefaultedOn        calendar.Date
	RecoveryMeasure    string
	RecoveryReference  string
	RecoveryStartedOn  calendar.Date
	FirstLoan          bool // 首贷
	Status             Status
	StatusReason       string
	SettledOn          calendar.Date
	CreatedAt          time.Time
	Version            int64
}

// Terms are what the schedule follows from.
func (l Loan) Terms() repayment.Terms {
	return repayment.Terms{
		Principal: l.Principal, AnnualRate: l.AnnualRate, Method: l.Method, DrawnOn: l.DisbursedOn, DueOn: l.MaturesOn,
		PaymentDay: l.PaymentDay, DayCount: l.DayCount, Rule: l.DueDateRule,
	}
}

// Condition is one thing that must be there before money flows (domain §2.2, 12).
type Condition struct {
	Code string `json:"code"`
	Text string `json:"text"`
	Met  bool   `json:"met"`
	Note string `json:"note"`
}

// conditions are the ones every loan is checked for. What a loan doesn't need is met with
// a note that says why.
var conditions = []Condition{
	{Code: "contracts_signed", Text: "借款合同、质押合同已签署"}, {Code: "pledge_registered", Text: "质押登记证书已取得"},
	{Code: "guarantee_in_place", Text: "担保、保险等增信已落实（如有约定）"}, {Code: "use_of_funds", Text: "资金用途证明材料齐备"},
	{Code: "account_opened", Text: "已在贷款行开立结算账户"},
}

func (l *Loan) move(a Action) (err error) {
	l.Status, err = Transitions.Next(l.Status, a)
	return err
}

func (l Loan) title() string { return l.Number + " 合同金额 " + l.Principal.Text() }

// Link is the front-end path of a loan.
func Link(id uuid.UUID) string { return "/console/loans/" + id.String() }

var (
	errNotFound      = fault.New(fault.NotFound, "loan_not_found", "没有这笔贷款，或您无权查看")
	errOnePerBid     = fault.New(fault.Conflict, "loan_already_exists", "该报价已登记过贷款，不能重复登记")
	errPending       = fault.New(fault.Conflict, "approval_already_pending", "该贷款已有待复核的事项，请先处理完毕")
	errReason        = fault.InField("reason", "reason_required", "请填写理由")
	errBidNotFound   = fault.New(fault.NotFound, "bid_not_found", "没有这份报价，或您无权查看").Of("bid_id")
	errNotApproved   = fault.New(fault.Rule, "bid_not_credit_approved", "请先在报价中完成授信审批，再登记贷款")
	errNotRegistered = fault.New(fault.Rule, "pledge_not_registered", "质押尚未登记，质权未设立，不能放款；请先办理质押登记")
	errSignedAlready = fault.New(fault.Conflict, "already_signed", "本方已签署，请等待对方签署")
)

var _ = postgres.Rule("loan_one_per_bid", errOnePerBid)
