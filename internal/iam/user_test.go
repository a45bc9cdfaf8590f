package iam_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/iam"
	"ippledge/internal/identifier"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/testdb"
)

func signInRequest(t *testing.T, username, pw string) *http.Request {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/v1/session", strings.NewReader(`{"username":"`+username+`","password":"`+pw+`"}`))
	r.Header.Set("Content-Type", "application/json")
	return r
}

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	for given, code := range map[string]string{
		"Ab1!": "password_too_short", "abcdefghij": "password_too_simple", "abcdefghi1": "password_too_simple",
		"Li.Ming-2026x": "password_contains_username", strings.Repeat("aA1!", 40): "password_too_long",
		"Abcdefghi1": "", "abcdefgh1!": "", "平台口令abc123DEF": "",
	} {
		err := iam.CheckPassword("li.ming", given)
		if code == "" {
			require.NoError(t, err, given)
		} else {
			require.ErrorIs(t, err, &fault.Error{Code: code}, given)
		}
	}
}

func TestPassword(t *testing.T) {
	t.Parallel()

	change := func(t *testing.T, b *browser, old, fresh string) answer {
		t.Helper()
		return b.do(t, http.MethodPost, "/session/password", map[string]string{"old_password": old, "new_password": fresh})
	}

	t.Run("MustBeChangedFirstWhenSomebodyElseChoseIt", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		_, err := f.Create(t.Context(), authz.System, iam.NewUser{Username: "newcomer", Name: "新人", Password: password, OrgID: f.firm.ID, MustChange: true,
			Memberships: []iam.Membership{{OrgID: f.firm.ID, Roles: []authz.Role{authz.EnterpriseOperator}}}})
		require.NoError(t, err)
		b := &browser{f: f}
		require.Equal(t, http.StatusOK, b.signIn(t, "newcomer", password, "").Status)
		require.Equal(t, "password_change_required", b.do(t, http.MethodGet, "/organizations", nil).Code)
		require.Equal(t, "password_used_before", change(t, b, password, password).Code)
		require.Equal(t, "password_too_simple", change(t, b, password, "abcdefghijk").Code)
		require.Equal(t, "old_password_wrong", change(t, b, "Wrong@12345", "Baoqing@2026").Code)
		require.Equal(t, http.StatusOK, change(t, b, password, "Baoqing@2026").Status)
		require.Equal(t, http.StatusOK, b.do(t, http.MethodGet, "/organizations", nil).Status)
	})

	t.Run("MustBeChangedAfterNinetyDays", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		f.user(t, "ent.operator", f.firm, authz.EnterpriseOperator)
		b := &browser{f: f}
		f.move(90 * 24 * time.Hour)
		b.signIn(t, "ent.operator", password, "")
		require.Equal(t, http.StatusOK, b.do(t, http.MethodGet, "/organizations", nil).Status)
		f.move(time.Second)
		require.Equal(t, "password_change_required", b.do(t, http.MethodGet, "/organizations", nil).Code)
	})

	t.Run("LocksWhoGuessesTheOldOne", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		f.user(t, "ent.operator", f.firm, authz.EnterpriseOperator)
		b := &browser{f: f}
		b.signIn(t, "ent.operator", password, "")
		for range 5 {
			require.Equal(t, "old_password_wrong", change(t, b, "Wrong@12345", "Baoqing@2026").Code)
		}
		require.Equal(t, "account_locked", change(t, b, password, "Baoqing@2026").Code)
	})

	t.Run("EndsAllOtherSessions", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		f.user(t, "ent.operator", f.firm, authz.EnterpriseOperator)
		here, elsewhere := &browser{f: f}, &browser{f: f}
		here.signIn(t, "ent.operator", password, "")
		elsewhere.signIn(t, "ent.operator", password, "")
		f.move(time.Second)
		require.Equal(t, http.StatusOK, change(t, here, password, "Baoqing@2026").Status)
		require.Equal(t, http.StatusOK, here.do(t, http.MethodGet, "/session", nil).Status)
		require.Equal(t, "not_signed_in", elsewhere.do(t, http.MethodGet, "/session", nil).Code)
	})

	t.Run("MayReturnAfterFiveOthers", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		f.user(t, "ent.operator", f.firm, authz.EnterpriseOperator)
		b := &browser{f: f}
		b.signIn(t, "ent.operator", password, "")
		last := password
		for _, next := range []string{"Baoqing@0001", "Baoqing@0002", "Baoqing@0003", "Baoqing@0004"} {
			f.move(time.Second)
			require.Equal(t, http.StatusOK, change(t, b, last, next).Status)
			last = next
		}
		require.Equal(t, "password_used_before", change(t, b, last, password).Code)
		f.move(time.Second)
		require.Equal(t, http.StatusOK, change(t, b, last, "Baoqing@0005").Status)
		f.move(time.Second)
		require.Equal(t, http.StatusOK, change(t, b, "Baoqing@0005", password).Status)
	})
}

