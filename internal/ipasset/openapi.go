package ipasset

import "github.com/danielgtaylor/huma/v2"

// Schema lists the states of the table, so that a new one reaches the clients.
func (Status) Schema(huma.Registry) *huma.Schema {
	s := &huma.Schema{Type: "string", Description: "知识产权在平台上的状态"}
	for _, status := range Transitions.States() {
		s.Enum = append(s.Enum, string(status))
	}
	return s
}

// Schema lists the kinds of right.
func (Kind) Schema(huma.Registry) *huma.Schema {
	s := &huma.Schema{Type: "string", Description: "权利种类"}
	for _, k := range Kinds {
		s.Enum = append(s.Enum, string(k.Kind))
	}
	return s
}
