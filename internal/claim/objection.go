package claim

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/httpmeta"
	"ippledge/internal/money"
	"ippledge/internal/number"
	"ippledge/internal/platform/postgres"
)

// Objection is what somebody has against a claim. Name and contact are personal data:
// views mask them, Reveal shows them on a stated reason.
type Objection struct {
	ID           uuid.UUID
	ClaimID      uuid.UUID
	PublicityID  uuid.UUID
	ReceiptNo    string
	Name         string
	Contact      string
	Content      string
	RaisedAt     time.Time
	DueOn        calendar.Date
	Answer       string
	Upheld       *bool
	AnsweredBy   *uuid.UUID
	AnsweredName string
	CheckedBy    *uuid.UUID
	CheckedName  string
	AnsweredAt   *time.Time
}

// NewObjection is what a member of the public sends.
type NewObjection struct {
	Name    string `json:"name" maxLength:"40" doc:"姓名或单位名称"`
	Contact string `json:"contact" maxLength:"100" doc:"联系电话或邮箱"`
	Content string `json:"content" maxLength:"2000" doc:"事实与理由"`
	Consent bool   `json:"consent" doc:"同意受理单位为处理本异议使用所填联系方式"`
}

func (n *NewObjection) check() error {
	n.Name, n.Contact, n.Content = strings.TrimSpace(n.Name), strings.TrimSpace(n.Contact), strings.TrimSpace(n.Content)
	var c fault.Collector
	if n.Name == "" {
		c.Add("name", "field_required", "请填写姓名或单位名称")
	}
	if n.Contact == "" {
		c.Add("contact", "field_required", "请填写联系电话或邮箱，以便答复")
	}
	if len([]rune(n.Content)) < 10 {
		c.Add("content", "objection_too_short", "请写明事实与理由，不少于 10 个字")
	}
	if !n.Consent {
		c.Add("consent", "consent_required", "请先阅读并同意个人信息使用说明")
	}
	return c.Err()
}

var errNoPublicity = fault.New(fault.NotFound, "publicity_not_found", "没有这项公示")

// Object takes an objection from the public while the publicity runs. It fails with
// publicity_not_found, publicity_over and objections_too_often.
func (s *Service) Object(ctx context.Context, publicityID uuid.UUID, n NewObjection) (o Objection, err error) {
	if err := s.objectors.allow(httpmeta.Address(ctx), s.db.Now()); err != nil {
		return o, err
	}
	if err := n.check(); err != nil {
		return o, err
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		p, err := findPublicity(tx, publicityID)
		if err != nil {
			return err
		}
		f := &file{}
		if f.Claim, f.loan, err = lock(tx, p.ClaimID); err != nil {
			return err
		}
		if f.PublicityUntil == nil || f.PublicityRound != p.Round || today(tx).After(p.UntilOn) || !Transitions.Can(f.Status, object) {
			return fault.New(fault.Rule, "publicity_over", "该项公示已结束（公示期至 %s），如有意见请向受理单位书面反映", p.UntilOn)
		}
		o, err = s.receive(tx, f, p, n)
		return err
	})
	return o, err
}

// receive writes the objection; what waited for a signature is void, because the
// signature would be given without knowing of it.
func (s *Service) receive(tx postgres.Tx, f *file, p Publicity, n NewObjection) (o Objection, err error) {
	rules, err := f.rules(tx)
	if err != nil {
		return o, err
	}
	o = Objection{ClaimID: f.ID, PublicityID: p.ID, Name: n.Name, Contact: n.Contact, Content: n.Content, RaisedAt: tx.Now()}
	if o.ID, err = uuid.NewV7(); err != nil {
		return o, err
	}
	if o.ReceiptNo, err = number.Next(tx, number.Objection); err != nil {
		return o, err
	}
	o.DueOn, _ = calendar.AddWorkingDays(today(tx), rules.ReviewObjectionWD)
	if err := insertObjection(tx, o); err != nil {
		return o, err
	}
	if err := approval.Void(tx, Subject, f.ID); err != nil {
		return o, err
	}
	first := f.Status != Objected
	if err := f.move(object); err != nil {
		return o, err
	}
	if first {
		f.StepDueOn = &o.DueOn
	}
	if err := f.publish(tx, "claim.objected"); err != nil {
		return o, err
	}
	return o, s.keep(tx, authz.System, f, "claim.object", map[string]any{"receipt_no": o.ReceiptNo})
}

