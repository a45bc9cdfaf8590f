package loan

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/casework"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
)

// Step is what a loan officer enters for a colleague to check. Which members count
// depends on the step.
type Step struct {
	On             *calendar.Date  `json:"on,omitempty" doc:"发生日期（放款、还款、宣布提前到期、启动追偿等），不填为今天"`
	Amount         *money.Amount   `json:"amount,omitempty" doc:"金额（还款、垫付费用；放款时须等于合同金额，可不填）"`
	Prepayment     bool            `json:"prepayment,omitempty" doc:"提前还款：超出到期应还的部分提前归还本金"`
	PrincipalFirst bool            `json:"principal_first,omitempty" doc:"逾期超过 90 天时先冲本金"`
	Conditions     []Condition     `json:"conditions,omitempty" doc:"放款条件核对结果"`
	MaturesOn      *calendar.Date  `json:"matures_on,omitempty" doc:"展期后的到期日"`
	Consents       bool            `json:"consents,omitempty" doc:"展期：保证人、出质人已书面同意（没有的视为同意）"`
	Class          repayment.Class `json:"class,omitempty" doc:"调整后的五级分类"`
	Measure        string          `json:"measure,omitempty" doc:"追偿方式：litigation 诉讼、arbitration 仲裁、bankruptcy 破产申报、disposal 处置质物"`
	Reference      string          `json:"reference,omitempty" maxLength:"100" doc:"案号或编号"`
	Reason         string          `json:"reason,omitempty" maxLength:"500" doc:"理由或说明"`
	DocumentIDs    []uuid.UUID     `json:"document_ids,omitempty" doc:"凭证、合同、文书等"`
}

// payload is what the checker signs: the step, and what it comes to where that is a sum.
type payload struct {
	Step
	Allocation *Allocation `json:"allocation,omitempty"`
}

// work is one two-person step: try takes it in memory and refuses what can't be, after
// carries out what lies outside the account once the second person has signed.
type work struct {
	action Action
	verb   string // in the address
	text   string
	check  authz.Permission
	try    func(tx postgres.Tx, a *account, step *Step) (*Allocation, error)
	after  func(s *Service, tx postgres.Tx, a *account, done done) error
}

// done is a step that was carried out.
type done struct {
	step           Step
	allocation     *Allocation
	maker, checker authz.Actor
	matured        calendar.Date // the maturity before the step
}

// works are the steps that take two people of the bank, in the order of the screen.
func works() []work {
	return []work{
		{MakeReady, "ready", "放款条件核对", authz.LoanCheck, tryReady, nil},
		{Disburse, "disburse", "放款", authz.LoanCheck, tryDisburse, afterDisburse},
		{Repay, "repayments", "还款入账", authz.LoanCheck, tryRepay, afterRepay},
		{AddCost, "costs", "登记垫付费用", authz.LoanCheck, tryCost, nil},
		{Reclassify, "reclassify", "调整五级分类", authz.LoanCheck, tryReclassify, afterReclassify},
		{Extend, "extend", "展期", authz.LoanApprove, tryExtend, afterExtend},
		{Accelerate, "accelerate", "宣布提前到期", authz.LoanCheck, tryAccelerate, afterPublish("loan.accelerated")},
		{Default, "default", "认定不良", authz.LoanCheck, tryDefault, afterDefault},
		{Recover, "recover", "启动追偿", authz.LoanCheck, tryRecover, afterRecover},
		{WriteOff, "write-off", "核销", authz.LoanApprove, tryWriteOff, afterPublish("loan.written_off")},
	}
}

func kindOf(a Action) string { return "loan." + string(a) }

// Kinds are the steps of this package that take two people.
func (s *Service) Kinds() []approval.Kind {
	kinds := []approval.Kind{s.batchKind()}
	for _, w := range works() {
		kinds = append(kinds, approval.Kind{
			Name: kindOf(w.action), Text: w.text, SubjectKind: Subject, Check: w.check, Link: Link,
			Subject: func(tx postgres.Tx, id uuid.UUID) (int64, error) {
				a, err := lockCase(tx, id)
				if err != nil {
					return 0, err
				}
				return a.Version, nil
			},
			Apply: func(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
				return s.carryOut(tx, w, p, maker, checker)
			},
		})
	}
	return kinds
}

// Propose hands a step to the checker. It fails with what the step would fail with now.
func (s *Service) Propose(ctx context.Context, actor authz.Actor, id uuid.UUID, action Action, step Step) (Loan, error) {
	return s.change(ctx, actor, authz.LoanDraft, id, action, func(tx postgres.Tx, a *account) error {
		w, err := workOf(action)
		if err != nil {
			return err
		}
		allocation, err := w.try(tx, a, &step)
		if err != nil {
			return err
		}
		// Nothing moves before the second signature: a was only tried on.
		a.Loan, err = find(tx, id)
		if err != nil {
			return err
		}
		if err := linkDocuments(tx, actor, step.DocumentIDs, id, string(action)); err != nil {
			return err
		}
		proposal, err := s.approvals.Propose(tx, actor, approval.Draft{
			Kind: kindOf(action), SubjectID: id, SubjectVersion: a.Version, Title: w.text + " " + a.title(), Payload: payload{step, allocation},
		})
		if err != nil {
			return err
		}
		return audit.Record(tx, actor, "loan.propose", Subject, id, map[string]any{"step": action, "proposal": proposal.ID})
	})
}

func workOf(action Action) (work, error) {
	for _, w := range works() {
		if w.action == action {
			return w, nil
		}
	}
	return work{}, fault.New(fault.NotFound, "loan_step_unknown", "没有这种操作")
}

// carryOut is the checker's signature: the step is taken on the loan as it stands now.
func (s *Service) carryOut(tx postgres.Tx, w work, proposal approval.Proposal, maker, checker authz.Actor) error {
	a, err := lockCase(tx, proposal.SubjectID)
	if err != nil {
		return err
	}
	if err := casework.Act(tx, checker, a.NeedID); err != nil {
		return err
	}
	var signed payload
	if err := proposal.Decode(&signed); err != nil {
		return err
	}
	if err := a.move(w.action); err != nil {
		return err
	}
	step, matured := signed.Step, a.MaturesOn
	allocation, err := w.try(tx, a, &step)
	if err != nil {
		return err
	}
	if err := saveAccount(tx, a); err != nil {
		return err
	}
	detail := map[string]any{"maker": maker.Name, "step": step}
	if allocation != nil {
		detail["allocation"] = allocation
	}
	if err := audit.Record(tx, checker, "loan."+string(w.action), Subject, a.ID, detail); err != nil {
		return err
	}
	if w.after == nil {
		return nil
	}
	return w.after(s, tx, a, done{step, allocation, maker, checker, matured})
}

func afterPublish(name string) func(*Service, postgres.Tx, *account, done) error {
	return func(_ *Service, tx postgres.Tx, a *account, _ done) error { return a.publish(tx, name, nil) }
}

// day is the day of a step, or today; a day still to come is refused.
func (s *Step) day(tx postgres.Tx, field string) (calendar.Date, error) {
	now := today(tx)
	if s.On == nil || s.On.IsZero() {
		s.On = &now
	}
	if s.On.After(now) {
		return *s.On, fault.InField(field, "date_in_future", "日期 %s 尚未到来，请核对", *s.On)
	}
	return *s.On, nil
}

func encode(list []Condition) (string, error) {
	text, err := json.Marshal(list)
	return string(text), err
}
