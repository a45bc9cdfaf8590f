package embeddedpg

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// launcher is one attempt to start the server of a folder. It is used under pg.lock.
type launcher struct {
	options Options
	dir     string // the folder the caller named, absolute
	home    string // where the cluster lives: dir, or a folder under /var/tmp
	bin     binaries
	who     identity
	whoMay  func(cluster, dir string) []identity // identities; tests leave some out
}

func (l *launcher) cluster() string { return filepath.Join(l.home, "pg"+strconv.Itoa(l.bin.major)) }
func (l *launcher) logFile() string { return l.cluster() + ".log" }

func (l *launcher) say(format string, args ...any) {
	// A message that can't be shown is no reason not to start the database.
	_, _ = fmt.Fprintf(l.options.Log, format+"\n", args...)
}

func (l *launcher) start(ctx context.Context) (*Server, error) {
	if s, err := l.running(ctx); s != nil || err != nil {
		return s, err
	}
	all, err := findBinaries(ctx, l.dir)
	if err != nil {
		return nil, err
	}
	if l.options.Discard {
		if err := l.discard(); err != nil {
			return nil, err
		}
	}
	if l.bin, err = l.choose(all); err != nil {
		return nil, err
	}
	if err := l.settle(ctx); err != nil {
		return nil, err
	}
	if err := l.initialise(ctx); err != nil {
		return nil, err
	}
	return l.launch(ctx)
}

// homes lists where clusters of this folder may be.
func (l *launcher) homes() []string {
	if !canChangeIdentity() {
		return []string{l.dir}
	}
	return []string{l.dir, l.refuge()}
}

// refuge is a folder every user can reach, for a cluster whose own folder the server's user
// can't. The name follows from the folder, so that the next start finds it.
func (l *launcher) refuge() string {
	return fmt.Sprintf("/var/tmp/embeddedpg-%x", sha256.Sum256([]byte(l.dir)))[:len("/var/tmp/embeddedpg-")+16]
}

