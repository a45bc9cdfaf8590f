package org

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/etag"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/number"
	"ippledge/internal/platform/postgres"
)

// Subject is the word for an organisation in documents, proposals and the audit trail.
const Subject = "organization"

// Service registers and admits organisations.
type Service struct {
	db        *postgres.DB
	approvals *approval.Service
}

// NewService makes the service and says who may see an organisation's documents: itself
// and those who admit it.
func NewService(db *postgres.DB, approvals *approval.Service, documents *document.Service) *Service {
	documents.Guard(Subject, func(_ postgres.Tx, actor authz.Actor, id uuid.UUID) error {
		if actor.ActsFor(id) || actor.Can(authz.OrgHandle) || actor.Can(authz.OrgCheck) {
			return nil
		}
		return errNotFound
	})
	return &Service{db, approvals}
}

// Find returns an organisation; organisation_not_found when there is none.
func Find(tx postgres.Tx, id uuid.UUID) (Organization, error) { return find(tx, id) }

// FindMany returns the organisations that exist among ids, by id.
func FindMany(tx postgres.Tx, ids []uuid.UUID) (map[uuid.UUID]Organization, error) {
	return findMany(tx, ids)
}

// OfKind lists the admitted organisations of a kind, the oldest first.
func OfKind(tx postgres.Tx, kind authz.OrgKind) ([]Organization, error) {
	return ofKind(tx, kind, Admitted)
}

// RequireAdmitted returns an organisation that may do business now, or fails with
// organisation_not_admitted.
func RequireAdmitted(tx postgres.Tx, id uuid.UUID) (Organization, error) {
	o, err := find(tx, id)
	if err == nil && o.Status != Admitted {
		err = NotAdmitted
	}
	return o, err
}

// Install sets up an organisation that stands before anybody could admit it: the
// platform, the bureaux, and what the seeds bring along. It is admitted at once, and only
// the system may do so.
func (s *Service) Install(ctx context.Context, kind authz.OrgKind, p Profile) (o Organization, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		now := tx.Now()
		if o, err = build(tx, kind, p); err != nil {
			return err
		}
		o.Status, o.AdmittedAt, o.ConsentedAt = Admitted, &now, &now
		if err := insert(tx, o); err != nil {
			return err
		}
		return audit.Record(tx, authz.System, "organization.create", Subject, o.ID, map[string]any{"kind": o.Kind, "name": o.Name})
	})
	return o, err
}

// Register takes an organisation's own application, made by somebody who has no account
// yet; iam calls it together with the first account. A code whose last character is
// wrong on the certificate leaves the application in draft until the scan is there.
func Register(tx postgres.Tx, kind authz.OrgKind, p Profile, consent bool) (Organization, error) {
	if kind != authz.Enterprise && kind != authz.GIRegistrant {
		return Organization{}, fault.InField("kind", "kind_not_self_registered", "银行、评估、担保等机构由市场监管局（知识产权局）登记，企业和地理标志注册人可自行申请")
	}
	if !consent {
		return Organization{}, fault.InField("consent", "consent_required", "请阅读并同意数据使用授权后再提交")
	}
	o, err := build(tx, kind, p)
	if err != nil {
		return o, err
	}
	now := tx.Now()
	o.ConsentedAt, o.Status = &now, Submitted
	if o.USCCOverridden {
		o.Status = Draft
	}
	if err := insert(tx, o); err != nil {
		return o, err
	}
	applicant := authz.Actor{Name: o.ContactName, OrgName: o.Name, OrgID: o.ID}
	err = audit.Record(tx, applicant, "organization.register", Subject, o.ID, map[string]any{"kind": o.Kind, "uscc_override": o.USCCOverridden})
	if err != nil {
		return o, err
	}
	return o, event.Publish(tx, "organization.submitted", map[string]any{"organization_id": o.ID})
}

