package claim

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// RecoveryView is a recovery as lists show it.
type RecoveryView struct {
	ID               uuid.UUID        `json:"id"`
	Number           string           `json:"number"`
	Status           RecoveryStatus   `json:"status"`
	StatusReason     string           `json:"status_reason"`
	Version          int64            `json:"version"`
	CreatedAt        time.Time        `json:"created_at"`
	ClaimID          uuid.UUID        `json:"claim_id"`
	ClaimNumber      string           `json:"claim_number"`
	FundID           uuid.UUID        `json:"fund_id"`
	FundName         string           `json:"fund_name"`
	LoanID           uuid.UUID        `json:"loan_id"`
	LoanNumber       string           `json:"loan_number"`
	BankID           uuid.UUID        `json:"bank_id"`
	BankName         string           `json:"bank_name"`
	BorrowerID       uuid.UUID        `json:"borrower_id"`
	BorrowerName     string           `json:"borrower_name"`
	CompensatedOn    calendar.Date    `json:"compensated_on"`
	Loss             money.Amount     `json:"loss" doc:"各方承担的损失合计"`
	Left             money.Amount     `json:"left" doc:"尚未追回"`
	FundLoss         money.Amount     `json:"fund_loss" doc:"基金承担的损失"`
	FundRecovered    money.Amount     `json:"fund_recovered" doc:"基金应得的追回"`
	Recovered        money.Amount     `json:"recovered" doc:"净回款累计"`
	Untransferred    int              `json:"untransferred" doc:"基金应得款尚未到账的笔数"`
	TransferDueOn    *calendar.Date   `json:"transfer_due_on,omitempty"`
	TransferDaysLeft *int             `json:"transfer_days_left,omitempty"`
	WrittenOff       money.Amount     `json:"written_off"`
	Actions          []RecoveryAction `json:"available_actions" nullable:"false"`
}

func (r listedRecovery) view(actor authz.Actor, pending bool, today calendar.Date) RecoveryView {
	total, left := r.loss()
	fund := r.bearer(SeatFund)
	v := RecoveryView{
		ID: r.ID, Number: r.Number, Status: r.Status, StatusReason: r.StatusReason, Version: r.Version, CreatedAt: r.CreatedAt,
		ClaimID: r.ClaimID, ClaimNumber: r.ClaimNumber, FundID: r.FundID, FundName: r.FundName, LoanID: r.LoanID, LoanNumber: r.LoanNumber,
		BankID: r.BankID, BankName: r.BankName, BorrowerID: r.BorrowerID, BorrowerName: r.BorrowerName, CompensatedOn: r.CompensatedOn,
		Loss: total, Left: left, FundLoss: fund.Loss, FundRecovered: fund.Recovered, Recovered: r.Recovery.Recovered, Untransferred: r.Waiting,
		TransferDueOn: r.TransferDueOn, WrittenOff: r.Recovery.WrittenOff,
		Actions: r.Recovery.actions(actor, pending, r.Waiting, r.MinYears, today),
	}
	if r.TransferDueOn != nil {
		days := calendar.WorkingDaysBetween(today, *r.TransferDueOn)
		v.TransferDaysLeft = &days
	}
	return v
}

// ReceiptView is one receipt with its distribution.
type ReceiptView struct {
	ID            uuid.UUID      `json:"id"`
	Number        string         `json:"number"`
	ReceivedOn    calendar.Date  `json:"received_on"`
	Source        string         `json:"source" enum:"auction,debtor,guarantor,execution,bankruptcy,other"`
	Gross         money.Amount   `json:"gross"`
	Costs         money.Amount   `json:"costs"`
	CostItems     []Cost         `json:"cost_items" nullable:"false"`
	Net           money.Amount   `json:"net"`
	Distribution  Distribution   `json:"distribution"`
	FundPart      money.Amount   `json:"fund_part"`
	TransferDueOn calendar.Date  `json:"transfer_due_on"`
	TransferredOn *calendar.Date `json:"transferred_on,omitempty"`
	Voucher       string         `json:"voucher"`
	MakerName     string         `json:"maker_name"`
	CheckerName   string         `json:"checker_name"`
}

