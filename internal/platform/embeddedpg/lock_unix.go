//go:build unix

package embeddedpg

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// lock is a lock on a file, which ends with the process however that ends.
type lock struct{ file *os.File }

// lockFile waits for the file's exclusive lock.
func lockFile(ctx context.Context, path string) (*lock, error) {
	for {
		l, err := flock(path, syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return l, err
		}
		if err := sleep(ctx, 20*time.Millisecond); err != nil {
			return nil, err
		}
	}
}

// shareFile takes the file's shared lock. Only Stop asks for an exclusive one, under
// pg.lock, and gives it up before it gives that up: there is nothing to wait for.
func shareFile(path string) (*lock, error) {
	return flock(path, syscall.LOCK_SH)
}

func flock(path string, how int) (*lock, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(file.Fd()), how)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &lock{file}, nil
}

// upgrade makes a shared lock exclusive, and answers false when others share it.
func (l *lock) upgrade() bool {
	return syscall.Flock(int(l.file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}

func (l *lock) unlock() {
	_ = l.file.Close() // which releases the lock; nothing was written
}

// ownSession keeps a Ctrl-C at the terminal from the server: it stops when we say so, after
// we finished our own work.
func ownSession(cmd *exec.Cmd) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setsid = true
}

// ownFolder tells whether the path is a real folder (no link) that belongs to us, so that
// nobody else prepared it for us in a folder open to all.
func ownFolder(path string) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() {
		return false
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(owner.Uid) == os.Geteuid()
}
