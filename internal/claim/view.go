package claim

import (
	"time"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/money"
)

// View is a claim as lists show it.
type View struct {
	ID              uuid.UUID      `json:"id"`
	Number          string         `json:"number"`
	Status          Status         `json:"status"`
	StatusReason    string         `json:"status_reason"`
	Version         int64          `json:"version"`
	CreatedAt       time.Time      `json:"created_at"`
	SubmittedAt     *time.Time     `json:"submitted_at,omitempty"`
	EnrolmentID     uuid.UUID      `json:"enrolment_id"`
	EnrolmentNumber string         `json:"enrolment_number"`
	FundID          uuid.UUID      `json:"fund_id"`
	FundName        string         `json:"fund_name"`
	LoanID          uuid.UUID      `json:"loan_id"`
	LoanNumber      string         `json:"loan_number"`
	BankID          uuid.UUID      `json:"bank_id"`
	BankName        string         `json:"bank_name"`
	BorrowerID      uuid.UUID      `json:"borrower_id"`
	BorrowerName    string         `json:"borrower_name"`
	AreaName        string         `json:"area_name"`
	Outstanding     money.Amount   `json:"outstanding" doc:"贷款本金余额"`
	EligibleLoss    money.Amount   `json:"eligible_loss" doc:"合格损失"`
	Asked           money.Amount   `json:"asked" doc:"申请金额"`
	Adjusted        *money.Amount  `json:"adjusted,omitempty" doc:"审核调整后的金额"`
	Approved        *money.Amount  `json:"approved,omitempty" doc:"核准金额"`
	ApprovedOn      *calendar.Date `json:"approved_on,omitempty"`
	Paid            money.Amount   `json:"paid" doc:"已拨付"`
	Unpaid          money.Amount   `json:"unpaid" doc:"已核准未拨付"`
	DaysPastDue     int            `json:"days_past_due"`
	PublicityFrom   *calendar.Date `json:"publicity_from,omitempty"`
	PublicityUntil  *calendar.Date `json:"publicity_until,omitempty"`
	StepDueOn       *calendar.Date `json:"step_due_on,omitempty" doc:"当前环节的期限"`
	DaysLeft        *int           `json:"days_left,omitempty" doc:"距期限的工作日数，负数为逾期"`
	Provisional     bool           `json:"provisional"`
	Actions         []Action       `json:"available_actions" nullable:"false"`
}

func (r listed) view(actor authz.Actor, pending bool, today calendar.Date) View {
	c := r.Claim
	v := View{
		ID: c.ID, Number: c.Number, Status: c.Status, StatusReason: c.StatusReason, Version: c.Version, CreatedAt: c.CreatedAt, SubmittedAt: c.SubmittedAt,
		EnrolmentID: c.EnrolmentID, EnrolmentNumber: r.EnrolmentNumber, FundID: c.FundID, FundName: r.FundName, LoanID: c.LoanID, LoanNumber: r.LoanNumber,
		BankID: c.BankID, BankName: r.BankName, BorrowerID: c.BorrowerID, BorrowerName: r.BorrowerName, AreaName: r.AreaName,
		Outstanding: c.Outstanding, EligibleLoss: c.EligibleLoss, Asked: c.Asked, Adjusted: c.Adjusted, Approved: c.Approved, ApprovedOn: c.ApprovedOn,
		Paid: c.Paid, Unpaid: c.unpaid(), DaysPastDue: c.DaysPastDue, PublicityFrom: c.PublicityFrom, PublicityUntil: c.PublicityUntil, StepDueOn: c.StepDueOn,
		Actions: c.actions(actor, r.Situation, pending, today),
	}
	if c.StepDueOn != nil {
		left := calendar.WorkingDaysBetween(today, *c.StepDueOn)
		_, v.Provisional = calendar.NextWorkingDay(*c.StepDueOn)
		v.DaysLeft = &left
	}
	return v
}

// ReviewView is what one step said.
type ReviewView struct {
	Step          string         `json:"step" enum:"complete,first,expert,bureau,publicity,objection,approve,confirm,reject,clawback,close"`
	Verdict       string         `json:"verdict" enum:"pass,correct,reject,adjust,return"`
	Amount        *money.Amount  `json:"amount,omitempty"`
	ReasonText    string         `json:"reason_text"`
	Opinion       string         `json:"opinion"`
	SiteCheckedOn *calendar.Date `json:"site_checked_on,omitempty"`
	SiteCheck     string         `json:"site_check"`
	MakerName     string         `json:"maker_name"`
	MakerOrg      string         `json:"maker_org"`
	CheckerName   string         `json:"checker_name"`
	CheckerOrg    string         `json:"checker_org"`
	ReviewedAt    time.Time      `json:"reviewed_at"`
}