func (r receiptRow) view() ReceiptView {
	x := r.Receipt
	v := ReceiptView{
		ID: x.ID, Number: x.Number, ReceivedOn: x.ReceivedOn, Source: x.Source, Gross: x.Gross, Costs: x.Costs, CostItems: x.CostItems, Net: x.Net,
		Distribution: x.Distribution, FundPart: x.FundPart, TransferDueOn: x.TransferDueOn, TransferredOn: r.TransferredOn,
		MakerName: x.MakerName, CheckerName: x.CheckerName,
	}
	if v.CostItems == nil {
		v.CostItems = []Cost{}
	}
	if r.Voucher != nil {
		v.Voucher = *r.Voucher
	}
	return v
}

// DecisionView is one line of how a write-off was decided.
type DecisionView struct {
	Step        string        `json:"step" enum:"exhaust,apply,endorse,confirm"`
	Verdict     string        `json:"verdict" enum:"pass,return"`
	Amount      *money.Amount `json:"amount,omitempty"`
	Opinion     string        `json:"opinion"`
	MakerName   string        `json:"maker_name"`
	MakerOrg    string        `json:"maker_org"`
	CheckerName string        `json:"checker_name"`
	CheckerOrg  string        `json:"checker_org"`
	DecidedAt   time.Time     `json:"decided_at"`
}

func (d decision) view() DecisionView {
	return DecisionView{d.Step, d.Verdict, d.Amount, d.Opinion, d.MakerName, d.MakerOrg, d.CheckerName, d.CheckerOrg, d.DecidedAt}
}

// RecoveryDetail is a recovery with its receipts and decisions.
type RecoveryDetail struct {
	RecoveryView
	Bearers         []Bearer              `json:"bearers" nullable:"false"`
	InterestPaid    money.Amount          `json:"interest_paid"`
	Surplus         money.Amount          `json:"surplus"`
	RulingKind      string                `json:"ruling_kind" enum:",terminated,bankruptcy_ended"`
	RulingNo        string                `json:"ruling_no"`
	RulingOn        *calendar.Date        `json:"ruling_on,omitempty"`
	WriteoffFrom    calendar.Date         `json:"writeoff_from" doc:"最早可申请核销的日期"`
	WrittenOffOn    *calendar.Date        `json:"written_off_on,omitempty"`
	Receipts        []ReceiptView         `json:"receipts" nullable:"false"`
	Decisions       []DecisionView        `json:"decisions" nullable:"false"`
	Documents       []document.View       `json:"documents" nullable:"false"`
	PendingApproval *approval.PendingView `json:"pending_approval,omitempty"`
	Timeline        []audit.Line          `json:"timeline" nullable:"false"`
}

func (s *Service) recoveryDetail(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (d RecoveryDetail, err error) {
	r, err := findListedRecovery(tx, actor, id)
	if err != nil {
		return d, err
	}
	pending, err := pendingAmong(tx, RecoverySubject, []uuid.UUID{id})
	if err != nil {
		return d, err
	}
	d = RecoveryDetail{
		RecoveryView: r.view(actor, pending[id], today(tx)), Bearers: r.Bearers, InterestPaid: r.InterestPaid, Surplus: r.Surplus,
		RulingKind: r.RulingKind, RulingNo: r.RulingNo, RulingOn: r.RulingOn,
		WriteoffFrom: r.CompensatedOn.AddMonths(12 * r.MinYears), WrittenOffOn: r.WrittenOffOn,
	}
	receipts, err := receiptsOf(tx, id)
	if err != nil {
		return d, err
	}
	decisions, err := decisionsOf(tx, id)
	if err != nil {
		return d, err
	}
	d.Receipts, d.Decisions = views(receipts, receiptRow.view), views(decisions, decision.view)
	if d.Documents, err = document.Of(tx, RecoverySubject, id); err != nil {
		return d, err
	}
	for i := range d.Documents {
		d.Documents[i].Purpose = wordOf(otherPurposes, d.Documents[i].Purpose)
	}
	if d.PendingApproval, err = s.approvals.PendingOn(tx, actor, RecoverySubject, id); err != nil {
		return d, err
	}
	d.Timeline, err = audit.Timeline(tx, RecoverySubject, id)
	return d, err
}
