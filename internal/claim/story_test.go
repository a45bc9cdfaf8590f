package claim_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/claim"
	"ippledge/internal/fault"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/testdb"
)

// filed is a claim on a loan of a million, handed in on claimDay by two of the bank.
func (w world) filed(t testing.TB, amount string) (world, claim.Claim) {
	t.Helper()
	return w.filedBy(t, w.org(t, "enterprise", "邵阳市星垣智能装备有限公司"), amount)
}

func (w world) filedBy(t testing.TB, borrower uuid.UUID, amount string) (world, claim.Claim) {
	t.Helper()
	e, loan := w.on(enrolDay).enrolled(t, borrower, amount)
	w.defaulted(t, loan)
	w = w.on(claimDay)
	c, err := w.claims.Draft(t.Context(), w.officer, e.ID, w.filing(t))
	require.NoError(t, err)
	_, err = w.claims.Submit(t.Context(), w.officer, c.ID)
	require.NoError(t, err)
	w.sign(t, w.reviewer, c.ID)
	return w, w.get(t, c.ID)
}

// reviewed takes a claim below the experts' threshold to the bureau's review.
func (w world) reviewed(t testing.TB, c claim.Claim) claim.Claim {
	t.Helper()
	_, err := w.claims.Accept(t.Context(), w.fundHandler, c.ID, "")
	require.NoError(t, err)
	_, err = w.claims.FirstReview(t.Context(), w.fundHandler, c.ID, opinion())
	require.NoError(t, err)
	w.sign(t, w.fundChecker, c.ID)
	_, err = w.claims.BureauReview(t.Context(), w.handler, c.ID, opinion())
	require.NoError(t, err)
	w.sign(t, w.checker, c.ID)
	return w.get(t, c.ID)
}

// publicised shows the reviewed claim to the public on claimDay: until 2026-06-08.
func (w world) publicised(t testing.TB, c claim.Claim) claim.Claim {
	t.Helper()
	_, err := w.claims.Publicise(t.Context(), w.handler, c.ID, claim.Announcement{Contact: "0739-0000000，邵阳市市场监督管理局知识产权科"})
	require.NoError(t, err)
	w.sign(t, w.checker, c.ID)
	return w.get(t, c.ID)
}

// approved goes on after the publicity, on 2026-06-10, with both bureaux.
func (w world) approved(t testing.TB, c claim.Claim) (world, claim.Claim) {
	t.Helper()
	w = w.on("2026-06-10")
	_, err := w.claims.Approve(t.Context(), w.handler, c.ID, "同意核准")
	require.NoError(t, err)
	w.sign(t, w.checker, c.ID)
	_, err = w.claims.Confirm(t.Context(), w.financeChecker, c.ID, "")
	require.NoError(t, err)
	return w, w.get(t, c.ID)
}

func (w world) pay(t testing.TB, c claim.Claim, amount string) {
	t.Helper()
	_, err := w.claims.Pay(t.Context(), w.treasurer, c.ID, payment(amount))
	require.NoError(t, err)
	w.sign(t, w.financeChecker, c.ID)
}

func payment(amount string) claim.Payment {
	return claim.Payment{Amount: money.Must(amount), PaidOn: calendar.MustDate("2026-06-10"), Voucher: "付款回单" + uuid.NewString()[:8]}
}

// paid is a claim of 450,000.00 paid in full on 2026-06-10.
func (w world) paid(t testing.TB) (world, claim.Claim) {
	t.Helper()
	w, c := w.filed(t, "1000000.00")
	w, c = w.approved(t, w.publicised(t, w.reviewed(t, c)))
	w.pay(t, c, c.Approved.String())
	return w, w.get(t, c.ID)
}

