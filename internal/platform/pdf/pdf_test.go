package pdf_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ippledge/internal/platform/pdf"
)

var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

func notice() pdf.Document {
	return pdf.Document{
		Title: "关于拟补偿事项的公示", Subtitle: "BC2026000001　第 1 次公示", Footer: "邵阳市知识产权质押融资平台", MadeAt: noon,
		Blocks: []pdf.Block{
			{Heading: "一、公示内容", Text: strings.Repeat("经初审、专家评审与复核，拟对下列贷款损失予以补偿。", 4)},
			{Table: &pdf.Table{
				Head: []string{"借款企业", "拟补偿金额（元）"}, Widths: []float64{110, 60}, Right: map[int]bool{1: true},
				Rows: [][]string{{"邵阳市星垣智能装备有限公司", "450,000.00"}, {strings.Repeat("很长的名称", 20), "1.00"}},
			}},
			{Text: "邵阳市市场监督管理局", Right: true},
		},
	}
}

func TestRender(t *testing.T) {
	t.Parallel()

	t.Run("GivesTheSameBytesForTheSameDocument", func(t *testing.T) {
		t.Parallel()
		first, err := pdf.Render(notice())
		require.NoError(t, err)
		second, err := pdf.Render(notice())
		require.NoError(t, err)
		require.True(t, bytes.Equal(first, second))
		require.True(t, bytes.HasPrefix(first, []byte("%PDF-")))
		require.Less(t, len(first), 200<<10, "only the glyphs used are inside")
		if out := os.Getenv("PDF_OUT"); out != "" {
			require.NoError(t, os.WriteFile(out, first, 0o600))
		}
	})

	t.Run("GivesOtherBytesWhenAWordChanges", func(t *testing.T) {
		t.Parallel()
		first, err := pdf.Render(notice())
		require.NoError(t, err)
		changed := notice()
		changed.Blocks[1].Table.Rows[0][1] = "450,000.01"
		second, err := pdf.Render(changed)
		require.NoError(t, err)
		require.False(t, bytes.Equal(first, second))
	})

	t.Run("BreaksALongTableOverPages", func(t *testing.T) {
		t.Parallel()
		long := notice()
		for range 100 {
			long.Blocks[1].Table.Rows = append(long.Blocks[1].Table.Rows, []string{"又一行", "1.00"})
		}
		content, err := pdf.Render(long)
		require.NoError(t, err)
		require.GreaterOrEqual(t, bytes.Count(content, []byte("/Type /Page\n")), 3)
	})
}
