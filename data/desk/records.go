package desk

import (
	"context"
	"encoding/json"
	"fmt"

	"giaoban/data"
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
func (d *Desk) Change(ctx context.Context, w Work, fn func(Tx) error) error {
	e := &Entry{Title: w.Title, Why: w.Why}
	switch {
	case w.Start:
		e.Kind = entryStart
	case w.Note:
		e.Kind = entryNote
	}
	return d.change(ctx, e, fn)
}

// Read calls fn with one consistent state of the file. Within fn the Desk must not
// be asked for what it reads from the file; see Store.
func (d *Desk) Read(fn func(View) error) error { return d.store.View(fn) }

// Stored is a record with the id under which it is kept.
type Stored[T any] struct {
	ID    uint64
	Value T
}

// recorded holds records: a Desk, a Snapshot, a View or a Tx.
type recorded interface {
	EachRecord(kind string, fn func(id uint64, value []byte) error) error
}

// Records returns the records of a kind by id, as from holds them.
func Records[T any](from recorded, kind string) (list []Stored[T], err error) {
	err = from.EachRecord(kind, func(id uint64, value []byte) error {
		s := Stored[T]{ID: id}
		list = append(list, s)
		return decodeRecord(kind, id, value, &list[len(list)-1].Value)
	})
	return list, err
}

// RecordOf returns one record; ok is false when there is none.
func RecordOf[T any](v View, kind string, id uint64) (value T, ok bool, err error) {
	raw := v.Record(kind, id)
	if raw == nil {
		return value, false, nil
	}
	err = decodeRecord(kind, id, raw, &value)
	return value, err == nil, err
}

func decodeRecord(kind string, id uint64, raw []byte, value any) error {
	if err := json.Unmarshal(raw, value); err != nil {
		return data.Fail(data.Damaged, fmt.Sprintf("Mục «%s» số %d trong tệp dữ liệu bị hỏng. Khôi phục từ bản sao lưu.", kind, id), err)
	}
	return nil
}

// Keep stores one record as a change of its own; a zero id makes a new one.
func (d *Desk) Keep(ctx context.Context, w Work, kind string, id uint64, value any) (uint64, error) {
	value = text.All(value)
	err := d.Change(ctx, w, func(tx Tx) error { return tx.PutRecord(kind, &id, value) })
	return id, err
}

// Drop takes one record out as a change of its own.
func (d *Desk) Drop(ctx context.Context, w Work, kind string, id uint64) error {
	return d.Change(ctx, w, func(tx Tx) error { return tx.DropRecord(kind, id) })
}

// KeepSetting stores a setting; nil removes it.
func (d *Desk) KeepSetting(ctx context.Context, w Work, name string, value []byte) error {
	return d.Change(ctx, w, func(tx Tx) error { return tx.PutSetting(name, value) })
}

// KeepJSON is KeepSetting of a value as JSON.
func (d *Desk) KeepJSON(ctx context.Context, w Work, name string, value any) error {
	return d.Change(ctx, w, func(tx Tx) error { return putJSON(tx, name, value) })
}

func putJSON(tx Tx, name string, value any) error {
	raw, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return tx.PutSetting(name, raw)
}

// ReadJSON reads a setting that KeepJSON stored; what is not stored leaves value as it is.
// broken is what data.Damaged tells of one that cannot be read: what follows, what to do.
func ReadJSON(raw []byte, value any, broken string) error {
	if raw == nil {
		return nil
	}
	if err := json.Unmarshal(raw, value); err != nil {
		return data.Fail(data.Damaged, broken, err)
	}
	return nil
}
