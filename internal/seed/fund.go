package seed

import (
	"fmt"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/fund"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

// contributions are what is paid into the city's fund over the two years, by day after
// the beginning.
var contributions = []struct {
	after         int
	payer, amount string
	kind          fund.MovementKind
	note          string
}{
	{12, "municipal", "8000000.00", fund.Contribution, "市级财政首期出资"},
	{14, "county:430502", "1500000.00", fund.Contribution, "双清区出资"},
	{14, "county:430582", "2000000.00", fund.Contribution, "邵东市出资"},
	{20, "county:430524", "1000000.00", fund.Contribution, "隆回县出资"},
	{25, "park:P4305-JK", "2500000.00", fund.Contribution, "邵阳经开区出资"},
	{120, "", "21350.42", fund.Interest, "一季度结息"},
	{210, "", "23877.15", fund.Interest, "二季度结息"},
	{380, "municipal", "4000000.00", fund.Contribution, "市级财政第二期出资"},
	{400, "county:430503", "1200000.00", fund.Contribution, "大祥区出资"},
	{480, "", "30126.88", fund.Interest, "结息"},
	{560, "", "12000.00", fund.ManagementFee, "年度托管费"},
	{650, "", "31544.09", fund.Interest, "结息"},
}

// expertThreshold is the loss above which the story's second policy asks experts.
var expertThreshold = money.Must("100000.00")

// planPolicy lets the bureau change the policy in the first weeks: small claims are
// reviewed by experts too while the scheme is young. Two people change it, for the future.
func (s *Story) planPolicy(begin calendar.Date) error {
	s.on(begin.AddDays(30), 15, 0, func() error {
		parameters, _, err := policy.Default()
		if err != nil {
			return err
		}
		parameters.ExpertRequiredAbove = expertThreshold
		v, err := s.Policies.Draft(s.ctx, s.people["bureau.handler"], policy.Content{
			Title: "风险补偿政策（试点期专家评审）", EffectiveFrom: s.day().AddDays(10), Parameters: parameters,
			Basis: "试点期补偿案件少，损失超过十万元即组织专家评审，积累经验后再行调整。",
		})
		if err != nil {
			return err
		}
		if v, err = s.Policies.Submit(s.ctx, s.people["bureau.handler"], v.ID); err != nil {
			return err
		}
		return s.sign(s.people["bureau.checker"], "policy", v.ID)
	})
	return nil
}

// planFund lets the finance bureau pay into the fund, a treasurer and a checker each time.
func (s *Story) planFund(begin calendar.Date) error {
	for i, c := range contributions {
		s.on(begin.AddDays(c.after), 11, i, func() error { return s.movement(c.kind, c.payer, c.amount, c.note, i) })
	}
	return nil
}

func (s *Story) cityFund() (f fund.Fund, err error) {
	err = s.DB.Read(s.ctx, func(tx postgres.Tx) error {
		f, err = fund.ByCode(tx, fund.CityCode)
		return err
	})
	return f, err
}

func (s *Story) movement(kind fund.MovementKind, payer, amount, note string, i int) error {
	f, err := s.cityFund()
	if err != nil {
		return err
	}
	m, err := s.Funds.Move(s.ctx, s.people["treasurer"], f.ID, fund.NewMovement{
		Kind: kind, Payer: payer, Amount: money.Must(amount), OnDate: s.day(), Voucher: fmt.Sprintf("托管%s-%02d", s.day(), i+1), Note: note,
	})
	if err != nil {
		return fmt.Errorf("%s: %w", note, err)
	}
	return s.sign(s.people["finance.checker"], "fund_movement", m.ID)
}

// enrol files the loan with the fund.
func (s *Story) enrol(d *deal) error {
	f, err := s.cityFund()
	if err != nil {
		return err
	}
	papers := make([]uuid.UUID, 0, 2)
	for _, title := range []string{"借款合同", "放款凭证"} {
		id, err := s.paper(d.bank.maker, title, d.lending.loan.ContractNo)
		if err != nil {
			return err
		}
		papers = append(papers, id)
	}
	e, err := s.Funds.Draft(s.ctx, d.bank.maker, d.lending.loan.ID, fund.Filing{FundID: f.ID, CleanCredit: true, Documents: papers})
	if err != nil {
		return fmt.Errorf("enrolment of %s: %w", d.lending.loan.Number, err)
	}
	if e, err = s.Funds.Submit(s.ctx, d.bank.maker, e.ID); err != nil {
		return fmt.Errorf("enrolment of %s: %w", d.lending.loan.Number, err)
	}
	d.lending.enrolment = e
	return s.sign(d.bank.checker, "enrolment", e.ID)
}
