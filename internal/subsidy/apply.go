package subsidy

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/etag"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/number"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

// Request is what an enterprise writes.
type Request struct {
	CallID       uuid.UUID      `json:"call_id" doc:"补助征集"`
	LoanID       uuid.UUID      `json:"loan_id" doc:"贷款"`
	Kind         Kind           `json:"kind" doc:"补助种类"`
	FeePaid      *money.Amount  `json:"fee_paid,omitempty" doc:"实际支付的费用；贴息不填"`
	FeePaidOn    *calendar.Date `json:"fee_paid_on,omitempty" doc:"付款日期；贴息不填"`
	InvoiceNo    string         `json:"invoice_no,omitempty" maxLength:"60" doc:"发票号码；贴息不填"`
	OtherSubsidy *money.Amount  `json:"other_subsidy,omitempty" doc:"同一事项已获其他层级补助"`
	PayeeBank    string         `json:"payee_bank" maxLength:"100" doc:"开户银行"`
	PayeeAccount string         `json:"payee_account" maxLength:"40" doc:"银行账号"`
	Note         string         `json:"note,omitempty" maxLength:"500" doc:"说明"`
	Documents    []uuid.UUID    `json:"documents,omitempty" doc:"材料：付息凭证，或发票与付款凭证"`
}

// Create drafts an application. It fails with subsidy_call_not_found,
// subsidy_call_not_open, loan_not_found, subsidy_already_applied and organisation_not_admitted.
func (s *Service) Create(ctx context.Context, actor authz.Actor, r Request) (a Application, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.SubsidyApply); err != nil {
			return err
		}
		if _, err := org.RequireAdmitted(tx, actor.OrgID); err != nil {
			return err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		a = Application{ID: id, OrgID: actor.OrgID, Status: Draft, CreatedBy: actor.UserID, CreatedAt: tx.Now(), Version: 1}
		if err := a.fill(tx, r); err != nil {
			return err
		}
		if a.Number, err = number.Next(tx, number.Subsidy); err != nil {
			return err
		}
		if err := insert(tx, a); err != nil {
			return err
		}
		if err := document.Link(tx, actor, r.Documents, subject, a.ID, "evidence"); err != nil {
			return err
		}
		return audit.Record(tx, actor, "subsidy.draft", subject, a.ID, map[string]any{"call_id": a.CallID, "loan_id": a.LoanID, "kind": a.Kind.Text()})
	})
	return a, err
}

// Edit rewrites an application that was not handed in or was sent back.
func (s *Service) Edit(ctx context.Context, actor authz.Actor, id uuid.UUID, r Request) (Application, error) {
	return s.change(ctx, actor, id, Edit, authz.SubsidyApply, func(tx postgres.Tx, a *Application) error {
		if err := approval.Void(tx, subject, a.ID); err != nil {
			return err
		}
		if err := a.fill(tx, r); err != nil {
			return err
		}
		if err := document.Link(tx, actor, r.Documents, subject, a.ID, "evidence"); err != nil {
			return err
		}
		return s.keep(tx, actor, a, "subsidy.edit", nil)
	})
}

// fill puts the request into the application and works the amount out as it stands.
func (a *Application) fill(tx postgres.Tx, r Request) error {
	c, err := findCall(tx, r.CallID)
	if err != nil || c.Status == CallDraft || c.Status == CallCancelled {
		return fault.InField("call_id", "subsidy_call_not_found", "没有这个补助征集，请从列表中选择")
	}
	today := calendar.DateOf(tx.Now())
	if !c.open(today) && a.SubmittedAt == nil { // what was sent back may be mended after the window
		return errWindow(c)
	}
	a.CallID, a.Year, a.LoanID, a.Kind = c.ID, c.Year, r.LoanID, r.Kind
	a.FeePaid, a.FeePaidOn, a.InvoiceNo = r.FeePaid, r.FeePaidOn, strings.TrimSpace(r.InvoiceNo)
	a.OtherSubsidy = money.Zero
	if r.OtherSubsidy != nil {
		a.OtherSubsidy = *r.OtherSubsidy
	}
	a.PayeeBank, a.PayeeAccount, a.Note = strings.TrimSpace(r.PayeeBank), strings.ReplaceAll(r.PayeeAccount, " ", ""), strings.TrimSpace(r.Note)
	if a.Kind == Interest {
		a.FeePaid, a.FeePaidOn, a.InvoiceNo = nil, nil, ""
	}
	f, err := a.check(tx, c, today)
	if err != nil {
		return err
	}
	computation := compute(f)
	a.Computation, a.Proposed, a.PolicyID = &computation, &computation.Amount, c.PolicyID
	return nil
}

