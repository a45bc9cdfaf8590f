package fund_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

func TestEnrolment(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.contribute(t, "1000000.00")
	loan := w.loan(t, w.org(t, "enterprise", "星垣智能"), "2000000.00", "ip_share = 60")
	e := w.submitted(t, loan)

	both := w.officer
	both.Roles = []authz.Role{authz.LoanOfficer, authz.BankReviewer}
	require.True(t, fault.Has(w.sign(t, both, e.ID), "maker_is_checker"))
	require.Equal(t, "0.00", w.exposure(t, loan), "nothing is carried before the signature")
	require.NoError(t, w.sign(t, w.reviewer, e.ID))

	e = w.get(t, e.ID)
	require.Equal(t, fund.Enrolled, e.Status)
	require.Equal(t, "1200000.00", e.CoveredOutstanding.String(), "60 % of the loan is covered")
	require.Equal(t, "45.00", e.Shares.Fund.String())
	require.Equal(t, "55.00", e.Shares.Bank.String(), "the empty seat of the appraiser goes to the bank")
	require.Equal(t, "540000.00", w.exposure(t, loan))
	require.NotEqual(t, uuid.Nil, e.PolicyID)
	for _, c := range e.Checks {
		require.True(t, c.Passed, c.Code)
		require.NotEmpty(t, c.Needed, c.Code)
		require.NotEmpty(t, c.Actual, c.Code)
	}
	figures := w.figures(t)
	require.Equal(t, "2000000.00", figures.Enrolled.String())
	require.Equal(t, "540000.00", figures.Exposure.String())
	require.Equal(t, "2.00", figures.LeverageText)
	require.Equal(t, "8000000.00", figures.Room.String())

	_, err := w.funds.Draft(t.Context(), w.officer, loan, w.filing())
	require.True(t, fault.Has(err, "loan_already_enrolled"), err)
}

func TestEachRuleRefusesWithItsCode(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.contribute(t, "1000000.00")

	for code, given := range map[string]struct {
		amount, loan, borrower string
		filing                 func(*fund.Filing)
	}{
		"loan_performing":   {loan: "days_past_due = 1"},
		"ip_share":          {loan: "ip_share = 49.99"},
		"term":              {loan: "matures_on = '2029-02-25'"},
		"price":             {loan: "annual_rate = 4.500001"},
		"enterprise_age":    {borrower: "established_on = '2025-02-25'"},
		"sme":               {borrower: "scale = 'large'"},
		"clean_credit":      {filing: func(f *fund.Filing) { f.CleanCredit = false }},
		"enterprise_cap":    {amount: "5000000.01"},
		"leverage":          {amount: "10000000.01", loan: "ip_share = 50"},
		"pledge_registered": {},
		"extra_fees":        {},
	} {
		t.Run(code, func(t *testing.T) {
			amount := given.amount
			if amount == "" {
				amount = "100000.00"
			}
			borrower := w.org(t, "enterprise", code)
			if given.borrower != "" {
				w.exec(t, "update organization set "+given.borrower+" where id = $1", borrower)
			}
			loan := w.loan(t, borrower, amount, given.loan)
			switch code {
			case "pledge_registered":
				w.exec(t, "update pledge set status = 'lapsed' where pledgor_id = $1", borrower)
			case "extra_fees":
				w.exec(t, "update bid set fees = 0.01 from loan where loan.bid_id = bid.id and loan.id = $1", loan)
			}
			f := w.filing()
			if given.filing != nil {
				given.filing(&f)
			}
			e, err := w.funds.Draft(t.Context(), w.officer, loan, f)
			require.NoError(t, err)
			_, err = w.funds.Submit(t.Context(), w.officer, e.ID)
			require.NoError(t, err)
			require.NoError(t, w.sign(t, w.reviewer, e.ID))

			e = w.get(t, e.ID)
			require.Equal(t, fund.Refused, e.Status)
			require.Contains(t, failures(e), code)
			if code != "leverage" { // that loan is above the enterprise's cap too
				require.Len(t, failures(e), 1)
			}
			require.Equal(t, "0.00", w.exposure(t, loan))
			_, err = w.funds.Draft(t.Context(), w.officer, loan, f)
			require.NoError(t, err, "after a refusal the loan may be filed again")
		})
	}
}

func TestTheLimitsThemselvesPass(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.contribute(t, "500000.00")
	borrower := w.org(t, "enterprise", "恰好")
	w.exec(t, "update organization set established_on = '2025-02-24' where id = $1", borrower)
	loan := w.loan(t, borrower, "5000000.00", "annual_rate = 4.5, matures_on = '2029-02-24'")

	require.Empty(t, failures(w.enrolled(t, loan)))
	require.Equal(t, "0.00", w.figures(t).Room.String())
}

