//go:build !windows

package widget_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/app/widget"
	"giaoban/data"
)

// fakeLP puts a program in place of lp that writes its arguments to a file.
func fakeLP(t *testing.T, script string) (args string) {
	t.Helper()
	dir := t.TempDir()
	args = filepath.Join(dir, "args")
	if err := os.WriteFile(filepath.Join(dir, "lp"), []byte("#!/bin/sh\nfor a in \"$@\"; do printf '%s\\n' \"$a\"; done > '"+args+"'\n"+script), 0o700); err != nil { //nolint:gosec // it must be run
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":/bin:/usr/bin")
	return args
}

func TestPrintNamesPaperPrinterAndCopies(t *testing.T) {
	args := fakeLP(t, "exit 0\n")
	way, err := widget.Print(context.Background(), widget.PrintJob{File: "/tmp/Quyết định.pdf", Printer: "HP 1020", Copies: 3, Title: "Báo cáo"})
	if err != nil || way != widget.PrintQueued {
		t.Fatalf("%v, %v", way, err)
	}
	got, err := os.ReadFile(args) //nolint:gosec // our own file
	if err != nil {
		t.Fatal(err)
	}
	want := "-o\nmedia=A4\n-d\nHP 1020\n-n\n3\n-t\nBáo cáo\n--\n/tmp/Quyết định.pdf\n"
	if string(got) != want {
		t.Fatalf("lp was called with\n%s", got)
	}
}

func TestPrintTellsWhatThePrinterSays(t *testing.T) {
	fakeLP(t, "echo 'lp: no default destination' >&2\nexit 1\n")
	_, err := widget.Print(context.Background(), widget.PrintJob{File: "x.pdf"})
	if data.CodeOf(err) != data.Conflict || !strings.Contains(err.Error(), "«no default destination»") {
		t.Fatalf("error %v", err)
	}
}

func TestPrintWithoutASystem(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := widget.Print(context.Background(), widget.PrintJob{File: "x.pdf"})
	if data.CodeOf(err) != data.NotFound || !strings.Contains(err.Error(), "chưa cài hệ thống in") {
		t.Fatalf("error %v", err)
	}
	if _, err := widget.Printers(context.Background()); data.CodeOf(err) != data.NotFound {
		t.Fatalf("error %v", err)
	}
}

func TestPrintersListsTheUsualOneFirst(t *testing.T) {
	fakeLP(t, "exit 0\n")
	dir, _, _ := strings.Cut(os.Getenv("PATH"), ":")
	script := "#!/bin/sh\nif [ \"$1\" = -e ]; then echo Canon; echo HP_1020; else echo 'system default destination: HP_1020'; fi\n"
	if err := os.WriteFile(filepath.Join(dir, "lpstat"), []byte(script), 0o700); err != nil { //nolint:gosec // it must be run
		t.Fatal(err)
	}
	list, err := widget.Printers(context.Background())
	if err != nil || len(list) != 2 || list[0].Name != "HP_1020" || !list[0].Default || list[1].Default {
		t.Fatalf("%v, %v", list, err)
	}
}

// TestPrintThroughCUPS prints to a raw queue of a CUPS of its own and compares
// what comes out at the socket of the printer with the file.
func TestPrintThroughCUPS(t *testing.T) {
	cupsd := ""
	for _, p := range []string{"/usr/sbin/cupsd", "/usr/local/sbin/cupsd"} {
		if _, err := os.Stat(p); err == nil {
			cupsd = p
		}
	}
	lpadmin, err := exec.LookPath("lpadmin")
	if cupsd == "" || err != nil {
		t.Skip("CUPS is not installed")
	}
	if os.Getuid() != 0 {
		t.Skip("a CUPS of its own needs root")
	}
	printer, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = printer.Close() }()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := free.Addr().String()
	_ = free.Close()

	dir := t.TempDir()
	// The printing system works as a user of its own, which must reach the folders.
	for _, d := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(d, 0o755); err != nil { //nolint:gosec // see above
			t.Fatal(err)
		}
	}
	for _, d := range []string{"etc", "spool", "cache", "state", "log"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o755); err != nil { //nolint:gosec // read by the lp user
			t.Fatal(err)
		}
	}
	files := "FileDevice Yes\nUser lp\nGroup lp\nServerRoot " + dir + "/etc\nRequestRoot " + dir + "/spool\nCacheDir " + dir + "/cache\nStateDir " + dir +
		"/state\nErrorLog " + dir + "/log/error\nAccessLog " + dir + "/log/access\nPageLog " + dir + "/log/page\n"
	conf := "Listen " + server + "\nBrowsing Off\n<Location />\nOrder allow,deny\nAllow localhost\n</Location>\n<Location /admin>\nOrder allow,deny\nAllow localhost\n</Location>\n" +
		"<Policy default>\n<Limit All>\nOrder allow,deny\nAllow localhost\n</Limit>\n</Policy>\n"
	for name, text := range map[string]string{"cups-files.conf": files, "cupsd.conf": conf} {
		if err := os.WriteFile(filepath.Join(dir, "etc", name), []byte(text), 0o644); err != nil { //nolint:gosec // read by the lp user
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, cupsd, "-f", "-c", filepath.Join(dir, "etc", "cupsd.conf"), "-s", filepath.Join(dir, "etc", "cups-files.conf")) //nolint:gosec // fixed arguments
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { cancel(); _ = cmd.Wait() }()
	t.Setenv("CUPS_SERVER", server)
	for {
		c, err := net.DialTimeout("tcp", server, time.Second)
		if err == nil {
			_ = c.Close()
			break
		}
		if ctx.Err() != nil {
			t.Fatal("CUPS did not start")
		}
	}
	if out, err := exec.CommandContext(ctx, lpadmin, "-p", "THO", "-E", "-v", "socket://"+printer.Addr().String(), "-m", "raw").CombinedOutput(); err != nil { //nolint:gosec // fixed arguments
		t.Fatalf("lpadmin: %v: %s", err, out)
	}
	pdf := testPDF(3)
	file := filepath.Join(dir, "Quyết định.pdf")
	if err := os.WriteFile(file, pdf, 0o644); err != nil { //nolint:gosec // read by the lp user
		t.Fatal(err)
	}
	list, err := widget.Printers(ctx)
	if err != nil || len(list) != 1 || list[0].Name != "THO" {
		t.Fatalf("printers %v, %v", list, err)
	}
	if way, err := widget.Print(ctx, widget.PrintJob{File: file, Printer: "THO"}); err != nil || way != widget.PrintQueued {
		t.Fatalf("%v, %v", way, err)
	}
	if l, ok := printer.(*net.TCPListener); ok {
		_ = l.SetDeadline(time.Now().Add(40 * time.Second))
	}
	c, err := printer.Accept()
	if err != nil {
		t.Fatalf("the printer was not called: %v", err)
	}
	defer func() { _ = c.Close() }()
	got, err := io.ReadAll(c)
	if err != nil || !bytes.Equal(got, pdf) {
		t.Fatalf("%d bytes came out of %d, %v", len(got), len(pdf), err)
	}
}
