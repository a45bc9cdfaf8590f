// Package subsidy pays the city's subsidies on pledged loans: interest, valuation fees,
// guarantee fees and insurance premiums.
//
// The one hard rule: a grant is never above any of four bounds: what the policy's formula
// gives, what was really paid, what the firm's yearly cap leaves, what the call's budget
// leaves (domain §4.7). The bounds are worked out again under the call's lock at the
// moment of the grant, and kept with it.
package subsidy

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/state"
)

type (
	// Kind is what is subsidised.
	Kind string
	// Status is where an application stands.
	Status string
	// Action moves it.
	Action string
)

// The kinds of subsidy.
const (
	Interest     Kind = "interest"
	ValuationFee Kind = "valuation_fee"
	GuaranteeFee Kind = "guarantee_fee"
	Premium      Kind = "premium"
)

// Kinds lists them in the order of the screens.
var Kinds = []Kind{Interest, ValuationFee, GuaranteeFee, Premium}

// Text is the Chinese word of a kind.
func (k Kind) Text() string {
	return map[Kind]string{Interest: "贷款贴息", ValuationFee: "评估费补助", GuaranteeFee: "担保费补助", Premium: "保费补助"}[k]
}

// The life of an application.
const (
	Draft     Status = "draft"
	Submitted Status = "submitted"
	Returned  Status = "returned"
	Publicity Status = "publicity"
	Objected  Status = "objected"
	Batched   Status = "batched"
	Paid      Status = "paid"
	Rejected  Status = "rejected"
	Withdrawn Status = "withdrawn"

	Edit     Action = "edit"
	Submit   Action = "submit"
	Withdraw Action = "withdraw"
	Return   Action = "return"
	Review   Action = "review"
	Object   Action = "object"
	Answer   Action = "answer"

	sign    Action = "sign"
	approve Action = "approve"
	reject  Action = "reject"
	dismiss Action = "dismiss"
	uphold  Action = "uphold"
	batch   Action = "batch"
	unbatch Action = "unbatch"
	pay     Action = "pay"
)

// Transitions is the whole life of an application. Submit, Review and Answer are made by
// one person and take effect (sign, approve or reject, dismiss or uphold) when another signs.
var Transitions = state.Table[Status, Action]{
	Draft:     {Edit: Draft, Submit: Draft, sign: Submitted, Withdraw: Withdrawn},
	Returned:  {Edit: Draft, Submit: Returned, sign: Submitted, Withdraw: Withdrawn},
	Submitted: {Return: Returned, Review: Submitted, approve: Publicity, reject: Rejected, Withdraw: Withdrawn},
	Publicity: {Object: Objected, batch: Batched},
	Objected:  {Answer: Objected, dismiss: Publicity, uphold: Rejected},
	Batched:   {pay: Paid, unbatch: Publicity},
}

var _ = state.Name(map[string]string{
	"publicity": "公示中", "objected": "有异议", "batched": "拨付中", "paid": "已拨付", "rejected": "不予补助",
	"review": "审核", "object": "登记异议", "answer": "处理异议", "dismiss": "异议不成立", "uphold": "异议成立",
	"batch": "列入拨付批次", "unbatch": "移出拨付批次", "pay": "拨付",
	"interest": "贷款贴息", "valuation_fee": "评估费补助", "guarantee_fee": "担保费补助", "premium": "保费补助",
})

var _ = audit.Name(map[string]string{
	"subsidy.draft": "填报补助申请", "subsidy.edit": "修改补助申请", "subsidy.submit": "提交签署", "subsidy.sign": "签署并提交申请",
	"subsidy.withdraw": "撤回申请", "subsidy.return": "退回补正", "subsidy.review": "提出审核意见", "subsidy.approve": "核定补助金额并公示",
	"subsidy.reject": "不予补助", "subsidy.object": "登记异议", "subsidy.answer": "提出异议处理意见", "subsidy.dismiss": "异议不成立，恢复公示结果",
	"subsidy.uphold": "异议成立，撤销补助", "subsidy.batch": "列入拨付批次", "subsidy.unbatch": "移出拨付批次", "subsidy.pay": "拨付补助",
})

// granted are the statuses in which an approved amount counts against caps and budget.
var granted = []Status{Publicity, Objected, Batched, Paid}

const (
	subject              = "subsidy"
	callSubject          = "subsidy_call"
	batchSubject         = "subsidy_batch"
	appropriationSubject = "subsidy_appropriation"
)

// Application is an enterprise's application for one kind of subsidy on one loan and year.
type Application struct {
	ID              uuid.UUID
	Number          string
	CallID          uuid.UUID
	OrgID           uuid.UUID
	LoanID          uuid.UUID
	Kind            Kind
	Year            int
	FeePaid         *money.Amount
	FeePaidOn       *calendar.Date
	InvoiceNo       string
	OtherSubsidy    money.Amount // received for the same loan and kind from another level
	PayeeBank       string
	PayeeAccount    string
	Note            string
	Computation     *Computation `gorm:"serializer:json"`
	Proposed        *money.Amount
	Approved        *money.Amount
	ReviewReason    string
	PolicyID        *uuid.UUID
	PublicityFrom   *calendar.Date
	PublicityUntil  *calendar.Date
	Objector        string
	Objection       string
	ObjectedOn      *calendar.Date
	ObjectionAnswer string
	BatchID         *uuid.UUID
	EntryID         *uuid.UUID
	EntrySeq        *int64
	PaidAt          *time.Time
	Status          Status
	StatusReason    string
	CreatedBy       uuid.UUID
	CreatedAt       time.Time
	SubmittedAt     *time.Time
	Version         int64
}

func (a *Application) move(action Action) (err error) {
	a.Status, err = Transitions.Next(a.Status, action)
	return err
}

// publicityOver tells whether the days of publicity have passed without an objection
// standing: the last day still belongs to the public.
func (a Application) publicityOver(today calendar.Date) bool {
	return a.Status == Publicity && a.PublicityUntil != nil && today.After(*a.PublicityUntil)
}

// Link is the front-end path of an application.
func Link(id uuid.UUID) string { return "/console/subsidies/" + id.String() }

// CallLink is the front-end path of a call.
func CallLink(id uuid.UUID) string { return "/console/subsidy-calls/" + id.String() }

// BatchLink is the front-end path of a batch.
func BatchLink(id uuid.UUID) string { return "/console/subsidy-batches/" + id.String() }

var (
	errNotFound      = fault.New(fault.NotFound, "subsidy_not_found", "没有这份补助申请，或您无权查看")
	errCallNotFound  = fault.New(fault.NotFound, "subsidy_call_not_found", "没有这个补助征集，或您无权查看")
	errBatchNotFound = fault.New(fault.NotFound, "subsidy_batch_not_found", "没有这个拨付批次，或您无权查看")
	errNoLoan        = fault.InField("loan_id", "loan_not_found", "没有这笔贷款，或不属于贵单位")
	errOncePerLoan   = fault.InField("loan_id", "subsidy_already_applied", "该贷款的这类补助已申请过，同一笔贷款同一事项不重复补助")
	errBudget        = fault.New(fault.Rule, "subsidy_budget_exceeded", "征集预算余额不足，不能核定该金额")
	errReason        = fault.InField("reason", "reason_required", "请填写理由")
)

var (
	_ = postgres.Rule("subsidy_application_one_per_loan_kind_year", errOncePerLoan)
	_ = postgres.Rule("subsidy_application_fee_once_per_loan", errOncePerLoan)
	_ = postgres.Rule("subsidy_call_grants_within_budget", errBudget)
)