// clusters lists the folder's clusters, the newest version first.
func (l *launcher) clusters() []string {
	var found []string
	for _, home := range l.homes() {
		folders, _ := filepath.Glob(filepath.Join(globQuote(home), "pg[0-9]*")) // the pattern is well formed
		for _, folder := range folders {
			if majorOf(folder) > 0 {
				found = append(found, folder)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b string) int { return majorOf(b) - majorOf(a) })
	return found
}

var globQuoter = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`)

func globQuote(path string) string { return globQuoter.Replace(path) }

// majorOf reads the 18 of .data/pg18, and 0 of anything else.
func majorOf(cluster string) int {
	n, err := strconv.Atoi(strings.TrimPrefix(filepath.Base(cluster), "pg"))
	if err != nil {
		return 0
	}
	return n
}

// running finds a server that another process started, or that outlived us. It waits for
// one that is starting or stopping.
func (l *launcher) running(ctx context.Context) (*Server, error) {
	for _, cluster := range l.clusters() {
		p, err := awaitSettled(ctx, cluster)
		if err != nil {
			return nil, err
		}
		if p.pid != 0 {
			l.say("使用已在运行的 PostgreSQL：%s，端口 %d", cluster, p.port)
			return &Server{cluster: cluster, pid: p.pid, port: p.port}, nil
		}
	}
	return nil, nil
}

// discard removes every cluster of the folder. None is running: running came first.
func (l *launcher) discard() error {
	for _, cluster := range l.clusters() {
		if err := os.RemoveAll(cluster); err != nil {
			return err
		}
	}
	return nil
}

// choose takes the preferred programs that fit the cluster that is there; PostgreSQL reads
// clusters of its own major version only.
func (l *launcher) choose(all []binaries) (binaries, error) {
	clusters := l.clusters()
	for _, cluster := range clusters {
		for _, b := range all {
			if b.major == majorOf(cluster) {
				l.home = filepath.Dir(cluster)
				return b, nil
			}
		}
	}
	if len(clusters) > 0 {
		return binaries{}, fmt.Errorf(`%[1]s 里的数据由 PostgreSQL %[2]d 写成，但本机只有版本 %[3]s。请安装 PostgreSQL %[2]d 或用 APP_PG_BIN 指向它；数据不要了可删除该目录。
%[1]s was written by PostgreSQL %[2]d and only version %[3]s is here: install %[2]d, or set APP_PG_BIN, or delete the folder if its data is not needed`,
			clusters[0], majorOf(clusters[0]), versions(all))
	}
	return all[0], nil
}

func versions(all []binaries) string {
	var list []string
	for _, b := range all {
		if v := strconv.Itoa(b.major); !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return strings.Join(list, ", ")
}

// settle finds an identity that can run the programs and reach the cluster, by trying. The
// folder itself comes first; under /var/tmp everything can be reached, and programs that
// lie where only root can read them are brought there.
func (l *launcher) settle(ctx context.Context) error {
	homes := l.homes()
	if l.home != "" { // the cluster exists
		homes = []string{l.home}
	}
	found, reason := l.settleIn(ctx, homes)
	if found || !canChangeIdentity() {
		return reason
	}
	if err := l.bringPrograms(); err != nil {
		return errors.Join(reason, err)
	}
	_, again := l.settleIn(ctx, homes)
	return again
}

func (l *launcher) settleIn(ctx context.Context, homes []string) (bool, error) {
	var reasons []error
	for _, home := range homes {
		l.home = home
		if home != l.dir {
			if err := l.prepareRefuge(); err != nil {
				return false, errors.Join(append(reasons, err)...)
			}
		}
		for _, who := range l.whoMay(l.cluster(), l.dir) {
			l.who = who
			err := l.probe(ctx)
			if err == nil {
				if home != l.dir {
					l.say("服务器用户进不了 %s，数据库放在 %s", l.dir, home)
				}
				return true, l.own(l.cluster())
			}
			reasons = append(reasons, fmt.Errorf("%s, %s: %w", home, who, err))
		}
	}
	return false, fmt.Errorf("PostgreSQL 无法以任何可用的系统用户运行，请换一个目录或设置 DATABASE_URL / no identity can run PostgreSQL here: %w", errors.Join(reasons...))
}

// probe runs the server's program in the cluster's home: it fails exactly when a folder on
// the way to either can't be passed, or when the system refuses the identity.
func (l *launcher) probe(ctx context.Context) error {
	out, err := l.command(ctx, "postgres", "--version").CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}

// prepareRefuge makes the folder under /var/tmp.
func (l *launcher) prepareRefuge() error {
	if err := makeFolder(l.refuge()); err != nil {
		return err
	}
	if !ownFolder(l.refuge()) {
		return fmt.Errorf("%s 属于其他用户 / belongs to somebody else", l.refuge())
	}
	return nil
}

// bringPrograms copies the programs to the refuge. Only packages that carry their libraries
// and data beside them survive that, as npm's does; system packages can be reached anyway.
func (l *launcher) bringPrograms() error {
	if err := l.prepareRefuge(); err != nil {
		return err
	}
	copied := filepath.Join(l.refuge(), "pgbin"+strconv.Itoa(l.bin.major))
	if err := os.RemoveAll(copied); err != nil {
		return err
	}
	if err := copyPassable(filepath.Dir(l.bin.dir), copied); err != nil {
		return fmt.Errorf("copying PostgreSQL to %s: %w", copied, err)
	}
	l.bin.dir = filepath.Join(copied, filepath.Base(l.bin.dir))
	return nil
}

// command prepares one of PostgreSQL's programs under the chosen identity. Settings of the
// caller's own PostgreSQL (PGDATA, PGPORT, …) don't reach it.
func (l *launcher) command(ctx context.Context, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, l.bin.path(program), args...)
	cmd.Dir = l.home
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool {
		return strings.HasPrefix(v, "PG") || strings.HasPrefix(v, "LC_") || strings.HasPrefix(v, "LANG")
	})
	l.who.apply(cmd)
	return cmd
}

// own gives an existing cluster to the chosen identity; PostgreSQL refuses another's.
func (l *launcher) own(cluster string) error {
	if _, err := os.Lstat(cluster); err != nil {
		return nil // it is made later, by that identity
	}
	return l.who.own(cluster)
}
