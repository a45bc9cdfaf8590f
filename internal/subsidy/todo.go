package subsidy

import (
	"fmt"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/todo"
)

// Todo is what waits for the actor: drafts and returned applications, reviews, objections,
// payouts, drafts of calls.
func (s *Service) Todo(tx postgres.Tx, actor authz.Actor) (items []todo.Item, err error) {
	for _, part := range []func(postgres.Tx, authz.Actor) ([]todo.Item, error){s.todoApply, s.todoReview, s.todoPay, s.todoCalls} {
		more, err := part(tx, actor)
		if err != nil {
			return nil, err
		}
		items = append(items, more...)
	}
	return items, nil
}

func (s *Service) todoApply(tx postgres.Tx, actor authz.Actor) (items []todo.Item, err error) {
	if !actor.Can(authz.SubsidyApply) {
		return nil, nil
	}
	rows, err := waiting(tx, "s.org_id = ? and s.status in ?", actor.OrgID, []Status{Draft, Returned})
	if err != nil {
		return nil, err
	}
	pending, err := pendingAmong(tx, subject, idsOf(rows))
	for _, r := range rows {
		if pending[r.ID] {
			continue
		}
		title := "提交补助申请"
		if r.Status == Returned || r.StatusReason != "" {
			title = "修改被退回的补助申请"
		}
		items = append(items, r.item("subsidy.submit", title))
	}
	return items, err
}

func (s *Service) todoReview(tx postgres.Tx, actor authz.Actor) (items []todo.Item, err error) {
	if !actor.Can(authz.SubsidyReview) {
		return nil, nil
	}
	rows, err := waiting(tx, "s.status in ?", []Status{Submitted, Objected})
	if err != nil {
		return nil, err
	}
	pending, err := pendingAmong(tx, subject, idsOf(rows))
	if err != nil {
		return nil, err
	}
	v, err := policy.InForce(tx, calendar.DateOf(tx.Now()))
	if fault.Has(err, "policy_missing") {
		return nil, nil // no policy, no deadline
	}
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		switch {
		case pending[r.ID]:
		case r.Status == Objected:
			due, _ := calendar.AddWorkingDays(*r.ObjectedOn, v.Parameters.ReviewObjectionWD)
			items = append(items, r.item("subsidy.answer", "处理补助异议").Due(due, tx.Now()))
		default:
			due, _ := calendar.AddWorkingDays(calendar.DateOf(*r.SubmittedAt), v.Parameters.ReviewBureauWD)
			items = append(items, r.item("subsidy.review", "审核补助申请").Due(due, tx.Now()))
		}
	}
	return items, nil
}

func (s *Service) todoPay(tx postgres.Tx, actor authz.Actor) (items []todo.Item, err error) {
	if !actor.Can(authz.SubsidyPay) {
		return nil, nil
	}
	rows, err := waiting(tx, "s.status = ? and s.publicity_until < ?", Publicity, calendar.DateOf(tx.Now()))
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	v, err := policy.InForce(tx, calendar.DateOf(tx.Now()))
	if err != nil {
		return nil, err
	}
	oldest := rows[0]
	for _, r := range rows {
		if r.PublicityUntil.Before(*oldest.PublicityUntil) {
			oldest = r
		}
	}
	due, _ := calendar.AddWorkingDays(*oldest.PublicityUntil, v.Parameters.ReviewPayoutWD)
	item := todo.Item{
		Kind: "subsidy.pay", Title: "拨付公示期满的补助", Detail: fmt.Sprintf("%d 份申请", len(rows)), SubjectKind: callSubject, SubjectID: oldest.CallID,
		Link: "/console/subsidy-batches/new?call=" + oldest.CallID.String(), Since: oldest.PublicityUntil.StartOfDay(),
	}
	return []todo.Item{item.Due(due, tx.Now())}, nil
}

func (s *Service) todoCalls(tx postgres.Tx, actor authz.Actor) (items []todo.Item, err error) {
	if !actor.Can(authz.SubsidyCallDraft) {
		return nil, nil
	}
	drafts, err := draftCalls(tx)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(drafts))
	for i, c := range drafts {
		ids[i] = c.ID
	}
	pending, err := pendingAmong(tx, callSubject, ids)
	for _, c := range drafts {
		if !pending[c.ID] {
			items = append(items, todo.Item{
				Kind: "subsidy_call.submit", Title: "提交补助征集草稿", Detail: c.Title, SubjectKind: callSubject, SubjectID: c.ID, Number: c.Number,
				Link: CallLink(c.ID), Since: c.CreatedAt,
			})
		}
	}
	return items, err
}

func idsOf(rows []listed) []uuid.UUID {
	ids := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids
}

func (r listed) item(kind, title string) todo.Item {
	detail := r.OrgName + " " + r.Kind.Text()
	if r.Proposed != nil {
		detail += " " + r.Proposed.Text()
	}
	return todo.Item{
		Kind: kind, Title: title, Detail: detail, SubjectKind: subject, SubjectID: r.ID, Number: r.Number, Link: Link(r.ID), Since: r.CreatedAt,
	}
}
