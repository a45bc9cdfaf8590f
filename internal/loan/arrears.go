package loan

import (
	"slices"
	"strings"

	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/pledge"
	"ippledge/internal/repayment"
)

// tryCost adds what the bank laid out to enforce the loan; the borrower owes it first.
func tryCost(_ postgres.Tx, a *account, step *Step) (*Allocation, error) {
	if step.Amount == nil || !step.Amount.IsPositive() {
		return nil, fault.InField("amount", "amount_not_positive", "垫付费用必须大于 0 元")
	}
	if step.Reason = strings.TrimSpace(step.Reason); step.Reason == "" {
		return nil, errReason
	}
	a.CostsDue = a.CostsDue.Add(*step.Amount)
	return nil, nil
}

// tryReclassify lets the bank hold a loan for worse than its days say, or take that back;
// never for better (domain §3.6).
func tryReclassify(tx postgres.Tx, a *account, step *Step) (*Allocation, error) {
	if !slices.Contains(repayment.Classes, step.Class) {
		return nil, fault.InField("class", "class_unknown", "请从五级分类中选择")
	}
	if step.Reason = strings.TrimSpace(step.Reason); step.Reason == "" {
		return nil, errReason
	}
	least := repayment.Classify(a.DaysPastDue)
	if repayment.Worse(least, step.Class) != step.Class {
		return nil, fault.InField("class", "class_better_than_days", "按逾期天数至少应为“%s”，分类不能更高", repayment.ClassText(least))
	}
	if !a.DefaultedOn.IsZero() && !step.Class.NonPerforming() {
		return nil, fault.InField("class", "class_better_than_default", "已认定不良的贷款至少为“次级”")
	}
	a.ClassOverride, a.Class = step.Class, step.Class
	if step.Class == least {
		a.ClassOverride = ""
	}
	return nil, nil
}

func afterReclassify(_ *Service, tx postgres.Tx, a *account, _ done) error {
	return a.publish(tx, "loan.classified", map[string]any{"class": a.Class, "days_past_due": a.DaysPastDue})
}

// tryExtend moves the maturity. The parties ask before it (Civil Code 678); all extensions
// together are no longer than the original term up to a year, half of it beyond [GK]; and
// a registered term of the pledge has to reach that far first.
func tryExtend(tx postgres.Tx, a *account, step *Step) (*Allocation, error) {
	now := today(tx)
	switch {
	case step.MaturesOn == nil:
		return nil, fault.InField("matures_on", "field_required", "请填写展期后的到期日")
	case now.After(a.MaturesOn):
		return nil, fault.New(fault.Rule, "extension_after_maturity", "贷款已于 %s 到期，展期须在到期日之前申请", a.MaturesOn)
	case !step.Consents:
		return nil, fault.InField("consents", "extension_consents_missing", "展期须先取得保证人、出质人的书面同意，请确认后再提交")
	case !a.AcceleratedOn.IsZero():
		return nil, fault.New(fault.Rule, "extension_after_acceleration", "贷款已宣布提前到期，不能展期")
	case !step.MaturesOn.After(a.MaturesOn):
		return nil, fault.InField("matures_on", "extension_not_later", "展期后的到期日应晚于现到期日 %s", a.MaturesOn)
	}
	longest := a.TermMonths
	if longest > 12 {
		longest /= 2
	}
	if limit := a.OriginalMaturesOn.AddMonths(longest); step.MaturesOn.After(limit) {
		return nil, fault.InField("matures_on", "extension_too_long", "累计展期不得超过 %d 个月，最迟为 %s", longest, limit)
	}
	all, err := pledge.ForBid(tx, a.BidID)
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		if p.Status == pledge.Registered && !p.RegistrationEndsOn.IsZero() && p.RegistrationEndsOn.Before(*step.MaturesOn) {
			return nil, fault.New(fault.Rule, "pledge_extension_required", "质押 %s 的登记期限于 %s 届满，请先办理质押延期登记", p.Number, p.RegistrationEndsOn)
		}
	}
	return nil, a.extend(now, *step.MaturesOn)
}

