package desk

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"os"
	"time"

	"giaoban/data"
	"giaoban/data/disk"
)

// Beginning is what a demonstration begins with.
type Beginning struct {
	Office     data.Office
	Units      []data.Unit
	Fields     []data.Field
	Procedures []data.Procedure
	Dossiers   iter.Seq[data.Dossier]
	Len        int // of Dossiers
}

// Build writes the data file of a demonstration office to path, replacing a
// demonstration file that stands there. A file of a real office is never replaced:
// data.Conflict. progress may be nil.
func Build(ctx context.Context, path string, now func() time.Time, town Beginning, progress func(done, total int64)) error {
	if _, err := os.Stat(path); err == nil {
		if err := isDemo(path); err != nil {
			return err
		}
	}
	// Built under another name, so that a build that is cut short leaves what was
	// there before.
	part := path + ".dang-tao"
	os.Remove(part)
	defer os.Remove(part)
	store, err := openFile(part, Options{Create: true, Now: now})
	if err != nil {
		return err
	}
	err = store.Append(ctx, &Entry{Title: "Tạo cơ quan minh họa", Kind: entryStart}, func(tx Tx) error {
		if err := tx.PutOffice(town.Office); err != nil {
			return err
		}
		if err := putCatalogue(tx, town.Units, town.Fields, town.Procedures); err != nil {
			return err
		}
		if err := tx.PutSetting(settingTaken, shippedMarks()); err != nil {
			return err
		}
		tx.Batch()
		done := 0
		for d := range town.Dossiers {
			if err := tx.PutDossier(&d); err != nil {
				return err
			}
			if done++; done%2048 == 0 {
				if err := pace(ctx, done, town.Len, progress, "Đã hủy tạo cơ quan minh họa."); err != nil {
					return err
				}
			}
		}
		return nil
	})
	err = cmp.Or(err, store.Close())
	if err != nil {
		return err
	}
	return disk.Fail("Không ghi được tệp minh họa "+disk.Name(path), disk.Replace(part, path))
}

// isDemo returns nil for a data file of the demonstration office.
func isDemo(path string) error {
	store, err := openFile(path, Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	return store.View(func(v View) error {
		o, err := v.Office()
		if err != nil {
			return err
		}
		if !o.Demo {
			return data.Fail(data.Conflict, fmt.Sprintf("%s là tệp dữ liệu của một cơ quan, không phải tệp minh họa, nên không bị thay. Chọn nơi khác.", path), nil)
		}
		return nil
	})
}
