package pledge

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/bid"
	"ippledge/internal/calendar"
	"ippledge/internal/casework"
	"ippledge/internal/document"
	"ippledge/internal/etag"
	"ippledge/internal/event"
	"ippledge/internal/financing"
	"ippledge/internal/ipasset"
	"ippledge/internal/number"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

// Settlement tells whether the debt behind a bid is paid, or never came into being.
// Package loan answers; it comes later in the order, so it is handed in.
type Settlement interface {
	Settled(tx postgres.Tx, bidID uuid.UUID) (bool, error)
}

// Service drafts, files, registers and releases pledges.
type Service struct {
	db         *postgres.DB
	approvals  *approval.Service
	settlement Settlement
}

// NewService makes the service. Documents of a pledge are seen by those who see the pledge.
func NewService(db *postgres.DB, approvals *approval.Service, documents *document.Service) *Service {
	documents.Guard(Subject, func(tx postgres.Tx, actor authz.Actor, id uuid.UUID) error {
		_, err := findListed(tx, actor, id)
		return err
	})
	return &Service{db: db, approvals: approvals}
}

// SettledBy hands in who knows whether debts are paid. Without it no pledge is cancelled
// because of a performed debt.
func (s *Service) SettledBy(settlement Settlement) { s.settlement = settlement }

// Create drafts a contract for an awarded bid whose credit is approved.
func (s *Service) Create(ctx context.Context, actor authz.Actor, bidID uuid.UUID, c Content) (p Pledge, err error) {
	if err := actor.Allowed(authz.PledgeDraft); err != nil {
		return p, err
	}
	if err := c.check(); err != nil {
		return p, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		b, err := bid.Lock(tx, bidID)
		if err != nil {
			return err
		}
		if !actor.ActsFor(b.BankID) {
			return errBidNotFound
		}
		if !approved(b) {
			return errNotApproved
		}
		need, err := financing.Find(tx, b.NeedID)
		if err != nil {
			return err
		}
		if _, err := org.RequireAdmitted(tx, actor.OrgID); err != nil {
			return err
		}
		p = Pledge{
			NeedID: need.ID, BidID: bidID, PledgorID: need.OrgID, PledgeeID: actor.OrgID,
			Status: Draft, CreatedAt: tx.Now(), Version: 1,
		}
		if p.ID, err = uuid.NewV7(); err != nil {
			return err
		}
		if p.Number, err = number.Next(tx, number.Pledge); err != nil {
			return err
		}
		return s.write(tx, actor, &p, c, "pledge.create", insert)
	})
	return p, err
}

// Edit rewrites a draft. What the pledgor had signed is void.
func (s *Service) Edit(ctx context.Context, actor authz.Actor, id uuid.UUID, c Content) (Pledge, error) {
	if err := c.check(); err != nil {
		return Pledge{}, err
	}
	return s.change(ctx, actor, authz.PledgeDraft, id, Edit, func(tx postgres.Tx, p *Pledge) error {
		return s.write(tx, actor, p, c, "pledge.edit", save)
	})
}

func (s *Service) write(tx postgres.Tx, actor authz.Actor, p *Pledge, c Content, action string, keep func(postgres.Tx, *Pledge) error) error {
	portfolio, err := financing.AssetsOf(tx, p.NeedID)
	if err != nil {
		return err
	}
	lines := p.apply(c)
	if err := within(lines, portfolio); err != nil {
		return err
	}
	if err := casework.Act(tx, actor, p.NeedID); err != nil {
		return err
	}
	if err := keep(tx, p); err != nil {
		return err
	}
	if err := putLines(tx, p.ID, lines); err != nil {
		return err
	}
	if err := document.Link(tx, actor, c.DocumentIDs, Subject, p.ID, "contract"); err != nil {
		return err
	}
	return audit.Record(tx, actor, action, Subject, p.ID, map[string]any{"number": p.Number, "secured_amount": p.SecuredAmount, "assets": len(lines)})
}

// Consent is the signature of the enterprise's signatory under the contract. With the
// bank's filing it makes the two parties that the register asks for (domain §1.3).
func (s *Service) Consent(ctx context.Context, actor authz.Actor, id uuid.UUID) (Pledge, error) {
	return s.change(ctx, actor, authz.PledgeSign, id, Consent, func(tx postgres.Tx, p *Pledge) error {
		now, by := tx.Now(), actor.UserID
		p.ConsentedAt, p.ConsentedBy, p.ConsentedByName = &now, &by, actor.Name
		if err := save(tx, p); err != nil {
			return err
		}
		if err := audit.Record(tx, actor, "pledge.consent", Subject, p.ID, map[string]any{"secured_amount": p.SecuredAmount}); err != nil {
			return err
		}
		return p.publish(tx, "pledge.consented")
	})
}

// Abandon ends a draft that comes to nothing.
func (s *Service) Abandon(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Pledge, error) {
	return s.change(ctx, actor, authz.PledgeDraft, id, Abandon, func(tx postgres.Tx, p *Pledge) error {
		p.StatusReason = reason
		if err := save(tx, p); err != nil {
			return err
		}
		return audit.Record(tx, actor, "pledge.abandon", Subject, p.ID, map[string]any{"reason": reason})
	})
}

// change locks the case for one of the parties, checks that the action is possible now,
// and lets work do the rest; work saves and records. A stranger finds nothing.
func (s *Service) change(ctx context.Context, actor authz.Actor, permission authz.Permission, id uuid.UUID, action Action, work func(postgres.Tx, *Pledge) error) (p Pledge, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if p, err = find(tx, id); err != nil {
			return err
		}
		side := p.PledgeeID
		if permission == authz.PledgeSign {
			side = p.PledgorID
		}
		if !actor.ActsFor(p.PledgorID, p.PledgeeID) {
			return errNotFound
		}
		if err := actor.Require(permission, side); err != nil {
			return err
		}
		if p, err = lockCase(tx, id); err != nil {
			return err
		}
		if err := etag.Check(tx.Context(), p.Version); err != nil {
			return err
		}
		if waiting, err := s.approvals.PendingOn(tx, actor, Subject, id); err != nil || waiting != nil {
			if err == nil {
				err = errPending
			}
			return err
		}
		if err := casework.Act(tx, actor, p.NeedID); err != nil {
			return err
		}
		if err := p.move(action); err != nil {
			return err
		}
		return work(tx, &p)
	})
	return p, err
}

// lockCase locks the need, the rights and then the pledge, in the order that all use cases
// keep, so that none of them deadlock.
func lockCase(tx postgres.Tx, id uuid.UUID) (Pledge, error) {
	p, err := find(tx, id)
	if err != nil {
		return p, err
	}
	if _, err := financing.Lock(tx, p.NeedID); err != nil {
		return p, err
	}
	ids, err := assetIDs(tx, id)
	if err != nil {
		return p, err
	}
	if _, err := ipasset.LockMany(tx, ids); err != nil {
		return p, err
	}
	return lock(tx, id)
}

func (p Pledge) publish(tx postgres.Tx, name string) error {
	return event.Publish(tx, name, map[string]any{
		"pledge_id": p.ID, "need_id": p.NeedID, "bid_id": p.BidID, "pledgor_id": p.PledgorID, "pledgee_id": p.PledgeeID, "number": p.Number,
	})
}

// approved tells whether the bank has approved the credit; its loan may be signed already.
func approved(b bid.Bid) bool { return b.Status == bid.CreditApproved || b.Status == bid.Contracted }

func today(tx postgres.Tx) calendar.Date { return calendar.DateOf(tx.Now()) }
