package claim

import (
	"github.com/google/uuid"

	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// purse is what a claim can be paid from: the custody account's balance, and what the
// fund owes on claims approved earlier, which comes first.
type purse struct{ balance, ahead money.Amount }

// room is the most that may be paid on the claim now.
func (p purse) room() money.Amount { return money.Max(p.balance.Sub(p.ahead), money.Zero) }

// refuse says why an amount can't be paid, if it can't: fund_insufficient where the money
// isn't there, payout_out_of_turn where it is others' first.
func (p purse) refuse(amount money.Amount) error {
	switch {
	case !p.balance.IsPositive():
		return fault.New(fault.Rule, "fund_insufficient", "托管账户余额为 %s，暂不能拨付；资金到位后按核准先后拨付", p.balance.Text())
	case p.balance.Less(amount):
		return fault.New(fault.Rule, "fund_insufficient", "托管账户余额 %s，不足以拨付 %s；可先拨付部分，其余待资金到位后按核准先后拨付", p.balance.Text(), amount.Text())
	case p.room().Less(amount):
		return fault.New(fault.Rule, "payout_out_of_turn", "更早核准的申请尚有 %s 未拨付，余额 %s 应先保障其拨付，本次最多可拨付 %s", p.ahead.Text(), p.balance.Text(), p.room().Text())
	}
	return nil
}

// blocked says why nothing at all can be paid on a claim now, if nothing can.
func (p purse) blocked() error {
	if p.room().IsPositive() {
		return nil
	}
	return p.refuse(money.FromFen(1))
}

// owes tells whether the fund has money to pay out on the claim.
func (c Claim) owes() bool { return Transitions.Can(c.Status, Pay) }

func purseOf(tx postgres.Tx, c Claim) (p purse, err error) {
	if p.balance, err = cashOf(tx, c.FundID); err != nil {
		return p, err
	}
	p.ahead, err = owedBefore(tx, c)
	return p, err
}

func cashOf(tx postgres.Tx, fundID uuid.UUID) (money.Amount, error) {
	book, err := fund.Find(tx, fundID)
	if err != nil {
		return money.Zero, err
	}
	return ledger.Balance(tx, book.BookID, ledger.Cash(book.Custody))
}

// fillPurses looks into the purse of every claim of a list that waits for money; the
// balance is read once a fund.
func fillPurses(tx postgres.Tx, rows []listed) error {
	balances := map[uuid.UUID]money.Amount{}
	for i := range rows {
		r := &rows[i]
		if !r.owes() {
			continue
		}
		balance, read := balances[r.FundID]
		if !read {
			var err error
			if balance, err = cashOf(tx, r.FundID); err != nil {
				return err
			}
			balances[r.FundID] = balance
		}
		ahead, err := owedBefore(tx, r.Claim)
		if err != nil {
			return err
		}
		r.Situation.Purse = &purse{balance, ahead}
	}
	return nil
}
