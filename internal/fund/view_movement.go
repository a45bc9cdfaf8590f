package fund

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// MovementView is a movement of money as clients see it.
type MovementView struct {
	ID           uuid.UUID      `json:"id"`
	Number       string         `json:"number"`
	FundID       uuid.UUID      `json:"fund_id"`
	FundName     string         `json:"fund_name"`
	Kind         MovementKind   `json:"kind" enum:"contribute,interest,return_capital,fee"`
	Payer        string         `json:"payer"`
	PayerName    string         `json:"payer_name"`
	Amount       money.Amount   `json:"amount"`
	OnDate       calendar.Date  `json:"on_date"`
	Voucher      string         `json:"voucher"`
	Note         string         `json:"note"`
	Status       MovementStatus `json:"status" enum:"submitted,posted,returned"`
	StatusReason string         `json:"status_reason"`
	EntryID      *uuid.UUID     `json:"entry_id,omitempty"`
	EntrySeq     *int64         `json:"entry_seq,omitempty" doc:"账簿内的分录序号"`
	MakerName    string         `json:"maker_name"`
	CheckerName  string         `json:"checker_name"`
	CreatedAt    time.Time      `json:"created_at"`
	PostedAt     *time.Time     `json:"posted_at,omitempty"`
	Version      int64          `json:"version"`
	// Actions is empty: signing, returning and withdrawing go through the proposal.
	Actions []string `json:"available_actions" nullable:"false"`
}

// MovementDetail is a movement with what waits on it.
type MovementDetail struct {
	MovementView
	PendingApproval *approval.PendingView `json:"pending_approval,omitempty"`
	Timeline        []audit.Line          `json:"timeline" nullable:"false"`
}

type listedMovement struct {
	Movement
	FundName  string
	PayerArea string
}

func (r listedMovement) view() MovementView {
	m := r.Movement
	v := MovementView{
		ID: m.ID, Number: m.Number, FundID: m.FundID, FundName: r.FundName, Kind: m.Kind, Payer: m.Payer, PayerName: r.PayerArea,
		Amount: m.Amount, OnDate: m.OnDate, Voucher: m.Voucher, Note: m.Note, Status: m.Status, StatusReason: m.StatusReason,
		EntryID: m.EntryID, EntrySeq: m.EntrySeq, MakerName: m.MakerName, CheckerName: m.CheckerName, CreatedAt: m.CreatedAt,
		PostedAt: m.PostedAt, Version: m.Version, Actions: []string{},
	}
	if m.Payer == Municipal {
		v.PayerName = "市级财政"
	}
	return v
}

func (s *Service) movementDetail(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (d MovementDetail, err error) {
	r, err := findListedMovement(tx, id)
	if err != nil {
		return d, err
	}
	d.MovementView = r.view()
	if d.PendingApproval, err = s.approvals.PendingOn(tx, actor, movementSubject, id); err != nil {
		return d, err
	}
	d.Timeline, err = audit.Timeline(tx, movementSubject, id)
	return d, err
}
