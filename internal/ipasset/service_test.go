package ipasset_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/etag"
	"ippledge/internal/fault"
	"ippledge/internal/ipasset"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

func TestLifeOfARight(t *testing.T) {
	t.Parallel()

	t.Run("LeadsFromDraftToTheList", func(t *testing.T) {
		t.Parallel()
		h := setup(t)

		id := h.listed(t, patent())

		d, err := h.service.Detail(t.Context(), h.operator, id)
		require.NoError(t, err)
		require.Equal(t, ipasset.Listed, d.Status)
		require.Equal(t, "ZL202010566088.9", d.RightNo)
		require.Equal(t, "2040-06-19", d.ExpiresOn.String())
		require.Equal(t, "8000000.00", d.ProductRevenue.String())
		require.Empty(t, d.Prechecks)
		require.Equal(t, []string{"attach", "record_upkeep"}, d.Actions)
		require.Equal(t, []string{"asset.create", "asset.submit_propose", "asset.submit", "approval.sign", "asset.verify_propose", "asset.verify", "approval.sign", "asset.list"},
			testdb.Texts(t, h.db, `select action from audit_entry order by id`))
	})

	t.Run("RefusesTheMakersOwnSignature", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.submitted(t, patent())
		_, err := h.service.Verify(t.Context(), h.checker, id, "")
		require.NoError(t, err)

		err = h.trySign(t.Context(), h.checker, id)

		require.ErrorIs(t, err, &fault.Error{Code: "maker_is_checker"})
		require.Equal(t, "submitted", h.status(t, id))
	})

	t.Run("VoidsTheProposalWhenTheDraftIsEdited", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		a, err := h.service.Create(t.Context(), h.operator, patent())
		require.NoError(t, err)
		_, err = h.service.Submit(t.Context(), h.operator, a.ID)
		require.NoError(t, err)

		_, err = h.service.Edit(t.Context(), h.operator, a.ID, patent())

		require.NoError(t, err)
		require.Equal(t, []string{"superseded"}, testdb.Texts(t, h.db, `select status from approval_proposal`))
		require.Equal(t, "draft", h.status(t, a.ID))
	})

	t.Run("SaysWhyADraftIsNotReady", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		for code, change := range map[string]func(*ipasset.Entry){
			"application_only": func(e *ipasset.Entry) { e.GrantedOn = nil },
			"extract_missing":  func(e *ipasset.Entry) { e.ExtractOn = nil },
			"extract_too_old":  func(e *ipasset.Entry) { e.ExtractOn = day("2026-01-30") },
		} {
			e := patent()
			change(&e)
			a, err := h.service.Create(t.Context(), h.operator, e)
			require.NoError(t, err)
			d, err := h.service.Detail(t.Context(), h.operator, a.ID)
			require.NoError(t, err)
			require.NotEmpty(t, d.NotReady)
			require.Equal(t, []string{"attach", "edit", "withdraw"}, d.Actions)
			_, err = h.service.Submit(t.Context(), h.operator, a.ID)
			require.ErrorIs(t, err, &fault.Error{Code: code})
			_, err = h.service.WithdrawFromList(t.Context(), h.operator, a.ID, "")
			require.NoError(t, err) // and its number is free again
		}
	})

	t.Run("HidesTheRightFromStrangers", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.submitted(t, patent())

		for _, stranger := range []authz.Actor{h.rival, h.banker} {
			_, err := h.service.Detail(t.Context(), stranger, id)
			require.ErrorIs(t, err, &fault.Error{Code: "asset_not_found"})
		}
		_, err := h.service.Submit(t.Context(), h.rival, id)
		require.ErrorIs(t, err, &fault.Error{Code: "asset_not_found"})
		_, err = h.service.WithdrawFromList(t.Context(), h.rival, id, "")
		require.ErrorIs(t, err, &fault.Error{Code: "asset_not_found"})
	})

	t.Run("HidesDraftsFromTheBureau", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		a, err := h.service.Create(t.Context(), h.operator, patent())
		require.NoError(t, err)

		_, err = h.service.Detail(t.Context(), h.handler, a.ID)
		require.ErrorIs(t, err, &fault.Error{Code: "asset_not_found"})
		_, err = h.service.Reject(t.Context(), h.handler, a.ID, "理由")
		require.ErrorIs(t, err, &fault.Error{Code: "asset_not_found"})
	})

	t.Run("DeniesWhoLacksThePermission", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.submitted(t, patent())

		_, err := h.service.Verify(t.Context(), h.operator, id, "")
		require.ErrorIs(t, err, &fault.Error{Code: "permission_denied"})
		_, err = h.service.PutOnList(t.Context(), h.operator, id)
		require.ErrorIs(t, err, &fault.Error{Code: "permission_denied"})
	})

	t.Run("RefusesAStaleVersion", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.submitted(t, patent())

		_, err := h.service.Reject(etag.With(t.Context(), 1), h.handler, id, "材料不清")

		require.ErrorIs(t, err, &fault.Error{Code: "stale_version"})
		require.Equal(t, "submitted", h.status(t, id))
	})

	t.Run("RefusesTheSameRightOfAnotherOwner", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		_, err := h.service.Create(t.Context(), h.operator, patent())
		require.NoError(t, err)

		_, err = h.service.Create(t.Context(), h.rival, patent())

		require.ErrorIs(t, err, &fault.Error{Code: "right_already_listed"})
		require.Len(t, testdb.Texts(t, h.db, `select id from ip_asset`), 1)
	})

	t.Run("TakesTheSameNumberInAnotherClassButNotTwiceInOne", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		_, err := h.service.Create(t.Context(), h.operator, mark("51127133", "星垣", 7))
		require.NoError(t, err)

		_, err = h.service.Create(t.Context(), h.operator, mark("51127133", "星垣", 9))
		require.NoError(t, err)
		_, err = h.service.Create(t.Context(), h.operator, mark("51127133", "星垣", 9))
		require.ErrorIs(t, err, &fault.Error{Code: "right_already_listed"})
	})

	t.Run("LetsARejectedRightBeMendedAndHandedInAgain", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.submitted(t, patent())
		_, err := h.service.Reject(t.Context(), h.handler, id, "权利人名称不符")
		require.NoError(t, err)

		_, err = h.service.Edit(t.Context(), h.operator, id, patent())
		require.NoError(t, err)
		_, err = h.service.Submit(t.Context(), h.operator, id)
		require.NoError(t, err)
		h.sign(t, h.signatory, id)

		require.Equal(t, "submitted", h.status(t, id))
	})

	t.Run("KeepsARightWithABlockingFindingOffTheList", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		e := patent()
		e.FeePaidUntil = day("2025-06-19")
		id := h.submitted(t, e)
		_, err := h.service.Verify(t.Context(), h.handler, id, "")
		require.NoError(t, err)
		h.sign(t, h.checker, id)

		_, err = h.service.PutOnList(t.Context(), h.signatory, id)

		require.ErrorIs(t, err, &fault.Error{Code: "precheck_blocking"})
		f, _ := fault.From(err)
		require.Equal(t, "P04", f.Fields[0].Field)

		_, err = h.service.RecordUpkeep(t.Context(), h.operator, id, ipasset.Paid{FeePaidUntil: day("2026-06-19")})
		require.NoError(t, err)
		h.sign(t, h.signatory, id)
		_, err = h.service.PutOnList(t.Context(), h.signatory, id)
		require.NoError(t, err)
	})

	t.Run("ListsARiskyRightOnlyOnceTheRiskIsAcknowledged", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.submitted(t, patent())
		_, err := h.service.Record(t.Context(), h.handler, id, ipasset.Challenge, ipasset.RegisterEvent{Reason: "受理通知书", Pending: true})
		require.NoError(t, err)
		h.sign(t, h.checker, id)
		_, err = h.service.Verify(t.Context(), h.handler, id, "")
		require.NoError(t, err)
		h.sign(t, h.checker, id)
		_, err = h.service.PutOnList(t.Context(), h.signatory, id)
		require.ErrorIs(t, err, &fault.Error{Code: "precheck_blocking"})

		_, err = h.service.AcknowledgeRisks(t.Context(), h.signatory, id)
		require.NoError(t, err)
		_, err = h.service.PutOnList(t.Context(), h.signatory, id)
		require.NoError(t, err)
	})
}

