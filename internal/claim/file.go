package claim

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
	"ippledge/internal/fund"
	"ippledge/internal/loan"
	"ippledge/internal/money"
	"ippledge/internal/number"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

// Evidence is one document of the checklist.
type Evidence struct {
	Kind       string    `json:"kind" doc:"材料种类"`
	DocumentID uuid.UUID `json:"document_id"`
}

// Filing is what a bank writes to claim.
type Filing struct {
	Asked           *money.Amount  `json:"asked,omitempty" doc:"申请补偿金额；不填为计算所得的最高额"`
	RecoveredBefore money.Amount   `json:"recovered_before,omitempty" required:"false" doc:"申请前已收回、尚未冲减贷款余额的本金"`
	LitigationKind  string         `json:"litigation_kind,omitempty" enum:",litigation,arbitration,bankruptcy" doc:"诉讼、仲裁、破产申报"`
	LitigationNo    string         `json:"litigation_no,omitempty" maxLength:"100" doc:"案号"`
	LitigationOn    *calendar.Date `json:"litigation_on,omitempty" doc:"立案日期"`
	Report          string         `json:"report,omitempty" maxLength:"4000" doc:"申请报告：贷款、逾期与损失经过"`
	RecoveryPlan    string         `json:"recovery_plan,omitempty" maxLength:"4000" doc:"追偿方案"`
	Documents       []Evidence     `json:"documents,omitempty" doc:"材料清单"`
}

// Draft begins a claim on an enrolment of the actor's bank. It fails with
// enrolment_not_found, enrolment_not_enrolled, claim_already_filed and nothing_to_claim.
func (s *Service) Draft(ctx context.Context, actor authz.Actor, enrolmentID uuid.UUID, in Filing) (c Claim, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		f, err := begin(tx, actor, enrolmentID, loan.Lock)
		if err != nil {
			return err
		}
		if err := casework.Act(tx, actor, f.NeedID); err != nil {
			return err
		}
		if f.Number, err = number.Next(tx, number.Claim); err != nil {
			return err
		}
		if err := s.fill(tx, f, in); err != nil {
			return err
		}
		if err := insert(tx, f.Claim); err != nil {
			return err
		}
		if err := s.linkEvidence(tx, actor, f.ID, in.Documents); err != nil {
			return err
		}
		c = f.Claim
		return audit.Record(tx, actor, "claim.draft", Subject, f.ID, map[string]any{"enrolment_id": enrolmentID, "asked": f.Asked})
	})
	return c, err
}

// begin makes an empty claim of an enrolment that is the actor's and under cover. read is
// loan.Lock where something is written, loan.Find where not.
func begin(tx postgres.Tx, actor authz.Actor, enrolmentID uuid.UUID, read func(postgres.Tx, uuid.UUID) (loan.Loan, error)) (*file, error) {
	e, err := fund.FindEnrolment(tx, enrolmentID)
	if err != nil {
		return nil, inEnrolment(err)
	}
	if !actor.ActsFor(e.BankID) {
		return nil, fault.InField("enrolment_id", "enrolment_not_found", "没有这笔备案，或您无权查看")
	}
	if err := actor.Require(authz.ClaimFile, e.BankID); err != nil {
		return nil, err
	}
	if e.Status != fund.Enrolled {
		return nil, fault.InField("enrolment_id", "enrolment_not_enrolled", "备案 %s 不在保，未备案或已解除的贷款不予补偿", e.Number)
	}
	l, err := read(tx, e.LoanID)
	if err != nil {
		return nil, err
	}
	v, err := policy.InForce(tx, today(tx))
	if err != nil {
		return nil, err
	}
	id, err := uuid.NewV7()
	return &file{Claim{
		ID: id, EnrolmentID: e.ID, FundID: e.FundID, LoanID: e.LoanID, NeedID: l.NeedID, BankID: e.BankID, BorrowerID: e.BorrowerID,
		PolicyID: v.ID, Status: Draft, CreatedBy: actor.UserID, CreatedAt: tx.Now(), Version: 1,
	}, l}, err
}

func inEnrolment(err error) error {
	if f, ok := fault.From(err); ok {
		return f.Of("enrolment_id")
	}
	return err
}

