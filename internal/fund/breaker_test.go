package fund_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/testdb"
)

func (w world) bankBreaker(t *testing.T) string {
	t.Helper()
	rows := testdb.Texts(t, w.db, "select breaker from fund_bank_state where fund_id = $1 and bank_id = $2", w.city.ID, w.bank)
	if len(rows) == 0 {
		return "normal"
	}
	return rows[0]
}

func (w world) classify(t *testing.T, loan uuid.UUID, class string) {
	t.Helper()
	w.exec(t, "update loan set class = $2 where id = $1", loan, class)
	require.NoError(t, w.db.InTx(t.Context(), func(tx postgres.Tx) error {
		return w.funds.OnLoanClassified(tx, []byte(`{"loan_id":"`+loan.String()+`"}`))
	}))
}

// book enrols sound loans of 9,700,000 and one of 300,000: 3 % of the bank's book.
func (w world) book(t *testing.T) (bad uuid.UUID) {
	t.Helper()
	w.contribute(t, "10000000.00")
	w.enrolled(t, w.loan(t, w.org(t, "enterprise", "甲"), "4850000.00", ""))
	w.enrolled(t, w.loan(t, w.org(t, "enterprise", "乙"), "4850000.00", ""))
	bad = w.loan(t, w.org(t, "enterprise", "丙"), "300000.00", "")
	w.enrolled(t, bad)
	return bad
}

func TestBreakerOfABank(t *testing.T) {
	t.Parallel()
	w := setup(t)
	bad := w.book(t)
	require.Equal(t, "normal", w.bankBreaker(t))

	w.classify(t, bad, "special_mention")
	require.Equal(t, "normal", w.bankBreaker(t), "special mention is not non-performing")
	w.classify(t, bad, "substandard")
	require.Equal(t, "warned", w.bankBreaker(t), "3 % warns")
	w.classify(t, bad, "normal")
	require.Equal(t, "normal", w.bankBreaker(t), "a warning goes by itself")

	w.exec(t, "update enrolment set outstanding = 4999000, covered_outstanding = 4999000, covered_principal = 5000000, principal = 5000000 where loan_id = $1", bad)
	w.classify(t, bad, "loss")
	require.Equal(t, "suspended", w.bankBreaker(t))
	e := w.enrolled(t, w.loan(t, w.org(t, "enterprise", "丁"), "100000.00", ""))
	require.Equal(t, fund.Refused, e.Status)
	require.Contains(t, failures(e), "breaker_bank")

	w.classify(t, bad, "normal")
	require.Equal(t, "suspended", w.bankBreaker(t), "a suspension does not go by itself")
	require.Equal(t, []string{"normal | warned", "warned | normal", "normal | suspended"},
		testdb.Texts(t, w.db, "select from_state, to_state from fund_breaker_decision where bank_id is not null order by decided_at, id"))
}

func TestLiftingASuspensionTakesBothBureaux(t *testing.T) {
	t.Parallel()
	w := setup(t)
	bad := w.book(t)
	w.exec(t, "update loan set class = 'loss' where id <> $1", bad)
	w.classify(t, bad, "loss")
	require.Equal(t, "suspended", w.bankBreaker(t))
	w.exec(t, "update loan set class = 'normal'")

	april := w.on("2026-04-02")
	_, err := april.funds.Resume(t.Context(), w.checker, w.city.ID, &w.bank, "已整改")
	require.True(t, fault.Has(err, "breaker_not_cured"), err)

	for _, day := range []string{"2026-03-31", "2026-04-30"} {
		at := w.on(day)
		require.NoError(t, at.db.InTx(t.Context(), at.funds.EvaluateAll))
	}
	may := w.on("2026-05-06")
	_, err = may.funds.Resume(t.Context(), w.officer, w.city.ID, &w.bank, "已整改")
	require.True(t, fault.Has(err, "permission_denied"), err)
	_, err = may.funds.Resume(t.Context(), w.checker, w.city.ID, &w.bank, "已整改")
	require.NoError(t, err)
	require.Equal(t, "suspended", w.bankBreaker(t), "one bureau is not enough")
	_, err = may.funds.Resume(t.Context(), w.checker, w.city.ID, &w.bank, "再次")
	require.True(t, fault.Has(err, "resumption_signed"), err)
	_, err = may.funds.Resume(t.Context(), w.financeChecker, w.city.ID, &w.bank, "同意")
	require.NoError(t, err)
	require.Equal(t, "normal", w.bankBreaker(t))
}

