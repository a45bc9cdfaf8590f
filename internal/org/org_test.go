package org_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/document"
	"ippledge/internal/etag"
	"ippledge/internal/fault"
	"ippledge/internal/identifier"
	"ippledge/internal/org"
	"ippledge/internal/platform/blob"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

var (
	noon     = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)
	bureauID = uuid.New()
	handler  = authz.Actor{UserID: uuid.New(), OrgID: bureauID, Name: "周处", OrgName: "市局", OrgKind: authz.IPBureau, Roles: []authz.Role{authz.BureauHandler, authz.BureauChecker}}
	checker  = authz.Actor{UserID: uuid.New(), OrgID: bureauID, Name: "唐局", OrgName: "市局", OrgKind: authz.IPBureau, Roles: []authz.Role{authz.BureauChecker}}
	other    = identifier.CompleteUSCC("91430500", "MA4L8765")
	code     = identifier.CompleteUSCC("91430500", "MA4L1234")
)

type fixture struct {
	*org.Service
	approvals *approval.Service
	documents *document.Service
	db        *postgres.DB
}

func setup(t *testing.T) fixture {
	t.Helper()
	db := testdb.New(t, noon)
	files, err := blob.NewDir(t.TempDir())
	require.NoError(t, err)
	approvals, documents := approval.NewService(db), document.NewService(db, files, nil)
	service := org.NewService(db, approvals, documents)
	approvals.Handle(service.Kinds()...)
	city := "430500"
	require.NoError(t, db.InTx(t.Context(), func(tx postgres.Tx) error {
		return org.PutAreas(tx, []org.Region{
			{Code: "430500", Name: "邵阳市", Kind: org.City}, {Code: "430502", Name: "双清区", Kind: org.County, ParentCode: &city, Seq: 1},
			{Code: "P01", Name: "邵阳经开区", Kind: org.Park, ParentCode: &city, Seq: 2},
		})
	}))
	return fixture{service, approvals, documents, db}
}

func profile() org.Profile {
	return org.Profile{Name: "邵阳市星垣智能装备有限公司", USCC: code, AreaCode: "430502", Scale: org.Small,
		LegalRepresentative: "张大伟", ContactName: "李明", ContactMobile: "13873912345"}
}

func (f fixture) register(t *testing.T, p org.Profile) (o org.Organization, owner authz.Actor, err error) {
	t.Helper()
	err = f.db.InTx(t.Context(), func(tx postgres.Tx) error {
		o, err = org.Register(tx, authz.Enterprise, p, true)
		return err
	})
	return o, authz.Actor{UserID: uuid.New(), OrgID: o.ID, Name: "李明", OrgName: o.Name, OrgKind: authz.Enterprise, Roles: []authz.Role{authz.EnterpriseSignatory}}, err
}

func (f fixture) pending(t *testing.T, o org.Organization) uuid.UUID {
	t.Helper()
	var id uuid.UUID
	require.NoError(t, f.db.SQL().QueryRowContext(t.Context(), "select id from approval_proposal where subject_id = $1 and status = 'pending'", o.ID).Scan(&id))
	return id
}

func (f fixture) status(t *testing.T) []string {
	return testdb.Texts(t, f.db, "select status from organization")
}

