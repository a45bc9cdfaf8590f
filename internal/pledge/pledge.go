// Package pledge keeps the pledge contract between an enterprise and a bank, and the
// evidence of its registration with the national office.
//
// The one hard rule: a pledge exists from its registration only (Civil Code 444), and a
// right is under one live pledge at a time, which the database refuses to break.
package pledge

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/state"
)

// Subject is the word for a pledge in documents, proposals and the audit trail.
const Subject = "pledge"

type (
	// Status is where a pledge stands.
	Status string
	// Action moves it.
	Action string
	// Kind is what a pledge secures.
	Kind string
	// Reason is why a pledge ends (Civil Code 393).
	Reason string
)

// The life of a pledge (domain §2.4, PledgeRegistration). A change or an extension keeps
// it registered; what was registered before stays in the audit trail.
const (
	Draft       Status = "draft"
	Filed       Status = "filed"
	Correction  Status = "correction"
	Registered  Status = "registered"
	Refused     Status = "refused"
	CancelFiled Status = "cancel_filed"
	Cancelled   Status = "cancelled"
	Lapsed      Status = "lapsed"
	Revoked     Status = "revoked"
)

// What can be done with a pledge.
const (
	Edit          Action = "edit"
	Consent       Action = "consent" // the pledgor signs the contract
	Abandon       Action = "abandon" // a draft comes to nothing
	File          Action = "file"
	Correct       Action = "correct" // the office asks for corrections
	Refile        Action = "refile"
	Register      Action = "register"
	Refuse        Action = "refuse"
	Change        Action = "change"
	Extend        Action = "extend"
	Cancel        Action = "cancel"
	ConfirmCancel Action = "confirm_cancel"
	Revoke        Action = "revoke"
	Lapse         Action = "lapse"
)

// The kinds of pledge (domain §1.5).
const (
	Specific  Kind = "specific"   // 一般质押
	MaxAmount Kind = "max_amount" // 最高额质押
)

// The reasons to end a pledge.
const (
	DebtPerformed  Reason = "debt_performed"
	PledgeRealised Reason = "pledge_realised"
	Waived         Reason = "waived"
	ContractVoid   Reason = "contract_void"
	OtherReason    Reason = "other"
)

// Transitions is the whole life of a pledge.
var Transitions = state.Table[Status, Action]{
	Draft:       {Edit: Draft, Consent: Draft, File: Filed, Abandon: Cancelled},
	Filed:       {Correct: Correction, Register: Registered, Refuse: Refused},
	Correction:  {Refile: Filed, Register: Registered, Refuse: Refused},
	Registered:  {Change: Registered, Extend: Registered, Cancel: CancelFiled, Revoke: Revoked, Lapse: Lapsed},
	CancelFiled: {ConfirmCancel: Cancelled},
}

var _ = state.Name(map[string]string{
	"registered": "已登记", "correction": "补正", "cancel_filed": "注销办理中", "revoked": "已撤销", "lapsed": "登记期满",
	"consent": "出质人签署", "abandon": "放弃", "file": "申报登记", "correct": "登记补正", "refile": "补正后重报", "register": "登记",
	"change": "变更登记", "extend": "延期登记", "confirm_cancel": "确认注销", "revoke": "登记撤销", "lapse": "登记期满",
})

// Text is the Chinese word of a status.
func (s Status) Text() string {
	return map[Status]string{
		Draft: "草稿", Filed: "已受理", Correction: "补正", Registered: "已登记", Refused: "不予登记",
		CancelFiled: "注销办理中", Cancelled: "已注销", Lapsed: "登记期满", Revoked: "登记被撤销",
	}[s]
}

// Live tells whether the rights are held by the pledge: from filing until it ends.
func (s Status) Live() bool {
	return s == Filed || s == Correction || s == Registered || s == CancelFiled
}

// InForce tells whether the right of pledge exists in law.
func (s Status) InForce() bool { return s == Registered || s == CancelFiled }

var _ = audit.Name(map[string]string{
	"pledge.create": "起草质押合同", "pledge.edit": "修改质押合同", "pledge.consent": "出质人签署质押合同", "pledge.abandon": "放弃质押草稿",
	"pledge.file": "申报质押登记", "pledge.correct": "登记机关要求补正", "pledge.refile": "补正后重新申报", "pledge.refuse": "不予登记",
	"pledge.propose": "经办提交复核", "pledge.register": "质押登记", "pledge.change": "变更登记", "pledge.extend": "延期登记",
	"pledge.cancel": "申请注销", "pledge.confirm_cancel": "注销登记", "pledge.revoke": "登记被撤销", "pledge.lapse": "登记期满失效",
	"pledge.remind": "登记期限提醒", "pledge.dispose": "启动质物处置",
})

