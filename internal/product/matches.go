package product

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/event"
	"ippledge/internal/financing"
	"ippledge/internal/platform/postgres"
)

// judged is a product with its verdict on one need.
type judged struct {
	product Product
	verdict Verdict
}

// judge compares products with one need: what fits comes first, the best score on top,
// then what fails the fewest conditions. Ties go by id, so that the order is the same
// for everybody.
func judge(products []Product, f Facts) []judged {
	out := make([]judged, len(products))
	for i, p := range products {
		out[i] = judged{p, Match(p, f)}
	}
	slices.SortFunc(out, func(a, b judged) int {
		if d := a.verdict.failures() - b.verdict.failures(); d != 0 {
			return d
		}
		if d := b.verdict.Score.Total() - a.verdict.Score.Total(); d != 0 {
			return d
		}
		return bytes.Compare(a.product.ID[:], b.product.ID[:])
	})
	return out
}

// matchesOf judges for one reader: the enterprise sees the whole shelf, a bank its own
// products only, in whatever state. Both must see the need itself.
func (s *Service) matchesOf(tx postgres.Tx, actor authz.Actor, needID uuid.UUID) ([]judged, Facts, error) {
	if err := financing.RequireVisible(tx, actor, needID); err != nil {
		return nil, Facts{}, err
	}
	f, err := factsOf(tx, needID)
	if err != nil {
		return nil, f, err
	}
	var products []Product
	if actor.OrgKind == authz.Bank {
		products, err = ofBank(tx, actor.OrgID)
	} else {
		products, err = published(tx)
	}
	return judge(products, f), f, err
}

// OnNeedOpened hears that a need opened: it keeps the verdict of every product on the
// shelf, and tells the banks whose products fit. A repeat overwrites and tells again.
func (s *Service) OnNeedOpened(tx postgres.Tx, payload json.RawMessage) error {
	var e struct {
		NeedID uuid.UUID `json:"need_id"`
	}
	if err := json.Unmarshal(payload, &e); err != nil {
		return err
	}
	f, err := factsOf(tx, e.NeedID)
	if err != nil {
		return err
	}
	products, err := published(tx)
	if err != nil {
		return err
	}
	told := map[uuid.UUID]bool{}
	for _, j := range judge(products, f) {
		if err := keep(tx, e.NeedID, j.product.ID, j.verdict); err != nil {
			return err
		}
		if !j.verdict.Fits() || told[j.product.BankID] {
			continue
		}
		told[j.product.BankID] = true
		err := event.Publish(tx, "need.matched", map[string]any{"need_id": e.NeedID, "bank_id": j.product.BankID, "product_id": j.product.ID})
		if err != nil {
			return err
		}
	}
	return nil
}
