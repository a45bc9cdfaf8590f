package loan

import (
	"context"

	"ippledge/internal/authz"
	"ippledge/internal/calendar"
	"ippledge/internal/money"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
)

// AgeLine is one column of form S71: loans late by so many days.
type AgeLine struct {
	Bucket    string       `json:"bucket" enum:"1-30,31-60,61-90,91-180,181-270,271-360,361+"`
	Loans     int          `json:"loans"`
	Borrowers int          `json:"borrowers"`
	Amount    money.Amount `json:"amount" doc:"贷款余额合计"`
}

// ClassLine is one of the five levels.
type ClassLine struct {
	Class     repayment.Class `json:"class" enum:"normal,special_mention,substandard,doubtful,loss"`
	Loans     int             `json:"loans"`
	Borrowers int             `json:"borrowers"`
	Amount    money.Amount    `json:"amount"`
}

// Board is the arrears of the loans that one reader sees.
type Board struct {
	AsOf        calendar.Date `json:"as_of"`
	Outstanding money.Amount  `json:"outstanding" doc:"贷款余额"`
	Overdue     money.Amount  `json:"overdue" doc:"逾期贷款余额"`
	NPL         money.Amount  `json:"non_performing" doc:"不良贷款余额"`
	OverdueRate *money.Rate   `json:"overdue_rate,omitempty" doc:"逾期率，没有余额时不给出"`
	NPLRate     *money.Rate   `json:"non_performing_rate,omitempty" doc:"不良率，没有余额时不给出"`
	Buckets     []AgeLine     `json:"buckets" nullable:"false"`
	Classes     []ClassLine   `json:"classes" nullable:"false"`
}

// Arrears is the overdue board: by the buckets of S71 and by class (forms R5, S71).
func (s *Service) Arrears(ctx context.Context, actor authz.Actor) (b Board, err error) {
	err = s.db.Read(ctx, func(tx postgres.Tx) error {
		b = Board{AsOf: today(tx), Buckets: []AgeLine{}, Classes: []ClassLine{}}
		late, err := ages(tx, actor, "bucket")
		if err != nil {
			return err
		}
		classes, err := ages(tx, actor, "class")
		if err != nil {
			return err
		}
		b.fill(index(late), index(classes))
		return nil
	})
	return b, err
}

func index(rows []ageRow) map[string]ageRow {
	out := map[string]ageRow{}
	for _, r := range rows {
		out[r.Key] = r
	}
	return out
}

func (b *Board) fill(late, classes map[string]ageRow) {
	for _, bucket := range repayment.Buckets {
		r := late[bucket]
		b.Buckets = append(b.Buckets, AgeLine{bucket, r.Loans, r.Borrowers, r.Amount})
		b.Overdue = b.Overdue.Add(r.Amount)
	}
	for _, class := range repayment.Classes {
		r := classes[string(class)]
		b.Classes = append(b.Classes, ClassLine{class, r.Loans, r.Borrowers, r.Amount})
		b.Outstanding = b.Outstanding.Add(r.Amount)
		if class.NonPerforming() {
			b.NPL = b.NPL.Add(r.Amount)
		}
	}
	if rate, ok := money.RatioOf(b.Overdue, b.Outstanding); ok {
		b.OverdueRate = &rate
	}
	if rate, ok := money.RatioOf(b.NPL, b.Outstanding); ok {
		b.NPLRate = &rate
	}
}
