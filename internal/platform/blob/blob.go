// Package blob stores files: certificates, contracts, evidence. Its one hard rule: a stored
// file is either whole or not there, also after a crash.
//
// Callers hold the interface; today a local folder stands behind it, and an object store
// (S3) fits the same four methods. Who may read a file is the caller's question.
package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
)

// ErrNotFound is what Get answers for a key under which nothing is stored.
var ErrNotFound = fmt.Errorf("blob: %w", fs.ErrNotExist)

// ErrKey is a key that is not of the allowed form.
var ErrKey = errors.New("blob: malformed key")

// ErrTooLarge is what reading from Limit gives when there is more than was allowed.
var ErrTooLarge = errors.New("blob: larger than allowed")

// Store keeps files under keys.
type Store interface {
	// Put stores what r gives and replaces what was there. It answers the number of bytes
	// and their SHA-256 in lower case hexadecimal. When r fails nothing changes and its
	// error is in the chain.
	Put(ctx context.Context, key string, r io.Reader) (size int64, sha256 string, err error)
	// Get opens the file, or answers ErrNotFound. The caller closes it.
	Get(ctx context.Context, key string) (io.ReadCloser, error)
	// Delete removes the file. A file that isn't there is no error: a job that runs twice
	// deletes twice.
	Delete(ctx context.Context, key string) error
}

// keyPattern: segments of letters, digits, hyphen, underscore and inner dots, joined by
// slashes. A segment can't start with a dot, so no key climbs out or names a hidden file.
var keyPattern = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$`)

// longestKey is far below what file systems and S3 (1024) take.
const longestKey = 200

// CheckKey answers ErrKey unless every store can hold the key. Names users gave to their
// files never become keys; they belong into the database.
func CheckKey(key string) error {
	if len(key) > longestKey || !keyPattern.MatchString(key) {
		return fmt.Errorf("%w: %.220q", ErrKey, key)
	}
	return nil
}

// Limit reads from r and fails with ErrTooLarge after most bytes if there are more. An
// io.LimitReader would cut the file short and call it whole.
func Limit(r io.Reader, most int64) io.Reader {
	return &limited{r: r, left: most}
}

type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left < 0 {
		return 0, ErrTooLarge
	}
	// One byte more than is left shows whether there is more.
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	l.left -= int64(n)
	if l.left < 0 {
		return n - 1, ErrTooLarge
	}
	return n, err
}
