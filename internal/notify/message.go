package notify

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/iam"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// News is what a listener tells.
type News struct {
	Event string
	// Occasion makes a repeated delivery recognisable: the same event of the same occasion
	// writes to a person once.
	Occasion string
	Title    string
	Body     string
	Link     string
}

// Tell writes to everybody of an organisation who holds the permission.
func Tell(tx postgres.Tx, org uuid.UUID, p authz.Permission, n News) error {
	users, err := iam.Holders(tx, org, p)
	if err != nil {
		return err
	}
	for _, u := range users {
		id := uuid.NewSHA1(u.ID, []byte(n.Event+"|"+n.Occasion+"|"+org.String()+"|"+n.Title))
		if err := deliver(tx, messageRow{ID: id, UserID: u.ID, OrgID: org, Event: n.Event, Title: n.Title, Body: n.Body, Link: n.Link, CreatedAt: tx.Now()}); err != nil {
			return err
		}
	}
	return nil
}

// Inbox is a page of the actor's messages, and how many are unread.
func (s *Service) Inbox(ctx context.Context, actor authz.Actor, r page.Request, unread bool) (out page.List[Message], count int64, err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := inbox(tx, actor, r, unread)
		if err != nil {
			return err
		}
		out = page.ListOf(rows, messageRow.message)
		count, err = unreadOf(tx, actor)
		return err
	})
	return out, count, err
}

// MarkRead marks messages as read; all of the actor's when ids is empty.
func (s *Service) MarkRead(ctx context.Context, actor authz.Actor, ids []uuid.UUID) (count int64, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := markRead(tx, actor, ids); err != nil {
			return err
		}
		count, err = unreadOf(tx, actor)
		return err
	})
	return count, err
}
