package ledger

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
)

// bankFileMax is the largest statement file.
const bankFileMax = 8 << 20

func (s *Service) routesReconcile(api *httpapi.API) {
	read, reconcile := httpapi.Needs(authz.LedgerRead), httpapi.Needs(authz.LedgerReconcile)
	httpapi.Register(api, read, op("get-reconciliation", http.MethodGet, "/ledger/books/{id}/reconciliation", "对账：未达账项在前"), s.apiReconciliation)
	httpapi.Register(api, read, op("export-reconciliation", http.MethodGet, "/ledger/books/{id}/reconciliation.xlsx", "导出余额调节表"), s.apiReconciliationFile)
	httpapi.Register(api, read, op("list-bank-statements", http.MethodGet, "/ledger/books/{id}/bank-statements", "已导入的银行对账单"), s.apiStatements)
	imported := created(op("import-bank-statement", http.MethodPost, "/ledger/books/{id}/bank-statements", "导入银行对账单（Excel、CSV、camt.053）"))
	imported.MaxBodyBytes = bankFileMax + 1<<20
	httpapi.Register(api, reconcile, imported, s.apiImport)
	httpapi.Register(api, read, op("get-bank-columns", http.MethodGet, "/ledger/books/{id}/bank-columns", "对账单列对应"), s.apiColumns)
	httpapi.Register(api, reconcile, op("keep-bank-columns", http.MethodPut, "/ledger/books/{id}/bank-columns", "保存对账单列对应"), s.apiKeepColumns)
	httpapi.Register(api, reconcile, op("match-automatically", http.MethodPost, "/ledger/books/{id}/matches/automatic", "自动勾对"), s.apiAutoMatch)
	httpapi.Register(api, reconcile, created(op("propose-match", http.MethodPost, "/ledger/books/{id}/matches", "提交人工勾对")), s.apiMatch)
	httpapi.Register(api, reconcile, created(op("propose-explanation", http.MethodPost, "/ledger/books/{id}/explanations", "提交未达账项说明")), s.apiExplain)
}

// InCustody names a custody account of a book. Embedded inputs are exported: huma reads no others.
type InCustody struct {
	httpapi.ByID
	Custody string `query:"custody" doc:"托管账户简称，默认 main"`
}

func (in InCustody) custody() string {
	if in.Custody == "" {
		return "main"
	}
	return in.Custody
}

type reconciliationInput struct {
	InCustody
	Through calendar.Date `query:"through" doc:"截止日，默认今天"`
}

func (s *Service) reconciliation(ctx context.Context, in *reconciliationInput, more func(tx postgres.Tx) error) (r Reconciliation, err error) {
	if in.Through.IsZero() {
		in.Through = calendar.DateOf(s.db.Now())
	}
	err = s.inBook(ctx, in.ID, func(tx postgres.Tx, _ Book) error {
		if err := checkCustody(tx, in.ID.UUID, in.custody()); err != nil {
			return err
		}
		if r, err = ReconciliationAt(tx, in.ID.UUID, in.custody(), in.Through); err != nil {
			return err
		}
		return more(tx)
	})
	return r, err
}

func (s *Service) apiReconciliation(ctx context.Context, in *reconciliationInput) (*httpapi.Body[Reconciliation], error) {
	r, err := s.reconciliation(ctx, in, func(postgres.Tx) error { return nil })
	return httpapi.Of(r), err
}

func (s *Service) apiReconciliationFile(ctx context.Context, in *reconciliationInput) (*httpapi.File, error) {
	var matched []MatchedRow
	r, err := s.reconciliation(ctx, in, func(tx postgres.Tx) (err error) {
		matched, err = matchedRows(tx, in.ID.UUID, in.custody(), in.Through, page.ExportMax)
		return err
	})
	if err != nil {
		return nil, err
	}
	type row struct {
		part, reference, narrative, how, reason, people string
		on                                              calendar.Date
		amount                                          any
	}
	rows := []row{{part: "账面余额", on: r.Through, amount: r.Ledger}}
	if r.Bank != nil {
		rows = append(rows, row{part: "银行对账单余额", on: *r.BankOn, amount: *r.Bank})
	}
	for _, l := range r.Lines {
		rows = append(rows, row{part: "银行已记、账面未记", on: l.BookedOn, amount: l.Amount, reference: l.Reference, narrative: l.Narrative, reason: l.Explained})
	}
	for _, m := range r.Moves {
		rows = append(rows, row{part: "账面已记、银行未记", on: m.EffectiveOn, amount: m.Amount, reference: m.Reference, narrative: m.Narrative, reason: m.Explained})
	}
	for _, m := range matched {
		rows = append(rows, row{part: "已勾对", on: m.BookedOn, amount: m.Amount, reference: m.Reference, narrative: fmt.Sprintf("%s（第 %d 号分录）", m.Narrative, m.Seq), how: howText[m.How], reason: m.Reason, people: m.MakerName + " " + m.CheckerName})
	}
	return download("余额调节表", []spreadsheet.Column[row]{
		{Title: "部分", Value: func(r row) any { return r.part }}, {Title: "日期", Value: func(r row) any { return r.on }},
		{Title: "金额", Value: func(r row) any { return r.amount }}, {Title: "编号", Value: func(r row) any { return r.reference }},
		{Title: "摘要", Value: func(r row) any { return r.narrative }}, {Title: "勾对方式", Value: func(r row) any { return r.how }},
		{Title: "理由或说明", Value: func(r row) any { return r.reason }}, {Title: "经办复核", Value: func(r row) any { return r.people }},
	}, rows)
}

