package calendar

import "github.com/danielgtaylor/huma/v2"

// Schema tells the OpenAPI document what a date looks like on the wire.
func (Date) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: "string", Format: "date", Description: "日期，年-月-日（北京时间）",
		Examples: []any{"2026-09-24"},
	}
}
