package claim

import (
	"context"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// FundYear is one fund's year: form R6 基金年度清算表 (domain §9.6). Money comes from the
// ledger by the day it took effect; reversed entries are left out.
type FundYear struct {
	FundID      uuid.UUID    `json:"fund_id"`
	FundName    string       `json:"fund_name"`
	Opening     money.Amount `json:"opening" doc:"期初余额"`
	Contributed money.Amount `json:"contributed" doc:"注入"`
	Interest    money.Amount `json:"interest" doc:"利息"`
	Paid        money.Amount `json:"paid" doc:"补偿"`
	Recovered   money.Amount `json:"recovered" doc:"追回"`
	ClawedBack  money.Amount `json:"clawed_back" doc:"退回的补偿"`
	Fee         money.Amount `json:"fee" doc:"管理费"`
	Returned    money.Amount `json:"returned" doc:"退回出资"`
	Other       money.Amount `json:"other" doc:"其他（冲正、调整等）"`
	Closing     money.Amount `json:"closing" doc:"期末余额"`
	WrittenOff  money.Amount `json:"written_off" doc:"核销"`
	Enrolled    money.Amount `json:"enrolled" doc:"期末在保贷款余额"`
	Leverage    string       `json:"leverage" doc:"放大倍数；没有净额时为空"`
	NPLRatio    *money.Rate  `json:"npl_ratio,omitempty"`
}

// BankYear is one bank's year at all funds: its annual settlement statement.
type BankYear struct {
	BankID     uuid.UUID    `json:"bank_id"`
	BankName   string       `json:"bank_name"`
	Filed      int          `json:"filed" doc:"申请笔数"`
	Asked      money.Amount `json:"asked"`
	Approved   int          `json:"approved" doc:"核准笔数"`
	Granted    money.Amount `json:"granted" doc:"核准金额"`
	Paid       money.Amount `json:"paid"`
	Recovered  money.Amount `json:"recovered" doc:"基金收到的追回"`
	ClawedBack money.Amount `json:"clawed_back"`
	WrittenOff money.Amount `json:"written_off"`
	Net        money.Amount `json:"net" doc:"净损失：拨付减追回减退回"`
	Open       money.Amount `json:"open" doc:"年末已核准未拨付"`
	Owed       money.Amount `json:"untransferred" doc:"年末尚未划转的基金应得追回"`
}

// Settlement is the year's settlement (年度清算), due by the day of January that the policy
// names.
type Settlement struct {
	Year     int                   `json:"year"`
	DueOn    calendar.Date         `json:"due_on" doc:"清算截止日，按政策为次年 1 月某日"`
	DaysLeft *int                  `json:"days_left,omitempty" doc:"距截止日的工作日数，负数为逾期；清算后没有"`
	Funds    []FundYear            `json:"funds" nullable:"false"`
	Banks    []BankYear            `json:"banks" nullable:"false"`
	Signed   *Signed               `json:"signed,omitempty" doc:"清算由谁签署；没有即未清算，数字为账簿现值"`
	Pending  *approval.PendingView `json:"pending_approval,omitempty"`
	Actions  []string              `json:"available_actions" nullable:"false"`

	only uuid.UUID // the bank whose statement this is alone
}

// Settle works a year out. A bank sees its own statement, and the funds' totals.
func (s *Service) Settle(ctx context.Context, actor authz.Actor, year int) (out Settlement, err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.ClaimSettle); err != nil {
			return err
		}
		out, err = s.settlement(tx, actor, year)
		return err
	})
	return out, err
}

// settlement is a year as the actor may see it: signed, or as the books stand now.
func (s *Service) settlement(tx postgres.Tx, actor authz.Actor, year int) (Settlement, error) {
	bank := uuid.Nil
	if actor.OrgKind == authz.Bank {
		bank = actor.OrgID
	}
	live, err := settle(tx, year, bank)
	if err != nil {
		return live, err
	}
	return s.complete(tx, actor, live)
}

const firstYear = 2000

