package claim

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/google/uuid"
)

// newSeed is 32 bytes of the operating system's randomness, in hex.
func newSeed() string {
	seed := make([]byte, 32)
	if _, err := rand.Read(seed); err != nil {
		panic(err) // crypto/rand never fails on a working system
	}
	return hex.EncodeToString(seed)
}

// Rank puts a pool of experts into the order a seed gives: each is hashed as
// SHA-256(seed ‖ "\n" ‖ user id, both as text) and the pool is sorted by the hash. The
// first n are drawn. Seed and pool are stored, so anybody can repeat the draw with
// sha256sum; the seed is made after the pool is fixed, so nobody can choose either.
func Rank(seed string, pool []uuid.UUID) []uuid.UUID {
	out := slices.Clone(pool)
	hash := func(id uuid.UUID) []byte {
		sum := sha256.Sum256([]byte(seed + "\n" + id.String()))
		return sum[:]
	}
	slices.SortFunc(out, func(a, b uuid.UUID) int { return bytes.Compare(hash(a), hash(b)) })
	return out
}
