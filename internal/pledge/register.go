package pledge

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/casework"
	"ippledge/internal/document"
	"ippledge/internal/fault"
	"ippledge/internal/ipasset"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// Step is what a loan officer enters from the office's papers, for a colleague to check
// against the scan. Which members count depends on the step.
type Step struct {
	RegistrationNo   string         `json:"registration_no,omitempty" maxLength:"60" doc:"质押登记号（登记、变更、延期）"`
	RegisteredOn     *calendar.Date `json:"registered_on,omitempty" doc:"登记日期（登记）"`
	RegisteredAmount *money.Amount  `json:"registered_amount,omitempty" doc:"登记簿上的担保金额（登记、变更）"`
	EndsOn           *calendar.Date `json:"registration_ends_on,omitempty" doc:"登记期限届满日（商标必填）"`
	DebtDueOn        *calendar.Date `json:"debt_due_on,omitempty" doc:"主债权到期日（延期）"`
	ReleaseReason    Reason         `json:"release_reason,omitempty" doc:"注销原因：debt_performed、pledge_realised、waived、contract_void、other"`
	CancelledOn      *calendar.Date `json:"cancelled_on,omitempty" doc:"注销或撤销日期"`
	Note             string         `json:"note,omitempty" maxLength:"500" doc:"说明"`
	DocumentIDs      []uuid.UUID    `json:"document_ids,omitempty" doc:"证书、通知书等扫描件"`
}

// payload is what the checker signs: the step, and what of it differs from the contract.
type payload struct {
	Step
	SecuredAmount money.Amount `json:"contract_amount"`
	Differs       bool         `json:"amount_differs"`
}

// twoPerson are the steps that take two people of the bank.
var twoPerson = []struct {
	action  Action
	text    string
	purpose string
}{
	{Register, "质押登记", "certificate"}, {Change, "质押变更登记", "change_certificate"}, {Extend, "质押延期登记", "extension_certificate"},
	{Cancel, "申请注销质押", "cancellation_request"}, {ConfirmCancel, "确认质押注销", "cancellation_notice"}, {Revoke, "登记质押撤销", "revocation_notice"},
}

func kindOf(a Action) string { return "pledge." + string(a) }

// Kinds are the steps of this package that take two people.
func (s *Service) Kinds() []approval.Kind {
	kinds := make([]approval.Kind, len(twoPerson))
	for i, t := range twoPerson {
		kinds[i] = approval.Kind{
			Name: kindOf(t.action), Text: t.text, SubjectKind: Subject, Check: authz.PledgeCheck, Link: Link,
			Subject: func(tx postgres.Tx, id uuid.UUID) (int64, error) {
				p, err := lockCase(tx, id)
				return p.Version, err
			},
			Apply: func(tx postgres.Tx, proposal approval.Proposal, maker, checker authz.Actor) error {
				return s.carryOut(tx, t.action, proposal, maker, checker)
			},
		}
	}
	return kinds
}

// Propose hands a step to the checker. It fails with what the step would fail with now.
func (s *Service) Propose(ctx context.Context, actor authz.Actor, id uuid.UUID, action Action, step Step) (Pledge, error) {
	return s.change(ctx, actor, authz.PledgeDraft, id, action, func(tx postgres.Tx, p *Pledge) error {
		moved := *p
		if err := s.check(tx, moved, action, &step); err != nil {
			return err
		}
		before, err := lock(tx, id) // nothing moves before the second signature
		if err != nil {
			return err
		}
		*p = before
		purpose, text := "", ""
		for _, t := range twoPerson {
			if t.action == action {
				purpose, text = t.purpose, t.text
			}
		}
		if err := document.Link(tx, actor, step.DocumentIDs, Subject, id, purpose); err != nil {
			return err
		}
		proposal, err := s.approvals.Propose(tx, actor, approval.Draft{
			Kind: kindOf(action), SubjectID: id, SubjectVersion: p.Version, Title: text + " " + p.title(), Payload: payloadOf(*p, step),
		})
		if err != nil {
			return err
		}
		return audit.Record(tx, actor, "pledge.propose", Subject, id, map[string]any{"step": action, "proposal": proposal.ID})
	})
}

func payloadOf(p Pledge, step Step) payload {
	differs := step.RegisteredAmount != nil && !step.RegisteredAmount.Equal(p.SecuredAmount)
	return payload{step, p.SecuredAmount, differs}
}

// check refuses a step whose facts can't be right; p stands as it would after the step.
func (s *Service) check(tx postgres.Tx, p Pledge, action Action, step *Step) error {
	step.RegistrationNo, step.Note = strings.TrimSpace(step.RegistrationNo), strings.TrimSpace(step.Note)
	if len(step.DocumentIDs) == 0 && action != Cancel {
		return errScanRequired
	}
	switch action {
	case Register:
		return checkRegistration(tx, p, step)
	case Change:
		if step.RegisteredAmount == nil || !step.RegisteredAmount.IsPositive() {
			return fault.InField("registered_amount", "amount_not_positive", "请填写变更后登记的担保金额")
		}
	case Extend:
		return checkExtension(p, step)
	case Cancel:
		return s.checkRelease(tx, p, step)
	case ConfirmCancel, Revoke:
		_, err := pastDay(tx, step.CancelledOn, "cancelled_on")
		return err
	}
	return nil
}

