package ledger

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
)

// record is an entry as it is stored.
type record struct {
	BookID         uuid.UUID
	Seq            int64
	ID             uuid.UUID
	Kind           string
	Reference      string
	EffectiveOn    calendar.Date
	Narrative      string
	MakerID        *uuid.UUID
	MakerName      string
	CheckerID      *uuid.UUID
	CheckerName    string
	IdempotencyKey string
	ContentHash    string
	Reverses       *uuid.UUID
	PostedAt       time.Time
	PrevHash       string
	Hash           string
	Postings       []Posting
}

func (r record) posted() Posted {
	return Posted{ID: r.ID, Seq: r.Seq, Hash: r.Hash, PostedAt: r.PostedAt}
}

type account struct {
	Balance       money.Amount
	MayGoNegative bool
	touched       bool
}

// kept is an entry that stands under an idempotency key.
type kept struct {
	contentHash string
	posted      Posted
}

// head is the end of a book under its lock, with what is needed to apply entries to it
// in memory: the accounts they name and the keys they carry. Whoever made it holds the
// lock of the book's row, so that nothing in it changes until the transaction ends.
type head struct {
	book     Book
	now      time.Time
	accounts map[string]*account
	kept     map[string]kept
	written  []record
}

// largest is where numeric(18,2) ends.
var largest = money.Must("9999999999999999.99")

// post applies a unit of entries, all or none, and returns where they stand. It is the
// only way into a book.
func (h *head) post(unit []Entry) (posted []Posted, err error) {
	before, balances, keys := len(h.written), map[string]account{}, []string{}
	at := h.book
	defer func() {
		if err == nil {
			return
		}
		h.written, h.book = h.written[:before], at
		for path, a := range balances {
			*h.accounts[path] = a
		}
		for _, key := range keys {
			delete(h.kept, key)
		}
	}()
	for i, e := range unit {
		r, err := h.prepare(e)
		if err != nil {
			return nil, inUnit(err, unit, i)
		}
		if k, ok := h.kept[r.IdempotencyKey]; ok {
			if k.contentHash != r.ContentHash {
				return nil, inUnit(errKeyReused, unit, i)
			}
			k.posted.Replayed = true
			posted = append(posted, k.posted)
			continue
		}
		if err := h.check(r); err != nil {
			return nil, inUnit(err, unit, i)
		}
		if err := h.move(r.Postings, balances); err != nil {
			return nil, inUnit(err, unit, i)
		}
		r = h.chain(r)
		h.kept[r.IdempotencyKey] = kept{r.ContentHash, r.posted()}
		keys = append(keys, r.IdempotencyKey)
		posted = append(posted, r.posted())
	}
	if len(h.written) > before && len(h.written)-before < len(unit) {
		// Part of the unit had been posted: the key was used for another, shorter one.
		return nil, errKeyReused
	}
	return posted, nil
}

// inUnit names the entry at fault when several were sent together.
func inUnit(err error, unit []Entry, i int) error {
	f, ok := fault.From(err)
	if !ok || len(unit) == 1 {
		return err
	}
	g := fault.New(f.Kind, f.Code, "第 %d 笔：%s", i+1, f.Message)
	return g.Of(fmt.Sprintf("entries[%d]", i))
}

// prepare turns an entry into a record with its content's hash, without a place yet.
func (h *head) prepare(e Entry) (record, error) {
	if e.EffectiveOn.IsZero() {
		e.EffectiveOn = calendar.DateOf(h.now)
	}
	id, err := uuid.NewV7()
	if err != nil {
		return record{}, err
	}
	r := record{
		BookID: h.book.ID, ID: id, Kind: e.Kind, Reference: e.Reference, EffectiveOn: e.EffectiveOn, Narrative: e.Narrative,
		MakerID: person(e.Maker), MakerName: e.Maker.Name, CheckerID: person(e.Checker), CheckerName: e.Checker.Name,
		IdempotencyKey: e.IdempotencyKey, Reverses: e.reverses, Postings: e.Postings,
	}
	if r.IdempotencyKey == "" {
		r.IdempotencyKey = "entry:" + id.String()
	}
	text, err := r.canonical()
	r.ContentHash = contentHash(text)
	return r, err
}

func person(a authz.Actor) *uuid.UUID {
	if a.UserID == uuid.Nil {
		return nil
	}
	id := a.UserID
	return &id
}

