package internal_test

import (
	"bytes"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "ippledge/internal/"

// order lists the packages from the ground up. A package may import only those before
// its own, so there are no cycles, and "where does it stand?" is the question of a review.
var order = []string{
	// ground
	"fault", "money", "calendar", "identifier", "state", "etag", "httpmeta", "repayment", "config",
	"platform/embeddedpg", "platform/postgres", "platform/blob", "platform/pdf",
	"page", "authz", "httpapi", "spreadsheet", "audit", "event", "number", "casework", "todo", "testdb",
	// domains
	"approval", "document", "org", "iam", "policy", "ledger", "ipasset", "valuation", "financing", "product",
	"bid", "pledge", "loan", "fund", "claim", "subsidy", "simulator", "notify", "indicator", "portal", "calculator",
	"seed", "app",
}

// TestImports keeps the dependency rules of internal/README.md.
func TestImports(t *testing.T) {
	t.Parallel()

	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir, base := filepath.ToSlash(filepath.Dir(path)), filepath.Base(path)
		rank := slices.Index(order, dir)
		if rank < 0 {
			t.Errorf("%s: package is missing from order", dir)
		}
		if dir == "testdb" {
			return nil // stands outside: tests of every package use it
		}
		if bytes.Contains(source, []byte(".Gorm()")) && !strings.HasPrefix(base, "store") && dir != "platform/postgres" {
			t.Errorf("%s calls Gorm(): SQL belongs in store.go", path)
		}
		for _, spec := range file.Imports {
			imp, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			switch {
			case strings.HasPrefix(imp, "gorm.io/") && !strings.HasPrefix(base, "store") && dir != "platform/postgres":
				t.Errorf("%s imports %s: GORM belongs in store.go", path, imp)
			case (strings.Contains(imp, "gin-gonic") || strings.Contains(imp, "danielgtaylor/huma")) &&
				!strings.HasPrefix(base, "api") && base != "openapi.go" && dir != "httpapi" && dir != "app":
				t.Errorf("%s imports %s: HTTP belongs in api.go", path, imp)
			case strings.HasPrefix(imp, module) && slices.Index(order, strings.TrimPrefix(imp, module)) >= rank:
				t.Errorf("%s imports %s, which comes later in order", path, imp)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
