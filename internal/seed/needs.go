package seed

import (
	"errors"
	"fmt"

	"github.com/google/uuid"

	"ippledge/internal/bid"
	"ippledge/internal/calendar"
	"ippledge/internal/financing"
	"ippledge/internal/money"
	"ippledge/internal/repayment"
)

// fate is how far a need gets, and what becomes of its loan.
type fate string

const (
	repays    fate = "repays"    // lent, enrolled, paid on time
	settles   fate = "settles"   // lent, paid back early, pledge released
	slips     fate = "slips"     // some days overdue at the end of the story
	defaults  fate = "defaults"  // claimed, compensated, recovered
	claims    fate = "claims"    // in default, its claim waits at one of the steps
	waits     fate = "waits"     // lent, not yet enrolled
	pledging  fate = "pledging"  // credit approved, pledge filed
	awarded   fate = "awarded"   // chosen, the bank inquires
	comparing fate = "comparing" // the window has closed
	open      fate = "open"      // bids come in
	review    fate = "review"    // waits for the bureau
	draft     fate = "draft"
	fails     fate = "fails" // nobody bid
	cancelled fate = "cancelled"
	returned  fate = "returned"
)

// deal is one financing need of the story and what followed from it.
type deal struct {
	fate      fate
	index     int
	who       *enterprise
	rights    []*right
	amount    money.Amount
	months    int
	method    repayment.Method
	need      financing.Need
	bank      *house
	winner    bid.Bid
	claimStep int
	lending   lending
}

// plot lists the fates of the story's needs in the order of their beginning; the last
// ones begin in the last days, so that something waits at every step.
func plot() []fate {
	var all []fate
	for range 6 {
		all = append(all, repays, settles, repays)
	}
	all = append(all, defaults, repays, claims, repays, claims, repays, claims, settles, claims, repays, claims, claims, claims, claims)
	all = append(all, cancelled, repays, slips, fails, repays, slips, repays, settles, returned, repays, slips, repays)
	all = append(all, waits, pledging, waits, pledging, awarded, awarded, comparing, comparing, comparing, open, open, open, review, review, draft, draft, draft)
	return all
}

// planNeeds spreads the needs over the two years.
func (s *Story) planNeeds(begin calendar.Date) error {
	fates := plot()
	firstLate := len(fates) - 17
	step := s.today.AddDays(-60).Sub(begin.AddDays(45)) / firstLate
	claimStep := 0
	for i, f := range fates {
		d := &deal{fate: f, index: i}
		if f == claims {
			claimStep++
			d.claimStep = claimStep
		}
		day := begin.AddDays(45 + i*step)
		if i >= firstLate {
			day, _ = calendar.AddWorkingDays(s.today, -daysBefore[f])
		}
		if f == defaults {
			day = begin.AddDays(40)
		}
		s.on(day, 9, i%60, func() error { return s.begin(d) })
	}
	return nil
}

// daysBefore is how many working days before the end a need begins, so that it stands
// where its fate wants it.
var daysBefore = map[fate]int{waits: 31, pledging: 24, awarded: 16, comparing: 13, open: 4, review: 3, draft: 1}