func settle(tx postgres.Tx, year int, bank uuid.UUID) (out Settlement, err error) {
	now := today(tx)
	if year == 0 {
		year = now.Year()
	}
	if year < firstYear || year > now.Year() {
		return out, fault.InField("year", "year_out_of_range", "年份应在 %d 到 %d 之间", firstYear, now.Year())
	}
	out = Settlement{Year: year, Funds: []FundYear{}, Actions: []string{}, only: bank}
	if out.DueOn, err = settlementDue(tx, year); err != nil {
		return out, err
	}
	from, to := calendar.NewDate(year, time.January, 1), calendar.NewDate(year, time.December, 31)
	funds, err := fund.All(tx)
	if err != nil {
		return out, err
	}
	for _, f := range funds {
		if f.Status != fund.Active {
			continue
		}
		line, err := fundYear(tx, f, from, to)
		if err != nil {
			return out, err
		}
		out.Funds = append(out.Funds, line)
	}
	out.Banks, err = bankYears(tx, bank, from, to)
	return out, err
}

// fundYear reads one fund's year. What the named columns don't explain of the change of
// the balance stands in Other, so that the form always adds up.
func fundYear(tx postgres.Tx, f fund.Fund, from, to calendar.Date) (y FundYear, err error) {
	sums, err := cashByKind(tx, f.BookID, from, to)
	if err != nil {
		return y, err
	}
	y = FundYear{
		FundID: f.ID, FundName: f.Name, Contributed: sums["contribute"], Interest: sums["interest"], Paid: sums["pay"].Neg(),
		Recovered: sums["recover"], ClawedBack: sums["claw_back"], Fee: sums["fee"].Neg(), Returned: sums["return_capital"].Neg(),
	}
	if y.Opening, err = cashOn(tx, f.BookID, from.AddDays(-1)); err != nil {
		return y, err
	}
	if y.Closing, err = cashOn(tx, f.BookID, to); err != nil {
		return y, err
	}
	explained := money.Sum(y.Opening, y.Contributed, y.Interest, y.Recovered, y.ClawedBack).Sub(y.Paid).Sub(y.Fee).Sub(y.Returned)
	y.Other = y.Closing.Sub(explained)
	if y.WrittenOff, err = writtenOffIn(tx, f.ID, from, to); err != nil {
		return y, err
	}
	enrolled, npl, err := ratioAt(tx, f.ID, to)
	if err != nil {
		return y, err
	}
	y.Enrolled = enrolled
	if ratio, ok := money.RatioOf(npl, enrolled); ok {
		y.NPLRatio = &ratio
	}
	net, err := fund.NetAssetsOn(tx, f, to)
	if err != nil {
		return y, err
	}
	if net.IsPositive() {
		y.Leverage = enrolled.Decimal().DivRound(net.Decimal(), 2).StringFixed(2)
	}
	return y, nil
}

// Disclosure is what the public is told of a year: totals, and by bank what was paid and
// came back (domain §9.3).
type Disclosure struct {
	Year      int             `json:"year"`
	DueOn     calendar.Date   `json:"due_on" doc:"年度清算截止日"`
	SettledOn *calendar.Date  `json:"settled_on,omitempty" doc:"清算日；没有即未清算，数字为账簿现值"`
	Funds     []FundYear      `json:"funds" nullable:"false"`
	Banks     []DisclosedBank `json:"banks" nullable:"false"`
}

// DisclosedBank is one bank's line of the disclosure.
type DisclosedBank struct {
	BankName  string       `json:"bank_name"`
	Approved  int          `json:"approved"`
	Paid      money.Amount `json:"paid"`
	Recovered money.Amount `json:"recovered"`
}

// Disclose is the annual disclosure.
func (s *Service) Disclose(ctx context.Context, year int) (out Disclosure, err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		full, err := s.settlement(tx, authz.Actor{}, year)
		out = Disclosure{Year: full.Year, DueOn: full.DueOn, Funds: full.Funds, Banks: []DisclosedBank{}}
		if out.Funds == nil {
			out.Funds = []FundYear{}
		}
		if full.Signed != nil {
			on := calendar.DateOf(full.Signed.SettledAt)
			out.SettledOn = &on
		}
		for _, b := range full.Banks {
			out.Banks = append(out.Banks, DisclosedBank{b.BankName, b.Approved, b.Paid, b.Recovered})
		}
		return err
	})
	return out, err
}
