package claim_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"ippledge/internal/claim"
	"ippledge/internal/money"
)

func bearers(losses ...string) (out []claim.Bearer) {
	for i, loss := range losses {
		out = append(out, claim.Bearer{Seat: claim.Seats[i].Value, Name: claim.Seats[i].Text, Loss: money.Must(loss)})
	}
	return out
}

func amounts(d claim.Distribution) (out []string) {
	for _, s := range d.Shares {
		out = append(out, s.Amount.String())
	}
	return out
}

func TestDistribute(t *testing.T) {
	t.Parallel()

	t.Run("SharesTheExampleOfTheDomainToTheFen", func(t *testing.T) {
		t.Parallel()
		// §4.6: 300,000.00 − 24,567.89 = 275,432.11, by the losses of 2,000,000.01 at 54:26:16:4.
		d, err := claim.Distribute(money.Must("275432.11"), bearers("1080000.00", "520000.00", "320000.00", "80000.00"), money.Zero)
		require.NoError(t, err)
		require.Equal(t, []string{"148733.34", "71612.35", "44069.14", "11017.28"}, amounts(d))
		require.False(t, d.Whole)
	})

	t.Run("MakesEachWholeThenPaysInterestThenThePledgor", func(t *testing.T) {
		t.Parallel()
		d, err := claim.Distribute(money.Must("1200.00"), bearers("450.00", "550.00"), money.Must("150.00"))
		require.NoError(t, err)
		require.Equal(t, []string{"450.00", "550.00"}, amounts(d))
		require.True(t, d.Whole)
		require.Equal(t, "150.00", d.Interest.String())
		require.Equal(t, "50.00", d.Surplus.String())
	})

	t.Run("GivesNothingMoreToWhoIsWhole", func(t *testing.T) {
		t.Parallel()
		list := bearers("450.00", "550.00")
		list[0].Recovered = money.Must("449.99")
		d, err := claim.Distribute(money.Must("100.00"), list, money.Zero)
		require.NoError(t, err)
		require.Equal(t, []string{"0.01", "99.99"}, amounts(d))
	})
}

func TestDistributeProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fen := func(name string, most int64) money.Amount {
			return money.FromFen(rapid.Int64Range(0, most).Draw(t, name))
		}
		list := []claim.Bearer{}
		for i := range rapid.IntRange(1, 5).Draw(t, "parties") {
			list = append(list, claim.Bearer{Seat: claim.Seats[i].Value, Loss: fen("loss", 1e8)})
		}
		total, paidOut := money.Zero, money.Zero
		for _, b := range list {
			total = total.Add(b.Loss)
		}
		for range rapid.IntRange(1, 8).Draw(t, "receipts") {
			net, interest := fen("net", 5e7), fen("interest", 1e6)
			d, err := claim.Distribute(net, list, interest)
			require.NoError(t, err)
			sum := d.Interest.Add(d.Surplus)
			for i, s := range d.Shares {
				require.False(t, s.Amount.IsNegative())
				sum = sum.Add(s.Amount)
				list[i].Recovered = list[i].Recovered.Add(s.Amount)
				paidOut = paidOut.Add(s.Amount)
				require.False(t, list[i].Loss.Less(list[i].Recovered), "nobody gets back more than was lost")
			}
			require.True(t, sum.Equal(net), "the parts add up to the receipt")
			require.False(t, interest.Less(d.Interest))
			if d.Interest.IsPositive() || d.Surplus.IsPositive() {
				require.True(t, d.Whole, "interest and surplus come only after everybody is whole")
			}
			require.Equal(t, paidOut.Equal(total), d.Whole)
		}
	})
}
