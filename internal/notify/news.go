package notify

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/event"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

// rule says who is told of an event: those of one organisation named in the event, or of
// every organisation of a kind, who hold the permission. What is said of bids goes to the
// bank alone; the enterprise hears of them when its window has closed.
type rule struct {
	event      string
	to         string        // the member of the event that names the organisation
	kind       authz.OrgKind // or all organisations of this kind
	permission authz.Permission
	title      string
	subject    string // the member that names the subject
	noun       string // whose number is put into the body
	link       string
}

var rules = []rule{
	{"organization.submitted", "", authz.IPBureau, authz.OrgHandle, "有机构提交入驻申请", "organization_id", "organization", "/console/organizations/"},
	{"organization.admitted", "organization_id", "", authz.OrgEditOwn, "入驻申请已通过", "organization_id", "organization", "/console/organizations/"},
	{"organization.returned", "organization_id", "", authz.OrgEditOwn, "入驻申请被退回，请修改后重新提交", "organization_id", "organization", "/console/organizations/"},
	{"organization.suspended", "organization_id", "", authz.OrgEditOwn, "本单位已被暂停办理业务", "organization_id", "organization", "/console/organizations/"},
	{"ip_alert.raised", "org_id", "", authz.AssetWrite, "知识产权状态提醒", "asset_id", "ip_asset", "/console/assets/"},
	{"valuation.ordered", "firm_id", "", authz.ValuationAnswer, "收到新的评估委托", "valuation_id", "valuation_order", "/console/valuations/"},
	{"valuation.accepted", "client_id", "", authz.ValuationOrder, "评估机构已接受委托", "valuation_id", "valuation_order", "/console/valuations/"},
	{"valuation.declined", "client_id", "", authz.ValuationOrder, "评估机构谢绝了委托", "valuation_id", "valuation_order", "/console/valuations/"},
	{"valuation.filed", "client_id", "", authz.ValuationOrder, "评估报告已出具", "valuation_id", "valuation_order", "/console/valuations/"},
	{"need.opened", "org_id", "", authz.NeedDraft, "融资需求已发布，报价窗口开启", "need_id", "financing_need", "/console/needs/"},
	{"need.matched", "bank_id", "", authz.BidDraft, "有融资需求符合本行产品", "need_id", "financing_need", "/console/needs/"},
	{"need.closed", "org_id", "", authz.BidAward, "报价窗口已截止，请查看结果", "need_id", "financing_need", "/console/needs/"},
	{"bid.accepted", "bank_id", "", authz.BidDraft, "本行报价已被选定", "bid_id", "bid", "/console/bids/"},
	{"bid.lost", "bank_id", "", authz.BidDraft, "本行报价未被选定", "bid_id", "bid", "/console/bids/"},
	{"pledge.registered", "pledgor_id", "", authz.PledgeRead, "质押登记已完成", "pledge_id", "pledge", "/console/pledges/"},
	{"pledge.cancelled", "pledgor_id", "", authz.PledgeRead, "质押登记已注销", "pledge_id", "pledge", "/console/pledges/"},
	{"loan.disbursed", "borrower_id", "", authz.LoanRead, "贷款已放款", "loan_id", "loan", "/console/loans/"},
	{"loan.overdue", "borrower_id", "", authz.LoanRead, "贷款已逾期，请尽快还款", "loan_id", "loan", "/console/loans/"},
	{"loan.overdue", "bank_id", "", authz.LoanDraft, "贷款发生逾期", "loan_id", "loan", "/console/loans/"},
	{"loan.settled", "borrower_id", "", authz.LoanRead, "贷款已结清", "loan_id", "loan", "/console/loans/"},
	{"enrolment.enrolled", "bank_id", "", authz.EnrolmentFile, "贷款已入库备案", "enrolment_id", "enrolment", "/console/enrolments/"},
	{"enrolment.refused", "bank_id", "", authz.EnrolmentFile, "备案未通过，请查看各项检查", "enrolment_id", "enrolment", "/console/enrolments/"},
	{"enrolment.late_requested", "", authz.IPBureau, authz.EnrolmentLate, "有银行申请逾期备案", "enrolment_id", "enrolment", "/console/enrolments/"},
	{"claim.submitted", "", authz.FundManager, authz.FundRead, "收到新的补偿申请", "claim_id", "claim", "/console/claims/"},
	{"claim.approved", "bank_id", "", authz.EnrolmentFile, "补偿申请已核准", "claim_id", "claim", "/console/claims/"},
	{"claim.paid", "bank_id", "", authz.EnrolmentFile, "补偿款已拨付", "claim_id", "claim", "/console/claims/"},
	{"claim.rejected", "bank_id", "", authz.EnrolmentFile, "补偿申请未获支持", "claim_id", "claim", "/console/claims/"},
	{"claim.correction", "bank_id", "", authz.EnrolmentFile, "补偿申请需要补正材料", "claim_id", "claim", "/console/claims/"},
}

// Listen connects the rules to the bus.
func (s *Service) Listen(bus *event.Bus) {
	for _, r := range rules {
		bus.On(r.event, r.tell)
	}
}

func (r rule) tell(tx postgres.Tx, payload json.RawMessage) error {
	var members map[string]any
	if err := json.Unmarshal(payload, &members); err != nil {
		return err
	}
	subject, err := member(members, r.event, r.subject)
	if err != nil {
		return err
	}
	number, err := numberOf(tx, r.noun, subject)
	if err != nil {
		return err
	}
	news := News{Event: r.event, Subject: subject, Title: r.title, Body: number, Link: r.link + subject.String()}
	if message, ok := members["message"].(string); ok {
		news.Body = strings.TrimSpace(number + " " + message)
	}
	to, err := r.recipients(tx, members)
	if err != nil {
		return err
	}
	for _, orgID := range to {
		if err := Tell(tx, orgID, r.permission, news); err != nil {
			return err
		}
	}
	return nil
}

func (r rule) recipients(tx postgres.Tx, members map[string]any) ([]uuid.UUID, error) {
	if r.kind == "" {
		id, err := member(members, r.event, r.to)
		return []uuid.UUID{id}, err
	}
	all, err := org.OfKind(tx, r.kind)
	ids := make([]uuid.UUID, len(all))
	for i, o := range all {
		ids[i] = o.ID
	}
	return ids, err
}

func member(members map[string]any, event, name string) (uuid.UUID, error) {
	text, _ := members[name].(string)
	id, err := uuid.Parse(text)
	if err != nil {
		return id, fmt.Errorf("notify: event %s has no %s", event, name)
	}
	return id, nil
}
