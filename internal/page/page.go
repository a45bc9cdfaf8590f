// Package page reads list requests: a page by cursor, a sort from an allow-list, a
// search word. Its hard rule: nothing the caller sends reaches SQL as text.
package page

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"ippledge/internal/fault"
)

const (
	limitDefault = 20
	limitMax     = 100
	// CountMax is where counting stops: beyond it a list says "5,000+".
	CountMax = 5000
	// ExportMax is the largest number of rows one export holds.
	ExportMax = 50000
)

// Query is embedded in the input of every list operation.
type Query struct {
	Limit  int    `query:"limit" doc:"每页条数，1–100，默认 20"`
	Cursor string `query:"cursor" doc:"上一页返回的 next_cursor"`
	Sort   string `query:"sort" doc:"排序字段，前置 - 为降序"`
	Q      string `query:"q" maxLength:"100" doc:"搜索词"`
}

// List is the answer of every list operation.
type List[T any] struct {
	Items      []T    `json:"items" nullable:"false"`
	NextCursor string `json:"next_cursor" doc:"下一页的游标；空表示到底了"`
	Total      int    `json:"total" doc:"符合条件的条数，最多数到 5000"`
	TotalExact bool   `json:"total_exact" doc:"false 表示 total 之外还有更多"`
}

// Key is one column a list may be sorted by.
type Key struct {
	Column string // SQL expression, not null
	Cast   string // SQL type that the cursor's text is cast to: "text", "timestamptz", "numeric", "date"
}

// Request is a checked Query.
type Request struct {
	Limit      int
	Search     string
	column     Key
	name       string
	descending bool
	after      *mark
}

type mark struct {
	Sort  string `json:"s"`
	Value string `json:"v"`
	ID    string `json:"i"`
}

// Parse checks q against the columns this list may be sorted by. fallback is the sort
// when the caller asks for none, such as "-created_at".
func (q Query) Parse(allowed map[string]Key, fallback string) (Request, error) {
	if q.Limit < 0 || q.Limit > limitMax {
		return Request{}, fault.InField("limit", "limit_out_of_range", "每页条数应在 1 到 %d 之间", limitMax)
	}
	r := Request{Limit: q.Limit, Search: strings.TrimSpace(q.Q)}
	if r.Limit == 0 {
		r.Limit = limitDefault
	}
	sort := q.Sort
	if sort == "" {
		sort = fallback
	}
	r.name, r.descending = strings.TrimPrefix(sort, "-"), strings.HasPrefix(sort, "-")
	var ok bool
	if r.column, ok = allowed[r.name]; !ok {
		return Request{}, fault.InField("sort", "sort_not_allowed", "不能按“%s”排序", r.name)
	}
	if q.Cursor != "" {
		r.after = new(mark)
		raw, err := base64.RawURLEncoding.DecodeString(q.Cursor)
		if err != nil || json.Unmarshal(raw, r.after) != nil || r.after.Sort != sort || !isUUID(r.after.ID) {
			return Request{}, fault.InField("cursor", "cursor_invalid", "翻页游标无效或与排序方式不符，请从第一页重新查询")
		}
	}
	return r, nil
}

// ForExport is the same request for all its rows.
func (r Request) ForExport() Request { r.Limit, r.after = ExportMax, nil; return r }

func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i, c := range s {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash != (c == '-') || (!dash && !strings.ContainsRune("0123456789abcdef", c)) {
			return false
		}
	}
	return true
}

func (r Request) cursor(value, id string) string {
	sort := r.name
	if r.descending {
		sort = "-" + sort
	}
	raw, err := json.Marshal(mark{sort, value, id})
	if err != nil {
		panic(err) // three strings always marshal
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}
