package seed

import (
	"time"

	"ippledge/internal/calendar"
)

// planYearEnds has the fund manager settle every year of the story that is over, in the
// second week of the January that follows.
func (s *Story) planYearEnds(begin calendar.Date) error {
	for year := begin.Year(); year < s.today.Year(); year++ {
		s.on(calendar.NewDate(year+1, time.January, 12), 10, 20, func() error {
			settled, err := s.Claims.SettleYear(s.ctx, s.people["fund.handler"], year)
			if err != nil {
				return err
			}
			s.clock.now = s.clock.now.Add(7 * time.Minute)
			_, err = s.Approvals.Sign(s.ctx, s.people["fund.checker"], settled.Pending.ID)
			return err
		})
	}
	return nil
}
