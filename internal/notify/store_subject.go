package notify

import (
	"fmt"
	"slices"

	"github.com/google/uuid"

	"ippledge/internal/platform/postgres"
)

// numbered are the tables whose rows have a business number.
var numbered = []string{
	"organization", "ip_asset", "valuation_order", "financing_need", "bid", "pledge", "loan", "enrolment", "claim",
}

// numberOf is the business number that a message names its subject by.
func numberOf(tx postgres.Tx, table string, id uuid.UUID) (number string, err error) {
	if !slices.Contains(numbered, table) {
		return "", fmt.Errorf("notify: %s has no number", table)
	}
	err = tx.Gorm().Table(table).Select("coalesce(max(number), '')").Where("id = ?", id).Row().Scan(&number)
	return number, err
}
