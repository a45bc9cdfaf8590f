// Command ledgerbench measures how many entries a second the ledger posts over HTTP, side
// by side with the same rows written by bare SQL and with the fastest the disk commits at
// all. It starts its own PostgreSQL with full durability and serves the API in process;
// the load runs in process too, so both share the machine with the database.
//
// Compare within one run only: the last line has the ratios.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"time"

	"ippledge/internal/config"
	"ippledge/internal/platform/embeddedpg"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "ledgerbench:", err)
		os.Exit(1)
	}
}

// kind is one thing that is measured.
type kind struct {
	name, text string
	run        func(ctx context.Context, clients int, round time.Duration) (result, error)
}

func run() error {
	seconds := flag.Duration("round", 4*time.Second, "length of one round")
	rounds := flag.Int("rounds", 3, "rounds at 32 clients; the median counts. Other numbers of clients take one")
	clients := flag.Int("clients", 0, "measure only with this many clients")
	only := flag.String("only", "", "measure only this kind: floor, hot, spread, bare_hot, bare_spread")
	protocol := flag.String("protocol", "simple", "in which pgbench speaks to the server: simple, which is its default, extended or prepared")
	profile := flag.String("cpuprofile", "", "write a CPU profile here")
	flag.Parse()
	config.SpareTheCollector() // as the server does
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "ledgerbench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil { // the server's own user passes through it
		return err
	}
	server, err := embeddedpg.Start(ctx, embeddedpg.Options{DataDir: filepath.Join(dir, "pg"), Log: os.Stderr, Settings: map[string]string{
		"max_connections": "200", "shared_buffers": "256MB", "max_wal_size": "4GB",
	}})
	if err != nil {
		return err
	}
	defer func() { _ = server.Stop(context.Background()) }()
	w := &world{url: server.URL("postgres"), postmaster: server.PID(), pgbench: findPgbench(), protocol: *protocol}
	if err := w.build(ctx); err != nil {
		return err
	}
	defer w.close()
	if *profile != "" {
		f, err := os.Create(*profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	steps := []int{1, 8, 32, 64}
	if *clients > 0 {
		steps = []int{*clients}
	}
	return measure(ctx, w, steps, *seconds, *rounds, *only)
}

func measure(ctx context.Context, w *world, steps []int, round time.Duration, rounds int, only string) error {
	kinds := []kind{
		{"floor", "一行一提交", w.floor},
		{"hot", "接口，每笔都动同一科目", w.hot},
		{"spread", "接口，分散在 10,000 个科目", w.spread},
		{"bare_hot", "裸 SQL 逐句，同一科目", w.bareHot},
		{"bare_spread", "裸 SQL 逐句，分散", w.bareSpread},
	}
	fmt.Println("对照：" + w.comparison())
	fmt.Printf("%-12s %8s %12s %10s %10s %14s  %s\n", "测什么", "并发", "每秒", "p50", "p99", "CPU 微秒/笔", "说明")
	at32 := map[string]float64{}
	for _, clients := range steps {
		times := 1
		if clients == 32 {
			times = rounds
		}
		rates := map[string][]result{}
		for range times { // interleaved, so that a busy minute hits all alike
			for _, k := range kinds {
				if only != "" && only != k.name {
					continue
				}
				r, err := w.round(ctx, k, clients, round)
				if err != nil {
					return fmt.Errorf("%s, %d clients: %w", k.name, clients, err)
				}
				rates[k.name] = append(rates[k.name], r)
			}
		}
		for _, k := range kinds {
			if r := rates[k.name]; len(r) > 0 {
				slices.SortFunc(r, func(a, b result) int { return int(a.rate - b.rate) })
				m := r[len(r)/2]
				spread := ""
				if len(r) > 1 {
					spread = fmt.Sprintf("（%.0f–%.0f）", r[0].rate, r[len(r)-1].rate)
				}
				fmt.Printf("%-12s %8d %12.0f %10s %10s %14s  %s%s\n", k.name, clients, m.rate, m.p50, m.p99, m.cpu(), k.text, spread)
				if clients == 32 {
					at32[k.name] = m.rate
				}
			}
		}
	}
	if err := w.verify(ctx); err != nil {
		return err
	}
	return summary(at32)
}

func summary(r map[string]float64) error {
	ratio := func(a, b float64) float64 {
		if b == 0 {
			return 0
		}
		return float64(int(a/b*100+0.5)) / 100
	}
	line, err := json.Marshal(struct {
		Clients     int     `json:"clients"`
		Floor       int     `json:"commit_floor_per_s"`
		Hot         int     `json:"hot_per_s"`
		HotFloor    float64 `json:"hot_vs_floor"`
		Spread      int     `json:"spread_per_s"`
		Bare        int     `json:"bare_spread_per_s"`
		SpreadBare  float64 `json:"spread_vs_bare"`
		BareHot     int     `json:"bare_hot_per_s"`
		HotBareHot  float64 `json:"hot_vs_bare_hot"`
		SpreadFloor float64 `json:"spread_vs_floor"`
	}{
		32, int(r["floor"]), int(r["hot"]), ratio(r["hot"], r["floor"]), int(r["spread"]), int(r["bare_spread"]), ratio(r["spread"], r["bare_spread"]),
		int(r["bare_hot"]), ratio(r["hot"], r["bare_hot"]), ratio(r["spread"], r["floor"]),
	})
	fmt.Println(string(line))
	return err
}

type result struct {
	rate         float64
	p50, p99     time.Duration
	calls        int
	ours, theirs time.Duration // processor time of the round, warm-up included
}

// cpu is the processor time of one call: of our process (server and load) + of PostgreSQL.
func (r result) cpu() string {
	n := max(r.calls, 1)
	return fmt.Sprintf("%d + %d", r.ours.Microseconds()/int64(n), r.theirs.Microseconds()/int64(n))
}

func (w *world) round(ctx context.Context, k kind, clients int, length time.Duration) (result, error) {
	ours, theirs := used(w.postmaster)
	r, err := k.run(ctx, clients, length)
	ours2, theirs2 := used(w.postmaster)
	r.ours, r.theirs = r.ours+ours2-ours, r.theirs+theirs2-theirs
	return r, err
}

// call is what one client does again and again.
type call func(context.Context) error

// runRound lets the clients work for the round, after a short warm-up that doesn't count.
func runRound(ctx context.Context, calls []call, round time.Duration) (r result, err error) {
	begin := time.Now().Add(round / 8)
	stop := begin.Add(round)
	type tally struct {
		took  []time.Duration
		calls int
		err   error
	}
	tallies := make(chan tally, len(calls))
	for _, c := range calls {
		go func() {
			var t tally
			for t.err == nil {
				start := time.Now()
				if !start.Before(stop) {
					break
				}
				t.err = c(ctx)
				t.calls++
				if now := time.Now(); start.After(begin) && now.Before(stop) {
					t.took = append(t.took, now.Sub(start))
				}
			}
			tallies <- t
		}()
	}
	var all []time.Duration
	total := 0
	for range calls {
		t := <-tallies
		total += t.calls
		err = errors.Join(err, t.err)
		all = append(all, t.took...)
	}
	if err != nil {
		return r, err
	}
	return resultOf(all, total, round)
}

// resultOf are the figures of calls that took so long each within the round.
func resultOf(took []time.Duration, calls int, round time.Duration) (result, error) {
	if len(took) == 0 {
		return result{}, errors.New("nothing measured")
	}
	slices.Sort(took)
	at := func(share float64) time.Duration {
		return took[int(share*float64(len(took)-1))].Round(10 * time.Microsecond)
	}
	return result{rate: float64(len(took)) / round.Seconds(), p50: at(0.5), p99: at(0.99), calls: calls}, nil
}
