package fund

import (
	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/todo"
)

// remindAfterWD is how long past its deadline an unfiled loan still stands in the list:
// long enough to ask the bureau, then the bank has chosen not to file.
const remindAfterWD = 10

// Todo is what waits for the actor: loans to file, drafts, late requests, suspensions
// that the other bureau has agreed to lift.
func (s *Service) Todo(tx postgres.Tx, actor authz.Actor) (items []todo.Item, err error) {
	for _, part := range []func(postgres.Tx, authz.Actor) ([]todo.Item, error){s.todoFile, s.todoDrafts, s.todoLate, s.todoRefile, s.todoResume} {
		more, err := part(tx, actor)
		if err != nil {
			return nil, err
		}
		items = append(items, more...)
	}
	return items, nil
}

func (s *Service) todoFile(tx postgres.Tx, actor authz.Actor) (items []todo.Item, err error) {
	if !actor.Can(authz.EnrolmentFile) {
		return nil, nil
	}
	today := calendar.DateOf(tx.Now())
	v, err := policy.InForce(tx, today)
	if fault.Has(err, "policy_missing") {
		return nil, nil // no policy, no deadline
	}
	if err != nil {
		return nil, err
	}
	since, _ := calendar.AddWorkingDays(today, -v.Parameters.FilingDeadlineWD-remindAfterWD)
	loans, err := unfiled(tx, actor.OrgID, since)
	for _, l := range loans {
		due, _ := calendar.AddWorkingDays(l.DisbursedOn, v.Parameters.FilingDeadlineWD)
		item := todo.Item{
			Kind: "enrolment.file", Title: "放款后备案入库", Detail: l.BorrowerName + " " + l.Outstanding.Text(), SubjectKind: "loan",
			SubjectID: l.ID, Number: l.Number, Link: "/console/enrolments/new?loan=" + l.ID.String(), Since: l.DisbursedOn.StartOfDay(),
		}
		items = append(items, item.Due(due, tx.Now()))
	}
	return items, err
}

func (s *Service) todoDrafts(tx postgres.Tx, actor authz.Actor) (items []todo.Item, err error) {
	if !actor.Can(authz.EnrolmentFile) {
		return nil, nil
	}
	drafts, err := openEnrolments(tx, "e.bank_id = ? and e.status = ? and e.late_permit <> ?", actor.OrgID, Draft, LateRequested)
	for _, r := range drafts {
		title := "提交备案"
		if r.StatusReason != "" {
			title = "修改被退回的备案"
		}
		items = append(items, r.item("enrolment.submit", title).Due(r.DueOn, tx.Now()))
	}
	return items, err
}

func (s *Service) todoLate(tx postgres.Tx, actor authz.Actor) (items []todo.Item, err error) {
	if !actor.Can(authz.EnrolmentLate) {
		return nil, nil
	}
	asked, err := openEnrolments(tx, "e.status = ? and e.late_permit = ?", Draft, LateRequested)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(asked))
	for i, r := range asked {
		ids[i] = r.ID
	}
	pending, err := pendingAmong(tx, enrolmentSubject, ids)
	for _, r := range asked {
		if !pending[r.ID] {
			items = append(items, r.item("enrolment.allow_late", "处理逾期备案许可申请"))
		}
	}
	return items, err
}

func (s *Service) todoResume(tx postgres.Tx, actor authz.Actor) (items []todo.Item, err error) {
	if !actor.Can(authz.FundResume) {
		return nil, nil
	}
	waiting, err := openResumptions(tx)
	for _, r := range waiting {
		if !r.signedBy(actor.OrgKind) {
			items = append(items, todo.Item{
				Kind: "fund.resume", Title: "共同决定解除熔断", Detail: r.Reason, SubjectKind: fundSubject, SubjectID: r.FundID,
				Link: FundLink(r.FundID) + "?tab=breakers", Since: r.CreatedAt,
			})
		}
	}
	return items, err
}

func (r listed) item(kind, title string) todo.Item {
	return todo.Item{
		Kind: kind, Title: title, Detail: r.BorrowerName + " " + r.Outstanding.Text(), SubjectKind: enrolmentSubject,
		SubjectID: r.ID, Number: r.Number, Link: EnrolmentLink(r.ID), Since: r.CreatedAt,
	}
}
