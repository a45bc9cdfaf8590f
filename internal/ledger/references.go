package ledger

import (
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// expectations gathers, over all books, the entries of the kinds that a domain stands
// behind, and compares them with what those domains expect.
type expectations struct {
	sources []References
	kinds   map[string]bool
	found   map[string]*sighting
	byID    map[uuid.UUID]*seen
}

// direct tells an entry that the API took on its own (Direct), such as interest that the
// custody bank's machine reports: no business record stands behind it. What a business
// record posts under the same kind was signed by a second person.
func (r record) direct() bool { return kinds[r.Kind].Direct && r.CheckerID == nil }

type sighting struct {
	amount money.Amount
	book   string
	seq    int64
}

type seen struct {
	key    string
	amount money.Amount
}

func newExpectations(sources []References) *expectations {
	e := &expectations{sources: sources, kinds: map[string]bool{}, found: map[string]*sighting{}, byID: map[uuid.UUID]*seen{}}
	for _, s := range sources {
		for _, k := range s.Kinds() {
			e.kinds[k] = true
		}
	}
	return e
}

func (e *expectations) take(book string, r record) {
	if r.Reverses != nil {
		if original, ok := e.byID[*r.Reverses]; ok {
			at := e.found[original.key]
			at.amount = at.amount.Sub(original.amount)
		}
		return
	}
	if !e.kinds[r.Kind] || r.direct() {
		return
	}
	key, amount := r.Kind+"\n"+r.Reference, amountOf(r.Postings)
	e.byID[r.ID] = &seen{key, amount}
	if at, ok := e.found[key]; ok {
		at.amount = at.amount.Add(amount)
	} else {
		e.found[key] = &sighting{amount, book, r.Seq}
	}
}

func (e *expectations) compare(tx postgres.Tx) (*Break, error) {
	expected := map[string]money.Amount{}
	for _, s := range e.sources {
		references, err := s.References(tx)
		if err != nil {
			return nil, err
		}
		for _, r := range references {
			key := r.Kind + "\n" + r.Reference
			expected[key] = expected[key].Add(r.Amount)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(expected)) {
		kind, reference, _ := strings.Cut(key, "\n")
		at, ok := e.found[key]
		if !ok || at.amount.IsZero() {
			if expected[key].IsZero() {
				continue
			}
			return (&walk{}).broken("entry_missing", "业务 %s 应有%s分录 %s，账簿中没有", reference, kinds[kind].Text, expected[key]), nil
		}
		if !at.amount.Equal(expected[key]) {
			w := walk{seq: at.seq, book: Book{Code: at.book}}
			return w.broken("entry_differs", "业务 %s 的%s应为 %s，分录合计 %s", reference, kinds[kind].Text, expected[key], at.amount), nil
		}
	}
	for _, key := range slices.Sorted(maps.Keys(e.found)) {
		at := e.found[key]
		if _, ok := expected[key]; !ok && !at.amount.IsZero() {
			kind, reference, _ := strings.Cut(key, "\n")
			w := walk{seq: at.seq, book: Book{Code: at.book}}
			return w.broken("reference_missing", "第 %d 号%s分录的业务编号 %s 在业务中不存在", at.seq, kinds[kind].Text, reference), nil
		}
	}
	return nil, nil
}
