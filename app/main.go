// Package app is the program: it opens the window, or runs a command without
// one. It only wires together what the packages below it do.
package app

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"giaoban/app/command"
)

// Main runs the program and returns its exit code. Without a command it opens
// the window; --file names the data file.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	env := command.Env{Stdout: os.Stdout, Stderr: os.Stderr, File: command.DefaultFile()}
	args := os.Args[1:]
	switch {
	case len(args) == 0:
		return runWindow("")
	case len(args) == 2 && args[0] == "--file":
		return runWindow(args[1])
	case len(args) == 1 && (args[0] == "--help" || args[0] == "-h" || args[0] == "help"):
		command.PrintUsage(os.Stdout)
		return command.ExitDone
	case len(args) == 1 && args[0] == "--file":
		fmt.Fprintln(os.Stderr, "Thiếu tên tệp sau --file.")
		return command.ExitUsage
	}
	return command.Run(ctx, env, args)
}
