package org

import (
	"ippledge/internal/authz"
	"ippledge/internal/spreadsheet"
	"ippledge/internal/state"
)

var scaleText = map[string]string{"": "", Micro: "微型", Small: "小型", Medium: "中型", Large: "大型"}

func kindText(k authz.OrgKind) string {
	for _, known := range authz.OrgKinds {
		if known.Kind == k {
			return known.Text
		}
	}
	return string(k)
}

func yes(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

// columns are those of the Excel export; contacts are masked there as on the screen.
var columns = []spreadsheet.Column[View]{
	{Title: "机构编号", Value: func(v View) any { return v.Number }},
	{Title: "机构名称", Value: func(v View) any { return v.Name }},
	{Title: "机构类型", Value: func(v View) any { return kindText(v.Kind) }},
	{Title: "统一社会信用代码", Value: func(v View) any { return v.USCC }},
	{Title: "县市区", Value: func(v View) any { return v.AreaName }},
	{Title: "园区", Value: func(v View) any { return v.ParkName }},
	{Title: "企业规模", Value: func(v View) any { return scaleText[v.Scale] }},
	{Title: "高新技术企业", Value: func(v View) any { return yes(v.HighTech) }},
	{Title: "专精特新", Value: func(v View) any { return yes(v.Specialised) }},
	{Title: "成立日期", Value: func(v View) any { return v.EstablishedOn }},
	{Title: "联系人", Value: func(v View) any { return v.ContactName }},
	{Title: "联系电话", Value: func(v View) any { return v.ContactMobile }},
	{Title: "状态", Value: func(v View) any { return state.Label(string(v.Status)) }},
	{Title: "准入时间", Value: func(v View) any { return v.AdmittedAt }},
	{Title: "登记时间", Value: func(v View) any { return v.CreatedAt }},
}
