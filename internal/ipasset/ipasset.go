// Package ipasset keeps the rights that may become collateral: patents of three kinds,
// trademarks and geographical-indication marks. Its hard rule: a right backs one pledge at
// a time; only LockMany and the moves under it lead into and out of a reservation or a
// pledge, and a right that the register froze returns to where it stood, never out of its
// pledge.
package ipasset

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/identifier"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/state"
)

type (
	// Kind is the kind of right.
	Kind string
	// Status is where a right stands on the platform.
	Status string
	// Action moves it.
	Action string
)

// The kinds of right that the law lets be pledged (Civil Code 440(5)).
const (
	InventionPatent Kind = "invention_patent"
	UtilityModel    Kind = "utility_model"
	DesignPatent    Kind = "design_patent"
	Trademark       Kind = "trademark"
	GIMark          Kind = "gi_mark" // 地理标志证明商标、集体商标
)

// Kinds lists them with their Chinese words, in the order of the screens.
var Kinds = []struct {
	Kind Kind
	Text string
}{
	{InventionPatent, "发明专利"}, {UtilityModel, "实用新型专利"}, {DesignPatent, "外观设计专利"},
	{Trademark, "注册商标"}, {GIMark, "地理标志商标"},
}

// Text is the Chinese word of a kind.
func (k Kind) Text() string {
	for _, known := range Kinds {
		if known.Kind == k {
			return known.Text
		}
	}
	return string(k)
}

// IsPatent tells patents from marks.
func (k Kind) IsPatent() bool { return k == InventionPatent || k == UtilityModel || k == DesignPatent }

// IsMark tells trademarks, GI marks among them, from patents.
func (k Kind) IsMark() bool { return k == Trademark || k == GIMark }

// The states of a right (domain §2.4, IpAsset).
const (
	Draft      Status = "draft"
	Submitted  Status = "submitted"
	Verified   Status = "verified"
	Rejected   Status = "rejected"
	Listed     Status = "listed"
	Reserved   Status = "reserved"
	Pledged    Status = "pledged"
	InDisposal Status = "in_disposal"
	Disposed   Status = "disposed"
	Frozen     Status = "frozen"
	Lapsed     Status = "lapsed"
	Invalid    Status = "invalid"
	Withdrawn  Status = "withdrawn"
)

// What can be done with a right. Those after Attach are done by other use cases of
// the platform, never by a person directly.
const (
	Edit         Action = "edit"
	Submit       Action = "submit"
	Verify       Action = "verify"
	Reject       Action = "reject"
	List         Action = "list"
	Withdraw     Action = "withdraw"
	Acknowledge  Action = "acknowledge"
	Freeze       Action = "freeze"
	Lapse        Action = "lapse"
	Invalidate   Action = "invalidate"
	Restore      Action = "restore"
	Challenge    Action = "challenge"
	RecordUpkeep Action = "record_upkeep"
	Attach       Action = "attach"

	reserve         Action = "reserve"
	release         Action = "release"
	pledge          Action = "pledge"
	endPledge       Action = "end_pledge"
	openDisposal    Action = "open_disposal"
	dispose         Action = "dispose"
	restoreSubmit   Action = "restore_submitted"
	restoreReserved Action = "restore_reserved"
	restorePledged  Action = "restore_pledged"
	restoreDisposal Action = "restore_disposal"
)

// Transitions is the whole life of a right (domain §2.4). Two things are our own choice:
// a draft may be withdrawn, and a right that was released just before its pledge was
// registered may still be marked as pledged, because the register's word counts.
var Transitions = state.Table[Status, Action]{
	Draft:      {Attach: Draft, Edit: Draft, Submit: Submitted, Withdraw: Withdrawn},
	Rejected:   {Attach: Rejected, Edit: Draft, Withdraw: Withdrawn},
	Submitted:  {Attach: Submitted, Verify: Verified, Reject: Rejected, Freeze: Frozen, Lapse: Lapsed, Invalidate: Invalid, Challenge: Submitted},
	Verified:   {Attach: Verified, List: Listed, Withdraw: Withdrawn, Acknowledge: Verified, Freeze: Frozen, Lapse: Lapsed, Invalidate: Invalid, Challenge: Verified, RecordUpkeep: Verified},
	Listed:     {Attach: Listed, reserve: Reserved, Withdraw: Withdrawn, Acknowledge: Listed, pledge: Pledged, Freeze: Frozen, Lapse: Lapsed, Invalidate: Invalid, Challenge: Listed, RecordUpkeep: Listed},
	Reserved:   {Attach: Reserved, release: Listed, pledge: Pledged, Freeze: Frozen, Lapse: Lapsed, Invalidate: Invalid, Challenge: Reserved, Acknowledge: Reserved, RecordUpkeep: Reserved},
	Pledged:    {Attach: Pledged, endPledge: Verified, openDisposal: InDisposal, Freeze: Frozen, Lapse: Lapsed, Invalidate: Invalid, Challenge: Pledged, RecordUpkeep: Pledged},
	InDisposal: {dispose: Disposed, endPledge: Verified, Freeze: Frozen, Lapse: Lapsed, Invalidate: Invalid, Challenge: InDisposal, RecordUpkeep: InDisposal},
	Frozen:     {Restore: Verified, restoreSubmit: Submitted, restoreReserved: Reserved, restorePledged: Pledged, restoreDisposal: InDisposal, Lapse: Lapsed, Invalidate: Invalid, RecordUpkeep: Frozen},
	Lapsed:     {Restore: Verified, restoreSubmit: Submitted, restoreReserved: Reserved, restorePledged: Pledged, restoreDisposal: InDisposal, Invalidate: Invalid, RecordUpkeep: Lapsed},
}

