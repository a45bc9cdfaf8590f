//go:build !linux

package embeddedpg

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// identity has one value here: the server runs as the user who calls. Root is refused by
// PostgreSQL itself, with a message that says so.
type identity struct{}

func canChangeIdentity() bool              { return false }
func identities(string, string) []identity { return []identity{{}} }
func (identity) String() string            { return "当前用户" }
func (identity) apply(*exec.Cmd)           {}
func (identity) own(string) error          { return nil }

// servesCluster tells whether the process is the postmaster of the cluster.
func servesCluster(pid int, cluster string) bool {
	out, err := exec.Command("ps", "-o", "command=", "-p", fmt.Sprint(pid)).Output()
	return err == nil && strings.Contains(string(out), "postgres") && strings.Contains(string(out), cluster)
}

func copyPassable(string, string) error {
	return errors.New("only needed where the server changes its user")
}
