package pledge_test

import (
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/calendar"
	"ippledge/internal/etag"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/pledge"
	"ippledge/internal/testdb"
)

func code(t *testing.T, err error) string {
	t.Helper()
	f, ok := fault.From(err)
	require.True(t, ok, "%v", err)
	return f.Code
}

func TestTransitions(t *testing.T) {
	t.Parallel()
	allowed := map[pledge.Status][]pledge.Action{
		pledge.Draft:       {"abandon", "consent", "edit", "file"},
		pledge.Filed:       {"correct", "refuse", "register"},
		pledge.Correction:  {"refile", "refuse", "register"},
		pledge.Registered:  {"cancel", "change", "extend", "lapse", "revoke"},
		pledge.CancelFiled: {"confirm_cancel"},
		pledge.Refused:     nil, pledge.Cancelled: nil, pledge.Lapsed: nil, pledge.Revoked: nil,
	}
	require.Len(t, pledge.Transitions.States(), len(allowed))
	for status, actions := range allowed {
		require.Equal(t, actions, pledge.Transitions.Actions(status), status)
		require.NotEmpty(t, status.Text())
	}
}

func TestRegistration(t *testing.T) {
	t.Parallel()

	t.Run("TakesBothPartiesAndTwoPeopleOfTheBank", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		p := w.drafted(t, w.content())
		_, err := w.pledges.File(t.Context(), w.officer, p.ID, pledge.Filing{})
		require.Equal(t, "pledgor_consent_missing", code(t, err))

		_, err = w.pledges.Consent(t.Context(), w.officer, p.ID)
		require.Equal(t, "permission_denied", code(t, err))
		_, err = w.pledges.Consent(t.Context(), w.signatory, p.ID)
		require.NoError(t, err)
		p, err = w.pledges.File(t.Context(), w.officer, p.ID, pledge.Filing{})
		require.NoError(t, err)
		require.Equal(t, pledge.Filed, p.Status)
		require.Equal(t, "2026-03-02", p.FiledOn.String())

		p, err = w.pledges.Propose(t.Context(), w.officer, p.ID, pledge.Register, w.certificate(t, "2000000", ""))
		require.NoError(t, err)
		require.Equal(t, pledge.Filed, p.Status, "nothing moves before the second signature")
		require.Equal(t, "permission_denied", code(t, w.sign(t, w.officer, p.ID)))
		require.NoError(t, w.sign(t, w.reviewer, p.ID))

		p = w.reread(t, p.ID)
		require.Equal(t, pledge.Registered, p.Status)
		require.False(t, p.Differs())
		require.Equal(t, []string{"ZC1 | pledged", "ZC2 | reserved"}, w.assets(t))
		require.Contains(t, testdb.Texts(t, w.db, `select action from audit_entry where object_kind = 'pledge' order by at, id`), "pledge.register")
	})

	t.Run("UsesTheRegisteredAmountWhereItDiffers", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		p := w.registered(t, w.content(), w.certificate(t, "1800000", ""))
		require.True(t, p.Differs())
		require.Equal(t, "1800000.00", p.Amount().String())
		require.Equal(t, "2000000.00", p.SecuredAmount.String())
		require.Contains(t, testdb.Texts(t, w.db, `select payload::text from approval_proposal where kind = 'pledge.register'`)[0], `"amount_differs":true`)
	})

	t.Run("AnEditVoidsThePledgorsConsent", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		p := w.drafted(t, w.content())
		_, err := w.pledges.Consent(t.Context(), w.signatory, p.ID)
		require.NoError(t, err)
		p, err = w.pledges.Edit(t.Context(), w.officer, p.ID, w.content())
		require.NoError(t, err)
		require.Nil(t, p.ConsentedAt)
	})

	t.Run("GoesThroughCorrectionAndRefusal", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		p := w.filed(t, w.content())
		p, err := w.pledges.Correct(t.Context(), w.officer, p.ID, "缺少承诺书")
		require.NoError(t, err)
		require.Equal(t, pledge.Correction, p.Status)
		w.at("2026-03-10")
		p, err = w.pledges.Refile(t.Context(), w.officer, p.ID, nil)
		require.NoError(t, err)
		require.Equal(t, "2026-03-10", p.FiledOn.String(), "the office's clock restarts")
		_, err = w.pledges.RefuseRegistration(t.Context(), w.officer, p.ID, "P99", "")
		require.Equal(t, "ground_unknown", code(t, err))
		p, err = w.pledges.RefuseRegistration(t.Context(), w.officer, p.ID, "P04", "年费未缴")
		require.NoError(t, err)
		require.Equal(t, pledge.Refused, p.Status)
		// The right is free for another pledge.
		w.filed(t, w.content())
	})

	t.Run("RefusesADebtThatOutlivesTheRight", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		c := w.content()
		c.DebtDueOn = calendar.MustDate("2041-01-01")
		p := w.drafted(t, c)
		_, err := w.pledges.Consent(t.Context(), w.signatory, p.ID)
		require.NoError(t, err)
		_, err = w.pledges.File(t.Context(), w.officer, p.ID, pledge.Filing{})
		require.Equal(t, "precheck_blocking", code(t, err))
		f, _ := fault.From(err)
		require.Equal(t, "precheck_p06", f.Fields[0].Code)
	})

	t.Run("RefusesACertificateThatCannotBe", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		p := w.filed(t, w.content())
		for name, c := range map[string]struct {
			spoil func(*pledge.Step)
			code  string
		}{
			"no scan":     {func(s *pledge.Step) { s.DocumentIDs = nil }, "certificate_required"},
			"no number":   {func(s *pledge.Step) { s.RegistrationNo = " " }, "field_required"},
			"tomorrow":    {func(s *pledge.Step) { d := calendar.MustDate("2026-03-03"); s.RegisteredOn = &d }, "date_in_future"},
			"too early":   {func(s *pledge.Step) { d := calendar.MustDate("2026-03-01"); s.RegisteredOn = &d }, "registered_before_filing"},
			"zero amount": {func(s *pledge.Step) { s.RegisteredAmount = &money.Zero }, "amount_not_positive"},
			"ends before": {func(s *pledge.Step) { d := calendar.MustDate("2026-01-01"); s.EndsOn = &d }, "registration_ends_early"},
			"other's":     {func(s *pledge.Step) { s.DocumentIDs = w.scan(t, w.rivalOfficer) }, "document_not_found"},
		} {
			step := w.certificate(t, "2000000", "")
			c.spoil(&step)
			_, err := w.pledges.Propose(t.Context(), w.officer, p.ID, pledge.Register, step)
			require.Equal(t, c.code, code(t, err), name)
		}
	})
}

