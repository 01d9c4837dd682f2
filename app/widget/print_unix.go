//go:build !windows

package widget

import (
	"bytes"
	"context"
	"os/exec"
	"strconv"
	"strings"
)

// printFile queues the file with lp. The paper is always named: a printer set up
// for Letter would otherwise shift the margins of Decree 30/2020.
func printFile(ctx context.Context, job PrintJob) (PrintWay, error) {
	lp, err := exec.LookPath("lp")
	if err != nil {
		return 0, noPrinting(err)
	}
	args := []string{"-o", "media=A4"}
	if job.Printer != "" {
		args = append(args, "-d", job.Printer)
	}
	if job.Copies > 1 {
		args = append(args, "-n", strconv.Itoa(job.Copies))
	}
	if job.Pages != "" {
		args = append(args, "-P", job.Pages)
	}
	if job.Title != "" {
		args = append(args, "-t", job.Title)
	}
	args = append(args, "--", job.File)
	var said bytes.Buffer
	cmd := exec.CommandContext(ctx, lp, args...)
	cmd.Stderr = &said
	cmd.Env = append(cmd.Environ(), "LC_ALL=C")
	if err := cmd.Run(); err != nil {
		if strings.Contains(said.String(), "No default destination") {
			return 0, noPrinter(err)
		}
		return 0, printFailed(firstLine(said.String()), err)
	}
	return PrintQueued, nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return strings.TrimSpace(strings.TrimPrefix(line, "lp:"))
}

// listPrinters asks lpstat, where it is present.
func listPrinters(ctx context.Context) ([]PrinterInfo, error) {
	lpstat, err := exec.LookPath("lpstat")
	if err != nil {
		if _, lp := exec.LookPath("lp"); lp == nil {
			return nil, nil
		}
		return nil, noPrinting(err)
	}
	out, err := exec.CommandContext(ctx, lpstat, "-e").Output()
	if err != nil {
		return nil, printFailed("", err)
	}
	usual := ""
	cmd := exec.CommandContext(ctx, lpstat, "-d")
	cmd.Env = append(cmd.Environ(), "LC_ALL=C")
	if d, err := cmd.Output(); err == nil {
		if _, name, ok := strings.Cut(string(d), ":"); ok {
			usual = strings.TrimSpace(name)
		}
	}
	var list []PrinterInfo
	for _, name := range strings.Fields(string(out)) {
		p := PrinterInfo{Name: name, Default: name == usual}
		if p.Default {
			list = append([]PrinterInfo{p}, list...)
		} else {
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		return nil, noPrinter(nil)
	}
	return list, nil
}
