package seed

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/subsidy"
)

// planSubsidies lets the bureau call for two years of subsidies: one year's is called for
// in the February after it and is paid out, the next year's is under way when the story
// ends. A story that ends before May lies a year further back, so that there is time to pay.
func (s *Story) planSubsidies(calendar.Date) error {
	year := s.today.AddMonths(-4).Year()
	last := year - 1
	s.on(calendar.NewDate(year, time.February, 3), 10, 0, func() error { return s.appropriate("800000.00", "上年度贴息补助预算") })
	s.on(calendar.NewDate(year, time.February, 4), 10, 0, func() error {
		return s.call(last, "600000.00", calendar.NewDate(year, time.March, 31), 8, true)
	})
	s.on(s.today.AddDays(-40), 10, 0, func() error { return s.call(year, "1200000.00", s.today.AddDays(45), 10, false) })
	s.on(s.today.AddDays(-38), 10, 0, func() error { return s.appropriate("500000.00", "本年度首批补助资金") })
	return nil
}

func (s *Story) appropriate(amount, note string) error {
	a, err := s.Subsidies.Appropriate(s.ctx, s.people["treasurer"], subsidy.NewAppropriation{
		Amount: money.Must(amount), OnDate: s.day(), Voucher: "拨款" + s.day().String(), Note: note,
	})
	if err != nil {
		return err
	}
	return s.sign(s.people["finance.checker"], "subsidy_appropriation", a.ID)
}

// call publishes a call and lets firms with loans of the year apply, most at a time.
func (s *Story) call(year int, budget string, closes calendar.Date, most int, whole bool) error {
	c, err := s.Subsidies.CreateCall(s.ctx, s.people["bureau.handler"], subsidy.CallContent{
		Title: fmt.Sprintf("%d 年度知识产权质押融资补助", year), Year: year, Kinds: subsidy.Kinds, Budget: money.Must(budget),
		OpensOn: s.day(), ClosesOn: closes,
		Guide: "一、申请对象：在本市注册、通过平台取得知识产权质押贷款的企业。\n二、贴息只补年度内按时支付的利息；评估费、担保费、保费须有当年发票与付款凭证。\n三、核定结果公示 5 个工作日后拨付。",
	})
	if err != nil {
		return err
	}
	if _, err = s.Subsidies.SubmitCall(s.ctx, s.people["bureau.handler"], c.ID); err != nil {
		return err
	}
	if err := s.sign(s.people["bureau.checker"], "subsidy_call", c.ID); err != nil {
		return err
	}
	applied := 0
	for _, e := range s.enterprises {
		if applied == most {
			break
		}
		var loans []subsidy.LoanChoice
		err := s.DB.Read(s.ctx, func(tx postgres.Tx) (err error) {
			loans, err = subsidy.Choices(tx, e.org.ID, year)
			return err
		})
		if err != nil {
			return err
		}
		if len(loans) > 0 {
			i := applied
			applied++
			s.after(2+i, func() error { return s.applySubsidy(c, e, loans[len(loans)-1].ID, i, whole) })
		}
	}
	if whole {
		s.after(40, func() error { return s.paySubsidies(c) })
	}
	return nil
}

// applySubsidy is one firm's application; in the call still open some wait at each step.
func (s *Story) applySubsidy(c subsidy.Call, e *enterprise, loan uuid.UUID, i int, whole bool) error {
	paper, err := s.paper(e.maker, "付息与付款凭证", "贷款付息凭证、评估费发票及付款凭证。")
	if err != nil {
		return err
	}
	r := subsidy.Request{CallID: c.ID, LoanID: loan, Kind: subsidy.Interest, PayeeBank: "邵阳资江银行", PayeeAccount: fmt.Sprintf("62230000%08d", 1000+i), Documents: []uuid.UUID{paper}}
	if i%3 == 2 {
		fee, on := money.Must(fmt.Sprintf("%d.00", 18000+2400*i)), calendar.NewDate(c.Year, time.January, 15).AddDays(20*i)
		if on.After(s.day()) {
			on = s.day()
		}
		r.Kind, r.FeePaid, r.FeePaidOn, r.InvoiceNo = subsidy.ValuationFee, &fee, &on, fmt.Sprintf("2443200000%06d", i)
		if !whole { // a loan's valuation is subsidised once, whatever the year
			r.Kind = subsidy.GuaranteeFee
		}
	}
	a, err := s.Subsidies.Create(s.ctx, e.maker, r)
	if fault.Has(err, "loan_outside_year") {
		return nil // chosen by its dates, but it bore no interest in the year
	}
	if err != nil || !whole && i == 9 || a.Proposed == nil || !a.Proposed.IsPositive() {
		return err // a draft stays
	}
	if _, err := s.Subsidies.Submit(s.ctx, e.maker, a.ID); err != nil || !whole && i == 8 {
		return err // waits for the signatory
	}
	if err := s.sign(e.checker, "subsidy", a.ID); err != nil {
		return err
	}
	if whole || i < 5 {
		s.after(4, func() error { return s.reviewSubsidy(a.ID, i, whole) })
	}
	return nil
}

func (s *Story) reviewSubsidy(id uuid.UUID, i int, whole bool) error {
	handler := s.people["bureau.handler"]
	if !whole && i == 4 {
		_, err := s.Subsidies.Return(s.ctx, handler, id, "付息凭证缺少第三季度，请补齐后重新提交")
		return err
	}
	o := subsidy.Opinion{Grant: true, Reason: "按系统测算核定"}
	if whole && i == 5 {
		o = subsidy.Opinion{Reason: "贷款用途与申报不符"}
	}
	if _, err := s.Subsidies.Review(s.ctx, handler, id, o); err != nil || !whole && i == 3 {
		return err // waits for the checker
	}
	return s.sign(s.people["bureau.checker"], "subsidy", id)
}

// paySubsidies pays what stands after its days of publicity.
func (s *Story) paySubsidies(c subsidy.Call) error {
	var ids []uuid.UUID
	err := s.DB.Read(s.ctx, func(tx postgres.Tx) (err error) {
		ids, err = subsidy.Payable(tx, c.ID)
		return err
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	b, err := s.Subsidies.CreateBatch(s.ctx, s.people["treasurer"], subsidy.NewBatch{CallID: c.ID, Applications: ids, Note: "年度补助集中拨付"})
	if err != nil {
		return err
	}
	return s.sign(s.people["finance.checker"], "subsidy_batch", b.ID)
}
