package desk

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"giaoban/data"
	"giaoban/data/exchange"
	"giaoban/data/text"
)

// KindReported is the kind of the records that keep the figures which units
// report; their value is a Reported.
const KindReported = "reported"

// Reported are the figures that a unit reports for a period, as a file states
// them: a table of counts, from which no dossier comes.
type Reported struct {
	ID       uint64             `json:"-"`
	Unit     uint32             `json:"Unit,omitempty"` // the unit that reports, 0 when the catalogue lacks it
	UnitName string             `json:"UnitName"`       // its name as the file or the catalogue has it; "" when the file does not tell
	Period   data.Period        `json:"Period"`
	Family   string             `json:"Family"` // of peers 4.2: B, C, D, F or H; "" for another
	Form     string             `json:"Form"`   // such as II.06a
	Rows     []ReportedRow      `json:"Rows"`
	Total    exchange.ReportRow `json:"Total"` // as the file states it; HasTotal tells whether it does
	HasTotal bool               `json:"HasTotal"`
	Warnings []string           `json:"Warnings"` // the sums that do not hold, each with its row and column
	Source   string             `json:"Source"`   // name of the file
	Hash     string             `json:"Hash"`     // SHA-256 of the file, hexadecimal
	Sheet    string             `json:"Sheet"`
	Row      int                `json:"Row"`              // first row of the table
	Import   uint64             `json:"Import"`           // id of the import
	Sender   string             `json:"Sender,omitempty"` // unit of the card whose package it came in; "" for a file
	At       int64              `json:"At"`               // when, in Unix seconds
}

// ReportedRow is one row with the entry of the catalogue that bears its name.
type ReportedRow struct {
	exchange.ReportRow
	Unit      uint32 `json:"Unit,omitempty"`
	Field     uint32 `json:"Field,omitempty"`
	Procedure uint32 `json:"Procedure,omitempty"`
}

// Counts returns the sum of the figures: the total of the file, else the sum of
// the rows of its highest level.
func (r *Reported) Counts() data.Counts {
	if r.HasTotal {
		return r.Total.Counts()
	}
	report := exchange.Report{}
	for i := range r.Rows {
		report.Rows = append(report.Rows, r.Rows[i].ReportRow)
	}
	return report.Sum()
}

// Reported returns the figures that units reported, in the order in which they
// came.
func (d *Desk) Reported() ([]Reported, error) {
	list, err := Records[Reported](d, KindReported)
	out := make([]Reported, len(list))
	for i := range list {
		out[i] = list[i].Value
		out[i].ID = list[i].ID
	}
	return out, err
}

// DropReported takes reported figures out. It can be undone.
func (d *Desk) DropReported(ctx context.Context, id uint64) error {
	one, err := Viewed(d, func(v View) (Reported, error) {
		r, ok, err := RecordOf[Reported](v, KindReported, id)
		if err == nil && !ok {
			err = data.Fail(data.NotFound, "Số liệu báo cáo này không còn trong tệp dữ liệu.", nil)
		}
		return r, err
	})
	if err != nil {
		return err
	}
	return d.Drop(ctx, Work{Title: fmt.Sprintf("Xóa số liệu báo cáo %s (%s)", one.Period.Label, one.Source)}, KindReported, id)
}

// Report reads the table of counts that is about to be imported. Its errors are
// those of exchange.Source.Report.
func (im *Import) Report(ctx context.Context) (exchange.Report, error) { return im.source.Report(ctx) }

