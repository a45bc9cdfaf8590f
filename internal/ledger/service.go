package ledger

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/todo"
)

// Service is what people and machines do with the ledger. Other packages call Post and
// the other functions that take a Tx, and need no Service.
type Service struct {
	db         *postgres.DB
	approvals  *approval.Service
	gatherer   *gatherer
	references []References
}

// NewService makes the service. Close it when the process ends, so that gathered entries
// that still wait are answered.
func NewService(db *postgres.DB, approvals *approval.Service) *Service {
	return &Service{db: db, approvals: approvals, gatherer: newGatherer(db)}
}

// Refer adds those who know which entries the business expects; Verify asks them.
func (s *Service) Refer(references ...References) { s.references = append(s.references, references...) }

// Close waits for what is being posted and refuses what comes after.
func (s *Service) Close() { s.gatherer.close() }

// The steps that take two people.
const (
	kindReverse     = "ledger.reverse"
	kindAdjust      = "ledger.adjust"
	kindClosePeriod = "ledger.close_period"
	kindCloseYear   = "ledger.close_year"
	kindMatch       = "ledger.match"
	kindExplain     = "ledger.explain"
)

// Subjects of proposals and audit entries.
const (
	subjectBook       = "ledger_book"
	subjectEntry      = "ledger_entry"
	subjectAdjustment = "ledger_adjustment"
)

var _ = audit.Name(map[string]string{
	"ledger.reverse": "冲正分录", "ledger.adjust": "手工调整", "ledger.close_period": "月度结账", "ledger.close_year": "年终结转",
	"ledger.open_account": "开立科目", "ledger.import_statement": "导入银行对账单", "ledger.match": "对账勾对", "ledger.explain": "说明未达账项",
	"ledger.verify": "校验账簿", "ledger.keep_mapping": "保存对账单列对应",
})

// Kinds are the two-person steps, for approval.Handle.
func (s *Service) Kinds() []approval.Kind {
	bookLink := func(id uuid.UUID) string { return "/console/ledger/" + id.String() }
	return []approval.Kind{
		{
			Name: kindReverse, Text: "分录冲正", SubjectKind: subjectEntry, Check: authz.LedgerCheck,
			Subject: lockEntry, Apply: applyReverse,
			Link: func(id uuid.UUID) string { return "/console/ledger/entries/" + id.String() },
		},
		{Name: kindAdjust, Text: "手工调整分录", SubjectKind: subjectAdjustment, Check: authz.LedgerCheck, Subject: unversioned, Apply: applyAdjust},
		{Name: kindClosePeriod, Text: "月度结账", SubjectKind: subjectBook, Check: authz.LedgerCheck, Subject: lockBookRow, Apply: applyClosePeriod, Link: bookLink},
		{Name: kindCloseYear, Text: "年终结转", SubjectKind: subjectBook, Check: authz.LedgerCheck, Subject: lockBookRow, Apply: applyCloseYear, Link: bookLink},
		{Name: kindMatch, Text: "对账人工勾对", SubjectKind: subjectMatch, Check: authz.LedgerCheck, Subject: unversioned, Apply: applyMatch},
		{Name: kindExplain, Text: "未达账项说明", SubjectKind: subjectMatch, Check: authz.LedgerCheck, Subject: unversioned, Apply: applyExplain},
	}
}

// unversioned is the subject of a proposal that holds all it says in its payload: there
// is no row that could change before the signature.
func unversioned(postgres.Tx, uuid.UUID) (int64, error) { return 1, nil }

// lockBookRow locks a book. Entries that others post in between don't void a proposal to
// close it: Apply checks the book as it then is.
func lockBookRow(tx postgres.Tx, id uuid.UUID) (int64, error) {
	_, err := lockHead(tx, id, nil)
	return 1, err
}

func lockEntry(tx postgres.Tx, id uuid.UUID) (int64, error) {
	r, err := entryByID(tx, id)
	if err != nil {
		return 0, err
	}
	return lockBookRow(tx, r.BookID)
}

// Todo tells the treasurer what the books wait for: months that may be closed.
func (s *Service) Todo(tx postgres.Tx, actor authz.Actor) ([]todo.Item, error) {
	if !actor.Can(authz.LedgerAdjust) {
		return nil, nil
	}
	return openMonths(tx)
}

// propose records a two-person step with its audit entry and returns what now waits.
func (s *Service) propose(ctx context.Context, actor authz.Actor, subjectKind string, draft func(tx postgres.Tx) (approval.Draft, error)) (pending *approval.PendingView, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		d, err := draft(tx)
		if err != nil {
			return err
		}
		if _, err := s.approvals.Propose(tx, actor, d); err != nil {
			return err
		}
		if err := audit.Record(tx, actor, d.Kind, subjectKind, d.SubjectID, d.Payload); err != nil {
			return err
		}
		pending, err = s.approvals.PendingOn(tx, actor, subjectKind, d.SubjectID)
		return err
	})
	return pending, err
}
