//go:build e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// binary is the program that make build leaves; GIAOBAN_BINARY names another.
func binary(t *testing.T) string {
	t.Helper()
	path := os.Getenv("GIAOBAN_BINARY")
	if path == "" {
		path = "../out/giaoban-e2e"
	}
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("build the program first (make build): %v", err)
	}
	return path
}

// State is what the window shows, as the program writes it after each change.
type State struct {
	Screen   string `json:"screen"`   // opening, failure, or the name of a screen: overview, register, …
	Listed   int    `json:"listed"`   // dossiers in the list of the screen
	Selected string `json:"selected"` // code of the chosen dossier
	Status   string `json:"status"`   // text of the status bar
	Toast    string `json:"toast"`    // the short message shown, "" when none
	Dialog   string `json:"dialog"`   // title of the dialog on top, "" when none
	Focus    string `json:"focus"`    // label or text of the part with the focus; "list 3/17" for a row
	Value    string `json:"value"`    // text of the field with the focus
	Errors   string `json:"errors"`   // what is said to be wrong, one a line
	Text     string `json:"text"`     // what can be read in the dialog or menu on top, else on the screen
	Pages    int    `json:"pages"`    // pages of the paper in view
}

// Program is the program in its window.
type Program struct {
	*Desktop
	cmd    *exec.Cmd
	done   chan error
	state  string
	log    string
	window string // X id
}

// start opens the program on the desktop and waits for its window and for an open
// office.
func (d *Desktop) start(args ...string) *Program {
	d.t.Helper()
	p := d.launch(args...)
	if s := p.State(); s.Screen == "failure" {
		d.t.Fatalf("the window says: %s", s.Status)
	}
	return p
}

// launch opens the program on the desktop and waits for its window and for its
// first state, which may be that of a failure.
func (d *Desktop) launch(args ...string) *Program {
	d.t.Helper()
	p := &Program{Desktop: d, state: filepath.Join(d.home, "state.json"), log: filepath.Join(d.home, "program.log"), done: make(chan error, 1)}
	log, err := os.Create(p.log)
	if err != nil {
		d.t.Fatal(err)
	}
	defer log.Close()
	p.cmd = d.command(binary(d.t), args...)
	p.cmd.Env = append(p.cmd.Env, "GIAOBAN_STATE="+p.state)
	p.cmd.Stdout, p.cmd.Stderr = log, log
	if err := p.cmd.Start(); err != nil {
		d.t.Fatal(err)
	}
	go func() { p.done <- p.cmd.Wait() }()
	d.t.Cleanup(func() {
		defer func() { _ = p.cmd.Process.Kill() }()
		if d.t.Failed() {
			p.shoot("failed-" + strings.ReplaceAll(d.t.Name(), "/", "-"))
			text, _ := os.ReadFile(p.log)
			d.t.Logf("the program printed:\n%s", text)
			d.t.Logf("last state: %+v", p.State())
		}
	})
	eventually(d.t, "the window", func() bool {
		select {
		case err := <-p.done:
			text, _ := os.ReadFile(p.log)
			d.t.Fatalf("the program ended before its window was there: %v\n%s", err, text)
		default:
		}
		out, _ := d.command("xdotool", "search", "--onlyvisible", "--name", "Giao Ban").Output()
		p.window, _, _ = strings.Cut(string(out), "\n")
		return p.window != ""
	})
	d.run("xdotool", "windowactivate", "--sync", p.window)
	p.until("an open office", func(s State) bool { return s.Screen != "" && s.Screen != "opening" })
	return p
}

// maximise lets the window fill the screen.
func (p *Program) maximise() {
	p.t.Helper()
	p.run("wmctrl", "-i", "-r", p.window, "-b", "add,maximized_vert,maximized_horz")
	eventually(p.t, "the window to fill the screen", func() bool {
		out, _ := p.command("xprop", "-id", p.window, "_NET_WM_STATE").Output()
		return bytes.Contains(out, []byte("MAXIMIZED_VERT"))
	})
	p.steady() // a key that comes before the first page is drawn belongs to nobody
}

// State returns what the window shows now; the zero State before the program
// has said anything.
func (p *Program) State() State {
	var s State
	text, err := os.ReadFile(p.state)
	if err != nil || json.Unmarshal(text, &s) != nil {
		return State{}
	}
	return s
}

// until waits until the window shows what is asked, and returns it.
func (p *Program) until(what string, ok func(State) bool) (s State) {
	p.t.Helper()
	eventually(p.t, what, func() bool {
		s = p.State()
		return ok(s)
	})
	return s
}

// steady returns the state once it has not changed for half a second.
func (p *Program) steady() State {
	p.t.Helper()
	last, since := p.State(), time.Now()
	eventually(p.t, "a steady window", func() bool {
		if s := p.State(); s != last {
			last, since = s, time.Now()
		}
		return time.Since(since) > 500*time.Millisecond
	})
	return last
}

// quit ends the program the way a session does at log-off, and checks that it
// closed in good order.
func (p *Program) quit() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	select {
	case <-p.done:
	case <-time.After(patience):
		// Where it stands goes to its log, which is shown with the failure.
		_ = p.cmd.Process.Signal(syscall.SIGQUIT)
		time.Sleep(time.Second)
		p.t.Fatal("the program did not end when asked to")
	}
	if text, _ := os.ReadFile(p.log); bytes.Contains(text, []byte("panic:")) || bytes.Contains(text, []byte("goroutine ")) {
		p.t.Fatalf("the program broke down:\n%s", text)
	}
}

// command runs the program without a window and returns its standard output.
func command(t *testing.T, args ...string) []byte {
	t.Helper()
	c := exec.Command(binary(t), args...)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("giaoban %s: %v\n%s", strings.Join(args, " "), err, stderr.Bytes())
	}
	return out
}
