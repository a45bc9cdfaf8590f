package ipasset

import (
	"time"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/todo"
)

// verifyDays is how long the bureau has to verify, in working days (domain §2.2, [REC]).
const verifyDays = 3

// Todo is what waits for the actor: rights to verify for the bureau's handler; for the
// owner, rights that came back, are verified but not on the list, or are endangered.
// What waits for a signature is listed by package approval.
func (s *Service) Todo(tx postgres.Tx, actor authz.Actor) ([]todo.Item, error) {
	if actor.Can(authz.AssetVerify) {
		return verifyTasks(tx)
	}
	if actor.OrgKind != authz.Enterprise && actor.OrgKind != authz.GIRegistrant {
		return nil, nil
	}
	var items []todo.Item
	today := calendar.DateOf(tx.Now())
	if actor.Can(authz.AssetWrite) {
		back, err := waiting(tx, actor.OrgID, Rejected)
		if err != nil {
			return nil, err
		}
		for _, r := range back {
			items = append(items, r.item("asset.edit", "知识产权核验被退回，请补正后重新提交", r.CreatedAt))
		}
		more, err := upkeepTasks(tx, actor, today)
		if err != nil {
			return nil, err
		}
		items = append(items, more...)
	}
	if actor.Can(authz.AssetSign) {
		verified, err := waiting(tx, actor.OrgID, Verified)
		if err != nil {
			return nil, err
		}
		for _, r := range verified {
			if !r.Pending && blocking(Precheck(r.Asset, calendar.Date{}, today)) == nil {
				items = append(items, r.item("asset.list", "知识产权已核验，可上架融资", *r.VerifiedAt))
			}
		}
	}
	return items, nil
}

func verifyTasks(tx postgres.Tx) ([]todo.Item, error) {
	rows, err := waiting(tx, noOrg, Submitted)
	var items []todo.Item
	for _, r := range rows {
		if r.Pending || r.SubmittedAt == nil {
			continue
		}
		due, _ := calendar.AddWorkingDays(calendar.DateOf(*r.SubmittedAt), verifyDays)
		items = append(items, r.item("asset.verify", "核验知识产权", *r.SubmittedAt).Due(due, tx.Now()))
	}
	return items, err
}

// upkeepTasks are fees and renewals that fall due, read from the rights themselves.
func upkeepTasks(tx postgres.Tx, actor authz.Actor, today calendar.Date) (items []todo.Item, err error) {
	rows, err := waiting(tx, actor.OrgID, Verified, Listed, Reserved, Pledged, InDisposal, Frozen)
	for _, r := range rows {
		u := UpkeepOf(r.Asset, today)
		if r.Pending || u.State != UpkeepDue && u.State != UpkeepSurcharge && u.State != UpkeepMissed {
			continue
		}
		title := "缴纳专利年费并登记"
		if r.Kind.IsMark() {
			title = "办理商标续展并登记"
		}
		due := u.DueOn
		if u.State != UpkeepDue {
			due = u.LastOn
		}
		items = append(items, r.item("asset.record_upkeep", title, r.CreatedAt).Due(due, tx.Now()))
	}
	return items, err
}

func (r row) item(kind, title string, since time.Time) todo.Item {
	return todo.Item{Kind: kind, Title: title, Detail: r.Label(), SubjectKind: Subject, SubjectID: r.ID, Number: r.Number,
		Link: "/console/assets/" + r.ID.String(), Since: since}
}
