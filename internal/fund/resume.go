package fund

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

// decision is one change of a breaker with the figures that decided.
type decision struct {
	ID        uuid.UUID  `json:"id"`
	FundID    uuid.UUID  `json:"fund_id"`
	BankID    *uuid.UUID `json:"bank_id,omitempty"`
	FromState Breaker    `json:"from"`
	ToState   Breaker    `json:"to"`
	Reason    string     `json:"reason"`
	Figures   measure    `json:"figures" gorm:"serializer:json"`
	PolicyID  uuid.UUID  `json:"policy_id"`
	DecidedBy string     `json:"decided_by"`
	DecidedAt time.Time  `json:"decided_at"`
}

// Resumption is the joint decision of the two bureaux to lift a suspension. Each signs
// through its checker; the second signature lifts it.
type Resumption struct {
	ID          uuid.UUID
	FundID      uuid.UUID
	BankID      *uuid.UUID // nil for the whole fund
	Reason      string
	Status      string
	BureauBy    *uuid.UUID
	BureauName  string
	BureauAt    *time.Time
	FinanceBy   *uuid.UUID
	FinanceName string
	FinanceAt   *time.Time
	CreatedAt   time.Time
	Version     int64
}

// signedBy tells whether the actor's bureau has signed already.
func (r Resumption) signedBy(kind authz.OrgKind) bool {
	return kind == authz.IPBureau && r.BureauBy != nil || kind == authz.FinanceBureau && r.FinanceBy != nil
}

var (
	errNotSuspended = fault.New(fault.Conflict, "breaker_not_suspended", "该熔断未处于暂停状态，无需恢复")
	errSignedBefore = fault.New(fault.Conflict, "resumption_signed", "本局已同意恢复，请等待另一局的决定")
)

// Resume is one bureau's agreement to lift a suspension, of a bank or (bankID nil) of the
// whole fund. It takes the checkers of the IP bureau and the finance bureau, and the ratio
// below the warning line at the last month-ends the policy asks for (domain §4.8).
func (s *Service) Resume(ctx context.Context, actor authz.Actor, fundID uuid.UUID, bankID *uuid.UUID, reason string) (f Fund, err error) {
	reason = strings.TrimSpace(reason)
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.FundResume); err != nil {
			return err
		}
		if reason == "" {
			return errNeedsReason
		}
		if f, err = Lock(tx, fundID); err != nil {
			return err
		}
		bank := BankState{Breaker: f.Breaker}
		if bankID != nil {
			if bank, err = bankState(tx, fundID, *bankID); err != nil {
				return err
			}
		}
		if bank.Breaker != Suspended {
			return errNotSuspended
		}
		v, err := policy.InForce(tx, calendar.DateOf(tx.Now()))
		if err != nil {
			return err
		}
		if err := s.cured(tx, fundID, bankID, v.Parameters); err != nil {
			return err
		}
		r, err := s.agree(tx, actor, fundID, bankID, reason)
		if err != nil || r.Status != "granted" {
			return err
		}
		return s.lift(tx, &f, bank, r, v)
	})
	return f, err
}

// cured wants the ratio below the warning line at the last month-ends.
func (s *Service) cured(tx postgres.Tx, fundID uuid.UUID, bankID *uuid.UUID, p policy.Parameters) error {
	first := calendar.DateOf(tx.Now())
	first = calendar.NewDate(first.Year(), first.Month(), 1)
	for i := range p.BreakerResumeMonths {
		monthEnd := first.AddMonths(-i).AddDays(-1)
		m, found, err := ratioAt(tx, fundID, bankID, monthEnd)
		if err != nil {
			return err
		}
		ratio, known := money.RatioOf(m.NPL, m.Enrolled)
		if found && (!known || ratio.Cmp(p.BreakerBankWarn) < 0) {
			continue
		}
		if !found {
			return fault.New(fault.Rule, "breaker_not_cured", "%s 月末没有评估记录，连续 %d 个月末低于预警线后方可恢复", monthEnd, p.BreakerResumeMonths)
		}
		return fault.New(fault.Rule, "breaker_not_cured", "%s 月末不良率为 %s%%，须连续 %d 个月末低于预警线 %s%% 方可恢复",
			monthEnd, short(ratio), p.BreakerResumeMonths, p.BreakerBankWarn)
	}
	return nil
}

// agree adds the actor's signature to the open resumption, or opens one with it.
func (s *Service) agree(tx postgres.Tx, actor authz.Actor, fundID uuid.UUID, bankID *uuid.UUID, reason string) (r Resumption, err error) {
	r, found, err := openResumption(tx, fundID, bankID)
	if err != nil {
		return r, err
	}
	if !found {
		id, err := uuid.NewV7()
		if err != nil {
			return r, err
		}
		r = Resumption{ID: id, FundID: fundID, BankID: bankID, Reason: reason, Status: "open", CreatedAt: tx.Now(), Version: 0}
	}
	if r.signedBy(actor.OrgKind) {
		return r, errSignedBefore
	}
	now := tx.Now()
	if actor.OrgKind == authz.IPBureau {
		r.BureauBy, r.BureauName, r.BureauAt = &actor.UserID, actor.Name, &now
	} else {
		r.FinanceBy, r.FinanceName, r.FinanceAt = &actor.UserID, actor.Name, &now
	}
	if r.BureauBy != nil && r.FinanceBy != nil {
		if *r.BureauBy == *r.FinanceBy {
			return r, fault.New(fault.Rule, "maker_is_checker", "两局的决定须由不同的人作出")
		}
		r.Status = "granted"
	}
	if err := putResumption(tx, &r); err != nil {
		return r, err
	}
	return r, audit.Record(tx, actor, "fund.resume", fundSubject, fundID, map[string]any{"bank_id": bankID, "reason": reason, "granted": r.Status == "granted"})
}

func (s *Service) lift(tx postgres.Tx, f *Fund, bank BankState, r Resumption, v policy.Version) error {
	d := decision{
		FundID: f.ID, BankID: r.BankID, FromState: Suspended, ToState: Normal, Reason: r.Reason, PolicyID: v.ID,
		DecidedBy: r.BureauName + "（知识产权局）、" + r.FinanceName + "（财政局）",
	}
	if r.BankID != nil {
		bank.Breaker, bank.Reason = Normal, "经两局决定恢复："+r.Reason
		if err := putBankState(tx, bank); err != nil {
			return err
		}
	} else {
		now := tx.Now()
		f.Breaker, f.BreakerReason, f.BreakerAt = Normal, "经两局决定恢复："+r.Reason, &now
		if err := saveFund(tx, f); err != nil {
			return err
		}
	}
	return s.recordDecision(tx, authz.System, d)
}
