package policy

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/etag"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/number"
	"ippledge/internal/platform/postgres"
)

// Service drafts versions and brings them into force.
type Service struct {
	db        *postgres.DB
	approvals *approval.Service
}

// NewService makes the service.
func NewService(db *postgres.DB, approvals *approval.Service) *Service {
	return &Service{db, approvals}
}

const (
	subjectKind = "policy"
	kindPolicy  = "policy.approve"
	kindLPR     = "lpr.record"
)

var _ = audit.Name(map[string]string{
	"policy.draft": "起草政策版本", "policy.edit": "修改政策草稿", "policy.submit": "提交政策版本复核", "policy.approve": "批准政策版本",
	"policy.return": "退回政策版本", "policy.withdraw": "撤回政策草稿", "policy.load": "载入初始政策",
	"lpr.submit": "录入LPR", "lpr.record": "登记LPR", "lpr.return": "退回LPR",
})

// Link is the front-end path of a version.
func Link(id uuid.UUID) string { return "/console/policies/" + id.String() }

// Kinds are the steps of this package that take two people.
func (s *Service) Kinds() []approval.Kind {
	return []approval.Kind{
		{
			Name: kindPolicy, Text: "政策版本批准", SubjectKind: subjectKind, Check: authz.PolicyApprove,
			Subject: func(tx postgres.Tx, id uuid.UUID) (int64, error) {
				v, err := lock(tx, id)
				return v.Version, err
			},
			Apply: func(tx postgres.Tx, p approval.Proposal, _, checker authz.Actor) error {
				return s.approve(tx, p.SubjectID, checker)
			},
			Undo: func(tx postgres.Tx, p approval.Proposal, checker authz.Actor, reason string) error {
				return s.sendBack(tx, p.SubjectID, checker, reason)
			},
			Link: Link,
		},
		{
			Name: kindLPR, Text: "LPR登记复核", SubjectKind: "lpr", Check: authz.LPRApprove,
			Subject: func(tx postgres.Tx, id uuid.UUID) (int64, error) {
				q, err := lockQuote(tx, id)
				return q.Version, err
			},
			Apply: func(tx postgres.Tx, p approval.Proposal, _, checker authz.Actor) error {
				return s.decideLPR(tx, p.SubjectID, record, checker)
			},
			Undo: func(tx postgres.Tx, p approval.Proposal, checker authz.Actor, _ string) error {
				return s.decideLPR(tx, p.SubjectID, Return, checker)
			},
			Link: func(uuid.UUID) string { return "/console/policies/lpr" },
		},
	}
}

// Content is what a handler writes of a version.
type Content struct {
	Title         string        `json:"title" maxLength:"100" doc:"标题"`
	EffectiveFrom calendar.Date `json:"effective_from" doc:"生效日期，不早于今天"`
	Basis         string        `json:"basis" maxLength:"500" doc:"依据文件"`
	Parameters    Parameters    `json:"parameters"`
}

func (c Content) check(today calendar.Date) error {
	if strings.TrimSpace(c.Title) == "" {
		return fault.InField("title", "field_required", "请填写政策标题")
	}
	if err := checkDate(c.EffectiveFrom, today); err != nil {
		return err
	}
	return c.Parameters.Check()
}

// Draft writes a new version. It fails with effective_date_past, parameter_out_of_range,
// shares_not_100 and the other rules of Check.
func (s *Service) Draft(ctx context.Context, actor authz.Actor, c Content) (v Version, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.PolicyDraft); err != nil {
			return err
		}
		if err := c.check(calendar.DateOf(tx.Now())); err != nil {
			return err
		}
		if v, err = newVersion(tx, c); err != nil {
			return err
		}
		v.CreatedBy, v.MakerName = &actor.UserID, actor.Name
		if err := insert(tx, v); err != nil {
			return err
		}
		return audit.Record(tx, actor, "policy.draft", subjectKind, v.ID, map[string]any{"number": v.Number})
	})
	return v, err
}

func newVersion(tx postgres.Tx, c Content) (v Version, err error) {
	id, err := uuid.NewV7()
	if err != nil {
		return v, err
	}
	no, err := number.Next(tx, number.Policy)
	return Version{
		ID: id, Number: no, Title: c.Title, EffectiveFrom: c.EffectiveFrom, Parameters: c.Parameters, Basis: c.Basis,
		Status: Draft, CreatedAt: tx.Now(), Version: 1,
	}, err
}

