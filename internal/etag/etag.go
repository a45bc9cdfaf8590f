// Package etag guards against lost updates: a request may say which version of the row
// its user was looking at (If-Match), and the use case refuses when the row has moved on.
package etag

import (
	"context"
	"strconv"
	"strings"

	"ippledge/internal/fault"
)

type key struct{}

// With notes the version that the caller expects of the row which the request names.
func With(ctx context.Context, version int64) context.Context {
	return context.WithValue(ctx, key{}, version)
}

// Parse reads an If-Match header: `"3"`, `W/"3"` or 3.
func Parse(header string) (int64, error) {
	v, err := strconv.ParseInt(strings.Trim(strings.TrimPrefix(strings.TrimSpace(header), "W/"), `"`), 10, 64)
	if err != nil || v < 0 {
		return 0, fault.New(fault.Invalid, "if_match_malformed", "If-Match 应为查询时返回的版本号，如 \"3\"").Of("If-Match")
	}
	return v, nil
}

// Check refuses with stale_version when the request named another version than actual.
// Without If-Match it lets pass: the row lock still orders the writers.
func Check(ctx context.Context, actual int64) error {
	expected, ok := ctx.Value(key{}).(int64)
	if !ok || expected == actual {
		return nil
	}
	return fault.New(fault.Stale, "stale_version", "您看到的是第 %d 版，数据已更新到第 %d 版，请刷新后再操作", expected, actual)
}

// Format is the ETag of a version.
func Format(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }
