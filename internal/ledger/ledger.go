// Package ledger is the double-entry ledger of the fund, its sub-funds and the subsidy
// budget. A book holds accounts; an entry holds postings; each posting moves a positive
// amount from one account to another, so an unbalanced entry cannot be expressed.
//
// The one hard rule: nothing that was posted is ever changed. Entries are numbered
// without a gap and chained by hash in each book; a mistake is reversed by a new entry.
// Post (inside somebody's unit of work) and the gathered entries of the API go through
// the same code, head.post.
package ledger

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
)

// Limits of one entry.
const (
	postingsMax  = 100
	narrativeMax = 500 // characters
	referenceMax = 120
	keyMax       = 240
)

// Posting moves a positive amount from a source account to a destination account.
type Posting struct {
	Source      string       `json:"source" doc:"转出科目"`
	Destination string       `json:"destination" doc:"转入科目"`
	Amount      money.Amount `json:"amount" doc:"金额，大于零"`
}

// Entry is what a caller wants posted.
type Entry struct {
	BookID uuid.UUID
	Kind   string // one of Kinds
	// Reference is the business number of the one event behind the entry: the
	// repayment's, not the loan's. Kind and Reference name the entry to Verify.
	Reference string
	// EffectiveOn is the day the event took place; today when left out. It may lie in
	// the past, not in a closed month, and not in the future.
	EffectiveOn calendar.Date
	Narrative   string
	Maker       authz.Actor // authz.System for timed work
	Checker     authz.Actor // zero where the kind takes one person
	// IdempotencyKey is unique in the book: the same key with the same content returns
	// the first result, with other content it is refused. Without one each call posts.
	IdempotencyKey string
	Postings       []Posting
	// reverses is the entry that this one mirrors; only Reverse sets it.
	reverses *uuid.UUID
}

// Amount is what the entry is about: the sum of its postings of money, or of its
// memorandum postings when it moves no money.
func (e Entry) Amount() money.Amount { return amountOf(e.Postings) }

func amountOf(postings []Posting) (amount money.Amount) {
	memo := money.Zero
	for _, p := range postings {
		if isMemo(p.Source) {
			memo = memo.Add(p.Amount)
		} else {
			amount = amount.Add(p.Amount)
		}
	}
	if amount.IsZero() {
		return memo
	}
	return amount
}

// Posted is where an entry stands in its book.
type Posted struct {
	ID       uuid.UUID `json:"id"`
	Seq      int64     `json:"seq" doc:"账簿内的连续序号"`
	Hash     string    `json:"hash" doc:"链上的哈希"`
	PostedAt time.Time `json:"posted_at"`
	// Replayed tells that the key had been used before and this is the first result.
	Replayed bool `json:"replayed" doc:"true 表示该键此前已入账，返回首次结果"`
}

// Book is one fund's ledger.
type Book struct {
	ID               uuid.UUID
	Code             string
	Name             string
	Kind             string
	AreaCode         *string
	Status           string
	LastSeq          int64
	LastHash         string
	LastPostedAt     *time.Time
	ClosedThrough    calendar.Date // the last day of the last closed month; zero when none
	PublishedThrough calendar.Date // the last day whose hash was published
	OpenedAt         time.Time
}

// Kinds of books.
const (
	FundBook    = "fund"
	SubFundBook = "sub_fund"
	SubsidyBook = "subsidy"
)

var (
	errBookNotFound  = fault.New(fault.NotFound, "book_not_found", "没有这个账簿")
	errEntryNotFound = fault.New(fault.NotFound, "entry_not_found", "没有这笔分录")
	errKeyReused     = fault.New(fault.Conflict, "idempotency_key_reused", "该幂等键已用于内容不同的分录，请换用新的键")
	errSamePerson    = fault.New(fault.Rule, "maker_is_checker", "经办与复核不能是同一人")
	errPeriodClosed  = fault.New(fault.Rule, "period_closed", "该会计期间已结账，不能再入账；更正请记入未结账的期间并注明原分录")
)
