package policy

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/todo"
)

// View is a version as lists show it.
type View struct {
	ID            uuid.UUID     `json:"id"`
	Number        string        `json:"number"`
	Title         string        `json:"title"`
	EffectiveFrom calendar.Date `json:"effective_from"`
	Basis         string        `json:"basis"`
	Status        Status        `json:"status"`
	StatusReason  string        `json:"status_reason"`
	// Effect tells an approved version's part today: upcoming, current or past; empty for others.
	Effect      string     `json:"effect" enum:",upcoming,current,past"`
	MakerName   string     `json:"maker_name"`
	CheckerName string     `json:"checker_name"`
	CreatedAt   time.Time  `json:"created_at"`
	ApprovedAt  *time.Time `json:"approved_at,omitempty"`
	Version     int64      `json:"version"`
	Actions     []Action   `json:"available_actions" nullable:"false"`
}

// Detail is a version with its parameters and what happened to it.
type Detail struct {
	View
	Parameters      Parameters            `json:"parameters"`
	PendingApproval *approval.PendingView `json:"pending_approval,omitempty"`
	Timeline        []audit.Line          `json:"timeline" nullable:"false"`
}

// QuoteView is one LPR quote as clients see it.
type QuoteView struct {
	ID              uuid.UUID             `json:"id"`
	PublishedOn     calendar.Date         `json:"published_on"`
	OneYear         money.Rate            `json:"one_year"`
	FiveYear        money.Rate            `json:"five_year"`
	Source          string                `json:"source"`
	Status          Status                `json:"status" enum:"submitted,recorded,returned"`
	Version         int64                 `json:"version"`
	PendingApproval *approval.PendingView `json:"pending_approval,omitempty"`
}

func (s *Service) view(actor authz.Actor, v Version, current uuid.UUID, today calendar.Date) View {
	out := View{
		v.ID, v.Number, v.Title, v.EffectiveFrom, v.Basis, v.Status, v.StatusReason, "",
		v.MakerName, v.CheckerName, v.CreatedAt, v.ApprovedAt, v.Version, []Action{},
	}
	if v.Status == InEffect {
		switch {
		case v.EffectiveFrom.After(today):
			out.Effect = "upcoming"
		case v.ID == current:
			out.Effect = "current"
		default:
			out.Effect = "past"
		}
	}
	if actor.Can(authz.PolicyDraft) {
		for _, a := range Transitions.Actions(v.Status) {
			if a != Approve && a != Return { // these come through the checker's signature
				out.Actions = append(out.Actions, a)
			}
		}
	}
	return out
}

// mayRead tells who sees a version that isn't approved: the bureau, whose draft it is.
func mayRead(actor authz.Actor, v Version) bool {
	return v.Status == InEffect || actor.Can(authz.PolicyDraft) || actor.Can(authz.PolicyApprove)
}

func (s *Service) detail(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (d Detail, err error) {
	v, err := find(tx, id)
	if err != nil {
		return d, err
	}
	if !mayRead(actor, v) {
		return d, errNotFound
	}
	current, err := currentID(tx)
	if err != nil {
		return d, err
	}
	d = Detail{View: s.view(actor, v, current, calendar.DateOf(tx.Now())), Parameters: v.Parameters}
	if d.PendingApproval, err = s.approvals.PendingOn(tx, actor, subjectKind, id); err != nil {
		return d, err
	}
	d.Timeline, err = audit.Timeline(tx, subjectKind, id)
	return d, err
}

// currentID is today's version, or no id where none rules yet.
func currentID(tx postgres.Tx) (uuid.UUID, error) {
	v, err := inForce(tx, calendar.DateOf(tx.Now()))
	if isMissing(err) {
		return uuid.Nil, nil
	}
	return v.ID, err
}

func (s *Service) quoteView(tx postgres.Tx, actor authz.Actor, q Quote) (QuoteView, error) {
	v := QuoteView{q.ID, q.PublishedOn, q.OneYear, q.FiveYear, q.Source, q.Status, q.Version, nil}
	if q.Status != QuoteSubmitted {
		return v, nil
	}
	var err error
	v.PendingApproval, err = s.approvals.PendingOn(tx, actor, "lpr", q.ID)
	return v, err
}

// Todo is what a handler has begun or got back; due when the version is to take effect.
func (s *Service) Todo(tx postgres.Tx, actor authz.Actor) ([]todo.Item, error) {
	var items []todo.Item
	if actor.Can(authz.PolicyDraft) {
		drafts, err := waiting(tx, actor.UserID)
		if err != nil {
			return nil, err
		}
		for _, v := range drafts {
			title := "提交政策草稿"
			if v.Status == Returned {
				title = "修改被退回的政策版本"
			}
			item := todo.Item{
				Kind: "policy." + string(v.Status), Title: title, Detail: v.Title, SubjectKind: subjectKind,
				SubjectID: v.ID, Number: v.Number, Link: Link(v.ID), Since: v.CreatedAt,
			}
			items = append(items, item.Due(v.EffectiveFrom, tx.Now()))
		}
	}
	return items, nil
}