func checkRegistration(tx postgres.Tx, p Pledge, step *Step) error {
	var c fault.Collector
	if step.RegistrationNo == "" {
		c.Add("registration_no", "field_required", "请填写质押登记号")
	}
	if step.RegisteredOn == nil {
		c.Add("registered_on", "field_required", "请填写登记日期")
	} else if step.RegisteredOn.After(today(tx)) {
		c.Add("registered_on", "date_in_future", "登记日期 %s 尚未到来，请核对证书", *step.RegisteredOn)
	} else if step.RegisteredOn.Before(p.FiledOn) {
		c.Add("registered_on", "registered_before_filing", "登记日期 %s 早于申报日期 %s，请核对证书", *step.RegisteredOn, p.FiledOn)
	}
	if step.RegisteredAmount == nil || !step.RegisteredAmount.IsPositive() {
		c.Add("registered_amount", "amount_not_positive", "请填写登记簿上的担保金额")
	}
	if step.EndsOn != nil && step.RegisteredOn != nil && !step.EndsOn.After(*step.RegisteredOn) {
		c.Add("registration_ends_on", "registration_ends_early", "登记期限届满日应晚于登记日期")
	}
	return c.Err()
}

func checkExtension(p Pledge, step *Step) error {
	if step.EndsOn == nil && step.DebtDueOn == nil {
		return fault.InField("registration_ends_on", "field_required", "请填写延期后的登记期限届满日或主债权到期日")
	}
	if step.EndsOn != nil && !p.RegistrationEndsOn.IsZero() && !step.EndsOn.After(p.RegistrationEndsOn) {
		return fault.InField("registration_ends_on", "extension_not_later", "延期后的届满日应晚于现届满日 %s", p.RegistrationEndsOn)
	}
	if step.DebtDueOn != nil && step.DebtDueOn.Before(p.DebtDueOn) {
		return fault.InField("debt_due_on", "extension_not_later", "延期后的主债权到期日应晚于现到期日 %s", p.DebtDueOn)
	}
	return nil
}

// carryOut is the checker's signature: the step takes effect.
func (s *Service) carryOut(tx postgres.Tx, action Action, proposal approval.Proposal, maker, checker authz.Actor) error {
	p, err := lock(tx, proposal.SubjectID)
	if err != nil {
		return err
	}
	if err := casework.Act(tx, checker, p.NeedID); err != nil {
		return err
	}
	var signed payload
	if err := proposal.Decode(&signed); err != nil {
		return err
	}
	if err := p.move(action); err != nil {
		return err
	}
	step := signed.Step
	if err := s.check(tx, p, action, &step); err != nil {
		return err
	}
	if err := p.take(tx, action, step); err != nil {
		return err
	}
	return s.keep(tx, checker, &p, "pledge."+string(action), eventOf(action),
		map[string]any{"maker": maker.Name, "step": step, "amount_differs": signed.Differs})
}

func eventOf(a Action) string {
	return map[Action]string{
		Register: "pledge.registered", Change: "pledge.changed", Extend: "pledge.extended",
		Cancel: "pledge.cancel_filed", ConfirmCancel: "pledge.cancelled", Revoke: "pledge.revoked",
	}[a]
}

// take writes what the office's papers say into the pledge, and moves the rights with it.
func (p *Pledge) take(tx postgres.Tx, action Action, step Step) error {
	if step.RegistrationNo != "" {
		p.RegistrationNo = step.RegistrationNo
	}
	if step.RegisteredAmount != nil {
		p.RegisteredAmount = step.RegisteredAmount
	}
	if step.EndsOn != nil {
		p.RegistrationEndsOn, p.ExpiryNotice = *step.EndsOn, 0
	}
	ids, err := assetIDs(tx, p.ID)
	if err != nil {
		return err
	}
	switch action {
	case Register:
		p.RegisteredOn, p.StatusReason = *step.RegisteredOn, ""
		p.CertificateDocumentID = &step.DocumentIDs[0]
		return ipasset.MarkPledged(tx, ids)
	case Change, Extend:
		if step.DebtDueOn != nil {
			p.DebtDueOn = *step.DebtDueOn
		}
		p.CertificateDocumentID = &step.DocumentIDs[0]
	case Cancel:
		p.ReleaseReason, p.StatusReason = step.ReleaseReason, step.Note
	case ConfirmCancel, Revoke:
		if p.CancelledOn, err = pastDay(tx, step.CancelledOn, "cancelled_on"); err != nil {
			return err
		}
		if step.Note != "" {
			p.StatusReason = step.Note
		}
		return p.free(tx, ids)
	}
	return nil
}
