// Package calculator offers what anybody may work out without signing in: what a loan
// costs month by month, how a sum splits by shares, whether a number is well formed, and
// when a deadline ends.
//
// Its one hard rule: the web and the command line go through the same operations, so they
// refuse the same input with the same code and answer with the same words.
package calculator

import (
	"regexp"

	"github.com/shopspring/decimal"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/identifier"
	"ippledge/internal/money"
	"ippledge/internal/repayment"
)

// Service has no state; it exists to be wired like the others.
type Service struct{}

// NewService makes the service.
func NewService() *Service { return &Service{} }

// DaysMax bounds how far a deadline may lie away, in working days either way.
const DaysMax = 10000

// WeightsMax bounds the parts of a split.
const WeightsMax = 100

// Deadline is a day some working days away.
type Deadline struct {
	Date        calendar.Date `json:"date"`
	Provisional bool          `json:"provisional" doc:"越出国务院办公厅已公布的放假安排，结果为暂定"`
}

// AddWorkingDays is the date so many working days after from, which itself isn't counted;
// a negative number counts back. It fails with days_out_of_range.
func AddWorkingDays(from calendar.Date, days int) (Deadline, error) {
	if days < -DaysMax || days > DaysMax {
		return Deadline{}, fault.InField("days", "days_out_of_range", "工作日数应在 -%d 到 %d 之间", DaysMax, DaysMax)
	}
	date, provisional := calendar.AddWorkingDays(from, days)
	return Deadline{date, provisional}, nil
}

// Weight is one share of a split: a plain decimal number, not below zero.
type Weight struct{ share decimal.Decimal }

var plainWeight = regexp.MustCompile(`^-?\d{1,12}(\.\d{1,6})?$`)

// UnmarshalText reads "54" or "0.5". It fails with weight_malformed.
func (w *Weight) UnmarshalText(text []byte) (err error) {
	if !plainWeight.Match(text) {
		return fault.New(fault.Invalid, "weight_malformed", "权重“%.40s”无效，请填写普通数字，最多六位小数，如 54 或 0.5", text)
	}
	w.share, err = decimal.NewFromString(string(text))
	return err
}

// Split shares an amount out by weights, to the fen, by the largest remainder. It fails
// with weights_empty, weights_too_many, weight_negative or weights_all_zero.
func Split(amount money.Amount, weights []Weight) ([]money.Amount, error) {
	if len(weights) > WeightsMax {
		return nil, fault.InField("weights", "weights_too_many", "一次最多按 %d 个权重分配", WeightsMax)
	}
	plain := make([]decimal.Decimal, len(weights))
	for i, w := range weights {
		plain[i] = w.share
	}
	return money.Split(amount, plain)
}

// CheckIdentifier reads a number of the field. A wrong number is an answer; only an
// unknown kind fails, with identifier_kind_unknown.
func CheckIdentifier(kind, value string) (identifier.Result, error) {
	if runes := []rune(value); len(runes) > 100 {
		value = string(runes[:100])
	}
	return identifier.Check(kind, value)
}

// RepricingInput is a new rate from its day on.
type RepricingInput struct {
	From       calendar.Date `json:"from" doc:"新利率生效日（含当日）"`
	AnnualRate money.Rate    `json:"annual_rate"`
}

// ScheduleInput is what a schedule is worked out from.
type ScheduleInput struct {
	Principal   money.Amount     `json:"principal" doc:"本金"`
	AnnualRate  money.Rate       `json:"annual_rate" doc:"年利率（百分数）"`
	Method      string           `json:"method" doc:"还款方式：equal_instalment、equal_principal、interest_only_bullet、bullet"`
	DrawnOn     *calendar.Date   `json:"drawn_on,omitempty" doc:"放款日；不填则按月数编号，不列日期"`
	DueOn       *calendar.Date   `json:"due_on,omitempty" doc:"到期日；与期限二选一"`
	TermMonths  *int             `json:"term_months,omitempty" doc:"期限（月）"`
	PaymentDay  *int             `json:"payment_day,omitempty" doc:"还款日；按月付息默认 21 日，等额本息与等额本金默认放款日对应日"`
	DayCount    string           `json:"day_count,omitempty" doc:"计息基准：act_360（默认）、act_365、30_360"`
	DueDateRule string           `json:"due_date_rule,omitempty" doc:"遇非工作日：extend 顺延（默认）、none 不顺延"`
	TrueUpLast  bool             `json:"true_up_last,omitempty" doc:"末期利息补足逐月取整的差额（仅按月付息到期还本）"`
	Repricings  []RepricingInput `json:"repricings,omitempty" doc:"利率调整"`
}

func (in ScheduleInput) terms() (t repayment.Terms, err error) {
	t = repayment.Terms{
		Principal: in.Principal, AnnualRate: in.AnnualRate, Method: repayment.Method(in.Method),
		DayCount: calendar.DayCount(in.DayCount), Rule: repayment.DueDateRule(in.DueDateRule), TrueUpLast: in.TrueUpLast,
	}
	if in.DrawnOn != nil {
		t.DrawnOn = *in.DrawnOn
	}
	if in.DueOn != nil {
		t.DueOn = *in.DueOn
	}
	var c fault.Collector
	if in.TermMonths != nil {
		if t.TermMonths = *in.TermMonths; t.TermMonths == 0 {
			c.Add("term_months", "term_out_of_range", "期限应在 1 到 %d 个月之间", repayment.MonthsMax)
		}
	}
	if in.PaymentDay != nil {
		if t.PaymentDay = *in.PaymentDay; t.PaymentDay == 0 {
			c.Add("payment_day", "payment_day_out_of_range", "还款日应在每月 1 日至 %d 日之间", repayment.PaymentDayMax)
		}
	}
	for _, r := range in.Repricings {
		t.Repricings = append(t.Repricings, repayment.Repricing{From: r.From, AnnualRate: r.AnnualRate})
	}
	return t, c.Err()
}

// Schedule works out a schedule; its faults name the fields of the input.
func Schedule(in ScheduleInput) (ScheduleView, error) {
	terms, err := in.terms()
	if err != nil {
		return ScheduleView{}, err
	}
	plan, err := repayment.Schedule(terms)
	if err != nil {
		return ScheduleView{}, err
	}
	return scheduleView(terms, plan), nil
}
