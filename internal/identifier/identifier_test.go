package identifier_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/fault"
	"ippledge/internal/identifier"
)

func TestCheck(t *testing.T) {
	t.Parallel()

	t.Run("AnUnknownKindIsAFailure", func(t *testing.T) {
		t.Parallel()
		_, err := identifier.Check("passport", "E12345678")
		require.True(t, fault.Has(err, "identifier_kind_unknown"))
	})

	t.Run("AValidNumberTellsWhatItHolds", func(t *testing.T) {
		t.Parallel()
		for _, c := range []struct {
			kind, value, normalized string
			details                 map[string]string
		}{
			{"uscc", "9144030071526726xg", "9144030071526726XG", map[string]string{
				"authority": "9", "authority_name": "市场监督管理部门", "area_code": "440300", "organisation_code": "71526726X",
			}},
			{"patent", "ZL202010566088.9", "2020105660889", map[string]string{
				"type": "invention", "application_year": "2020", "formatted": "ZL202010566088.9", "granted": "true",
			}},
			{"patent", "CN202411064734.6", "2024110647346", map[string]string{
				"type": "invention", "application_year": "2024", "formatted": "202411064734.6", "granted": "false",
			}},
			{"trademark", "第51127133号", "51127133", map[string]string{"suffix": "", "madrid": "false"}},
			{"trademark", "g1234567", "G1234567", map[string]string{"suffix": "", "madrid": "true"}},
			{"cnaps", "1025 5500 2904", "102555002904", map[string]string{
				"bank_code": "102", "area_code": "5550", "area_name": "邵阳市",
			}},
			{"gi", "2006年第39号", "2006年第39号", map[string]string{"scheme": "product", "year": "2006"}},
			{"gi", "agi02104", "AGI02104", map[string]string{"scheme": "agricultural"}},
			{"resident_id", "11010519491231002x", "11010519491231002X", map[string]string{
				"area_code": "110105", "birth_date": "1949-12-31", "masked": "1101**********002X",
			}},
		} {
			r, err := identifier.Check(c.kind, c.value)
			require.NoError(t, err)
			require.Equal(t, identifier.Result{
				Valid: true, Normalized: c.normalized, Kind: c.kind, Details: c.details, Problems: []identifier.Problem{},
			}, r, c.value)
		}
	})

	t.Run("AWrongNumberIsAnAnswerWithItsProblems", func(t *testing.T) {
		t.Parallel()
		for _, c := range []struct{ kind, value, code string }{
			{"uscc", "123", "uscc_length"},
			{"patent", "ZL202310123456.7", "patent_check_digit"},
			{"trademark", "ABC", "trademark_format"},
			{"cnaps", "102555002905", "cnaps_check_digit"},
			{"gi", "39", "gi_format"},
			{"resident_id", "110105194912310021", "resident_id_check_digit"},
		} {
			r, err := identifier.Check(c.kind, c.value)
			require.NoError(t, err)
			require.False(t, r.Valid, c.value)
			require.Len(t, r.Problems, 1, c.value)
			require.Equal(t, c.code, r.Problems[0].Code)
			require.NotEmpty(t, r.Problems[0].Message)
		}
	})

	t.Run("TheAnswerOnTheWireHasNoNulls", func(t *testing.T) {
		t.Parallel()
		for _, value := range []string{"", "51127133"} {
			r, err := identifier.Check("trademark", value)
			require.NoError(t, err)
			text, err := json.Marshal(r)
			require.NoError(t, err)
			require.NotContains(t, string(text), "null")
		}
	})
}

// FuzzCheck feeds every parser: none may panic, and a normal form is read as itself.
func FuzzCheck(f *testing.F) {
	for _, s := range []string{
		"12100000470095016Q", "ZL202010566088.9", "851000010", "CN213072711U", "第51127133号", "G1234567A", "102555002904",
		"11010519491231002X", "国家质检总局公告2006年第39号", "AGI02104", "", "\xff\xfe", "９１４４０３００７１５２６７２６ＸＧ", "﷽",
	} {
		f.Add(s)
	}
	kinds := []string{"uscc", "patent", "trademark", "cnaps", "resident_id", "gi"}
	f.Fuzz(func(t *testing.T, s string) {
		for _, kind := range kinds {
			r, err := identifier.Check(kind, s)
			require.NoError(t, err)
			require.Equal(t, r.Valid, len(r.Problems) == 0)
			if r.Valid {
				again, err := identifier.Check(kind, r.Normalized)
				require.NoError(t, err)
				require.True(t, again.Valid, "%s: %q became %q", kind, s, r.Normalized)
				require.Equal(t, r.Normalized, again.Normalized)
			}
		}
	})
}
