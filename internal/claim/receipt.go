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
	"ippledge/internal/loan"
	"ippledge/internal/money"
	"ippledge/internal/number"
	"ippledge/internal/platform/postgres"
)

// Cost is one expense of recovering, taken off before anything is shared out.
type Cost struct {
	Kind   string       `json:"kind" enum:"court,appraisal,auction,lawyer,other"`
	Amount money.Amount `json:"amount"`
}

// receipt is money recovered and how it was shared out. It is never changed.
type receipt struct {
	ID            uuid.UUID
	RecoveryID    uuid.UUID
	Number        string
	ReceivedOn    calendar.Date
	Gross         money.Amount
	Costs         money.Amount
	CostItems     []Cost `gorm:"serializer:json"`
	Net           money.Amount
	InterestOwed  money.Amount
	Source        string
	Distribution  Distribution `gorm:"serializer:json"`
	FundPart      money.Amount
	InterestPart  money.Amount
	Surplus       money.Amount
	TransferDueOn calendar.Date
	MakerID       uuid.UUID
	MakerName     string
	CheckerID     uuid.UUID
	CheckerName   string
	CreatedAt     time.Time
}

// Proceeds is what a bank enters when money came in. Distribution is filled by the
// platform, so that the checker signs the shares too.
type Proceeds struct {
	ReceivedOn   calendar.Date `json:"received_on" doc:"到账日期"`
	Gross        money.Amount  `json:"gross" doc:"回款总额"`
	Costs        []Cost        `json:"costs,omitempty" doc:"经核定的追偿费用"`
	Source       string        `json:"source" enum:"auction,debtor,guarantor,execution,bankruptcy,other"`
	InterestOwed money.Amount  `json:"interest_owed,omitempty" required:"false" doc:"截至到账日借款人尚欠的利息、罚息，本金足额追回后归银行"`
	DocumentIDs  []uuid.UUID   `json:"document_ids,omitempty" doc:"入账凭证、费用票据"`
	Distribution *Distribution `json:"distribution,omitempty" readOnly:"true"`
}

func (p Proceeds) costs() (total money.Amount) {
	for _, c := range p.Costs {
		total = total.Add(c.Amount)
	}
	return total
}

var receiveStep = recoveryStep[Proceeds]{
	action: Receive, text: "追偿回款登记", make: authz.ClaimFile, check: authz.ClaimFileCheck,
	proves: func(p Proceeds) []uuid.UUID { return p.DocumentIDs }, try: tryReceive, take: takeReceive,
}

// Receive records money that came in; signed by two of the bank, it is shared out.
func (s *Service) Receive(ctx context.Context, actor authz.Actor, id uuid.UUID, p Proceeds) (Recovery, error) {
	return proposeRecovery(ctx, s, receiveStep, actor, id, p)
}

func tryReceive(_ *Service, tx postgres.Tx, r *pursuit, p *Proceeds) error {
	var c fault.Collector
	if !p.Gross.IsPositive() {
		c.Add("gross", "amount_not_positive", "回款总额应大于 0")
	}
	for i, cost := range p.Costs {
		if !cost.Amount.IsPositive() || !known(CostKinds, cost.Kind) {
			c.Add("costs", "cost_invalid", "第 %d 项费用应选择种类并填写大于 0 的金额", i+1)
		}
	}
	if p.Gross.Less(p.costs()) {
		c.Add("costs", "costs_above_gross", "费用合计 %s 超过回款总额 %s", p.costs().Text(), p.Gross.Text())
	}
	if len(p.Costs) > 0 && len(p.DocumentIDs) == 0 {
		c.Add("document_ids", "cost_evidence_missing", "扣除费用须上传票据或裁判文书")
	}
	if !known(ReceiptSources, p.Source) {
		c.Add("source", "source_unknown", "请选择回款来源")
	}
	if p.InterestOwed.IsNegative() {
		c.Add("interest_owed", "amount_negative", "尚欠利息不能小于 0")
	}
	inPast(tx, &c, "received_on", p.ReceivedOn)
	if p.ReceivedOn.Before(r.CompensatedOn) {
		c.Add("received_on", "received_before_compensation", "到账日期不能早于补偿日期 %s；此前的回款应冲减贷款余额", r.CompensatedOn)
	}
	if err := c.Err(); err != nil {
		return err
	}
	d, err := Distribute(p.Gross.Sub(p.costs()), r.Bearers, p.InterestOwed)
	p.Distribution = &d
	return err
}

// takeReceive writes the receipt, credits the parties and the borrower's loan. The fund's
// part is owed by the bank until the treasurer confirms that it arrived (Transfer).
func takeReceive(s *Service, tx postgres.Tx, r *pursuit, p Proceeds, by signers) error {
	row, err := r.receipt(tx, p, by)
	if err != nil {
		return err
	}
	if err := insertReceipt(tx, row); err != nil {
		return err
	}
	for i, share := range row.Distribution.Shares {
		r.Bearers[i].Recovered = r.Bearers[i].Recovered.Add(share.Amount)
	}
	r.Recovered, r.InterestPaid, r.Surplus = r.Recovered.Add(row.Net), r.InterestPaid.Add(row.InterestPart), r.Surplus.Add(row.Surplus)
	a, gone := Receive, r.Status == WrittenOff
	if row.Distribution.Whole {
		a = complete
	}
	if err := r.move(a); err != nil {
		return err
	}
	r.StatusReason = ""
	if err := saveRecovery(tx, &r.Recovery); err != nil {
		return err
	}
	if err := s.credit(tx, r.loan, row.Net.Sub(row.Surplus), p.ReceivedOn); err != nil {
		return err
	}
	told := map[string]any{"receipt_id": row.ID, "receipt": row.Number, "net": row.Net, "amount": row.FundPart, "due_on": row.TransferDueOn}
	if gone {
		if err := r.publish(tx, "recovery.reopened", told); err != nil {
			return err
		}
	}
	return r.publish(tx, "recovery.received", told)
}

