// Package demo makes up the demonstration office: a town of the size of the one
// in source article 003, its units, the dossiers of 2021 and 2022 whose figures are
// those of the article, and the sheets of its self-assessment; or an office of today
// with two years that end on a day. No person, place, number or code in it is real. The
// same calendar and day always give the same office.
//
// Facts are planned first, group by group and year by year, so that the figures
// come out exactly; names and texts are added dossier by dossier when the
// register is written. The package reads no clock.
package demo

import (
	"cmp"
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
		if err == nil {
			err = addEntries(ctx, d, until)
		}
	}
	err = cmp.Or(err, d.Close())
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