func TestWholeClaim(t *testing.T) {
	t.Parallel()
	w, c := setup(t).filed(t, "1000000.00")
	require.Equal(t, claim.Submitted, c.Status)
	require.Equal(t, "450000.00", c.Asked.String(), "45 % of a million, nothing entered means the most")
	require.Equal(t, "2026-06-08", c.StepDueOn.String(), "five working days to accept")
	require.Equal(t, []string{"claimed"}, testdb.Texts(t, w.db, "select status from enrolment where id = $1", c.EnrolmentID))

	c = w.publicised(t, w.reviewed(t, c))
	require.Equal(t, claim.Publicised, c.Status)
	require.Equal(t, "2026-06-01", c.PublicityFrom.String())
	require.Equal(t, "2026-06-08", c.PublicityUntil.String())
	require.Equal(t, "450000.00", w.balance(t, ledger.Exposure(c.BankID, c.LoanID)))

	w, c = w.approved(t, c)
	require.Equal(t, claim.Approved, c.Status)
	require.Equal(t, "450000.00", c.Approved.String())
	require.Equal(t, "0.00", w.balance(t, ledger.Exposure(c.BankID, c.LoanID)), "the exposure is gone")
	require.Equal(t, "-450000.00", w.balance(t, ledger.Payable(c.BankID)))
	require.Equal(t, "450000.00", w.balance(t, ledger.LossPaid))
	require.Equal(t, "20000000.00", w.balance(t, ledger.Cash("main")), "approval moves no money")

	w.pay(t, c, "450000.00")
	c = w.get(t, c.ID)
	require.Equal(t, claim.Paid, c.Status)
	require.Equal(t, "19550000.00", w.balance(t, ledger.Cash("main")))
	require.Equal(t, "0.00", w.balance(t, ledger.Payable(c.BankID)))
	require.Equal(t, claim.RecoveryOpen, w.recovery(t, c.ID).Status)
	require.Equal(t, []string{"compensated"}, testdb.Texts(t, w.db, "select status from enrolment where id = $1", c.EnrolmentID))
	w.verify(t)

	settled, err := w.claims.Settle(t.Context(), w.treasurer, 2026)
	require.NoError(t, err)
	require.Equal(t, "20000000.00", settled.Funds[0].Opening.String())
	require.Equal(t, "450000.00", settled.Funds[0].Paid.String())
	require.Equal(t, "0.00", settled.Funds[0].Other.String())
	require.Equal(t, "19550000.00", settled.Funds[0].Closing.String())
	require.Equal(t, "450000.00", settled.Banks[0].Paid.String())
	require.Equal(t, "450000.00", settled.Banks[0].Net.String())
}

func TestFiling(t *testing.T) {
	t.Parallel()

	t.Run("IsRefusedBeforeItsDayWithTheFirstDayPossible", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		e, loan := w.enrolled(t, w.org(t, "enterprise", "甲公司"), "1000000.00")
		w.defaulted(t, loan)
		w.exec(t, "update loan set days_past_due = 60 where id = $1", loan)
		w = w.on(claimDay)
		c, err := w.claims.Draft(t.Context(), w.officer, e.ID, w.filing(t))
		require.NoError(t, err)
		_, err = w.claims.Submit(t.Context(), w.officer, c.ID)
		require.ErrorIs(t, err, &fault.Error{Code: "claim_too_early"})
		require.ErrorContains(t, err, "2026-07-01")
	})

	t.Run("NamesEveryMissingPaperAndTheSuit", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		e, loan := w.enrolled(t, w.org(t, "enterprise", "甲公司"), "1000000.00")
		w.defaulted(t, loan)
		w.exec(t, "update loan set recovery_reference = '' where id = $1", loan)
		w = w.on(claimDay)
		in := w.filing(t)
		in.Documents = in.Documents[2:]
		c, err := w.claims.Draft(t.Context(), w.officer, e.ID, in)
		require.NoError(t, err)
		_, err = w.claims.Submit(t.Context(), w.officer, c.ID)
		f, ok := fault.From(err)
		require.True(t, ok)
		fields := map[string]string{}
		for _, field := range f.Fields {
			fields[field.Field] = field.Code
		}
		require.Equal(t, map[string]string{
			"litigation_no": "litigation_missing", "documents.claim_report": "document_kind_missing", "documents.licence_accounts": "document_kind_missing",
		}, fields)
	})

	t.Run("IsRefusedWhenTooLate", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		e, loan := w.enrolled(t, w.org(t, "enterprise", "甲公司"), "1000000.00")
		w.defaulted(t, loan)
		w = w.on("2027-03-01")
		c, err := w.claims.Draft(t.Context(), w.officer, e.ID, w.filing(t))
		require.NoError(t, err)
		_, err = w.claims.Submit(t.Context(), w.officer, c.ID)
		require.ErrorIs(t, err, &fault.Error{Code: "claim_too_late"})
	})

	t.Run("IsRefusedWhereTheExtensionWasNotFiledAnew", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		e, loan := w.enrolled(t, w.org(t, "enterprise", "甲公司"), "1000000.00")
		w.defaulted(t, loan)
		w.exec(t, "update loan set matures_on = '2027-06-30' where id = $1", loan)
		w.exec(t, `insert into enrolment_refiling (id, enrolment_id, covered_until, matures_on, extended_on, due_on, status, created_at)
			select gen_random_uuid(), $1, $2::date - days_past_due - 1, matures_on, '2026-03-10', '2026-03-20', 'awaiting', now() from loan where id = $3`, e.ID, claimDay, loan)
		w = w.on(claimDay)
		c, err := w.claims.Draft(t.Context(), w.officer, e.ID, w.filing(t))
		require.NoError(t, err)
		_, err = w.claims.Submit(t.Context(), w.officer, c.ID)
		require.ErrorIs(t, err, &fault.Error{Code: "extension_not_refiled"})

		w.exec(t, "update enrolment_refiling set covered_until = covered_until + 1")
		_, err = w.claims.Submit(t.Context(), w.officer, c.ID)
		require.NoError(t, err, "the default began while the fund's promise held")
	})

	t.Run("CannotAskForMoreThanWasWorkedOutNorTwice", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		e, loan := w.enrolled(t, w.org(t, "enterprise", "甲公司"), "1000000.00")
		w.defaulted(t, loan)
		w = w.on(claimDay)
		in := w.filing(t)
		more := money.Must("450000.01")
		in.Asked = &more
		_, err := w.claims.Draft(t.Context(), w.officer, e.ID, in)
		require.ErrorIs(t, err, &fault.Error{Code: "asked_above_computed"})
		in.Asked = nil
		_, err = w.claims.Draft(t.Context(), w.officer, e.ID, in)
		require.NoError(t, err)
		_, err = w.claims.Draft(t.Context(), w.officer, e.ID, in)
		require.ErrorIs(t, err, &fault.Error{Code: "claim_already_filed"})
	})

	t.Run("StopsTheClockForACorrectionAndStartsItAnew", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		_, err := w.claims.Correct(t.Context(), w.fundHandler, c.ID, "缺少法院缴费通知")
		require.NoError(t, err)
		c = w.get(t, c.ID)
		require.Equal(t, claim.Correction, c.Status)
		require.Nil(t, c.StepDueOn)
		w = w.on("2026-06-15")
		_, err = w.claims.Edit(t.Context(), w.officer, c.ID, w.filing(t))
		require.NoError(t, err)
		_, err = w.claims.Resubmit(t.Context(), w.officer, c.ID)
		require.NoError(t, err)
		w.sign(t, w.reviewer, c.ID)
		c = w.get(t, c.ID)
		require.Equal(t, claim.Submitted, c.Status)
		require.Equal(t, "2026-06-23", c.StepDueOn.String(), "the 19th is a holiday")
	})

	t.Run("MayBeRepeatedAfterARejection", func(t *testing.T) {
		t.Parallel()
		w, c := setup(t).filed(t, "1000000.00")
		_, err := w.claims.Refuse(t.Context(), w.fundHandler, c.ID, "不属于备案范围")
		require.NoError(t, err)
		w.sign(t, w.fundChecker, c.ID)
		c = w.get(t, c.ID)
		require.Equal(t, claim.Rejected, c.Status)
		require.Equal(t, "不属于备案范围", c.StatusReason)
		_, err = w.claims.Draft(t.Context(), w.officer, c.EnrolmentID, w.filing(t))
		require.NoError(t, err, "the loan is under cover again")
	})
}

