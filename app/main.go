// Package app is the program: it opens the window, or runs a command without
// one. It only wires together what the packages below it do.
package app

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"giaoban/app/command"
	"giaoban/data/desk"
	"giaoban/data/disk"
)

// Main runs the program and returns its exit code. Without a command it opens
// the window; --file names the data file, --log-level how much is logged.
func Main() int {
	disk.Sweep(disk.Scratch(), time.Now()) // copies that a killed program only looked at
	env := command.Env{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, File: command.DefaultFile(), Heads: headsFolder(), Version: Version, Settle: keepHabits}
	desk.OfficerSettings = readHabits
	args, level, ok := takeLevel(os.Args[1:])
	switch {
	case !ok:
		fmt.Fprintln(os.Stderr, "Thiếu mức nhật ký sau --log-level.")
		return command.ExitUsage
	case len(args) == 0:
		return runWindow("", level)
	case len(args) == 2 && args[0] == "--file":
		return runWindow(args[1], level)
	case len(args) == 1 && (args[0] == "--help" || args[0] == "-h" || args[0] == "help"):
		command.PrintUsage(os.Stdout)
		return command.ExitDone
	case len(args) == 1 && args[0] == "--file":
		fmt.Fprintln(os.Stderr, "Thiếu tên tệp sau --file.")
		return command.ExitUsage
	}
	log, err := openLog(level)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return command.ExitUsage
	}
	defer log.Close()
	ctx, stop := signal.NotifyContext(context.Background(), endings()...)
	defer stop()
	return command.Run(ctx, env, args)
}

// takeLevel takes --log-level, with one stroke or two, from the arguments; ok is
// false where its value is missing.
func takeLevel(args []string) (rest []string, level string, ok bool) {
	for i := 0; i < len(args); i++ {
		name, value, given := strings.Cut(args[i], "=")
		if name != "--log-level" && name != "-log-level" {
			rest = append(rest, args[i])
			continue
		}
		if !given {
			if i++; i >= len(args) {
				return nil, "", false
			}
			value = args[i]
		}
		level = value
	}
	return rest, level, true
}

// endings are the signals that ask the program to end: work that is under way is
// taken back and what it left behind is cleared away. One that was set aside before
// the start, as nohup does, stays so.
func endings() []os.Signal {
	var list []os.Signal
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(s) {
			list = append(list, s)
		}
	}
	return list
}
