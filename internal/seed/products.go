package seed

import (
	"fmt"

	"ippledge/internal/calendar"
	"ippledge/internal/ipasset"
	"ippledge/internal/money"
	"ippledge/internal/product"
	"ippledge/internal/repayment"
)

var allMethods = []repayment.Method{repayment.EqualInstalment, repayment.EqualPrincipal, repayment.InterestOnlyBullet, repayment.Bullet}

var allKinds = []ipasset.Kind{ipasset.InventionPatent, ipasset.UtilityModel, ipasset.DesignPatent, ipasset.Trademark}

// shelf is what the banks offer: name, limits, price, and what they take.
var shelf = []struct {
	name, summary        string
	min, max             string
	rateMin, rateMax     string
	ltv                  string
	kinds                []ipasset.Kind
	termMin, termMax     int
	smeOnly, draftBehind bool
}{
	{"知产易贷", "专利、商标组合质押，随借随还。", "200000", "10000000", "3.20", "4.50", "60", allKinds, 6, 36, false, false},
	{"专利星火贷", "面向高新技术企业的发明专利质押。", "500000", "8000000", "3.10", "4.30", "70", allKinds[:2], 12, 36, false, false},
	{"商标流金贷", "以注册商标专用权出质，支持县域特色产业。", "100000", "5000000", "3.40", "4.50", "60", allKinds[3:], 6, 24, true, false},
	{"邵东智造贷", "服务邵东五金、打火机、箱包产业带。", "200000", "6000000", "3.30", "4.50", "65", allKinds, 6, 36, true, false},
	{"湘商知贷通", "线上申请，三日出具意向。", "300000", "12000000", "3.25", "4.40", "60", allKinds, 6, 36, false, true},
	{"崀山兴农贷", "涉农企业知识产权质押，最低一厘。", "50000", "3000000", "3.35", "4.50", "60", allKinds, 6, 24, true, false},
	{"都梁匠心贷", "老字号、食品、中药企业商标与专利质押。", "100000", "4000000", "3.40", "4.50", "60", allKinds, 6, 24, true, false},
	{"合作知融贷", "园区企业批量授信。", "500000", "15000000", "3.15", "4.20", "65", allKinds, 12, 36, false, false},
}

// planProducts lets each bank put a product on the shelf in the first week.
func (s *Story) planProducts(begin calendar.Date) error {
	for i, p := range shelf {
		s.on(begin.AddDays(2+i), 10, 5*i, func() error {
			bank := s.banks[i]
			made, err := s.Products.Create(s.ctx, bank.maker, product.Terms{
				Name: p.name, Summary: p.summary, AmountMin: money.Must(p.min), AmountMax: money.Must(p.max),
				TermMinMonths: p.termMin, TermMaxMonths: p.termMax, RateMin: money.MustRate(p.rateMin), RateMax: money.MustRate(p.rateMax),
				Methods: allMethods, CollateralKinds: p.kinds, LTVMax: money.MustRate(p.ltv), MinLifeMonths: 12, SMEOnly: p.smeOnly,
			})
			if err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			if _, err := s.Products.Propose(s.ctx, bank.maker, made.ID, product.Publish); err != nil {
				return err
			}
			return s.sign(bank.checker, product.Subject, made.ID)
		})
	}
	return nil
}
