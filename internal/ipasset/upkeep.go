package ipasset

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// Paid is what the owner did to keep the right alive: paid the annual fee of a patent, or
// renewed a mark.
type Paid struct {
	FeePaidUntil *calendar.Date `json:"fee_paid_until,omitempty" doc:"专利：年费已缴至（申请日的周年日）"`
	ExpiresOn    *calendar.Date `json:"expires_on,omitempty" doc:"商标：续展后的期满日"`
	DocumentIDs  []uuid.UUID    `json:"document_ids,omitempty" maxItems:"10" doc:"缴费凭证或续展证明"`
}

// RecordUpkeep proposes that a fee was paid or a mark renewed; it counts when the
// signatory signs. It fails with fee_paid_until_not_anniversary, fee_not_later,
// expiry_not_a_renewal or upkeep_empty.
func (s *Service) RecordUpkeep(ctx context.Context, actor authz.Actor, id uuid.UUID, p Paid) (a Asset, err error) {
	if err := actor.Allowed(authz.AssetWrite); err != nil {
		return a, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if a, err = s.lockOwn(tx, actor, id); err != nil {
			return err
		}
		if _, err := Transitions.Next(a.Status, RecordUpkeep); err != nil {
			return err
		}
		if err := a.check(p); err != nil {
			return err
		}
		purpose := "fee_receipt"
		if a.Kind.IsMark() {
			purpose = "renewal"
		}
		if err := document.Link(tx, actor, p.DocumentIDs, Subject, a.ID, purpose); err != nil {
			return err
		}
		return s.propose(tx, actor, a, "upkeep", p)
	})
	return a, err
}

func (a Asset) check(p Paid) error {
	switch {
	case a.Kind.IsPatent() && p.FeePaidUntil != nil:
		return a.checkFee(*p.FeePaidUntil)
	case a.Kind.IsMark() && p.ExpiresOn != nil:
		if !p.ExpiresOn.After(a.ExpiresOn) || !renewedTerm(a.GrantedOn, *p.ExpiresOn) {
			return fault.InField("expires_on", "expiry_not_a_renewal", "续展后的期满日应比现有期满日 %s 晚整十年", a.ExpiresOn)
		}
		return nil
	}
	return fault.New(fault.Invalid, "upkeep_empty", "请填写专利年费已缴至的日期，或商标续展后的期满日")
}

func (a Asset) checkFee(until calendar.Date) error {
	years := until.Year() - a.FiledOn.Year()
	switch {
	case a.FiledOn.AddMonths(12*years) != until:
		return fault.InField("fee_paid_until", "fee_paid_until_not_anniversary",
			"年费按专利年度缴纳，已缴至的日期应为申请日的周年日，如 %s", a.FiledOn.AddMonths(12*years))
	case !until.After(a.FeePaidUntil):
		return fault.InField("fee_paid_until", "fee_not_later", "年费已登记缴至 %s，请填写更晚的日期", a.FeePaidUntil)
	case until.After(a.ExpiresOn):
		return fault.InField("fee_paid_until", "fee_after_expiry", "专利权于 %s 期满，年费不会缴至其后", a.ExpiresOn)
	}
	return nil
}

func applyUpkeep(_ postgres.Tx, a *Asset, p approval.Proposal, _, _ authz.Actor) error {
	var paid Paid
	if err := p.Decode(&paid); err != nil {
		return err
	}
	if err := a.check(paid); err != nil {
		return err
	}
	if paid.FeePaidUntil != nil {
		a.FeePaidUntil = *paid.FeePaidUntil
	}
	if paid.ExpiresOn != nil {
		a.ExpiresOn = *paid.ExpiresOn
	}
	return a.move(RecordUpkeep)
}
