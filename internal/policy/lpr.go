package policy

import (
	"context"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/state"
)

// The life of a quote entered by hand.
const (
	QuoteSubmitted Status = "submitted"
	QuoteRecorded  Status = "recorded"
	QuoteReturned  Status = "returned"
)

const record Action = "record"

var quoteTransitions = state.Table[Status, Action]{QuoteSubmitted: {record: QuoteRecorded, Return: QuoteReturned}}

var _ = state.Name(map[string]string{"recorded": "已登记", "record": "登记"})

// Quote is the loan prime rate as published on a day: 1 year and 5 years and over, in
// percent per year. It applies until the next is published.
type Quote struct {
	ID          uuid.UUID
	PublishedOn calendar.Date
	OneYear     money.Rate
	FiveYear    money.Rate
	Source      string
	Status      Status
	RecordedAt  time.Time
	Version     int64
}

var (
	errNoLPR    = fault.New(fault.Rule, "lpr_missing", "该日期之前没有登记LPR报价，请先由知识产权局登记")
	errLPRTaken = fault.InField("published_on", "lpr_already_recorded", "该日期的LPR已登记或正在复核，请核对日期")
	errNoQuote  = fault.New(fault.NotFound, "lpr_not_found", "没有这条LPR记录")
)

var _ = postgres.Rule("lpr_quote_one_per_day", errLPRTaken)

// LPRAt is the quote that applies on a day: the last one published on or before it
// (domain §3.1). It fails with lpr_missing.
func LPRAt(tx postgres.Tx, on calendar.Date) (Quote, error) { return quoteAt(tx, on) }

// LPRHistory lists the recorded quotes, the newest first.
func LPRHistory(tx postgres.Tx) ([]Quote, error) { return quotes(tx, false) }

// NewQuote is what a handler enters.
type NewQuote struct {
	PublishedOn calendar.Date `json:"published_on" doc:"公布日期"`
	OneYear     money.Rate    `json:"one_year" doc:"1年期LPR，百分数"`
	FiveYear    money.Rate    `json:"five_year" doc:"5年期以上LPR，百分数"`
	Source      string        `json:"source" maxLength:"200" doc:"来源，如全国银行间同业拆借中心公告网址"`
}

// lprMax is where a typing slip begins: China's one-year rate never stood near it.
var lprMax = money.MustRate("10")

func (n NewQuote) check(today calendar.Date) error {
	var c fault.Collector
	if n.PublishedOn.After(today) {
		c.Add("published_on", "lpr_date_in_future", "公布日期 %s 尚未到来，请核对", n.PublishedOn)
	}
	for field, rate := range map[string]money.Rate{"one_year": n.OneYear, "five_year": n.FiveYear} {
		if !rate.IsPositive() || rate.Cmp(lprMax) >= 0 {
			c.Add(field, "lpr_out_of_range", "利率 %s%% 不合理，应大于 0 且小于 10%%，如 3.00", rate)
		}
	}
	if n.Source == "" {
		c.Add("source", "field_required", "请填写来源，以便复核人核对")
	}
	return c.Err()
}

// RecordLPR enters a quote; it counts once another person of the bureau has signed.
func (s *Service) RecordLPR(ctx context.Context, actor authz.Actor, n NewQuote) (q Quote, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.LPRRecord); err != nil {
			return err
		}
		if err := n.check(calendar.DateOf(tx.Now())); err != nil {
			return err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		q = Quote{id, n.PublishedOn, n.OneYear, n.FiveYear, n.Source, QuoteSubmitted, tx.Now(), 1}
		if err := insertQuote(tx, q); err != nil {
			return err
		}
		_, err = s.approvals.Propose(tx, actor, approval.Draft{
			Kind: kindLPR, SubjectID: q.ID, SubjectVersion: q.Version, Payload: n,
			Title: n.PublishedOn.String() + " LPR：1年期 " + n.OneYear.String() + "%，5年期以上 " + n.FiveYear.String() + "%",
		})
		if err != nil {
			return err
		}
		return audit.Record(tx, actor, "lpr.submit", "lpr", q.ID, n)
	})
	return q, err
}

func (s *Service) decideLPR(tx postgres.Tx, id uuid.UUID, action Action, actor authz.Actor) error {
	q, err := lockQuote(tx, id)
	if err != nil {
		return err
	}
	if q.Status, err = quoteTransitions.Next(q.Status, action); err != nil {
		return err
	}
	if err := saveQuote(tx, &q); err != nil {
		return err
	}
	if action != record {
		return audit.Record(tx, actor, "lpr.return", "lpr", q.ID, nil)
	}
	if err := audit.Record(tx, actor, "lpr.record", "lpr", q.ID, map[string]any{"published_on": q.PublishedOn}); err != nil {
		return err
	}
	return event.Publish(tx, "lpr.recorded", map[string]any{"published_on": q.PublishedOn})
}
