package claim

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

// Decision is the bureau's approval. Amount is what the reviews came to; it is written
// into the proposal so that the checker signs the sum.
type Decision struct {
	Opinion string        `json:"opinion" maxLength:"2000" doc:"核准意见"`
	Amount  *money.Amount `json:"amount,omitempty" readOnly:"true" doc:"核准金额，由系统按审核结果填入"`
}

var approveStep = step[Decision]{
	action: Approve, text: "核准补偿", make: authz.ClaimDecide, check: authz.ClaimDecideSign,
	try: func(_ *Service, tx postgres.Tx, f *file, d *Decision) error {
		if d.Opinion = strings.TrimSpace(d.Opinion); d.Opinion == "" {
			return errOpinion
		}
		amount := f.current()
		if d.Amount != nil && !d.Amount.Equal(amount) {
			return fault.New(fault.Conflict, "amount_changed", "金额已变为 %s，请重新提出核准", amount.Text())
		}
		d.Amount = &amount
		_, err := f.within(tx, amount)
		return err
	},
	take: func(_ *Service, tx postgres.Tx, f *file, d Decision, by signers) error {
		if err := f.move(Approve); err != nil {
			return err
		}
		p, err := f.rules(tx)
		if err != nil {
			return err
		}
		f.due(tx, p.ReviewFinanceWD)
		if err := f.note(tx, by, review{Step: "approve", Verdict: verdictPass, Amount: d.Amount, Opinion: d.Opinion}); err != nil {
			return err
		}
		return save(tx, &f.Claim)
	},
}

// Approve is the IP bureau's half of the decision; the finance bureau's follows (Confirm).
func (s *Service) Approve(ctx context.Context, actor authz.Actor, id uuid.UUID, opinion string) (Claim, error) {
	return propose(ctx, s, approveStep, actor, id, Decision{Opinion: opinion})
}

// within works the loss out as of now and refuses more than the fund may pay now: the
// borrower may have paid meanwhile, another claim may have used up a cap.
func (f *file) within(tx postgres.Tx, amount money.Amount) (Computation, error) {
	now, err := f.work(tx)
	if err == nil && now.FundPay.Less(amount) {
		return now, fault.New(fault.Rule, "claim_above_limits", "按目前的本金余额与剩余额度，基金最多可补偿 %s，低于拟补偿的 %s，请由知识产权局重新复核调整金额", now.FundPay.Text(), amount.Text())
	}
	return now, err
}

// Confirm is the finance bureau's half: the claim is approved, the loss stands in the
// ledger against what is now owed to the bank, and the exposure is gone. The person must
// be neither of those who approved for the IP bureau.
func (s *Service) Confirm(ctx context.Context, actor authz.Actor, id uuid.UUID, opinion string) (c Claim, err error) {
	err = s.act(ctx, actor, authz.ClaimConfirm, id, Confirm, func(tx postgres.Tx, f *file) error {
		endorsed, err := lastReview(tx, id, "approve")
		if err != nil {
			return err
		}
		if endorsed.MakerID == actor.UserID || endorsed.CheckerID != nil && *endorsed.CheckerID == actor.UserID {
			return errSamePerson
		}
		bureau := authz.Actor{UserID: *endorsed.CheckerID, Name: endorsed.CheckerName, OrgName: endorsed.CheckerOrg}
		if err := f.approve(tx, signers{bureau, actor}); err != nil {
			return err
		}
		if opinion = strings.TrimSpace(opinion); opinion == "" {
			opinion = "同意补偿"
		}
		line := review{Step: "confirm", Verdict: verdictPass, Amount: f.Approved, Opinion: opinion}
		if err := f.note(tx, signers{bureau, actor}, line); err != nil {
			return err
		}
		if err := f.publish(tx, "claim.approved"); err != nil {
			return err
		}
		c = f.Claim
		return s.keep(tx, actor, f, "claim.confirm", map[string]any{"approved": f.Approved, "bureau": bureau.Name})
	})
	return c, err
}

// approve fixes the amount under the locks of enterprise, enrolment and fund, so that two
// approvals at once can't pass a cap together.
func (f *file) approve(tx postgres.Tx, by signers) error {
	if err := lockEnterprise(tx, f.BorrowerID); err != nil {
		return err
	}
	if _, err := fund.LockEnrolment(tx, f.EnrolmentID); err != nil {
		return err
	}
	book, err := fund.Lock(tx, f.FundID)
	if err != nil {
		return err
	}
	amount := f.current()
	computation, err := f.within(tx, amount)
	if err != nil {
		return err
	}
	if err := f.move(Confirm); err != nil {
		return err
	}
	p, err := f.rules(tx)
	if err != nil {
		return err
	}
	on := today(tx)
	f.Approved, f.ApprovedOn, f.Computation = &amount, &on, computation.Settled(amount)
	f.Outstanding, f.EligibleLoss = computation.Facts.Outstanding, computation.EligibleLoss
	f.due(tx, p.ReviewPayoutWD)
	exposure, err := fund.MarkCompensated(tx, by.checker, f.EnrolmentID)
	if err != nil {
		return err
	}
	bank, err := org.Find(tx, f.BankID)
	if err != nil {
		return err
	}
	if err := ledger.Ensure(tx, book.BookID, ledger.Payable(f.BankID), "应付"+bank.Name+"补偿款", true); err != nil {
		return err
	}
	entry := ledger.ApproveClaim(book.BookID, by.maker, by.checker, f.Number, on, amount, exposure, f.BankID, f.LoanID)
	_, err = ledger.Post(tx, entry)
	return err
}

// SendBack is the finance bureau not agreeing: the bureau reviews once more.
func (s *Service) SendBack(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (c Claim, err error) {
	if reason = strings.TrimSpace(reason); reason == "" {
		return c, errReason
	}
	err = s.act(ctx, actor, authz.ClaimConfirm, id, SendBack, func(tx postgres.Tx, f *file) error {
		if err := f.move(SendBack); err != nil {
			return err
		}
		p, err := f.rules(tx)
		if err != nil {
			return err
		}
		f.due(tx, p.ReviewBureauWD)
		f.StatusReason = reason
		if err := f.note(tx, signers{maker: actor}, review{Step: "confirm", Verdict: verdictReturn, Opinion: reason}); err != nil {
			return err
		}
		c = f.Claim
		return s.keep(tx, actor, f, "claim.send_back", map[string]any{"reason": reason})
	})
	return c, err
}
