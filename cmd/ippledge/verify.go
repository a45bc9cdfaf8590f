package main

import (
	"context"
	"fmt"
	"os"

	"ippledge/internal/audit"
)

// ledgerCommand proves the books and the audit trail; exit code 1 names the first break.
func ledgerCommand(ctx context.Context, args []string) int {
	if len(args) != 1 || args[0] != "verify" {
		fmt.Fprint(os.Stderr, usage)
		return 2
	}
	e, err := open(ctx)
	if err != nil {
		return fail(err)
	}
	defer e.close()
	report, err := e.app().Ledger.Verify(ctx)
	if err != nil {
		return fail(err)
	}
	fmt.Println(report)
	if _, err := audit.Seal(ctx, e.db); err != nil {
		return fail(err)
	}
	trail, err := audit.Verify(ctx, e.db)
	if err != nil {
		return fail(err)
	}
	if trail.OK {
		fmt.Printf("审计链完好：%d 条，链尾 %s\n", trail.Sealed, trail.Head)
	} else {
		fmt.Printf("审计链在第 %d 条断裂：%s\n", trail.BreakAt, trail.Problem)
	}
	if !report.OK || !trail.OK {
		return 1
	}
	return 0
}
