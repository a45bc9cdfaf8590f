// Package policy keeps the numbers of the scheme as dated versions, and the history of
// the loan prime rate.
//
// The one hard rule: a version once in force is never edited. Whatever is decided keeps
// the id of the version it was decided under, and a change is a later version, drafted by
// one person of the bureau and signed by another.
package policy

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/state"
)

type (
	// Status is where a version stands.
	Status string
	// Action moves it.
	Action string
)

// The life of a version. InEffect means approved: it rules from its date on.
const (
	Draft     Status = "draft"
	Submitted Status = "submitted"
	InEffect  Status = "in_force"
	Returned  Status = "returned"
	Withdrawn Status = "withdrawn"

	Edit     Action = "edit"
	Submit   Action = "submit"
	Approve  Action = "approve"
	Return   Action = "return"
	Withdraw Action = "withdraw"
)

// Transitions is the whole life of a version.
var Transitions = state.Table[Status, Action]{
	Draft:     {Edit: Draft, Submit: Submitted, Withdraw: Withdrawn},
	Submitted: {Approve: InEffect, Return: Returned},
	Returned:  {Edit: Draft, Submit: Submitted, Withdraw: Withdrawn},
}

var _ = state.Name(map[string]string{
	"draft": "草稿", "submitted": "待复核", "in_force": "已批准", "returned": "退回", "withdrawn": "已撤回",
	"edit": "修改", "submit": "提交复核", "approve": "批准", "return": "退回", "withdraw": "撤回",
})

// Version is one dated set of parameters.
type Version struct {
	ID            uuid.UUID
	Number        string
	Title         string
	EffectiveFrom calendar.Date
	Parameters    Parameters
	Basis         string // the document it rests on
	Status        Status
	StatusReason  string
	CreatedBy     *uuid.UUID
	MakerName     string
	CheckerName   string
	CreatedAt     time.Time
	ApprovedAt    *time.Time
	Version       int64 // of the row, for If-Match
}

// move takes the action the table allows.
func (v *Version) move(a Action) (err error) {
	v.Status, err = Transitions.Next(v.Status, a)
	return err
}

var (
	errNotFound  = fault.New(fault.NotFound, "policy_not_found", "没有这个政策版本，或您无权查看")
	errMissing   = fault.New(fault.Rule, "policy_missing", "该日期没有生效的政策版本，请先由知识产权局发布政策参数")
	errDateTaken = fault.InField("effective_from", "policy_date_taken", "该生效日期已有批准的政策版本，请另选生效日期")
	errStands    = fault.New(fault.Conflict, "policy_in_force", "政策版本一经批准不得修改，请另行起草新版本")
)

var (
	_ = postgres.Rule("policy_version_effective_uq", errDateTaken)
	_ = postgres.Rule("policy_version_in_force_stands", errStands)
)

// InForce is the version that rules on a day: the approved one with the latest date not
// after it. It fails with policy_missing.
func InForce(tx postgres.Tx, on calendar.Date) (Version, error) { return inForce(tx, on) }

// ByID is the version a past decision was made under, whatever came later. It fails with
// policy_not_found.
func ByID(tx postgres.Tx, id uuid.UUID) (Version, error) { return find(tx, id) }

// checkDate refuses a version that would rule the past.
func checkDate(on, today calendar.Date) error {
	if on.Before(today) {
		return fault.InField("effective_from", "effective_date_past", "生效日期 %s 已过，政策不溯及既往，请填写 %s 或之后的日期", on, today)
	}
	return nil
}

func isMissing(err error) bool { return fault.Has(err, errMissing.Code) }
