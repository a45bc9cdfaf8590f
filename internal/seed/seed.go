// Package seed tells the demo story: two years of a city's pledge financing, told
// through the same use cases that people call, with a clock that walks through the past.
// Its hard rule: nothing is written past the use cases, so that whatever the story
// contains, the program really allows.
package seed

import (
	"container/heap"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/bid"
	"ippledge/internal/calendar"
	"ippledge/internal/claim"
	"ippledge/internal/document"
	"ippledge/internal/financing"
	"ippledge/internal/fund"
	"ippledge/internal/iam"
	"ippledge/internal/ipasset"
	"ippledge/internal/ledger"
	"ippledge/internal/loan"
	"ippledge/internal/money"
	"ippledge/internal/notify"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/pledge"
	"ippledge/internal/policy"
	"ippledge/internal/product"
	"ippledge/internal/subsidy"
	"ippledge/internal/valuation"
	"ippledge/seeds"
)

// Clock is the story's time; every service of the story reads it.
type Clock struct{ now time.Time }

// Now is the time at which the story stands.
func (c *Clock) Now() time.Time { return c.now }

// Services are what the story is told through, all over a database with the story's clock.
type Services struct {
	DB         *postgres.DB
	Approvals  *approval.Service
	Documents  *document.Service
	Orgs       *org.Service
	Users      *iam.Service
	Policies   *policy.Service
	Assets     *ipasset.Service
	Valuations *valuation.Service
	Needs      *financing.Service
	Products   *product.Service
	Bids       *bid.Service
	Pledges    *pledge.Service
	Loans      *loan.Service
	Funds      *fund.Service
	Claims     *claim.Service
	Subsidies  *subsidy.Service
	Ledger     *ledger.Service
	Notices    *notify.Service
	// Deliver carries out what the events of the last step set going.
	Deliver func(context.Context) error
	// LoadReference brings in what stands before anybody comes.
	LoadReference func(context.Context) error
}

// Story is one telling.
type Story struct {
	Services
	ctx   context.Context
	clock *Clock
	// today is the day the story ends on: the day it is told.
	today calendar.Date
	queue events
	seq   int
	dice  *rand.Rand

	people      map[string]authz.Actor
	enterprises []*enterprise
	banks       []*house
	firms       []*house
	// taken are the rights that back a need already.
	taken map[uuid.UUID]bool
}

// house is an organisation of the story and who acts for it.
type house struct {
	org             org.Organization
	maker, checker  authz.Actor
	approver, third authz.Actor
	// lent is what a bank has paid out in the story; burdened, whether one of it goes bad.
	lent     money.Amount
	burdened bool
}

// Tell tells the whole story in an empty database. The same day tells the same story.
func Tell(ctx context.Context, clock *Clock, services Services, now time.Time) error {
	s := &Story{
		Services: services, ctx: ctx, clock: clock, today: calendar.DateOf(now), people: map[string]authz.Actor{}, taken: map[uuid.UUID]bool{},
		dice: rand.New(rand.NewPCG(20211231, 4305)),
	}
	begin := s.today.AddMonths(-24)
	for _, plan := range []func(calendar.Date) error{s.planOrganisations, s.planRights, s.planProducts, s.planFund, s.planPolicy, s.planNeeds, s.planNotices, s.planGI, s.planSubsidies, s.planBooks, s.planYearEnds, s.planDaily} {
		if err := plan(begin); err != nil {
			return err
		}
	}
	return s.run(now)
}

// step is something that happens in the story.
type step struct {
	at  time.Time
	seq int // steps of the same moment happen in the order they were planned
	do  func() error
}

type events []step

func (e events) Len() int { return len(e) }
func (e events) Less(i, j int) bool {
	if !e[i].at.Equal(e[j].at) {
		return e[i].at.Before(e[j].at)
	}
	return e[i].seq < e[j].seq
}
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e *events) Push(x any)   { *e = append(*e, x.(step)) }
func (e *events) Pop() any {
	old := *e
	last := old[len(old)-1]
	*e = old[:len(old)-1]
	return last
}

// on plans a step for a working day at or after d, at an hour of the office.
func (s *Story) on(d calendar.Date, hour, minute int, do func() error) {
	day, _ := calendar.NextWorkingDay(d)
	s.at(day.StartOfDay().Add(time.Duration(hour)*time.Hour+time.Duration(minute)*time.Minute), do)
}

// at plans a step for a moment.
func (s *Story) at(moment time.Time, do func() error) {
	s.seq++
	heap.Push(&s.queue, step{moment, s.seq, do})
}

// nightly is when the daily work runs: half past midnight.
const nightly = 30 * time.Minute

// after plans a step some working days after the story's present day.
func (s *Story) after(workingDays int, do func() error) {
	day, _ := calendar.AddWorkingDays(s.day(), workingDays)
	s.on(day, 9+s.dice.IntN(8), s.dice.IntN(60), do)
}

// day is the story's present day.
func (s *Story) day() calendar.Date { return calendar.DateOf(s.clock.now) }

// run lets everything happen in its order. What would lie in the future doesn't happen:
// that is how the story leaves work for whoever signs in today.
func (s *Story) run(now time.Time) error {
	for s.queue.Len() > 0 {
		next := heap.Pop(&s.queue).(step)
		if next.at.After(now) {
			break
		}
		s.clock.now = next.at
		if err := next.do(); err != nil {
			return fmt.Errorf("seed: %s: %w", calendar.FormatInstant(next.at), err)
		}
		if err := s.Deliver(s.ctx); err != nil {
			return fmt.Errorf("seed: %s: events: %w", calendar.FormatInstant(next.at), err)
		}
	}
	s.clock.now = now
	return nil
}

// sign lets the checker sign what waits on a subject.
func (s *Story) sign(checker authz.Actor, subjectKind string, subject uuid.UUID) error {
	s.clock.now = s.clock.now.Add(7 * time.Minute)
	var pending *approval.PendingView
	err := s.DB.Read(s.ctx, func(tx postgres.Tx) (err error) {
		pending, err = s.Approvals.PendingOn(tx, checker, subjectKind, subject)
		return err
	})
	if err != nil {
		return err
	}
	if pending == nil {
		return fmt.Errorf("nothing waits for a signature on %s %s", subjectKind, subject)
	}
	_, err = s.Approvals.Sign(s.ctx, checker, pending.ID)
	return err
}

// pick chooses one of a list, the same one at every telling.
func pick[T any](s *Story, list []T) T { return list[s.dice.IntN(len(list))] }

// between is a whole number from low to high, both included.
func (s *Story) between(low, high int) int { return low + s.dice.IntN(high-low+1) }

func read(name string, into any) error {
	text, err := seeds.Demo.ReadFile("demo/" + name)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		return fmt.Errorf("seeds/demo/%s: %w", name, err)
	}
	return nil
}
