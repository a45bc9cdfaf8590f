// Package simulator asks what would become of the fund: can it carry 1.5亿元 a year?
// It draws thousands of futures (Monte Carlo) from the policy in force and the portfolio.
//
// The one hard rule: this is the only package where money may be a binary floating-point
// number, and nothing it works out enters the ledger or a decision. Every figure leaves it
// as a rounded string beside `estimate: true` (decisions/0010-simulator-floats.md).
package simulator

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/fault"
	"ippledge/internal/money"
)

// Inputs are what a run assumes. Amounts and rates come in exact and are turned into
// floating point inside.
type Inputs struct {
	AnnualLending    money.Amount `json:"annual_lending" doc:"每年新增质押贷款目标"`
	Growth           money.Rate   `json:"growth" doc:"目标每年增长"`
	AverageTicket    money.Amount `json:"average_ticket" doc:"户均贷款金额"`
	AverageTerm      int          `json:"average_term_months" doc:"平均期限，月"`
	CoveredShare     money.Rate   `json:"covered_share" doc:"贷款中由基金覆盖的本金占比（入库比例×知识产权占比）"`
	DefaultRate      money.Rate   `json:"default_rate" doc:"年违约率"`
	DefaultSpread    money.Rate   `json:"default_spread" doc:"违约率的不确定性：标准差"`
	Correlation      money.Rate   `json:"correlation" doc:"违约相关系数（单因子高斯）"`
	RecoveryRate     money.Rate   `json:"recovery_rate" doc:"追偿收回率"`
	RecoveryDelay    int          `json:"recovery_delay_months" doc:"追偿所需时间，月"`
	FundShare        money.Rate   `json:"fund_share" doc:"基金分担比例"`
	Leverage         int          `json:"leverage_multiple" doc:"放大倍数上限"`
	CompensationCap  money.Amount `json:"comp_cap_per_enterprise" doc:"单户补偿上限"`
	BankYearCap      money.Rate   `json:"comp_cap_bank_year" doc:"单家银行年度补偿上限占年初基金的比例"`
	Banks            int          `json:"banks" doc:"合作银行家数"`
	InitialFund      money.Amount `json:"initial_fund" doc:"基金当前净资产"`
	InitialPortfolio money.Amount `json:"initial_portfolio" doc:"当前在保余额"`
	Contribution     money.Amount `json:"annual_contribution" doc:"每年新增出资，年初到账"`
	Horizon          int          `json:"horizon_years" doc:"模拟年数"`
	Paths            int          `json:"paths" doc:"模拟次数"`
	Seed             int64        `json:"seed" doc:"随机数种子；0 由系统选取并保存"`
}

// Limits of a run: what can be answered while somebody waits.
const (
	pathsMin, pathsMax     = 1000, 20000
	horizonMin, horizonMax = 1, 10
	termMin, termMax       = 3, 60
	delayMax               = 60
	ticketsMax             = 20000 // loans a year; more would only cost time
	seedMax                = 1<<53 - 1
)

var hundred = money.MustRate("100")

// check refuses what the model has no meaning for.
func (in Inputs) check() error {
	var c fault.Collector
	for field, amount := range map[string]money.Amount{"annual_lending": in.AnnualLending, "average_ticket": in.AverageTicket, "comp_cap_per_enterprise": in.CompensationCap} {
		if !amount.IsPositive() {
			c.Add(field, "amount_not_positive", "金额应大于 0")
		}
	}
	for field, amount := range map[string]money.Amount{"initial_fund": in.InitialFund, "initial_portfolio": in.InitialPortfolio, "annual_contribution": in.Contribution} {
		if amount.IsNegative() {
			c.Add(field, "amount_negative", "金额不能为负数")
		}
	}
	for field, rate := range map[string]money.Rate{
		"covered_share": in.CoveredShare, "fund_share": in.FundShare, "recovery_rate": in.RecoveryRate, "comp_cap_bank_year": in.BankYearCap,
	} {
		if rate.IsNegative() || rate.Cmp(hundred) > 0 {
			c.Add(field, "rate_out_of_range", "比例应在 0 到 100 之间")
		}
	}
	within := func(field string, rate money.Rate, low, high string) {
		if rate.Cmp(money.MustRate(low)) < 0 || rate.Cmp(money.MustRate(high)) > 0 {
			c.Add(field, "rate_out_of_range", "应在 %s%% 到 %s%% 之间", low, high)
		}
	}
	if in.CoveredShare.IsZero() {
		c.Add("covered_share", "rate_out_of_range", "覆盖比例为 0 时基金不承担任何风险，无需模拟")
	}
	within("growth", in.Growth, "-50", "100")
	within("default_rate", in.DefaultRate, "0", "50")
	within("default_spread", in.DefaultSpread, "0", "25")
	within("correlation", in.Correlation, "0", "90")
	count := func(field string, n, low, high int) {
		if n < low || n > high {
			c.Add(field, "number_out_of_range", "应在 %d 到 %d 之间", low, high)
		}
	}
	count("average_term_months", in.AverageTerm, termMin, termMax)
	count("recovery_delay_months", in.RecoveryDelay, 0, delayMax)
	count("leverage_multiple", in.Leverage, 1, 50)
	count("banks", in.Banks, 1, 100)
	count("horizon_years", in.Horizon, horizonMin, horizonMax)
	count("paths", in.Paths, pathsMin, pathsMax)
	if in.Seed < 0 || in.Seed > seedMax {
		c.Add("seed", "seed_out_of_range", "种子应为 0 到 %d 之间的整数", int64(seedMax))
	}
	if in.AverageTicket.IsPositive() && float(in.AnnualLending)/float(in.AverageTicket) > ticketsMax {
		c.Add("average_ticket", "ticket_too_small", "按该户均金额每年超过 %d 笔贷款，请核对", ticketsMax)
	}
	return c.Err()
}

// float is an amount for estimating with.
func float(a money.Amount) float64 { return a.Decimal().InexactFloat64() }

// part is a rate as a factor for estimating with.
func part(r money.Rate) float64 { return r.Fraction().InexactFloat64() }

// Simulation is one kept run.
type Simulation struct {
	ID          uuid.UUID
	Number      string
	Title       string
	Inputs      Inputs `gorm:"serializer:json"`
	Result      Result `gorm:"serializer:json"`
	Seed        int64
	Paths       int
	RuinPercent money.Rate
	PolicyID    *uuid.UUID
	MadeBy      uuid.UUID
	MakerName   string
	OrgName     string
	CreatedAt   time.Time
}

const subject = "simulation"

// numberPrefix of runs: 模拟.
const numberPrefix = "MN"

var _ = audit.Name(map[string]string{"simulation.run": "运行政策模拟"})

var (
	errNotFound = fault.New(fault.NotFound, "simulation_not_found", "没有这次模拟，或您无权查看")
	errBusy     = fault.New(fault.TooMany, "simulator_busy", "有其他模拟正在运行，请稍候几秒再试")
)
