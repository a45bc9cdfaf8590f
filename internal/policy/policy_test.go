package policy_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/testdb"
)

var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

type world struct {
	db               *postgres.DB
	approvals        *approval.Service
	policies         *policy.Service
	handler, checker authz.Actor
}

func setup(t *testing.T) world {
	t.Helper()
	w := world{db: testdb.New(t, noon)}
	w.approvals = approval.NewService(w.db)
	w.policies = policy.NewService(w.db, w.approvals)
	w.approvals.Handle(w.policies.Kinds()...)
	bureau := uuid.New()
	w.handler = authz.Actor{UserID: uuid.New(), OrgID: bureau, Name: "周敏", OrgKind: authz.IPBureau, Roles: []authz.Role{authz.BureauHandler}}
	w.checker = authz.Actor{UserID: uuid.New(), OrgID: bureau, Name: "陈立", OrgKind: authz.IPBureau, Roles: []authz.Role{authz.BureauChecker}}
	require.NoError(t, w.db.InTx(t.Context(), policy.LoadReference))
	return w
}

func (w world) at(day string) *postgres.DB {
	return w.db.WithClock(func() time.Time { return calendar.MustDate(day).StartOfDay().Add(10 * time.Hour) })
}

func (w world) content(t *testing.T, from string) policy.Content {
	t.Helper()
	p, _, err := policy.Default()
	require.NoError(t, err)
	return policy.Content{Title: "调整分担比例", EffectiveFrom: calendar.MustDate(from), Parameters: p}
}

func (w world) sign(t *testing.T, by authz.Actor, subject uuid.UUID) error {
	t.Helper()
	pending := testdb.Texts(t, w.db, "select id from approval_proposal where subject_id = $1 and status = 'pending'", subject)
	require.Len(t, pending, 1)
	_, err := w.approvals.Sign(t.Context(), by, uuid.MustParse(pending[0]))
	return err
}

func (w world) inForce(t *testing.T, on string) (v policy.Version, err error) {
	t.Helper()
	txErr := w.db.Read(t.Context(), func(tx postgres.Tx) error {
		v, err = policy.InForce(tx, calendar.MustDate(on))
		return nil
	})
	require.NoError(t, txErr)
	return v, err
}

func TestDefinitionsCoverEveryParameter(t *testing.T) {
	t.Parallel()

	p, from, err := policy.Default()
	require.NoError(t, err)
	require.Equal(t, "2024-01-01", from.String())
	require.NoError(t, p.Check())

	text, err := json.Marshal(p)
	require.NoError(t, err)
	var fields map[string]any
	require.NoError(t, json.Unmarshal(text, &fields))
	for _, d := range policy.Definitions {
		value, ok := fields[d.Key]
		require.True(t, ok, d.Key)
		shown, err := json.Marshal(value)
		require.NoError(t, err)
		require.Equal(t, d.Default, strings.Trim(string(shown), `"`), "default of %s", d.Key)
		delete(fields, d.Key)
	}
	require.Empty(t, fields, "parameters without a definition")
}

func TestParametersOutsideTheAllowedRangeAreRefused(t *testing.T) {
	t.Parallel()

	sound, _, err := policy.Default()
	require.NoError(t, err)
	for name, spoil := range map[string]func(*policy.Parameters){
		"parameters.leverage_multiple":           func(p *policy.Parameters) { p.LeverageMultiple = 16 },
		"parameters.filing_deadline_wd":          func(p *policy.Parameters) { p.FilingDeadlineWD = 4 },
		"parameters.enrolled_cap_per_enterprise": func(p *policy.Parameters) { p.EnrolledCapPerEnterprise = money.Must("30000000.01") },
		"parameters.empty_seat":                  func(p *policy.Parameters) { p.EmptySeat = "nobody" },
		"parameters.fund_share":                  func(p *policy.Parameters) { p.FundShare = money.MustRate("45.000001") },
		"parameters.breaker_bank_warn":           func(p *policy.Parameters) { p.BreakerBankWarn = p.BreakerBankSuspend },
		"parameters.expert_count":                func(p *policy.Parameters) { p.ExpertCount = 4 },
	} {
		p := sound
		spoil(&p)
		f, ok := fault.From(p.Check())
		require.True(t, ok, name)
		require.Equal(t, name, f.Fields[0].Field)
	}
}

