// Package fund keeps the risk-compensation fund and its sub-funds: money in and out,
// the loans enrolled (备案入库), the exposure they make, and the circuit breaker.
//
// The one hard rule: a loan enters only under the lock of the fund's row, with every rule
// of the policy checked in the same transaction, and the exposure it makes is an entry of
// the ledger. So however many banks file at once, leverage and caps are never passed.
//
// Locks are taken in the order loan, enrolment, fund, ledger book.
package fund

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/state"
)

type (
	// FundStatus is where a fund stands.
	FundStatus string
	// FundAction moves it.
	FundAction string
	// Breaker is the state of a circuit breaker (熔断): of the whole fund or of one bank.
	Breaker string
)

// The life of a fund, and the states of a breaker.
const (
	Proposed FundStatus = "proposed"
	Active   FundStatus = "active"
	Closed   FundStatus = "closed"

	open   FundAction = "open"
	refuse FundAction = "refuse"

	Normal    Breaker = "normal"
	Warned    Breaker = "warned"
	Suspended Breaker = "suspended"
)

// FundTransitions is the whole life of a fund.
var FundTransitions = state.Table[FundStatus, FundAction]{
	Proposed: {open: Active, refuse: Closed},
}

var _ = state.Name(map[string]string{
	"proposed": "待复核", "active": "运行中", "open": "设立", "normal": "正常", "warned": "预警", "suspended": "暂停入库",
})

// Fund is the city's fund or a sub-fund of a county or park.
type Fund struct {
	ID          uuid.UUID
	Code        string
	Name        string
	BookID      uuid.UUID
	AreaCode    *string
	Custody     string // the custody account's short name in the ledger: cash:<custody>
	CustodyBank string
	// Shares are the sub-fund's own rules; nil where the policy's shares hold.
	Shares        *policy.Shares `gorm:"serializer:json"`
	Status        FundStatus
	StatusReason  string
	Breaker       Breaker
	BreakerReason string
	BreakerAt     *time.Time
	CreatedAt     time.Time
	Version       int64
}

// SharesUnder are the fund's own loss shares, or the policy's.
func (f Fund) SharesUnder(p policy.Parameters) policy.Shares {
	if f.Shares != nil {
		return *f.Shares
	}
	return p.Shares()
}

// BankState is the breaker of one bank at one fund.
type BankState struct {
	FundID    uuid.UUID
	BankID    uuid.UUID
	Breaker   Breaker
	Reason    string
	ChangedAt time.Time
	Version   int64
}

const (
	fundSubject      = "fund"
	enrolmentSubject = "enrolment"
	movementSubject  = "fund_movement"
)

// CityCode is the code of the city's own fund; sub-funds are named after their area.
const CityCode = "city"

var (
	errNoFund      = fault.New(fault.NotFound, "fund_not_found", "没有这个基金，或您无权查看")
	errFundClosed  = fault.New(fault.Rule, "fund_not_active", "该基金尚未设立完成或已关闭，不能办理业务")
	errCodeTaken   = fault.InField("area_code", "fund_exists", "该县市区（园区）已设立子基金，请勿重复设立")
	errNoEnrolment = fault.New(fault.NotFound, "enrolment_not_found", "没有这笔备案，或您无权查看")
	errEnrolled    = fault.InField("loan_id", "loan_already_enrolled", "该贷款已有在办或有效的备案，不能重复备案")
	errSharesBad   = fault.InField("shares", "shares_not_100", "各方分担比例合计应恰好等于 100%%，且均不小于 0")
)

var (
	_ = postgres.Rule("fund_code_uq", errCodeTaken)
	_ = postgres.Rule("enrolment_one_live_per_loan", errEnrolled)
)

var _ = audit.Name(map[string]string{
	"fund.propose": "提出设立子基金", "fund.open": "设立基金", "fund.refuse": "退回子基金设立", "fund.rules": "调整子基金分担规则", "fund.rules_propose": "提出调整分担规则",
	"fund.custody": "登记托管银行", "fund.custody_propose": "提出登记托管银行",
	"fund.breaker": "熔断状态变更", "fund.resume": "同意解除熔断",
	"fund_movement.submit": "提交基金收支", "fund_movement.post": "基金收支入账", "fund_movement.return": "退回基金收支",
	"enrolment.draft": "起草备案", "enrolment.edit": "修改备案", "enrolment.submit": "提交备案复核", "enrolment.withdraw": "撤回备案",
	"enrolment.enrol": "备案入库", "enrolment.refuse": "不予入库", "enrolment.return": "退回备案", "enrolment.release": "解除在保",
	"enrolment.request_late": "申请逾期备案许可", "enrolment.allow_late": "准许逾期备案", "enrolment.propose_late": "提出准许逾期备案", "enrolment.deny_late": "不准逾期备案",
	"enrolment.exposure": "在保敞口变动", "enrolment.claim": "进入补偿申请", "enrolment.reopen": "补偿未成，恢复在保", "enrolment.compensate": "已获补偿",
})

// Find reads a fund; fault fund_not_found.
func Find(tx postgres.Tx, id uuid.UUID) (Fund, error) { return findFund(tx, id, false) }

// Lock reads a fund and holds its row: whoever enrols, pays or lifts a breaker does.
func Lock(tx postgres.Tx, id uuid.UUID) (Fund, error) { return findFund(tx, id, true) }

// ByCode reads a fund by its code (CityCode for the city's own); fault fund_not_found.
func ByCode(tx postgres.Tx, code string) (Fund, error) { return fundByCode(tx, code) }

// All lists the funds, the city's first.
func All(tx postgres.Tx) ([]Fund, error) { return allFunds(tx) }

// FundLink is the front-end path of a fund.
func FundLink(id uuid.UUID) string { return "/console/funds/" + id.String() }

// EnrolmentLink is the front-end path of an enrolment.
func EnrolmentLink(id uuid.UUID) string { return "/console/enrolments/" + id.String() }

// MovementLink is the front-end path of a movement of money.
func MovementLink(id uuid.UUID) string { return "/console/funds/movements/" + id.String() }
