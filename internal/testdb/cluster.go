package testdb

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"ippledge/internal/platform/embeddedpg"
)

// server is where this process makes its databases.
type server struct {
	url      func(database string) string
	admin    *sql.DB // the database postgres, as a superuser
	template string
	touch    string // the file that tells the watchdog of use; empty when there is none
}

// idle is how long the shared server outlives the last test.
const idle = 30 * time.Minute

// theServer connects, and makes the template, once in a process.
var theServer = sync.OnceValues(func() (*server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	s, err := connect(ctx)
	if err != nil {
		return nil, fmt.Errorf("testdb: %w", err)
	}
	if err := s.prepareTemplate(ctx); err != nil {
		return nil, fmt.Errorf("testdb: template: %w", err)
	}
	if err := s.dropForgotten(ctx); err != nil {
		return nil, fmt.Errorf("testdb: %w", err)
	}
	return s, nil
})

func connect(ctx context.Context) (*server, error) {
	s := &server{}
	if given := os.Getenv("TEST_DATABASE_URL"); given != "" {
		if _, err := url.Parse(strings.ReplaceAll(given, "%s", "postgres")); err != nil {
			return nil, fmt.Errorf("TEST_DATABASE_URL: %w", err)
		}
		s.url = func(database string) string { return withDatabase(given, database) }
	} else if err := s.startShared(ctx); err != nil {
		return nil, err
	}
	admin, err := sql.Open("pgx", s.url("postgres"))
	if err != nil {
		return nil, err
	}
	admin.SetMaxOpenConns(2)
	s.admin = admin
	return s, admin.PingContext(ctx)
}

// withDatabase puts the name where the address has %s, or else in place of its database.
func withDatabase(address, name string) string {
	if strings.Contains(address, "%s") {
		return strings.ReplaceAll(address, "%s", name)
	}
	u, err := url.Parse(address)
	if err != nil {
		return address // connect refused it
	}
	u.Path = "/" + name
	return u.String()
}

// startShared starts the server that all test processes of this user share, or finds it.
// Nobody stops it: a watchdog does when no test ran for a while, and the first start after
// that begins with an empty cluster.
func (s *server) startShared(ctx context.Context) error {
	dir := filepath.Join(embeddedpg.ThrowAwayFolder(), fmt.Sprintf("ippledge-testpg-%d", os.Getuid()))
	pg, err := embeddedpg.Start(ctx, embeddedpg.ThrowAway(dir))
	if err != nil {
		return err
	}
	s.url, s.touch = pg.URL, filepath.Join(dir, "last-use")
	if err := os.WriteFile(s.touch, nil, 0o600); err != nil {
		return err
	}
	if !pg.Started() {
		return nil
	}
	return pg.StopWhenIdle(s.touch, idle)
}
