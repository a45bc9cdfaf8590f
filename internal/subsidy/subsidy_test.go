package subsidy_test

import (
	"context"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/etag"
	"ippledge/internal/fault"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/subsidy"
	"ippledge/internal/testdb"
)

func code(c string) error { return &fault.Error{Code: c} }

func TestFromCallToPayment(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.call(t, nil)
	a := w.submitted(t, w.request(t, c.ID, w.loan(t, w.ent, "3000000")))
	// 3,000,000.00 × 3.10 % × 50 % for a full year
	require.Equal(t, "submitted | 46500.00 | null", w.text(t, "select status, proposed, approved from subsidy_application"))

	less := money.Must("40000")
	_, err := w.subsidies.Review(t.Context(), w.handler, a.ID, subsidy.Opinion{Grant: true, Amount: &less})
	require.ErrorIs(t, err, code("reason_required"), "less than proposed needs a reason")
	more := money.Must("46500.01")
	_, err = w.subsidies.Review(t.Context(), w.handler, a.ID, subsidy.Opinion{Grant: true, Amount: &more})
	require.ErrorIs(t, err, code("amount_above_bound"))
	_, err = w.subsidies.Review(t.Context(), w.handler, a.ID, subsidy.Opinion{Grant: true, Amount: &less, Reason: "第四季度凭证不全"})
	require.NoError(t, err)
	require.ErrorIs(t, w.sign(t, w.handler, a.ID), code("permission_denied"), "the handler doesn't check")
	require.NoError(t, w.sign(t, w.checker, a.ID))
	require.Equal(t, "publicity | 40000.00 | 2026-03-16", w.text(t, "select status, approved, publicity_until::text from subsidy_application"))
	require.Equal(t, "40000.00", w.text(t, "select granted from subsidy_call"))

	batch := subsidy.NewBatch{CallID: c.ID, Applications: []uuid.UUID{a.ID}}
	_, err = w.on("2026-03-16").subsidies.CreateBatch(t.Context(), w.treasurer, batch)
	require.ErrorIs(t, err, code("subsidy_not_payable"), "the last day belongs to the public")
	w = w.on("2026-03-17")
	_, err = w.subsidies.CreateBatch(t.Context(), w.treasurer, batch)
	require.ErrorIs(t, err, code("fund_insufficient"), "no money has come in")
	w.fund(t, "100000")
	b, err := w.subsidies.CreateBatch(t.Context(), w.treasurer, batch)
	require.NoError(t, err)
	_, err = w.subsidies.CreateBatch(t.Context(), w.treasurer, batch)
	require.ErrorIs(t, err, code("subsidy_not_payable"), "not twice")
	require.NoError(t, w.sign(t, w.financeChecker, b.ID))
	require.Equal(t, "paid | 2", w.text(t, "select status, entry_seq from subsidy_application"))
	require.Equal(t, []string{"capital:municipal | -100000.00", "cash:main | 60000.00", "subsidy:interest | 40000.00"},
		testdb.Texts(t, w.db, "select path, balance from ledger_account where balance <> 0 order by path"))

	books := ledger.NewService(w.db, w.approvals)
	defer books.Close()
	books.Refer(subsidy.References{})
	report, err := books.Verify(t.Context())
	require.NoError(t, err)
	require.True(t, report.OK, "every payment has its entry: %v", report.Break)
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	w := setup(t)
	loan := w.loan(t, w.ent, "3000000")
	c := w.call(t, func(c *subsidy.CallContent) { c.Kinds = []subsidy.Kind{subsidy.Interest, subsidy.ValuationFee} })
	create := func(r subsidy.Request) error {
		_, err := w.subsidies.Create(t.Context(), w.operator, r)
		return err
	}
	other := money.Must("1000")
	for name, v := range map[string]struct {
		code   string
		change func(*subsidy.Request)
	}{
		"AnotherFirmsLoan":       {"loan_not_found", func(r *subsidy.Request) { r.LoanID = w.loan(t, w.bank, "1000000") }},
		"AKindThatIsNotCalled":   {"kind_not_called", func(r *subsidy.Request) { r.Kind = subsidy.Premium; r.FeePaid = &other; r.InvoiceNo = "1" }},
		"PaidByAnotherLevel":     {"subsidy_double", func(r *subsidy.Request) { r.OtherSubsidy = &other }},
		"AnUnknownCall":          {"subsidy_call_not_found", func(r *subsidy.Request) { r.CallID = uuid.New() }},
		"SomebodyElsesDocuments": {"document_not_found", func(r *subsidy.Request) { r.Documents = []uuid.UUID{w.paper(t, w.handler)} }},
	} {
		t.Run(name, func(t *testing.T) {
			r := w.request(t, c.ID, loan)
			v.change(&r)
			err := create(r)
			if name == "AKindThatIsNotCalled" {
				f, ok := fault.From(err)
				require.True(t, ok)
				require.Contains(t, f.Fields, fault.Field{Field: "kind", Code: v.code, Message: "本次征集不含该类补助，请选择：贷款贴息、评估费补助"})
				return
			}
			require.ErrorIs(t, err, code(v.code))
		})
	}

	w.submitted(t, w.request(t, c.ID, loan))
	require.ErrorIs(t, create(w.request(t, c.ID, loan)), code("subsidy_already_applied"), "the same loan, kind and year")
	next := w.call(t, nil)
	require.ErrorIs(t, create(w.request(t, next.ID, loan)), code("subsidy_already_applied"), "nor in another call of the year")
	require.NoError(t, create(w.fee(t, c.ID, loan, subsidy.ValuationFee, "30000")), "another kind is another matter")

	outside := w.fee(t, c.ID, w.loan(t, w.ent, "100000"), subsidy.ValuationFee, "30000")
	on := calendar.MustDate("2024-12-31")
	outside.FeePaidOn = &on
	require.ErrorIs(t, create(outside), code("fee_outside_year"))

	late := w.on("2026-05-01")
	_, err := late.subsidies.Create(t.Context(), w.operator, w.request(t, c.ID, w.loan(t, w.ent, "100000")))
	require.ErrorIs(t, err, code("subsidy_call_not_open"))
}

