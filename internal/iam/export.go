package iam

import (
	"strings"

	"ippledge/internal/spreadsheet"
	"ippledge/internal/state"
)

var columns = []spreadsheet.Column[View]{
	{Title: "登录名", Value: func(v View) any { return v.Username }},
	{Title: "姓名", Value: func(v View) any { return v.Name }},
	{Title: "所属单位", Value: func(v View) any { return v.OrganizationName }},
	{Title: "角色", Value: func(v View) any {
		names := make([]string, len(v.Roles))
		for i, r := range v.Roles {
			names[i] = r.OrganizationName + "·" + r.RoleName
		}
		return strings.Join(names, "；")
	}},
	{Title: "手机号", Value: func(v View) any { return v.Mobile }},
	{Title: "状态", Value: func(v View) any { return state.Label(string(v.Status)) }},
	{Title: "动态口令", Value: func(v View) any {
		if v.TOTPEnrolled {
			return "已绑定"
		}
		return "未绑定"
	}},
	{Title: "最近登录", Value: func(v View) any { return v.LastSignInAt }},
	{Title: "开立时间", Value: func(v View) any { return v.CreatedAt }},
}
