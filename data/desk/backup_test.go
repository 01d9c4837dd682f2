package desk_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
)

func TestBackupOfTheDay(t *testing.T) {
	clock := now()
	d, err := openIn(t, filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return clock }})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	daily := func() []string {
		t.Helper()
		if err := d.BackupDaily(t.Context()); err != nil {
			t.Fatal(err)
		}
		list, _ := filepath.Glob(filepath.Join(filepath.Dir(d.Path()), "*", "*.gbsao"))
		return list
	}
	if list := daily(); len(list) != 0 || d.LastBackup() != (desk.BackupState{}) {
		t.Errorf("an office without dossiers: %v", list)
	}
	load(t, d, fixture("A_server.xlsx"))
	first := daily()
	if len(first) != 1 || d.LastBackup().Path != first[0] {
		t.Fatalf("the first backup: %v, last %+v", first, d.LastBackup())
	}
	before := hash(t, first[0])
	load(t, d, fixture("E_full.xlsx"))
	if daily(); hash(t, first[0]) != before {
		t.Error("a second backup of one day replaced the first")
	}
	clock = clock.AddDate(0, 0, 1)
	if list := daily(); len(list) != 2 {
		t.Errorf("what changed after the backup of yesterday: %v", list)
	}
	for range 3 {
		clock = clock.AddDate(0, 0, 1)
		if list := daily(); len(list) != 2 {
			t.Errorf("a day without a change: %v", list)
		}
	}
	// Of days with a change the last seven are kept, and 7 June, the last of the week
	// before.
	for i := range 9 {
		clock = clock.AddDate(0, 0, 1)
		if err := d.SetOffice(t.Context(), data.Office{Name: fmt.Sprint("UBND xã Thử ", i)}); err != nil {
			t.Fatal(err)
		}
		daily()
	}
	list := daily()
	if len(list) != 8 || d.LastBackup().Path != list[7] || !strings.Contains(list[0], "2026-06-07") {
		t.Errorf("kept: %v, the last %s", list, d.LastBackup().Path)
	}
	if _, err := os.Stat(first[0]); err == nil {
		t.Error("the oldest backup is still there")
	}
	if got := open(t, list[7]).Len(); got != d.Len() {
		t.Errorf("the newest backup holds %d dossiers of %d", got, d.Len())
	}

	demo := fresh(t)
	load(t, demo, fixture("A_server.xlsx"))
	if err := demo.SetOffice(t.Context(), data.Office{Demo: true}); err != nil {
		t.Fatal(err)
	}
	if err := demo.BackupDaily(t.Context()); err != nil || demo.LastBackup().Path != "" {
		t.Errorf("the demonstration office: %v, %+v", err, demo.LastBackup())
	}
}
