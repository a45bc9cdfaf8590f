package identifier_test

import (
	"errors"
	"testing"

	"github.com/go-playground/validator/v10"
	"github.com/stretchr/testify/require"

	"ippledge/internal/identifier"
	"ippledge/internal/money"
)

func TestTags(t *testing.T) {
	t.Parallel()
	v := validator.New(validator.WithRequiredStructEnabled())
	require.NoError(t, identifier.Register(v))

	t.Run("EachTagCallsItsParserAndExplainsAFailure", func(t *testing.T) {
		t.Parallel()
		for _, c := range []struct{ tag, good, bad, code string }{
			{"uscc", "9144030071526726XG", "9144030071526726XH", "uscc_check_digit"},
			{"patent_no", "ZL202010566088.9", "ZL202310123456.7", "patent_check_digit"},
			{"trademark_no", "51127133", "511271331", "trademark_length"},
			{"nice_class", "31", "46", "nice_class_range"},
			{"cnaps", "102555002904", "102555002905", "cnaps_check_digit"},
			{"resident_id", "11010519491231002X", "110105194912310029", "resident_id_check_digit"},
			{"fen", "1500000.00", "1.005", "amount_too_many_decimals"},
			{"fen", "0", "-1.00", "amount_negative"},
			{"rate", "4.35", "4.35%", "rate_malformed"},
		} {
			require.NoError(t, v.Var(c.good, c.tag), "%+v", c)
			require.Error(t, v.Var(c.bad, c.tag), "%+v", c)

			code, message := identifier.Explain(c.tag, c.bad)
			require.Equal(t, c.code, code)
			require.NotEmpty(t, message)
			code, message = identifier.Explain(c.tag, c.good)
			require.Empty(t, code+message)
		}
		code, message := identifier.Explain("email", "x")
		require.Empty(t, code+message)
	})

	t.Run("TypesWithATextFormAndWholeNumbersAreReadToo", func(t *testing.T) {
		t.Parallel()
		type input struct {
			Class  int          `validate:"nice_class"`
			Amount money.Amount `validate:"fen"`
			Code   *string      `validate:"omitempty,uscc"`
		}
		require.NoError(t, v.Struct(input{Class: 45, Amount: money.Must("1.00")}))
		wrong := "x"
		var found validator.ValidationErrors
		require.True(t, errors.As(v.Struct(input{Class: 46, Amount: money.Must("-1.00"), Code: &wrong}), &found))
		require.Len(t, found, 3)
	})
}
