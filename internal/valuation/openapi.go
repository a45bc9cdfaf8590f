package valuation

import "github.com/danielgtaylor/huma/v2"

// Schema lists the states of the table, so that a new one reaches the clients.
func (Status) Schema(huma.Registry) *huma.Schema {
	s := &huma.Schema{Type: "string", Description: "评估委托的状态"}
	for _, status := range Transitions.States() {
		s.Enum = append(s.Enum, string(status))
	}
	return s
}
