package claim

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
)

// Titles of the payment file that its return is read by. The last four are empty when the
// file goes to the custody bank and filled when it comes back.
const (
	titleNumber  = "申请号"
	titleAmount  = "本次拨付（元）"
	titleResult  = "拨付结果（成功/失败）"
	titleVoucher = "付款凭证号"
	titleDay     = "付款日期"
	titleReason  = "失败原因"

	resultPaid   = "成功"
	resultFailed = "失败"
)

// PaymentFailure is a line of the payment file that the bank sent back unpaid.
type PaymentFailure struct {
	ID           uuid.UUID     `json:"id"`
	ClaimID      uuid.UUID     `json:"-"`
	Amount       money.Amount  `json:"amount"`
	Reason       string        `json:"reason"`
	FailedOn     calendar.Date `json:"failed_on"`
	ReportedBy   uuid.UUID     `json:"-"`
	ReportedName string        `json:"reported_name"`
	ReportedAt   time.Time     `json:"reported_at"`
}

// ReturnFault is what is wrong with a line of the bank's answer.
type ReturnFault struct {
	Row     int    `json:"row" doc:"表格中的行号，首行为标题"`
	Column  string `json:"column"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// PaymentReturn is what the bank's answer to a payment file comes to.
type PaymentReturn struct {
	Total    int           `json:"total" doc:"有结果的行数"`
	Proposed int           `json:"proposed" doc:"付款成功、已提交复核的笔数"`
	Failed   int           `json:"failed" doc:"付款失败、已登记原因的笔数"`
	Skipped  int           `json:"skipped" doc:"没有填写结果、未处理的行数"`
	Errors   []ReturnFault `json:"errors" nullable:"false"`
}

// errRehearsed rolls a rehearsal back.
var errRehearsed = errors.New("claim: rehearsed only")

// TakeReturn reads the bank's answer to the payment file, all of it or nothing: a line
// paid becomes a payout that the finance bureau's checker signs, a line that failed is
// kept with the bank's reason and the claim stays in the queue. A line without a result is
// passed over. It fails with import_has_errors; rehearsed, it only says what is wrong.
func (s *Service) TakeReturn(ctx context.Context, actor authz.Actor, content io.Reader, rehearse bool) (out PaymentReturn, err error) {
	if err := actor.Allowed(authz.ClaimPay); err != nil {
		return out, err
	}
	rows, err := spreadsheet.Read(content, titleNumber, titleAmount, titleResult, titleVoucher, titleDay, titleReason)
	if err != nil {
		return out, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		out = PaymentReturn{Errors: []ReturnFault{}}
		for _, r := range rows {
			if err := s.takeLine(tx, actor, r, &out); err != nil {
				return err
			}
		}
		if rehearse {
			return errRehearsed
		}
		return out.refusal()
	})
	if errors.Is(err, errRehearsed) {
		err = nil
	}
	return out, err
}

func (r PaymentReturn) refusal() error {
	if len(r.Errors) == 0 {
		return nil
	}
	f := fault.New(fault.Invalid, "import_has_errors", "表格有 %d 处错误，未登记任何拨付，请更正后重新导入", len(r.Errors))
	for _, e := range r.Errors {
		f.Fields = append(f.Fields, fault.Field{Field: fmt.Sprintf("第 %d 行：%s", e.Row, e.Column), Code: e.Code, Message: e.Message})
	}
	return f
}

// takeLine carries one line out; what is wrong with it goes to the errors of the answer.
func (s *Service) takeLine(tx postgres.Tx, actor authz.Actor, row spreadsheet.Row, out *PaymentReturn) error {
	result := strings.TrimSpace(row.Cells[titleResult])
	if result == "" {
		out.Skipped++
		return nil
	}
	out.Total++
	err := s.answerLine(tx, actor, row, result, out)
	refused, ok := fault.From(err)
	if !ok {
		return err
	}
	if len(refused.Fields) == 0 {
		out.Errors = append(out.Errors, ReturnFault{row.Number, titleNumber, refused.Code, refused.Message})
	}
	for _, f := range refused.Fields {
		out.Errors = append(out.Errors, ReturnFault{row.Number, titleOfField[f.Field], f.Code, f.Message})
	}
	return nil
}

// titleOfField says in which column of the sheet a field of a payment stands.
var titleOfField = map[string]string{
	"number": titleNumber, "amount": titleAmount, "result": titleResult, "voucher": titleVoucher, "paid_on": titleDay, "reason": titleReason,
}

func (s *Service) answerLine(tx postgres.Tx, actor authz.Actor, row spreadsheet.Row, result string, out *PaymentReturn) error {
	c, err := byNumber(tx, row.Cells[titleNumber])
	if err != nil {
		return err
	}
	var found fault.Collector
	p := Payment{Voucher: row.Cells[titleVoucher]}
	if p.Amount, err = money.Parse(row.Cells[titleAmount]); err != nil {
		found.Add("amount", "amount_malformed", "金额“%.30s”无法识别，请填写如 12345.67", row.Cells[titleAmount])
	}
	if p.PaidOn, err = calendar.ParseDate(row.Cells[titleDay]); err != nil {
		found.Add("paid_on", "date_malformed", "日期“%.30s”无法识别，请填写如 2026-01-31", row.Cells[titleDay])
	}
	if result != resultPaid && result != resultFailed {
		found.Add("result", "result_unknown", "拨付结果应填写“成功”或“失败”")
	}
	if err := found.Err(); err != nil {
		return err
	}
	if result == resultFailed {
		out.Failed++
		return s.noteFailure(tx, actor, c, p, row.Cells[titleReason])
	}
	out.Proposed++
	_, err = s.Pay(tx.Context(), actor, c.ID, p)
	return err
}

// noteFailure keeps why the bank didn't pay. The claim stays in its place in the queue.
func (s *Service) noteFailure(tx postgres.Tx, actor authz.Actor, c Claim, p Payment, reason string) error {
	return s.act(tx.Context(), actor, authz.ClaimPay, c.ID, Pay, func(tx postgres.Tx, f *file) error {
		var found fault.Collector
		if reason = strings.TrimSpace(reason); reason == "" {
			found.Add("reason", "reason_required", "付款失败的，请填写银行退回的原因")
		}
		if !p.Amount.IsPositive() || f.unpaid().Less(p.Amount) {
			found.Add("amount", "payout_above_approved", "金额应大于 0，且不超过尚未拨付的 %s", f.unpaid().Text())
		}
		inPast(tx, &found, "paid_on", p.PaidOn)
		if err := found.Err(); err != nil {
			return err
		}
		line := PaymentFailure{
			ClaimID: f.ID, Amount: p.Amount, Reason: reason, FailedOn: p.PaidOn, ReportedBy: actor.UserID, ReportedName: actor.Name, ReportedAt: tx.Now(),
		}
		var err error
		if line.ID, err = uuid.NewV7(); err != nil {
			return err
		}
		if err := insertFailure(tx, line); err != nil {
			return err
		}
		return audit.Record(tx, actor, "claim.payment_failed", Subject, f.ID, map[string]any{"amount": p.Amount, "reason": reason})
	})
}

var _ = audit.Name(map[string]string{"claim.payment_failed": "登记付款失败"})

// answerColumns are the columns of the payment file that its return is read by: what the
// balance allows to pay of each claim in its turn, and the bank's answer, empty still.
func answerColumns(now map[uuid.UUID]money.Amount) []spreadsheet.Column[payee] {
	empty := func(payee) any { return "" }
	return []spreadsheet.Column[payee]{
		{Title: titleAmount, Value: func(p payee) any { return now[p.ID] }},
		{Title: titleResult, Value: empty}, {Title: titleVoucher, Value: empty}, {Title: titleDay, Value: empty}, {Title: titleReason, Value: empty},
	}
}

// affordable is what each claim of the queue can be paid now: those approved earlier are
// paid in full first, the one the balance runs out at in part, the rest wait.
func affordable(tx postgres.Tx, queue []payee) (map[uuid.UUID]money.Amount, error) {
	out, left := map[uuid.UUID]money.Amount{}, map[uuid.UUID]money.Amount{}
	for _, p := range queue {
		rest, read := left[p.FundID]
		if !read {
			var err error
			if rest, err = cashOf(tx, p.FundID); err != nil {
				return nil, err
			}
		}
		out[p.ID] = money.Min(p.unpaid(), money.Max(rest, money.Zero))
		left[p.FundID] = rest.Sub(out[p.ID])
	}
	return out, nil
}