// Submit hands the application to the enterprise's signatory.
func (s *Service) Submit(ctx context.Context, actor authz.Actor, id uuid.UUID) (Application, error) {
	return s.change(ctx, actor, id, Submit, authz.SubsidyApply, func(tx postgres.Tx, a *Application) error {
		if err := a.ready(tx); err != nil {
			return err
		}
		if err := approval.Void(tx, subject, a.ID); err != nil {
			return err
		}
		if err := s.keep(tx, actor, a, "subsidy.submit", nil); err != nil {
			return err
		}
		_, err := s.approvals.Propose(tx, actor, approval.Draft{
			Kind: kindSign, SubjectID: a.ID, SubjectVersion: a.Version, Title: a.Number + " " + a.Kind.Text() + " " + a.Proposed.Text(),
			Payload: map[string]any{"kind": a.Kind.Text(), "loan_id": a.LoanID, "amount": a.Proposed, "payee_account": a.PayeeAccount},
		})
		return err
	})
}

// ready works the amount out anew and wants everything that handing in takes.
func (a *Application) ready(tx postgres.Tx) error {
	c, err := findCall(tx, a.CallID)
	if err != nil {
		return err
	}
	today := calendar.DateOf(tx.Now())
	if !c.open(today) && a.SubmittedAt == nil {
		return errWindow(c)
	}
	f, err := a.check(tx, c, today)
	if err != nil {
		return err
	}
	computation := compute(f)
	a.Computation, a.Proposed = &computation, &computation.Amount
	var faults fault.Collector
	if a.PayeeBank == "" {
		faults.Add("payee_bank", "field_required", "请填写收款开户银行")
	}
	if len(a.PayeeAccount) < 8 {
		faults.Add("payee_account", "account_malformed", "请填写完整的收款银行账号")
	}
	if n, err := documentsOf(tx, a.ID); err != nil {
		return err
	} else if n == 0 {
		faults.Add("documents", "documents_missing", "请上传付息凭证，或发票与付款凭证")
	}
	if err := faults.Err(); err != nil {
		return err
	}
	if !computation.Amount.IsPositive() {
		return fault.New(fault.Rule, "subsidy_nothing_due", "按现行政策测算，可补助金额为 0（%s），暂不能提交", bindingText(computation))
	}
	return nil
}

func bindingText(c Computation) string {
	for _, b := range c.Bounds {
		if b.Code == c.Binding {
			return b.Label + " " + b.Amount.Text()
		}
	}
	return ""
}

// sign is the signatory's signature: the application is handed in.
func (s *Service) sign(tx postgres.Tx, id uuid.UUID, signatory authz.Actor) error {
	a, err := lock(tx, id)
	if err != nil {
		return err
	}
	if err := a.move(sign); err != nil {
		return err
	}
	if err := a.ready(tx); err != nil {
		return err
	}
	now := tx.Now()
	a.SubmittedAt, a.StatusReason = &now, ""
	if err := s.keep(tx, signatory, &a, "subsidy.sign", map[string]any{"asked": a.Proposed}); err != nil {
		return err
	}
	return event.Publish(tx, "subsidy.submitted", map[string]any{"subsidy_id": a.ID, "org_id": a.OrgID})
}

// Withdraw gives the application up; another may be made.
func (s *Service) Withdraw(ctx context.Context, actor authz.Actor, id uuid.UUID) (Application, error) {
	return s.change(ctx, actor, id, Withdraw, authz.SubsidyApply, func(tx postgres.Tx, a *Application) error {
		if err := approval.Void(tx, subject, a.ID); err != nil {
			return err
		}
		return s.keep(tx, actor, a, "subsidy.withdraw", nil)
	})
}

// change locks an application the actor may read, checks the caller, takes the action.
func (s *Service) change(ctx context.Context, actor authz.Actor, id uuid.UUID, action Action, p authz.Permission, work func(postgres.Tx, *Application) error) (a Application, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if a, err = lock(tx, id); err != nil {
			return err
		}
		if !mayRead(actor, a) {
			return errNotFound
		}
		if err := actor.Allowed(p); err != nil {
			return err
		}
		if err := etag.Check(tx.Context(), a.Version); err != nil {
			return err
		}
		if err := a.move(action); err != nil {
			return err
		}
		return work(tx, &a)
	})
	return a, err
}

func (s *Service) keep(tx postgres.Tx, actor authz.Actor, a *Application, action string, detail any) error {
	if err := save(tx, a); err != nil {
		return err
	}
	return audit.Record(tx, actor, action, subject, a.ID, detail)
}
