package claim

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/money"
	"ippledge/internal/number"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/state"
)

type (
	// RecoveryStatus is where a recovery stands.
	RecoveryStatus string
	// RecoveryAction moves it.
	RecoveryAction string
)

// The life of a recovery (domain §2.4, Recovery). Each receipt is a distribution of its own.
const (
	RecoveryOpen     RecoveryStatus = "open"
	Collecting       RecoveryStatus = "collecting"
	Exhausted        RecoveryStatus = "exhausted"
	WriteoffApplied  RecoveryStatus = "writeoff_applied"
	WriteoffEndorsed RecoveryStatus = "writeoff_endorsed" // the bureau has agreed, the finance bureau not yet
	WrittenOff       RecoveryStatus = "written_off"
	Completed        RecoveryStatus = "completed"
	Reopened         RecoveryStatus = "reopened"

	Receive         RecoveryAction = "receive"
	Transfer        RecoveryAction = "transfer"
	Exhaust         RecoveryAction = "exhaust"
	ApplyWriteoff   RecoveryAction = "apply_writeoff"
	EndorseWriteoff RecoveryAction = "endorse_writeoff"
	ConfirmWriteoff RecoveryAction = "confirm_writeoff"
	ReturnWriteoff  RecoveryAction = "return_writeoff"

	complete RecoveryAction = "complete"
)

// RecoveryTransitions is the whole life of a recovery. A write-off never ends the duty to
// recover: money that comes later reopens it.
var RecoveryTransitions = state.Table[RecoveryStatus, RecoveryAction]{
	RecoveryOpen:     {Receive: Collecting, complete: Completed, Exhaust: Exhausted},
	Collecting:       {Receive: Collecting, Transfer: Collecting, complete: Completed, Exhaust: Exhausted},
	Exhausted:        {Receive: Collecting, Transfer: Exhausted, complete: Completed, ApplyWriteoff: WriteoffApplied},
	WriteoffApplied:  {Receive: Collecting, complete: Completed, EndorseWriteoff: WriteoffEndorsed, ReturnWriteoff: Exhausted},
	WriteoffEndorsed: {Receive: Collecting, complete: Completed, ConfirmWriteoff: WrittenOff, ReturnWriteoff: Exhausted},
	WrittenOff:       {Receive: Reopened, complete: Completed},
	Reopened:         {Receive: Reopened, Transfer: Reopened, complete: Completed},
	Completed:        {Receive: Completed, Transfer: Completed, complete: Completed},
}

// Text is the Chinese word of a status.
func (s RecoveryStatus) Text() string { return state.Label(string(s)) }

// Recovery is the pursuit of one paid claim. Bearers stand in policy order.
type Recovery struct {
	ID            uuid.UUID
	Number        string
	ClaimID       uuid.UUID
	FundID        uuid.UUID
	LoanID        uuid.UUID
	NeedID        uuid.UUID
	BankID        uuid.UUID
	BorrowerID    uuid.UUID
	CompensatedOn calendar.Date
	Status        RecoveryStatus
	StatusReason  string
	Bearers       []Bearer     `gorm:"serializer:json"`
	Recovered     money.Amount // net receipts
	InterestPaid  money.Amount
	Surplus       money.Amount
	RulingKind    string
	RulingNo      string
	RulingOn      *calendar.Date
	WrittenOff    money.Amount
	WrittenOffOn  *calendar.Date
	CreatedAt     time.Time
	Version       int64
}

var errNoRecovery = fault.New(fault.NotFound, "recovery_not_found", "没有这笔追偿，或您无权查看")

var (
	_ = postgres.Rule("recovery_receipt_maker_is_not_checker", errSamePerson)
	_ = postgres.Rule("recovery_transfer_maker_is_not_checker", errSamePerson)
	_ = postgres.Rule("recovery_decision_maker_is_not_checker", errSamePerson)
	_ = postgres.Rule("recovery_transfer_pkey", fault.New(fault.Conflict, "already_transferred", "该笔回款的基金应得部分已确认到账"))
)

