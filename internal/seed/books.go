package seed

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/fund"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// openMonths are the months that end before the story does and are left for whoever signs
// in: the older waits for a line of the bank's to be explained, the younger for it.
const openMonths = 2

// counted is the contribution that the bank books in two sums, so that two people have to
// match it by hand.
var counted = money.Must("1000000.00")

// planBooks has the finance bureau import the custody bank's statement of each month in
// the week after it, reconcile it, and close the month.
func (s *Story) planBooks(begin calendar.Date) error {
	present := calendar.NewDate(s.today.Year(), s.today.Month(), 1)
	for first := calendar.NewDate(begin.Year(), begin.Month(), 1); first.Before(present); first = first.AddMonths(1) {
		s.on(first.AddMonths(1).AddDays(6), 16, 30, func() error { return s.month(first, present.AddMonths(-openMonths)) })
	}
	return nil
}

// month reconciles and closes one month of the city's book. In the first of the months
// left open the bank shows money that nobody knows.
func (s *Story) month(first, open calendar.Date) error {
	f, err := s.cityFund()
	if err != nil {
		return err
	}
	statement, err := s.statement(f, first, first == open)
	if err != nil {
		return err
	}
	if len(statement) > 1 {
		name := fmt.Sprintf("托管对账单%d年%02d月.csv", first.Year(), first.Month())
		if _, err := s.Ledger.ImportStatement(s.ctx, s.people["treasurer"], f.BookID, f.Custody, name, []byte(strings.Join(statement, "\n")+"\n"), false); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := s.matchByHand(f, first.EndOfMonth()); err != nil {
			return err
		}
	}
	if !first.Before(open) {
		return nil
	}
	return s.closeMonth(f, first)
}

// statement is what the bank shows of the month: each movement a day later than the book
// has it at most, with the business number where the payer wrote it.
func (s *Story) statement(f fund.Fund, first calendar.Date, stranger bool) ([]string, error) {
	var r ledger.Reconciliation
	err := s.DB.Read(s.ctx, func(tx postgres.Tx) (err error) {
		r, err = ledger.ReconciliationAt(tx, f.BookID, f.Custody, first.EndOfMonth())
		return err
	})
	lines := []string{"交易日期,收入金额,支出金额,流水号,对方户名,摘要"}
	add := func(on calendar.Date, amount money.Amount, counterparty, text string) {
		in, out := amount.String(), ""
		if amount.IsNegative() {
			in, out = "", amount.Neg().String()
		}
		lines = append(lines, fmt.Sprintf("%s,%s,%s,T%d%02d%03d,%s,%s", on, in, out, first.Year(), first.Month(), len(lines), counterparty, text))
	}
	for _, m := range r.Moves {
		switch {
		case m.Kind == "contribute" && m.Amount.Equal(counted):
			add(m.EffectiveOn, money.Must("600000.00"), "隆回县财政局", "出资款（一）")
			add(m.EffectiveOn, money.Must("400000.00"), "隆回县财政局", "出资款（二）")
		case m.Kind == "interest":
			add(m.EffectiveOn, m.Amount, f.CustodyBank, "结息")
		default:
			add(m.EffectiveOn, m.Amount, "", m.KindText+" "+m.Reference)
		}
	}
	if stranger {
		add(first.AddDays(17), money.Must("1280.00"), "个人汇款", "来款待查")
	}
	return lines, err
}

// matchByHand has two people match the contribution that came in two sums.
func (s *Story) matchByHand(f fund.Fund, through calendar.Date) error {
	sides := ledger.Sides{BookID: f.BookID, Custody: f.Custody, Reason: "银行分两笔入账，合计与账面出资一致"}
	err := s.DB.Read(s.ctx, func(tx postgres.Tx) error {
		r, err := ledger.ReconciliationAt(tx, f.BookID, f.Custody, through)
		for _, l := range r.Lines {
			if strings.HasPrefix(l.Narrative, "出资款") {
				sides.Lines = append(sides.Lines, l.ID)
			}
		}
		for _, m := range r.Moves {
			if m.Kind == "contribute" && m.Amount.Equal(counted) {
				sides.Postings = append(sides.Postings, ledger.PostingKey{Seq: m.Seq, Line: m.Line})
			}
		}
		return err
	})
	if err != nil || len(sides.Postings) == 0 {
		return err
	}
	_, pending, err := s.Ledger.ProposeMatch(s.ctx, s.people["treasurer"], sides)
	if err != nil {
		return err
	}
	return s.signProposal(pending.ID)
}

// closeMonth closes the month; December takes the year's closing first.
func (s *Story) closeMonth(f fund.Fund, first calendar.Date) error {
	if first.Month() == 12 {
		moved, err := s.earned(f, first.EndOfMonth())
		if err != nil {
			return err
		}
		if moved {
			pending, err := s.Ledger.ProposeCloseYear(s.ctx, s.people["treasurer"], f.BookID, first.Year())
			if err != nil {
				return err
			}
			if err := s.signProposal(pending.ID); err != nil {
				return err
			}
		}
	}
	pending, err := s.Ledger.ProposeClose(s.ctx, s.people["treasurer"], f.BookID, first)
	if err != nil {
		return err
	}
	return s.signProposal(pending.ID)
}

// earned tells whether anything was earned, spent or lost by the end of a year.
func (s *Story) earned(f fund.Fund, on calendar.Date) (moved bool, err error) {
	err = s.DB.Read(s.ctx, func(tx postgres.Tx) error {
		all, err := ledger.BalancesOn(tx, f.BookID, "", on)
		for path, balance := range all {
			for _, class := range ledger.Chart {
				moved = moved || class.Temporary && strings.HasPrefix(path, class.Segment+":") && !balance.IsZero()
			}
		}
		return err
	})
	return moved, err
}

func (s *Story) signProposal(id uuid.UUID) error {
	s.clock.now = s.clock.now.Add(nightly)
	_, err := s.Approvals.Sign(s.ctx, s.people["finance.checker"], id)
	return err
}
