package bid

import (
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/todo"
)

// Text is the Chinese word of a status.
func (s Status) Text() string {
	return map[Status]string{
		Draft: "草稿", Submitted: "已提交", Withdrawn: "已撤回", Expired: "已失效", Accepted: "已选定", Lost: "未选定",
		DueDiligence: "贷前调查中", CreditApproved: "授信已批", Contracted: "已签约", Declined: "已否决",
	}[s]
}

// The time each step has, in working days after the bid was chosen (domain §2.2, stages
// 7 and 9; the contract is the platform's own choice).
const (
	diligenceDays = 10
	creditDays    = diligenceDays + 5
	contractDays  = creditDays + 5
)

var tasks = map[Status]struct {
	permission  authz.Permission
	kind, title string
	days        int
}{
	Draft:          {authz.BidDraft, "bid.draft", "报价草稿待提交签署", 0},
	Accepted:       {authz.BidDraft, "bid.due_diligence", "报价已被选定，请开始贷前调查", diligenceDays},
	DueDiligence:   {authz.BidApprove, "bid.approve_credit", "贷前调查后审批授信", creditDays},
	CreditApproved: {authz.BidDraft, "bid.contract", "授信已批，请签约并办理质押登记", contractDays},
}

// Todo is what the bank's bids ask of the actor; signatures come from the approvals.
func (s *Service) Todo(tx postgres.Tx, actor authz.Actor) ([]todo.Item, error) {
	if actor.OrgKind != authz.Bank || !actor.Can(authz.BidRead) {
		return nil, nil
	}
	rows, err := waiting(tx, actor)
	items := make([]todo.Item, 0, len(rows))
	for _, l := range rows {
		b := l.Row.bid()
		task, ok := tasks[b.Status]
		if !ok || !actor.Can(task.permission) || l.NeedStatus == "cancelled" {
			continue
		}
		item := todo.Item{
			Kind: task.kind, Title: task.title, Detail: l.NeedNumber + " " + l.EnterpriseName + " " + b.Amount.Text(),
			SubjectKind: Subject, SubjectID: b.ID, Number: b.Number, Link: "/console/bids/" + b.ID.String(), Since: b.CreatedAt,
		}
		switch {
		case b.Status == Draft && l.ClosesAt != nil:
			item = item.Due(calendar.DateOf(*l.ClosesAt), tx.Now())
		case b.DecidedAt != nil:
			item.Since = *b.DecidedAt
			due, _ := calendar.AddWorkingDays(calendar.DateOf(*b.DecidedAt), task.days)
			item = item.Due(due, tx.Now())
		}
		items = append(items, item)
	}
	return items, err
}
