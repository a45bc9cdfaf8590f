package valuation

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/casework"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/ipasset"
	"ippledge/internal/money"
	"ippledge/internal/number"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

// NewOrder is what an enterprise asks of a firm.
type NewOrder struct {
	FirmID   uuid.UUID   `json:"firm_id" doc:"评估机构"`
	AssetIDs []uuid.UUID `json:"asset_ids" minItems:"1" maxItems:"50" nullable:"false"`
	Purpose  string      `json:"purpose,omitempty" maxLength:"100" doc:"评估目的，默认为质押融资"`
	Note     string      `json:"note,omitempty" maxLength:"1000"`
}

const defaultPurpose = "知识产权质押融资"

// Place orders an appraisal of the client's own verified rights from an admitted firm.
// It fails with firm_not_admitted, assets_required, asset_not_found or asset_not_verified.
func (s *Service) Place(ctx context.Context, actor authz.Actor, n NewOrder) (o Order, err error) {
	if err := actor.Allowed(authz.ValuationOrder); err != nil {
		return o, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if _, err := org.RequireAdmitted(tx, actor.OrgID); err != nil {
			return err
		}
		if err := checkFirm(tx, n.FirmID); err != nil {
			return err
		}
		if err := checkAssets(tx, actor, n.AssetIDs); err != nil {
			return err
		}
		o = Order{ClientID: actor.OrgID, FirmID: n.FirmID, Purpose: strings.TrimSpace(n.Purpose), Note: strings.TrimSpace(n.Note),
			Status: Ordered, Inputs: "{}", CreatedAt: tx.Now(), Version: 1}
		if o.Purpose == "" {
			o.Purpose = defaultPurpose
		}
		if o.ID, err = uuid.NewV7(); err != nil {
			return err
		}
		if o.Number, err = number.Next(tx, number.Valuation); err != nil {
			return err
		}
		if err := casework.Act(tx, actor, o.ID); err != nil {
			return err
		}
		if err := insert(tx, o, n.AssetIDs); err != nil {
			return err
		}
		if err := audit.Record(tx, actor, "valuation.order", Subject, o.ID, map[string]any{"firm_id": o.FirmID, "assets": n.AssetIDs}); err != nil {
			return err
		}
		return event.Publish(tx, "valuation.ordered", map[string]any{"valuation_id": o.ID, "client_id": o.ClientID, "firm_id": o.FirmID, "action": "order"})
	})
	return o, err
}

func checkFirm(tx postgres.Tx, id uuid.UUID) error {
	f, err := org.RequireAdmitted(tx, id)
	if _, ours := fault.From(err); err != nil && !ours {
		return err
	}
	if err != nil || f.Kind != authz.AppraisalFirm {
		return fault.InField("firm_id", "firm_not_admitted", "请选择已在平台准入的评估机构")
	}
	return nil
}

func checkAssets(tx postgres.Tx, actor authz.Actor, ids []uuid.UUID) error {
	seen := map[uuid.UUID]bool{}
	for _, id := range ids {
		if seen[id] {
			return fault.InField("asset_ids", "asset_twice", "同一项知识产权不能重复委托")
		}
		seen[id] = true
	}
	if len(ids) == 0 {
		return fault.InField("asset_ids", "assets_required", "请至少选择一项知识产权")
	}
	assets, err := ipasset.FindMany(tx, ids)
	if err != nil {
		return err
	}
	for _, a := range assets {
		if !actor.ActsFor(a.OrgID) {
			return fault.New(fault.NotFound, "asset_not_found", "没有这项知识产权，或您无权查看").Of("asset_ids")
		}
		switch a.Status {
		case ipasset.Verified, ipasset.Listed, ipasset.Reserved, ipasset.Pledged, ipasset.InDisposal:
		default:
			return fault.InField("asset_ids", "asset_not_verified", "%s尚未核验或已失效，不能委托评估", a.Label())
		}
	}
	return nil
}

// Accept takes the order for a fee; the firm names it.
func (s *Service) Accept(ctx context.Context, actor authz.Actor, id uuid.UUID, fee money.Amount) (Order, error) {
	if fee.IsNegative() {
		return Order{}, fault.InField("fee", "amount_negative", "评估费不能为负数")
	}
	return s.step(ctx, actor, authz.ValuationAnswer, id, firm, Accept, func(tx postgres.Tx, o *Order) error {
		o.Fee = &fee
		_, err := org.RequireAdmitted(tx, o.FirmID)
		return err
	})
}

// Decline is the firm turning the order away with a reason.
func (s *Service) Decline(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Order, error) {
	return s.withReason(ctx, actor, authz.ValuationAnswer, id, firm, Decline, reason)
}

// Cancel is the client's, until the firm has begun to write.
func (s *Service) Cancel(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Order, error) {
	return s.withReason(ctx, actor, authz.ValuationOrder, id, client, Cancel, reason)
}

func (s *Service) withReason(ctx context.Context, actor authz.Actor, p authz.Permission, id uuid.UUID, side func(Order) uuid.UUID, action Action, reason string) (Order, error) {
	if reason = strings.TrimSpace(reason); reason == "" {
		return Order{}, errNeedsReason
	}
	return s.step(ctx, actor, p, id, side, action, func(_ postgres.Tx, o *Order) error {
		o.StatusReason = reason
		return nil
	})
}

// step is one move of an order: lock, move, check, save, record.
func (s *Service) step(ctx context.Context, actor authz.Actor, p authz.Permission, id uuid.UUID, side func(Order) uuid.UUID, action Action, check func(postgres.Tx, *Order) error) (o Order, err error) {
	if err := actor.Allowed(p); err != nil {
		return o, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if o, err = lockFor(tx, actor, id, side); err != nil {
			return err
		}
		if err := o.move(action); err != nil {
			return err
		}
		if err := check(tx, &o); err != nil {
			return err
		}
		return finish(tx, actor, &o, string(action), map[string]any{"reason": o.StatusReason})
	})
	return o, err
}