func TestOnePersonCannotSignForBothBureaux(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.exec(t, "insert into fund_bank_state (fund_id, bank_id, breaker, changed_at) values ($1, $2, 'suspended', now())", w.city.ID, w.bank)
	for _, day := range []string{"2026-03-31", "2026-04-30"} {
		at := w.on(day)
		require.NoError(t, at.db.InTx(t.Context(), at.funds.EvaluateAll))
	}
	may := w.on("2026-05-06")
	double := w.financeChecker
	double.UserID = w.checker.UserID
	_, err := may.funds.Resume(t.Context(), w.checker, w.city.ID, &w.bank, "已整改")
	require.NoError(t, err)
	_, err = may.funds.Resume(t.Context(), double, w.city.ID, &w.bank, "同意")
	require.True(t, fault.Has(err, "maker_is_checker"), err)
}

func TestMoneyOfTheFund(t *testing.T) {
	t.Parallel()
	w := setup(t)
	move := func(n fund.NewMovement) error {
		n.Voucher, n.OnDate = "回单", calendar.MustDate(today)
		m, err := w.funds.Move(t.Context(), w.treasurer, w.city.ID, n)
		if err != nil {
			return err
		}
		return w.sign(t, w.financeChecker, m.ID)
	}

	require.NoError(t, move(fund.NewMovement{Kind: fund.Contribution, Payer: fund.Municipal, Amount: money.Must("6000000")}))
	require.NoError(t, move(fund.NewMovement{Kind: fund.Contribution, Payer: "county:430524", Amount: money.Must("1000000")}))
	require.NoError(t, move(fund.NewMovement{Kind: fund.Contribution, Payer: "park:P4305-JK", Amount: money.Must("500000")}))
	require.NoError(t, move(fund.NewMovement{Kind: fund.Interest, Amount: money.Must("1234.56")}))
	require.NoError(t, move(fund.NewMovement{Kind: fund.ManagementFee, Amount: money.Must("34.56")}))
	require.NoError(t, move(fund.NewMovement{Kind: fund.ReturnCapital, Payer: "county:430524", Amount: money.Must("400000")}))

	f := w.figures(t)
	require.Equal(t, "7101200.00", f.Balance.String())
	require.Equal(t, "7101200.00", f.Available.String())
	require.Equal(t, "7100000.00", f.PaidIn.String())

	t.Run("NoMoreCapitalIsReturnedThanThePayerPutIn", func(t *testing.T) {
		err := move(fund.NewMovement{Kind: fund.ReturnCapital, Payer: "county:430524", Amount: money.Must("600000.01")})
		require.True(t, fault.Has(err, "return_above_capital"), err)
	})
	t.Run("WhatIsOwedToBanksIsNotPaidOut", func(t *testing.T) {
		require.NoError(t, w.db.InTx(t.Context(), func(tx postgres.Tx) error {
			if err := ledger.Ensure(tx, w.city.BookID, ledger.Payable(w.bank), "应付", true); err != nil {
				return err
			}
			_, err := ledger.Post(tx, ledger.ApproveClaim(w.city.BookID, w.treasurer, w.financeChecker, "BC1", calendar.MustDate(today),
				money.Must("7000000"), money.Zero, w.bank, uuid.New()))
			return err
		}))
		require.Equal(t, "101200.00", w.figures(t).Available.String())
		err := move(fund.NewMovement{Kind: fund.ManagementFee, Amount: money.Must("101200.01")})
		require.True(t, fault.Has(err, "fund_insufficient"), err)
	})
	t.Run("WrongInputIsNamed", func(t *testing.T) {
		_, err := w.funds.Move(t.Context(), w.treasurer, w.city.ID, fund.NewMovement{
			Kind: fund.Contribution, Payer: "county:P4305-JK", OnDate: calendar.MustDate("2026-03-10"), Amount: money.Zero,
		})
		found, ok := fault.From(err)
		require.True(t, ok)
		require.Len(t, found.Fields, 4)
	})
	t.Run("TheMakerDoesNotSign", func(t *testing.T) {
		m, err := w.funds.Move(t.Context(), w.treasurer, w.city.ID, fund.NewMovement{
			Kind: fund.Interest, Amount: money.Must("1"), OnDate: calendar.MustDate(today), Voucher: "x",
		})
		require.NoError(t, err)
		both := w.treasurer
		both.Roles = append(both.Roles, authz.FinanceChecker)
		require.True(t, fault.Has(w.sign(t, both, m.ID), "maker_is_checker"))
	})
}

