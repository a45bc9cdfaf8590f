package blob

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Dir is a Store in a local folder. Files lie in 256 subfolders by a hash of the key, so
// that no folder grows large; only the user of the process can read them.
type Dir struct{ root *os.Root }

var _ Store = (*Dir)(nil)

// drafts is the folder of files that are being written. No key starts with a dot.
const drafts = ".drafts"

// forgotten is the age at which a draft counts as left behind by a crash. Younger ones may
// belong to another process on the same folder.
const forgotten = 24 * time.Hour

// NewDir uses the folder, and makes it when it is missing.
func NewDir(path string) (*Dir, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	root, err := os.OpenRoot(path) // whatever a key says, it can't lead outside
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	d := &Dir{root}
	if err := d.tidy(); err != nil {
		return nil, errors.Join(fmt.Errorf("blob: %w", err), root.Close())
	}
	return d, nil
}

// tidy makes the folder of drafts, or removes the forgotten ones from it.
func (d *Dir) tidy() error {
	if err := d.root.MkdirAll(drafts, 0o700); err != nil {
		return err
	}
	entries, err := fs.ReadDir(d.root.FS(), drafts)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // finished meanwhile
		}
		if err != nil {
			return err
		}
		if time.Since(info.ModTime()) < forgotten {
			continue
		}
		if err := d.root.Remove(filepath.Join(drafts, entry.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Close gives the folder up.
func (d *Dir) Close() error { return d.root.Close() }

// place is the file's path below the root: two hexadecimal digits, and the key with its
// slashes turned into a character no key has, so that no key is the folder of another.
func place(key string) string {
	sum := sha256.Sum256([]byte(key))
	return filepath.Join(hex.EncodeToString(sum[:1]), strings.ReplaceAll(key, "/", "~"))
}

// Put writes beside the final place, forces the bytes to the disk, and moves the file
// there: readers see the old file or the new one.
func (d *Dir) Put(ctx context.Context, key string, r io.Reader) (size int64, sum string, err error) {
	if err := CheckKey(key); err != nil {
		return 0, "", err
	}
	draft := filepath.Join(drafts, rand.Text())
	defer func() {
		if err != nil {
			if e := d.root.Remove(draft); e != nil && !errors.Is(e, fs.ErrNotExist) {
				err = errors.Join(err, e)
			}
		}
	}()
	size, sum, err = d.write(ctx, draft, r)
	if err != nil {
		return 0, "", fmt.Errorf("blob: put %s: %w", key, err)
	}
	final := place(key)
	if err := d.root.MkdirAll(filepath.Dir(final), 0o700); err != nil {
		return 0, "", fmt.Errorf("blob: put %s: %w", key, err)
	}
	if err := d.root.Rename(draft, final); err != nil {
		return 0, "", fmt.Errorf("blob: put %s: %w", key, err)
	}
	return size, sum, d.syncFolder(filepath.Dir(final))
}

func (d *Dir) write(ctx context.Context, path string, r io.Reader) (size int64, sum string, err error) {
	file, err := d.root.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, "", err
	}
	hash := sha256.New()
	size, err = io.Copy(io.MultiWriter(file, hash), stopping{ctx, r})
	if err == nil {
		err = file.Sync()
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return 0, "", err
	}
	return size, hex.EncodeToString(hash.Sum(nil)), nil
}

// syncFolder makes the new name itself survive a crash.
func (d *Dir) syncFolder(path string) error {
	folder, err := d.root.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// Get opens the file.
func (d *Dir) Get(ctx context.Context, key string) (io.ReadCloser, error) {
	if err := CheckKey(key); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	file, err := d.root.Open(place(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s", ErrNotFound, key)
	}
	if err != nil {
		return nil, fmt.Errorf("blob: get %s: %w", key, err)
	}
	return file, nil
}

// Delete removes the file.
func (d *Dir) Delete(ctx context.Context, key string) error {
	if err := CheckKey(key); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := d.root.Remove(place(key)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("blob: delete %s: %w", key, err)
	}
	return nil
}

// stopping ends the reading when ctx ends, so that an upload nobody waits for leaves.
type stopping struct {
	ctx context.Context
	r   io.Reader
}

func (s stopping) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}
