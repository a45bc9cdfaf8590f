// Command ledgercrash kills the server process and PostgreSQL in the middle of posting,
// again and again, and proves after each time that the books are whole and that no entry
// was lost whose answer a client had received. Requests that got no answer are repeated
// under their key, and must stand exactly once.
//
//	ledgercrash [-times 20]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"ippledge/internal/platform/embeddedpg"
)

func main() {
	times := flag.Int("times", 20, "how often to kill")
	serveURL := flag.String("serve", "", "run the server over this database; the command starts itself so")
	flag.Parse()
	err := error(nil)
	if *serveURL != "" {
		err = serve(*serveURL)
	} else {
		err = run(*times)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "ledgercrash:", err)
		os.Exit(1)
	}
}

func run(times int) error {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "ledgercrash-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil { // the server's own user passes through it
		return err
	}
	pg, err := startPG(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { _ = pg.Stop(context.Background()) }()
	book, err := furnish(ctx, pg.URL("postgres"))
	if err != nil {
		return err
	}
	l := newLoad(book)
	clean := 0
	for n := range times {
		victim := []string{"server", "postgres"}[n%2]
		if pg, err = once(ctx, dir, pg, l, victim); err != nil {
			return fmt.Errorf("kill %d (%s): %w", n+1, victim, err)
		}
		lost, err := l.check(ctx, pg.URL("postgres"))
		if err != nil {
			return fmt.Errorf("after kill %d (%s): %w", n+1, victim, err)
		}
		if lost == 0 {
			clean++
		}
		fmt.Printf("%2d 杀死 %-8s 已确认 %d，丢失 %d，账簿完好\n", n+1, victim, len(l.acknowledged), lost)
	}
	lost, err := l.check(ctx, pg.URL("postgres"))
	if err != nil {
		return err
	}
	fmt.Printf("crash: %d of %d clean, %d acknowledged, %d lost\n", clean, times, len(l.acknowledged), lost)
	if clean != times || lost != 0 {
		return errors.New("not clean")
	}
	return nil
}

func startPG(ctx context.Context, dir string) (*embeddedpg.Server, error) {
	return embeddedpg.Start(ctx, embeddedpg.Options{DataDir: filepath.Join(dir, "pg"), Settings: map[string]string{
		"max_connections": "100", "shared_buffers": "128MB",
	}})
}

// once lets clients post, kills the victim in the middle, and brings everything back.
func once(ctx context.Context, dir string, pg *embeddedpg.Server, l *load, victim string) (*embeddedpg.Server, error) {
	server, err := startServer(pg.URL("postgres"))
	if err != nil {
		return pg, err
	}
	l.start(server.address)
	time.Sleep(time.Duration(300+rand.IntN(500)) * time.Millisecond)
	if victim == "postgres" {
		if err := syscall.Kill(pg.PID(), syscall.SIGKILL); err != nil {
			return pg, err
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err := server.kill(); err != nil {
		return pg, err
	}
	if err := l.wait(); err != nil {
		return pg, err
	}
	if victim == "postgres" {
		if pg, err = startPG(ctx, dir); err != nil {
			return pg, err
		}
	}
	// What got no answer is sent again under its key, to a fresh server.
	again, err := startServer(pg.URL("postgres"))
	if err != nil {
		return pg, err
	}
	return pg, errors.Join(l.repeat(again.address), again.kill())
}