func (r *Recovery) move(a RecoveryAction) (err error) {
	r.Status, err = RecoveryTransitions.Next(r.Status, a)
	return err
}

// bearer is one party of the loss; an empty one where the seat bore nothing.
func (r Recovery) bearer(seat string) (b Bearer) {
	for _, b := range r.Bearers {
		if b.Seat == seat {
			return b
		}
	}
	return b
}

// shift moves a loss from one party to another.
func (r *Recovery) shift(from, to string, amount money.Amount) {
	for i := range r.Bearers {
		switch r.Bearers[i].Seat {
		case from:
			r.Bearers[i].Loss = r.Bearers[i].Loss.Sub(amount)
		case to:
			r.Bearers[i].Loss = r.Bearers[i].Loss.Add(amount)
		}
	}
}

// loss is what all parties together bore, and what of it is still out.
func (r Recovery) loss() (total, left money.Amount) {
	for _, b := range r.Bearers {
		total, left = total.Add(b.Loss), left.Add(b.open())
	}
	return total, left
}

func (r Recovery) title() string {
	_, left := r.loss()
	return r.Number + " 尚未追回 " + left.Text()
}

func (r Recovery) publish(tx postgres.Tx, name string, more map[string]any) error {
	payload := map[string]any{
		"recovery_id": r.ID, "claim_id": r.ClaimID, "number": r.Number, "bank_id": r.BankID, "borrower_id": r.BorrowerID,
		"loan_id": r.LoanID, "fund_id": r.FundID, "status": r.Status,
	}
	for key, value := range more {
		payload[key] = value
	}
	return event.Publish(tx, name, payload)
}

// open begins the recovery with the first payment. Each party's loss is what the working
// says it bears: the bank's share includes what caps and reviews cut off the fund's.
func (s *Service) open(tx postgres.Tx, f *file, actor authz.Actor, on calendar.Date) (err error) {
	r := Recovery{
		ClaimID: f.ID, FundID: f.FundID, LoanID: f.LoanID, NeedID: f.NeedID, BankID: f.BankID, BorrowerID: f.BorrowerID,
		CompensatedOn: on, Status: RecoveryOpen, CreatedAt: tx.Now(), Version: 1,
	}
	if r.ID, err = uuid.NewV7(); err != nil {
		return err
	}
	if r.Number, err = number.Next(tx, number.Recovery); err != nil {
		return err
	}
	if r.Bearers, err = f.bearers(tx); err != nil {
		return err
	}
	if err := insertRecovery(tx, r); err != nil {
		return err
	}
	if err := audit.Record(tx, actor, "recovery.open", RecoverySubject, r.ID, map[string]any{"claim": f.Number, "bearers": r.Bearers}); err != nil {
		return err
	}
	return r.publish(tx, "recovery.opened", nil)
}

func (f *file) bearers(tx postgres.Tx) (out []Bearer, err error) {
	e, err := fund.FindEnrolment(tx, f.EnrolmentID)
	if err != nil {
		return nil, err
	}
	book, err := fund.Find(tx, f.FundID)
	if err != nil {
		return nil, err
	}
	orgs := map[string]*uuid.UUID{SeatBank: &f.BankID, SeatGuarantor: e.GuarantorID, SeatInsurer: e.InsurerID, SeatAppraiser: e.AppraiserID}
	for _, part := range f.Computation.Parts {
		b := Bearer{Seat: part.Seat, OrgID: orgs[part.Seat], Name: part.Name, Loss: part.Bears, Recovered: money.Zero}
		switch {
		case part.Seat == SeatFund:
			b.Name = book.Name
		case b.OrgID != nil:
			o, err := org.Find(tx, *b.OrgID)
			if err != nil {
				return nil, err
			}
			b.Name = o.Name
		case !b.Loss.IsPositive():
			continue
		}
		out = append(out, b)
	}
	return out, nil
}
