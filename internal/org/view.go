package org

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/document"
	"ippledge/internal/identifier"
	"ippledge/internal/platform/postgres"
)

// View is an organisation as clients see it. Contacts are masked for others than itself
// (domain §9.2); who needs them gives a reason, and that is on record.
type View struct {
	ID                  uuid.UUID      `json:"id"`
	Number              string         `json:"number"`
	Kind                authz.OrgKind  `json:"kind" enum:"enterprise,gi_registrant,bank,appraisal_firm,guarantor,insurer,ip_bureau,finance_bureau,fund_manager,expert_pool,financial_office,platform"`
	Name                string         `json:"name"`
	USCC                string         `json:"uscc"`
	USCCOverridden      bool           `json:"uscc_overridden" doc:"证照上的末位校验码与规则不符，由两人核对扫描件"`
	AreaCode            string         `json:"area_code"`
	AreaName            string         `json:"area_name"`
	ParkCode            string         `json:"park_code,omitempty"`
	ParkName            string         `json:"park_name,omitempty"`
	Address             string         `json:"address"`
	LegalRepresentative string         `json:"legal_representative"`
	ContactName         string         `json:"contact_name"`
	ContactMobile       string         `json:"contact_mobile"`
	Masked              bool           `json:"masked" doc:"联系人信息已掩码"`
	EstablishedOn       *calendar.Date `json:"established_on,omitempty"`
	Scale               string         `json:"scale" enum:",micro,small,medium,large"`
	HighTech            bool           `json:"high_tech"`
	Specialised         bool           `json:"specialised"`
	Industry            string         `json:"industry"`
	FilingNo            string         `json:"filing_no"`
	CNAPS               string         `json:"cnaps"`
	Status              Status         `json:"status" enum:"draft,submitted,admitted,returned,suspended,closed"`
	StatusReason        string         `json:"status_reason"`
	ConsentedAt         *time.Time     `json:"consented_at,omitempty"`
	AdmittedAt          *time.Time     `json:"admitted_at,omitempty"`
	CreatedAt           time.Time      `json:"created_at"`
	Version             int64          `json:"version"`
	AvailableActions    []string       `json:"available_actions" nullable:"false"`
}

// Detail is a View with what its page shows besides.
type Detail struct {
	View
	Timeline        []audit.Line          `json:"timeline" nullable:"false"`
	PendingApproval *approval.PendingView `json:"pending_approval,omitempty"`
	Documents       []document.View       `json:"documents" nullable:"false"`
}

var owners = []authz.OrgKind{authz.Enterprise, authz.GIRegistrant}

// visibleStatuses are those in which others than the bureau see an organisation: once it
// was admitted, its business stays readable.
var visibleStatuses = []Status{Admitted, Suspended, Closed}

// seesEnterprises tells whether the actor's house deals with enterprises at all; one
// enterprise does not see the others.
func seesEnterprises(a authz.Actor) bool {
	switch a.OrgKind {
	case authz.Bank, authz.IPBureau, authz.FinanceBureau, authz.FundManager, authz.Observer, authz.Platform, authz.Guarantor, authz.Insurer:
		return true
	}
	return false
}

func (o Organization) visibleTo(a authz.Actor) bool {
	administrator := a.Has(authz.SystemAdmin) || a.Has(authz.SecurityAdmin) || a.Has(authz.AuditAdmin)
	switch {
	case a.ActsFor(o.ID), a.Can(authz.OrgHandle), a.Can(authz.OrgCheck), administrator:
		return true
	case !slices.Contains(visibleStatuses, o.Status):
		return false
	}
	return !slices.Contains(owners, o.Kind) || seesEnterprises(a)
}

func (o Organization) view(actor authz.Actor, areas map[string]string, pending bool) View {
	v := View{
		ID: o.ID, Number: o.Number, Kind: o.Kind, Name: o.Name, USCCOverridden: o.USCCOverridden,
		AreaCode: o.AreaCode, AreaName: areas[o.AreaCode], Address: o.Address,
		LegalRepresentative: o.LegalRepresentative, ContactName: o.ContactName, ContactMobile: o.ContactMobile,
		EstablishedOn: o.EstablishedOn, Scale: o.Scale, HighTech: o.HighTech, Specialised: o.Specialised,
		Industry: o.Industry, FilingNo: o.FilingNo, Status: o.Status, StatusReason: o.StatusReason,
		ConsentedAt: o.ConsentedAt, AdmittedAt: o.AdmittedAt, CreatedAt: o.CreatedAt, Version: o.Version,
		AvailableActions: o.actions(actor, pending),
	}
	if o.USCC != nil {
		v.USCC = *o.USCC
	}
	if o.ParkCode != nil {
		v.ParkCode, v.ParkName = *o.ParkCode, areas[*o.ParkCode]
	}
	if o.CNAPS != nil {
		v.CNAPS = *o.CNAPS
	}
	if !actor.ActsFor(o.ID) {
		v.mask()
	}
	return v
}

func (v *View) mask() {
	v.Masked = true
	v.LegalRepresentative = identifier.MaskName(v.LegalRepresentative)
	v.ContactName = identifier.MaskName(v.ContactName)
	v.ContactMobile = identifier.MaskMobile(v.ContactMobile)
}

// actions are what this actor may do with the organisation now.
func (o Organization) actions(a authz.Actor, pending bool) []string {
	out := []string{}
	own := a.ActsFor(o.ID) && a.Can(authz.OrgEditOwn)
	drafting := o.Status == Draft || o.Status == Returned
	bureaus := a.Can(authz.OrgCreate) && !selfRegistered(o.Kind)
	if own && (drafting || o.Status == Admitted) || bureaus && drafting {
		out = append(out, "edit")
	}
	if (own || bureaus) && Transitions.Can(o.Status, Submit) {
		out = append(out, string(Submit))
	}
	if a.Can(authz.OrgHandle) && !pending {
		for _, action := range Transitions.Actions(o.Status) {
			if action != Submit {
				out = append(out, string(action))
			}
		}
	}
	if a.Can(authz.OrgUnmask) && !a.ActsFor(o.ID) {
		out = append(out, "unmask")
	}
	return out
}

func (s *Service) detail(tx postgres.Tx, actor authz.Actor, o Organization) (d Detail, err error) {
	if d.PendingApproval, err = s.approvals.PendingOn(tx, actor, Subject, o.ID); err != nil {
		return d, err
	}
	areas, err := areaNames(tx)
	if err != nil {
		return d, err
	}
	d.View = o.view(actor, areas, d.PendingApproval != nil)
	d.Timeline, d.Documents = []audit.Line{}, []document.View{}
	if !actor.ActsFor(o.ID) && !actor.Can(authz.OrgHandle) && !actor.Can(authz.OrgCheck) {
		return d, nil
	}
	if d.Timeline, err = audit.Timeline(tx, Subject, o.ID); err != nil {
		return d, err
	}
	d.Documents, err = document.Of(tx, Subject, o.ID)
	return d, err
}

func areaNames(tx postgres.Tx) (map[string]string, error) {
	areas, err := Areas(tx)
	names := make(map[string]string, len(areas))
	for _, a := range areas {
		names[a.Code] = a.Name
	}
	return names, err
}
