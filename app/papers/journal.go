package papers

import (
	"context"
	"io"
	"path/filepath"
	"slices"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/reports/paper"
	"giaoban/reports/safety"
)

// WriteJournal writes an extract of the journal to a file: what it holds of the days from and
// to, both included and NoDay for open, with the result of walking the whole of it.
func WriteJournal(ctx context.Context, d *desk.Desk, from, to data.Day, path string) error {
	return d.WriteOut(ctx, desk.Issue{What: "Trích nhật ký"}, path, func(ctx context.Context, w io.Writer) error {
		doc, err := journalExtract(ctx, d, from, to)
		if err != nil {
			return err
		}
		_, err = doc.WriteTo(w)
		return err
	})
}

func journalExtract(ctx context.Context, d *desk.Desk, from, to data.Day) (*paper.Document, error) {
	checked, err := d.Check(ctx)
	if err != nil {
		return nil, err
	}
	entries, err := d.Journal(0)
	if err != nil {
		return nil, err
	}
	zone := d.Now().Location()
	x := safety.Extract{Office: d.Office(), File: filepath.Base(d.Path()), From: from, To: to, Made: data.MomentOf(d.Now()), Count: checked.Journal.Count, Head: checked.Journal.Head}
	for _, f := range checked.Journal.Faults {
		x.Faults = append(x.Faults, f.String()+".")
	}
	for _, e := range slices.Backward(entries) {
		at := data.MomentAt(e.At, zone)
		if from.Known() && at.Day < from || to.Known() && at.Day > to {
			continue
		}
		x.Lines = append(x.Lines, safety.ExtractLine{Number: e.Seq, At: at, By: e.By, Title: desk.Told(&e), Why: e.Why, Hash: e.Hash})
	}
	return safety.BuildJournal(ctx, &x, madeNow(d, "Trích nhật ký"))
}
