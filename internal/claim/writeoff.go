package claim

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/fund"
	"ippledge/internal/ledger"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// decision is one line of how a recovery was found exhausted and written off.
type decision struct {
	ID          uuid.UUID
	RecoveryID  uuid.UUID
	Step        string
	Verdict     string
	Amount      *money.Amount
	Opinion     string
	MakerID     uuid.UUID
	MakerName   string
	MakerOrg    string
	CheckerID   *uuid.UUID
	CheckerName string
	CheckerOrg  string
	DecidedAt   time.Time
}

func (r *pursuit) note(tx postgres.Tx, by signers, name, verdict, opinion string) (err error) {
	amount := r.bearer(SeatFund).open()
	d := decision{
		RecoveryID: r.ID, Step: name, Verdict: verdict, Amount: &amount, Opinion: opinion, DecidedAt: tx.Now(),
		MakerID: by.maker.UserID, MakerName: by.maker.Name, MakerOrg: by.maker.OrgName,
	}
	if !by.checker.IsSystem() {
		d.CheckerID, d.CheckerName, d.CheckerOrg = &by.checker.UserID, by.checker.Name, by.checker.OrgName
		if d.MakerOrg == "" {
			d.MakerOrg = by.checker.OrgName
		}
	}
	if d.ID, err = uuid.NewV7(); err != nil {
		return err
	}
	return insertDecision(tx, d)
}

// Ruling is what ends the pursuit.
type Ruling struct {
	Kind        string        `json:"kind" enum:"terminated,bankruptcy_ended" doc:"终结本次执行裁定、破产程序终结裁定"`
	No          string        `json:"no" maxLength:"100" doc:"裁定书文号"`
	On          calendar.Date `json:"on" doc:"裁定日期"`
	Opinion     string        `json:"opinion" maxLength:"2000" doc:"追偿经过与结论"`
	DocumentIDs []uuid.UUID   `json:"document_ids,omitempty" doc:"裁定书等"`
}

var exhaustStep = recoveryStep[Ruling]{
	action: Exhaust, text: "认定追偿终结", make: authz.ClaimFile, check: authz.ClaimFileCheck,
	proves: func(r Ruling) []uuid.UUID { return r.DocumentIDs },
	try: func(_ *Service, tx postgres.Tx, _ *pursuit, in *Ruling) error {
		in.No, in.Opinion = strings.TrimSpace(in.No), strings.TrimSpace(in.Opinion)
		var c fault.Collector
		if !known(RulingKinds, in.Kind) {
			c.Add("kind", "ruling_missing", "请选择裁定种类：终结本次执行或破产程序终结")
		}
		if in.No == "" {
			c.Add("no", "ruling_missing", "请填写裁定书文号")
		}
		if in.Opinion == "" {
			c.Add("opinion", "opinion_required", "请填写追偿经过与结论")
		}
		if len(in.DocumentIDs) == 0 {
			c.Add("document_ids", "ruling_document_missing", "请上传裁定书")
		}
		inPast(tx, &c, "on", in.On)
		return c.Err()
	},
	take: func(_ *Service, tx postgres.Tx, r *pursuit, in Ruling, by signers) error {
		if err := r.move(Exhaust); err != nil {
			return err
		}
		r.RulingKind, r.RulingNo, r.RulingOn = in.Kind, in.No, &in.On
		if err := r.note(tx, by, "exhaust", verdictPass, in.Opinion); err != nil {
			return err
		}
		return saveRecovery(tx, &r.Recovery)
	},
}

// Exhaust records the court's ruling that nothing more can be had for now.
func (s *Service) Exhaust(ctx context.Context, actor authz.Actor, id uuid.UUID, in Ruling) (Recovery, error) {
	return proposeRecovery(ctx, s, exhaustStep, actor, id, in)
}

// Verdict is what a house says on a write-off.
type Verdict struct {
	Agreed  bool   `json:"agreed" doc:"同意核销；否则退回"`
	Opinion string `json:"opinion" maxLength:"2000" doc:"意见"`
}

func tryVerdict(_ *Service, _ postgres.Tx, _ *pursuit, v *Verdict) error {
	if v.Opinion = strings.TrimSpace(v.Opinion); v.Opinion == "" {
		return errOpinion
	}
	return nil
}

