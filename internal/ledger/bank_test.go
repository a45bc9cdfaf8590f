package ledger

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
)

func FuzzReadBankFile(f *testing.F) {
	f.Add("a.csv", []byte("交易日期,收入金额,支出金额,流水号,对方户名,摘要\n2026-09-24,1.00,,a,b,c\n"))
	f.Add("a.xml", []byte(`<Document><BkToCstmrStmt><Stmt><Ntry><Amt Ccy="CNY">1</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-09-24</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>`))
	f.Add("a.csv", []byte("\xef\xbb\xbf交易日期"))
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		file, err := readBankFile(name, content, usualColumns)
		if err != nil {
			if _, ours := fault.From(err); !ours {
				t.Fatalf("not a failure the user understands: %v", err)
			}
			return
		}
		for _, l := range file.lines {
			if l.Amount.IsZero() || l.BookedOn.Before(file.from) && file.format != "camt053" || !clean(l.Narrative, 1000) {
				t.Fatalf("a line that should have been refused: %+v", l)
			}
		}
	})
}

func FuzzBankDate(f *testing.F) {
	for _, s := range []string{"2026-09-24", "20260924", "2026/9/4", "46289", "2026年9月24日", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := bankDate(s)
		if err == nil && (d.IsZero() || d.Year() < 1900 || d.Year() > 2200) {
			t.Fatalf("%q became %s", s, d)
		}
	})
}

func TestBankDate(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"2026-09-24", "20260924", "2026/9/24", "2026.09.24", "46289", "46289.75", "2026年9月24日", "2026-09-24 15:04:05"} {
		d, err := bankDate(s)
		require.NoError(t, err, s)
		require.Equal(t, "2026-09-24", d.String(), s)
	}
}

func TestMatchingNeverGuesses(t *testing.T) {
	t.Parallel()
	on := calendar.MustDate("2026-09-24")
	line := func(amount, text string) BankLine {
		return BankLine{ID: uuid.New(), BookedOn: on, Amount: money.Must(amount), Narrative: text}
	}
	move := func(seq int64, amount, reference string) CashMove {
		return CashMove{Seq: seq, Line: 1, EffectiveOn: on, Amount: money.Must(amount), Reference: reference}
	}
	require.Len(t, matchAutomatically([]BankLine{line("5.00", "")}, []CashMove{move(1, "5.00", "A"), move(2, "5.00", "B")}), 0, "two postings could be meant")
	require.Len(t, matchAutomatically([]BankLine{line("5.00", ""), line("5.00", "")}, []CashMove{move(1, "5.00", "A")}), 0, "two lines could be meant")
	found := matchAutomatically([]BankLine{line("5.00", "付 BF2026000012 补偿"), line("5.00", "付 BF20260000123")}, []CashMove{move(1, "5.00", "BF2026000012"), move(2, "5.00", "BF20260000123")})
	require.Len(t, found, 2)
	require.EqualValues(t, 1, found[0].move.Seq)
	require.Contains(t, found[0].reason, "BF2026000012")
	require.Len(t, matchAutomatically([]BankLine{line("5.00", "")}, []CashMove{move(1, "-5.00", "A")}), 0, "out is not in")
}
