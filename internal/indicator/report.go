package indicator

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/claim"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/loan"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/spreadsheet"
)

// ReportScope is what a supervisory form is made for. A form ignores what it can't be
// narrowed to: R5 is of the day, R6 and R7 are of the whole city.
type ReportScope struct {
	Form     string // r1 … r7
	Year     int    // 0: this year; for the ledgers R3 and R4 all years
	Month    int    // 0: the whole year; for R2 this month, or December of a year past
	AreaCode string
	BankID   uuid.UUID
	FundID   uuid.UUID
}

// maker makes a form; it fills in the period where only it knows.
type maker func(postgres.Tx, ReportScope) (spreadsheet.Form, error)

var makers = map[string]maker{"r1": formR1, "r2": formR2, "r3": formR3, "r4": formR4, "r5": formR5, "r6": formR6, "r7": formR7}

// Report makes a form with its head: what, in which unit, for when and where, when and by
// whom. It fails with report_unknown, year_out_of_range, month_out_of_range.
func (s *Service) Report(ctx context.Context, actor authz.Actor, r ReportScope) (form spreadsheet.Form, err error) {
	make, ok := makers[r.Form]
	if !ok {
		return form, fault.InField("form", "report_unknown", "没有“%s”这张报表，请选择 R1 至 R7", r.Form)
	}
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		r = r.completed(calendar.DateOf(tx.Now()))
		if err := r.check(); err != nil {
			return err
		}
		if form, err = make(tx, r); err != nil {
			return err
		}
		if form.Period == "" {
			form.Period = r.period()
		}
		if form.Scope == "" {
			form.Scope, err = r.scopeWords(tx)
		}
		form.Maker, form.MadeAt = actor.Signature(), tx.Now()
		return err
	})
	return form, err
}

// ledgers are kept over all years and may be listed whole.
func (r ReportScope) ledger() bool { return r.Form == "r3" || r.Form == "r4" }

func (r ReportScope) completed(today calendar.Date) ReportScope {
	if r.Year == 0 && !r.ledger() {
		r.Year = today.Year()
	}
	if r.Form == "r2" && r.Month == 0 {
		r.Month = 12
		if r.Year == today.Year() {
			r.Month = int(today.Month())
		}
	}
	return r
}

func (r ReportScope) check() error {
	if r.Year == 0 && r.ledger() {
		return nil
	}
	return Scope{Year: r.Year, Month: r.Month}.check()
}

// days are the first and the last of the period; none where all years are meant.
func (r ReportScope) days() (from, to calendar.Date) {
	if r.Year == 0 {
		return from, to
	}
	s := Scope{Year: r.Year, Month: r.Month}
	return s.from(), s.until().AddDays(-1)
}

func (r ReportScope) period() string {
	switch {
	case r.Year == 0:
		return "全部年度"
	case r.Month > 0:
		return fmt.Sprintf("%d 年 %d 月", r.Year, r.Month)
	}
	return fmt.Sprintf("%d 年", r.Year)
}

func (r ReportScope) scopeWords(tx postgres.Tx) (string, error) {
	names, err := namesOf(tx, r)
	if len(names) == 0 {
		names = []string{"全市，全部银行"}
	}
	return strings.Join(names, "，"), err
}

func formR1(tx postgres.Tx, r ReportScope) (spreadsheet.Form, error) {
	from, to := r.days()
	return loan.FormR1(tx, loan.ReportFilter{From: from, To: to, AreaCode: r.AreaCode, BankID: r.BankID})
}

func formR3(tx postgres.Tx, r ReportScope) (spreadsheet.Form, error) {
	from, to := r.days()
	return fund.FormR3(tx, fund.RegisterFilter{From: from, To: to, AreaCode: r.AreaCode, BankID: r.BankID, FundID: r.FundID})
}

func formR4(tx postgres.Tx, r ReportScope) (spreadsheet.Form, error) {
	from, to := r.days()
	return claim.FormR4(tx, claim.RegisterFilter{From: from, To: to, AreaCode: r.AreaCode, BankID: r.BankID, FundID: r.FundID})
}

// formR5 is 逾期分布 of all loans of the day, by the columns of S71.
func formR5(tx postgres.Tx, r ReportScope) (form spreadsheet.Form, err error) {
	n := Narrowing{Figure: LoanAgeing, BankID: r.BankID, AreaCode: r.AreaCode}
	buckets, err := bucketsOf(tx, n, true)
	if err != nil {
		return form, err
	}
	total, err := whole(tx, n)
	if err != nil {
		return form, err
	}
	form = spreadsheet.Form{
		Title: "R5逾期分布", Unit: "万元", Period: "截至 " + calendar.DateOf(tx.Now()).String(), Total: []any{"合计", total.Borrowers, total.Count, spreadsheet.Wan(total.Amount)},
		Notes: []string{"按 S71 口径的逾期天数分段，金额为贷款余额；同一户有多笔逾期贷款时，各段分别计户，合计只计一户。"},
	}
	form.Columns, form.Rows = spreadsheet.Fill([]spreadsheet.Column[Bucket]{
		{Title: "逾期天数", Value: func(b Bucket) any { return b.Label }},
		{Title: "户数", Value: func(b Bucket) any { return b.Borrowers }},
		{Title: "笔数", Value: func(b Bucket) any { return *b.Count }},
		{Title: "金额（万元）", Value: func(b Bucket) any { return spreadsheet.Wan(*b.Amount) }},
	}, buckets)
	return form, nil
}

func formR6(tx postgres.Tx, r ReportScope) (form spreadsheet.Form, err error) {
	form, err = claim.FormR6(tx, r.Year)
	form.Scope = "全部基金"
	return form, err
}

// formR7 is 目标完成表: every promise of the plan in its words, beside what was counted. What
// nobody counts says so, and nothing is added up.
func formR7(tx postgres.Tx, r ReportScope) (form spreadsheet.Form, err error) {
	d := Dashboard{Year: r.Year, AsOf: calendar.DateOf(tx.Now())}
	scope := Scope{Year: r.Year}
	for _, step := range []func(postgres.Tx, Scope, *Dashboard) error{totals, standingFund, targets} {
		if err := step(tx, scope, &d); err != nil {
			return form, err
		}
	}
	form = spreadsheet.Form{Title: "R7目标完成表", Unit: "万元（本年统计值）", Scope: "全市", Notes: []string{"规划自相矛盾之处，两个数字并列，各附原文，不相加、不取舍。本平台不统计的指标为“暂无数据”。"}}
	form.Columns, form.Rows = spreadsheet.Fill([]spreadsheet.Column[Target]{
		{Title: "指标", Value: func(t Target) any { return t.Indicator }},
		{Title: "规划原文", Value: func(t Target) any { return t.Quote }},
		{Title: "出处", Value: func(t Target) any { return t.Document + "，" + t.Location }},
		{Title: "口径", Value: func(t Target) any { return t.Scope }},
		{Title: "单位", Value: func(t Target) any { return t.Unit }},
		{Title: "基期值", Value: func(t Target) any { return t.baseline() }},
		{Title: "目标值", Value: func(t Target) any { return t.Target }},
		{Title: "本年统计值（万元）", Value: func(t Target) any {
			if t.Reached == nil {
				return "暂无数据"
			}
			return spreadsheet.Wan(*t.Reached)
		}},
		{Title: "统计来源", Value: func(t Target) any { return t.counted() }},
		{Title: "完成率（%）", Value: func(t Target) any { return spreadsheet.Percent(t.Ratio) }},
		{Title: "说明", Value: func(t Target) any { return t.Caveat }},
	}, d.Targets)
	return form, nil
}