// begin finds an enterprise with free rights, has them valued, and asks for credit.
func (s *Story) begin(d *deal) error {
	if !s.cast(d) {
		return fmt.Errorf("need %d (%s): no enterprise has free rights left", d.index, d.fate)
	}
	if err := s.appraise(d.who, d.rights); err != nil {
		return fmt.Errorf("need %d: %w", d.index, err)
	}
	value := money.Zero
	for _, r := range d.rights {
		value = value.Add(r.value)
	}
	// A third of the value, in whole hundred thousands, within the fund's cap per enterprise.
	d.amount = money.Min(money.FromFen(value.Fen()/30_000_000*10_000_000), money.Must("5000000.00"))
	if d.fate == defaults || d.fate == claims {
		d.amount = lossAmount(d.claimStep)
	}
	d.months = pick(s, []int{12, 12, 18, 24})
	if d.fate == defaults || d.fate == claims {
		d.months = 12
	}
	d.method = pick(s, []repayment.Method{repayment.InterestOnlyBullet, repayment.InterestOnlyBullet, repayment.EqualPrincipal, repayment.EqualInstalment})
	if d.fate == defaults || d.fate == claims || d.fate == slips {
		d.method = repayment.EqualPrincipal
	}
	ids := make([]uuid.UUID, len(d.rights))
	for i, r := range d.rights {
		ids[i] = r.asset.ID
	}
	var err error
	d.need, err = s.Needs.Create(s.ctx, d.who.maker, financing.Content{
		Title: pick(s, []string{"流动资金周转", "扩产备料", "新品投产", "订单生产", "设备更新"}), Amount: d.amount, TermMonths: d.months,
		Purpose: "用于采购原材料、支付货款及" + d.who.member.Industry + "产能提升。", PurposeKind: "working_capital", Method: d.method,
		RateCeiling: money.MustRate("4.50"), BidDays: 5, AssetIDs: ids,
	})
	if err != nil {
		return fmt.Errorf("%s: %w", d.who.org.Name, err)
	}
	if d.fate == draft {
		return nil
	}
	if _, err := s.Needs.Submit(s.ctx, d.who.maker, d.need.ID); err != nil {
		return fmt.Errorf("%s: %w", d.who.org.Name, err)
	}
	if err := s.sign(d.who.checker, financing.Subject, d.need.ID); err != nil {
		return err
	}
	if d.fate == review && d.index%2 == 0 {
		return nil
	}
	s.after(1, func() error { return s.review(d) })
	return nil
}

// lossAmount is what a loan of the story that goes bad is about: small beside the whole,
// or the circuit breaker would stop the fund. The one whose claim waits for the experts
// must be large enough to need them under the story's policy.
func lossAmount(claimStep int) money.Amount {
	switch claimStep {
	case 0:
		return money.Must("200000.00")
	case expertStep:
		return money.Must("130000.00")
	}
	return money.FromFen(int64(40_000+2_000*claimStep) * 100)
}

// expertStep is the claim that waits for the experts' opinions.
const expertStep = 3

// cast takes the next enterprise that has two free rights; the first one of the list is
// kept for the sign-ins of the front page, which get an early loan and a late need.
func (s *Story) cast(d *deal) bool {
	for i := range s.enterprises {
		e := s.enterprises[(d.index*7+i)%len(s.enterprises)]
		var free []*right
		for _, r := range e.rights {
			if !s.taken[r.asset.ID] {
				free = append(free, r)
			}
		}
		if len(free) < 2 {
			continue
		}
		d.who, d.rights = e, free[:2]
		if d.fate != draft {
			s.taken[free[0].asset.ID], s.taken[free[1].asset.ID] = true, true
		}
		return true
	}
	return false
}

// free gives the rights of a deal back for another.
func (s *Story) free(d *deal) {
	for _, r := range d.rights {
		delete(s.taken, r.asset.ID)
	}
}

func (s *Story) review(d *deal) error {
	handler, checker := s.people["bureau.handler"], s.people["bureau.checker"]
	decision, reason := financing.Approve, ""
	if d.fate == returned {
		decision, reason = financing.Return, "用途说明过于笼统，请补充订单或采购合同后重新提交"
	}
	if _, err := s.Needs.Review(s.ctx, handler, d.need.ID, decision, reason); err != nil {
		return err
	}
	if d.fate == review {
		return nil
	}
	if err := s.sign(checker, financing.Subject, d.need.ID); err != nil {
		return err
	}
	if d.fate == returned || d.fate == fails || d.fate == cancelled {
		s.free(d)
	}
	switch d.fate {
	case returned, fails:
	case cancelled:
		s.after(2, func() error {
			_, err := s.Needs.Cancel(s.ctx, d.who.checker, d.need.ID, "已通过其他渠道解决资金需求")
			return err
		})
	default:
		s.planBids(d)
	}
	s.after(7, s.closeWindows)
	return nil
}

