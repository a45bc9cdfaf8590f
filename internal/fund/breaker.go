package fund

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/event"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/state"
)

// measure is what a breaker looks at.
type measure struct {
	Enrolled  money.Amount `json:"enrolled"`
	NPL       money.Amount `json:"npl"`
	Paid      money.Amount `json:"paid"`    // compensation to the bank this year; the fund's balance for the whole fund
	Against   money.Amount `json:"against"` // the bank's yearly cap; the capital paid in for the whole fund
	wholeFund bool
}

// judge says where the figures put a breaker, and why (domain §4.8). It never lifts a
// suspension: that takes two people, see Resume.
func (m measure) judge(now Breaker, p policy.Parameters) (Breaker, string) {
	ratio, known := money.RatioOf(m.NPL, m.Enrolled)
	part, has := money.RatioOf(m.Paid, m.Against)
	suspendAt := p.BreakerBankSuspend
	if m.wholeFund {
		suspendAt = p.BreakerFundSuspend
	}
	switch {
	case now == Suspended:
		return Suspended, ""
	case known && ratio.Cmp(suspendAt) >= 0:
		return Suspended, fmt.Sprintf("不良率 %s%% 达到暂停线 %s%%", short(ratio), suspendAt)
	case m.wholeFund && has && part.Cmp(p.BreakerFundMinBalance) < 0:
		return Suspended, fmt.Sprintf("余额为实收资本的 %s%%，低于 %s%%", short(part), p.BreakerFundMinBalance)
	case !m.wholeFund && has && m.Paid.IsPositive() && part.Cmp(p.BreakerBankPaid) >= 0:
		return Suspended, fmt.Sprintf("本年已拨补偿 %s，为年度份额的 %s%%，达到 %s%%", m.Paid.Text(), short(part), p.BreakerBankPaid)
	case known && ratio.Cmp(p.BreakerBankWarn) >= 0:
		return Warned, fmt.Sprintf("不良率 %s%% 达到预警线 %s%%", short(ratio), p.BreakerBankWarn)
	}
	return Normal, "指标回到预警线以下"
}

// short is a ratio for a sentence.
func short(r money.Rate) string { return r.Percent().StringFixed(2) }

// Evaluate judges every breaker of a fund now; a person of the fund or timed work calls it.
func (s *Service) Evaluate(ctx context.Context, actor authz.Actor, fundID uuid.UUID) (f Fund, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if !actor.IsSystem() {
			if err := actor.Allowed(authz.FundEvaluate); err != nil {
				return err
			}
		}
		if f, err = Lock(tx, fundID); err != nil {
			return err
		}
		if f.Status != Active {
			return errFundClosed
		}
		return s.evaluate(tx, &f, calendar.DateOf(tx.Now()))
	})
	return f, err
}

// EvaluateAll judges the breakers of all funds; the daily job calls it after the loans
// have been classified, so that each month-end has its ratio.
func (s *Service) EvaluateAll(tx postgres.Tx) error {
	funds, err := All(tx)
	if err != nil {
		return err
	}
	for _, f := range funds {
		if f.Status != Active {
			continue
		}
		locked, err := Lock(tx, f.ID)
		if err != nil {
			return err
		}
		if err := s.evaluate(tx, &locked, calendar.DateOf(tx.Now())); err != nil {
			return err
		}
	}
	return nil
}

// OnLoanClassified judges the fund a loan is enrolled in after its class changed; it
// listens to loan.classified. Judging twice changes nothing.
func (s *Service) OnLoanClassified(tx postgres.Tx, payload json.RawMessage) error {
	var about struct {
		LoanID uuid.UUID `json:"loan_id"`
	}
	if err := json.Unmarshal(payload, &about); err != nil {
		return err
	}
	e, found, err := EnrolmentOf(tx, about.LoanID)
	if err != nil || !found {
		return err
	}
	f, err := Lock(tx, e.FundID)
	if err != nil {
		return err
	}
	return s.evaluate(tx, &f, calendar.DateOf(tx.Now()))
}

