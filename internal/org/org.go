// Package org keeps the organisations that do business here: enterprises, banks,
// appraisal firms, guarantors, bureaux. An organisation acts only once the bureau has
// admitted it, and the bureau admits with two people.
//
// The one hard rule: what identifies an organisation (name, credit code, area, scale)
// is fixed by the admission and no longer changed by the organisation itself.
package org

import (
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/identifier"
	"ippledge/internal/state"
)

type (
	// Status is where an organisation stands.
	Status string
	// Action moves it.
	Action string
)

// The life of an organisation.
const (
	Draft     Status = "draft"
	Submitted Status = "submitted"
	Admitted  Status = "admitted"
	Returned  Status = "returned"
	Suspended Status = "suspended"
	Closed    Status = "closed"

	Submit  Action = "submit"
	Admit   Action = "admit"
	Return  Action = "return"
	Suspend Action = "suspend"
	Resume  Action = "resume"
	Close   Action = "close"
)

// Transitions is the whole life of an organisation. Admit, return, suspend, resume and
// close take two people of the bureau.
var Transitions = state.Table[Status, Action]{
	Draft:     {Submit: Submitted},
	Submitted: {Admit: Admitted, Return: Returned},
	Returned:  {Submit: Submitted},
	Admitted:  {Suspend: Suspended, Close: Closed},
	Suspended: {Resume: Admitted, Close: Closed},
}

var _ = state.Name(map[string]string{
	"draft": "草稿", "submitted": "已提交", "admitted": "已准入", "returned": "已退回", "suspended": "已暂停", "closed": "已注销",
	"submit": "提交", "admit": "准入", "return": "退回补正", "suspend": "暂停", "resume": "恢复", "close": "注销",
})

var _ = audit.Name(map[string]string{
	"organization.register": "登记入驻申请", "organization.create": "登记机构", "organization.edit": "修改机构资料",
	"organization.submit": "提交入驻申请", "organization.admit": "准入",
	"organization.propose_admit": "经办提出准入", "organization.propose_return": "经办提出退回", "organization.propose_suspend": "经办提出暂停",
	"organization.propose_resume": "经办提出恢复", "organization.propose_close": "经办提出注销",
	"organization.return": "退回补正", "organization.suspend": "暂停业务", "organization.resume": "恢复业务",
	"organization.close": "注销", "organization.unmask": "查看完整联系信息",
})

// The scales of an enterprise (工信部联企业〔2011〕300号, as the organisation states it).
const (
	Micro  = "micro"
	Small  = "small"
	Medium = "medium"
	Large  = "large"
)

// Organization is one of those who do business here. USCC is nil only for those who have
// none, such as the expert pool. EstablishedOn is nil where nobody said.
type Organization struct {
	ID                  uuid.UUID
	Kind                authz.OrgKind
	Number              string
	Name                string
	USCC                *string
	USCCOverridden      bool // the 18th character is wrong on the certificate itself (domain §6.1)
	AreaCode            string
	ParkCode            *string
	Address             string
	LegalRepresentative string
	ContactName         string
	ContactMobile       string
	EstablishedOn       *calendar.Date
	Scale               string
	HighTech            bool // 高新技术企业
	Specialised         bool // 专精特新
	Industry            string
	FilingNo            string // 评估机构备案号
	CNAPS               *string
	Status              Status
	StatusReason        string
	ConsentedAt         *time.Time
	AdmittedAt          *time.Time
	CreatedAt           time.Time
	Version             int64
}

// Profile is what an organisation says of itself.
type Profile struct {
	Name                string         `json:"name" maxLength:"100" doc:"单位全称，与营业执照一致"`
	USCC                string         `json:"uscc,omitempty" maxLength:"40" doc:"统一社会信用代码"`
	USCCOverride        bool           `json:"uscc_override,omitempty" doc:"证照上的末位校验码确与规则不符，将上传扫描件由市场监管局两人核对"`
	AreaCode            string         `json:"area_code" maxLength:"12" doc:"所在县市区代码"`
	ParkCode            *string        `json:"park_code,omitempty" maxLength:"20" doc:"所在园区代码"`
	Address             string         `json:"address,omitempty" maxLength:"200"`
	LegalRepresentative string         `json:"legal_representative,omitempty" maxLength:"40" doc:"法定代表人"`
	ContactName         string         `json:"contact_name,omitempty" maxLength:"40" doc:"联系人"`
	ContactMobile       string         `json:"contact_mobile,omitempty" maxLength:"20" doc:"联系电话"`
	EstablishedOn       *calendar.Date `json:"established_on,omitempty" doc:"成立日期"`
	Scale               string         `json:"scale,omitempty" enum:",micro,small,medium,large" doc:"企业规模"`
	HighTech            bool           `json:"high_tech,omitempty" doc:"高新技术企业"`
	Specialised         bool           `json:"specialised,omitempty" doc:"专精特新企业"`
	Industry            string         `json:"industry,omitempty" maxLength:"60" doc:"所属行业"`
	FilingNo            string         `json:"filing_no,omitempty" maxLength:"60" doc:"评估机构备案号"`
	CNAPS               *string        `json:"cnaps,omitempty" maxLength:"20" doc:"联行号"`
}

