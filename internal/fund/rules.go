package fund

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
)

type rules struct {
	Shares *policy.Shares `json:"shares,omitempty" doc:"自定的分担比例；不填表示改回按政策"`
}

// ChangeRules proposes other loss shares for a sub-fund, nil to follow the policy again.
// What is enrolled already keeps its shares.
func (s *Service) ChangeRules(ctx context.Context, actor authz.Actor, id uuid.UUID, shares *policy.Shares) (f Fund, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.FundOpen); err != nil {
			return err
		}
		if f, err = Lock(tx, id); err != nil {
			return err
		}
		if f.Status != Active || f.Code == CityCode {
			return fault.New(fault.Rule, "fund_rules_fixed", "只有运行中的子基金可以自定分担比例，市级基金按政策版本执行")
		}
		if err := checkShares(shares); err != nil {
			return err
		}
		_, err := s.approvals.Propose(tx, actor, approval.Draft{
			Kind: kindRules, SubjectID: f.ID, SubjectVersion: f.Version, Title: f.Name + " 调整分担比例", Payload: rules{shares},
		})
		if err != nil {
			return err
		}
		return audit.Record(tx, actor, "fund.rules_propose", fundSubject, f.ID, rules{shares})
	})
	return f, err
}

type custody struct {
	CustodyBank string `json:"custody_bank" maxLength:"60" doc:"托管银行"`
}

// ChangeCustody proposes the bank that holds the fund's money, which is agreed on after
// the fund was set up, or changed later.
func (s *Service) ChangeCustody(ctx context.Context, actor authz.Actor, id uuid.UUID, bank string) (f Fund, err error) {
	bank = strings.TrimSpace(bank)
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.FundOpen); err != nil {
			return err
		}
		if bank == "" {
			return fault.InField("custody_bank", "field_required", "请填写托管银行名称")
		}
		if f, err = Lock(tx, id); err != nil {
			return err
		}
		if f.Status != Active {
			return errFundClosed
		}
		_, err := s.approvals.Propose(tx, actor, approval.Draft{
			Kind: kindCustody, SubjectID: f.ID, SubjectVersion: f.Version, Title: f.Name + " 托管银行：" + bank, Payload: custody{bank},
		})
		if err != nil {
			return err
		}
		return audit.Record(tx, actor, "fund.custody_propose", fundSubject, f.ID, custody{bank})
	})
	return f, err
}

func (s *Service) applyCustody(tx postgres.Tx, p approval.Proposal, _, checker authz.Actor) error {
	f, err := Lock(tx, p.SubjectID)
	if err != nil {
		return err
	}
	var change custody
	if err := p.Decode(&change); err != nil {
		return err
	}
	f.CustodyBank = change.CustodyBank
	if err := saveFund(tx, &f); err != nil {
		return err
	}
	return audit.Record(tx, checker, "fund.custody", fundSubject, f.ID, change)
}

func (s *Service) fundKinds() []approval.Kind {
	subject := func(tx postgres.Tx, id uuid.UUID) (int64, error) {
		f, err := Lock(tx, id)
		return f.Version, err
	}
	return []approval.Kind{
		{
			Name: kindOpen, Text: "设立子基金", SubjectKind: fundSubject, Check: authz.FundOpenCheck, Subject: subject,
			Apply: func(tx postgres.Tx, p approval.Proposal, _, checker authz.Actor) error {
				return s.decideFund(tx, p.SubjectID, open, checker, "")
			},
			Undo: func(tx postgres.Tx, p approval.Proposal, checker authz.Actor, reason string) error {
				return s.decideFund(tx, p.SubjectID, refuse, checker, reason)
			},
			Link: FundLink,
		},
		{
			Name: kindRules, Text: "调整子基金分担规则", SubjectKind: fundSubject, Check: authz.FundOpenCheck, Subject: subject,
			Apply: s.applyRules, Link: FundLink,
		},
		{
			Name: kindCustody, Text: "登记托管银行", SubjectKind: fundSubject, Check: authz.FundOpenCheck, Subject: subject,
			Apply: s.applyCustody, Link: FundLink,
		},
	}
}

func (s *Service) decideFund(tx postgres.Tx, id uuid.UUID, a FundAction, checker authz.Actor, reason string) error {
	f, err := Lock(tx, id)
	if err != nil {
		return err
	}
	if f.Status, err = FundTransitions.Next(f.Status, a); err != nil {
		return err
	}
	f.StatusReason = reason
	if f.Status == Closed {
		f.Code += "-" + f.ID.String()[24:] // leaves the code free for another try
	}
	if err := saveFund(tx, &f); err != nil {
		return err
	}
	if err := audit.Record(tx, checker, "fund."+string(a), fundSubject, f.ID, map[string]any{"reason": reason}); err != nil {
		return err
	}
	return event.Publish(tx, "fund.decided", map[string]any{"fund_id": f.ID, "status": f.Status})
}

func (s *Service) applyRules(tx postgres.Tx, p approval.Proposal, _, checker authz.Actor) error {
	f, err := Lock(tx, p.SubjectID)
	if err != nil {
		return err
	}
	var change rules
	if err := p.Decode(&change); err != nil {
		return err
	}
	f.Shares = change.Shares
	if err := saveFund(tx, &f); err != nil {
		return err
	}
	return audit.Record(tx, checker, "fund.rules", fundSubject, f.ID, change)
}