// statusTexts are the words of this noun; other nouns use the same codes for other things.
var statusTexts = map[Status]string{
	Draft: "草稿", Submitted: "待核验", Verified: "已核验", Rejected: "已退回", Listed: "可融资", Reserved: "已锁定",
	Pledged: "已出质", InDisposal: "处置中", Disposed: "已处置", Frozen: "冻结", Lapsed: "失效", Invalid: "宣告无效",
	Withdrawn: "已下架",
}

var _ = state.Name(map[string]string{
	"verified": "已核验", "listed": "可融资", "reserved": "已锁定", "pledged": "已出质", "in_disposal": "处置中",
	"disposed": "已处置", "frozen": "冻结", "lapsed": "失效", "invalid": "宣告无效", "edit": "修改", "verify": "核验通过", "list": "上架", "withdraw": "撤回", "submit": "提交", "reject": "退回",
	"acknowledge": "确认知悉风险", "freeze": "登记冻结", "lapse": "登记失效", "invalidate": "登记无效", "restore": "恢复",
	"challenge": "登记无效宣告程序", "record_upkeep": "登记缴费或续展", "attach": "补充材料", "reserve": "锁定", "release": "解除锁定", "pledge": "出质",
	"end_pledge": "解除质押", "open_disposal": "启动处置", "dispose": "处置完成",
})

// Asset is one right.
type Asset struct {
	ID        uuid.UUID
	Number    string
	OrgID     uuid.UUID
	Kind      Kind
	Title     string
	RightNo   string // normalised: 13 or 9 characters of a patent, a registration number of a mark
	NiceClass *int   // of marks; one record per pair of number and class (domain §6.3)
	MarkKind  string // "", ordinary, certification, collective
	IPC       string `gorm:"column:ipc"`
	FiledOn   calendar.Date
	GrantedOn calendar.Date // the grant of a patent, the registration of a mark
	ExpiresOn calendar.Date // the last day of the term, as the register has it
	// ExpiryNote says why the term ends later than the statute's (term adjustment).
	ExpiryNote string
	Divisional bool // a divisional application keeps the filing date of its parent
	// FeePaidUntil is the anniversary of filing up to which annual fees are paid.
	FeePaidUntil        calendar.Date
	RegisteredOwner     string
	CoOwned             bool
	CoOwnersConsent     bool
	SameDayFiling       bool // a utility model with an invention filed on the same day
	InvalidationPending bool
	Preserved           bool // court preservation or an ownership stay
	AcknowledgedRisks   bool // the parties know of P10 or P11 and go on
	ExtractOn           calendar.Date
	ProductRevenue      *money.Amount
	Description         string
	Status              Status
	StatusReason        string
	HeldBefore          Status // where it stood when it was frozen or lapsed
	ReservedUntil       *time.Time
	CreatedAt           time.Time
	SubmittedAt         *time.Time
	VerifiedAt          *time.Time
	Version             int64

	OwnerName string `gorm:"->"` // name of the organisation, read with the row
	AreaCode  string `gorm:"->"`
	AreaName  string `gorm:"->"`
}

// No is the number of the right as its certificate writes it.
func (a Asset) No() string {
	if !a.Kind.IsPatent() {
		return a.RightNo
	}
	if a.GrantedOn.IsZero() {
		return identifier.FormatApplication(a.RightNo)
	}
	return identifier.FormatPatent(a.RightNo)
}

// Label names the right in sentences.
func (a Asset) Label() string { return a.Kind.Text() + "“" + a.Title + "”（" + a.No() + "）" }

// IsLive tells whether the right is verified and neither dead nor withdrawn.
func (a Asset) IsLive() bool {
	switch a.Status {
	case Verified, Listed, Reserved, Pledged, InDisposal, Frozen, Lapsed:
		return true
	}
	return false
}

func (a *Asset) move(action Action) (err error) {
	a.Status, err = Transitions.Next(a.Status, action)
	return err
}

var (
	errNotFound     = fault.New(fault.NotFound, "asset_not_found", "没有这项知识产权，或您无权查看")
	errAlreadyThere = fault.New(fault.Conflict, "right_already_listed",
		"该权利号（同一商标类别）已在平台登记，同一权利只能登记一次；如登记人不是您单位，请联系知识产权局核实权属").Of("right_no")
)

var _ = postgres.Rule("ip_asset_right_uq", errAlreadyThere)

func statusText(s Status) string { return statusTexts[s] }
