package desk

import (
	"context"

	"giaoban/data/ledger"
	"giaoban/data/text"
)

// Work names a change for the journal.
type Work struct {
	Title string // in Vietnamese, such as "Tiếp nhận hồ sơ 000.00.06.H56-231027-0361"
	Why   string // the reason that was given, "" for none
	Note  bool   // a fact that undo passes over, such as a print
	Start bool   // part of the birth of the file: undo stops there
}

// The kinds of records that the desk itself keeps. Other packages have kinds of
// their own.
const (
	KindCounter = "counter" // data.Counter
	KindSigner  = "signer"  // data.Signer
	KindCause   = "cause"   // data.Cause
	KindLetter  = "letter"  // data.Letter
	KindBook    = "book"    // Book
)

// Change writes facts in one durable transaction and then brings catalogue,
// register and watchers up to date. When fn or ctx fails nothing is written. The
// officer of the office is named in the journal.
func (d *Desk) Change(ctx context.Context, w Work, fn func(*ledger.Tx) error) error {
	e := &ledger.Entry{Title: w.Title, Why: w.Why}
	switch {
	case w.Start:
		e.Kind = ledger.KindStart
	case w.Note:
		e.Kind = ledger.KindNote
	}
	return d.change(ctx, e, fn)
}

// Read calls fn with one consistent state of the file. Within fn the Desk must not
// be asked for what it reads from the file; see ledger.Ledger.View.
func (d *Desk) Read(fn func(*ledger.View) error) error { return d.store.View(fn) }

// Records returns the records of a kind by id.
func Records[T any](d Reading, kind string) (list []ledger.Stored[T], err error) {
	err = d.Read(func(v *ledger.View) error {
		list, err = ledger.Records[T](v, kind)
		return err
	})
	return list, err
}

// Keep stores one record as a change of its own; a zero id makes a new one.
func (d *Desk) Keep(ctx context.Context, w Work, kind string, id uint64, value any) (uint64, error) {
	value = text.All(value)
	err := d.Change(ctx, w, func(tx *ledger.Tx) error { return tx.PutRecord(kind, &id, value) })
	return id, err
}

// Drop takes one record out as a change of its own.
func (d *Desk) Drop(ctx context.Context, w Work, kind string, id uint64) error {
	return d.Change(ctx, w, func(tx *ledger.Tx) error { return tx.DropRecord(kind, id) })
}

// KeepSetting stores a setting; nil removes it.
func (d *Desk) KeepSetting(ctx context.Context, w Work, name string, value []byte) error {
	return d.Change(ctx, w, func(tx *ledger.Tx) error { return tx.PutSetting(name, value) })
}