func TestTOTP(t *testing.T) {
	t.Parallel()

	enrolled := func(t *testing.T) (fixture, *browser, string) {
		f := setup(t, iam.Config{MFARequired: true})
		f.user(t, "bank.officer", f.bank, authz.LoanOfficer)
		b := &browser{f: f}
		require.Equal(t, http.StatusOK, b.signIn(t, "bank.officer", password, "").Status)
		require.Equal(t, "totp_enrolment_required", b.do(t, http.MethodGet, "/organizations", nil).Code)
		a := b.do(t, http.MethodPost, "/session/totp/enrol", nil)
		require.Equal(t, http.StatusOK, a.Status, a.body)
		secret := strings.Split(strings.Split(a.body, `"secret":"`)[1], `"`)[0]
		return f, b, secret
	}
	code := func(t *testing.T, secret string, at time.Time) string {
		t.Helper()
		c, err := totp.GenerateCode(secret, at)
		require.NoError(t, err)
		return c
	}
	confirm := func(t *testing.T, b *browser, c string) answer {
		t.Helper()
		return b.do(t, http.MethodPost, "/session/totp/confirm", map[string]string{"code": c})
	}

	t.Run("StaffEnrolBeforeAnythingElse", func(t *testing.T) {
		t.Parallel()
		f, b, secret := enrolled(t)
		require.Equal(t, "totp_wrong", confirm(t, b, "000000").Code)
		require.Equal(t, "totp_enrolment_required", b.do(t, http.MethodGet, "/organizations", nil).Code)
		require.Equal(t, http.StatusOK, confirm(t, b, code(t, secret, f.db.Now())).Status)
		require.Equal(t, http.StatusOK, b.do(t, http.MethodGet, "/organizations", nil).Status)
	})

	t.Run("ACodeIsGoodOnce", func(t *testing.T) {
		t.Parallel()
		f, b, secret := enrolled(t)
		first := code(t, secret, f.db.Now())
		require.Equal(t, http.StatusOK, confirm(t, b, first).Status)
		other := &browser{f: f}
		require.Equal(t, "totp_required", other.signIn(t, "bank.officer", password, "").Code)
		require.Equal(t, "totp_wrong", other.signIn(t, "bank.officer", password, first).Code)
		f.move(time.Minute)
		second := code(t, secret, f.db.Now())
		require.Equal(t, http.StatusOK, other.signIn(t, "bank.officer", password, second).Status)
		require.Equal(t, "totp_wrong", other.signIn(t, "bank.officer", password, second).Code)
	})

	t.Run("FiveWrongCodesLockTheAccount", func(t *testing.T) {
		t.Parallel()
		f, b, secret := enrolled(t)
		require.Equal(t, http.StatusOK, confirm(t, b, code(t, secret, f.db.Now())).Status)
		for range 5 {
			require.Equal(t, "totp_wrong", b.signIn(t, "bank.officer", password, "000000").Code)
		}
		require.Equal(t, "account_locked", b.signIn(t, "bank.officer", password, "000000").Code)
	})

	t.Run("OthersMayDoWithout", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{MFARequired: true})
		f.user(t, "ent.operator", f.firm, authz.EnterpriseOperator)
		b := &browser{f: f}
		b.signIn(t, "ent.operator", password, "")
		require.Equal(t, http.StatusOK, b.do(t, http.MethodGet, "/organizations", nil).Status)
	})
}

