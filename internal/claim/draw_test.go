package claim_test

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"ippledge/internal/claim"
)

func TestRank(t *testing.T) {
	t.Parallel()
	pool := make([]uuid.UUID, 20)
	for i := range pool {
		pool[i] = uuid.New()
	}
	seed := hex.EncodeToString(make([]byte, 32))

	t.Run("IsTheSameForTheSameSeedWhateverTheOrderOfThePool", func(t *testing.T) {
		t.Parallel()
		turned := slices.Clone(pool)
		slices.Reverse(turned)
		require.Equal(t, claim.Rank(seed, pool), claim.Rank(seed, turned))
		require.ElementsMatch(t, pool, claim.Rank(seed, pool))
	})

	t.Run("SortsByTheDocumentedHash", func(t *testing.T) {
		t.Parallel()
		ranked := claim.Rank(seed, pool)
		last := ""
		for _, id := range ranked {
			sum := sha256.Sum256([]byte(seed + "\n" + id.String()))
			hash := hex.EncodeToString(sum[:])
			require.Less(t, last, hash)
			last = hash
		}
	})

	t.Run("FavoursNobodyOverManySeeds", func(t *testing.T) {
		t.Parallel()
		first := map[uuid.UUID]int{}
		for i := range 2000 {
			sum := sha256.Sum256([]byte{byte(i), byte(i >> 8)})
			first[claim.Rank(hex.EncodeToString(sum[:]), pool)[0]]++
		}
		for _, id := range pool {
			require.InDelta(t, 100, first[id], 50, "each of 20 leads about 100 of 2,000 draws")
		}
	})
}