func TestFilingDeadline(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.contribute(t, "1000000.00")
	loan := w.loan(t, w.org(t, "enterprise", "迟到"), "100000.00", "")
	e, err := w.funds.Draft(t.Context(), w.officer, loan, w.filing())
	require.NoError(t, err)
	require.Equal(t, "2026-03-09", e.DueOn.String(), "ten working days, 28 February being worked")

	late := w.on("2026-03-10")
	_, err = late.funds.Submit(t.Context(), w.officer, e.ID)
	require.True(t, fault.Has(err, "filing_late"), err)
	require.ErrorContains(t, err, "2026-03-09")

	_, err = late.funds.ProposeLate(t.Context(), w.handler, e.ID, "系统故障")
	require.True(t, fault.Has(err, "late_not_requested"), err)
	_, err = late.funds.RequestLate(t.Context(), w.officer, e.ID, "银行系统升级")
	require.NoError(t, err)
	_, err = late.funds.ProposeLate(t.Context(), w.handler, e.ID, "情况属实")
	require.NoError(t, err)
	_, err = late.funds.Submit(t.Context(), w.officer, e.ID)
	require.True(t, fault.Has(err, "filing_late"), "one person of the bureau is not enough")
	require.NoError(t, late.sign(t, w.checker, e.ID))

	_, err = late.funds.Submit(t.Context(), w.officer, e.ID)
	require.NoError(t, err)
	require.NoError(t, late.sign(t, w.reviewer, e.ID))
	e = late.get(t, e.ID)
	require.Equal(t, fund.Enrolled, e.Status)
	require.True(t, e.Late)
}

func TestASignatureAfterTheDeadlineIsLate(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.contribute(t, "1000000.00")
	e := w.submitted(t, w.loan(t, w.org(t, "enterprise", "慢复核"), "100000.00", ""))

	require.NoError(t, w.on("2026-03-10").sign(t, w.reviewer, e.ID))
	e = w.get(t, e.ID)
	require.Equal(t, fund.Refused, e.Status)
	require.Equal(t, []string{"filing_deadline"}, failures(e))
}

func TestStrangersSeeNothing(t *testing.T) {
	t.Parallel()
	w := setup(t)
	loan := w.loan(t, w.org(t, "enterprise", "甲"), "100000.00", "")
	rival := actor(w.org(t, "bank", "宝庆商业银行"), authz.Bank, "外人", authz.LoanOfficer)

	_, err := w.funds.Draft(t.Context(), rival, loan, w.filing())
	require.True(t, fault.Has(err, "loan_not_found"), err)
	e, err := w.funds.Draft(t.Context(), w.officer, loan, w.filing())
	require.NoError(t, err)
	_, err = w.funds.Submit(t.Context(), rival, e.ID)
	require.True(t, fault.Has(err, "enrolment_not_found"), err)
}

// Sixty-four reviewers sign at once, each for another loan.
func (w world) signAll(t *testing.T, loans []uuid.UUID) {
	t.Helper()
	ids := make([]uuid.UUID, len(loans))
	for i, loan := range loans {
		ids[i] = w.submitted(t, loan).ID
	}
	start := make(chan struct{})
	var wait sync.WaitGroup
	failed := make(chan error, len(ids))
	for _, id := range ids {
		wait.Go(func() {
			<-start
			failed <- w.sign(t, w.reviewer, id)
		})
	}
	close(start)
	wait.Wait()
	close(failed)
	for err := range failed {
		require.NoError(t, err)
	}
}

func TestLeverageHoldsUnderConcurrency(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.contribute(t, "1000000.00")
	loans := make([]uuid.UUID, 64)
	for i := range loans {
		loans[i] = w.loan(t, w.org(t, "enterprise", "企业"), "500000.00", "")
	}
	w.signAll(t, loans)

	require.Equal(t, []string{"enrolled | 20", "refused | 44"}, testdb.Texts(t, w.db, "select status, count(*) from enrolment group by 1 order by 1"))
	figures := w.figures(t)
	require.Equal(t, "10000000.00", figures.Enrolled.String(), "exactly ten times a million")
	require.Equal(t, "4500000.00", figures.Exposure.String(), "ledger and enrolments agree")
}

