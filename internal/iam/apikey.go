package iam

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// apiKey lets a machine act as its owner, for one organisation, within its scopes. The
// secret is 256 random bits, so a plain SHA-256 keeps it safe; it is shown once.
type apiKey struct {
	ID         uuid.UUID
	UserID     uuid.UUID
	OrgID      uuid.UUID
	Name       string
	Prefix     string
	Hash       string
	Scopes     []authz.Permission
	ExpiresAt  *time.Time
	RevokedAt  *time.Time
	CreatedAt  time.Time
	LastUsedAt *time.Time
}

const keyLead = "ipk_"

// KeyView is a key as its owner sees it; the secret is not in it.
type KeyView struct {
	ID         uuid.UUID          `json:"id"`
	Name       string             `json:"name"`
	Prefix     string             `json:"prefix" doc:"密钥开头，供辨认"`
	Scopes     []authz.Permission `json:"scopes" nullable:"false"`
	ExpiresAt  *time.Time         `json:"expires_at,omitempty"`
	RevokedAt  *time.Time         `json:"revoked_at,omitempty"`
	CreatedAt  time.Time          `json:"created_at"`
	LastUsedAt *time.Time         `json:"last_used_at,omitempty"`
}

func (k apiKey) view() KeyView {
	return KeyView{k.ID, k.Name, keyLead + k.Prefix, k.Scopes, k.ExpiresAt, k.RevokedAt, k.CreatedAt, k.LastUsedAt}
}

// CreateKey makes a key with scopes that its owner holds now; what the owner loses later
// the key loses too. days is 1 to 365.
func (s *Service) CreateKey(ctx context.Context, actor authz.Actor, name string, scopes []authz.Permission, days int) (secret string, v KeyView, err error) {
	if actor.Scopes != nil {
		return "", v, errSessionOnly
	}
	var c fault.Collector
	if name = strings.TrimSpace(name); name == "" {
		c.Add("name", "field_required", "请填写密钥用途")
	}
	if days < 1 || days > 365 {
		c.Add("days", "key_life_out_of_range", "有效期应在 1 到 365 天之间")
	}
	if len(scopes) == 0 {
		c.Add("scopes", "field_required", "请至少选择一项权限")
	}
	for _, p := range scopes {
		if !actor.Can(p) || p == authz.APIKeyManage {
			c.Add("scopes", "scope_not_held", "您没有“%s”的权限，不能授予密钥", authz.Describe(p))
		}
	}
	if err := c.Err(); err != nil {
		return "", v, err
	}
	raw := make([]byte, 38)
	if _, err := rand.Read(raw); err != nil {
		return "", v, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return "", v, err
	}
	prefix, rest := hex.EncodeToString(raw[:6]), base64.RawURLEncoding.EncodeToString(raw[6:])
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		expires := tx.Now().AddDate(0, 0, days)
		k := apiKey{ID: id, UserID: actor.UserID, OrgID: actor.OrgID, Name: name, Prefix: prefix, Hash: hashKey(rest),
			Scopes: slices.Clone(scopes), ExpiresAt: &expires, CreatedAt: tx.Now()}
		v = k.view()
		if err := insertKey(tx, k); err != nil {
			return err
		}
		return audit.Record(tx, actor, "api_key.create", "api_key", k.ID, map[string]any{"name": name, "scopes": scopes})
	})
	return keyLead + prefix + "_" + rest, v, err
}

func hashKey(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// RevokeKey ends a key of one's own.
func (s *Service) RevokeKey(ctx context.Context, actor authz.Actor, id uuid.UUID) error {
	return s.db.InTx(ctx, func(tx postgres.Tx) error {
		revoked, err := revokeKey(tx, id, actor.UserID)
		if err != nil {
			return err
		}
		if !revoked {
			return fault.New(fault.NotFound, "api_key_not_found", "没有这个密钥，或已吊销")
		}
		return audit.Record(tx, actor, "api_key.revoke", "api_key", id, nil)
	})
}

// byKey finds who a key stands for.
func (s *Service) byKey(ctx context.Context, key string) (actor authz.Actor, err error) {
	prefix, secret, ok := strings.Cut(strings.TrimPrefix(key, keyLead), "_")
	if !ok || !strings.HasPrefix(key, keyLead) {
		return actor, errKey
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		k, found, err := findKey(tx, prefix)
		if err != nil {
			return err
		}
		now := tx.Now()
		right := subtle.ConstantTimeCompare([]byte(k.Hash), []byte(hashKey(secret))) == 1
		if !found || !right || k.RevokedAt != nil || k.ExpiresAt != nil && !now.Before(*k.ExpiresAt) {
			return errKey
		}
		var u User
		if u, actor, err = s.load(tx, k.UserID, k.OrgID); err != nil {
			return err
		}
		if u.Status != Active {
			return errKey
		}
		narrow(&actor, k.Scopes)
		if k.LastUsedAt == nil || now.Sub(*k.LastUsedAt) > time.Minute {
			return touchKey(tx, k.ID)
		}
		return nil
	})
	if fault.Has(err, errNoUser.Code) {
		err = errKey
	}
	return actor, err
}

// narrow leaves the key's scopes, and of these what an organisation not admitted may do.
func narrow(a *authz.Actor, scopes []authz.Permission) {
	left := []authz.Permission{}
	for _, p := range scopes {
		if a.Scopes == nil || slices.Contains(a.Scopes, p) {
			left = append(left, p)
		}
	}
	a.Scopes = left
}
