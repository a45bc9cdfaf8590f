package portal

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
	"ippledge/internal/repayment"
)

// list reads a text[] column.
type list []string

// Scan takes PostgreSQL's array literal; the values here are identifiers without quotes.
func (l *list) Scan(v any) error {
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("portal: %T is not an array literal", v)
	}
	*l = nil
	if inner := strings.Trim(text, "{}"); inner != "" {
		*l = strings.Split(inner, ",")
	}
	return nil
}

// GormDataType lets GORM take a list for a column; it would look for a table of its own.
func (list) GormDataType() string { return "text[]" }

type productRow struct {
	ID              uuid.UUID
	Number          string
	BankName        string
	Name            string
	Summary         string
	AmountMin       money.Amount
	AmountMax       money.Amount
	TermMinMonths   int
	TermMaxMonths   int
	RateMin         money.Rate
	RateMax         money.Rate
	LtvMax          money.Rate
	Methods         list
	CollateralKinds list
}

func (r productRow) view() Product {
	methods := make([]repayment.Method, len(r.Methods))
	for i, m := range r.Methods {
		methods[i] = repayment.Method(m)
	}
	return Product{
		r.ID, r.Number, r.BankName, r.Name, r.Summary, r.AmountMin, r.AmountMax, r.TermMinMonths, r.TermMaxMonths,
		r.RateMin, r.RateMax, r.LtvMax, methods, append([]string{}, r.CollateralKinds...),
	}
}

var sortable = map[string]page.Key{
	"published_at": {Column: "p.published_at", Cast: "timestamptz"},
	"rate_min":     {Column: "p.rate_min", Cast: "numeric"},
	"amount_max":   {Column: "p.amount_max", Cast: "numeric"},
}

func shelf(tx postgres.Tx, r page.Request) (page.Rows[productRow], error) {
	query := tx.Gorm().Table("loan_product p").Joins("join organization b on b.id = p.bank_id").
		Where("p.status = 'published' and b.status = 'admitted'").
		Select(`p.id, p.number, b.name as bank_name, p.name, p.summary, p.amount_min, p.amount_max, p.term_min_months, p.term_max_months,
			p.rate_min, p.rate_max, p.ltv_max, cast(p.methods as text) as methods, cast(p.collateral_kinds as text) as collateral_kinds`)
	return page.Load[productRow](r.Match(query, "p.name", "b.name"), r, "p.id")
}
