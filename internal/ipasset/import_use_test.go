package ipasset_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"ippledge/internal/fault"
	"ippledge/internal/ipasset"
	"ippledge/internal/testdb"
)

// sheet fills the template: its own example line is replaced by the lines.
func sheet(t *testing.T, lines ...[]any) *bytes.Reader {
	t.Helper()
	content, err := ipasset.Template()
	require.NoError(t, err)
	book, err := excelize.OpenReader(bytes.NewReader(content))
	require.NoError(t, err)
	name := book.GetSheetName(0)
	require.NoError(t, book.RemoveRow(name, 2))
	for i, line := range lines {
		cell, err := excelize.CoordinatesToCellName(1, i+2)
		require.NoError(t, err)
		require.NoError(t, book.SetSheetRow(name, cell, &line))
	}
	var out bytes.Buffer
	require.NoError(t, book.Write(&out))
	return bytes.NewReader(out.Bytes())
}

func TestImport(t *testing.T) {
	t.Parallel()
	good := []any{"发明专利", "一种装置", "ZL202010566088.9", "", "", "B23P", "2020-06-19", "2022-03-11"}
	trademark := []any{"注册商标", "星垣", "51127133", 7, "普通商标", "", "", 43837}
	bad := []any{"实用新型", "又一种装置", "ZL202310123456.7", "", "", "", "2023-13-01"}

	t.Run("WritesEveryLine", func(t *testing.T) {
		t.Parallel()
		h := setup(t)

		p, err := h.service.Import(t.Context(), h.operator, sheet(t, good, trademark))

		require.NoError(t, err)
		require.Equal(t, 2, p.Written)
		require.Equal(t, []string{"2020105660889 | null | draft", "51127133 | 7 | draft"},
			testdb.Texts(t, h.db, `select right_no, nice_class, status from ip_asset order by number`))
	})

	t.Run("WritesNothingWhenOneLineIsBad", func(t *testing.T) {
		t.Parallel()
		h := setup(t)

		_, err := h.service.Import(t.Context(), h.operator, sheet(t, good, bad, trademark))

		require.ErrorIs(t, err, &fault.Error{Code: "import_has_errors"})
		f, _ := fault.From(err)
		require.Equal(t, "第 3 行：申请日", f.Fields[0].Field)
		require.Empty(t, testdb.Texts(t, h.db, `select id from ip_asset`))
		require.Empty(t, testdb.Texts(t, h.db, `select id from audit_entry`))
		require.Empty(t, testdb.Texts(t, h.db, `select prefix from business_number`))
	})

	t.Run("PreviewsWithoutWriting", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		_, err := h.service.Create(t.Context(), h.rival, patent())
		require.NoError(t, err)

		p, err := h.service.PreviewImport(t.Context(), h.operator, sheet(t, good, trademark, trademark))

		require.NoError(t, err)
		require.Equal(t, 3, p.Total)
		require.Len(t, p.Errors, 2)
		require.Equal(t, "right_already_listed", p.Errors[0].Code)
		require.Equal(t, 2, p.Errors[0].Row)
		require.Equal(t, "duplicate_in_file", p.Errors[1].Code)
		require.Equal(t, 4, p.Errors[1].Row)
		require.Len(t, testdb.Texts(t, h.db, `select id from ip_asset`), 1)
	})

	t.Run("TakesItsOwnTemplate", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		content, err := ipasset.Template()
		require.NoError(t, err)

		p, err := h.service.PreviewImport(t.Context(), h.operator, bytes.NewReader(content))

		require.NoError(t, err)
		require.Empty(t, p.Errors)
	})

	t.Run("RefusesAnythingElseThanASheet", func(t *testing.T) {
		t.Parallel()
		h := setup(t)
		_, err := h.service.Import(t.Context(), h.operator, bytes.NewReader([]byte("%PDF-1.7")))
		require.ErrorIs(t, err, &fault.Error{Code: "spreadsheet_unreadable"})
	})
}
