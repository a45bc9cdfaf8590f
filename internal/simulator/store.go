package simulator

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// TableName lets Simulation be its own row.
func (Simulation) TableName() string { return "simulation" }

func insert(tx postgres.Tx, s Simulation) error { return tx.Gorm().Create(&s).Error }

func find(tx postgres.Tx, id uuid.UUID) (s Simulation, err error) {
	err = tx.Gorm().Where("id = ?", id).Take(&s).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = errNotFound
	}
	return s, err
}

var sortable = map[string]page.Key{
	"created_at": {Column: "s.created_at", Cast: "timestamptz"},
	"number":     {Column: "s.number", Cast: "text"},
	"title":      {Column: "s.title", Cast: "text"},
	"ruin":       {Column: "s.ruin_percent", Cast: "numeric"},
}

func list(tx postgres.Tx, r page.Request) (page.Rows[Simulation], error) {
	query := tx.Gorm().Table("simulation s").Select("s.*")
	return page.Load[Simulation](r.Match(query, "s.number", "s.title", "s.maker_name", "s.org_name"), r, "s.id")
}

// portfolio is what the platform's loans say about averages.
type portfolio struct {
	Loans, Term, Banks, Defaulted int
	Ticket                        money.Amount
}

func portfolioOf(tx postgres.Tx) (p portfolio, err error) {
	err = tx.Gorm().Raw(`select count(*) as loans, coalesce(round(avg(disbursed_amount), 2), 0) as ticket, coalesce(round(avg(term_months)), 0)::int as term,
		count(distinct bank_id) as banks, count(*) filter (where defaulted_on is not null) as defaulted
		from loan where disbursed_on is not null`).Scan(&p).Error
	return p, err
}
