package claim

import (
	"fmt"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"ippledge/internal/money"
)

// Bearer is a party that bore part of a loss, and what of it came back.
type Bearer struct {
	Seat      string       `json:"seat" enum:"fund,bank,guarantor,insurer,appraiser"`
	OrgID     *uuid.UUID   `json:"org_id,omitempty"`
	Name      string       `json:"name"`
	Loss      money.Amount `json:"loss" doc:"承担的损失"`
	Recovered money.Amount `json:"recovered" doc:"已追回"`
}

func (b Bearer) open() money.Amount { return b.Loss.Sub(b.Recovered) }

// Share is what one party gets of a receipt.
type Share struct {
	Seat   string       `json:"seat" enum:"fund,bank,guarantor,insurer,appraiser"`
	Name   string       `json:"name"`
	Amount money.Amount `json:"amount"`
	Left   money.Amount `json:"left" doc:"分配后仍未追回的损失"`
}

// Distribution is how one receipt was shared out. Its parts add up to Net.
type Distribution struct {
	Net      money.Amount `json:"net"`
	Shares   []Share      `json:"shares" nullable:"false"`
	Interest money.Amount `json:"interest" doc:"归银行的利息、罚息"`
	Surplus  money.Amount `json:"surplus" doc:"退还出质人的余款（民法典第四百三十八条）"`
	Whole    bool         `json:"whole" doc:"各方损失均已足额追回"`
}

// Distribute shares a net receipt out by domain §4.6: pro rata to the loss each party
// bore until each is whole, then interest and penalty to the bank, the rest to the
// pledgor. A part that would pass what a party still lacks is cut to it and the rest is
// shared among the others, so nobody gets more than was lost.
func Distribute(net money.Amount, bearers []Bearer, interestOwed money.Amount) (Distribution, error) {
	d := Distribution{Net: net, Shares: make([]Share, len(bearers))}
	parts := make([]money.Amount, len(bearers))
	rest := net
	for rest.IsPositive() {
		weights, anybody := openWeights(bearers, parts)
		if !anybody {
			break
		}
		split, err := money.Split(rest, weights)
		if err != nil {
			return d, fmt.Errorf("claim: distribution: %w", err)
		}
		for i, b := range bearers {
			take := money.Min(split[i], b.open().Sub(parts[i]))
			parts[i], rest = parts[i].Add(take), rest.Sub(take)
		}
	}
	d.Whole = true
	for i, b := range bearers {
		left := b.open().Sub(parts[i])
		d.Shares[i] = Share{b.Seat, b.Name, parts[i], left}
		d.Whole = d.Whole && !left.IsPositive()
	}
	d.Interest = money.Min(rest, money.Max(interestOwed, money.Zero))
	d.Surplus = rest.Sub(d.Interest)
	return d, nil
}

// openWeights weigh the parties that still lack something by the loss they bore.
func openWeights(bearers []Bearer, parts []money.Amount) (weights []decimal.Decimal, anybody bool) {
	weights = make([]decimal.Decimal, len(bearers))
	for i, b := range bearers {
		if b.open().Sub(parts[i]).IsPositive() {
			weights[i], anybody = b.Loss.Decimal(), true
		}
	}
	return weights, anybody
}

// of is what a seat gets.
func (d Distribution) of(seat string) (total money.Amount) {
	for _, s := range d.Shares {
		if s.Seat == seat {
			total = total.Add(s.Amount)
		}
	}
	return total
}
