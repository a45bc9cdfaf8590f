package policy

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"ippledge/internal/fault"
	"ippledge/internal/money"
)

// Definition describes one parameter: the form that edits a version is drawn from it,
// and Check refuses what it does not allow. Source says where the default comes from;
// marks in brackets are those of domain.md.
type Definition struct {
	Key     string   `json:"key"`
	Group   string   `json:"group"`
	Label   string   `json:"label"`
	Unit    string   `json:"unit"`
	Kind    string   `json:"kind" enum:"rate,amount,integer,boolean,choice"`
	Min     string   `json:"min" doc:"允许的最小值，空表示不限"`
	Max     string   `json:"max" doc:"允许的最大值，空表示不限"`
	Default string   `json:"default"`
	Choices []Choice `json:"choices" nullable:"false"`
	Source  string   `json:"source"`
}

// Choice is one value of a parameter that is chosen from a list.
type Choice struct {
	Value string `json:"value"`
	Text  string `json:"text"`
}

// Kinds of parameters, by which the form chooses its input.
const (
	kindRate    = "rate"
	kindAmount  = "amount"
	kindInteger = "integer"
	kindBoolean = "boolean"
	kindChoice  = "choice"
)

const (
	own    = "本平台建议值"
	hunan  = "参照湖南省知识产权质押融资风险补偿比例 [S29]"
	wuxi   = "参照无锡“锡科贷” [S40]；四川 5 个工作日 [S39]"
	rule44 = "参照贵州等地熔断规则 [S44]"
)

// Check applies Definitions and the rules between parameters. Fields at fault are named
// as in the body of the request: parameters.fund_share.
func (p Parameters) Check() error {
	var c fault.Collector
	values := p.values()
	for _, d := range Definitions {
		if problem := d.refuses(values[d.Key]); problem != "" {
			c.Add("parameters."+d.Key, "parameter_out_of_range", "%s", problem)
		}
	}
	if sum := p.Shares().Sum(); !sum.Equal(money.MustRate("100")) {
		c.Add("parameters.fund_share", "shares_not_100", "各方分担比例合计为 %s%%，应恰好等于 100%%，请调整", sum)
	}
	if p.BreakerBankWarn.Cmp(p.BreakerBankSuspend) >= 0 {
		c.Add("parameters.breaker_bank_warn", "warn_not_below_suspend", "单家银行预警线应低于暂停线 %s%%", p.BreakerBankSuspend)
	}
	if p.EnrolledCapPerEnterprise.Less(p.CompCapPerEnterprise) {
		c.Add("parameters.comp_cap_per_enterprise", "comp_cap_above_enrolled_cap", "单户补偿上限不应高于单户在保上限 %s", p.EnrolledCapPerEnterprise.Text())
	}
	if p.ExpertCount%2 == 0 {
		c.Add("parameters.expert_count", "expert_count_even", "评审专家人数应为单数，避免票数相等")
	}
	return c.Err()
}

// values maps each parameter's JSON name to its value.
func (p Parameters) values() map[string]any {
	v := reflect.ValueOf(p)
	out := make(map[string]any, v.NumField())
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		out[name] = v.Field(i).Interface()
	}
	return out
}

// refuses is the sentence that says why a value is not allowed; empty when it is.
func (d Definition) refuses(value any) string {
	switch v := value.(type) {
	case money.Rate:
		if d.Min != "" && v.Cmp(money.MustRate(d.Min)) < 0 || d.Max != "" && v.Cmp(money.MustRate(d.Max)) > 0 {
			return d.rangeText(v.String())
		}
	case money.Amount:
		if d.Min != "" && v.Less(money.Must(d.Min)) || d.Max != "" && money.Must(d.Max).Less(v) {
			return d.rangeText(v.Text())
		}
	case int:
		if below(v, d.Min) || below(-v, negated(d.Max)) {
			return d.rangeText(strconv.Itoa(v))
		}
	case bool:
		return ""
	default: // a choice
		for _, choice := range d.Choices {
			if choice.Value == fmt.Sprint(v) {
				return ""
			}
		}
		return fmt.Sprintf("“%s”的取值无效，请从选项中选择", d.Label)
	}
	return ""
}

func (d Definition) rangeText(value string) string {
	return fmt.Sprintf("“%s”为 %s，应在 %s 至 %s %s之间", d.Label, value, d.Min, d.Max, d.Unit)
}

func below(v int, limit string) bool {
	if limit == "" {
		return false
	}
	n, err := strconv.Atoi(limit)
	if err != nil {
		panic("policy: limit of a parameter is not a whole number: " + limit)
	}
	return v < n
}

func negated(limit string) string {
	if limit == "" {
		return ""
	}
	return "-" + limit
}
