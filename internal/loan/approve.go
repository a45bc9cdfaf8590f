package loan

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/bid"
	"ippledge/internal/calendar"
	"ippledge/internal/casework"
	"ippledge/internal/fault"
	"ippledge/internal/financing"
	"ippledge/internal/money"
	"ippledge/internal/number"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
)

// Content is the credit decision as the bank's approver enters it. What is left out is
// taken from the bid, and from the conventions of domain §3.2.
type Content struct {
	ContractNo    string                `json:"contract_no" maxLength:"60" doc:"借款合同编号"`
	CreditLine    money.Amount          `json:"credit_line" doc:"授信额度"`
	Principal     money.Amount          `json:"principal" doc:"合同金额，不超过选定金额和授信额度"`
	AnnualRate    *money.Rate           `json:"annual_rate,omitempty" doc:"年利率，不高于报价；不填同报价"`
	TermMonths    *int                  `json:"term_months,omitempty" doc:"期限（月），不填同报价"`
	Method        repayment.Method      `json:"method,omitempty" doc:"还款方式，不填同报价"`
	DayCount      calendar.DayCount     `json:"day_count,omitempty" doc:"计息基准：act_360（默认）、act_365、30_360"`
	DueDateRule   repayment.DueDateRule `json:"due_date_rule,omitempty" doc:"遇非工作日：extend 顺延（默认）、none"`
	PaymentDay    *int                  `json:"payment_day,omitempty" doc:"还款日，1–28"`
	PenaltyMarkup *money.Rate           `json:"penalty_markup,omitempty" doc:"罚息加收比例，30–50，默认 50"`
	GraceDays     int                   `json:"grace_days,omitempty" doc:"宽限期，0–15 天"`
	IPShare       *money.Rate           `json:"ip_share,omitempty" doc:"知识产权质押对应的贷款份额，默认 100"`
	FirstLoan     bool                  `json:"first_loan,omitempty" doc:"首贷"`
}

var markupMin, markupMax, full = money.MustRate("30"), money.MustRate("50"), money.MustRate("100")

// fill builds the loan from the bid and the decision, with all that is wrong at once.
func (c Content) fill(l *Loan, b bid.Bid) error {
	var f fault.Collector
	if l.ContractNo = strings.TrimSpace(c.ContractNo); l.ContractNo == "" {
		f.Add("contract_no", "field_required", "请填写借款合同编号")
	}
	l.CreditLine, l.Principal = c.CreditLine, c.Principal
	if !c.CreditLine.IsPositive() {
		f.Add("credit_line", "amount_not_positive", "授信额度必须大于 0 元")
	}
	switch {
	case !c.Principal.IsPositive():
		f.Add("principal", "amount_not_positive", "合同金额必须大于 0 元")
	case b.AwardedAmount == nil || b.AwardedAmount.Less(c.Principal):
		f.Add("principal", "principal_above_award", "合同金额 %s 超过企业选定的金额", c.Principal.Text())
	case c.CreditLine.Less(c.Principal):
		f.Add("principal", "principal_above_credit_line", "合同金额 %s 超过授信额度 %s", c.Principal.Text(), c.CreditLine.Text())
	}
	l.AnnualRate, l.TermMonths, l.Method = b.Rate, b.TermMonths, b.Method
	if c.AnnualRate != nil {
		l.AnnualRate = *c.AnnualRate
	}
	if c.TermMonths != nil {
		l.TermMonths = *c.TermMonths
	}
	if c.Method != "" {
		l.Method = c.Method
	}
	if l.AnnualRate.IsNegative() || l.AnnualRate.Cmp(b.Rate) > 0 {
		f.Add("annual_rate", "rate_above_bid", "年利率不能高于报价的 %s%%", b.Rate)
	}
	if l.TermMonths < 1 || l.TermMonths > 120 {
		f.Add("term_months", "term_out_of_range", "期限应在 1 到 120 个月之间")
	}
	c.conventions(l, &f)
	return f.Err()
}

