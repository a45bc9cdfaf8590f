package approval

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
)

// Service keeps proposals and carries them out.
type Service struct {
	db    *postgres.DB
	kinds map[string]Kind
}

// NewService makes a service without kinds.
func NewService(db *postgres.DB) *Service { return &Service{db: db, kinds: map[string]Kind{}} }

// Handle adds the kinds of a domain; twice the same is a fault of the program.
func (s *Service) Handle(kinds ...Kind) {
	for _, k := range kinds {
		if _, twice := s.kinds[k.Name]; twice || k.Apply == nil || k.Subject == nil {
			panic("approval: kind " + k.Name + " is declared twice or lacks Apply or Subject")
		}
		s.kinds[k.Name] = k
	}
}

// Propose records a step and waits for the checker. The caller has checked the maker's
// permission and holds the subject's lock. It fails with approval_already_pending.
func (s *Service) Propose(tx postgres.Tx, maker authz.Actor, d Draft) (Proposal, error) {
	kind, ok := s.kinds[d.Kind]
	if !ok {
		return Proposal{}, fmt.Errorf("approval: kind %q is not handled", d.Kind)
	}
	payload, err := json.Marshal(d.Payload)
	if err != nil {
		return Proposal{}, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return Proposal{}, err
	}
	p := Proposal{
		ID: id, Kind: d.Kind, SubjectKind: kind.SubjectKind, SubjectID: d.SubjectID, OrgID: maker.OrgID,
		Title: d.Title, Payload: payload, SubjectVersion: d.SubjectVersion, Status: Pending,
		MakerID: maker.UserID, MakerName: maker.Name, MadeAt: tx.Now(), DueOn: d.DueOn, Version: 1,
	}
	p.Digest = digest(p)
	if err := insert(tx, p); err != nil {
		return Proposal{}, err
	}
	return p, event.Publish(tx, "approval.proposed", map[string]any{"proposal_id": p.ID, "kind": p.Kind, "org_id": p.OrgID})
}

func digest(p Proposal) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{p.Kind, p.SubjectID.String(), fmt.Sprint(p.SubjectVersion), string(p.Payload)}, "\n")))
	return hex.EncodeToString(sum[:])
}

// Sign is the checker's signature: the step takes effect, or nothing happens. It fails
// with maker_is_checker, approval_superseded, and whatever the step itself refuses.
func (s *Service) Sign(ctx context.Context, checker authz.Actor, id uuid.UUID) (p Proposal, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		var kind Kind
		if p, kind, err = s.take(tx, checker, id); err != nil {
			return err
		}
		if p.MakerID == checker.UserID {
			return errSamePerson
		}
		if err = p.decide(tx, Sign, checker, ""); err != nil {
			return err
		}
		if err := kind.Apply(tx, p, p.Maker(), checker); err != nil {
			return err
		}
		if err := save(tx, p); err != nil {
			return err
		}
		return s.record(tx, checker, p, "approval.sign")
	})
	return p, err
}

// Reject sends the step back to its maker with a reason.
func (s *Service) Reject(ctx context.Context, checker authz.Actor, id uuid.UUID, reason string) (p Proposal, err error) {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return p, errNeedsReason
	}
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		var kind Kind
		if p, kind, err = s.take(tx, checker, id); err != nil {
			return err
		}
		if p.MakerID == checker.UserID {
			return errSamePerson
		}
		if err := p.decide(tx, Reject, checker, reason); err != nil {
			return err
		}
		if kind.Undo != nil {
			if err := kind.Undo(tx, p, checker, reason); err != nil {
				return err
			}
		}
		if err := save(tx, p); err != nil {
			return err
		}
		return s.record(tx, checker, p, "approval.reject")
	})
	return p, err
}

// Withdraw is the maker taking the step back before anybody signed.
func (s *Service) Withdraw(ctx context.Context, maker authz.Actor, id uuid.UUID) (p Proposal, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if p, err = find(tx, id); err != nil {
			return err
		}
		if p.MakerID != maker.UserID || p.OrgID != maker.OrgID {
			return fault.New(fault.Denied, "not_the_maker", "只有经办人本人可以撤回")
		}
		kind, ok := s.kinds[p.Kind]
		if !ok {
			return fmt.Errorf("approval: kind %q is not handled", p.Kind)
		}
		if _, err := kind.Subject(tx, p.SubjectID); err != nil {
			return err
		}
		if p, err = lock(tx, id); err != nil {
			return err
		}
		if err := p.withdraw(tx); err != nil {
			return err
		}
		if kind.Undo != nil {
			if err := kind.Undo(tx, p, maker, "经办人撤回"); err != nil {
				return err
			}
		}
		if err := save(tx, p); err != nil {
			return err
		}
		return s.record(tx, maker, p, "approval.withdraw")
	})
	return p, err
}

// take finds the proposal, locks the subject and then the proposal (in this order, as
// Propose does), and checks that the actor may decide on it as it stands.
func (s *Service) take(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (Proposal, Kind, error) {
	p, err := find(tx, id)
	if err != nil {
		return p, Kind{}, err
	}
	kind, ok := s.kinds[p.Kind]
	if !ok {
		return p, kind, fmt.Errorf("approval: kind %q is not handled", p.Kind)
	}
	if !actor.ActsFor(p.OrgID) {
		return p, kind, errNoProposal
	}
	if err := actor.Allowed(kind.Check); err != nil {
		return p, kind, err
	}
	version, err := kind.Subject(tx, p.SubjectID)
	if err != nil {
		return p, kind, err
	}
	if p, err = lock(tx, id); err != nil {
		return p, kind, err
	}
	if p.Status == Pending && (version != p.SubjectVersion || p.Digest != digest(p)) {
		return p, kind, errSuperseded
	}
	return p, kind, nil
}

func (s *Service) record(tx postgres.Tx, actor authz.Actor, p Proposal, action string) error {
	entry := audit.Entry{
		Action: action, ObjectKind: p.SubjectKind, ObjectID: p.SubjectID.String(),
		Detail: map[string]any{"proposal": p.ID, "kind": p.Kind, "maker": p.MakerName, "reason": p.Reason, "digest": p.Digest},
	}
	if sealed := s.kinds[p.Kind].SealedUntil; sealed != nil {
		until, err := sealed(tx, p.SubjectID)
		if err != nil {
			return err
		}
		entry.SealedUntil = until
	}
	return audit.Write(tx, actor, entry)
}

func (p *Proposal) decide(tx postgres.Tx, action Action, checker authz.Actor, reason string) (err error) {
	if p.Status, err = Transitions.Next(p.Status, action); err != nil {
		return err
	}
	now, by := tx.Now(), checker.UserID
	p.CheckerID, p.CheckerName, p.DecidedAt, p.Reason = &by, checker.Name, &now, reason
	return nil
}

func (p *Proposal) withdraw(tx postgres.Tx) (err error) {
	now := tx.Now()
	p.DecidedAt, p.Reason = &now, "经办人撤回"
	p.Status, err = Transitions.Next(p.Status, Withdraw)
	return err
}

// Void ends what waits on a subject because the subject was edited or cancelled.
func Void(tx postgres.Tx, subjectKind string, subjectID uuid.UUID) error {
	return void(tx, subjectKind, subjectID)
}
