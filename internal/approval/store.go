package approval

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
	Kind           string
	SubjectKind    string
	SubjectID      uuid.UUID
	OrgID          uuid.UUID
	Title          string
	Payload        string
	SubjectVersion int64
	Digest         string
	Status         Status
	MakerID        uuid.UUID
	MakerName      string
	MadeAt         time.Time
	CheckerID      *uuid.UUID
	CheckerName    string
	DecidedAt      *time.Time
	Reason         string
	DueOn          *calendar.Date
	Version        int64
}

func (row) TableName() string { return "approval_proposal" }

func (r row) proposal() Proposal {
	return Proposal{
		r.ID, r.Kind, r.SubjectKind, r.SubjectID, r.OrgID, r.Title, []byte(r.Payload), r.SubjectVersion, r.Digest, r.Status,
		r.MakerID, r.MakerName, r.MadeAt, r.CheckerID, r.CheckerName, r.DecidedAt, r.Reason, r.DueOn, r.Version,
	}
}

func insert(tx postgres.Tx, p Proposal) error {
	r := row{
		p.ID, p.Kind, p.SubjectKind, p.SubjectID, p.OrgID, p.Title, string(p.Payload), p.SubjectVersion, p.Digest, p.Status,
		p.MakerID, p.MakerName, p.MadeAt, p.CheckerID, p.CheckerName, p.DecidedAt, p.Reason, p.DueOn, p.Version,
	}
	return tx.Gorm().Create(&r).Error
}

func find(tx postgres.Tx, id uuid.UUID) (Proposal, error) { return take(tx.Gorm(), id) }

func lock(tx postgres.Tx, id uuid.UUID) (Proposal, error) {
	return take(tx.Gorm().Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

func take(query *gorm.DB, id uuid.UUID) (Proposal, error) {
	var r row
	err := query.Where("id = ?", id).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Proposal{}, errNoProposal
	}
	return r.proposal(), err
}

func save(tx postgres.Tx, p Proposal) error {
	return tx.Gorm().Model(&row{}).Where("id = ?", p.ID).Updates(map[string]any{
		"status": p.Status, "checker_id": p.CheckerID, "checker_name": p.CheckerName,
		"decided_at": p.DecidedAt, "reason": p.Reason, "version": gorm.Expr("version + 1"),
	}).Error
}

func void(tx postgres.Tx, subjectKind string, subjectID uuid.UUID) error {
	return tx.Gorm().Model(&row{}).
		Where("subject_kind = ? and subject_id = ? and status = ?", subjectKind, subjectID, Pending).
		Updates(map[string]any{"status": Superseded, "decided_at": tx.Now(), "version": gorm.Expr("version + 1")}).Error
}

func pendingOf(tx postgres.Tx, subjectKind string, ids []uuid.UUID) ([]Proposal, error) {
	var rows []row
	err := tx.Gorm().Where("subject_kind = ? and subject_id in ? and status = ?", subjectKind, ids, Pending).Order("made_at").Find(&rows).Error
	out := make([]Proposal, len(rows))
	for i, r := range rows {
		out[i] = r.proposal()
	}
	return out, err
}

var sortable = map[string]page.Key{"made_at": {Column: "made_at", Cast: "timestamptz"}}

// list reads the organisation's proposals. box is to_sign (others', of kinds the actor
// may check), made (one's own) or all.
func list(tx postgres.Tx, actor authz.Actor, r page.Request, box string, status Status, kinds []string) (page.Rows[row], error) {
	query := tx.Gorm().Table("approval_proposal").Where("org_id = ?", actor.OrgID)
	switch box {
	case "to_sign":
		query = query.Where("maker_id <> ? and kind in ? and status = ?", actor.UserID, kinds, Pending)
	case "made":
		query = query.Where("maker_id = ?", actor.UserID)
	}
	if status != "" {
		query = query.Where("status = ?", status)
	}
	return page.Load[row](r.Match(query, "title", "maker_name"), r, "id")
}
