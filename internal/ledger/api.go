package ledger

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

func op(id, method, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: method, Path: path, Summary: summary, Tags: []string{"ledger"}}
}

// Routes registers the operations of this package.
func (s *Service) Routes(api *httpapi.API) {
	read := httpapi.Needs(authz.LedgerRead)
	httpapi.Register(api, read, op("list-books", http.MethodGet, "/ledger/books", "账簿"), s.apiBooks)
	httpapi.Register(api, read, op("get-book", http.MethodGet, "/ledger/books/{id}", "账簿详情"), s.apiBook)
	httpapi.Register(api, read, op("list-accounts", http.MethodGet, "/ledger/books/{id}/accounts", "科目"), s.apiAccounts)
	httpapi.Register(api, httpapi.Needs(authz.LedgerAdjust), created(op("open-account", http.MethodPost, "/ledger/books/{id}/accounts", "开立科目")), s.apiOpenAccount)
	httpapi.Register(api, read, op("list-entries", http.MethodGet, "/ledger/books/{id}/entries", "分录"), s.apiEntries)
	httpapi.Register(api, read, op("get-entry", http.MethodGet, "/ledger/entries/{id}", "分录详情"), s.apiEntry)
	httpapi.Register(api, httpapi.Needs(authz.LedgerAdjust), op("reverse-entry", http.MethodPost, "/ledger/entries/{id}/reverse", "提交冲正"), s.apiReverse)
	httpapi.Register(api, httpapi.Needs(authz.LedgerAdjust), created(op("propose-adjustment", http.MethodPost, "/ledger/books/{id}/adjustments", "提交手工调整")), s.apiAdjust)
	httpapi.Register(api, httpapi.Needs(authz.LedgerAdjust), op("close-period", http.MethodPost, "/ledger/books/{id}/periods", "提交月度结账"), s.apiClosePeriod)
	httpapi.Register(api, httpapi.Needs(authz.LedgerAdjust), op("close-year", http.MethodPost, "/ledger/books/{id}/year-closings", "提交年终结转"), s.apiCloseYear)
	s.routesReports(api)
	s.routesProof(api)
	s.routesDirect(api)
	s.routesReconcile(api)
}

// inBook reads within one book; an unknown book is not an empty one.
func (s *Service) inBook(ctx context.Context, id httpapi.UUID, work func(tx postgres.Tx, b Book) error) error {
	return s.db.Read(ctx, func(tx postgres.Tx) error {
		b, err := BookByID(tx, id.UUID)
		if err != nil {
			return err
		}
		return work(tx, b)
	})
}

func created(o huma.Operation) huma.Operation { o.DefaultStatus = http.StatusCreated; return o }

type books struct {
	Items []BookView `json:"items" nullable:"false"`
}

func (s *Service) apiBooks(ctx context.Context, _ *struct{}) (*httpapi.Body[books], error) {
	out := books{Items: []BookView{}}
	err := s.db.Read(ctx, func(tx postgres.Tx) error {
		all, err := allBooks(tx)
		for _, b := range all {
			v, err := bookView(tx, b)
			if err != nil {
				return err
			}
			out.Items = append(out.Items, v)
		}
		return err
	})
	return httpapi.Of(out), err
}

func (s *Service) apiBook(ctx context.Context, in *httpapi.ByID) (*httpapi.Body[BookDetail], error) {
	var d BookDetail
	err := s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		d, err = s.bookDetail(tx, authz.From(ctx), in.ID.UUID)
		return err
	})
	return httpapi.Of(d), err
}

type accountsInput struct {
	httpapi.ByID
	page.Query
	Class string `query:"class" doc:"科目大类，如 cash"`
}

func (s *Service) apiAccounts(ctx context.Context, in *accountsInput) (*httpapi.Body[page.List[AccountRow]], error) {
	r, err := in.Parse(accountSorts, "path")
	if err != nil {
		return nil, err
	}
	var list page.List[AccountRow]
	err = s.inBook(ctx, in.ID, func(tx postgres.Tx, _ Book) error {
		found, err := listAccounts(tx, in.ID.UUID, in.Class, r)
		list = page.ListOf(found, func(a AccountRow) AccountRow { return a })
		return err
	})
	return httpapi.Of(list), err
}

