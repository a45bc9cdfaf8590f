package claim

import (
	"context"
	"encoding/json"
	"reflect"
	"time"

	"github.com/google/uuid"

	"ippledge/internal/approval"
	"ippledge/internal/audit"
	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/event"
	"ippledge/internal/fault"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/policy"
	"ippledge/internal/todo"
)

// SettlementSubject is a year's settlement in proposals and the audit trail.
const SettlementSubject = "settlement"

// yearEnd is a year as the manager settles it. Once settled it never changes.
type yearEnd struct {
	ID           uuid.UUID
	Year         int
	DueOn        calendar.Date
	Status       string      // prepared, then settled
	Content      *Settlement `gorm:"serializer:json"`
	PreparedBy   uuid.UUID
	PreparedName string
	CheckedBy    *uuid.UUID
	CheckedName  string
	SettledAt    *time.Time
	CreatedAt    time.Time
	Version      int64
}

const (
	yearPrepared = "prepared"
	yearSettled  = "settled"
)

// Signed says who settled a year and when.
type Signed struct {
	PreparedName string    `json:"prepared_name"`
	CheckedName  string    `json:"checked_name"`
	SettledAt    time.Time `json:"settled_at"`
	Changed      bool      `json:"changed" doc:"清算后账簿有归属该年度的变动，与清算时不同"`
}

var errYearNotOver = fault.InField("year", "year_not_over", "该年度尚未结束，次年 1 月 1 日起方可清算")

// SettleYear proposes a past year's settlement; signed by a second person of the manager
// it stands as it was at that moment (domain §4.8, annual settlement). It fails with
// year_not_over and year_settled.
func (s *Service) SettleYear(ctx context.Context, actor authz.Actor, year int) (out Settlement, err error) {
	err = s.db.InTx(ctx, func(tx postgres.Tx) error {
		if err := actor.Allowed(authz.ClaimManage); err != nil {
			return err
		}
		if year >= today(tx).Year() {
			return errYearNotOver
		}
		if _, err := settle(tx, year, uuid.Nil); err != nil {
			return err
		}
		y, err := prepareYear(tx, actor, year)
		if err != nil {
			return err
		}
		if y.Status == yearSettled {
			return fault.New(fault.Conflict, "year_settled", "%d 年度已经清算", year)
		}
		pending, err := pendingAmong(tx, SettlementSubject, []uuid.UUID{y.ID})
		if err != nil {
			return err
		}
		if pending[y.ID] {
			return errPending
		}
		p, err := s.approvals.Propose(tx, actor, approval.Draft{
			Kind: "settlement.settle", SubjectID: y.ID, SubjectVersion: y.Version, Title: yearText(year), Payload: map[string]int{"year": year}, DueOn: &y.DueOn,
		})
		if err != nil {
			return err
		}
		if err := audit.Record(tx, actor, "settlement.propose", SettlementSubject, y.ID, map[string]any{"year": year, "proposal": p.ID}); err != nil {
			return err
		}
		out, err = s.settlement(tx, actor, year)
		return err
	})
	return out, err
}

// prepareYear makes the row that the signature waits on, or finds it.
func prepareYear(tx postgres.Tx, actor authz.Actor, year int) (y yearEnd, err error) {
	y, found, err := lockYear(tx, year)
	if err != nil || found && y.Status == yearSettled {
		return y, err
	}
	if !found {
		if y.ID, err = uuid.NewV7(); err != nil {
			return y, err
		}
		y.Year, y.Status, y.CreatedAt = year, yearPrepared, tx.Now()
		if y.DueOn, err = settlementDue(tx, year); err != nil {
			return y, err
		}
	}
	y.PreparedBy, y.PreparedName, y.Version = actor.UserID, actor.Name, y.Version+1
	return y, saveYear(tx, y)
}

func (s *Service) settleKind() approval.Kind {
	return approval.Kind{
		Name: "settlement.settle", Text: "年度清算", SubjectKind: SettlementSubject, Check: authz.ClaimManageSign,
		Link: func(uuid.UUID) string { return "/console/settlements" },
		Subject: func(tx postgres.Tx, id uuid.UUID) (int64, error) {
			y, err := yearByID(tx, id)
			return y.Version, err
		},
		Apply: func(tx postgres.Tx, p approval.Proposal, maker, checker authz.Actor) error {
			y, err := yearByID(tx, p.SubjectID)
			if err != nil {
				return err
			}
			content, err := settle(tx, y.Year, uuid.Nil)
			if err != nil {
				return err
			}
			now := tx.Now()
			y.Status, y.Content, y.SettledAt, y.Version = yearSettled, &content, &now, y.Version+1
			y.PreparedBy, y.PreparedName, y.CheckedBy, y.CheckedName = maker.UserID, maker.Name, &checker.UserID, checker.Name
			if err := saveYear(tx, y); err != nil {
				return err
			}
			if err := audit.Record(tx, checker, "settlement.settle", SettlementSubject, y.ID, map[string]any{"maker": maker.Name, "year": y.Year}); err != nil {
				return err
			}
			return event.Publish(tx, "settlement.settled", map[string]any{"settlement_id": y.ID, "year": y.Year})
		},
	}
}

