package valuation

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/fault"
	"ippledge/internal/ipasset"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// Report is what an appraiser writes: the conclusion, right by right, and how it was
// reached.
type Report struct {
	ValuationOn        calendar.Date `json:"valuation_on" doc:"评估基准日"`
	ValueType          string        `json:"value_type" enum:"market,liquidation" doc:"市场价值或清算价值"`
	Method             Method        `json:"method" enum:"income,market,cost" doc:"主要方法"`
	SecondMethod       Method        `json:"second_method,omitempty" enum:",income,market,cost"`
	SingleMethodReason string        `json:"single_method_reason,omitempty" maxLength:"500" doc:"只用一种方法的理由"`
	Items              []ReportItem  `json:"items" minItems:"1" maxItems:"50" nullable:"false"`
	Total              money.Amount  `json:"total" doc:"评估结论合计，须等于各项之和"`
	Workings           Workings      `json:"workings"`
	Assumptions        string        `json:"assumptions" maxLength:"4000" doc:"评估假设"`
	Restrictions       string        `json:"restrictions,omitempty" maxLength:"4000" doc:"使用限制"`
	ReportDocumentID   *uuid.UUID    `json:"report_document_id,omitempty" doc:"盖章报告扫描件；空则出具时由平台生成摘要"`
}

// ReportItem is the conclusion on one right.
type ReportItem struct {
	AssetID uuid.UUID    `json:"asset_id"`
	Value   money.Amount `json:"value" doc:"评估值，元"`
}

// Write puts the report down, or writes it anew, which voids the signatures. It fails
// with the faults of its fields: valuation_date_in_future, valuation_before_filing,
// valuation_expired, second_method_required, workings_missing, items_incomplete,
// amount_not_positive, total_mismatch and those of the calculators.
func (s *Service) Write(ctx context.Context, actor authz.Actor, id uuid.UUID, r Report) (Order, error) {
	return s.step(ctx, actor, authz.ValuationWrite, id, firm, Write, func(tx postgres.Tx, o *Order) error {
		ids, err := assetsOf(tx, o.ID)
		if err != nil {
			return err
		}
		assets, err := ipasset.FindMany(tx, ids)
		if err != nil {
			return err
		}
		scores, err := r.check(assets, calendar.DateOf(tx.Now()))
		if err != nil {
			return err
		}
		if r.ReportDocumentID != nil {
			if err := document.Link(tx, actor, []uuid.UUID{*r.ReportDocumentID}, Subject, o.ID, "valuation_report"); err != nil {
				return err
			}
		}
		if err := o.take(r, actor); err != nil {
			return err
		}
		return saveItems(tx, o.ID, r.Items, scores)
	})
}

func (o *Order) take(r Report, writer authz.Actor) error {
	inputs, err := json.Marshal(r.Workings)
	if err != nil {
		return err
	}
	total := r.Total
	o.ValuationOn, o.ValidUntil, o.ValueType = r.ValuationOn, ValidUntil(r.ValuationOn), r.ValueType
	o.Method, o.SecondMethod, o.SingleMethodReason = r.Method, r.SecondMethod, strings.TrimSpace(r.SingleMethodReason)
	o.Total, o.Assumptions, o.Restrictions = &total, strings.TrimSpace(r.Assumptions), strings.TrimSpace(r.Restrictions)
	o.Inputs, o.ReportDocumentID, o.DraftedBy, o.StatusReason = string(inputs), r.ReportDocumentID, &writer.UserID, ""
	o.unsign()
	return nil
}

// unsign voids the signatures: what was signed is no longer what stands here.
func (o *Order) unsign() {
	o.FirstSignerID, o.FirstSignerName, o.FirstSignedAt = nil, "", nil
	o.SecondSignerID, o.SecondSignerName, o.SecondSignedAt = nil, "", nil
}

// check looks at the whole report and returns the scores of the rights that were scored.
func (r Report) check(assets []ipasset.Asset, today calendar.Date) (map[uuid.UUID]Score, error) {
	var c fault.Collector
	r.checkDate(&c, assets, today)
	r.checkMethods(&c)
	if strings.TrimSpace(r.Assumptions) == "" {
		c.Add("assumptions", "assumptions_required", "请说明评估假设")
	}
	if r.ValueType != "market" && r.ValueType != "liquidation" {
		c.Add("value_type", "value_type_required", "请选择价值类型：市场价值或清算价值")
	}
	r.checkItems(&c, assets)
	if err := c.Err(); err != nil {
		return nil, err
	}
	if _, err := r.Workings.Calculate(); err != nil {
		return nil, under("workings", err)
	}
	return r.scores(assets)
}