func TestEmptySeatsKeepTheWhole(t *testing.T) {
	t.Parallel()

	rapid.Check(t, func(r *rapid.T) {
		cut := func(name string, left int) int { return rapid.IntRange(0, left).Draw(r, name) }
		fund := cut("fund", 100)
		bank := cut("bank", 100-fund)
		guarantor := cut("guarantor", 100-fund-bank)
		insurer := cut("insurer", 100-fund-bank-guarantor)
		of := func(n int) money.Rate { return money.BasisPoints(int64(n) * 100) }
		s := policy.Shares{Fund: of(fund), Bank: of(bank), Guarantor: of(guarantor), Insurer: of(insurer), Appraiser: of(100 - fund - bank - guarantor - insurer)}
		to := rapid.SampledFrom([]policy.Seat{policy.SeatBank, policy.SeatFund}).Draw(r, "to")
		g, i, a := rapid.Bool().Draw(r, "g"), rapid.Bool().Draw(r, "i"), rapid.Bool().Draw(r, "a")

		seated := s.Seated(g, i, a, to)
		require.True(t, seated.Sum().Equal(s.Sum()))
		require.True(t, g || seated.Guarantor.IsZero())
		require.True(t, i || seated.Insurer.IsZero())
		require.True(t, a || seated.Appraiser.IsZero())
		if to == policy.SeatBank {
			require.True(t, seated.Fund.Equal(s.Fund))
		} else {
			require.True(t, seated.Bank.Equal(s.Bank))
		}
	})
}

func TestLoadReference(t *testing.T) {
	t.Parallel()
	w := setup(t)

	t.Run("ASecondRunChangesNothing", func(t *testing.T) {
		count := func() []string {
			return testdb.Texts(t, w.db, `select (select count(*) from area), (select count(*) from lpr_quote),
				(select count(*) from plan_target), (select count(*) from policy_version)`)
		}
		require.Equal(t, []string{"15 | 15 | 27 | 1"}, count())
		require.NoError(t, w.db.InTx(t.Context(), policy.LoadReference))
		require.Equal(t, []string{"15 | 15 | 27 | 1"}, count())
	})
	t.Run("TheFirstVersionRulesFrom2024", func(t *testing.T) {
		v, err := w.inForce(t, "2024-01-01")
		require.NoError(t, err)
		require.Equal(t, "5000000.00", v.Parameters.EnrolledCapPerEnterprise.String())
		_, err = w.inForce(t, "2023-12-31")
		require.True(t, fault.Has(err, "policy_missing"), err)
	})
	t.Run("LPRIsTheLastPublished", func(t *testing.T) {
		err := w.db.Read(t.Context(), func(tx postgres.Tx) error {
			for day, want := range map[string]string{"2022-08-21": "3.70", "2022-08-22": "3.65", "2026-11-24": "3.00"} {
				q, err := policy.LPRAt(tx, calendar.MustDate(day))
				require.NoError(t, err)
				require.Equal(t, want, q.OneYear.String(), day)
			}
			_, err := policy.LPRAt(tx, calendar.MustDate("2019-08-19"))
			require.True(t, fault.Has(err, "lpr_missing"), err)
			return nil
		})
		require.NoError(t, err)
	})
}

