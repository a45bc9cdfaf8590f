package ipasset

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/calendar"
	"ippledge/internal/event"
	"ippledge/internal/platform/postgres"
)

// Severity is how much a pledgee should worry (domain §2.3).
type Severity string

// The severities, in ascending order.
const (
	Amber    Severity = "amber"
	Red      Severity = "red"
	Critical Severity = "critical"
)

// Kinds of alert that Watch raises and closes by itself. Other packages raise theirs
// through Raise and close them through CloseAlert.
const (
	AlertFee       = "fee_due"
	AlertRenewal   = "renewal_due"
	AlertLapsed    = "lapsed"
	AlertExpired   = "expired"
	AlertInvalid   = "invalidated"
	AlertChallenge = "invalidation_filed"
	AlertPreserved = "preserved"
	AlertMaturity  = "expiry_near_maturity"

	// AlertValuation is raised by package valuation: the last report is out of date.
	AlertValuation = "valuation_stale"
)

var watched = []string{AlertFee, AlertRenewal, AlertLapsed, AlertExpired, AlertInvalid, AlertChallenge, AlertPreserved, AlertMaturity}

// Alert is something in a right's life that endangers it as collateral.
type Alert struct {
	ID       uuid.UUID
	AssetID  uuid.UUID
	Kind     string
	Severity Severity
	// Step names the stage reached ("90", "30", "7", "overdue"); each new one is told again.
	Step     string
	Message  string
	DueOn    calendar.Date
	RaisedAt time.Time
	ClosedAt *time.Time
}

// noticeSteps are the days before a due date on which people are reminded.
var noticeSteps = []int{7, 30, 90}

// maturityMonths is how much longer than the debt a patent should live (domain §2.3).
const maturityMonths = 6

// alertsOf is what should be open on a right on a day. maturity is the latest maturity of
// a loan that it secures, or the zero date.
func alertsOf(a Asset, maturity, on calendar.Date) []Alert {
	held := a.HeldBefore == Pledged || a.HeldBefore == InDisposal || a.HeldBefore == Reserved
	if a.Status == Invalid && held {
		return []Alert{{Kind: AlertInvalid, Severity: Critical, Message: a.Label() + "已被宣告无效，请在 10 个工作日内补充担保"}}
	}
	if !a.IsLive() {
		return nil
	}
	if a.Status == Lapsed {
		return []Alert{{Kind: AlertLapsed, Severity: Critical, Message: a.Label() + "已失效，请核实能否恢复，已出质的须在 10 个工作日内补充担保"}}
	}
	if pastLife(a.Kind, a.ExpiresOn, on) {
		return []Alert{{Kind: AlertExpired, Severity: Critical, DueOn: a.ExpiresOn, Message: a.Label() + "已于 " + a.ExpiresOn.String() + " 期满"}}
	}
	var out []Alert
	if due := upkeepAlert(a, on); due != nil {
		out = append(out, *due)
	}
	if a.InvalidationPending {
		out = append(out, Alert{Kind: AlertChallenge, Severity: Amber, Message: a.Label() + "已被提起无效宣告（撤销）程序"})
	}
	if a.Preserved || a.Status == Frozen {
		out = append(out, Alert{Kind: AlertPreserved, Severity: Critical, Message: a.Label() + "被保全、查封或因权属纠纷中止"})
	}
	if a.Kind.IsPatent() && !maturity.IsZero() && a.ExpiresOn.Before(maturity.AddMonths(maturityMonths)) {
		out = append(out, Alert{Kind: AlertMaturity, Severity: Amber, DueOn: a.ExpiresOn,
			Message: fmt.Sprintf("%s于 %s 期满，距所担保贷款到期日 %s 不足 %d 个月", a.Label(), a.ExpiresOn, maturity, maturityMonths)})
	}
	return out
}

func upkeepAlert(a Asset, on calendar.Date) *Alert {
	u := UpkeepOf(a, on)
	mark := a.Kind.IsMark()
	alert := &Alert{Kind: AlertFee, Severity: Amber, DueOn: u.DueOn}
	if mark {
		alert.Kind = AlertRenewal
	}
	switch u.State {
	case UpkeepDue:
		alert.Step = stepBefore(u.DueOn, on)
		alert.Message = fmt.Sprintf("%s第 %d 年度年费应于 %s 前缴纳", a.Label(), u.PatentYear, u.DueOn)
		if mark {
			alert.Message = fmt.Sprintf("%s有效期至 %s，可自 %s 起办理续展", a.Label(), u.DueOn, u.OpensOn)
		}
	case UpkeepSurcharge:
		alert.Severity, alert.Step, alert.DueOn = Red, "overdue", u.LastOn
		alert.Message = fmt.Sprintf("%s年费已逾期，可在 %s 前补缴年费及滞纳金，逾期不缴专利权自 %s 起终止", a.Label(), u.LastOn, u.DueOn)
		if mark {
			alert.Message = fmt.Sprintf("%s已期满，宽展期至 %s，不续展将被注销", a.Label(), u.LastOn)
		}
	case UpkeepMissed:
		alert.Severity, alert.Step, alert.DueOn = Critical, "missed", u.LastOn
		alert.Message = fmt.Sprintf("%s年费滞纳期已于 %s 届满仍无缴费记录，专利权可能已终止，请核实", a.Label(), u.LastOn)
	default:
		return nil
	}
	return alert
}

func stepBefore(due, on calendar.Date) string {
	for _, days := range noticeSteps {
		if !on.Before(due.AddDays(-days)) {
			return fmt.Sprint(days)
		}
	}
	return "open"
}

// Raise opens an alert on a right, or brings the open one of its kind up to date. People
// are told when it is new, and again when its severity or step changes. It tells whether
// they were.
func Raise(tx postgres.Tx, alert Alert) (told bool, err error) {
	open, found, err := openAlert(tx, alert.AssetID, alert.Kind)
	if err != nil {
		return false, err
	}
	if found && open.Severity == alert.Severity && open.Step == alert.Step && open.Message == alert.Message && open.DueOn == alert.DueOn {
		return false, nil
	}
	told = !found || open.Severity != alert.Severity || open.Step != alert.Step
	if found {
		alert.ID, alert.RaisedAt = open.ID, open.RaisedAt
		err = updateAlert(tx, alert)
	} else {
		if alert.ID, err = uuid.NewV7(); err != nil {
			return false, err
		}
		alert.RaisedAt = tx.Now()
		err = insertAlert(tx, alert)
	}
	if err != nil || !told {
		return false, err
	}
	a, err := Find(tx, alert.AssetID)
	if err != nil {
		return false, err
	}
	return true, event.Publish(tx, "ip_alert.raised", map[string]any{
		"alert_id": alert.ID, "asset_id": a.ID, "org_id": a.OrgID, "kind": alert.Kind, "severity": alert.Severity, "message": alert.Message,
	})
}

// CloseAlert closes the open alert of a kind on a right, if there is one.
func CloseAlert(tx postgres.Tx, assetID uuid.UUID, kind string) error {
	return closeAlerts(tx, assetID, []string{kind}, nil)
}
