package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"ippledge/internal/config"
)

// serve runs the program until it is told to stop; requests under way are finished.
func serve(ctx context.Context, _ []string) int {
	config.SpareTheCollector()
	e, err := open(ctx)
	if err != nil {
		return fail(err)
	}
	defer e.close()
	if err := seedAtStart(ctx, e); err != nil {
		return fail(err)
	}
	listener, err := net.Listen("tcp", e.config.ListenAddr)
	if err != nil {
		return fail(fmt.Errorf("无法监听 %s，可能已被占用，请用 LISTEN_ADDR 换一个端口：%w", e.config.ListenAddr, err))
	}
	program := e.app()
	defer program.Close()
	engine, _ := program.Engine()
	server := &http.Server{
		Handler: engine, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute, WriteTimeout: 3 * time.Minute, IdleTimeout: 2 * time.Minute,
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return program.Background(ctx, e.url) })
	group.Go(func() error {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), e.config.ShutdownGrace)
		defer cancel()
		return server.Shutdown(grace)
	})
	greet(e.config)
	slog.Info("listening", "address", listener.Addr().String())
	if err := group.Wait(); err != nil {
		return fail(err)
	}
	return 0
}
