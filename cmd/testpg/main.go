// Command testpg runs a PostgreSQL for tests that is thrown away afterwards.
//
//	testpg run -- go test ./...   start a server, run the command with TEST_DATABASE_URL set to it, stop
//	testpg serve [folder]         start a server, print its address, run until stdin ends or a signal comes
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"ippledge/internal/platform/embeddedpg"
)

const usage = `testpg run -- 命令 参数…   启动临时数据库，运行命令（环境变量 TEST_DATABASE_URL），然后停止并删除
testpg serve [目录]         启动数据库，打印地址，直到标准输入结束或收到信号`

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "testpg:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

func run(args []string) (int, error) {
	switch {
	case len(args) > 2 && args[0] == "run" && args[1] == "--":
		return runCommand(args[2:])
	case len(args) == 1 && args[0] == "serve":
		return 0, inTemporaryFolder(serve)
	case len(args) == 2 && args[0] == "serve":
		return 0, serve(args[1])
	default:
		return 2, errors.New("用法：\n" + usage)
	}
}

// runCommand answers with the command's own exit code. A signal reaches the command from
// the terminal or is passed on; we wait for it either way, so that the server stops last.
func runCommand(command []string) (code int, err error) {
	err = inTemporaryFolder(func(dir string) error {
		return withServer(dir, func(url string) error {
			cmd := exec.Command(command[0], command[1:]...)
			cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
			cmd.Env = append(os.Environ(), "TEST_DATABASE_URL="+url)
			signals := make(chan os.Signal, 1)
			signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
			defer signal.Stop(signals)
			if err := cmd.Start(); err != nil {
				return err
			}
			go func() {
				for s := range signals {
					if s == syscall.SIGTERM {
						_ = cmd.Process.Signal(s) // it may have ended just now
					}
				}
			}()
			err := cmd.Wait()
			var failed *exec.ExitError
			if errors.As(err, &failed) {
				code = max(failed.ExitCode(), 1) // -1 when a signal ended it
				return nil
			}
			return err
		})
	})
	return code, err
}

func serve(dir string) error {
	return withServer(dir, func(url string) error {
		fmt.Println(url)
		ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer cancel()
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin) // an error is an end too
			cancel()
		}()
		<-ctx.Done()
		return nil
	})
}

func withServer(dir string, use func(url string) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	server, err := embeddedpg.Start(ctx, embeddedpg.ThrowAway(dir))
	if err != nil {
		return err
	}
	err = errors.Join(heartbeat(server, filepath.Join(dir, "alive")), use(server.URL("postgres")))
	stopping, stopped := context.WithTimeout(context.Background(), 30*time.Second)
	defer stopped()
	return errors.Join(err, server.Stop(stopping))
}

// heartbeat has the server stopped some minutes after we were killed without a chance to.
func heartbeat(server *embeddedpg.Server, file string) error {
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		return err
	}
	go func() {
		for now := range time.Tick(time.Minute) {
			_ = os.Chtimes(file, now, now) // when it can't, the server is stopped: the safe side
		}
	}()
	return server.StopWhenIdle(file, 10*time.Minute)
}

func inTemporaryFolder(use func(dir string) error) error {
	dir, err := os.MkdirTemp(embeddedpg.ThrowAwayFolder(), "testpg-")
	if err != nil {
		return err
	}
	// The server's own user must pass the folder when we are root.
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	return errors.Join(use(dir), os.RemoveAll(dir))
}