type openAccountInput struct {
	httpapi.ByID
	Body struct {
		Path string `json:"path" doc:"科目，大类在前、户主在后，如 memo:pledge:pab"`
		Name string `json:"name" doc:"科目名称"`
	}
}

func (s *Service) apiOpenAccount(ctx context.Context, in *openAccountInput) (*httpapi.Body[BookDetail], error) {
	if err := s.OpenAccount(ctx, authz.From(ctx), in.ID.UUID, in.Body.Path, in.Body.Name); err != nil {
		return nil, err
	}
	return s.apiBook(ctx, &in.ByID)
}

type entriesInput struct {
	httpapi.ByID
	page.Query
	Kind      string        `query:"kind"`
	Account   string        `query:"account" doc:"只列变动该科目的分录"`
	Reference string        `query:"reference" doc:"业务编号"`
	From      calendar.Date `query:"from"`
	To        calendar.Date `query:"to"`
}

func (in *entriesInput) filter() EntryFilter {
	return EntryFilter{BookID: in.ID.UUID, Kind: in.Kind, Account: in.Account, Reference: in.Reference, From: in.From, To: in.To}
}

func (s *Service) apiEntries(ctx context.Context, in *entriesInput) (*httpapi.Body[page.List[EntryView]], error) {
	r, err := in.Parse(entrySorts, "-seq")
	if err != nil {
		return nil, err
	}
	var list page.List[EntryView]
	err = s.inBook(ctx, in.ID, func(tx postgres.Tx, _ Book) error {
		found, err := listEntries(tx, in.filter(), r)
		list = page.ListOf(found, entryView)
		return err
	})
	return httpapi.Of(list), err
}

func (s *Service) apiEntry(ctx context.Context, in *httpapi.ByID) (*httpapi.Versioned[EntryDetail], error) {
	var d EntryDetail
	err := s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		d, err = s.entryDetail(tx, authz.From(ctx), in.ID.UUID)
		return err
	})
	return httpapi.Row(1, d), err // an entry never changes
}

type reverseInput struct {
	httpapi.ByID
	Body struct {
		Reason string `json:"reason" maxLength:"300" doc:"冲正理由"`
	}
}

func (s *Service) apiReverse(ctx context.Context, in *reverseInput) (*httpapi.Versioned[EntryDetail], error) {
	if _, err := s.ProposeReversal(ctx, authz.From(ctx), in.ID.UUID, in.Body.Reason); err != nil {
		return nil, err
	}
	return s.apiEntry(ctx, &in.ByID)
}

type adjustInput struct {
	httpapi.ByID
	Body struct {
		Reference   string        `json:"reference" doc:"依据文号或业务编号"`
		EffectiveOn calendar.Date `json:"effective_on"`
		Narrative   string        `json:"narrative" doc:"调整原因和依据"`
		Postings    []Posting     `json:"postings" nullable:"false" minItems:"1" maxItems:"100"`
	}
}

type proposed struct {
	ID      httpapi.UUID          `json:"id"`
	Pending *approval.PendingView `json:"pending_approval,omitempty"`
}

func (s *Service) apiAdjust(ctx context.Context, in *adjustInput) (*httpapi.Body[proposed], error) {
	id, pending, err := s.ProposeAdjustment(ctx, authz.From(ctx), Adjustment{
		BookID: in.ID.UUID, Reference: in.Body.Reference, EffectiveOn: in.Body.EffectiveOn, Narrative: in.Body.Narrative, Postings: in.Body.Postings,
	})
	return httpapi.Of(proposed{httpapi.UUID{UUID: id}, pending}), err
}

type closePeriodInput struct {
	httpapi.ByID
	Body month
}

func (s *Service) apiClosePeriod(ctx context.Context, in *closePeriodInput) (*httpapi.Body[BookDetail], error) {
	if _, err := s.ProposeClose(ctx, authz.From(ctx), in.ID.UUID, in.Body.Month); err != nil {
		return nil, err
	}
	return s.apiBook(ctx, &in.ByID)
}

type closeYearInput struct {
	httpapi.ByID
	Body year
}

func (s *Service) apiCloseYear(ctx context.Context, in *closeYearInput) (*httpapi.Body[BookDetail], error) {
	if _, err := s.ProposeCloseYear(ctx, authz.From(ctx), in.ID.UUID, in.Body.Year); err != nil {
		return nil, err
	}
	return s.apiBook(ctx, &in.ByID)
}