func (s *Story) closeWindows() error {
	_, err := s.Needs.CloseDue(s.ctx)
	return err
}

// planBids lets two to four banks bid on different days of the window.
func (s *Story) planBids(d *deal) {
	count := s.between(2, 4)
	first := s.dice.IntN(len(s.banks))
	switch {
	case d.who == s.enterprises[0] || d.fate == open || d.fate == defaults:
		first = 0 // the front page's bank takes part where its sign-ins will look
	case d.fate == claims:
		first = s.strongest()
	}
	for i := range count {
		bank := s.banks[(first+i*3)%len(s.banks)]
		s.after(1+i, func() error { return s.offer(d, bank, i) })
	}
	if d.fate != open {
		s.after(8, func() error { return s.award(d) })
	}
}

// strongest is the bank with the most lent, of those without a bad loan while there are
// any: on its book one small loss doesn't trip the breaker.
func (s *Story) strongest() int {
	best := 0
	for i, b := range s.banks {
		lighter := !b.burdened && s.banks[best].burdened
		if lighter || b.burdened == s.banks[best].burdened && s.banks[best].lent.Less(b.lent) {
			best = i
		}
	}
	s.banks[best].burdened = true
	return best
}

func (s *Story) offer(d *deal, bank *house, i int) error {
	rate := money.MustRate("3.00").Add(money.BasisPoints(int64(85 + 10*i + s.between(0, 9))))
	until, _ := calendar.AddWorkingDays(s.day(), 20)
	b, err := s.Bids.Create(s.ctx, bank.maker, d.need.ID, bid.Offer{
		Amount: d.amount, Rate: rate, TermMonths: d.months, Method: d.method, LTV: money.MustRate("40"), ValidUntil: until,
		Conditions: pick(s, []string{"", "结算账户开立在本行", "追加法定代表人保证"}),
	})
	if err == nil && d.fate == open && i == 2 {
		return nil // stays a draft of the bank
	}
	if err == nil {
		_, err = s.Bids.Submit(s.ctx, bank.maker, b.ID)
	}
	if err == nil && d.fate == open && i == 1 {
		return nil // waits for the bank's reviewer
	}
	if err == nil {
		err = s.sign(bank.checker, bid.Subject, b.ID)
	}
	if err != nil {
		return fmt.Errorf("%s bids on %s: %w", bank.org.Name, d.need.Number, err)
	}
	if i == 0 {
		d.bank, d.winner = bank, b
	}
	return nil
}

// award takes the first bank's bid, which the dice made the cheapest.
func (s *Story) award(d *deal) error {
	if err := s.closeWindows(); err != nil {
		return err
	}
	if d.fate == comparing {
		return nil
	}
	if d.bank == nil {
		return errors.New("no bid to award on " + d.need.Number)
	}
	if err := s.Bids.Award(s.ctx, d.who.checker, d.need.ID, []bid.AwardLine{{BidID: d.winner.ID, Amount: d.amount}}); err != nil {
		return fmt.Errorf("award of %s: %w", d.need.Number, err)
	}
	if d.fate == awarded && d.index%2 == 0 {
		return nil
	}
	s.after(1, func() error {
		if _, err := s.Bids.StartDueDiligence(s.ctx, d.bank.maker, d.winner.ID); err != nil {
			return err
		}
		if d.fate != awarded {
			s.after(3, func() error { return s.approveCredit(d) })
		}
		return nil
	})
	return nil
}

func (s *Story) approveCredit(d *deal) error {
	if _, err := s.Bids.ApproveCredit(s.ctx, d.bank.approver, d.winner.ID); err != nil {
		return fmt.Errorf("credit of %s: %w", d.need.Number, err)
	}
	s.after(1, func() error { return s.pledge(d) })
	return nil
}