func (c Content) conventions(l *Loan, f *fault.Collector) {
	l.DayCount, l.DueDateRule, l.GraceDays, l.FirstLoan = c.DayCount, c.DueDateRule, c.GraceDays, c.FirstLoan
	if l.DayCount == "" {
		l.DayCount = calendar.Actual360
	}
	if l.DueDateRule == "" {
		l.DueDateRule = repayment.Extend
	}
	if !slices.Contains(repayment.Methods, l.Method) {
		f.Add("method", "method_unknown", "请从列表中选择还款方式")
	}
	if !slices.Contains(calendar.DayCounts, l.DayCount) {
		f.Add("day_count", "day_count_unknown", "请从列表中选择计息基准")
	}
	if l.DueDateRule != repayment.Extend && l.DueDateRule != repayment.None {
		f.Add("due_date_rule", "due_date_rule_unknown", "请选择遇非工作日的规则")
	}
	if c.PaymentDay != nil {
		if l.PaymentDay = *c.PaymentDay; l.PaymentDay < 1 || l.PaymentDay > repayment.PaymentDayMax {
			f.Add("payment_day", "payment_day_out_of_range", "还款日应在每月 1 日至 %d 日之间", repayment.PaymentDayMax)
		}
	}
	if l.PenaltyMarkup = repayment.LateMarkup; c.PenaltyMarkup != nil {
		l.PenaltyMarkup = *c.PenaltyMarkup
	}
	if l.PenaltyMarkup.Cmp(markupMin) < 0 || l.PenaltyMarkup.Cmp(markupMax) > 0 {
		f.Add("penalty_markup", "penalty_markup_out_of_range", "罚息加收比例应在 30%% 到 50%% 之间")
	}
	if l.GraceDays < 0 || l.GraceDays > 15 {
		f.Add("grace_days", "grace_out_of_range", "宽限期应在 0 到 15 天之间")
	}
	if l.IPShare = full; c.IPShare != nil {
		l.IPShare = *c.IPShare
	}
	if !l.IPShare.IsPositive() || l.IPShare.Cmp(full) > 0 {
		f.Add("ip_share", "ip_share_out_of_range", "知识产权份额应大于 0 且不超过 100%%")
	}
}

// Approve records the bank's credit decision on a bid whose credit is approved: the line,
// the price and the sum of the contract.
func (s *Service) Approve(ctx context.Context, actor authz.Actor, bidID uuid.UUID, c Content) (l Loan, err error) {
	if err := actor.Allowed(authz.LoanApprove); err != nil {
		return l, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		b, err := bid.Lock(tx, bidID)
		if err != nil {
			return err
		}
		if !actor.ActsFor(b.BankID) {
			return errBidNotFound
		}
		if b.Status != bid.CreditApproved {
			return errNotApproved
		}
		if _, err := org.RequireAdmitted(tx, actor.OrgID); err != nil {
			return err
		}
		need, err := financing.Find(tx, b.NeedID)
		if err != nil {
			return err
		}
		if err := casework.Act(tx, actor, b.NeedID); err != nil {
			return err
		}
		l = Loan{
			NeedID: b.NeedID, BidID: b.ID, BorrowerID: need.OrgID, BankID: b.BankID, Conditions: "[]", Class: repayment.Normal,
			Status: Approved, CreatedAt: tx.Now(), Version: 1,
		}
		if err := c.fill(&l, b); err != nil {
			return err
		}
		if err := l.quote(tx); err != nil {
			return err
		}
		if err := l.withinPolicy(tx, b); err != nil {
			return err
		}
		// A forecast: the term runs from the drawdown.
		l.MaturesOn = today(tx).AddMonths(l.TermMonths)
		l.OriginalMaturesOn = l.MaturesOn
		if l.ID, err = uuid.NewV7(); err != nil {
			return err
		}
		if l.Number, err = number.Next(tx, number.Loan); err != nil {
			return err
		}
		if err := insert(tx, &l); err != nil {
			return err
		}
		detail := map[string]any{"number": l.Number, "credit_line": l.CreditLine, "principal": l.Principal, "annual_rate": l.AnnualRate}
		if err := audit.Record(tx, actor, "loan.approve", Subject, l.ID, detail); err != nil {
			return err
		}
		return l.publish(tx, "loan.approved", nil)
	})
	return l, err
}

