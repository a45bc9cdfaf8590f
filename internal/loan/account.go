package loan

import (
	"slices"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/repayment"
)

// Instalment is one line of the schedule: what falls due when, and what of it is paid.
type Instalment struct {
	LoanID        uuid.UUID
	Number        int
	FromOn        calendar.Date // the days of its interest: from FromOn up to and without ToOn
	ToOn          calendar.Date
	DueOn         calendar.Date
	Principal     money.Amount
	Interest      money.Amount
	PrincipalPaid money.Amount
	InterestPaid  money.Amount
	SettledOn     calendar.Date
}

func (i Instalment) unpaidPrincipal() money.Amount { return i.Principal.Sub(i.PrincipalPaid) }
func (i Instalment) unpaidInterest() money.Amount  { return i.Interest.Sub(i.InterestPaid) }
func (i Instalment) paid() bool {
	return i.unpaidPrincipal().IsZero() && i.unpaidInterest().IsZero()
}

// account is a loan with its schedule: all that is needed to say what is owed on a day,
// and what a payment does. It knows no database.
type account struct {
	Loan
	Lines []Instalment
}

// clone lets somebody try a step without taking it.
func (a *account) clone() *account {
	c := *a
	c.Lines = slices.Clone(a.Lines)
	return &c
}

// plan writes the lines after the given number anew.
func (a *account) plan(after int, p repayment.Plan) {
	a.Lines = slices.DeleteFunc(a.Lines, func(l Instalment) bool { return l.Number > after })
	for _, i := range p.Instalments {
		a.Lines = append(a.Lines, Instalment{
			LoanID: a.ID, Number: i.Number, FromOn: i.From, ToOn: i.To, DueOn: i.DueOn, Principal: i.Principal, Interest: i.Interest,
		})
	}
}

// closed is the number of the last line whose days of interest are over; 0 when none is.
func (a *account) closed(on calendar.Date) int {
	last := 0
	for _, l := range a.Lines {
		if !l.ToOn.After(on) {
			last = max(last, l.Number)
		}
	}
	return last
}

// due tells whether a line is to be paid by a day. With early, lines count whose interest
// is settled but whose payment day moved past a holiday: who pays before time pays them too.
func due(l Instalment, on calendar.Date, early bool) bool {
	return !l.DueOn.After(on) || early && !l.ToOn.After(on)
}

// owed is what falls to be paid by a day: penalty and compound grow since AccruedTo on
// what is unpaid past the days of grace (domain §3.2).
func (a *account) owed(on calendar.Date, early bool) repayment.Sums {
	s := repayment.Sums{Costs: a.CostsDue, Penalty: a.PenaltyDue, Compound: a.CompoundDue}
	terms, matured := a.Terms(), a.MaturesOn
	if !a.AcceleratedOn.IsZero() && a.AcceleratedOn.Before(matured) {
		matured = a.AcceleratedOn
	}
	for _, l := range a.Lines {
		if !due(l, on, early) || l.paid() {
			continue
		}
		late := l.DueOn.AddDays(a.GraceDays)
		if a.AccruedTo.After(late) {
			late = a.AccruedTo
		}
		s.Penalty = s.Penalty.Add(repayment.Penalty(terms, l.unpaidPrincipal(), a.PenaltyMarkup, late, on))
		s.Compound = s.Compound.Add(repayment.Compound(terms, l.unpaidInterest(), a.PenaltyMarkup, late, on, matured))
		if l.DueOn.Before(on) {
			s.OverdueInterest = s.OverdueInterest.Add(l.unpaidInterest())
		} else {
			s.Interest = s.Interest.Add(l.unpaidInterest())
		}
		s.Principal = s.Principal.Add(l.unpaidPrincipal())
	}
	return s
}

// ahead is the principal of the lines still to come, and since when it bears interest
// that no line has settled.
func (a *account) ahead(on calendar.Date) (balance money.Amount, since calendar.Date) {
	after := a.closed(on)
	for _, l := range a.Lines {
		if l.Number > after && !due(l, on, true) {
			balance = balance.Add(l.unpaidPrincipal())
			if since.IsZero() || l.FromOn.Before(since) {
				since = l.FromOn
			}
		}
	}
	return balance, since
}

