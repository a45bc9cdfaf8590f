package authz

// OrgKind is what an organisation is on the platform (product.md, "People").
type OrgKind string

const (
	Enterprise    OrgKind = "enterprise"
	GIRegistrant  OrgKind = "gi_registrant" // 地理标志注册人：协会或公共机构
	Bank          OrgKind = "bank"
	AppraisalFirm OrgKind = "appraisal_firm"
	Guarantor     OrgKind = "guarantor"
	Insurer       OrgKind = "insurer"
	IPBureau      OrgKind = "ip_bureau"
	FinanceBureau OrgKind = "finance_bureau"
	FundManager   OrgKind = "fund_manager"
	ExpertPool    OrgKind = "expert_pool"
	Observer      OrgKind = "financial_office" // 地方金融管理部门，只看不办
	Platform      OrgKind = "platform"
)

// OrgKinds lists all kinds with their Chinese words, in the order of the screens.
var OrgKinds = []struct {
	Kind OrgKind
	Text string
}{
	{Enterprise, "企业"}, {GIRegistrant, "地理标志注册人"}, {Bank, "银行"}, {AppraisalFirm, "评估机构"},
	{Guarantor, "融资担保机构"}, {Insurer, "保险机构"}, {IPBureau, "市场监管局（知识产权局）"}, {FinanceBureau, "财政局"},
	{FundManager, "基金管理人"}, {ExpertPool, "专家库"}, {Observer, "地方金融管理部门"}, {Platform, "平台"},
}

// Role is what a user does for an organisation (domain §2.1).
type Role string

const (
	EnterpriseOperator  Role = "enterprise_operator"  // 企业经办
	EnterpriseSignatory Role = "enterprise_signatory" // 企业签署人（复核）
	LoanOfficer         Role = "loan_officer"         // 客户经理
	BankReviewer        Role = "bank_reviewer"        // 银行复核
	BankApprover        Role = "bank_approver"        // 授信审批
	Appraiser           Role = "appraiser"            // 评估师
	AppraisalReviewer   Role = "appraisal_reviewer"   // 评估机构内部审核
	GuaranteeOfficer    Role = "guarantee_officer"    // 担保·保险经办
	GuaranteeReviewer   Role = "guarantee_reviewer"   // 担保·保险复核
	BureauHandler       Role = "bureau_handler"       // 知识产权局经办
	BureauChecker       Role = "bureau_checker"       // 知识产权局复核
	Treasurer           Role = "treasurer"            // 财政局经办
	FinanceChecker      Role = "finance_checker"      // 财政局复核
	FundHandler         Role = "fund_handler"         // 基金管理人经办
	FundChecker         Role = "fund_checker"         // 基金管理人复核
	Expert              Role = "expert"               // 评审专家
	FinancialObserver   Role = "financial_observer"   // 地方金融管理部门观察员
	SystemAdmin         Role = "system_admin"         // 系统管理员
	SecurityAdmin       Role = "security_admin"       // 安全管理员
	AuditAdmin          Role = "audit_admin"          // 审计管理员
)

// RoleInfo describes a role: whose it is, and what signing in with it takes.
type RoleInfo struct {
	Role  Role
	Text  string
	Kinds []OrgKind
	// Staff must use a second factor (domain §9.1): bureaus, banks, fund, administrators.
	Staff bool
	// Excludes are roles that the same person may not hold with this one, in any
	// organisation: the three administrators exclude each other and do no business;
	// maker and checker of one house may be two roles of one person, the check itself
	// then refuses.
	Excludes []Role
}

var owners = []OrgKind{Enterprise, GIRegistrant}
var guarantors = []OrgKind{Guarantor, Insurer}

// Roles is the whole list.
var Roles = []RoleInfo{
	{EnterpriseOperator, "企业经办", owners, false, nil},
	{EnterpriseSignatory, "企业签署人", owners, false, nil},
	{LoanOfficer, "客户经理", []OrgKind{Bank}, true, nil},
	{BankReviewer, "银行复核", []OrgKind{Bank}, true, nil},
	{BankApprover, "授信审批", []OrgKind{Bank}, true, nil},
	{Appraiser, "评估师", []OrgKind{AppraisalFirm}, false, nil},
	{AppraisalReviewer, "评估机构审核", []OrgKind{AppraisalFirm}, false, nil},
	{GuaranteeOfficer, "担保保险经办", guarantors, false, nil},
	{GuaranteeReviewer, "担保保险复核", guarantors, false, nil},
	{BureauHandler, "知识产权局经办", []OrgKind{IPBureau}, true, nil},
	{BureauChecker, "知识产权局复核", []OrgKind{IPBureau}, true, nil},
	{Treasurer, "财政局经办", []OrgKind{FinanceBureau}, true, nil},
	{FinanceChecker, "财政局复核", []OrgKind{FinanceBureau}, true, nil},
	{FundHandler, "基金管理人经办", []OrgKind{FundManager}, true, nil},
	{FundChecker, "基金管理人复核", []OrgKind{FundManager}, true, nil},
	{Expert, "评审专家", []OrgKind{ExpertPool}, false, nil},
	{FinancialObserver, "金融管理部门观察员", []OrgKind{Observer}, true, nil},
	{SystemAdmin, "系统管理员", []OrgKind{Platform}, true, []Role{SecurityAdmin, AuditAdmin}},
	{SecurityAdmin, "安全管理员", []OrgKind{Platform}, true, []Role{SystemAdmin, AuditAdmin}},
	{AuditAdmin, "审计管理员", []OrgKind{Platform}, true, []Role{SystemAdmin, SecurityAdmin}},
}

// Info finds a role's description.
func Info(r Role) (RoleInfo, bool) {
	for _, i := range Roles {
		if i.Role == r {
			return i, true
		}
	}
	return RoleInfo{}, false
}
