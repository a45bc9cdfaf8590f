package loan

import (
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/todo"
)

// Todo is what loans ask of the actor; signatures under steps come from the approvals.
func (s *Service) Todo(tx postgres.Tx, actor authz.Actor) ([]todo.Item, error) {
	if !actor.Can(authz.LoanDraft) && !actor.Can(authz.LoanSign) && !actor.Can(authz.LoanCheck) {
		return nil, nil
	}
	rows, err := waiting(tx, actor, today(tx).AddDays(remindDays))
	items := []todo.Item{}
	for _, l := range rows {
		kind, title, due := task(actor, l)
		if kind == "" {
			continue
		}
		item := todo.Item{
			Kind: kind, Title: title, Detail: l.BorrowerName + "，合同金额 " + l.Principal.Text(), SubjectKind: Subject,
			SubjectID: l.ID, Number: l.Number, Link: Link(l.ID), Since: l.CreatedAt,
		}
		if !due.IsZero() {
			item = item.Due(due, tx.Now())
		}
		items = append(items, item)
	}
	return items, err
}

// task says what one loan asks of this reader; an empty kind when nothing.
func task(actor authz.Actor, l listed) (kind, title string, due calendar.Date) {
	borrower, bank := actor.ActsFor(l.BorrowerID), actor.ActsFor(l.BankID)
	switch {
	case l.Status == Approved && borrower && actor.Can(authz.LoanSign) && l.BorrowerSignedAt == nil,
		l.Status == Approved && bank && actor.Can(authz.LoanCheck) && l.BankSignedAt == nil:
		return "loan.sign", "签署借款合同", due
	case l.Status == Approved:
		return "", "", due
	case borrower && actor.Can(authz.LoanSign) && (l.Status == Active || l.Status == Extended):
		return "loan.due_soon", "还款日将至，请备足资金", l.NextDueOn
	case borrower && actor.Can(authz.LoanSign) && l.Status == Overdue:
		return "loan.overdue", "贷款已逾期，请尽快归还", l.NextDueOn
	case !bank || !actor.Can(authz.LoanDraft):
		return "", "", due
	case l.Status == Signed:
		return "loan.ready", "核对放款条件", due
	case l.Status == Ready:
		return "loan.disburse", "登记放款", due
	case l.Status == Overdue && (l.Class.NonPerforming() || !l.AcceleratedOn.IsZero()):
		return "loan.default", "贷款已达不良标准，请认定", due
	case l.Status == Overdue:
		return "loan.overdue", "贷款逾期，跟进催收", l.NextDueOn
	case l.Status == Defaulted:
		return "loan.recover", "不良贷款，启动追偿", due
	}
	return "", "", due
}
