// Command bench measures the program beside other engines and beside yardsticks that do
// the bare work, in one run on one machine. A bar is a ratio: both sides are measured in
// turn, so that a busy machine slows both. Milliseconds are told and judge nothing. It is a
// module of its own, so that the program does not depend on those engines.
//
// It makes its own office of made-up dossiers, in a temporary folder that goes away at the
// end.
//
//	go run . [-n 1000000] [-only figures,search] [-dir FOLDER] [-profile FILE]
package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"time"
)

// line is one bar: ours may be at most so many times the yardstick.
type line struct {
	work       string
	ours, yard float64 // in unit
	unit, name string  // name is that of the yardstick
	most       float64
	note       string
}

// timed is a bar of two times.
func timed(work string, ours time.Duration, name string, yard time.Duration, most float64) line {
	return line{work, ours.Seconds() * 1000, yard.Seconds() * 1000, "ms", name, most, ""}
}

// sized is a bar of megabytes, of which limit are allowed.
func sized(work string, bytes, limit float64) line {
	return line{work, bytes / (1 << 20), limit, "MB", "limit", 1, ""}
}

var benches = []struct {
	name string
	run  func(*office) []line
}{
	{"load", benchLoad}, {"memory", benchMemory}, {"figures", benchFigures}, {"search", benchSearch}, {"change", benchChange},
	{"queries", benchQueries}, {"save", benchSave}, {"import", benchImport}, {"book", benchBook}, {"grid", benchGrid},
}

// children measure one thing each, in a process of its own, and print it.
var children = map[string]func(args []string){"load": childLoad, "memory": childMemory, "import": childImport, "excelize": childExcelize}

func main() {
	n := flag.Int("n", 1_000_000, "dossiers")
	only := flag.String("only", "", "names of the measurements to run, with commas; all when empty")
	dir := flag.String("dir", "", "folder for the data, kept; a temporary one when empty")
	profile := flag.String("profile", "", "file for a CPU profile of the run")
	child := flag.String("child", "", "measure one thing in a process of its own (used by the program itself)")
	flag.Parse()
	err := attempt(func() {
		switch {
		case *child != "":
			children[*child](flag.Args())
		case *profile != "":
			f := must(os.Create(*profile))
			check(pprof.StartCPUProfile(f))
			defer pprof.StopCPUProfile()
			fallthrough
		default:
			run(*n, *only, *dir)
		}
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(n int, only, dir string) {
	if dir == "" {
		dir = must(os.MkdirTemp("", "giaoban-bench-"))
		defer os.RemoveAll(dir)
	}
	check(os.MkdirAll(dir, 0o755))
	fmt.Printf("%d dossiers, %d cores, %s, load average %s\n", n, runtime.NumCPU(), runtime.Version(), load())
	fmt.Printf("\n| %-60s | %-12s | %-32s | %-10s | %-11s | %-6s |\n|---|---|---|---|---|---|\n", "work", "ours", "yardstick", "ratio", "bar", "")
	o := &office{n: n, dir: dir}
	missed := 0
	for _, b := range benches {
		if only != "" && !slices.Contains(strings.Split(only, ","), b.name) {
			continue
		}
		fmt.Fprintf(os.Stderr, "measuring %s …\n", b.name)
		if err := attempt(func() {
			for _, l := range b.run(o) {
				missed += l.print()
			}
		}); err != nil {
			fmt.Fprintf(os.Stderr, "%s could not be measured: %v\n", b.name, err)
			missed++
		}
	}
	fmt.Printf("\nload average at the end %s; above 1 others were working too\n", load())
	if missed > 0 {
		panic(fmt.Sprintf("%d bars were missed", missed))
	}
}

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

// attempt runs one measurement; one that breaks down must not lose the others.
func attempt(measure func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	measure()
	return nil
}

// print shows the bar and returns 1 where it was missed.
func (l line) print() (missed int) {
	ratio, most, sign, verdict := l.ours/l.yard, l.most, "<=", "ok"
	if ratio > most {
		verdict, missed = "MISSED", 1
	}
	if most < 0.5 {
		ratio, most, sign = 1/ratio, 1/most, ">="
	}
	fmt.Printf("| %-60s | %9.4g %s | %-20s %8.4g %s | %8.2f x | %s %6.2f x | %-6s | %s\n", l.work, l.ours, l.unit, l.name, l.yard, l.unit, ratio, sign, most, verdict, l.note)
	return missed
}

// again runs one measurement in a process of its own, for memory is a matter of a whole
// process, and reads the numbers that it printed.
func again(name string, args []string, into ...any) {
	cmd := exec.Command(must(os.Executable()), append([]string{"-child", name}, args...)...)
	cmd.Stderr = os.Stderr
	must(fmt.Sscan(string(must(cmd.Output())), into...))
}

// turns runs works in turn, so many rounds, and returns the middle of the times of each.
func turns(rounds int, works ...func()) []time.Duration {
	took := make([][]time.Duration, len(works))
	for range rounds {
		for i, work := range works {
			took[i] = append(took[i], clocked(work))
		}
	}
	out := make([]time.Duration, len(works))
	for i, t := range took {
		out[i] = percentile(t, 50)
	}
	return out
}

// clocked returns how long f takes.
func clocked(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}

// percentile returns the value below which p percent lie.
func percentile[T cmp.Ordered](values []T, p int) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, len(sorted)*p/100)]
}

// memory reads a value of /proc/self/status in bytes: VmHWM is the most that was ever
// resident, VmRSS what is now.
func memory(name string) (size float64) {
	_, rest, _ := strings.Cut(string(must(os.ReadFile("/proc/self/status"))), name+":")
	must(fmt.Sscan(rest, &size))
	return size * 1024
}

// load returns the load average of the last minute, "unknown" where the system does not
// tell.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(text), " ")
	return first
}
