package org

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/etag"
	"ippledge/internal/event"
	"ippledge/internal/platform/postgres"
)

// admissionDays is how long the checker has, in working days: the platform's own choice.
const admissionDays = 5

// decision is what the bureau's handler proposes and its checker signs. The names are in
// the payload, so that the checker signs what can be read.
type decision struct {
	Action         Action `json:"action"`
	Name           string `json:"name"`
	USCC           string `json:"uscc"`
	USCCOverridden bool   `json:"uscc_overridden"`
	Reason         string `json:"reason"`
}

var decisions = map[Action]string{
	Admit: "机构准入", Return: "入驻申请退回补正", Suspend: "暂停机构业务", Resume: "恢复机构业务", Close: "机构注销",
}

// Kinds are the steps that take two people of the bureau.
func (s *Service) Kinds() []approval.Kind {
	kinds := make([]approval.Kind, 0, len(decisions))
	for action, text := range decisions {
		kinds = append(kinds, approval.Kind{
			Name: "organization." + string(action), Text: text, SubjectKind: Subject, Check: authz.OrgCheck,
			Subject: func(tx postgres.Tx, id uuid.UUID) (int64, error) {
				o, err := lock(tx, id)
				return o.Version, err
			},
			Apply: carryOut,
			Link:  func(id uuid.UUID) string { return "/console/organizations/" + id.String() },
		})
	}
	return kinds
}

// Decide proposes to admit, return, suspend, resume or close; all but admit and resume
// need a reason. It takes effect when the checker signs.
func (s *Service) Decide(ctx context.Context, actor authz.Actor, id uuid.UUID, action Action, reason string) (o Organization, err error) {
	if err := actor.Allowed(authz.OrgHandle); err != nil {
		return o, err
	}
	reason = strings.TrimSpace(reason)
	if reason == "" && action != Admit && action != Resume {
		return o, errReason
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if o, err = lock(tx, id); err != nil {
			return err
		}
		if err := etag.Check(tx.Context(), o.Version); err != nil {
			return err
		}
		if _, err := Transitions.Next(o.Status, action); err != nil {
			return err
		}
		pending, err := s.approvals.PendingOn(tx, actor, Subject, id)
		if err != nil {
			return err
		}
		if pending != nil {
			return errPending
		}
		due, _ := calendar.AddWorkingDays(calendar.DateOf(tx.Now()), admissionDays)
		d := decision{Action: action, Name: o.Name, USCCOverridden: o.USCCOverridden, Reason: reason}
		if o.USCC != nil {
			d.USCC = *o.USCC
		}
		_, err = s.approvals.Propose(tx, actor, approval.Draft{
			Kind: "organization." + string(action), SubjectID: o.ID, SubjectVersion: o.Version,
			Title: o.Number + " " + o.Name, Payload: d, DueOn: &due,
		})
		if err != nil {
			return err
		}
		return audit.Record(tx, actor, "organization.propose_"+string(action), Subject, o.ID, d)
	})
	return o, err
}

func carryOut(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
	var d decision
	if err := p.Decode(&d); err != nil {
		return err
	}
	o, err := lock(tx, p.SubjectID)
	if err != nil {
		return err
	}
	if o.Status, err = Transitions.Next(o.Status, d.Action); err != nil {
		return err
	}
	o.StatusReason = d.Reason
	if d.Action == Admit {
		now := tx.Now()
		o.AdmittedAt = &now
	}
	if err := save(tx, &o); err != nil {
		return err
	}
	action := "organization." + string(d.Action)
	if err := audit.Record(tx, checker, action, Subject, o.ID, map[string]any{"maker": maker.Name, "reason": d.Reason}); err != nil {
		return err
	}
	return event.Publish(tx, "organization."+string(o.Status), map[string]any{"organization_id": o.ID})
}
