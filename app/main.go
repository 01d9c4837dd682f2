// Package app is the program: it opens the window, or runs a command without
// one. It only wires together what the packages below it do.
package app

import (
	"context"
	"os"
	"os/signal"

	"giaoban/app/command"
)

// Main runs the program and returns its exit code.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	env := command.Env{Stdout: os.Stdout, Stderr: os.Stderr, File: command.DefaultFile()}
	return command.Run(ctx, env, os.Args[1:])
}
