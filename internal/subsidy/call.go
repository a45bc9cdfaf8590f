package subsidy

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/etag"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/money"
	"ippledge/internal/number"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/state"
)

type (
	// CallStatus is where a call stands.
	CallStatus string
	// CallAction moves it.
	CallAction string
)

// The life of a call.
const (
	CallDraft     CallStatus = "draft"
	CallPublished CallStatus = "published"
	CallClosed    CallStatus = "closed"
	CallCancelled CallStatus = "cancelled"

	CallEdit   CallAction = "edit"
	CallSubmit CallAction = "submit"
	CallCancel CallAction = "cancel"
	CallClose  CallAction = "close"

	callPublish CallAction = "publish"
)

// CallTransitions is the whole life of a call.
var CallTransitions = state.Table[CallStatus, CallAction]{
	CallDraft:     {CallEdit: CallDraft, CallSubmit: CallDraft, callPublish: CallPublished, CallCancel: CallCancelled},
	CallPublished: {CallClose: CallClosed},
}

var _ = state.Name(map[string]string{"published": "已发布", "closed": "已关闭", "cancelled": "已取消", "publish": "发布", "cancel": "取消", "close": "关闭"})

var _ = audit.Name(map[string]string{
	"subsidy_call.draft": "起草补助征集", "subsidy_call.edit": "修改补助征集", "subsidy_call.submit": "提交复核", "subsidy_call.publish": "发布补助征集",
	"subsidy_call.return": "退回修改", "subsidy_call.cancel": "取消补助征集", "subsidy_call.close": "关闭补助征集",
})

// Prefixes of the numbers of calls, batches and appropriations.
const (
	callNumber          = "TZ" // 贴息征集
	batchNumber         = "TF" // 贴息拨付
	appropriationNumber = "TB" // 补助资金拨入
)

// Call invites applications for a year within a budget.
type Call struct {
	ID           uuid.UUID
	Number       string
	Title        string
	Year         int
	Kinds        []Kind `gorm:"serializer:json"`
	Budget       money.Amount
	Granted      money.Amount // approved against the budget
	OpensOn      calendar.Date
	ClosesOn     calendar.Date
	Guide        string
	PolicyID     *uuid.UUID // in force when it was published; its rules are the call's rules
	Status       CallStatus
	StatusReason string
	MakerName    string
	CheckerName  string
	CreatedBy    uuid.UUID
	CreatedAt    time.Time
	PublishedAt  *time.Time
	Version      int64
}

func (c *Call) move(a CallAction) (err error) {
	c.Status, err = CallTransitions.Next(c.Status, a)
	return err
}

// open tells whether applications may come in on a day; both ends of the window count.
func (c Call) open(on calendar.Date) bool {
	return c.Status == CallPublished && !on.Before(c.OpensOn) && !on.After(c.ClosesOn)
}

func (c Call) left() money.Amount { return c.Budget.Sub(c.Granted) }

// CallContent is what the bureau writes.
type CallContent struct {
	Title    string        `json:"title" maxLength:"100" doc:"名称"`
	Year     int           `json:"year" doc:"补助年度"`
	Kinds    []Kind        `json:"kinds" doc:"征集的补助种类"`
	Budget   money.Amount  `json:"budget" doc:"预算"`
	OpensOn  calendar.Date `json:"opens_on" doc:"开始受理日期"`
	ClosesOn calendar.Date `json:"closes_on" doc:"截止日期，当日仍可申请"`
	Guide    string        `json:"guide,omitempty" maxLength:"4000" doc:"申报须知"`
}

func (n CallContent) check() error {
	var c fault.Collector
	if strings.TrimSpace(n.Title) == "" {
		c.Add("title", "field_required", "请填写征集名称")
	}
	if n.Year < 2020 || n.Year > 2100 {
		c.Add("year", "year_out_of_range", "补助年度应为 2020 至 2100 之间的年份")
	}
	if len(n.Kinds) == 0 {
		c.Add("kinds", "kinds_empty", "请至少选择一种补助")
	}
	for _, k := range n.Kinds {
		if !slices.Contains(Kinds, k) {
			c.Add("kinds", "kind_unknown", "补助种类无效，请从列表中选择")
		}
	}
	if !n.Budget.IsPositive() {
		c.Add("budget", "amount_not_positive", "预算应大于 0")
	}
	if n.OpensOn.IsZero() {
		c.Add("opens_on", "field_required", "请填写开始受理日期")
	}
	if n.ClosesOn.Before(n.OpensOn) || n.ClosesOn.IsZero() {
		c.Add("closes_on", "window_backwards", "截止日期不能早于开始受理日期")
	}
	return c.Err()
}

func (c *Call) fill(n CallContent) {
	kinds := []Kind{}
	for _, k := range Kinds {
		if slices.Contains(n.Kinds, k) {
			kinds = append(kinds, k)
		}
	}
	c.Title, c.Year, c.Kinds, c.Budget = strings.TrimSpace(n.Title), n.Year, kinds, n.Budget
	c.OpensOn, c.ClosesOn, c.Guide = n.OpensOn, n.ClosesOn, strings.TrimSpace(n.Guide)
}

