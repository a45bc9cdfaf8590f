package claim

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// Each struct is its own row.

// TableName is the table of claims.
func (Claim) TableName() string { return "claim" }

// TableName is the table of publicity rounds.
func (Publicity) TableName() string { return "claim_publicity" }

// TableName is the table of objections.
func (Objection) TableName() string { return "claim_objection" }

func (review) TableName() string      { return "claim_review" }
func (seatOnPanel) TableName() string { return "claim_expert" }
func (payout) TableName() string      { return "claim_payout" }

func query(tx postgres.Tx, lock bool) *gorm.DB {
	if lock {
		return tx.Gorm().Clauses(clause.Locking{Strength: "UPDATE"})
	}
	return tx.Gorm()
}

func take[T any](query *gorm.DB, missing error) (row T, err error) {
	err = query.Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = missing
	}
	return row, err
}

func find(tx postgres.Tx, id uuid.UUID, lock bool) (Claim, error) {
	return take[Claim](query(tx, lock).Where("id = ?", id), errNotFound)
}

func insert(tx postgres.Tx, c Claim) error { return tx.Gorm().Create(&c).Error }

// save writes the row and bumps its version.
func save(tx postgres.Tx, c *Claim) error {
	c.Version++
	return tx.Gorm().Model(&Claim{}).Where("id = ?", c.ID).Select("*").Updates(c).Error
}

func insertReview(tx postgres.Tx, r review) error { return tx.Gorm().Create(&r).Error }

func reviewsOf(tx postgres.Tx, id uuid.UUID) (out []review, err error) {
	err = tx.Gorm().Where("claim_id = ?", id).Order("reviewed_at, id").Find(&out).Error
	return out, err
}

func lastReview(tx postgres.Tx, id uuid.UUID, name string) (review, error) {
	return take[review](tx.Gorm().Where("claim_id = ? and step = ?", id, name).Order("reviewed_at desc, id desc"), errNotFound)
}

func insertSeat(tx postgres.Tx, s seatOnPanel) error { return tx.Gorm().Create(&s).Error }

func panelOf(tx postgres.Tx, id uuid.UUID) (out []seatOnPanel, err error) {
	err = tx.Gorm().Where("claim_id = ?", id).Order("place").Find(&out).Error
	return out, err
}

func recuse(tx postgres.Tx, id, user uuid.UUID, reason string) error {
	return tx.Gorm().Model(&seatOnPanel{}).Where("claim_id = ? and user_id = ?", id, user).
		Updates(map[string]any{"recused": true, "recusal_reason": reason}).Error
}

func putScore(tx postgres.Tx, id, user uuid.UUID, in Scoring, total int) error {
	now := tx.Now()
	return tx.Gorm().Model(&seatOnPanel{}).Where("claim_id = ? and user_id = ? and scored_at is null", id, user).
		Select("scores", "total", "amount", "opinion", "verdict", "scored_at").
		Updates(&seatOnPanel{Scores: in.Scores, Total: &total, Amount: in.Amount, Opinion: in.Opinion, Verdict: in.Verdict, ScoredAt: &now}).Error
}

// interestedUsers are those who belong to a party of the case, or acted in it.
func interestedUsers(tx postgres.Tx, parties []uuid.UUID, needID uuid.UUID) (map[uuid.UUID]bool, error) {
	var ids []uuid.UUID
	err := tx.Gorm().Raw(`select user_id from user_role where org_id in ? union select user_id from case_side where case_id = ?
		union select id from user_account where org_id in ?`, parties, needID, parties).Scan(&ids).Error
	out := map[uuid.UUID]bool{}
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}

// expertHomes are the organisations for which people are experts.
func expertHomes(tx postgres.Tx, users []uuid.UUID) (map[uuid.UUID]uuid.UUID, error) {
	var rows []struct{ UserID, OrgID uuid.UUID }
	out := map[uuid.UUID]uuid.UUID{}
	if len(users) == 0 {
		return out, nil
	}
	err := tx.Gorm().Table("user_role").Where("role = ? and user_id in ?", authz.Expert, users).Order("granted_at desc").Select("user_id, org_id").Scan(&rows).Error
	for _, r := range rows {
		out[r.UserID] = r.OrgID
	}
	return out, err
}

