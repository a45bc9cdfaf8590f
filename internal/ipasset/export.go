package ipasset

import "ippledge/internal/spreadsheet"

var upkeepTexts = map[UpkeepState]string{
	UpkeepUnknown: "未登记", UpkeepPaid: "正常", UpkeepDue: "临近缴费或续展", UpkeepSurcharge: "逾期（滞纳或宽展期）", UpkeepMissed: "已过最后期限", UpkeepComplete: "已缴至期满",
}

// exportColumns are those of the Excel export.
var exportColumns = []spreadsheet.Column[View]{
	{Title: "编号", Value: func(v View) any { return v.Number }},
	{Title: "权利种类", Value: func(v View) any { return v.KindText }},
	{Title: "名称", Value: func(v View) any { return v.Title }},
	{Title: "权利号", Value: func(v View) any { return v.RightNo }},
	{Title: "商标类别", Value: func(v View) any {
		if v.NiceClass == nil {
			return ""
		}
		return *v.NiceClass
	}},
	{Title: "权利人", Value: func(v View) any { return v.EnterpriseName }},
	{Title: "县市区", Value: func(v View) any { return v.AreaName }},
	{Title: "申请日", Value: func(v View) any { return v.FiledOn }},
	{Title: "授权或注册日", Value: func(v View) any { return v.GrantedOn }},
	{Title: "期满日", Value: func(v View) any { return &v.ExpiresOn }},
	{Title: "年费已缴至", Value: func(v View) any { return v.FeePaidUntil }},
	{Title: "缴费与续展", Value: func(v View) any { return upkeepTexts[v.Upkeep.State] }},
	{Title: "评估值（元）", Value: func(v View) any { return v.Value }},
	{Title: "评估有效期至", Value: func(v View) any { return v.ValueUntil }},
	{Title: "未解除预警", Value: func(v View) any { return v.OpenAlerts }},
	{Title: "状态", Value: func(v View) any { return statusText(v.Status) }},
	{Title: "登记时间", Value: func(v View) any { return v.CreatedAt }},
}
