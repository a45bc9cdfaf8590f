package product

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/etag"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/number"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

// Subject is the word for a product in proposals and the audit trail.
const Subject = "product"

// Service keeps the shelf and judges what fits.
type Service struct {
	db        *postgres.DB
	approvals *approval.Service
}

// NewService makes the service.
func NewService(db *postgres.DB, approvals *approval.Service) *Service {
	return &Service{db, approvals}
}

// Find returns a product; product_not_found when there is none.
func Find(tx postgres.Tx, id uuid.UUID) (Product, error) { return find(tx, id) }

// Shelf lists what is on the shelf, by id.
func Shelf(tx postgres.Tx) ([]Product, error) { return published(tx) }

// FactsOf reads the facts that Match judges, as of the transaction's day.
func FactsOf(tx postgres.Tx, needID uuid.UUID) (Facts, error) { return factsOf(tx, needID) }

// Create drafts a product of the actor's bank.
func (s *Service) Create(ctx context.Context, actor authz.Actor, t Terms) (p Product, err error) {
	if err := actor.Allowed(authz.ProductDraft); err != nil {
		return p, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if _, err := org.RequireAdmitted(tx, actor.OrgID); err != nil {
			return err
		}
		p = Product{BankID: actor.OrgID, Terms: t, Status: Draft, CreatedAt: tx.Now(), Version: 1}
		if err := checkTerms(tx, &p.Terms); err != nil {
			return err
		}
		if p.ID, err = uuid.NewV7(); err != nil {
			return err
		}
		if p.Number, err = number.Next(tx, number.Product); err != nil {
			return err
		}
		if err := insert(tx, p); err != nil {
			return err
		}
		return audit.Record(tx, actor, "product.create", Subject, p.ID, map[string]any{"name": p.Name})
	})
	return p, err
}

func checkTerms(tx postgres.Tx, t *Terms) error {
	if err := t.check(); err != nil {
		return err
	}
	for _, code := range t.AreaCodes {
		if _, err := org.Area(tx, code); err != nil {
			if fault.Has(err, "area_unknown") {
				return fault.InField("area_codes", "area_unknown", "请从列表中选择本市的县市区")
			}
			return err
		}
	}
	return nil
}

// Edit changes a draft; what waits for a signature on it is void.
func (s *Service) Edit(ctx context.Context, actor authz.Actor, id uuid.UUID, t Terms) (Product, error) {
	return s.change(ctx, actor, authz.ProductDraft, id, func(tx postgres.Tx, p *Product) error {
		if !Transitions.Can(p.Status, Edit) {
			return errNotEditing
		}
		p.Terms = t
		if err := checkTerms(tx, &p.Terms); err != nil {
			return err
		}
		if err := approval.Void(tx, Subject, p.ID); err != nil {
			return err
		}
		if err := p.move(tx, Edit); err != nil {
			return err
		}
		return audit.Record(tx, actor, "product.edit", Subject, p.ID, map[string]any{"name": p.Name})
	})
}

// Propose asks the bank's reviewer to publish or close a product.
func (s *Service) Propose(ctx context.Context, actor authz.Actor, id uuid.UUID, a Action) (Product, error) {
	return s.change(ctx, actor, authz.ProductDraft, id, func(tx postgres.Tx, p *Product) error {
		if _, err := Transitions.Next(p.Status, a); err != nil {
			return err
		}
		waiting, err := s.approvals.PendingOn(tx, actor, Subject, p.ID)
		if err != nil {
			return err
		}
		if waiting != nil {
			return errPending
		}
		_, err = s.approvals.Propose(tx, actor, approval.Draft{
			Kind: "product." + string(a), SubjectID: p.ID, SubjectVersion: p.Version, Title: p.Number + " " + p.Name, Payload: p.Terms,
		})
		if err != nil {
			return err
		}
		return audit.Record(tx, actor, "product.propose", Subject, p.ID, map[string]any{"action": a})
	})
}

// Redraft takes a closed product back to the draft, to be changed and published again.
func (s *Service) Redraft(ctx context.Context, actor authz.Actor, id uuid.UUID) (Product, error) {
	return s.change(ctx, actor, authz.ProductDraft, id, func(tx postgres.Tx, p *Product) error {
		if err := p.move(tx, Reopen); err != nil {
			return err
		}
		return audit.Record(tx, actor, "product.reopen", Subject, p.ID, nil)
	})
}

// Kinds are the steps that take two people of the bank.
func (s *Service) Kinds() []approval.Kind {
	kind := func(a Action, text string) approval.Kind {
		return approval.Kind{
			Name: "product." + string(a), Text: text, SubjectKind: Subject, Check: authz.ProductCheck,
			Subject: func(tx postgres.Tx, id uuid.UUID) (int64, error) {
				p, err := lock(tx, id)
				return p.Version, err
			},
			Apply: func(tx postgres.Tx, pr approval.Proposal, maker, checker authz.Actor) error {
				return carryOut(tx, pr.SubjectID, a, maker, checker)
			},
			Link: func(id uuid.UUID) string { return "/console/products/" + id.String() },
		}
	}
	return []approval.Kind{kind(Publish, "贷款产品发布"), kind(Close, "贷款产品下架")}
}

func carryOut(tx postgres.Tx, id uuid.UUID, a Action, maker, checker authz.Actor) error {
	p, err := lock(tx, id)
	if err != nil {
		return err
	}
	if a == Publish {
		now := tx.Now()
		p.PublishedAt = &now
	}
	if err := p.move(tx, a); err != nil {
		return err
	}
	if err := audit.Record(tx, checker, "product."+string(a), Subject, p.ID, map[string]any{"maker": maker.Name}); err != nil {
		return err
	}
	return event.Publish(tx, "product."+string(p.Status), map[string]any{"product_id": p.ID, "bank_id": p.BankID})
}

func (p *Product) move(tx postgres.Tx, a Action) (err error) {
	if p.Status, err = Transitions.Next(p.Status, a); err != nil {
		return err
	}
	return save(tx, p)
}

// change is the frame of the bank's use cases: locked, its own, the version seen.
func (s *Service) change(ctx context.Context, actor authz.Actor, perm authz.Permission, id uuid.UUID, work func(postgres.Tx, *Product) error) (p Product, err error) {
	if err := actor.Allowed(perm); err != nil {
		return p, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if p, err = lock(tx, id); err != nil {
			return err
		}
		if !actor.ActsFor(p.BankID) {
			return errNotFound
		}
		if err := etag.Check(tx.Context(), p.Version); err != nil {
			return err
		}
		return work(tx, &p)
	})
	return p, err
}