func insertPublicity(tx postgres.Tx, p Publicity) error { return tx.Gorm().Create(&p).Error }

func findPublicity(tx postgres.Tx, id uuid.UUID) (Publicity, error) {
	return take[Publicity](tx.Gorm().Where("id = ?", id), errNoPublicity)
}

func publicitiesOf(tx postgres.Tx, id uuid.UUID) (out []Publicity, err error) {
	err = tx.Gorm().Where("claim_id = ?", id).Order("round desc").Find(&out).Error
	return out, err
}

func insertObjection(tx postgres.Tx, o Objection) error { return tx.Gorm().Create(&o).Error }

func findObjection(tx postgres.Tx, claimID, id uuid.UUID) (Objection, error) {
	return take[Objection](tx.Gorm().Where("claim_id = ? and id = ?", claimID, id), errNoObjection)
}

func saveObjection(tx postgres.Tx, o Objection) error {
	return tx.Gorm().Model(&Objection{}).Where("id = ?", o.ID).Select("*").Updates(&o).Error
}

func objectionsOf(tx postgres.Tx, id uuid.UUID) (out []Objection, err error) {
	err = tx.Gorm().Where("claim_id = ?", id).Order("raised_at").Find(&out).Error
	return out, err
}

func openObjections(tx postgres.Tx, id uuid.UUID) (n int64, err error) {
	err = tx.Gorm().Model(&Objection{}).Where("claim_id = ? and answered_at is null", id).Count(&n).Error
	return n, err
}

func insertPayout(tx postgres.Tx, p payout) error { return tx.Gorm().Create(&p).Error }

func payoutsOf(tx postgres.Tx, id uuid.UUID) (out []payout, err error) {
	err = tx.Gorm().Where("claim_id = ?", id).Order("created_at, id").Find(&out).Error
	return out, err
}

// granted are the statuses in which the fund has promised or paid money.
var granted = []Status{Approved, PartlyPaid, Paid, Closed, ClawbackOrdered, ClawedBack}

// grantedTo is what all funds granted an enterprise's banks so far, less what was clawed
// back; the claim itself is left out.
func grantedTo(tx postgres.Tx, borrowerID, except uuid.UUID) (total money.Amount, err error) {
	err = tx.Gorm().Raw(`select coalesce(sum(approved - clawed_back), 0) from claim where borrower_id = ? and id <> ? and status in ?`, borrowerID, except, granted).
		Row().Scan(&total)
	return total, err
}

// grantedInYear is what a fund granted a bank in a year, by the day of approval.
func grantedInYear(tx postgres.Tx, fundID, bankID uuid.UUID, from, to calendar.Date) (total money.Amount, err error) {
	err = tx.Gorm().Raw(`select coalesce(sum(approved - clawed_back), 0) from claim
		where fund_id = ? and bank_id = ? and approved_on between ? and ? and status in ?`, fundID, bankID, from, to, granted).Row().Scan(&total)
	return total, err
}

// owedBefore is what the fund still owes on claims approved earlier.
func owedBefore(tx postgres.Tx, c Claim) (total money.Amount, err error) {
	err = tx.Gorm().Raw(`select coalesce(sum(approved - paid), 0) from claim
		where fund_id = ? and status in ('approved', 'partly_paid') and (approved_on, number) < (?, ?)`, c.FundID, c.ApprovedOn, c.Number).Row().Scan(&total)
	return total, err
}

// lockEnterprise makes approvals for one enterprise wait for each other, also where they
// go to different funds: its cap is counted over all of them.
func lockEnterprise(tx postgres.Tx, borrowerID uuid.UUID) error {
	return tx.Gorm().Exec(`select pg_advisory_xact_lock(hashtextextended(?, 90))`, borrowerID.String()).Error
}

// pendingAmong tells on which rows of a kind a proposal waits.
func pendingAmong(tx postgres.Tx, subject string, ids []uuid.UUID) (map[uuid.UUID]bool, error) {
	out := map[uuid.UUID]bool{}
	if len(ids) == 0 {
		return out, nil
	}
	var found []uuid.UUID
	err := tx.Gorm().Raw("select subject_id from approval_proposal where status = 'pending' and subject_kind = ? and subject_id in ?", subject, ids).
		Scan(&found).Error
	for _, id := range found {
		out[id] = true
	}
	return out, err
}