// payoff is what ends the loan on a day: all that is owed, the rest of the principal, and
// its interest for the days it was out.
func (a *account) payoff(on calendar.Date) money.Amount {
	balance, since := a.ahead(on)
	total := a.owed(on, true).Total().Add(balance)
	if balance.IsPositive() {
		total = total.Add(repayment.InterestBetween(a.Terms(), balance, since, on))
	}
	return total
}

// Allocation is what a payment is for.
type Allocation struct {
	Costs            money.Amount `json:"costs" doc:"垫付费用"`
	Penalty          money.Amount `json:"penalty" doc:"罚息"`
	Compound         money.Amount `json:"compound" doc:"复利"`
	OverdueInterest  money.Amount `json:"overdue_interest" doc:"拖欠利息"`
	Interest         money.Amount `json:"interest" doc:"当期利息"`
	Principal        money.Amount `json:"principal" doc:"到期本金"`
	PrepaidPrincipal money.Amount `json:"prepaid_principal" doc:"提前归还的本金"`
	PrepaidInterest  money.Amount `json:"prepaid_interest" doc:"提前归还本金的利息（按实际天数）"`
	OutstandingAfter money.Amount `json:"outstanding_after" doc:"还后本金余额"`
	Settles          bool         `json:"settles" doc:"本次还款后结清"`
}

func (x Allocation) allPrincipal() money.Amount { return x.Principal.Add(x.PrepaidPrincipal) }
func (x Allocation) allInterest() money.Amount {
	return money.Sum(x.OverdueInterest, x.Interest, x.PrepaidInterest)
}

// pay allocates a payment and writes it into the account. It refuses a day before the
// last posting, more than the payoff, and more than is due unless it is meant to be paid
// before its time.
func (a *account) pay(amount money.Amount, on calendar.Date, prepayment, principalFirst bool) (x Allocation, err error) {
	if on.Before(a.DisbursedOn) || on.Before(a.AccruedTo) {
		return x, fault.InField("paid_on", "repayment_before_last", "还款日 %s 早于放款日或上一笔入账日，请按先后顺序登记", on)
	}
	if !amount.IsPositive() {
		return x, fault.InField("amount", "amount_not_positive", "还款金额必须大于 0 元")
	}
	if payoff := a.payoff(on); payoff.Less(amount) {
		return x, fault.InField("amount", "repayment_above_payoff", "还款金额 %s 超过 %s 的结清金额 %s，请核对后重新填写", amount.Text(), on, payoff.Text())
	}
	owed := a.owed(on, prepayment)
	paid, rest := repayment.Allocate(amount, owed, principalFirst)
	if rest.IsPositive() && !prepayment {
		return x, fault.InField("amount", "prepayment_not_confirmed",
			"截至 %s 应还 %s，多出 %s；如为提前还款请勾选“提前还款”，结清金额为 %s", on, owed.Total().Text(), rest.Text(), a.payoff(on).Text())
	}
	a.CostsDue, a.PenaltyDue, a.CompoundDue = owed.Costs.Sub(paid.Costs), owed.Penalty.Sub(paid.Penalty), owed.Compound.Sub(paid.Compound)
	a.AccruedTo = on
	a.book(on, prepayment, paid.OverdueInterest.Add(paid.Interest), paid.Principal)
	x = Allocation{
		Costs: paid.Costs, Penalty: paid.Penalty, Compound: paid.Compound,
		OverdueInterest: paid.OverdueInterest, Interest: paid.Interest, Principal: paid.Principal,
	}
	if rest.IsPositive() {
		if x.PrepaidPrincipal, x.PrepaidInterest, err = a.prepay(rest, on); err != nil {
			return x, err
		}
	}
	a.Outstanding = a.Outstanding.Sub(x.allPrincipal())
	x.OutstandingAfter, x.Settles = a.Outstanding, a.clear()
	return x, nil
}