// fill puts what the bank wrote into the claim and works the loss out.
func (s *Service) fill(tx postgres.Tx, f *file, in Filing) error {
	f.RecoveredBefore = in.RecoveredBefore
	f.LitigationKind, f.LitigationNo, f.LitigationOn = in.LitigationKind, strings.TrimSpace(in.LitigationNo), in.LitigationOn
	if f.LitigationNo == "" && f.LitigationKind == "" && f.loan.RecoveryReference != "" && known(LitigationKinds, f.loan.RecoveryMeasure) {
		// The bank has already recorded its suit on the loan.
		f.LitigationKind, f.LitigationNo = f.loan.RecoveryMeasure, f.loan.RecoveryReference
	}
	f.Report, f.RecoveryPlan = strings.TrimSpace(in.Report), strings.TrimSpace(in.RecoveryPlan)
	if in.RecoveredBefore.IsNegative() {
		return fault.InField("recovered_before", "amount_negative", "已收回本金不能小于 0")
	}
	return f.size(tx, in.Asked)
}

// size works the loss out as of now; asked is bounded by what the fund can pay at most.
func (f *file) size(tx postgres.Tx, asked *money.Amount) (err error) {
	f.Outstanding, f.DaysPastDue = f.loan.Outstanding, f.loan.DaysPastDue
	if f.Computation, err = f.work(tx); err != nil {
		return err
	}
	f.EligibleLoss = f.Computation.EligibleLoss
	most := f.Computation.FundPay
	if !most.IsPositive() {
		return fault.InField("enrolment_id", "nothing_to_claim", "按现行规则计算，基金应补偿金额为 0（合格损失 %s，可用额度见试算），不能申请", f.EligibleLoss.Text())
	}
	if asked == nil {
		asked = &most
	}
	switch {
	case !asked.IsPositive():
		return fault.InField("asked", "amount_not_positive", "申请金额应大于 0")
	case most.Less(*asked):
		return fault.InField("asked", "asked_above_computed", "申请金额 %s 超过计算所得的最高补偿额 %s，请核对试算后填写", asked.Text(), most.Text())
	}
	f.Asked = *asked
	return nil
}

// Preview works a loss out without writing anything; the form shows it while it is filled.
func (s *Service) Preview(tx postgres.Tx, actor authz.Actor, enrolmentID uuid.UUID, recovered money.Amount) (Computation, []fault.Field, error) {
	f, err := begin(tx, actor, enrolmentID, loan.Find)
	if err != nil {
		return Computation{}, nil, err
	}
	f.RecoveredBefore, f.Outstanding = recovered, f.loan.Outstanding
	computation, err := f.work(tx)
	if err != nil {
		return computation, nil, err
	}
	p, err := f.rules(tx)
	if err != nil {
		return computation, nil, err
	}
	var found fault.Collector
	probe := f.Claim
	probe.LitigationKind, probe.LitigationNo = "litigation", "-" // the form asks for it itself
	if err := mayFile(tx, probe, f.loan, p, &found); err != nil {
		return computation, nil, err
	}
	if !computation.FundPay.IsPositive() {
		found.Add("enrolment_id", "nothing_to_claim", "按现行规则计算，基金应补偿金额为 0")
	}
	refusals := []fault.Field{}
	if refused, ok := fault.From(found.Err()); ok {
		refusals = refused.Fields
	}
	return computation, refusals, nil
}

// Edit rewrites a draft, or a claim sent back for correction. A proposal that waits on it
// is void.
func (s *Service) Edit(ctx context.Context, actor authz.Actor, id uuid.UUID, in Filing) (c Claim, err error) {
	err = s.act(ctx, actor, authz.ClaimFile, id, Edit, func(tx postgres.Tx, f *file) error {
		if err := s.fill(tx, f, in); err != nil {
			return err
		}
		if err := approval.Void(tx, Subject, id); err != nil {
			return err
		}
		if err := s.linkEvidence(tx, actor, id, in.Documents); err != nil {
			return err
		}
		c = f.Claim
		return s.keep(tx, actor, f, "claim.edit", map[string]any{"asked": f.Asked, "recovered_before": f.RecoveredBefore})
	})
	return c, err
}

// linkEvidence links the bank's papers, each with its place in the checklist.
func (s *Service) linkEvidence(tx postgres.Tx, actor authz.Actor, id uuid.UUID, list []Evidence) error {
	byKind := map[string][]uuid.UUID{}
	for _, e := range list {
		if !known(DocumentKinds, e.Kind) {
			return fault.InField("documents", "document_kind_unknown", "材料种类“%.40s”不在清单中", e.Kind)
		}
		byKind[e.Kind] = append(byKind[e.Kind], e.DocumentID)
	}
	for _, kind := range DocumentKinds {
		if err := s.link(tx, actor, byKind[kind.Value], id, kind.Value); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) link(tx postgres.Tx, actor authz.Actor, ids []uuid.UUID, id uuid.UUID, purpose string) error {
	return document.Link(tx, actor, ids, Subject, id, purpose)
}
