package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"ippledge/internal/approval"
	"ippledge/internal/calendar"
	"ippledge/internal/httpapi"
	"ippledge/internal/ledger"
	"ippledge/internal/platform/postgres"
)

const (
	accounts = 50
	clients  = 16
)

func account(i int) string { return fmt.Sprintf("memo:a:%d", i) }

// load is what clients sent and what they were told.
type load struct {
	book         ledger.Book
	mu           sync.Mutex
	next         int
	acknowledged map[string]ledger.Posted // by key
	unanswered   map[string][]byte        // bodies by key
	working      sync.WaitGroup
	failed       error
}

func newLoad(book ledger.Book) *load {
	return &load{book: book, acknowledged: map[string]ledger.Posted{}, unanswered: map[string][]byte{}}
}

// start lets the clients post until the server is gone.
func (l *load) start(address string) {
	for range clients {
		l.working.Add(1)
		go func() {
			defer l.working.Done()
			client := &http.Client{Transport: &http.Transport{}, Timeout: 10 * time.Second}
			defer client.CloseIdleConnections()
			for l.one(client, address) {
			}
		}()
	}
}

func (l *load) wait() error { l.working.Wait(); return l.failed }

// one posts an entry and tells whether the server still answers.
func (l *load) one(client *http.Client, address string) bool {
	l.mu.Lock()
	l.next++
	key := fmt.Sprintf("k%d", l.next)
	l.mu.Unlock()
	body := []byte(fmt.Sprintf(`{"kind":"memo","reference":"%s","effective_on":"%s","postings":[{"source":"memo:source","destination":"%s","amount":"%d.01"}]}`,
		key, calendar.DateOf(time.Now()), account(rand.IntN(accounts)), rand.IntN(1000)))
	return l.send(client, address, key, body)
}

func (l *load) send(client *http.Client, address, key string, body []byte) bool {
	posted, status, err := request(client, address, l.book, key, body)
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case err == nil && status == http.StatusCreated:
		l.acknowledged[key] = posted
		delete(l.unanswered, key)
		return true
	case err == nil && status < 500:
		l.failed = errors.Join(l.failed, fmt.Errorf("%s was refused with %d", key, status))
		return false
	default: // no answer, or that of a server whose database died: it may stand or not
		l.unanswered[key] = body
		return false
	}
}

func request(client *http.Client, address string, book ledger.Book, key string, body []byte) (posted ledger.Posted, status int, err error) {
	r, err := http.NewRequest(http.MethodPost, "http://"+address+httpapi.Prefix+"/ledger/books/"+book.ID.String()+"/entries", bytes.NewReader(body))
	if err != nil {
		return posted, 0, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", key)
	answer, err := client.Do(r)
	if err != nil {
		return posted, 0, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return posted, 0, err
	}
	if answer.StatusCode == http.StatusCreated {
		err = json.Unmarshal(text, &posted)
	}
	return posted, answer.StatusCode, err
}

// repeat sends what got no answer again.
func (l *load) repeat(address string) error {
	client := &http.Client{Transport: &http.Transport{}, Timeout: 30 * time.Second}
	defer client.CloseIdleConnections()
	pending := map[string][]byte{}
	for key, body := range l.unanswered {
		pending[key] = body
	}
	for key, body := range pending {
		if !l.send(client, address, key, body) || l.failed != nil {
			return errors.Join(l.failed, fmt.Errorf("%s got no answer again", key))
		}
	}
	if len(l.unanswered) > 0 {
		return fmt.Errorf("%d requests were refused by the new server", len(l.unanswered))
	}
	return nil
}

// check verifies the books and looks for every acknowledged entry.
func (l *load) check(ctx context.Context, url string) (lost int, err error) {
	db, err := postgres.Open(ctx, url, postgres.Options{})
	if err != nil {
		return 0, err
	}
	defer db.Close()
	service := ledger.NewService(db, approval.NewService(db))
	defer service.Close()
	report, err := service.Verify(ctx)
	if err != nil {
		return 0, err
	}
	if !report.OK {
		return 0, errors.New(report.String())
	}
	stands, err := standing(ctx, db.SQL())
	if err != nil {
		return 0, err
	}
	for key, posted := range l.acknowledged {
		if stands[key] != fmt.Sprint(posted.Seq, posted.Hash) {
			lost++
		}
	}
	if len(stands) != len(l.acknowledged) {
		return lost, fmt.Errorf("%d entries stand, %d were acknowledged", len(stands), len(l.acknowledged))
	}
	return lost, nil
}

func standing(ctx context.Context, pool *sql.DB) (map[string]string, error) {
	rows, err := pool.QueryContext(ctx, `select reference, seq, hash from ledger_entry`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[string]string{}
	for rows.Next() {
		var reference, hash string
		var seq int64
		if err := rows.Scan(&reference, &seq, &hash); err != nil {
			return nil, err
		}
		found[reference] = fmt.Sprint(seq, hash)
	}
	return found, rows.Err()
}