// evaluate judges under the fund's lock, notes the day's ratios and records each change.
func (s *Service) evaluate(tx postgres.Tx, f *Fund, today calendar.Date) error {
	v, err := policy.InForce(tx, today)
	if err != nil {
		return err
	}
	books, err := booksByBank(tx, f.ID)
	if err != nil {
		return err
	}
	states, err := bankStates(tx, f.ID)
	if err != nil {
		return err
	}
	limit, err := BankYearCap(tx, *f, v.Parameters, today.Year())
	if err != nil {
		return err
	}
	for _, bankID := range banksOf(books, states) {
		m := measure{Against: limit}
		for _, b := range books {
			if b.BankID == bankID {
				m.Enrolled, m.NPL = b.Enrolled, b.NPL
			}
		}
		if m.Paid, err = PaidToBank(tx, *f, bankID, today.Year()); err != nil {
			return err
		}
		if err := putRatio(tx, f.ID, &bankID, today, m); err != nil {
			return err
		}
		if err := s.judgeBank(tx, *f, bankID, states[bankID], m, v); err != nil {
			return err
		}
	}
	return s.judgeFund(tx, f, today, v)
}

// banksOf lists banks with enrolments first, then those that only have a state.
func banksOf(books []enrolledBook, states map[uuid.UUID]BankState) (out []uuid.UUID) {
	seen := map[uuid.UUID]bool{}
	for _, b := range books {
		seen[b.BankID] = true
		out = append(out, b.BankID)
	}
	for id := range states {
		if !seen[id] {
			out = append(out, id)
		}
	}
	return out
}

func (s *Service) judgeBank(tx postgres.Tx, f Fund, bankID uuid.UUID, now BankState, m measure, v policy.Version) error {
	if now.Breaker == "" {
		now = BankState{FundID: f.ID, BankID: bankID, Breaker: Normal}
	}
	to, why := m.judge(now.Breaker, v.Parameters)
	if to == now.Breaker {
		return nil
	}
	d := decision{FundID: f.ID, BankID: &bankID, FromState: now.Breaker, ToState: to, Reason: why, Figures: m, PolicyID: v.ID, DecidedBy: "系统"}
	now.Breaker, now.Reason = to, why
	if err := putBankState(tx, now); err != nil {
		return err
	}
	return s.recordDecision(tx, authz.System, d)
}

func (s *Service) judgeFund(tx postgres.Tx, f *Fund, today calendar.Date, v policy.Version) error {
	figures, err := FiguresOf(tx, *f, v.Parameters)
	if err != nil {
		return err
	}
	m := measure{figures.Enrolled, figures.NPL, figures.Balance, figures.PaidIn, true}
	if err := putRatio(tx, f.ID, nil, today, m); err != nil {
		return err
	}
	to, why := m.judge(f.Breaker, v.Parameters)
	if to == f.Breaker {
		return nil
	}
	d := decision{FundID: f.ID, FromState: f.Breaker, ToState: to, Reason: why, Figures: m, PolicyID: v.ID, DecidedBy: "系统"}
	now := tx.Now()
	f.Breaker, f.BreakerReason, f.BreakerAt = to, why, &now
	if err := saveFund(tx, f); err != nil {
		return err
	}
	return s.recordDecision(tx, authz.System, d)
}

func (s *Service) recordDecision(tx postgres.Tx, actor authz.Actor, d decision) (err error) {
	if d.ID, err = uuid.NewV7(); err != nil {
		return err
	}
	d.DecidedAt = tx.Now()
	if err := insertDecision(tx, d); err != nil {
		return err
	}
	if err := audit.Record(tx, actor, "fund.breaker", fundSubject, d.FundID, d); err != nil {
		return err
	}
	return event.Publish(tx, "fund.breaker_changed", map[string]any{"fund_id": d.FundID, "bank_id": d.BankID, "to": d.ToState, "message": state.Label(string(d.ToState)) + "，" + d.Reason})
}