func TestSubFundsOwnShares(t *testing.T) {
	t.Parallel()
	w := setup(t)
	shares := &policy.Shares{Fund: money.MustRate("60"), Bank: money.MustRate("30")}
	_, err := w.funds.Open(t.Context(), w.treasurer, fund.NewFund{Name: "双清", AreaCode: "430502", Shares: shares})
	require.True(t, fault.Has(err, "shares_not_100"), err)
	shares.Bank = money.MustRate("40")
	sub, err := w.funds.Open(t.Context(), w.treasurer, fund.NewFund{Name: "双清", AreaCode: "430502", Shares: shares})
	require.NoError(t, err)
	loan := w.loan(t, w.org(t, "enterprise", "甲"), "1000000.00", "")
	filing := w.filing()
	filing.FundID = sub.ID
	_, err = w.funds.Draft(t.Context(), w.officer, loan, filing)
	require.True(t, fault.Has(err, "fund_not_active"), err)
	require.NoError(t, w.sign(t, w.financeChecker, sub.ID))
	_, err = w.funds.Open(t.Context(), w.treasurer, fund.NewFund{Name: "双清二", AreaCode: "430502"})
	require.True(t, fault.Has(err, "fund_exists"), err)

	other := w
	other.city = sub
	other.contribute(t, "500000.00")
	e := other.enrolled(t, loan)
	require.Equal(t, fund.Enrolled, e.Status, failures(e))
	require.Equal(t, "600000.00", e.Exposure.String(), "the sub-fund's own 60 %")

	far := w.org(t, "enterprise", "隆回企业")
	w.exec(t, "update organization set area_code = '430524' where id = $1", far)
	require.Equal(t, []string{"fund_area"}, failures(other.enrolled(t, w.loan(t, far, "100000.00", ""))))
}

func TestClaimEndsTheCover(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.contribute(t, "1000000.00")
	loan := w.loan(t, w.org(t, "enterprise", "甲"), "1000000.00", "")
	e := w.enrolled(t, loan)

	require.NoError(t, w.db.InTx(t.Context(), func(tx postgres.Tx) error {
		if _, err := fund.MarkClaimed(tx, w.officer, e.ID); err != nil {
			return err
		}
		exposure, err := fund.MarkCompensated(tx, w.manager, e.ID)
		if err != nil {
			return err
		}
		require.Equal(t, "450000.00", exposure.String())
		if err := ledger.Ensure(tx, w.city.BookID, ledger.Payable(w.bank), "应付", true); err != nil {
			return err
		}
		_, err = ledger.Post(tx, ledger.ApproveClaim(w.city.BookID, w.treasurer, w.financeChecker, "BC1", calendar.MustDate(today), exposure, exposure, w.bank, loan))
		return err
	}))
	require.Equal(t, fund.Compensated, w.get(t, e.ID).Status)
	require.Equal(t, "0.00", w.exposure(t, loan))
	require.Equal(t, "0.00", w.figures(t).Exposure.String())
	require.Equal(t, "0.00", w.figures(t).Enrolled.String())
	require.Equal(t, "450000.00", w.figures(t).Committed.String())
}

func TestCustodyTakesTwoPeople(t *testing.T) {
	t.Parallel()
	w := setup(t)
	_, err := w.funds.ChangeCustody(t.Context(), w.treasurer, w.city.ID, " 邵阳资江银行 ")
	require.NoError(t, err)
	bank := func() string {
		return testdb.Texts(t, w.db, "select custody_bank from fund where id = $1", w.city.ID)[0]
	}
	require.Empty(t, bank())
	_, err = w.funds.ChangeCustody(t.Context(), w.treasurer, w.city.ID, "另一家")
	require.True(t, fault.Has(err, "approval_already_pending"), err)
	require.NoError(t, w.sign(t, w.financeChecker, w.city.ID))
	require.Equal(t, "邵阳资江银行", bank())
}
