package simulator

import (
	"context"
	"math/rand/v2"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/number"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

// Service runs simulations and keeps them.
type Service struct {
	db *postgres.DB
	// turn lets one run calculate at a time: it takes every processor there is.
	turn chan struct{}
}

// NewService makes the service.
func NewService(db *postgres.DB) *Service { return &Service{db: db, turn: make(chan struct{}, 1)} }

// Question is what somebody wants to know.
type Question struct {
	Title  string `json:"title,omitempty" maxLength:"100" doc:"名称，便于比较"`
	Inputs Inputs `json:"inputs"`
}

// Run answers a question and keeps it with its seed. It fails with simulator_busy while
// another run calculates.
func (s *Service) Run(ctx context.Context, actor authz.Actor, q Question) (sim Simulation, err error) {
	if err := actor.Allowed(authz.SimulatorRun); err != nil {
		return sim, err
	}
	in := q.Inputs
	if err := in.check(); err != nil {
		return sim, err
	}
	if in.Seed == 0 {
		in.Seed = 1 + rand.Int64N(seedMax-1)
	}
	result, err := s.calculate(ctx, in, calendar.DateOf(s.db.Now()))
	if err != nil {
		return sim, err
	}
	title := strings.TrimSpace(q.Title)
	if title == "" {
		title = "每年 " + in.AnnualLending.Text()
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		no, err := number.Next(tx, numberPrefix)
		if err != nil {
			return err
		}
		sim = Simulation{
			ID: id, Number: no, Title: title, Inputs: in, Result: result, Seed: in.Seed, Paths: in.Paths, RuinPercent: result.Ruin,
			MadeBy: actor.UserID, MakerName: actor.Name, OrgName: actor.OrgName, CreatedAt: tx.Now(),
		}
		v, err := policy.InForce(tx, calendar.DateOf(tx.Now()))
		switch {
		case err == nil:
			sim.PolicyID = &v.ID
		case !fault.Has(err, "policy_missing"):
			return err
		}
		if err := insert(tx, sim); err != nil {
			return err
		}
		return audit.Record(tx, actor, "simulation.run", subject, sim.ID, map[string]any{"title": title, "seed": in.Seed, "ruin": result.Ruin})
	})
	return sim, err
}

func (s *Service) calculate(ctx context.Context, in Inputs, from calendar.Date) (Result, error) {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
		return estimate(ctx, in, from)
	default:
		return Result{}, errBusy
	}
}
