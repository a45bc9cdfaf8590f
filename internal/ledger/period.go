package ledger

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// Month is a month by its first day.
type month struct {
	Month calendar.Date `json:"month"`
}

func firstOf(d calendar.Date) calendar.Date { return calendar.NewDate(d.Year(), d.Month(), 1) }

// closable says why a month can't be closed yet, or nil. A month closes with all before
// it; it has ended, every movement of cash up to its end is matched with the bank's
// statement or explained, and no December closes before its year.
func closable(tx postgres.Tx, b Book, first calendar.Date) error {
	last := first.EndOfMonth()
	switch {
	case first.Day() != 1:
		return fault.InField("month", "month_malformed", "月份请填写当月第一天，如 2026-08-01")
	case !last.Before(calendar.DateOf(tx.Now())):
		return fault.InField("month", "month_not_over", "%d 年 %d 月尚未结束，不能结账", first.Year(), int(first.Month()))
	case !last.After(b.ClosedThrough):
		return fault.New(fault.Conflict, "month_already_closed", "%d 年 %d 月已经结账", first.Year(), int(first.Month()))
	}
	ended := calendar.NewDate(last.AddDays(1).Year()-1, 12, 31)
	if ended.After(b.ClosedThrough) {
		open, err := temporaryBalances(tx, b.ID, ended)
		if err != nil {
			return err
		}
		if len(open) > 0 {
			return fault.New(fault.Rule, "year_not_closed", "%d 年尚未年终结转，请先办理年终结转，再结当年 12 月和以后的账", ended.Year())
		}
	}
	lines, postings, err := unexplained(tx, b.ID, last)
	if err == nil && lines+postings > 0 {
		err = fault.New(fault.Rule, "reconciliation_open", "截至 %s 还有 %d 笔银行流水、%d 笔账面资金变动未对平，请先对账或说明未达账项", last, lines, postings)
	}
	return err
}

// ProposeClose asks for a month to be closed.
func (s *Service) ProposeClose(ctx context.Context, actor authz.Actor, bookID uuid.UUID, first calendar.Date) (*approval.PendingView, error) {
	if err := actor.Allowed(authz.LedgerAdjust); err != nil {
		return nil, err
	}
	return s.propose(ctx, actor, subjectBook, func(tx postgres.Tx) (approval.Draft, error) {
		h, err := lockHead(tx, bookID, nil)
		if err != nil {
			return approval.Draft{}, err
		}
		if err := closable(tx, h.book, first); err != nil {
			return approval.Draft{}, err
		}
		return approval.Draft{
			Kind: kindClosePeriod, SubjectID: bookID, SubjectVersion: 1,
			Title: fmt.Sprintf("%s %d 年 %d 月结账", h.book.Name, first.Year(), int(first.Month())), Payload: month{first},
		}, nil
	})
}

func applyClosePeriod(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
	var m month
	if err := p.Decode(&m); err != nil {
		return err
	}
	return ClosePeriod(tx, p.SubjectID, m.Month, maker, checker)
}

// ClosePeriod closes a month and all before it.
func ClosePeriod(tx postgres.Tx, bookID uuid.UUID, first calendar.Date, maker, checker authz.Actor) error {
	h, err := lockHead(tx, bookID, nil)
	if err != nil {
		return err
	}
	if maker.UserID == checker.UserID {
		return errSamePerson
	}
	if err := closable(tx, h.book, first); err != nil {
		return err
	}
	return insertPeriod(tx, h.book, first, maker, checker)
}

type year struct {
	Year int `json:"year"`
}

// temporaryBalances are the accounts that a year's closing empties, where they don't
// stand at zero at the end of that day.
func temporaryBalances(tx postgres.Tx, bookID uuid.UUID, on calendar.Date) (map[string]money.Amount, error) {
	all, err := BalancesOn(tx, bookID, "", on)
	for path, balance := range all {
		if !classes[segment(path)].Temporary || balance.IsZero() {
			delete(all, path)
		}
	}
	return all, err
}

// ProposeCloseYear asks for a year's income and expense to be carried to equity.
func (s *Service) ProposeCloseYear(ctx context.Context, actor authz.Actor, bookID uuid.UUID, y int) (*approval.PendingView, error) {
	if err := actor.Allowed(authz.LedgerAdjust); err != nil {
		return nil, err
	}
	return s.propose(ctx, actor, subjectBook, func(tx postgres.Tx) (approval.Draft, error) {
		h, err := lockHead(tx, bookID, nil)
		if err != nil {
			return approval.Draft{}, err
		}
		entries, err := closingEntries(tx, h.book, y, actor, authz.Actor{UserID: bookID})
		if err != nil {
			return approval.Draft{}, err
		}
		total := money.Zero
		for _, e := range entries {
			total = total.Add(e.Amount())
		}
		return approval.Draft{
			Kind: kindCloseYear, SubjectID: bookID, SubjectVersion: 1,
			Title: fmt.Sprintf("%s %d 年年终结转，%d 笔分录，发生额 %s", h.book.Name, y, len(entries), total.Text()), Payload: year{y},
		}, nil
	})
}

func applyCloseYear(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
	var d year
	if err := p.Decode(&d); err != nil {
		return err
	}
	_, err := CloseYear(tx, p.SubjectID, d.Year, maker, checker)
	return err
}

// CloseYear carries what stands on income, loss, recovery, fee and subsidy accounts at the
// end of the year to equity, as entries of 31 December.
func CloseYear(tx postgres.Tx, bookID uuid.UUID, y int, maker, checker authz.Actor) ([]Posted, error) {
	h, err := lockHead(tx, bookID, nil)
	if err != nil {
		return nil, err
	}
	entries, err := closingEntries(tx, h.book, y, maker, checker)
	if err != nil {
		return nil, err
	}
	return postAll(tx, bookID, entries)
}

// reason is the sentence of a failure, "" for none; other errors come back.
func reason(err error) (string, error) {
	f, ok := fault.From(err)
	if !ok {
		return "", err
	}
	return f.Message, nil
}