// Create enters a bank, appraisal firm, guarantor or expert pool for the bureau; it is
// admitted like any other, by two people.
func (s *Service) Create(ctx context.Context, actor authz.Actor, kind authz.OrgKind, p Profile) (o Organization, err error) {
	if err := actor.Allowed(authz.OrgCreate); err != nil {
		return o, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if o, err = build(tx, kind, p); err != nil {
			return err
		}
		o.Status = Submitted
		if o.USCCOverridden {
			o.Status = Draft
		}
		if err := insert(tx, o); err != nil {
			return err
		}
		return audit.Record(tx, actor, "organization.create", Subject, o.ID, map[string]any{"kind": o.Kind, "name": o.Name})
	})
	return o, err
}

func build(tx postgres.Tx, kind authz.OrgKind, p Profile) (Organization, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return Organization{}, err
	}
	o := Organization{ID: id, Kind: kind, CreatedAt: tx.Now(), Version: 1}
	if err := o.apply(p, calendar.DateOf(tx.Now())); err != nil {
		return o, err
	}
	if err := checkPlace(tx, o); err != nil {
		return o, err
	}
	o.Number, err = number.Next(tx, number.Organisation)
	return o, err
}

// Edit changes an organisation's own record: all of it before admission, afterwards only
// address and contacts. What waits for a signature on it is void.
func (s *Service) Edit(ctx context.Context, actor authz.Actor, id uuid.UUID, p Profile, consent bool) (o Organization, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if o, err = s.lockOwn(tx, actor, id); err != nil {
			return err
		}
		before := o
		switch o.Status {
		case Draft, Returned, Admitted:
		default:
			return errNoEdit
		}
		p.USCCOverride = p.USCCOverride || before.USCCOverridden
		if err := o.apply(p, calendar.DateOf(tx.Now())); err != nil {
			return err
		}
		if o.Status == Admitted && !o.sameIdentity(before) {
			return errFixed
		}
		if err := checkPlace(tx, o); err != nil {
			return err
		}
		if consent && o.ConsentedAt == nil {
			now := tx.Now()
			o.ConsentedAt = &now
		}
		if err := approval.Void(tx, Subject, o.ID); err != nil {
			return err
		}
		if err := save(tx, &o); err != nil {
			return err
		}
		return audit.Record(tx, actor, "organization.edit", Subject, o.ID, map[string]any{"version": o.Version})
	})
	return o, err
}

// Submit hands the application in, again after it was returned. A wrong last character
// of the credit code needs the scan of the licence by then.
func (s *Service) Submit(ctx context.Context, actor authz.Actor, id uuid.UUID, scans []uuid.UUID) (o Organization, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if o, err = s.lockOwn(tx, actor, id); err != nil {
			return err
		}
		if len(scans) > 0 {
			if err := document.Link(tx, actor, scans, Subject, o.ID, "business_licence"); err != nil {
				return err
			}
		}
		if o.USCCOverridden {
			linked, err := document.Of(tx, Subject, o.ID)
			if err != nil {
				return err
			}
			if len(linked) == 0 {
				return errNeedsScan
			}
		}
		if o.Status, err = Transitions.Next(o.Status, Submit); err != nil {
			return err
		}
		o.StatusReason = ""
		if err := save(tx, &o); err != nil {
			return err
		}
		if err := audit.Record(tx, actor, "organization.submit", Subject, o.ID, nil); err != nil {
			return err
		}
		return event.Publish(tx, "organization.submitted", map[string]any{"organization_id": o.ID})
	})
	return o, err
}

// lockOwn locks the row for its own organisation, or for the bureau while the record is
// a draft that the bureau entered itself. To anybody else it does not exist.
func (s *Service) lockOwn(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (Organization, error) {
	o, err := lock(tx, id)
	if err != nil {
		return o, err
	}
	bureaus := actor.Can(authz.OrgCreate) && !selfRegistered(o.Kind) && o.Status != Admitted
	if !actor.ActsFor(id) && !bureaus {
		return o, errNotFound
	}
	if !bureaus {
		if err := actor.Allowed(authz.OrgEditOwn); err != nil {
			return o, err
		}
	}
	return o, etag.Check(tx.Context(), o.Version)
}

func selfRegistered(k authz.OrgKind) bool { return k == authz.Enterprise || k == authz.GIRegistrant }
