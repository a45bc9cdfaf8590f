package bid

import (
	"context"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/casework"
	"ippledge/internal/financing"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

const (
	kindSubmit  = "bid.submit"
	kindDecline = "bid.decline"
)

// Create drafts the bank's bid on an open need; a bank has one live bid on a need.
func (s *Service) Create(ctx context.Context, actor authz.Actor, needID uuid.UUID, o Offer) (b Bid, err error) {
	if err := actor.Allowed(authz.BidDraft); err != nil {
		return b, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		n, err := openNeed(tx, actor, needID)
		if err != nil {
			return err
		}
		if _, err := org.RequireAdmitted(tx, actor.OrgID); err != nil {
			return err
		}
		if err := casework.Act(tx, actor, n.ID); err != nil {
			return err
		}
		t, err := termsFor(tx, n, actor.OrgID, o)
		if err != nil {
			return err
		}
		if err := o.check(n, t); err != nil {
			return err
		}
		b = Bid{NeedID: n.ID, BankID: actor.OrgID, Status: Draft, MadeBy: actor.UserID, MadeByName: actor.Name, CreatedAt: tx.Now(), Version: 1}
		b.take(o)
		b.SpreadBP, b.LPR = spread(o.Rate, t.lpr.OneYear), &t.lpr.OneYear
		if b.ID, err = uuid.NewV7(); err != nil {
			return err
		}
		if b.Number, err = drawNumber(tx); err != nil {
			return err
		}
		if err := insert(tx, b); err != nil {
			return err
		}
		return note(tx, actor, n, b, "bid.create", nil)
	})
	return b, err
}

