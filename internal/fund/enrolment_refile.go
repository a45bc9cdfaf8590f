package fund

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/state"
)

// RefilingStatus is where the re-filing of an extension stands.
type RefilingStatus string

// The life of a re-filing.
const (
	RefilingAwaiting  RefilingStatus = "awaiting"
	RefilingFiled     RefilingStatus = "filed"
	RefilingConfirmed RefilingStatus = "confirmed"

	// Actions about an extension leave the enrolment's status as it is.
	Refile          Action = "refile"
	ConfirmRefiling Action = "confirm_refiling"
	ReturnRefiling  Action = "return_refiling"
)

// RefilingTransitions is the whole life of a re-filing (domain §2.4, Loan: EXTENDED).
var RefilingTransitions = state.Table[RefilingStatus, Action]{
	RefilingAwaiting: {Refile: RefilingFiled},
	RefilingFiled:    {ConfirmRefiling: RefilingConfirmed, ReturnRefiling: RefilingAwaiting},
}

var _ = state.Name(map[string]string{
	"awaiting": "待重新备案", "filed": "待确认", "confirmed": "已确认", "refile": "展期重新备案", "confirm_refiling": "确认重新备案", "return_refiling": "退回重新备案",
})

var _ = audit.Name(map[string]string{
	"enrolment.extended": "贷款展期，待重新备案", "enrolment.refile": "提交展期重新备案", "enrolment.propose_refiling": "提出确认重新备案",
	"enrolment.confirm_refiling": "确认展期重新备案", "enrolment.return_refiling": "退回展期重新备案",
})

// Refiling is one extension of an enrolled loan. Until the bureau has confirmed it, the
// fund's promise ends at CoveredUntil, the maturity before the extension.
type Refiling struct {
	ID                uuid.UUID
	EnrolmentID       uuid.UUID
	CoveredUntil      calendar.Date
	MaturesOn         calendar.Date
	ExtendedOn        calendar.Date
	DueOn             calendar.Date // the filing deadline of the policy, from the extension on
	Status            RefilingStatus
	FiledOn           *calendar.Date
	FiledName         string
	GuarantorsConsent bool // whoever stands by the loan has agreed to the longer time in writing
	Note              string
	LateReason        string
	Opinion           string
	MakerID           *uuid.UUID
	MakerName         string
	CheckerID         *uuid.UUID
	CheckerName       string
	ConfirmedOn       *calendar.Date
	CreatedAt         time.Time
}

func (r *Refiling) move(a Action) (err error) {
	r.Status, err = RefilingTransitions.Next(r.Status, a)
	return err
}

var errNoRefiling = fault.New(fault.Conflict, "refiling_not_awaited", "该备案没有待办理的展期重新备案")

