package simulator

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
)

// Result is what a run found, rounded: amounts to a thousand yuan, shares to a hundredth
// of a percent. More digits would only pretend.
type Result struct {
	Estimate    bool         `json:"estimate" doc:"恒为 true：估算结果，不是账面数字"`
	Answer      string       `json:"answer" doc:"一句话结论"`
	Verdict     string       `json:"verdict" enum:"carries,strained,fails" doc:"能承载、勉强、不能承载"`
	Ruin        money.Rate   `json:"ruin_probability" doc:"基金无力支付的概率，%"`
	RuinError   money.Rate   `json:"ruin_error" doc:"抽样误差（95% 置信，正负），百分点"`
	Capital95   money.Amount `json:"capital_95" doc:"95% 情形下够用的初始基金"`
	Capital99   money.Amount `json:"capital_99" doc:"99% 情形下够用的初始基金"`
	CapitalLend money.Amount `json:"capital_leverage" doc:"承担损失后放大倍数仍足以支撑目标规模所需的初始基金（九成情形）"`
	Defaults    string       `json:"defaults" doc:"模拟期内平均违约笔数"`
	Fan         []FanPoint   `json:"fan" nullable:"false"`
	Years       []Year       `json:"years" nullable:"false"`
	Sensitivity []Change     `json:"sensitivity" nullable:"false"`
	Assumptions []string     `json:"assumptions" nullable:"false"`
	ElapsedMS   int64        `json:"elapsed_ms" doc:"计算用时，毫秒"`
}

// FanPoint is the fund's balance at the end of a quarter, as percentiles over the futures.
type FanPoint struct {
	Label string       `json:"label" doc:"季度"`
	P5    money.Amount `json:"p5"`
	P25   money.Amount `json:"p25"`
	P50   money.Amount `json:"p50"`
	P75   money.Amount `json:"p75"`
	P95   money.Amount `json:"p95"`
}

// Year is one year's covered lending and compensation.
type Year struct {
	Label    string       `json:"label"`
	Wanted   money.Amount `json:"wanted" doc:"目标（基金覆盖部分）"`
	Lent     money.Amount `json:"lent" doc:"平均可覆盖的新增贷款"`
	LentLow  money.Amount `json:"lent_p5" doc:"较差情形（第5百分位）"`
	Reached  money.Rate   `json:"reached" doc:"达到目标的概率，%"`
	Paid     money.Amount `json:"paid" doc:"平均补偿支出"`
	PaidHigh money.Amount `json:"paid_p95" doc:"较差情形（第95百分位）"`
}

// rounded is an estimated amount, to a thousand yuan.
func rounded(v float64) money.Amount {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		v = 0
	}
	return money.Round(decimal.NewFromFloat(v).Round(-3))
}

// wan is an estimated amount in a sentence, in 万元 to a tenth.
func wan(v float64) string {
	return strconv.FormatFloat(math.Round(v/1000)/10, 'f', -1, 64) + " 万元"
}

// share is an estimated probability in percent, to two places.
func share(v float64) money.Rate { return money.RateOf(decimal.NewFromFloat(100 * v).Round(2)) }

// estimate runs the model with its sensitivities and puts the result into words.
func estimate(ctx context.Context, in Inputs, from calendar.Date) (Result, error) {
	started := time.Now() // how long the machine took, not when anything happened
	o, err := simulate(ctx, in)
	if err != nil {
		return Result{}, err
	}
	r := Result{
		Estimate: true, Ruin: share(o.ruin), RuinError: share(1.96 * math.Sqrt(max(o.ruin*(1-o.ruin), 1/float64(o.paths))/float64(o.paths))),
		Capital95: rounded(o.capital[0]), Capital99: rounded(o.capital[1]), CapitalLend: rounded(o.leverage),
		Defaults: decimal.NewFromFloat(o.defaults).StringFixed(1), Fan: []FanPoint{}, Years: []Year{},
	}
	for q, p := range o.fan {
		r.Fan = append(r.Fan, FanPoint{quarterLabel(from, q), rounded(p[0]), rounded(p[1]), rounded(p[2]), rounded(p[3]), rounded(p[4])})
	}
	for y, v := range o.years {
		r.Years = append(r.Years, Year{
			fmt.Sprintf("第 %d 年", y+1), rounded(v.wanted), rounded(v.lent), rounded(v.lentLow), share(v.reached), rounded(v.paid), rounded(v.paidHigh),
		})
	}
	r.Verdict, r.Answer = o.verdict(in)
	if r.Sensitivity, err = sensitivity(ctx, in); err != nil {
		return r, err
	}
	r.Assumptions = assumptions(in)
	r.ElapsedMS = time.Since(started).Milliseconds()
	return r, nil
}

