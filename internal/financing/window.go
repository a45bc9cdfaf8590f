package financing

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/etag"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/ipasset"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// Find returns a need as it stands at this moment: one whose window has ended shows as
// closed, also when the job hasn't been there yet. need_not_found when there is none.
func Find(tx postgres.Tx, id uuid.UUID) (Need, error) {
	n, err := find(tx, id)
	if err != nil || !n.overdue(tx) {
		return n, err
	}
	return n, n.close(tx)
}

// Lock is Find with the row locked, and with the close of an ended window written down.
// It is the first lock of every use case on a need, its bids and what follows from them.
func Lock(tx postgres.Tx, id uuid.UUID) (Need, error) {
	n, err := lockRow(tx, id)
	if err != nil || !n.overdue(tx) {
		return n, err
	}
	return n, n.record(tx, authz.System, "need.close")
}

func (n Need) overdue(tx postgres.Tx) bool {
	return n.Status == Open && n.ClosesAt != nil && !tx.Now().Before(*n.ClosesAt)
}

// CheckVersion compares with the version that the caller saw. The late close of a window
// is nobody's edit, so it doesn't make a reader's version stale.
func (n Need) CheckVersion(tx postgres.Tx) error { return etag.Check(tx.Context(), n.seen) }

// close ends the window in memory: to be compared, or failed without a bid.
func (n *Need) close(tx postgres.Tx) (err error) {
	found, err := hasBid(tx, n.ID)
	if err != nil {
		return err
	}
	action := Close
	if !found {
		action, n.StatusReason = Fail, "报价期内没有银行报价"
	}
	if n.Status, err = Transitions.Next(n.Status, action); err != nil {
		return err
	}
	ended := *n.ClosesAt
	if tx.Now().Before(ended) {
		ended = tx.Now()
	}
	n.ClosesAt, n.ClosedAt = &ended, &ended
	return nil
}

// record closes the window and writes it down with its audit entry and event.
func (n *Need) record(tx postgres.Tx, actor authz.Actor, action string) error {
	if err := n.close(tx); err != nil {
		return err
	}
	if err := save(tx, n); err != nil {
		return err
	}
	if err := audit.Record(tx, actor, action, Subject, n.ID, map[string]any{"status": n.Status}); err != nil {
		return err
	}
	return n.publish(tx, "need.closed")
}

func (n Need) publish(tx postgres.Tx, name string) error {
	return event.Publish(tx, name, map[string]any{"need_id": n.ID, "org_id": n.OrgID, "status": n.Status})
}

// CloseDue closes the windows that have ended, each in a transaction of its own, and
// tells how many. The job runs it; everything is right without it, only later.
func (s *Service) CloseDue(ctx context.Context) (closed int, err error) {
	var ids []uuid.UUID
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		ids, err = due(tx)
		return err
	})
	for _, id := range ids {
		if err != nil {
			return closed, err
		}
		var n Need
		err = s.db.InTx(ctx, func(tx postgres.Tx) error {
			n, err = Lock(tx, id)
			return err
		})
		if err == nil && n.Version != n.seen {
			closed++
		}
	}
	return closed, err
}

// Move takes the need through one transition and saves it. The caller holds the lock and
// records why.
func (n *Need) Move(tx postgres.Tx, a Action) (err error) {
	if n.Status, err = Transitions.Next(n.Status, a); err != nil {
		return err
	}
	return save(tx, n)
}

// AssetsOf lists the rights of the portfolio, sorted by id.
func AssetsOf(tx postgres.Tx, needID uuid.UUID) ([]uuid.UUID, error) { return assetsOf(tx, needID) }

// AddAward awards an amount of the need to a bank. The first award locks the portfolio
// for domain §2.4's 60 days. It fails with award_above_need when the awards together
// would exceed what was asked, and with asset_not_available when a right was taken.
// The caller holds the need's lock and moves it to awarded when all is said.
func AddAward(tx postgres.Tx, n *Need, amount money.Amount) error {
	if !amount.IsPositive() {
		return fault.New(fault.Invalid, "amount_not_positive", "选定金额应大于零").Of("awards")
	}
	if n.Left().Less(amount) {
		return fault.New(fault.Rule, "award_above_need", "选定金额合计超过融资需求：还可选定 %s，本次选定 %s", n.Left().Text(), amount.Text())
	}
	if n.AwardedAmount.IsZero() {
		ids, err := assetsOf(tx, n.ID)
		if err != nil {
			return err
		}
		if err := ipasset.Reserve(tx, ids, tx.Now().AddDate(0, 0, ipasset.ReservationDays)); err != nil {
			return err
		}
	}
	n.AwardedAmount = n.AwardedAmount.Add(amount)
	return save(tx, n)
}

// BankDeclined gives an awarded amount back after a bank's refusal. With other bids left
// the need is compared again; without any it stays with the awards it still has, or fails
// when none is left, and then lets the portfolio go. The caller holds the need's lock.
func BankDeclined(tx postgres.Tx, n *Need, amount money.Amount, bidsLeft bool) error {
	n.AwardedAmount = n.AwardedAmount.Sub(amount)
	none := n.AwardedAmount.IsZero()
	if none {
		if err := release(tx, n.ID); err != nil {
			return err
		}
	}
	var action Action
	switch {
	case bidsLeft && n.Status == Awarded:
		action = Reconsult
	case !bidsLeft && none:
		action, n.StatusReason = Fail, "银行经贷前调查后否决，没有其他有效报价"
	}
	if action == "" {
		return save(tx, n)
	}
	if err := n.Move(tx, action); err != nil {
		return err
	}
	return audit.Record(tx, authz.System, "need."+string(action), Subject, n.ID, map[string]any{"given_back": amount})
}

// GiveUp ends the comparing of bids because none of the rest is wanted: the need stays
// with the awards it has, or fails without any. The caller holds the need's lock.
func GiveUp(tx postgres.Tx, n *Need, reason string) error {
	if n.AwardedAmount.IsPositive() {
		return n.Move(tx, Award)
	}
	n.StatusReason = reason
	return n.Move(tx, Fail)
}

// Fulfil notes the first disbursement under a need; a later one changes nothing.
func Fulfil(tx postgres.Tx, needID uuid.UUID) error {
	n, err := Lock(tx, needID)
	if err != nil || n.Status == Fulfilled {
		return err
	}
	if err := n.Move(tx, Disburse); err != nil {
		return err
	}
	if err := audit.Record(tx, authz.System, "need.fulfil", Subject, n.ID, nil); err != nil {
		return err
	}
	return n.publish(tx, "need.fulfilled")
}

func release(tx postgres.Tx, needID uuid.UUID) error {
	ids, err := assetsOf(tx, needID)
	if err != nil {
		return err
	}
	return ipasset.Unreserve(tx, ids)
}

// RequireVisible refuses with need_not_found unless the actor's organisation may see the
// need at this moment.
func RequireVisible(tx postgres.Tx, actor authz.Actor, needID uuid.UUID) error {
	_, err := findListed(tx, actor, needID)
	return err
}
