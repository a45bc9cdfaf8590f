package financing

import (
	"slices"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/todo"
)

// Text is the Chinese word of a status.
func (s Status) Text() string {
	return map[Status]string{
		Draft: "草稿", Submitted: "待签署", PendingReview: "待核验", Returned: "已退回", Open: "招标中", Evaluating: "比选中",
		Awarded: "已选定", Fulfilled: "已放款", Failed: "流标", Cancelled: "已撤销",
	}[s]
}

// tasks says what a status asks of whom.
var tasks = []struct {
	status     Status
	permission authz.Permission
	kinds      []authz.OrgKind
	kind       string
	title      string
}{
	{Draft, authz.NeedDraft, []authz.OrgKind{authz.Enterprise, authz.GIRegistrant}, "need.draft", "融资需求草稿待提交"},
	{Returned, authz.NeedDraft, []authz.OrgKind{authz.Enterprise, authz.GIRegistrant}, "need.returned", "融资需求被退回，修改后重新提交"},
	{Evaluating, authz.BidAward, []authz.OrgKind{authz.Enterprise, authz.GIRegistrant}, "need.evaluate", "报价已揭晓，请比选并选定"},
	{Failed, authz.NeedSign, []authz.OrgKind{authz.Enterprise, authz.GIRegistrant}, "need.failed", "需求流标，可重新发布、修改或撤销"},
	{PendingReview, authz.NeedReview, []authz.OrgKind{authz.IPBureau}, "need.review", "核验融资需求"},
}

// Todo is what needs ask of the actor; signatures come from the approvals.
func (s *Service) Todo(tx postgres.Tx, actor authz.Actor) ([]todo.Item, error) {
	var statuses []Status
	for _, t := range tasks {
		if actor.Can(t.permission) && slices.Contains(t.kinds, actor.OrgKind) {
			statuses = append(statuses, t.status)
		}
	}
	if len(statuses) == 0 {
		return nil, nil
	}
	rows, err := waiting(tx, actor, statuses...)
	items := make([]todo.Item, 0, len(rows))
	for _, l := range rows {
		n := l.need()
		for _, t := range tasks {
			if t.status != n.Status || !slices.Contains(t.kinds, actor.OrgKind) {
				continue
			}
			item := todo.Item{
				Kind: t.kind, Title: t.title, Detail: n.title(), SubjectKind: Subject, SubjectID: n.ID, Number: n.Number,
				Link: "/console/needs/" + n.ID.String(), Since: n.CreatedAt,
			}
			if n.Status == PendingReview && n.SubmittedAt != nil {
				item.Since = *n.SubmittedAt
				due, _ := calendar.AddWorkingDays(calendar.DateOf(*n.SubmittedAt), reviewDays)
				item = item.Due(due, tx.Now())
			}
			items = append(items, item)
		}
	}
	return items, err
}
