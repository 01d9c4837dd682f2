package desk_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
)

// A file is read outside the transaction: a dossier is saved while it is read,
// in an import and in a dry run.
func TestAtOnceSaveWhileAFileIsRead(t *testing.T) {
	for _, dry := range []bool{true, false} {
		d, p := counter(t)
		one := received(t, d, p, data.Date(2026, 5, 4), "Trần Văn Thử")
		im, err := d.OpenImport(t.Context(), bigFile(t, 3000), desk.ImportOptions{})
		must(t, err)
		defer im.Close()
		saved := false
		save := func(done, total int64) {
			if saved || done == 0 || done > total/2 {
				return
			}
			saved = true
			end := make(chan error, 1)
			go func() {
				end <- d.Amend(context.Background(), one.ID, "một", func(x *data.Dossier) { x.Content = "nội dung mới" })
			}()
			select {
			case err := <-end:
				must(t, err)
			case <-time.After(20 * time.Second):
				t.Error("a save waits until the file is read")
			}
		}
		act := im.Apply
		if dry {
			act = im.DryRun
		}
		if r, err := act(t.Context(), desk.Run{Progress: save}); err != nil || r.New != 3000 || !saved {
			t.Errorf("dry %v: %d new, %v, saved %v", dry, r.New, err, saved)
		}
		if want := map[bool]int{true: 1, false: 3001}[dry]; d.Len() != want {
			t.Errorf("dry %v: %d dossiers, want %d", dry, d.Len(), want)
		}
	}
}

// What the reading of a file went by is asked again when its rows are written: a
// row without a day of receipt must not become a dossier when the one that it
// adds to is undone meanwhile, nor be refused when it has come.
func TestAtOnceRegisterChangesWhileAFileIsRead(t *testing.T) {
	lines := []string{"STT;Mã hồ sơ;Tên thủ tục hành chính;Chủ hồ sơ;Ngày tiếp nhận;Ngày hẹn trả", "1;HS-1;Thủ tục;Trần Văn Thử;13/03/2023;27/04/2023"}
	for i := range 600 {
		lines = append(lines, fmt.Sprintf("%d;X-%d;Thủ tục;Trần Văn Mẫu;13/03/2023;27/04/2023", i+2, i))
	}
	undated := append([]string{lines[0], "1;HS-1;Thủ tục;Trần Văn Thử;;27/05/2023"}, lines[2:]...)
	for _, c := range []struct {
		name                   string
		meanwhile              func(d *desk.Desk) error
		before                 bool
		added, changed, reject int
	}{
		{"undone", func(d *desk.Desk) error { _, err := d.Undo(context.Background()); return err }, true, 600, 0, 1},
		{"came", func(d *desk.Desk) error { _, err := run(t, d, write(t, "a.csv", lines[:2]...), false); return err }, false, 600, 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := fresh(t)
			if c.before {
				load(t, d, write(t, "a.csv", lines[:2]...))
			}
			im, err := d.OpenImport(t.Context(), write(t, "b.csv", undated...), desk.ImportOptions{})
			must(t, err)
			defer im.Close()
			done := false
			r, err := im.Apply(t.Context(), desk.Run{Progress: func(at, total int64) {
				if at > total/2 && !done {
					done = true
					must(t, c.meanwhile(d))
				}
			}})
			if err != nil || !done || r.New != c.added || r.Changed != c.changed || r.Rejected != c.reject {
				t.Errorf("%+v, %v, meanwhile %v", summary(r), err, done)
			}
			agree(t, d)
		})
	}
}

// The hash of an import is of what was read, not of another file that was put in
// its place since.
func TestHashOfWhatWasRead(t *testing.T) {
	d := fresh(t)
	path := bigFile(t, 5)
	want := hash(t, path)
	im, err := d.OpenImport(t.Context(), path, desk.ImportOptions{})
	must(t, err)
	defer im.Close()
	other := path + ".khac"
	must(t, os.WriteFile(other, []byte("một tệp khác"), 0o600))
	must(t, os.Rename(other, path))
	if r, err := im.Apply(t.Context(), desk.Run{}); err != nil || r.New != 5 {
		t.Fatalf("%+v, %v", summary(r), err)
	}
	imports, err := d.Imports()
	if err != nil || len(imports) != 1 || imports[0].Hash != want {
		t.Errorf("%+v, %v; want the hash %s", imports, err, want)
	}
}

// Two imports at once leave no setting of the program behind, and nothing is
// lost.
func TestAtOnceTwoImports(t *testing.T) {
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	d := fresh(t)
	var wg sync.WaitGroup
	for _, prefix := range []string{"HS-", "KH-"} {
		content, err := os.ReadFile(bigFile(t, 2000))
		must(t, err)
		path := write(t, prefix+".csv", strings.TrimSpace(string(bytes.ReplaceAll(content, []byte("HS-"), []byte(prefix)))))
		wg.Go(func() {
			im, err := d.OpenImport(context.Background(), path, desk.ImportOptions{})
			if err == nil {
				defer im.Close()
				_, err = im.DryRun(context.Background(), desk.Run{})
			}
			if err == nil {
				_, err = im.Apply(context.Background(), desk.Run{})
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if now := debug.SetGCPercent(100); now != 100 {
		t.Errorf("memory is collected at %d per cent afterwards", now)
	}
	if d.Len() != 4000 {
		t.Errorf("%d dossiers of two imports", d.Len())
	}
	agree(t, d)
}

// An import is seen whole or not at all, and so is its undoing.
func TestAtOnceImportIsSeenWhole(t *testing.T) {
	const rows = 20_000 // more than were taken in at a time
	d := fresh(t)
	load(t, d, fixture("A_server.xlsx"))
	few := d.Len()
	im, err := d.OpenImport(t.Context(), bigFile(t, rows), desk.ImportOptions{})
	must(t, err)
	defer im.Close()
	stop, seen := make(chan struct{}), map[int]bool{}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			seen[d.Count(desk.Query{})] = true
			select {
			case <-stop:
				return
			default:
			}
		}
	})
	if _, err := im.Apply(t.Context(), desk.Run{}); err != nil {
		t.Fatal(err)
	}
	_, err = d.Undo(t.Context())
	must(t, err)
	close(stop)
	wg.Wait()
	for n := range seen {
		if n != few && n != few+rows {
			t.Errorf("%d dossiers were seen while %d came to %d", n, rows, few)
		}
	}
	agree(t, d)
}
