package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"ippledge/internal/app"
	"ippledge/internal/config"
	"ippledge/internal/iam"
	"ippledge/internal/platform/postgres"
)

// seedAtStart loads what an empty database needs: the reference data always, the demo
// story where the settings ask for it.
func seedAtStart(ctx context.Context, e *environment) error { return load(ctx, e, e.config.Demo) }

func load(ctx context.Context, e *environment, demo bool) error {
	if demo {
		empty, err := app.Empty(ctx, e.db)
		if err != nil {
			return err
		}
		if empty {
			return tell(ctx, e)
		}
	}
	return app.LoadReference(ctx, e.db)
}

func tell(ctx context.Context, e *environment) error {
	begun := time.Now()
	fmt.Println("正在载入演示故事（两年的业务，逐步办理）……")
	c := e.config
	c.Demo = true
	db, err := postgres.Open(ctx, e.url, postgres.Options{SimpleProtocol: c.Pooler, MaxConns: 4, AsyncCommit: !c.Pooler})
	if err != nil {
		return err
	}
	err = app.TellDemo(ctx, db, e.files, c, time.Now())
	if closeErr := db.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	fmt.Printf("演示故事已载入，用时 %.1f 秒\n", time.Since(begun).Seconds())
	return nil
}

// seed loads the reference data, and with --demo the story, into the database.
func seedCommand(ctx context.Context, args []string) int {
	flags := flag.NewFlagSet("seed", flag.ContinueOnError)
	demo := flags.Bool("demo", false, "载入演示故事（仅限空库）")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	e, err := open(ctx)
	if err != nil {
		return fail(err)
	}
	defer e.close()
	if err := load(ctx, e, *demo); err != nil {
		return fail(err)
	}
	fmt.Println("参考数据已载入")
	return 0
}

// signIns are the ones worth trying first; the sign-in page lists them all.
var signIns = [][2]string{
	{"ent.operator / ent.signatory", "企业经办 / 签署人"}, {"bank.officer / bank.reviewer / bank.approver", "银行客户经理 / 复核 / 审批"},
	{"appraiser1 / appraiser2 / appraisal.reviewer", "评估师 / 评估师 / 机构审核"}, {"bureau.handler / bureau.checker", "知识产权局经办 / 复核"},
	{"fund.handler / fund.checker", "基金管理人经办 / 复核"}, {"treasurer / finance.checker", "财政局经办 / 复核"},
	{"expert1 … expert7", "评审专家"}, {"auditor / sysadmin / secadmin", "审计 / 系统 / 安全管理员"},
}

func greet(c config.Config) {
	fmt.Printf("\n邵知融已启动： %s\n", c.BaseURL)
	if c.Demo {
		fmt.Printf("\n演示账号（口令都是 %s）：\n", iam.DemoPassword)
		for _, s := range signIns {
			fmt.Printf("  %-46s %s\n", s[0], s[1])
		}
	}
	fmt.Println()
}
