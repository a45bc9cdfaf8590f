package simulator

import (
	"context"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

// outcome is what all futures of one set of inputs have in common, still as numbers.
type outcome struct {
	paths    int
	ruin     float64     // share of futures in which the fund could not pay what it owed
	fan      [][]float64 // percentiles of the balance, per quarter, in the order of levels
	years    []yearOutcome
	capital  [2]float64 // needed against losses, in 95 and 99 of 100 futures
	leverage float64    // needed so that, losses borne, the leverage allows what is wanted in 90 of 100 futures
	defaults float64    // mean number of defaults
}

type yearOutcome struct {
	wanted, lent, lentLow, reached, paid, paidHigh float64
}

// levels are the percentiles of the fan.
var levels = []float64{0.05, 0.25, 0.5, 0.75, 0.95}

// reachedFrom is the share of a year's target from which it counts as reached: whole loans
// make the year's sum uneven by a loan or two.
const reachedFrom = 0.95

// simulate lives the futures twice: as the fund's means and rules allow, and without
// limits, to see what capital it would take. It stops when ctx ends.
func simulate(ctx context.Context, in Inputs) (outcome, error) {
	limited, err := live(ctx, newModel(in), in)
	if err != nil {
		return outcome{}, err
	}
	free := newModel(in)
	free.unlimited = true
	unlimited, err := live(ctx, free, in)
	if err != nil {
		return outcome{}, err
	}
	out := limited.outcome(newModel(in))
	slices.Sort(unlimited.need)
	out.capital = [2]float64{percentile(unlimited.need, 0.95), percentile(unlimited.need, 0.99)}
	slices.Sort(unlimited.support)
	out.leverage = percentile(unlimited.support, 0.9)
	return out, nil
}

// futures are the figures of every path; a path's place is its number, whichever worker
// lived it, so that the result does not hang on scheduling.
type futures struct {
	balance    [][]float64 // per quarter
	lent, paid [][]float64 // per year
	need       []float64
	support    []float64
	ruined     []bool
	defaults   []int
}

func newFutures(m model, paths int) *futures {
	rows := func(n int) [][]float64 {
		out := make([][]float64, n)
		for i := range out {
			out[i] = make([]float64, paths)
		}
		return out
	}
	years := m.steps / quarters
	return &futures{
		rows(m.steps + 1), rows(years), rows(years), make([]float64, paths), make([]float64, paths), make([]bool, paths), make([]int, paths),
	}
}

func live(ctx context.Context, m model, in Inputs) (*futures, error) {
	f := newFutures(m, in.Paths)
	workers := min(runtime.GOMAXPROCS(0), 8)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			source := rand.NewPCG(0, 0)
			r, t := rand.New(source), newTrack(m)
			for p := w; p < in.Paths && ctx.Err() == nil; p += workers {
				source.Seed(uint64(in.Seed), uint64(p))
				m.run(r, t)
				f.note(p, t)
			}
		})
	}
	group.Wait()
	return f, ctx.Err()
}

func (f *futures) note(p int, t *track) {
	for q, b := range t.balance {
		f.balance[q][p] = b
	}
	for q := range t.lent {
		f.lent[q/quarters][p] += t.lent[q]
		f.paid[q/quarters][p] += t.paid[q]
	}
	f.need[p], f.support[p], f.ruined[p], f.defaults[p] = t.need, t.support, t.ruined, t.defaults
}

func (f *futures) outcome(m model) outcome {
	out := outcome{paths: len(f.ruined)}
	for p, ruined := range f.ruined {
		if ruined {
			out.ruin++
		}
		out.defaults += float64(f.defaults[p])
	}
	out.ruin /= float64(out.paths)
	out.defaults /= float64(out.paths)
	for _, row := range f.balance {
		slices.Sort(row)
		points := make([]float64, len(levels))
		for i, level := range levels {
			points[i] = percentile(row, level)
		}
		out.fan = append(out.fan, points)
	}
	for y := range f.lent {
		wanted := 0.0
		for q := y * quarters; q < (y+1)*quarters; q++ {
			wanted += m.lending[q]
		}
		out.years = append(out.years, yearOf(f.lent[y], f.paid[y], wanted))
	}
	return out
}

func yearOf(lent, paid []float64, wanted float64) yearOutcome {
	reached := 0
	for _, l := range lent {
		if l >= wanted*reachedFrom {
			reached++
		}
	}
	slices.Sort(lent)
	slices.Sort(paid)
	return yearOutcome{wanted, mean(lent), percentile(lent, 0.05), float64(reached) / float64(len(lent)), mean(paid), percentile(paid, 0.95)}
}

// percentile reads a sorted row.
func percentile(sorted []float64, level float64) float64 {
	return sorted[min(len(sorted)-1, int(level*float64(len(sorted))))]
}

func mean(row []float64) float64 {
	total := 0.0
	for _, v := range row {
		total += v
	}
	return total / float64(len(row))
}
