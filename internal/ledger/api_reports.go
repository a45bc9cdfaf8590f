package ledger

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
)

// routesReports registers statements, trial balances and their spreadsheets.
func (s *Service) routesReports(api *httpapi.API) {
	read := httpapi.Needs(authz.LedgerRead)
	httpapi.Register(api, read, op("get-statement", http.MethodGet, "/ledger/books/{id}/statement", "科目对账单"), s.apiStatement)
	httpapi.Register(api, read, op("export-statement", http.MethodGet, "/ledger/books/{id}/statement.xlsx", "导出科目对账单"), s.apiStatementFile)
	httpapi.Register(api, read, op("get-trial-balance", http.MethodGet, "/ledger/books/{id}/trial-balance", "试算平衡表"), s.apiTrial)
	httpapi.Register(api, read, op("export-trial-balance", http.MethodGet, "/ledger/books/{id}/trial-balance.xlsx", "导出试算平衡表"), s.apiTrialFile)
	httpapi.Register(api, read, op("export-entries", http.MethodGet, "/ledger/books/{id}/entries.xlsx", "导出分录"), s.apiEntriesFile)
	httpapi.Register(api, read, op("export-accounts", http.MethodGet, "/ledger/books/{id}/accounts.xlsx", "导出科目"), s.apiAccountsFile)
	httpapi.Register(api, read, op("export-books", http.MethodGet, "/ledger/books.xlsx", "导出账簿"), s.apiBooksFile)
}

// download is a spreadsheet as a file with a Chinese name.
func download[T any](name string, columns []spreadsheet.Column[T], rows []T) (*httpapi.File, error) {
	content, err := spreadsheet.Write(name, columns, rows)
	return &httpapi.File{ContentType: spreadsheet.MediaType, ContentDisposition: "attachment; filename*=UTF-8''" + url.PathEscape(name+".xlsx"), Body: content}, err
}

// InPeriod is a book over a period.
type InPeriod struct {
	httpapi.ByID
	From calendar.Date `query:"from" doc:"起日，默认本年首日"`
	To   calendar.Date `query:"to" doc:"止日，默认今天"`
}

func (s *Service) fill(in *InPeriod) {
	if in.To.IsZero() {
		in.To = calendar.DateOf(s.db.Now())
	}
	if in.From.IsZero() {
		in.From = calendar.NewDate(in.To.Year(), 1, 1)
	}
}

type statementInput struct {
	InPeriod
	Path string `query:"path" required:"true" doc:"科目"`
}

func (s *Service) statement(ctx context.Context, in *statementInput, most int) (st Statement, err error) {
	s.fill(&in.InPeriod)
	err = s.inBook(ctx, in.ID, func(tx postgres.Tx, _ Book) error {
		st, err = StatementOf(tx, in.ID.UUID, in.Path, in.From, in.To, most)
		return err
	})
	return st, err
}

func (s *Service) apiStatement(ctx context.Context, in *statementInput) (*httpapi.Body[Statement], error) {
	st, err := s.statement(ctx, in, statementMax)
	return httpapi.Of(st), err
}

func (s *Service) apiStatementFile(ctx context.Context, in *statementInput) (*httpapi.File, error) {
	st, err := s.statement(ctx, in, page.ExportMax)
	if err != nil {
		return nil, err
	}
	lines := append([]Line{{EffectiveOn: st.From, Narrative: "期初余额", Balance: st.Opening}}, st.Lines...)
	lines = append(lines, Line{EffectiveOn: st.To, Narrative: "本期合计与期末余额", In: &st.In, Out: &st.Out, Balance: st.Closing})
	return download("科目对账单", []spreadsheet.Column[Line]{
		{Title: "记账日期", Value: func(l Line) any { return l.EffectiveOn }}, {Title: "序号", Value: func(l Line) any { return number(l.Seq) }},
		{Title: "种类", Value: func(l Line) any { return l.KindText }}, {Title: "业务编号", Value: func(l Line) any { return l.Reference }},
		{Title: "摘要", Value: func(l Line) any { return l.Narrative }}, {Title: "对方科目", Value: func(l Line) any { return l.Opposite }}, {Title: "对方科目名称", Value: func(l Line) any { return l.OppositeName }},
		{Title: "转入", Value: func(l Line) any { return l.In }}, {Title: "转出", Value: func(l Line) any { return l.Out }},
		{Title: "余额", Value: func(l Line) any { return l.Balance }},
	}, lines)
}

