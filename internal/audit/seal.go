package audit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"ippledge/internal/platform/postgres"
)

// sealBatch bounds one sealing transaction.
const sealBatch = 2000

// Seal chains what has been recorded since the last time and tells how many entries
// that were. The serving process calls it every second; verify calls it first.
func Seal(ctx context.Context, db *postgres.DB) (sealed int, err error) {
	for {
		n := 0
		err := db.InTx(ctx, func(tx postgres.Tx) error {
			n, err = sealSome(tx)
			return err
		})
		sealed += n
		if err != nil || n < sealBatch {
			return sealed, err
		}
	}
}

// Report is what Verify found.
type Report struct {
	OK      bool   `json:"ok"`
	Sealed  int64  `json:"sealed" doc:"已串链的条数"`
	Pending int64  `json:"pending" doc:"尚未串链的条数（应在一两秒内归零）"`
	BreakAt int64  `json:"break_at,omitempty" doc:"第一处断裂的序号"`
	Problem string `json:"problem,omitempty"`
	Head    string `json:"head" doc:"链尾的哈希"`
}

// Verify recomputes the chain and names the first break.
func Verify(ctx context.Context, db *postgres.DB) (report Report, err error) {
	err = db.Read(ctx, func(tx postgres.Tx) error {
		report, err = verify(tx)
		return err
	})
	return report, err
}

// link hashes an entry onto the chain. Times are written to the microsecond in UTC, as
// the database keeps them, and the detail in the database's own canonical form.
func link(prev string, seq int64, r entryRow) (string, error) {
	content, err := json.Marshal([]any{
		seq, r.ID, r.At.UTC().Format(time.RFC3339Nano), r.UserID, r.UserName, r.OrgID, r.OrgName, r.Action,
		r.ObjectKind, r.ObjectID, r.Detail, r.Address, r.RequestID, r.Result,
	})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(append([]byte(prev+"\n"), content...))
	return hex.EncodeToString(sum[:]), nil
}

func broken(seq int64, format string, args ...any) Report {
	return Report{BreakAt: seq, Problem: fmt.Sprintf(format, args...)}
}
