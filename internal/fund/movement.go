package fund

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/number"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/state"
)

type (
	// MovementKind is what sort of money moves.
	MovementKind string
	// MovementStatus is where a movement stands.
	MovementStatus string
	// MovementAction moves it.
	MovementAction string
)

// Kinds and states of movements.
const (
	Contribution  MovementKind = "contribute"
	Interest      MovementKind = "interest"
	ReturnCapital MovementKind = "return_capital"
	ManagementFee MovementKind = "fee"

	MovementSubmitted MovementStatus = "submitted"
	MovementPosted    MovementStatus = "posted"
	MovementReturned  MovementStatus = "returned"

	postMovement   MovementAction = "post"
	returnMovement MovementAction = "return"
)

// MovementTransitions is the whole life of a movement. A returned one is entered anew.
var MovementTransitions = state.Table[MovementStatus, MovementAction]{
	MovementSubmitted: {postMovement: MovementPosted, returnMovement: MovementReturned},
}

var _ = state.Name(map[string]string{
	"posted": "已入账", "post": "入账", "contribute": "出资", "interest": "利息收入", "return_capital": "退回出资", "fee": "管理费",
})

// movementNumber is the prefix of their numbers: 资金.
const movementNumber = "ZJ"

// Municipal is the payer of the city's own contributions; the others are
// "county:<code>" and "park:<code>".
const Municipal = "municipal"

// Movement is money into or out of the fund besides compensation. Signed, it is one entry
// of the ledger.
type Movement struct {
	ID           uuid.UUID
	Number       string
	FundID       uuid.UUID
	Kind         MovementKind
	Payer        string // of contributions and of capital returned
	Amount       money.Amount
	OnDate       calendar.Date
	Voucher      string
	Note         string
	Status       MovementStatus
	StatusReason string
	EntryID      *uuid.UUID
	EntrySeq     *int64
	MakerID      uuid.UUID
	MakerName    string
	CheckerID    *uuid.UUID
	CheckerName  string
	CreatedAt    time.Time
	PostedAt     *time.Time
	Version      int64
}

// NewMovement is what a treasurer enters.
type NewMovement struct {
	Kind    MovementKind  `json:"kind" enum:"contribute,interest,return_capital,fee" doc:"出资、利息收入、退回出资、管理费"`
	Payer   string        `json:"payer,omitempty" maxLength:"40" doc:"出资方：municipal、county:县市区代码、park:园区代码；利息与管理费不填"`
	Amount  money.Amount  `json:"amount" doc:"金额"`
	OnDate  calendar.Date `json:"on_date" doc:"到账或支付日期"`
	Voucher string        `json:"voucher" maxLength:"100" doc:"银行回单号"`
	Note    string        `json:"note,omitempty" maxLength:"300" doc:"说明"`
}

func (n NewMovement) hasPayer() bool { return n.Kind == Contribution || n.Kind == ReturnCapital }

func (n NewMovement) check(tx postgres.Tx) error {
	var c fault.Collector
	if !n.Amount.IsPositive() {
		c.Add("amount", "amount_not_positive", "金额应大于 0")
	}
	if n.OnDate.After(calendar.DateOf(tx.Now())) {
		c.Add("on_date", "date_in_future", "日期 %s 尚未到来，请按银行回单填写", n.OnDate)
	}
	if strings.TrimSpace(n.Voucher) == "" {
		c.Add("voucher", "field_required", "请填写银行回单号")
	}
	if n.hasPayer() {
		_, err := payerName(tx, n.Payer)
		if err := c.Take("payer", err); err != nil {
			return err
		}
	} else if n.Payer != "" {
		c.Add("payer", "payer_not_wanted", "该类收支不填写出资方")
	}
	return c.Err()
}

// payerName checks a payer and gives its Chinese name.
func payerName(tx postgres.Tx, payer string) (string, error) {
	if payer == Municipal {
		return "市级财政", nil
	}
	kind, code, _ := strings.Cut(payer, ":")
	area, err := org.Area(tx, code)
	if fault.Has(err, "area_unknown") || err == nil && string(area.Kind) != kind {
		return "", fault.InField("payer", "payer_unknown", "请从列表中选择出资方：市级财政、县市区或园区")
	}
	return area.Name, err
}

// Move enters money that moved; it is posted when a checker of the finance bureau signs.
func (s *Service) Move(ctx context.Context, actor authz.Actor, fundID uuid.UUID, n NewMovement) (m Movement, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.FundMove); err != nil {
			return err
		}
		f, err := Find(tx, fundID)
		if err != nil {
			return err
		}
		if f.Status != Active {
			return errFundClosed
		}
		if err := n.check(tx); err != nil {
			return err
		}
		if m, err = newMovement(tx, actor, f, n); err != nil {
			return err
		}
		if err := insertMovement(tx, m); err != nil {
			return err
		}
		_, err = s.approvals.Propose(tx, actor, approval.Draft{
			Kind: kindMovement, SubjectID: m.ID, SubjectVersion: m.Version, Payload: n,
			Title: f.Name + " " + state.Label(string(n.Kind)) + " " + n.Amount.Text(),
		})
		if err != nil {
			return err
		}
		return audit.Record(tx, actor, "fund_movement.submit", movementSubject, m.ID, n)
	})
	return m, err
}

func newMovement(tx postgres.Tx, actor authz.Actor, f Fund, n NewMovement) (m Movement, err error) {
	id, err := uuid.NewV7()
	if err != nil {
		return m, err
	}
	no, err := number.Next(tx, movementNumber)
	return Movement{
		ID: id, Number: no, FundID: f.ID, Kind: n.Kind, Payer: n.Payer, Amount: n.Amount, OnDate: n.OnDate,
		Voucher: strings.TrimSpace(n.Voucher), Note: strings.TrimSpace(n.Note), Status: MovementSubmitted,
		MakerID: actor.UserID, MakerName: actor.Name, CreatedAt: tx.Now(), Version: 1,
	}, err
}

func (s *Service) returnMovement(tx postgres.Tx, id uuid.UUID, checker authz.Actor, reason string) error {
	m, err := findMovement(tx, id, true)
	if err != nil {
		return err
	}
	if m.Status, err = MovementTransitions.Next(m.Status, returnMovement); err != nil {
		return err
	}
	m.StatusReason = reason
	if err := saveMovement(tx, &m); err != nil {
		return err
	}
	return audit.Record(tx, checker, "fund_movement.return", movementSubject, m.ID, map[string]any{"reason": reason})
}