var applyWriteoffStep = recoveryStep[Verdict]{
	action: ApplyWriteoff, text: "申请核销", make: authz.ClaimManage, check: authz.ClaimManageSign, try: tryVerdict,
	take: func(_ *Service, tx postgres.Tx, r *pursuit, v Verdict, by signers) error {
		if err := r.move(ApplyWriteoff); err != nil {
			return err
		}
		r.StatusReason = ""
		if err := r.note(tx, by, "apply", verdictPass, v.Opinion); err != nil {
			return err
		}
		return saveRecovery(tx, &r.Recovery)
	},
}

var endorseWriteoffStep = recoveryStep[Verdict]{
	action: EndorseWriteoff, text: "审定核销", make: authz.ClaimDecide, check: authz.ClaimDecideSign, try: tryVerdict,
	take: func(_ *Service, tx postgres.Tx, r *pursuit, v Verdict, by signers) error {
		a, verdict := EndorseWriteoff, verdictPass
		if !v.Agreed {
			a, verdict, r.StatusReason = ReturnWriteoff, verdictReturn, v.Opinion
		}
		if err := r.move(a); err != nil {
			return err
		}
		if err := r.note(tx, by, "endorse", verdict, v.Opinion); err != nil {
			return err
		}
		return saveRecovery(tx, &r.Recovery)
	},
}

// ApplyForWriteoff is the manager asking to write the fund's remaining loss off.
func (s *Service) ApplyForWriteoff(ctx context.Context, actor authz.Actor, id uuid.UUID, opinion string) (Recovery, error) {
	return proposeRecovery(ctx, s, applyWriteoffStep, actor, id, Verdict{true, opinion})
}

// DecideWriteoff is the IP bureau's half of the decision.
func (s *Service) DecideWriteoff(ctx context.Context, actor authz.Actor, id uuid.UUID, v Verdict) (Recovery, error) {
	return proposeRecovery(ctx, s, endorseWriteoffStep, actor, id, v)
}

// SettleWriteoff is the finance bureau's half: agreed, the loss leaves the losses still
// pursued; the duty to recover stays (账销案存).
func (s *Service) SettleWriteoff(ctx context.Context, actor authz.Actor, id uuid.UUID, v Verdict) (out Recovery, err error) {
	a := ConfirmWriteoff
	if !v.Agreed {
		a = ReturnWriteoff
	}
	err = s.pursue(ctx, actor, authz.ClaimConfirm, id, a, func(tx postgres.Tx, r *pursuit) error {
		if err := tryVerdict(s, tx, r, &v); err != nil {
			return err
		}
		if r.Status != WriteoffEndorsed { // before the bureau's decision it isn't the finance bureau's turn
			_, err := RecoveryTransitions.Next(r.Status, ConfirmWriteoff)
			return err
		}
		endorsed, err := lastDecision(tx, id, "endorse")
		if err != nil {
			return err
		}
		if endorsed.MakerID == actor.UserID || endorsed.CheckerID != nil && *endorsed.CheckerID == actor.UserID {
			return errSamePerson
		}
		bureau := authz.Actor{UserID: *endorsed.CheckerID, Name: endorsed.CheckerName, OrgName: endorsed.CheckerOrg}
		by, verdict, told := signers{bureau, actor}, verdictPass, "recovery.written_off"
		if !v.Agreed {
			by, verdict, told, r.StatusReason = signers{maker: actor}, verdictReturn, "recovery.writeoff_returned", v.Opinion
		}
		if err := r.note(tx, by, "confirm", verdict, v.Opinion); err != nil {
			return err
		}
		if v.Agreed {
			if err := r.writeOff(tx, by); err != nil {
				return err
			}
		}
		if err := r.move(a); err != nil {
			return err
		}
		if err := saveRecovery(tx, &r.Recovery); err != nil {
			return err
		}
		if err := audit.Record(tx, actor, "recovery."+string(a), RecoverySubject, id, map[string]any{"opinion": v.Opinion, "amount": r.WrittenOff}); err != nil {
			return err
		}
		out = r.Recovery
		return r.publish(tx, told, map[string]any{"amount": r.WrittenOff, "message": v.Opinion})
	})
	return out, err
}

// writeOff posts what the fund has lost for good.
func (r *pursuit) writeOff(tx postgres.Tx, by signers) error {
	on := today(tx)
	r.WrittenOff, r.WrittenOffOn = r.bearer(SeatFund).open(), &on
	if !r.WrittenOff.IsPositive() {
		return nil // only others still lack something
	}
	book, err := fund.Lock(tx, r.FundID)
	if err != nil {
		return err
	}
	_, err = ledger.Post(tx, ledger.WriteOff(book.BookID, by.maker, by.checker, r.Number, on, r.WrittenOff))
	return err
}
