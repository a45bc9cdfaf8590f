package bid

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/casework"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/financing"
	"ippledge/internal/platform/postgres"
)

// StartDueDiligence notes that the bank began its inquiry (domain §2.2, stage 7).
func (s *Service) StartDueDiligence(ctx context.Context, actor authz.Actor, id uuid.UUID) (Bid, error) {
	return s.change(ctx, actor, authz.BidDraft, id, func(tx postgres.Tx, n *financing.Need, b *Bid) error {
		if n.Status == financing.Cancelled {
			return errNeedEnded
		}
		b.SurveyedBy = &actor.UserID
		if err := b.Move(tx, StartDueDiligence); err != nil {
			return err
		}
		return note(tx, actor, *n, *b, "bid.start_due_diligence", nil)
	})
}

// ApproveCredit is the bank's credit decision. Who drafted the bid or led the inquiry may
// not also approve.
func (s *Service) ApproveCredit(ctx context.Context, actor authz.Actor, id uuid.UUID) (Bid, error) {
	return s.change(ctx, actor, authz.BidApprove, id, func(tx postgres.Tx, n *financing.Need, b *Bid) error {
		if n.Status == financing.Cancelled {
			return errNeedEnded
		}
		if !b.mayApprove(actor) {
			return errSame
		}
		waiting, err := s.approvals.PendingOn(tx, actor, Subject, b.ID)
		if err != nil {
			return err
		}
		if waiting != nil {
			return errPending
		}
		if err := b.Move(tx, ApproveCredit); err != nil {
			return err
		}
		if err := note(tx, actor, *n, *b, "bid.approve_credit", map[string]any{"amount": b.AwardedAmount}); err != nil {
			return err
		}
		return b.publish(tx, "bid.credit_approved")
	})
}

func (b Bid) mayApprove(actor authz.Actor) bool {
	return actor.UserID != b.MadeBy && (b.SurveyedBy == nil || actor.UserID != *b.SurveyedBy)
}

// ProposeDecline is the loan officer's proposal to turn the case down, with the reason;
// the approver signs.
func (s *Service) ProposeDecline(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Bid, error) {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return Bid{}, errReason
	}
	return s.change(ctx, actor, authz.BidDraft, id, func(tx postgres.Tx, n *financing.Need, b *Bid) error {
		if n.Status == financing.Cancelled {
			return errNeedEnded
		}
		if _, err := Transitions.Next(b.Status, Decline); err != nil {
			return err
		}
		_, err := s.approvals.Propose(tx, actor, approval.Draft{
			Kind: kindDecline, SubjectID: b.ID, SubjectVersion: b.Version, Title: b.Number + " " + b.AwardedAmount.Text(),
			Payload: map[string]any{"reason": reason},
		})
		if err != nil {
			return err
		}
		return note(tx, actor, *n, *b, "bid.propose_decline", map[string]any{"reason": reason})
	})
}

// decline is the approver's signature under a refusal: the amount goes back to the need,
// and the offers of the same round that still stand may be taken instead.
func (s *Service) decline(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
	var payload struct {
		Reason string `json:"reason"`
	}
	if err := p.Decode(&payload); err != nil {
		return err
	}
	n, b, err := lockBoth(tx, p.SubjectID)
	if err != nil {
		return err
	}
	if err := casework.Act(tx, checker, n.ID); err != nil {
		return err
	}
	if n.Status == financing.Cancelled {
		return errNeedEnded
	}
	if b.AwardedAmount == nil {
		return fault.New(fault.Conflict, "bid_not_awarded", "该报价未被选定，不需要否决")
	}
	given := *b.AwardedAmount
	b.StatusReason = payload.Reason
	if err := b.Move(tx, Decline); err != nil {
		return err
	}
	if err := note(tx, checker, n, b, "bid.decline", map[string]any{"maker": maker.Name, "reason": payload.Reason}); err != nil {
		return err
	}
	left, err := s.revive(tx, n)
	if err != nil {
		return err
	}
	if err := financing.BankDeclined(tx, &n, given, left); err != nil {
		return err
	}
	return event.Publish(tx, "bid.declined", map[string]any{
		"bid_id": b.ID, "need_id": b.NeedID, "bank_id": b.BankID, "org_id": n.OrgID,
	})
}

// revive puts the lost bids of the need's last round back that are still valid, and
// tells whether any bid can be taken.
func (s *Service) revive(tx postgres.Tx, n financing.Need) (left bool, err error) {
	list, err := lockOf(tx, n.ID, Lost, Submitted)
	if err != nil {
		return false, err
	}
	today := calendar.DateOf(tx.Now())
	for i := range list {
		b := &list[i]
		if !b.ValidOn(today) || b.SubmittedAt == nil || n.OpenedAt == nil || b.SubmittedAt.Before(*n.OpenedAt) {
			continue
		}
		left = true
		if b.Status == Submitted {
			continue
		}
		if err := b.Move(tx, Revive); err != nil {
			return left, err
		}
		if err := note(tx, authz.System, n, *b, "bid.revive", nil); err != nil {
			return left, err
		}
		if err := b.publish(tx, "bid.revived"); err != nil {
			return left, err
		}
	}
	return left, nil
}