func TestSeparation(t *testing.T) {
	t.Parallel()

	t.Run("TheOneWhoOpensDoesNotGrant", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		system := f.actor(t, f.user(t, "sysadmin", f.platform, authz.SystemAdmin), f.platform)
		security := f.actor(t, f.user(t, "secadmin", f.platform, authz.SecurityAdmin), f.platform)
		n := iam.NewUser{Username: "bank.officer", Name: "客户经理", Password: password, OrgID: f.bank.ID}
		n.Memberships = []iam.Membership{{OrgID: f.bank.ID, Roles: []authz.Role{authz.LoanOfficer}}}
		_, err := f.Create(t.Context(), system, n)
		require.ErrorIs(t, err, &fault.Error{Code: "grants_need_security_admin"})
		n.Memberships = nil
		_, err = f.Create(t.Context(), security, n)
		require.ErrorIs(t, err, &fault.Error{Code: "permission_denied"})
		u, err := f.Create(t.Context(), system, n)
		require.NoError(t, err)
		require.ErrorIs(t, f.Grant(t.Context(), system, u.ID, f.bank.ID, authz.LoanOfficer), &fault.Error{Code: "permission_denied"})
		require.ErrorIs(t, f.Grant(t.Context(), security, security.UserID, f.platform.ID, authz.SecurityAdmin), &fault.Error{Code: "own_roles_fixed"})
		require.ErrorIs(t, f.Grant(t.Context(), security, u.ID, f.bank.ID, authz.EnterpriseOperator), &fault.Error{Code: "role_not_for_organisation"})
		require.NoError(t, f.Grant(t.Context(), security, u.ID, f.bank.ID, authz.LoanOfficer))
		require.NoError(t, f.Revoke(t.Context(), security, u.ID, f.bank.ID, authz.LoanOfficer))
		require.ErrorIs(t, f.Revoke(t.Context(), security, u.ID, f.bank.ID, authz.LoanOfficer), &fault.Error{Code: "role_not_held"})
	})

	t.Run("AdministratorsExcludeEachOtherAndAllBusiness", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		security := f.actor(t, f.user(t, "secadmin", f.platform, authz.SecurityAdmin), f.platform)
		admin := f.user(t, "sysadmin", f.platform, authz.SystemAdmin)
		officer := f.user(t, "bank.officer", f.bank, authz.LoanOfficer)
		require.ErrorIs(t, f.Grant(t.Context(), security, admin.ID, f.platform.ID, authz.AuditAdmin), &fault.Error{Code: "role_excluded"})
		require.ErrorIs(t, f.Grant(t.Context(), security, admin.ID, f.bank.ID, authz.LoanOfficer), &fault.Error{Code: "role_excluded"})
		require.ErrorIs(t, f.Grant(t.Context(), security, officer.ID, f.platform.ID, authz.AuditAdmin), &fault.Error{Code: "role_excluded"})
		require.NoError(t, f.Grant(t.Context(), security, officer.ID, f.firm.ID, authz.EnterpriseOperator))
	})

	t.Run("ASignatoryOpensOperatorsOfTheOwnHouseOnly", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		signatory := f.actor(t, f.user(t, "ent.signatory", f.firm, authz.EnterpriseSignatory), f.firm)
		officer := f.user(t, "bank.officer", f.bank, authz.LoanOfficer)
		n := iam.NewUser{Username: "ent.operator", Name: "经办", Password: password, OrgID: f.bank.ID}
		_, err := f.Create(t.Context(), signatory, n)
		require.ErrorIs(t, err, &fault.Error{Code: "not_your_organisation"})
		n.OrgID, n.Memberships = f.firm.ID, []iam.Membership{{OrgID: f.firm.ID, Roles: []authz.Role{authz.EnterpriseSignatory}}}
		_, err = f.Create(t.Context(), signatory, n)
		require.ErrorIs(t, err, &fault.Error{Code: "role_not_yours_to_grant"})
		n.Memberships[0].Roles = []authz.Role{authz.EnterpriseOperator}
		u, err := f.Create(t.Context(), signatory, n)
		require.NoError(t, err)
		require.NoError(t, f.Move(t.Context(), signatory, u.ID, iam.Disable))
		require.ErrorIs(t, f.Move(t.Context(), signatory, officer.ID, iam.Disable), &fault.Error{Code: "user_not_found"})
	})

	t.Run("ResettingAPasswordDoesNotOpenTheSecondFactor", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		system := f.actor(t, f.user(t, "sysadmin", f.platform, authz.SystemAdmin), f.platform)
		u := f.user(t, "secadmin", f.platform, authz.SecurityAdmin)
		require.ErrorIs(t, f.ResetTOTP(t.Context(), system, u.ID), &fault.Error{Code: "permission_denied"})
		fresh, err := f.ResetPassword(t.Context(), system, u.ID)
		require.NoError(t, err)
		b := &browser{f: f}
		require.Equal(t, "credentials_wrong", b.signIn(t, "secadmin", password, "").Code)
		require.Equal(t, http.StatusOK, b.signIn(t, "secadmin", fresh, "").Status)
		require.Equal(t, "password_change_required", b.do(t, http.MethodGet, "/users", nil).Code)
	})
}

