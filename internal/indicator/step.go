package indicator

import (
	"slices"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/claim"
	"ippledge/internal/platform/postgres"
)

// steps are the stages of a claim in the order of its life; those before ended wait for
// somebody, by a clock of working days.
var steps = []claim.Status{
	claim.Submitted, claim.Correction, claim.Accepted, claim.FirstReviewed, claim.ExpertReviewed, claim.BureauReviewed, claim.Publicised, claim.Objected,
	claim.Endorsed, claim.Approved, claim.PartlyPaid, claim.ClawbackOrdered,
	claim.Paid, claim.Rejected, claim.Withdrawn, claim.ClawedBack, claim.Closed,
}

func claimWord(status string) string { return claim.Status(status).Text() }

// stepsOf counts the claims by stage, with the clock of each. Stages without a claim are
// left out.
func stepsOf(tx postgres.Tx, n Narrowing, actor authz.Actor, c *Cockpit) error {
	n.Figure = Claims
	rows, err := grouped(tx, n, "x.part", "x.part")
	if err != nil {
		return err
	}
	c.Steps = []Step{}
	for i, status := range steps {
		for _, r := range rows {
			if r.Key != string(status) {
				continue
			}
			at := n
			at.Part = r.Key
			step := Step{Key: r.Key, Label: claimWord(r.Key), Open: i <= slices.Index(steps, claim.ClawbackOrdered), Value: valueOf(r, at)}
			at.Late = true
			late, amount := r.Late, r.LateAmount
			step.Late = Value{&amount, &late, at.Link()}
			if step.Open {
				if step.Oldest, err = oldest(tx, n, r.Key, actor, c.AsOf); err != nil {
					return err
				}
			}
			c.Steps = append(c.Steps, step)
		}
	}
	return nil
}

func oldest(tx postgres.Tx, n Narrowing, part string, actor authz.Actor, today calendar.Date) (*Oldest, error) {
	n.Part = part
	r, ok, err := earliest(tx, n)
	if err != nil || !ok || r.OnDate == nil {
		return nil, err
	}
	left := calendar.WorkingDaysBetween(today, *r.OnDate)
	return &Oldest{r.Number, r.Title, *r.OnDate, left, r.view(actor, today).Link}, nil
}