func TestRegister(t *testing.T) {
	t.Parallel()

	t.Run("NamesEveryFieldAtFault", func(t *testing.T) {
		t.Parallel()
		f := setup(t)
		p := profile()
		p.Name, p.USCC, p.ContactMobile, p.Scale = "", code[:17]+"?", "12345", ""

		_, _, err := f.register(t, p)

		failure, ok := fault.From(err)
		require.True(t, ok, "%v", err)
		fields := map[string]string{}
		for _, field := range failure.Fields {
			fields[field.Field] = field.Code
		}
		require.Equal(t, map[string]string{"name": "field_required", "uscc": "uscc_alphabet", "contact_mobile": "phone_malformed", "scale": "field_required"}, fields)
		require.Empty(t, f.status(t))
	})

	t.Run("RefusesTheSameCodeTwice", func(t *testing.T) {
		t.Parallel()
		f := setup(t)
		_, _, err := f.register(t, profile())
		require.NoError(t, err)
		_, _, err = f.register(t, profile())
		require.ErrorIs(t, err, &fault.Error{Code: "uscc_already_registered"})
	})

	t.Run("WantsAnAreaOfTheCityAndAParkThatIsOne", func(t *testing.T) {
		t.Parallel()
		f := setup(t)
		p := profile()
		p.AreaCode = "110101"
		_, _, err := f.register(t, p)
		require.ErrorIs(t, err, &fault.Error{Code: "area_unknown"})
		p, county := profile(), "430502"
		p.ParkCode = &county
		_, _, err = f.register(t, p)
		require.ErrorIs(t, err, &fault.Error{Code: "park_unknown"})
	})

	t.Run("KeepsAnOverriddenCodeInDraftUntilTheScanIsThere", func(t *testing.T) {
		t.Parallel()
		f := setup(t)
		wrong := code[:17] + "A"
		if code[17] == 'A' {
			wrong = code[:17] + "B"
		}
		p := profile()
		p.USCC = wrong
		_, _, err := f.register(t, p)
		require.ErrorIs(t, err, &fault.Error{Code: "uscc_check_digit"}, "without the override it is just wrong")
		p.USCC, p.USCCOverride = code[:16]+"0"+code[17:], true
		_, _, err = f.register(t, p)
		require.ErrorIs(t, err, &fault.Error{Code: "uscc_org_code_check"}, "only the 18th character may be overruled")

		p.USCC = wrong
		o, owner, err := f.register(t, p)
		require.NoError(t, err)
		require.Equal(t, org.Draft, o.Status)
		_, err = f.Submit(t.Context(), owner, o.ID, nil)
		require.ErrorIs(t, err, &fault.Error{Code: "uscc_scan_required"})

		scan, err := f.documents.Upload(t.Context(), owner, "执照.pdf", []byte("%PDF-1.4\n%%EOF"))
		require.NoError(t, err)
		o, err = f.Submit(t.Context(), owner, o.ID, []uuid.UUID{scan.ID})
		require.NoError(t, err)
		require.Equal(t, org.Submitted, o.Status)
		_, _, err = f.documents.Open(t.Context(), handler, scan.ID)
		require.NoError(t, err, "the bureau reads the scan it must compare")
	})
}

func TestAdmission(t *testing.T) {
	t.Parallel()

	t.Run("TakesTwoPeople", func(t *testing.T) {
		t.Parallel()
		f := setup(t)
		o, _, err := f.register(t, profile())
		require.NoError(t, err)
		_, err = f.Decide(t.Context(), handler, o.ID, org.Admit, "")
		require.NoError(t, err)
		require.Equal(t, []string{"submitted"}, f.status(t))

		_, err = f.approvals.Sign(t.Context(), handler, f.pending(t, o))
		require.ErrorIs(t, err, &fault.Error{Code: "maker_is_checker"})
		_, err = f.approvals.Sign(t.Context(), checker, f.pending(t, o))
		require.NoError(t, err)
		require.Equal(t, []string{"admitted"}, f.status(t))
		require.NoError(t, f.db.Read(t.Context(), func(tx postgres.Tx) error { _, err := org.RequireAdmitted(tx, o.ID); return err }))
	})

	t.Run("SaysNoToAnEnterpriseAndToAColleagueWithoutTheRole", func(t *testing.T) {
		t.Parallel()
		f := setup(t)
		o, owner, err := f.register(t, profile())
		require.NoError(t, err)
		for _, actor := range []authz.Actor{owner, checker} {
			_, err = f.Decide(t.Context(), actor, o.ID, org.Admit, "")
			require.ErrorIs(t, err, &fault.Error{Code: "permission_denied"})
		}
	})

	t.Run("AllowsOneStepAtATime", func(t *testing.T) {
		t.Parallel()
		f := setup(t)
		o, _, err := f.register(t, profile())
		require.NoError(t, err)
		_, err = f.Decide(t.Context(), handler, o.ID, org.Admit, "")
		require.NoError(t, err)
		_, err = f.Decide(t.Context(), handler, o.ID, org.Return, "资料不全")
		require.ErrorIs(t, err, &fault.Error{Code: "approval_already_pending"})
	})

	t.Run("GoesBackAndComesAgain", func(t *testing.T) {
		t.Parallel()
		f := setup(t)
		o, owner, err := f.register(t, profile())
		require.NoError(t, err)
		_, err = f.Decide(t.Context(), handler, o.ID, org.Return, "")
		require.ErrorIs(t, err, &fault.Error{Code: "reason_required"})
		_, err = f.Decide(t.Context(), handler, o.ID, org.Return, "联系电话不通")
		require.NoError(t, err)
		_, err = f.approvals.Sign(t.Context(), checker, f.pending(t, o))
		require.NoError(t, err)

		p := profile()
		p.ContactMobile, p.Name = "0739-5300000", "邵阳市星垣智能装备股份有限公司"
		_, err = f.Edit(t.Context(), owner, o.ID, p, false)
		require.NoError(t, err, "before admission the whole record may be mended")
		o, err = f.Submit(t.Context(), owner, o.ID, nil)
		require.NoError(t, err)
		require.Equal(t, org.Submitted, o.Status)
		require.Empty(t, o.StatusReason)
	})

	t.Run("SuspendsAndResumes", func(t *testing.T) {
		t.Parallel()
		f := setup(t)
		o, err := f.Install(t.Context(), authz.Enterprise, profile())
		require.NoError(t, err)
		for _, step := range []struct {
			action org.Action
			want   string
		}{{org.Suspend, "suspended"}, {org.Resume, "admitted"}} {
			_, err = f.Decide(t.Context(), handler, o.ID, step.action, "核查")
			require.NoError(t, err)
			_, err = f.approvals.Sign(t.Context(), checker, f.pending(t, o))
			require.NoError(t, err)
			require.Equal(t, []string{step.want}, f.status(t))
		}
		_, err = f.Decide(t.Context(), handler, o.ID, org.Admit, "")
		require.ErrorIs(t, err, &fault.Error{Code: "transition_not_allowed"})
	})
}

