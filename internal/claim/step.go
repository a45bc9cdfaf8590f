package claim

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/casework"
	"ippledge/internal/etag"
	"ippledge/internal/loan"
	"ippledge/internal/platform/postgres"
)

// file is a claim with its loan, both locked, while a step works on them.
type file struct {
	Claim
	loan loan.Loan
}

// none is the payload of a step that says nothing besides that it is taken.
type none struct{}

// step is one use case that takes two people of one house. try refuses what can't be: it
// runs when the maker proposes and again when the checker signs, because the world may
// have moved in between. take carries the step out, moves the claim and saves it.
type step[P any] struct {
	action Action
	text   string
	make   authz.Permission
	check  authz.Permission
	try    func(s *Service, tx postgres.Tx, f *file, p *P) error
	take   func(s *Service, tx postgres.Tx, f *file, p P, by signers) error
	// proves are the documents of the maker that the step links to the claim.
	proves func(p P) []uuid.UUID
}

func (st step[P]) name() string { return Subject + "." + string(st.action) }

// kind is the step as the approvals know it.
func (st step[P]) kind(s *Service) approval.Kind {
	return approval.Kind{
		Name: st.name(), Text: st.text, SubjectKind: Subject, Check: st.check, Link: Link,
		Subject: func(tx postgres.Tx, id uuid.UUID) (int64, error) {
			c, _, err := lock(tx, id)
			return c.Version, err
		},
		Apply: func(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
			c, l, err := lock(tx, p.SubjectID)
			if err != nil {
				return err
			}
			var payload P
			if err := json.Unmarshal(p.Payload, &payload); err != nil {
				return err
			}
			f := &file{c, l}
			if err := casework.Act(tx, checker, c.NeedID); err != nil {
				return err
			}
			if err := s.allowed(tx, checker, f, st.action); err != nil {
				return err
			}
			if err := st.try(s, tx, f, &payload); err != nil {
				return err
			}
			if err := st.take(s, tx, f, payload, signers{maker, checker}); err != nil {
				return err
			}
			return audit.Record(tx, checker, st.name(), Subject, c.ID, map[string]any{"maker": maker.Name, "content": payload, "status": f.Status})
		},
	}
}

// propose hands a step to the checker. It fails with what the step would fail with now.
func propose[P any](ctx context.Context, s *Service, st step[P], actor authz.Actor, id uuid.UUID, payload P) (c Claim, err error) {
	err = s.act(ctx, actor, st.make, id, st.action, func(tx postgres.Tx, f *file) error {
		if err := st.try(s, tx, f, &payload); err != nil {
			return err
		}
		if st.proves != nil {
			if err := s.link(tx, actor, st.proves(payload), f.ID, string(st.action)); err != nil {
				return err
			}
		}
		c = f.Claim
		proposal, err := s.approvals.Propose(tx, actor, approval.Draft{
			Kind: st.name(), SubjectID: id, SubjectVersion: f.Version, Title: f.title(), Payload: payload, DueOn: f.StepDueOn,
		})
		if err != nil {
			return err
		}
		return audit.Record(tx, actor, "claim.propose", Subject, id, map[string]any{"step": st.action, "proposal": proposal.ID})
	})
	return c, err
}

// act runs one person's action on a locked claim that the actor sees, may act on, and
// that nothing waits on.
func (s *Service) act(ctx context.Context, actor authz.Actor, permission authz.Permission, id uuid.UUID, a Action, work func(postgres.Tx, *file) error) error {
	return s.db.InTx(ctx, func(tx postgres.Tx) error {
		if _, err := findListed(tx, actor, id); err != nil {
			return err
		}
		if err := actor.Allowed(permission); err != nil {
			return err
		}
		c, l, err := lock(tx, id)
		if err != nil {
			return err
		}
		if err := etag.Check(tx.Context(), c.Version); err != nil {
			return err
		}
		if err := casework.Act(tx, actor, c.NeedID); err != nil {
			return err
		}
		f := &file{c, l}
		if err := s.allowed(tx, actor, f, a); err != nil {
			return err
		}
		pending, err := pendingAmong(tx, Subject, []uuid.UUID{id})
		if err != nil {
			return err
		}
		if pending[id] && a != Edit && a != Withdraw {
			return errPending
		}
		return work(tx, f)
	})
}

// allowed asks the table, and then the conditions that the table can't know.
func (s *Service) allowed(tx postgres.Tx, actor authz.Actor, f *file, a Action) error {
	if _, err := Transitions.Next(f.Status, a); err != nil {
		return err
	}
	r, err := situationOf(tx, actor, f.ID)
	if err != nil {
		return err
	}
	if f.owes() && a == Pay {
		p, err := purseOf(tx, f.Claim)
		if err != nil {
			return err
		}
		r.Purse = &p
	}
	return f.guard(a, r, today(tx))
}

// keep saves the claim and records what one person did to it.
func (s *Service) keep(tx postgres.Tx, actor authz.Actor, f *file, action string, detail any) error {
	if err := save(tx, &f.Claim); err != nil {
		return err
	}
	return audit.Record(tx, actor, action, Subject, f.ID, detail)
}
