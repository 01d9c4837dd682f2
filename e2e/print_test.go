//go:build e2e

package e2e

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// printer is a network printer that keeps what it was sent, behind a print
// service of its own; nothing of the machine's own printing is touched.
type printer struct {
	server string      // for CUPS_SERVER
	sheets chan []byte // what arrived, one a job
}

// newPrinter starts a print service on a local port with one queue, which is
// the default one.
func newPrinter(t *testing.T) *printer {
	t.Helper()
	cupsd, err := exec.LookPath("cupsd")
	if err != nil {
		cupsd = "/usr/sbin/cupsd"
	}
	socket, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close() })
	p := &printer{sheets: make(chan []byte, 8)}
	go func() {
		for {
			conn, err := socket.Accept()
			if err != nil {
				return
			}
			content, _ := io.ReadAll(conn)
			conn.Close()
			p.sheets <- content
		}
	}()

	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.server = free.Addr().String()
	free.Close()

	// The service gives up its rights and must still reach its folders.
	root, err := os.MkdirTemp("", "giaoban-cups-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(root) })
	for _, dir := range []string{"", "etc", "spool", "cache", "state", "log"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(filepath.Join(root, dir), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	files := fmt.Sprintf("ServerRoot %[1]s/etc\nRequestRoot %[1]s/spool\nCacheDir %[1]s/cache\nStateDir %[1]s/state\nErrorLog %[1]s/log/error\nAccessLog %[1]s/log/access\nPageLog %[1]s/log/page\nUser lp\nGroup lp\nSystemGroup root\n", root)
	conf := fmt.Sprintf("Listen %s\nLogLevel warn\nDefaultAuthType None\nBrowsing No\n<Location />\nOrder allow,deny\nAllow localhost\n</Location>\n<Policy default>\n<Limit All>\nOrder allow,deny\nAllow localhost\n</Limit>\n</Policy>\n", p.server)
	for name, text := range map[string]string{"cups-files.conf": files, "cupsd.conf": conf} {
		if err := os.WriteFile(filepath.Join(root, "etc", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	service := exec.Command(cupsd, "-f", "-c", filepath.Join(root, "etc", "cupsd.conf"), "-s", filepath.Join(root, "etc", "cups-files.conf"))
	if err := service.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = service.Process.Signal(os.Interrupt)
		_ = service.Wait()
		if t.Failed() {
			text, _ := os.ReadFile(filepath.Join(root, "log", "error"))
			t.Logf("the print service says:\n%s", text)
		}
	})
	eventually(t, "the print service", func() bool { return p.tool("lpstat", "-r").Run() == nil })
	eventually(t, "the queue", func() bool {
		return p.tool("lpadmin", "-p", "VanPhong", "-E", "-v", "socket://"+socket.Addr().String(), "-m", "raw").Run() == nil
	})
	if out, err := p.tool("lpadmin", "-d", "VanPhong").CombinedOutput(); err != nil {
		t.Fatalf("lpadmin -d: %v\n%s", err, out)
	}
	return p
}

func (p *printer) tool(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Env = append(os.Environ(), "CUPS_SERVER="+p.server, "LC_ALL=C.UTF-8")
	return c
}

// sheet returns the next job.
func (p *printer) sheet(t *testing.T) []byte {
	t.Helper()
	select {
	case content := <-p.sheets:
		return content
	case <-time.After(patience):
		t.Fatal("nothing reached the printer")
		return nil
	}
}

// TestReportsReachThePrinter sends a report of the demonstration office through
// the print service as the program does on Linux: the printer gets it whole.
func TestReportsReachThePrinter(t *testing.T) {
	p := newPrinter(t)
	reports, err := filepath.Glob(filepath.Join(demoFolder(t), "giao-ban*.pdf"))
	if err != nil || len(reports) == 0 {
		t.Fatalf("the demonstration has no briefing report (%v)", err)
	}
	want, err := os.ReadFile(reports[0])
	if err != nil {
		t.Fatal(err)
	}
	if out, err := p.tool("lp", "-o", "media=A4", reports[0]).CombinedOutput(); err != nil {
		t.Fatalf("lp: %v\n%s", err, out)
	}
	if got := p.sheet(t); !bytes.Equal(got, want) {
		t.Errorf("the printer got %d bytes of %d, not the report", len(got), len(want))
	}
}

// TestPrintFromTheWindow prints the report that the briefing screen shows.
func TestPrintFromTheWindow(t *testing.T) {
	printer := newPrinter(t)
	p := newDesktop(t, 1366, 768, "CUPS_SERVER="+printer.server).start("--file", demoFile(t))
	p.maximise()
	for i := 1; i <= 9 && p.State().Screen != "briefing"; i++ {
		p.Key(fmt.Sprintf("alt+%d", i))
		p.steady()
	}
	p.until("the briefing screen", func(s State) bool { return s.Screen == "briefing" })
	p.preview()
	p.still("briefing-before-print")
	p.Key("ctrl+p")
	p.until("the question for a printer", func(s State) bool { return s.Dialog == "In" })
	p.still("briefing-print")
	// A decision of one breath: Enter takes what is offered.
	p.Key("Return")
	got := printer.sheet(t)
	if !bytes.HasPrefix(got, []byte("%PDF-")) {
		t.Errorf("the printer got %d bytes that are no report: %.40q", len(got), strings.ToValidUTF8(string(got), "?"))
	}
	p.quit()
}
