package notify

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/etag"
	"ippledge/internal/number"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// Service keeps messages and notices.
type Service struct {
	db        *postgres.DB
	approvals *approval.Service
}

// NewService makes the service.
func NewService(db *postgres.DB, approvals *approval.Service) *Service {
	return &Service{db, approvals}
}

const publishing = "notice.publish"

// Kinds are the steps that take two people.
func (s *Service) Kinds() []approval.Kind {
	return []approval.Kind{{
		Name: publishing, Text: "发布公告", SubjectKind: "notice", Check: authz.NoticePublish,
		Subject: func(tx postgres.Tx, id uuid.UUID) (int64, error) {
			n, err := lock(tx, id)
			return n.Version, err
		},
		Apply: func(tx postgres.Tx, p approval.Proposal, _, checker authz.Actor) error {
			return s.move(tx, checker, p.SubjectID, Publish, "")
		},
		Undo: func(tx postgres.Tx, p approval.Proposal, checker authz.Actor, reason string) error {
			return s.move(tx, checker, p.SubjectID, Return, reason)
		},
		Link: func(id uuid.UUID) string { return "/console/notices/" + id.String() },
	}}
}

// Create drafts a notice.
func (s *Service) Create(ctx context.Context, actor authz.Actor, t Text) (n Notice, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.NoticeDraft); err != nil {
			return err
		}
		n = Notice{Status: Draft, CreatedAt: tx.Now(), Version: 1}
		if err := n.write(t, calendar.DateOf(tx.Now())); err != nil {
			return err
		}
		if n.ID, err = uuid.NewV7(); err != nil {
			return err
		}
		if n.Number, err = number.Next(tx, number.Notice); err != nil {
			return err
		}
		if err := insert(tx, n); err != nil {
			return err
		}
		return audit.Record(tx, actor, "notice.create", "notice", n.ID, map[string]any{"title": n.Title})
	})
	return n, err
}

// Edit rewrites a draft.
func (s *Service) Edit(ctx context.Context, actor authz.Actor, id uuid.UUID, t Text) (n Notice, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.NoticeDraft); err != nil {
			return err
		}
		if n, err = lock(tx, id); err != nil {
			return err
		}
		if err := etag.Check(tx.Context(), n.Version); err != nil {
			return err
		}
		if _, err := Transitions.Next(n.Status, Submit); err != nil {
			return err // only what may still be submitted may be edited
		}
		if err := n.write(t, calendar.DateOf(tx.Now())); err != nil {
			return err
		}
		if err := save(tx, &n); err != nil {
			return err
		}
		return audit.Record(tx, actor, "notice.edit", "notice", n.ID, map[string]any{"title": n.Title})
	})
	return n, err
}

// Submit hands a draft to the checker.
func (s *Service) Submit(ctx context.Context, actor authz.Actor, id uuid.UUID) (n Notice, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.NoticeDraft); err != nil {
			return err
		}
		if n, err = lock(tx, id); err != nil {
			return err
		}
		if err := etag.Check(tx.Context(), n.Version); err != nil {
			return err
		}
		if n.Status, err = Transitions.Next(n.Status, Submit); err != nil {
			return err
		}
		if err := save(tx, &n); err != nil {
			return err
		}
		if _, err := s.approvals.Propose(tx, actor, approval.Draft{
			Kind: publishing, SubjectID: n.ID, SubjectVersion: n.Version, Title: n.Number + " " + n.Title,
			Payload: map[string]any{"title": n.Title, "body": n.Body, "publish_until": n.PublishUntil},
		}); err != nil {
			return err
		}
		return audit.Record(tx, actor, "notice.submit", "notice", n.ID, map[string]any{"title": n.Title})
	})
	return n, err
}

// Withdraw takes a published notice off the portal; it stays on record.
func (s *Service) Withdraw(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (n Notice, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.NoticePublish); err != nil {
			return err
		}
		if err := s.move(tx, actor, id, Withdraw, reason); err != nil {
			return err
		}
		n, err = find(tx, id)
		return err
	})
	return n, err
}

func (s *Service) move(tx postgres.Tx, actor authz.Actor, id uuid.UUID, action Action, reason string) error {
	n, err := lock(tx, id)
	if err != nil {
		return err
	}
	if n.Status, err = Transitions.Next(n.Status, action); err != nil {
		return err
	}
	if action == Publish {
		now, today := tx.Now(), calendar.DateOf(tx.Now())
		n.PublishedAt, n.PublishFrom = &now, &today
		n.seal()
	}
	if err := save(tx, &n); err != nil {
		return err
	}
	return audit.Record(tx, actor, "notice."+string(action), "notice", n.ID, map[string]any{"title": n.Title, "reason": reason, "sha256": n.SHA256})
}

// List is a page of notices: all of them for the bureau, the published ones for anybody.
func (s *Service) List(ctx context.Context, r page.Request, f Filter) (out page.Rows[row], err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		out, err = list(tx, r, f)
		return err
	})
	return out, err
}
