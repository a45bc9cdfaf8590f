package loan_test

import (
	"bytes"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/fault"
	"ippledge/internal/loan"
	"ippledge/internal/spreadsheet"
)

func sheet(t *testing.T, lines ...[4]string) *bytes.Reader {
	t.Helper()
	titles := []string{"贷款编号*", "还款日期*", "还款金额（元）*", "提前还款（是/否）"}
	columns := make([]spreadsheet.Column[[4]string], len(titles))
	for i, title := range titles {
		columns[i] = spreadsheet.Column[[4]string]{Title: title, Value: func(l [4]string) any { return l[i] }}
	}
	content, err := spreadsheet.Write("还款", columns, lines)
	require.NoError(t, err)
	return bytes.NewReader(content)
}

func TestImport(t *testing.T) {
	t.Parallel()

	t.Run("PostsAllLinesWithOneSignature", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, content())
		number := w.read(t, id).Number
		w.at("2026-07-06")
		file := func() *bytes.Reader {
			return sheet(t, [4]string{number, "2026-03-23", "962.50", ""}, [4]string{number, "2026-04-21", "9945.83", "否"})
		}
		preview, err := w.loans.ImportRepayments(t.Context(), w.officer, file(), true)
		require.NoError(t, err)
		require.Empty(t, preview.Errors)
		require.Equal(t, "962.50", preview.Rows[0].Allocation.Interest.String())
		require.Empty(t, w.texts(t, `select 1 from loan_repayment_batch`))

		done, err := w.loans.ImportRepayments(t.Context(), w.officer, file(), false)
		require.NoError(t, err)
		require.Equal(t, 2, done.Written)
		var batch uuid.UUID
		require.NoError(t, w.db.SQL().QueryRowContext(t.Context(), `select id from loan_repayment_batch`).Scan(&batch))
		require.NoError(t, w.sign(t, w.reviewer, batch))
		require.Equal(t, []string{"2 | 10908.33"}, w.texts(t, `select count(*), sum(amount) from loan_repayment`))
	})

	t.Run("OneFaultRefusesAll", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, content())
		number := w.read(t, id).Number
		w.at("2026-07-06")
		_, err := w.loans.ImportRepayments(t.Context(), w.officer, sheet(t,
			[4]string{number, "2026-03-23", "962.50", ""}, [4]string{"DK0", "2026-02-30", "1.005", "也许"}, [4]string{number, "2026-04-21", "99999", ""}), false)
		f, ok := fault.From(err)
		require.True(t, ok, "%v", err)
		require.Equal(t, "import_has_errors", f.Code)
		codes := map[string]bool{}
		for _, field := range f.Fields {
			codes[field.Code] = true
		}
		require.Equal(t, map[string]bool{
			"loan_not_found": true, "date_malformed": true, "amount_too_many_decimals": true, "field_invalid": true, "prepayment_not_confirmed": true,
		}, codes)
		require.Empty(t, w.texts(t, `select 1 from loan_repayment_batch`))
	})

	t.Run("ALineThatNoLongerFitsRefusesAll", func(t *testing.T) {
		t.Parallel()
		w := setup(t)
		id := w.out(t, content())
		number := w.read(t, id).Number
		w.at("2026-07-06")
		_, err := w.loans.ImportRepayments(t.Context(), w.officer, sheet(t, [4]string{number, "2026-03-23", "962.50", ""}), false)
		require.NoError(t, err)
		w.do(t, id, loan.Repay, paying("2026-03-23", "962.50"))
		var batch uuid.UUID
		require.NoError(t, w.db.SQL().QueryRowContext(t.Context(), `select id from loan_repayment_batch`).Scan(&batch))
		require.Equal(t, "import_line_refused", code(t, w.sign(t, w.reviewer, batch)))
		require.Equal(t, []string{"1"}, w.texts(t, `select count(*) from loan_repayment`))
	})
}
