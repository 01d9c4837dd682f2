package desk_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
)

func TestBackupsAreListedAndInspected(t *testing.T) {
	d := filled(t)
	if len(d.BackupFiles()) != 0 {
		t.Errorf("%+v", d.BackupFiles())
	}
	path, err := d.BackupNow(t.Context(), nil)
	must(t, err)
	must(t, d.BackupDaily(t.Context()))
	list := d.BackupFiles()
	if len(list) != 2 || list[0].Size == 0 || list[0].Replaced {
		t.Fatalf("%+v", list)
	}
	before := hash(t, path)
	c, err := desk.InspectBackup(t.Context(), path, time.UTC, nil)
	must(t, err)
	if c.Dossiers != d.Len() || c.Change == "" || !c.Last.Known() || c.Units != len(d.Catalogue().Units) {
		t.Errorf("%+v", c)
	}
	if hash(t, path) != before {
		t.Error("looking at a backup changed it")
	}
	d.Close()
	put, err := desk.Restore(t.Context(), path, d.Path(), desk.RestoreOptions{})
	must(t, err)
	d = open(t, d.Path())
	found := false
	for _, f := range d.BackupFiles() {
		found = found || f.Replaced && f.Path == put.Kept
	}
	if !found {
		t.Errorf("the replaced file %s is not listed: %+v", put.Kept, d.BackupFiles())
	}
}

func TestInspectRefusesWhatIsNoBackup(t *testing.T) {
	path := filepath.Join(t.TempDir(), "anh.db")
	must(t, os.WriteFile(path, []byte("not a data file at all, but long enough to be looked at by the reader of heads of files"), 0o600))
	if _, err := desk.InspectBackup(t.Context(), path, time.UTC, nil); data.CodeOf(err) != data.Damaged {
		t.Errorf("%v", err)
	}
	if _, err := desk.InspectBackup(t.Context(), path+"x", time.UTC, nil); data.CodeOf(err) != data.NotFound {
		t.Errorf("%v", err)
	}
}