// quarterLabel names the end of the q-th quarter from the start.
func quarterLabel(from calendar.Date, q int) string {
	if q == 0 {
		return "起始"
	}
	at := from.AddMonths(3 * q)
	return fmt.Sprintf("%d年%d月", at.Year(), int(at.Month()))
}

// verdict answers the question. A fund that lends the target in nine of ten futures of
// every year and is ruined in fewer than one of a hundred carries it.
func (o outcome) verdict(in Inputs) (code, text string) {
	worst := 1.0
	for _, y := range o.years {
		worst = min(worst, y.reached)
	}
	target, capital := wan(float(in.AnnualLending)), wan(max(o.capital[1], o.leverage))
	switch {
	case worst >= 0.9 && o.ruin < 0.01:
		return "carries", fmt.Sprintf("按所给假设，基金能够承载每年 %s：各年达标概率不低于 %s%%，无力支付的概率为 %s%%。", target, share(worst), share(o.ruin))
	case worst >= 0.5 && o.ruin < 0.05:
		return "strained", fmt.Sprintf("按所给假设，基金勉强承载每年 %s：达标概率最低的一年为 %s%%，无力支付的概率为 %s%%；约需基金 %s 才较稳妥。",
			target, share(worst), share(o.ruin), capital)
	default:
		return "fails", fmt.Sprintf("按所给假设，基金不能承载每年 %s：达标概率最低的一年为 %s%%，无力支付的概率为 %s%%；约需基金 %s。",
			target, share(worst), share(o.ruin), capital)
	}
}

// assumptions says what the model takes for granted.
func assumptions(in Inputs) []string {
	return []string{
		fmt.Sprintf("每年新增贷款目标 %s，每年增长 %s%%，户均 %s，平均期限 %d 个月，到期一次还本，按季度均匀发放。", in.AnnualLending.Text(), in.Growth, in.AverageTicket.Text(), in.AverageTerm),
		fmt.Sprintf("年违约率均值 %s%%，其本身的不确定性（标准差）%s 个百分点，按对数正态分布在每次模拟开始时抽取一次。", in.DefaultRate, in.DefaultSpread),
		fmt.Sprintf("各笔贷款的违约由每年一个共同因素和各自因素决定（单因子高斯模型），相关系数 %s%%。", in.Correlation),
		fmt.Sprintf("违约两个季度后由基金支付，按贷款本金（覆盖比例 %s%%）的 %s%% 分担，单户不超过 %s。", in.CoveredShare, in.FundShare, in.CompensationCap.Text()),
		fmt.Sprintf("每年补偿总额不超过年初基金的 %s%% × %d 家银行（各行业务均匀）；超出部分由银行承担，不计为无力支付。", in.BankYearCap, in.Banks),
		fmt.Sprintf("已支付的补偿在 %d 个月后收回 %s%%，归还基金。", in.RecoveryDelay, in.RecoveryRate),
		fmt.Sprintf("在保余额不超过基金净额的 %d 倍，超出的贷款不再入库，以后也不补做。", in.Leverage),
		fmt.Sprintf("基金起始净额 %s，在保余额 %s 在一个平均期限内均匀到期；每年年初出资 %s；不计利息收入与管理费。", in.InitialFund.Text(), in.InitialPortfolio.Text(), in.Contribution.Text()),
		"“所需基金”指不受杠杆与限额约束、全部按目标发放并全额补偿时，模拟期内累计净支出峰值的分位数；“支撑规模所需基金”另加任一时点在保余额除以放大倍数，取九成情形。",
		"模拟不考虑熔断暂停、政策调整与企业提前还款；结果用于比较政策方案，不是预测，不进入账簿。",
	}
}
