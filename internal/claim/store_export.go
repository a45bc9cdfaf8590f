package claim

import (
	"encoding/json"

	"github.com/google/uuid"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
)

// ledgerLines read, for the claims given, what each party bears, the last day of payment
// and what came back to the fund.
func ledgerLines(tx postgres.Tx, ids []uuid.UUID) (map[uuid.UUID]borne, error) {
	out := map[uuid.UUID]borne{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []struct {
		ID        uuid.UUID
		Parts     string
		PaidOn    *calendar.Date
		Recovered money.Amount
		Clawed    money.Amount
	}
	err := tx.Gorm().Raw(`select c.id, cast(c.computation -> 'parts' as text) as parts, c.clawed_back as clawed,
			(select max(paid_on) from claim_payout p where p.claim_id = c.id) as paid_on,
			coalesce((select sum(x.fund_part) from recovery r join recovery_receipt x on x.recovery_id = r.id
				join recovery_transfer t on t.receipt_id = x.id where r.claim_id = c.id), 0) as recovered
		from claim c where c.id in ?`, ids).Scan(&rows).Error
	for _, r := range rows {
		e := borne{bears: map[string]money.Amount{}, recovered: r.Recovered, clawed: r.Clawed}
		var parts []Part
		if err := json.Unmarshal([]byte(r.Parts), &parts); err != nil {
			return nil, err
		}
		for _, p := range parts {
			e.bears[p.Seat] = p.Bears
		}
		if r.PaidOn != nil {
			e.paidOn = r.PaidOn.String()
		}
		out[r.ID] = e
	}
	return out, err
}

// handedIn are the claims of form R4, in the order they were handed in.
func handedIn(tx postgres.Tx, f RegisterFilter) (out []listed, err error) {
	query := claims(tx, authz.Actor{}).Where("c.submitted_at is not null")
	where := func(given bool, condition string, arg any) {
		if given {
			query = query.Where(condition, arg)
		}
	}
	where(!f.From.IsZero(), "c.submitted_at >= ?", f.From.StartOfDay())
	where(!f.To.IsZero(), "c.submitted_at < ?", f.To.AddDays(1).StartOfDay())
	where(f.AreaCode != "", "? in (o.area_code, o.park_code)", f.AreaCode)
	where(f.BankID != uuid.Nil, "c.bank_id = ?", f.BankID)
	where(f.FundID != uuid.Nil, "c.fund_id = ?", f.FundID)
	err = query.Order("c.submitted_at, c.number").Scan(&out).Error
	return out, err
}

// payees are the claims to be paid with the bank's own numbers.
func payees(tx postgres.Tx, actor authz.Actor, fundID uuid.UUID) ([]payee, error) {
	rows, err := payable(tx, actor, fundID)
	if err != nil {
		return nil, err
	}
	out := make([]payee, len(rows))
	places := map[uuid.UUID]int{}
	for i, r := range rows {
		places[r.FundID]++
		out[i] = payee{listed: r, Place: places[r.FundID]}
		err := tx.Gorm().Raw(`select coalesce(cnaps, ''), coalesce(uscc, '') from organization where id = ?`, r.BankID).Row().Scan(&out[i].CNAPS, &out[i].USCC)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Claimable is a loan under cover that is overdue and has no claim at work.
type Claimable struct {
	EnrolmentID     uuid.UUID     `json:"enrolment_id"`
	EnrolmentNumber string        `json:"enrolment_number"`
	LoanNumber      string        `json:"loan_number"`
	BorrowerName    string        `json:"borrower_name"`
	Outstanding     money.Amount  `json:"outstanding"`
	DaysPastDue     int           `json:"days_past_due"`
	MaturesOn       calendar.Date `json:"matures_on"`
}

func claimable(tx postgres.Tx, bankID uuid.UUID) (out []Claimable, err error) {
	out = []Claimable{}
	err = tx.Gorm().Raw(`select e.id as enrolment_id, e.number as enrolment_number, l.number as loan_number, o.name as borrower_name, l.outstanding,
			l.days_past_due, l.matures_on
		from enrolment e join loan l on l.id = e.loan_id join organization o on o.id = e.borrower_id
		where e.bank_id = ? and e.status = 'enrolled' and l.days_past_due > 0
			and not exists (select 1 from claim c where c.enrolment_id = e.id and c.status not in ('rejected', 'withdrawn'))
		order by l.days_past_due desc, e.number limit 200`, bankID).Scan(&out).Error
	return out, err
}
