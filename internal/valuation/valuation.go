// Package valuation takes an order for an appraisal from the enterprise to the filed
// report. Its hard rule: the platform appraises nothing. A value counts only when two
// appraisers of the firm signed it and a third person of the firm filed it; a score of
// indicators is never turned into yuan.
package valuation

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/state"
)

type (
	// Status is where an order stands.
	Status string
	// Action moves it.
	Action string
	// Method is one of the three approaches to value (domain §5.3).
	Method string
)

// The states of an order.
const (
	Ordered   Status = "ordered"
	Accepted  Status = "accepted"
	Declined  Status = "declined"
	Drafted   Status = "drafted"
	Signed    Status = "signed"
	Filed     Status = "filed"
	Cancelled Status = "cancelled"
)

// What can be done with an order. Sign is the first appraiser's, Countersign the second's.
const (
	Accept      Action = "accept"
	Decline     Action = "decline"
	Cancel      Action = "cancel"
	Write       Action = "write"
	Sign        Action = "sign"
	Countersign Action = "countersign"
	Return      Action = "return"
	File        Action = "file"
)

// The approaches to value.
const (
	Income Method = "income"
	Market Method = "market"
	Cost   Method = "cost"
)

// Transitions is the whole life of an order. Writing again voids the signatures.
var Transitions = state.Table[Status, Action]{
	Ordered:  {Accept: Accepted, Decline: Declined, Cancel: Cancelled},
	Accepted: {Write: Drafted, Cancel: Cancelled},
	Drafted:  {Write: Drafted, Sign: Drafted, Countersign: Signed},
	Signed:   {Return: Drafted, File: Filed},
}

// statusTexts are the words of this noun; others use the same codes for other things.
var statusTexts = map[Status]string{
	Ordered: "待接单", Accepted: "已接单", Declined: "已谢绝", Drafted: "编制中", Signed: "已签署", Filed: "已出具", Cancelled: "已取消",
}

var _ = state.Name(map[string]string{
	"ordered": "待接单", "drafted": "编制中", "filed": "已出具", "write": "编制报告", "sign": "签署", "countersign": "第二位评估师签署",
	"file": "出具报告", "return": "退回修改", "accept": "接受", "decline": "谢绝", "cancel": "取消",
})

// Order is an order and the report that answers it.
type Order struct {
	ID                 uuid.UUID
	Number             string
	ClientID           uuid.UUID
	FirmID             uuid.UUID
	Purpose            string
	Fee                *money.Amount
	Note               string
	Status             Status
	StatusReason       string
	Method             Method
	SecondMethod       Method
	SingleMethodReason string
	ValueType          string // market or liquidation
	ValuationOn        calendar.Date
	ValidUntil         calendar.Date
	Total              *money.Amount
	Assumptions        string
	Restrictions       string
	Inputs             string // JSON of Workings: how the methods came to their results
	ReportDocumentID   *uuid.UUID
	ReportSHA256       string `gorm:"column:report_sha256"`
	DraftedBy          *uuid.UUID
	FirstSignerID      *uuid.UUID
	FirstSignerName    string
	FirstSignedAt      *time.Time
	SecondSignerID     *uuid.UUID
	SecondSignerName   string
	SecondSignedAt     *time.Time
	ReviewerID         *uuid.UUID
	ReviewerName       string
	FiledAt            *time.Time
	CreatedAt          time.Time
	Version            int64

	ClientName string `gorm:"->"`
	FirmName   string `gorm:"->"`
}

// Item is the value of one right in a report.
type Item struct {
	OrderID uuid.UUID
	AssetID uuid.UUID
	Value   *money.Amount
	Score   *money.Rate // 0–100 points, not percent of anything and not yuan
	Grade   string
}

// Value is what a filed report says a right is worth, while the report is valid.
type Value struct {
	AssetID    uuid.UUID
	Amount     money.Amount
	ValuedOn   calendar.Date // 评估基准日
	ValidUntil calendar.Date
	OrderID    uuid.UUID
	Number     string
	FirmName   string
	Grade      string
}

// validMonths is how long a conclusion counts from its valuation date (domain §5.1, [GK]).
const validMonths = 12

// ValidUntil is the last day a conclusion counts: the day before its date comes round.
func ValidUntil(valuedOn calendar.Date) calendar.Date {
	return valuedOn.AddMonths(validMonths).AddDays(-1)
}

func (o *Order) move(action Action) (err error) {
	o.Status, err = Transitions.Next(o.Status, action)
	return err
}

var errNotFound = fault.New(fault.NotFound, "valuation_not_found", "没有这份评估委托，或您无权查看")

var (
	_ = postgres.Rule("valuation_signed_by_two_people", errSameSigner)
	_ = postgres.Rule("valuation_reviewed_by_a_third", errReviewerSigned)

	errSameSigner = fault.New(fault.Rule, "signers_must_differ",
		"评估报告须由两名不同的评估师签署，您已签署过，请由另一位评估师签署")
	errReviewerSigned = fault.New(fault.Rule, "reviewer_signed_report",
		"内部审核人不能是签署报告的评估师，请由本机构其他审核人出具")
)