func TestEnterpriseCapHoldsUnderConcurrencyOverTwoFunds(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.contribute(t, "9000000.00")
	sub, err := w.funds.Open(t.Context(), w.treasurer, fund.NewFund{Name: "双清区子基金", AreaCode: "430502", CustodyBank: "邵阳资江银行"})
	require.NoError(t, err)
	require.NoError(t, w.sign(t, w.financeChecker, sub.ID))
	other := w
	other.city.ID = sub.ID
	other.contribute(t, "9000000.00")

	borrower := w.org(t, "enterprise", "大户")
	ids := make([]uuid.UUID, 64)
	for i := range ids {
		at := w
		if i%2 == 1 {
			at = other
		}
		ids[i] = at.submitted(t, w.loan(t, borrower, "500000.00", "")).ID
	}
	var wait sync.WaitGroup
	for _, id := range ids {
		wait.Go(func() { _ = w.sign(t, w.reviewer, id) })
	}
	wait.Wait()
	require.Equal(t, []string{"10 | 5000000.00"},
		testdb.Texts(t, w.db, "select count(*), sum(covered_outstanding) from enrolment where status = 'enrolled'"))
}

// One signature stands still before its commit; the other must wait for it, or it would
// not see what the first took.
func TestASecondSignatureWaitsForTheFirst(t *testing.T) {
	t.Parallel()

	t.Run("OfAnotherEnterpriseAtTheSameFund", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		w.contribute(t, "500000.00")
		first := w.submitted(t, w.loan(t, w.org(t, "enterprise", "甲"), "3000000.00", ""))
		second := w.submitted(t, w.loan(t, w.org(t, "enterprise", "乙"), "3000000.00", ""))
		w.signBoth(t, first, second, "leverage")
	})
	t.Run("OfTheSameEnterpriseAtAnotherFund", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		w.contribute(t, "9000000.00")
		sub, err := w.funds.Open(t.Context(), w.treasurer, fund.NewFund{Name: "双清区子基金", AreaCode: "430502", CustodyBank: "邵阳资江银行"})
		require.NoError(t, err)
		require.NoError(t, w.sign(t, w.financeChecker, sub.ID))
		other := w
		other.city.ID = sub.ID
		other.contribute(t, "9000000.00")
		borrower := w.org(t, "enterprise", "大户")
		first := w.submitted(t, w.loan(t, borrower, "3000000.00", ""))
		second := other.submitted(t, w.loan(t, borrower, "3000000.00", ""))
		w.signBoth(t, first, second, "enterprise_cap")
	})
}

func (w world) signBoth(t *testing.T, first, second fund.Enrolment, refusal string) {
	t.Helper()
	signed, release := make(chan struct{}), make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		_ = w.db.InTx(t.Context(), func(tx postgres.Tx) error {
			pending := testdb.Texts(t, w.db, "select id from approval_proposal where subject_id = $1", first.ID)
			_, err := w.approvals.Sign(tx.Context(), w.reviewer, uuid.MustParse(pending[0]))
			close(signed)
			<-release
			return err
		})
	})
	<-signed
	done := make(chan error, 1)
	wait.Go(func() { done <- w.sign(t, w.reviewer, second.ID) })
	select {
	case <-done:
		t.Error("the second signature did not wait")
	case <-time.After(300 * time.Millisecond):
	}
	close(release)
	wait.Wait()
	require.Equal(t, fund.Enrolled, w.get(t, first.ID).Status)
	require.Equal(t, []string{refusal}, failures(w.get(t, second.ID)))
}

func TestExposureFollowsRepayments(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.contribute(t, "10000000.00")

	rapid.Check(t, func(r *rapid.T) {
		fen := rapid.Int64Range(10_000, 300_000_000).Draw(r, "principal")
		share := rapid.SampledFrom([]string{"50", "66.666667", "73.25", "100"}).Draw(r, "ip_share")
		principal := money.FromFen(fen)
		loan := w.loan(t, w.org(t, "enterprise", "还款"), principal.String(), "ip_share = "+share)
		e := w.enrolled(t, loan)
		require.Equal(t, fund.Enrolled, e.Status, failures(e))

		left := principal
		for left.IsPositive() {
			paid := money.FromFen(rapid.Int64Range(1, left.Fen()).Draw(r, "paid"))
			if rapid.Bool().Draw(r, "all") {
				paid = left
			}
			left = left.Sub(paid)
			before := w.get(t, e.ID).Exposure
			require.NoError(t, w.db.InTx(t.Context(), func(tx postgres.Tx) error {
				return w.funds.OnPrincipalRepaid(tx, loan, paid, left)
			}))
			now := w.get(t, e.ID)
			require.False(t, before.Less(now.Exposure), "exposure never rises")
			require.Equal(t, now.Exposure.String(), w.exposure(t, loan), "the ledger carries the same")
			want := money.MustRate("45").Of(money.MustRate(share).Of(left))
			require.Equal(t, want.String(), now.Exposure.String(), "the fund's share of the covered rest")
		}
		now := w.get(t, e.ID)
		require.Equal(t, fund.Released, now.Status)
		require.Equal(t, "0.00", w.exposure(t, loan))
	})
}
