package bid

import (
	"context"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/httpapi"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// Preview is what an offer would cost and where its limits lie. Nothing is saved.
type Preview struct {
	Cost          *CostView     `json:"cost,omitempty" doc:"金额、利率、期限、方式有误时不给出"`
	LPR           money.Rate    `json:"lpr" doc:"1 年期 LPR，%"`
	LPROn         calendar.Date `json:"lpr_on" doc:"该 LPR 公布日"`
	SpreadBP      int           `json:"spread_bp"`
	RateMax       money.Rate    `json:"rate_max" doc:"可报的最高年利率：企业上限与政策上限取低，%"`
	AmountMax     money.Amount  `json:"amount_max" doc:"可报的最高金额：需求金额"`
	TermMax       int           `json:"term_max_months"`
	FeesAllowed   bool          `json:"fees_allowed"`
	Value         *money.Amount `json:"value,omitempty" doc:"组合评估值合计"`
	AmountByLTV   *money.Amount `json:"amount_by_ltv,omitempty" doc:"评估值乘以所填质押率"`
	ValidUntilMin calendar.Date `json:"valid_until_min"`
	Faults        []fault.Field `json:"faults" nullable:"false" doc:"不能提交的原因，逐项列出"`
}

func (s *Service) apiPreview(ctx context.Context, in *createInput) (*httpapi.Body[Preview], error) {
	actor := authz.From(ctx)
	out := Preview{Faults: []fault.Field{}}
	err := s.db.Read(ctx, func(tx postgres.Tx) error {
		n, err := needForPreview(tx, actor, in.Body.NeedID)
		if err != nil {
			return err
		}
		o := in.Body.Offer
		t, err := termsFor(tx, n, actor.OrgID, o)
		if err != nil {
			return err
		}
		closes := calendar.DateOf(*n.ClosesAt)
		out.LPR, out.LPROn, out.SpreadBP, out.RateMax = t.lpr.OneYear, t.lpr.PublishedOn, spread(o.Rate, t.lpr.OneYear), t.ceiling
		out.AmountMax, out.TermMax, out.FeesAllowed, out.ValidUntilMin = n.Amount, t.policy.MaxTermMonths, t.policy.ExtraFeesAllowed, closes.AddDays(1)
		if t.facts.Valued {
			most := o.LTV.Of(t.facts.Value)
			out.Value, out.AmountByLTV = &t.facts.Value, &most
		}
		if o.Rate.IsPositive() {
			// A cost that can't be worked out has its reason among the faults below.
			if cost, err := costOf(o.Amount, o.Rate, o.Method, o.TermMonths, o.Fees, closes); err == nil {
				out.Cost = costView(&cost)
			} else if _, told := fault.From(err); !told {
				return err
			}
		}
		err = o.check(n, t)
		if f, told := fault.From(err); told {
			out.Faults = f.Fields
			return nil
		}
		return err
	})
	return httpapi.Of(out), err
}
