package simulator

import (
	"math"
	"math/rand/v2"
)

// quarters is how time goes.
const quarters = 4

// claimLag is how many quarters pass from default to payment: 90 days past due, then
// filing, review and publicity (domain §4.8).
const claimLag = 2

// model is Inputs ready for the inner loop.
type model struct {
	lending    []float64 // wanted new lending that the fund covers, per quarter
	ticket     float64   // covered principal of a loan
	cohorts    int       // quarters a loan runs
	pd, spread float64
	rho        float64
	recovery   float64
	recoverIn  int // quarters from payment to recovery
	perDefault float64
	leverage   float64
	yearCap    float64 // of the fund at 1 January, all banks together
	fund       float64
	portfolio  float64
	yearly     float64
	steps      int
	// unlimited runs lend what is wanted and pay what is due, whatever the fund holds:
	// they measure the capital that would be needed.
	unlimited bool
}

func newModel(in Inputs) model {
	covered := part(in.CoveredShare)
	m := model{
		ticket: float(in.AverageTicket) * covered, cohorts: max(1, (in.AverageTerm+1)/3), pd: part(in.DefaultRate), spread: part(in.DefaultSpread),
		rho: part(in.Correlation), recovery: part(in.RecoveryRate), recoverIn: (in.RecoveryDelay + 2) / 3, leverage: float64(in.Leverage),
		yearCap: float64(in.Banks) * part(in.BankYearCap), fund: float(in.InitialFund), portfolio: float(in.InitialPortfolio) * covered,
		yearly: float(in.Contribution), steps: in.Horizon * quarters,
	}
	m.perDefault = min(m.ticket*part(in.FundShare), float(in.CompensationCap))
	m.lending = make([]float64, m.steps)
	for q := range m.lending {
		m.lending[q] = float(in.AnnualLending) * covered / quarters * math.Pow(1+part(in.Growth), float64(q/quarters))
	}
	return m
}

// track is what one future looks like; a worker fills the same one again and again.
type track struct {
	balance  []float64 // at the start and after each quarter
	lent     []float64 // covered lending, per quarter
	paid     []float64
	defaults int
	ruined   bool
	need     float64 // the most that had to be laid out, net of recoveries and contributions
	peak     float64 // the most principal covered at a time
	covered  float64 // principal covered now
	support  float64 // the least initial fund whose leverage would never have refused a loan
	loans    []int   // ring: loans by the quarter they end in
	due      []float64
	back     []float64
}

func newTrack(m model) *track {
	return &track{
		balance: make([]float64, m.steps+1), lent: make([]float64, m.steps), paid: make([]float64, m.steps), loans: make([]int, m.cohorts),
		due: make([]float64, m.steps+claimLag), back: make([]float64, m.steps+m.recoverIn+1),
	}
}

// run lives one future. The draws come in a fixed order, so that the same seed meets the
// same weather under other parameters and differences are those of the parameters.
func (m model) run(r *rand.Rand, t *track) {
	t.reset(m)
	pd := m.drawRate(r.NormFloat64())
	threshold := normalQuantile(pd)
	fund, spent, carry, hazard, paidThisYear, capThisYear := m.fund, 0.0, 0.0, 0.0, 0.0, 0.0
	t.balance[0] = fund
	for q := range m.steps {
		if q%quarters == 0 {
			hazard = m.hazard(pd, threshold, r.NormFloat64())
			fund, spent = fund+m.yearly, spent-m.yearly
			paidThisYear, capThisYear = 0, m.yearCap*fund
		}
		fund, spent = fund+t.back[q], spent-t.back[q]
		t.loans[q%m.cohorts] = 0 // these are repaid
		carry = m.lend(t, q, fund, carry)
		t.support = max(t.support, spent+t.covered/m.leverage)
		t.due[q+claimLag] += m.fail(t, r, hazard)
		pay := t.due[q]
		if !m.unlimited {
			pay = min(pay, max(0, capThisYear-paidThisYear))
			if pay > fund {
				pay, t.ruined = fund, true
			}
		}
		fund, spent, paidThisYear = fund-pay, spent+pay, paidThisYear+pay
		t.paid[q] = pay
		if m.recoverIn > 0 {
			t.back[q+m.recoverIn] += pay * m.recovery
		} else {
			fund, spent = fund+pay*m.recovery, spent-pay*m.recovery
		}
		t.need = max(t.need, spent)
		t.balance[q+1] = fund
	}
}

