package loan_test

import (
	"encoding/json"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/etag"
	"ippledge/internal/loan"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

func TestTransitions(t *testing.T) {
	t.Parallel()
	allowed := map[loan.Status][]loan.Action{
		loan.Approved:   {"cancel", "complete", "sign"},
		loan.Signed:     {"cancel", "ready"},
		loan.Ready:      {"cancel", "disburse"},
		loan.Active:     {"accelerate", "extend", "fall_overdue", "reclassify", "repay", "settle"},
		loan.Extended:   {"accelerate", "extend", "fall_overdue", "reclassify", "repay", "settle"},
		loan.Overdue:    {"accelerate", "add_cost", "cure", "default", "extend", "reclassify", "repay", "settle"},
		loan.Defaulted:  {"add_cost", "reclassify", "recover", "repay", "settle"},
		loan.InRecovery: {"add_cost", "reclassify", "repay", "settle", "write_off"},
		loan.WrittenOff: {"repay"},
		loan.Settled:    nil, loan.Cancelled: nil,
	}
	require.Len(t, loan.Transitions.States(), len(allowed))
	for status, actions := range allowed {
		require.Equal(t, actions, loan.Transitions.Actions(status), status)
		require.NotEmpty(t, status.Text())
	}
}

// A rate above the policy's ceiling at today's LPR, or a bid with fees, would be refused
// by the fund after the money is out; the credit decision refuses it before.
func TestApprovalKeepsToThePolicysPrice(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.exec(t, `insert into lpr_quote (id, published_on, one_year, five_year, source, status, recorded_at) values (gen_random_uuid(), '2026-02-20', 2.34, 3.5, '测试', 'recorded', now())`)
	_, err := w.loans.Approve(t.Context(), w.rivalReviewer, w.bid, content())
	require.Equal(t, "permission_denied", code(t, err))
	parameters, _, err := policy.Default()
	require.NoError(t, err)
	text, err := json.Marshal(parameters)
	require.NoError(t, err)
	w.exec(t, `insert into policy_version (id, number, title, effective_from, parameters, status, created_at) values (gen_random_uuid(), 'ZD1', '政策', '2025-01-01', $1, 'in_force', now())`, string(text))

	_, err = w.loans.Approve(t.Context(), w.approver, w.bid, content())
	require.Equal(t, "rate_above_policy_ceiling", code(t, err))
	require.ErrorContains(t, err, "3.84", "2.34 % and 150 basis points")
	c := content()
	c.AnnualRate = new(money.Rate)
	*c.AnnualRate = money.MustRate("3.84")
	w.exec(t, "update bid set fees = 0.01")
	_, err = w.loans.Approve(t.Context(), w.approver, w.bid, c)
	require.Equal(t, "extra_fees_not_allowed", code(t, err))
	parameters.ExtraFeesAllowed = true
	text, err = json.Marshal(parameters)
	require.NoError(t, err)
	w.exec(t, `insert into policy_version (id, number, title, effective_from, parameters, status, created_at) values (gen_random_uuid(), 'ZD2', '政策', '2026-03-01', $1, 'in_force', now())`, string(text))
	_, err = w.loans.Approve(t.Context(), w.approver, w.bid, c)
	require.NoError(t, err, "the ceiling itself passes, and fees where the policy allows them")
}

func TestApproval(t *testing.T) {
	t.Parallel()
	w := setup(t)
	rate := money.MustRate("3.86")
	for name, c := range map[string]struct {
		spoil func(*loan.Content)
		code  string
	}{
		"more than was awarded":   {func(c *loan.Content) { c.Principal = money.Must("3000000.01") }, "principal_above_award"},
		"more than the line":      {func(c *loan.Content) { c.CreditLine = money.Must("2999999.99") }, "principal_above_credit_line"},
		"dearer than the bid":     {func(c *loan.Content) { c.AnnualRate = &rate }, "rate_above_bid"},
		"no contract":             {func(c *loan.Content) { c.ContractNo = "" }, "field_required"},
		"a markup beyond the law": {func(c *loan.Content) { r := money.MustRate("60"); c.PenaltyMarkup = &r }, "penalty_markup_out_of_range"},
		"weeks of grace":          {func(c *loan.Content) { c.GraceDays = 16 }, "grace_out_of_range"},
	} {
		given := content()
		c.spoil(&given)
		_, err := w.loans.Approve(t.Context(), w.approver, w.bid, given)
		require.Equal(t, c.code, code(t, err), name)
	}
	_, err := w.loans.Approve(t.Context(), w.officer, w.bid, content())
	require.Equal(t, "permission_denied", code(t, err))
	stranger := actor(w.rival, authz.Bank, "他行审批", authz.BankApprover)
	_, err = w.loans.Approve(t.Context(), stranger, w.bid, content())
	require.Equal(t, "bid_not_found", code(t, err))

	w.approved(t, content())
	_, err = w.loans.Approve(t.Context(), w.approver, w.bid, content())
	require.Equal(t, "loan_already_exists", code(t, err))
}

func TestContractAndDisbursement(t *testing.T) {
	t.Parallel()

	t.Run("BothSignThenTheBidIsContracted", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.approved(t, content())
		l, err := w.loans.SignContract(t.Context(), w.reviewer, id, nil)
		require.NoError(t, err)
		require.Equal(t, loan.Approved, l.Status)
		_, err = w.loans.SignContract(t.Context(), w.reviewer, id, nil)
		require.Equal(t, "already_signed", code(t, err))
		l, err = w.loans.SignContract(t.Context(), w.signatory, id, nil)
		require.NoError(t, err)
		require.Equal(t, loan.Signed, l.Status)
		require.Equal(t, []string{"contracted"}, w.texts(t, `select status from bid`))
	})

	t.Run("NoMoneyFlowsBeforeThePledgeIsRegistered", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		w.exec(t, `update pledge set status = 'filed'`)
		id := w.signed(t, content())
		_, err := w.loans.Propose(t.Context(), w.officer, id, loan.MakeReady, loan.Step{Conditions: met()})
		require.Equal(t, "pledge_not_registered", code(t, err))

		w.exec(t, `update pledge set status = 'registered'`)
		w.do(t, id, loan.MakeReady, loan.Step{Conditions: met()})
		_, err = w.loans.Propose(t.Context(), w.officer, id, loan.Disburse, loan.Step{})
		require.NoError(t, err)
		w.exec(t, `update pledge set status = 'revoked'`) // while the proposal waits
		require.Equal(t, "pledge_not_registered", code(t, w.sign(t, w.reviewer, id)))
		require.Equal(t, loan.Ready, w.read(t, id).Status)
	})

	t.Run("EveryConditionMustBeMet", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.signed(t, content())
		_, err := w.loans.Propose(t.Context(), w.officer, id, loan.MakeReady, loan.Step{Conditions: met()[:3]})
		require.Equal(t, "condition_not_met", code(t, err))
	})

	t.Run("TheWholePrincipalIsPaidOut", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.signed(t, content())
		w.do(t, id, loan.MakeReady, loan.Step{Conditions: met()})
		less := money.Must("2890000")
		_, err := w.loans.Propose(t.Context(), w.officer, id, loan.Disburse, loan.Step{Amount: &less})
		require.Equal(t, "disbursed_amount_differs", code(t, err))
		w.do(t, id, loan.Disburse, loan.Step{})

		l := w.read(t, id)
		require.Equal(t, loan.Active, l.Status)
		require.Equal(t, "3000000.00", l.Outstanding.String())
		require.Equal(t, "2027-03-18", l.MaturesOn.String())
		require.Equal(t, w.pledge, *l.PledgeID)
		require.Equal(t, []string{"13 | 117104.14 | 3000000.00"}, w.texts(t, `select count(*), sum(interest), sum(principal) from loan_instalment`))
		require.Equal(t, []string{"fulfilled"}, w.texts(t, `select status from financing_need`))
		require.Equal(t, []string{"1"}, w.texts(t, `select count(*) from river_job where args->>'name' = 'loan.disbursed'`))
	})

	t.Run("TwoCheckersAtOnceDisburseOnce", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.signed(t, content())
		w.do(t, id, loan.MakeReady, loan.Step{Conditions: met()})
		_, err := w.loans.Propose(t.Context(), w.officer, id, loan.Disburse, loan.Step{})
		require.NoError(t, err)
		_, err = w.loans.Propose(t.Context(), w.officer, id, loan.Disburse, loan.Step{})
		require.Equal(t, "approval_already_pending", code(t, err))
		proposal := w.proposal(t, id)
		second := actor(w.bank, authz.Bank, "另一复核", authz.BankReviewer)
		errs := together(
			func() error { _, err := w.approvals.Sign(t.Context(), w.reviewer, proposal); return err },
			func() error { _, err := w.approvals.Sign(t.Context(), second, proposal); return err },
		)
		require.True(t, (errs[0] == nil) != (errs[1] == nil), "%v", errs)
		require.Equal(t, []string{"1"}, w.texts(t, `select count(*) from audit_entry where action = 'loan.disburse'`))
		require.Equal(t, []string{"13"}, w.texts(t, `select count(*) from loan_instalment`))
	})

	t.Run("AnApprovedLoanFallsWithItsBid", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.approved(t, content())
		for range 2 {
			require.NoError(t, w.db.InTx(t.Context(), func(tx postgres.Tx) error {
				return w.loans.OnBidDeclined(tx, []byte(`{"bid_id":"`+w.bid.String()+`"}`))
			}))
		}
		require.Equal(t, loan.Cancelled, w.read(t, id).Status)
	})
}