func (r *pursuit) receipt(tx postgres.Tx, p Proceeds, by signers) (row receipt, err error) {
	c, err := find(tx, r.ClaimID, false)
	if err != nil {
		return row, err
	}
	rules, err := c.rules(tx)
	if err != nil {
		return row, err
	}
	d := *p.Distribution
	due, _ := calendar.AddWorkingDays(p.ReceivedOn, rules.RecoveryTransferWD)
	costs := p.Costs
	if costs == nil {
		costs = []Cost{}
	}
	row = receipt{
		RecoveryID: r.ID, ReceivedOn: p.ReceivedOn, Gross: p.Gross, Costs: p.costs(), CostItems: costs, Net: d.Net,
		InterestOwed: p.InterestOwed, Source: p.Source, Distribution: d, FundPart: d.of(SeatFund), InterestPart: d.Interest,
		Surplus: d.Surplus, TransferDueOn: due, MakerID: by.maker.UserID, MakerName: by.maker.Name,
		CheckerID: by.checker.UserID, CheckerName: by.checker.Name, CreatedAt: tx.Now(),
	}
	if row.ID, err = uuid.NewV7(); err != nil {
		return row, err
	}
	row.Number, err = number.Next(tx, number.Receipt)
	return row, err
}

// credit posts to the loan what the borrower no longer owes. The whole net sum counts
// there, the fund's part too: compensation never freed the borrower of its debt.
func (s *Service) credit(tx postgres.Tx, l loan.Loan, amount money.Amount, on calendar.Date) error {
	if !amount.IsPositive() || l.Status == loan.Settled {
		return nil
	}
	err := s.loans.RecordRecovery(tx, l.ID, amount, on)
	if fault.Has(err, "prepayment_not_confirmed") {
		return fault.New(fault.Rule, "loan_not_due", "贷款 %s 尚有未到期本金，请先在贷款中宣布提前到期，再登记追偿回款", l.Number)
	}
	return err
}

// TransferIn is the fund's part of a receipt arriving in the custody account.
type TransferIn struct {
	ReceiptID uuid.UUID `json:"receipt_id"`
	Arrival
}

// transferred says that the fund's part of a receipt is in the custody account.
type transferred struct {
	ReceiptID     uuid.UUID
	TransferredOn calendar.Date
	Voucher       string
	EntryID       uuid.UUID
	MakerID       uuid.UUID
	MakerName     string
	CheckerID     uuid.UUID
	CheckerName   string
	CreatedAt     time.Time
}

var transferStep = recoveryStep[TransferIn]{
	action: Transfer, text: "追偿款到账确认", make: authz.ClaimPay, check: authz.ClaimPaySign,
	try: func(_ *Service, tx postgres.Tx, r *pursuit, t *TransferIn) error {
		row, done, err := findReceipt(tx, r.ID, t.ReceiptID)
		if err != nil {
			return err
		}
		if done || !row.FundPart.IsPositive() {
			return fault.InField("receipt_id", "already_transferred", "该笔回款的基金应得部分已确认到账，或基金未分得款项")
		}
		if err := t.check(tx); err != nil {
			return err
		}
		if t.On.Before(row.ReceivedOn) {
			return fault.InField("on", "transfer_before_receipt", "到账日期不能早于回款日期 %s", row.ReceivedOn)
		}
		return nil
	},
	take: takeTransfer,
}

// ConfirmTransfer is the finance bureau finding the fund's part in the custody account.
func (s *Service) ConfirmTransfer(ctx context.Context, actor authz.Actor, id uuid.UUID, t TransferIn) (Recovery, error) {
	return proposeRecovery(ctx, s, transferStep, actor, id, t)
}

func takeTransfer(_ *Service, tx postgres.Tx, r *pursuit, t TransferIn, by signers) error {
	row, _, err := findReceipt(tx, r.ID, t.ReceiptID)
	if err != nil {
		return err
	}
	book, err := fund.Lock(tx, r.FundID)
	if err != nil {
		return err
	}
	if err := ledger.Ensure(tx, book.BookID, ledger.Recovered(r.ClaimID), "追偿收回 "+r.Number, true); err != nil {
		return err
	}
	entry := ledger.Recover(book.BookID, by.maker, by.checker, row.Number, t.On, row.FundPart, r.ClaimID, book.Custody)
	entry.Narrative = strings.TrimSpace("追偿收回 " + r.Number + " 凭证 " + t.Voucher)
	posted, err := ledger.Post(tx, entry)
	if err != nil {
		return err
	}
	if err := insertTransfer(tx, transferred{
		ReceiptID: row.ID, TransferredOn: t.On, Voucher: t.Voucher, EntryID: posted.ID, MakerID: by.maker.UserID, MakerName: by.maker.Name,
		CheckerID: by.checker.UserID, CheckerName: by.checker.Name, CreatedAt: tx.Now(),
	}); err != nil {
		return err
	}
	if err := r.move(Transfer); err != nil {
		return err
	}
	if err := saveRecovery(tx, &r.Recovery); err != nil {
		return err
	}
	return r.publish(tx, "recovery.transferred", map[string]any{"receipt": row.Number, "amount": row.FundPart})
}
