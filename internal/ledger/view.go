package ledger

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// BookView is a book as the list of books shows it.
type BookView struct {
	ID               uuid.UUID      `json:"id"`
	Code             string         `json:"code"`
	Name             string         `json:"name"`
	Kind             string         `json:"kind" enum:"fund,sub_fund,subsidy"`
	AreaCode         string         `json:"area_code"`
	Status           string         `json:"status" enum:"open,closed"`
	Entries          int64          `json:"entries" doc:"分录数，即最后一笔的序号"`
	Head             string         `json:"head" doc:"链尾哈希"`
	Cash             money.Amount   `json:"cash" doc:"托管存款余额"`
	Capital          money.Amount   `json:"capital" doc:"累计出资"`
	Payable          money.Amount   `json:"payable" doc:"应付补偿款"`
	Exposure         money.Amount   `json:"exposure" doc:"在保风险敞口（备查）"`
	ClosedThrough    *calendar.Date `json:"closed_through,omitempty" doc:"已结账至"`
	PublishedThrough *calendar.Date `json:"published_through,omitempty" doc:"当日哈希已公布至"`
	OpenedAt         time.Time      `json:"opened_at"`
}

func day(d calendar.Date) *calendar.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

func bookView(tx postgres.Tx, b Book) (BookView, error) {
	sums, err := classSums(tx, b.ID)
	v := BookView{
		ID: b.ID, Code: b.Code, Name: b.Name, Kind: b.Kind, Status: b.Status, Entries: b.LastSeq, Head: b.LastHash,
		Cash: sums["cash"], Capital: sums["capital"].Neg(), Payable: sums["payable"].Neg(), Exposure: sums["exposure"],
		ClosedThrough: day(b.ClosedThrough), PublishedThrough: day(b.PublishedThrough), OpenedAt: b.OpenedAt,
	}
	if b.AreaCode != nil {
		v.AreaCode = *b.AreaCode
	}
	return v, err
}

// BookDetail is a book's page.
type BookDetail struct {
	BookView
	Periods  []Period              `json:"periods" nullable:"false"`
	Next     *calendar.Date        `json:"next_month,omitempty" doc:"下一个可结账的月份"`
	Blocked  string                `json:"blocked" doc:"该月暂不能结账的原因；空表示可以结账"`
	Pending  *approval.PendingView `json:"pending_approval,omitempty"`
	Timeline []audit.Line          `json:"timeline" nullable:"false"`
	Actions  []string              `json:"available_actions" nullable:"false"`
}

