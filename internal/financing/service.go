package financing

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/casework"
	"ippledge/internal/document"
	"ippledge/internal/fault"
	"ippledge/internal/ipasset"
	"ippledge/internal/number"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

// Subject is the word for a need in documents, proposals and the audit trail.
const Subject = "need"

// Service drafts, reviews, opens and closes needs.
type Service struct {
	db        *postgres.DB
	approvals *approval.Service
}

// NewService makes the service. Documents of a need are seen by its enterprise, by the
// bureau and by banks that see the need itself.
func NewService(db *postgres.DB, approvals *approval.Service, documents *document.Service) *Service {
	documents.Guard(Subject, func(tx postgres.Tx, actor authz.Actor, id uuid.UUID) error {
		_, err := findListed(tx, actor, id)
		return err
	})
	return &Service{db, approvals}
}

// Create drafts a need for the actor's enterprise.
func (s *Service) Create(ctx context.Context, actor authz.Actor, c Content) (n Need, err error) {
	if err := actor.Allowed(authz.NeedDraft); err != nil {
		return n, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		owner, err := org.RequireAdmitted(tx, actor.OrgID)
		if err != nil {
			return err
		}
		n = Need{OrgID: owner.ID, AreaCode: owner.AreaCode, Status: Draft, CreatedAt: tx.Now(), Version: 1}
		if n.ID, err = uuid.NewV7(); err != nil {
			return err
		}
		if err := n.apply(c); err != nil {
			return err
		}
		if n.Number, err = number.Next(tx, number.Need); err != nil {
			return err
		}
		if err := insert(tx, n); err != nil {
			return err
		}
		return s.attach(tx, actor, n, c, "need.create")
	})
	return n, err
}

// Edit changes a draft, or a need that was sent back, which becomes a draft again. One
// that waits for a signature is first taken back by its maker.
func (s *Service) Edit(ctx context.Context, actor authz.Actor, id uuid.UUID, c Content) (n Need, err error) {
	return s.change(ctx, actor, authz.NeedDraft, id, func(tx postgres.Tx, n *Need) error {
		if !Transitions.Can(n.Status, Edit) {
			return errEditable
		}
		if err := n.apply(c); err != nil {
			return err
		}
		if err := approval.Void(tx, Subject, n.ID); err != nil {
			return err
		}
		if err := n.Move(tx, Edit); err != nil {
			return err
		}
		return s.attach(tx, actor, *n, c, "need.edit")
	})
}

func (n *Need) apply(c Content) error {
	c.Title, c.Purpose = strings.TrimSpace(c.Title), strings.TrimSpace(c.Purpose)
	if err := c.check(); err != nil {
		return err
	}
	n.Title, n.Amount, n.TermMonths, n.Purpose, n.PurposeKind = c.Title, c.Amount, c.TermMonths, c.Purpose, c.PurposeKind
	n.Method, n.RateCeiling, n.BidDays = c.Method, c.RateCeiling, c.BidDays
	return nil
}

// attach writes the portfolio and links the files, and leaves the audit entry.
func (s *Service) attach(tx postgres.Tx, actor authz.Actor, n Need, c Content, action string) error {
	if err := casework.Act(tx, actor, n.ID); err != nil {
		return err
	}
	ids := sorted(c.AssetIDs)
	if _, err := s.portfolio(tx, n, ids, ipasset.FindMany); err != nil {
		return err
	}
	if err := putAssets(tx, n.ID, ids); err != nil {
		return err
	}
	if len(c.DocumentIDs) > 0 {
		if err := document.Link(tx, actor, c.DocumentIDs, Subject, n.ID, "need"); err != nil {
			return err
		}
	}
	return audit.Record(tx, actor, action, Subject, n.ID, map[string]any{"amount": n.Amount, "term_months": n.TermMonths, "rate_ceiling": n.RateCeiling, "assets": len(ids)})
}

