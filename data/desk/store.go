package desk

import (
	"context"
	"slices"

	"giaoban/data"
	"giaoban/data/ledger"
	"giaoban/data/register"
	"giaoban/data/text"
)

// store is what the desk asks of the data file.
type store interface {
	Path() string
	View(fn func(*ledger.View) error) error
	Begin() (*ledger.Snapshot, error)
	Update(ctx context.Context, e *ledger.Entry, fn func(*ledger.Tx) error) error
	Undo(ctx context.Context, by string, then func(*ledger.Tx) error) (title string, err error)
	Redo(ctx context.Context, by string, then func(*ledger.Tx) error) (title string, err error)
	Check(ctx context.Context) (ledger.Check, error)
	Backup(ctx context.Context, path string, replace bool) error
	IsBackup() bool
	Notice() (text string, lost bool)
	Release()
	Close() error
}

// loadStanding reads what the file says beside dossiers and records.
func (d *Desk) loadStanding() error {
	return d.store.View(func(v *ledger.View) error {
		f, err := readStanding(v, nil)
		if err != nil {
			return err
		}
		var b register.Batch
		f.into(&b, nil)
		d.register.Apply(&b, func() { d.standing.Store(f) })
		return nil
	})
}

// loadDossiers builds the register from the data file, and tells those who wait
// for it.
func (d *Desk) loadDossiers() {
	d.writing.Lock()
	defer d.writing.Unlock()
	d.err = d.store.View(func(v *ledger.View) error {
		d.total.Store(int64(v.LastID()))
		d.register.Reserve(int(v.LastID()))
		return d.register.Load(func(put func(*data.Glance)) error {
			n := int64(0)
			err := v.Scan(func(g *data.Glance) error {
				put(g)
				if n++; n%1024 == 0 {
					d.loaded.Store(n)
				}
				return nil
			})
			d.loaded.Store(n)
			return err
		})
	})
	d.store.Release() // the file was read from one end to the other
	close(d.ready)
	d.tell(Changes{All: true, Catalogue: true, Rules: true})
}

// change writes to the file and brings catalogue, register and watchers up to
// date.
func (d *Desk) change(ctx context.Context, e *ledger.Entry, fn func(*ledger.Tx) error) error {
	return d.follow(func(then func(*ledger.Tx) error) error {
		e.By = d.Office().Officer
		return d.store.Update(ctx, e, func(tx *ledger.Tx) error {
			if err := fn(tx); err != nil {
				return err
			}
			return then(tx)
		})
	})
}

func (d *Desk) revert(ctx context.Context, redo bool) (title string, err error) {
	err = d.follow(func(then func(*ledger.Tx) error) error {
		act := d.store.Undo
		if redo {
			act = d.store.Redo
		}
		title, err = act(ctx, "", then)
		return err
	})
	return title, err
}

// follow lets act change the file and memory together, and then tells the
// watchers. act calls then at the end of its transaction: what memory is to hold
// is worked out there, from what is about to be kept, so that nothing can fail
// between the file and memory. From then on nobody sees one without the other.
func (d *Desk) follow(act func(then func(*ledger.Tx) error) error) error {
	if err := d.Wait(); err != nil {
		return err
	}
	d.writing.Lock()
	defer d.writing.Unlock()
	if d.closed {
		return data.Fail(data.Conflict, "Sổ đã đóng trước khi ghi nên chưa ghi gì. Mở lại tệp rồi làm lại việc này.", nil)
	}
	if d.behind {
		return data.Fail(data.Conflict, "Chưa ghi gì: bảng trên màn hình không còn theo kịp tệp dữ liệu. Đóng chương trình rồi mở lại, sau đó làm lại việc này.", nil)
	}
	told, err := d.commit(act)
	if told != nil {
		d.tell(*told)
	}
	return err
}

// commit changes the file and memory in one step and returns what changed; nil
// when nothing did.
func (d *Desk) commit(act func(then func(*ledger.Tx) error) error) (told *Changes, err error) {
	var next *following
	defer func() {
		if next != nil {
			d.step.Unlock()
		}
	}()
	err = act(func(tx *ledger.Tx) error {
		n, err := d.prepare(tx)
		if err != nil {
			return err
		}
		next = n
		d.step.Lock()
		return nil
	})
	if next == nil || err != nil && data.CodeOf(err) != data.Unsure {
		return nil, err
	}
	if fault := d.publish(next); fault != nil {
		err = fault
	}
	return &next.changes, err
}

