package pledge

import (
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/todo"
)

// releaseDays is how soon after the last payment the bank applies for cancellation
// (domain §2.2, 17), in working days.
const releaseDays = 5

// Todo is what pledges ask of the actor; signatures come from the approvals.
func (s *Service) Todo(tx postgres.Tx, actor authz.Actor) ([]todo.Item, error) {
	if !actor.Can(authz.PledgeDraft) && !actor.Can(authz.PledgeSign) {
		return nil, nil
	}
	rows, err := waiting(tx, actor, today(tx).AddDays(notices[0]))
	items := []todo.Item{}
	for _, l := range rows {
		kind, title, due := task(actor, l, today(tx))
		if kind == "" {
			continue
		}
		item := todo.Item{
			Kind: kind, Title: title, Detail: l.PledgorName + "，担保金额 " + l.Amount().Text(), SubjectKind: Subject,
			SubjectID: l.ID, Number: l.Number, Link: Link(l.ID), Since: l.CreatedAt,
		}
		if !due.IsZero() {
			item = item.Due(due, tx.Now())
		}
		items = append(items, item)
	}
	return items, err
}

// task says what one pledge asks of this reader; an empty kind when nothing.
func task(actor authz.Actor, l listed, on calendar.Date) (kind, title string, due calendar.Date) {
	if actor.Can(authz.PledgeSign) && actor.ActsFor(l.PledgorID) {
		if l.Status == Draft && l.ConsentedAt == nil {
			return "pledge.consent", "签署质押合同", due
		}
		return "", "", due
	}
	if !actor.Can(authz.PledgeDraft) || !actor.ActsFor(l.PledgeeID) {
		return "", "", due
	}
	switch {
	case l.Status == Draft && l.ConsentedAt != nil:
		return "pledge.file", "出质人已签署，申报质押登记", due
	case l.Status == Filed:
		due, _ = calendar.AddWorkingDays(l.FiledOn, OfficeDays)
		return "pledge.register", "登记质押登记结果", due
	case l.Status == Correction:
		return "pledge.refile", "按通知补正后重新申报", due
	case l.Status == CancelFiled:
		return "pledge.confirm_cancel", "登记质押注销结果", due
	case l.Status == Registered && l.Settled:
		due, _ = calendar.AddWorkingDays(on, releaseDays)
		return "pledge.cancel", "贷款已结清，申请注销质押", due
	case l.Status == Registered:
		return "pledge.extend", "质押登记期限将届满，办理延期", l.RegistrationEndsOn
	}
	return "", "", due
}