func TestVersionsTakeTwoPeople(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.content(t, "2026-04-01")
	c.Parameters.FundShare, c.Parameters.BankShare = money.MustRate("50"), money.MustRate("40")
	v, err := w.policies.Draft(t.Context(), w.handler, c)
	require.NoError(t, err)
	_, err = w.policies.Submit(t.Context(), w.handler, v.ID)
	require.NoError(t, err)

	both := w.handler
	both.Roles = []authz.Role{authz.BureauHandler, authz.BureauChecker}
	require.True(t, fault.Has(w.sign(t, both, v.ID), "maker_is_checker"))
	_, err = w.policies.Edit(t.Context(), w.handler, v.ID, c)
	require.True(t, fault.Has(err, "transition_not_allowed"), err)
	require.NoError(t, w.sign(t, w.checker, v.ID))

	t.Run("ItRulesFromItsDate", func(t *testing.T) {
		before, err := w.inForce(t, "2026-03-31")
		require.NoError(t, err)
		require.Equal(t, "45.00", before.Parameters.FundShare.String())
		after, err := w.inForce(t, "2026-04-01")
		require.NoError(t, err)
		require.Equal(t, v.ID, after.ID)
		require.Equal(t, "50.00", after.Parameters.FundShare.String())
	})
	t.Run("NobodyEditsItAfterwards", func(t *testing.T) {
		_, err := w.policies.Edit(t.Context(), w.handler, v.ID, c)
		require.True(t, fault.Has(err, "transition_not_allowed"), err)
		_, err = w.db.SQL().ExecContext(t.Context(), "update policy_version set title = 'x' where id = $1", v.ID)
		require.ErrorContains(t, err, "never changes")
	})
	t.Run("ASecondOnTheSameDayIsRefused", func(t *testing.T) {
		twin, err := w.policies.Draft(t.Context(), w.handler, c)
		require.NoError(t, err)
		_, err = w.policies.Submit(t.Context(), w.handler, twin.ID)
		require.NoError(t, err)
		require.True(t, fault.Has(w.sign(t, w.checker, twin.ID), "policy_date_taken"))
	})
}

func TestAPolicyNeverRulesThePast(t *testing.T) {
	t.Parallel()
	w := setup(t)

	_, err := w.policies.Draft(t.Context(), w.handler, w.content(t, "2026-03-01"))
	require.True(t, fault.Has(err, "effective_date_past"), err)

	v, err := w.policies.Draft(t.Context(), w.handler, w.content(t, "2026-03-02"))
	require.NoError(t, err)
	_, err = w.policies.Submit(t.Context(), w.handler, v.ID)
	require.NoError(t, err)
	late := approval.NewService(w.at("2026-03-03"))
	late.Handle(policy.NewService(w.at("2026-03-03"), late).Kinds()...)
	pending := testdb.Texts(t, w.db, "select id from approval_proposal where subject_id = $1", v.ID)
	_, err = late.Sign(t.Context(), w.checker, uuid.MustParse(pending[0]))
	require.True(t, fault.Has(err, "effective_date_past"), err)
}

func TestLPRByHandTakesTwoPeople(t *testing.T) {
	t.Parallel()
	w := setup(t)
	n := policy.NewQuote{PublishedOn: calendar.MustDate("2026-02-24"), OneYear: money.MustRate("2.95"), FiveYear: money.MustRate("3.45"), Source: "同业拆借中心公告"}
	at := func() string {
		var q policy.Quote
		require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) (err error) {
			q, err = policy.LPRAt(tx, calendar.MustDate("2026-03-02"))
			return err
		}))
		return q.OneYear.String()
	}

	q, err := w.policies.RecordLPR(t.Context(), w.handler, n)
	require.NoError(t, err)
	require.Equal(t, "3.00", at(), "an unsigned quote must not count")
	_, err = w.policies.RecordLPR(t.Context(), w.handler, n)
	require.True(t, fault.Has(err, "lpr_already_recorded"), err)
	require.NoError(t, w.sign(t, w.checker, q.ID))
	require.Equal(t, "2.95", at())

	n.PublishedOn = calendar.MustDate("2026-03-20")
	_, err = w.policies.RecordLPR(t.Context(), w.handler, n)
	require.True(t, fault.Has(err, "lpr_date_in_future"), err)
}

func TestTargetsAreQuotedWordForWord(t *testing.T) {
	t.Parallel()
	w := setup(t)

	require.NoError(t, w.db.Read(t.Context(), func(tx postgres.Tx) error {
		all, err := policy.Targets(tx)
		require.NoError(t, err)
		byCode := map[string]policy.Target{}
		for _, target := range all {
			byCode[target.Code] = target
		}
		require.Equal(t, "专利运营及质押融资额度年均达到0.4亿元", byCode["pledge_financing_average"].Quote)
		require.Equal(t, "1.5", byCode["pledge_financing_annual"].TargetValue)
		require.Contains(t, byCode["risk_fund_average"].Caveat, "与融资额口径不匹配,待市局解释")
		require.Contains(t, byCode["intensive_industry_share"].Caveat, "CDP")
		return nil
	}))
}
