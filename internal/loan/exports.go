package loan

import (
	"github.com/google/uuid"

	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// Find reads a loan; loan_not_found when there is none.
func Find(tx postgres.Tx, id uuid.UUID) (Loan, error) { return find(tx, id) }

// Lock is Find with the row locked for the rest of the transaction.
func Lock(tx postgres.Tx, id uuid.UUID) (Loan, error) { return lock(tx, id) }

// Repayments lists what was paid on a loan, in the order of time.
func Repayments(tx postgres.Tx, id uuid.UUID) ([]Repayment, error) { return repaymentsOf(tx, id) }

// PaidPrincipal is the principal paid back so far.
func PaidPrincipal(tx postgres.Tx, id uuid.UUID) (money.Amount, error) { return paidPrincipal(tx, id) }
