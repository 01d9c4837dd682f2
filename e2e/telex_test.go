//go:build e2e

package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"testing"
)

// telex starts the input method that offices on Linux use, in a session of its
// own: a bus and an ibus daemon that end with the test.
func telex(t *testing.T) *Program {
	t.Helper()
	d := newDesktop(t, 1366, 768, "XMODIFIERS=@im=ibus")
	address := d.bus()
	for i, e := range d.env {
		if e == "DBUS_SESSION_BUS_ADDRESS=disabled:" {
			d.env[i] = "DBUS_SESSION_BUS_ADDRESS=" + address
		}
	}
	// The letters come from the input method here, not from keys.
	d.run("setxkbmap", "us")
	d.background(d.command("ibus-daemon", "-x", "-r", "--panel=disable"))
	d.engine()
	p := d.start("--file", demoFile(t))
	p.maximise()
	p.Key("alt+2")
	p.until("the register", func(s State) bool { return s.Screen == "register" && s.Listed > 0 })
	p.steady()
	d.engine()
	return p
}

// bus starts a session bus and returns its address.
func (d *Desktop) bus() string {
	d.t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		d.t.Fatal(err)
	}
	daemon := d.command("dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=3")
	daemon.ExtraFiles = []*os.File{w}
	d.background(daemon)
	w.Close()
	defer r.Close()
	buf := make([]byte, 512)
	n, err := r.Read(buf)
	if err != nil {
		d.t.Fatalf("no session bus: %v", err)
	}
	return string(bytes.TrimSpace(buf[:n]))
}

// engine chooses Unikey, whose way of typing is Telex.
func (d *Desktop) engine() {
	d.t.Helper()
	eventually(d.t, "the input method", func() bool {
		// Choosing reports failure where the virtual keyboard knows no layouts; asking tells whether it worked.
		_ = d.command("ibus", "engine", "Unikey").Run()
		out, err := d.command("ibus", "engine").Output()
		return err == nil && bytes.HasPrefix(out, []byte("Unikey"))
	})
}

// TestTelexTyping types Vietnamese as officers do, and finds what the same
// words find by command.
func TestTelexTyping(t *testing.T) {
	if _, err := exec.LookPath("ibus-daemon"); err != nil {
		t.Fatalf("the input method is not installed: %v", err)
	}
	p := telex(t)
	want := count(t, demoFile(t), "đường")
	if raw := count(t, demoFile(t), "dduwowngf"); want == 0 || raw != 0 {
		t.Fatalf("the demonstration finds %d dossiers by the word and %d by its keys: it proves nothing", want, raw)
	}
	p.run("xdotool", "type", "--delay", "120", "dduwowngf ")
	p.until("the list of the Vietnamese word", func(s State) bool { return s.Listed == want })
	p.still("register-telex")
	p.quit()
}
