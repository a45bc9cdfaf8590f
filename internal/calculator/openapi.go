package calculator

import "github.com/danielgtaylor/huma/v2"

// Schema is a decimal string; what is wrong with one is said by UnmarshalText.
func (Weight) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: "string", Description: "权重，非负十进制字符串", Examples: []any{"54"}}
}
