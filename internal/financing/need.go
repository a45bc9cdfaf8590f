// Package financing keeps financing needs: what an enterprise asks of the banks, on a
// portfolio of its own rights, from the draft through the bidding window to the award.
//
// The one hard rule: while the window is open nothing of a need depends on what banks
// bid. The window ends by the clock, whether or not the job that closes it has run.
package financing

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/repayment"
	"ippledge/internal/state"
)

type (
	// Status is where a need stands.
	Status string
	// Action moves it.
	Action string
)

// The life of a need (domain §2.4, FinancingNeed).
const (
	Draft         Status = "draft"
	Submitted     Status = "submitted" // waits for the enterprise's own signatory
	PendingReview Status = "pending_review"
	Returned      Status = "returned"
	Open          Status = "open"
	Evaluating    Status = "evaluating"
	Awarded       Status = "awarded"
	Fulfilled     Status = "fulfilled"
	Failed        Status = "failed"
	Cancelled     Status = "cancelled"

	Edit      Action = "edit"
	Submit    Action = "submit"
	Sign      Action = "sign"
	Refuse    Action = "refuse"   // the signatory sends the draft back
	Withdraw  Action = "withdraw" // the operator takes the draft back
	Approve   Action = "approve"
	Return    Action = "return"
	Close     Action = "close"
	Fail      Action = "fail"
	Award     Action = "award"
	Reconsult Action = "reconsult" // a bank declined: other bids may be taken
	Disburse  Action = "fulfil"
	Reopen    Action = "reopen"
	Revise    Action = "revise"
	Cancel    Action = "cancel"
)

// Transitions is the whole life of a need. A need that goes back to comparing bids after
// a bank declined may hold other awards, so a disbursement can fulfil it from there too.
var Transitions = state.Table[Status, Action]{
	Draft:         {Edit: Draft, Submit: Submitted, Cancel: Cancelled},
	Submitted:     {Sign: PendingReview, Refuse: Returned, Withdraw: Draft, Cancel: Cancelled},
	PendingReview: {Approve: Open, Return: Returned, Cancel: Cancelled},
	Returned:      {Edit: Draft, Submit: Submitted, Cancel: Cancelled},
	Open:          {Close: Evaluating, Fail: Failed, Cancel: Cancelled},
	Evaluating:    {Award: Awarded, Fail: Failed, Disburse: Fulfilled, Cancel: Cancelled},
	Awarded:       {Reconsult: Evaluating, Fail: Failed, Disburse: Fulfilled, Cancel: Cancelled},
	Failed:        {Reopen: Open, Revise: Draft, Cancel: Cancelled},
}

var _ = state.Name(map[string]string{
	"pending_review": "待核验", "open": "招标中", "evaluating": "比选中", "awarded": "已选定", "fulfilled": "已放款", "failed": "流标",
	"cancelled": "已撤销", "sign": "签署", "refuse": "退回", "approve": "核验通过", "fail": "流标", "award": "选定",
	"reconsult": "重新比选", "fulfil": "放款", "reopen": "重新发布", "revise": "退回草稿修改", "cancel": "撤销",
})

var _ = audit.Name(map[string]string{
	"need.create": "起草融资需求", "need.edit": "修改融资需求", "need.submit": "提交签署", "need.sign": "签署提交",
	"need.refuse": "签署人退回", "need.withdraw": "撤回", "need.propose": "经办核验", "need.approve": "核验通过并发布",
	"need.return": "核验退回", "need.close": "报价截止", "need.close_early": "提前截止报价", "need.fail": "流标", "need.award": "选定报价",
	"need.reconsult": "银行否决后重新比选", "need.fulfil": "首笔放款", "need.reopen": "重新发布", "need.revise": "退回草稿修改", "need.cancel": "撤销融资需求",
})

const (
	// BidDaysMin is the shortest bidding window in working days (domain §2.2).
	BidDaysMin = 5
	bidDaysMax = 30
	// windowEnds is the time of day in China at which a window closes.
	windowEnds = 17*time.Hour + 30*time.Minute
	// termMax matches the constraint of the table.
	termMax = 120
)

// Purposes are the kinds of use of the money, with their Chinese words.
var Purposes = []struct{ Code, Text string }{
	{"working_capital", "流动资金周转"}, {"equipment", "购置设备"}, {"research", "研发投入"}, {"expansion", "扩大生产"}, {"refinancing", "置换高成本融资"},
}

// Need is one financing need. Version is that of the row; what was asked when the row was
// locked may be one older, see CheckVersion.
type Need struct {
	ID, OrgID     uuid.UUID
	Number, Title string
	Amount        money.Amount // yuan asked for
	TermMonths    int
	Purpose       string
	PurposeKind   string
	Method        repayment.Method
	RateCeiling   money.Rate // the highest annual rate the enterprise bears, percent
	AreaCode      string
	BidDays       int // working days the window stays open
	SubmittedAt   *time.Time
	OpenedAt      *time.Time
	ClosesAt      *time.Time // when the window ends
	ClosedAt      *time.Time // when it did end; nil as long as bids are sealed
	AwardedAmount money.Amount
	Status        Status
	StatusReason  string
	CreatedAt     time.Time
	Version       int64

	seen int64
}

