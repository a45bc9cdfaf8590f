package product

import (
	"database/sql/driver"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ippledge/internal/authz"
	"ippledge/internal/money"
	"ippledge/internal/page"
	"ippledge/internal/platform/postgres"
)

// row is the loan_product table.
type row struct {
	ID              uuid.UUID
	Number          string
	BankID          uuid.UUID
	Name            string
	Summary         string
	AmountMin       money.Amount
	AmountMax       money.Amount
	TermMinMonths   int
	TermMaxMonths   int
	RateMin         money.Rate
	RateMax         money.Rate
	Methods         texts
	CollateralKinds texts
	AreaCodes       texts
	Industries      texts
	LTVMax          money.Rate `gorm:"column:ltv_max"`
	MinLifeMonths   int
	MinAgeMonths    int
	SMEOnly         bool `gorm:"column:sme_only"`
	Status          Status
	CreatedAt       time.Time
	PublishedAt     *time.Time
	Version         int64
}

func (row) TableName() string { return "loan_product" }

// texts is a text[] column.
type texts []string

var arrays = pgtype.NewMap()

func (t texts) Value() (driver.Value, error) {
	if t == nil {
		t = texts{}
	}
	out, err := arrays.Encode(pgtype.TextArrayOID, pgtype.TextFormatCode, []string(t), nil)
	return string(out), err
}

func (t *texts) Scan(v any) error { return arrays.SQLScanner((*[]string)(t)).Scan(v) }

