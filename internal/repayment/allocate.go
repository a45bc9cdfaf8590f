package repayment

import "ippledge/internal/money"

// Sums are the kinds of money a borrower owes or pays, in the order a payment clears them.
type Sums struct {
	Costs           money.Amount // costs of enforcement
	Penalty         money.Amount // 罚息
	Compound        money.Amount // 复利
	OverdueInterest money.Amount
	Interest        money.Amount // interest due today
	Principal       money.Amount
}

// Total adds the kinds up.
func (s Sums) Total() money.Amount {
	return money.Sum(s.Costs, s.Penalty, s.Compound, s.OverdueInterest, s.Interest, s.Principal)
}

// PrincipalFirstAfter is the days past due beyond which a bank may clear principal first.
const PrincipalFirstAfter = 90

// Allocate clears what is owed with an amount, in the order costs, penalty, compound,
// overdue interest, due interest, principal (domain §3.2). With principalFirst, which
// banks may choose beyond 90 days past due, principal comes right after the costs. What
// is left over when all is cleared comes back as rest. The amount must not be negative.
func Allocate(amount money.Amount, owed Sums, principalFirst bool) (paid Sums, rest money.Amount) {
	rest = amount
	take := func(owed money.Amount) money.Amount {
		part := money.Min(rest, owed)
		rest = rest.Sub(part)
		return part
	}
	paid.Costs = take(owed.Costs)
	if principalFirst {
		paid.Principal = take(owed.Principal)
	}
	paid.Penalty = take(owed.Penalty)
	paid.Compound = take(owed.Compound)
	paid.OverdueInterest = take(owed.OverdueInterest)
	paid.Interest = take(owed.Interest)
	if !principalFirst {
		paid.Principal = take(owed.Principal)
	}
	return paid, rest
}
