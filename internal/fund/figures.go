package fund

import (
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"ippledge/internal/calendar"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

// Figures are the fund's sums of the moment. Money comes from the ledger, enrolled
// principal from the enrolments; both are what the checks decide by.
type Figures struct {
	Balance   money.Amount `json:"balance" doc:"托管账户余额"`
	Committed money.Amount `json:"committed" doc:"已核准未拨付的补偿"`
	Available money.Amount `json:"available" doc:"可用余额，即净资产：余额减已核准未拨付"`
	PaidIn    money.Amount `json:"paid_in" doc:"实收资本：出资减已退回"`
	Paid      money.Amount `json:"paid" doc:"累计已拨补偿"`
	Recovered money.Amount `json:"recovered" doc:"累计追回"`
	Exposure  money.Amount `json:"exposure" doc:"在保敞口：基金应担份额"`
	Enrolled  money.Amount `json:"enrolled" doc:"在保贷款余额"`
	NPL       money.Amount `json:"npl" doc:"在保贷款中的不良余额"`
	Count     int          `json:"count" doc:"在保笔数"`

	LeverageLimit int          `json:"leverage_limit" doc:"放大倍数上限"`
	EnrolledLimit money.Amount `json:"enrolled_limit" doc:"在保余额上限：净资产乘以倍数上限"`
	Room          money.Amount `json:"room" doc:"还可入库的贷款余额"`
	// Ratios are missing where there is nothing to divide by.
	Leverage     *decimal.Decimal `json:"-"`
	LeverageText string           `json:"leverage" doc:"已用放大倍数，两位小数；没有净资产时为空"`
	NPLRatio     *money.Rate      `json:"npl_ratio,omitempty"`
	BalanceRatio *money.Rate      `json:"balance_ratio,omitempty" doc:"余额占实收资本"`
}

// FiguresOf reads a fund's figures under the parameters of a policy version. For deciding
// the caller holds the fund's lock.
func FiguresOf(tx postgres.Tx, f Fund, p policy.Parameters) (out Figures, err error) {
	sum := func(prefix string) (total money.Amount) {
		if err != nil {
			return total
		}
		total, err = ledger.SumOf(tx, f.BookID, prefix)
		return total
	}
	// Accounts money comes from stand below zero by nature (ledger.Chart).
	out.Balance = sum("cash:")
	out.Committed = sum("payable:").Neg()
	out.PaidIn = sum("capital:").Neg().Sub(sum("returned:"))
	if err != nil {
		return out, err
	}
	total, err := ledger.Balance(tx, f.BookID, ledger.ExposureTotal)
	if err != nil {
		return out, err
	}
	out.Exposure = total.Neg()
	out.Available = out.Balance.Sub(out.Committed)
	if out.Paid, err = postedOf(tx, f.BookID, "pay"); err != nil {
		return out, err
	}
	if out.Recovered, err = postedOf(tx, f.BookID, "recover"); err != nil {
		return out, err
	}
	book, err := bookOf(tx, f.ID, nil)
	if err != nil {
		return out, err
	}
	out.Enrolled, out.NPL, out.Count = book.Enrolled, book.NPL, book.Count
	out.ratios(p)
	return out, nil
}

// Totals are the figures of all funds at work taken together, under the policy of the day.
// It fails with policy_missing before a policy is in force.
func Totals(tx postgres.Tx) (Figures, error) { return TotalsOf(tx, uuid.Nil) }

// TotalsOf is Totals of one fund; of all where it is uuid.Nil.
func TotalsOf(tx postgres.Tx, only uuid.UUID) (out Figures, err error) {
	v, err := policy.InForce(tx, calendar.DateOf(tx.Now()))
	if err != nil {
		return out, err
	}
	funds, err := All(tx)
	if err != nil {
		return out, err
	}
	for _, f := range funds {
		if f.Status != Active || only != uuid.Nil && f.ID != only {
			continue
		}
		one, err := FiguresOf(tx, f, v.Parameters)
		if err != nil {
			return out, err
		}
		out.add(one)
	}
	out.ratios(v.Parameters)
	return out, nil
}

func (f *Figures) add(one Figures) {
	f.Balance, f.Committed, f.Available = f.Balance.Add(one.Balance), f.Committed.Add(one.Committed), f.Available.Add(one.Available)
	f.PaidIn, f.Paid, f.Recovered = f.PaidIn.Add(one.PaidIn), f.Paid.Add(one.Paid), f.Recovered.Add(one.Recovered)
	f.Exposure, f.Enrolled, f.NPL, f.Count = f.Exposure.Add(one.Exposure), f.Enrolled.Add(one.Enrolled), f.NPL.Add(one.NPL), f.Count+one.Count
}

func (f *Figures) ratios(p policy.Parameters) {
	f.LeverageLimit = p.LeverageMultiple
	net := money.Max(f.Available, money.Zero)
	f.EnrolledLimit = money.Round(net.Times(decimal.NewFromInt(int64(p.LeverageMultiple))))
	f.Room = money.Max(f.EnrolledLimit.Sub(f.Enrolled), money.Zero)
	if net.IsPositive() {
		used := f.Enrolled.Decimal().DivRound(net.Decimal(), 6)
		f.Leverage, f.LeverageText = &used, used.StringFixed(2)
	}
	if ratio, ok := money.RatioOf(f.NPL, f.Enrolled); ok {
		f.NPLRatio = &ratio
	}
	if ratio, ok := money.RatioOf(f.Balance, f.PaidIn); ok {
		f.BalanceRatio = &ratio
	}
}

// NetAssetsOn is what the fund was worth at the end of a day: cash less what was owed.
func NetAssetsOn(tx postgres.Tx, f Fund, on calendar.Date) (money.Amount, error) {
	net := money.Zero
	for _, prefix := range []string{"cash:", "payable:"} {
		balances, err := ledger.BalancesOn(tx, f.BookID, prefix, on)
		if err != nil {
			return net, err
		}
		for _, b := range balances {
			net = net.Add(b)
		}
	}
	return net, nil
}

// BankYearCap is the most a bank may be paid in a year: the policy's share of the fund at
// 1 January (domain §4.8). In the year a fund begins, when it was empty on that day, the
// capital paid in so far stands in; otherwise a new fund could pay nobody.
func BankYearCap(tx postgres.Tx, f Fund, p policy.Parameters, year int) (money.Amount, error) {
	base, err := NetAssetsOn(tx, f, calendar.NewDate(year-1, time.December, 31))
	if err != nil {
		return base, err
	}
	if !base.IsPositive() {
		figures, err := FiguresOf(tx, f, p)
		if err != nil {
			return base, err
		}
		base = figures.PaidIn
	}
	return p.CompCapBankYear.Of(money.Max(base, money.Zero)), nil
}

// PaidToBank is what the fund paid a bank in a year, as the ledger has it.
func PaidToBank(tx postgres.Tx, f Fund, bankID uuid.UUID, year int) (money.Amount, error) {
	return paidInYear(tx, f.BookID, ledger.Payable(bankID), year)
}

// CoveredOf is the covered principal outstanding of an enterprise over all funds.
func CoveredOf(tx postgres.Tx, borrowerID uuid.UUID) (money.Amount, error) {
	return coveredOf(tx, borrowerID)
}
