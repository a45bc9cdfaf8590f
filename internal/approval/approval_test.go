package approval_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC) // 12:00 in Shaoyang

// house is one subject with a version, and a kind of step on it.
type house struct {
	*approval.Service
	db      *postgres.DB
	subject uuid.UUID
	version atomic.Int64
	applied atomic.Int64
	undone  atomic.Int64
	maker   authz.Actor
	checker authz.Actor
}

func setup(t *testing.T) *house {
	t.Helper()
	db := testdb.New(t, noon)
	org := uuid.New()
	h := &house{
		Service: approval.NewService(db), db: db, subject: uuid.New(),
		maker:   authz.Actor{UserID: uuid.New(), OrgID: org, Name: "经办", Roles: []authz.Role{authz.EnterpriseOperator}},
		checker: authz.Actor{UserID: uuid.New(), OrgID: org, Name: "复核", Roles: []authz.Role{authz.EnterpriseSignatory}},
	}
	h.Handle(approval.Kind{
		Name: "thing.do", Text: "办理", SubjectKind: "thing", Check: authz.ApprovalSign,
		Subject: func(postgres.Tx, uuid.UUID) (int64, error) { return h.version.Load(), nil },
		Apply: func(_ postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
			require.Equal(t, h.maker.UserID, maker.UserID)
			require.Equal(t, h.checker.UserID, checker.UserID)
			h.applied.Add(1)
			return nil
		},
		Undo: func(postgres.Tx, approval.Proposal, authz.Actor, string) error { h.undone.Add(1); return nil },
	})
	return h
}

func (h *house) propose(t *testing.T) (p approval.Proposal) {
	t.Helper()
	require.NoError(t, h.db.InTx(t.Context(), func(tx postgres.Tx) (err error) {
		p, err = h.Propose(tx, h.maker, approval.Draft{Kind: "thing.do", SubjectID: h.subject, SubjectVersion: h.version.Load(), Title: "一件事", Payload: map[string]any{"b": 1, "a": "二"}})
		return err
	}))
	return p
}

func TestApproval(t *testing.T) {
	t.Parallel()

	t.Run("TakesEffectWhenAnotherPersonSigns", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		p := h.propose(t)
		signed, err := h.Sign(t.Context(), h.checker, p.ID)
		require.NoError(t, err)
		require.Equal(t, approval.Signed, signed.Status)
		require.EqualValues(t, 1, h.applied.Load())
		require.Equal(t, []string{"approval.sign 复核"}, testdb.Texts(t, h.db, `select concat_ws(' ', action, user_name) from audit_entry`))

		_, err = h.Sign(t.Context(), h.checker, p.ID)
		require.ErrorIs(t, err, &fault.Error{Code: "transition_not_allowed"})
		require.EqualValues(t, 1, h.applied.Load(), "it takes effect once")
	})

	t.Run("RefusesTheMakersOwnSignatureInTheProgramAndInTheDatabase", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		p := h.propose(t)
		_, err := h.Sign(t.Context(), h.maker, p.ID)
		require.ErrorIs(t, err, &fault.Error{Code: "maker_is_checker"})
		_, err = h.db.SQL().Exec(`update approval_proposal set status = 'signed', decided_at = now(), checker_id = maker_id where id = $1`, p.ID)
		require.ErrorContains(t, err, "approval_proposal_maker_is_not_checker")
	})

	t.Run("IsVoidOnceTheSubjectWasEdited", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		p := h.propose(t)
		h.version.Add(1)
		_, err := h.Sign(t.Context(), h.checker, p.ID)
		require.ErrorIs(t, err, &fault.Error{Code: "approval_superseded"})
		require.Zero(t, h.applied.Load())
	})

	t.Run("IsVoidWhenThePayloadWasTamperedWith", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		p := h.propose(t)
		_, err := h.db.SQL().Exec(`update approval_proposal set payload = '{"a":"三"}' where id = $1`, p.ID)
		require.NoError(t, err)
		_, err = h.Sign(t.Context(), h.checker, p.ID)
		require.ErrorIs(t, err, &fault.Error{Code: "approval_superseded"})
	})

	t.Run("DoesNotExistForAnotherOrganisation", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		p := h.propose(t)
		stranger := h.checker
		stranger.OrgID = uuid.New()
		_, err := h.Sign(t.Context(), stranger, p.ID)
		require.ErrorIs(t, err, &fault.Error{Code: "approval_not_found"})
	})

	t.Run("GoesBackWithAReason", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		p := h.propose(t)
		_, err := h.Reject(t.Context(), h.checker, p.ID, "  ")
		require.ErrorIs(t, err, &fault.Error{Code: "reason_required"})
		p, err = h.Reject(t.Context(), h.checker, p.ID, "金额有误")
		require.NoError(t, err)
		require.Equal(t, "金额有误", p.Reason)
		require.EqualValues(t, 1, h.undone.Load())
		h.propose(t) // and may be proposed again
	})

	t.Run("WaitsOnlyOnceForASubject", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		h.propose(t)
		err := h.db.InTx(t.Context(), func(tx postgres.Tx) error {
			_, err := h.Propose(tx, h.maker, approval.Draft{Kind: "thing.do", SubjectID: h.subject, Payload: 1})
			return err
		})
		require.ErrorIs(t, err, &fault.Error{Code: "approval_already_pending"})
	})

	t.Run("TakesEffectOnceWhenManySignTogether", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		p := h.propose(t)
		errs := make([]error, 12)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() { _, errs[i] = h.Sign(t.Context(), h.checker, p.ID) })
		}
		wg.Wait()
		require.EqualValues(t, 1, h.applied.Load())
	})
}
