package valuation

import (
	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/casework"
	"ippledge/internal/document"
	"ippledge/internal/etag"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// Subject is the word for an order in documents and the audit trail.
const Subject = "valuation"

// Service takes orders and files reports.
type Service struct {
	db        *postgres.DB
	documents *document.Service
}

// NewService makes the service. A report's documents are seen by those who see the
// order; before it is filed, only by the firm and by who handed them in.
func NewService(db *postgres.DB, documents *document.Service) *Service {
	documents.Guard(Subject, func(tx postgres.Tx, actor authz.Actor, id uuid.UUID) error {
		if !actor.Can(authz.ValuationRead) {
			return errNotFound
		}
		r, err := findVisible(tx, actor, id)
		if err == nil && !r.opensTo(actor) {
			err = errNotFound
		}
		return err
	})
	return &Service{db, documents}
}

// opensTo tells whether the actor may see what the report says: the firm always,
// everybody else once it is filed.
func (o Order) opensTo(actor authz.Actor) bool { return o.Status == Filed || actor.ActsFor(o.FirmID) }

var _ = audit.Name(map[string]string{
	"valuation.order": "委托评估", "valuation.accept": "接受委托", "valuation.decline": "谢绝委托", "valuation.cancel": "取消委托",
	"valuation.write": "编制报告", "valuation.sign": "评估师签署", "valuation.countersign": "第二位评估师签署",
	"valuation.return": "退回修改", "valuation.file": "出具报告",
})

var errNeedsReason = fault.InField("reason", "reason_required", "请填写理由")

// lockFor locks an order for one of its two sides and checks the version that the actor
// was looking at. To strangers it does not exist; a person who acts for both sides of
// the same order is refused.
func lockFor(tx postgres.Tx, actor authz.Actor, id uuid.UUID, side func(Order) uuid.UUID) (Order, error) {
	o, err := lock(tx, id)
	if err != nil {
		return o, err
	}
	if !actor.ActsFor(side(o)) {
		return o, errNotFound
	}
	if err := etag.Check(tx.Context(), o.Version); err != nil {
		return o, err
	}
	return o, casework.Act(tx, actor, o.ID)
}

func client(o Order) uuid.UUID { return o.ClientID }
func firm(o Order) uuid.UUID   { return o.FirmID }

// finish saves the order, puts it on record and tells the rest of the program.
func finish(tx postgres.Tx, actor authz.Actor, o *Order, action string, detail map[string]any) error {
	if err := save(tx, o); err != nil {
		return err
	}
	if err := audit.Record(tx, actor, "valuation."+action, Subject, o.ID, detail); err != nil {
		return err
	}
	return event.Publish(tx, "valuation."+string(o.Status), map[string]any{
		"valuation_id": o.ID, "client_id": o.ClientID, "firm_id": o.FirmID, "action": action,
	})
}
