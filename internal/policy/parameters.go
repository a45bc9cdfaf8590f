package policy

import (
	"github.com/shopspring/decimal"

	"ippledge/internal/money"
)

// Seat is a party of the loss share that may stand in for one who is missing.
type Seat string

// The parties that a missing guarantor, insurer or appraiser's share may go to.
const (
	SeatBank Seat = "bank"
	SeatFund Seat = "fund"
)

// Parameters are all numbers of the scheme (domain §4.8). Shares and thresholds are in
// percent, amounts in yuan, names ending in WD count working days. What each means, its
// unit and what is allowed stand in Definitions; Check applies them.
type Parameters struct {
	FundShare      money.Rate `json:"fund_share"`
	BankShare      money.Rate `json:"bank_share"`
	GuarantorShare money.Rate `json:"guarantor_share"`
	InsurerShare   money.Rate `json:"insurer_share"`
	AppraiserShare money.Rate `json:"appraiser_share"` // 评估处置机构
	EmptySeat      Seat       `json:"empty_seat" enum:"bank,fund"`
	Covered        string     `json:"covered" enum:"principal"` // 只补偿本金

	LeverageMultiple         int          `json:"leverage_multiple"`
	EnrolledCapPerEnterprise money.Amount `json:"enrolled_cap_per_enterprise"`
	CompCapPerEnterprise     money.Amount `json:"comp_cap_per_enterprise"`
	CompCapBankYear          money.Rate   `json:"comp_cap_bank_year"` // of the fund's net assets at 1 January

	MinIPShareInCombo        money.Rate `json:"min_ip_share_in_combo"`
	MaxTermMonths            int        `json:"max_term_months"`
	PriceCeilingBPOverLPR1Y  int        `json:"price_ceiling_bp_over_lpr1y"`
	ExtraFeesAllowed         bool       `json:"extra_fees_allowed"`
	EnterpriseMinAgeMonths   int        `json:"enterprise_min_age_months"`
	CleanCreditYears         int        `json:"clean_credit_years"`
	SMEOnly                  bool       `json:"sme_only"`
	FilingDeadlineWD         int        `json:"filing_deadline_wd"`
	ClaimMinDPD              int        `json:"claim_min_dpd"`
	ClaimLitigationRequired  bool       `json:"claim_litigation_required"`
	ClaimLatestAfterMaturity int        `json:"claim_latest_after_maturity_days"`

	ReviewAcceptWD      int          `json:"review_accept_wd"`
	ReviewFirstWD       int          `json:"review_first_wd"`
	ReviewExpertWD      int          `json:"review_expert_wd"`
	ReviewBureauWD      int          `json:"review_bureau_wd"`
	ReviewPublicityWD   int          `json:"review_publicity_wd"`
	ReviewObjectionWD   int          `json:"review_objection_wd"`
	ReviewFinanceWD     int          `json:"review_finance_wd"`
	ReviewPayoutWD      int          `json:"review_payout_wd"`
	ExpertRequiredAbove money.Amount `json:"expert_required_above"`
	ExpertCount         int          `json:"expert_count"`

	BreakerBankWarn       money.Rate `json:"breaker_bank_warn"`
	BreakerBankSuspend    money.Rate `json:"breaker_bank_suspend"`
	BreakerBankPaid       money.Rate `json:"breaker_bank_paid"` // of the bank's yearly compensation cap
	BreakerFundSuspend    money.Rate `json:"breaker_fund_suspend"`
	BreakerFundMinBalance money.Rate `json:"breaker_fund_min_balance"`
	BreakerResumeMonths   int        `json:"breaker_resume_month_ends"`

	RecoveryTransferWD     int  `json:"recovery_transfer_wd"`
	WriteoffMinYears       int  `json:"writeoff_min_years_after_comp"`
	WriteoffRulingRequired bool `json:"writeoff_ruling_required"`
	AnnualSettlementDay    int  `json:"annual_settlement_january_day"`

	SubsidyInterestShare  money.Rate   `json:"subsidy_interest_share"` // of LPR1Y
	SubsidyInterestCap    money.Amount `json:"subsidy_interest_cap"`   // per enterprise and year
	SubsidyInterestMonths int          `json:"subsidy_interest_months"`
	SubsidyValuationShare money.Rate   `json:"subsidy_valuation_share"`
	SubsidyValuationCap   money.Amount `json:"subsidy_valuation_cap"`

	// How a year's interest is reckoned: "simple_annual" counts a full year as one,
	// "by_days" counts actual days over 360 (domain §4.7).
	SubsidyInterestConvention string       `json:"subsidy_interest_convention" enum:"simple_annual,by_days"`
	SubsidyGuaranteeShare     money.Rate   `json:"subsidy_guarantee_share"`
	SubsidyGuaranteeCap       money.Amount `json:"subsidy_guarantee_cap"`
	SubsidyPremiumShare       money.Rate   `json:"subsidy_premium_share"`
	SubsidyPremiumCap         money.Amount `json:"subsidy_premium_cap"`
	SubsidyDoubleAllowed      bool         `json:"subsidy_double_allowed"`
}

// PriceCeiling is the highest annual rate of fund-backed lending at a one-year LPR: the LPR
// and the basis points that the version allows above it (domain §3.1). Bids, credit
// decisions and enrolments are measured by it.
func (p Parameters) PriceCeiling(oneYear money.Rate) money.Rate {
	return oneYear.Add(money.BasisPoints(int64(p.PriceCeilingBPOverLPR1Y)))
}

// Shares says who bears how much of a loss, in percent adding up to 100.
type Shares struct {
	Fund      money.Rate `json:"fund"`
	Bank      money.Rate `json:"bank"`
	Guarantor money.Rate `json:"guarantor"`
	Insurer   money.Rate `json:"insurer"`
	Appraiser money.Rate `json:"appraiser"`
}

// Shares are the loss shares of the version, before anybody's seat is found empty.
func (p Parameters) Shares() Shares {
	return Shares{p.FundShare, p.BankShare, p.GuarantorShare, p.InsurerShare, p.AppraiserShare}
}

// Sum is what the shares add up to; anything but 100 is refused where shares are set.
func (s Shares) Sum() money.Rate {
	return s.Fund.Add(s.Bank).Add(s.Guarantor).Add(s.Insurer).Add(s.Appraiser)
}

// Seated moves the share of each party that has no part in a loan to the party the policy
// names (domain §4.4, default the bank).
func (s Shares) Seated(guarantor, insurer, appraiser bool, empty Seat) Shares {
	var rest, none money.Rate
	take := func(share *money.Rate, present bool) {
		if !present {
			rest, *share = rest.Add(*share), none
		}
	}
	take(&s.Guarantor, guarantor)
	take(&s.Insurer, insurer)
	take(&s.Appraiser, appraiser)
	if empty == SeatFund {
		s.Fund = s.Fund.Add(rest)
	} else {
		s.Bank = s.Bank.Add(rest)
	}
	return s
}

// Weights are the shares in policy order (fund, bank, guarantor, insurer, appraiser), for
// money.Split; the order decides who gets the fen when remainders tie.
func (s Shares) Weights() []decimal.Decimal {
	return []decimal.Decimal{
		s.Fund.Percent(), s.Bank.Percent(), s.Guarantor.Percent(), s.Insurer.Percent(), s.Appraiser.Percent(),
	}
}
