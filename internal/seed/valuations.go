package seed

import (
	"github.com/google/uuid"

	"ippledge/internal/ipasset"
	"ippledge/internal/money"
	"ippledge/internal/valuation"
)

// worth is what the story's rights are valued at, in yuan, by kind: low and high in units
// of ten thousand.
var worth = map[ipasset.Kind][2]int{
	ipasset.InventionPatent: {420, 980}, ipasset.UtilityModel: {120, 300}, ipasset.DesignPatent: {60, 140},
	ipasset.Trademark: {180, 460}, ipasset.GIMark: {1200, 2400},
}

// appraise lets a firm value some rights: ordered, accepted, written, signed by two,
// filed by a third. It takes the firm a few hours of story time.
func (s *Story) appraise(e *enterprise, rights []*right) error {
	firm := pick(s, s.firms)
	ids := make([]uuid.UUID, len(rights))
	for i, r := range rights {
		ids[i] = r.asset.ID
	}
	order, err := s.Valuations.Place(s.ctx, e.maker, valuation.NewOrder{FirmID: firm.org.ID, AssetIDs: ids})
	if err != nil {
		return err
	}
	if _, err := s.Valuations.Accept(s.ctx, firm.maker, order.ID, money.FromFen(int64(s.between(8, 20))*100_000)); err != nil {
		return err
	}
	report, err := s.report(rights)
	if err != nil {
		return err
	}
	if _, err := s.Valuations.Write(s.ctx, firm.maker, order.ID, report); err != nil {
		return err
	}
	if _, err := s.Valuations.SignReport(s.ctx, firm.maker, order.ID); err != nil {
		return err
	}
	if _, err := s.Valuations.SignReport(s.ctx, firm.checker, order.ID); err != nil {
		return err
	}
	_, err = s.Valuations.FileReport(s.ctx, firm.third, order.ID)
	return err
}

func (s *Story) report(rights []*right) (valuation.Report, error) {
	var total money.Amount
	for _, r := range rights {
		span := worth[r.asset.Kind]
		r.value = money.FromFen(int64(s.between(span[0], span[1])) * 1_000_000)
		total = total.Add(r.value)
	}
	income, err := incomeOf(total)
	if err != nil {
		return valuation.Report{}, err
	}
	cost, err := costOf(total)
	if err != nil {
		return valuation.Report{}, err
	}
	report := valuation.Report{
		ValuationOn: s.day(), ValueType: "market", Method: valuation.Income, SecondMethod: valuation.Cost,
		Assumptions: "企业持续经营，相关产品按现有规模生产销售，权利在剩余期限内保持有效。", Restrictions: "仅供知识产权质押融资使用。",
		Workings: valuation.Workings{
			Income: income, Cost: cost,
		},
		Total: total,
	}
	for _, r := range rights {
		report.Items = append(report.Items, valuation.ReportItem{AssetID: r.asset.ID, Value: r.value})
	}
	return report, nil
}

// incomeOf is the income approach of the worked example (domain §5.3), on sales of a size
// at which it comes to the value concluded: a reviewer finds the result beside the
// conclusion, apart by no more than the sales are rounded to.
func incomeOf(value money.Amount) (*valuation.IncomeInput, error) {
	in := &valuation.IncomeInput{
		Variant: "revenue_share", Share: money.MustRate("8"),
		Discount: valuation.DiscountParts{
			RiskFree: money.MustRate("1.72"), Technology: money.MustRate("5"), Market: money.MustRate("4"),
			Finance: money.MustRate("3"), Specific: money.MustRate("3"),
		},
	}
	for i, income := range []string{"8000000", "8800000", "9500000", "9800000", "9800000"} {
		decay := money.MustRate([]string{"100", "90", "80", "70", "60"}[i])
		in.Years = append(in.Years, valuation.IncomeYear{Income: money.Must(income), Decay: &decay})
	}
	example, err := in.Calculate()
	if err != nil {
		return nil, err
	}
	for i, y := range in.Years {
		in.Years[i].Income = scaled(y.Income, value, example.Value)
	}
	return in, nil
}

// costOf is the cost approach, which the report shows beside the income approach: what
// was spent lies a tenth below what the rights will bring.
func costOf(value money.Amount) (*valuation.CostInput, error) {
	in := &valuation.CostInput{
		Research: money.Must("860000.00"), Filing: money.Must("32000.00"), Upkeep: money.Must("18000.00"),
		Profit: money.Must("129000.00"), Obsolescence: money.MustRate("12"),
	}
	example, err := in.Calculate()
	if err != nil {
		return nil, err
	}
	spent := money.MustRate("90").Of(value)
	in.Research, in.Profit = scaled(in.Research, spent, example), scaled(in.Profit, spent, example)
	return in, nil
}

// scaled is an amount in the proportion of to to from, in whole thousands of yuan.
func scaled(amount, to, from money.Amount) money.Amount {
	const thousand = 100_000
	return money.FromFen((amount.Fen()/thousand*(to.Fen()/100)/(from.Fen()/100) + 1) * thousand)
}
