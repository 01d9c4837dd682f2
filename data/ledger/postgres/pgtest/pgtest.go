// Package pgtest runs PostgreSQL clusters of its own for tests, in temporary
// folders, and never touches one of the machine.
package pgtest

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Cluster is a running server with a database of the test's own, to which everybody
// on this machine may connect as anyone.
type Cluster struct {
	t        testing.TB
	bin      string
	dir      string
	database string
	Port     int
}

var (
	shared    sync.Mutex
	common    *Cluster // of all tests of a package
	databases int
)

// Start makes a database in a cluster that the tests of a package share. The test is
// skipped where PostgreSQL is not installed.
func Start(t testing.TB) *Cluster {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if common == nil {
		common = start(t)
	}
	c := *common
	databases++
	c.t, c.database = t, fmt.Sprint("giaoban", databases)
	c.create()
	return &c
}

// Main runs the tests of a package and ends the cluster that they share; TestMain
// calls it.
func Main(m *testing.M) {
	code := m.Run()
	End()
	os.Exit(code)
}

// End ends the cluster that the tests of a package share.
func End() {
	if common != nil {
		common.Stop("immediate")
		os.RemoveAll(common.dir)
	}
}

// Alone is Start with a cluster of its own, which may be stopped.
func Alone(t testing.TB) *Cluster {
	t.Helper()
	c := start(t)
	t.Cleanup(func() {
		c.Stop("immediate")
		os.RemoveAll(c.dir)
	})
	c.create()
	return c
}

