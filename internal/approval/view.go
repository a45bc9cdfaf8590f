package approval

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/todo"
)

// PendingView is what a noun's page shows of a step waiting for its checker.
type PendingView struct {
	ID          uuid.UUID `json:"id"`
	Kind        string    `json:"kind"`
	Text        string    `json:"text" doc:"事项名称"`
	MakerName   string    `json:"maker_name"`
	MadeAt      time.Time `json:"made_at"`
	CanSign     bool      `json:"can_sign" doc:"当前用户可以复核或退回"`
	CanWithdraw bool      `json:"can_withdraw" doc:"当前用户可以撤回"`
}

// PendingOn is the step that waits on a subject, as the actor may see it: only the
// organisation whose step it is sees it at all. Nil when nothing waits.
func (s *Service) PendingOn(tx postgres.Tx, actor authz.Actor, subjectKind string, id uuid.UUID) (*PendingView, error) {
	proposals, err := pendingOf(tx, subjectKind, []uuid.UUID{id})
	if err != nil {
		return nil, err
	}
	for _, p := range proposals {
		if actor.ActsFor(p.OrgID) {
			view := s.pendingView(actor, p)
			return &view, nil
		}
	}
	return nil, nil
}

func (s *Service) pendingView(actor authz.Actor, p Proposal) PendingView {
	kind := s.kinds[p.Kind]
	return PendingView{
		ID: p.ID, Kind: p.Kind, Text: kind.Text, MakerName: p.MakerName, MadeAt: p.MadeAt,
		CanSign:     p.MakerID != actor.UserID && actor.ActsFor(p.OrgID) && actor.Can(kind.Check),
		CanWithdraw: p.MakerID == actor.UserID && actor.ActsFor(p.OrgID),
	}
}

func (s *Service) checkable(actor authz.Actor) []string {
	var names []string
	for _, k := range s.kinds {
		if actor.Can(k.Check) {
			names = append(names, k.Name)
		}
	}
	slices.Sort(names)
	return names
}

// Todo is what waits for the actor's signature.
func (s *Service) Todo(tx postgres.Tx, actor authz.Actor) ([]todo.Item, error) {
	kinds := s.checkable(actor)
	if len(kinds) == 0 {
		return nil, nil
	}
	waiting, err := toSign(tx, actor, kinds)
	items := make([]todo.Item, 0, len(waiting))
	for _, p := range waiting {
		kind := s.kinds[p.Kind]
		item := todo.Item{
			Kind: p.Kind, Title: "待复核：" + kind.Text, Detail: p.Title, SubjectKind: p.SubjectKind, SubjectID: p.SubjectID,
			Link: "/console/approvals/" + p.ID.String(), Since: p.MadeAt,
		}
		if kind.Link != nil {
			item.Link = kind.Link(p.SubjectID)
		}
		due := p.DueOn
		if due == nil {
			// Two working days for a colleague's signature: the platform's own default.
			on, _ := calendar.AddWorkingDays(calendar.DateOf(p.MadeAt), 2)
			due = &on
		}
		items = append(items, item.Due(*due, tx.Now()))
	}
	return items, err
}