func textsOf[T ~string](list []T) texts {
	out := make(texts, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

func listOf[T ~string](t texts) []T {
	out := make([]T, len(t))
	for i, v := range t {
		out[i] = T(v)
	}
	return out
}

func rowOf(p Product) row {
	return row{
		ID: p.ID, Number: p.Number, BankID: p.BankID, Name: p.Name, Summary: p.Summary, AmountMin: p.AmountMin, AmountMax: p.AmountMax,
		TermMinMonths: p.TermMinMonths, TermMaxMonths: p.TermMaxMonths, RateMin: p.RateMin, RateMax: p.RateMax,
		Methods: textsOf(p.Methods), CollateralKinds: textsOf(p.CollateralKinds), AreaCodes: textsOf(p.AreaCodes), Industries: textsOf(p.Industries),
		LTVMax: p.LTVMax, MinLifeMonths: p.MinLifeMonths, MinAgeMonths: p.MinAgeMonths, SMEOnly: p.SMEOnly,
		Status: p.Status, CreatedAt: p.CreatedAt, PublishedAt: p.PublishedAt, Version: p.Version,
	}
}

func (r row) product() Product {
	p := Product{ID: r.ID, Number: r.Number, BankID: r.BankID, Status: r.Status, CreatedAt: r.CreatedAt, PublishedAt: r.PublishedAt, Version: r.Version}
	p.Terms = Terms{
		Name: r.Name, Summary: r.Summary, AmountMin: r.AmountMin, AmountMax: r.AmountMax,
		TermMinMonths: r.TermMinMonths, TermMaxMonths: r.TermMaxMonths, RateMin: r.RateMin, RateMax: r.RateMax,
		AreaCodes: listOf[string](r.AreaCodes), Industries: listOf[string](r.Industries),
		LTVMax: r.LTVMax, MinLifeMonths: r.MinLifeMonths, MinAgeMonths: r.MinAgeMonths, SMEOnly: r.SMEOnly,
	}
	fill(&p.Methods, r.Methods)
	fill(&p.CollateralKinds, r.CollateralKinds)
	return p
}

func fill[T ~string](target *[]T, from texts) { *target = listOf[T](from) }

func insert(tx postgres.Tx, p Product) error {
	r := rowOf(p)
	return tx.Gorm().Create(&r).Error
}

// save writes every changeable column and counts the version up.
func save(tx postgres.Tx, p *Product) error {
	p.Version++
	r := rowOf(*p)
	return tx.Gorm().Model(&row{}).Where("id = ?", p.ID).Select("*").Omit("id", "number", "bank_id", "created_at").Updates(&r).Error
}

func find(tx postgres.Tx, id uuid.UUID) (Product, error) { return take(tx.Gorm(), id) }

func lock(tx postgres.Tx, id uuid.UUID) (Product, error) {
	return take(tx.Gorm().Clauses(clause.Locking{Strength: "UPDATE"}), id)
}

func take(query *gorm.DB, id uuid.UUID) (Product, error) {
	var r row
	err := query.Where("id = ?", id).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Product{}, errNotFound
	}
	return r.product(), err
}

func published(tx postgres.Tx) ([]Product, error) {
	var rows []row
	err := tx.Gorm().Where("status = ?", Published).Order("id").Find(&rows).Error
	return products(rows), err
}

func ofBank(tx postgres.Tx, bankID uuid.UUID) ([]Product, error) {
	var rows []row
	err := tx.Gorm().Where("bank_id = ?", bankID).Order("id").Find(&rows).Error
	return products(rows), err
}

func products(rows []row) []Product {
	out := make([]Product, len(rows))
	for i, r := range rows {
		out[i] = r.product()
	}
	return out
}

// listed is a product with the names that a list shows beside the ids.
type listed struct {
	Row      row `gorm:"embedded"`
	BankName string
	Pending  bool
}

var sortable = map[string]page.Key{
	"created_at": {Column: "p.created_at", Cast: "timestamptz"},
	"rate_min":   {Column: "p.rate_min", Cast: "numeric"},
	"amount_max": {Column: "p.amount_max", Cast: "numeric"},
	"ltv_max":    {Column: "p.ltv_max", Cast: "numeric"},
	"name":       {Column: "p.name", Cast: "text"},
}

// filter is what a list of products may be narrowed by.
type filter struct {
	Status, Kind, AreaCode string
	BankID                 uuid.UUID
	// Own is the caller's bank, whose drafts it sees besides what is published.
	Own uuid.UUID
}

func list(tx postgres.Tx, r page.Request, f filter) (page.Rows[listed], error) {
	query := selected(tx, f.Own).Where("(p.status = ? or p.bank_id = ?)", Published, f.Own)
	if f.Status != "" {
		query = query.Where("p.status = ?", f.Status)
	}
	if f.Kind != "" {
		query = query.Where("cast(? as text) = any(p.collateral_kinds)", f.Kind)
	}
	if f.AreaCode != "" {
		query = query.Where("(cardinality(p.area_codes) = 0 or cast(? as text) = any(p.area_codes))", f.AreaCode)
	}
	if f.BankID != uuid.Nil {
		query = query.Where("p.bank_id = ?", f.BankID)
	}
	return page.Load[listed](r.Match(query, "p.name", "p.number", "o.name", "p.summary"), r, "p.id")
}

func selected(tx postgres.Tx, own uuid.UUID) *gorm.DB {
	return tx.Gorm().Table("loan_product p").Joins("join organization o on o.id = p.bank_id").
		Select(`p.*, o.name as bank_name, exists (select 1 from approval_proposal a where a.subject_kind = 'product'
			and a.subject_id = p.id and a.org_id = ? and a.status = 'pending') as pending`, own)
}

// findListed reads one product as a list shows it, if the actor may see it.
func findListed(tx postgres.Tx, actor authz.Actor, id uuid.UUID) (listed, error) {
	var out []listed
	err := selected(tx, actor.OrgID).Where("p.id = ? and (p.status = ? or p.bank_id = ?)", id, Published, actor.OrgID).Limit(1).Scan(&out).Error
	if err == nil && len(out) == 0 {
		err = errNotFound
	}
	if err != nil {
		return listed{}, err
	}
	return out[0], nil
}

// areaNames gives the names of all areas by code.
func areaNames(tx postgres.Tx) (map[string]string, error) {
	var rows []struct{ Code, Name string }
	err := tx.Gorm().Table("area").Select("code, name").Scan(&rows).Error
	names := make(map[string]string, len(rows))
	for _, r := range rows {
		names[r.Code] = r.Name
	}
	return names, err
}