// number leaves a cell empty where there is no number.
func number(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

type trialInput struct {
	InPeriod
	At time.Time `query:"at" doc:"只计到此刻已入账的分录；空为全部"`
}

func (s *Service) trial(ctx context.Context, in *trialInput, most int) (t Trial, err error) {
	s.fill(&in.InPeriod)
	var at *time.Time
	if !in.At.IsZero() {
		at = &in.At
	}
	err = s.inBook(ctx, in.ID, func(tx postgres.Tx, _ Book) error {
		t, err = TrialBalance(tx, in.ID.UUID, in.From, in.To, at, most)
		return err
	})
	return t, err
}

func (s *Service) apiTrial(ctx context.Context, in *trialInput) (*httpapi.Body[Trial], error) {
	t, err := s.trial(ctx, in, groupMax)
	return httpapi.Of(t), err
}

func (s *Service) apiTrialFile(ctx context.Context, in *trialInput) (*httpapi.File, error) {
	t, err := s.trial(ctx, in, page.ExportMax)
	if err != nil {
		return nil, err
	}
	var lines []TrialLine
	for _, g := range t.Groups {
		lines = append(lines, g.Accounts...)
		g.Total.Name = "小计：" + g.Text
		lines = append(lines, g.Total)
	}
	lines = append(lines, t.Money, t.Memo)
	return download("试算平衡表", []spreadsheet.Column[TrialLine]{
		{Title: "科目", Value: func(l TrialLine) any { return l.Path }}, {Title: "名称", Value: func(l TrialLine) any { return l.Name }},
		{Title: "期初", Value: func(l TrialLine) any { return l.Opening }}, {Title: "转入", Value: func(l TrialLine) any { return l.In }},
		{Title: "转出", Value: func(l TrialLine) any { return l.Out }}, {Title: "期末", Value: func(l TrialLine) any { return l.Closing }},
	}, lines)
}

func (s *Service) apiEntriesFile(ctx context.Context, in *entriesInput) (*httpapi.File, error) {
	r, err := in.Parse(entrySorts, "-seq")
	if err != nil {
		return nil, err
	}
	var views []EntryView
	err = s.inBook(ctx, in.ID, func(tx postgres.Tx, _ Book) error {
		found, err := listEntries(tx, in.filter(), r.ForExport())
		views = page.ListOf(found, entryView).Items
		return err
	})
	if err != nil {
		return nil, err
	}
	return download("分录", []spreadsheet.Column[EntryView]{
		{Title: "序号", Value: func(v EntryView) any { return v.Seq }}, {Title: "记账日期", Value: func(v EntryView) any { return v.EffectiveOn }},
		{Title: "种类", Value: func(v EntryView) any { return v.KindText }}, {Title: "业务编号", Value: func(v EntryView) any { return v.Reference }},
		{Title: "金额", Value: func(v EntryView) any { return v.Amount }}, {Title: "摘要", Value: func(v EntryView) any { return v.Narrative }},
		{Title: "经办", Value: func(v EntryView) any { return v.MakerName }}, {Title: "复核", Value: func(v EntryView) any { return v.CheckerName }},
		{Title: "入账时间", Value: func(v EntryView) any { return v.PostedAt }}, {Title: "冲正", Value: func(v EntryView) any { return reversalText(v) }},
	}, views)
}

func reversalText(v EntryView) string {
	switch {
	case v.Reversal:
		return "冲正分录"
	case v.ReversedBy != nil:
		return fmt.Sprintf("已由第 %d 号冲正", *v.ReversedBy)
	}
	return ""
}

func (s *Service) apiAccountsFile(ctx context.Context, in *accountsInput) (*httpapi.File, error) {
	r, err := in.Parse(accountSorts, "path")
	if err != nil {
		return nil, err
	}
	var rows []AccountRow
	err = s.inBook(ctx, in.ID, func(tx postgres.Tx, _ Book) error {
		found, err := listAccounts(tx, in.ID.UUID, in.Class, r.ForExport())
		rows = found.Items
		return err
	})
	if err != nil {
		return nil, err
	}
	return download("科目", []spreadsheet.Column[AccountRow]{
		{Title: "科目", Value: func(a AccountRow) any { return a.Path }}, {Title: "名称", Value: func(a AccountRow) any { return a.Name }},
		{Title: "余额", Value: func(a AccountRow) any { return a.Balance }}, {Title: "开立时间", Value: func(a AccountRow) any { return a.OpenedAt }},
	}, rows)
}

func (s *Service) apiBooksFile(ctx context.Context, _ *struct{}) (*httpapi.File, error) {
	all, err := s.apiBooks(ctx, nil)
	if err != nil {
		return nil, err
	}
	return download("账簿", []spreadsheet.Column[BookView]{
		{Title: "代码", Value: func(b BookView) any { return b.Code }}, {Title: "名称", Value: func(b BookView) any { return b.Name }},
		{Title: "托管存款", Value: func(b BookView) any { return b.Cash }}, {Title: "累计出资", Value: func(b BookView) any { return b.Capital }},
		{Title: "应付补偿款", Value: func(b BookView) any { return b.Payable }}, {Title: "在保敞口", Value: func(b BookView) any { return b.Exposure }},
		{Title: "分录数", Value: func(b BookView) any { return b.Entries }}, {Title: "已结账至", Value: func(b BookView) any { return b.ClosedThrough }},
		{Title: "链尾哈希", Value: func(b BookView) any { return b.Head }},
	}, all.Body.Items)
}