// check holds every rule that needs no balance.
func (h *head) check(r record) error {
	kind, known := kinds[r.Kind]
	switch today := calendar.DateOf(h.now); {
	case h.book.Status != "open":
		return fault.New(fault.Rule, "book_closed", "账簿“%s”已关闭，不能入账", h.book.Name)
	case !known:
		return fault.InField("kind", "entry_kind_unknown", "没有“%.40s”这种分录", r.Kind)
	case r.Reference == "" || !clean(r.Reference, referenceMax):
		return fault.InField("reference", "reference_malformed", "请填写业务编号，最多 %d 个字，不含换行等控制字符", referenceMax)
	case !clean(r.Narrative, narrativeMax):
		return fault.InField("narrative", "narrative_malformed", "摘要最多 %d 个字，不含换行等控制字符", narrativeMax)
	case !clean(r.IdempotencyKey, keyMax):
		return fault.InField("Idempotency-Key", "idempotency_key_malformed", "幂等键最长 %d 个字符，不含控制字符", keyMax)
	case r.EffectiveOn.After(today):
		return fault.InField("effective_on", "effective_in_future", "记账日期 %s 晚于今天，请填写业务实际发生日", r.EffectiveOn)
	case !r.EffectiveOn.After(h.book.ClosedThrough):
		return errPeriodClosed.Of("effective_on")
	case r.CheckerID != nil && r.MakerID != nil && *r.CheckerID == *r.MakerID:
		return errSamePerson
	case kind.TwoPeople && (r.CheckerID == nil || r.MakerID == nil):
		return fault.New(fault.Rule, "entry_takes_two_people", "“%s”须由经办和复核两人办理", kind.Text)
	}
	return checkPostings(r.Postings)
}

func checkPostings(postings []Posting) error {
	if len(postings) == 0 || len(postings) > postingsMax {
		return fault.InField("postings", "postings_out_of_range", "一笔分录应有 1 到 %d 行", postingsMax)
	}
	var c fault.Collector
	for i, p := range postings {
		field := fmt.Sprintf("postings[%d]", i)
		switch {
		case !p.Amount.IsPositive():
			c.Add(field+".amount", "amount_not_positive", "第 %d 行金额应大于零", i+1)
		case p.Source == p.Destination:
			c.Add(field+".destination", "posting_moves_nothing", "第 %d 行转出与转入是同一科目", i+1)
		case isMemo(p.Source) != isMemo(p.Destination):
			c.Add(field+".destination", "posting_mixes_money_and_memo", "第 %d 行在资金科目与备查科目之间转移，两类科目不能混记", i+1)
		}
	}
	return c.Err()
}

// clean refuses text that is too long, isn't UTF-8, or holds control characters.
func clean(s string, most int) bool {
	return utf8.ValidString(s) && utf8.RuneCountInString(s) <= most && !strings.ContainsFunc(s, unicode.IsControl)
}

// move shifts the balances and checks the floor of each account after the whole entry.
// It notes in before what an account was when the unit first touched it.
func (h *head) move(postings []Posting, before map[string]account) error {
	for i, p := range postings {
		for _, path := range []string{p.Source, p.Destination} {
			a, ok := h.accounts[path]
			if !ok {
				return fault.InField(fmt.Sprintf("postings[%d]", i), "account_unknown", "账簿“%s”中没有科目 %.80s，请先开立", h.book.Name, path)
			}
			if _, noted := before[path]; !noted {
				before[path] = *a
			}
		}
	}
	for _, p := range postings {
		from, to := h.accounts[p.Source], h.accounts[p.Destination]
		from.Balance, to.Balance = from.Balance.Sub(p.Amount), to.Balance.Add(p.Amount)
		from.touched, to.touched = true, true
	}
	for _, p := range postings {
		for _, path := range []string{p.Source, p.Destination} {
			a := h.accounts[path]
			if a.Balance.IsNegative() && !a.MayGoNegative {
				was := before[path].Balance
				return fault.New(fault.Rule, "fund_insufficient", "科目 %s 余额 %s，入账后将为 %s，不足以办理", path, was.Text(), a.Balance.Text())
			}
			if largest.Less(a.Balance.Abs()) {
				return fault.New(fault.Rule, "balance_out_of_range", "科目 %s 的余额将超出可记录的范围", path)
			}
		}
	}
	return nil
}

// chain gives the record its number and its link, and moves the head behind it. The
// moment never goes back in a book and never falls into a day that is already published.
func (h *head) chain(r record) record {
	b := &h.book
	r.Seq, r.PrevHash, r.PostedAt = b.LastSeq+1, b.LastHash, h.now.UTC().Truncate(time.Microsecond)
	if b.LastPostedAt != nil && r.PostedAt.Before(*b.LastPostedAt) {
		r.PostedAt = b.LastPostedAt.UTC()
	}
	if !b.PublishedThrough.IsZero() {
		if open := b.PublishedThrough.AddDays(1).StartOfDay().UTC(); r.PostedAt.Before(open) {
			r.PostedAt = open
		}
	}
	r.Hash = link(r.PrevHash, b.ID, r.Seq, r.ID, r.PostedAt, r.ContentHash)
	at := r.PostedAt
	b.LastSeq, b.LastHash, b.LastPostedAt = r.Seq, r.Hash, &at
	h.written = append(h.written, r)
	return r
}
