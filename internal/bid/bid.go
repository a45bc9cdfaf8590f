// Package bid keeps the banks' offers on financing needs, and the enterprise's choice
// among them.
//
// The one hard rule: a bid is sealed. Until the window of its need has closed, nobody but
// the bidding bank learns that it exists: not from a list, a count, an event, an audit
// entry or a number. Its number is therefore drawn at random: a sequence would count the
// rivals' bids.
package bid

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/financing"
	"ippledge/internal/money"
	"ippledge/internal/repayment"
	"ippledge/internal/state"
)

type (
	// Status is where a bid stands.
	Status string
	// Action moves it.
	Action string
)

// The life of a bid (domain §2.4, Bid).
const (
	Draft          Status = "draft"
	Submitted      Status = "submitted"
	Withdrawn      Status = "withdrawn"
	Expired        Status = "expired"
	Accepted       Status = "accepted"
	Lost           Status = "lost"
	DueDiligence   Status = "due_diligence"
	CreditApproved Status = "credit_approved"
	Contracted     Status = "contracted"
	Declined       Status = "declined"

	Edit              Action = "edit"
	Submit            Action = "submit"
	Withdraw          Action = "withdraw"
	Expire            Action = "expire"
	Accept            Action = "accept"
	Lose              Action = "lose"
	Revive            Action = "revive" // the bank that was preferred declined
	StartDueDiligence Action = "start_due_diligence"
	ApproveCredit     Action = "approve_credit"
	Contract          Action = "contract"
	Decline           Action = "decline"
)

// Transitions is the whole life of a bid. Contract is the loan's to make; a bid that the
// bank has in hand is lost when the enterprise cancels the need.
var Transitions = state.Table[Status, Action]{
	Draft:          {Edit: Draft, Submit: Submitted, Withdraw: Withdrawn, Expire: Expired},
	Submitted:      {Withdraw: Withdrawn, Expire: Expired, Accept: Accepted, Lose: Lost},
	Lost:           {Revive: Submitted},
	Accepted:       {StartDueDiligence: DueDiligence, Decline: Declined, Lose: Lost},
	DueDiligence:   {ApproveCredit: CreditApproved, Decline: Declined, Lose: Lost},
	CreditApproved: {Contract: Contracted, Decline: Declined, Lose: Lost},
}

var _ = state.Name(map[string]string{
	"expired": "已失效", "accepted": "已选定", "lost": "未选定", "due_diligence": "贷前调查中", "credit_approved": "授信已批",
	"contracted": "已签约", "declined": "已否决", "expire": "失效", "accept": "选定", "lose": "落选", "revive": "恢复有效",
	"start_due_diligence": "开始贷前调查", "approve_credit": "授信审批通过", "contract": "签约", "decline": "否决",
})

var _ = audit.Name(map[string]string{
	"bid.create": "起草报价", "bid.edit": "修改报价", "bid.propose": "提交报价复核", "bid.submit": "签署并提交报价", "bid.withdraw": "撤回报价",
	"bid.expire": "报价失效", "bid.accept": "选定报价", "bid.lose": "报价未选定", "bid.revive": "报价恢复有效",
	"bid.start_due_diligence": "开始贷前调查", "bid.approve_credit": "授信审批通过", "bid.contract": "签约",
	"bid.propose_decline": "提出否决", "bid.decline": "否决",
})

// Bid is one bank's offer on one need.
type Bid struct {
	ID         uuid.UUID
	Number     string
	NeedID     uuid.UUID
	BankID     uuid.UUID
	ProductID  *uuid.UUID
	Amount     money.Amount // yuan offered, at most what the need asks
	Rate       money.Rate   // per year, percent
	SpreadBP   int          // over the one-year LPR at submission, rounded to a basis point for display
	LPR        *money.Rate  // that LPR, percent
	TermMonths int
	Method     repayment.Method
	Fees       money.Amount
	LTV        money.Rate
	Conditions string
	ValidUntil calendar.Date // the last day on which it can be accepted
	// Cost is what the offer costs, worked out when it was submitted, as if drawn on the
	// day the window closes, so that all bids on a need are measured alike.
	Cost *Cost

	Status        Status
	StatusReason  string
	MadeBy        uuid.UUID
	MadeByName    string
	CheckedBy     *uuid.UUID
	CheckedByName string
	SurveyedBy    *uuid.UUID
	AwardedAmount *money.Amount
	SubmittedAt   *time.Time
	DecidedAt     *time.Time
	CreatedAt     time.Time
	Version       int64
}

// ValidOn tells whether the offer still stands on a day.
func (b Bid) ValidOn(d calendar.Date) bool { return !d.After(b.ValidUntil) }

var (
	errNotFound  = fault.New(fault.NotFound, "bid_not_found", "没有这笔报价，或您无权查看")
	errPending   = fault.New(fault.Conflict, "approval_already_pending", "该报价已有待复核的事项，请先处理完毕")
	errEditable  = fault.New(fault.Conflict, "bid_not_editable", "只有草稿可以修改；已提交的报价可在截止前撤回后重新报价")
	errReason    = fault.InField("reason", "reason_required", "请填写理由")
	errLiveBid   = fault.New(fault.Conflict, "bid_already_exists", "本行对该需求已有一笔有效报价，一行一需求只能有一笔")
	errSame      = fault.New(fault.Rule, "maker_is_checker", "经办与复核不能是同一人，请由本单位其他有权限的同事处理")
	errNeedEnded = fault.New(fault.Conflict, "need_ended", "该融资需求已撤销，不能继续办理")
)

// WindowClosed is the failure of what comes after the window has ended.
var WindowClosed = financing.WindowClosed