// Pledge is one contract and its registration. SecuredAmount is that of the contract;
// RegisteredAmount is what the register says, and rules where they differ (domain §1.1,
// interpretation 15).
type Pledge struct {
	ID                    uuid.UUID
	Number                string
	NeedID                uuid.UUID
	BidID                 uuid.UUID
	PledgorID             uuid.UUID // 出质人, the enterprise
	PledgeeID             uuid.UUID // 质权人, the bank
	Kind                  Kind
	ContractNo            string
	SecuredAmount         money.Amount
	RegisteredAmount      *money.Amount
	ClaimsFrom            calendar.Date // 债权确定期间, of a maximum-amount pledge
	ClaimsTo              calendar.Date
	DebtDueOn             calendar.Date // the last day of the secured debt, for P06
	ConsentedBy           *uuid.UUID
	ConsentedByName       string
	ConsentedAt           *time.Time
	RegistrationNo        string
	RegisteredOn          calendar.Date
	RegistrationEndsOn    calendar.Date // of marks: the registration lapses after it (domain §1.4)
	FiledOn               calendar.Date
	RefusalGround         string
	ReleaseReason         Reason
	CancelledOn           calendar.Date
	CertificateDocumentID *uuid.UUID
	ExpiryNotice          int
	Status                Status
	StatusReason          string
	CreatedAt             time.Time
	Version               int64
}

// Amount is the sum that counts: the registered one once there is one.
func (p Pledge) Amount() money.Amount {
	if p.RegisteredAmount != nil {
		return *p.RegisteredAmount
	}
	return p.SecuredAmount
}

// Differs tells whether the register has another sum than the contract.
func (p Pledge) Differs() bool {
	return p.RegisteredAmount != nil && !p.RegisteredAmount.Equal(p.SecuredAmount)
}

// Line is one right under a pledge and its part of the sum (domain §1.5).
type Line struct {
	PledgeID        uuid.UUID
	AssetID         uuid.UUID
	AllocatedAmount money.Amount
	Live            bool
}

func (p *Pledge) move(a Action) (err error) {
	p.Status, err = Transitions.Next(p.Status, a)
	return err
}

func (p Pledge) title() string { return p.Number + " 担保金额 " + p.Amount().Text() }

// Link is the front-end path of a pledge.
func Link(id uuid.UUID) string { return "/console/pledges/" + id.String() }

var (
	errNotFound       = fault.New(fault.NotFound, "pledge_not_found", "没有这份质押合同，或您无权查看")
	errAlreadyPledged = fault.New(fault.Conflict, "asset_already_pledged",
		"质押组合中有权利已在另一份生效或办理中的质押合同项下，同一权利不能重复出质，请先解除原质押或更换权利")
	errNumberTaken   = fault.InField("registration_no", "registration_no_taken", "该质押登记号已登记在另一份质押合同上，请核对证书")
	errPending       = fault.New(fault.Conflict, "approval_already_pending", "该质押已有待复核的事项，请先处理完毕")
	errReason        = fault.InField("reason", "reason_required", "请填写理由")
	errNoConsent     = fault.New(fault.Rule, "pledgor_consent_missing", "出质人尚未签署质押合同，请企业签署人先签署再申报登记")
	errBidNotFound   = fault.New(fault.NotFound, "bid_not_found", "没有这份报价，或您无权查看").Of("bid_id")
	errNotApproved   = fault.New(fault.Rule, "bid_not_credit_approved", "授信审批通过后才能起草质押合同")
	errLoanUnsettled = fault.New(fault.Rule, "loan_not_settled", "贷款尚未结清，不能以债务履行完毕为由注销质押；如放弃质权请选择“放弃质权”并说明")
	errScanRequired  = fault.InField("document_ids", "certificate_required", "请上传登记机关出具的证书或通知书扫描件")
)

var _ = postgres.Rule("pledge_asset_one_live_pledge", errAlreadyPledged)
var _ = postgres.Rule("pledge_registration_no_uq", errNumberTaken)
