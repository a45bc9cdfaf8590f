package fund

import "github.com/danielgtaylor/huma/v2"

// Schema lists the states of the table.
func (Status) Schema(huma.Registry) *huma.Schema {
	values := []any{}
	for _, s := range Transitions.States() {
		values = append(values, string(s))
	}
	return &huma.Schema{Type: "string", Enum: values, Description: "备案状态"}
}