func TestRegisterEvents(t *testing.T) {
	t.Parallel()

	record := func(t *testing.T, h house, id uuid.UUID, action ipasset.Action) {
		t.Helper()
		_, err := h.service.Record(t.Context(), h.handler, id, action, ipasset.RegisterEvent{Reason: "登记簿记载"})
		require.NoError(t, err)
		h.sign(t, h.checker, id)
	}

	t.Run("ReturnAPledgedRightToItsPledge", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.listed(t, patent())
		ids := []uuid.UUID{id}
		h.inTx(t, func(tx postgres.Tx) error { return ipasset.Reserve(tx, ids, noon.AddDate(0, 0, 60)) })
		h.inTx(t, func(tx postgres.Tx) error { return ipasset.MarkPledged(tx, ids) })

		record(t, h, id, ipasset.Freeze)
		require.Equal(t, "frozen", h.status(t, id))
		record(t, h, id, ipasset.Restore)
		require.Equal(t, "pledged", h.status(t, id))

		record(t, h, id, ipasset.Lapse)
		h.inTx(t, func(tx postgres.Tx) error { return ipasset.EndPledge(tx, ids) })
		require.Equal(t, "lapsed", h.status(t, id))
		record(t, h, id, ipasset.Restore)
		require.Equal(t, "verified", h.status(t, id))
	})

	t.Run("NeedTwoPeopleOfTheBureau", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.listed(t, patent())

		_, err := h.service.Record(t.Context(), h.handler, id, ipasset.Freeze, ipasset.RegisterEvent{Reason: "法院裁定"})

		require.NoError(t, err)
		require.Equal(t, "listed", h.status(t, id))
		d, err := h.service.Detail(t.Context(), h.checker, id)
		require.NoError(t, err)
		require.True(t, d.Pending.CanSign)
		require.Empty(t, d.Actions)
	})

	t.Run("NeedAReason", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.listed(t, patent())

		_, err := h.service.Record(t.Context(), h.handler, id, ipasset.Lapse, ipasset.RegisterEvent{Reason: "  "})

		require.ErrorIs(t, err, &fault.Error{Code: "reason_required"})
	})
}

