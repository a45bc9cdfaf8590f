package claim

import (
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
)

// situation is what decides about an action besides the status.
type situation struct {
	Experts        int    // drawn and not recused
	Unscored       int    // of these, who haven't scored
	OpenObjections int    // not answered yet
	Mine           bool   // the actor is one of the experts, and hasn't scored
	OnPanel        bool   // the actor is one of the experts
	RecoveryEnded  bool   // nothing more is expected, or all is back
	Purse          *purse `gorm:"-"` // set where the fund owes money on the claim
}

// guard says why an action that the table allows can't be taken, if it can't. The same
// answers make available_actions.
func (c Claim) guard(a Action, r situation, today calendar.Date) error {
	switch a {
	case BureauReview:
		if c.Status == FirstReviewed && (c.ExpertsWanted > 0 || r.Experts > 0) {
			return fault.New(fault.Rule, "expert_review_missing", "该申请须经专家评审（%d 人），专家评分完成后方可复核", max(c.ExpertsWanted, r.Experts))
		}
	case Draw:
		if c.ExpertsWanted > 0 && r.Experts >= c.ExpertsWanted {
			return fault.New(fault.Rule, "experts_drawn", "专家已抽取完毕（%d 人），如有专家回避方可补抽", r.Experts)
		}
	case Score, Recuse:
		if !r.Mine {
			return fault.New(fault.Rule, "not_your_turn", "您不在本案的专家名单中，或已提交评审意见")
		}
	case Publicise:
		if c.PublicityUntil != nil {
			return fault.New(fault.Rule, "publicity_stands", "本次公示至 %s，内容未变更，无须重新公示", *c.PublicityUntil)
		}
	case Answer:
		if r.OpenObjections == 0 {
			return fault.New(fault.Rule, "no_open_objection", "没有待答复的异议")
		}
	case Approve:
		return c.mayApprove(r, today)
	case Pay, paidUp:
		if r.Purse != nil {
			return r.Purse.blocked()
		}
	case Close:
		if !r.RecoveryEnded {
			return fault.New(fault.Rule, "recovery_open", "追偿尚未终结，追回或核销后方可办结")
		}
	}
	return nil
}

// mayApprove wants a publicity that ran to its end with nothing left to answer.
func (c Claim) mayApprove(r situation, today calendar.Date) error {
	switch {
	case c.PublicityUntil == nil:
		return fault.New(fault.Rule, "publicity_missing", "须先公示，公示期满且无待处理异议后方可核准")
	case !today.After(*c.PublicityUntil):
		return fault.New(fault.Rule, "publicity_running", "公示期至 %s，期满次日起方可核准", *c.PublicityUntil)
	case r.OpenObjections > 0:
		return fault.New(fault.Rule, "objection_open", "还有 %d 件异议未答复，答复后方可核准", r.OpenObjections)
	}
	return nil
}

// hands says who may take an action: permissions of those who take it first.
var hands = map[Action]authz.Permission{
	Edit: authz.ClaimFile, Submit: authz.ClaimFile, Resubmit: authz.ClaimFile, Withdraw: authz.ClaimFile,
	Accept: authz.ClaimManage, Correct: authz.ClaimManage, Refuse: authz.ClaimManage, FirstReview: authz.ClaimManage,
	Draw: authz.ClaimManage, Close: authz.ClaimManage, Recuse: authz.ClaimScore, Score: authz.ClaimScore,
	BureauReview: authz.ClaimDecide, Publicise: authz.ClaimDecide, Answer: authz.ClaimDecide, Reject: authz.ClaimDecide,
	Approve: authz.ClaimDecide, OrderClawback: authz.ClaimDecide, Confirm: authz.ClaimConfirm, SendBack: authz.ClaimConfirm,
	Pay: authz.ClaimPay, ClawBack: authz.ClaimPay,
}

// actions are exactly what the actor may begin now; signing goes through the proposal.
func (c Claim) actions(actor authz.Actor, r situation, pending bool, today calendar.Date) []Action {
	out := []Action{}
	for _, a := range Transitions.Actions(c.Status) {
		permission, byPeople := hands[a]
		if !byPeople || !actor.Can(permission) || c.guard(a, r, today) != nil {
			continue
		}
		if permission == authz.ClaimFile && !actor.ActsFor(c.BankID) {
			continue
		}
		if pending && a != Edit && a != Withdraw {
			continue
		}
		out = append(out, a)
	}
	return out
}
