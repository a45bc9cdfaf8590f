// Package httpmeta carries what the audit trail and the log want to know of a request
// (its id, where it came from) through the context, without anybody below the HTTP
// layer seeing HTTP.
package httpmeta

import "context"

type (
	idKey      struct{}
	addressKey struct{}
)

// With notes the request's id and the client's address.
func With(ctx context.Context, id, address string) context.Context {
	return context.WithValue(context.WithValue(ctx, idKey{}, id), addressKey{}, address)
}

// RequestID is empty outside a request.
func RequestID(ctx context.Context) string { s, _ := ctx.Value(idKey{}).(string); return s }

// Address is empty outside a request.
func Address(ctx context.Context) string { s, _ := ctx.Value(addressKey{}).(string); return s }
