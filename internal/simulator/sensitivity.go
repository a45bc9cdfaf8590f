package simulator

import (
	"context"

	"github.com/shopspring/decimal"

	"ippledge/internal/money"
)

// Change is what becomes of the result when one input alone is smaller or larger.
type Change struct {
	Parameter string    `json:"parameter"`
	Label     string    `json:"label"`
	Low       Variation `json:"low"`
	High      Variation `json:"high"`
}

// Variation is the result under one changed input. Reached is the chance of reaching the
// target in the worst year.
type Variation struct {
	Value     string       `json:"value" doc:"该参数的取值"`
	Ruin      money.Rate   `json:"ruin_probability"`
	Reached   money.Rate   `json:"reached"`
	Capital99 money.Amount `json:"capital_99"`
	Delta     money.Amount `json:"capital_delta" doc:"与基准相比所需基金（99%）的变化"`
}

// sensitivityPaths is enough to see which input matters; the draws are the same as in the
// run itself, so differences show with fewer paths.
const sensitivityPaths = 2000

// lever is one input and how it is turned down and up by a factor.
type lever struct {
	parameter, label string
	turn             func(in *Inputs, factor decimal.Decimal) string
}

var levers = []lever{
	{"default_rate", "违约率", rateLever(func(in *Inputs) *money.Rate { return &in.DefaultRate }, 50)},
	{"correlation", "违约相关系数", rateLever(func(in *Inputs) *money.Rate { return &in.Correlation }, 90)},
	{"default_spread", "违约率的不确定性", rateLever(func(in *Inputs) *money.Rate { return &in.DefaultSpread }, 25)},
	{"recovery_rate", "追偿收回率", rateLever(func(in *Inputs) *money.Rate { return &in.RecoveryRate }, 100)},
	{"fund_share", "基金分担比例", rateLever(func(in *Inputs) *money.Rate { return &in.FundShare }, 100)},
	{"annual_lending", "每年新增贷款", amountLever(func(in *Inputs) *money.Amount { return &in.AnnualLending })},
	{"average_ticket", "户均金额", amountLever(func(in *Inputs) *money.Amount { return &in.AverageTicket })},
	{"initial_fund", "基金起始净额", amountLever(func(in *Inputs) *money.Amount { return &in.InitialFund })},
	{"average_term_months", "平均期限", func(in *Inputs, factor decimal.Decimal) string {
		months := decimal.NewFromInt(int64(in.AverageTerm)).Mul(factor).Round(0).IntPart()
		in.AverageTerm = int(min(termMax, max(termMin, months)))
		return decimal.NewFromInt(int64(in.AverageTerm)).String() + " 个月"
	}},
	{"leverage_multiple", "放大倍数", func(in *Inputs, factor decimal.Decimal) string {
		in.Leverage = int(max(1, decimal.NewFromInt(int64(in.Leverage)).Mul(factor).Round(0).IntPart()))
		return decimal.NewFromInt(int64(in.Leverage)).String() + " 倍"
	}},
}

func rateLever(field func(*Inputs) *money.Rate, most int64) func(*Inputs, decimal.Decimal) string {
	return func(in *Inputs, factor decimal.Decimal) string {
		r := field(in)
		*r = money.RateOf(decimal.Min(decimal.NewFromInt(most), r.Percent().Mul(factor).Round(4)))
		return r.String() + "%"
	}
}

func amountLever(field func(*Inputs) *money.Amount) func(*Inputs, decimal.Decimal) string {
	return func(in *Inputs, factor decimal.Decimal) string {
		a := field(in)
		*a = money.Round(a.Times(factor))
		return a.Text()
	}
}

// The inputs are turned down and up by a quarter.
var down, up = decimal.RequireFromString("0.75"), decimal.RequireFromString("1.25")

// sensitivity runs the model again with each input changed alone. The base is run with the
// same number of paths, so that like is compared with like.
func sensitivity(ctx context.Context, in Inputs) ([]Change, error) {
	in.Paths = min(in.Paths, sensitivityPaths)
	base, err := simulate(ctx, in)
	if err != nil {
		return nil, err
	}
	out := []Change{}
	for _, l := range levers {
		change := Change{Parameter: l.parameter, Label: l.label}
		for _, side := range []struct {
			factor decimal.Decimal
			to     *Variation
		}{{down, &change.Low}, {up, &change.High}} {
			other := in
			value := l.turn(&other, side.factor)
			o, err := simulate(ctx, other)
			if err != nil {
				return nil, err
			}
			*side.to = variation(value, o, base)
		}
		out = append(out, change)
	}
	return out, nil
}

func variation(value string, o, base outcome) Variation {
	worst := 1.0
	for _, y := range o.years {
		worst = min(worst, y.reached)
	}
	return Variation{value, share(o.ruin), share(worst), rounded(o.capital[1]), rounded(o.capital[1] - base.capital[1])}
}
