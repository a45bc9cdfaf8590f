// Package todo answers "what waits for me". Nothing is stored: each domain derives its
// items from the states of its rows, so a list of tasks can't be out of date.
package todo

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
)

// Item is one thing that waits.
type Item struct {
	Kind        string         `json:"kind" doc:"事项种类，如 bid.check"`
	Title       string         `json:"title" doc:"要做什么，中文短句"`
	Detail      string         `json:"detail" doc:"对象名称、金额等"`
	SubjectKind string         `json:"subject_kind"`
	SubjectID   uuid.UUID      `json:"subject_id"`
	Number      string         `json:"number"`
	Link        string         `json:"link" doc:"前端路径"`
	Since       time.Time      `json:"since"`
	DueOn       *calendar.Date `json:"due_on,omitempty"`
	Provisional bool           `json:"provisional" doc:"期限越出已公布的放假安排，暂定"`
	DaysLeft    *int           `json:"days_left,omitempty" doc:"距期限的工作日数，负数为逾期"`
}

// Due sets the deadline and counts the working days left as of now.
func (i Item) Due(on calendar.Date, now time.Time) Item {
	today := calendar.DateOf(now)
	left := calendar.WorkingDaysBetween(today, on)
	_, i.Provisional = calendar.NextWorkingDay(on)
	i.DueOn, i.DaysLeft = &on, &left
	return i
}

// Source is a domain that knows what waits for an actor.
type Source interface {
	Todo(tx postgres.Tx, actor authz.Actor) ([]Item, error)
}

// Service asks all sources.
type Service struct {
	db      *postgres.DB
	sources []Source
}

// NewService makes the service; app passes the sources.
func NewService(db *postgres.DB, sources ...Source) *Service { return &Service{db, sources} }

// List is what waits for the actor, the nearest deadline first.
func (s *Service) List(ctx context.Context, actor authz.Actor) (items []Item, err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		items = []Item{}
		for _, source := range s.sources {
			more, err := source.Todo(tx, actor)
			if err != nil {
				return err
			}
			items = append(items, more...)
		}
		return nil
	})
	slices.SortStableFunc(items, func(a, b Item) int {
		switch {
		case a.DueOn != nil && b.DueOn != nil:
			return a.DueOn.Compare(*b.DueOn)
		case a.DueOn != nil:
			return -1
		case b.DueOn != nil:
			return 1
		}
		return cmp.Compare(a.Since.Unix(), b.Since.Unix())
	})
	return items, err
}
