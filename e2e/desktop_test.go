//go:build e2e

package e2e

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// patience is how long a test waits for an effect before it fails; a loaded
// machine with two cores and no graphics card may take seconds for a frame.
const patience = 60 * time.Second

// tick is the pause between two looks.
const tick = 50 * time.Millisecond

// eventually looks until ok reports true, and fails the test after patience.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !ok(); time.Sleep(tick) {
		if time.Now().After(end) {
			t.Fatalf("waited %v for: %s", patience, what)
		}
	}
}

// Desktop is a virtual screen with a window manager. Each test has its own:
// what one leaves on the root window can stop the next program from starting.
type Desktop struct {
	t             *testing.T
	Width, Height int
	env           []string // environment of everything on this desktop
	home          string   // home folder of the officer
}

// newDesktop starts a screen on a free display number with a keyboard that has
// the Vietnamese letters. extra adds to the environment.
func newDesktop(t *testing.T, width, height int, extra ...string) *Desktop {
	t.Helper()
	home := t.TempDir()
	runtimeDir := filepath.Join(home, "run")
	if err := os.Mkdir(runtimeDir, 0o700); err != nil {
		t.Fatal(err)
	}
	d := &Desktop{t: t, Width: width, Height: height, home: home}
	d.env = append(d.env, "PATH="+os.Getenv("PATH"), "HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, ".config"),
		"XDG_CACHE_HOME="+filepath.Join(home, ".cache"), "XDG_RUNTIME_DIR="+runtimeDir, "LANG=C.UTF-8", "LC_ALL=C.UTF-8",
		"DBUS_SESSION_BUS_ADDRESS=disabled:")
	d.env = append(d.env, extra...)

	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	// Without repetition of keys: a loaded machine holds one down for long.
	xvfb := exec.Command("Xvfb", "-r", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height), "-nolisten", "tcp", "-noreset")
	xvfb.ExtraFiles = []*os.File{w}
	d.background(xvfb)
	w.Close()
	number, err := bufio.NewReader(r).ReadString('\n')
	r.Close()
	if err != nil {
		t.Fatalf("Xvfb did not start: %v", err)
	}
	d.env = append(d.env, "DISPLAY=:"+strings.TrimSpace(number))
	d.mapKeyboard()
	d.background(exec.Command("openbox"))
	eventually(t, "the window manager", func() bool {
		out, _ := d.command("xprop", "-root", "_NET_SUPPORTING_WM_CHECK").Output()
		return bytes.Contains(out, []byte("window id"))
	})
	return d
}

// command prepares a command on the desktop.
func (d *Desktop) command(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Env = d.env
	return c
}

// run runs a command on the desktop and returns what it printed.
func (d *Desktop) run(name string, args ...string) string {
	d.t.Helper()
	out, err := d.command(name, args...).CombinedOutput()
	if err != nil {
		d.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// background starts a command that lives as long as the test. Its output goes
// to a file: a child that keeps the test's own output open would hold it.
func (d *Desktop) background(c *exec.Cmd) {
	d.t.Helper()
	log, err := os.CreateTemp(d.home, filepath.Base(c.Path)+"-*.log")
	if err != nil {
		d.t.Fatal(err)
	}
	defer log.Close()
	if c.Env == nil {
		c.Env = d.env
	}
	c.Stdout, c.Stderr = log, log
	if err := c.Start(); err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
		if text, _ := os.ReadFile(log.Name()); d.t.Failed() && len(text) > 0 {
			d.t.Logf("%s printed:\n%s", c.Path, text)
		}
	})
}

// letters are the Vietnamese letters that a plain keyboard lacks.
const letters = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"

// mapKeyboard puts the Vietnamese letters on keycodes that no ordinary key
// uses. Typing tools remap one spare keycode for each letter on the fly, which
// programs do not notice in time.
func (d *Desktop) mapKeyboard() {
	d.t.Helper()
	var free []int
	for line := range strings.Lines(d.run("xmodmap", "-pke")) {
		left, right, _ := strings.Cut(line, "=")
		var code int
		if _, err := fmt.Sscanf(left, "keycode %d", &code); err != nil {
			continue
		}
		unused := code > 8
		for _, sym := range strings.Fields(right) {
			unused = unused && (sym == "NoSymbol" || code >= 126 && strings.HasPrefix(sym, "XF86"))
		}
		if unused {
			free = append(free, code)
		}
	}
	var file strings.Builder
	for i, low := range []rune(letters) {
		if i >= len(free) {
			d.t.Fatalf("only %d free keycodes", len(free))
		}
		up := []rune(strings.ToUpper(string(low)))[0]
		fmt.Fprintf(&file, "keycode %d = U%04X U%04X\n", free[i], low, up)
	}
	path := filepath.Join(d.home, "keyboard")
	if err := os.WriteFile(path, []byte(file.String()), 0o600); err != nil {
		d.t.Fatal(err)
	}
	d.run("xmodmap", path)
}

// Key presses keys named as xdotool names them, such as "alt+2" or "Return".
func (d *Desktop) Key(keys ...string) {
	d.t.Helper()
	d.run("xdotool", append([]string{"key", "--clearmodifiers", "--delay", "60"}, keys...)...)
}

// Type types text key by key.
func (d *Desktop) Type(text string) {
	d.t.Helper()
	d.run("xdotool", "type", "--clearmodifiers", "--delay", "40", text)
}

// Click moves the mouse to a point of the screen and clicks with the button.
func (d *Desktop) Click(x, y, button int) {
	d.t.Helper()
	d.run("xdotool", "mousemove", "--sync", fmt.Sprint(x), fmt.Sprint(y))
	// A click in the same breath as the move is sometimes lost.
	d.run("xdotool", "sleep", "0.2", "click", fmt.Sprint(button))
}

// Paste puts text on the clipboard and presses Ctrl+V.
func (d *Desktop) Paste(text string) {
	d.t.Helper()
	clip := d.command("xclip", "-selection", "clipboard", "-i")
	clip.Stdin = strings.NewReader(text)
	if err := clip.Run(); err != nil {
		d.t.Fatal(err)
	}
	d.Key("ctrl+v")
}