// Identical and similar marks on the same goods are pledged together or not at all.
func TestTheBundleOfMarksIsWhole(t *testing.T) {
	t.Parallel()

	bundle := func(t *testing.T, title string) (*world, uuid.UUID, pledge.Pledge) {
		t.Helper()
		w, other := setup(t), uuid.New()
		_, err := w.db.SQL().ExecContext(t.Context(), `insert into ip_asset (id, number, org_id, kind, title, right_no, nice_class, mark_kind, granted_on, expires_on, registered_owner, status, created_at, reserved_until)
			values ($1, 'ZC3', $2, 'trademark', $3, '51127134', 7, 'ordinary', '2021-06-01', '2031-05-31', '星垣智能', 'reserved', $4, '2026-06-01')`, other, w.enterprise, title, noon)
		require.NoError(t, err)
		_, err = w.db.SQL().ExecContext(t.Context(), `insert into financing_need_asset (need_id, asset_id) values ($1, $2)`, w.need, other)
		require.NoError(t, err)
		c := w.content()
		c.Allocations = []pledge.Allocation{{AssetID: w.mark, Amount: money.Must("2000000")}}
		p := w.drafted(t, c)
		_, err = w.pledges.Consent(t.Context(), w.signatory, p.ID)
		require.NoError(t, err)
		return w, other, p
	}
	explained := pledge.Filing{Dissimilar: "文字与构图均不同，商标局已分别核准"}

	t.Run("TheSameNameBlocksWhateverIsSaid", func(t *testing.T) {
		t.Parallel()
		w, _, p := bundle(t, "星垣牌")
		_, err := w.pledges.File(t.Context(), w.officer, p.ID, explained)
		require.Equal(t, "precheck_blocking", code(t, err))
		require.ErrorContains(t, err, "51127134", "the mark left out is named")
	})
	t.Run("ALikeNameBlocksUntilItIsExplained", func(t *testing.T) {
		t.Parallel()
		w, _, p := bundle(t, "星垣智能")
		_, err := w.pledges.File(t.Context(), w.officer, p.ID, pledge.Filing{})
		require.Equal(t, "precheck_blocking", code(t, err))
		_, err = w.pledges.File(t.Context(), w.officer, p.ID, explained)
		require.NoError(t, err)
		require.Contains(t, testdb.Texts(t, w.db, `select detail from audit_entry where action = 'pledge.file'`)[0], "商标局已分别核准")
	})
	t.Run("BothTogetherPass", func(t *testing.T) {
		t.Parallel()
		w, other, p := bundle(t, "星垣牌")
		c := w.content()
		c.Allocations = []pledge.Allocation{{AssetID: w.mark, Amount: money.Must("1000000")}, {AssetID: other, Amount: money.Must("1000000")}}
		_, err := w.pledges.Edit(t.Context(), w.officer, p.ID, c)
		require.NoError(t, err)
		_, err = w.pledges.Consent(t.Context(), w.signatory, p.ID)
		require.NoError(t, err)
		_, err = w.pledges.File(t.Context(), w.officer, p.ID, pledge.Filing{})
		require.NoError(t, err)
	})
	t.Run("AMarkThatLapsedIsNoPartOfIt", func(t *testing.T) {
		t.Parallel()
		w, other, p := bundle(t, "星垣牌")
		_, err := w.db.SQL().ExecContext(t.Context(), `update ip_asset set status = 'lapsed' where id = $1`, other)
		require.NoError(t, err)
		_, err = w.pledges.File(t.Context(), w.officer, p.ID, pledge.Filing{})
		require.NoError(t, err)
	})
}

