package demo

import (
	"context"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/workday"
)

// Build writes the demonstration office to path, with its sheets and the files of
// evidence beside it: two years that end on a day, or the years of the article for
// data.NoDay. It replaces a demonstration file that stands there, and no other. The
// same day always gives the same office. progress may be nil.
func Build(ctx context.Context, path string, until data.Day, now func() time.Time, progress func(done, total int64)) error {
	if err := BuildRegister(ctx, path, until, now, progress); err != nil {
		return err
	}
	d, err := desk.Open(path, desk.Options{Now: now})
	if err != nil {
		return err
	}
	if err = d.Wait(); err == nil {
		if until.Known() {
			err = addRecent(ctx, d, until)
		} else {
			err = AddSheets(ctx, d)
		}
	}
	if cerr := d.Close(); err == nil {
		err = cerr
	}
	return err
}

// BuildRegister writes the office as Build does, without the sheets.
func BuildRegister(ctx context.Context, path string, until data.Day, now func() time.Time, progress func(done, total int64)) error {
	town, err := generate(workday.Default(), until)
	if err != nil {
		return err
	}
	return desk.Build(ctx, path, now, desk.Beginning{Office: town.Office, Units: town.Units, Fields: town.Fields, Procedures: town.Procedures, Dossiers: town.Dossiers(), Len: town.Len()}, progress)
}

func generate(c *workday.Calendar, until data.Day) (*Town, error) {
	if until.Known() {
		return GenerateUntil(c, until)
	}
	return Generate(c)
}
