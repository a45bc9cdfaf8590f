package seed

import (
	"fmt"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/iam"
	"ippledge/internal/identifier"
	"ippledge/internal/org"
	"ippledge/internal/platform/postgres"
)

// member is one organisation as the files describe it.
type member struct {
	Kind                authz.OrgKind
	Name, Area, Park    string
	Org8                string
	CNAPS11             string
	FilingNo            string `json:"filing_no"`
	Industry, Scale     string
	HighTech            bool `json:"high_tech"`
	Specialised         bool
	Established         string
	LegalRepresentative string `json:"legal_representative"`
	People              []struct {
		Username, Name string
		Roles          []authz.Role
	}
}

// profile completes the check digits, so that the files need only hold the first parts.
func (m member) profile() org.Profile {
	p := org.Profile{
		Name: m.Name, AreaCode: m.Area, Industry: m.Industry, Scale: m.Scale, HighTech: m.HighTech, Specialised: m.Specialised,
		FilingNo: m.FilingNo, LegalRepresentative: m.LegalRepresentative, Address: "湖南省邵阳市", ContactMobile: "0739-5300000",
	}
	if m.Org8 != "" {
		authority := "91"
		if m.Kind == authz.GIRegistrant {
			authority = "51"
		}
		p.USCC = identifier.CompleteUSCC(authority+m.Area, m.Org8)
	}
	if m.CNAPS11 != "" {
		code := identifier.CompleteCNAPS(m.CNAPS11)
		p.CNAPS = &code
	}
	if m.Park != "" {
		p.ParkCode = &m.Park
	}
	if m.Established != "" {
		on := calendar.MustDate(m.Established)
		p.EstablishedOn = &on
	}
	if len(m.People) > 0 {
		p.ContactName = m.People[0].Name
	}
	return p
}

// enterprise is a borrower of the story.
type enterprise struct {
	house
	member member
	rights []*right
}

// demoAccounts are the sign-ins offered on the demo's front page; everybody else of the
// story has the same password but isn't put forward.
var demoAccounts = map[string]bool{
	"ent.operator": true, "ent.signatory": true, "bank.officer": true, "bank.reviewer": true, "bank.approver": true,
	"bank2.officer": true, "bank2.reviewer": true, "bank2.approver": true, "appraiser1": true, "appraiser2": true, "appraisal.reviewer": true,
	"guarantee.officer": true, "bureau.handler": true, "bureau.checker": true, "treasurer": true, "finance.checker": true,
	"fund.handler": true, "fund.checker": true, "expert1": true, "expert2": true, "expert3": true, "expert4": true, "expert5": true, "expert6": true, "expert7": true, "observer": true,
	"sysadmin": true, "secadmin": true, "auditor": true, "gi.operator": true, "gi.signatory": true,
}

// planOrganisations sets up the public bodies at once and lets everybody else apply and
// be admitted by the bureau.
func (s *Story) planOrganisations(begin calendar.Date) error {
	var file struct{ Organizations []member }
	if err := read("organizations.json", &file); err != nil {
		return err
	}
	var firms struct{ Enterprises []member }
	if err := read("enterprises.json", &firms); err != nil {
		return err
	}
	s.on(begin, 8, 30, func() error {
		if err := s.LoadReference(s.ctx); err != nil {
			return err
		}
		for _, m := range file.Organizations {
			if err := s.install(m); err != nil {
				return fmt.Errorf("%s: %w", m.Name, err)
			}
		}
		return nil
	})
	for i, m := range firms.Enterprises {
		// One applies every few days; the last two wait: one for the handler, one for the checker.
		day := begin.AddDays(1 + i*5)
		if late := len(firms.Enterprises) - i; late <= 2 {
			day, _ = calendar.AddWorkingDays(s.today, -late)
		}
		s.on(day, 9, 10+i, func() error { return s.apply(m, len(firms.Enterprises)-i) })
	}
	return nil
}

func (s *Story) install(m member) error {
	o, err := s.Orgs.Install(s.ctx, m.Kind, m.profile())
	if err != nil {
		return err
	}
	actors, err := s.hire(o, m)
	if err != nil {
		return err
	}
	h := &house{org: o}
	for i, a := range actors {
		switch i {
		case 0:
			h.maker = a
		case 1:
			h.checker = a
		case 2:
			h.approver, h.third = a, a
		}
	}
	switch m.Kind {
	case authz.Bank:
		s.banks = append(s.banks, h)
	case authz.AppraisalFirm:
		s.firms = append(s.firms, h)
	}
	return nil
}

// hire opens accounts for an organisation's people and keeps them as actors.
func (s *Story) hire(o org.Organization, m member) ([]authz.Actor, error) {
	actors := make([]authz.Actor, len(m.People))
	for i, p := range m.People {
		u, err := s.Users.Create(s.ctx, authz.System, iam.NewUser{
			Username: p.Username, Name: p.Name, Password: iam.DemoPassword, OrgID: o.ID, Demo: demoAccounts[p.Username],
			Memberships: []iam.Membership{{OrgID: o.ID, Roles: p.Roles}},
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Username, err)
		}
		err = s.DB.Read(s.ctx, func(tx postgres.Tx) error {
			actors[i], err = iam.ActorOf(tx, u.ID, o.ID)
			return err
		})
		if err != nil {
			return nil, err
		}
		s.people[p.Username] = actors[i]
	}
	return actors, nil
}

// apply is an enterprise's application; fromLast tells the last two apart.
func (s *Story) apply(m member, fromLast int) error {
	var o org.Organization
	err := s.DB.InTx(s.ctx, func(tx postgres.Tx) (err error) {
		o, err = org.Register(tx, authz.Enterprise, m.profile(), true)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", m.Name, err)
	}
	e := &enterprise{house: house{org: o}, member: m}
	if fromLast == 1 {
		_, err := s.hire(o, m)
		return err
	}
	handler, checker := s.people["bureau.handler"], s.people["bureau.checker"]
	if o, err = s.Orgs.Decide(s.ctx, handler, o.ID, org.Admit, ""); err != nil {
		return fmt.Errorf("%s: %w", m.Name, err)
	}
	if fromLast == 2 {
		_, err := s.hire(o, m)
		return err
	}
	if err := s.sign(checker, org.Subject, o.ID); err != nil {
		return err
	}
	actors, err := s.hire(o, m)
	if err != nil {
		return err
	}
	e.maker, e.checker = actors[0], actors[1]
	s.enterprises = append(s.enterprises, e)
	return s.listRights(e)
}
