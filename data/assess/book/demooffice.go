package book

import (
	"context"
	"time"

	"giaoban/data/desk"
)

// BuildDemoOffice writes the whole demonstration office to path: its register as
// desk.BuildDemo does, and then its sheets, with the files of evidence beside
// it. Its errors are those of both; progress may be nil.
func BuildDemoOffice(ctx context.Context, path string, now func() time.Time, progress func(done, total int64)) error {
	if err := desk.BuildDemo(ctx, path, now, progress); err != nil {
		return err
	}
	d, err := desk.Open(path, desk.Options{Now: now})
	if err != nil {
		return err
	}
	err = d.Wait()
	if err == nil {
		err = BuildDemo(ctx, d)
	}
	if cerr := d.Close(); err == nil {
		err = cerr
	}
	return err
}
