// Package notify writes to people about what happened, and keeps the notices that the
// public reads. Its hard rule: a message tells only those whom the matter concerns, and
// a notice once published is not edited; a new one follows it.
package notify

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/state"
)

// Message is one message to one person in one organisation.
type Message struct {
	ID        uuid.UUID  `json:"id"`
	Event     string     `json:"event"`
	Title     string     `json:"title"`
	Body      string     `json:"body"`
	Link      string     `json:"link" doc:"前端路径"`
	CreatedAt time.Time  `json:"created_at"`
	ReadAt    *time.Time `json:"read_at,omitempty"`
}

type (
	// Kind is what a notice is for.
	Kind string
	// Status is where a notice stands.
	Status string
	// Action moves it.
	Action string
)

// Kinds of notices.
const (
	Announcement Kind = "announcement" // 通知公告
	ListNotice   Kind = "list"         // 名单公布
	Disclosure   Kind = "disclosure"   // 信息公开
	Publicity    Kind = "publicity"    // 公示
)

// The life of a notice.
const (
	Draft     Status = "draft"
	Submitted Status = "submitted"
	Published Status = "published"
	Withdrawn Status = "withdrawn"

	Submit   Action = "submit"
	Publish  Action = "publish"
	Return   Action = "return"
	Withdraw Action = "withdraw"
)

// Transitions is the whole life of a notice. Submitting waits for the checker, whose
// signature publishes.
var Transitions = state.Table[Status, Action]{
	Draft:     {Submit: Submitted},
	Submitted: {Publish: Published, Return: Draft},
	Published: {Withdraw: Withdrawn},
}

var _ = state.Name(map[string]string{"published": "已发布", "withdrawn": "已撤下", "publish": "发布", "submitted": "待复核"})

var _ = audit.Name(map[string]string{
	"notice.create": "起草公告", "notice.edit": "修改公告", "notice.submit": "提交公告复核", "notice.publish": "发布公告",
	"notice.withdraw": "撤下公告", "notice.return": "退回公告",
})

// Notice is what the public reads.
type Notice struct {
	ID           uuid.UUID
	Number       string
	Kind         Kind
	Title        string
	Body         string
	Basis        string
	Contact      string
	PublishFrom  *calendar.Date
	PublishUntil *calendar.Date
	SHA256       string
	Status       Status
	CreatedAt    time.Time
	PublishedAt  *time.Time
	Version      int64
}

var errNoNotice = fault.New(fault.NotFound, "notice_not_found", "没有这条公告，或尚未发布")

// Snapshot is the text whose fingerprint is published: what anybody can take again from
// the page and check with any SHA-256 program.
func (n Notice) Snapshot() string {
	lines := []string{"编号：" + n.Number, "标题：" + n.Title, "依据：" + n.Basis, "联系方式：" + n.Contact}
	if n.PublishFrom != nil {
		lines = append(lines, "发布日期："+n.PublishFrom.String())
	}
	if n.PublishUntil != nil {
		lines = append(lines, "截止日期："+n.PublishUntil.String())
	}
	return strings.Join(append(lines, "", n.Body, ""), "\n")
}

func (n *Notice) seal() {
	sum := sha256.Sum256([]byte(n.Snapshot()))
	n.SHA256 = hex.EncodeToString(sum[:])
}

// Text is what the bureau writes.
type Text struct {
	Kind         Kind           `json:"kind" enum:"announcement,list,disclosure,publicity"`
	Title        string         `json:"title" maxLength:"100"`
	Body         string         `json:"body" maxLength:"20000"`
	Basis        string         `json:"basis,omitempty" maxLength:"500" doc:"依据"`
	Contact      string         `json:"contact,omitempty" maxLength:"200" doc:"联系方式"`
	PublishUntil *calendar.Date `json:"publish_until,omitempty" doc:"公示截止日期"`
}

func (n *Notice) write(t Text, today calendar.Date) error {
	var c fault.Collector
	if strings.TrimSpace(t.Title) == "" {
		c.Add("title", "field_required", "请填写标题")
	}
	if strings.TrimSpace(t.Body) == "" {
		c.Add("body", "field_required", "请填写正文")
	}
	if t.Kind == Publicity && t.PublishUntil == nil {
		c.Add("publish_until", "field_required", "公示须写明截止日期")
	}
	if t.PublishUntil != nil && t.PublishUntil.Before(today) {
		c.Add("publish_until", "date_in_the_past", "截止日期不能早于今天")
	}
	n.Kind, n.Title, n.Body, n.Basis, n.Contact, n.PublishUntil = t.Kind, strings.TrimSpace(t.Title), t.Body, t.Basis, t.Contact, t.PublishUntil
	return c.Err()
}
