package claim_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/claim"
	"ippledge/internal/money"
	"ippledge/internal/policy"
)

// TestVectors takes every row of domain §4.5 through the filing of a claim: the working
// that the form shows and the claim keeps is exact to the fen.
func TestVectors(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		total  string
		shares policy.Shares
		parts  []string
	}{
		"FiftyFourTwentySixSixteenFour":      {"2000000.01", shares("54", "26", "0", "16", "4"), []string{"1080000.01", "520000.00", "320000.00", "80000.00"}},
		"ATieGoesToTheFirstInPolicyOrder":    {"2000000.01", shares("45", "45", "0", "0", "10"), []string{"900000.01", "900000.00", "200000.00"}},
		"FiftyThirtyTwenty":                  {"1234567.89", shares("50", "30", "20", "0", "0"), []string{"617283.94", "370370.37", "246913.58"}},
		"TheNetReceiptAsALossOfTheSameShape": {"275432.11", shares("54", "26", "0", "16", "4"), []string{"148733.34", "71612.35", "44069.14", "11017.28"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := setup(t)
			w.contribute(t, "80000000.00")
			e, loan := w.enrolled(t, w.org(t, "enterprise", "甲公司"), v.total)
			w.defaulted(t, loan)
			text, err := json.Marshal(v.shares)
			require.NoError(t, err)
			w.exec(t, "update enrolment set shares = $2 where id = $1", e.ID, string(text))
			w = w.on(claimDay)
			c, err := w.claims.Draft(t.Context(), w.officer, e.ID, w.filing(t))
			require.NoError(t, err)
			require.Equal(t, v.parts[0], c.Asked.String(), "nothing entered means the most")
			var parts []string
			for _, p := range w.detail(t, w.officer, c.ID).Computation.Parts {
				if p.Share.IsPositive() {
					parts = append(parts, p.Bears.String())
				}
			}
			require.Equal(t, v.parts, parts)
		})
	}
}

// TestReceiptVector takes the receipt of domain §4.6 through the bank's two people:
// 300,000.00 less 24,567.89 of costs, shared by the losses that 2,000,000.01 made.
func TestReceiptVector(t *testing.T) {
	t.Parallel()
	w, c := setup(t).paid(t)
	text, err := json.Marshal(bearersAt(map[string]string{claim.SeatFund: "1080000.01", claim.SeatBank: "520000.00", claim.SeatInsurer: "320000.00", claim.SeatAppraiser: "80000.00"}))
	require.NoError(t, err)
	w.exec(t, "update recovery set bearers = $2 where claim_id = $1", c.ID, string(text))
	r := w.received(t, w.recovery(t, c.ID), w.proceeds(t, "2026-06-10", "300000.00", "24567.89"))
	require.Equal(t, "275432.11", r.Recovered.String())
	got := map[string]string{}
	for _, b := range r.Bearers {
		got[b.Seat] = b.Recovered.String()
	}
	require.Equal(t, map[string]string{claim.SeatFund: "148733.34", claim.SeatBank: "71612.35", claim.SeatInsurer: "44069.14", claim.SeatAppraiser: "11017.28"}, got)
}

// bearersAt are the parties in policy order with what each lost.
func bearersAt(losses map[string]string) (out []claim.Bearer) {
	for _, seat := range claim.Seats {
		if loss, bore := losses[seat.Value]; bore {
			out = append(out, claim.Bearer{Seat: seat.Value, Name: seat.Text, Loss: money.Must(loss), Recovered: money.Zero})
		}
	}
	return out
}
