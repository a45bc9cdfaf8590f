package calendar

import "github.com/danielgtaylor/huma/v2"

// Schema tells the OpenAPI document what a date looks like on the wire.
func (Date) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: "string", Format: "date", Description: "日期，年-月-日（北京时间）",
		Examples: []any{"2026-09-24"},
	}
}

// Schema tells which day counts there are.
func (DayCount) Schema(huma.Registry) *huma.Schema {
	s := &huma.Schema{Type: "string", Description: "计息天数规则：实际天数/360、实际天数/365、每月30天/360"}
	for _, c := range DayCounts {
		s.Enum = append(s.Enum, string(c))
	}
	return s
}
