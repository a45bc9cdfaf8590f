package calculator

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/identifier"
	"ippledge/internal/money"
)

type scheduleInput struct{ Body ScheduleInput }

type splitInput struct {
	Body struct {
		Amount  money.Amount `json:"amount" doc:"要分配的金额"`
		Weights []Weight     `json:"weights" nullable:"false" doc:"各方权重"`
	}
}

// SplitView is a split, in the order of the weights.
type SplitView struct {
	Parts []money.Amount `json:"parts" nullable:"false"`
}

type identifierInput struct {
	Kind  string `query:"kind" required:"true" doc:"号码种类：uscc、patent、trademark、cnaps、resident_id、gi"`
	Value string `query:"value" doc:"要检查的号码"`
}

type deadlineInput struct {
	From calendar.Date `query:"from" required:"true" doc:"起算日，当日不计入"`
	Days int           `query:"days" required:"true" doc:"工作日数，负数为往前"`
}

func operation(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"calculators"}}
}

// Routes registers the operations of this package; all are public.
func (s *Service) Routes(api *httpapi.API) {
	httpapi.Register(api, httpapi.Public(), operation("calculate-repayment-schedule", http.MethodPost, "/calculators/repayment-schedule", "还款计划测算"), apiSchedule)
	httpapi.Register(api, httpapi.Public(), operation("calculate-split", http.MethodPost, "/calculators/split", "按比例分配金额（精确到分）"), apiSplit)
	httpapi.Register(api, httpapi.Public(), operation("check-identifier", http.MethodGet, "/identifiers/check", "号码校验"),
		func(_ context.Context, in *identifierInput) (*httpapi.Body[identifier.Result], error) {
			return answer(CheckIdentifier(in.Kind, in.Value))
		})
	httpapi.Register(api, httpapi.Public(), operation("add-working-days", http.MethodGet, "/calendar/add-working-days", "工作日推算"),
		func(_ context.Context, in *deadlineInput) (*httpapi.Body[Deadline], error) {
			return answer(AddWorkingDays(in.From, in.Days))
		})
}

func apiSchedule(_ context.Context, in *scheduleInput) (*httpapi.Body[ScheduleView], error) {
	return answer(Schedule(in.Body))
}

func apiSplit(_ context.Context, in *splitInput) (*httpapi.Body[SplitView], error) {
	parts, err := Split(in.Body.Amount, in.Body.Weights)
	return answer(SplitView{parts}, err)
}

func answer[T any](view T, err error) (*httpapi.Body[T], error) {
	if err != nil {
		return nil, err
	}
	return httpapi.Of(view), nil
}