var howText = map[string]string{"automatic": "自动", "manual": "人工"}

type statementList struct {
	Items []BankStatement `json:"items" nullable:"false"`
}

type statementsInput struct {
	httpapi.ByID
	Custody string `query:"custody" doc:"托管账户简称；空为全部"`
}

func (s *Service) apiStatements(ctx context.Context, in *statementsInput) (*httpapi.Body[statementList], error) {
	var out statementList
	err := s.inBook(ctx, in.ID, func(tx postgres.Tx, _ Book) (err error) {
		out.Items, err = statementsOf(tx, in.ID.UUID, in.Custody)
		return err
	})
	return httpapi.Of(out), err
}

type importInput struct {
	InCustody
	DryRun  bool `query:"dry_run" doc:"只预览，不保存"`
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" required:"false" doc:"对账单文件，不超过 8 MB"`
	}]
}

func (s *Service) apiImport(ctx context.Context, in *importInput) (*httpapi.Body[Imported], error) {
	file := in.RawBody.Data().File
	if !file.IsSet {
		return nil, fault.InField("file", "file_required", "请选择要导入的对账单文件")
	}
	if file.Size > bankFileMax {
		return nil, fault.New(fault.TooLarge, "file_too_large", "对账单文件不能超过 8 MB")
	}
	content, err := io.ReadAll(io.LimitReader(file, bankFileMax+1))
	if err != nil {
		return nil, err
	}
	out, err := s.ImportStatement(ctx, authz.From(ctx), in.ID.UUID, in.custody(), file.Filename, content, in.DryRun)
	return httpapi.Of(out), err
}

func (s *Service) apiColumns(ctx context.Context, in *InCustody) (*httpapi.Body[Columns], error) {
	c, err := s.ColumnsFor(ctx, in.ID.UUID, in.custody())
	return httpapi.Of(c), err
}

type keepColumnsInput struct {
	InCustody
	Body Columns
}

func (s *Service) apiKeepColumns(ctx context.Context, in *keepColumnsInput) (*httpapi.Body[Columns], error) {
	err := s.KeepColumns(ctx, authz.From(ctx), in.ID.UUID, in.custody(), in.Body)
	return httpapi.Of(in.Body), err
}

type autoMatched struct {
	Matched int `json:"matched" doc:"本次勾对的流水数"`
}

func (s *Service) apiAutoMatch(ctx context.Context, in *InCustody) (*httpapi.Body[autoMatched], error) {
	n, err := s.MatchAutomatically(ctx, authz.From(ctx), in.ID.UUID, in.custody())
	return httpapi.Of(autoMatched{n}), err
}

type sidesInput struct {
	InCustody
	Body struct {
		Lines    []httpapi.UUID `json:"lines" nullable:"false" doc:"银行流水"`
		Postings []PostingKey   `json:"postings" nullable:"false" doc:"账面变动"`
		Reason   string         `json:"reason" maxLength:"300"`
	}
}

func (in *sidesInput) sides() Sides {
	s := Sides{BookID: in.ID.UUID, Custody: in.custody(), Postings: in.Body.Postings, Reason: in.Body.Reason}
	for _, id := range in.Body.Lines {
		s.Lines = append(s.Lines, id.UUID)
	}
	return s
}

func (s *Service) apiMatch(ctx context.Context, in *sidesInput) (*httpapi.Body[proposed], error) {
	id, pending, err := s.ProposeMatch(ctx, authz.From(ctx), in.sides())
	return answerProposed(id, pending, err)
}

func (s *Service) apiExplain(ctx context.Context, in *sidesInput) (*httpapi.Body[proposed], error) {
	id, pending, err := s.ProposeExplanation(ctx, authz.From(ctx), in.sides())
	return answerProposed(id, pending, err)
}

func answerProposed(id [16]byte, pending *approval.PendingView, err error) (*httpapi.Body[proposed], error) {
	return httpapi.Of(proposed{httpapi.UUID{UUID: id}, pending}), err
}
