package ipasset

import (
	"slices"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
)

// doable is an action that people take: the permission it needs, and whether it is the
// owner's or the bureau's.
type doable struct {
	permission authz.Permission
	owner      bool
}

var doables = map[Action]doable{
	Edit: {authz.AssetWrite, true}, Submit: {authz.AssetWrite, true}, Attach: {authz.AssetWrite, true}, RecordUpkeep: {authz.AssetWrite, true},
	List: {authz.AssetSign, true}, Acknowledge: {authz.AssetSign, true}, Withdraw: {authz.AssetSign, true},
	Verify: {authz.AssetVerify, false}, Reject: {authz.AssetVerify, false}, Freeze: {authz.AssetVerify, false}, Lapse: {authz.AssetVerify, false},
	Invalidate: {authz.AssetVerify, false}, Restore: {authz.AssetVerify, false}, Challenge: {authz.AssetVerify, false},
}

// actionsFor is exactly what the actor may do with the right now. While a step of the
// actor's own organisation waits for a signature, nothing else is begun.
func actionsFor(actor authz.Actor, a Asset, pending bool, today calendar.Date) []string {
	out := []string{}
	if pending {
		return out
	}
	for action, d := range doables {
		if !Transitions.Can(a.Status, action) || d.owner != actor.ActsFor(a.OrgID) {
			continue
		}
		permitted := actor.Can(d.permission)
		if action == Withdraw && a.VerifiedAt == nil {
			permitted = permitted || actor.Can(authz.AssetWrite)
		}
		if permitted && a.makesSense(action, today) {
			out = append(out, string(action))
		}
	}
	slices.Sort(out)
	return out
}

// makesSense leaves out what the use case would refuse at once for the right's own sake.
func (a Asset) makesSense(action Action, today calendar.Date) bool {
	switch action {
	case Submit:
		return a.readyToSubmit(today) == nil
	case List:
		return blocking(Precheck(a, calendar.Date{}, today)) == nil
	case Acknowledge:
		return a.acknowledgeable()
	case RecordUpkeep:
		return a.Kind.IsMark() || UpkeepOf(a, today).State != UpkeepComplete
	}
	return true
}