func (r review) view() ReviewView {
	return ReviewView{
		r.Step, r.Verdict, r.Amount, wordOf(ReasonCodes, r.ReasonCode), r.Opinion, r.SiteCheckedOn, r.SiteCheck,
		r.MakerName, r.MakerOrg, r.CheckerName, r.CheckerOrg, r.ReviewedAt,
	}
}

// ExpertView is one expert of the panel. What an expert said shows to the others only
// once all have spoken.
type ExpertView struct {
	UserID        uuid.UUID      `json:"user_id"`
	Name          string         `json:"name"`
	Place         int            `json:"place"`
	DrawnAt       time.Time      `json:"drawn_at"`
	DrawSeed      string         `json:"draw_seed" doc:"抽签种子：对候选人按 SHA-256(种子+换行+用户编号) 排序取前几名，可复核"`
	DrawPool      []uuid.UUID    `json:"draw_pool" nullable:"false" doc:"候选专家"`
	Recused       bool           `json:"recused"`
	RecusalReason string         `json:"recusal_reason"`
	Scored        bool           `json:"scored"`
	Scores        map[string]int `json:"scores" nullable:"false"`
	Total         *int           `json:"total,omitempty"`
	Amount        *money.Amount  `json:"amount,omitempty"`
	Opinion       string         `json:"opinion"`
	Verdict       string         `json:"verdict" enum:",pass,reject,adjust"`
}

func (s seatOnPanel) view(open bool) ExpertView {
	v := ExpertView{
		UserID: s.UserID, Name: s.Name, Place: s.Place, DrawnAt: s.DrawnAt, DrawSeed: s.DrawSeed, DrawPool: s.DrawPool,
		Recused: s.Recused, RecusalReason: s.RecusalReason, Scored: s.ScoredAt != nil, Scores: map[string]int{},
	}
	if v.DrawPool == nil {
		v.DrawPool = []uuid.UUID{}
	}
	if open && s.ScoredAt != nil {
		v.Scores, v.Total, v.Amount, v.Opinion, v.Verdict = s.Scores, s.Total, s.Amount, s.Opinion, s.Verdict
	}
	return v
}

// PublicityView is one round of publicity.
type PublicityView struct {
	ID         uuid.UUID     `json:"id"`
	Round      int           `json:"round"`
	Title      string        `json:"title"`
	Amount     money.Amount  `json:"amount"`
	Contact    string        `json:"contact"`
	FromOn     calendar.Date `json:"from_on"`
	UntilOn    calendar.Date `json:"until_on"`
	DocumentID uuid.UUID     `json:"document_id"`
	SHA256     string        `json:"sha256"`
}

func (p Publicity) view() PublicityView {
	return PublicityView{p.ID, p.Round, p.Title, p.Amount, p.Contact, p.FromOn, p.UntilOn, p.DocumentID, p.SHA256}
}

// ObjectionView is an objection without the objector's personal data.
type ObjectionView struct {
	ID           uuid.UUID     `json:"id"`
	ReceiptNo    string        `json:"receipt_no"`
	Name         string        `json:"name" doc:"已脱敏"`
	Contact      string        `json:"contact" doc:"已脱敏"`
	Content      string        `json:"content"`
	RaisedAt     time.Time     `json:"raised_at"`
	DueOn        calendar.Date `json:"due_on"`
	Answer       string        `json:"answer"`
	Upheld       *bool         `json:"upheld,omitempty"`
	AnsweredName string        `json:"answered_name"`
	CheckedName  string        `json:"checked_name"`
	AnsweredAt   *time.Time    `json:"answered_at,omitempty"`
}

func (o Objection) view() ObjectionView {
	return ObjectionView{
		o.ID, o.ReceiptNo, maskName(o.Name), maskContact(o.Contact), o.Content, o.RaisedAt, o.DueOn, o.Answer, o.Upheld,
		o.AnsweredName, o.CheckedName, o.AnsweredAt,
	}
}

// PayoutView is one payment to the bank.
type PayoutView struct {
	Number      string        `json:"number"`
	Amount      money.Amount  `json:"amount"`
	PaidOn      calendar.Date `json:"paid_on"`
	Voucher     string        `json:"voucher"`
	EntryID     uuid.UUID     `json:"entry_id" doc:"账簿分录"`
	MakerName   string        `json:"maker_name"`
	CheckerName string        `json:"checker_name"`
}

func (p payout) view() PayoutView {
	return PayoutView{p.Number, p.Amount, p.PaidOn, p.Voucher, p.EntryID, p.MakerName, p.CheckerName}
}

// views turns rows into views.
func views[R, V any](rows []R, view func(R) V) []V {
	out := make([]V, len(rows))
	for i, r := range rows {
		out[i] = view(r)
	}
	return out
}
