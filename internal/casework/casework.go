// Package casework keeps a person on one side of a case. Somebody may work for an
// enterprise and for a bank, but may not act for both on one financing need and what
// follows from it (domain F2).
package casework

import (
	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// Act notes that the actor acts in the case for its organisation, and refuses with
// person_acts_for_two when the person has acted in it for another one. The case is the
// financing need; bids, pledges, loans, enrolments and claims belong to their need's.
func Act(tx postgres.Tx, actor authz.Actor, caseID uuid.UUID) error {
	if actor.IsSystem() {
		return nil
	}
	org, err := side(tx, caseID, actor.UserID, actor.OrgID)
	if err != nil {
		return err
	}
	if org != actor.OrgID {
		return fault.New(fault.Rule, "person_acts_for_two", "您已代表另一单位办理过本案，不能再代表 %s 办理，请由其他同事处理", actor.OrgName)
	}
	return nil
}
