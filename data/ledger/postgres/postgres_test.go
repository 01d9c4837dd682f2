package postgres_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"giaoban/data"
	"giaoban/data/ledger/postgres"
	"giaoban/data/ledger/postgres/pgtest"
	"giaoban/data/vault"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

var ctx = context.Background()

// office is a server with one empty office.
func office(t *testing.T, c *pgtest.Cluster) (o postgres.Office, key *vault.Key) {
	t.Helper()
	ways, key, _ := vault.New()
	o = postgres.Office{ID: "coquan1", Name: "Ủy ban nhân dân xã Yên Sơn", Ways: ways}
	s := connect(t, c.URL("postgres"))
	if err := s.Init(ctx); err != nil {
		t.Fatal(err)
	}
	if err := s.Make(ctx, o); err != nil {
		t.Fatal(err)
	}
	o, err := s.Find(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return o, key
}

func connect(t *testing.T, url string) *postgres.Server {
	t.Helper()
	a, err := postgres.ParseAddress(url)
	if err != nil {
		t.Fatal(err)
	}
	s, err := postgres.Connect(ctx, a, "thử")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func none(*postgres.Event) error { return nil }

// add takes the turn and adds one event.
func add(l *postgres.Log, at postgres.Point, body string) (postgres.Point, error) {
	t, err := l.Take(ctx, at, none)
	if err != nil {
		return at, err
	}
	return t.Append(ctx, &postgres.Event{ID: postgres.NewID(), Kind: "thử", Body: []byte(body)}, []postgres.Counter{{Book: "1", Year: 2026, Number: 7}})
}

func TestEventsComeInOrderAndSealed(t *testing.T) {
	c := pgtest.Start(t)
	o, key := office(t, c)
	s := connect(t, c.URL("postgres"))
	l := s.Log(o.ID, "quay1", key)
	at := o.Head
	var err error
	for i := range 7 {
		if at, err = add(l, at, fmt.Sprintf("Nguyễn Thị Hoa %d", i)); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	end, err := l.Since(ctx, o.Head, func(e *postgres.Event) error {
		got = append(got, fmt.Sprintf("%d %s %s", e.Seq, e.Desk, e.Body))
		return nil
	})
	if err != nil || end.Seq != 7 || len(got) != 7 || got[6] != "7 quay1 Nguyễn Thị Hoa 6" {
		t.Errorf("%v: %q, %v", end, got, err)
	}
	conn, err := pgx.Connect(ctx, c.URL("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	var n int
	if err := conn.QueryRow(ctx, `select count(*) from giaoban.event where position('Hoa'::bytea in body) > 0`).Scan(&n); err != nil || n != 0 {
		t.Errorf("the server reads %d names, %v", n, err)
	}
	if err := conn.QueryRow(ctx, `select number from giaoban.counter where office = $1 and book = '1' and year = 2026`, o.ID).Scan(&n); err != nil || n != 7 {
		t.Errorf("counter %d, %v", n, err)
	}

	// Who changes, drops or moves an event on the server is found.
	for _, change := range []string{
		`update giaoban.event set body = body || '\x00' where seq = 4`,
		`update giaoban.event set desk = 'quay2' where seq = 4`,
		`delete from giaoban.event where seq = 4`,
		`update giaoban.event a set body = b.body, hash = b.hash from giaoban.event b where a.seq = 4 and b.seq = 5`,
	} {
		tx, err := conn.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(ctx, `create table giaoban.kept as table giaoban.event`); err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(ctx, change); err != nil {
			t.Fatal(err)
		}
		if err := tx.Commit(ctx); err != nil {
			t.Fatal(err)
		}
		if end, err := l.Since(ctx, o.Head, none); data.CodeOf(err) != data.Damaged || end.Seq != 3 || !strings.Contains(err.Error(), "số 4") {
			t.Errorf("%s: %v, %v", change, end, err)
		}
		if _, err := conn.Exec(ctx, `delete from giaoban.event; insert into giaoban.event table giaoban.kept; drop table giaoban.kept`, pgx.QueryExecModeSimpleProtocol); err != nil {
			t.Fatal(err)
		}
	}
	if end, err := l.Since(ctx, o.Head, none); err != nil || end.Seq != 7 {
		t.Errorf("put right: %v, %v", end, err)
	}
	other := s.Log(o.ID, "quay1", vault.NewKey())
	if _, err := other.Since(ctx, o.Head, none); data.CodeOf(err) != data.Damaged {
		t.Errorf("another key: %v", err)
	}
}

func TestAtOnceDesksWriteWithoutGaps(t *testing.T) {
	c := pgtest.Start(t)
	o, key := office(t, c)
	const desks, each = 8, 25
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		seen = map[string]int64{}
	)
	for n := range desks {
		l := connect(t, c.URL("postgres")).Log(o.ID, fmt.Sprint("quay", n), key)
		wg.Go(func() {
			at := o.Head
			for i := range each {
				name := fmt.Sprintf("%d/%d", n, i)
				p, err := add(l, at, name)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				seen[name] = p.Seq
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	l := connect(t, c.URL("postgres")).Log(o.ID, "xem", key)
	n := int64(0)
	_, err := l.Since(ctx, o.Head, func(e *postgres.Event) error {
		n++
		if e.Seq != n || seen[string(e.Body)] != n {
			return fmt.Errorf("%d stands at %d, told %d", n, e.Seq, seen[string(e.Body)])
		}
		return nil
	})
	if err != nil || n != desks*each {
		t.Errorf("%d events, %v", n, err)
	}
}

// The answer to a commit is lost on the wire: the event is there once, whether the
// desk learns of it at once or later.
func TestAtOnceAnswerLostOnTheWay(t *testing.T) {
	c := pgtest.Start(t)
	o, key := office(t, c)
	p := c.Proxy()
	l := connect(t, p.URL("postgres")).Log(o.ID, "quay1", key)
	at, err := add(l, o.Head, "trước")
	if err != nil {
		t.Fatal(err)
	}
	turn, err := l.Take(ctx, at, none)
	if err != nil {
		t.Fatal(err)
	}
	p.CutAtCommit()
	go func() {
		time.Sleep(300 * time.Millisecond)
		p.Mend()
	}()
	end, err := turn.Append(ctx, &postgres.Event{ID: postgres.NewID(), Kind: "thử", Body: []byte("giữa")}, nil)
	if err != nil || end.Seq != 2 {
		t.Errorf("mended in time: %v, %v", end, err)
	}

	if end, err = add(l, end, "nữa"); err != nil { // what the new connection has to ask first is asked
		t.Fatal(err)
	}
	turn, err = l.Take(ctx, end, none)
	if err != nil {
		t.Fatal(err)
	}
	id := postgres.NewID()
	p.CutAtCommit()
	_, err = turn.Append(ctx, &postgres.Event{ID: id, Kind: "thử", Body: []byte("cuối")}, nil)
	var unknown *postgres.Unknown
	if !errors.As(err, &unknown) || unknown.ID != id || data.CodeOf(err) != data.Offline {
		t.Fatalf("cut for good: %v", err)
	}
	p.Mend()
	if there, err := l.Has(ctx, id); err != nil || !there {
		t.Errorf("the server took it: %v, %v", there, err)
	}
	var bodies []string
	if _, err := l.Since(ctx, o.Head, func(e *postgres.Event) error { bodies = append(bodies, string(e.Body)); return nil }); err != nil || strings.Join(bodies, " ") != "trước giữa nữa cuối" {
		t.Errorf("%q, %v", bodies, err)
	}
}

func TestServerPutBackIsFound(t *testing.T) {
	c := pgtest.Start(t)
	o, key := office(t, c)
	l := connect(t, c.URL("postgres")).Log(o.ID, "quay1", key)
	ahead := postgres.Point{Seq: 3, Hash: make([]byte, 32)}
	if _, err := l.Take(ctx, ahead, none); data.CodeOf(err) != data.Damaged || !strings.Contains(err.Error(), "số 3") {
		t.Errorf("%v", err)
	}
	if _, err := add(l, o.Head, "sau"); err != nil {
		t.Errorf("the turn was not given back: %v", err)
	}
}

func TestSnapshotAndBlobsComeBack(t *testing.T) {
	c := pgtest.Start(t)
	o, key := office(t, c)
	l := connect(t, c.URL("postgres")).Log(o.ID, "quay1", key)
	for _, size := range []int{1, 4 << 20, 9<<20 + 5} {
		whole := bytes.Repeat([]byte{1, 2, 3, 4, 5, 6, 7}, size/7+1)[:size]
		if err := l.PutSnapshot(ctx, postgres.Point{Seq: int64(size), Hash: []byte("h")}, bytes.NewReader(whole)); err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		last := int64(0)
		at, err := l.Snapshot(ctx, &got, func(done, total int64) { last = total - done })
		if err != nil || at.Seq != int64(size) || !bytes.Equal(got.Bytes(), whole) || last != 0 {
			t.Errorf("%d: %v, %d bytes, %v", size, at, got.Len(), err)
		}
		sum, err := l.PutBlob(ctx, ".pdf", whole)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.PutBlob(ctx, ".pdf", whole); err != nil {
			t.Errorf("twice: %v", err)
		}
		if back, err := l.Blob(ctx, sum); err != nil || !bytes.Equal(back, whole) {
			t.Errorf("blob of %d: %d bytes, %v", size, len(back), err)
		}
	}
	if _, err := l.Blob(ctx, [32]byte{}); data.CodeOf(err) != data.NotFound {
		t.Errorf("no blob: %v", err)
	}
}

func TestAtOnceDeskIsHeardOf(t *testing.T) {
	c := pgtest.Start(t)
	o, key := office(t, c)
	one := connect(t, c.URL("postgres")).Log(o.ID, "quay1", key)
	two := connect(t, c.URL("postgres")).Log(o.ID, "quay2", key)
	listening, stop := context.WithCancel(ctx)
	defer stop()
	go two.Listen(listening)
	if err := two.Wait(ctx, 20*time.Second); err != nil { // it listens now
		t.Fatal(err)
	}
	if _, err := add(one, o.Head, "x"); err != nil {
		t.Fatal(err)
	}
	late, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	if err := two.Wait(late, time.Minute); err != nil {
		t.Errorf("not told of: %v", err)
	}
	if err := one.Here(ctx, "Quầy 1", "entry", 42); err != nil {
		t.Fatal(err)
	}
	if err := two.Here(ctx, "Quầy 2", "head", 0); err != nil {
		t.Fatal(err)
	}
	list, err := two.Desks(ctx, time.Minute)
	if err != nil || len(list) != 2 || list[0].Name != "Quầy 1" || list[0].Opened != 42 || list[1].Opened != 0 {
		t.Errorf("%+v, %v", list, err)
	}
	if err := one.Left(ctx); err != nil {
		t.Fatal(err)
	}
	if list, err := two.Desks(ctx, time.Minute); err != nil || len(list) != 1 {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestDeskMayAppendAndNoMore(t *testing.T) {
	c := pgtest.Start(t)
	o, key := office(t, c)
	admin := connect(t, c.URL("postgres"))
	if _, err := admin.AddRole(ctx, "Quầy 1"); data.CodeOf(err) != data.Invalid {
		t.Errorf("a name with spaces: %v", err)
	}
	if password, err := admin.AddRole(ctx, "quay_1"); err != nil || len(password) != 20 {
		t.Fatalf("%q, %v", password, err)
	}
	l := connect(t, c.URL("quay_1")).Log(o.ID, "quay1", key)
	if _, err := add(l, o.Head, "x"); err != nil {
		t.Errorf("a desk cannot write: %v", err)
	}
	conn, err := pgx.Connect(ctx, c.URL("quay_1"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	for _, q := range []string{`update giaoban.event set desk = ''`, `delete from giaoban.event`, `delete from giaoban.blob`, `drop table giaoban.event`, `delete from giaoban.office`} {
		if _, err := conn.Exec(ctx, q); err == nil {
			t.Errorf("a desk may %s", q)
		}
	}
}

func TestServerIsRefusedTruly(t *testing.T) {
	c := pgtest.Start(t)
	refused := func(url string, code data.ErrorCode, word string) {
		t.Helper()
		a, err := postgres.ParseAddress(url)
		if err == nil {
			var s *postgres.Server
			if s, err = postgres.Connect(ctx, a, "thử"); err == nil {
				defer s.Close()
				if err = s.Ready(ctx); err == nil {
					_, err = s.Find(ctx)
				}
			}
		}
		if data.CodeOf(err) != code || !strings.Contains(err.Error(), word) {
			t.Errorf("%s: %s %v", url, data.CodeOf(err), err)
		}
	}
	refused("mysql://a@b/c", data.Invalid, "postgres://")
	refused("postgres://a@127.0.0.1/c?pin=12", data.Invalid, "64")
	refused(c.URL("postgres"), data.NotFound, "server init")
	refused(strings.Replace(c.URL("postgres"), "/giaoban", "/khac", 1), data.NotFound, "cơ sở dữ liệu")
	refused(c.URL("khong_co"), data.Denied, "đăng nhập hoặc mật khẩu")
	refused("postgres://a@127.0.0.1:1/c?sslmode=disable", data.Offline, "cổng")
	s := connect(t, c.URL("postgres"))
	if err := s.Init(ctx); err != nil {
		t.Fatal(err)
	}
	refused(c.URL("postgres"), data.NotFound, "Đưa sổ lên máy chủ")
	conn, err := pgx.Connect(ctx, c.URL("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, `update giaoban.version set schema = 99`); err != nil {
		t.Fatal(err)
	}
	refused(c.URL("postgres"), data.Newer, "99")
	if err := s.Init(ctx); data.CodeOf(err) != data.Newer {
		t.Errorf("older program over newer tables: %v", err)
	}
}

func TestTryTellsTheStepThatFails(t *testing.T) {
	c := pgtest.Start(t)
	office(t, c)
	a, err := postgres.ParseAddress(c.URL("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	steps, _ := postgres.Try(ctx, a, "thử")
	if len(steps) != 7 || steps[6].Err != nil {
		t.Errorf("%+v", steps)
	}
	a.URL = strings.Replace(a.URL, "postgres@", "khong_co@", 1)
	steps, _ = postgres.Try(ctx, a, "thử")
	if last := steps[len(steps)-1]; len(steps) != 4 || last.Name != "Đăng nhập" || data.CodeOf(last.Err) != data.Denied {
		t.Errorf("%+v", steps)
	}
}

func TestAddressIsShownWithoutPassword(t *testing.T) {
	a, err := postgres.ParseAddress("postgres://quay_1:bi-mat@may-chu/giaoban?office=x1&sslmode=require&pin=" + strings.Repeat("AB:", 31) + "ab")
	if err != nil {
		t.Fatal(err)
	}
	if text := a.String(); strings.Contains(text, "bi-mat") || a.Password != "bi-mat" || a.Office != "x1" || a.Host() != "may-chu:5432" || !strings.Contains(text, "sslmode=require") {
		t.Errorf("%q %+v", text, a)
	}
	if b, err := postgres.ParseAddress(a.String()); err != nil || b.String() != a.String() {
		t.Errorf("%v, %v", b, err)
	}
}
