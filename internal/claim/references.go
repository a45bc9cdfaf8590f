package claim

import (
	"ippledge/internal/ledger"
	"ippledge/internal/platform/postgres"
)

// Entries tells the ledger which entries claims and recoveries stand behind. It
// implements ledger.References.
type Entries struct{}

// Kinds are the kinds of entries this package posts, and nobody else does.
func (Entries) Kinds() []string {
	return []string{"approve_claim", "pay", "recover", "claw_back", "write_off"}
}

// References lists what must stand in the books: one entry per approval, payment,
// transfer, claw-back and write-off.
func (Entries) References(tx postgres.Tx) ([]ledger.Reference, error) { return references(tx) }
