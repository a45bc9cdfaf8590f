package product

import (
	"context"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/fault"
	"ippledge/internal/httpapi"
	"ippledge/internal/org"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

func (s *Service) apiNeedMatches(ctx context.Context, in *httpapi.ByID) (*httpapi.Body[MatchList], error) {
	actor := authz.From(ctx)
	out := MatchList{NeedID: in.ID.UUID, RulesVersion: RulesVersion, Items: []MatchView{}}
	err := s.db.Read(ctx, func(tx postgres.Tx) error {
		found, _, err := s.matchesOf(tx, actor, in.ID.UUID)
		if err != nil {
			return err
		}
		banks := make([]uuid.UUID, len(found))
		for i, j := range found {
			banks[i] = j.product.BankID
		}
		names, err := org.FindMany(tx, banks)
		if err != nil {
			return err
		}
		for _, j := range found {
			v := verdictView(j.verdict)
			if v.Fits {
				out.Fits++
			}
			if v.Near {
				out.Near++
			}
			out.Items = append(out.Items, MatchView{
				ProductID: j.product.ID, ProductNumber: j.product.Number, ProductName: j.product.Name, BankID: j.product.BankID,
				BankName: names[j.product.BankID].Name, RateMin: j.product.RateMin, RateMax: j.product.RateMax, LTVMax: j.product.LTVMax, VerdictView: v,
			})
		}
		return nil
	})
	return httpapi.Of(out), err
}

type hallInput struct {
	page.Query
	Fit      string `query:"fit" enum:"all,fits,near" default:"all" doc:"all 全部，fits 符合，near 仅差一个条件"`
	AreaCode string `query:"area_code" maxLength:"12"`
}

type productMatchesInput struct {
	httpapi.ByID
	page.Query
	Fit string `query:"fit" enum:"all,fits,near" default:"fits" doc:"all 全部，fits 符合，near 仅差一个条件"`
}

func (s *Service) apiHall(ctx context.Context, in *hallInput) (*httpapi.Body[page.List[HallView]], error) {
	return s.hallPage(ctx, in.Query, nil, Fit(in.Fit), in.AreaCode)
}

func (s *Service) apiProductMatches(ctx context.Context, in *productMatchesInput) (*httpapi.Body[page.List[HallView]], error) {
	return s.hallPage(ctx, in.Query, &in.ID.UUID, Fit(in.Fit), "")
}

// hallPage lists open needs against the bank's shelf, or against one product of its own.
func (s *Service) hallPage(ctx context.Context, q page.Query, only *uuid.UUID, fit Fit, areaCode string) (*httpapi.Body[page.List[HallView]], error) {
	actor := authz.From(ctx)
	if actor.OrgKind != authz.Bank {
		return nil, fault.New(fault.Denied, "bank_only", "招标大厅仅供银行使用")
	}
	request, err := q.Parse(hallSortable, "closes_at")
	if err != nil {
		return nil, err
	}
	var out page.List[HallView]
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		shelf, err := ofBank(tx, actor.OrgID)
		if err != nil {
			return err
		}
		byID := map[uuid.UUID]Product{}
		for _, p := range shelf {
			byID[p.ID] = p
		}
		if only != nil && byID[*only].ID == uuid.Nil {
			return errNotFound
		}
		names, err := areaNames(tx)
		if err != nil {
			return err
		}
		rows, err := hall(tx, request, actor.OrgID, only, fit, areaCode)
		today := calendar.DateOf(tx.Now())
		out = page.ListOf(rows, func(r hallRow) HallView { return hallView(r, byID, names, today) })
		return err
	})
	return httpapi.Of(out), err
}

func hallView(r hallRow, shelf map[uuid.UUID]Product, names map[string]string, today calendar.Date) HallView {
	f := r.Facts.facts(names)
	v := HallView{
		NeedID: f.NeedID, Number: r.Number, Title: r.Title, EnterpriseName: r.EnterpriseName, AreaName: names[f.AreaCode], Purpose: r.Purpose,
		Amount: f.Amount, TermMonths: f.TermMonths, Method: f.Method, RateCeiling: f.RateCeiling, AssetCount: r.AssetCount,
		OpenedAt: r.OpenedAt, ClosesAt: r.ClosesAt, WorkingDays: calendar.WorkingDaysBetween(today, calendar.DateOf(r.ClosesAt)),
		ProductID: r.ProductID, OwnBidID: r.OwnBidID,
	}
	if f.Valued {
		v.Value = &f.Value
	}
	if r.OwnBidStatus != nil {
		v.OwnBidStatus = *r.OwnBidStatus
	}
	if r.ProductID != nil {
		p := shelf[*r.ProductID]
		verdict := verdictView(Match(p, f))
		v.ProductName, v.Verdict = p.Name, &verdict
	}
	return v
}
