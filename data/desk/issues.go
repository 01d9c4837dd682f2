package desk

import (
	"context"
	"fmt"

	"giaoban/data"
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

// Issue keeps what is about to leave the office in the register of exports and prints. It is
// a note of the journal, which undo passes over.
func (d *Desk) Issue(ctx context.Context, x Issue) error {
	if d.IsBackup() {
		return nil // it is not written to
	}
	x.At, x.By = d.Now().Unix(), d.Officer()
	title := "Xuất, in: " + x.What
	if x.Rows > 0 {
		title += fmt.Sprintf(" (%s dòng)", data.FormatInt(int64(x.Rows)))
	}
	id := uint64(0)
	return d.Change(ctx, Work{Title: title, Note: true}, func(tx Tx) error { return tx.PutRecord(KindIssue, &id, x) })
}

// Issues returns the register of exports and prints, oldest first.
func (d *Desk) Issues() ([]Stored[Issue], error) { return Records[Issue](d, KindIssue) }
