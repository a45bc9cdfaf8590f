package page

import (
	"fmt"
	"strings"

	"gorm.io/gorm"
)

// Rows is one page as the store reads it: T is the row struct of the select.
type Rows[T any] struct {
	Items      []T
	NextCursor string
	Total      int
	TotalExact bool
}

// Load runs a list query: query holds table, joins, filters and select; idColumn is the
// row's uuid ("n.id"). One row more than asked tells whether there is a next page; the
// count stops at CountMax. value and id read the sort value's text and the id of a row.
func Load[T any](query *gorm.DB, r Request, idColumn string) (out Rows[T], err error) {
	if err := count(query, &out.Total, &out.TotalExact); err != nil {
		return out, err
	}
	direction, beyond := "asc", ">"
	if r.descending {
		direction, beyond = "desc", "<"
	}
	paged := query.Session(&gorm.Session{})
	if r.after != nil {
		condition := fmt.Sprintf("(%s, %s) %s (cast(? as %s), cast(? as uuid))", r.column.Column, idColumn, beyond, r.column.Cast)
		paged = paged.Where(condition, r.after.Value, r.after.ID)
	}
	type keyed struct {
		PageKey string
		PageID  string
	}
	paged = paged.Order(fmt.Sprintf("%s %s, %s %s", r.column.Column, direction, idColumn, direction)).Limit(r.Limit + 1)
	var keys []keyed
	err = paged.Session(&gorm.Session{}).
		Select(fmt.Sprintf("cast(%s as text) as page_key, cast(%s as text) as page_id", r.column.Column, idColumn)).
		Scan(&keys).Error
	if err != nil {
		return out, err
	}
	if err = paged.Session(&gorm.Session{}).Scan(&out.Items).Error; err != nil {
		return out, err
	}
	if len(keys) > r.Limit && len(out.Items) >= r.Limit {
		last := keys[r.Limit-1]
		out.NextCursor = r.cursor(last.PageKey, last.PageID)
		out.Items = out.Items[:r.Limit]
	}
	return out, nil
}

func count(query *gorm.DB, total *int, exact *bool) error {
	var n int64
	limited := query.Session(&gorm.Session{}).Select("1").Limit(CountMax + 1)
	err := query.Session(&gorm.Session{NewDB: true}).Table("(?) as counted", limited).Count(&n).Error
	*total, *exact = int(min(n, CountMax)), n <= CountMax
	return err
}

// Search filters by a word over several text columns; the word's own % and _ are plain letters.
func (r Request) Match(query *gorm.DB, columns ...string) *gorm.DB {
	if r.Search == "" {
		return query
	}
	word := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(r.Search) + "%"
	parts, args := make([]string, len(columns)), make([]any, len(columns))
	for i, c := range columns {
		parts[i], args[i] = c+" ilike ?", word
	}
	return query.Where("("+strings.Join(parts, " or ")+")", args...)
}

// ListOf turns a page of rows into a page of views.
func ListOf[R, V any](rows Rows[R], view func(R) V) List[V] {
	items := make([]V, len(rows.Items))
	for i, r := range rows.Items {
		items[i] = view(r)
	}
	return List[V]{Items: items, NextCursor: rows.NextCursor, Total: rows.Total, TotalExact: rows.TotalExact}
}
