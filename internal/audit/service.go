package audit

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// Service lets the audit administrator read the trail. Nobody can change it through here
// or otherwise.
type Service struct{ db *postgres.DB }

// NewService makes the service.
func NewService(db *postgres.DB) *Service { return &Service{db} }

// View is one entry as the audit administrator sees it.
type View struct {
	ID         uuid.UUID       `json:"id"`
	Seq        int64           `json:"seq" doc:"链上的序号，0 表示尚未串链"`
	At         time.Time       `json:"at"`
	UserName   string          `json:"user_name"`
	OrgName    string          `json:"org_name"`
	Action     string          `json:"action"`
	Text       string          `json:"text" doc:"动作的中文名称"`
	ObjectKind string          `json:"object_kind"`
	ObjectID   string          `json:"object_id"`
	Detail     json.RawMessage `json:"detail"`
	Address    string          `json:"address"`
	RequestID  string          `json:"request_id"`
	Result     string          `json:"result" enum:"ok,refused"`
	Hash       string          `json:"hash" doc:"链上的哈希"`
}

// Word is an action with its Chinese name, for the filter.
type Word struct {
	Action string `json:"action"`
	Text   string `json:"text"`
}

// filter narrows the list; the zero value of each member leaves it open.
type filter struct {
	Action, ObjectKind, ObjectID, Result string
	From, To                             calendar.Date
}

// trail lists entries, without those still sealed: not even the auditor may learn from
// here what is in a bid before its window closes.
func (s *Service) trail(ctx context.Context, r page.Request, f filter) (out page.List[View], err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := list(tx, r, f)
		out = page.ListOf(rows, listRow.view)
		return err
	})
	return out, err
}

// check seals what is left and recomputes the whole chain; that it was done is itself on
// record.
func (s *Service) check(ctx context.Context, actor authz.Actor) (report Report, err error) {
	if _, err := Seal(ctx, s.db); err != nil {
		return report, err
	}
	if report, err = Verify(ctx, s.db); err != nil {
		return report, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		return Write(tx, actor, Entry{Action: "audit.verify", ObjectKind: "audit", ObjectID: "chain",
			Detail: map[string]any{"ok": report.OK, "sealed": report.Sealed, "head": report.Head}})
	})
	return report, err
}

var _ = Name(map[string]string{"audit.verify": "校验审计链", "audit.export": "导出审计日志"})
