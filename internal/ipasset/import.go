package ipasset

import (
	"context"
	"fmt"
	"io"
	"slices"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
)

// RowFault is one fault of an import: which line, which column, what is wrong.
type RowFault struct {
	Row     int    `json:"row" doc:"表格中的行号，首行为标题"`
	Column  string `json:"column"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// RowView is one line of an import as it was understood.
type RowView struct {
	Row     int    `json:"row"`
	Kind    string `json:"kind_text"`
	Title   string `json:"title"`
	RightNo string `json:"right_no"`
	Faults  int    `json:"faults"`
}

// Preview says what an import would do. Errors is empty when it would succeed.
type Preview struct {
	Total   int        `json:"total" doc:"数据行数"`
	Written int        `json:"written" doc:"已写入的条数；预览为 0"`
	Rows    []RowView  `json:"rows" nullable:"false"`
	Errors  []RowFault `json:"errors" nullable:"false"`

	assets []Asset
}

// PreviewImport reads a spreadsheet and says what is wrong with it, line by line. It
// writes nothing.
func (s *Service) PreviewImport(ctx context.Context, actor authz.Actor, content io.Reader) (p Preview, err error) {
	if err := actor.Allowed(authz.AssetWrite); err != nil {
		return p, err
	}
	rows, err := spreadsheet.Read(content, requiredTitles...)
	if err != nil {
		return p, err
	}
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		p, err = examine(tx, actor, rows)
		return err
	})
	return p, err
}

// Import enters every line of a spreadsheet as a draft, or none: with one line at fault
// it fails with import_has_errors, naming lines and columns.
func (s *Service) Import(ctx context.Context, actor authz.Actor, content io.Reader) (p Preview, err error) {
	if err := actor.Allowed(authz.AssetWrite); err != nil {
		return p, err
	}
	rows, err := spreadsheet.Read(content, requiredTitles...)
	if err != nil {
		return p, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if p, err = examine(tx, actor, rows); err != nil {
			return err
		}
		if err := refusal(p); err != nil {
			return err
		}
		for i := range p.assets {
			a := &p.assets[i]
			if err := give(tx, a); err != nil {
				return err
			}
			if err := insert(tx, a); err != nil {
				return err
			}
			if err := audit.Record(tx, actor, "asset.import", Subject, a.ID, map[string]any{"right_no": a.RightNo, "title": a.Title, "row": p.Rows[i].Row}); err != nil {
				return err
			}
		}
		p.Written = len(p.assets)
		return nil
	})
	return p, err
}

// shownFaults bounds the answer to a spreadsheet that is wrong everywhere.
const shownFaults = 200

func refusal(p Preview) error {
	if len(p.Errors) == 0 {
		return nil
	}
	f := fault.New(fault.Invalid, "import_has_errors", "表格有 %d 处错误，未写入任何数据，请更正后重新导入", len(p.Errors))
	for _, e := range p.Errors[:min(len(p.Errors), shownFaults)] {
		f.Fields = append(f.Fields, fault.Field{Field: fmt.Sprintf("第 %d 行：%s", e.Row, e.Column), Code: e.Code, Message: e.Message})
	}
	return f
}

// examine checks every line by itself, against the other lines and against what is listed.
func examine(tx postgres.Tx, actor authz.Actor, rows []spreadsheet.Row) (Preview, error) {
	by, err := org.RequireAdmitted(tx, actor.OrgID)
	if err != nil {
		return Preview{}, err
	}
	p := Preview{Total: len(rows), Rows: []RowView{}, Errors: []RowFault{}}
	today := calendar.DateOf(tx.Now())
	seen := map[string]int{}
	for _, r := range rows {
		a := Asset{OrgID: by.ID, Status: Draft, CreatedAt: tx.Now(), Version: 1, OwnerName: by.Name}
		faults, err := read(r, &a, owner{by.Kind, by.Name}, today)
		if err != nil {
			return p, err
		}
		if first, twice := seen[a.key()]; twice && len(faults) == 0 {
			faults = append(faults, RowFault{r.Number, titleOf["right_no"], "duplicate_in_file", fmt.Sprintf("与第 %d 行是同一权利", first)})
		}
		seen[a.key()] = r.Number
		p.assets = append(p.assets, a)
		p.Rows = append(p.Rows, RowView{r.Number, a.Kind.Text(), a.Title, a.No(), len(faults)})
		p.Errors = append(p.Errors, faults...)
	}
	return p, p.findTaken(tx)
}

func (a Asset) key() string {
	if a.NiceClass == nil {
		return a.RightNo
	}
	return fmt.Sprint(a.RightNo, "/", *a.NiceClass)
}

func (p *Preview) findTaken(tx postgres.Tx) error {
	numbers := make([]string, len(p.assets))
	for i, a := range p.assets {
		numbers[i] = a.RightNo
	}
	taken, err := rightsTaken(tx, numbers)
	if err != nil {
		return err
	}
	for i, a := range p.assets {
		if p.Rows[i].Faults == 0 && slices.Contains(taken, a.key()) {
			p.Rows[i].Faults = 1
			p.Errors = append(p.Errors, RowFault{p.Rows[i].Row, titleOf["right_no"], errAlreadyThere.Code, errAlreadyThere.Message})
		}
	}
	slices.SortStableFunc(p.Errors, func(a, b RowFault) int { return a.Row - b.Row })
	return nil
}
