package policy

import (
	"encoding/json"
	"fmt"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
	"ippledge/seeds"
)

// Target is one promise of the plan with its quotation word for word and what speaks
// against it (domain §7.2–7.3). Values stay text, as printed ("85%以上").
type Target struct {
	Code          string `json:"code"`
	Indicator     string `json:"indicator"`
	Quote         string `json:"quote"`
	Location      string `json:"location"`
	Scope         string `json:"scope"`
	Unit          string `json:"unit"`
	BaselineYear  *int   `json:"baseline_year"`
	BaselineValue string `json:"baseline_value"`
	BaselineNote  string `json:"baseline_note"`
	TargetYear    *int   `json:"target_year"`
	TargetValue   string `json:"target_value"`
	Aggregation   string `json:"aggregation"` // point, annual_avg, cumulative
	Caveat        string `json:"caveat"`
	Seq           int    `json:"seq"`
}

// Targets lists the plan's promises in their order.
func Targets(tx postgres.Tx) ([]Target, error) { return targets(tx) }

// LoadReference brings areas, LPR history, plan targets and the first policy version in
// from seeds/reference. It may run at every start: what is there already stays as it is,
// except that areas and targets follow their files.
func LoadReference(tx postgres.Tx) error {
	if err := loadAreas(tx); err != nil {
		return err
	}
	if err := loadLPR(tx); err != nil {
		return err
	}
	if err := loadTargets(tx); err != nil {
		return err
	}
	return loadPolicy(tx)
}

// read decodes one file of seeds/reference; a bad one is a fault of the program.
func read(name string, into any) error {
	text, err := seeds.Reference.ReadFile("reference/" + name)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		return fmt.Errorf("seeds/reference/%s: %w", name, err)
	}
	return nil
}

func loadAreas(tx postgres.Tx) error {
	var file struct{ Areas []org.Region }
	if err := read("areas.json", &file); err != nil {
		return err
	}
	return org.PutAreas(tx, file.Areas)
}

func loadLPR(tx postgres.Tx) error {
	var file struct{ Quotes []NewQuote }
	if err := read("lpr.json", &file); err != nil {
		return err
	}
	return insertKnownQuotes(tx, file.Quotes)
}

func loadTargets(tx postgres.Tx) error {
	var file struct{ Targets []Target }
	if err := read("targets.json", &file); err != nil {
		return err
	}
	return upsertTargets(tx, file.Targets)
}

// loadPolicy puts the default version in force from the date its file names, which lies
// in the past: it is the ground the first decisions stand on, not a change of policy.
func loadPolicy(tx postgres.Tx) error {
	var content Content
	if err := read("policy.json", &content); err != nil {
		return err
	}
	if err := content.Parameters.Check(); err != nil {
		return fmt.Errorf("seeds/reference/policy.json: %w", err)
	}
	if known, err := anyInForce(tx); known || err != nil {
		return err
	}
	v, err := newVersion(tx, content)
	if err != nil {
		return err
	}
	now := tx.Now()
	v.Status, v.ApprovedAt, v.MakerName, v.CheckerName = InEffect, &now, "系统初始化", "系统初始化"
	if err := insert(tx, v); err != nil {
		return err
	}
	return audit.Record(tx, authz.System, "policy.load", subjectKind, v.ID, map[string]any{"number": v.Number, "effective_from": v.EffectiveFrom})
}

// Default is the version of seeds/reference without an id, for tests and calculators.
func Default() (Parameters, calendar.Date, error) {
	var content Content
	err := read("policy.json", &content)
	return content.Parameters, content.EffectiveFrom, err
}
