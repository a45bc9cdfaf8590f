package ledger

import (
	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/platform/postgres"
)

const subjectMatch = "ledger_match"

func applyMatch(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error   { return nil }
func applyExplain(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error { return nil }
func unexplained(tx postgres.Tx, bookID uuid.UUID, last calendar.Date) (lines, postings int, err error) {
	return 0, 0, nil
}
