package loan_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/loan"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
)

func TestRepayments(t *testing.T) {
	t.Parallel()

	t.Run("PayWhatIsDue", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, content())
		w.at("2026-03-23")
		w.do(t, id, loan.Repay, paying("2026-03-23", "962.50"))
		require.Equal(t, []string{"2026-03-23"}, w.texts(t, `select settled_on::text from loan_instalment where number = 1`))
		require.Equal(t, []string{"962.50 | 962.50 | 0.00 | 3000000.00"}, w.texts(t, `select amount, interest, principal, outstanding_after from loan_repayment`))
		require.Empty(t, w.fund.told, "no principal came back")
	})

	t.Run("MoreThanIsDueMustBeMeantAsPrepayment", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, content())
		w.at("2026-07-06")
		_, err := w.loans.Propose(t.Context(), w.officer, id, loan.Repay, paying("2026-07-06", "1000000"))
		require.Equal(t, "prepayment_not_confirmed", code(t, err))
		require.Contains(t, err.Error(), "结清金额")
		_, err = w.loans.Propose(t.Context(), w.officer, id, loan.Repay, paying("2026-07-06", "3100000"))
		require.Equal(t, "repayment_above_payoff", code(t, err))
	})

	t.Run("APrepaymentIsExampleF", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, content())
		// Interest up to June: 3 + 31 + 30 + 31 days; 21 June is a Sunday, paid on the 22nd.
		for _, p := range [][2]string{{"2026-03-23", "962.50"}, {"2026-04-21", "9945.83"}, {"2026-05-21", "9625.00"}, {"2026-06-22", "9945.83"}} {
			w.at(p[0])
			w.do(t, id, loan.Repay, paying(p[0], p[1]))
		}
		w.at("2026-07-06")
		step := paying("2026-07-06", "200320.83")
		step.Prepayment = true
		x, err := w.loans.Preview(t.Context(), w.signatory, id, step)
		require.NoError(t, err)
		require.Equal(t, "200000.00", x.PrepaidPrincipal.String())
		require.Equal(t, "320.83", x.PrepaidInterest.String())
		require.Equal(t, "3000000.00", w.read(t, id).Outstanding.String(), "a preview writes nothing")

		w.do(t, id, loan.Repay, step)
		require.Equal(t, "2800000.00", w.read(t, id).Outstanding.String())
		require.Equal(t, []string{"200000.00 leaves 2800000.00"}, w.fund.told)
		// The rest of the schedule is planned on 2,800,000.00: 30 days are 8,983.33.
		require.Equal(t, []string{"5 | 8983.33"}, w.texts(t, `select number, interest from loan_instalment where number = 5`))
		require.Equal(t, []string{"2800000.00"}, w.texts(t, `select sum(principal) from loan_instalment`))
	})

	t.Run("ThePayoffSettlesTheLoan", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, bulletLoan("500000"))
		w.at("2026-06-18") // 92 days
		p, err := w.loans.PayoffOn(t.Context(), w.officer, id, calendar.MustDate("2026-06-18"))
		require.NoError(t, err)
		require.Equal(t, "504919.44", p.Payoff.String())
		require.True(t, p.Due.IsZero())
		step := paying("2026-06-18", p.Payoff.String())
		step.Prepayment = true
		w.do(t, id, loan.Repay, step)
		l := w.read(t, id)
		require.Equal(t, loan.Settled, l.Status)
		require.Equal(t, "2026-06-18", l.SettledOn.String())
		require.True(t, l.Outstanding.IsZero())
		require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) error {
			settled, err := w.loans.Settled(tx, w.bid)
			require.True(t, settled)
			return err
		}))
		require.Equal(t, []string{"1"}, w.texts(t, `select count(*) from river_job where args->>'name' = 'loan.settled'`))
	})

	t.Run("ALatePaymentIsExampleE", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		c := bulletLoan("1000000")
		rate, months, rule := money.MustRate("3.6"), 1, repayment.None
		c.AnnualRate, c.TermMonths, c.DueDateRule = &rate, &months, rule
		id := w.out(t, c) // due on 18 April with 31 days of interest: 3,100.00
		w.at("2026-06-02")
		p, err := w.loans.PayoffOn(t.Context(), w.officer, id, calendar.Date{})
		require.NoError(t, err)
		// 45 days at 5.4 %: 6,750.00 on the principal, 20.93 on the unpaid interest.
		require.Equal(t, "6750.00", p.Penalty.String())
		require.Equal(t, "20.93", p.Compound.String())
		require.Equal(t, "3100.00", p.OverdueInterest.String())
		require.Equal(t, 45, p.DaysPastDue)

		w.do(t, id, loan.Repay, paying("2026-06-02", "10000"))
		require.Equal(t, []string{"6750.00 | 20.93 | 3100.00 | 129.07"}, w.texts(t, `select penalty, compound, interest, principal from loan_repayment`))
		// Ten more days on what is left, and no penalty is charged twice.
		w.at("2026-06-12")
		p, err = w.loans.PayoffOn(t.Context(), w.officer, id, calendar.Date{})
		require.NoError(t, err)
		require.Equal(t, "1499.81", p.Penalty.String()) // 999,870.93 × 5.4 % × 10 / 360
		require.Equal(t, "1001370.74", p.Payoff.String())
		_, err = w.loans.Propose(t.Context(), w.officer, id, loan.Repay, paying("2026-06-01", "1"))
		require.Equal(t, "repayment_before_last", code(t, err))
	})

	t.Run("TheSameInstalmentIsNotPaidTwice", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, content())
		w.at("2026-03-23")
		other := actor(w.bank, authz.Bank, "另一经理", authz.LoanOfficer)
		errs := together(
			func() error {
				_, err := w.loans.Propose(t.Context(), w.officer, id, loan.Repay, paying("2026-03-23", "962.50"))
				return err
			},
			func() error {
				_, err := w.loans.Propose(t.Context(), other, id, loan.Repay, paying("2026-03-23", "962.50"))
				return err
			},
		)
		require.True(t, (errs[0] == nil) != (errs[1] == nil), "%v", errs)
		proposal := w.proposal(t, id)
		second := actor(w.bank, authz.Bank, "另一复核", authz.BankReviewer)
		errs = together(
			func() error { _, err := w.approvals.Sign(t.Context(), w.reviewer, proposal); return err },
			func() error { _, err := w.approvals.Sign(t.Context(), second, proposal); return err },
		)
		require.True(t, (errs[0] == nil) != (errs[1] == nil), "%v", errs)
		require.Equal(t, []string{"1"}, w.texts(t, `select count(*) from loan_repayment`))
		// Once more for the same instalment is more than is due.
		_, err := w.loans.Propose(t.Context(), w.officer, id, loan.Repay, paying("2026-03-23", "962.50"))
		require.Equal(t, "prepayment_not_confirmed", code(t, err))
	})

	t.Run("WhatTheFundRefusesIsNotPosted", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, bulletLoan("500000"))
		w.fund.refuse = errors.New("the fund is closed")
		w.at("2026-06-18")
		step := paying("2026-06-18", "100000")
		step.Prepayment = true
		_, err := w.loans.Propose(t.Context(), w.officer, id, loan.Repay, step)
		require.NoError(t, err)
		require.Error(t, w.sign(t, w.reviewer, id))
		require.Equal(t, "500000.00", w.read(t, id).Outstanding.String())
		require.Empty(t, w.texts(t, `select 1 from loan_repayment`))
	})
}