// book pays lines that are due, the oldest first.
func (a *account) book(on calendar.Date, early bool, interest, principal money.Amount) {
	for i := range a.Lines {
		l := &a.Lines[i]
		if !due(*l, on, early) {
			continue
		}
		part := money.Min(interest, l.unpaidInterest())
		l.InterestPaid, interest = l.InterestPaid.Add(part), interest.Sub(part)
		part = money.Min(principal, l.unpaidPrincipal())
		l.PrincipalPaid, principal = l.PrincipalPaid.Add(part), principal.Sub(part)
		if l.paid() && l.SettledOn.IsZero() {
			l.SettledOn = on
		}
	}
}

// prepay pays principal before its time with the interest of the days it was out, and
// plans what is left anew: the dates stay, the instalments become smaller (example F).
func (a *account) prepay(payment money.Amount, on calendar.Date) (principal, interest money.Amount, err error) {
	balance, since := a.ahead(on)
	principal, interest = repayment.Prepay(a.Terms(), payment, balance, since, on)
	after := a.closed(on)
	rest, err := repayment.Continue(a.Terms(), after, balance.Sub(principal))
	if err != nil {
		return principal, interest, err
	}
	a.plan(after, rest)
	return principal, interest, nil
}

// clear tells whether nothing at all is owed any more.
func (a *account) clear() bool {
	if a.Outstanding.IsPositive() || a.CostsDue.IsPositive() || a.PenaltyDue.IsPositive() || a.CompoundDue.IsPositive() {
		return false
	}
	return !slices.ContainsFunc(a.Lines, func(l Instalment) bool { return !l.paid() })
}

// assess says how late the loan is on a day and how it is classed.
func (a *account) assess(on calendar.Date) {
	a.DaysPastDue = 0
	for _, l := range a.Lines {
		if !l.paid() && l.DueOn.Before(on) {
			a.DaysPastDue = max(a.DaysPastDue, repayment.DaysPastDue(l.DueOn, on, a.GraceDays))
		}
	}
	a.Class = repayment.Worse(repayment.Classify(a.DaysPastDue), a.ClassOverride)
}

// follow moves the status after what is owed has changed: settled, overdue or cured.
func (a *account) follow(on calendar.Date) error {
	a.assess(on)
	switch {
	case a.Status.Out() && a.clear():
		a.SettledOn, a.StatusReason, a.ClassOverride, a.Class = on, "", "", repayment.Normal
		return a.move(settle)
	case a.DaysPastDue > 0 && (a.Status == Active || a.Status == Extended):
		return a.move(fallOverdue)
	case a.DaysPastDue == 0 && a.Status == Overdue && a.AcceleratedOn.IsZero():
		return a.move(cure)
	}
	return nil
}

// followTo is follow for a payment of an earlier day: the status is that of the day the
// money came in when it ends the loan, and that of today otherwise.
func (a *account) followTo(paidOn, today calendar.Date) error {
	if err := a.follow(paidOn); err != nil || !a.Status.Out() || !today.After(paidOn) {
		return err
	}
	return a.follow(today)
}

// extend moves the last due date and plans what is still to come over the longer time.
func (a *account) extend(on, maturesOn calendar.Date) error {
	after := a.closed(on)
	balance, _ := a.ahead(on)
	a.MaturesOn = maturesOn
	rest, err := repayment.Continue(a.Terms(), after, balance)
	if err != nil {
		return err
	}
	a.plan(after, rest)
	return nil
}

// accelerate makes all that is still to come due on a day, with the interest up to it.
func (a *account) accelerate(on calendar.Date) {
	after := a.closed(on)
	balance, since := a.ahead(on)
	for i := range a.Lines {
		if l := &a.Lines[i]; l.Number <= after && l.DueOn.After(on) {
			l.DueOn = on
		}
	}
	last := repayment.Plan{}
	if balance.IsPositive() {
		last.Instalments = []repayment.Instalment{{
			Number: after + 1, From: since, To: on, DueOn: on, Principal: balance,
			Interest: repayment.InterestBetween(a.Terms(), balance, since, on),
		}}
	}
	a.plan(after, last)
	a.AcceleratedOn = on
}
