package claim

import (
	"fmt"

	"github.com/shopspring/decimal"

	"ippledge/internal/money"
	"ippledge/internal/policy"
)

// Seats in policy order: the order in which fen are given out when remainders tie.
const (
	SeatFund      = "fund"
	SeatBank      = "bank"
	SeatGuarantor = "guarantor"
	SeatInsurer   = "insurer"
	SeatAppraiser = "appraiser"
)

// Seats names the parties of the loss share in policy order.
var Seats = []Choice{
	{SeatFund, "风险补偿基金"}, {SeatBank, "银行"}, {SeatGuarantor, "担保机构"}, {SeatInsurer, "保险机构"}, {SeatAppraiser, "评估处置机构"},
}

// Facts are what the loss is worked out from.
type Facts struct {
	Outstanding money.Amount  `json:"outstanding" doc:"申请时贷款本金余额"`
	Enrolled    money.Amount  `json:"enrolled" doc:"备案贷款本金"`
	IPShare     money.Rate    `json:"ip_share" doc:"知识产权质押部分占比"`
	Recovered   money.Amount  `json:"recovered" doc:"申请前已收回、尚未冲减余额的本金"`
	Shares      policy.Shares `json:"shares" doc:"各方分担比例（缺位方份额已归并）"`
	// Nominal are the shares before empty seats were given to another party.
	Nominal        policy.Shares `json:"nominal"`
	EnterpriseLeft money.Amount  `json:"enterprise_left" doc:"该企业剩余补偿额度"`
	BankYearLeft   money.Amount  `json:"bank_year_left" doc:"该银行本年度剩余补偿额度"`
	FundAvailable  money.Amount  `json:"fund_available" doc:"基金可用余额"`
}

// Line is one step of the working, so that a reviewer can follow it with a pencil.
type Line struct {
	Key     string       `json:"key"`
	Label   string       `json:"label"`
	Formula string       `json:"formula"`
	Amount  money.Amount `json:"amount"`
}

// Part is what one party bears.
type Part struct {
	Seat  string       `json:"seat"`
	Name  string       `json:"name"`
	Share money.Rate   `json:"share"`
	Gross money.Amount `json:"gross" doc:"按比例应分担"`
	Bears money.Amount `json:"bears" doc:"限额之后实际承担"`
}

// Computation is the whole working of a loss. It is stored with the claim.
type Computation struct {
	Facts        Facts        `json:"facts"`
	Lines        []Line       `json:"lines" nullable:"false"`
	Parts        []Part       `json:"parts" nullable:"false"`
	EligibleLoss money.Amount `json:"eligible_loss"`
	GrossFund    money.Amount `json:"gross_fund"`
	FundPay      money.Amount `json:"fund_pay" doc:"基金最多可补偿"`
	LimitedBy    string       `json:"limited_by" doc:"起作用的限额：空、enterprise、bank_year、fund"`
}

// Compute works out a loss by domain §4.4. Only principal is covered: interest, penalty
// and costs never enter. What a cap cuts off stays with the bank.
func Compute(f Facts) (Computation, error) {
	covered := money.Min(f.Outstanding, f.Enrolled)
	onIP := f.IPShare.Of(covered)
	loss := money.Max(onIP.Sub(f.Recovered), money.Zero)
	gross, err := money.Split(loss, f.Shares.Weights())
	if err != nil {
		return Computation{}, fmt.Errorf("claim: shares of the loss: %w", err)
	}
	c := Computation{Facts: f, EligibleLoss: loss, GrossFund: gross[0], FundPay: gross[0]}
	for _, limit := range []struct {
		name string
		left money.Amount
	}{{"enterprise", f.EnterpriseLeft}, {"bank_year", f.BankYearLeft}, {"fund", f.FundAvailable}} {
		if left := money.Max(limit.left, money.Zero); left.Less(c.FundPay) {
			c.FundPay, c.LimitedBy = left, limit.name
		}
	}
	c.write(covered, onIP, gross)
	c.share(gross, c.FundPay)
	return c, nil
}

