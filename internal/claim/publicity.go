package claim

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/fault"
	"ippledge/internal/financing"
	"ippledge/internal/ipasset"
	"ippledge/internal/money"
	"ippledge/internal/org"
	"ippledge/internal/platform/pdf"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

// Publicity is one round of showing a claim to the public. It is never changed: a change
// takes another round (domain §9.3).
type Publicity struct {
	ID          uuid.UUID
	ClaimID     uuid.UUID
	Round       int
	Title       string
	Basis       string
	Content     string
	Amount      money.Amount
	Contact     string
	FromOn      calendar.Date
	UntilOn     calendar.Date
	OrgID       uuid.UUID
	DocumentID  uuid.UUID
	SHA256      string `gorm:"column:sha256"`
	MakerID     uuid.UUID
	CheckerID   uuid.UUID
	PublishedAt time.Time
}

// Announcement is what the bureau writes to make a claim public.
type Announcement struct {
	Contact string `json:"contact" maxLength:"200" doc:"异议受理单位、办公电话与地址（不写个人姓名与手机）"`
	Note    string `json:"note,omitempty" maxLength:"1000" doc:"补充说明"`
}

var publiciseStep = step[Announcement]{
	action: Publicise, text: "补偿公示", make: authz.ClaimDecide, check: authz.ClaimDecideSign,
	try: func(_ *Service, _ postgres.Tx, _ *file, a *Announcement) error {
		a.Contact, a.Note = strings.TrimSpace(a.Contact), strings.TrimSpace(a.Note)
		if a.Contact == "" {
			return fault.InField("contact", "contact_required", "请填写异议受理单位的办公电话与地址")
		}
		return nil
	},
	take: takePublicise,
}

// Publicise shows the claim to the public for the policy's working days.
func (s *Service) Publicise(ctx context.Context, actor authz.Actor, id uuid.UUID, a Announcement) (Claim, error) {
	return propose(ctx, s, publiciseStep, actor, id, a)
}

func takePublicise(s *Service, tx postgres.Tx, f *file, a Announcement, by signers) error {
	v, err := policy.ByID(tx, f.PolicyID)
	if err != nil {
		return err
	}
	p, err := f.announce(tx, a, v, by)
	if err != nil {
		return err
	}
	content, err := pdf.Render(p.print(f.Number, by.checker.OrgName))
	if err != nil {
		return err
	}
	kept, err := s.documents.Keep(tx, by.checker, fmt.Sprintf("补偿公示_%s_第%d次.pdf", f.Number, p.Round), pdf.MediaType, content)
	if err != nil {
		return err
	}
	if err := document.Link(tx, by.checker, []uuid.UUID{kept.ID}, Subject, f.ID, "publicity"); err != nil {
		return err
	}
	p.DocumentID, p.SHA256 = kept.ID, kept.SHA256
	if err := insertPublicity(tx, p); err != nil {
		return err
	}
	if err := f.move(Publicise); err != nil {
		return err
	}
	f.PublicityRound, f.PublicityFrom, f.PublicityUntil, f.PublicityDocumentID = p.Round, &p.FromOn, &p.UntilOn, &kept.ID
	// The decision is due within the finance step's days after the period has run.
	decide, _ := calendar.AddWorkingDays(p.UntilOn, v.Parameters.ReviewFinanceWD)
	f.StepDueOn = &decide
	amount := p.Amount
	if err := f.note(tx, by, review{Step: "publicity", Verdict: verdictPass, Amount: &amount, Opinion: fmt.Sprintf("公示期 %s 至 %s", p.FromOn, p.UntilOn)}); err != nil {
		return err
	}
	if err := save(tx, &f.Claim); err != nil {
		return err
	}
	return f.publish(tx, "claim.publicised")
}

// announce words the notice. It names the firm, the rights and the sum the fund would
// pay; no contact person, account or contract term (domain §9.2).
func (f *file) announce(tx postgres.Tx, a Announcement, v policy.Version, by signers) (p Publicity, err error) {
	if p.ID, err = uuid.NewV7(); err != nil {
		return p, err
	}
	parties, err := org.FindMany(tx, []uuid.UUID{f.BankID, f.BorrowerID})
	if err != nil {
		return p, err
	}
	rights, err := f.rights(tx)
	if err != nil {
		return p, err
	}
	p.ClaimID, p.Round, p.FromOn, p.PublishedAt = f.ID, f.PublicityRound+1, today(tx), tx.Now()
	p.UntilOn, _ = calendar.AddWorkingDays(p.FromOn, v.Parameters.ReviewPublicityWD)
	p.Amount, p.Contact, p.OrgID = f.current(), a.Contact, by.checker.OrgID
	p.MakerID, p.CheckerID = by.maker.UserID, by.checker.UserID
	borrower, bank := parties[f.BorrowerID].Name, parties[f.BankID].Name
	p.Title = fmt.Sprintf("关于拟对%s知识产权质押贷款损失予以风险补偿的公示", borrower)
	p.Basis = fmt.Sprintf("%s（%s）", v.Title, v.Number)
	p.Content = fmt.Sprintf("%s以%s出质，向%s借款，贷款已形成损失。经受理、初审与复核，拟由知识产权质押融资风险补偿基金补偿%s %s。补偿后，银行继续追偿，追回款按分担比例返还基金。",
		borrower, rights, bank, bank, p.Amount.Text())
	if a.Note != "" {
		p.Content += a.Note
	}
	return p, nil
}

// rights names the pledged rights by kind, title and number.
func (f *file) rights(tx postgres.Tx) (string, error) {
	ids, err := financing.AssetsOf(tx, f.NeedID)
	if err != nil {
		return "", err
	}
	assets, err := ipasset.FindMany(tx, ids)
	if err != nil {
		return "", err
	}
	var names []string
	for _, a := range assets {
		names = append(names, fmt.Sprintf("“%s”（%s）", a.Title, a.RightNo))
	}
	if len(names) == 0 {
		return "知识产权", nil
	}
	if len(names) > 5 {
		return strings.Join(names[:5], "、") + fmt.Sprintf("等 %d 项知识产权", len(names)), nil
	}
	return strings.Join(names, "、"), nil
}

// howToObject is said on the page and in the PDF.
const howToObject = "公示期内，任何单位或个人对公示内容有异议的，可在本平台公示页提交，或向受理单位书面反映，请写明事实、理由和联系方式。提交后出具异议回执号，受理单位在政策规定的工作日内答复。"

// print is the notice as a document; issuer is the bureau that signed it.
func (p Publicity) print(number, issuer string) pdf.Document {
	return pdf.Document{
		Title: p.Title, Subtitle: fmt.Sprintf("申请编号 %s　第 %d 次公示", number, p.Round),
		Footer: issuer + "　本件由平台生成，以公示页载明的 SHA-256 指纹为准", MadeAt: p.PublishedAt,
		Blocks: []pdf.Block{
			{Heading: "一、公示内容", Text: p.Content},
			{Heading: "二、依据", Text: p.Basis},
			{Heading: "三、公示期", Text: fmt.Sprintf("%s 至 %s（自公示次日起 %d 个工作日）", p.FromOn, p.UntilOn, calendar.WorkingDaysBetween(p.FromOn, p.UntilOn))},
			{Heading: "四、异议受理", Text: p.Contact + "\n" + howToObject},
			{Text: issuer + "\n" + p.FromOn.String(), Right: true},
		},
	}
}
