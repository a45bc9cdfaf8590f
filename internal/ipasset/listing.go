package ipasset

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

// PutOnList offers a verified right as collateral. It fails with precheck_blocking,
// naming every ground on which the register would refuse the pledge.
func (s *Service) PutOnList(ctx context.Context, actor authz.Actor, id uuid.UUID) (a Asset, err error) {
	return s.own(ctx, actor, authz.AssetSign, id, List, func(tx postgres.Tx, a *Asset) error {
		if _, err := org.RequireAdmitted(tx, a.OrgID); err != nil {
			return err
		}
		return blocking(Precheck(*a, calendar.Date{}, calendar.DateOf(tx.Now())))
	})
}

// blocking turns the findings that block into one failure with a line for each.
func blocking(found []Finding) error {
	f := fault.New(fault.Rule, "precheck_blocking", "出质预检未通过，请先处理后再上架")
	for _, one := range found {
		if one.Blocking {
			f.Fields = append(f.Fields, fault.Field{Field: one.Code, Code: "precheck_" + strings.ToLower(one.Code), Message: one.Text})
		}
	}
	if len(f.Fields) == 0 {
		return nil
	}
	texts := make([]string, len(f.Fields))
	for i, field := range f.Fields {
		texts[i] = field.Message
	}
	f.Message += "：" + strings.Join(texts, "；")
	return f
}

// AcknowledgeRisks records that the owner knows of P10 or P11 and goes on all the same.
func (s *Service) AcknowledgeRisks(ctx context.Context, actor authz.Actor, id uuid.UUID) (Asset, error) {
	return s.own(ctx, actor, authz.AssetSign, id, Acknowledge, func(_ postgres.Tx, a *Asset) error {
		if !a.acknowledgeable() {
			return fault.New(fault.Rule, "nothing_to_acknowledge", "该权利没有需要确认知悉的风险（P10、P11）")
		}
		a.AcknowledgedRisks = true
		return nil
	})
}

// WithdrawFromList takes a right off the list for good. A draft may be thrown away by
// the operator; what was verified only by the signatory, and not while a request for
// credit stands on it (asset_in_need).
func (s *Service) WithdrawFromList(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Asset, error) {
	if !actor.Can(authz.AssetWrite) {
		if err := actor.Allowed(authz.AssetSign); err != nil {
			return Asset{}, err
		}
	}
	return s.own(ctx, actor, "", id, Withdraw, func(tx postgres.Tx, a *Asset) error {
		if a.VerifiedAt != nil {
			if err := actor.Allowed(authz.AssetSign); err != nil {
				return err
			}
		}
		offered, err := offeredNow(tx, a.ID)
		if err != nil {
			return err
		}
		if offered {
			return fault.New(fault.Rule, "asset_in_need", "该权利正用于一项进行中的融资需求，请先撤销需求或等其结束后再下架")
		}
		a.StatusReason = strings.TrimSpace(reason)
		return nil
	})
}

// own is one step of the owner's: lock, check, move, save, record.
func (s *Service) own(ctx context.Context, actor authz.Actor, p authz.Permission, id uuid.UUID, action Action, check func(postgres.Tx, *Asset) error) (a Asset, err error) {
	if p != "" {
		if err := actor.Allowed(p); err != nil {
			return a, err
		}
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if a, err = s.lockOwn(tx, actor, id); err != nil {
			return err
		}
		before := a.Status
		if err := a.move(action); err != nil {
			return err
		}
		// The check looks at the right as it stood, so that a ground is judged before the move.
		moved := a.Status
		a.Status = before
		if err := check(tx, &a); err != nil {
			return err
		}
		a.Status = moved
		return finish(tx, actor, &a, before, "asset."+string(action), map[string]any{"reason": a.StatusReason})
	})
	return a, err
}
