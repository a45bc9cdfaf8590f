package ipasset

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// RegisterEvent is what happened to a right in the national register, as the bureau
// enters it: with a reason, on a day, by two people.
type RegisterEvent struct {
	Reason     string         `json:"reason" maxLength:"500" doc:"登记簿事项及依据"`
	HappenedOn *calendar.Date `json:"happened_on,omitempty" doc:"登记簿记载日，空为今天"`
	// Pending is for Challenge only: whether proceedings to invalidate are going on.
	Pending bool `json:"pending,omitempty" doc:"仅用于无效宣告程序：true 已启动，false 已终结且维持有效"`
}

var eventActions = map[Action]string{
	Freeze: "freeze", Lapse: "lapse", Invalidate: "invalidate", Restore: "restore", Challenge: "challenge",
}

// Record proposes a register event: Freeze, Lapse, Invalidate, Restore or Challenge. It
// takes effect when the bureau's checker signs.
func (s *Service) Record(ctx context.Context, actor authz.Actor, id uuid.UUID, action Action, e RegisterEvent) (a Asset, err error) {
	if err := actor.Allowed(authz.AssetVerify); err != nil {
		return a, err
	}
	name, known := eventActions[action]
	if !known {
		return a, fault.New(fault.Invalid, "register_event_unknown", "没有这种登记事项")
	}
	if e.Reason = strings.TrimSpace(e.Reason); e.Reason == "" {
		return a, errNeedsReason
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		today := calendar.DateOf(tx.Now())
		if e.HappenedOn == nil {
			e.HappenedOn = &today
		}
		if e.HappenedOn.After(today) {
			return fault.InField("happened_on", "date_in_future", "登记簿记载日不能晚于今天")
		}
		if a, err = s.lockForBureau(tx, id); err != nil {
			return err
		}
		if err := a.mayRecord(action, e); err != nil {
			return err
		}
		return s.propose(tx, actor, a, name, e)
	})
	return a, err
}

func (a Asset) mayRecord(action Action, e RegisterEvent) error {
	if action == Challenge && e.Pending == a.InvalidationPending {
		return fault.InField("pending", "challenge_unchanged", "无效宣告程序的状态与现有记录相同，无需登记")
	}
	_, err := Transitions.Next(a.Status, action)
	return err
}

func applyEvent(action Action) step {
	return func(tx postgres.Tx, a *Asset, p approval.Proposal, _, _ authz.Actor) error {
		var e RegisterEvent
		if err := p.Decode(&e); err != nil {
			return err
		}
		return a.record(action, e)
	}
}

// record lets a register event take effect on the right.
func (a *Asset) record(action Action, e RegisterEvent) error {
	before := a.Status
	switch action {
	case Challenge:
		a.InvalidationPending = e.Pending
		a.AcknowledgedRisks = false // a new risk has to be acknowledged anew
		return a.move(Challenge)
	case Restore:
		return a.restore()
	case Invalidate:
		a.InvalidationPending = false
	case Freeze:
		a.Preserved = true
	}
	if err := a.move(action); err != nil {
		return err
	}
	if before != Frozen && before != Lapsed {
		a.HeldBefore = before
	}
	a.StatusReason = e.Reason
	return nil
}

// restore puts a right back to where it stood: into its pledge when it was pledged, and
// otherwise to verified, so that prechecks run again before it is listed.
func (a *Asset) restore() error {
	action := Restore
	switch a.HeldBefore {
	case Submitted:
		action = restoreSubmit
	case Reserved:
		action = restoreReserved
	case Pledged:
		action = restorePledged
	case InDisposal:
		action = restoreDisposal
	}
	if err := a.move(action); err != nil {
		return err
	}
	a.HeldBefore, a.Preserved, a.StatusReason = "", false, ""
	return nil
}