func TestHandingInTakesEvidence(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.call(t, nil)
	r := w.request(t, c.ID, w.loan(t, w.ent, "3000000"))
	r.Documents, r.PayeeAccount = nil, ""
	a, err := w.subsidies.Create(t.Context(), w.operator, r)
	require.NoError(t, err)
	_, err = w.subsidies.Submit(t.Context(), w.operator, a.ID)
	f, ok := fault.From(err)
	require.True(t, ok)
	require.Len(t, f.Fields, 2, "%v", err)
}

// The yearly cap of a firm is counted over its loans and over all calls.
func TestYearlyCap(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.call(t, func(c *subsidy.CallContent) { c.Budget = money.Must("1000000") })
	var ids []uuid.UUID
	for range 5 { // each 46,500.00, the cap is 200,000.00
		a := w.submitted(t, w.request(t, c.ID, w.loan(t, w.ent, "3000000")))
		ids = append(ids, a.ID)
	}
	for i, id := range ids {
		_, err := w.subsidies.Review(t.Context(), w.handler, id, subsidy.Opinion{Grant: true, Reason: "按上限核定"})
		require.NoError(t, err, i)
		require.NoError(t, w.sign(t, w.checker, id))
	}
	require.Equal(t, "200000.00", w.text(t, "select sum(approved) from subsidy_application"))
	require.Equal(t, "14000.00", w.text(t, "select approved from subsidy_application where id = $1", ids[4]))
}

func TestObjections(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.call(t, nil)
	a := w.approved(t, w.request(t, c.ID, w.loan(t, w.ent, "3000000")))
	_, err := w.subsidies.Object(t.Context(), w.handler, a.ID, subsidy.Objection{Objector: "张三", Text: "利息凭证与银行流水不符"})
	require.NoError(t, err)
	w.fund(t, "100000")
	after := w.on("2026-03-18")
	_, err = after.subsidies.CreateBatch(t.Context(), w.treasurer, subsidy.NewBatch{CallID: c.ID, Applications: []uuid.UUID{a.ID}})
	require.ErrorIs(t, err, code("subsidy_not_payable"), "nothing is paid while an objection stands")
	_, err = after.subsidies.Answer(t.Context(), w.handler, a.ID, subsidy.Ruling{Uphold: true, Reason: "经核实凭证不实"})
	require.NoError(t, err)
	require.NoError(t, after.sign(t, w.checker, a.ID))
	require.Equal(t, "rejected | 0.00", w.text(t, "select s.status, c.granted from subsidy_application s join subsidy_call c on c.id = s.call_id"))

	again := w.approved(t, w.request(t, c.ID, w.loan(t, w.ent, "1000000")))
	_, err = after.subsidies.Object(t.Context(), w.handler, again.ID, subsidy.Objection{Objector: "张三", Text: "x"})
	require.ErrorIs(t, err, code("publicity_over"))
}