func TestOneLivePledge(t *testing.T) {
	t.Parallel()

	t.Run("TheSecondBankFindsTheRightTaken", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		mine := w.filed(t, w.content())
		p, err := w.pledges.Create(t.Context(), w.rivalOfficer, w.rivalBid, w.content())
		require.NoError(t, err)
		_, err = w.pledges.Consent(t.Context(), w.signatory, p.ID)
		require.NoError(t, err)
		_, err = w.pledges.File(t.Context(), w.rivalOfficer, p.ID, pledge.Filing{})
		require.Equal(t, "precheck_blocking", code(t, err))
		require.Contains(t, err.Error(), mine.Number)
	})

	t.Run("TwoBanksFilingAtOnceLeaveOne", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		first := w.drafted(t, w.content())
		second, err := w.pledges.Create(t.Context(), w.rivalOfficer, w.rivalBid, w.content())
		require.NoError(t, err)
		for _, p := range []pledge.Pledge{first, second} {
			_, err = w.pledges.Consent(t.Context(), w.signatory, p.ID)
			require.NoError(t, err)
		}
		errs := make([]error, 2)
		var wg sync.WaitGroup
		wg.Go(func() { _, errs[0] = w.pledges.File(t.Context(), w.officer, first.ID, pledge.Filing{}) })
		wg.Go(func() { _, errs[1] = w.pledges.File(t.Context(), w.rivalOfficer, second.ID, pledge.Filing{}) })
		wg.Wait()

		require.True(t, (errs[0] == nil) != (errs[1] == nil), "%v", errs)
		require.Equal(t, []string{"1"}, testdb.Texts(t, w.db, `select count(*) from pledge_asset where live`))
	})

	t.Run("TheDatabaseRefusesWhateverTheProgramThinks", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		w.filed(t, w.content())
		p, err := w.pledges.Create(t.Context(), w.rivalOfficer, w.rivalBid, w.content())
		require.NoError(t, err)
		_, err = w.db.SQL().ExecContext(t.Context(), `update pledge_asset set live = true where pledge_id = $1`, p.ID)
		require.ErrorContains(t, err, "pledge_asset_one_live_pledge")
	})
}

