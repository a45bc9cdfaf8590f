package claim

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/authz"
	"ippledge/internal/document"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/platform/postgres"
)

var submitStep = step[none]{
	action: Submit, text: "补偿申请提交", make: authz.ClaimFile, check: authz.ClaimFileCheck, try: trySubmit,
	take: func(s *Service, tx postgres.Tx, f *file, _ none, by signers) error {
		now := tx.Now()
		f.SubmittedAt = &now
		if err := f.handIn(s, tx, Submit); err != nil {
			return err
		}
		_, err := fund.MarkClaimed(tx, by.checker, f.EnrolmentID)
		return err
	},
}

var resubmitStep = step[none]{
	action: Resubmit, text: "补偿申请补正后提交", make: authz.ClaimFile, check: authz.ClaimFileCheck, try: trySubmit,
	take: func(s *Service, tx postgres.Tx, f *file, _ none, _ signers) error { return f.handIn(s, tx, Resubmit) },
}

// Submit hands the claim to the bank's reviewer, whose signature files it.
func (s *Service) Submit(ctx context.Context, actor authz.Actor, id uuid.UUID) (Claim, error) {
	return propose(ctx, s, submitStep, actor, id, none{})
}

// Resubmit is Submit after a correction.
func (s *Service) Resubmit(ctx context.Context, actor authz.Actor, id uuid.UUID) (Claim, error) {
	return propose(ctx, s, resubmitStep, actor, id, none{})
}

// trySubmit works the loss out anew and wants the claim to be complete: all that is
// missing is named at once.
func trySubmit(_ *Service, tx postgres.Tx, f *file, _ *none) error {
	asked := f.Asked
	if err := f.size(tx, &asked); err != nil {
		return err
	}
	p, err := f.rules(tx)
	if err != nil {
		return err
	}
	var c fault.Collector
	if err := mayFile(tx, f.Claim, f.loan, p, &c); err != nil {
		return err
	}
	if f.Report == "" {
		c.Add("report", "field_required", "请填写申请报告")
	}
	if f.RecoveryPlan == "" {
		c.Add("recovery_plan", "field_required", "请填写追偿方案")
	}
	given, err := document.Of(tx, Subject, f.ID)
	if err != nil {
		return err
	}
	for _, kind := range DocumentKinds {
		if !slices.ContainsFunc(given, func(d document.View) bool { return d.Purpose == kind.Value }) {
			c.Add("documents."+kind.Value, "document_kind_missing", "缺少材料：%s", kind.Text)
		}
	}
	return c.Err()
}

// handIn starts the manager's clock; after a correction it starts anew.
func (f *file) handIn(_ *Service, tx postgres.Tx, a Action) error {
	if err := f.move(a); err != nil {
		return err
	}
	p, err := f.rules(tx)
	if err != nil {
		return err
	}
	f.StatusReason = ""
	f.due(tx, p.ReviewAcceptWD)
	if err := save(tx, &f.Claim); err != nil {
		return err
	}
	return f.publish(tx, "claim.submitted")
}

// Withdraw gives a claim up before anybody reviewed it, or instead of correcting it. The
// loan goes back under cover.
func (s *Service) Withdraw(ctx context.Context, actor authz.Actor, id uuid.UUID) (c Claim, err error) {
	err = s.act(ctx, actor, authz.ClaimFile, id, Withdraw, func(tx postgres.Tx, f *file) error {
		if err := approval.Void(tx, Subject, id); err != nil {
			return err
		}
		if err := f.end(tx, actor, Withdraw, "银行撤回"); err != nil {
			return err
		}
		c = f.Claim
		return s.keep(tx, actor, f, "claim.withdraw", nil)
	})
	return c, err
}

// end is a claim that comes to nothing: the bank may file again.
func (f *file) end(tx postgres.Tx, actor authz.Actor, a Action, reason string) error {
	if err := f.move(a); err != nil {
		return err
	}
	f.StatusReason, f.StepDueOn, f.PublicityUntil = reason, nil, nil
	if f.SubmittedAt == nil {
		return nil
	}
	_, err := fund.MarkReopened(tx, actor, f.EnrolmentID)
	return err
}

// Accept is the manager's handler finding the claim complete (domain §2.4, 5 working days).
func (s *Service) Accept(ctx context.Context, actor authz.Actor, id uuid.UUID, opinion string) (c Claim, err error) {
	err = s.act(ctx, actor, authz.ClaimManage, id, Accept, func(tx postgres.Tx, f *file) error {
		if err := f.move(Accept); err != nil {
			return err
		}
		p, err := f.rules(tx)
		if err != nil {
			return err
		}
		f.due(tx, p.ReviewFirstWD)
		if opinion = strings.TrimSpace(opinion); opinion == "" {
			opinion = "材料齐全，予以受理"
		}
		if err := f.note(tx, signers{maker: actor}, review{Step: "complete", Verdict: verdictPass, Opinion: opinion}); err != nil {
			return err
		}
		c = f.Claim
		return s.keep(tx, actor, f, "claim.accept", map[string]any{"opinion": opinion})
	})
	return c, err
}

// Correct sends the claim back for what is missing. The manager's clock stops.
func (s *Service) Correct(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (c Claim, err error) {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return c, errReason
	}
	err = s.act(ctx, actor, authz.ClaimManage, id, Correct, func(tx postgres.Tx, f *file) error {
		if err := f.move(Correct); err != nil {
			return err
		}
		f.StepDueOn, f.StatusReason = nil, reason
		if err := f.note(tx, signers{maker: actor}, review{Step: "complete", Verdict: verdictCorrect, Opinion: reason}); err != nil {
			return err
		}
		if err := f.publish(tx, "claim.correction"); err != nil {
			return err
		}
		c = f.Claim
		return s.keep(tx, actor, f, "claim.correct", map[string]any{"reason": reason})
	})
	return c, err
}
