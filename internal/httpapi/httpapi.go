// Package httpapi owns the Gin engine, its middleware and the registration of
// operations. Its hard rule: an operation names who may call it, or it does not exist.
package httpapi

import (
	"encoding/json"
	"io"
	"net/http"
	"path"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"
	"github.com/go-playground/validator/v10"

	"ippledge/internal/platform/postgres"
)

// Prefix is where the API is mounted.
const Prefix = "/api/v1"

// API is what the domains register their operations with.
type API struct {
	huma     huma.API
	db       *postgres.DB
	validity *validator.Validate
	// registering is the package whose operation is being registered: an anonymous body
	// has no package of its own to be named after.
	registering string
	// ownKeys are operations that answer for Idempotency-Key themselves.
	ownKeys map[string]bool
}

// New mounts the API on the engine. db may be nil where only the document is wanted.
func New(engine *gin.Engine, db *postgres.DB) *API {
	config := huma.DefaultConfig("邵知融 知识产权质押融资平台", "1.0.0")
	config.CreateHooks = nil // no $schema member in every answer
	config.OpenAPIPath = ""  // served by the app, which knows all operations
	config.DocsPath = ""
	config.SchemasPath = ""
	config.RejectUnknownQueryParameters = false
	config.Servers = []*huma.Server{{URL: Prefix}}
	config.Info.Description = "金额为人民币元、两位小数的字符串；比率为百分数字符串；日期为 2026-01-31；失败一律以 application/problem+json 返回。"
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: "ippledge_session"},
		"apiKey":  {Type: "http", Scheme: "bearer"},
	}
	config.Security = []map[string][]string{{"session": {}}, {"apiKey": {}}}
	format := huma.Format{
		Marshal:   func(w io.Writer, v any) error { return encode(w, v) },
		Unmarshal: unmarshal,
	}
	config.Formats = map[string]huma.Format{"application/json": format, "json": format}
	config.DefaultFormat = "application/json"
	api := &API{db: db, validity: newValidator(), ownKeys: map[string]bool{}}
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", api.schemaName)
	api.huma = humagin.NewWithGroup(engine, engine.Group(Prefix), config)
	return api
}

// OwnKey marks an operation that handles Idempotency-Key itself.
func (api *API) OwnKey(operation string) { api.ownKeys[operation] = true }

// Document is the OpenAPI document of all that is registered.
func (api *API) Document() *huma.OpenAPI { return api.huma.OpenAPI() }

// ServeDocument serves the document and a page that a person can read.
func (api *API) ServeDocument(engine *gin.Engine) {
	engine.GET(Prefix+"/openapi.json", func(c *gin.Context) { c.JSON(http.StatusOK, api.Document()) })
	engine.GET(Prefix+"/openapi.yaml", func(c *gin.Context) {
		text, err := api.Document().YAML()
		if err != nil {
			abort(c, err)
			return
		}
		c.Data(http.StatusOK, "application/yaml", text)
	})
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// schemaName prefixes the package, since many have a View.
func (api *API) schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	pkg := path.Base(t.PkgPath())
	if t.Name() == "" && t.Kind() == reflect.Struct {
		pkg = api.registering
	}
	switch pkg {
	case ".", "huma", "v2", "httpapi", "fault":
		return name
	}
	if at := strings.Index(t.Name(), "["); at >= 0 {
		return genericName(t.Name())
	}
	return strings.ToUpper(pkg[:1]) + pkg[1:] + name
}

// genericName makes "PageListBidView" of "List[ippledge/internal/bid.View]".
func genericName(name string) string {
	outer, inner, _ := strings.Cut(strings.TrimSuffix(name, "]"), "[")
	for _, arg := range strings.Split(inner, ",") {
		pkg, typ, _ := strings.Cut(path.Base(arg), ".")
		outer = strings.ToUpper(pkg[:1]) + pkg[1:] + typ + outer
	}
	return outer
}
