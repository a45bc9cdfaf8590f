package calculator

import (
	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/repayment"
)

// InstalmentView is one payment. The dates are left out where the schedule has none.
type InstalmentView struct {
	Number      int            `json:"number"`
	From        *calendar.Date `json:"from,omitempty" doc:"计息起始日"`
	DueOn       *calendar.Date `json:"due_on,omitempty" doc:"应还日（遇非工作日已按规则顺延）"`
	Provisional bool           `json:"provisional,omitempty" doc:"应还日越出已公布的放假安排，暂定"`
	Days        int            `json:"days" doc:"计息天数，算头不算尾"`
	Payment     money.Amount   `json:"payment" doc:"应还合计"`
	Principal   money.Amount   `json:"principal"`
	Interest    money.Amount   `json:"interest"`
	Balance     money.Amount   `json:"balance" doc:"还后剩余本金"`
}

// ScheduleView is a whole schedule.
type ScheduleView struct {
	Instalments   []InstalmentView `json:"instalments" nullable:"false"`
	TotalInterest money.Amount     `json:"total_interest"`
	TotalPayment  money.Amount     `json:"total_payment"`
	Effective     money.Rate       `json:"effective_annual_rate_365" doc:"按 365 天折算的年利率"`
}

func scheduleView(t repayment.Terms, plan repayment.Plan) ScheduleView {
	v := ScheduleView{
		Instalments:   make([]InstalmentView, len(plan.Instalments)),
		TotalInterest: plan.TotalInterest, TotalPayment: plan.TotalPayment,
		Effective: repayment.Effective365(t.AnnualRate, t.Method, t.DayCount),
	}
	for n, i := range plan.Instalments {
		view := InstalmentView{
			Number: i.Number, Days: i.Days, Payment: i.Payment, Principal: i.Principal, Interest: i.Interest, Balance: i.Balance,
		}
		if !i.DueOn.IsZero() {
			from, due := i.From, i.DueOn
			view.From, view.DueOn = &from, &due
			_, view.Provisional = calendar.IsWorkingDay(due)
		}
		v.Instalments[n] = view
	}
	return v
}