func (r Report) checkDate(c *fault.Collector, assets []ipasset.Asset, today calendar.Date) {
	switch {
	case r.ValuationOn.IsZero():
		c.Add("valuation_on", "valuation_date_required", "请填写评估基准日")
	case r.ValuationOn.After(today):
		c.Add("valuation_on", "valuation_date_in_future", "评估基准日 %s 不能晚于今天（%s）", r.ValuationOn, today)
	case ValidUntil(r.ValuationOn).Before(today):
		c.Add("valuation_on", "valuation_expired", "以 %s 为基准日的结论已过一年有效期，请重新确定基准日", r.ValuationOn)
	}
	for _, a := range assets {
		begins := a.FiledOn
		if begins.IsZero() {
			begins = a.GrantedOn
		}
		if r.ValuationOn.Before(begins) {
			c.Add("valuation_on", "valuation_before_filing", "评估基准日早于%s的申请日 %s", a.Label(), begins)
		}
	}
}

func (r Report) checkMethods(c *fault.Collector) {
	switch r.Method {
	case Income, Market, Cost:
	default:
		c.Add("method", "method_required", "请选择主要评估方法")
	}
	if r.SecondMethod == r.Method && r.SecondMethod != "" {
		c.Add("second_method", "methods_equal", "第二种方法应与主要方法不同")
	}
	if r.SecondMethod == "" && strings.TrimSpace(r.SingleMethodReason) == "" {
		c.Add("second_method", "second_method_required", "评估应使用两种以上方法（资产评估法第二十六条）；只用一种的，请说明理由")
	}
	for _, m := range []Method{r.Method, r.SecondMethod} {
		missing := m == Income && r.Workings.Income == nil || m == Market && r.Workings.Market == nil || m == Cost && r.Workings.Cost == nil
		if missing {
			c.Add("workings."+string(m), "workings_missing", "请填写%s的测算参数", methodTexts[m])
		}
	}
}

var methodTexts = map[Method]string{Income: "收益法", Market: "市场法", Cost: "成本法"}

func (r Report) checkItems(c *fault.Collector, assets []ipasset.Asset) {
	want := map[uuid.UUID]bool{}
	for _, a := range assets {
		want[a.ID] = true
	}
	sum := money.Zero
	for i, item := range r.Items {
		if !want[item.AssetID] {
			c.Add(fmt.Sprintf("items[%d].asset_id", i), "items_unknown", "第 %d 项不在委托范围内，或重复列示", i+1)
		}
		delete(want, item.AssetID)
		if !item.Value.IsPositive() {
			c.Add(fmt.Sprintf("items[%d].value", i), "amount_not_positive", "第 %d 项的评估值应大于 0", i+1)
		}
		sum = sum.Add(item.Value)
	}
	if len(want) > 0 {
		c.Add("items", "items_incomplete", "还有 %d 项委托的知识产权没有评估值", len(want))
	}
	if !sum.Equal(r.Total) {
		c.Add("total", "total_mismatch", "合计 %s 与各项之和 %s 不一致", r.Total.Text(), sum.Text())
	}
}

func (r Report) scores(assets []ipasset.Asset) (map[uuid.UUID]Score, error) {
	out := map[uuid.UUID]Score{}
	left := len(r.Workings.Scores)
	for _, a := range assets {
		points, scored := r.Workings.Scores[a.ID.String()]
		if !scored {
			continue
		}
		left--
		score, err := ScoreOf(points)
		if err != nil {
			return nil, under("workings.scores."+a.ID.String(), err)
		}
		out[a.ID] = score
	}
	if left > 0 {
		return nil, fault.InField("workings.scores", "items_unknown", "有评分的知识产权不在委托范围内")
	}
	return out, nil
}

// under puts a prefix before the fields of a failure.
func under(prefix string, err error) error {
	f, ours := fault.From(err)
	if !ours {
		return err
	}
	moved := *f
	moved.Fields = make([]fault.Field, len(f.Fields))
	for i, field := range f.Fields {
		field.Field = prefix + "." + field.Field
		moved.Fields[i] = field
	}
	return &moved
}