func TestRegister(t *testing.T) {
	t.Parallel()

	application := func() map[string]any {
		return map[string]any{"kind": "enterprise", "name": "邵阳市新厂有限公司", "uscc": identifier.CompleteUSCC("91430500", "MA4L7777"),
			"area_code": "430500", "scale": "small", "consent": true,
			"account": map[string]string{"username": "new.firm", "name": "王新", "password": password}}
	}

	t.Run("OpensAnAccountThatOnlySeesToItsApplication", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		b := &browser{f: f}
		a := b.do(t, http.MethodPost, "/registrations", application())
		require.Equal(t, http.StatusCreated, a.Status, a.body)
		require.Contains(t, a.body, `"status":"submitted"`)
		a = b.signIn(t, "new.firm", password, "")
		require.Equal(t, http.StatusOK, a.Status, a.body)
		require.ElementsMatch(t, []string{"document:upload", "org:edit_own", "user:read_own"}, a.Permissions)
		require.Equal(t, http.StatusOK, b.do(t, http.MethodGet, "/organizations/"+a.Org.ID.String(), nil).Status)
		require.Equal(t, "permission_denied", b.do(t, http.MethodGet, "/organizations", nil).Code)
	})

	t.Run("KeepsNothingWhenTheAccountIsRefused", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		body := application()
		body["account"] = map[string]string{"username": "new.firm", "name": "王新", "password": "short"}
		a := (&browser{f: f}).do(t, http.MethodPost, "/registrations", body)
		require.Equal(t, "password_too_short", a.Code)
		require.Contains(t, a.body, `"field":"account.password"`)
		require.Empty(t, testdb.Texts(t, f.db, "select id from organization where status = 'submitted'"))
	})

	t.Run("WantsConsentAndLeavesBanksToTheBureau", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		body := application()
		body["consent"] = false
		require.Equal(t, "consent_required", (&browser{f: f}).do(t, http.MethodPost, "/registrations", body).Code)
		body["kind"] = "bank"
		require.Equal(t, http.StatusUnprocessableEntity, (&browser{f: f}).do(t, http.MethodPost, "/registrations", body).Status)
	})
}

