package fund

import (
	"fmt"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/state"
)

// loanFacts is what the fund needs to know of a loan, its borrower and its pledge.
type loanFacts struct {
	ID               uuid.UUID
	Number           string
	NeedID           uuid.UUID
	BankID           uuid.UUID
	BankName         string
	BorrowerID       uuid.UUID
	BorrowerName     string
	AreaCode         string
	AreaName         string
	ParkCode         *string
	Scale            string
	EstablishedOn    *calendar.Date
	DisbursedAmount  money.Amount
	Outstanding      money.Amount
	AnnualRate       money.Rate
	Fees             money.Amount
	IPShare          money.Rate
	SignedOn         *calendar.Date
	DisbursedOn      calendar.Date
	MaturesOn        calendar.Date
	DaysPastDue      int
	Status           string
	PledgeRegistered bool
}

// pricedOn is the day whose LPR bounds the price: that of the contract, or of the
// drawdown where the contract's day isn't recorded (domain §3.1).
func (l loanFacts) pricedOn() calendar.Date {
	if l.SignedOn != nil && !l.SignedOn.IsZero() {
		return *l.SignedOn
	}
	return l.DisbursedOn
}

func (l loanFacts) standing() string {
	return fmt.Sprintf("%s，逾期 %d 天", loanStatusText(l.Status), l.DaysPastDue)
}

func loanStatusText(status string) string {
	switch status {
	case "active":
		return "正常"
	case "overdue":
		return "逾期"
	}
	return state.Label(status)
}

func breakerText(b Breaker) string { return state.Label(string(b)) }

func scaleText(scale string) string {
	switch scale {
	case "micro":
		return "微型"
	case "small":
		return "小型"
	case "medium":
		return "中型"
	case "large":
		return "大型"
	}
	return "未登记规模"
}
