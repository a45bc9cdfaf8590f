package claim

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// PublicNotice is a round of publicity as anybody may see it. It holds no person's name
// and no contract term (domain §9.2).
type PublicNotice struct {
	ID          uuid.UUID     `json:"id"`
	ClaimNumber string        `json:"claim_number"`
	Round       int           `json:"round"`
	Title       string        `json:"title"`
	Basis       string        `json:"basis"`
	Content     string        `json:"content"`
	Amount      money.Amount  `json:"amount" doc:"拟补偿金额"`
	Contact     string        `json:"contact"`
	HowToObject string        `json:"how_to_object"`
	IssuerName  string        `json:"issuer_name"`
	FromOn      calendar.Date `json:"from_on"`
	UntilOn     calendar.Date `json:"until_on"`
	DaysLeft    int           `json:"days_left" doc:"距公示期满的工作日数，负数为已期满"`
	Open        bool          `json:"open" doc:"是否可以提交异议"`
	Outcome     string        `json:"outcome" doc:"公示结果，公示中为空"`
	SHA256      string        `json:"sha256" doc:"公示文件的 SHA-256 指纹"`
	PublishedAt time.Time     `json:"published_at"`
}

// publicRow is a round with what became of its claim.
type publicRow struct {
	Publicity
	ClaimNumber string
	IssuerName  string
	ClaimStatus Status
	ClaimRound  int
	ClaimUntil  *calendar.Date
}

func (r publicRow) view(today calendar.Date) PublicNotice {
	p := r.Publicity
	open := r.ClaimUntil != nil && r.ClaimRound == p.Round && !today.After(p.UntilOn) && Transitions.Can(r.ClaimStatus, object)
	return PublicNotice{
		ID: p.ID, ClaimNumber: r.ClaimNumber, Round: p.Round, Title: p.Title, Basis: p.Basis, Content: p.Content, Amount: p.Amount,
		Contact: p.Contact, HowToObject: howToObject, IssuerName: r.IssuerName, FromOn: p.FromOn, UntilOn: p.UntilOn,
		DaysLeft: calendar.WorkingDaysBetween(today, p.UntilOn), Open: open, Outcome: r.outcome(open), SHA256: p.SHA256, PublishedAt: p.PublishedAt,
	}
}

func (r publicRow) outcome(open bool) string {
	switch {
	case open:
		return ""
	case r.ClaimRound > r.Round:
		return "内容已变更，见后一次公示"
	}
	switch r.ClaimStatus {
	case Rejected:
		return "不予补偿"
	case Approved, PartlyPaid, Paid, Closed:
		return "已核准"
	case ClawbackOrdered, ClawedBack:
		return "补偿款已责令退回"
	case Objected:
		return "异议处理中"
	}
	if r.ClaimUntil == nil {
		return "本次公示已终止，内容变更后将重新公示"
	}
	return "公示期满，待核准"
}

// Notices is a page of what is or was shown to the public.
func (s *Service) Notices(ctx context.Context, r page.Request, openOnly bool) (out page.List[PublicNotice], err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := listPublic(tx, r, openOnly)
		out = page.ListOf(rows, func(p publicRow) PublicNotice { return p.view(today(tx)) })
		return err
	})
	return out, err
}

// Notice is one of them; fault publicity_not_found.
func (s *Service) Notice(ctx context.Context, id uuid.UUID) (out PublicNotice, err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		row, err := findPublic(tx, id)
		if err != nil {
			return err
		}
		out = row.view(today(tx))
		return nil
	})
	return out, err
}

// NoticeFile is the PDF of a round, byte for byte as its fingerprint says.
func (s *Service) NoticeFile(ctx context.Context, id uuid.UUID) (name string, content []byte, err error) {
	var p Publicity
	err = s.db.Read(ctx, func(tx postgres.Tx) (err error) {
		p, err = findPublicity(tx, id)
		return err
	})
	if err != nil {
		return "", nil, err
	}
	// The file belongs to the bureau that published it; a reader of the page reads it as
	// the bureau would, without an entry in the audit trail for every visitor.
	d, content, err := s.documents.Open(ctx, authz.Actor{OrgID: p.OrgID, Name: "公众", OrgName: "公众"}, p.DocumentID)
	return d.Name, content, err
}

// ReceiptState is how an objection stands, for whoever knows its receipt number.
type ReceiptState struct {
	ReceiptNo string        `json:"receipt_no"`
	RaisedAt  time.Time     `json:"raised_at"`
	DueOn     calendar.Date `json:"due_on"`
	Answered  bool          `json:"answered"`
	Upheld    *bool         `json:"upheld,omitempty"`
	Answer    string        `json:"answer"`
}

func (o Objection) state() ReceiptState {
	return ReceiptState{o.ReceiptNo, o.RaisedAt, o.DueOn, o.AnsweredAt != nil, o.Upheld, o.Answer}
}

// ObjectionState answers by receipt number and the last four characters of the contact
// that was left: numbers follow each other, so one alone would open the others' answers.
// It fails with objection_not_found.
func (s *Service) ObjectionState(ctx context.Context, receiptNo, tail string) (out ReceiptState, err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		o, err := objectionByReceipt(tx, receiptNo)
		if err == nil && (len([]rune(tail)) < 4 || !strings.HasSuffix(o.Contact, tail)) {
			err = errNoReceipt
		}
		out = o.state()
		return err
	})
	return out, err
}

var errNoReceipt = fault.New(fault.NotFound, "objection_not_found", "没有这个回执号，或联系方式后四位不符，请核对后重新查询")
