package seed

import (
	"fmt"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fund"
	"ippledge/internal/loan"
	"ippledge/internal/money"
	"ippledge/internal/platform/pdf"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/pledge"
	"ippledge/internal/repayment"
)

// lending is the loan of a deal and what stands behind it.
type lending struct {
	loan      loan.Loan
	pledges   []pledge.Pledge
	enrolment fund.Enrolment
}

// paper uploads a document of the story: what a scan would be in life.
func (s *Story) paper(by authz.Actor, title, text string) (uuid.UUID, error) {
	content, err := pdf.Render(pdf.Document{
		Title: title, Subtitle: "演示文件", MadeAt: s.clock.now, Footer: "演示数据，非真实文件",
		Blocks: []pdf.Block{{Text: text}, {Text: by.OrgName, Right: true}, {Text: s.day().String(), Right: true}},
	})
	if err != nil {
		return uuid.Nil, err
	}
	d, err := s.Documents.Upload(s.ctx, by, title+".pdf", content)
	return d.ID, err
}

// pledge records the credit decision and files the pledges: one for the patents, one for
// the marks, since they are registered in two registers.
func (s *Story) pledge(d *deal) error {
	var err error
	d.lending.loan, err = s.Loans.Approve(s.ctx, d.bank.approver, d.winner.ID, loan.Content{
		ContractNo: fmt.Sprintf("%d-知借-%03d", s.day().Year(), d.index+1), CreditLine: d.amount, Principal: d.amount, FirstLoan: d.index%3 == 0,
	})
	if err != nil {
		return fmt.Errorf("loan of %s: %w", d.need.Number, err)
	}
	var patents, marks []*right
	for _, r := range d.rights {
		if r.asset.Kind.IsPatent() {
			patents = append(patents, r)
		} else {
			marks = append(marks, r)
		}
	}
	for i, group := range [][]*right{patents, marks} {
		if len(group) == 0 {
			continue
		}
		if err := s.filePledge(d, group, len(group) < len(d.rights), i); err != nil {
			return fmt.Errorf("pledge of %s: %w", d.need.Number, err)
		}
	}
	if d.fate == pledging && d.index%2 == 0 {
		return nil
	}
	s.after(3, func() error { return s.register(d) })
	return nil
}

func (s *Story) filePledge(d *deal, group []*right, half bool, i int) error {
	secured := d.amount
	if half {
		secured = money.FromFen(d.amount.Fen() / 2)
	}
	var lines []pledge.Allocation
	left := secured
	for k, r := range group {
		part := money.FromFen(secured.Fen() / int64(len(group)))
		if k == len(group)-1 {
			part = left
		}
		left = left.Sub(part)
		lines = append(lines, pledge.Allocation{AssetID: r.asset.ID, Amount: part})
	}
	p, err := s.Pledges.Create(s.ctx, d.bank.maker, d.winner.ID, pledge.Content{
		Kind: pledge.Specific, ContractNo: fmt.Sprintf("%d-知质-%03d-%d", s.day().Year(), d.index+1, i+1), SecuredAmount: secured,
		DebtDueOn: s.day().AddMonths(d.months + 2), Allocations: lines,
	})
	if err != nil {
		return err
	}
	if _, err := s.Pledges.Consent(s.ctx, d.who.checker, p.ID); err != nil {
		return err
	}
	if p, err = s.Pledges.File(s.ctx, d.bank.maker, p.ID, pledge.Filing{}); err != nil {
		return err
	}
	d.lending.pledges = append(d.lending.pledges, p)
	return nil
}

// register enters the certificates, two people of the bank each time.
func (s *Story) register(d *deal) error {
	for i, p := range d.lending.pledges {
		scan, err := s.paper(d.bank.maker, "质押登记证", "质押合同 "+p.ContractNo+" 已登记。")
		if err != nil {
			return err
		}
		on, ends := s.day(), s.day().AddMonths(d.months+2)
		secured := p.SecuredAmount
		_, err = s.Pledges.Propose(s.ctx, d.bank.maker, p.ID, pledge.Register, pledge.Step{
			RegistrationNo: fmt.Sprintf("Y%d980%06d", on.Year(), 1000+d.index*10+i), RegisteredOn: &on, RegisteredAmount: &secured, EndsOn: &ends,
			DocumentIDs: []uuid.UUID{scan},
		})
		if err != nil {
			return fmt.Errorf("registration of %s: %w", p.Number, err)
		}
		if d.fate == pledging {
			return nil // waits for the bank's reviewer
		}
		if err := s.sign(d.bank.checker, pledge.Subject, p.ID); err != nil {
			return err
		}
	}
	s.after(1, func() error { return s.disburse(d) })
	return nil
}

