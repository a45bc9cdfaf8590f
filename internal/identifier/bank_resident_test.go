package identifier_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/identifier"
)

func TestParseCNAPS(t *testing.T) {
	t.Parallel()

	t.Run("TheCodesOfDomain64AreValid", func(t *testing.T) {
		t.Parallel()
		for _, s := range []string{
			"102555002904", "102555000403", "102555002103", "102555002200", "102555102016", "102555202507", "102555302608",
			"102555402020", "102555502069", "102555602035", "102555702071", "102555802045", "102555902056", "102551099983",
		} {
			got, err := identifier.ParseCNAPS(s)
			require.NoError(t, err, s)
			require.Equal(t, s, got)
		}
	})

	t.Run("EachFaultHasItsCode", func(t *testing.T) {
		t.Parallel()
		for s, code := range map[string]string{
			"": "cnaps_length", "10255500290": "cnaps_length", "10255500290A": "cnaps_alphabet", "102555002905": "cnaps_check_digit",
		} {
			_, err := identifier.ParseCNAPS(s)
			require.True(t, fault.Has(err, code), "%q: %v", s, err)
		}
		r, err := identifier.Check("cnaps", "102555002905")
		require.NoError(t, err)
		require.Equal(t, "true", r.Details["override_allowed"])
	})

	t.Run("ACompletedCodeIsValidAndNoDigitMayChange", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			code := identifier.CompleteCNAPS(rapid.StringMatching(`\d{11}`).Draw(t, "digits"))
			_, err := identifier.ParseCNAPS(code)
			require.NoError(t, err)
			_, err = identifier.ParseCNAPS(otherCharacter(t, code, "0123456789"))
			require.True(t, fault.Has(err, "cnaps_check_digit"))
		})
	})
}

func TestParseResidentID(t *testing.T) {
	t.Parallel()

	t.Run("TheSampleOfTheStandardIsValid", func(t *testing.T) {
		t.Parallel()
		got, err := identifier.ParseResidentID(" 110105 19491231 002x ")
		require.NoError(t, err)
		require.Equal(t, "11010519491231002X", got)
	})

	t.Run("EachFaultHasItsCodeAndNoSentenceShowsTheNumber", func(t *testing.T) {
		t.Parallel()
		for s, code := range map[string]string{
			"":                   "resident_id_length",
			"110105491231002":    "resident_id_length",
			"1101051949123100AX": "resident_id_alphabet",
			"11010519491231002Y": "resident_id_alphabet",
			identifier.CompleteResidentID("99010519491231002"): "resident_id_region",
			identifier.CompleteResidentID("11010519490231002"): "resident_id_birth_date",
			"110105194912310029": "resident_id_check_digit",
		} {
			got, err := identifier.ParseResidentID(s)
			require.True(t, fault.Has(err, code), "%q: %v", s, err)
			require.Empty(t, got)
			if s != "" {
				require.NotContains(t, err.Error(), s)
			}
		}
	})

	t.Run("NobodyIsBornAfterToday", func(t *testing.T) {
		t.Parallel()
		id := identifier.CompleteResidentID("43050220260924001")
		_, err := identifier.ParseResidentIDOn(id, calendar.MustDate("2026-09-23"))
		require.True(t, fault.Has(err, "resident_id_birth_date"))
		_, err = identifier.ParseResidentIDOn(id, calendar.MustDate("2026-09-24"))
		require.NoError(t, err)
		_, err = identifier.ParseResidentID(id)
		require.NoError(t, err)
	})

	t.Run("NoDigitMayChange", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			id := identifier.CompleteResidentID(rapid.StringMatching(`4305(02|24|82)19[5-9]\d(0[1-9]|1[0-2])(0[1-9]|1\d|2[0-8])\d{3}`).Draw(t, "digits"))
			_, err := identifier.ParseResidentID(id)
			require.NoError(t, err)
			_, err = identifier.ParseResidentID(otherCharacter(t, id[:17], "0123456789") + id[17:])
			require.Error(t, err)
		})
	})
}

func TestMasks(t *testing.T) {
	t.Parallel()

	for _, c := range []struct{ got, want string }{
		{identifier.MaskName("张三"), "张*"},
		{identifier.MaskName("张小三"), "张*三"},
		{identifier.MaskName("欧阳小三"), "欧**三"},
		{identifier.MaskName("张"), "*"},
		{identifier.MaskName(""), ""},
		{identifier.MaskResidentID("11010519491231002X"), "1101**********002X"},
		{identifier.MaskResidentID("1101051949"), "**********"},
		{identifier.MaskMobile("13812341234"), "138****1234"},
		{identifier.MaskMobile("+86 138-1234-1234"), "138****1234"},
		{identifier.MaskMobile("12345"), "*****"},
		{identifier.MaskAccount("6222 0212 3456 7890"), "****7890"},
		{identifier.MaskAccount("1234"), "****"},
		{identifier.MaskAccount(""), ""},
		{identifier.MaskEmail("alice@example.com"), "a***@example.com"},
		{identifier.MaskEmail("@example.com"), "***"},
		{identifier.MaskEmail("alice"), "***"},
		{identifier.MaskEmail(""), ""},
	} {
		require.Equal(t, c.want, c.got)
	}
}

func FuzzParseCNAPS(f *testing.F) {
	for _, s := range []string{"102555002904", "1025 5500 2904", "", "102555002905"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if code, err := identifier.ParseCNAPS(s); err == nil {
			require.Equal(t, code, identifier.CompleteCNAPS(code[:11]))
		}
	})
}

func FuzzParseResidentID(f *testing.F) {
	for _, s := range []string{"11010519491231002X", "", "110105194912310029", "1１0105"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if id, err := identifier.ParseResidentID(s); err == nil {
			require.Equal(t, id, identifier.CompleteResidentID(id[:17]))
		}
	})
}

func FuzzMasks(f *testing.F) {
	f.Add("张三")
	f.Add("a@b")
	f.Add("\xff")
	f.Fuzz(func(_ *testing.T, s string) {
		_ = identifier.MaskName(s)
		_ = identifier.MaskResidentID(s)
		_ = identifier.MaskMobile(s)
		_ = identifier.MaskAccount(s)
		_ = identifier.MaskEmail(s)
	})
}
