package product

import (
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/todo"
)

// hallTasks is how many fitting needs a loan officer is reminded of at a time.
const hallTasks = 20

// Todo reminds a bank's loan officers of open needs that fit and that the bank hasn't
// bid on yet.
func (s *Service) Todo(tx postgres.Tx, actor authz.Actor) ([]todo.Item, error) {
	if actor.OrgKind != authz.Bank || !actor.Can(authz.BidDraft) {
		return nil, nil
	}
	request, err := page.Query{Limit: hallTasks}.Parse(hallSortable, "closes_at")
	if err != nil {
		return nil, err
	}
	rows, err := hall(tx, request, actor.OrgID, nil, FitYes, "")
	items := make([]todo.Item, 0, len(rows.Items))
	for _, r := range rows.Items {
		if r.OwnBidID != nil {
			continue
		}
		item := todo.Item{
			Kind: "need.matched", Title: "有符合本行产品的融资需求，可报价", Detail: r.Number + " " + r.EnterpriseName + " " + r.Facts.Amount.Text(),
			SubjectKind: "need", SubjectID: r.Facts.NeedID, Number: r.Number, Link: "/console/needs/" + r.Facts.NeedID.String(), Since: r.OpenedAt,
		}
		items = append(items, item.Due(calendar.DateOf(r.ClosesAt), tx.Now()))
	}
	return items, err
}
