package fund

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/todo"
)

// RefilingView is one extension of the loan and how it stands with the fund.
type RefilingView struct {
	CoveredUntil calendar.Date  `json:"covered_until" doc:"展期前的到期日；展期确认前基金只承保到此日"`
	MaturesOn    calendar.Date  `json:"matures_on" doc:"展期后的到期日"`
	ExtendedOn   calendar.Date  `json:"extended_on" doc:"展期批准日"`
	DueOn        calendar.Date  `json:"due_on" doc:"重新备案期限"`
	DaysLeft     *int           `json:"days_left,omitempty" doc:"距期限的工作日数，负数为逾期；未提交时给出"`
	Status       RefilingStatus `json:"status" enum:"awaiting,filed,confirmed"`
	FiledOn      *calendar.Date `json:"filed_on,omitempty"`
	FiledBy      string         `json:"filed_by"`
	Late         bool           `json:"late" doc:"逾期办理"`
	Note         string         `json:"note"`
	LateReason   string         `json:"late_reason"`
	Opinion      string         `json:"opinion" doc:"知识产权局的意见"`
	ConfirmedOn  *calendar.Date `json:"confirmed_on,omitempty"`
	ConfirmedBy  string         `json:"confirmed_by" doc:"经办、复核"`
}

func (r Refiling) view(today calendar.Date) RefilingView {
	v := RefilingView{
		CoveredUntil: r.CoveredUntil, MaturesOn: r.MaturesOn, ExtendedOn: r.ExtendedOn, DueOn: r.DueOn, Status: r.Status, FiledOn: r.FiledOn,
		FiledBy: r.FiledName, Late: r.late(), Note: r.Note, LateReason: r.LateReason, Opinion: r.Opinion, ConfirmedOn: r.ConfirmedOn,
	}
	if r.Status == RefilingConfirmed {
		v.ConfirmedBy = r.MakerName + "、" + r.CheckerName
	}
	if r.Status == RefilingAwaiting {
		left := calendar.WorkingDaysBetween(today, r.DueOn)
		v.DaysLeft, v.Late = &left, today.After(r.DueOn)
	}
	return v
}

// extensionsOf are the extensions of an enrolment, and the first that isn't confirmed.
func extensionsOf(tx postgres.Tx, id uuid.UUID) (out []RefilingView, open *Refiling, err error) {
	rows, err := refilingsOf(tx, id)
	out = make([]RefilingView, len(rows))
	for i, r := range rows {
		out[i] = r.view(calendar.DateOf(tx.Now()))
		if open == nil && r.Status != RefilingConfirmed {
			open = &rows[i]
		}
	}
	return out, open, err
}

type refileInput struct {
	httpapi.ByID
	Body NewRefiling
}

func (s *Service) routesRefiling(api *httpapi.API) {
	const tag = "enrolments"
	bureau := httpapi.Needs(authz.EnrolmentLate)
	httpapi.Register(api, httpapi.Needs(authz.EnrolmentFile), op(tag, "refile-enrolment", http.MethodPost, "/enrolments/{id}/refile", "展期重新备案"),
		func(ctx context.Context, in *refileInput) (*httpapi.Versioned[Detail], error) {
			e, err := s.Refile(ctx, authz.From(ctx), in.ID.UUID, in.Body)
			return s.answer(ctx, e.ID, err)
		})
	httpapi.Register(api, bureau, op(tag, "confirm-refiling", http.MethodPost, "/enrolments/{id}/confirm-refiling", "确认展期重新备案（须复核）"),
		func(ctx context.Context, in *reasonInput) (*httpapi.Versioned[Detail], error) {
			e, err := s.ProposeRefiling(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return s.answer(ctx, e.ID, err)
		})
	httpapi.Register(api, bureau, op(tag, "return-refiling", http.MethodPost, "/enrolments/{id}/return-refiling", "退回展期重新备案"),
		func(ctx context.Context, in *reasonInput) (*httpapi.Versioned[Detail], error) {
			e, err := s.ReturnRefiling(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason)
			return s.answer(ctx, e.ID, err)
		})
}

// todoRefile is the bank's task to file an extension, and the bureau's to confirm it.
func (s *Service) todoRefile(tx postgres.Tx, actor authz.Actor) (items []todo.Item, err error) {
	var rows []listed
	bank := actor.Can(authz.EnrolmentFile)
	switch {
	case bank:
		rows, err = refilings(tx, RefilingAwaiting, "e.bank_id = ?", actor.OrgID)
	case actor.Can(authz.EnrolmentLate):
		rows, err = refilings(tx, RefilingFiled, "")
	}
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	ids := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	open, err := openRefilings(tx, ids)
	if err != nil {
		return nil, err
	}
	pending, err := pendingAmong(tx, enrolmentSubject, ids)
	for _, r := range rows {
		at := open[r.ID]
		switch {
		case at == nil || pending[r.ID]:
		case bank && at.Status == RefilingAwaiting:
			items = append(items, r.item("enrolment.refile", "贷款已展期，重新备案").Due(at.DueOn, tx.Now()))
		case !bank && at.Status == RefilingFiled:
			items = append(items, r.item("enrolment.confirm_refiling", "确认展期重新备案"))
		}
	}
	return items, err
}
