package ledger

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
)

// Reconciliation compares what the custody bank booked with what the book says moved on
// the custody account. A line and a posting that are the same movement are matched; what
// has no counterpart yet is explained by two people or stands open. A month closes only
// when nothing stands open.

// BankLine is one movement as the bank booked it.
type BankLine struct {
	ID           uuid.UUID     `json:"id"`
	Line         int           `json:"line" doc:"对账单中的行号"`
	BookedOn     calendar.Date `json:"booked_on"`
	Amount       money.Amount  `json:"amount" doc:"正数为入账，负数为出账"`
	Reference    string        `json:"reference" doc:"银行流水号或附言编号"`
	Counterparty string        `json:"counterparty"`
	Narrative    string        `json:"narrative"`
}

// CashMove is one posting as it moved a custody account.
type CashMove struct {
	Seq         int64         `json:"seq"`
	Line        int           `json:"line"`
	EntryID     uuid.UUID     `json:"entry_id"`
	EffectiveOn calendar.Date `json:"effective_on"`
	Amount      money.Amount  `json:"amount" doc:"正数为转入，负数为转出"`
	Kind        string        `json:"kind"`
	Reference   string        `json:"reference"`
	Narrative   string        `json:"narrative"`
}

// Windows of automatic matching, in days: with the business number in the bank's text the
// dates may differ more than without.
const (
	windowNamed  = 10
	windowUnique = 3
)

// pair is a match that the program found.
type pair struct {
	line   BankLine
	move   CashMove
	reason string
}

func distance(a, b calendar.Date) int {
	if a.Before(b) {
		return b.Sub(a)
	}
	return a.Sub(b)
}

// matchAutomatically pairs lines with postings of the same amount: first those whose text
// names the business number, then those that are each other's only counterpart within a
// few days. It never guesses between two.
func matchAutomatically(lines []BankLine, moves []CashMove) []pair {
	var found []pair
	usedLine, usedMove := map[uuid.UUID]bool{}, map[string]bool{}
	take := func(l BankLine, m CashMove, reason string) {
		usedLine[l.ID], usedMove[m.key()] = true, true
		found = append(found, pair{l, m, reason})
	}
	candidates := func(l BankLine, fits func(BankLine, CashMove) bool) (out []CashMove) {
		for _, m := range moves {
			if !usedMove[m.key()] && m.Amount.Equal(l.Amount) && fits(l, m) {
				out = append(out, m)
			}
		}
		return out
	}
	for _, l := range lines {
		if c := candidates(l, namesEntry); len(c) > 0 {
			slices.SortStableFunc(c, func(a, b CashMove) int {
				return distance(a.EffectiveOn, l.BookedOn) - distance(b.EffectiveOn, l.BookedOn)
			})
			take(l, c[0], fmt.Sprintf("金额一致；流水写明业务编号 %s；日期相差 %d 天", c[0].Reference, distance(c[0].EffectiveOn, l.BookedOn)))
		}
	}
	near := func(l BankLine, m CashMove) bool { return distance(l.BookedOn, m.EffectiveOn) <= windowUnique }
	for _, l := range lines {
		if usedLine[l.ID] {
			continue
		}
		c := candidates(l, near)
		if len(c) != 1 {
			continue
		}
		rivals := 0
		for _, other := range lines {
			if !usedLine[other.ID] && other.Amount.Equal(l.Amount) && near(other, c[0]) {
				rivals++
			}
		}
		if rivals == 1 {
			take(l, c[0], fmt.Sprintf("金额一致且双方唯一；日期相差 %d 天", distance(c[0].EffectiveOn, l.BookedOn)))
		}
	}
	return found
}

func (m CashMove) key() string { return fmt.Sprintf("%d/%d", m.Seq, m.Line) }

// namesEntry tells that the bank's text holds the business number as a word of its own.
func namesEntry(l BankLine, m CashMove) bool {
	if len(m.Reference) < 4 || distance(l.BookedOn, m.EffectiveOn) > windowNamed {
		return false
	}
	return holdsWord(l.Reference+" "+l.Narrative, m.Reference)
}

// holdsWord keeps BC1 from being found in BC12.
func holdsWord(text, word string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		start, end := at+i, at+i+len(word)
		if (start == 0 || !alphanumeric(text[start-1])) && (end == len(text) || !alphanumeric(text[end])) {
			return true
		}
		at = start + 1
	}
}

func alphanumeric(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

// Suggestion is a posting that might be a line's counterpart, for the person who matches.
type Suggestion struct {
	Seq    int64  `json:"seq"`
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

func suggestions(l BankLine, moves []CashMove) []Suggestion {
	near := []CashMove{}
	for _, m := range moves {
		if m.Amount.Equal(l.Amount) && distance(l.BookedOn, m.EffectiveOn) <= 60 {
			near = append(near, m)
		}
	}
	slices.SortStableFunc(near, func(a, b CashMove) int {
		return distance(a.EffectiveOn, l.BookedOn) - distance(b.EffectiveOn, l.BookedOn)
	})
	out := []Suggestion{}
	for _, m := range near[:min(len(near), 5)] {
		out = append(out, Suggestion{m.Seq, m.Line, fmt.Sprintf("第 %d 号分录 %s，金额一致，日期相差 %d 天", m.Seq, m.Reference, distance(m.EffectiveOn, l.BookedOn))})
	}
	return out
}
