package desk

import (
	"context"
	"fmt"
	"maps"

	"giaoban/data"
	"giaoban/data/exchange"
)

// KindMapping is the kind of the records that keep how files are read; their
// value is an exchange.Saved.
const KindMapping = "mapping"

// savedMappings returns the kept answers, newest first.
func (d *Desk) savedMappings() ([]exchange.Saved, error) {
	list, err := d.Mappings()
	saved := make([]exchange.Saved, len(list))
	for i := range list {
		saved[len(list)-1-i] = list[i].Value
	}
	return saved, err
}

// Mappings returns how files of each source are read, as officers confirmed it,
// oldest first.
func (d *Desk) Mappings() ([]Stored[exchange.Saved], error) {
	return Records[exchange.Saved](d, KindMapping)
}

// ForgetMapping takes one of Mappings out: the next file with that heading is
// read afresh. It can be undone.
func (d *Desk) ForgetMapping(ctx context.Context, id uint64) error {
	return d.Drop(ctx, Work{Title: "Bỏ cách ghép cột đã nhớ"}, KindMapping, id)
}

// Reused returns the sentence which tells that the file began with the answers
// of an earlier import; "" when it did not.
func (im *Import) Reused() string {
	if s := im.source.Reused(); s != nil {
		return s.Sentence()
	}
	return ""
}

// remember keeps what the officer answered for this file, for the next one with
// its heading. Undo passes over it: who takes an import back to do it better
// need not answer again.
func (im *Import) remember(ctx context.Context) error {
	d, o := im.desk, &im.opt
	if o.Mapping == nil && o.Order == exchange.AutoOrder && len(o.Statuses) == 0 {
		return nil
	}
	m := im.Mapping()
	if len(o.Statuses) > 0 {
		merged := maps.Clone(o.Statuses)
		maps.Copy(merged, m.Statuses)
		m.Statuses = merged
	}
	saved, ok := m.Save(o.Order)
	if !ok {
		return nil
	}
	saved.File, saved.Day = im.source.Name(), data.DayOf(d.now())
	list, err := d.Mappings()
	if err != nil {
		return err
	}
	id := uint64(0)
	for i := range list {
		if list[i].Value.Fingerprint == saved.Fingerprint {
			if id = list[i].ID; list[i].Value.SameAs(&saved) {
				return nil
			}
		}
	}
	_, err = d.Keep(ctx, Work{Title: fmt.Sprintf("Nhớ cách ghép cột của tệp %s", saved.File), Note: true}, KindMapping, id, saved)
	return err
}
