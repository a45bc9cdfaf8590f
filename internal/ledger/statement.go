package ledger

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// Line is one movement on an account, as its statement shows it.
type Line struct {
	EntryID      uuid.UUID     `json:"entry_id"`
	Seq          int64         `json:"seq"`
	EffectiveOn  calendar.Date `json:"effective_on"`
	PostedAt     time.Time     `json:"posted_at"`
	Kind         string        `json:"kind"`
	KindText     string        `json:"kind_text"`
	Reference    string        `json:"reference"`
	Narrative    string        `json:"narrative"`
	Opposite     string        `json:"opposite" doc:"对方科目"`
	OppositeName string        `json:"opposite_name" doc:"对方科目名称"`
	In           *money.Amount `json:"in,omitempty" doc:"转入"`
	Out          *money.Amount `json:"out,omitempty" doc:"转出"`
	Balance      money.Amount  `json:"balance" doc:"该笔之后的余额"`
}

// Statement is an account over a period: what it opened with, each movement in the order
// of effective dates, what it closed with.
type Statement struct {
	Path    string        `json:"path"`
	Name    string        `json:"name"`
	From    calendar.Date `json:"from"`
	To      calendar.Date `json:"to"`
	Opening money.Amount  `json:"opening"`
	In      money.Amount  `json:"in" doc:"期间转入合计"`
	Out     money.Amount  `json:"out" doc:"期间转出合计"`
	Closing money.Amount  `json:"closing"`
	Lines   []Line        `json:"lines" nullable:"false"`
	// Truncated tells that Lines holds only the first of the movements; the totals are
	// those of the whole period.
	Truncated bool `json:"truncated" doc:"明细过多，只列出前面的部分；合计仍为整个期间，全部明细请导出"`
}

// statementMax is how many movements a screen shows.
const statementMax = 500

func checkPeriod(from, to calendar.Date) error {
	if from.IsZero() || to.IsZero() || to.Before(from) {
		return fault.InField("to", "period_invalid", "请选择起止日期，止期不能早于起期")
	}
	return nil
}

// StatementOf reads an account's statement with at most most movements. Fault
// account_unknown.
func StatementOf(tx postgres.Tx, bookID uuid.UUID, path string, from, to calendar.Date, most int) (Statement, error) {
	s := Statement{Path: path, From: from, To: to, Lines: []Line{}}
	if err := checkPeriod(from, to); err != nil {
		return s, err
	}
	var err error
	if s.Name, err = accountName(tx, bookID, path); err != nil {
		return s, err
	}
	if s.Opening, err = balanceBefore(tx, bookID, path, from); err != nil {
		return s, err
	}
	if s.In, s.Out, err = turnover(tx, bookID, path, from, to); err != nil {
		return s, err
	}
	s.Closing = s.Opening.Add(s.In).Sub(s.Out)
	if s.Lines, err = movements(tx, bookID, path, from, to, most+1); err != nil {
		return s, err
	}
	if len(s.Lines) > most {
		s.Lines, s.Truncated = s.Lines[:most], true
	}
	balance := s.Opening
	for i, l := range s.Lines {
		if l.In != nil {
			balance = balance.Add(*l.In)
		}
		if l.Out != nil {
			balance = balance.Sub(*l.Out)
		}
		s.Lines[i].Balance, s.Lines[i].KindText = balance, kinds[l.Kind].Text
	}
	return s, nil
}

// TrialLine is one account, class or book in a trial balance.
type TrialLine struct {
	Path    string       `json:"path"`
	Name    string       `json:"name"`
	Opening money.Amount `json:"opening"`
	In      money.Amount `json:"in"`
	Out     money.Amount `json:"out"`
	Closing money.Amount `json:"closing"`
}

func (l TrialLine) plus(o TrialLine) TrialLine {
	l.Opening, l.In, l.Out, l.Closing = l.Opening.Add(o.Opening), l.In.Add(o.In), l.Out.Add(o.Out), l.Closing.Add(o.Closing)
	return l
}

// TrialGroup is a class of accounts with its total.
type TrialGroup struct {
	Class    string      `json:"class"`
	Text     string      `json:"text"`
	Memo     bool        `json:"memo" doc:"备查类，不计入资金"`
	Count    int         `json:"count" doc:"科目数"`
	Total    TrialLine   `json:"total"`
	Accounts []TrialLine `json:"accounts" nullable:"false" doc:"明细科目，最多列出 200 个，全部请查科目表或导出"`
}

// Trial is a book's trial balance over a period. Money and Memo add up to zero in opening
// and closing, and what came in equals what went out: that is what balancing means.
type Trial struct {
	From     calendar.Date `json:"from"`
	To       calendar.Date `json:"to"`
	At       *time.Time    `json:"at,omitempty" doc:"只计到此刻已入账的分录"`
	Groups   []TrialGroup  `json:"groups" nullable:"false"`
	Money    TrialLine     `json:"money" doc:"资金类合计"`
	Memo     TrialLine     `json:"memo" doc:"备查类合计"`
	Balanced bool          `json:"balanced"`
}

// groupMax is how many accounts of a class a screen shows.
const groupMax = 200

// TrialBalance reads it. With at it counts only what had been posted by that moment, so
// that a balance can be seen as it was known then.
func TrialBalance(tx postgres.Tx, bookID uuid.UUID, from, to calendar.Date, at *time.Time, most int) (Trial, error) {
	t := Trial{From: from, To: to, At: at}
	if err := checkPeriod(from, to); err != nil {
		return t, err
	}
	lines, err := trialLines(tx, bookID, from, to, at)
	if err != nil {
		return t, err
	}
	groups := map[string]*TrialGroup{}
	for _, c := range Chart {
		groups[c.Segment] = &TrialGroup{Class: c.Segment, Text: c.Text, Memo: c.Memo, Total: TrialLine{Path: c.Segment, Name: c.Text}, Accounts: []TrialLine{}}
	}
	for _, l := range lines {
		g := groups[segment(l.Path)]
		l.Closing = l.Opening.Add(l.In).Sub(l.Out)
		g.Total = g.Total.plus(l)
		if g.Count++; len(g.Accounts) < most {
			g.Accounts = append(g.Accounts, l)
		}
		if g.Memo {
			t.Memo = t.Memo.plus(l)
		} else {
			t.Money = t.Money.plus(l)
		}
	}
	for _, c := range Chart {
		if g := groups[c.Segment]; g.Count > 0 {
			t.Groups = append(t.Groups, *g)
		}
	}
	t.Money.Name, t.Memo.Name = "资金类合计", "备查类合计"
	t.Balanced = true
	for _, l := range []TrialLine{t.Money, t.Memo} {
		t.Balanced = t.Balanced && l.Opening.IsZero() && l.Closing.IsZero() && l.In.Equal(l.Out)
	}
	if t.Groups == nil {
		t.Groups = []TrialGroup{}
	}
	return t, nil
}
