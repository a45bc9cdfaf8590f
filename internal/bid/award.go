package bid

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/casework"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/financing"
	"ippledge/internal/money"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

// AwardLine gives one bank's bid so much of the need.
type AwardLine struct {
	BidID  uuid.UUID    `json:"bid_id"`
	Amount money.Amount `json:"amount" doc:"选定金额，元，不超过该报价金额"`
}

// Award takes one or several bids for the enterprise, each up to its amount and together
// up to the need's. The portfolio is reserved, the other bids are lost. All of it
// happens, or none.
func (s *Service) Award(ctx context.Context, actor authz.Actor, needID uuid.UUID, lines []AwardLine) error {
	return s.choose(ctx, actor, needID, func(tx postgres.Tx, n *financing.Need) error {
		if len(lines) == 0 {
			return fault.InField("awards", "award_required", "请至少选定一笔报价")
		}
		standing, err := lockOf(tx, n.ID, Submitted)
		if err != nil {
			return err
		}
		byID := map[uuid.UUID]*Bid{}
		for i := range standing {
			byID[standing[i].ID] = &standing[i]
		}
		if err := checkLines(lines, byID, calendar.DateOf(tx.Now())); err != nil {
			return err
		}
		for _, line := range lines {
			if err := accept(tx, actor, n, byID[line.BidID], line.Amount); err != nil {
				return err
			}
		}
		if err := n.Move(tx, financing.Award); err != nil {
			return err
		}
		if err := audit.Record(tx, actor, "need.award", financing.Subject, n.ID, map[string]any{"awards": lines, "awarded": n.AwardedAmount}); err != nil {
			return err
		}
		if err := s.lose(tx, actor, *n, standing); err != nil {
			return err
		}
		return event.Publish(tx, "need.awarded", map[string]any{"need_id": n.ID, "org_id": n.OrgID, "amount": n.AwardedAmount})
	})
}

// checkLines measures each line against its bid, all faults at once.
func checkLines(lines []AwardLine, byID map[uuid.UUID]*Bid, today calendar.Date) error {
	var c fault.Collector
	seen := map[uuid.UUID]bool{}
	for i, line := range lines {
		field, b := fmt.Sprintf("awards[%d]", i), byID[line.BidID]
		switch {
		case b == nil:
			c.Add(field+".bid_id", "bid_not_found", "该报价不存在，或已撤回、失效、被选定")
		case seen[line.BidID]:
			c.Add(field+".bid_id", "award_repeated", "同一笔报价不能选定两次")
		case !b.ValidOn(today):
			c.Add(field+".bid_id", "bid_expired", "报价 %s 有效期至 %s，已过期", b.Number, b.ValidUntil)
		case !line.Amount.IsPositive():
			c.Add(field+".amount", "amount_not_positive", "选定金额应大于零")
		case b.Amount.Less(line.Amount):
			c.Add(field+".amount", "award_above_bid", "选定金额不能超过报价金额 %s", b.Amount.Text())
		}
		seen[line.BidID] = true
	}
	return c.Err()
}

func accept(tx postgres.Tx, actor authz.Actor, n *financing.Need, b *Bid, amount money.Amount) error {
	if err := financing.AddAward(tx, n, amount); err != nil {
		return err
	}
	b.AwardedAmount = &amount
	if err := b.Move(tx, Accept); err != nil {
		return err
	}
	if err := note(tx, actor, *n, *b, "bid.accept", map[string]any{"amount": amount}); err != nil {
		return err
	}
	return b.publish(tx, "bid.accepted")
}

// lose ends the bids that still stand: lost, or expired when their validity has passed.
func (s *Service) lose(tx postgres.Tx, actor authz.Actor, n financing.Need, standing []Bid) error {
	today := calendar.DateOf(tx.Now())
	for i := range standing {
		b, action := &standing[i], Lose
		if b.Status != Submitted {
			continue
		}
		if !b.ValidOn(today) {
			action = Expire
		}
		if err := b.Move(tx, action); err != nil {
			return err
		}
		if err := note(tx, actor, n, *b, "bid."+string(action), nil); err != nil {
			return err
		}
		if err := b.publish(tx, "bid."+string(b.Status)); err != nil {
			return err
		}
	}
	return nil
}

// RejectRest ends the choice without taking any more bid: the need keeps the awards it
// has, or fails.
func (s *Service) RejectRest(ctx context.Context, actor authz.Actor, needID uuid.UUID, reason string) error {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return errReason
	}
	return s.choose(ctx, actor, needID, func(tx postgres.Tx, n *financing.Need) error {
		standing, err := lockOf(tx, n.ID, Submitted)
		if err != nil {
			return err
		}
		if err := financing.GiveUp(tx, n, reason); err != nil {
			return err
		}
		if err := audit.Record(tx, actor, "need."+outcome(*n), financing.Subject, n.ID, map[string]any{"reason": reason}); err != nil {
			return err
		}
		return s.lose(tx, actor, *n, standing)
	})
}

func outcome(n financing.Need) string {
	if n.Status == financing.Awarded {
		return string(financing.Award)
	}
	return string(financing.Fail)
}

// choose is the frame of the enterprise's choice: the need is locked first, so that
// choices on one need queue up, and it must be in comparison.
func (s *Service) choose(ctx context.Context, actor authz.Actor, needID uuid.UUID, work func(postgres.Tx, *financing.Need) error) error {
	if err := actor.Allowed(authz.BidAward); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx postgres.Tx) error {
		n, err := financing.Lock(tx, needID)
		if err != nil {
			return err
		}
		if !actor.ActsFor(n.OrgID) {
			return financing.NotFound
		}
		if err := n.CheckVersion(tx); err != nil {
			return err
		}
		if _, err := financing.Transitions.Next(n.Status, financing.Award); err != nil {
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
}
