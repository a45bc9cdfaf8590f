package loan

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/casework"
	"ippledge/internal/fault"
	"ippledge/internal/financing"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
)

const batchSubject = "repayment_batch"

// batchLine is one repayment of a spreadsheet.
type batchLine struct {
	Row        int           `json:"row"`
	LoanID     uuid.UUID     `json:"loan_id"`
	Number     string        `json:"number"`
	PaidOn     calendar.Date `json:"paid_on"`
	Amount     money.Amount  `json:"amount"`
	Prepayment bool          `json:"prepayment"`
}

// RowFault is one fault of an import: which line, which column, what is wrong.
type RowFault struct {
	Row     int    `json:"row" doc:"表格中的行号，首行为标题"`
	Column  string `json:"column"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// ImportRow is one line of an import as it was understood.
type ImportRow struct {
	Row        int            `json:"row"`
	Number     string         `json:"number"`
	PaidOn     *calendar.Date `json:"paid_on,omitempty"`
	Amount     *money.Amount  `json:"amount,omitempty"`
	Allocation *Allocation    `json:"allocation,omitempty"`
}

// Import says what an import does, or did. Errors is empty when it succeeds.
type Import struct {
	Total   int         `json:"total" doc:"数据行数"`
	Written int         `json:"written" doc:"已提交复核的笔数；预览为 0"`
	Rows    []ImportRow `json:"rows" nullable:"false"`
	Errors  []RowFault  `json:"errors" nullable:"false"`

	lines []batchLine
}

// The titles of an import's columns; Template writes them.
const (
	titleNumber     = "贷款编号"
	titlePaidOn     = "还款日期"
	titleAmount     = "还款金额（元）"
	titlePrepayment = "提前还款（是/否）"
)

// ImportRepayments reads a bank's repayments from a spreadsheet. As a preview it writes
// nothing and says, line by line, what is wrong or how the sum is allocated; otherwise all
// lines go to one checker together, or with a single fault none: import_has_errors.
func (s *Service) ImportRepayments(ctx context.Context, actor authz.Actor, content io.Reader, preview bool) (out Import, err error) {
	if err := actor.Allowed(authz.LoanDraft); err != nil {
		return out, err
	}
	rows, err := spreadsheet.Read(content, titleNumber, titlePaidOn, titleAmount)
	if err != nil {
		return out, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if out, err = examine(tx, actor, rows); err != nil || preview {
			return err
		}
		if len(out.Errors) > 0 {
			return refusal(out.Errors)
		}
		return s.submitBatch(tx, actor, &out)
	})
	return out, err
}

func (s *Service) submitBatch(tx postgres.Tx, actor authz.Actor, out *Import) error {
	text, err := json.Marshal(out.lines)
	if err != nil {
		return err
	}
	b := batch{BankID: actor.OrgID, Lines: string(text), CreatedAt: tx.Now(), Version: 1}
	if b.ID, err = uuid.NewV7(); err != nil {
		return err
	}
	if err := insertBatch(tx, b); err != nil {
		return err
	}
	total := money.Zero
	for _, l := range out.lines {
		total = total.Add(l.Amount)
	}
	_, err = s.approvals.Propose(tx, actor, approval.Draft{
		Kind: "loan.import", SubjectID: b.ID, SubjectVersion: b.Version, Payload: out.Rows,
		Title: fmt.Sprintf("批量还款 %d 笔，合计 %s", len(out.lines), total.Text()),
	})
	if err != nil {
		return err
	}
	out.Written = len(out.lines)
	return audit.Record(tx, actor, "loan.import", batchSubject, b.ID, map[string]any{"lines": len(out.lines), "total": total})
}

const shownFaults = 200

func refusal(errors []RowFault) error {
	f := fault.New(fault.Invalid, "import_has_errors", "表格有 %d 处错误，未写入任何数据，请更正后重新导入", len(errors))
	for _, e := range errors[:min(len(errors), shownFaults)] {
		f.Fields = append(f.Fields, fault.Field{Field: fmt.Sprintf("第 %d 行：%s", e.Row, e.Column), Code: e.Code, Message: e.Message})
	}
	return f
}

// examine reads every line and tries it on the loan as the lines before leave it.
func examine(tx postgres.Tx, actor authz.Actor, rows []spreadsheet.Row) (Import, error) {
	out := Import{Total: len(rows), Rows: []ImportRow{}, Errors: []RowFault{}}
	numbers := make([]string, len(rows))
	for i, r := range rows {
		numbers[i] = r.Cells[titleNumber]
	}
	loans, err := loansByNumber(tx, actor.OrgID, numbers)
	if err != nil {
		return out, err
	}
	accounts := map[uuid.UUID]*account{}
	for _, r := range rows {
		line, faults := readLine(r, loans, today(tx))
		shown := ImportRow{Row: r.Number, Number: r.Cells[titleNumber]}
		if len(faults) == 0 {
			a := accounts[line.LoanID]
			if a == nil {
				lines, err := linesOf(tx, line.LoanID)
				if err != nil {
					return out, err
				}
				a = &account{loans[line.Number], lines}
				accounts[line.LoanID] = a
			}
			shown.PaidOn, shown.Amount = &line.PaidOn, &line.Amount
			x, err := a.take(line, today(tx))
			f, refused := fault.From(err)
			switch {
			case refused:
				faults = append(faults, RowFault{r.Number, titleAmount, f.Code, f.Message})
			case err != nil:
				return out, err
			default:
				shown.Allocation = &x
			}
		}
		out.Rows, out.Errors, out.lines = append(out.Rows, shown), append(out.Errors, faults...), append(out.lines, line)
	}
	return out, nil
}

// take posts one line to the account in memory.
func (a *account) take(line batchLine, today calendar.Date) (x Allocation, err error) {
	if err := a.move(Repay); err != nil {
		return x, err
	}
	tried := a.clone()
	if x, err = tried.pay(line.Amount, line.PaidOn, line.Prepayment, false); err != nil {
		return x, err
	}
	*a = *tried
	return x, a.followTo(line.PaidOn, today)
}

// batchKind is the one signature under a spreadsheet of repayments.
func (s *Service) batchKind() approval.Kind {
	return approval.Kind{
		Name: "loan.import", Text: "批量还款入账", SubjectKind: batchSubject, Check: authz.LoanCheck,
		Link: func(uuid.UUID) string { return "/console/approvals" },
		Subject: func(tx postgres.Tx, id uuid.UUID) (int64, error) {
			b, err := lockBatch(tx, id)
			return b.Version, err
		},
		Apply: s.postBatch,
	}
}

// postBatch posts all lines, or none: one that no longer fits refuses the whole.
func (s *Service) postBatch(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
	b, err := lockBatch(tx, p.SubjectID)
	if err != nil {
		return err
	}
	var lines []batchLine
	if err := json.Unmarshal([]byte(b.Lines), &lines); err != nil {
		return err
	}
	accounts, err := lockAll(tx, lines)
	if err != nil {
		return err
	}
	by := checker.UserID
	for _, line := range lines {
		a := accounts[line.LoanID]
		if err := casework.Act(tx, checker, a.NeedID); err != nil {
			return err
		}
		x, err := a.take(line, today(tx))
		if f, refused := fault.From(err); refused {
			return fault.New(fault.Conflict, "import_line_refused", "第 %d 行（%s）已不能入账：%s", line.Row, line.Number, f.Message)
		}
		if err != nil {
			return err
		}
		if err := saveAccount(tx, a); err != nil {
			return err
		}
		r := Repayment{
			Source: FromBorrower, PaidOn: line.PaidOn, Amount: line.Amount, Prepayment: line.Prepayment,
			RecordedBy: maker.UserID, RecordedByName: maker.Name, CheckedBy: &by, CheckedByName: checker.Name,
		}
		if err := audit.Record(tx, checker, "loan.repay", Subject, a.ID, map[string]any{"maker": maker.Name, "batch": b.ID, "row": line.Row, "allocation": x}); err != nil {
			return err
		}
		if err := s.post(tx, a, r, x, true); err != nil {
			return err
		}
	}
	now := tx.Now()
	b.PostedAt = &now
	return saveBatch(tx, b)
}

// lockAll locks the needs and then the loans of a batch, both sorted.
func lockAll(tx postgres.Tx, lines []batchLine) (map[uuid.UUID]*account, error) {
	var loans, needs []uuid.UUID
	for _, l := range lines {
		found, err := find(tx, l.LoanID)
		if err != nil {
			return nil, err
		}
		loans, needs = append(loans, l.LoanID), append(needs, found.NeedID)
	}
	order := func(ids []uuid.UUID) []uuid.UUID {
		slices.SortFunc(ids, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
		return slices.Compact(ids)
	}
	for _, id := range order(needs) {
		if _, err := financing.Lock(tx, id); err != nil {
			return nil, err
		}
	}
	accounts := map[uuid.UUID]*account{}
	for _, id := range order(loans) {
		a, err := lockAccount(tx, id)
		if err != nil {
			return nil, err
		}
		accounts[id] = a
	}
	return accounts, nil
}