func start(t testing.TB) *Cluster {
	t.Helper()
	c := &Cluster{t: t, bin: binaries(), database: "giaoban"}
	if c.bin == "" {
		t.Skip("PostgreSQL is not installed: tools/need test")
	}
	dir, err := os.MkdirTemp("", "giaoban-pg-")
	if err != nil {
		t.Fatal(err)
	}
	c.dir = dir
	if os.Geteuid() == 0 { // which PostgreSQL does not run as
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Skip("there is no user postgres")
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	c.run("initdb", "-D", filepath.Join(dir, "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c.Port = l.Addr().(*net.TCPAddr).Port
	l.Close()
	c.Up()
	return c
}

// create makes the database.
func (c *Cluster) create() {
	c.t.Helper()
	name := c.database
	admin := *c
	admin.database = "postgres"
	conn, err := pgx.Connect(context.Background(), admin.URL("postgres"))
	if err != nil {
		c.t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(context.Background(), `create database `+name); err != nil {
		c.t.Fatal(err)
	}
}

// binaries returns the newest installed folder of programs, "" for none.
func binaries() string {
	list, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(list) > 0 {
		return filepath.Dir(list[len(list)-1])
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path)
	}
	return ""
}

func (c *Cluster) run(name string, args ...string) {
	c.t.Helper()
	if out, err := c.command(name, args...).CombinedOutput(); err != nil {
		c.t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

func (c *Cluster) command(name string, args ...string) *exec.Cmd {
	args = append([]string{filepath.Join(c.bin, name)}, args...)
	if os.Geteuid() == 0 {
		args = append([]string{"runuser", "-u", "postgres", "--"}, args...)
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = c.dir
	return cmd
}

// Up starts the server, also after Stop.
func (c *Cluster) Up() {
	c.t.Helper()
	// pg_ctl leaves the server behind, which would keep a pipe of ours open.
	cmd := c.command("pg_ctl", "-D", filepath.Join(c.dir, "data"), "-w", "-l", filepath.Join(c.dir, "log"),
		"-o", fmt.Sprintf("-c listen_addresses=127.0.0.1 -p %d -k %s", c.Port, c.dir), "start")
	if err := cmd.Run(); err != nil {
		log, _ := os.ReadFile(filepath.Join(c.dir, "log"))
		c.t.Fatalf("pg_ctl start: %v\n%s", err, log)
	}
}

// Stop ends the server: mode is smart, fast, or immediate, which is as a loss of
// power to it.
func (c *Cluster) Stop(mode string) {
	c.command("pg_ctl", "-D", filepath.Join(c.dir, "data"), "-m", mode, "-w", "stop").Run()
}

// URL returns the address for a login.
func (c *Cluster) URL(login string) string { return c.at(login, c.Port) }

func (c *Cluster) at(login string, port int) string {
	return fmt.Sprintf("postgres://%s@127.0.0.1:%d/%s?sslmode=disable", login, port, c.database)
}

// Proxy is a wire to the server that can be slow or cut.
type Proxy struct {
	c      *Cluster
	listen net.Listener
	delay  atomic.Int64
	down   atomic.Bool
	mute   atomic.Bool
	commit atomic.Bool // cuts the wire at the next commit
	mu     sync.Mutex
	open   map[net.Conn]bool
}

// Proxy starts a wire to the server.
func (c *Cluster) Proxy() *Proxy {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		c.t.Fatal(err)
	}
	p := &Proxy{c: c, listen: l, open: map[net.Conn]bool{}}
	c.t.Cleanup(func() { l.Close(); p.Cut() })
	go func() {
		for {
			a, err := l.Accept()
			if err != nil {
				return
			}
			go p.carry(a)
		}
	}()
	return p
}

// URL returns the address of the server through the wire.
func (p *Proxy) URL(login string) string {
	return p.c.at(login, p.listen.Addr().(*net.TCPAddr).Port)
}

// Delay makes every packet late by a time, each way.
func (p *Proxy) Delay(d time.Duration) { p.delay.Store(int64(d)) }

// Mute lets no notification through any more; all else goes on.
func (p *Proxy) Mute() { p.mute.Store(true) }

// Cut breaks all connections, and every new one until Mend.
func (p *Proxy) Cut() {
	p.down.Store(true)
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.open {
		c.Close()
	}
}

// Mend lets connections through again.
func (p *Proxy) Mend() { p.commit.Store(false); p.down.Store(false) }

// CutAtCommit cuts the wire when the server says that it has committed: what the desk
// sent is done, and the answer lost.
func (p *Proxy) CutAtCommit() { p.commit.Store(true) }

func (p *Proxy) carry(a net.Conn) {
	defer a.Close()
	if p.down.Load() {
		return
	}
	b, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", p.c.Port))
	if err != nil {
		return
	}
	defer b.Close()
	p.mu.Lock()
	p.open[a], p.open[b] = true, true
	p.mu.Unlock()
	done := make(chan struct{}, 2)
	pump := func(to io.Writer, from io.Reader, back bool) {
		defer func() { done <- struct{}{} }()
		buf := make([]byte, 32<<10)
		var rest []byte // of a message of the server that is not whole yet
		for {
			n, err := from.Read(buf)
			if n > 0 {
				if d := p.delay.Load(); d > 0 {
					time.Sleep(time.Duration(d))
				}
				out := buf[:n]
				if back {
					rest = append(rest, out...)
					out, rest = p.heard(rest)
					if p.down.Load() {
						return
					}
				}
				if _, werr := to.Write(out); werr != nil {
					return
				}
			}
			if err != nil {
				return
			}
		}
	}
	go pump(b, a, false)
	go pump(a, b, true)
	<-done
	p.mu.Lock()
	delete(p.open, a)
	delete(p.open, b)
	p.mu.Unlock()
}

// heard parts what a server said into whole messages, without the notifications where
// they are muted, and the rest. The wire is not encrypted: see URL.
func (p *Proxy) heard(said []byte) (out, rest []byte) {
	for len(said) >= 5 {
		size := 1 + int(binary.BigEndian.Uint32(said[1:])) // its kind, and a length that counts itself
		if len(said) < size {
			break
		}
		if said[0] == 'C' && bytes.HasPrefix(said[5:size], []byte("COMMIT")) && p.commit.Load() { // CommandComplete
			p.down.Store(true)
		}
		if said[0] != 'A' || !p.mute.Load() { // NotificationResponse
			out = append(out, said[:size]...)
		}
		said = said[size:]
	}
	return out, said
}

// Conn is one connection that runs statements.
type Conn struct{ c *pgx.Conn }

// Connect opens a connection to an address.
func Connect(url string) (Conn, error) {
	c, err := pgx.Connect(context.Background(), url)
	return Conn{c}, err
}

// Exec runs one statement and commits it.
func (c Conn) Exec(sql string, args ...any) error {
	_, err := c.c.Exec(context.Background(), sql, args...)
	return err
}

// Close ends the connection.
func (c Conn) Close() { c.c.Close(context.Background()) }
