package ledger

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

const subjectMatch = "ledger_match"

// lastDate is later than every entry and statement.
var lastDate = calendar.NewDate(2200, 12, 31)

// PostingKey names a posting within its book.
type PostingKey struct {
	Seq  int64 `json:"seq"`
	Line int   `json:"line"`
}

type match struct {
	BookID  uuid.UUID
	Custody string
	How     string
	Reason  string
}

// Sides is what a manual match or an explanation is about.
type Sides struct {
	BookID   uuid.UUID    `json:"book_id"`
	Custody  string       `json:"custody"`
	Lines    []uuid.UUID  `json:"lines" nullable:"false"`
	Postings []PostingKey `json:"postings" nullable:"false"`
	Reason   string       `json:"reason"`
}

// open reads both sides and refuses what is matched already or isn't there.
func (s Sides) open(tx postgres.Tx) (in, booked money.Amount, err error) {
	lines, err := openLines(tx, s.BookID, s.Custody, lastDate)
	if err != nil {
		return in, booked, err
	}
	moves, err := openMoves(tx, s.BookID, s.Custody, lastDate)
	if err != nil {
		return in, booked, err
	}
	byLine, byMove := map[uuid.UUID]money.Amount{}, map[PostingKey]money.Amount{}
	for _, l := range lines {
		byLine[l.ID] = l.Amount
	}
	for _, m := range moves {
		byMove[PostingKey{m.Seq, m.Line}] = m.Amount
	}
	gone := fault.New(fault.Conflict, "match_not_open", "所选流水或分录已被勾对或不属于该账户，请刷新后重新选择")
	for _, id := range s.Lines {
		amount, ok := byLine[id]
		if !ok {
			return in, booked, gone
		}
		delete(byLine, id) // a line chosen twice counts once
		in = in.Add(amount)
	}
	for _, key := range s.Postings {
		amount, ok := byMove[key]
		if !ok {
			return in, booked, gone
		}
		delete(byMove, key)
		booked = booked.Add(amount)
	}
	return in, booked, nil
}

// matchable says whether the sides may be matched: both there, and of the same sum.
func (s Sides) matchable(tx postgres.Tx) error {
	if len(s.Lines) == 0 || len(s.Postings) == 0 {
		return fault.New(fault.Invalid, "match_one_sided", "请在银行流水和账面变动两边各至少选一笔")
	}
	in, booked, err := s.open(tx)
	if err == nil && !in.Equal(booked) {
		err = fault.New(fault.Rule, "match_sums_differ", "所选银行流水合计 %s，账面变动合计 %s，两边不等，不能勾对", in.Text(), booked.Text())
	}
	return err
}

func (s Sides) explainable(tx postgres.Tx) error {
	if len(s.Lines)+len(s.Postings) == 0 {
		return fault.New(fault.Invalid, "nothing_chosen", "请至少选择一笔未达账项")
	}
	_, _, err := s.open(tx)
	return err
}

// ProposeMatch asks for lines and postings to be taken as the same movement.
func (s *Service) ProposeMatch(ctx context.Context, actor authz.Actor, sides Sides) (uuid.UUID, *approval.PendingView, error) {
	return s.proposeSides(ctx, actor, sides, kindMatch, "人工勾对", Sides.matchable)
}

// ProposeExplanation asks for lines or postings without a counterpart to be explained.
func (s *Service) ProposeExplanation(ctx context.Context, actor authz.Actor, sides Sides) (uuid.UUID, *approval.PendingView, error) {
	return s.proposeSides(ctx, actor, sides, kindExplain, "未达账项说明", Sides.explainable)
}

func (s *Service) proposeSides(ctx context.Context, actor authz.Actor, sides Sides, kind, text string, check func(Sides, postgres.Tx) error) (id uuid.UUID, pending *approval.PendingView, err error) {
	if err := actor.Allowed(authz.LedgerReconcile); err != nil {
		return id, nil, err
	}
	sides.Reason = strings.TrimSpace(sides.Reason)
	if sides.Reason == "" || !clean(sides.Reason, 300) {
		return id, nil, fault.InField("reason", "reason_required", "请填写理由，最多 300 个字")
	}
	if id, err = uuid.NewV7(); err != nil {
		return id, nil, err
	}
	pending, err = s.propose(ctx, actor, subjectMatch, func(tx postgres.Tx) (approval.Draft, error) {
		b, err := BookByID(tx, sides.BookID)
		if err != nil {
			return approval.Draft{}, err
		}
		if err := check(sides, tx); err != nil {
			return approval.Draft{}, err
		}
		return approval.Draft{
			Kind: kind, SubjectID: id, SubjectVersion: 1, Payload: sides,
			Title: fmt.Sprintf("%s %s：银行流水 %d 笔、账面 %d 笔，%s", b.Name, text, len(sides.Lines), len(sides.Postings), sides.Reason),
		}, nil
	})
	return id, pending, err
}

