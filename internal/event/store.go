package event

import (
	"database/sql"
	"fmt"
	"sync"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"

	"ippledge/internal/platform/postgres"
)

// inserter only inserts into transactions it is handed, so it needs no pool.
var inserter = sync.OnceValues(func() (*river.Client[*sql.Tx], error) {
	return river.NewClient(riverdatabasesql.New(nil), &river.Config{})
})

func enqueue(tx postgres.Tx, args river.JobArgs) error {
	client, err := inserter()
	if err != nil {
		return fmt.Errorf("event: %w", err)
	}
	pool, ok := tx.Gorm().Statement.ConnPool.(*sql.Tx)
	if !ok {
		return fmt.Errorf("event: the transaction is a %T, not a *sql.Tx", tx.Gorm().Statement.ConnPool)
	}
	_, err = client.InsertTx(tx.Context(), pool, args, nil)
	return err
}
