package iam

import (
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/authz"
	"ippledge/internal/platform/postgres"
)

// row is the user_account table; it has the fields of User in the same order.
type row struct {
	ID                 uuid.UUID
	Username           string
	Name               string
	Mobile             string
	Email              string
	OrgID              *uuid.UUID
	PasswordHash       string
	MustChangePassword bool
	PasswordChangedAt  time.Time
	TOTPSecret         string     `gorm:"column:totp_secret"`
	TOTPConfirmedAt    *time.Time `gorm:"column:totp_confirmed_at"`
	TOTPLastStep       int64      `gorm:"column:totp_last_step"`
	FailedAttempts     int
	LockedUntil        *time.Time
	Status             Status
	Demo               bool
	CreatedAt          time.Time
	LastSignInAt       *time.Time
	Version            int64
}

func (row) TableName() string { return "user_account" }

type roleRow struct {
	UserID    uuid.UUID
	OrgID     uuid.UUID
	Role      authz.Role
	GrantedBy *uuid.UUID
	GrantedAt time.Time
}

func (roleRow) TableName() string { return "user_role" }

type passwordRow struct {
	UserID       uuid.UUID
	PasswordHash string
	ChangedAt    time.Time
}

func (passwordRow) TableName() string { return "password_history" }

var _ = postgres.Rule("user_account_username_uq", errTaken)

func takeUser(query *gorm.DB, condition string, value any) (User, error) {
	var r row
	err := query.Take(&r, condition, value).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return User{}, errNoUser
	}
	return User(r), err
}

func forUpdate(tx postgres.Tx) *gorm.DB {
	return tx.Gorm().Clauses(clause.Locking{Strength: "UPDATE"})
}

func findUser(tx postgres.Tx, id uuid.UUID) (User, error) { return takeUser(tx.Gorm(), "id = ?", id) }
func lockUser(tx postgres.Tx, id uuid.UUID) (User, error) {
	return takeUser(forUpdate(tx), "id = ?", id)
}
func lockUsername(tx postgres.Tx, name string) (User, error) {
	return takeUser(forUpdate(tx), "username = ?", name)
}

func insertUser(tx postgres.Tx, u User) error {
	r := row(u)
	return tx.Gorm().Create(&r).Error
}

// saveUser writes every column that may change and raises the version.
func saveUser(tx postgres.Tx, u *User) error {
	u.Version++
	return touchUser(tx, *u)
}

// touchUser writes what signing in leaves behind (attempts, lock, last step, time); nobody
// looks at these for an edit, so the version stays.
func touchUser(tx postgres.Tx, u User) error {
	r := row(u)
	return tx.Gorm().Model(&row{}).Where("id = ?", u.ID).Select("*").Omit("id", "username", "demo", "created_at").Updates(&r).Error
}

func keepPassword(tx postgres.Tx, u User) error {
	return tx.Gorm().Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "user_id"}, {Name: "changed_at"}}, UpdateAll: true}).
		Create(&passwordRow{u.ID, u.PasswordHash, u.PasswordChangedAt}).Error
}

func recentHashes(tx postgres.Tx, id uuid.UUID, n int) (hashes []string, err error) {
	err = tx.Gorm().Model(&passwordRow{}).Where("user_id = ?", id).Order("changed_at desc").Limit(n).Pluck("password_hash", &hashes).Error
	return hashes, err
}

func rolesOf(tx postgres.Tx, ids ...uuid.UUID) (roles []roleRow, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	err = tx.Gorm().Where("user_id in ?", ids).Order("granted_at, org_id, role").Find(&roles).Error
	return roles, err
}

func addRole(tx postgres.Tx, r roleRow) error {
	return tx.Gorm().Clauses(clause.OnConflict{DoNothing: true}).Create(&r).Error
}

func removeRole(tx postgres.Tx, user, org uuid.UUID, role authz.Role) (removed bool, err error) {
	result := tx.Gorm().Where("user_id = ? and org_id = ? and role = ?", user, org, role).Delete(&roleRow{})
	return result.RowsAffected > 0, result.Error
}

// withRoles lists active users who hold one of the roles, in org or, when it is nil,
// anywhere.
func withRoles(tx postgres.Tx, org *uuid.UUID, roles []authz.Role) ([]User, error) {
	if len(roles) == 0 {
		return nil, nil
	}
	holds := tx.Gorm().Session(&gorm.Session{NewDB: true}).Model(&roleRow{}).Select("user_id").Where("role in ?", roles)
	if org != nil {
		holds = holds.Where("org_id = ?", *org)
	}
	var rows []row
	err := tx.Gorm().Where("status = ? and id in (?)", Active, holds).Order("created_at, id").Find(&rows).Error
	users := make([]User, len(rows))
	for i, r := range rows {
		users[i] = User(r)
	}
	return users, err
}

func demoUsers(tx postgres.Tx) ([]User, error) {
	var rows []row
	err := tx.Gorm().Where("demo and status = ?", Active).Order("created_at, username").Find(&rows).Error
	users := make([]User, len(rows))
	for i, r := range rows {
		users[i] = User(r)
	}
	return users, err
}