var (
	errNotFound    = fault.New(fault.NotFound, "organisation_not_found", "没有这家机构，或您无权查看")
	errUSCCTaken   = fault.InField("uscc", "uscc_already_registered", "该统一社会信用代码已在平台登记，请直接登录；如非本单位登记，请联系市场监管局（知识产权局）")
	errAreaUnknown = fault.InField("area_code", "area_unknown", "请选择本市的县市区")
	errFixed       = fault.New(fault.Rule, "organisation_identity_fixed", "单位已准入，名称、信用代码、所在地、规模等资料不能自行修改，请联系市场监管局（知识产权局）办理变更")
	errNoEdit      = fault.New(fault.Conflict, "organisation_not_editable", "当前状态下不能修改资料，请等待审核结果")
	errNeedsScan   = fault.New(fault.Rule, "uscc_scan_required", "统一社会信用代码末位校验码不符，请先上传营业执照扫描件再提交")
	errReason      = fault.InField("reason", "reason_required", "请填写理由")
	errPending     = fault.New(fault.Conflict, "approval_already_pending", "该机构已有待复核的事项，请先处理完毕")
)

// NotAdmitted is the failure of RequireAdmitted.
var NotAdmitted = fault.New(fault.Rule, "organisation_not_admitted", "该机构尚未准入或已暂停，不能办理业务")

var phone = regexp.MustCompile(`^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4})$`)

// needsCode are the kinds that have a credit code; bureaux may leave theirs out.
func needsCode(k authz.OrgKind) bool {
	switch k {
	case authz.Enterprise, authz.GIRegistrant, authz.Bank, authz.AppraisalFirm, authz.Guarantor, authz.Insurer:
		return true
	}
	return false
}

// apply takes over the profile after checking each field, all faults at once.
func (o *Organization) apply(p Profile, today calendar.Date) error {
	var c fault.Collector
	o.Name = strings.TrimSpace(p.Name)
	if len([]rune(o.Name)) < 2 {
		c.Add("name", "field_required", "请填写与营业执照一致的单位全称")
	}
	if err := o.applyCode(p, &c); err != nil {
		return err
	}
	o.AreaCode, o.ParkCode = strings.TrimSpace(p.AreaCode), optional(p.ParkCode)
	o.Address, o.Industry, o.FilingNo = strings.TrimSpace(p.Address), strings.TrimSpace(p.Industry), strings.TrimSpace(p.FilingNo)
	o.LegalRepresentative, o.ContactName = strings.TrimSpace(p.LegalRepresentative), strings.TrimSpace(p.ContactName)
	o.ContactMobile = strings.ReplaceAll(strings.TrimSpace(p.ContactMobile), " ", "")
	if o.ContactMobile != "" && !phone.MatchString(o.ContactMobile) {
		c.Add("contact_mobile", "phone_malformed", "联系电话应为 11 位手机号，或带区号的固定电话，如 0739-5300000")
	}
	o.EstablishedOn = p.EstablishedOn
	if o.EstablishedOn != nil && o.EstablishedOn.After(today) {
		c.Add("established_on", "established_in_future", "成立日期不能晚于今天")
	}
	o.Scale, o.HighTech, o.Specialised = p.Scale, p.HighTech, p.Specialised
	if o.Kind == authz.Enterprise && o.Scale == "" {
		c.Add("scale", "field_required", "请选择企业规模")
	}
	if o.CNAPS = optional(p.CNAPS); o.CNAPS != nil {
		code, err := identifier.ParseCNAPS(*o.CNAPS)
		if err := c.Take("cnaps", err); err != nil {
			return err
		}
		o.CNAPS = &code
	}
	return c.Err()
}

func (o *Organization) applyCode(p Profile, c *fault.Collector) error {
	o.USCC, o.USCCOverridden = nil, false
	if strings.TrimSpace(p.USCC) == "" {
		if needsCode(o.Kind) {
			c.Add("uscc", "field_required", "请填写统一社会信用代码")
		}
		return nil
	}
	code, err := identifier.ParseUSCC(p.USCC)
	o.USCC = &code
	// Only a wrong 18th character may be overruled: some early certificates carry one.
	if fault.Has(err, "uscc_check_digit") && p.USCCOverride {
		o.USCCOverridden = true
		return nil
	}
	return c.Take("uscc", err)
}

// sameIdentity tells whether only what an admitted organisation may change differs:
// address and contacts.
func (o Organization) sameIdentity(before Organization) bool {
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	day := func(d *calendar.Date) calendar.Date {
		if d == nil {
			return calendar.Date{}
		}
		return *d
	}
	return o.Name == before.Name && text(o.USCC) == text(before.USCC) && o.AreaCode == before.AreaCode &&
		text(o.ParkCode) == text(before.ParkCode) && o.LegalRepresentative == before.LegalRepresentative &&
		day(o.EstablishedOn) == day(before.EstablishedOn) && o.Scale == before.Scale && o.HighTech == before.HighTech &&
		o.Specialised == before.Specialised && o.Industry == before.Industry && o.FilingNo == before.FilingNo && text(o.CNAPS) == text(before.CNAPS)
}

func optional(s *string) *string {
	if s == nil || strings.TrimSpace(*s) == "" {
		return nil
	}
	t := strings.TrimSpace(*s)
	return &t
}