func applyMatch(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
	var sides Sides
	if err := p.Decode(&sides); err != nil {
		return err
	}
	if err := sides.matchable(tx); err != nil {
		return err
	}
	return insertMatch(tx, match{sides.BookID, sides.Custody, "manual", sides.Reason}, maker, checker, sides.Lines, sides.Postings)
}

func applyExplain(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
	var sides Sides
	if err := p.Decode(&sides); err != nil {
		return err
	}
	if err := sides.explainable(tx); err != nil {
		return err
	}
	return insertExplanations(tx, sides, maker, checker)
}

// unexplained counts what stands open on all custody accounts of a book up to a day.
func unexplained(tx postgres.Tx, bookID uuid.UUID, last calendar.Date) (lines, postings int, err error) {
	custodies, err := custodiesOf(tx, bookID)
	if err != nil {
		return 0, 0, err
	}
	for _, custody := range custodies {
		r, err := ReconciliationAt(tx, bookID, custody, last)
		if err != nil {
			return 0, 0, err
		}
		lines, postings = lines+r.OpenLines, postings+r.OpenMoves
	}
	return lines, postings, nil
}

// Reconciliation is how a custody account stands between bank and book at a day: what is
// open first, then what is explained.
type Reconciliation struct {
	Custody       string         `json:"custody"`
	Custodies     []string       `json:"custodies" nullable:"false" doc:"该账簿的托管账户"`
	Through       calendar.Date  `json:"through"`
	Ledger        money.Amount   `json:"ledger_balance" doc:"账面余额"`
	Bank          *money.Amount  `json:"bank_balance,omitempty" doc:"截止日前最后一份对账单的期末余额；对账单未载明时没有"`
	BankOn        *calendar.Date `json:"bank_on,omitempty"`
	BankUnmatched money.Amount   `json:"bank_unmatched" doc:"银行已记、账面未记的合计"`
	BookUnmatched money.Amount   `json:"book_unmatched" doc:"账面已记、银行未记的合计"`
	Matched       int            `json:"matched" doc:"已勾对的流水数"`
	OpenLines     int            `json:"open_lines" doc:"未勾对也未说明的流水数"`
	OpenMoves     int            `json:"open_moves" doc:"未勾对也未说明的账面变动数"`
	Lines         []OpenLine     `json:"lines" nullable:"false"`
	Moves         []OpenMove     `json:"moves" nullable:"false"`
	Settled       bool           `json:"settled" doc:"差异已全部勾对或说明"`
}

// OpenLine is a bank line without a posting.
type OpenLine struct {
	BankLine
	Explained   string       `json:"explained" doc:"未达说明；空表示尚未说明"`
	Suggestions []Suggestion `json:"suggestions" nullable:"false"`
}

// OpenMove is a posting without a bank line.
type OpenMove struct {
	CashMove
	KindText  string `json:"kind_text"`
	Explained string `json:"explained"`
}

func bankLines(open []OpenLine) []BankLine {
	out := make([]BankLine, len(open))
	for i, l := range open {
		out[i] = l.BankLine
	}
	return out
}

func cashMoves(open []OpenMove) []CashMove {
	out := make([]CashMove, len(open))
	for i, m := range open {
		out[i] = m.CashMove
	}
	return out
}

// ReconciliationAt reads how a custody account stands at the end of a day.
func ReconciliationAt(tx postgres.Tx, bookID uuid.UUID, custody string, through calendar.Date) (r Reconciliation, err error) {
	r = Reconciliation{Custody: custody, Through: through}
	if r.Custodies, err = custodiesOf(tx, bookID); err != nil {
		return r, err
	}
	if r.Ledger, err = balanceBefore(tx, bookID, Cash(custody), through.AddDays(1)); err != nil {
		return r, err
	}
	if r.Bank, r.BankOn, err = bankBalance(tx, bookID, custody, through); err != nil {
		return r, err
	}
	if r.Matched, err = matchedCount(tx, bookID, custody, through); err != nil {
		return r, err
	}
	if r.Lines, err = openLines(tx, bookID, custody, through); err != nil {
		return r, err
	}
	if r.Moves, err = openMoves(tx, bookID, custody, through); err != nil {
		return r, err
	}
	moves := cashMoves(r.Moves)
	for i, l := range r.Lines {
		r.Lines[i].Suggestions = suggestions(l.BankLine, moves)
		r.BankUnmatched = r.BankUnmatched.Add(l.Amount)
		if l.Explained == "" {
			r.OpenLines++
		}
	}
	for i, m := range r.Moves {
		r.Moves[i].KindText = kinds[m.Kind].Text
		r.BookUnmatched = r.BookUnmatched.Add(m.Amount)
		if m.Explained == "" {
			r.OpenMoves++
		}
	}
	r.Settled = r.OpenLines+r.OpenMoves == 0
	return r, nil
}
