package desk_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/ledger/postgres/pgtest"
)

// counterOf is one desk of a shared register, with a settings folder of its own.
func counterOf(t testing.TB, address, name, code string) *desk.Desk {
	t.Helper()
	opt := desk.Options{Settings: filepath.Join(t.TempDir(), name), Now: func() time.Time { return clock }, Program: "thử"}
	if err := desk.ShelfIn(opt.Settings).SetDesk(name); err != nil {
		t.Fatal(err)
	}
	whole, err := desk.Join(context.Background(), address, code, opt)
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.Open(whole, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	return d
}

var clock = time.Date(2026, 11, 30, 9, 0, 0, 0, time.Local)

// moved makes an office with some dossiers and puts it on a server.
func moved(t testing.TB, c *pgtest.Cluster) (m desk.Moved, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "so.db")
	opt := desk.Options{Create: true, Now: func() time.Time { return clock }, Settings: t.TempDir()}
	d, err := desk.Open(path, opt)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		put(t, d, fmt.Sprintf("CU-%d", i), "Người cũ")
	}
	if err := os.MkdirAll(desk.EvidenceFolder(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(desk.EvidenceFolder(path), strings.Repeat("0", 64)+".txt"), []byte("biên bản"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.InitServer(context.Background(), c.URL("postgres"), "thử", ""); err != nil {
		t.Fatal(err)
	}
	m, err = desk.MoveIn(context.Background(), path, c.URL("postgres"), opt)
	if err != nil {
		t.Fatal(err)
	}
	return m, path
}

func put(t testing.TB, d *desk.Desk, code, name string) uint64 {
	t.Helper()
	one := data.Dossier{Code: code, Owner: data.Person{Name: name}, Received: data.Moment{Day: data.DayOf(clock)}}
	err := d.Change(context.Background(), desk.Work{Title: "Tiếp nhận " + code}, func(tx desk.Tx) error { return tx.PutDossier(&one) })
	if err != nil {
		t.Fatal(err)
	}
	return one.ID
}

// until waits for what another desk did.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for range 1200 { // thrice what the server is asked after at the latest
		if done() {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("not seen in time: %s", what)
}

func TestAtOnceRegisterOfTwoDesks(t *testing.T) {
	c := pgtest.Start(t)
	m, path := moved(t, c)
	if m.Dossiers != 5 || m.Entries == 0 || m.Hash == "" {
		t.Errorf("%+v", m)
	}
	ctx := context.Background()
	old, err := desk.Open(path, desk.Options{Now: func() time.Time { return clock }})
	if err != nil {
		t.Fatal(err)
	}
	if err := old.SetOffice(ctx, data.Office{Name: "x"}); data.CodeOf(err) != data.Conflict || !strings.Contains(err.Error(), "máy chủ") {
		t.Errorf("the file that was moved is written to: %v", err)
	}
	old.Close()

	one := counterOf(t, c.URL("postgres"), "Quầy 1", m.Code)
	two := counterOf(t, c.URL("postgres"), "Quầy 2", m.Code)
	if one.Len() != 5 || two.Len() != 5 {
		t.Fatalf("%d and %d dossiers", one.Len(), two.Len())
	}
	id := put(t, one, "MOI-1", "Bà Hoa")
	until(t, "a dossier of the other desk", func() bool { return two.Find("MOI-1") == id && two.Len() == 6 })
	id2 := put(t, two, "MOI-2", "Ông Ba")
	if id2 == id {
		t.Error("one id was given twice")
	}
	if err := two.Change(ctx, desk.Work{Title: "Trùng"}, func(tx desk.Tx) error {
		return tx.PutDossier(&data.Dossier{Code: "MOI-1", Owner: data.Person{Name: "Khác"}, Received: data.Moment{Day: data.DayOf(clock)}})
	}); data.CodeOf(err) != data.Conflict {
		t.Errorf("a code of the other desk is taken: %v", err)
	}
	until(t, "the other's", func() bool { return one.Find("MOI-2") == id2 })

	// Undo is for one's own last change, on which nobody built.
	if title, err := one.Undo(ctx); err != nil || title != "Tiếp nhận MOI-1" {
		t.Errorf("undo: %q, %v", title, err)
	}
	until(t, "what was taken back", func() bool { return two.Find("MOI-1") == 0 && two.Len() == 6 })
	if err := one.Change(ctx, desk.Work{Title: "Đổi cơ quan"}, func(tx desk.Tx) error { return tx.PutOffice(data.Office{Name: "UBND xã Một"}) }); err != nil {
		t.Fatal(err)
	}
	until(t, "the office", func() bool { return two.Office().Name == "UBND xã Một" })
	if err := two.SetOffice(ctx, data.Office{Name: "UBND xã Hai"}); err != nil {
		t.Fatal(err)
	}
	if _, err := one.Undo(ctx); data.CodeOf(err) != data.Conflict || !strings.Contains(err.Error(), "Quầy 2") {
		t.Errorf("undo of what the other built on: %v", err)
	}
	journal, err := one.Journal(1)
	if err != nil || len(journal) != 1 || journal[0].Desk != "Quầy 2" {
		t.Errorf("%+v, %v", journal, err)
	}

	// A file of evidence goes to the other desks; protection is for a file of its own.
	if err := os.MkdirAll(one.EvidenceFolder(), 0o700); err != nil {
		t.Fatal(err)
	}
	content := []byte("biên bản bàn giao")
	name := fmt.Sprintf("%x.txt", sha256.Sum256(content))
	if err := os.WriteFile(filepath.Join(one.EvidenceFolder(), name), content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := one.ShareFile(ctx, filepath.Join(one.EvidenceFolder(), name)); err != nil {
		t.Fatal(err)
	}
	put(t, one, "KEM-TEP", "Ai đó")
	until(t, "the file of evidence", func() bool {
		got, err := os.ReadFile(filepath.Join(two.EvidenceFolder(), name))
		return err == nil && bytes.Equal(got, content)
	})
	if _, _, err := one.Protect(ctx, "", "mật khẩu đủ dài", nil); data.CodeOf(err) != data.Conflict || one.Len() != 7 {
		t.Errorf("a shared register is protected on one desk: %v", err)
	}

	// Who is at work is seen.
	two.Opened(id2)
	until(t, "who is at work", func() bool {
		list := one.Others()
		if len(list) == 0 || list[0].Opened != id2 {
			one.Opened(uint64(rand.IntN(1000) + 1000)) // asks again at once
			return false
		}
		return list[0].Name == "Quầy 2"
	})
	for _, d := range []*desk.Desk{one, two} {
		check, err := d.Check(ctx)
		if err != nil || len(check.Faults) > 0 {
			t.Errorf("%v %v", check.Faults, err)
		}
	}

	out := filepath.Join(t.TempDir(), "ve.db")
	opt := desk.Options{Settings: filepath.Join(t.TempDir(), "ba"), Now: func() time.Time { return clock }}
	if _, err := desk.Join(ctx, c.URL("postgres"), m.Code, opt); err != nil {
		t.Fatal(err)
	}
	back, err := desk.MoveOut(ctx, c.URL("postgres"), out, opt)
	if err != nil || back.Dossiers != 7 {
		t.Fatalf("%+v, %v", back, err)
	}
	if _, err := os.Stat(desk.EvidenceFolder(out)); err != nil {
		t.Errorf("files of evidence: %v", err)
	}
	if err := one.SetOffice(ctx, data.Office{Name: "x"}); data.CodeOf(err) != data.Conflict || !strings.Contains(err.Error(), "lấy về") {
		t.Errorf("after the register was taken off: %v", err)
	}
	home, err := desk.Open(out, desk.Options{Now: func() time.Time { return clock }})
	if err != nil {
		t.Fatal(err)
	}
	defer home.Close()
	put(t, home, "O-NHA", "Ai đó")
}

// Several desks write at random, some are killed, the server loses power: nothing
// that was acknowledged is lost or there twice, nothing that was refused is there,
// and all desks hold the same.
func TestAtOnceDesksAgreeWithTheLog(t *testing.T) {
	c := pgtest.Alone(t)
	m, _ := moved(t, c)
	const desks, each = 4, 15
	ctx := context.Background()
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		told = map[string]bool{}
		not  = map[string]bool{} // refused: another desk wrote first while the connection was lost
	)
	var list []*desk.Desk
	for n := range desks {
		list = append(list, counterOf(t, c.URL("postgres"), fmt.Sprint("Quầy ", n), m.Code))
	}
	for n, d := range list {
		wg.Go(func() {
			for i, tries := 0, 0; i < each && tries < 300; tries++ {
				code := fmt.Sprintf("Q%d-%d-%d", n, i, tries)
				one := data.Dossier{Code: code, Owner: data.Person{Name: "Ai"}, Received: data.Moment{Day: data.DayOf(clock)}}
				switch err := d.Change(ctx, desk.Work{Title: code}, func(tx desk.Tx) error { return tx.PutDossier(&one) }); data.CodeOf(err) {
				case "":
					mu.Lock()
					told[code] = true
					mu.Unlock()
					i++
				case data.Offline: // it may be there or not: another one is next
					time.Sleep(200 * time.Millisecond)
				case data.Conflict: // it is not there, and the officer was told so
					mu.Lock()
					not[code] = true
					mu.Unlock()
				default:
					t.Errorf("%s: %v", code, err)
				}
			}
		})
	}
	time.Sleep(300 * time.Millisecond)
	c.Stop("immediate")
	time.Sleep(200 * time.Millisecond)
	c.Up()
	wg.Wait()
	if len(told) != desks*each {
		t.Errorf("%d of %d were written", len(told), desks*each)
	}
	fresh := counterOf(t, c.URL("postgres"), "Quầy mới", m.Code)
	want := held(t, fresh)
	for code := range told {
		if strings.Count(want, " "+code+"\n") != 1 {
			t.Errorf("%s was acknowledged and is there %d times", code, strings.Count(want, " "+code+"\n"))
		}
	}
	for code := range not {
		if strings.Contains(want, " "+code+"\n") {
			t.Errorf("%s was refused and is there", code)
		}
	}
	for n, d := range list {
		until(t, "the same everywhere", func() bool { d.Opened(uint64(rand.IntN(1 << 20))); return d.Len() == fresh.Len() })
		if got := held(t, d); got != want {
			t.Errorf("desk %d holds\n%s\nwant\n%s", n, got, want)
		}
		if check, err := d.Check(ctx); err != nil || len(check.Faults) > 0 {
			t.Errorf("desk %d: %v %v", n, check.Faults, err)
		}
	}
}

// held lists the dossiers of a desk.
func held(t *testing.T, d *desk.Desk) string {
	t.Helper()
	var out bytes.Buffer
	if err := d.Read(func(v desk.View) error {
		return v.Scan(func(g *data.Glance) error {
			_, err := fmt.Fprintf(&out, "%d %s\n", g.ID, g.Code)
			return err
		})
	}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A desk without its server is read from, loses nothing typed, numbers nothing, and
// catches up.
func TestAtOnceServerIsAwayForAWhile(t *testing.T) {
	c := pgtest.Start(t)
	m, _ := moved(t, c)
	p := c.Proxy()
	one := counterOf(t, p.URL("postgres"), "Quầy 1", m.Code)
	two := counterOf(t, c.URL("postgres"), "Quầy 2", m.Code)
	ctx := context.Background()
	var lost, found atomic.Bool
	one.Watch(func(c desk.Changes) {
		if online := one.Link().Online; c.Link && !online {
			lost.Store(true)
		} else if c.Link && lost.Load() {
			found.Store(true)
		}
	})
	p.Cut()
	before := one.Len()
	if err := one.Change(ctx, desk.Work{Title: "x"}, func(tx desk.Tx) error {
		return tx.PutDossier(&data.Dossier{Code: "XA", Owner: data.Person{Name: "Ai"}, Received: data.Moment{Day: data.DayOf(clock)}})
	}); data.CodeOf(err) != data.Offline {
		t.Errorf("without the server: %v", err)
	}
	if l := one.Link(); l.Online || one.Len() != before || one.Find("CU-1") == 0 {
		t.Errorf("%+v, %d dossiers", l, one.Len())
	}
	put(t, two, "GIUA", "Ai")
	until(t, "the loss is told", lost.Load)
	p.Mend()
	until(t, "the server again", func() bool {
		one.Opened(uint64(rand.IntN(1 << 20)))
		return one.Find("GIUA") != 0 && one.Link().Online
	})
	until(t, "the server is told of", found.Load)
	put(t, one, "SAU", "Ai")
	if one.Find("XA") != 0 {
		t.Error("what was refused is there")
	}
}

// A desk that opens without its server shows what it had.
func TestAtOnceOpenedWithoutTheServer(t *testing.T) {
	c := pgtest.Alone(t)
	m, _ := moved(t, c)
	opt := desk.Options{Settings: t.TempDir(), Now: func() time.Time { return clock }}
	address, err := desk.Join(context.Background(), c.URL("postgres"), m.Code, opt)
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.Open(address, opt)
	if err != nil {
		t.Fatal(err)
	}
	put(t, d, "CO", "Ai")
	renewed := desk.RenewAfter
	desk.RenewAfter = 1
	d.Close() // puts a newer snapshot on the server
	desk.RenewAfter = renewed
	if late := counterOf(t, c.URL("postgres"), "Quầy muộn", m.Code); late.Len() != 6 {
		t.Errorf("a desk that begins with the newer snapshot has %d dossiers", late.Len())
	}
	c.Stop("fast")
	if d, err = desk.Open(address, opt); err != nil {
		t.Fatal(err)
	}
	if d.Wait() != nil || d.Len() != 6 || d.Link().Online {
		t.Errorf("%d dossiers, %+v", d.Len(), d.Link())
	}
	d.Close()
	if _, err := desk.Join(context.Background(), c.URL("postgres"), "0000", opt); data.CodeOf(err) != data.Invalid {
		t.Errorf("a code that is none: %v", err)
	}
}

// A backup of a register on a server, restored as a new register, is one of its own
// that is written to; onto a machine's copy nothing is restored.
func TestBackupOfASharedRegisterStandsAlone(t *testing.T) {
	c := pgtest.Start(t)
	m, _ := moved(t, c)
	d := counterOf(t, c.URL("postgres"), "Quầy 1", m.Code)
	put(t, d, "TRUOC", "Ai đó")
	backup := filepath.Join(t.TempDir(), "sao-luu.gbsao")
	if err := d.Backup(t.Context(), backup, nil); err != nil {
		t.Fatal(err)
	}
	put(t, d, "SAU", "Ai đó")
	own := d.Path()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Restore(t.Context(), backup, own, desk.RestoreOptions{}); data.CodeOf(err) != data.Conflict || !strings.Contains(err.Error(), "máy chủ") {
		t.Errorf("onto the copy: %v", err)
	}
	alone := filepath.Join(t.TempDir(), "moi.db")
	if _, err := desk.Restore(t.Context(), backup, alone, desk.RestoreOptions{New: true}); err != nil {
		t.Fatal(err)
	}
	home, err := desk.Open(alone, desk.Options{Now: func() time.Time { return clock }})
	if err != nil {
		t.Fatal(err)
	}
	defer home.Close()
	if err := home.Wait(); err != nil || home.Len() != 6 {
		t.Errorf("%d dossiers, %v", home.Len(), err)
	}
	put(t, home, "O-NHA", "Ai đó")
}

// BenchmarkSharedSave prints what one dossier saved on a server costs beside a bare
// insert with its commit (bar: 1,5).
func BenchmarkSharedSave(b *testing.B) {
	c := pgtest.Start(b)
	m, _ := moved(b, c)
	d := counterOf(b, c.URL("postgres"), "Quầy 1", m.Code)
	conn, err := pgtest.Connect(c.URL("postgres"))
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	if err := conn.Exec(`create table bare (n bigint primary key, body bytea)`); err != nil {
		b.Fatal(err)
	}
	body := bytes.Repeat([]byte("x"), 600)
	var bare, saved []time.Duration
	n := 0
	for b.Loop() {
		n++
		start := time.Now()
		if err := conn.Exec(`insert into bare values ($1, $2)`, n, body); err != nil {
			b.Fatal(err)
		}
		bare = append(bare, time.Since(start))
		start = time.Now()
		put(b, d, fmt.Sprint("BM-", n), "Ai")
		saved = append(saved, time.Since(start))
	}
	slices.Sort(bare)
	slices.Sort(saved)
	b.ReportMetric(float64(saved[len(saved)/2])/float64(bare[len(bare)/2]), "bare-inserts")
}
