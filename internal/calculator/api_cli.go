package calculator

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/httpapi"
	"ippledge/internal/identifier"
)

// The two questions that the web asks in the address come as JSON on the command line.

type identifierBody struct {
	Body struct {
		Kind  string `json:"kind"`
		Value string `json:"value"`
	}
}

type deadlineBody struct {
	Body struct {
		From calendar.Date `json:"from"`
		Days int           `json:"days"`
	}
}

// kinds of calculation on the command line and the private path each is served under.
var kinds = map[string]string{
	"schedule": "/schedule", "split": "/split", "identifier": "/identifier", "working-days": "/working-days",
}

// unknownKind is the path of the answer to a kind of calculation that doesn't exist.
const unknownKind = "/unknown"

// commands registers the calculations as the command line calls them, on an API of its own.
// A kind it doesn't know gets the problem that says so.
func commands(api *httpapi.API, kind string) {
	httpapi.Register(api, httpapi.Public(), operation("unknown", http.MethodPost, unknownKind, ""),
		func(context.Context, *struct{}) (*struct{}, error) {
			names := slices.Sorted(maps.Keys(kinds))
			return nil, fault.InField("kind", "calculation_unknown", "没有“%.40s”这种计算，可选：%s", kind, strings.Join(names, "、"))
		})
	httpapi.Register(api, httpapi.Public(), operation("schedule", http.MethodPost, kinds["schedule"], ""), apiSchedule)
	httpapi.Register(api, httpapi.Public(), operation("split", http.MethodPost, kinds["split"], ""), apiSplit)
	httpapi.Register(api, httpapi.Public(), operation("identifier", http.MethodPost, kinds["identifier"], ""),
		func(_ context.Context, in *identifierBody) (*httpapi.Body[identifier.Result], error) {
			return answer(CheckIdentifier(in.Body.Kind, in.Body.Value))
		})
	httpapi.Register(api, httpapi.Public(), operation("working-days", http.MethodPost, kinds["working-days"], ""),
		func(_ context.Context, in *deadlineBody) (*httpapi.Body[Deadline], error) {
			return answer(AddWorkingDays(in.Body.From, in.Body.Days))
		})
}
