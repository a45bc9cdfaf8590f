// Package seeds embeds the data a city brings along: its areas, the plan's targets, the
// LPR history, the default policy and the classifications (reference/), and the people of
// the demo story (demo/). Another city
// adopts the platform by changing these files, not the code.
package seeds

import "embed"

// Reference holds the files of reference/.
//
//go:embed reference
var Reference embed.FS

// Demo holds the files of demo/: the people of the story. Firms and people are invented.
//
//go:embed demo
var Demo embed.FS
