// Package config reads the settings from the environment into one struct and says in
// sentences what is wrong with them, before anything starts.
package config

import (
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
)

// Config is every setting there is.
type Config struct {
	// DatabaseURL names a PostgreSQL to use; empty runs a private one under DataDir.
	DatabaseURL string `env:"DATABASE_URL"`
	// DirectURL is the same database past the pooler, for migrations; DatabaseURL when empty.
	DirectURL string `env:"DATABASE_DIRECT_URL"`
	// Pooler says that DatabaseURL is PgBouncer in transaction mode.
	Pooler bool `env:"DATABASE_POOLER"`
	// DatabaseConns bounds the pool.
	DatabaseConns int    `env:"DATABASE_CONNS" envDefault:"40"`
	ListenAddr    string `env:"LISTEN_ADDR" envDefault:"127.0.0.1:8080"`
	DataDir       string `env:"DATA_DIR" envDefault:".data"`
	// BaseURL is how browsers reach the program; cookies are Secure when it is https.
	BaseURL string `env:"BASE_URL"`
	// Demo loads the demo story into an empty database and shows the demo sign-ins.
	Demo bool `env:"DEMO"`
	// MFA is required or optional: whether staff must use a second factor. Optional only
	// by choice, or by default in the demo.
	MFA string `env:"MFA"`
	// LogLevel is debug, info, warn or error.
	LogLevel string `env:"LOG_LEVEL" envDefault:"info"`
	// ShutdownGrace is how long requests under way may take after a stop is asked for.
	ShutdownGrace time.Duration `env:"SHUTDOWN_GRACE" envDefault:"20s"`
}

// Load reads and checks the environment.
func Load() (Config, error) {
	c, err := env.ParseAs[Config]()
	if err != nil {
		return c, fmt.Errorf("环境变量有误：%w", err)
	}
	if c.BaseURL == "" {
		c.BaseURL = "http://" + c.ListenAddr
	}
	if c.DirectURL == "" {
		c.DirectURL = c.DatabaseURL
	}
	if c.MFA == "" {
		c.MFA = "required"
		if c.Demo {
			c.MFA = "optional"
		}
	}
	return c, c.check()
}

// Secure tells whether browsers come by https.
func (c Config) Secure() bool { return strings.HasPrefix(c.BaseURL, "https://") }

// MFARequired tells whether staff must use a second factor.
func (c Config) MFARequired() bool { return c.MFA == "required" }

func (c Config) check() error {
	var wrong []string
	complain := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	if _, _, err := net.SplitHostPort(c.ListenAddr); err != nil {
		complain("LISTEN_ADDR=%q 应为 主机:端口，例如 127.0.0.1:8080", c.ListenAddr)
	}
	if u, err := url.Parse(c.BaseURL); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		complain("BASE_URL=%q 应为 http 或 https 开头的完整地址", c.BaseURL)
	}
	for name, value := range map[string]string{"DATABASE_URL": c.DatabaseURL, "DATABASE_DIRECT_URL": c.DirectURL} {
		if value != "" && !strings.HasPrefix(value, "postgres://") && !strings.HasPrefix(value, "postgresql://") {
			complain("%s 应以 postgres:// 开头", name)
		}
	}
	if c.DatabaseConns < 4 || c.DatabaseConns > 1000 {
		complain("DATABASE_CONNS=%d 应在 4 到 1000 之间", c.DatabaseConns)
	}
	if c.DataDir == "" {
		complain("DATA_DIR 不能为空")
	}
	if c.MFA != "required" && c.MFA != "optional" {
		complain("MFA=%q 应为 required 或 optional", c.MFA)
	}
	switch c.LogLevel {
	case "debug", "info", "warn", "error":
	default:
		complain("LOG_LEVEL=%q 应为 debug、info、warn 或 error", c.LogLevel)
	}
	if len(wrong) > 0 {
		return fmt.Errorf("设置有误：\n  %s", strings.Join(wrong, "\n  "))
	}
	return nil
}