func together(work ...func() error) []error {
	errs := make([]error, len(work))
	var wg sync.WaitGroup
	for i, do := range work {
		wg.Go(func() { errs[i] = do() })
	}
	wg.Wait()
	return errs
}

func TestAccess(t *testing.T) {
	t.Parallel()
	w := setup(t)
	id := w.out(t, content())
	_, err := w.loans.Propose(t.Context(), w.rivalOfficer, id, loan.Repay, paying("2026-03-18", "1"))
	require.Equal(t, "loan_not_found", code(t, err))
	_, err = w.loans.PayoffOn(t.Context(), w.rivalOfficer, id, calendar.Date{})
	require.Equal(t, "loan_not_found", code(t, err))
	_, err = w.loans.Propose(t.Context(), w.reviewer, id, loan.Repay, paying("2026-03-18", "1"))
	require.Equal(t, "permission_denied", code(t, err))
	_, err = w.loans.Propose(etag.With(t.Context(), 1), w.officer, id, loan.AddCost, loan.Step{})
	require.Equal(t, "stale_version", code(t, err))

	w.at("2026-03-23")
	_, err = w.loans.Propose(t.Context(), w.officer, id, loan.Repay, paying("2026-03-23", "962.50"))
	require.NoError(t, err)
	both := w.officer
	both.Roles = []authz.Role{authz.LoanOfficer, authz.BankReviewer}
	require.Equal(t, "maker_is_checker", code(t, w.sign(t, both, id)))
	require.Equal(t, "approval_not_found", code(t, w.sign(t, w.rivalReviewer, id)))
}