// CreateCall drafts a call.
func (s *Service) CreateCall(ctx context.Context, actor authz.Actor, n CallContent) (c Call, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.SubsidyCallDraft); err != nil {
			return err
		}
		if err := n.check(); err != nil {
			return err
		}
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		no, err := number.Next(tx, callNumber)
		if err != nil {
			return err
		}
		c = Call{ID: id, Number: no, Status: CallDraft, MakerName: actor.Name, CreatedBy: actor.UserID, CreatedAt: tx.Now(), Version: 1}
		c.fill(n)
		if err := insertCall(tx, c); err != nil {
			return err
		}
		return audit.Record(tx, actor, "subsidy_call.draft", callSubject, c.ID, n)
	})
	return c, err
}

// changeCall locks a call, checks the caller and takes the action.
func (s *Service) changeCall(ctx context.Context, actor authz.Actor, id uuid.UUID, a CallAction, work func(postgres.Tx, *Call) error) (c Call, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.SubsidyCallDraft); err != nil {
			return err
		}
		if c, err = lockCall(tx, id); err != nil {
			return err
		}
		if err := etag.Check(tx.Context(), c.Version); err != nil {
			return err
		}
		if err := c.move(a); err != nil {
			return err
		}
		return work(tx, &c)
	})
	return c, err
}

// EditCall rewrites a draft; what waited for a signature is void.
func (s *Service) EditCall(ctx context.Context, actor authz.Actor, id uuid.UUID, n CallContent) (Call, error) {
	return s.changeCall(ctx, actor, id, CallEdit, func(tx postgres.Tx, c *Call) error {
		if err := n.check(); err != nil {
			return err
		}
		if err := approval.Void(tx, callSubject, c.ID); err != nil {
			return err
		}
		c.fill(n)
		return s.keepCall(tx, actor, c, "subsidy_call.edit", n)
	})
}

// SubmitCall hands the draft to the bureau's checker.
func (s *Service) SubmitCall(ctx context.Context, actor authz.Actor, id uuid.UUID) (Call, error) {
	return s.changeCall(ctx, actor, id, CallSubmit, func(tx postgres.Tx, c *Call) error {
		if c.ClosesOn.Before(calendar.DateOf(tx.Now())) {
			return fault.InField("closes_on", "window_past", "截止日期 %s 已过，请先修改征集时间", c.ClosesOn)
		}
		c.StatusReason, c.MakerName = "", actor.Name
		if err := s.keepCall(tx, actor, c, "subsidy_call.submit", nil); err != nil {
			return err
		}
		_, err := s.approvals.Propose(tx, actor, approval.Draft{
			Kind: kindCall, SubjectID: c.ID, SubjectVersion: c.Version, Title: c.Number + " " + c.Title + " 预算 " + c.Budget.Text(),
			Payload: map[string]any{"title": c.Title, "year": c.Year, "kinds": textsOf(c.Kinds), "budget": c.Budget, "opens_on": c.OpensOn, "closes_on": c.ClosesOn},
		})
		return err
	})
}

// publish is the checker's signature. The call keeps the policy of this day.
func (s *Service) publish(tx postgres.Tx, id uuid.UUID, checker authz.Actor) error {
	c, err := lockCall(tx, id)
	if err != nil {
		return err
	}
	if err := c.move(callPublish); err != nil {
		return err
	}
	v, err := policy.InForce(tx, calendar.DateOf(tx.Now()))
	if err != nil {
		return err
	}
	now := tx.Now()
	c.PolicyID, c.PublishedAt, c.CheckerName = &v.ID, &now, checker.Name
	if err := s.keepCall(tx, checker, &c, "subsidy_call.publish", map[string]any{"policy_id": v.ID}); err != nil {
		return err
	}
	return event.Publish(tx, "subsidy_call.published", map[string]any{"call_id": c.ID, "message": c.Title, "due_on": c.ClosesOn})
}

func (s *Service) returnCall(tx postgres.Tx, id uuid.UUID, checker authz.Actor, reason string) error {
	c, err := lockCall(tx, id)
	if err != nil {
		return err
	}
	c.StatusReason = reason
	return s.keepCall(tx, checker, &c, "subsidy_call.return", map[string]any{"reason": reason})
}

// CancelCall gives a draft up.
func (s *Service) CancelCall(ctx context.Context, actor authz.Actor, id uuid.UUID) (Call, error) {
	return s.changeCall(ctx, actor, id, CallCancel, func(tx postgres.Tx, c *Call) error {
		if err := approval.Void(tx, callSubject, c.ID); err != nil {
			return err
		}
		return s.keepCall(tx, actor, c, "subsidy_call.cancel", nil)
	})
}

// CloseCall ends a published call before its time; applications made stay.
func (s *Service) CloseCall(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Call, error) {
	return s.changeCall(ctx, actor, id, CallClose, func(tx postgres.Tx, c *Call) error {
		if c.StatusReason = strings.TrimSpace(reason); c.StatusReason == "" {
			return errReason
		}
		return s.keepCall(tx, actor, c, "subsidy_call.close", map[string]any{"reason": c.StatusReason})
	})
}

func (s *Service) keepCall(tx postgres.Tx, actor authz.Actor, c *Call, action string, detail any) error {
	if err := saveCall(tx, c); err != nil {
		return err
	}
	return audit.Record(tx, actor, action, callSubject, c.ID, detail)
}
