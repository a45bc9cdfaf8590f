package pledge

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/ipasset"
	"ippledge/internal/platform/postgres"
)

// Reasons lists why a pledge may end, with their Chinese words (Civil Code 393).
var Reasons = []struct {
	Reason Reason
	Text   string
}{
	{DebtPerformed, "债务履行完毕"}, {PledgeRealised, "质权实现"}, {Waived, "放弃质权"}, {ContractVoid, "质押合同无效或被撤销"}, {OtherReason, "其他"},
}

// checkRelease refuses to give a pledge up while its debt is unpaid, unless the pledgee
// waives it, has realised it, or the contract is void; each of these needs its words, and
// by the second signature two people of the bank stand for it (Civil Code 435).
func (s *Service) checkRelease(tx postgres.Tx, p Pledge, step *Step) error {
	known := slices.ContainsFunc(Reasons, func(r struct {
		Reason Reason
		Text   string
	}) bool {
		return r.Reason == step.ReleaseReason
	})
	if !known {
		return fault.InField("release_reason", "release_reason_unknown", "请选择注销原因")
	}
	if step.ReleaseReason != DebtPerformed && step.Note == "" {
		return fault.InField("note", "field_required", "请说明注销的依据；放弃质权的，请说明并告知其他担保人")
	}
	if step.ReleaseReason != DebtPerformed && step.ReleaseReason != OtherReason {
		return nil
	}
	if s.settlement == nil {
		return errLoanUnsettled
	}
	settled, err := s.settlement.Settled(tx, p.BidID)
	if err == nil && !settled {
		err = errLoanUnsettled
	}
	return err
}

// free lets the rights go. Those that were sold in enforcement belong to somebody else now.
func (p *Pledge) free(tx postgres.Tx, ids []uuid.UUID) error {
	if err := setLive(tx, p.ID, false); err != nil {
		return err
	}
	if p.ReleaseReason != PledgeRealised {
		return ipasset.EndPledge(tx, ids)
	}
	assets, err := ipasset.FindMany(tx, ids)
	if err != nil {
		return err
	}
	var sold, kept []uuid.UUID
	for _, a := range assets {
		if a.Status == ipasset.InDisposal {
			sold = append(sold, a.ID)
		} else {
			kept = append(kept, a.ID)
		}
	}
	if err := ipasset.MarkDisposed(tx, sold); err != nil {
		return err
	}
	return ipasset.EndPledge(tx, kept)
}

// notices are the days before the end of a registration at which the parties are told
// (domain §1.4: the registration of a mark lapses at its end unless extended).
var notices = []int{60, 30, 7}

// RunDaily lapses registrations whose term has passed and gives notice of those that end
// soon. Running it twice for a day changes nothing more.
func (s *Service) RunDaily(ctx context.Context, on calendar.Date) error {
	var ids []uuid.UUID
	err := s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		ids, err = endingBy(tx, on.AddDays(notices[0]))
		return err
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.db.InTx(ctx, func(tx postgres.Tx) error { return s.expire(tx, id, on) }); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) expire(tx postgres.Tx, id uuid.UUID, on calendar.Date) error {
	p, err := lockCase(tx, id)
	if err != nil || p.Status != Registered || p.RegistrationEndsOn.IsZero() {
		return err
	}
	left := calendar.Days(on, p.RegistrationEndsOn)
	if left < 0 {
		if err := p.move(Lapse); err != nil {
			return err
		}
		ids, err := assetIDs(tx, id)
		if err != nil {
			return err
		}
		p.StatusReason = "登记期限于 " + p.RegistrationEndsOn.String() + " 届满且未办理延期"
		if err := p.free(tx, ids); err != nil {
			return err
		}
		return s.keep(tx, authz.System, &p, "pledge.lapse", "pledge.lapsed", map[string]any{"ended_on": p.RegistrationEndsOn})
	}
	notice := 0
	for _, days := range notices {
		if left <= days {
			notice = days
		}
	}
	if notice == 0 || p.ExpiryNotice != 0 && p.ExpiryNotice <= notice {
		return nil
	}
	p.ExpiryNotice = notice
	if err := saveNotice(tx, p); err != nil {
		return err
	}
	if err := audit.Record(tx, authz.System, "pledge.remind", Subject, p.ID, map[string]any{"ends_on": p.RegistrationEndsOn, "days_left": left}); err != nil {
		return err
	}
	return p.publish(tx, "pledge.expiring")
}
