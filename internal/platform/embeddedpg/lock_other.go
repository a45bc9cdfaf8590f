//go:build !unix

package embeddedpg

import (
	"context"
	"os/exec"
)

// lock does nothing here: on systems without flock one process at a time may use a folder.
type lock struct{}

func lockFile(context.Context, string) (*lock, error) { return &lock{}, nil }
func shareFile(string) (*lock, error)                 { return &lock{}, nil }
func (*lock) upgrade() bool                           { return true }
func (*lock) unlock()                                 {}
func ownSession(*exec.Cmd)                            {}
func ownFolder(string) bool                           { return true }
