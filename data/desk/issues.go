package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"giaoban/data"
	"giaoban/data/beside"
	"giaoban/data/disk"
)

// KindIssue is the kind of record of what left the office.
const KindIssue = "issue"

// Issue tells of an export or a print: what left the office, to where, and who took it.
type Issue struct {
	What   string `json:"what"`           // such as "Danh sách hồ sơ"
	File   string `json:"file,omitempty"` // name of the file, without its folder; "" for a print
	Rows   int    `json:"rows,omitempty"`
	Masked bool   `json:"masked,omitempty"` // numbers and phones were masked
	At     int64  `json:"at"`               // Unix seconds
	By     string `json:"by,omitempty"`
}

// outgoing is what a paper that is being drawn holds; see Holds.
type outgoing struct {
	rows int
	open bool // a part of it names persons in full
}

type outgoingKey struct{}

// Drawing returns a context for drawing a paper, and what then tells what Holds was told of
// it: how many rows there are, and whether all of them are masked.
func Drawing(ctx context.Context) (context.Context, func() (rows int, masked bool)) {
	t := &outgoing{}
	return context.WithValue(ctx, outgoingKey{}, t), func() (int, bool) { return t.rows, t.rows > 0 && !t.open }
}

// Holds tells the register of exports and prints what a paper that is being drawn holds:
// rows more that each tell of a dossier, a person or an entry, with persons masked or in full.
func Holds(ctx context.Context, rows int, masked bool) {
	if t, ok := ctx.Value(outgoingKey{}).(*outgoing); ok && rows > 0 {
		t.rows += rows
		t.open = t.open || !masked
	}
}

// WriteOut is the one door of the files that leave the office. write gets a context of Drawing
// and writes the file; before it takes its name it stands in the register of exports and
// prints, so that no file is there of which the register does not tell. x names what it is.
func (d *Desk) WriteOut(ctx context.Context, x Issue, path string, write func(context.Context, io.Writer) error) error {
	drawing, holds := Drawing(ctx)
	return disk.Whole(path, func(w io.Writer) error {
		if err := write(drawing, w); err != nil {
			return err
		}
		x.File = filepath.Base(path)
		if x.Rows == 0 {
			x.Rows, x.Masked = holds()
		}
		return d.Issue(ctx, x)
	})
}

// WriteOutBytes is WriteOut of what is drawn already.
func (d *Desk) WriteOutBytes(ctx context.Context, x Issue, path string, raw []byte) error {
	return d.WriteOut(ctx, x, path, func(_ context.Context, w io.Writer) error { _, err := w.Write(raw); return err })
}

// Issue keeps what is about to leave the office in the register of exports and prints. It is
// a note of the journal, which undo passes over. Of a copy of a register that another program
// has open, that one is told; of a backup, and of a file that cannot be written, nothing is
// kept.
func (d *Desk) Issue(ctx context.Context, x Issue) error {
	x.At, x.By = d.Now().Unix(), d.Officer()
	if f, ok := d.store.(file); ok && f.beside {
		raw, err := json.Marshal(x)
		if err == nil {
			err = beside.Tell(d.settings, d.path, raw)
		}
		if err != nil {
			return data.Fail(data.Locked, "Chưa xuất được: cửa sổ đang mở sổ này không ghi được lần xuất vào Sổ xuất, in dữ liệu. Xuất từ cửa sổ, hoặc đóng cửa sổ rồi làm lại.", err)
		}
		return nil
	}
	if d.IsBackup() || d.ReadOnly() != "" {
		return nil
	}
	return d.keepIssue(ctx, x)
}

func (d *Desk) keepIssue(ctx context.Context, x Issue) error {
	title := "Xuất, in: " + x.What
	if x.Rows > 0 {
		title += fmt.Sprintf(" (%s dòng)", data.FormatInt(int64(x.Rows)))
	}
	id := uint64(0)
	return d.Change(ctx, Work{Title: title, Note: true}, func(tx Tx) error { return tx.PutRecord(KindIssue, &id, x) })
}

// toldBeside keeps what a command took of a copy of the register.
func (d *Desk) toldBeside(ctx context.Context, raw []byte) error {
	var x Issue
	if err := json.Unmarshal(raw, &x); err != nil || x.What == "" {
		return errors.Join(errors.New("desk: no issue"), err)
	}
	return d.keepIssue(ctx, x)
}

// Issues returns the register of exports and prints, oldest first.
func (d *Desk) Issues() ([]Stored[Issue], error) { return Records[Issue](d, KindIssue) }
