package org

import (
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/todo"
)

// Todo is what waits for the actor: applications for the bureau's handler, and one's own
// application that came back.
func (s *Service) Todo(tx postgres.Tx, actor authz.Actor) ([]todo.Item, error) {
	var items []todo.Item
	if actor.Can(authz.OrgHandle) {
		submitted, err := waiting(tx)
		if err != nil {
			return nil, err
		}
		for _, o := range submitted {
			due, _ := calendar.AddWorkingDays(calendar.DateOf(o.CreatedAt), admissionDays)
			items = append(items, o.item("organization.admit", "审核机构入驻申请").Due(due, tx.Now()))
		}
	}
	if !actor.Can(authz.OrgEditOwn) {
		return items, nil
	}
	own, err := find(tx, actor.OrgID)
	if err != nil {
		return nil, err
	}
	switch own.Status {
	case Returned:
		items = append(items, own.item("organization.submit", "入驻申请被退回，请补正后重新提交"))
	case Draft:
		items = append(items, own.item("organization.submit", "请上传营业执照扫描件并提交入驻申请"))
	}
	return items, nil
}

func (o Organization) item(kind, title string) todo.Item {
	return todo.Item{Kind: kind, Title: title, Detail: o.Name, SubjectKind: Subject, SubjectID: o.ID, Number: o.Number,
		Link: "/console/organizations/" + o.ID.String(), Since: o.CreatedAt}
}
