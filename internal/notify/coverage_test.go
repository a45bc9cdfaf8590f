package notify

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ippledge/internal/bid"
	"ippledge/internal/org"
	"ippledge/internal/product"
	"ippledge/internal/state"
	"ippledge/internal/valuation"
)

// silent are the events of which nobody is told on purpose, and why.
var silent = map[string]string{
	"approval.proposed":   "whoever may sign finds it among the tasks; and a proposal on a bid must not be heard of",
	"asset.moved":         "the event that caused the move tells its owner",
	"bid.contracted":      "the bank signs the contract itself",
	"bid.credit_approved": "loan.approved tells the borrower",
	"bid.draft":           "bids are sealed",
	"bid.due_diligence":   "the bank's own step",
	"bid.submitted":       "bids are sealed",
	"bid.withdrawn":       "bids are sealed",
	"enrolment.released":  "loan.settled tells; nobody waits",
	"fund.decided":        "the maker sees the answer to the proposal",
	"fund.moved":          "the maker sees the answer to the proposal",
	"loan.classified":     "the bank classifies itself; loan.overdue and loan.defaulted tell",
	"loan.repaid":         "the borrower pays and the bank books it: nobody waits",
	"loan.written_off":    "the bank's own accounting",
	"lpr.recorded":        "rates are looked up where they apply",
	"need.awarded":        "bid.accepted and bid.lost tell the banks",
	"need.cancelled":      "while the window is open nobody may learn who has bid; bid.lost tells after it",
	"need.fulfilled":      "loan.disbursed tells the borrower",
	"organization.closed": "nobody signs in for it any more",
	"pledge.cancel_filed": "pledge.cancelled tells when it is done",
	"product.closed":      "the bank's own shelf",
	"product.draft":       "the bank's own shelf",
	"product.published":   "need.matched tells of what it brings",
	"settlement.settled":  "the two who sign see the answer to the proposal; the form is read among the settlements",
	"valuation.drafted":   "the firm's own work",
	"valuation.signed":    "the firm's own work",
}

// built are the events whose names are made of a state: prefix and the states there are.
var built = map[string][]string{
	"organization.": targets(org.Transitions), "valuation.": targets(valuation.Transitions),
	"bid.": targets(bid.Transitions), "product.": targets(product.Transitions),
}

func targets[S, A ~string](t state.Table[S, A]) (out []string) {
	for _, row := range t {
		for _, to := range row {
			out = append(out, string(to))
		}
	}
	return out
}

// Every event that the program publishes has a rule, or stands among the silent ones; and
// no rule waits for an event that is never published.
func TestEveryPublishedEventIsToldOrSilentOnPurpose(t *testing.T) {
	t.Parallel()
	published := publishedEvents(t)
	told := map[string]bool{}
	for _, r := range rules {
		told[r.event] = true
		require.True(t, published[r.event], "%s has a rule but nobody publishes it", r.event)
	}
	for _, name := range slices.Sorted(maps.Keys(published)) {
		_, quiet := silent[name]
		require.True(t, told[name] != quiet, "%s: give it a rule, or say in silent why nobody is told (told %v, silent %v)", name, told[name], quiet)
	}
	for name := range silent {
		require.True(t, published[name], "%s is silent but nobody publishes it", name)
	}
}

var eventName = regexp.MustCompile(`^[a-z_]+\.[a-z_]*$`)

// publishedEvents reads the names out of the source: what is handed to a function called
// publish (or keep, of pledges), directly or by a variable of the calling function.
func publishedEvents(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			collect(decl, strings.Contains(filepath.ToSlash(path), "/pledge/"), names)
		}
		return nil
	})
	require.NoError(t, err)
	require.Greater(t, len(names), 60, "the walk found the sources")
	return names
}

func collect(decl ast.Decl, pledges bool, names map[string]bool) {
	variables := map[string][]string{} // what a variable of the function may hold
	ast.Inspect(decl, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && len(a.Lhs) == len(a.Rhs) {
			for i, left := range a.Lhs {
				if name, ok := left.(*ast.Ident); ok {
					variables[name.Name] = append(variables[name.Name], literals(a.Rhs[i])...)
				}
			}
		}
		return true
	})
	if f, ok := decl.(*ast.FuncDecl); ok && f.Name.Name == "eventOf" {
		add(names, literals(f))
	}
	ast.Inspect(decl, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		args := call.Args
		switch calledName(call) {
		case "publish", "Publish", "afterPublish":
		case "keep": // keep(tx, actor, pledge, what the audit trail says, event, details)
			if !pledges || len(args) < 5 {
				return true
			}
			args = args[4:5]
		default:
			return true
		}
		for _, arg := range args {
			if name, ok := arg.(*ast.Ident); ok {
				add(names, variables[name.Name])
			} else if _, isMap := arg.(*ast.CompositeLit); !isMap {
				add(names, literals(arg))
			}
		}
		return true
	})
}

func calledName(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func literals(n ast.Node) (out []string) {
	ast.Inspect(n, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if text, err := strconv.Unquote(lit.Value); err == nil && eventName.MatchString(text) {
				out = append(out, text)
			}
		}
		return true
	})
	return out
}

func add(names map[string]bool, found []string) {
	for _, name := range found {
		if !strings.HasSuffix(name, ".") {
			names[name] = true
			continue
		}
		for _, to := range built[name] {
			names[name+to] = true
		}
	}
}