func TestVisibility(t *testing.T) {
	t.Parallel()
	w, c := setup(t).filed(t, "1000000.00")
	stranger := actor(w.org(t, "bank", "宝庆商业银行"), authz.Bank, "陌生人", authz.LoanOfficer, authz.BankReviewer)

	t.Run("IsNothingToAStranger", func(t *testing.T) {
		t.Parallel()
		_, err := w.claims.Withdraw(t.Context(), stranger, c.ID)
		require.ErrorIs(t, err, &fault.Error{Code: "claim_not_found"})
		_, err = w.claims.Edit(t.Context(), stranger, c.ID, claim.Filing{})
		require.ErrorIs(t, err, &fault.Error{Code: "claim_not_found"})
	})

	t.Run("NeedsThePermissionOfTheStep", func(t *testing.T) {
		t.Parallel()
		_, err := w.claims.Accept(t.Context(), w.observer, c.ID, "")
		require.ErrorIs(t, err, &fault.Error{Code: "permission_denied"})
	})

	t.Run("HidesADraftFromTheFund", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		e, loan := w.enrolled(t, w.org(t, "enterprise", "甲公司"), "1000000.00")
		w.defaulted(t, loan)
		w = w.on(claimDay)
		draft, err := w.claims.Draft(t.Context(), w.officer, e.ID, claim.Filing{})
		require.NoError(t, err)
		_, err = w.claims.Accept(t.Context(), w.fundHandler, draft.ID, "")
		require.ErrorIs(t, err, &fault.Error{Code: "claim_not_found"})
	})
}

// open is what anybody sees.
func (w world) notices(t testing.TB, openOnly bool) []claim.PublicNotice {
	t.Helper()
	request, err := page.Query{}.Parse(map[string]page.Key{"from_on": {Column: "p.from_on", Cast: "date"}}, "-from_on")
	require.NoError(t, err)
	list, err := w.claims.Notices(t.Context(), request, openOnly)
	require.NoError(t, err)
	return list.Items
}
