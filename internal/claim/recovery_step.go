package claim

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/casework"
	"ippledge/internal/document"
	"ippledge/internal/etag"
	"ippledge/internal/fault"
	"ippledge/internal/loan"
	"ippledge/internal/platform/postgres"
)

// pursuit is a recovery with its loan, both locked, while a step works on them.
type pursuit struct {
	Recovery
	loan loan.Loan
}

// recoveryStep is step for recoveries: two people of one house, tried at the proposal and
// again at the signature.
type recoveryStep[P any] struct {
	action RecoveryAction
	text   string
	make   authz.Permission
	check  authz.Permission
	try    func(s *Service, tx postgres.Tx, r *pursuit, p *P) error
	take   func(s *Service, tx postgres.Tx, r *pursuit, p P, by signers) error
	proves func(p P) []uuid.UUID
}

func (st recoveryStep[P]) name() string { return RecoverySubject + "." + string(st.action) }

// lockRecovery takes the rows of the loan, the claim and the recovery, in this order.
func lockRecovery(tx postgres.Tx, id uuid.UUID) (*pursuit, error) {
	r, err := findRecovery(tx, id, false)
	if err != nil {
		return nil, err
	}
	_, l, err := lock(tx, r.ClaimID)
	if err != nil {
		return nil, err
	}
	r, err = findRecovery(tx, id, true)
	return &pursuit{r, l}, err
}

func (st recoveryStep[P]) kind(s *Service) approval.Kind {
	return approval.Kind{
		Name: st.name(), Text: st.text, SubjectKind: RecoverySubject, Check: st.check, Link: RecoveryLink,
		Subject: func(tx postgres.Tx, id uuid.UUID) (int64, error) {
			r, err := lockRecovery(tx, id)
			if err != nil {
				return 0, err
			}
			return r.Version, nil
		},
		Apply: func(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
			r, err := lockRecovery(tx, p.SubjectID)
			if err != nil {
				return err
			}
			var payload P
			if err := json.Unmarshal(p.Payload, &payload); err != nil {
				return err
			}
			if err := casework.Act(tx, checker, r.NeedID); err != nil {
				return err
			}
			if err := r.allowed(tx, st.action); err != nil {
				return err
			}
			if err := st.try(s, tx, r, &payload); err != nil {
				return err
			}
			if err := st.take(s, tx, r, payload, signers{maker, checker}); err != nil {
				return err
			}
			return audit.Record(tx, checker, st.name(), RecoverySubject, r.ID, map[string]any{"maker": maker.Name, "content": payload, "status": r.Status})
		},
	}
}

func proposeRecovery[P any](ctx context.Context, s *Service, st recoveryStep[P], actor authz.Actor, id uuid.UUID, payload P) (out Recovery, err error) {
	err = s.pursue(ctx, actor, st.make, id, st.action, func(tx postgres.Tx, r *pursuit) error {
		if err := st.try(s, tx, r, &payload); err != nil {
			return err
		}
		if st.proves != nil {
			if err := document.Link(tx, actor, st.proves(payload), RecoverySubject, id, string(st.action)); err != nil {
				return err
			}
		}
		out = r.Recovery
		proposal, err := s.approvals.Propose(tx, actor, approval.Draft{
			Kind: st.name(), SubjectID: id, SubjectVersion: r.Version, Title: r.title(), Payload: payload,
		})
		if err != nil {
			return err
		}
		return audit.Record(tx, actor, "recovery.propose", RecoverySubject, id, map[string]any{"step": st.action, "proposal": proposal.ID})
	})
	return out, err
}

// pursue runs one person's action on a locked recovery that the actor sees, may act on,
// and that nothing waits on.
func (s *Service) pursue(ctx context.Context, actor authz.Actor, permission authz.Permission, id uuid.UUID, a RecoveryAction, work func(postgres.Tx, *pursuit) error) error {
	return s.db.InTx(ctx, func(tx postgres.Tx) error {
		if _, err := findListedRecovery(tx, actor, id); err != nil {
			return err
		}
		if err := actor.Allowed(permission); err != nil {
			return err
		}
		r, err := lockRecovery(tx, id)
		if err != nil {
			return err
		}
		if err := etag.Check(tx.Context(), r.Version); err != nil {
			return err
		}
		if err := casework.Act(tx, actor, r.NeedID); err != nil {
			return err
		}
		if err := r.allowed(tx, a); err != nil {
			return err
		}
		pending, err := pendingAmong(tx, RecoverySubject, []uuid.UUID{id})
		if err != nil {
			return err
		}
		if pending[id] {
			return errPending
		}
		return work(tx, r)
	})
}

func (r *pursuit) allowed(tx postgres.Tx, a RecoveryAction) error {
	if _, err := RecoveryTransitions.Next(r.Status, a); err != nil {
		return err
	}
	waiting, err := untransferred(tx, r.ID)
	if err != nil {
		return err
	}
	c, err := find(tx, r.ClaimID, false)
	if err != nil {
		return err
	}
	p, err := c.rules(tx)
	if err != nil {
		return err
	}
	return r.guard(a, waiting, p.WriteoffMinYears, today(tx))
}

// guard says why an action that the table allows can't be taken, if it can't. waiting
// counts receipts whose fund's part hasn't arrived.
func (r Recovery) guard(a RecoveryAction, waiting, minYears int, today calendar.Date) error {
	switch a {
	case Transfer:
		if waiting == 0 {
			return fault.New(fault.Rule, "nothing_to_transfer", "没有待确认到账的基金应得款")
		}
	case ApplyWriteoff:
		if first := r.CompensatedOn.AddMonths(12 * minYears); today.Before(first) {
			return fault.New(fault.Rule, "writeoff_too_early", "补偿满 %d 年后方可申请核销，最早为 %s", minYears, first)
		}
		if waiting > 0 {
			return fault.New(fault.Rule, "transfer_open", "还有 %d 笔基金应得的追偿款未到账，到账后方可申请核销", waiting)
		}
	case Exhaust:
		if _, left := r.loss(); !left.IsPositive() {
			return fault.New(fault.Rule, "recovery_whole", "损失已足额追回，无须认定追偿终结")
		}
	}
	return nil
}

var recoveryHands = map[RecoveryAction]authz.Permission{
	Receive: authz.ClaimFile, Exhaust: authz.ClaimFile, Transfer: authz.ClaimPay, ApplyWriteoff: authz.ClaimManage,
	EndorseWriteoff: authz.ClaimDecide, ConfirmWriteoff: authz.ClaimConfirm, ReturnWriteoff: authz.ClaimConfirm,
}

// actions are exactly what the actor may begin now.
func (r Recovery) actions(actor authz.Actor, pending bool, waiting, minYears int, today calendar.Date) []RecoveryAction {
	out := []RecoveryAction{}
	for _, a := range RecoveryTransitions.Actions(r.Status) {
		permission, byPeople := recoveryHands[a]
		if pending || !byPeople || !actor.Can(permission) || r.guard(a, waiting, minYears, today) != nil {
			continue
		}
		if permission == authz.ClaimFile && !actor.ActsFor(r.BankID) {
			continue
		}
		if a == ReturnWriteoff && r.Status != WriteoffEndorsed { // the bureau returns by its own verdict
			continue
		}
		out = append(out, a)
	}
	return out
}