// runReport stores a table of counts as what a unit reports for a period. The
// same figures again change nothing; other figures of the same unit, period and
// form take the place of the earlier ones.
func (im *Import) runReport(ctx context.Context, out ImportResult, hash string, dry bool) (ImportResult, error) {
	report, err := im.source.Report(ctx)
	if code := data.CodeOf(err); code == data.Refused && isCounts(err) {
		out.Notes = append(im.Mapping().Notes, exchange.Note{Code: exchange.NoteCounts, Text: err.Error()})
		return out, nil
	} else if err != nil {
		return out, err
	}
	out.Notes = im.Mapping().Notes
	for _, w := range report.Warnings {
		out.Notes = append(out.Notes, exchange.Note{Code: exchange.NoteCounts, Text: w})
	}
	one := im.reported(&report, out.Source, hash)
	if !one.Period.From.Known() || !one.Period.To.Known() {
		out.Notes = append(out.Notes, exchange.Note{Code: exchange.NoteCounts, Text: "Bảng số liệu tổng hợp không ghi kỳ báo cáo nên chưa lưu. Chọn kỳ rồi nhập lại."})
		return out, nil
	}
	m := im.Mapping()
	record := &Imported{File: out.Source, Hash: hash, Sheet: sheetName(m), Family: m.Family, At: one.At}
	entry := &Entry{Title: fmt.Sprintf("Nhập số liệu báo cáo %s từ %s", one.Period.Label, out.Source)}
	err = im.desk.change(ctx, entry, func(tx Tx) error {
		list, err := Records[Reported](tx, KindReported)
		if err != nil {
			return err
		}
		out.Fate, out.Reported = New, &one
		for i := range list {
			old := list[i].Value
			old.ID = list[i].ID
			if !old.sameReport(&one) {
				continue
			}
			one.ID, out.Fate = old.ID, Changed
			if old.sameFigures(&one) {
				out.Fate, out.Reported = Same, &old
				return errDryRun
			}
		}
		if dry {
			return errDryRun
		}
		if err := tx.PutImport(record); err != nil {
			return err
		}
		one.Import, entry.Import = record.ID, record.ID
		return tx.PutRecord(KindReported, &one.ID, &one)
	})
	switch {
	case errors.Is(err, errDryRun):
		return out, nil
	case err != nil && ctx.Err() != nil && data.CodeOf(err) != data.Cancelled:
		err = data.Fail(data.Cancelled, "Đã hủy nhập. Dữ liệu giữ nguyên như trước.", ctx.Err())
	}
	return out, err
}

// isCounts tells a table whose columns are not understood from a broken file.
func isCounts(err error) bool {
	var e *data.Error
	return errors.As(err, &e) && e.Field == ""
}

func (im *Import) reported(r *exchange.Report, source, hash string) Reported {
	d := im.desk
	names := newResolver(d.Catalogue())
	one := Reported{Unit: im.opt.Unit, UnitName: r.Unit, Period: im.opt.Period, Family: r.Family, Form: r.Form, Total: r.Total, HasTotal: r.HasTotal,
		Warnings: r.Warnings, Source: source, Hash: hash, Sheet: sheetName(im.Mapping()), At: d.now().Unix()}
	if one.UnitName == "" {
		one.UnitName = text.Line(im.opt.UnitName)
	}
	if one.Unit == 0 {
		one.Unit = names.units[unitKey(one.UnitName)]
	}
	if one.Unit != 0 {
		one.UnitName = d.Catalogue().Unit(one.Unit).Name
	}
	if !one.Period.From.Known() {
		one.Period = r.Period
	}
	for _, row := range r.Rows {
		if one.Row == 0 {
			one.Row = row.Row
		}
		key := text.NameKey(row.Name)
		one.Rows = append(one.Rows, ReportedRow{ReportRow: row, Unit: names.units[unitKey(row.Name)], Field: names.fields[key], Procedure: names.byNameOnly[key]})
	}
	return one
}

// sameReport reports whether two tables are the same report of the same unit; a
// table without a unit is the same only when it comes from a file of that name.
func (r *Reported) sameReport(o *Reported) bool {
	if r.Period.From != o.Period.From || r.Period.To != o.Period.To || r.Family != o.Family || r.Form != o.Form {
		return false
	}
	if r.Unit != 0 || o.Unit != 0 {
		return r.Unit == o.Unit
	}
	return text.NameKey(r.UnitName) == text.NameKey(o.UnitName) && (r.UnitName != "" || r.Source == o.Source || r.Hash == o.Hash)
}

func (r *Reported) sameFigures(o *Reported) bool {
	same := func(a, b ReportedRow) bool {
		return a.Name == b.Name && a.Group == b.Group && reflect.DeepEqual(a.Figures, b.Figures) && reflect.DeepEqual(a.Other, b.Other)
	}
	return r.Hash == o.Hash || slices.EqualFunc(r.Rows, o.Rows, same) && r.HasTotal == o.HasTotal && reflect.DeepEqual(r.Total.Figures, o.Total.Figures)
}
