package loan_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/calendar"
	"ippledge/internal/loan"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
)

func TestDaily(t *testing.T) {
	t.Parallel()

	t.Run("FollowsDaysClassAndStatus", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, content()) // first due on 23 March
		version := w.read(t, id).Version
		for _, c := range []struct {
			day    string
			dpd    int
			class  repayment.Class
			status loan.Status
		}{
			{"2026-03-23", 0, repayment.Normal, loan.Active},
			{"2026-03-24", 1, repayment.SpecialMention, loan.Overdue},
			{"2026-06-21", 90, repayment.SpecialMention, loan.Overdue},
			{"2026-06-22", 91, repayment.Substandard, loan.Overdue},
			{"2026-12-19", 271, repayment.Doubtful, loan.Overdue},
			{"2027-03-19", 361, repayment.Loss, loan.Overdue},
		} {
			day := calendar.MustDate(c.day)
			require.NoError(t, w.loans.RunDaily(t.Context(), day))
			l := w.read(t, id)
			require.Equal(t, c.dpd, l.DaysPastDue, c.day)
			require.Equal(t, c.class, l.Class, c.day)
			require.Equal(t, c.status, l.Status, c.day)
		}
		require.Equal(t, version, w.read(t, id).Version, "a night is nobody's edit")
	})

	t.Run("DoesADayOnce", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, content())
		for range 3 {
			require.NoError(t, w.loans.RunDaily(t.Context(), calendar.MustDate("2026-03-25")))
		}
		require.NoError(t, w.loans.RunDaily(t.Context(), calendar.MustDate("2026-03-20")))
		require.Equal(t, 2, w.read(t, id).DaysPastDue)
		require.Equal(t, []string{"1"}, w.texts(t, `select count(*) from audit_entry where action = 'loan.assess'`))
		require.Equal(t, []string{"1"}, w.texts(t, `select count(*) from river_job where args->>'name' = 'loan.overdue'`))
	})

	t.Run("APendingRepaymentOutlivesTheNight", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, content())
		w.at("2026-03-23")
		_, err := w.loans.Propose(t.Context(), w.officer, id, loan.Repay, paying("2026-03-23", "962.50"))
		require.NoError(t, err)
		require.NoError(t, w.loans.RunDaily(t.Context(), calendar.MustDate("2026-03-24")))
		require.Equal(t, loan.Overdue, w.read(t, id).Status)
		require.NoError(t, w.sign(t, w.reviewer, id))
		require.Equal(t, loan.Active, w.read(t, id).Status, "paid in time, posted a day later")
	})

	t.Run("APaymentOfAnEarlierDayLeavesTodaysArrears", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, content())
		w.at("2026-04-25") // the second instalment was due on the 21st
		require.NoError(t, w.loans.RunDaily(t.Context(), calendar.MustDate("2026-04-25")))
		w.do(t, id, loan.Repay, paying("2026-03-23", "962.50"))
		l := w.read(t, id)
		require.Equal(t, loan.Overdue, l.Status)
		require.Equal(t, 4, l.DaysPastDue)
	})

	t.Run("APaymentCures", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, content())
		w.at("2026-04-02")
		require.NoError(t, w.loans.RunDaily(t.Context(), calendar.MustDate("2026-04-02")))
		p, err := w.loans.PayoffOn(t.Context(), w.officer, id, calendar.Date{})
		require.NoError(t, err)
		require.Equal(t, "1.03", p.Compound.String()) // 962.50 × 3.85 % × 10 / 360: before maturity the contract rate
		w.do(t, id, loan.Repay, paying("2026-04-02", p.Due.String()))
		l := w.read(t, id)
		require.Equal(t, loan.Active, l.Status)
		require.Equal(t, repayment.Normal, l.Class)
	})
}

func TestExtension(t *testing.T) {
	t.Parallel()

	until := func(day string) loan.Step {
		d := calendar.MustDate(day)
		return loan.Step{MaturesOn: &d, Consents: true}
	}

	t.Run("MovesTheMaturityBeforeItComes", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, content())
		w.at("2027-03-10")
		_, err := w.loans.Propose(t.Context(), w.officer, id, loan.Extend, until("2027-03-18"))
		require.Equal(t, "extension_not_later", code(t, err))
		_, err = w.loans.Propose(t.Context(), w.officer, id, loan.Extend, until("2028-03-19"))
		require.Equal(t, "extension_too_long", code(t, err))
		without := until("2027-09-18")
		without.Consents = false
		_, err = w.loans.Propose(t.Context(), w.officer, id, loan.Extend, without)
		require.Equal(t, "extension_consents_missing", code(t, err))
		w.do(t, id, loan.Extend, until("2027-09-18"))
		require.Equal(t, []string{"extended from 2027-03-18 to 2027-09-18"}, w.fund.told)
		l := w.read(t, id)
		require.Equal(t, loan.Extended, l.Status)
		require.Equal(t, "2027-09-18", l.MaturesOn.String())
		require.Equal(t, "2027-03-18", l.OriginalMaturesOn.String())
		require.Equal(t, []string{"19 | 3000000.00"}, w.texts(t, `select count(*), sum(principal) from loan_instalment`))
	})

	t.Run("NotAfterwards", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, content())
		w.at("2027-03-19")
		_, err := w.loans.Propose(t.Context(), w.officer, id, loan.Extend, until("2027-09-18"))
		require.Equal(t, "extension_after_maturity", code(t, err))
	})

	t.Run("NotPastThePledgesTerm", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, content())
		w.exec(t, `update pledge set registration_ends_on = '2027-06-30'`)
		w.at("2027-03-10")
		_, err := w.loans.Propose(t.Context(), w.officer, id, loan.Extend, until("2027-09-18"))
		require.Equal(t, "pledge_extension_required", code(t, err))
	})
}

