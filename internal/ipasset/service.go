package ipasset

import (
	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/document"
	"ippledge/internal/etag"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// Subject is the word for a right in documents, proposals and the audit trail.
const Subject = "asset"

// Service lists rights, verifies them and watches over them.
type Service struct {
	db        *postgres.DB
	approvals *approval.Service
}

// NewService makes the service. A right's documents are seen by those who see the right.
func NewService(db *postgres.DB, approvals *approval.Service, documents *document.Service) *Service {
	documents.Guard(Subject, func(tx postgres.Tx, actor authz.Actor, id uuid.UUID) error {
		if !actor.Can(authz.AssetRead) {
			return errNotFound
		}
		_, err := findVisible(tx, actor, id)
		return err
	})
	return &Service{db, approvals}
}

var _ = audit.Name(map[string]string{
	"asset.create": "登记知识产权", "asset.edit": "修改登记内容", "asset.import": "批量导入登记", "asset.submit_propose": "提交本单位复核",
	"asset.submit": "提交核验", "asset.verify_propose": "核验经办", "asset.verify": "核验通过", "asset.reject": "退回", "asset.list": "上架",
	"asset.withdraw": "下架", "asset.acknowledge": "确认知悉风险并继续办理", "asset.freeze_propose": "提出登记冻结", "asset.freeze": "登记冻结",
	"asset.lapse_propose": "提出登记失效", "asset.lapse": "登记失效", "asset.invalidate_propose": "提出登记无效", "asset.invalidate": "登记无效",
	"asset.restore_propose": "提出恢复", "asset.restore": "恢复", "asset.challenge_propose": "提出登记无效宣告程序", "asset.challenge": "登记无效宣告程序",
	"asset.upkeep_propose": "提交缴费或续展登记", "asset.upkeep": "登记缴费或续展", "asset.attach": "补充材料", "asset.release": "锁定到期自动解除",
})

var (
	errNeedsReason = fault.InField("reason", "reason_required", "请填写理由")
	errPending     = fault.New(fault.Conflict, "approval_already_pending", "该知识产权已有待复核的事项，请先处理完毕或由经办人撤回")
)

// lockOwn locks the actor's own right and checks the version the actor was looking at. To
// others it does not exist.
func (s *Service) lockOwn(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (Asset, error) {
	a, err := lock(tx, id)
	if err != nil {
		return a, err
	}
	if !actor.ActsFor(a.OrgID) {
		return a, errNotFound
	}
	return a, etag.Check(tx.Context(), a.Version)
}

// lockForBureau locks a right that was handed in; a draft is its owner's own affair.
func (s *Service) lockForBureau(tx postgres.Tx, id uuid.UUID) (Asset, error) {
	a, err := lock(tx, id)
	if err != nil {
		return a, err
	}
	if a.Status == Draft {
		return a, errNotFound
	}
	return a, etag.Check(tx.Context(), a.Version)
}

// propose hands a step to the second person of the actor's organisation.
func (s *Service) propose(tx postgres.Tx, maker authz.Actor, a Asset, kind string, payload any) error {
	pending, err := s.approvals.PendingOn(tx, maker, Subject, a.ID)
	if err != nil {
		return err
	}
	if pending != nil {
		return errPending
	}
	_, err = s.approvals.Propose(tx, maker, approval.Draft{
		Kind: "asset." + kind, SubjectID: a.ID, SubjectVersion: a.Version, Title: a.Number + " " + a.Label(), Payload: payload,
	})
	if err != nil {
		return err
	}
	return audit.Record(tx, maker, "asset."+kind+"_propose", Subject, a.ID, payload)
}

// Kinds are the steps that take two people.
func (s *Service) Kinds() []approval.Kind {
	return []approval.Kind{
		kind("submit", "知识产权登记提交复核", authz.AssetSign, applySubmit),
		kind("upkeep", "缴费或续展登记复核", authz.AssetSign, applyUpkeep),
		kind("verify", "知识产权核验复核", authz.AssetCheck, applyVerify),
		kind("freeze", "登记冻结复核", authz.AssetCheck, applyEvent(Freeze)),
		kind("lapse", "登记失效复核", authz.AssetCheck, applyEvent(Lapse)),
		kind("invalidate", "登记无效复核", authz.AssetCheck, applyEvent(Invalidate)),
		kind("restore", "恢复登记复核", authz.AssetCheck, applyEvent(Restore)),
		kind("challenge", "登记无效宣告程序复核", authz.AssetCheck, applyEvent(Challenge)),
	}
}

type step func(tx postgres.Tx, a *Asset, p approval.Proposal, maker, checker authz.Actor) error

// kind makes one step: the right is locked, the step moves it, and the row, the audit
// entry and the event are written together.
func kind(name, text string, check authz.Permission, apply step) approval.Kind {
	return approval.Kind{
		Name: "asset." + name, Text: text, SubjectKind: Subject, Check: check,
		Link: func(id uuid.UUID) string { return "/console/assets/" + id.String() },
		Subject: func(tx postgres.Tx, id uuid.UUID) (int64, error) {
			a, err := lock(tx, id)
			return a.Version, err
		},
		Apply: func(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
			a, err := lock(tx, p.SubjectID)
			if err != nil {
				return err
			}
			before := a.Status
			if err := apply(tx, &a, p, maker, checker); err != nil {
				return err
			}
			return finish(tx, checker, &a, before, "asset."+name, map[string]any{"maker": maker.Name, "payload": p.Payload})
		},
	}
}

// finish saves the right, puts it on record and tells the rest of the program.
func finish(tx postgres.Tx, actor authz.Actor, a *Asset, before Status, action string, detail any) error {
	if err := save(tx, a); err != nil {
		return err
	}
	if err := audit.Record(tx, actor, action, Subject, a.ID, detail); err != nil {
		return err
	}
	if a.Status == before {
		return nil
	}
	return publishMove(tx, *a, before)
}
