package claim

import (
	"slices"

	"ippledge/internal/authz"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/todo"
)

// tasks name, for each action that a claim may wait for, what is to be done. Of several
// actions possible the first in this order is the task.
var tasks = []struct {
	action Action
	title  string
}{
	{Submit, "提交补偿申请"}, {Resubmit, "按补正通知补正后重新提交补偿申请"}, {Accept, "审查补偿申请材料是否齐全"}, {FirstReview, "初审补偿申请"},
	{Draw, "抽取评审专家"}, {Score, "评审补偿申请"}, {Approve, "公示期满，核准补偿"}, {Answer, "答复公示异议"}, {Publicise, "公示拟补偿结果"},
	{BureauReview, "复核补偿申请"}, {Confirm, "会签补偿核准"}, {Pay, "拨付补偿款"}, {ClawBack, "登记退回的补偿款"}, {Close, "办结补偿申请"},
}

var recoveryTasks = []struct {
	action RecoveryAction
	title  string
}{
	{Transfer, "确认追偿款到账"}, {EndorseWriteoff, "审定核销申请"}, {ConfirmWriteoff, "会签核销"}, {ApplyWriteoff, "符合核销年限，可申请核销"},
}

// Todo is what claims and recoveries ask of the actor; signatures come from the
// approvals. It follows from the same conditions as available_actions.
func (s *Service) Todo(tx postgres.Tx, actor authz.Actor) ([]todo.Item, error) {
	if !actor.Can(authz.ClaimRead) {
		return nil, nil
	}
	rows, err := waiting(tx, actor)
	if err != nil {
		return nil, err
	}
	var items []todo.Item
	if err := fillPurses(tx, rows); err != nil {
		return nil, err
	}
	for _, r := range rows {
		if item, ok := r.waitsForMoney(tx, actor); ok {
			items = append(items, item)
			continue
		}
		possible := r.Claim.actions(actor, r.Situation, false, today(tx))
		for _, task := range tasks {
			if !slices.Contains(possible, task.action) || task.action == BureauReview && (r.Status == Publicised || r.Status == BureauReviewed) {
				continue
			}
			item := todo.Item{
				Kind: Subject + "." + string(task.action), Title: task.title, Detail: r.BorrowerName + " " + r.current().Text(),
				SubjectKind: Subject, SubjectID: r.ID, Number: r.Number, Link: Link(r.ID), Since: r.CreatedAt,
			}
			if r.StepDueOn != nil {
				item = item.Due(*r.StepDueOn, tx.Now())
			}
			items = append(items, item)
			break
		}
	}
	more, err := s.todoRecovery(tx, actor)
	if err != nil {
		return nil, err
	}
	years, err := todoYears(tx, actor)
	return append(append(items, more...), years...), err
}

// waitsForMoney keeps a claim that can't be paid for want of money among the treasurer's
// tasks: its deadline runs all the same.
func (r listed) waitsForMoney(tx postgres.Tx, actor authz.Actor) (todo.Item, bool) {
	if r.Situation.Purse == nil || r.Situation.Purse.blocked() == nil || !actor.Can(authz.ClaimPay) {
		return todo.Item{}, false
	}
	item := todo.Item{
		Kind: "claim.pay_waiting", Title: "基金余额不足，待资金到位后拨付", Detail: r.BorrowerName + " 待拨付 " + r.unpaid().Text(),
		SubjectKind: Subject, SubjectID: r.ID, Number: r.Number, Link: Link(r.ID), Since: r.CreatedAt,
	}
	if r.StepDueOn != nil {
		item = item.Due(*r.StepDueOn, tx.Now())
	}
	return item, true
}

func (s *Service) todoRecovery(tx postgres.Tx, actor authz.Actor) (items []todo.Item, err error) {
	rows, err := pursued(tx, actor)
	for _, r := range rows {
		possible := r.Recovery.actions(actor, false, r.Waiting, r.MinYears, today(tx))
		for _, task := range recoveryTasks {
			if !slices.Contains(possible, task.action) {
				continue
			}
			item := todo.Item{
				Kind: RecoverySubject + "." + string(task.action), Title: task.title, Detail: r.BorrowerName, SubjectKind: RecoverySubject,
				SubjectID: r.ID, Number: r.Number, Link: RecoveryLink(r.ID), Since: r.CreatedAt,
			}
			if task.action == Transfer && r.TransferDueOn != nil {
				item = item.Due(*r.TransferDueOn, tx.Now())
			}
			items = append(items, item)
			break
		}
		// The bank is reminded to hand the fund's part over.
		if r.Waiting > 0 && r.TransferDueOn != nil && actor.Can(authz.ClaimFile) && actor.ActsFor(r.BankID) {
			items = append(items, todo.Item{
				Kind: "recovery.hand_over", Title: "将基金应得的追偿款划入基金专户", Detail: r.BorrowerName, SubjectKind: RecoverySubject,
				SubjectID: r.ID, Number: r.Number, Link: RecoveryLink(r.ID), Since: r.CreatedAt,
			}.Due(*r.TransferDueOn, tx.Now()))
		}
	}
	return items, err
}
