package document

import (
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/platform/postgres"
)

// row is the document table; it has the fields of Document in the same order.
type row struct {
	ID           uuid.UUID
	OrgID        uuid.UUID
	Name         string
	MediaType    string
	Size         int64
	SHA256       string `gorm:"column:sha256"`
	BlobKey      string
	UploadedBy   uuid.UUID
	UploaderName string
	UploadedAt   time.Time
}

func (row) TableName() string { return "document" }

type linkRow struct {
	DocumentID  uuid.UUID
	SubjectKind string
	SubjectID   uuid.UUID
	Purpose     string
	LinkedAt    time.Time
}

func (linkRow) TableName() string { return "document_link" }

func insert(tx postgres.Tx, d Document) error {
	r := row(d)
	return tx.Gorm().Create(&r).Error
}

func find(tx postgres.Tx, id uuid.UUID) (Document, error) {
	var r row
	err := tx.Gorm().Take(&r, "id = ?", id).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Document{}, errNotFound
	}
	return Document(r), err
}

func countOwn(tx postgres.Tx, ids []uuid.UUID, org uuid.UUID) (n int64, err error) {
	err = tx.Gorm().Model(&row{}).Where("id in ? and org_id = ?", ids, org).Count(&n).Error
	return n, err
}

func link(tx postgres.Tx, ids []uuid.UUID, kind string, subject uuid.UUID, purpose string) error {
	rows := make([]linkRow, len(ids))
	for i, id := range ids {
		rows[i] = linkRow{id, kind, subject, purpose, tx.Now()}
	}
	return tx.Gorm().Clauses(clause.OnConflict{DoNothing: true}).Create(&rows).Error
}

func linksOf(tx postgres.Tx, id uuid.UUID) (links []linkRow, err error) {
	err = tx.Gorm().Where("document_id = ?", id).Order("linked_at").Find(&links).Error
	return links, err
}

func linkedTo(tx postgres.Tx, kind string, subject uuid.UUID) ([]View, error) {
	var rows []struct {
		File    row `gorm:"embedded"` // named: GORM passes over embedded types that are not exported
		Purpose string
	}
	err := tx.Gorm().Table("document_link l").Select("d.*, l.purpose").Joins("join document d on d.id = l.document_id").
		Where("l.subject_kind = ? and l.subject_id = ?", kind, subject).Order("l.linked_at, d.uploaded_at, d.id").Scan(&rows).Error
	views := make([]View, len(rows))
	for i, r := range rows {
		views[i] = Document(r.File).view(r.Purpose)
	}
	return views, err
}