// Reply is the bureau's answer to one objection.
type Reply struct {
	ObjectionID uuid.UUID     `json:"objection_id"`
	Upheld      bool          `json:"upheld" doc:"异议成立"`
	Answer      string        `json:"answer" maxLength:"2000" doc:"答复内容"`
	Amount      *money.Amount `json:"amount,omitempty" doc:"异议成立时调整后的金额"`
}

var errNoObjection = fault.InField("objection_id", "objection_not_found", "没有这件异议，或已经答复")

var answerStep = step[Reply]{
	action: Answer, text: "答复异议", make: authz.ClaimDecide, check: authz.ClaimDecideSign,
	try: func(_ *Service, tx postgres.Tx, f *file, r *Reply) error {
		o, err := findObjection(tx, f.ID, r.ObjectionID)
		if err != nil {
			return err
		}
		if o.AnsweredAt != nil {
			return errNoObjection
		}
		var c fault.Collector
		if r.Answer = strings.TrimSpace(r.Answer); r.Answer == "" {
			c.Add("answer", "answer_required", "请填写答复内容")
		}
		if r.Amount != nil && (!r.Upheld || !r.Amount.IsPositive() || f.Asked.Less(*r.Amount)) {
			c.Add("amount", "adjusted_above_asked", "异议成立时方可调整金额，且应大于 0 并不超过申请金额 %s", f.Asked.Text())
		}
		return c.Err()
	},
	take: takeAnswer,
}

// AnswerObjection answers one objection. When none is left the claim is back with the
// bureau: an upheld one takes another round of publicity, otherwise the period stands.
func (s *Service) AnswerObjection(ctx context.Context, actor authz.Actor, id uuid.UUID, r Reply) (Claim, error) {
	return propose(ctx, s, answerStep, actor, id, r)
}

func takeAnswer(s *Service, tx postgres.Tx, f *file, r Reply, by signers) error {
	o, err := findObjection(tx, f.ID, r.ObjectionID)
	if err != nil {
		return err
	}
	now := tx.Now()
	o.Answer, o.Upheld, o.AnsweredAt = r.Answer, &r.Upheld, &now
	o.AnsweredBy, o.AnsweredName, o.CheckedBy, o.CheckedName = &by.maker.UserID, by.maker.Name, &by.checker.UserID, by.checker.Name
	if err := saveObjection(tx, o); err != nil {
		return err
	}
	line := review{Step: "objection", Verdict: verdictPass, Opinion: "异议 " + o.ReceiptNo + " 不成立：" + r.Answer}
	if r.Upheld {
		line.Verdict, line.Amount, line.ReasonCode = verdictAdjust, r.Amount, "objection_upheld"
		line.Opinion = "异议 " + o.ReceiptNo + " 成立：" + r.Answer
		f.PublicityFrom, f.PublicityUntil = nil, nil
		if r.Amount != nil {
			f.Adjusted = r.Amount
		}
	}
	if err := f.note(tx, by, line); err != nil {
		return err
	}
	left, err := openObjections(tx, f.ID)
	if err != nil {
		return err
	}
	a := Answer
	if left == 0 {
		a = answered
		p, err := f.rules(tx)
		if err != nil {
			return err
		}
		f.due(tx, p.ReviewBureauWD)
	}
	if err := f.move(a); err != nil {
		return err
	}
	return save(tx, &f.Claim)
}

// Contact is an objector's personal data, shown on a reason.
type Contact struct {
	Name    string `json:"name"`
	Contact string `json:"contact"`
}

// Reveal shows who objected, to the bureau and on record.
func (s *Service) Reveal(ctx context.Context, actor authz.Actor, id, objectionID uuid.UUID, reason string) (c Contact, err error) {
	if reason = strings.TrimSpace(reason); reason == "" {
		return c, errReason
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if _, err := findListed(tx, actor, id); err != nil {
			return err
		}
		if err := actor.Allowed(authz.ClaimDecide); err != nil {
			return err
		}
		o, err := findObjection(tx, id, objectionID)
		if err != nil {
			return err
		}
		c = Contact{o.Name, o.Contact}
		return audit.Record(tx, actor, "claim.reveal", Subject, id, map[string]any{"receipt_no": o.ReceiptNo, "reason": reason})
	})
	return c, err
}

var _ = audit.Name(map[string]string{"claim.reveal": "查看异议人信息"})
