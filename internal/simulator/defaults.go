package simulator

import (
	"fmt"

	"github.com/shopspring/decimal"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

// Source says where a default comes from.
type Source struct {
	Field string `json:"field"`
	Text  string `json:"text"`
}

// Defaults are the inputs a run starts from: the policy in force and the portfolio.
type Defaults struct {
	Inputs       Inputs   `json:"inputs"`
	Sources      []Source `json:"sources" nullable:"false"`
	PolicyNumber string   `json:"policy_number"`
}

// Fewer loans than this say nothing about averages, or about default rates.
const (
	loansForAverages = 5
	loansForDefaults = 200
)

// defaults reads the policy of the day and the portfolio. What neither knows is assumed,
// and the source says so.
func defaults(tx postgres.Tx) (d Defaults, err error) {
	v, err := policy.InForce(tx, calendar.DateOf(tx.Now()))
	if err != nil {
		return d, err
	}
	p := v.Parameters
	d = Defaults{PolicyNumber: v.Number, Inputs: Inputs{
		AnnualLending: money.Must("150000000"), AverageTicket: money.Must("3000000"), AverageTerm: 12, CoveredShare: money.MustRate("100"),
		DefaultRate: money.MustRate("3"), DefaultSpread: money.MustRate("1"), Correlation: money.MustRate("12"), RecoveryRate: money.MustRate("30"),
		RecoveryDelay: 18, FundShare: p.FundShare, Leverage: p.LeverageMultiple, CompensationCap: p.CompCapPerEnterprise,
		BankYearCap: p.CompCapBankYear, Banks: 5, Horizon: 5, Paths: 10000,
	}}
	note := func(field, format string, args ...any) {
		d.Sources = append(d.Sources, Source{field, fmt.Sprintf(format, args...)})
	}
	note("annual_lending", "规划目标：知识产权质押融资年度 1.5 亿元")
	for _, field := range []string{"fund_share", "leverage_multiple", "comp_cap_per_enterprise", "comp_cap_bank_year"} {
		note(field, "现行政策 %s", v.Number)
	}
	note("default_spread", "假设：历史数据不足以估计")
	note("correlation", "假设：中小企业贷款常用取值")
	note("recovery_rate", "假设：尚无足够的追偿记录")
	note("recovery_delay_months", "假设：诉讼与处置周期")
	totals, err := fund.Totals(tx)
	if err != nil && !fault.Has(err, "policy_missing") {
		return d, err
	}
	d.Inputs.InitialFund, d.Inputs.InitialPortfolio = money.Max(money.Zero, totals.Available), totals.Enrolled
	note("initial_fund", "基金账簿：余额减已核准未拨付")
	note("initial_portfolio", "在保贷款余额，%d 笔", totals.Count)
	return d, d.fromPortfolio(tx, note)
}

// fromPortfolio takes averages from the loans where there are enough of them.
func (d *Defaults) fromPortfolio(tx postgres.Tx, note func(string, string, ...any)) error {
	p, err := portfolioOf(tx)
	if err != nil {
		return err
	}
	if p.Loans >= loansForAverages {
		d.Inputs.AverageTicket = money.Round(p.Ticket.Decimal().Round(-4))
		d.Inputs.AverageTerm = min(termMax, max(termMin, p.Term))
		note("average_ticket", "平台已放款 %d 笔的平均", p.Loans)
		note("average_term_months", "平台已放款 %d 笔的平均", p.Loans)
	} else {
		note("average_ticket", "假设：平台放款不足 %d 笔", loansForAverages)
		note("average_term_months", "假设：平台放款不足 %d 笔", loansForAverages)
	}
	if p.Banks > 0 {
		d.Inputs.Banks = min(100, p.Banks)
		note("banks", "已有放款的银行")
	} else {
		note("banks", "假设")
	}
	if p.Loans >= loansForDefaults {
		rate := decimal.NewFromInt(100*int64(p.Defaulted)).DivRound(decimal.NewFromInt(int64(p.Loans)), 2)
		d.Inputs.DefaultRate = money.RateOf(decimal.Min(rate, decimal.NewFromInt(50)))
		note("default_rate", "平台已放款 %d 笔中出现不良 %d 笔", p.Loans, p.Defaulted)
	} else {
		note("default_rate", "假设：平台放款不足 %d 笔，取 3%%", loansForDefaults)
	}
	return nil
}