func TestDefaultAndRecovery(t *testing.T) {
	t.Parallel()

	t.Run("FromArrearsToWriteOff", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, content())
		w.at("2026-04-01")
		require.NoError(t, w.loans.RunDaily(t.Context(), calendar.MustDate("2026-04-01")))
		_, err := w.loans.Propose(t.Context(), w.officer, id, loan.Default, loan.Step{})
		require.Equal(t, "not_non_performing", code(t, err))

		w.do(t, id, loan.Accelerate, loan.Step{Reason: "挪用贷款"})
		// All is due now: 3 + 11 days of interest.
		p, err := w.loans.PayoffOn(t.Context(), w.officer, id, calendar.Date{})
		require.NoError(t, err)
		require.Equal(t, "3000000.00", p.Principal.String())
		require.True(t, p.FuturePrincipal.IsZero())
		require.Equal(t, p.Payoff, p.Due)
		w.do(t, id, loan.Default, loan.Step{})
		require.Equal(t, repayment.Substandard, w.read(t, id).Class)

		_, err = w.loans.Propose(t.Context(), w.officer, id, loan.Recover, loan.Step{Measure: "litigation"})
		require.Equal(t, "field_required", code(t, err))
		w.do(t, id, loan.Recover, loan.Step{Measure: "disposal"})
		require.Equal(t, []string{"in_disposal"}, w.texts(t, `select status from ip_asset`))
		costs := money.Must("24567.89")
		w.do(t, id, loan.AddCost, loan.Step{Amount: &costs, Reason: "诉讼费、评估费"})

		w.at("2026-09-01")
		sum := money.Must("300000")
		recovered := func(amount money.Amount) error {
			return w.db.InTx(t.Context(), func(tx postgres.Tx) error {
				return w.loans.RecordRecovery(tx, id, amount, calendar.MustDate("2026-09-01"))
			})
		}
		require.NoError(t, recovered(sum))
		require.Equal(t, []string{"24567.89 | 275432.11 | recovery"}, w.texts(t, `select costs, principal, source from loan_repayment`))
		require.Equal(t, "2724567.89", w.read(t, id).Outstanding.String())
		require.Empty(t, w.fund.told, "the recovery keeps the fund's side itself")

		w.do(t, id, loan.WriteOff, loan.Step{Reason: "法院裁定终结本次执行"})
		require.Equal(t, loan.WrittenOff, w.read(t, id).Status)
		require.NoError(t, recovered(money.Must("100")), "a written-off claim still takes money in")
		require.Equal(t, "repayment_above_payoff", code(t, recovered(money.Must("9000000"))))
	})

	t.Run("ADefaultedLoanThatIsPaidIsSettled", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, content())
		w.at("2026-06-22")
		require.NoError(t, w.loans.RunDaily(t.Context(), calendar.MustDate("2026-06-22")))
		w.do(t, id, loan.Default, loan.Step{})
		p, err := w.loans.PayoffOn(t.Context(), w.officer, id, calendar.Date{})
		require.NoError(t, err)
		step := paying("2026-06-22", p.Payoff.String())
		step.Prepayment = true
		w.do(t, id, loan.Repay, step)
		require.Equal(t, loan.Settled, w.read(t, id).Status)
	})

	t.Run("AClassIsNeverBetterThanTheDays", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, content())
		w.at("2026-06-22")
		require.NoError(t, w.loans.RunDaily(t.Context(), calendar.MustDate("2026-06-22")))
		_, err := w.loans.Propose(t.Context(), w.officer, id, loan.Reclassify, loan.Step{Class: repayment.SpecialMention, Reason: "已补充担保"})
		require.Equal(t, "class_better_than_days", code(t, err))
		w.do(t, id, loan.Reclassify, loan.Step{Class: repayment.Loss, Reason: "借款人已停业"})
		require.NoError(t, w.loans.RunDaily(t.Context(), calendar.MustDate("2026-06-23")))
		require.Equal(t, repayment.Loss, w.read(t, id).Class)
	})
}
