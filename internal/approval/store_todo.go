package approval

import (
	"ippledge/internal/authz"
	"ippledge/internal/platform/postgres"
)

func toSign(tx postgres.Tx, actor authz.Actor, kinds []string) ([]Proposal, error) {
	var rows []row
	err := tx.Gorm().Where("org_id = ? and status = ? and maker_id <> ? and kind in ?", actor.OrgID, Pending, actor.UserID, kinds).
		Order("made_at").Limit(200).Find(&rows).Error
	out := make([]Proposal, len(rows))
	for i, r := range rows {
		out[i] = r.proposal()
	}
	return out, err
}