// SignContract is one party's signature under the loan contract: the borrower's signatory
// or the bank's reviewer. With both the contract stands, and the bid is contracted.
func (s *Service) SignContract(ctx context.Context, actor authz.Actor, id uuid.UUID, documents []uuid.UUID) (Loan, error) {
	permission := authz.LoanCheck
	if actor.OrgKind != authz.Bank {
		permission = authz.LoanSign
	}
	return s.change(ctx, actor, permission, id, Sign, func(tx postgres.Tx, a *account) error {
		now, by := tx.Now(), actor.UserID
		if actor.ActsFor(a.BankID) {
			if a.BankSignedAt != nil {
				return errSignedAlready
			}
			a.BankSignedAt, a.BankSignedBy, a.BankSignedName = &now, &by, actor.Name
		} else {
			if a.BorrowerSignedAt != nil {
				return errSignedAlready
			}
			a.BorrowerSignedAt, a.BorrowerSignedBy, a.BorrowerSignedName = &now, &by, actor.Name
		}
		if err := linkDocuments(tx, actor, documents, id, "loan_contract"); err != nil {
			return err
		}
		if err := audit.Record(tx, actor, "loan.sign", Subject, id, map[string]any{"principal": a.Principal}); err != nil {
			return err
		}
		if a.BankSignedAt == nil || a.BorrowerSignedAt == nil {
			return save(tx, &a.Loan)
		}
		return a.contract(tx)
	})
}

func (a *account) contract(tx postgres.Tx) error {
	if err := a.move(complete); err != nil {
		return err
	}
	a.SignedOn = today(tx)
	if err := save(tx, &a.Loan); err != nil {
		return err
	}
	b, err := bid.Lock(tx, a.BidID)
	if err != nil {
		return err
	}
	if err := b.Move(tx, bid.Contract); err != nil {
		return err
	}
	if err := audit.Record(tx, authz.System, "loan.complete", Subject, a.ID, nil); err != nil {
		return err
	}
	return a.publish(tx, "loan.signed", nil)
}

// CancelLoan ends a loan before any money flowed.
func (s *Service) CancelLoan(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Loan, error) {
	if reason = strings.TrimSpace(reason); reason == "" {
		return Loan{}, errReason
	}
	return s.change(ctx, actor, authz.LoanApprove, id, Cancel, func(tx postgres.Tx, a *account) error {
		a.StatusReason = reason
		if err := save(tx, &a.Loan); err != nil {
			return err
		}
		if err := audit.Record(tx, actor, "loan.cancel", Subject, id, map[string]any{"reason": reason}); err != nil {
			return err
		}
		return a.publish(tx, "loan.cancelled", nil)
	})
}

// OnBidDeclined cancels the loan of a bid that the bank turned down after all. It is the
// listener of bid.declined and tolerates a repeat.
func (s *Service) OnBidDeclined(tx postgres.Tx, payload json.RawMessage) error {
	var told struct {
		BidID uuid.UUID `json:"bid_id"`
	}
	if err := json.Unmarshal(payload, &told); err != nil {
		return err
	}
	found, exists, err := liveForBid(tx, told.BidID)
	if err != nil || !exists {
		return err
	}
	l, err := lock(tx, found.ID)
	if err != nil || !Transitions.Can(l.Status, Cancel) {
		return err
	}
	if err := approval.Void(tx, Subject, l.ID); err != nil {
		return err
	}
	l.StatusReason = "银行已否决该笔融资"
	if err := l.move(Cancel); err != nil {
		return err
	}
	if err := save(tx, &l); err != nil {
		return err
	}
	return audit.Record(tx, authz.System, "loan.cancel", Subject, l.ID, map[string]any{"reason": l.StatusReason})
}
