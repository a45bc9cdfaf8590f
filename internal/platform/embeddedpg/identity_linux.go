package embeddedpg

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// identity is a user under which PostgreSQL's programs run. PostgreSQL refuses to run as
// root, and containers and CI run everything as root.
type identity struct {
	uid, gid  int  // -1: as we are
	namespace bool // stay the user we are outside, and be uid inside a user namespace
}

var asWeAre = identity{uid: -1, gid: -1}

func canChangeIdentity() bool { return os.Geteuid() == 0 }

// identities lists who may run the server, the preferred first: the owner of the cluster
// that exists, the user postgres, nobody, the owner of the folder, and last ourselves in a
// user namespace, which reaches folders that only root may pass.
func identities(cluster, dir string) []identity {
	if !canChangeIdentity() {
		return []identity{asWeAre}
	}
	var list []identity
	add := func(who identity, ok bool) {
		if ok && who.uid != 0 && !slices.Contains(list, who) {
			list = append(list, who)
		}
	}
	service, ok := named("postgres")
	nobody, isNobody := named("nobody")
	if !ok {
		service, ok = nobody, isNobody
	}
	inside := service
	if !ok {
		inside = identity{uid: 65534, gid: 65534}
	}
	inside.namespace = true

	owner, exists := ownerOf(cluster)
	add(inside, exists && owner.uid == 0) // such a cluster was made in a namespace
	add(owner, exists)
	add(service, ok)
	add(nobody, isNobody)
	add(ownerOf(dir))
	add(inside, true)
	return list
}

func named(name string) (identity, bool) {
	u, err := user.Lookup(name)
	if err != nil {
		return identity{}, false
	}
	uid, errUID := strconv.Atoi(u.Uid)
	gid, errGID := strconv.Atoi(u.Gid)
	return identity{uid: uid, gid: gid}, errUID == nil && errGID == nil
}

func ownerOf(path string) (identity, bool) {
	info, err := os.Lstat(path)
	if err != nil {
		return identity{}, false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return identity{}, false
	}
	return identity{uid: int(stat.Uid), gid: int(stat.Gid)}, true
}

func (who identity) String() string {
	switch {
	case who.uid < 0:
		return "当前用户"
	case who.namespace:
		return "用户命名空间"
	default:
		return fmt.Sprintf("系统用户 %d", who.uid)
	}
}

// apply makes the command run under the identity.
func (who identity) apply(cmd *exec.Cmd) {
	switch {
	case who.uid < 0:
	case who.namespace:
		cmd.SysProcAttr = &syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWUSER,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: who.uid, HostID: os.Geteuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{ContainerID: who.gid, HostID: os.Getegid(), Size: 1}},
		}
	default:
		cmd.SysProcAttr = &syscall.SysProcAttr{
			Credential: &syscall.Credential{Uid: uint32(who.uid), Gid: uint32(who.gid)},
		}
	}
}

// own gives the folder and what is in it to the identity, unless it has it already.
func (who identity) own(dir string) error {
	if who.uid < 0 {
		return nil
	}
	uid, gid := who.uid, who.gid
	if who.namespace {
		uid, gid = os.Geteuid(), os.Getegid()
	}
	if now, ok := ownerOf(dir); ok && now.uid == uid {
		return nil
	}
	return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, uid, gid)
	})
}

// servesCluster tells whether the process is the postmaster of the cluster.
func servesCluster(pid int, cluster string) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return false
	}
	args := strings.Split(strings.TrimRight(string(text), "\x00"), "\x00")
	if filepath.Base(args[0]) != "postgres" {
		return false
	}
	if slices.Contains(args, cluster) {
		return true
	}
	// Somebody else started it, perhaps with a relative path: its working directory is the cluster.
	cwd, err := os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid))
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist) // another user's postgres: rather not touch its file
	}
	real, err := filepath.EvalSymlinks(cluster)
	return err == nil && cwd == real
}

// copyPassable copies the programs so that every user can read and run them.
func copyPassable(from, to string) error {
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		return err
	}
	return filepath.WalkDir(to, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Type()&fs.ModeSymlink != 0 {
			return err
		}
		return os.Chmod(path, 0o755)
	})
}
