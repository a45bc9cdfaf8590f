package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func setup(t *testing.T) (*Dir, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "blob")
	d, err := NewDir(path)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	return d, path
}

func content(t *testing.T, s Store, key string) string {
	t.Helper()
	r, err := s.Get(t.Context(), key)
	require.NoError(t, err)
	text, err := io.ReadAll(r)
	require.NoError(t, err)
	require.NoError(t, r.Close())
	return string(text)
}

// files lists what lies in the folder, drafts included.
func files(t *testing.T, path string) []string {
	t.Helper()
	var found []string
	require.NoError(t, filepath.WalkDir(path, func(p string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			found = append(found, p)
		}
		return err
	}))
	return found
}

func TestDir(t *testing.T) {
	t.Parallel()

	t.Run("GivesBackWhatWasPut", func(t *testing.T) {
		t.Parallel()
		d, path := setup(t)

		size, sum, err := d.Put(t.Context(), "evidence/7/a.pdf", strings.NewReader("质押合同"))

		require.NoError(t, err)
		require.EqualValues(t, 12, size)
		want := sha256.Sum256([]byte("质押合同"))
		require.Equal(t, hex.EncodeToString(want[:]), sum)
		require.Equal(t, "质押合同", content(t, d, "evidence/7/a.pdf"))
		stored := files(t, path)
		require.Len(t, stored, 1)
		info, err := os.Stat(stored[0])
		require.NoError(t, err)
		require.Equal(t, fs.FileMode(0o600), info.Mode())
	})

	t.Run("ReplacesAndIsSeenByTheNextProcess", func(t *testing.T) {
		t.Parallel()
		d, path := setup(t)
		for _, text := range []string{"old and long", "new"} {
			_, _, err := d.Put(t.Context(), "k", strings.NewReader(text))
			require.NoError(t, err)
		}

		again, err := NewDir(path)
		require.NoError(t, err)
		defer again.Close()
		require.Equal(t, "new", content(t, again, "k"))
		require.Len(t, files(t, path), 1)
	})

	t.Run("KeepsTheOldFileWhenTheNewOneBreaksOff", func(t *testing.T) {
		t.Parallel()
		d, path := setup(t)
		_, _, err := d.Put(t.Context(), "k", strings.NewReader("old"))
		require.NoError(t, err)
		broken := errors.New("line is dead")

		_, _, err = d.Put(t.Context(), "k", io.MultiReader(strings.NewReader("ne"), iotest.ErrReader(broken)))

		require.ErrorIs(t, err, broken)
		require.Equal(t, "old", content(t, d, "k"))
		require.Len(t, files(t, path), 1, "no draft stays behind")
	})

	t.Run("StoresNothingThatIsTooLarge", func(t *testing.T) {
		t.Parallel()
		d, path := setup(t)

		_, _, err := d.Put(t.Context(), "k", Limit(strings.NewReader("12345"), 4))

		require.ErrorIs(t, err, ErrTooLarge)
		require.Empty(t, files(t, path))
	})

	t.Run("StopsWhenNobodyWaits", func(t *testing.T) {
		t.Parallel()
		d, path := setup(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()

		_, _, err := d.Put(ctx, "k", strings.NewReader("x"))

		require.ErrorIs(t, err, context.Canceled)
		require.Empty(t, files(t, path))
	})

	t.Run("DeletesTwiceAndThenHasNothing", func(t *testing.T) {
		t.Parallel()
		d, _ := setup(t)
		_, _, err := d.Put(t.Context(), "k", strings.NewReader("x"))
		require.NoError(t, err)

		require.NoError(t, d.Delete(t.Context(), "k"))
		require.NoError(t, d.Delete(t.Context(), "k"))
		_, err = d.Get(t.Context(), "k")
		require.ErrorIs(t, err, ErrNotFound)
		require.ErrorIs(t, err, fs.ErrNotExist)
	})

	t.Run("KeepsAKeyThatBeginsLikeAnother", func(t *testing.T) {
		t.Parallel()
		d, _ := setup(t)
		for _, key := range []string{"a", "a/b", "a/b/c"} {
			_, _, err := d.Put(t.Context(), key, strings.NewReader(key))
			require.NoError(t, err)
		}
		require.Equal(t, "a", content(t, d, "a"))
		require.Equal(t, "a/b", content(t, d, "a/b"))
		require.Equal(t, "a/b/c", content(t, d, "a/b/c"))
	})

	t.Run("ShowsReadersOldOrNewButNothingBetween", func(t *testing.T) {
		t.Parallel()
		d, _ := setup(t)
		versions := map[string]bool{strings.Repeat("a", 1<<16): true, strings.Repeat("b", 1<<16): true}
		put := func(text string) error {
			_, _, err := d.Put(context.WithoutCancel(t.Context()), "k", strings.NewReader(text))
			return err
		}
		require.NoError(t, put(strings.Repeat("a", 1<<16)))
		var wg sync.WaitGroup
		for text := range versions {
			wg.Go(func() {
				for range 5 {
					if err := put(text); err != nil {
						t.Error(err)
					}
				}
			})
		}
		for range 50 {
			require.True(t, versions[content(t, d, "k")])
		}
		wg.Wait()
	})

	t.Run("RemovesForgottenDraftsOnly", func(t *testing.T) {
		t.Parallel()
		_, path := setup(t)
		old, young := filepath.Join(path, drafts, "old"), filepath.Join(path, drafts, "young")
		for _, p := range []string{old, young} {
			require.NoError(t, os.WriteFile(p, nil, 0o600))
		}
		yesterday := time.Now().Add(-25 * time.Hour)
		require.NoError(t, os.Chtimes(old, yesterday, yesterday))

		d, err := NewDir(path)

		require.NoError(t, err)
		require.NoError(t, d.Close())
		require.Equal(t, []string{young}, files(t, path))
	})

	t.Run("DoesNotFollowALinkOutside", func(t *testing.T) {
		t.Parallel()
		d, path := setup(t)
		secret := filepath.Join(t.TempDir(), "secret")
		require.NoError(t, os.WriteFile(secret, []byte("x"), 0o600))
		link := filepath.Join(path, place("k"))
		require.NoError(t, os.MkdirAll(filepath.Dir(link), 0o700))
		require.NoError(t, os.Symlink(secret, link))

		_, err := d.Get(t.Context(), "k")
		require.Error(t, err)
	})
}

func TestMalformedKeys(t *testing.T) {
	t.Parallel()
	d, path := setup(t)
	for _, key := range []string{
		"", ".", "..", "/", "/etc/passwd", "../x", "a/../../x", "a/..", "a//b", "a/", "./a", ".drafts/x", "a/.b",
		`a\b`, `..\x`, "a\x00b", "a b", "a\n", "中文", "a~b", "c:x", strings.Repeat("a", 201),
	} {
		_, _, err := d.Put(t.Context(), key, strings.NewReader("x"))
		require.ErrorIs(t, err, ErrKey, "%q", key)
		_, err = d.Get(t.Context(), key)
		require.ErrorIs(t, err, ErrKey, "%q", key)
		require.ErrorIs(t, d.Delete(t.Context(), key), ErrKey, "%q", key)
	}
	require.Empty(t, files(t, path))
}

func TestLimit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(0, -1, 64).Draw(t, "text")
		most := rapid.Int64Range(0, 80).Draw(t, "most")
		r := Limit(strings.NewReader(text), most)
		if rapid.Bool().Draw(t, "byte by byte") {
			r = iotest.OneByteReader(r)
		}

		got, err := io.ReadAll(r)

		if int64(len(text)) > most {
			require.ErrorIs(t, err, ErrTooLarge)
			require.Equal(t, text[:most], string(got))
			return
		}
		require.NoError(t, err)
		require.Equal(t, text, string(got))
	})
}

// FuzzPlace holds that no accepted key leads out of the folder or to another key's file.
func FuzzPlace(f *testing.F) {
	f.Add("a/b", "a")
	f.Add("..", "a/..")
	f.Fuzz(func(t *testing.T, a, b string) {
		if CheckKey(a) != nil || CheckKey(b) != nil {
			return
		}
		require.True(t, filepath.IsLocal(place(a)))
		require.Equal(t, 1, strings.Count(place(a), string(filepath.Separator)))
		require.Equal(t, a == b, place(a) == place(b))
	})
}
