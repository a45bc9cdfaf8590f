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
	if _, err := s.Valuations.Write(s.ctx, firm.maker, order.ID, s.report(rights)); err != nil {
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

func (s *Story) report(rights []*right) valuation.Report {
	report := valuation.Report{
		ValuationOn: s.day(), ValueType: "market", Method: valuation.Income, SecondMethod: valuation.Cost,
		Assumptions: "企业持续经营，相关产品按现有规模生产销售，权利在剩余期限内保持有效。", Restrictions: "仅供知识产权质押融资使用。",
		Workings: valuation.Workings{
			Income: &valuation.IncomeInput{
				Variant: "revenue_share", Share: money.MustRate("3.5"),
				Discount: valuation.DiscountParts{
					RiskFree: money.MustRate("1.72"), Technology: money.MustRate("5"), Market: money.MustRate("4"),
					Finance: money.MustRate("3"), Specific: money.MustRate("3"),
				},
				Years: incomeYears(),
			},
			Cost: &valuation.CostInput{
				Research: money.Must("860000.00"), Filing: money.Must("32000.00"), Upkeep: money.Must("18000.00"),
				Profit: money.Must("129000.00"), Obsolescence: money.MustRate("12"),
			},
		},
	}
	for _, r := range rights {
		span := worth[r.asset.Kind]
		r.value = money.FromFen(int64(s.between(span[0], span[1])) * 1_000_000)
		report.Items = append(report.Items, valuation.ReportItem{AssetID: r.asset.ID, Value: r.value})
		report.Total = report.Total.Add(r.value)
	}
	return report
}

// incomeYears are those of the worked example (domain §5.3).
func incomeYears() []valuation.IncomeYear {
	var years []valuation.IncomeYear
	for i, income := range []string{"8000000", "8800000", "9500000", "9800000", "9800000"} {
		decay := money.MustRate([]string{"100", "90", "80", "70", "60"}[i])
		years = append(years, valuation.IncomeYear{Income: money.Must(income), Decay: &decay})
	}
	return years
}
