package app

import (
	_ "embed"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"ippledge/internal/httpapi"
)

const readyTimeout = 3 * time.Second

func isAPI(path string) bool {
	return path == "/api" || strings.HasPrefix(path, "/api/") || path == "/docs" || strings.HasPrefix(path, "/docs/")
}

//go:embed docs.html
var docsPage string

var docsTemplate = template.Must(template.New("docs").Parse(docsPage))

// docOperation is one operation on the readable page.
type docOperation struct {
	Method, Path, Summary, Access string
	Parameters                    []string
	Body                          string
}

type docGroup struct {
	Tag        string
	Operations []docOperation
}

// serveDocs renders the OpenAPI document as one plain page, so that reading it needs no
// script from anywhere.
func serveDocs(engine *gin.Engine, api *httpapi.API) {
	engine.GET("/docs", func(c *gin.Context) {
		c.Header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		c.Header("Content-Type", "text/html; charset=utf-8")
		c.Status(http.StatusOK)
		if err := docsTemplate.Execute(c.Writer, groups(api.Document())); err != nil {
			_ = c.Error(err)
		}
	})
	engine.GET("/docs/problems", func(c *gin.Context) { c.Redirect(http.StatusFound, "/docs#problems") })
}

func groups(document *huma.OpenAPI) []docGroup {
	byTag := map[string][]docOperation{}
	for path, item := range document.Paths {
		for method, op := range map[string]*huma.Operation{
			"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete,
		} {
			if op == nil {
				continue
			}
			tag := "other"
			if len(op.Tags) > 0 {
				tag = op.Tags[0]
			}
			byTag[tag] = append(byTag[tag], describe(method, path, op))
		}
	}
	var out []docGroup
	for tag, operations := range byTag {
		slices.SortFunc(operations, func(a, b docOperation) int {
			return strings.Compare(a.Path+a.Method, b.Path+b.Method)
		})
		out = append(out, docGroup{tag, operations})
	}
	slices.SortFunc(out, func(a, b docGroup) int { return strings.Compare(a.Tag, b.Tag) })
	return out
}

func describe(method, path string, op *huma.Operation) docOperation {
	d := docOperation{Method: method, Path: httpapi.Prefix + path, Summary: op.Summary, Access: httpapi.DescribeAccess(op)}
	for _, p := range op.Parameters {
		if p.Name != "" {
			d.Parameters = append(d.Parameters, p.In+" "+p.Name)
		}
	}
	if op.RequestBody != nil {
		for _, content := range op.RequestBody.Content {
			if content.Schema != nil && content.Schema.Ref != "" {
				d.Body = content.Schema.Ref[strings.LastIndex(content.Schema.Ref, "/")+1:]
			}
		}
	}
	return d
}
