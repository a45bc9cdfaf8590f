package iam_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ippledge/internal/authz"
	"ippledge/internal/iam"
	"ippledge/internal/testdb"
)

func TestSignIn(t *testing.T) {
	t.Parallel()

	t.Run("OpensASessionWithASafeCookie", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{Secure: true})
		f.user(t, "ent.operator", f.firm, authz.EnterpriseOperator)
		b := &browser{f: f}

		a := b.signIn(t, " Ent.Operator ", password, "")

		require.Equal(t, http.StatusOK, a.Status, a.body)
		require.Equal(t, "ent.operator", a.User.Username)
		require.Equal(t, f.firm.ID, a.Org.ID)
		require.Contains(t, a.Permissions, "org:edit_own")
		require.Equal(t, http.StatusOK, b.do(t, http.MethodGet, "/session", nil).Status)
		require.Equal(t, []string{"session.sign_in | ok"}, testdb.Texts(t, f.db, "select action, result from audit_entry where action like 'session.%'"))

		w := httptest.NewRecorder()
		f.engine.ServeHTTP(w, signInRequest(t, "ent.operator", password))
		c := w.Result().Cookies()[0]
		require.True(t, c.HttpOnly)
		require.True(t, c.Secure)
		require.Equal(t, http.SameSiteLaxMode, c.SameSite)
		require.Equal(t, "/", c.Path)
	})

	t.Run("StoresNoTokenThatCouldBeUsed", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		f.user(t, "ent.operator", f.firm, authz.EnterpriseOperator)
		b := &browser{f: f}
		b.signIn(t, "ent.operator", password, "")
		require.NotContains(t, testdb.Texts(t, f.db, "select token from session"), b.cookie)
	})

	t.Run("AnswersAlikeForAWrongPasswordAndAnUnknownName", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		f.user(t, "ent.operator", f.firm, authz.EnterpriseOperator)
		b := &browser{f: f}
		wrong, unknown := b.signIn(t, "ent.operator", "Wrong@12345", ""), b.signIn(t, "nobody", "Wrong@12345", "")
		require.Equal(t, http.StatusUnauthorized, wrong.Status)
		require.Equal(t, "credentials_wrong", wrong.Code)
		require.Equal(t, wrong.Code, unknown.Code)
		require.Equal(t, []string{"refused", "refused"}, testdb.Texts(t, f.db, "select result from audit_entry where action = 'session.refuse'"))
	})

	t.Run("LocksAfterFiveFailuresForAQuarterOfAnHour", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		f.user(t, "ent.operator", f.firm, authz.EnterpriseOperator)
		b := &browser{f: f}
		for range 5 {
			require.Equal(t, "credentials_wrong", b.signIn(t, "ent.operator", "Wrong@12345", "").Code)
		}
		locked := b.signIn(t, "ent.operator", password, "")
		require.Equal(t, http.StatusTooManyRequests, locked.Status)
		require.Equal(t, "account_locked", locked.Code)
		require.Equal(t, []string{"user.lock"}, testdb.Texts(t, f.db, "select action from audit_entry where action = 'user.lock'"))

		f.move(15*time.Minute - time.Second)
		require.Equal(t, "account_locked", b.signIn(t, "ent.operator", password, "").Code)
		f.move(time.Second)
		require.Equal(t, http.StatusOK, b.signIn(t, "ent.operator", password, "").Status)
	})

	t.Run("StartsCountingAnewAfterARightPassword", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		f.user(t, "ent.operator", f.firm, authz.EnterpriseOperator)
		b := &browser{f: f}
		for range 4 {
			b.signIn(t, "ent.operator", "Wrong@12345", "")
		}
		require.Equal(t, http.StatusOK, b.signIn(t, "ent.operator", password, "").Status)
		for range 4 {
			b.signIn(t, "ent.operator", "Wrong@12345", "")
		}
		require.Equal(t, http.StatusOK, b.signIn(t, "ent.operator", password, "").Status)
	})

	t.Run("BoundsAttemptsFromOneAddress", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{SignInsPerMinute: 3})
		b := &browser{f: f}
		for range 3 {
			require.Equal(t, "credentials_wrong", b.signIn(t, "nobody", "Wrong@12345", "").Code)
		}
		require.Equal(t, "sign_in_too_often", b.signIn(t, "nobody", "Wrong@12345", "").Code)
		f.move(time.Minute)
		require.Equal(t, "credentials_wrong", b.signIn(t, "nobody", "Wrong@12345", "").Code)
	})

	t.Run("GivesANewTokenAndEndsTheOldOne", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		f.user(t, "ent.operator", f.firm, authz.EnterpriseOperator)
		f.user(t, "bank.officer", f.bank, authz.LoanOfficer)
		b := &browser{f: f, cookie: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"} // planted by an attacker
		require.Equal(t, http.StatusOK, b.signIn(t, "ent.operator", password, "").Status)
		require.NotEqual(t, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", b.cookie)
		first := b.cookie
		require.Equal(t, http.StatusOK, b.signIn(t, "bank.officer", password, "").Status)
		require.NotEqual(t, first, b.cookie)
		old := &browser{f: f, cookie: first}
		require.Equal(t, http.StatusUnauthorized, old.do(t, http.MethodGet, "/session", nil).Status)
		require.Equal(t, "bank.officer", b.do(t, http.MethodGet, "/session", nil).User.Username)
	})

	t.Run("ToleratesRubbishInTheCookie", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		f.user(t, "ent.operator", f.firm, authz.EnterpriseOperator)
		b := &browser{f: f, cookie: "rubbish"}
		require.Equal(t, "not_signed_in", b.do(t, http.MethodGet, "/session", nil).Code)
		require.Equal(t, http.StatusOK, b.signIn(t, "ent.operator", password, "").Status)
	})
}

func TestSessionEnds(t *testing.T) {
	t.Parallel()

	cases := map[string]struct {
		username string
		idle     time.Duration
	}{
		"ForStaffAfterFifteenIdleMinutes": {"bank.officer", 15 * time.Minute},
		"ForOthersAfterThirtyIdleMinutes": {"ent.operator", 30 * time.Minute},
	}
	for title, c := range cases {
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			f := setup(t, iam.Config{})
			f.user(t, "ent.operator", f.firm, authz.EnterpriseOperator)
			f.user(t, "bank.officer", f.bank, authz.LoanOfficer)
			b := &browser{f: f}
			require.Equal(t, http.StatusOK, b.signIn(t, c.username, password, "").Status)
			f.move(c.idle - time.Second)
			require.Equal(t, http.StatusOK, b.do(t, http.MethodGet, "/session", nil).Status)
			f.move(c.idle - time.Second)
			require.Equal(t, http.StatusOK, b.do(t, http.MethodGet, "/session", nil).Status, "a request begins the time anew")
			f.move(c.idle + 2*time.Second)
			require.Equal(t, "not_signed_in", b.do(t, http.MethodGet, "/session", nil).Code)
			f.move(-time.Hour)
			require.Equal(t, "not_signed_in", b.do(t, http.MethodGet, "/session", nil).Code, "it is gone for good")
		})
	}

	t.Run("AlthoughThePageKeepsAskingByItself", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		f.user(t, "bank.officer", f.bank, authz.LoanOfficer)
		b := &browser{f: f}
		require.Equal(t, http.StatusOK, b.signIn(t, "bank.officer", password, "").Status)
		b.background = true
		for range 14 {
			f.move(time.Minute)
			require.Equal(t, http.StatusOK, b.do(t, http.MethodGet, "/session", nil).Status)
		}
		f.move(2 * time.Minute)
		require.Equal(t, "not_signed_in", b.do(t, http.MethodGet, "/session", nil).Code)
	})

	t.Run("AfterEightHoursHoweverBusy", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		f.user(t, "ent.operator", f.firm, authz.EnterpriseOperator)
		b := &browser{f: f}
		require.Equal(t, http.StatusOK, b.signIn(t, "ent.operator", password, "").Status)
		for range 23 {
			f.move(20 * time.Minute)
			require.Equal(t, http.StatusOK, b.do(t, http.MethodGet, "/session", nil).Status)
		}
		f.move(20 * time.Minute)
		require.Equal(t, "not_signed_in", b.do(t, http.MethodGet, "/session", nil).Code)
	})

	t.Run("WhenOneSignsOut", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		f.user(t, "ent.operator", f.firm, authz.EnterpriseOperator)
		b := &browser{f: f}
		b.signIn(t, "ent.operator", password, "")
		kept := b.cookie
		require.Equal(t, http.StatusNoContent, b.do(t, http.MethodDelete, "/session", nil).Status)
		require.Empty(t, b.cookie)
		require.Empty(t, testdb.Texts(t, f.db, "select token from session"))
		stolen := &browser{f: f, cookie: kept}
		require.Equal(t, "not_signed_in", stolen.do(t, http.MethodGet, "/session", nil).Code)
	})

	t.Run("WhenTheAccountIsDisabled", func(t *testing.T) {
		t.Parallel()
		f := setup(t, iam.Config{})
		u := f.user(t, "ent.operator", f.firm, authz.EnterpriseOperator)
		admin := f.user(t, "sysadmin", f.platform, authz.SystemAdmin)
		b := &browser{f: f}
		b.signIn(t, "ent.operator", password, "")
		require.NoError(t, f.Move(t.Context(), f.actor(t, admin, f.platform), u.ID, iam.Disable))
		require.Equal(t, "not_signed_in", b.do(t, http.MethodGet, "/session", nil).Code)
		require.Equal(t, "account_disabled", b.signIn(t, "ent.operator", password, "").Code)
	})
}

func TestSwitch(t *testing.T) {
	t.Parallel()
	f := setup(t, iam.Config{})
	u := f.user(t, "two.hats", f.firm, authz.EnterpriseOperator)
	security := f.user(t, "secadmin", f.platform, authz.SecurityAdmin)
	require.NoError(t, f.Grant(t.Context(), f.actor(t, security, f.platform), u.ID, f.bank.ID, authz.LoanOfficer))
	b := &browser{f: f}
	b.signIn(t, "two.hats", password, "")
	before := b.cookie

	a := b.do(t, http.MethodPost, "/session/switch", map[string]any{"organization_id": f.bank.ID})
	require.Equal(t, http.StatusOK, a.Status, a.body)
	require.Equal(t, f.bank.ID, a.Org.ID)
	require.NotEqual(t, before, b.cookie)
	require.Equal(t, f.bank.ID, b.do(t, http.MethodGet, "/session", nil).Org.ID)

	a = b.do(t, http.MethodPost, "/session/switch", map[string]any{"organization_id": f.platform.ID})
	require.Equal(t, "not_a_member", a.Code)
	require.Equal(t, f.bank.ID, b.do(t, http.MethodGet, "/session", nil).Org.ID)
}