// portfolio reads the rights by load, and refuses what isn't the enterprise's own or
// can't be offered: only verified and listed rights can.
func (s *Service) portfolio(tx postgres.Tx, n Need, ids []uuid.UUID, load func(postgres.Tx, []uuid.UUID) ([]ipasset.Asset, error)) ([]ipasset.Asset, error) {
	assets, err := load(tx, ids)
	if err != nil && !fault.Has(err, "asset_not_found") {
		return nil, err
	}
	var c fault.Collector
	own := 0
	for _, a := range assets {
		if a.OrgID != n.OrgID {
			continue
		}
		own++
		if a.Status != ipasset.Verified && a.Status != ipasset.Listed {
			c.Add("asset_ids", "asset_not_available", "%s", a.Label()+"尚未核验或已被锁定、出质，不能用于融资")
		}
	}
	if own != len(ids) {
		c.Add("asset_ids", "asset_not_found", "组合中有知识产权不存在或不属于本单位，请重新选择")
	}
	return assets, c.Err()
}

// Submit asks the enterprise's signatory to sign the draft.
func (s *Service) Submit(ctx context.Context, actor authz.Actor, id uuid.UUID) (Need, error) {
	return s.change(ctx, actor, authz.NeedDraft, id, func(tx postgres.Tx, n *Need) error {
		ids, err := assetsOf(tx, n.ID)
		if err != nil {
			return err
		}
		if err := s.offerable(tx, *n, ids); err != nil {
			return err
		}
		if err := n.Move(tx, Submit); err != nil {
			return err
		}
		if _, err := s.approvals.Propose(tx, actor, approval.Draft{
			Kind: kindSign, SubjectID: n.ID, SubjectVersion: n.Version, Title: n.title(), Payload: n.signedContent(ids),
		}); err != nil {
			return err
		}
		return audit.Record(tx, actor, "need.submit", Subject, n.ID, nil)
	})
}

// offerable prechecks the portfolio against the end of the debt, were it drawn today, and
// against other live needs. The rights stay locked until the transaction ends, so that
// two needs can't both take one.
func (s *Service) offerable(tx postgres.Tx, n Need, ids []uuid.UUID) error {
	assets, err := s.portfolio(tx, n, ids, ipasset.LockMany)
	if err != nil {
		return err
	}
	var c fault.Collector
	today := calendar.DateOf(tx.Now())
	for _, a := range assets {
		if a.Status != ipasset.Listed {
			c.Add("asset_ids", "asset_not_listed", "%s", a.Label()+"尚未上架，请先由签署人在“知识产权”中上架")
		}
		for _, f := range ipasset.Precheck(a, today.AddMonths(n.TermMonths), today) {
			if f.Blocking {
				c.Add("asset_ids", "asset_precheck_failed", "%s", a.Label()+"："+f.Text+"（"+f.Code+"）")
			}
		}
	}
	other, err := elsewhere(tx, n.ID, ids)
	if err != nil {
		return err
	}
	if other != "" {
		c.Add("asset_ids", "asset_in_other_need", "组合中有知识产权已用于融资需求 %s，请先撤销该需求或另选", other)
	}
	return c.Err()
}

// change is the frame of the enterprise's use cases: locked, its own, the version that
// the person saw, and nobody who acts for the other side.
func (s *Service) change(ctx context.Context, actor authz.Actor, p authz.Permission, id uuid.UUID, work func(postgres.Tx, *Need) error) (n Need, err error) {
	if err := actor.Allowed(p); err != nil {
		return n, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if n, err = Lock(tx, id); err != nil {
			return err
		}
		if !actor.ActsFor(n.OrgID) {
			return errNotFound
		}
		if err := n.CheckVersion(tx); err != nil {
			return err
		}
		if _, err := org.RequireAdmitted(tx, n.OrgID); err != nil {
			return err
		}
		if err := casework.Act(tx, actor, n.ID); err != nil {
			return err
		}
		return work(tx, &n)
	})
	return n, err
}

func (n Need) title() string {
	return n.Number + " " + n.Title + " " + n.Amount.Text()
}

// signedContent is what the signatory and the bureau's checker put their names to.
func (n Need) signedContent(assets []uuid.UUID) map[string]any {
	return map[string]any{
		"number": n.Number, "title": n.Title, "amount": n.Amount, "term_months": n.TermMonths, "purpose": n.Purpose,
		"method": n.Method, "rate_ceiling": n.RateCeiling, "bid_days_wd": n.BidDays, "assets": slices.Clone(assets),
	}
}