func (s *Story) disburse(d *deal) error {
	l := d.lending.loan
	if _, err := s.Loans.SignContract(s.ctx, d.who.checker, l.ID, nil); err != nil {
		return err
	}
	if _, err := s.Loans.SignContract(s.ctx, d.bank.checker, l.ID, nil); err != nil {
		return err
	}
	met := func(code, note string) loan.Condition { return loan.Condition{Code: code, Met: true, Note: note} }
	ready := loan.Step{Conditions: []loan.Condition{
		met("contracts_signed", ""), met("pledge_registered", ""), met("guarantee_in_place", "合同未约定其他增信"), met("use_of_funds", ""), met("account_opened", ""),
	}}
	if err := s.twice(d, loan.MakeReady, ready); err != nil {
		return err
	}
	if err := s.twice(d, loan.Disburse, loan.Step{}); err != nil {
		return err
	}
	err := s.DB.Read(s.ctx, func(tx postgres.Tx) (err error) {
		d.lending.loan, err = loan.Find(tx, l.ID)
		return err
	})
	if err != nil {
		return err
	}
	d.bank.lent = d.bank.lent.Add(d.amount)
	if d.fate != waits {
		s.after(s.between(2, 6), func() error { return s.enrol(d) })
	}
	return s.planRepayments(d)
}

// twice is a step of the loan by the officer and the reviewer.
func (s *Story) twice(d *deal, action loan.Action, step loan.Step) error {
	if _, err := s.Loans.Propose(s.ctx, d.bank.maker, d.lending.loan.ID, action, step); err != nil {
		return fmt.Errorf("%s of %s: %w", action, d.lending.loan.Number, err)
	}
	if err := s.sign(d.bank.checker, loan.Subject, d.lending.loan.ID); err != nil {
		return fmt.Errorf("%s of %s: %w", action, d.lending.loan.Number, err)
	}
	return nil
}

// planRepayments pays every instalment on its day, as far as the deal's fate goes.
func (s *Story) planRepayments(d *deal) error {
	plan, err := repayment.Schedule(d.lending.loan.Terms())
	if err != nil {
		return err
	}
	paid := len(plan.Instalments)
	switch d.fate {
	case defaults:
		paid = 2
	case claims:
		paid = 1
	case slips:
		// The last instalments before the end of the story are missed.
		paid = 0
		for _, one := range plan.Instalments {
			if one.DueOn.Before(s.today.AddDays(-20 - 25*(d.index%3))) {
				paid++
			}
		}
	}
	for i, one := range plan.Instalments[:paid] {
		if d.fate == settles && i == 4 {
			s.on(one.DueOn.AddDays(5), 10, d.index%60, func() error { return s.payOff(d) })
			return nil
		}
		s.on(one.DueOn, 10, d.index%60, func() error { return s.repay(d, one.Payment) })
	}
	if d.fate == defaults || d.fate == claims {
		s.planDefault(d, plan.Instalments[paid].DueOn)
	}
	return nil
}

// repay posts an instalment. What is really due may differ by the days of a moved due
// date, so what the bank's own system says is asked first.
func (s *Story) repay(d *deal, scheduled money.Amount) error {
	owed, err := s.Loans.PayoffOn(s.ctx, d.bank.maker, d.lending.loan.ID, s.day())
	if err != nil {
		return err
	}
	due := owed.Due
	if due.IsZero() {
		due = scheduled
	}
	return s.twice(d, loan.Repay, loan.Step{Amount: &due})
}

// payOff settles the loan early and releases the pledge.
func (s *Story) payOff(d *deal) error {
	owed, err := s.Loans.PayoffOn(s.ctx, d.bank.maker, d.lending.loan.ID, s.day())
	if err != nil {
		return err
	}
	total := owed.Payoff
	if err := s.twice(d, loan.Repay, loan.Step{Amount: &total, Prepayment: true}); err != nil {
		return err
	}
	s.after(3, func() error { return s.release(d) })
	return nil
}

// release cancels the registration: filed, then confirmed, two people each.
func (s *Story) release(d *deal) error {
	for _, p := range d.lending.pledges {
		today := s.day()
		scan, err := s.paper(d.bank.maker, "质押登记注销通知", "质押登记 "+p.ContractNo+" 已注销。")
		if err != nil {
			return err
		}
		for _, step := range []struct {
			action pledge.Action
			facts  pledge.Step
		}{
			{pledge.Cancel, pledge.Step{ReleaseReason: "debt_performed"}},
			{pledge.ConfirmCancel, pledge.Step{CancelledOn: &today, DocumentIDs: []uuid.UUID{scan}}},
		} {
			if _, err := s.Pledges.Propose(s.ctx, d.bank.maker, p.ID, step.action, step.facts); err != nil {
				return fmt.Errorf("%s of %s: %w", step.action, p.Number, err)
			}
			if err := s.sign(d.bank.checker, pledge.Subject, p.ID); err != nil {
				return err
			}
		}
	}
	for _, r := range d.rights {
		if _, err := s.Assets.PutOnList(s.ctx, d.who.checker, r.asset.ID); err != nil {
			return fmt.Errorf("%s: %w", r.asset.Title, err)
		}
	}
	s.free(d)
	return nil
}

// planDaily assesses the loans at night: days past due, class, overdue or not. The
// story looks every fifth night and, in its last month, every night; a step that needs
// the state of the day looks by itself.
func (s *Story) planDaily(begin calendar.Date) error {
	last := s.today.AddDays(-30)
	for day := begin.AddDays(60); !day.After(s.today); {
		s.at(day.StartOfDay().Add(nightly), s.assess)
		if day.Before(last) {
			day = day.AddDays(5)
		} else {
			day = day.AddDays(1)
		}
	}
	return nil
}

func (s *Story) assess() error {
	if err := s.Loans.RunDaily(s.ctx, s.day()); err != nil {
		return err
	}
	return s.Pledges.RunDaily(s.ctx, s.day())
}
