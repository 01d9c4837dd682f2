// Command bench measures the program beside other engines, in one run on one
// machine, against the bars of speed and memory that it must reach. It is a
// module of its own, so that the program does not depend on those engines.
//
// It makes its own office of made-up dossiers, in a temporary folder that goes
// away at the end.
//
//	go run . [-n 1000000] [-only figures,search] [-dir FOLDER] [-profile FILE]
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/pprof"
	"strings"
	"time"
)

// line is one measured bar.
type line struct {
	work, bar, ours, other, ratio string
	ok                            bool
}

// noBar marks a line that is told for comparison only.
const noBar = "(no bar)"

// bench is one measurement; it may give several lines.
type bench struct {
	name string
	run  func(*office) []line
}

func benches() []bench {
	return []bench{
		{"load", benchLoad}, {"memory", benchMemory}, {"figures", benchFigures}, {"search", benchSearch},
		{"change", benchChange}, {"queries", benchQueries},
		{"save", benchSave}, {"import", benchImport}, {"book", benchBook}, {"grid", benchGrid},
	}
}

func main() {
	n := flag.Int("n", 1_000_000, "dossiers")
	only := flag.String("only", "", "names of the measurements to run, with commas; all when empty")
	dir := flag.String("dir", "", "folder for the data, kept; a temporary one when empty")
	profile := flag.String("profile", "", "file for a CPU profile of the run")
	child := flag.String("child", "", "measure one thing in a process of its own (used by the program itself)")
	flag.Parse()
	if *child != "" {
		end(attempt(func() { children[*child](flag.Args()) }))
		return
	}
	if *profile != "" {
		f, err := os.Create(*profile)
		end(err)
		end(pprof.StartCPUProfile(f))
	}
	err := run(*n, *only, *dir)
	pprof.StopCPUProfile()
	end(err)
}

// end ends the program with an error, where there is one.
func end(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(n int, only, dir string) error {
	if dir == "" {
		temp, err := os.MkdirTemp("", "giaoban-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temp)
		dir = temp
	} else if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	fmt.Printf("%d dossiers, %d cores, %s, load average %s\n", n, runtime.NumCPU(), runtime.Version(), load())
	o := newOffice(n, dir)
	var all []line
	for _, b := range benches() {
		if only != "" && !strings.Contains(","+only+",", ","+b.name+",") {
			continue
		}
		fmt.Fprintf(os.Stderr, "measuring %s …\n", b.name)
		var lines []line
		if err := attempt(func() { lines = b.run(o) }); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", b.name, err)
			lines = []line{{work: b.name, other: "could not be measured"}}
		}
		all = append(all, lines...)
	}
	missed := print(all)
	fmt.Printf("load average at the end %s; above 1 others were working too\n", load())
	if missed > 0 {
		return fmt.Errorf("%d bars were missed", missed)
	}
	return nil
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

// print shows the lines as a table and returns how many bars were missed.
func print(all []line) (missed int) {
	fmt.Printf("\n| %-58s | %-22s | %-16s | %-28s | %-10s | %-6s |\n|---|---|---|---|---|---|\n", "work", "bar", "ours", "other", "ratio", "")
	reached := 0
	for _, l := range all {
		verdict := "ok"
		switch {
		case l.bar == noBar:
			verdict = ""
		case l.ok:
			reached++
		default:
			verdict = "MISSED"
			missed++
		}
		fmt.Printf("| %-58s | %-22s | %-16s | %-28s | %-10s | %-6s |\n", l.work, l.bar, l.ours, l.other, l.ratio, verdict)
	}
	fmt.Printf("\n%d bars reached, %d missed\n", reached, missed)
	return missed
}

// again runs one measurement in a process of its own and returns what it
// printed: memory is a matter of a whole process.
func again(name string, args ...string) string {
	cmd := exec.Command(must(os.Executable()), append([]string{"-child", name}, args...)...)
	cmd.Stderr = os.Stderr
	return strings.TrimSpace(string(must(cmd.Output())))
}

// median runs f and returns the middle of the times it took.
func median(times int, f func()) time.Duration {
	var took []time.Duration
	for range times {
		start := time.Now()
		f()
		took = append(took, time.Since(start))
	}
	return percentile(took, 50)
}
