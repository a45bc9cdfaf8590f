package loan

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/pledge"
	"ippledge/internal/repayment"
)

// detail reads what the page of a loan shows to this reader.
func (s *Service) detail(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (d Detail, err error) {
	l, err := findListed(tx, actor, id)
	if err != nil {
		return d, err
	}
	d = Detail{
		View: view(actor, l), DayCount: string(l.DayCount), DueDateRule: string(l.DueDateRule), PaymentDay: l.PaymentDay, PenaltyMarkup: l.PenaltyMarkup,
		PenaltyRate: repayment.PenaltyRate(l.AnnualRate, l.PenaltyMarkup), GraceDays: l.GraceDays,
		EffectiveRate:     repayment.Effective365(l.AnnualRate, l.Method, l.DayCount),
		OriginalMaturesOn: l.OriginalMaturesOn, BorrowerSignedName: l.BorrowerSignedName, BorrowerSignedAt: l.BorrowerSignedAt,
		BankSignedName: l.BankSignedName, BankSignedAt: l.BankSignedAt, AcceleratedOn: optional(l.AcceleratedOn), DefaultedOn: optional(l.DefaultedOn),
		RecoveryMeasure: l.RecoveryMeasure, RecoveryReference: l.RecoveryReference, RecoveryStartedOn: optional(l.RecoveryStartedOn),
		Instalments: []InstalmentView{}, Repayments: []RepaymentView{}, Pledges: []PledgeLine{}, Warnings: []string{}, Timeline: []audit.Line{},
	}
	if d.Conditions, err = readConditions(l.Conditions); err != nil {
		return d, err
	}
	if err := d.books(tx, l.Loan); err != nil {
		return d, err
	}
	if err := d.security(tx, l.Loan); err != nil {
		return d, err
	}
	if d.Pending, err = s.approvals.PendingOn(tx, actor, Subject, id); err != nil {
		return d, err
	}
	if d.Documents, err = document.Of(tx, Subject, id); err != nil {
		return d, err
	}
	if actor.ActsFor(l.BorrowerID, l.BankID) || actor.OrgKind == authz.IPBureau || actor.OrgKind == authz.FundManager {
		d.Timeline, err = audit.Timeline(tx, Subject, id)
	}
	return d, err
}

// books adds the schedule, the payments and what is owed today.
func (d *Detail) books(tx postgres.Tx, l Loan) error {
	lines, err := linesOf(tx, l.ID)
	if err != nil {
		return err
	}
	on := today(tx)
	for _, line := range lines {
		d.Instalments = append(d.Instalments, instalmentView(line, on, l.GraceDays))
	}
	all, err := repaymentsOf(tx, l.ID)
	if err != nil {
		return err
	}
	for _, r := range all {
		d.Repayments = append(d.Repayments, repaymentView(r))
	}
	if l.Status.Out() || l.Status == WrittenOff {
		a := account{l, lines}
		owed := a.payoffView(on)
		d.Owed = &owed
	}
	return nil
}

// security adds the pledges, and what about them should worry the bank.
func (d *Detail) security(tx postgres.Tx, l Loan) error {
	all, err := pledge.ForBid(tx, l.BidID)
	if err != nil {
		return err
	}
	for _, p := range all {
		d.Pledges = append(d.Pledges, PledgeLine{p.ID, p.Number, string(p.Status), p.RegistrationNo, p.SecuredAmount, p.RegisteredAmount})
		if p.Status != pledge.Registered || l.Status == Settled {
			continue
		}
		if p.Differs() {
			d.Warnings = append(d.Warnings, "质押 "+p.Number+" 的登记金额与合同担保金额不一致，以登记簿为准")
		}
		if p.DebtDueOn.Before(l.MaturesOn) {
			d.Warnings = append(d.Warnings, "贷款到期日晚于质押 "+p.Number+" 约定的主债权到期日 "+p.DebtDueOn.String()+"，请办理变更或延期登记")
		}
		if !p.RegistrationEndsOn.IsZero() && p.RegistrationEndsOn.Before(l.MaturesOn) {
			d.Warnings = append(d.Warnings, "质押 "+p.Number+" 的登记期限于 "+p.RegistrationEndsOn.String()+" 届满，早于贷款到期日")
		}
	}
	return nil
}

// PayoffOn is what is owed on a day, for those who may see the loan. The day may lie
// ahead, not before the last posting. It fails with payoff_date_invalid.
func (s *Service) PayoffOn(ctx context.Context, actor authz.Actor, id uuid.UUID, on calendar.Date) (p Payoff, err error) {
	err = s.onAccount(ctx, actor, id, func(tx postgres.Tx, a *account) error {
		if on.IsZero() {
			on = today(tx)
		}
		if on.Before(a.DisbursedOn) || on.Before(a.AccruedTo) || on.After(a.MaturesOn.AddMonths(120)) {
			return fault.InField("on", "payoff_date_invalid", "日期 %s 早于放款日或最近一次入账日，或过于遥远", on)
		}
		p = a.payoffView(on)
		return nil
	})
	return p, err
}

// Preview says how a payment would be allocated. It writes nothing.
func (s *Service) Preview(ctx context.Context, actor authz.Actor, id uuid.UUID, step Step) (x Allocation, err error) {
	err = s.onAccount(ctx, actor, id, func(tx postgres.Tx, a *account) error {
		if err := a.move(Repay); err != nil {
			return err
		}
		allocation, err := tryRepay(tx, a, &step)
		if err == nil {
			x = *allocation
		}
		return err
	})
	return x, err
}

func (s *Service) onAccount(ctx context.Context, actor authz.Actor, id uuid.UUID, work func(postgres.Tx, *account) error) error {
	return s.db.Read(ctx, func(tx postgres.Tx) error {
		l, err := findListed(tx, actor, id)
		if err != nil {
			return err
		}
		if l.DisbursedOn.IsZero() {
			return fault.New(fault.Conflict, "loan_not_disbursed", "贷款尚未放款")
		}
		lines, err := linesOf(tx, id)
		if err != nil {
			return err
		}
		return work(tx, &account{l.Loan, lines})
	})
}
