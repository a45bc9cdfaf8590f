package fund

import (
	"ippledge/internal/ledger"
	"ippledge/internal/platform/postgres"
)

// Entries tells the ledger which entries the fund's movements of money and its enrolments
// stand behind. It implements ledger.References. Interest that a machine posts through the
// ledger's own interface has no movement; the ledger knows those entries and passes them over.
type Entries struct{}

// Kinds are the kinds of entries this package posts. Contributions are posted by package
// subsidy too, for its own book.
func (Entries) Kinds() []string {
	return []string{
		string(Contribution), string(Interest), string(ReturnCapital), string(ManagementFee), "enrol", "exposure_down",
	}
}

// References lists what must stand in the books: one entry per posted movement, one per
// enrolment, and one per fall of an enrolment's exposure as the audit trail tells it.
func (Entries) References(tx postgres.Tx) ([]ledger.Reference, error) { return references(tx) }
