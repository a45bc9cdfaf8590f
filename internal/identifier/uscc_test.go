package identifier_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/fault"
	"ippledge/internal/identifier"
)

const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

func TestParseUSCC(t *testing.T) {
	t.Parallel()

	t.Run("TheCodesOfDomain61AreValid", func(t *testing.T) {
		t.Parallel()
		for _, s := range []string{
			"12100000470095016Q", "12100000425006117P", "12310000425022547M", "914403001922038216", "91110108551385082Q",
			"91440300708461136T", "91350100M000100Y43", "91440300MA5H0HLK5U", "91133100MA0D8N1J7G", "91110108101966816T",
			"91110000802100433B", "91330100799655058B", "9144030071526726XG",
		} {
			got, err := identifier.ParseUSCC(s)
			require.NoError(t, err, s)
			require.Equal(t, s, got)
		}
	})

	t.Run("CirculatingSamplesFailInTheOrganisationCode", func(t *testing.T) {
		t.Parallel()
		for _, s := range []string{"91440101MA5D123456", "91110108717809965C", "9133010057462616XH", "91110000800088421P"} {
			_, err := identifier.ParseUSCC(s)
			require.True(t, fault.Has(err, "uscc_org_code_check"), "%s: %v", s, err)
			r, err := identifier.Check("uscc", s)
			require.NoError(t, err)
			require.Equal(t, "false", r.Details["override_allowed"])
		}
	})

	t.Run("EarlyFujianCodesFailOnlyAtTheEndAndMayBeOverruled", func(t *testing.T) {
		t.Parallel()
		for _, s := range []string{"91350100M0001TGQXM", "91350211M0000XUF46", "91350203M0001FUE2P"} {
			got, err := identifier.ParseUSCC(s)
			require.True(t, fault.Has(err, "uscc_check_digit"), "%s: %v", s, err)
			require.Equal(t, s, got)
			r, err := identifier.Check("uscc", s)
			require.NoError(t, err)
			require.False(t, r.Valid)
			require.Len(t, r.Problems, 1)
			require.Equal(t, "true", r.Details["override_allowed"])
		}
	})

	t.Run("EachFaultHasItsCode", func(t *testing.T) {
		t.Parallel()
		for s, code := range map[string]string{
			"":                     "uscc_length",
			"9144030071526726X":    "uscc_length",
			"9144030071526726XGG":  "uscc_length",
			"9I44030071526726XG":   "uscc_alphabet",
			"９1440300715267中6XG":   "uscc_alphabet",
			"B144030071526726XG":   "uscc_authority",
			"9100030071526726XG":   "uscc_area",
			"91A4030071526726XG":   "uscc_area",
			"91440300715267269G":   "uscc_org_code_check",
			"9144030071526726XH":   "uscc_check_digit",
			"91440300 71526726 XH": "uscc_check_digit",
		} {
			_, err := identifier.ParseUSCC(s)
			require.True(t, fault.Has(err, code), "%q: %v", s, err)
		}
	})

	t.Run("WhatKeyboardsAddIsTakenAway", func(t *testing.T) {
		t.Parallel()
		for _, s := range []string{
			"９１４４０３００７１５２６７２６ＸＧ", " 9144030071526726xg\n", "914403-0071526726-XG", "9144 0300 7152 6726 XG", "\u200b9144030071526726XG",
		} {
			got, err := identifier.ParseUSCC(s)
			require.NoError(t, err, "%q", s)
			require.Equal(t, "9144030071526726XG", got)
		}
	})

	t.Run("ShaoyangIsNamedAndShaodongCountyIsTheCityToday", func(t *testing.T) {
		t.Parallel()
		r, err := identifier.Check("uscc", identifier.CompleteUSCC("91430524", "MA4L1234"))
		require.NoError(t, err)
		require.Equal(t, "隆回县", r.Details["area_name"])
		require.NotContains(t, r.Details, "area_code_written")

		r, err = identifier.Check("uscc", identifier.CompleteUSCC("91430521", "MA4L1234"))
		require.NoError(t, err)
		require.True(t, r.Valid)
		require.Equal(t, "430582", r.Details["area_code"])
		require.Equal(t, "430521", r.Details["area_code_written"])
		require.Equal(t, "邵东市", r.Details["area_name"])
	})
}

func TestCompleteUSCC(t *testing.T) {
	t.Parallel()

	t.Run("ACompletedCodeIsValidAndNoSingleCharacterMayChange", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			org := rapid.StringOfN(rapid.RuneFrom([]rune(usccAlphabet)), 8, 8, 8).Draw(t, "org")
			area := rapid.SampledFrom([]string{"430502", "430521", "430500", "110108", "100000"}).Draw(t, "area")
			code := identifier.CompleteUSCC("91"+area, org)
			_, err := identifier.ParseUSCC(code)
			require.NoError(t, err)

			_, err = identifier.ParseUSCC(otherCharacter(t, code, usccAlphabet))
			require.Error(t, err)
		})
	})

	t.Run("ABeginningThatIsNoneStopsTheProgram", func(t *testing.T) {
		t.Parallel()
		require.Panics(t, func() { identifier.CompleteUSCC("9143052", "MA4L1234") })
		require.Panics(t, func() { identifier.CompleteUSCC("91430521", "MA4LIOSZ") })
		require.Panics(t, func() { identifier.CompletePatent("2020") })
		require.Panics(t, func() { identifier.CompleteCNAPS("1025550029x") })
		require.Panics(t, func() { identifier.CompleteResidentID("4305") })
	})
}

// otherCharacter is s with one character changed to another of the alphabet.
func otherCharacter(t *rapid.T, s, alphabet string) string {
	at := rapid.IntRange(0, len(s)-1).Draw(t, "at")
	other := rapid.SampledFrom([]byte(alphabet)).Filter(func(b byte) bool { return b != s[at] }).Draw(t, "other")
	return s[:at] + string(other) + s[at+1:]
}

func FuzzParseUSCC(f *testing.F) {
	for _, s := range []string{"12100000470095016Q", "91350100M0001TGQXM", "９１４４０３００７１５２６７２６ＸＧ", "", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		code, err := identifier.ParseUSCC(s)
		if err != nil {
			_, isFault := fault.From(err)
			require.True(t, isFault)
			return
		}
		require.Equal(t, code, identifier.CompleteUSCC(code[:8], code[8:16]))
	})
}
