package ipasset

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/fault"
	"ippledge/internal/number"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

// extractDays is how old the register's extract may be when a right is handed in (domain §2.2).
const extractDays = 30

// Create enters a right as a draft. It fails with right_already_listed when anybody has
// listed it, and with the faults of its fields.
func (s *Service) Create(ctx context.Context, actor authz.Actor, e Entry) (a Asset, err error) {
	if err := actor.Allowed(authz.AssetWrite); err != nil {
		return a, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		by, err := org.RequireAdmitted(tx, actor.OrgID)
		if err != nil {
			return err
		}
		if a, err = build(tx, by, e); err != nil {
			return err
		}
		if err := insert(tx, &a); err != nil {
			return err
		}
		return audit.Record(tx, actor, "asset.create", Subject, a.ID, map[string]any{"kind": a.Kind, "right_no": a.RightNo, "title": a.Title})
	})
	return a, err
}

func build(tx postgres.Tx, by org.Organization, e Entry) (a Asset, err error) {
	a = Asset{OrgID: by.ID, Status: Draft, CreatedAt: tx.Now(), Version: 1, OwnerName: by.Name}
	if err := e.fill(&a, owner{by.Kind, by.Name}, calendar.DateOf(tx.Now())); err != nil {
		return a, err
	}
	// Asked before inserting, because a failed insert would end the transaction of an import.
	if taken, err := rightTaken(tx, a); err != nil || taken {
		return a, firstOf(err, errAlreadyThere)
	}
	err = give(tx, &a)
	return a, err
}

// give gives a new right its id and its number.
func give(tx postgres.Tx, a *Asset) (err error) {
	if a.ID, err = uuid.NewV7(); err != nil {
		return err
	}
	a.Number, err = number.Next(tx, number.Asset)
	return err
}

func firstOf(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// Edit changes a draft or one that was sent back, which is a draft again. What waits for
// a signature on it is void.
func (s *Service) Edit(ctx context.Context, actor authz.Actor, id uuid.UUID, e Entry) (a Asset, err error) {
	if err := actor.Allowed(authz.AssetWrite); err != nil {
		return a, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if a, err = s.lockOwn(tx, actor, id); err != nil {
			return err
		}
		by, err := org.RequireAdmitted(tx, actor.OrgID)
		if err != nil {
			return err
		}
		before := a.Status
		if err := a.move(Edit); err != nil {
			return err
		}
		if err := e.fill(&a, owner{by.Kind, by.Name}, calendar.DateOf(tx.Now())); err != nil {
			return err
		}
		if taken, err := rightTaken(tx, a); err != nil || taken {
			return firstOf(err, errAlreadyThere)
		}
		if err := approval.Void(tx, Subject, a.ID); err != nil {
			return err
		}
		a.StatusReason = ""
		return finish(tx, actor, &a, before, "asset.edit", map[string]any{"right_no": a.RightNo, "title": a.Title})
	})
	return a, err
}

// submission is what the signatory signs: the facts that the bureau will verify.
type submission struct {
	Kind            Kind          `json:"kind"`
	Title           string        `json:"title"`
	RightNo         string        `json:"right_no"`
	RegisteredOwner string        `json:"registered_owner"`
	ExpiresOn       calendar.Date `json:"expires_on"`
	ExtractOn       calendar.Date `json:"extract_on"`
}

// Submit hands a draft to the signatory; when that person signs, the bureau has it. It
// fails with application_only, extract_missing or extract_too_old.
func (s *Service) Submit(ctx context.Context, actor authz.Actor, id uuid.UUID) (a Asset, err error) {
	if err := actor.Allowed(authz.AssetWrite); err != nil {
		return a, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if a, err = s.lockOwn(tx, actor, id); err != nil {
			return err
		}
		if _, err := org.RequireAdmitted(tx, a.OrgID); err != nil {
			return err
		}
		if _, err := Transitions.Next(a.Status, Submit); err != nil {
			return err
		}
		if err := a.readyToSubmit(calendar.DateOf(tx.Now())); err != nil {
			return err
		}
		return s.propose(tx, actor, a, "submit", submission{a.Kind, a.Title, a.No(), a.RegisteredOwner, a.ExpiresOn, a.ExtractOn})
	})
	return a, err
}

func (a Asset) readyToSubmit(today calendar.Date) error {
	switch {
	case a.GrantedOn.IsZero():
		return fault.InField("granted_on", "application_only", "该专利尚未授权（P03），专利申请权不能出质，请授权后填写授权公告日再提交")
	case a.ExtractOn.IsZero():
		return fault.InField("extract_on", "extract_missing", "请填写登记簿副本（或商标档案）的出具日并上传扫描件")
	case a.ExtractOn.AddDays(extractDays).Before(today):
		return fault.InField("extract_on", "extract_too_old", "登记簿副本出具于 %s，已超过 %d 天，请重新调取", a.ExtractOn, extractDays)
	}
	return nil
}

func applySubmit(tx postgres.Tx, a *Asset, _ approval.Proposal, _, _ authz.Actor) error {
	now := tx.Now()
	a.SubmittedAt = &now
	return a.move(Submit)
}

// Purposes are what a document may be evidence of, with their Chinese words.
var Purposes = map[string]string{
	"register_extract": "登记簿副本或商标档案", "certificate": "权利证书", "co_owner_consent": "共有人同意书",
	"fee_receipt": "年费缴纳凭证", "renewal": "续展证明", "resolution": "会员大会或理事会决议", "other": "其他材料",
}

// AttachDocuments adds evidence to the owner's right.
func (s *Service) AttachDocuments(ctx context.Context, actor authz.Actor, id uuid.UUID, documents []uuid.UUID, purpose string) (a Asset, err error) {
	if err := actor.Allowed(authz.AssetWrite); err != nil {
		return a, err
	}
	if _, known := Purposes[purpose]; !known {
		return a, fault.InField("purpose", "document_purpose_unknown", "请选择材料的用途")
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if a, err = s.lockOwn(tx, actor, id); err != nil {
			return err
		}
		if _, err := Transitions.Next(a.Status, Attach); err != nil {
			return err
		}
		if err := document.Link(tx, actor, documents, Subject, a.ID, purpose); err != nil {
			return err
		}
		return audit.Record(tx, actor, "asset.attach", Subject, a.ID, map[string]any{"documents": documents, "purpose": purpose})
	})
	return a, err
}
