package ledger

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
)

// Direct is an entry as the API takes it, from a treasurer or from a machine that holds a
// key with the scope ledger:post. One person suffices only because the kinds are narrow:
// interest may only come in from income:interest, and memorandum entries move nothing but
// memorandum accounts. Whatever takes money out or corrects something goes through two
// people: the fund's and the claims' own steps, or a manual adjustment.
type Direct struct {
	Kind        string        `json:"kind" enum:"interest,memo" doc:"interest 利息收入；memo 备查登记"`
	Reference   string        `json:"reference" doc:"业务编号，对应唯一一次业务"`
	EffectiveOn calendar.Date `json:"effective_on"`
	Narrative   string        `json:"narrative,omitempty"`
	Postings    []Posting     `json:"postings" nullable:"false" minItems:"1" maxItems:"100"`
}

// directMax is the largest batch.
const directMax = 1000

var errKeyRequired = fault.InField("Idempotency-Key", "idempotency_key_required", "请提供 Idempotency-Key，同一笔业务重试时使用同一个键")

func (d Direct) check() error {
	kind := kinds[d.Kind]
	if !kind.Direct {
		return fault.InField("kind", "entry_kind_not_direct", "“%.40s”不能通过接口直接入账，请在相应业务中办理或经手工调整（经办、复核两人）", d.Kind)
	}
	for i, p := range d.Postings {
		fits := segment(p.Source) == "memo" && segment(p.Destination) == "memo"
		if d.Kind == "interest" {
			fits = p.Source == IncomeInterest && segment(p.Destination) == "cash"
		}
		if !fits {
			return fault.InField(fmt.Sprintf("postings[%d]", i), "posting_not_direct", "第 %d 行的科目不在“%s”允许直接入账的范围内", i+1, kind.Text)
		}
	}
	return nil
}

// entry is the direct entry under the caller's key, which is the organisation's own: two
// organisations may use the same key.
func (d Direct) entry(bookID uuid.UUID, actor authz.Actor, key string) Entry {
	return Entry{
		BookID: bookID, Kind: d.Kind, Reference: d.Reference, EffectiveOn: d.EffectiveOn, Narrative: d.Narrative, Maker: actor,
		IdempotencyKey: "api:" + actor.OrgID.String() + ":" + key, Postings: d.Postings,
	}
}

// PostDirect posts one entry of the API, gathered with what else arrives for the book,
// and returns after the commit.
func (s *Service) PostDirect(ctx context.Context, actor authz.Actor, bookID uuid.UUID, key string, d Direct) (Posted, error) {
	posted, err := s.PostDirectBatch(ctx, actor, bookID, key, []Direct{d})
	if err != nil {
		return Posted{}, err
	}
	return posted[0], nil
}

// PostDirectBatch posts up to a thousand entries, all or none. Each stands under the key
// with its place in the batch: the whole batch repeated returns the first results.
func (s *Service) PostDirectBatch(ctx context.Context, actor authz.Actor, bookID uuid.UUID, key string, batch []Direct) ([]Posted, error) {
	if err := actor.Allowed(authz.LedgerPost); err != nil {
		return nil, err
	}
	if key == "" {
		return nil, errKeyRequired
	}
	if len(batch) == 0 || len(batch) > directMax {
		return nil, fault.InField("entries", "entries_out_of_range", "一次请提交 1 到 %d 笔分录", directMax)
	}
	unit := make([]Entry, len(batch))
	for i, d := range batch {
		own := key
		if len(batch) > 1 {
			own = fmt.Sprintf("%s#%d", key, i+1)
		}
		unit[i] = d.entry(bookID, actor, own)
		if err := d.check(); err != nil {
			return nil, inUnit(err, len(unit), i)
		}
	}
	return s.gatherer.post(ctx, bookID, unit)
}
