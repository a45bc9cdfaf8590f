package notify

import (
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

type row struct {
	ID             uuid.UUID
	Number         string
	Kind           Kind
	Title          string
	Body           string
	Basis          string
	Contact        string
	PublishFrom    *calendar.Date
	PublishUntil   *calendar.Date
	SnapshotSha256 string
	Status         Status
	CreatedAt      time.Time
	PublishedAt    *time.Time
	Version        int64
}

func (row) TableName() string { return "notice" }

func (r row) notice() Notice {
	return Notice{r.ID, r.Number, r.Kind, r.Title, r.Body, r.Basis, r.Contact, r.PublishFrom, r.PublishUntil, r.SnapshotSha256, r.Status, r.CreatedAt, r.PublishedAt, r.Version}
}

func rowOf(n Notice) row {
	return row{n.ID, n.Number, n.Kind, n.Title, n.Body, n.Basis, n.Contact, n.PublishFrom, n.PublishUntil, n.SHA256, n.Status, n.CreatedAt, n.PublishedAt, n.Version}
}

func insert(tx postgres.Tx, n Notice) error { r := rowOf(n); return tx.Gorm().Create(&r).Error }

func find(tx postgres.Tx, id uuid.UUID) (Notice, error) { return take(tx.Gorm(), id) }

func lock(tx postgres.Tx, id uuid.UUID) (Notice, error) {
	return take(tx.Gorm().Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

func take(query *gorm.DB, id uuid.UUID) (Notice, error) {
	var r row
	err := query.Where("id = ?", id).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Notice{}, errNoNotice
	}
	return r.notice(), err
}

// save writes the whole row, which the caller holds locked, as its next version.
func save(tx postgres.Tx, n *Notice) error {
	n.Version++
	r := rowOf(*n)
	return tx.Gorm().Select("*").Where("id = ?", n.ID).Updates(&r).Error
}

var sortable = map[string]page.Key{
	"published_at": {Column: "coalesce(published_at, created_at)", Cast: "timestamptz"},
	"created_at":   {Column: "created_at", Cast: "timestamptz"},
}

// Filter narrows a list of notices.
type Filter struct {
	Status Status
	Kind   Kind
	SHA256 string
}

func list(tx postgres.Tx, r page.Request, f Filter) (page.Rows[row], error) {
	query := tx.Gorm().Table("notice")
	if f.Status != "" {
		query = query.Where("status = ?", f.Status)
	}
	if f.Kind != "" {
		query = query.Where("kind = ?", f.Kind)
	}
	if f.SHA256 != "" {
		query = query.Where("snapshot_sha256 = ?", f.SHA256)
	}
	return page.Load[row](r.Match(query, "number", "title"), r, "id")
}

type messageRow struct {
	ID        uuid.UUID
	UserID    uuid.UUID
	OrgID     uuid.UUID
	Event     string
	Title     string
	Body      string
	Link      string
	CreatedAt time.Time
	ReadAt    *time.Time
}

func (messageRow) TableName() string { return "message" }

func (r messageRow) message() Message {
	return Message{r.ID, r.Event, r.Title, r.Body, r.Link, r.CreatedAt, r.ReadAt}
}

func deliver(tx postgres.Tx, r messageRow) error {
	return tx.Gorm().Clauses(clause.OnConflict{DoNothing: true}).Create(&r).Error
}

var inboxSort = map[string]page.Key{"created_at": {Column: "created_at", Cast: "timestamptz"}}

func mine(tx postgres.Tx, actor authz.Actor) *gorm.DB {
	return tx.Gorm().Table("message").Where("user_id = ? and org_id = ?", actor.UserID, actor.OrgID)
}

func inbox(tx postgres.Tx, actor authz.Actor, r page.Request, unread bool) (page.Rows[messageRow], error) {
	query := mine(tx, actor)
	if unread {
		query = query.Where("read_at is null")
	}
	return page.Load[messageRow](r.Match(query, "title", "body"), r, "id")
}

func unreadOf(tx postgres.Tx, actor authz.Actor) (n int64, err error) {
	err = mine(tx, actor).Where("read_at is null").Count(&n).Error
	return n, err
}

func markRead(tx postgres.Tx, actor authz.Actor, ids []uuid.UUID) error {
	query := mine(tx, actor).Where("read_at is null")
	if len(ids) > 0 {
		query = query.Where("id in ?", ids)
	}
	return query.Update("read_at", tx.Now()).Error
}
