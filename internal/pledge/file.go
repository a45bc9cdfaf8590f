package pledge

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/bid"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/fault"
	"ippledge/internal/ipasset"
	"ippledge/internal/platform/postgres"
)

// OfficeDays is how long the office takes, in working days: our reminder, not its promise
// (domain §1.3: three days seen at one window, five recalled from the rule).
const OfficeDays = 5

// Finding is a ground on which the register would refuse one of the rights.
type Finding struct {
	AssetID    uuid.UUID `json:"asset_id"`
	AssetTitle string    `json:"asset_title"`
	ipasset.Finding
}

// Filing is what is recorded when both parties have filed with the office.
type Filing struct {
	FiledOn *calendar.Date `json:"filed_on,omitempty" doc:"申报日期，不填为今天"`
	// Dissimilar says why marks that look similar by their names are not; it lets the
	// filing pass where the names aren't the same.
	Dissimilar string `json:"dissimilar,omitempty" maxLength:"500" doc:"名称相近而未一并出质的商标不构成近似的理由；名称相同的商标必须一并出质"`
}

// precheck looks at every right as the register would (P01–P12, T1–T5), for the debt's
// last day, as of a day. The rights are those of the pledge; explained says that the bank
// has given its reasons why marks with like names aren't similar.
func precheck(tx postgres.Tx, p Pledge, on calendar.Date, explained bool) ([]Finding, error) {
	ids, err := assetIDs(tx, p.ID)
	if err != nil {
		return nil, err
	}
	assets, err := ipasset.FindMany(tx, ids)
	if err != nil {
		return nil, err
	}
	held, err := heldElsewhere(tx, p.ID, ids)
	if err != nil {
		return nil, err
	}
	out, marks := []Finding{}, 0
	for _, a := range assets {
		found := ipasset.Precheck(a, p.DebtDueOn, on)
		already := slices.ContainsFunc(found, func(f ipasset.Finding) bool { return f.Code == "P09" })
		if number := held[a.ID]; number != "" && !already {
			found = append(found, ipasset.Finding{Code: "P09", Text: "已在质押合同 " + number + " 项下办理质押登记", Blocking: true})
		}
		if p.Status.InForce() {
			// What P09 finds then is this very pledge.
			found = slices.DeleteFunc(found, func(f ipasset.Finding) bool { return f.Code == "P09" })
		}
		bundle, err := bundleFinding(tx, a, ids, explained)
		if err != nil {
			return nil, err
		}
		if bundle != nil {
			found = append(found, *bundle)
		}
		if a.Kind.IsMark() {
			marks++
		}
		for _, f := range found {
			out = append(out, Finding{a.ID, a.Title, f})
		}
	}
	if marks > 0 && marks < len(assets) {
		// Patents and marks are two registers with a certificate each; how a bank bundles
		// its contracts is its own affair, so this only warns.
		out = append(out, Finding{AssetTitle: "质押组合", Finding: ipasset.Finding{Code: "P12", Text: "专利与商标须分别办理质押登记，建议各签一份质押合同"}})
	}
	return out, nil
}

// bundleFinding names the marks that must be pledged together with this one and aren't:
// the office registers identical and similar marks on the same or similar goods together
// only (domain §1.4, art. 3). Marks of the same name always block.
func bundleFinding(tx postgres.Tx, a ipasset.Asset, pledged []uuid.UUID, explained bool) (*ipasset.Finding, error) {
	bundle, err := ipasset.BundleOf(tx, a)
	if err != nil {
		return nil, err
	}
	left := slices.DeleteFunc(bundle, func(b ipasset.Asset) bool { return slices.Contains(pledged, b.ID) })
	found := ipasset.BundleFinding(left)
	if found == nil {
		return nil, nil
	}
	same := slices.ContainsFunc(left, func(b ipasset.Asset) bool { return ipasset.SameMark(a, b) })
	found.Blocking = same || !explained
	found.Text += "。依据《注册商标专用权质押登记程序规定》第三条，未列入本质押的不予登记"
	if !same {
		found.Text += "；经核对不构成近似的，请在申报时说明理由"
	}
	return found, nil
}

func refuseBlocking(found []Finding) error {
	f := fault.New(fault.Rule, "precheck_blocking", "登记预检未通过，请先处理后再申报")
	var texts []string
	for _, one := range found {
		if one.Blocking {
			f.Fields = append(f.Fields, fault.Field{Field: one.AssetTitle, Code: "precheck_" + strings.ToLower(one.Code), Message: one.Text})
			texts = append(texts, one.AssetTitle+"："+one.Text)
		}
	}
	if len(texts) == 0 {
		return nil
	}
	f.Message += "：" + strings.Join(texts, "；")
	return f
}

