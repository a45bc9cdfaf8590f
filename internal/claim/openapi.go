package claim

import "github.com/danielgtaylor/huma/v2"

// Schema lists the states of the table, so that the document can't miss one.
func (Status) Schema(huma.Registry) *huma.Schema {
	s := &huma.Schema{Type: "string", Description: "补偿申请状态"}
	for _, status := range Transitions.States() {
		s.Enum = append(s.Enum, string(status))
	}
	return s
}

// Schema lists the states of the table.
func (RecoveryStatus) Schema(huma.Registry) *huma.Schema {
	s := &huma.Schema{Type: "string", Description: "追偿状态"}
	for _, status := range RecoveryTransitions.States() {
		s.Enum = append(s.Enum, string(status))
	}
	return s
}