func afterExtend(s *Service, tx postgres.Tx, a *account, d done) error {
	if s.exposure != nil {
		if err := s.exposure.OnExtended(tx, a.ID, d.matured, a.MaturesOn); err != nil {
			return err
		}
	}
	return a.publish(tx, "loan.extended", map[string]any{"matures_on": a.MaturesOn})
}

// tryAccelerate declares the whole loan due (宣布提前到期).
func tryAccelerate(tx postgres.Tx, a *account, step *Step) (*Allocation, error) {
	on, err := step.day(tx, "on")
	if err != nil {
		return nil, err
	}
	if step.Reason = strings.TrimSpace(step.Reason); step.Reason == "" {
		return nil, errReason
	}
	if !a.AcceleratedOn.IsZero() {
		return nil, fault.New(fault.Conflict, "already_accelerated", "贷款已于 %s 宣布提前到期", a.AcceleratedOn)
	}
	if on.Before(a.DisbursedOn) || on.Before(a.AccruedTo) {
		return nil, fault.InField("on", "acceleration_before_last", "宣布日 %s 早于放款日或上一笔入账日", on)
	}
	if ahead, _ := a.ahead(on); ahead.IsZero() {
		return nil, fault.New(fault.Rule, "nothing_to_accelerate", "贷款已全部到期，无需宣布提前到期")
	}
	a.accelerate(on)
	a.StatusReason = step.Reason
	a.assess(today(tx))
	return nil, nil
}

// tryDefault declares the loan non-performing: its class says so, or it was accelerated.
func tryDefault(tx postgres.Tx, a *account, _ *Step) (*Allocation, error) {
	a.assess(today(tx))
	if !a.Class.NonPerforming() && a.AcceleratedOn.IsZero() {
		return nil, fault.New(fault.Rule, "not_non_performing", "五级分类为次级及以下，或已宣布提前到期的贷款，才能认定不良；当前为“%s”，逾期 %d 天",
			repayment.ClassText(a.Class), a.DaysPastDue)
	}
	a.DefaultedOn = today(tx)
	a.ClassOverride = repayment.Worse(repayment.Substandard, a.ClassOverride)
	a.Class = repayment.Worse(a.Class, a.ClassOverride)
	return nil, nil
}

func afterDefault(_ *Service, tx postgres.Tx, a *account, _ done) error {
	if err := a.publish(tx, "loan.classified", map[string]any{"class": a.Class, "days_past_due": a.DaysPastDue}); err != nil {
		return err
	}
	return a.publish(tx, "loan.defaulted", map[string]any{"outstanding": a.Outstanding})
}

// Measures are the ways of recovery, with their Chinese words.
var Measures = map[string]string{"litigation": "诉讼", "arbitration": "仲裁", "bankruptcy": "破产债权申报", "disposal": "处置质物"}

// tryRecover records the suit or the disposal with which recovery begins.
func tryRecover(tx postgres.Tx, a *account, step *Step) (*Allocation, error) {
	on, err := step.day(tx, "on")
	if err != nil {
		return nil, err
	}
	if Measures[step.Measure] == "" {
		return nil, fault.InField("measure", "measure_unknown", "请选择追偿方式：诉讼、仲裁、破产债权申报或处置质物")
	}
	if step.Reference = strings.TrimSpace(step.Reference); step.Reference == "" && step.Measure != "disposal" {
		return nil, fault.InField("reference", "field_required", "请填写受理通知书上的案号")
	}
	a.RecoveryMeasure, a.RecoveryReference, a.RecoveryStartedOn = step.Measure, step.Reference, on
	return nil, nil
}

func afterRecover(_ *Service, tx postgres.Tx, a *account, d done) error {
	if d.step.Measure == "disposal" {
		if err := pledge.OpenDisposal(tx, d.checker, a.BidID); err != nil {
			return err
		}
	}
	return a.publish(tx, "loan.in_recovery", map[string]any{"measure": a.RecoveryMeasure})
}

// tryWriteOff takes the loan off the bank's books. The claim is kept (账销案存).
func tryWriteOff(_ postgres.Tx, a *account, step *Step) (*Allocation, error) {
	if step.Reason = strings.TrimSpace(step.Reason); step.Reason == "" {
		return nil, errReason
	}
	a.StatusReason = step.Reason
	return nil, nil
}