// lend makes the quarter's loans, as many as wanted and as the leverage allows; fractions
// of a loan are carried to the next quarter.
func (m model) lend(t *track, q int, fund, carry float64) float64 {
	wanted := m.lending[q]/m.ticket + carry
	n := math.Floor(wanted)
	outstanding := 0
	for _, k := range t.loans {
		outstanding += k
	}
	if !m.unlimited {
		room := math.Floor(m.leverage*fund/m.ticket+1e-9) - float64(outstanding)
		n = max(0, min(n, room))
	}
	t.loans[q%m.cohorts] = int(n)
	t.lent[q] = n * m.ticket
	t.covered = (float64(outstanding) + n) * m.ticket
	t.peak = max(t.peak, t.covered)
	return min(wanted-n, 1) // what the leverage refused is not made up for later
}

// fail draws the quarter's defaults and returns what the fund will owe for them.
func (m model) fail(t *track, r *rand.Rand, hazard float64) float64 {
	owed := 0.0
	for i, n := range t.loans {
		u := r.Float64()
		if k := binomial(n, hazard, u); k > 0 {
			t.loans[i] -= k
			t.defaults += k
			owed += float64(k) * m.perDefault
		}
	}
	return owed
}

// drawRate is this future's default rate: lognormal around the mean with the spread given.
func (m model) drawRate(normal float64) float64 {
	if m.spread == 0 || m.pd == 0 {
		return m.pd
	}
	s2 := math.Log1p(m.spread * m.spread / (m.pd * m.pd))
	return min(0.9, m.pd*math.Exp(math.Sqrt(s2)*normal-s2/2))
}

// hazard is the quarter's chance of default in a year with the common factor z: the
// one-factor Gaussian model, whose mean over z is pd (Vasicek).
func (m model) hazard(pd, threshold, z float64) float64 {
	if pd == 0 {
		return 0
	}
	year := pd
	if m.rho > 0 {
		year = normal((threshold - math.Sqrt(m.rho)*z) / math.Sqrt(1-m.rho))
	}
	return -math.Expm1(math.Log1p(-min(year, 0.999999)) / quarters)
}

func (t *track) reset(m model) {
	t.defaults, t.ruined, t.need, t.peak, t.support = 0, false, 0, 0, 0
	clear(t.due)
	clear(t.back)
	// The loans there are run off evenly over a term.
	each := m.portfolio / m.ticket / float64(m.cohorts)
	total := 0
	for i := range t.loans {
		n := int(math.Round(each*float64(i+1))) - total
		t.loans[i], total = n, total+n
	}
}

// normal is the distribution function of the standard normal.
func normal(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }

// normalQuantile is its inverse; −∞ at 0.
func normalQuantile(p float64) float64 {
	if p <= 0 {
		return math.Inf(-1)
	}
	return -math.Sqrt2 * math.Erfcinv(2*p)
}

// normalTail is where the normal approximation of a binomial becomes good enough.
const normalTail = 30

// binomial is how many of n fail with chance p each, at the quantile u: by inversion, or
// by the normal approximation where the mean is large. It grows with u and with p.
func binomial(n int, p, u float64) int {
	if n == 0 || p <= 0 {
		return 0
	}
	mean := float64(n) * p
	if mean > normalTail {
		k := math.Round(mean + math.Sqrt(mean*(1-p))*normalQuantile(u))
		return int(max(0, min(float64(n), k)))
	}
	term := math.Exp(float64(n) * math.Log1p(-p))
	sum, odds := term, p/(1-p)
	for k := 0; k < n; k++ {
		if u < sum {
			return k
		}
		term *= odds * float64(n-k) / float64(k+1)
		sum += term
	}
	return n
}
