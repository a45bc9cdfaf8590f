package fund_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

// Whatever happens in whatever order: what is enrolled never exceeds the multiple of the
// fund's net assets, and the ledger carries exactly the exposure of the enrolments.
func TestInvariantsOfTheFund(t *testing.T) {
	t.Parallel()
	w := setup(t)
	type cover struct {
		loan uuid.UUID
		left money.Amount
	}
	var live []cover

	rapid.Check(t, func(r *rapid.T) {
		move := func(kind fund.MovementKind, payer string, amount money.Amount) error {
			m, err := w.funds.Move(t.Context(), w.treasurer, w.city.ID, fund.NewMovement{
				Kind: kind, Payer: payer, Amount: amount, OnDate: calendar.MustDate(today), Voucher: "回单",
			})
			require.NoError(t, err)
			return w.sign(t, w.financeChecker, m.ID)
		}
		// The world lives on from one round to the next, so a few steps a round are enough.
		steps := map[string]func(*rapid.T){
			"contribute": func(r *rapid.T) {
				require.NoError(t, move(fund.Contribution, fund.Municipal, money.FromFen(rapid.Int64Range(1, 30_000_000).Draw(r, "fen"))))
			},
			"return": func(r *rapid.T) {
				err := move(fund.ReturnCapital, fund.Municipal, money.FromFen(rapid.Int64Range(1, 30_000_000).Draw(r, "fen")))
				if err != nil {
					f, ok := fault.From(err)
					require.True(t, ok, err)
					require.Contains(t, []string{"fund_insufficient", "return_breaks_leverage", "return_above_capital"}, f.Code)
				}
			},
			"enrol": func(r *rapid.T) {
				amount := money.FromFen(rapid.Int64Range(100, 200_000_000).Draw(r, "fen"))
				loan := w.loan(t, w.org(t, "enterprise", "企业"), amount.String(), "ip_share = "+rapid.SampledFrom([]string{"100", "61.8"}).Draw(r, "ip"))
				if w.enrolled(t, loan).Status == fund.Enrolled {
					live = append(live, cover{loan, amount})
				}
			},
			"repay": func(r *rapid.T) {
				if len(live) == 0 {
					return
				}
				i := rapid.IntRange(0, len(live)-1).Draw(r, "loan")
				paid := money.FromFen(rapid.Int64Range(1, live[i].left.Fen()).Draw(r, "paid"))
				live[i].left = live[i].left.Sub(paid)
				require.NoError(t, w.db.InTx(t.Context(), func(tx postgres.Tx) error {
					return w.funds.OnPrincipalRepaid(tx, live[i].loan, paid, live[i].left)
				}))
				if live[i].left.IsZero() {
					live = append(live[:i], live[i+1:]...)
				}
			},
		}
		names := rapid.SliceOfN(rapid.SampledFrom([]string{"contribute", "return", "enrol", "repay"}), 1, 4).Draw(r, "steps")
		for _, name := range names {
			steps[name](r)
			f := w.figures(t)
			require.False(t, f.EnrolledLimit.Less(f.Enrolled), "leverage: %s of %s", f.Enrolled, f.EnrolledLimit)
			require.Equal(t, testdb.Texts(t, w.db, "select coalesce(sum(exposure), 0.00) from enrolment where status = 'enrolled'")[0], f.Exposure.String())
			require.False(t, f.Balance.IsNegative())
		}
	})
}

func TestASettledLoanReleasesItsCover(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.contribute(t, "1000000.00")
	loan := w.loan(t, w.org(t, "enterprise", "甲"), "100000.00", "")
	e := w.enrolled(t, loan)

	for range 2 { // events are delivered at least once
		require.NoError(t, w.db.InTx(t.Context(), func(tx postgres.Tx) error {
			return w.funds.OnLoanSettled(tx, []byte(`{"loan_id":"`+loan.String()+`"}`))
		}))
	}
	require.Equal(t, fund.Released, w.get(t, e.ID).Status)
	require.Equal(t, "0.00", w.exposure(t, loan))
}

func TestCapitalThatCarriesLoansIsNotReturned(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.contribute(t, "1000000.00")
	w.enrolled(t, w.loan(t, w.org(t, "enterprise", "甲"), "5000000.00", ""))
	w.enrolled(t, w.loan(t, w.org(t, "enterprise", "乙"), "4500000.00", ""))
	back := func(amount string) error {
		m, err := w.funds.Move(t.Context(), w.treasurer, w.city.ID, fund.NewMovement{
			Kind: fund.ReturnCapital, Payer: fund.Municipal, Amount: money.Must(amount), OnDate: calendar.MustDate(today), Voucher: "回单",
		})
		require.NoError(t, err)
		return w.sign(t, w.financeChecker, m.ID)
	}

	require.True(t, fault.Has(back("50000.01"), "return_breaks_leverage"))
	require.NoError(t, back("50000.00"), "exactly ten times is left")
}
