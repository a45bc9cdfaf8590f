package httpapi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

type keyKey struct{}

func withKey(ctx context.Context, key string) context.Context {
	return context.WithValue(ctx, keyKey{}, key)
}

// IdempotencyKey is the key that came with the request, for operations that keep their
// own (the ledger's gathered entries).
func IdempotencyKey(ctx context.Context) string { k, _ := ctx.Value(keyKey{}).(string); return k }

var (
	errKeyReused = fault.New(fault.Conflict, "idempotency_key_reused", "该 Idempotency-Key 已用于内容不同的请求，请换用新的键")
)

// run calls the use case. With an Idempotency-Key the whole use case, the claim of the
// key and the kept answer are one transaction: after a crash either all of it is there
// or none. Two requests with one key queue up at the key's row; the second returns the
// first one's answer.
func run[I, O any](api *API, ctx context.Context, repeatable bool, operation string, in *I, h func(context.Context, *I) (*O, error)) (*O, error) {
	key := IdempotencyKey(ctx)
	if !repeatable || key == "" || api.ownKeys[operation] || api.db == nil {
		return h(ctx, in)
	}
	digest, err := digestOf(operation, in)
	if err != nil {
		return nil, err
	}
	actor := authz.From(ctx)
	var out *O
	err = api.db.InTx(ctx, func(tx postgres.Tx) error {
		kept, err := claimKey(tx, actor.OrgID, key, operation, digest)
		if err != nil {
			return err
		}
		if kept != nil {
			out = new(O)
			return json.Unmarshal(kept, out)
		}
		if out, err = h(tx.Context(), in); err != nil {
			return err
		}
		answer, err := json.Marshal(out)
		if err != nil {
			return err
		}
		return keepAnswer(tx, actor.OrgID, key, answer)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func digestOf(operation string, in any) (string, error) {
	content, err := json.Marshal(in)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(append([]byte(operation+"\n"), content...))
	return hex.EncodeToString(sum[:]), nil
}
