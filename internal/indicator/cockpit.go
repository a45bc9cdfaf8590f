package indicator

import (
	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/fund"
	"ippledge/internal/money"
)

// Cockpit is where the fund stands, all funds at work or one, with the year's flows. Every
// Value in it links to rows that add up to it.
type Cockpit struct {
	Year     int           `json:"year"`
	AsOf     calendar.Date `json:"as_of"`
	FundID   *uuid.UUID    `json:"fund_id,omitempty" doc:"缺省为全部基金"`
	FundName string        `json:"fund_name"`
	Funds    []FundLine    `json:"funds" nullable:"false" doc:"在运行的基金及其熔断状态"`
	Figures  FundValues    `json:"figures"`

	LeverageLimit int           `json:"leverage_limit" doc:"放大倍数上限"`
	Leverage      string        `json:"leverage" doc:"已用放大倍数＝在保余额÷可用余额，两位小数；空为暂无数据"`
	Room          *money.Amount `json:"room,omitempty" doc:"还可入库的贷款余额"`
	NPLRatio      *money.Rate   `json:"npl_ratio,omitempty" doc:"在保不良率，%"`

	Banks  []Group    `json:"banks" nullable:"false"`
	Areas  []Group    `json:"areas" nullable:"false"`
	Ageing []Bucket   `json:"ageing" nullable:"false" doc:"在保贷款的逾期分布（S71 口径）"`
	Steps  []Step     `json:"steps" nullable:"false" doc:"在办与办结的补偿申请"`
	Years  []YearLine `json:"years" nullable:"false" doc:"逐年损失与追回"`

	Financing *Goal `json:"financing,omitempty" doc:"当年质押融资额与规划目标（全市）"`
	Size      *Goal `json:"size,omitempty" doc:"基金规模与规划目标（全部基金）"`
}

// FundValues are the sums that the fund is steered by.
type FundValues struct {
	Balance    Value `json:"balance"`
	Committed  Value `json:"committed"`
	Available  Value `json:"available"`
	PaidIn     Value `json:"paid_in"`
	Paid       Value `json:"paid"`
	Recovered  Value `json:"recovered"`
	ClawedBack Value `json:"clawed_back"`
	NetLoss    Value `json:"net_loss"`
	Enrolled   Value `json:"enrolled"`
	Exposure   Value `json:"exposure"`
	NPL        Value `json:"npl"`
}

// FundLine is a fund at work with its circuit breaker.
type FundLine struct {
	ID        uuid.UUID    `json:"id"`
	Name      string       `json:"name"`
	Breaker   fund.Breaker `json:"breaker" enum:"normal,warned,suspended"`
	Reason    string       `json:"reason"`
	Suspended int          `json:"suspended" doc:"被暂停入库的银行数"`
	Warned    int          `json:"warned" doc:"被预警的银行数"`
}

// Group is a bank or a county with its part of the figures.
type Group struct {
	Key       string       `json:"key"`
	Name      string       `json:"name"`
	Breaker   fund.Breaker `json:"breaker,omitempty" enum:"normal,warned,suspended" doc:"银行在各基金中最严的熔断状态"`
	Enrolled  Value        `json:"enrolled"`
	Exposure  Value        `json:"exposure"`
	NPL       Value        `json:"npl"`
	NPLRatio  *money.Rate  `json:"npl_ratio,omitempty"`
	Committed Value        `json:"committed"`
	Paid      Value        `json:"paid" doc:"当年已拨补偿"`
	Recovered Value        `json:"recovered" doc:"当年追回"`
	PaidIn    Value        `json:"paid_in" doc:"该地出资；银行不出资"`
	Disbursed Value        `json:"disbursed" doc:"当年放款（全部质押贷款，不限在保）"`
}

// Bucket is a column of form S71.
type Bucket struct {
	Key       string `json:"key"`
	Label     string `json:"label"`
	Borrowers int64  `json:"borrowers"`
	Value
}

// Step is a stage of claims: how many, how many late by their clock, and the latest.
type Step struct {
	Key    string  `json:"key"`
	Label  string  `json:"label"`
	Open   bool    `json:"open" doc:"在办；否则已办结"`
	Late   Value   `json:"late" doc:"超过本环节工作日期限的"`
	Oldest *Oldest `json:"oldest,omitempty" doc:"期限最早的一笔"`
	Value
}

// Oldest is the claim of a step whose time was or is up first.
type Oldest struct {
	Number   string        `json:"number"`
	Borrower string        `json:"borrower"`
	DueOn    calendar.Date `json:"due_on"`
	DaysLeft int           `json:"days_left" doc:"剩余工作日；负数为已超期"`
	Link     string        `json:"link" doc:"空为无权查看"`
}

// YearLine is a year's losses and what came back.
type YearLine struct {
	Year       int   `json:"year"`
	Paid       Value `json:"paid"`
	Recovered  Value `json:"recovered"`
	ClawedBack Value `json:"clawed_back"`
	NetLoss    Value `json:"net_loss"`
}

// Goal is a promise of the plan beside the figure.
type Goal struct {
	Target Target `json:"target"`
	Value
}
