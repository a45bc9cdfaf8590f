package seed

import (
	"fmt"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/claim"
	"ippledge/internal/fault"
	"ippledge/internal/loan"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// planDefault lets a loan that isn't paid any more go bad: after ninety days the bank
// declares it in default and goes to court; then it claims.
func (s *Story) planDefault(d *deal, missed calendar.Date) {
	s.on(missed.AddDays(96), 10, d.index%60, func() error {
		if err := s.assess(); err != nil {
			return err
		}
		return s.twice(d, loan.Default, loan.Step{Reason: "借款人停止还款，本息逾期超过九十天"})
	})
	court := missed.AddDays(103)
	s.on(court, 10, d.index%60, func() error {
		return s.twice(d, loan.Recover, loan.Step{Measure: "litigation", Reference: s.caseNo(d)})
	})
	day := court.AddDays(10)
	if d.fate == claims {
		// The claims that wait are filed late enough to stand at their step when the story ends.
		day, _ = calendar.AddWorkingDays(s.today, -claimsThatWait[d.claimStep].filed)
	}
	s.on(day, 14, d.index%60, func() error { return s.file(d, court) })
}

// claimsThatWait are the claims that stand at their step when the story ends: how many
// working days before they are filed, and how many steps of the review they go. The first
// is not used: steps are counted from one.
var claimsThatWait = []struct{ filed, steps int }{
	{},
	{3, 0},  // to be accepted
	{10, 1}, // to be reviewed by the fund's manager
	{20, 3}, // with the experts
	{21, 2}, // to be reviewed by the bureau
	{28, 4}, // publicity over, to be approved
	{38, 6}, // to be paid
	{15, 4}, // in its days of publicity, for anybody to read
	{13, 3}, // to be publicised
}

func (s *Story) caseNo(d *deal) string {
	return fmt.Sprintf("（演示）湘0502民初%s号", d.lending.loan.Number[len(d.lending.loan.Number)-4:])
}

// chain plans steps of a claim one after the other, some working days apart.
func (s *Story) chain(steps ...link) {
	if len(steps) == 0 {
		return
	}
	s.after(steps[0].days, func() error {
		if err := steps[0].do(); err != nil {
			return err
		}
		s.chain(steps[1:]...)
		return nil
	})
}

type link struct {
	days int
	do   func() error
}

// file lets the bank claim, with every document of the list, and plans the review as far
// as the story wants it.
func (s *Story) file(d *deal, court calendar.Date) error {
	var papers []claim.Evidence
	for _, kind := range claim.DocumentKinds {
		id, err := s.paper(d.bank.maker, kind.Text, d.lending.loan.Number+" "+d.who.org.Name)
		if err != nil {
			return err
		}
		papers = append(papers, claim.Evidence{Kind: kind.Value, DocumentID: id})
	}
	c, err := s.Claims.Draft(s.ctx, d.bank.maker, d.lending.enrolment.ID, claim.Filing{
		LitigationKind: "litigation", LitigationNo: s.caseNo(d), LitigationOn: &court, Documents: papers,
		Report:       "借款企业主要客户回款中断，停止还款。我行已发出催收通知并提起诉讼，质押登记有效，尚未处置。",
		RecoveryPlan: "申请拍卖质押专利，并执行借款企业应收账款；预计十二个月内完成。",
	})
	if err != nil {
		return fmt.Errorf("claim on %s: %w", d.lending.loan.Number, err)
	}
	if _, err := s.Claims.Submit(s.ctx, d.bank.maker, c.ID); err != nil {
		return fmt.Errorf("claim on %s: %w", d.lending.loan.Number, err)
	}
	if err := s.sign(d.bank.checker, claim.Subject, c.ID); err != nil {
		return err
	}
	steps := s.reviewSteps(d, c)
	if d.fate == claims {
		steps = steps[:claimsThatWait[d.claimStep].steps]
		if d.claimStep == expertStep {
			steps[2] = link{2, func() error { return s.experts(c.ID, 1) }} // one has scored, the others haven't
		}
	}
	s.chain(steps...)
	return nil
}

// reviewSteps are the review from acceptance to payout. What the experts needn't see goes
// straight to the bureau.
func (s *Story) reviewSteps(d *deal, c claim.Claim) []link {
	manager, managerCheck := s.people["fund.handler"], s.people["fund.checker"]
	bureau, bureauCheck := s.people["bureau.handler"], s.people["bureau.checker"]
	both := func(checker authz.Actor, propose func() error) func() error {
		return func() error {
			if err := propose(); err != nil {
				return err
			}
			return s.sign(checker, claim.Subject, c.ID)
		}
	}
	expertsSit := d.fate == defaults || d.claimStep == expertStep
	steps := []link{
		{2, func() error { _, err := s.Claims.Accept(s.ctx, manager, c.ID, ""); return err }},
		{5, both(managerCheck, func() error {
			on := s.day()
			_, err := s.Claims.FirstReview(s.ctx, manager, c.ID, claim.Opinion{
				Verdict: "pass", Opinion: "贷款真实，质押登记有效，损失计算无误", SiteCheckedOn: &on, SiteCheck: "现场核查：企业已停产，设备封存，专利权属无变化。",
			})
			return err
		})},
	}
	if expertsSit {
		steps = append(steps, link{3, func() error { return s.experts(c.ID, 99) }})
	}
	return append(steps,
		link{4, both(bureauCheck, func() error {
			_, err := s.Claims.BureauReview(s.ctx, bureau, c.ID, claim.Opinion{Verdict: "pass", Opinion: "同意初审意见"})
			return err
		})},
		link{2, both(bureauCheck, func() error {
			_, err := s.Claims.Publicise(s.ctx, bureau, c.ID, claim.Announcement{Contact: "邵阳市市场监督管理局知识产权运用促进科 0739-5300000"})
			return err
		})},
		link{7, both(bureauCheck, func() error {
			_, err := s.Claims.Approve(s.ctx, bureau, c.ID, "公示期满无异议，同意补偿")
			return err
		})},
		link{2, func() error {
			_, err := s.Claims.Confirm(s.ctx, s.people["finance.checker"], c.ID, "同意")
			return err
		}},
		link{3, func() error { return s.pay(d, c.ID) }},
	)
}

// experts draws the panel and lets at most so many of those who sit on it score.
func (s *Story) experts(id uuid.UUID, most int) error {
	if _, err := s.Claims.Draw(s.ctx, s.people["fund.handler"], id); err != nil {
		return err
	}
	for i := 1; i <= 7 && most > 0; i++ {
		s.clock.now = s.clock.now.Add(nightly)
		_, err := s.Claims.Score(s.ctx, s.people[fmt.Sprintf("expert%d", i)], id, claim.Scoring{
			Scores:  map[string]int{"diligence": 24 + i%4, "collateral": 20, "loss": 22, "recovery": 14 + i%3},
			Verdict: "pass", Opinion: "银行尽职情况良好，损失金额属实，追偿方案可行。",
		})
		if f, ok := fault.From(err); ok && (f.Kind == fault.NotFound || f.Kind == fault.Denied) {
			continue // not on this panel
		}
		if err != nil {
			return err
		}
		most--
	}
	return nil
}

func (s *Story) claimNow(id uuid.UUID) (c claim.Claim, err error) {
	err = s.DB.Read(s.ctx, func(tx postgres.Tx) error {
		c, err = claim.Find(tx, id)
		return err
	})
	return c, err
}

func (s *Story) pay(d *deal, id uuid.UUID) error {
	c, err := s.claimNow(id)
	if err != nil {
		return err
	}
	_, err = s.Claims.Pay(s.ctx, s.people["treasurer"], id, claim.Payment{Amount: *c.Approved, PaidOn: s.day(), Voucher: "国库支付" + c.Number})
	if err != nil {
		return err
	}
	if err := s.sign(s.people["finance.checker"], claim.Subject, id); err != nil {
		return err
	}
	s.chain(
		link{60, func() error { return s.receive(d, id, "42000.00", "3567.89", "auction") }},
		link{8, func() error { return s.transfer(id) }},
		link{40, func() error { return s.receive(d, id, "15000.00", "", "execution") }},
	)
	return nil
}

// receive records money that came back, shared out pro rata; the costs are proved.
func (s *Story) receive(d *deal, claimID uuid.UUID, gross, costs, source string) error {
	r, err := s.recoveryOf(claimID)
	if err != nil {
		return err
	}
	p := claim.Proceeds{ReceivedOn: s.day(), Gross: money.Must(gross), Source: source}
	if costs != "" {
		scan, err := s.paper(d.bank.maker, "拍卖费用票据", r.Number)
		if err != nil {
			return err
		}
		p.Costs, p.DocumentIDs = []claim.Cost{{Kind: "auction", Amount: money.Must(costs)}}, []uuid.UUID{scan}
	}
	if _, err := s.Claims.Receive(s.ctx, d.bank.maker, r.ID, p); err != nil {
		return fmt.Errorf("recovery %s: %w", r.Number, err)
	}
	return s.sign(d.bank.checker, claim.RecoverySubject, r.ID)
}

// transfer confirms that the fund's part of the first receipt is in its account.
func (s *Story) transfer(claimID uuid.UUID) error {
	r, err := s.recoveryOf(claimID)
	if err != nil {
		return err
	}
	var receipts []uuid.UUID
	err = s.DB.Read(s.ctx, func(tx postgres.Tx) error {
		receipts, err = claim.ReceiptIDs(tx, r.ID)
		return err
	})
	if err != nil {
		return err
	}
	_, err = s.Claims.ConfirmTransfer(s.ctx, s.people["treasurer"], r.ID, claim.TransferIn{
		ReceiptID: receipts[0], Arrival: claim.Arrival{On: s.day(), Voucher: "托管入账" + r.Number},
	})
	if err != nil {
		return err
	}
	return s.sign(s.people["finance.checker"], claim.RecoverySubject, r.ID)
}

func (s *Story) recoveryOf(claimID uuid.UUID) (r claim.Recovery, err error) {
	err = s.DB.Read(s.ctx, func(tx postgres.Tx) error {
		r, err = claim.RecoveryOf(tx, claimID)
		return err
	})
	return r, err
}
