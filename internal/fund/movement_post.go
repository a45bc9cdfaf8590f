package fund

import (
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

// post is the finance checker's signature: the movement becomes an entry. Money out is
// refused with fund_insufficient where what is owed to banks would no longer be covered.
func (s *Service) post(tx postgres.Tx, id uuid.UUID, maker, checker authz.Actor) error {
	m, err := findMovement(tx, id, true)
	if err != nil {
		return err
	}
	f, err := Lock(tx, m.FundID)
	if err != nil {
		return err
	}
	if m.Status, err = MovementTransitions.Next(m.Status, postMovement); err != nil {
		return err
	}
	entry, err := m.entry(tx, f, maker, checker)
	if err != nil {
		return err
	}
	posted, err := ledger.Post(tx, entry)
	if err != nil {
		return err
	}
	now := tx.Now()
	m.EntryID, m.EntrySeq, m.PostedAt = &posted.ID, &posted.Seq, &now
	m.CheckerID, m.CheckerName, m.StatusReason = &checker.UserID, checker.Name, ""
	if err := saveMovement(tx, &m); err != nil {
		return err
	}
	if err := audit.Record(tx, checker, "fund_movement.post", movementSubject, m.ID, map[string]any{"maker": maker.Name, "entry": posted.Seq, "amount": m.Amount}); err != nil {
		return err
	}
	return event.Publish(tx, "fund.moved", map[string]any{"fund_id": f.ID, "kind": m.Kind, "amount": m.Amount})
}

func (m Movement) entry(tx postgres.Tx, f Fund, maker, checker authz.Actor) (entry ledger.Entry, err error) {
	switch m.Kind {
	case Contribution:
		name, err := payerName(tx, m.Payer)
		if err != nil {
			return entry, err
		}
		if err := ledger.Ensure(tx, f.BookID, ledger.Capital(m.Payer), name+"出资", true); err != nil {
			return entry, err
		}
		return m.described(ledger.Contribute(f.BookID, maker, checker, m.Number, m.OnDate, m.Amount, m.Payer, f.Custody)), nil
	case Interest:
		return m.described(ledger.Interest(f.BookID, maker, checker, m.Number, m.OnDate, m.Amount, f.Custody)), nil
	}
	if err := m.affordable(tx, f); err != nil {
		return entry, err
	}
	if m.Kind == ManagementFee {
		return m.described(ledger.Fee(f.BookID, maker, checker, m.Number, m.OnDate, m.Amount, f.Custody)), nil
	}
	name, err := payerName(tx, m.Payer)
	if err != nil {
		return entry, err
	}
	if err := ledger.Ensure(tx, f.BookID, ledger.Returned(m.Payer), "退回"+name+"出资", false); err != nil {
		return entry, err
	}
	return m.described(ledger.ReturnCapital(f.BookID, maker, checker, m.Number, m.OnDate, m.Amount, m.Payer, f.Custody)), nil
}

func (m Movement) described(e ledger.Entry) ledger.Entry {
	e.Narrative = strings.TrimSpace(e.Narrative + " 回单 " + m.Voucher + " " + m.Note)
	return e
}

// affordable refuses money out beyond what is available, and capital beyond what the
// payer has put in.
func (m Movement) affordable(tx postgres.Tx, f Fund) error {
	balance, err := ledger.SumOf(tx, f.BookID, "cash:")
	if err != nil {
		return err
	}
	owed, err := ledger.SumOf(tx, f.BookID, "payable:")
	if err != nil {
		return err
	}
	available := balance.Add(owed)
	if available.Less(m.Amount) {
		return fault.New(fault.Rule, "fund_insufficient", "可用余额 %s（余额减已核准未拨付的补偿）不足以支付 %s", available.Text(), m.Amount.Text())
	}
	if m.Kind != ReturnCapital {
		return nil
	}
	if err := keepsLeverage(tx, f, available.Sub(m.Amount)); err != nil {
		return err
	}
	paidIn, err := balanceOf(tx, f.BookID, ledger.Capital(m.Payer))
	if err != nil {
		return err
	}
	returned, err := balanceOf(tx, f.BookID, ledger.Returned(m.Payer))
	if err != nil {
		return err
	}
	if left := paidIn.Neg().Sub(returned); left.Less(m.Amount) {
		return fault.New(fault.Rule, "return_above_capital", "该出资方尚未退回的出资为 %s，不足 %s", left.Text(), m.Amount.Text())
	}
	return nil
}

// keepsLeverage refuses to give capital back that carries loans: what is enrolled may not
// exceed the multiple of what would be left.
func keepsLeverage(tx postgres.Tx, f Fund, left money.Amount) error {
	v, err := policy.InForce(tx, calendar.DateOf(tx.Now()))
	if err != nil {
		return err
	}
	book, err := bookOf(tx, f.ID, nil)
	if err != nil {
		return err
	}
	figures := Figures{Available: left, Enrolled: book.Enrolled}
	figures.ratios(v.Parameters)
	if figures.EnrolledLimit.Less(book.Enrolled) {
		return fault.New(fault.Rule, "return_breaks_leverage", "退回后净资产为 %s，在保余额 %s 将超过放大倍数上限 %d 倍，请减少退回金额",
			left.Text(), book.Enrolled.Text(), v.Parameters.LeverageMultiple)
	}
	return nil
}

// balanceOf is an account's balance, nothing where it was never opened.
func balanceOf(tx postgres.Tx, bookID uuid.UUID, path string) (money.Amount, error) {
	all, err := ledger.Balances(tx, bookID, path)
	return all[path], err
}
