package fund

import (
	"encoding/json"
	"fmt"

	"ippledge/internal/platform/postgres"
	"ippledge/seeds"
)

// LoadReference opens the city's own fund by seeds/reference/fund.json; call it after
// policy.LoadReference, which brings the areas. It may run at every start.
func LoadReference(tx postgres.Tx) error {
	var file struct {
		Name        string
		CustodyBank string `json:"custody_bank"`
	}
	text, err := seeds.Reference.ReadFile("reference/fund.json")
	if err == nil {
		err = json.Unmarshal(text, &file)
	}
	if err != nil {
		return fmt.Errorf("seeds/reference/fund.json: %w", err)
	}
	_, err = Install(tx, file.Name, file.CustodyBank)
	return err
}
