package valuation

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/ipasset"
)

var valueTypeTexts = map[string]string{"market": "市场价值", "liquidation": "清算价值"}

// summary writes the fields that a report must have at least (domain §5.3) as a text that
// stays readable without any program. Its hash is the report's where the firm hands in
// no scan of its own.
func summary(o Order, items []Item, assets []ipasset.Asset) string {
	byID := map[uuid.UUID]ipasset.Asset{}
	for _, a := range assets {
		byID[a.ID] = a
	}
	var b strings.Builder
	line := func(name, format string, args ...any) { fmt.Fprintf(&b, name+"："+format+"\n", args...) }
	b.WriteString("知识产权评估报告摘要\n\n")
	line("报告编号", "%s", o.Number)
	line("评估机构", "%s", o.FirmName)
	line("委托人", "%s", o.ClientName)
	line("评估目的", "%s", o.Purpose)
	line("评估基准日", "%s", o.ValuationOn)
	line("价值类型", "%s", valueTypeTexts[o.ValueType])
	line("评估方法", "%s", methodsText(o))
	line("评估假设", "%s", o.Assumptions)
	b.WriteString("\n评估对象与结论\n")
	for _, item := range items {
		a := byID[item.AssetID]
		fmt.Fprintf(&b, "- %s %s %s：%s", a.Kind.Text(), a.No(), a.Title, item.Value.Text())
		if item.Grade != "" {
			fmt.Fprintf(&b, "（价值度 %s 分，%s 级；%s）", item.Score, item.Grade, ScoreNotice)
		}
		b.WriteString("\n")
	}
	line("合计", "%s", o.Total.Text())
	line("\n结论有效期至", "%s", o.ValidUntil)
	line("使用限制", "%s", o.Restrictions)
	line("签署评估师", "%s（%s）、%s（%s）", o.FirstSignerName, calendar.FormatInstant(*o.FirstSignedAt), o.SecondSignerName, calendar.FormatInstant(*o.SecondSignedAt))
	line("内部审核", "%s（%s）", o.ReviewerName, calendar.FormatInstant(*o.FiledAt))
	line("测算参数", "%s", o.Inputs)
	return b.String()
}

func methodsText(o Order) string {
	text := methodTexts[o.Method]
	if o.SecondMethod != "" {
		return text + "、" + methodTexts[o.SecondMethod]
	}
	return text + "（只用一种方法的理由：" + o.SingleMethodReason + "）"
}