func TestReserve(t *testing.T) {
	t.Parallel()

	t.Run("LetsOnlyOneOfManyHaveTheRight", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		ids := []uuid.UUID{h.listed(t, patent()), h.listed(t, mark("51127133", "星垣", 7))}
		errs := make([]error, 8)

		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() {
				mine := slices.Clone(ids)
				if i%2 == 1 {
					slices.Reverse(mine) // the order asked for must not matter
				}
				errs[i] = h.db.InTx(t.Context(), func(tx postgres.Tx) error {
					return ipasset.Reserve(tx, mine, noon.AddDate(0, 0, 60))
				})
			})
		}
		wg.Wait()

		lost := slices.DeleteFunc(errs, func(err error) bool { return err == nil })
		require.Len(t, lost, 7)
		for _, err := range lost {
			require.ErrorIs(t, err, &fault.Error{Code: "asset_not_available"})
		}
		require.Equal(t, []string{"2"}, testdb.Texts(t, h.db, `select count(*) from ip_asset where status = 'reserved'`))
	})

	t.Run("MakesTheSecondWaitForTheFirstAndRefusesIt", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		ids := []uuid.UUID{h.listed(t, patent())}
		second := make(chan error, 1)

		h.inTx(t, func(tx postgres.Tx) error {
			if err := ipasset.Reserve(tx, ids, noon.AddDate(0, 0, 60)); err != nil {
				return err
			}
			go func() {
				second <- h.db.InTx(t.Context(), func(tx postgres.Tx) error {
					return ipasset.Reserve(tx, ids, noon.AddDate(0, 0, 60))
				})
			}()
			// The first commits only once the second is in its way.
			require.Eventually(t, func() bool {
				var waiting int
				err := h.db.SQL().QueryRowContext(t.Context(), `select count(*) from pg_stat_activity
					where datname = current_database() and wait_event_type = 'Lock'`).Scan(&waiting)
				return err == nil && waiting > 0
			}, 10*time.Second, 5*time.Millisecond)
			return nil
		})

		require.ErrorIs(t, <-second, &fault.Error{Code: "asset_not_available"})
	})

	t.Run("HoldsAllOrNone", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		free, verified := h.listed(t, patent()), h.submitted(t, mark("51127133", "星垣", 7))

		err := h.db.InTx(t.Context(), func(tx postgres.Tx) error {
			return ipasset.Reserve(tx, []uuid.UUID{free, verified}, noon)
		})

		require.ErrorIs(t, err, &fault.Error{Code: "asset_not_available"})
		require.Equal(t, "listed", h.status(t, free))
	})

	t.Run("EndsWithThePledge", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.listed(t, patent())
		ids := []uuid.UUID{id}
		until := noon.AddDate(0, 0, 60)

		h.inTx(t, func(tx postgres.Tx) error { return ipasset.Reserve(tx, ids, until) })
		h.inTx(t, func(tx postgres.Tx) error { return ipasset.Unreserve(tx, ids) })
		require.Equal(t, "listed", h.status(t, id))
		h.inTx(t, func(tx postgres.Tx) error { return ipasset.Reserve(tx, ids, until) })
		h.inTx(t, func(tx postgres.Tx) error { return ipasset.MarkPledged(tx, ids) })
		err := h.db.InTx(t.Context(), func(tx postgres.Tx) error { return ipasset.Reserve(tx, ids, until) })
		require.ErrorIs(t, err, &fault.Error{Code: "asset_not_available"})
		err = h.db.InTx(t.Context(), func(tx postgres.Tx) error { return ipasset.Unreserve(tx, ids) })
		require.ErrorIs(t, err, &fault.Error{Code: "transition_not_allowed"})
		h.inTx(t, func(tx postgres.Tx) error { return ipasset.OpenDisposal(tx, ids) })
		h.inTx(t, func(tx postgres.Tx) error { return ipasset.MarkDisposed(tx, ids) })
		require.Equal(t, "disposed", h.status(t, id))
	})

	t.Run("NamesWhatIsMissing", func(t *testing.T) {
		t.Parallel()
		h := setup(t)

		err := h.db.InTx(t.Context(), func(tx postgres.Tx) error {
			return ipasset.Reserve(tx, []uuid.UUID{uuid.New()}, noon)
		})

		require.ErrorIs(t, err, &fault.Error{Code: "asset_not_found"})
	})
}