// publish brings memory in step with the file. The change is in the file by now,
// so that a fault of the program here must not look as if it were not: it is told
// apart, and no more is written over a register that fell behind.
func (d *Desk) publish(next *following) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = data.Caught(fault)
		}
		if err != nil {
			d.behind = true
			err = data.Fail(data.Unsure, "Đã ghi vào tệp dữ liệu, nhưng bảng trên màn hình không theo kịp do lỗi của chương trình. Đừng nhập lại; hãy đóng chương trình rồi mở lại.", err)
		}
	}()
	return d.register.Apply(&next.batch, func() { d.standing.Store(next.standing) })
}

// following is what memory is to hold after a change.
type following struct {
	standing *standing
	batch    register.Batch
	changes  Changes
}

// manyDossiers is how many dossiers of a change wait in memory for its commit.
// Those of a longer one are read again behind it: each was found sound before.
const manyDossiers = 16384

// glances reads dossiers from the file.
func (d *Desk) glances(ids []uint64, put func(*data.Glance)) error {
	return d.store.View(func(v *ledger.View) error {
		var g data.Glance
		for _, id := range ids {
			ok, err := v.Glance(id, &g)
			if err != nil {
				return err
			}
			if ok {
				put(&g)
			}
		}
		return nil
	})
}

// prepare works out what memory is to hold after the transaction.
func (d *Desk) prepare(tx *ledger.Tx) (*following, error) {
	touched, before := tx.Touched(), d.standing.Load()
	n := &following{standing: before, changes: Changes{Dossiers: touched.Dossiers, Kinds: append(touched.Kinds, touched.Settings...)}}
	if touched.Catalogue || touched.Office || slices.ContainsFunc(touched.Settings, func(name string) bool { return slices.Contains(standingSettings, name) }) {
		after, err := readStanding(&tx.View, before)
		if err != nil {
			return nil, err
		}
		n.standing = after
		n.changes.Catalogue, n.changes.Rules = after.catalogue != before.catalogue, !after.rulesAs(before)
		after.into(&n.batch, before)
	}
	var g data.Glance
	many := len(touched.Dossiers) > manyDossiers
	for _, id := range touched.Dossiers {
		ok, err := tx.Glance(id, &g)
		switch {
		case err != nil:
			return nil, err
		case !ok:
			n.batch.Remove(id)
		case !many:
			n.batch.Put(&g)
		}
	}
	if many {
		n.batch.Later(func(put func(*data.Glance)) error { return d.glances(touched.Dossiers, put) })
	}
	return n, nil
}

func (d *Desk) undoable() (undo, redo *ledger.Entry, err error) {
	err = d.store.View(func(v *ledger.View) error {
		undo, redo, err = v.Undoable()
		return err
	})
	return undo, redo, err
}

// Find returns the id of the dossier with the code, 0 when there is none or the file
// cannot be read, which is told as a fault.
func (d *Desk) Find(code string) (id uint64) {
	code = text.Line(code)
	err := d.store.View(func(v *ledger.View) error {
		id = v.FindCode(code)
		return nil
	})
	if err != nil {
		d.fault(err)
	}
	return id
}

// Setting returns a stored setting, nil when there is none or the file cannot be
// read, which is told as a fault.
func (d *Desk) Setting(name string) (value []byte) {
	err := d.store.View(func(v *ledger.View) error {
		value = v.Setting(name)
		return nil
	})
	if err != nil {
		d.fault(err)
	}
	return value
}

// Imports returns what was imported so far, oldest first.
func (d *Desk) Imports() (list []ledger.Import, err error) {
	err = d.store.View(func(v *ledger.View) error {
		list, err = v.Imports()
		return err
	})
	return list, err
}

// Journal returns the newest n entries of the journal, newest first.
func (d *Desk) Journal(n int) (list []ledger.Entry, err error) {
	err = d.store.View(func(v *ledger.View) error {
		list, err = v.Journal(n)
		return err
	})
	return list, err
}
