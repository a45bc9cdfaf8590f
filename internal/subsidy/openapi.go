package subsidy

import "github.com/danielgtaylor/huma/v2"

// Schema lists the states of the table.
func (Status) Schema(huma.Registry) *huma.Schema {
	values := []any{}
	for _, s := range Transitions.States() {
		values = append(values, string(s))
	}
	return &huma.Schema{Type: "string", Enum: values, Description: "补助申请状态"}
}

// Schema lists the kinds of subsidy.
func (Kind) Schema(huma.Registry) *huma.Schema {
	values := []any{}
	for _, k := range Kinds {
		values = append(values, string(k))
	}
	return &huma.Schema{Type: "string", Enum: values, Description: "补助种类：贷款贴息、评估费、担保费、保费"}
}