func TestWatch(t *testing.T) {
	t.Parallel()

	openAlerts := func(t *testing.T, h house) []string {
		t.Helper()
		return testdb.Texts(t, h.db, `select kind, severity, step from ip_alert where closed_at is null order by kind`)
	}
	at := func(h house, date string) *ipasset.Service {
		db := h.db.WithClock(func() time.Time { return calendar.MustDate(date).StartOfDay().Add(6 * time.Hour) })
		return ipasset.NewService(db, h.approvals, documents(t, db))
	}

	t.Run("TellsOfAFeeStepByStepAndClosesWhenItIsPaid", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.listed(t, patent()) // the fee of year 7 is due on 2026-06-19
		for _, step := range []struct {
			on   string
			told int
			open []string
		}{
			{"2026-03-20", 0, nil},
			{"2026-03-21", 1, []string{"fee_due | amber | 90"}},
			{"2026-03-22", 0, []string{"fee_due | amber | 90"}},
			{"2026-05-20", 1, []string{"fee_due | amber | 30"}},
			{"2026-06-12", 1, []string{"fee_due | amber | 7"}},
			{"2026-06-19", 0, []string{"fee_due | amber | 7"}},
			{"2026-06-20", 1, []string{"fee_due | red | overdue"}},
			{"2026-12-19", 0, []string{"fee_due | red | overdue"}},
			{"2026-12-20", 1, []string{"fee_due | critical | missed"}},
		} {
			told, err := at(h, step.on).Watch(t.Context())
			require.NoError(t, err)
			require.Equal(t, step.told, told, step.on)
			require.Equal(t, step.open, openAlerts(t, h), step.on)
		}

		exec(t, h.db, `update ip_asset set fee_paid_until = '2027-06-19' where id = $1`, id)
		_, err := at(h, "2026-12-21").Watch(t.Context())
		require.NoError(t, err)
		require.Empty(t, openAlerts(t, h))
	})

	t.Run("LetsGoOfAReservationWhoseTimeIsOver", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.listed(t, patent())
		h.inTx(t, func(tx postgres.Tx) error {
			return ipasset.Reserve(tx, []uuid.UUID{id}, noon.AddDate(0, 0, ipasset.ReservationDays))
		})

		_, err := at(h, "2026-04-30").Watch(t.Context())
		require.NoError(t, err)
		require.Equal(t, "reserved", h.status(t, id))
		_, err = at(h, "2026-05-02").Watch(t.Context())
		require.NoError(t, err)
		require.Equal(t, "listed", h.status(t, id))
	})

	t.Run("ShowsAlertsToTheOwnerAndNotToStrangers", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		id := h.listed(t, patent())
		_, err := h.service.Record(t.Context(), h.handler, id, ipasset.Freeze, ipasset.RegisterEvent{Reason: "法院保全"})
		require.NoError(t, err)
		h.sign(t, h.checker, id)
		told, err := h.service.Watch(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1, told)

		d, err := h.service.Detail(t.Context(), h.operator, id)
		require.NoError(t, err)
		require.Equal(t, 1, d.OpenAlerts)
		require.Equal(t, ipasset.Critical, d.Alerts[0].Severity)
	})
}
