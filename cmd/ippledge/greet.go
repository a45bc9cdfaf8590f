package main

import (
	"context"
	"fmt"

	"ippledge/internal/config"
)

// seedAtStart loads what an empty database needs.
func seedAtStart(context.Context, *environment) error { return nil }

func greet(c config.Config) { fmt.Printf("\n邵知融已启动： %s\n\n", c.BaseURL) }
