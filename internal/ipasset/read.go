package ipasset

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/fault"
	"ippledge/internal/org"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

func (s *Service) page(ctx context.Context, actor authz.Actor, r page.Request, f filter) (out page.List[View], err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		rows, err := list(tx, actor, r, f)
		if err != nil {
			return err
		}
		ids := make([]uuid.UUID, len(rows.Items))
		for i, r := range rows.Items {
			ids[i] = r.ID
		}
		open, err := openCounts(tx, ids)
		if err != nil {
			return err
		}
		today := calendar.DateOf(tx.Now())
		out = page.ListOf(rows, func(r row) View { return r.view(actor, today, open[r.ID]) })
		return nil
	})
	return out, err
}

// Detail is the page of a right for one who may see it; asset_not_found otherwise.
func (s *Service) Detail(ctx context.Context, actor authz.Actor, id uuid.UUID) (d Detail, err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		r, err := findRow(tx, actor, id)
		if err != nil {
			return err
		}
		d, err = s.detail(tx, actor, r)
		return err
	})
	return d, err
}

func (s *Service) detail(tx postgres.Tx, actor authz.Actor, r row) (d Detail, err error) {
	a, today := r.Asset, calendar.DateOf(tx.Now())
	d = Detail{
		IPC: a.IPC, ExpiryNote: a.ExpiryNote, Divisional: a.Divisional,
		StatutoryExpiry: optional(StatutoryExpiry(a.Kind, a.FiledOn, a.GrantedOn)), RegisteredOwner: a.RegisteredOwner,
		CoOwned: a.CoOwned, CoOwnersConsent: a.CoOwnersConsent, SameDayFiling: a.SameDayFiling, Preserved: a.Preserved,
		AcknowledgedRisks: a.AcknowledgedRisks, ExtractOn: optional(a.ExtractOn), ProductRevenue: a.ProductRevenue,
		Description: a.Description, Fees: feeViews(a), Prechecks: []Finding{}, Bundle: []BundleView{}, Alerts: []AlertView{},
		Valuations: []Valuation{}, Documents: []document.View{}, Timeline: []audit.Line{},
	}
	if f, unready := fault.From(a.readyToSubmit(today)); unready && a.Status == Draft {
		d.NotReady = f.Message
	}
	if d.Prechecks, d.Bundle, err = findingsOf(tx, a, today); err != nil {
		return d, err
	}
	alerts, err := alertsOn(tx, a.ID)
	if err != nil {
		return d, err
	}
	open := 0
	for _, alert := range alerts {
		if alert.ClosedAt == nil {
			open++
		}
		v := alert.view()
		v.AssetNumber, v.AssetTitle, v.EnterpriseName = a.Number, a.Title, a.OwnerName
		d.Alerts = append(d.Alerts, v)
	}
	d.View = r.view(actor, today, open)
	valuations, err := valuationsOf(tx, a.ID)
	if err != nil {
		return d, err
	}
	d.Valuations = append(d.Valuations, valuations...)
	documents, err := document.Of(tx, Subject, a.ID)
	if err != nil {
		return d, err
	}
	d.Documents = append(d.Documents, documents...)
	if actor.ActsFor(a.OrgID) || actor.OrgKind == authz.IPBureau {
		lines, err := audit.Timeline(tx, Subject, a.ID)
		if err != nil {
			return d, err
		}
		d.Timeline = append(d.Timeline, lines...)
	}
	d.Pending, err = s.approvals.PendingOn(tx, actor, Subject, a.ID)
	return d, err
}

func findingsOf(tx postgres.Tx, a Asset, today calendar.Date) ([]Finding, []BundleView, error) {
	found := append([]Finding{}, Precheck(a, calendar.Date{}, today)...)
	views := []BundleView{}
	bundle, err := BundleOf(tx, a)
	if err != nil {
		return found, views, err
	}
	if warning := BundleFinding(bundle); warning != nil {
		found = append(found, *warning)
	}
	for _, b := range bundle {
		views = append(views, BundleView{b.ID, b.Title, b.No(), b.Status})
	}
	return found, views, nil
}

// Checked is what can be said of an entry while it is being typed.
type Checked struct {
	Problems        []fault.Field  `json:"problems" nullable:"false" doc:"填写有误之处；空为可以保存"`
	RightNo         string         `json:"right_no" doc:"规范写法"`
	StatutoryExpiry *calendar.Date `json:"statutory_expires_on,omitempty" doc:"法定期限届满日"`
	Upkeep          UpkeepView     `json:"upkeep"`
	Findings        []Finding      `json:"findings" nullable:"false" doc:"出质预检发现的问题"`
}

// Check says what is wrong with an entry and what the register would object to. It
// writes nothing; id is the right being edited, or nil.
func (s *Service) Check(ctx context.Context, actor authz.Actor, e Entry, id uuid.UUID) (out Checked, err error) {
	out = Checked{Problems: []fault.Field{}, Findings: []Finding{}}
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		by, err := org.Find(tx, actor.OrgID)
		if err != nil {
			return err
		}
		today := calendar.DateOf(tx.Now())
		a := Asset{ID: id, OrgID: by.ID, OwnerName: by.Name, Status: Draft}
		if err := e.fill(&a, owner{by.Kind, by.Name}, today); err != nil {
			f, ours := fault.From(err)
			if !ours {
				return err
			}
			out.Problems = append(out.Problems, f.Fields...)
		}
		if a.RightNo != "" {
			taken, err := rightTaken(tx, a)
			if err != nil {
				return err
			}
			if taken {
				out.Problems = append(out.Problems, errAlreadyThere.Fields...)
			}
			out.RightNo = a.No()
		}
		out.StatutoryExpiry = optional(StatutoryExpiry(a.Kind, a.FiledOn, a.GrantedOn))
		out.Upkeep = upkeepView(UpkeepOf(a, today))
		if len(out.Problems) == 0 {
			out.Findings, _, err = findingsOf(tx, a, today)
		}
		return err
	})
	return out, err
}
