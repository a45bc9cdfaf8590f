package ledger

import (
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// closingEntries are the entries that close a year. It fails with year_not_over,
// nothing_to_close and period_closed.
func closingEntries(tx postgres.Tx, b Book, y int, maker, checker authz.Actor) ([]Entry, error) {
	last := calendar.NewDate(y, 12, 31)
	switch {
	case y < 2000 || y > 2200:
		return nil, fault.InField("year", "year_malformed", "年份应为四位数，如 2025")
	case !last.Before(calendar.DateOf(tx.Now())):
		return nil, fault.InField("year", "year_not_over", "%d 年尚未结束，不能年终结转", y)
	case !last.After(b.ClosedThrough):
		return nil, errPeriodClosed.Of("year")
	}
	open, err := temporaryBalances(tx, b.ID, last)
	if err != nil {
		return nil, err
	}
	if len(open) == 0 {
		return nil, fault.New(fault.Conflict, "nothing_to_close", "%d 年末没有需要结转的收支余额，可能已经结转", y)
	}
	// A closing that is repeated because entries of the year came in after it gets a new
	// key: the balances it carries are what was left over.
	attempt, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	var entries []Entry
	for part := range slices.Chunk(slices.Sorted(maps.Keys(open)), postingsMax) {
		e := Entry{
			BookID: b.ID, Kind: "close_year", Reference: fmt.Sprintf("%d-%d", y, len(entries)+1), EffectiveOn: last,
			Narrative: fmt.Sprintf("%d 年年终结转", y), Maker: maker, Checker: checker,
			IdempotencyKey: fmt.Sprintf("close_year:%d:%s:%d", y, attempt, len(entries)+1),
		}
		for _, path := range part {
			p := Posting{Source: path, Destination: EquityCarried, Amount: open[path].Abs()}
			if open[path].IsNegative() {
				p.Source, p.Destination = EquityCarried, path
			}
			e.Postings = append(e.Postings, p)
		}
		entries = append(entries, e)
	}
	return entries, nil
}
