package fund

import (
	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/document"
	"ippledge/internal/platform/postgres"
)

// Service is the fund's side: money, enrolment, breaker.
type Service struct {
	db        *postgres.DB
	approvals *approval.Service
}

// NewService makes the service and says who may see an enrolment's documents.
func NewService(db *postgres.DB, approvals *approval.Service, documents *document.Service) *Service {
	s := &Service{db: db, approvals: approvals}
	documents.Guard(enrolmentSubject, func(tx postgres.Tx, actor authz.Actor, id uuid.UUID) error {
		e, err := FindEnrolment(tx, id)
		if err == nil && !mayRead(actor, e) {
			err = errNoEnrolment
		}
		return err
	})
	return s
}

// Kinds are the steps of this package that take two people.
func (s *Service) Kinds() []approval.Kind {
	kinds := append(s.enrolmentKinds(), s.fundKinds()...)
	return append(kinds, approval.Kind{
		Name: kindMovement, Text: "基金资金收支", SubjectKind: movementSubject, Check: authz.FundMoveCheck,
		Subject: func(tx postgres.Tx, id uuid.UUID) (int64, error) {
			m, err := findMovement(tx, id, true)
			return m.Version, err
		},
		Apply: func(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
			return s.post(tx, p.SubjectID, maker, checker)
		},
		Undo: func(tx postgres.Tx, p approval.Proposal, checker authz.Actor, reason string) error {
			return s.returnMovement(tx, p.SubjectID, checker, reason)
		},
		Link: MovementLink,
	})
}

const (
	kindFile     = "enrolment.file"
	kindLate     = "enrolment.allow_late"
	kindRefiling = "enrolment.confirm_refiling"
	kindOpen     = "fund.open"
	kindRules    = "fund.rules"
	kindCustody  = "fund.custody"
	kindMovement = "fund_movement.post"
)

func (s *Service) enrolmentKinds() []approval.Kind {
	subject := func(tx postgres.Tx, id uuid.UUID) (int64, error) {
		e, _, err := lockBoth(tx, id)
		return e.Version, err
	}
	return []approval.Kind{
		{
			Name: kindFile, Text: "贷款备案入库", SubjectKind: enrolmentSubject, Check: authz.EnrolmentCheck, Subject: subject,
			Apply: func(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
				return s.sign(tx, p.SubjectID, maker, checker)
			},
			Undo: func(tx postgres.Tx, p approval.Proposal, checker authz.Actor, reason string) error {
				return s.sendBack(tx, p.SubjectID, checker, reason)
			},
			Link: EnrolmentLink,
		},
		{
			Name: kindLate, Text: "准许逾期备案", SubjectKind: enrolmentSubject, Check: authz.EnrolmentLateCheck, Subject: subject,
			Apply: func(tx postgres.Tx, p approval.Proposal, _, checker authz.Actor) error {
				return s.allowLate(tx, p, checker)
			},
			Link: EnrolmentLink,
		},
		{
			Name: kindRefiling, Text: "确认展期重新备案", SubjectKind: enrolmentSubject, Check: authz.EnrolmentLateCheck, Subject: subject,
			Apply: s.confirmRefiling, Link: EnrolmentLink,
		},
	}
}

// mayRead tells who sees an enrolment: its bank, its borrower, whoever takes a share of
// its loss, and the bureaux and the fund.
func mayRead(actor authz.Actor, e Enrolment) bool {
	switch actor.OrgKind {
	case authz.IPBureau, authz.FinanceBureau, authz.FundManager, authz.Observer:
		return actor.Can(authz.EnrolmentRead)
	}
	owners := []uuid.UUID{e.BankID, e.BorrowerID}
	for _, seat := range []*uuid.UUID{e.GuarantorID, e.InsurerID, e.AppraiserID} {
		if seat != nil {
			owners = append(owners, *seat)
		}
	}
	return actor.Can(authz.EnrolmentRead) && actor.ActsFor(owners...)
}

// lockBoth locks an enrolment after its loan, as a repayment does.
func lockBoth(tx postgres.Tx, id uuid.UUID) (e Enrolment, l loanFacts, err error) {
	if e, err = FindEnrolment(tx, id); err != nil {
		return e, l, err
	}
	if l, err = loanOf(tx, e.LoanID, true); err != nil {
		return e, l, err
	}
	e, err = LockEnrolment(tx, id)
	return e, l, err
}
