package claim

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// ClawbackOrder is the bureau finding that compensation wasn't due.
type ClawbackOrder struct {
	Amount      money.Amount `json:"amount" doc:"应退回金额"`
	Reason      string       `json:"reason" maxLength:"1000" doc:"事由：骗取、不符合条件等"`
	DocumentIDs []uuid.UUID  `json:"document_ids,omitempty" doc:"认定材料"`
}

var orderClawbackStep = step[ClawbackOrder]{
	action: OrderClawback, text: "责令退回补偿款", make: authz.ClaimDecide, check: authz.ClaimDecideSign,
	proves: func(o ClawbackOrder) []uuid.UUID { return o.DocumentIDs },
	try: func(_ *Service, tx postgres.Tx, f *file, o *ClawbackOrder) error {
		if o.Reason = strings.TrimSpace(o.Reason); o.Reason == "" {
			return errReason
		}
		r, err := recoveryOf(tx, f.ID)
		if err != nil {
			return err
		}
		// What recoveries already brought back to the fund isn't the bank's to return.
		most := f.Paid.Sub(r.bearer(SeatFund).Recovered)
		if !o.Amount.IsPositive() || most.Less(o.Amount) {
			return fault.InField("amount", "clawback_above_paid", "应退回金额应大于 0，且不超过已拨付减去已追偿分得的 %s", most.Text())
		}
		return nil
	},
	take: func(_ *Service, tx postgres.Tx, f *file, o ClawbackOrder, by signers) error {
		if err := f.move(OrderClawback); err != nil {
			return err
		}
		p, err := f.rules(tx)
		if err != nil {
			return err
		}
		f.ClawbackAmount, f.StatusReason = o.Amount, o.Reason
		f.due(tx, p.RecoveryTransferWD)
		amount := o.Amount
		if err := f.note(tx, by, review{Step: "clawback", Verdict: verdictReject, Amount: &amount, Opinion: o.Reason}); err != nil {
			return err
		}
		if err := save(tx, &f.Claim); err != nil {
			return err
		}
		return f.publish(tx, "claim.clawback_ordered")
	},
}

// OrderClawback is the bureau ordering compensation back.
func (s *Service) OrderClawback(ctx context.Context, actor authz.Actor, id uuid.UUID, o ClawbackOrder) (Claim, error) {
	return propose(ctx, s, orderClawbackStep, actor, id, o)
}

// Arrival is money that came into the custody account.
type Arrival struct {
	On      calendar.Date `json:"on" doc:"到账日期"`
	Voucher string        `json:"voucher" maxLength:"100" doc:"入账凭证号"`
}

func (a *Arrival) check(tx postgres.Tx) error {
	var c fault.Collector
	if a.Voucher = strings.TrimSpace(a.Voucher); a.Voucher == "" {
		c.Add("voucher", "field_required", "请填写入账凭证号")
	}
	inPast(tx, &c, "on", a.On)
	return c.Err()
}

var clawBackStep = step[Arrival]{
	action: ClawBack, text: "补偿款退回到账", make: authz.ClaimPay, check: authz.ClaimPaySign,
	try:  func(_ *Service, tx postgres.Tx, _ *file, a *Arrival) error { return a.check(tx) },
	take: takeClawBack,
}

// ClawBack is the finance bureau's half: the money is back in the custody account.
func (s *Service) ClawBack(ctx context.Context, actor authz.Actor, id uuid.UUID, a Arrival) (Claim, error) {
	return propose(ctx, s, clawBackStep, actor, id, a)
}

func takeClawBack(_ *Service, tx postgres.Tx, f *file, a Arrival, by signers) error {
	r, err := lockRecoveryOf(tx, f.ID)
	if err != nil {
		return err
	}
	book, err := fund.Lock(tx, f.FundID)
	if err != nil {
		return err
	}
	entry := ledger.ClawBack(book.BookID, by.maker, by.checker, f.Number, a.On, f.ClawbackAmount, book.Custody)
	entry.Narrative = "补偿追回 " + f.Number + " 凭证 " + a.Voucher
	if _, err := ledger.Post(tx, entry); err != nil {
		return err
	}
	if err := f.move(ClawBack); err != nil {
		return err
	}
	f.ClawedBack, f.StepDueOn = f.ClawbackAmount, nil
	// The loss the fund bore is the bank's now, and later recoveries follow it.
	r.shift(SeatFund, SeatBank, f.ClawbackAmount)
	if err := saveRecovery(tx, &r); err != nil {
		return err
	}
	if err := save(tx, &f.Claim); err != nil {
		return err
	}
	return f.publish(tx, "claim.clawed_back")
}

var closeStep = step[Refusal]{
	action: Close, text: "补偿申请办结", make: authz.ClaimManage, check: authz.ClaimManageSign,
	try: func(s *Service, tx postgres.Tx, f *file, r *Refusal) error { return r.check(s, tx, f) },
	take: func(_ *Service, tx postgres.Tx, f *file, r Refusal, by signers) error {
		if err := f.move(Close); err != nil {
			return err
		}
		if err := f.note(tx, by, review{Step: "close", Verdict: verdictPass, Opinion: r.Reason}); err != nil {
			return err
		}
		return save(tx, &f.Claim)
	},
}

// Close ends a claim whose recovery is over.
func (s *Service) Close(ctx context.Context, actor authz.Actor, id uuid.UUID, opinion string) (Claim, error) {
	return propose(ctx, s, closeStep, actor, id, Refusal{opinion})
}
