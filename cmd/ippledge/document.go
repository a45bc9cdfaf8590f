package main

import (
	"context"
	"fmt"
	"os"

	"ippledge/internal/app"
	"ippledge/internal/authz"
	"ippledge/internal/calculator"
	"ippledge/internal/config"
)

// openapi prints the document of the API; it needs no database.
func openapi(context.Context, []string) int {
	_, api := app.New(nil, nil, config.Config{BaseURL: "http://127.0.0.1:8080"}).Engine()
	text, err := api.Document().YAML()
	if err != nil {
		return fail(err)
	}
	if _, err := os.Stdout.Write(text); err != nil {
		return fail(err)
	}
	return 0
}

// permissions prints the catalogue as a table for the docs.
func permissions(context.Context, []string) int {
	fmt.Print(authz.Markdown())
	return 0
}

// calc is the public calculators on the command line.
func calc(_ context.Context, args []string) int {
	if len(args) != 1 {
		fmt.Fprint(os.Stderr, usage)
		return 2
	}
	return calculator.Run(args[0], os.Stdin, os.Stdout)
}

// states prints the state diagrams for the docs.
func states(context.Context, []string) int {
	fmt.Print(app.States())
	return 0
}