// WindowOpen tells whether a bid may come in at this moment. The clock decides, not the
// status alone.
func (n Need) WindowOpen(now time.Time) bool {
	return n.Status == Open && n.ClosesAt != nil && now.Before(*n.ClosesAt)
}

// BidsVisible tells whether the window has closed, so that bids may be seen. A need that
// was cancelled while open never gets there: its bids stay sealed for good.
func (n Need) BidsVisible(now time.Time) bool {
	return n.ClosedAt != nil || n.Status == Open && n.ClosesAt != nil && !now.Before(*n.ClosesAt)
}

// Left is what of the amount isn't awarded.
func (n Need) Left() money.Amount { return n.Amount.Sub(n.AwardedAmount) }

// windowEnd is 17:30 in China on the last working day of the window. The day it opens is
// not counted. Provisional dates count like others here: the platform fixes the moment.
func windowEnd(opened time.Time, days int) time.Time {
	last, _ := calendar.AddWorkingDays(calendar.DateOf(opened), days)
	return last.StartOfDay().Add(windowEnds).UTC()
}

var (
	// NotFound is the failure of who asks for a need that isn't there or isn't theirs.
	NotFound    = fault.New(fault.NotFound, "need_not_found", "没有这个融资需求，或您无权查看")
	errNotFound = NotFound
	errPending  = fault.New(fault.Conflict, "approval_already_pending", "该需求已有待复核的事项，请先处理完毕")
	errEditable = fault.New(fault.Conflict, "need_not_editable", "只有草稿或被退回的需求可以修改")
	errReason   = fault.InField("reason", "reason_required", "请填写理由")
	// WindowClosed is the failure of a bid that comes after the window has ended.
	WindowClosed = fault.New(fault.Rule, "bid_window_closed", "报价已截止，不能再提交、签署或撤回报价")
	errContract  = fault.New(fault.Rule, "need_contracted", "已有银行签约或办理质押登记，不能撤销；请先与银行协商终止合同")
)

// Content is what the enterprise asks for.
type Content struct {
	Title       string           `json:"title" maxLength:"60" doc:"需求名称"`
	Amount      money.Amount     `json:"amount" doc:"融资金额，元"`
	TermMonths  int              `json:"term_months" doc:"期限，月"`
	Purpose     string           `json:"purpose" maxLength:"1000" doc:"用途说明"`
	PurposeKind string           `json:"purpose_kind" enum:"working_capital,equipment,research,expansion,refinancing" doc:"用途类别"`
	Method      repayment.Method `json:"method" enum:"equal_instalment,equal_principal,interest_only_bullet,bullet" doc:"希望的还款方式"`
	RateCeiling money.Rate       `json:"rate_ceiling" doc:"可承受的最高年利率，%"`
	BidDays     int              `json:"bid_days_wd" doc:"报价期，工作日，至少 5 天"`
	AssetIDs    []uuid.UUID      `json:"asset_ids" nullable:"false" doc:"质押组合"`
	DocumentIDs []uuid.UUID      `json:"document_ids,omitempty" doc:"附件，先上传后引用"`
}

// check looks at each field by itself, all faults at once.
func (c Content) check() error {
	var f fault.Collector
	if len([]rune(c.Title)) < 2 {
		f.Add("title", "field_required", "请填写需求名称，至少两个字")
	}
	if !c.Amount.IsPositive() {
		f.Add("amount", "amount_not_positive", "融资金额应大于零")
	}
	if c.TermMonths < 1 || c.TermMonths > termMax {
		f.Add("term_months", "term_out_of_range", "期限应在 1 至 %d 个月之间", termMax)
	}
	if len([]rune(c.Purpose)) < 5 {
		f.Add("purpose", "field_required", "请说明资金用途，至少五个字")
	}
	if !slices.ContainsFunc(Purposes, func(p struct{ Code, Text string }) bool { return p.Code == c.PurposeKind }) {
		f.Add("purpose_kind", "purpose_unknown", "请从列表中选择用途类别")
	}
	if !slices.Contains(repayment.Methods, c.Method) {
		f.Add("method", "method_unknown", "请从列表中选择还款方式")
	}
	if !c.RateCeiling.IsPositive() || c.RateCeiling.Cmp(repayment.RateMax) > 0 {
		f.Add("rate_ceiling", "rate_out_of_range", "年利率上限应大于 0 且不超过 %s%%", repayment.RateMax)
	}
	if c.BidDays < BidDaysMin || c.BidDays > bidDaysMax {
		f.Add("bid_days_wd", "bid_days_out_of_range", "报价期应在 %d 至 %d 个工作日之间", BidDaysMin, bidDaysMax)
	}
	switch {
	case len(c.AssetIDs) == 0:
		f.Add("asset_ids", "asset_required", "请至少选择一项本单位已核验的知识产权")
	case len(c.AssetIDs) > 50:
		f.Add("asset_ids", "assets_too_many", "一笔需求最多组合 50 项知识产权")
	}
	return f.Err()
}

// mayAct are the actions that a person's permission opens, by action.
var mayAct = []struct {
	action     Action
	permission authz.Permission
}{
	{Edit, authz.NeedDraft}, {Submit, authz.NeedDraft},
	{Close, authz.NeedSign}, {Reopen, authz.NeedSign}, {Revise, authz.NeedSign}, {Cancel, authz.NeedSign},
	{Approve, authz.NeedReview}, {Return, authz.NeedReview},
	{Award, authz.BidAward},
}