func TestAReturnedBatchPaysNothing(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.call(t, nil)
	a := w.approved(t, w.request(t, c.ID, w.loan(t, w.ent, "3000000")))
	w.fund(t, "100000")
	w = w.on("2026-03-17")
	b, err := w.subsidies.CreateBatch(t.Context(), w.treasurer, subsidy.NewBatch{CallID: c.ID, Applications: []uuid.UUID{a.ID}})
	require.NoError(t, err)
	proposal := uuid.MustParse(w.text(t, "select id from approval_proposal where subject_id = $1 and status = 'pending'", b.ID))
	_, err = w.approvals.Reject(t.Context(), w.financeChecker, proposal, "账号有误")
	require.NoError(t, err)
	require.Equal(t, "publicity | null", w.text(t, "select status, batch_id from subsidy_application"))
	require.Equal(t, "100000.00", w.text(t, "select balance from ledger_account where path = 'cash:main'"))
}

// 32 signatures at once on grants that the budget covers only a part of.
func TestSimultaneousGrantsStayWithinTheBudget(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.call(t, func(c *subsidy.CallContent) { c.Budget = money.Must("105000") })
	var ids []uuid.UUID
	operator, signatory := w.operator, w.signatory
	for i := range 32 { // each 15,500.00: six fit whole
		org := w.org(t, "enterprise", "企业"+string(rune('A'+i)))
		w.operator, w.signatory = operator, signatory
		w.operator.OrgID, w.signatory.OrgID = org, org
		a := w.submitted(t, w.request(t, c.ID, w.loan(t, org, "1000000")))
		_, err := w.subsidies.Review(t.Context(), w.handler, a.ID, subsidy.Opinion{Grant: true})
		require.NoError(t, err)
		ids = append(ids, a.ID)
	}
	start, failures := make(chan struct{}), make([]error, len(ids))
	var group sync.WaitGroup
	for i, id := range ids {
		proposal := uuid.MustParse(w.text(t, "select id from approval_proposal where subject_id = $1 and status = 'pending'", id))
		group.Go(func() {
			<-start
			_, failures[i] = w.approvals.Sign(context.WithoutCancel(t.Context()), w.checker, proposal)
		})
	}
	close(start)
	group.Wait()
	granted := 0
	for _, err := range failures {
		if err == nil {
			granted++
			continue
		}
		_, ours := fault.From(err)
		require.True(t, ours, "%v", err)
	}
	require.Equal(t, 6, granted)
	require.Equal(t, "93000.00 | 6 | 93000.00", w.text(t, `select sum(approved), count(*), (select granted from subsidy_call)
		from subsidy_application where status = 'publicity'`))
	// The database refuses on its own what the lock prevents.
	_, err := w.db.SQL().ExecContext(t.Context(), "update subsidy_call set granted = budget + 0.01")
	require.ErrorContains(t, err, "subsidy_call_grants_within_budget")
}

func TestStrangersAndStaleVersions(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.call(t, nil)
	r := w.request(t, c.ID, w.loan(t, w.ent, "3000000"))
	a, err := w.subsidies.Create(t.Context(), w.operator, r)
	require.NoError(t, err)
	stranger := actor(w.org(t, "enterprise", "陌生企业"), authz.Enterprise, "陌生人", authz.EnterpriseOperator)
	_, err = w.subsidies.Submit(t.Context(), stranger, a.ID)
	require.ErrorIs(t, err, code("subsidy_not_found"))
	_, err = w.subsidies.Return(t.Context(), w.handler, a.ID, "x")
	require.ErrorIs(t, err, code("subsidy_not_found"), "drafts are the enterprise's own")
	_, err = w.subsidies.Edit(etag.With(t.Context(), 7), w.operator, a.ID, r)
	require.ErrorIs(t, err, code("stale_version"))
	_, err = w.subsidies.EditCall(etag.With(t.Context(), 7), w.handler, c.ID, w.content())
	require.ErrorIs(t, err, code("stale_version"))
	_, err = w.subsidies.Edit(etag.With(t.Context(), 1), w.operator, a.ID, r)
	require.NoError(t, err)
}