func TestAccess(t *testing.T) {
	t.Parallel()

	t.Run("AStrangerFindsNothing", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		p := w.filed(t, w.content())
		_, err := w.pledges.Correct(t.Context(), w.rivalOfficer, p.ID, "改")
		require.Equal(t, "pledge_not_found", code(t, err))
		_, err = w.pledges.Create(t.Context(), w.rivalOfficer, w.bid, w.content())
		require.Equal(t, "bid_not_found", code(t, err))
	})

	t.Run("AStaleReaderIsTurnedAway", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		p := w.drafted(t, w.content())
		_, err := w.pledges.Edit(etag.With(t.Context(), p.Version), w.officer, p.ID, w.content())
		require.NoError(t, err)
		_, err = w.pledges.Edit(etag.With(t.Context(), p.Version), w.officer, p.ID, w.content())
		require.Equal(t, "stale_version", code(t, err))
	})

	t.Run("NobodyPledgesForADeclinedBid", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		_, err := w.db.SQL().ExecContext(t.Context(), `update bid set status = 'declined' where id = $1`, w.bid)
		require.NoError(t, err)
		_, err = w.pledges.Create(t.Context(), w.officer, w.bid, w.content())
		require.Equal(t, "bid_not_credit_approved", code(t, err))
	})

	t.Run("NobodyActsForBothSides", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		p := w.drafted(t, w.content())
		both := w.signatory
		both.UserID = w.officer.UserID
		_, err := w.pledges.Consent(t.Context(), both, p.ID)
		require.Equal(t, "person_acts_for_two", code(t, err))
	})
}

func TestContent(t *testing.T) {
	t.Parallel()
	w := setup(t)
	from, to := calendar.MustDate("2026-03-01"), calendar.MustDate("2029-03-01")
	for name, c := range map[string]struct {
		spoil func(*pledge.Content)
		code  string
	}{
		"zero":                   {func(c *pledge.Content) { c.SecuredAmount, c.Allocations[0].Amount = money.Zero, money.Zero }, "input_invalid"},
		"parts that don't add":   {func(c *pledge.Content) { c.Allocations[0].Amount = money.Must("1999999.99") }, "allocation_mismatch"},
		"the same right twice":   {func(c *pledge.Content) { c.Allocations = append(c.Allocations, c.Allocations[0]) }, "input_invalid"},
		"no contract":            {func(c *pledge.Content) { c.ContractNo = "" }, "field_required"},
		"a maximum, no period":   {func(c *pledge.Content) { c.Kind = pledge.MaxAmount }, "claims_period_required"},
		"a period back to front": {func(c *pledge.Content) { c.Kind, c.ClaimsFrom, c.ClaimsTo = pledge.MaxAmount, &to, &from }, "claims_period_reversed"},
		"a needless period":      {func(c *pledge.Content) { c.ClaimsFrom, c.ClaimsTo = &from, &to }, "claims_period_not_allowed"},
		"a right not offered":    {func(c *pledge.Content) { c.Allocations[0].AssetID = w.need }, "asset_not_in_portfolio"},
	} {
		content := w.content()
		c.spoil(&content)
		_, err := w.pledges.Create(t.Context(), w.officer, w.bid, content)
		require.Equal(t, c.code, code(t, err), name)
	}
	c := w.content()
	c.Kind, c.ClaimsFrom, c.ClaimsTo = pledge.MaxAmount, &from, &to
	require.Equal(t, pledge.MaxAmount, w.drafted(t, c).Kind)
}

func TestExports(t *testing.T) {
	t.Parallel()
	w := setup(t)
	p := w.filed(t, w.content())
	registered := func() (found bool) {
		require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) (err error) {
			_, found, err = pledge.RegisteredFor(tx, w.bid)
			return err
		}))
		return found
	}
	require.False(t, registered())
	_, err := w.pledges.Propose(t.Context(), w.officer, p.ID, pledge.Register, w.certificate(t, "2000000", ""))
	require.NoError(t, err)
	require.NoError(t, w.sign(t, w.reviewer, p.ID))
	require.True(t, registered())
	require.NoError(t, w.db.InTx(t.Context(), func(tx postgres.Tx) error { return pledge.OpenDisposal(tx, w.officer, w.bid) }))
	require.Equal(t, []string{"ZC1 | in_disposal", "ZC2 | reserved"}, w.assets(t))
}
