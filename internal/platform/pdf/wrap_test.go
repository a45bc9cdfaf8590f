package pdf

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// wide counts a Chinese character as two.
func wide(s string) (w float64) {
	for _, r := range s {
		if r < 0x80 {
			w++
		} else {
			w += 2
		}
	}
	return w
}

func TestWrap(t *testing.T) {
	t.Parallel()

	t.Run("BreaksBetweenCharactersAndNeverBeginsALineWithAComma", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, []string{"银行继续追", "偿，追回款"}, wrap("银行继续追偿，追回款", 10, wide))
		require.Equal(t, []string{"补偿", "19,800.00 ", "元。"}, wrap("补偿19,800.00 元。", 10, wide))
	})

	t.Run("LosesNothing", func(t *testing.T) {
		t.Parallel()
		letters := rapid.StringOfN(rapid.RuneFrom([]rune("中文字，。（）“”《》abc 123,.%")), 0, 80, -1)
		rapid.Check(t, func(t *rapid.T) {
			text, most := letters.Draw(t, "text"), float64(rapid.IntRange(4, 40).Draw(t, "width"))
			lines := wrap(text, most, wide)
			require.Equal(t, text, strings.Join(lines, ""))
			for i, line := range lines {
				require.True(t, utf8.ValidString(line))
				require.LessOrEqual(t, wide(line), most+1, "line %d", i)
			}
		})
	})

	t.Run("KeepsParagraphs", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, []string{"一", "", "二"}, wrap("一\n\n二", 10, wide))
	})
}