var _ = audit.Name(map[string]string{"settlement.propose": "经办提交年度清算", "settlement.settle": "年度清算"})

var _ = postgres.Rule("annual_settlement_maker_is_not_checker", errSamePerson)

// settlementDue is the day of January that the policy names: the one in force when the
// year ended, or the first there was; without any the domain's 31st.
func settlementDue(tx postgres.Tx, year int) (calendar.Date, error) {
	const defaultDay = 31
	for _, on := range []calendar.Date{calendar.NewDate(year, time.December, 31), today(tx)} {
		v, err := policy.InForce(tx, on)
		if err == nil && v.Parameters.AnnualSettlementDay > 0 {
			return calendar.NewDate(year+1, time.January, v.Parameters.AnnualSettlementDay), nil
		}
		if err != nil && !fault.Has(err, "policy_missing") {
			return calendar.Date{}, err
		}
	}
	return calendar.NewDate(year+1, time.January, defaultDay), nil
}

// complete adds what was signed of the year, and what the actor may do about it.
func (s *Service) complete(tx postgres.Tx, actor authz.Actor, live Settlement) (Settlement, error) {
	left := calendar.WorkingDaysBetween(today(tx), live.DueOn)
	live.DaysLeft = &left
	y, found, err := yearOf(tx, live.Year)
	if err != nil {
		return live, err
	}
	live.Actions = []string{}
	switch {
	case found && y.Status == yearSettled:
		return y.show(live)
	case found:
		if live.Pending, err = s.approvals.PendingOn(tx, actor, SettlementSubject, y.ID); err != nil {
			return live, err
		}
	}
	pending := map[uuid.UUID]bool{}
	if found {
		if pending, err = pendingAmong(tx, SettlementSubject, []uuid.UUID{y.ID}); err != nil {
			return live, err
		}
	}
	if actor.Can(authz.ClaimManage) && live.Year < today(tx).Year() && !pending[y.ID] {
		live.Actions = append(live.Actions, "settle")
	}
	return live, nil
}

// show puts what was signed in the place of what the books say now.
func (y yearEnd) show(live Settlement) (Settlement, error) {
	signed := Signed{PreparedName: y.PreparedName, CheckedName: y.CheckedName, SettledAt: *y.SettledAt}
	banks := y.Content.Banks
	if live.only != uuid.Nil {
		banks = []BankYear{}
		for _, b := range y.Content.Banks {
			if b.BankID == live.only {
				banks = append(banks, b)
			}
		}
	}
	signed.Changed = !same(live.Banks, banks) || !same(live.Funds, y.Content.Funds)
	live.Funds, live.Banks, live.Signed, live.DaysLeft = y.Content.Funds, banks, &signed, nil
	return live, nil
}

// same compares two statements as they are written down.
func same(a, b any) bool {
	first, err1 := json.Marshal(a)
	second, err2 := json.Marshal(b)
	return err1 == nil && err2 == nil && reflect.DeepEqual(first, second)
}

// todoYears reminds the manager of every past year that has something in the books and
// isn't settled; the deadline runs from the policy's day.
func todoYears(tx postgres.Tx, actor authz.Actor) (items []todo.Item, err error) {
	if !actor.Can(authz.ClaimManage) {
		return nil, nil
	}
	years, err := unsettledYears(tx, today(tx).Year())
	for _, year := range years {
		due, err := settlementDue(tx, year)
		if err != nil {
			return nil, err
		}
		items = append(items, todo.Item{
			Kind: "settlement.settle", Title: "编制年度清算", Detail: yearText(year), SubjectKind: SettlementSubject,
			Link: "/console/settlements?year=" + calendar.NewDate(year, time.January, 1).String()[:4], Since: calendar.NewDate(year+1, time.January, 1).StartOfDay(),
		}.Due(due, tx.Now()))
	}
	return items, err
}
