package app

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"ippledge/internal/audit"
	"ippledge/internal/calendar"
)

// job is one kind of timed work. The same program runs it from the queue, once per
// interval however many processes there are.
type job struct {
	name  string
	every time.Duration
	run   func(context.Context) error
}

// tick is the queue's job for timed work.
type tick struct {
	Name string `json:"name"`
}

// Kind names the job.
func (tick) Kind() string { return "tick" }

type ticker struct {
	river.WorkerDefaults[tick]
	jobs map[string]job
}

// Work runs the named job.
func (t *ticker) Work(ctx context.Context, j *river.Job[tick]) error {
	found, ok := t.jobs[j.Args.Name]
	if !ok {
		return fmt.Errorf("app: no job %q", j.Args.Name)
	}
	return found.run(ctx)
}

// jobs lists the timed work.
func (a *App) jobs() []job {
	return []job{
		{"watch-assets", 24 * time.Hour, a.watchAssets},
		{"purge-sessions", time.Hour, a.purgeSessions},
		{"close-needs", time.Minute, a.closeNeeds},
		{"publish-days", time.Hour, a.Ledger.PublishDue},
		{"verify-ledger", 24 * time.Hour, a.verifyLedger},
		{"expire-bids", time.Hour, a.expireBids},
		{"assess-loans", 6 * time.Hour, a.assessLoans},
		{"remind-transfers", 24 * time.Hour, a.Claims.RemindTransfers},
		{"judge-breakers", 24 * time.Hour, a.judgeBreakers},
	}
}

// watchAssets looks at every right once a day: fees, renewals, reservations, and values
// that are out of date.
func (a *App) watchAssets(ctx context.Context) error {
	for _, watch := range []func(context.Context) (int, error){a.Assets.Watch, a.Valuations.Watch} {
		told, err := watch(ctx)
		if err != nil {
			return err
		}
		if told > 0 {
			slog.InfoContext(ctx, "alerts raised on collateral", "count", told)
		}
	}
	return nil
}

// closeNeeds writes down the end of bidding windows; they end by the clock without it.
func (a *App) closeNeeds(ctx context.Context) error {
	_, err := a.Needs.CloseDue(ctx)
	return err
}

// expireBids ends offers that have passed their validity.
func (a *App) expireBids(ctx context.Context) error {
	_, err := a.Bids.ExpireDue(ctx)
	return err
}

// assessLoans is the daily work on loans and pledges as of today in China; it runs more
// often than once a day because running it again changes nothing.
func (a *App) assessLoans(ctx context.Context) error {
	today := calendar.DateOf(a.DB.Now())
	if err := a.Pledges.RunDaily(ctx, today); err != nil {
		return err
	}
	return a.Loans.RunDaily(ctx, today)
}

// judgeBreakers evaluates the funds' circuit breakers once a day, so that each month-end
// has its ratio.
func (a *App) judgeBreakers(ctx context.Context) error { return a.DB.InTx(ctx, a.Funds.EvaluateAll) }

// purgeSessions removes what is left of sessions that ended.
func (a *App) purgeSessions(ctx context.Context) error {
	_, err := a.Users.PurgeSessions(ctx)
	return err
}

// Background works the queue and seals the audit trail until ctx ends.
func (a *App) Background(ctx context.Context, databaseURL string) error {
	pool, err := pgxpool.New(ctx, databaseURL)
	if err != nil {
		return fmt.Errorf("app: job queue: %w", err)
	}
	defer pool.Close()
	timed := &ticker{jobs: map[string]job{}}
	var periodic []*river.PeriodicJob
	for _, j := range a.jobs() {
		timed.jobs[j.name] = j
		periodic = append(periodic, river.NewPeriodicJob(river.PeriodicInterval(j.every), func() (river.JobArgs, *river.InsertOpts) {
			return tick{Name: j.name}, &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true, ByPeriod: j.every}}
		}, &river.PeriodicJobOpts{RunOnStart: true}))
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, timed)
	river.AddWorker(workers, a.Bus)
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 4}}, Workers: workers, PeriodicJobs: periodic,
		PollOnly: a.Config.Pooler, // LISTEN does not pass a transaction pooler
		Logger:   slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return fmt.Errorf("app: job queue: %w", err)
	}
	if err := client.Start(ctx); err != nil {
		return fmt.Errorf("app: job queue: %w", err)
	}
	a.sealAudit(ctx)
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return client.Stop(stop)
}

// sealAudit chains new audit entries every second until ctx ends.
func (a *App) sealAudit(ctx context.Context) {
	every := time.NewTicker(time.Second)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
			if _, err := audit.Seal(ctx, a.DB); err != nil && ctx.Err() == nil {
				slog.ErrorContext(ctx, "audit trail not sealed", "error", err)
			}
		}
	}
}

// verifyLedger proves the books every day; the auditor's screen shows the run, and a break
// is an error in the log that nobody can miss.
func (a *App) verifyLedger(ctx context.Context) error {
	report, err := a.Ledger.Verify(ctx)
	if err == nil && !report.OK {
		slog.ErrorContext(ctx, "the ledger is broken", "book", report.Break.Book, "seq", report.Break.Seq, "code", report.Break.Code)
	}
	return err
}
