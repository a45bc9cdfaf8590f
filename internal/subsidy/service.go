package subsidy

import (
	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/document"
	"ippledge/internal/platform/postgres"
)

// Service is calls, applications, payouts and the budget behind them.
type Service struct {
	db        *postgres.DB
	approvals *approval.Service
}

// NewService makes the service and says who may see an application's documents.
func NewService(db *postgres.DB, approvals *approval.Service, documents *document.Service) *Service {
	s := &Service{db: db, approvals: approvals}
	documents.Guard(subject, func(tx postgres.Tx, actor authz.Actor, id uuid.UUID) error {
		_, err := readable(tx, actor, id)
		return err
	})
	return s
}

// The steps that take two people.
const (
	kindCall          = "subsidy_call.publish"
	kindSign          = "subsidy.sign"
	kindReview        = "subsidy.review"
	kindAnswer        = "subsidy.answer"
	kindPay           = "subsidy_batch.pay"
	kindAppropriation = "subsidy_appropriation.post"
)

// Kinds are the steps of this package that take two people.
func (s *Service) Kinds() []approval.Kind {
	version := func(tx postgres.Tx, id uuid.UUID) (int64, error) {
		a, err := lock(tx, id)
		return a.Version, err
	}
	return []approval.Kind{
		{
			Name: kindCall, Text: "发布补助征集", SubjectKind: callSubject, Check: authz.SubsidyCallCheck, Link: CallLink,
			Subject: func(tx postgres.Tx, id uuid.UUID) (int64, error) {
				c, err := lockCall(tx, id)
				return c.Version, err
			},
			Apply: func(tx postgres.Tx, p approval.Proposal, _, checker authz.Actor) error {
				return s.publish(tx, p.SubjectID, checker)
			},
			Undo: func(tx postgres.Tx, p approval.Proposal, checker authz.Actor, reason string) error {
				return s.returnCall(tx, p.SubjectID, checker, reason)
			},
		},
		{
			Name: kindSign, Text: "签署补助申请", SubjectKind: subject, Check: authz.SubsidySign, Link: Link, Subject: version,
			Apply: func(tx postgres.Tx, p approval.Proposal, _, checker authz.Actor) error {
				return s.sign(tx, p.SubjectID, checker)
			},
			Undo: func(tx postgres.Tx, p approval.Proposal, checker authz.Actor, reason string) error {
				a, err := lock(tx, p.SubjectID)
				if err != nil {
					return err
				}
				a.StatusReason = reason
				return save(tx, &a)
			},
		},
		{
			Name: kindReview, Text: "补助申请审核", SubjectKind: subject, Check: authz.SubsidyReviewCheck, Link: Link, Subject: version,
			Apply: s.decide,
		},
		{
			Name: kindAnswer, Text: "补助异议处理", SubjectKind: subject, Check: authz.SubsidyReviewCheck, Link: Link, Subject: version,
			Apply: s.answered,
		},
		{
			Name: kindPay, Text: "补助资金拨付", SubjectKind: batchSubject, Check: authz.SubsidyPayCheck, Link: BatchLink,
			Subject: func(tx postgres.Tx, id uuid.UUID) (int64, error) {
				b, err := findBatch(tx, id, true)
				return b.Version, err
			},
			Apply: func(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
				return s.payBatch(tx, p.SubjectID, maker, checker)
			},
			Undo: func(tx postgres.Tx, p approval.Proposal, checker authz.Actor, reason string) error {
				return s.returnBatch(tx, p.SubjectID, checker, reason)
			},
		},
		s.appropriationKind(),
	}
}

// mayRead tells who sees an application: its enterprise, and the offices.
func mayRead(actor authz.Actor, a Application) bool {
	switch actor.OrgKind {
	case authz.IPBureau, authz.FinanceBureau, authz.Observer:
		return actor.Can(authz.SubsidyRead) && a.Status != Draft
	}
	return actor.Can(authz.SubsidyRead) && actor.ActsFor(a.OrgID)
}

// readable reads an application that the actor may see; fault subsidy_not_found.
func readable(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (Application, error) {
	a, err := find(tx, id)
	if err == nil && !mayRead(actor, a) {
		err = errNotFound
	}
	return a, err
}

// readableCall reads a call that the actor may see: drafts stay in the bureau.
func readableCall(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (Call, error) {
	c, err := findCall(tx, id)
	if err == nil && (c.Status == CallDraft || c.Status == CallCancelled) && actor.OrgKind != authz.IPBureau {
		err = errCallNotFound
	}
	return c, err
}