func TestAPIKey(t *testing.T) {
	t.Parallel()
	f := setup(t, iam.Config{})
	u := f.user(t, "bank.officer", f.bank, authz.LoanOfficer)
	b := &browser{f: f}
	b.signIn(t, "bank.officer", password, "")
	make := func(scopes ...string) answer {
		return b.do(t, http.MethodPost, "/api-keys", map[string]any{"name": "核心系统", "scopes": scopes, "days": 30})
	}
	call := func(key, method, path string) int {
		r := httptest.NewRequestWithContext(t.Context(), method, "/api/v1"+path, nil)
		r.Header.Set("Authorization", "Bearer "+key)
		w := httptest.NewRecorder()
		f.engine.ServeHTTP(w, r)
		return w.Code
	}

	require.Equal(t, "scope_not_held", make("user:manage").Code)
	a := make("org:read")
	require.Equal(t, http.StatusCreated, a.Status, a.body)
	secret := strings.Split(strings.Split(a.body, `"secret":"`)[1], `"`)[0]
	require.NotContains(t, strings.Join(testdb.Texts(t, f.db, "select hash, prefix from api_key"), ""), secret)

	require.Equal(t, http.StatusOK, call(secret, http.MethodGet, "/organizations"))
	require.Equal(t, http.StatusForbidden, call(secret, http.MethodGet, "/api-keys"), "the scopes do not reach so far")
	require.Equal(t, http.StatusForbidden, call(secret, http.MethodDelete, "/session"))
	require.Equal(t, http.StatusUnauthorized, call(secret+"x", http.MethodGet, "/organizations"))
	require.Equal(t, http.StatusUnauthorized, call("ipk_nonsense", http.MethodGet, "/organizations"))

	f.move(30 * 24 * time.Hour)
	require.Equal(t, http.StatusUnauthorized, call(secret, http.MethodGet, "/organizations"))
	f.move(-24 * time.Hour)
	require.Equal(t, http.StatusOK, call(secret, http.MethodGet, "/organizations"))
	id := testdb.Texts(t, f.db, "select id from api_key")[0]
	require.Equal(t, "", (&browser{f: f}).do(t, http.MethodPost, "/api-keys/"+id+"/revoke", nil).User.Username)
	require.Equal(t, http.StatusOK, call(secret, http.MethodGet, "/organizations"), "a stranger revokes nothing")
	f.move(-29 * 24 * time.Hour)
	require.Equal(t, http.StatusNoContent, b.do(t, http.MethodPost, "/api-keys/"+id+"/revoke", nil).Status)
	require.Equal(t, http.StatusUnauthorized, call(secret, http.MethodGet, "/organizations"))
	require.NotEmpty(t, u.ID)
}

func TestHolders(t *testing.T) {
	t.Parallel()
	f := setup(t, iam.Config{})
	operator := f.user(t, "ent.operator", f.firm, authz.EnterpriseOperator)
	f.user(t, "bank.officer", f.bank, authz.LoanOfficer)
	require.NoError(t, f.db.Read(t.Context(), func(tx postgres.Tx) error {
		holders, err := iam.Holders(tx, f.firm.ID, authz.OrgEditOwn)
		require.NoError(t, err)
		require.Len(t, holders, 1)
		require.Equal(t, operator.ID, holders[0].ID)
		officers, err := iam.UsersWithRole(tx, authz.LoanOfficer)
		require.NoError(t, err)
		require.Len(t, officers, 1)
		_, err = iam.ActorOf(tx, operator.ID, f.bank.ID)
		require.ErrorIs(t, err, &fault.Error{Code: "not_a_member"})
		return nil
	}))
}

func TestDemoAccounts(t *testing.T) {
	t.Parallel()
	for _, demo := range []bool{true, false} {
		f := setup(t, iam.Config{Demo: demo})
		_, err := f.Create(t.Context(), authz.System, iam.NewUser{Username: "ent.operator", Name: "李明", Password: password, Demo: true,
			Memberships: []iam.Membership{{OrgID: f.firm.ID, Roles: []authz.Role{authz.EnterpriseOperator}}}})
		require.NoError(t, err)
		a := (&browser{f: f}).do(t, http.MethodGet, "/portal/demo-accounts", nil)
		require.Equal(t, http.StatusOK, a.Status)
		require.Equal(t, demo, strings.Contains(a.body, "ent.operator"))
	}
}