func TestEdit(t *testing.T) {
	t.Parallel()

	admitted := func(t *testing.T) (fixture, org.Organization, authz.Actor) {
		f := setup(t)
		o, err := f.Install(t.Context(), authz.Enterprise, profile())
		require.NoError(t, err)
		return f, o, authz.Actor{UserID: uuid.New(), OrgID: o.ID, Name: "李明", OrgKind: authz.Enterprise, Roles: []authz.Role{authz.EnterpriseOperator}}
	}

	t.Run("AfterAdmissionOnlyContactsChange", func(t *testing.T) {
		t.Parallel()
		f, o, owner := admitted(t)
		p := profile()
		p.ContactName, p.Address = "陈静", "双清区宝庆东路 1 号"
		_, err := f.Edit(t.Context(), owner, o.ID, p, false)
		require.NoError(t, err)
		p.Scale = org.Micro
		_, err = f.Edit(t.Context(), owner, o.ID, p, false)
		require.ErrorIs(t, err, &fault.Error{Code: "organisation_identity_fixed"})
		require.Equal(t, []string{"small | 陈静 | 2"}, testdb.Texts(t, f.db, "select scale, contact_name, version from organization"))
	})

	t.Run("DoesNotExistForAnotherEnterprise", func(t *testing.T) {
		t.Parallel()
		f, o, owner := admitted(t)
		owner.OrgID = uuid.New()
		_, err := f.Edit(t.Context(), owner, o.ID, profile(), false)
		require.ErrorIs(t, err, &fault.Error{Code: "organisation_not_found"})
	})

	t.Run("RefusesAnOlderVersion", func(t *testing.T) {
		t.Parallel()
		f, o, owner := admitted(t)
		_, err := f.Edit(etag.With(t.Context(), 7), owner, o.ID, profile(), false)
		require.ErrorIs(t, err, &fault.Error{Code: "stale_version"})
	})

	t.Run("VoidsWhatWaitsForASignature", func(t *testing.T) {
		t.Parallel()
		f, o, owner := admitted(t)
		_, err := f.Decide(t.Context(), handler, o.ID, org.Suspend, "核查")
		require.NoError(t, err)
		_, err = f.Edit(t.Context(), owner, o.ID, profile(), false)
		require.NoError(t, err)
		require.Equal(t, []string{"superseded"}, testdb.Texts(t, f.db, "select status from approval_proposal"))
	})
}

func TestUnmask(t *testing.T) {
	t.Parallel()
	f := setup(t)
	o, err := f.Install(t.Context(), authz.Enterprise, profile())
	require.NoError(t, err)

	_, err = f.Unmask(t.Context(), handler, o.ID, "  ")
	require.ErrorIs(t, err, &fault.Error{Code: "reason_required"})
	contacts, err := f.Unmask(t.Context(), handler, o.ID, "核实联系方式")
	require.NoError(t, err)
	require.Equal(t, "13873912345", contacts.ContactMobile)
	require.Equal(t, []string{`周处 | {"reason": "核实联系方式"}`}, testdb.Texts(t, f.db, "select user_name, detail from audit_entry where action = 'organization.unmask'"))
}
