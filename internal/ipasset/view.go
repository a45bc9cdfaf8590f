package ipasset

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/money"
)

// View is a right as clients see it.
type View struct {
	ID                  uuid.UUID      `json:"id"`
	Number              string         `json:"number"`
	Kind                Kind           `json:"kind"`
	KindText            string         `json:"kind_text"`
	Title               string         `json:"title"`
	RightNo             string         `json:"right_no" doc:"权利号，专利按证书写法"`
	NiceClass           *int           `json:"nice_class,omitempty"`
	MarkKind            string         `json:"mark_kind" enum:",ordinary,certification,collective"`
	EnterpriseID        uuid.UUID      `json:"enterprise_id"`
	EnterpriseName      string         `json:"enterprise_name"`
	AreaCode            string         `json:"area_code"`
	AreaName            string         `json:"area_name"`
	FiledOn             *calendar.Date `json:"filed_on,omitempty"`
	GrantedOn           *calendar.Date `json:"granted_on,omitempty"`
	ExpiresOn           calendar.Date  `json:"expires_on"`
	FeePaidUntil        *calendar.Date `json:"fee_paid_until,omitempty"`
	Upkeep              UpkeepView     `json:"upkeep"`
	Value               *money.Amount  `json:"value,omitempty" doc:"最近一份有效评估报告的评估值"`
	ValueUntil          *calendar.Date `json:"value_until,omitempty"`
	InvalidationPending bool           `json:"invalidation_pending"`
	OpenAlerts          int            `json:"open_alerts"`
	Status              Status         `json:"status"`
	StatusReason        string         `json:"status_reason"`
	ReservedUntil       *time.Time     `json:"reserved_until,omitempty"`
	CreatedAt           time.Time      `json:"created_at"`
	VerifiedAt          *time.Time     `json:"verified_at,omitempty"`
	Version             int64          `json:"version"`
	Actions             []string       `json:"available_actions" nullable:"false"`
}

// UpkeepView is what a right needs next to stay alive.
type UpkeepView struct {
	State      UpkeepState    `json:"state" enum:"unknown,paid,due,surcharge,missed,complete"`
	PatentYear int            `json:"patent_year" doc:"下一笔年费所属年度；商标为 0"`
	DueOn      *calendar.Date `json:"due_on,omitempty"`
	LastOn     *calendar.Date `json:"last_on,omitempty" doc:"滞纳期或宽展期的最后一日"`
	OpensOn    *calendar.Date `json:"opens_on,omitempty" doc:"商标可办理续展的首日"`
	Fee        *money.Amount  `json:"fee,omitempty" doc:"当年全额年费（未计减缴）"`
	Surcharge  *money.Amount  `json:"surcharge,omitempty" doc:"截至今日的滞纳金"`
	Total      *money.Amount  `json:"total,omitempty"`
}

// FeeView is one year of the fee schedule.
type FeeView struct {
	PatentYear int           `json:"patent_year"`
	DueOn      calendar.Date `json:"due_on"`
	Fee        money.Amount  `json:"fee"`
	Paid       bool          `json:"paid"`
}

// AlertView is an alert as clients see it.
type AlertView struct {
	ID             uuid.UUID      `json:"id"`
	AssetID        uuid.UUID      `json:"asset_id"`
	AssetNumber    string         `json:"asset_number"`
	AssetTitle     string         `json:"asset_title"`
	EnterpriseName string         `json:"enterprise_name"`
	Kind           string         `json:"kind"`
	Severity       Severity       `json:"severity" enum:"amber,red,critical"`
	Message        string         `json:"message"`
	DueOn          *calendar.Date `json:"due_on,omitempty"`
	RaisedAt       time.Time      `json:"raised_at"`
	ClosedAt       *time.Time     `json:"closed_at,omitempty"`
}

