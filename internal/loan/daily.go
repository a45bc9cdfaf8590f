package loan

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
)

// remindDays before an instalment falls due the parties are told.
const remindDays = 7

// RunDaily looks at every loan that is out as of a day: days past due, class, overdue or
// not. Running it twice for a day changes nothing more, and an earlier day than the last
// is left alone.
func (s *Service) RunDaily(ctx context.Context, on calendar.Date) error {
	var ids []uuid.UUID
	err := s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		ids, err = toAssess(tx, on)
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.db.InTx(ctx, func(tx postgres.Tx) error { return assessOne(tx, id, on) }); err != nil {
			return err
		}
	}
	return nil
}

// assessOne is nobody's edit: the version stays, so that a step which waits for its
// checker isn't void because a night has passed.
func assessOne(tx postgres.Tx, id uuid.UUID, on calendar.Date) error {
	a, err := lockAccount(tx, id)
	if err != nil || !a.Status.Out() || !a.AssessedOn.Before(on) {
		return err
	}
	before := a.Loan
	a.AssessedOn = on
	if err := a.follow(on); err != nil {
		return err
	}
	if err := saveAssessment(tx, a.Loan); err != nil {
		return err
	}
	if err := a.remind(tx, on); err != nil {
		return err
	}
	if a.Class == before.Class && a.Status == before.Status {
		return nil
	}
	detail := map[string]any{"on": on, "days_past_due": a.DaysPastDue, "class": a.Class, "status": a.Status, "class_before": before.Class, "status_before": before.Status}
	if err := audit.Record(tx, authz.System, "loan.assess", Subject, id, detail); err != nil {
		return err
	}
	if a.Class != before.Class {
		if err := a.publish(tx, "loan.classified", map[string]any{"class": a.Class, "days_past_due": a.DaysPastDue}); err != nil {
			return err
		}
	}
	if a.Status == Overdue && before.Status != Overdue {
		return a.publish(tx, "loan.overdue", map[string]any{"days_past_due": a.DaysPastDue})
	}
	return nil
}

func (a *account) remind(tx postgres.Tx, on calendar.Date) error {
	for _, l := range a.Lines {
		if !l.paid() && l.DueOn == on.AddDays(remindDays) {
			return a.publish(tx, "loan.due_soon", map[string]any{"due_on": l.DueOn, "amount": l.unpaidPrincipal().Add(l.unpaidInterest())})
		}
	}
	return nil
}
