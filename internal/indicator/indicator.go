// Package indicator states every figure once: the dashboard, the portal, the exports and
// the reports read the same queries. Its hard rule: no figure without the rows behind
// it, and none where there is no data. It writes nothing.
package indicator

import (
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/money"
)

// Scope narrows figures to a year and, where given, a county, a park or a bank.
type Scope struct {
	Year     int
	Month    int // 0 is the whole year
	AreaCode string
	ParkCode string
	BankID   uuid.UUID
	Kind     string // patent, trademark, gi_mark, mixed: what the loan is secured by
}

// link is the front-end path of the loans paid out in the scope.
func (s Scope) link() string {
	q := url.Values{"year": {strconv.Itoa(s.Year)}}
	if s.Month > 0 {
		q.Set("month", strconv.Itoa(s.Month))
	}
	for name, value := range map[string]string{"area_code": s.AreaCode, "park_code": s.ParkCode, "kind": s.Kind} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if s.BankID != uuid.Nil {
		q.Set("bank_id", s.BankID.String())
	}
	return "/console/indicators/disbursements?" + q.Encode()
}

// from and until bound the scope: the first day, and the day after the last.
func (s Scope) from() calendar.Date {
	if s.Month > 0 {
		return calendar.NewDate(s.Year, monthOf(s.Month), 1)
	}
	return calendar.NewDate(s.Year, monthOf(1), 1)
}

func (s Scope) until() calendar.Date {
	if s.Month > 0 {
		return s.from().AddMonths(1)
	}
	return s.from().AddMonths(12)
}

// Slice is one part of a figure: a month, a county, a bank.
type Slice struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	// Amount is missing where there is no data: a month that hasn't come yet.
	Amount *money.Amount `json:"amount,omitempty"`
	Loans  int64         `json:"loans"`
	Link   string        `json:"link" doc:"明细的前端路径"`
}

// Target is a promise of the plan beside what has been reached.
type Target struct {
	Code        string        `json:"code"`
	Indicator   string        `json:"indicator"`
	Quote       string        `json:"quote" doc:"规划原文"`
	Document    string        `json:"document" doc:"规划文件"`
	Location    string        `json:"location" doc:"文件中的位置"`
	Scope       string        `json:"scope"`
	Unit        string        `json:"unit"`
	Baseline    string        `json:"baseline" doc:"基期值；空为未载明"`
	TargetYear  *int          `json:"target_year,omitempty"`
	Target      string        `json:"target"`
	Aggregation string        `json:"aggregation" enum:"point,annual_avg,cumulative"`
	Caveat      string        `json:"caveat" doc:"规划自身的矛盾或口径说明"`
	Reached     *money.Amount `json:"reached,omitempty" doc:"本平台统计值，元；缺省为暂无数据"`
	Ratio       *money.Rate   `json:"ratio,omitempty" doc:"完成率，%"`
	Closed      bool          `json:"closed" doc:"规划期已结束"`
}

// Fund is what the fund stands at.
type Fund struct {
	Balance   *money.Amount `json:"balance,omitempty" doc:"专户余额"`
	Committed *money.Amount `json:"committed,omitempty" doc:"已核准待拨付"`
	Available *money.Amount `json:"available,omitempty"`
	Capital   *money.Amount `json:"capital,omitempty" doc:"累计注入"`
	Paid      *money.Amount `json:"paid,omitempty" doc:"累计补偿"`
	Recovered *money.Amount `json:"recovered,omitempty" doc:"累计追回"`
	Enrolled  *money.Amount `json:"enrolled,omitempty" doc:"在保贷款余额"`
	Exposure  *money.Amount `json:"exposure,omitempty" doc:"基金承担的风险敞口"`
	// Leverage is enrolled outstanding over net assets, as a multiple.
	Leverage      string      `json:"leverage" doc:"放大倍数；空为暂无数据"`
	LeverageLimit string      `json:"leverage_limit"`
	NPLRatio      *money.Rate `json:"npl_ratio,omitempty" doc:"在保贷款不良率，%"`
}

// Key are the sums of the dashboard's head. Disbursed, credit line and registered are
// three things and are never added together.
type Key struct {
	Disbursed   Value `json:"disbursed"`
	CreditLine  Value `json:"credit_line" doc:"明细页另列授信金额合计"`
	Registered  Value `json:"registered"`
	Outstanding Value `json:"outstanding"`
	Overdue     Value `json:"overdue"`
}

// Sums are those of the loans paid out in a scope: two amounts side by side.
type Sums struct {
	Disbursed  money.Amount `json:"sum" doc:"放款金额合计，等于对应指标"`
	CreditLine money.Amount `json:"sum_credit_line" doc:"授信金额合计；与放款金额分列"`
}

// Dashboard is all of it for one year.
type Dashboard struct {
	Year int           `json:"year"`
	AsOf calendar.Date `json:"as_of"`
	// The three amounts that are never added together.
	Disbursed  money.Amount `json:"disbursed" doc:"当年放款金额，即年度质押融资额"`
	CreditLine money.Amount `json:"credit_line" doc:"当年放款贷款对应的授信金额"`
	Registered money.Amount `json:"registered" doc:"当年质押登记金额"`
	Loans      int64        `json:"loans"`
	Borrowers  int64        `json:"borrowers"`
	Rights     int64        `json:"rights" doc:"当年登记出质的权利件数"`

	Outstanding money.Amount `json:"outstanding" doc:"贷款余额（全部在贷）"`
	Overdue     money.Amount `json:"overdue" doc:"逾期贷款余额"`

	Key Key `json:"key" doc:"总览的主要数字及其明细"`

	ByMonth  []Slice  `json:"by_month" nullable:"false"`
	ByArea   []Slice  `json:"by_area" nullable:"false"`
	ByBank   []Slice  `json:"by_bank" nullable:"false"`
	ByYear   []Slice  `json:"by_year" nullable:"false"`
	ByKind   []Slice  `json:"by_kind" nullable:"false" doc:"按质押物种类的笔数；组合质押计入混合"`
	Ageing   []Slice  `json:"ageing" nullable:"false" doc:"逾期分布（S71 口径）"`
	Pipeline []Slice  `json:"pipeline" nullable:"false" doc:"融资需求各状态数，不含报价信息"`
	Targets  []Target `json:"targets" nullable:"false"`
	Fund     Fund     `json:"fund"`
}

// Disbursement is one row behind the year's figure.
type Disbursement struct {
	LoanID       uuid.UUID     `json:"loan_id"`
	Number       string        `json:"number"`
	Borrower     string        `json:"borrower"`
	AreaName     string        `json:"area_name"`
	ParkName     string        `json:"park_name"`
	BankName     string        `json:"bank_name"`
	DisbursedOn  calendar.Date `json:"disbursed_on"`
	Amount       money.Amount  `json:"amount"`
	CreditLine   money.Amount  `json:"credit_line"`
	Registered   *money.Amount `json:"registered,omitempty"`
	Outstanding  money.Amount  `json:"outstanding"`
	AnnualRate   money.Rate    `json:"annual_rate"`
	MaturesOn    calendar.Date `json:"matures_on"`
	Class        string        `json:"class"`
	Registration string        `json:"registration_no"`
}
