package httpapi

import (
	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"ippledge/internal/fault"
)

// UUID is an id in a path or query. Anything else than a UUID names no row.
type UUID struct{ uuid.UUID }

// UnmarshalText reads the canonical form.
func (u *UUID) UnmarshalText(text []byte) error {
	id, err := uuid.ParseBytes(text)
	if err != nil {
		return fault.New(fault.Invalid, "id_malformed", "编号“%.40s”格式有误", text)
	}
	u.UUID = id
	return nil
}

// Schema is a string in the document.
func (UUID) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: "string", Format: "uuid"}
}
