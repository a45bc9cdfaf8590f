package valuation

import (
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/todo"
)

// workDays is how long an appraisal should take, in working days (domain §2.2, [REC]).
const workDays = 10

// Todo is what waits for the people of a firm, derived from what each may do now.
func (s *Service) Todo(tx postgres.Tx, actor authz.Actor) ([]todo.Item, error) {
	if actor.OrgKind != authz.AppraisalFirm {
		return nil, nil
	}
	rows, err := waiting(tx, actor.OrgID, Ordered, Accepted, Drafted, Signed)
	var items []todo.Item
	for _, r := range rows {
		title, found := "", false
		for _, action := range r.actionsFor(actor) {
			if text, wanted := taskTitles[Action(action)]; wanted && !(r.Status == Drafted && Action(action) == Write) {
				title, found = text, true
			}
		}
		if !found {
			continue
		}
		due, _ := calendar.AddWorkingDays(calendar.DateOf(r.CreatedAt), workDays)
		items = append(items, todo.Item{
			Kind: "valuation." + string(r.Status), Title: title, Detail: r.ClientName + "：" + r.AssetTitles, SubjectKind: Subject,
			SubjectID: r.ID, Number: r.Number, Link: "/console/valuations/" + r.ID.String(), Since: r.CreatedAt,
		}.Due(due, tx.Now()))
	}
	return items, err
}

var taskTitles = map[Action]string{
	Accept: "答复评估委托", Write: "编制评估报告", Sign: "签署评估报告", Countersign: "第二位评估师签署评估报告", File: "审核并出具评估报告",
}
