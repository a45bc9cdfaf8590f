package valuation

import (
	"github.com/shopspring/decimal"

	"ippledge/internal/fault"
	"ippledge/internal/money"
)

// ScoreNotice says what the set of indicators is and is not; screens and reports show it.
const ScoreNotice = "平台默认指标，参照 GB/T 42748 结构，非标准原文。评分只反映质量，不换算为金额。"

// Indicator is one third-level indicator. Weight is its share of its first-level value.
type Indicator struct {
	Code   string     `json:"code"`
	Level1 string     `json:"level1" enum:"legal,technical,economic"`
	Level2 string     `json:"level2"`
	Text   string     `json:"text"`
	Weight money.Rate `json:"weight" doc:"占一级指标的权重，%"`
}

// Indicators is the platform's default set (domain §5.2, [REC]); the weights of each
// first-level value add up to 100 %.
var Indicators = []Indicator{
	indicator("L11", "legal", "权利稳定性", "审查历史与对比文献", "10"), indicator("L12", "legal", "权利稳定性", "无效与诉讼经历", "10"),
	indicator("L21", "legal", "保护范围", "独立权利要求特征数", "10"), indicator("L22", "legal", "保护范围", "权利要求层次", "10"),
	indicator("L31", "legal", "侵权可判定性", "可取证性", "10"), indicator("L32", "legal", "侵权可判定性", "可规避性", "10"),
	indicator("L41", "legal", "权利完整性", "共有、许可、查封负担", "10"), indicator("L42", "legal", "权利完整性", "年费状态", "10"),
	indicator("L51", "legal", "剩余期限与布局", "剩余法定年限", "10"), indicator("L52", "legal", "剩余期限与布局", "同族与海外布局", "10"),
	indicator("T11", "technical", "先进性", "与现有技术差距", "10"), indicator("T12", "technical", "先进性", "被引用情况", "10"),
	indicator("T21", "technical", "成熟度", "技术成熟度阶段", "10"), indicator("T22", "technical", "成熟度", "产品化程度", "10"),
	indicator("T31", "technical", "可替代性", "替代技术", "10"), indicator("T32", "technical", "可替代性", "迭代速度", "10"),
	indicator("T41", "technical", "适用范围", "应用领域", "10"), indicator("T42", "technical", "适用范围", "标准关联", "10"),
	indicator("T51", "technical", "独立性", "对他人专利的依赖", "10"), indicator("T52", "technical", "独立性", "配套条件", "10"),
	indicator("E11", "economic", "市场应用", "已实施产品收入", "9"), indicator("E12", "economic", "市场应用", "市场占有", "8"),
	indicator("E13", "economic", "市场应用", "许可收入", "8"),
	indicator("E21", "economic", "市场前景", "市场规模与增速", "12.5"), indicator("E22", "economic", "市场前景", "政策适配", "12.5"),
	indicator("E31", "economic", "竞争态势", "竞争者", "12.5"), indicator("E32", "economic", "竞争态势", "议价力", "12.5"),
	indicator("E41", "economic", "可处置性", "潜在受让方", "12.5"), indicator("E42", "economic", "可处置性", "变现周期", "12.5"),
}

func indicator(code, level1, level2, text, weight string) Indicator {
	return Indicator{code, level1, level2, text, money.MustRate(weight)}
}

// levelWeights are α, β, γ of the finance scene (domain §5.2, [REC]).
var levelWeights = map[string]decimal.Decimal{
	"legal": decimal.New(35, -2), "technical": decimal.New(25, -2), "economic": decimal.New(40, -2),
}

// Score is what the indicators add up to: points from 0 to 100, and a grade.
type Score struct {
	Legal     money.Rate `json:"legal" doc:"法律价值度，分"`
	Technical money.Rate `json:"technical" doc:"技术价值度，分"`
	Economic  money.Rate `json:"economic" doc:"经济价值度，分"`
	Total     money.Rate `json:"total" doc:"专利价值度，分"`
	Grade     string     `json:"grade" enum:"A,B,C,D"`
	LTVFactor money.Rate `json:"ltv_factor" doc:"质押率系数，%"`
}

// ScoreOf adds up the points of every indicator, each from 0 to 10 with one decimal. It
// fails with score_missing, score_range or indicator_unknown. The result is points; no
// function of this package turns it into yuan.
func ScoreOf(points map[string]money.Rate) (Score, error) {
	var c fault.Collector
	sums := map[string]decimal.Decimal{}
	known := map[string]bool{}
	for _, i := range Indicators {
		known[i.Code] = true
		p, given := points[i.Code]
		switch {
		case !given:
			c.Add("scores."+i.Code, "score_missing", "请为“%s”打分", i.Text)
		case p.IsNegative() || p.Cmp(money.MustRate("10")) > 0 || !p.Percent().Equal(p.Percent().Round(1)):
			c.Add("scores."+i.Code, "score_range", "“%s”的分值应为 0 至 10，最多一位小数", i.Text)
		}
		// Σ weight·points·10, with the weight in percent.
		sums[i.Level1] = sums[i.Level1].Add(i.Weight.Fraction().Mul(p.Percent()).Mul(decimal.New(10, 0)))
	}
	for code := range points {
		if !known[code] {
			c.Add("scores."+code, "indicator_unknown", "没有指标“%s”", code)
		}
	}
	if err := c.Err(); err != nil {
		return Score{}, err
	}
	total := decimal.Zero
	for level, sum := range sums {
		total = total.Add(levelWeights[level].Mul(sum))
	}
	grade := gradeOf(total)
	return Score{
		Legal: money.RateOf(sums["legal"]), Technical: money.RateOf(sums["technical"]), Economic: money.RateOf(sums["economic"]),
		Total: money.RateOf(total), Grade: grade, LTVFactor: GradeFactor(grade),
	}, nil
}

func gradeOf(total decimal.Decimal) string {
	for _, g := range []struct {
		from  int64
		grade string
	}{{80, "A"}, {65, "B"}, {50, "C"}} {
		if total.GreaterThanOrEqual(decimal.New(g.from, 0)) {
			return g.grade
		}
	}
	return "D"
}

// GradeFactor is what a grade does to the loan-to-value cap, in percent (domain §5.2,
// [REC]): A 100, B 85, C 70, D 0. A right without a score keeps its cap.
func GradeFactor(grade string) money.Rate {
	switch grade {
	case "B":
		return money.MustRate("85")
	case "C":
		return money.MustRate("70")
	case "D":
		return money.Rate{}
	}
	return money.MustRate("100")
}
