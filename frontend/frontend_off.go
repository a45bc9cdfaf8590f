//go:build nofrontend

// Package frontend serves the built single-page application; this variant, for building
// without Node, answers that there is none.
package frontend

import "net/http"

// Handler answers 404 to everything.
func Handler() http.Handler { return http.NotFoundHandler() }
