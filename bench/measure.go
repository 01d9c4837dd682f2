package main

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
)

// check ends a measurement with an error, which attempt tells.
func check(err error) {
	if err != nil {
		panic(err)
	}
}

// must returns a value unless there was an error; see check.
func must[T any](value T, err error) T {
	check(err)
	return value
}

// percentile returns the value below which p percent of the times lie.
func percentile(times []time.Duration, p int) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[min(len(sorted)-1, len(sorted)*p/100)]
}

// ms prints a time in milliseconds, or in seconds from ten on.
func ms(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Millisecond:
		return fmt.Sprintf("%.3f ms", float64(d.Microseconds())/1000)
	}
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
}

func times(ratio float64) string { return fmt.Sprintf("%.2f x", ratio) }

// memory reads a value of /proc/self/status in kilobytes: VmHWM is the most
// that was ever resident, VmRSS what is now, RssAnon the part of it that is not
// pages of files.
func memory(name string) (kilobytes int, err error) {
	f := must(os.Open("/proc/self/status"))
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if rest, ok := strings.CutPrefix(s.Text(), name+":"); ok {
			_, err := fmt.Sscan(rest, &kilobytes)
			return kilobytes, err
		}
	}
	return 0, fmt.Errorf("the system does not tell %s", name)
}

// load returns the load average of the last minute, "unknown" where the system
// does not tell.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(text), " ")
	return first
}