// Settled is the working with the amount decided: what the fund doesn't pay of its share
// stays with the bank.
func (c Computation) Settled(approved money.Amount) Computation {
	gross := make([]money.Amount, len(c.Parts))
	for i, p := range c.Parts {
		gross[i] = p.Gross
	}
	out := c
	out.Lines = append([]Line{}, c.Lines...)
	if cut := c.FundPay.Sub(approved); cut.IsPositive() {
		out.line("reviewed_off", "审核核减，由银行承担", fmt.Sprintf("%s − %s", c.FundPay.Text(), approved.Text()), cut)
	}
	out.line("approved", "核准补偿金额", "审核、公示后核准", approved)
	out.Parts = nil
	out.share(gross, approved)
	return out
}

// share says what each party bears: the fund what it pays, the bank the rest of the
// fund's share.
func (c *Computation) share(gross []money.Amount, fundPays money.Amount) {
	shares := []money.Rate{c.Facts.Shares.Fund, c.Facts.Shares.Bank, c.Facts.Shares.Guarantor, c.Facts.Shares.Insurer, c.Facts.Shares.Appraiser}
	for i, seat := range Seats {
		part := Part{Seat: seat.Value, Name: seat.Text, Share: shares[i], Gross: gross[i], Bears: gross[i]}
		switch seat.Value {
		case SeatFund:
			part.Bears = fundPays
		case SeatBank:
			part.Bears = gross[i].Add(gross[0]).Sub(fundPays)
		}
		c.Parts = append(c.Parts, part)
	}
}

func (c *Computation) line(key, label, formula string, amount money.Amount) {
	c.Lines = append(c.Lines, Line{key, label, formula, amount})
}

func (c *Computation) write(covered, onIP money.Amount, gross []money.Amount) {
	f := c.Facts
	c.line("outstanding", "申请时贷款本金余额", "贷款台账；利息、罚息、复利和费用不在补偿范围", f.Outstanding)
	c.line("covered", "纳入补偿的本金", fmt.Sprintf("取小：本金余额 %s，备案本金 %s", f.Outstanding.Text(), f.Enrolled.Text()), covered)
	c.line("ip_part", "知识产权质押对应部分", fmt.Sprintf("%s × %s%%", covered.Text(), f.IPShare), onIP)
	c.line("recovered", "减：申请前已收回本金", "银行申报，尚未冲减贷款余额的部分", f.Recovered)
	c.line("eligible_loss", "合格损失", fmt.Sprintf("%s − %s，不小于 0", onIP.Text(), f.Recovered.Text()), c.EligibleLoss)
	for i, share := range f.Shares.Weights() {
		if share.IsPositive() || gross[i].IsPositive() {
			c.line("share_"+Seats[i].Value, Seats[i].Text+"分担", fmt.Sprintf("%s × %s%%%s", c.EligibleLoss.Text(), share.StringFixed(2), f.moved(i)), gross[i])
		}
	}
	c.line("cap_enterprise", "单户企业剩余补偿额度", "政策上限减已核准的补偿", f.EnterpriseLeft)
	c.line("cap_bank_year", "该银行本年度剩余补偿额度", "年初基金净额 × 上限比例，减本年度已核准的补偿", f.BankYearLeft)
	c.line("fund_available", "基金可用余额", "托管余额减已核准未拨付", f.FundAvailable)
	c.line("fund_pay", "基金最多可补偿", "取小：基金分担、单户额度、银行年度额度、可用余额", c.FundPay)
	if cut := c.GrossFund.Sub(c.FundPay); cut.IsPositive() {
		c.line("cut_off", "超出限额部分，由银行承担", fmt.Sprintf("%s − %s", c.GrossFund.Text(), c.FundPay.Text()), cut)
	}
}

// moved explains a share that took over those of empty seats.
func (f Facts) moved(i int) string {
	now, before := f.Shares.Weights()[i], f.Nominal.Weights()[i]
	if !now.GreaterThan(before) || nothing(f.Nominal) {
		return ""
	}
	return fmt.Sprintf("（原 %s%%，含缺位方份额 %s%%）", before.StringFixed(2), now.Sub(before).StringFixed(2))
}

func nothing(s policy.Shares) bool {
	for _, w := range s.Weights() {
		if !w.Equal(decimal.Zero) {
			return false
		}
	}
	return true
}
