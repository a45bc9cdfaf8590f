package subsidy

import (
	"context"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/httpapi"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

type loansInput struct {
	CallID httpapi.UUID `query:"call_id" doc:"补助征集"`
}

type loanChoices struct {
	Items []LoanChoice `json:"items" nullable:"false"`
}

func (s *Service) apiLoans(ctx context.Context, in *loansInput) (*httpapi.Body[loanChoices], error) {
	actor := authz.From(ctx)
	out := loanChoices{[]LoanChoice{}}
	err := s.db.Read(ctx, func(tx postgres.Tx) error {
		c, err := readableCall(tx, actor, in.CallID.UUID)
		if err != nil {
			return err
		}
		out.Items, err = Choices(tx, actor.OrgID, c.Year)
		return err
	})
	return httpapi.Of(out), err
}

type previewInput struct {
	CallID       httpapi.UUID  `query:"call_id" doc:"补助征集"`
	LoanID       httpapi.UUID  `query:"loan_id" doc:"贷款"`
	Kind         string        `query:"kind" enum:"interest,valuation_fee,guarantee_fee,premium" doc:"补助种类"`
	FeePaid      string        `query:"fee_paid" maxLength:"22" doc:"实际支付的费用"`
	FeePaidOn    calendar.Date `query:"fee_paid_on" doc:"付款日期"`
	OtherSubsidy string        `query:"other_subsidy" maxLength:"22" doc:"已获其他层级补助"`
}

// apiPreview works an amount out without writing anything, with the checks of an
// application except the invoice number.
func (s *Service) apiPreview(ctx context.Context, in *previewInput) (*httpapi.Body[Computation], error) {
	actor := authz.From(ctx)
	a := Application{OrgID: actor.OrgID, LoanID: in.LoanID.UUID, Kind: Kind(in.Kind), InvoiceNo: "试算"}
	if a.Kind != Interest {
		fee, err := amountIn("fee_paid", in.FeePaid)
		if err != nil {
			return nil, err
		}
		a.FeePaid, a.FeePaidOn = &fee, &in.FeePaidOn
	}
	var err error
	if a.OtherSubsidy, err = amountIn("other_subsidy", in.OtherSubsidy); err != nil {
		return nil, err
	}
	var out Computation
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		c, err := readableCall(tx, actor, in.CallID.UUID)
		if err != nil {
			return err
		}
		a.Year = c.Year
		f, err := a.check(tx, c, calendar.DateOf(tx.Now()))
		out = compute(f)
		return err
	})
	if err != nil {
		return nil, err
	}
	return httpapi.Of(out), nil
}

// amountIn reads an amount from a query; an empty one is nothing.
func amountIn(field, text string) (money.Amount, error) {
	if text == "" {
		return money.Zero, nil
	}
	amount, err := money.Parse(text)
	if f, ok := fault.From(err); ok {
		return amount, f.Of(field)
	}
	return amount, err
}
