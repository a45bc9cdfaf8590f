package notify

import (
	"fmt"

	"github.com/google/uuid"

	"ippledge/internal/platform/postgres"
)

// numbered are the tables whose rows have a business number; a fund goes by its name.
var numbered = map[string]string{
	"organization": "number", "policy_version": "number", "ip_asset": "number", "valuation_order": "number", "financing_need": "number",
	"bid": "number", "pledge": "number", "loan": "number", "enrolment": "number", "fund": "name", "claim": "number", "recovery": "number",
	"subsidy_call": "number", "subsidy_application": "number", "subsidy_batch": "number",
}

// numberOf is the business number that a message names its subject by.
func numberOf(tx postgres.Tx, table string, id uuid.UUID) (number string, err error) {
	column, ok := numbered[table]
	if !ok {
		return "", fmt.Errorf("notify: %s has no number", table)
	}
	err = tx.Gorm().Table(table).Select("coalesce(max("+column+"), '')").Where("id = ?", id).Row().Scan(&number)
	return number, err
}
