package spreadsheet_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"ippledge/internal/money"
	"ippledge/internal/spreadsheet"
)

func TestWanRoundsHalfAwayFromZero(t *testing.T) {
	t.Parallel()
	for fen, wan := range map[string]string{
		"0.00": "0.00", "49.99": "0.00", "50.00": "0.01", "149.99": "0.01", "150.00": "0.02", "-50.00": "-0.01", "35880000.00": "3588.00",
		"1234567.89": "123.46", "12345650.00": "1234.57",
	} {
		require.Equal(t, wan, spreadsheet.Wan(money.Must(fen)).String(), fen)
	}
}

func TestFormSaysWhatItIs(t *testing.T) {
	t.Parallel()
	amount := money.Must("12.30")
	var missing *money.Amount
	content, err := spreadsheet.Form{
		Title: "R9试表", Unit: "万元", Period: "2026年", Scope: "全市", Maker: "周立行（市场监管局）", MadeAt: time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC),
		Columns: []string{"银行", "金额"}, Rows: [][]any{{"=甲行", amount}, {"乙行", missing}}, Total: []any{"合计", amount}, Notes: []string{"试"},
	}.Write()
	require.NoError(t, err)
	book, err := excelize.OpenReader(bytes.NewReader(content))
	require.NoError(t, err)
	rows, err := book.GetRows("R9试表", excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	require.Equal(t, [][]string{
		{"R9试表"}, {"单位：万元　　期间：2026年　　范围：全市"}, {"制表时间：2026-11-24 10:00　　制表人：周立行（市场监管局）"},
		{"银行", "金额"}, {"'=甲行", "12.30"}, {"乙行"}, {"合计", "12.30"}, {"注：试"},
	}, rows)
}
