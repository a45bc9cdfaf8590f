package claim

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/number"
	"ippledge/internal/platform/postgres"
)

// payout is money paid to the bank, one entry of the ledger. It is never changed.
type payout struct {
	ID          uuid.UUID
	ClaimID     uuid.UUID
	Number      string
	Amount      money.Amount
	Voucher     string
	PaidOn      calendar.Date
	EntryID     uuid.UUID
	MakerID     uuid.UUID
	MakerName   string
	CheckerID   uuid.UUID
	CheckerName string
	CreatedAt   time.Time
}

// Payment is what the treasurer enters after the custody bank has paid.
type Payment struct {
	Amount  money.Amount  `json:"amount" doc:"本次拨付金额；基金余额不足时可分次拨付"`
	PaidOn  calendar.Date `json:"paid_on" doc:"拨付日期"`
	Voucher string        `json:"voucher" maxLength:"100" doc:"付款凭证号"`
}

var payStep = step[Payment]{
	action: Pay, text: "补偿拨付", make: authz.ClaimPay, check: authz.ClaimPaySign,
	try:  func(_ *Service, tx postgres.Tx, f *file, p *Payment) error { return p.check(tx, f) },
	take: func(s *Service, tx postgres.Tx, f *file, p Payment, by signers) error { return s.pay(tx, f, p, by) },
}

// Pay records a payment to the bank, whole or in part; it stands when the finance
// bureau's checker signs. It fails with fund_insufficient and payout_out_of_turn.
func (s *Service) Pay(ctx context.Context, actor authz.Actor, id uuid.UUID, p Payment) (Claim, error) {
	return propose(ctx, s, payStep, actor, id, p)
}

func (p *Payment) check(tx postgres.Tx, f *file) error {
	var c fault.Collector
	p.Voucher = strings.TrimSpace(p.Voucher)
	switch {
	case !p.Amount.IsPositive():
		c.Add("amount", "amount_not_positive", "拨付金额应大于 0")
	case f.unpaid().Less(p.Amount):
		c.Add("amount", "payout_above_approved", "尚未拨付 %s，本次不能超过该金额", f.unpaid().Text())
	}
	if p.Voucher == "" {
		c.Add("voucher", "field_required", "请填写付款凭证号")
	}
	used, err := voucherUsed(tx, f.ID, p.Voucher)
	if err != nil {
		return err
	}
	if used {
		c.Add("voucher", "voucher_recorded", "凭证 %s 已登记在本申请的拨付中，请核对是否重复登记", p.Voucher)
	}
	inPast(tx, &c, "paid_on", p.PaidOn)
	if f.ApprovedOn != nil && p.PaidOn.Before(*f.ApprovedOn) {
		c.Add("paid_on", "paid_before_approval", "拨付日期不能早于核准日期 %s", *f.ApprovedOn)
	}
	if err := c.Err(); err != nil {
		return err
	}
	return f.affords(tx, p.Amount)
}

// affords wants the money to be there after those whose claims were approved earlier:
// where the balance is short, the queue goes by the date of approval.
func (f *file) affords(tx postgres.Tx, amount money.Amount) error {
	p, err := purseOf(tx, f.Claim)
	if err != nil {
		return err
	}
	return p.refuse(amount)
}

// pay is the finance checker's signature. The fund's lock makes payments of one fund wait
// for each other; balance and queue are looked at again under it.
func (s *Service) pay(tx postgres.Tx, f *file, p Payment, by signers) error {
	book, err := fund.Lock(tx, f.FundID)
	if err != nil {
		return err
	}
	if err := f.affords(tx, p.Amount); err != nil {
		return err
	}
	row := payout{
		ClaimID: f.ID, Amount: p.Amount, Voucher: p.Voucher, PaidOn: p.PaidOn, CreatedAt: tx.Now(),
		MakerID: by.maker.UserID, MakerName: by.maker.Name, CheckerID: by.checker.UserID, CheckerName: by.checker.Name,
	}
	if row.ID, err = uuid.NewV7(); err != nil {
		return err
	}
	if row.Number, err = number.Next(tx, number.Payout); err != nil {
		return err
	}
	entry := ledger.Pay(book.BookID, by.maker, by.checker, row.Number, p.PaidOn, p.Amount, f.BankID, book.Custody)
	entry.Narrative = "补偿拨付 " + f.Number + " 凭证 " + p.Voucher
	posted, err := ledger.Post(tx, entry)
	if err != nil {
		return err
	}
	row.EntryID = posted.ID
	if err := insertPayout(tx, row); err != nil {
		return err
	}
	first := f.Paid.IsZero()
	f.Paid = f.Paid.Add(p.Amount)
	a, told := Pay, "claim.partly_paid"
	if f.unpaid().IsZero() {
		a, told = paidUp, "claim.paid"
		f.StepDueOn = nil
	}
	if err := f.move(a); err != nil {
		return err
	}
	if err := save(tx, &f.Claim); err != nil {
		return err
	}
	if first {
		if err := s.open(tx, f, by.checker, p.PaidOn); err != nil {
			return err
		}
	}
	return f.publish(tx, told)
}
