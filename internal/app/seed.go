package app

import (
	"context"
	"time"

	"ippledge/internal/config"
	"ippledge/internal/fund"
	"ippledge/internal/platform/blob"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/seed"
	"ippledge/internal/subsidy"
)

// LoadReference brings in what every installation needs: areas, LPR, targets, policy,
// the city's fund and its subsidy book.
func LoadReference(ctx context.Context, db *postgres.DB) error {
	return db.InTx(ctx, func(tx postgres.Tx) error {
		if err := policy.LoadReference(tx); err != nil {
			return err
		}
		if err := fund.LoadReference(tx); err != nil {
			return err
		}
		return subsidy.LoadReference(tx)
	})
}

// TellDemo tells the demo story into an empty database. The story has a program of its
// own, wired over the same database with the story's clock; what its events say is
// delivered as it goes, at the story's time.
func TellDemo(ctx context.Context, db *postgres.DB, files blob.Store, c config.Config, now time.Time) error {
	clock := &seed.Clock{}
	a := New(db.WithClock(clock.Now), files, c)
	return seed.Tell(ctx, clock, seed.Services{
		DB: a.DB, Approvals: a.Approvals, Documents: a.Documents, Orgs: a.Orgs, Users: a.Users, Policies: a.Policies,
		Assets: a.Assets, Valuations: a.Valuations, Needs: a.Needs, Products: a.Products, Bids: a.Bids,
		Pledges: a.Pledges, Loans: a.Loans, Funds: a.Funds, Claims: a.Claims, Subsidies: a.Subsidies, Ledger: a.Ledger, Notices: a.Notices,
		Deliver: a.Bus.Drain, LoadReference: a.loadDemoReference,
	}, now)
}

// loadDemoReference is LoadReference with the fund's account at a bank of the story.
func (a *App) loadDemoReference(ctx context.Context) error {
	return a.DB.InTx(ctx, func(tx postgres.Tx) error {
		if err := policy.LoadReference(tx); err != nil {
			return err
		}
		if _, err := fund.Install(tx, "邵阳市知识产权质押融资风险补偿基金", "邵阳资江银行"); err != nil {
			return err
		}
		return subsidy.LoadReference(tx)
	})
}
