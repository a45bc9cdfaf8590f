package seed

import (
	"ippledge/internal/calendar"
	"ippledge/internal/loan"
)

// planDefault lets a loan that isn't paid any more go bad: after ninety days the bank
// declares it in default and goes to court.
func (s *Story) planDefault(d *deal, missed calendar.Date) {
	s.on(missed.AddDays(96), 10, d.index%60, func() error {
		if err := s.assess(); err != nil {
			return err
		}
		return s.twice(d, loan.Default, loan.Step{Reason: "借款人停止还款，本息逾期超过九十天"})
	})
	s.on(missed.AddDays(103), 10, d.index%60, func() error {
		return s.twice(d, loan.Recover, loan.Step{Measure: "litigation", Reference: "（演示）邵民初" + d.lending.loan.Number[len(d.lending.loan.Number)-4:] + "号"})
	})
}