// File records that both parties filed with the office. From here on the rights are held:
// asset_already_pledged when another pledge was faster. It fails with
// pledgor_consent_missing and with precheck_blocking.
func (s *Service) File(ctx context.Context, actor authz.Actor, id uuid.UUID, f Filing) (Pledge, error) {
	return s.change(ctx, actor, authz.PledgeDraft, id, File, func(tx postgres.Tx, p *Pledge) error {
		if p.ConsentedAt == nil {
			return errNoConsent
		}
		b, err := bid.Find(tx, p.BidID)
		if err != nil {
			return err
		}
		if !approved(b) {
			return errNotApproved
		}
		if p.FiledOn, err = pastDay(tx, f.FiledOn, "filed_on"); err != nil {
			return err
		}
		found, err := precheck(tx, *p, today(tx), strings.TrimSpace(f.Dissimilar) != "")
		if err != nil {
			return err
		}
		if err := refuseBlocking(found); err != nil {
			return err
		}
		if err := setLive(tx, p.ID, true); err != nil {
			return err
		}
		return s.keep(tx, actor, p, "pledge.file", "pledge.filed", map[string]any{"filed_on": p.FiledOn, "dissimilar": strings.TrimSpace(f.Dissimilar)})
	})
}

// Correct records that the office asked for corrections; its clock restarts with Refile.
func (s *Service) Correct(ctx context.Context, actor authz.Actor, id uuid.UUID, reason string) (Pledge, error) {
	if reason = strings.TrimSpace(reason); reason == "" {
		return Pledge{}, errReason
	}
	return s.change(ctx, actor, authz.PledgeDraft, id, Correct, func(tx postgres.Tx, p *Pledge) error {
		p.StatusReason = reason
		return s.keep(tx, actor, p, "pledge.correct", "pledge.correction", map[string]any{"reason": reason})
	})
}

// Refile records that the corrections were handed in.
func (s *Service) Refile(ctx context.Context, actor authz.Actor, id uuid.UUID, documents []uuid.UUID) (Pledge, error) {
	return s.change(ctx, actor, authz.PledgeDraft, id, Refile, func(tx postgres.Tx, p *Pledge) error {
		p.FiledOn, p.StatusReason = today(tx), ""
		if err := document.Link(tx, actor, documents, Subject, p.ID, "correction"); err != nil {
			return err
		}
		return s.keep(tx, actor, p, "pledge.refile", "pledge.filed", map[string]any{"filed_on": p.FiledOn})
	})
}

// Grounds are the codes under which the office refuses (domain §1.3, §1.4).
var Grounds = []string{
	"P01", "P02", "P03", "P04", "P05", "P06", "P07", "P08", "P09", "P10", "P11", "P12", "T1", "T2", "T3", "T4", "T5",
}

// RefuseRegistration records the office's refusal with its ground. The rights are free again.
func (s *Service) RefuseRegistration(ctx context.Context, actor authz.Actor, id uuid.UUID, ground, reason string) (Pledge, error) {
	if !slices.Contains(Grounds, ground) {
		return Pledge{}, fault.InField("ground", "ground_unknown", "请选择不予登记的情形（P01–P12、T1–T5）")
	}
	return s.change(ctx, actor, authz.PledgeDraft, id, Refuse, func(tx postgres.Tx, p *Pledge) error {
		p.RefusalGround, p.StatusReason = ground, strings.TrimSpace(reason)
		if err := setLive(tx, p.ID, false); err != nil {
			return err
		}
		return s.keep(tx, actor, p, "pledge.refuse", "pledge.refused", map[string]any{"ground": ground, "reason": reason})
	})
}

// keep saves, records and publishes.
func (s *Service) keep(tx postgres.Tx, actor authz.Actor, p *Pledge, action, name string, detail map[string]any) error {
	if err := save(tx, p); err != nil {
		return err
	}
	if err := audit.Record(tx, actor, action, Subject, p.ID, detail); err != nil {
		return err
	}
	return p.publish(tx, name)
}

// pastDay is the day given, or today; a day still to come is refused.
func pastDay(tx postgres.Tx, given *calendar.Date, field string) (calendar.Date, error) {
	now := today(tx)
	switch {
	case given == nil || given.IsZero():
		return now, nil
	case given.After(now):
		return *given, fault.InField(field, "date_in_future", "日期 %s 尚未到来，请核对", *given)
	}
	return *given, nil
}