func (s *Service) bookDetail(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (d BookDetail, err error) {
	b, err := BookByID(tx, id)
	if err != nil {
		return d, err
	}
	if d.BookView, err = bookView(tx, b); err != nil {
		return d, err
	}
	if d.Periods, err = periodsOf(tx, id); err != nil {
		return d, err
	}
	if d.Next, d.Blocked, err = nextMonth(tx, b); err != nil {
		return d, err
	}
	if d.Pending, err = s.approvals.PendingOn(tx, actor, subjectBook, id); err != nil {
		return d, err
	}
	d.Actions = []string{}
	if actor.Can(authz.LedgerAdjust) && b.Status == "open" {
		d.Actions = append(d.Actions, "adjust", "open_account")
		if d.Pending == nil {
			d.Actions = append(d.Actions, "close_year")
			if d.Next != nil && d.Blocked == "" {
				d.Actions = append(d.Actions, "close_period")
			}
		}
	}
	if actor.Can(authz.LedgerReconcile) && b.Status == "open" {
		d.Actions = append(d.Actions, "import_statement", "match", "explain")
	}
	d.Timeline, err = audit.Timeline(tx, subjectBook, id)
	return d, err
}

// EntryView is an entry as lists show it.
type EntryView struct {
	ID          uuid.UUID     `json:"id"`
	Seq         int64         `json:"seq"`
	Kind        string        `json:"kind"`
	KindText    string        `json:"kind_text"`
	Reference   string        `json:"reference"`
	EffectiveOn calendar.Date `json:"effective_on"`
	Narrative   string        `json:"narrative"`
	Amount      money.Amount  `json:"amount"`
	MakerName   string        `json:"maker_name"`
	CheckerName string        `json:"checker_name"`
	PostedAt    time.Time     `json:"posted_at"`
	Reversal    bool          `json:"reversal" doc:"本笔是冲正分录"`
	ReversedBy  *int64        `json:"reversed_by,omitempty" doc:"冲正本笔的分录序号"`
}

func entryView(r entryListRow) EntryView {
	e := r.Entry
	return EntryView{
		ID: e.ID, Seq: e.Seq, Kind: e.Kind, KindText: kinds[e.Kind].Text, Reference: e.Reference, EffectiveOn: e.EffectiveOn,
		Narrative: e.Narrative, Amount: r.Amount, MakerName: e.MakerName, CheckerName: e.CheckerName, PostedAt: e.PostedAt,
		Reversal: e.Reverses != nil, ReversedBy: r.ReversedBy,
	}
}

// PostingView is a posting with the names of its accounts.
type PostingView struct {
	Posting
	SourceName      string `json:"source_name"`
	DestinationName string `json:"destination_name"`
}

// EntryDetail is an entry's page: what it moved, and its place on the chain.
type EntryDetail struct {
	EntryView
	BookID         uuid.UUID             `json:"book_id"`
	BookName       string                `json:"book_name"`
	Postings       []PostingView         `json:"postings" nullable:"false"`
	IdempotencyKey string                `json:"idempotency_key"`
	Canonical      string                `json:"canonical" doc:"参与哈希的规范内容"`
	ContentHash    string                `json:"content_hash"`
	PrevHash       string                `json:"prev_hash"`
	Hash           string                `json:"hash"`
	PrevID         *uuid.UUID            `json:"prev_id,omitempty" doc:"上一笔分录"`
	ReversesID     *uuid.UUID            `json:"reverses_id,omitempty"`
	ReversedByID   *uuid.UUID            `json:"reversed_by_id,omitempty"`
	Pending        *approval.PendingView `json:"pending_approval,omitempty"`
	Timeline       []audit.Line          `json:"timeline" nullable:"false"`
	Actions        []string              `json:"available_actions" nullable:"false"`
}

func (s *Service) entryDetail(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (d EntryDetail, err error) {
	r, err := entryByID(tx, id)
	if err != nil {
		return d, err
	}
	b, err := BookByID(tx, r.BookID)
	if err != nil {
		return d, err
	}
	text, err := r.canonical()
	if err != nil {
		return d, err
	}
	d = EntryDetail{
		EntryView: EntryView{
			ID: r.ID, Seq: r.Seq, Kind: r.Kind, KindText: kinds[r.Kind].Text, Reference: r.Reference, EffectiveOn: r.EffectiveOn,
			Narrative: r.Narrative, Amount: amountOf(r.Postings), MakerName: r.MakerName, CheckerName: r.CheckerName,
			PostedAt: r.PostedAt, Reversal: r.Reverses != nil,
		},
		BookID: b.ID, BookName: b.Name, IdempotencyKey: r.IdempotencyKey, Canonical: string(text), ContentHash: r.ContentHash,
		PrevHash: r.PrevHash, Hash: r.Hash, ReversesID: r.Reverses, Actions: []string{},
	}
	if d.Postings, err = named(tx, r); err != nil {
		return d, err
	}
	if before, err := entriesAfter(tx, r.BookID, r.Seq-2, r.Seq-1, 1); err != nil {
		return d, err
	} else if len(before) == 1 {
		d.PrevID = &before[0].ID
	}
	by, err := reversalOf(tx, r.ID)
	if err != nil {
		return d, err
	}
	if by != nil {
		d.ReversedBy, d.ReversedByID = &by.Seq, &by.ID
	}
	if d.Pending, err = s.approvals.PendingOn(tx, actor, subjectEntry, id); err != nil {
		return d, err
	}
	if by == nil && r.Reverses == nil && d.Pending == nil && actor.Can(authz.LedgerAdjust) && !s.ownedByBusiness(r) {
		d.Actions = append(d.Actions, "reverse")
	}
	d.Timeline, err = audit.Timeline(tx, subjectEntry, id)
	return d, err
}

func named(tx postgres.Tx, r record) ([]PostingView, error) {
	var paths []string
	for _, p := range r.Postings {
		paths = append(paths, p.Source, p.Destination)
	}
	names, err := accountNames(tx, r.BookID, paths)
	out := make([]PostingView, len(r.Postings))
	for i, p := range r.Postings {
		out[i] = PostingView{p, names[p.Source], names[p.Destination]}
	}
	return out, err
}

// nextMonth is the month to close next and why it can't be yet; nil while no month is over.
func nextMonth(tx postgres.Tx, b Book) (*calendar.Date, string, error) {
	first := b.ClosedThrough.AddDays(1)
	if b.ClosedThrough.IsZero() {
		day, err := firstEffective(tx, b.ID)
		if err != nil || day.IsZero() {
			return nil, "", err
		}
		first = firstOf(day)
	}
	if !first.EndOfMonth().Before(calendar.DateOf(tx.Now())) {
		return nil, "", nil
	}
	why, err := reason(closable(tx, b, first))
	return &first, why, err
}
