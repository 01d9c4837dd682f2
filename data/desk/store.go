package desk

import (
	"context"

	"giaoban/data"
	"giaoban/data/ledger"
	"giaoban/data/text"
)

// load builds the register from the data file.
func (d *Desk) load() error {
	return d.store.View(func(v *ledger.View) error {
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
}

// change writes to the file and then brings catalogue, register and watchers up
// to date.
func (d *Desk) change(ctx context.Context, e *ledger.Entry, fn func(*ledger.Tx) error) error {
	if err := d.Wait(); err != nil {
		return err
	}
	e.By = d.Office().Officer
	touched, err := d.store.Update(ctx, e, fn)
	if err != nil {
		return err
	}
	return d.follow(touched)
}

// follow brings what is in memory in step with the file.
func (d *Desk) follow(touched []uint64) error {
	if err := d.readCatalogue(); err != nil {
		return err
	}
	err := d.store.View(func(v *ledger.View) error {
		var gone []uint64
		err := d.register.Load(func(put func(*data.Glance)) error {
			var g data.Glance
			for _, id := range touched {
				ok, err := v.Glance(id, &g)
				if err != nil {
					return err
				}
				if !ok {
					gone = append(gone, id)
					continue
				}
				put(&g)
			}
			return nil
		})
		if len(gone) > 0 {
			d.register.Remove(gone...)
		}
		return err
	})
	d.changed()
	return err
}

func (d *Desk) revert(ctx context.Context, redo bool) (string, error) {
	if err := d.Wait(); err != nil {
		return "", err
	}
	act := d.store.Undo
	if redo {
		act = d.store.Redo
	}
	title, touched, err := act(ctx, "")
	if err != nil {
		return "", err
	}
	return title, d.follow(touched)
}

func (d *Desk) undoable() (undo, redo *ledger.Entry, err error) {
	err = d.store.View(func(v *ledger.View) error {
		undo, redo, err = v.Undoable()
		return err
	})
	return undo, redo, err
}

// readCatalogue reads the office, its rules and calendar, and the catalogue into
// memory.
func (d *Desk) readCatalogue() error {
	return d.store.View(func(v *ledger.View) error {
		units, err := v.Units()
		if err != nil {
			return err
		}
		fields, err := v.Fields()
		if err != nil {
			return err
		}
		procedures, err := v.Procedures()
		if err != nil {
			return err
		}
		office, err := v.Office()
		if err != nil {
			return err
		}
		calendar, err := d.readCalendar(v)
		if err != nil {
			return err
		}
		d.register.SetDenominators(readDenominators(v.Setting(settingDenominators)))
		d.mu.Lock()
		d.office, d.calendar, d.rules = office, calendar, readRules(v.Setting(settingRules))
		same := d.catalogue != nil && d.catalogue.holds(units, fields, procedures)
		d.mu.Unlock()
		if same {
			return nil
		}
		c := newCatalogue(units, fields, procedures)
		d.mu.Lock()
		d.catalogue = c
		d.mu.Unlock()
		d.register.SetCatalogue(units, fields, procedures)
		return nil
	})
}

// Dossier returns a whole dossier, or data.NotFound.
func (d *Desk) Dossier(id uint64) (data.Dossier, error) {
	var out data.Dossier
	err := d.store.View(func(v *ledger.View) error {
		var err error
		out, err = v.Dossier(id)
		return err
	})
	return out, err
}

// Dossiers calls fn with each of the dossiers, in the order of ids, from one
// consistent state of the file. Those that no longer exist are left out.
func (d *Desk) Dossiers(ids []uint32, fn func(*data.Dossier) error) error {
	return d.store.View(func(v *ledger.View) error {
		for _, id := range ids {
			one, err := v.Dossier(uint64(id))
			if data.CodeOf(err) == data.NotFound {
				continue
			}
			if err != nil {
				return err
			}
			if err := fn(&one); err != nil {
				return err
			}
		}
		return nil
	})
}

// Find returns the id of the dossier with the code, 0 when there is none.
func (d *Desk) Find(code string) (id uint64) {
	code = text.Line(code)
	d.store.View(func(v *ledger.View) error {
		id = v.FindCode(code)
		return nil
	})
	return id
}

// Setting returns a stored setting, nil when there is none.
func (d *Desk) Setting(name string) (value []byte) {
	d.store.View(func(v *ledger.View) error {
		value = v.Setting(name)
		return nil
	})
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