// OnExtended notes in the transaction of the extension that an enrolled loan has to be
// filed again. It implements loan.Exposure; a loan that isn't enrolled is no concern.
func (s *Service) OnExtended(tx postgres.Tx, loanID uuid.UUID, from, to calendar.Date) error {
	e, found, err := liveOf(tx, loanID, true)
	if err != nil || !found {
		return err
	}
	on := calendar.DateOf(tx.Now())
	v, err := policy.InForce(tx, on)
	if err != nil {
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	r := Refiling{ID: id, EnrolmentID: e.ID, CoveredUntil: from, MaturesOn: to, ExtendedOn: on, Status: RefilingAwaiting, CreatedAt: tx.Now()}
	r.DueOn, _ = calendar.AddWorkingDays(on, v.Parameters.FilingDeadlineWD)
	if err := insertRefiling(tx, r); err != nil {
		return err
	}
	if err := s.keep(tx, authz.System, &e, "enrolment.extended", map[string]any{"from": from, "to": to, "due_on": r.DueOn}); err != nil {
		return err
	}
	return event.Publish(tx, "enrolment.refiling_due", map[string]any{"enrolment_id": e.ID, "loan_id": loanID, "bank_id": e.BankID})
}

// CoveredUntil is the maturity up to which the fund's promise holds: that of the loan,
// or the one before the first extension that hasn't been filed anew and confirmed.
func CoveredUntil(tx postgres.Tx, enrolmentID uuid.UUID, maturity calendar.Date) (calendar.Date, error) {
	open, found, err := openRefiling(tx, enrolmentID)
	if err != nil || !found {
		return maturity, err
	}
	return open.CoveredUntil, nil
}

// NewRefiling is what the bank states when it files an extension.
type NewRefiling struct {
	GuarantorsConsent bool        `json:"guarantors_consent" doc:"担保机构、保险机构及出质人已书面同意展期；银行作为质权人以本次提交表示同意"`
	Note              string      `json:"note,omitempty" maxLength:"500" doc:"说明"`
	LateReason        string      `json:"late_reason,omitempty" maxLength:"500" doc:"逾期办理的理由，逾期时必填"`
	Documents         []uuid.UUID `json:"documents" nullable:"false" doc:"展期协议、同意书、质押延期登记证明等，至少一份"`
}

// Refile files the extension with the fund: the oldest that waits. It fails with all that
// is missing; late it wants a reason, which the bureau's two people decide on.
func (s *Service) Refile(ctx context.Context, actor authz.Actor, id uuid.UUID, in NewRefiling) (Enrolment, error) {
	return s.change(ctx, actor, id, Refile, func(tx postgres.Tx, e *Enrolment, l loanFacts) error {
		r, found, err := openRefiling(tx, e.ID)
		if err != nil {
			return err
		}
		if !found {
			return errNoRefiling
		}
		if err := r.move(Refile); err != nil {
			return err
		}
		on := calendar.DateOf(tx.Now())
		r.FiledOn, r.FiledName, r.Opinion = &on, actor.Name, ""
		r.GuarantorsConsent, r.Note, r.LateReason = in.GuarantorsConsent, strings.TrimSpace(in.Note), strings.TrimSpace(in.LateReason)
		var c fault.Collector
		if len(in.Documents) == 0 {
			c.Add("documents", "refiling_documents_missing", "请上传展期协议、担保人同意书和质押延期登记证明")
		}
		if on.After(r.DueOn) && r.LateReason == "" {
			c.Add("late_reason", "refiling_late", "重新备案期限为 %s，现已逾期；请填写理由，由知识产权局两人决定是否准许", r.DueOn)
		}
		if l.DaysPastDue > 0 {
			c.Add("", "loan_not_performing", "贷款已逾期 %d 天，结清拖欠后方可重新备案", l.DaysPastDue)
		}
		if err := r.judge(tx, *e, l, &c); err != nil {
			return err
		}
		if err := document.Link(tx, actor, in.Documents, enrolmentSubject, e.ID, "refiling"); err != nil {
			return err
		}
		if err := saveRefiling(tx, r); err != nil {
			return err
		}
		if err := s.keep(tx, actor, e, "enrolment.refile", map[string]any{"matures_on": r.MaturesOn, "late_reason": r.LateReason}); err != nil {
			return err
		}
		return event.Publish(tx, "enrolment.refiled", map[string]any{"enrolment_id": e.ID})
	})
}

// judge applies what an extension must meet to stay covered: consents, a pledge
// registered for the longer time, and the policy's longest term. It returns all faults
// at once, with those already found.
func (r Refiling) judge(tx postgres.Tx, e Enrolment, l loanFacts, c *fault.Collector) error {
	p, err := policy.ByID(tx, e.PolicyID)
	if err != nil {
		return err
	}
	if !r.GuarantorsConsent {
		c.Add("guarantors_consent", "extension_consents_missing", "须先取得担保机构、保险机构和出质人同意展期的书面文件")
	}
	ends, registered, err := pledgedUntil(tx, e.LoanID)
	if err != nil {
		return err
	}
	switch {
	case !registered:
		c.Add("", "pledge_not_registered", "质押登记已失效，不能重新备案")
	case ends != nil && !ends.IsZero() && ends.Before(r.MaturesOn):
		c.Add("", "pledge_extension_required", "质押登记期限于 %s 届满，早于展期后的到期日 %s，请先办理质押延期登记", *ends, r.MaturesOn)
	}
	if latest := l.DisbursedOn.AddMonths(p.Parameters.MaxTermMonths); r.MaturesOn.After(latest) {
		c.Add("", "refiling_term", "展期后的到期日 %s 超过基金承保的最长期限 %d 个月（%s）", r.MaturesOn, p.Parameters.MaxTermMonths, latest)
	}
	return c.Err()
}
