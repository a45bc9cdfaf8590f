package money

import "github.com/danielgtaylor/huma/v2"

// Schema tells the OpenAPI document what an amount looks like on the wire. The pattern
// is left to Parse, whose failures say what is wrong in the user's language.
func (Amount) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: "string", Format: "fen", Description: "金额，人民币元，两位小数的十进制字符串",
		Examples: []any{"5000000.00"},
	}
}

// Schema tells what a rate looks like: percent as a decimal string.
func (Rate) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: "string", Format: "rate", Description: "百分比，十进制字符串，4.35 即 4.35%",
		Examples: []any{"4.35"},
	}
}