// openNeed locks a need on which a bank may bid now: need_not_found for one that the bank
// doesn't see, bid_window_closed once the clock has passed the end.
func openNeed(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (financing.Need, error) {
	n, err := financing.Lock(tx, id)
	switch {
	case err != nil:
		return n, err
	case n.WindowOpen(tx.Now()):
		return n, nil
	case n.OpenedAt == nil || n.Status == financing.Cancelled:
		return n, financing.NotFound
	}
	return n, WindowClosed
}

// Edit changes a draft; the signature asked for is void.
func (s *Service) Edit(ctx context.Context, actor authz.Actor, id uuid.UUID, o Offer) (Bid, error) {
	return s.change(ctx, actor, authz.BidDraft, id, func(tx postgres.Tx, n *financing.Need, b *Bid) error {
		if !Transitions.Can(b.Status, Edit) {
			return errEditable
		}
		if !n.WindowOpen(tx.Now()) {
			return WindowClosed
		}
		t, err := termsFor(tx, *n, b.BankID, o)
		if err != nil {
			return err
		}
		if err := o.check(*n, t); err != nil {
			return err
		}
		if err := approval.Void(tx, Subject, b.ID); err != nil {
			return err
		}
		b.take(o)
		// Who changed it last is its maker: the one who may not sign it.
		b.MadeBy, b.MadeByName = actor.UserID, actor.Name
		b.SpreadBP, b.LPR = spread(o.Rate, t.lpr.OneYear), &t.lpr.OneYear
		if err := b.Move(tx, Edit); err != nil {
			return err
		}
		return note(tx, actor, *n, *b, "bid.edit", nil)
	})
}

// Submit asks the bank's reviewer to sign the bid. It counts when it is signed, and only
// inside the window.
func (s *Service) Submit(ctx context.Context, actor authz.Actor, id uuid.UUID) (Bid, error) {
	return s.change(ctx, actor, authz.BidDraft, id, func(tx postgres.Tx, n *financing.Need, b *Bid) error {
		if _, err := Transitions.Next(b.Status, Submit); err != nil {
			return err
		}
		if !n.WindowOpen(tx.Now()) {
			return WindowClosed
		}
		if err := s.recheck(tx, *n, *b); err != nil {
			return err
		}
		closes := calendar.DateOf(*n.ClosesAt)
		_, err := s.approvals.Propose(tx, actor, approval.Draft{
			Kind: kindSubmit, SubjectID: b.ID, SubjectVersion: b.Version, DueOn: &closes,
			Title: b.Number + " " + b.Amount.Text() + " " + b.Rate.String() + "%", Payload: b.offer(),
		})
		if err != nil {
			return err
		}
		return note(tx, actor, *n, *b, "bid.propose", nil)
	})
}

func (s *Service) recheck(tx postgres.Tx, n financing.Need, b Bid) error {
	o := b.offer()
	t, err := termsFor(tx, n, b.BankID, o)
	if err != nil {
		return err
	}
	return o.check(n, t)
}

// Kinds are the steps on a bid that take two people of the bank.
func (s *Service) Kinds() []approval.Kind {
	kind := func(name, text string, check authz.Permission, apply func(postgres.Tx, approval.Proposal, authz.Actor, authz.Actor) error) approval.Kind {
		return approval.Kind{
			Name: name, Text: text, SubjectKind: Subject, Check: check, Apply: apply,
			Subject: func(tx postgres.Tx, id uuid.UUID) (int64, error) {
				b, err := Lock(tx, id)
				return b.Version, err
			},
			Link:        func(id uuid.UUID) string { return "/console/bids/" + id.String() },
			SealedUntil: sealedUntil,
		}
	}
	return []approval.Kind{
		kind(kindSubmit, "报价签署", authz.BidCheck, s.sign), kind(kindDecline, "贷前调查后否决", authz.BidApprove, s.decline),
	}
}

func sealedUntil(tx postgres.Tx, id uuid.UUID) (*time.Time, error) {
	b, err := find(tx, id)
	if err != nil {
		return nil, err
	}
	n, err := financing.Find(tx, b.NeedID)
	if err != nil || n.BidsVisible(tx.Now()) {
		return nil, err
	}
	return n.ClosesAt, nil
}

// sign is the reviewer's signature: the bid counts from now, if the window is still open.
func (s *Service) sign(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
	n, b, err := lockBoth(tx, p.SubjectID)
	if err != nil {
		return err
	}
	if !n.WindowOpen(tx.Now()) {
		return WindowClosed
	}
	if err := casework.Act(tx, checker, n.ID); err != nil {
		return err
	}
	o := b.offer()
	t, err := termsFor(tx, n, b.BankID, o)
	if err != nil {
		return err
	}
	if err := o.check(n, t); err != nil {
		return err
	}
	cost, err := costOf(b.Amount, b.Rate, b.Method, b.TermMonths, b.Fees, calendar.DateOf(*n.ClosesAt))
	if err != nil {
		return err
	}
	now := tx.Now()
	b.Cost, b.SubmittedAt, b.CheckedBy, b.CheckedByName = &cost, &now, &checker.UserID, checker.Name
	b.SpreadBP, b.LPR = spread(b.Rate, t.lpr.OneYear), &t.lpr.OneYear
	if err := b.Move(tx, Submit); err != nil {
		return err
	}
	return note(tx, checker, n, b, "bid.submit", map[string]any{"maker": maker.Name})
}

// Withdraw takes a bid back before the window closes: a draft by the loan officer, a
// submitted bid by the reviewer who may sign.
func (s *Service) Withdraw(ctx context.Context, actor authz.Actor, id uuid.UUID) (Bid, error) {
	permission := authz.BidCheck
	if !actor.Can(permission) {
		permission = authz.BidDraft
	}
	return s.change(ctx, actor, permission, id, func(tx postgres.Tx, n *financing.Need, b *Bid) error {
		if err := actor.Allowed(withdrawer(b.Status)); err != nil {
			return err
		}
		if _, err := Transitions.Next(b.Status, Withdraw); err != nil {
			return err
		}
		if !n.WindowOpen(tx.Now()) {
			return WindowClosed
		}
		if err := approval.Void(tx, Subject, b.ID); err != nil {
			return err
		}
		if err := b.Move(tx, Withdraw); err != nil {
			return err
		}
		return note(tx, actor, *n, *b, "bid.withdraw", nil)
	})
}

// withdrawer is who may take back a bid in this state.
func withdrawer(s Status) authz.Permission {
	if s == Draft {
		return authz.BidDraft
	}
	return authz.BidCheck
}

// needForPreview is openNeed without the lock, for reading only.
func needForPreview(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (financing.Need, error) {
	if err := financing.RequireVisible(tx, actor, id); err != nil {
		return financing.Need{}, err
	}
	n, err := financing.Find(tx, id)
	if err == nil && !n.WindowOpen(tx.Now()) {
		err = WindowClosed
	}
	return n, err
}