// Edit rewrites a draft or a returned version.
func (s *Service) Edit(ctx context.Context, actor authz.Actor, id uuid.UUID, c Content) (Version, error) {
	return s.change(ctx, actor, id, Edit, func(tx postgres.Tx, v *Version) error {
		if err := c.check(calendar.DateOf(tx.Now())); err != nil {
			return err
		}
		before := v.Parameters
		v.Title, v.EffectiveFrom, v.Basis, v.Parameters = c.Title, c.EffectiveFrom, c.Basis, c.Parameters
		v.CreatedBy, v.MakerName = &actor.UserID, actor.Name
		if err := approval.Void(tx, subjectKind, v.ID); err != nil {
			return err
		}
		if err := save(tx, v); err != nil {
			return err
		}
		return audit.Record(tx, actor, "policy.edit", subjectKind, v.ID, map[string]any{"changes": differences(before, v.Parameters)})
	})
}

// Submit hands a version to the checker.
func (s *Service) Submit(ctx context.Context, actor authz.Actor, id uuid.UUID) (Version, error) {
	return s.change(ctx, actor, id, Submit, func(tx postgres.Tx, v *Version) error {
		if err := checkDate(v.EffectiveFrom, calendar.DateOf(tx.Now())); err != nil {
			return err
		}
		if err := save(tx, v); err != nil {
			return err
		}
		_, err := s.approvals.Propose(tx, actor, approval.Draft{
			Kind: kindPolicy, SubjectID: v.ID, SubjectVersion: v.Version, DueOn: &v.EffectiveFrom,
			Title:   v.Number + " " + v.Title + "（" + v.EffectiveFrom.String() + " 起施行）",
			Payload: map[string]any{"effective_from": v.EffectiveFrom, "parameters": v.Parameters},
		})
		if err != nil {
			return err
		}
		return audit.Record(tx, actor, "policy.submit", subjectKind, v.ID, nil)
	})
}

// Withdraw gives up a draft.
func (s *Service) Withdraw(ctx context.Context, actor authz.Actor, id uuid.UUID) (Version, error) {
	return s.change(ctx, actor, id, Withdraw, func(tx postgres.Tx, v *Version) error {
		if err := save(tx, v); err != nil {
			return err
		}
		return audit.Record(tx, actor, "policy.withdraw", subjectKind, v.ID, nil)
	})
}

// change locks a version for a handler, takes the action and lets work do the rest.
func (s *Service) change(ctx context.Context, actor authz.Actor, id uuid.UUID, a Action, work func(postgres.Tx, *Version) error) (v Version, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.PolicyDraft); err != nil {
			return err
		}
		if v, err = lock(tx, id); err != nil {
			return err
		}
		if err := etag.Check(tx.Context(), v.Version); err != nil {
			return err
		}
		if err := v.move(a); err != nil {
			return err
		}
		return work(tx, &v)
	})
	return v, err
}

// approve is the checker's signature: the version stands from here on. A date that passed
// while it lay with the checker is refused, because a policy never rules the past.
func (s *Service) approve(tx postgres.Tx, id uuid.UUID, checker authz.Actor) error {
	v, err := lock(tx, id)
	if err != nil {
		return err
	}
	if err := checkDate(v.EffectiveFrom, calendar.DateOf(tx.Now())); err != nil {
		return err
	}
	if err := v.move(Approve); err != nil {
		return err
	}
	now := tx.Now()
	v.ApprovedAt, v.CheckerName, v.StatusReason = &now, checker.Name, ""
	if err := save(tx, &v); err != nil {
		return err
	}
	if err := audit.Record(tx, checker, "policy.approve", subjectKind, v.ID, map[string]any{"number": v.Number, "effective_from": v.EffectiveFrom}); err != nil {
		return err
	}
	return event.Publish(tx, "policy.approved", map[string]any{"policy_id": v.ID, "effective_from": v.EffectiveFrom})
}

func (s *Service) sendBack(tx postgres.Tx, id uuid.UUID, checker authz.Actor, reason string) error {
	v, err := lock(tx, id)
	if err != nil {
		return err
	}
	if err := v.move(Return); err != nil {
		return err
	}
	v.StatusReason = reason
	if err := save(tx, &v); err != nil {
		return err
	}
	return audit.Record(tx, checker, "policy.return", subjectKind, v.ID, map[string]any{"reason": reason})
}
