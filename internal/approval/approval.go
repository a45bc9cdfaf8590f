// Package approval is the one mechanism for steps that take two people. The maker
// proposes, another person of the same organisation signs, and only then the use case
// takes effect, with both actors. Its hard rule: maker and checker differ, and what is
// signed is what was proposed: a subject edited in between voids the proposal.
package approval

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/state"
)

type (
	// Status is where a proposal stands.
	Status string
	// Action moves it.
	Action string
)

// The life of a proposal.
const (
	Pending    Status = "pending"
	Signed     Status = "signed"
	Rejected   Status = "rejected"
	Withdrawn  Status = "withdrawn"
	Superseded Status = "superseded"

	Sign      Action = "sign"
	Reject    Action = "reject"
	Withdraw  Action = "withdraw"
	Supersede Action = "supersede"
)

// Transitions is the whole life of a proposal.
var Transitions = state.Table[Status, Action]{
	Pending: {Sign: Signed, Reject: Rejected, Withdraw: Withdrawn, Supersede: Superseded},
}

var _ = audit.Name(map[string]string{"approval.sign": "复核通过", "approval.reject": "复核退回", "approval.withdraw": "经办人撤回"})

var _ = state.Name(map[string]string{
	"pending": "待复核", "signed": "已复核", "superseded": "已失效", "sign": "复核通过", "reject": "退回", "supersede": "失效",
})

// Proposal is a step made by one person and waiting for another.
type Proposal struct {
	ID             uuid.UUID
	Kind           string
	SubjectKind    string
	SubjectID      uuid.UUID
	OrgID          uuid.UUID
	Title          string
	Payload        json.RawMessage
	SubjectVersion int64
	Digest         string // SHA-256 over kind, subject, version and payload: what the checker signs
	Status         Status
	MakerID        uuid.UUID
	MakerName      string
	MadeAt         time.Time
	CheckerID      *uuid.UUID
	CheckerName    string
	DecidedAt      *time.Time
	Reason         string
	DueOn          *calendar.Date
	Version        int64
}

// Kind is a step that takes two people. Each domain declares its own and hands them to
// Handle when it is wired.
type Kind struct {
	// Name is "noun.verb", as in the audit trail.
	Name string
	// Text is what the checker reads: "报价提交复核".
	Text string
	// SubjectKind is the noun.
	SubjectKind string
	// Check is the permission the checker needs.
	Check authz.Permission
	// Subject locks the subject's row and returns its version.
	Subject func(tx postgres.Tx, id uuid.UUID) (version int64, err error)
	// Apply carries the step out. It runs in the transaction of the signature, with both
	// actors; the maker holds no roles in it, only an identity.
	Apply func(tx postgres.Tx, p Proposal, maker, checker authz.Actor) error
	// Undo, when set, runs when the checker sends the step back, to put the subject back.
	Undo func(tx postgres.Tx, p Proposal, checker authz.Actor, reason string) error
	// Link is the front-end path of the subject.
	Link func(id uuid.UUID) string
	// SealedUntil, when set, says until when the audit entries of the step stay hidden: a
	// bid must leave no trace before its window closes.
	SealedUntil func(tx postgres.Tx, id uuid.UUID) (*time.Time, error)
}

// Draft is what a domain proposes.
type Draft struct {
	Kind           string
	SubjectID      uuid.UUID
	SubjectVersion int64
	// Title names the subject for the list of what waits: "RZ2026000123 流动资金贷款 300 万元".
	Title   string
	Payload any
	DueOn   *calendar.Date
}

// Decode reads the payload into v.
func (p Proposal) Decode(v any) error { return json.Unmarshal(p.Payload, v) }

// Maker is who made the proposal, as an actor without roles.
func (p Proposal) Maker() authz.Actor {
	return authz.Actor{UserID: p.MakerID, OrgID: p.OrgID, Name: p.MakerName}
}

var (
	errOnePending  = fault.New(fault.Conflict, "approval_already_pending", "该事项已提交复核，请等待复核人处理，或由经办人撤回后重新提交")
	errSamePerson  = fault.New(fault.Rule, "maker_is_checker", "经办与复核不能是同一人，请由本单位其他有复核权限的同事处理")
	errSuperseded  = fault.New(fault.Conflict, "approval_superseded", "该记录在提交复核后已被修改，本次提交作废，请经办人重新提交")
	errNoProposal  = fault.New(fault.NotFound, "approval_not_found", "没有这个复核事项，或您无权查看")
	errNeedsReason = fault.InField("reason", "reason_required", "请填写退回的理由")
)

var _ = postgres.Rule("approval_proposal_one_pending_per_kind", errOnePending)
var _ = postgres.Rule("approval_proposal_maker_is_not_checker", errSamePerson)
