// Command ippledge is the whole product in one binary.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

const usage = `邵知融 ippledge — 知识产权质押融资平台

用法：
  ippledge serve                启动服务（缺省命令）
  ippledge migrate [up|down]    建立或升级数据库结构
  ippledge seed [--demo]        载入参考数据；--demo 另载入演示故事
  ippledge openapi              输出接口文档（YAML）
  ippledge permissions          输出权限目录（Markdown）
  ippledge states               输出状态图（Markdown）
  ippledge user create          新建用户，从标准输入读 JSON
  ippledge ledger verify        校验账本与审计链，有断裂时退出码为 1
  ippledge calc KIND            计算器：identifier | working-days | split | schedule，
                                从标准输入读 JSON，向标准输出写 JSON
设置见 .env.example。
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string) int {
	command := "serve"
	if len(args) > 0 {
		command, args = args[0], args[1:]
	}
	work, ok := commands[command]
	if !ok {
		fmt.Fprint(os.Stderr, usage)
		return 2
	}
	return work(ctx, args)
}

// commands are the words after the program's name; each returns the exit code.
var commands = map[string]func(context.Context, []string) int{
	"serve":       serve,
	"migrate":     migrate,
	"openapi":     openapi,
	"permissions": permissions,
	"calc":        calc,
	"seed":        seedCommand,
	"user":        user,
	"states":      states,
	"ledger":      ledgerCommand,
	"help":        func(context.Context, []string) int { fmt.Print(usage); return 0 },
}

func fail(err error) int {
	fmt.Fprintln(os.Stderr, "ippledge:", err)
	return 1
}