// Detail is the page of a right.
type Detail struct {
	View
	IPC               string                `json:"ipc"`
	ExpiryNote        string                `json:"expiry_note"`
	Divisional        bool                  `json:"divisional"`
	StatutoryExpiry   *calendar.Date        `json:"statutory_expires_on,omitempty"`
	RegisteredOwner   string                `json:"registered_owner"`
	CoOwned           bool                  `json:"co_owned"`
	CoOwnersConsent   bool                  `json:"co_owners_consent"`
	SameDayFiling     bool                  `json:"same_day_filing"`
	Preserved         bool                  `json:"preserved"`
	AcknowledgedRisks bool                  `json:"acknowledged_risks"`
	ExtractOn         *calendar.Date        `json:"extract_on,omitempty"`
	ProductRevenue    *money.Amount         `json:"product_revenue,omitempty"`
	Description       string                `json:"description"`
	NotReady          string                `json:"not_ready" doc:"草稿尚不能提交复核的原因；空为可以提交或不是草稿"`
	Prechecks         []Finding             `json:"prechecks" nullable:"false" doc:"出质预检发现的问题；空为未发现"`
	Bundle            []BundleView          `json:"bundle" nullable:"false" doc:"须一并出质的相同或近似商标"`
	Fees              []FeeView             `json:"fees" nullable:"false" doc:"各年度年费"`
	Alerts            []AlertView           `json:"alerts" nullable:"false"`
	Valuations        []Valuation           `json:"valuations" nullable:"false"`
	Documents         []document.View       `json:"documents" nullable:"false"`
	Timeline          []audit.Line          `json:"timeline" nullable:"false" doc:"办理记录；仅权利人与管理部门可见"`
	Pending           *approval.PendingView `json:"pending_approval,omitempty"`
}

// BundleView names a mark that must be pledged together with this one.
type BundleView struct {
	ID      uuid.UUID `json:"id"`
	Title   string    `json:"title"`
	RightNo string    `json:"right_no"`
	Status  Status    `json:"status"`
}

func optional(d calendar.Date) *calendar.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

func (r row) view(actor authz.Actor, today calendar.Date, openAlerts int) View {
	a := r.Asset
	return View{
		ID: a.ID, Number: a.Number, Kind: a.Kind, KindText: a.Kind.Text(), Title: a.Title, RightNo: a.No(), NiceClass: a.NiceClass,
		MarkKind: a.MarkKind, EnterpriseID: a.OrgID, EnterpriseName: a.OwnerName, AreaCode: a.AreaCode, AreaName: a.AreaName,
		FiledOn: optional(a.FiledOn), GrantedOn: optional(a.GrantedOn), ExpiresOn: a.ExpiresOn, FeePaidUntil: optional(a.FeePaidUntil),
		Upkeep: upkeepView(UpkeepOf(a, today)), Value: r.ValueAmount, ValueUntil: optional(r.ValueUntil),
		InvalidationPending: a.InvalidationPending, OpenAlerts: openAlerts, Status: a.Status, StatusReason: a.StatusReason,
		ReservedUntil: a.ReservedUntil, CreatedAt: a.CreatedAt, VerifiedAt: a.VerifiedAt, Version: a.Version,
		Actions: actionsFor(actor, a, r.Pending, today),
	}
}

func upkeepView(u Upkeep) UpkeepView {
	return UpkeepView{u.State, u.PatentYear, optional(u.DueOn), optional(u.LastOn), optional(u.OpensOn), u.Fee, u.Surcharge, u.Total}
}

// feeViews is the fee schedule of a patent; empty for marks and where filing is unknown.
func feeViews(a Asset) []FeeView {
	out := []FeeView{}
	if !a.Kind.IsPatent() || a.FiledOn.IsZero() {
		return out
	}
	paid := 0
	if !a.FeePaidUntil.IsZero() {
		paid = yearsPaid(a.FiledOn, a.FeePaidUntil)
	}
	for year := 1; ; year++ {
		fee, known := AnnualFee(a.Kind, year)
		due := a.FiledOn.AddMonths(12 * (year - 1))
		if !known || !due.Before(a.ExpiresOn) {
			return out
		}
		out = append(out, FeeView{year, due, fee, year <= paid})
	}
}

func (a Alert) view() AlertView {
	return AlertView{ID: a.ID, AssetID: a.AssetID, Kind: a.Kind, Severity: a.Severity, Message: a.Message,
		DueOn: optional(a.DueOn), RaisedAt: a.RaisedAt, ClosedAt: a.ClosedAt}
}

func (r alertRow) view() AlertView {
	v := r.Alert.view()
	v.AssetNumber, v.AssetTitle, v.EnterpriseName = r.AssetNumber, r.AssetTitle, r.EnterpriseName
	return v
}
