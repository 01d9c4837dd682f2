package desk

import (
	"context"
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/inspect"
	"giaoban/data/register"
	"giaoban/data/text"
)

// doubles are the entries of the catalogue that are another one in another
// spelling (text.NameKey), each with the one that is kept. Versions before 0.3
// let them in: «Thủy sản» beside «Thuỷ sản».
type doubles struct{ units, fields, procedures map[uint32]uint32 }

// doubles finds them. An entry that the office typed or that was shipped is kept
// before one that came with a file, then the older one.
func (c *Catalogue) doubles() doubles {
	return doubles{
		units: twins(c.Units, func(u *data.Unit) (uint32, string, bool) { return u.ID, u.Name, u.Source == data.Imported },
			func(a, b *data.Unit) bool { return overlap(a.From, a.To, b.From, b.To) }),
		fields: twins(c.Fields, func(f *data.Field) (uint32, string, bool) { return f.ID, f.Name, f.Source == data.Imported },
			func(_, _ *data.Field) bool { return true }),
		procedures: twins(c.Procedures, func(p *data.Procedure) (uint32, string, bool) { return p.ID, p.Name, p.Source == data.Imported },
			// The shipped catalogue has procedures of one name for several levels.
			func(a, b *data.Procedure) bool {
				return a.Level == b.Level && (a.Code == "" || b.Code == "" || a.Code == b.Code) && (a.Source == data.Imported || b.Source == data.Imported)
			}),
	}
}

func twins[T any](list []T, of func(*T) (id uint32, name string, imported bool), same func(a, b *T) bool) map[uint32]uint32 {
	order := make([]*T, len(list))
	for i := range list {
		order[i] = &list[i]
	}
	slices.SortFunc(order, func(a, b *T) int {
		id1, _, imported1 := of(a)
		id2, _, imported2 := of(b)
		switch {
		case imported1 != imported2 && imported2:
			return -1
		case imported1 != imported2:
			return 1
		}
		return int(int64(id1) - int64(id2))
	})
	kept, out := map[string][]*T{}, map[uint32]uint32{}
	for _, one := range order {
		id, name, _ := of(one)
		key := text.NameKey(name)
		i := slices.IndexFunc(kept[key], func(k *T) bool { return same(k, one) })
		if i < 0 {
			kept[key] = append(kept[key], one)
			continue
		}
		out[id], _, _ = of(kept[key][i])
	}
	return out
}

// twinsOf tells the data checks of the doubles.
func (c *Catalogue) twinsOf() inspect.Twins {
	d := c.doubles()
	twin := func(of map[uint32]uint32, name func(uint32) string) func(uint32) inspect.Twin {
		return func(id uint32) inspect.Twin {
			if kept := of[id]; kept != 0 {
				return inspect.Twin{Kept: kept, Name: name(id), KeptName: name(kept)}
			}
			return inspect.Twin{}
		}
	}
	return inspect.Twins{
		Unit:      twin(d.units, func(id uint32) string { return c.Unit(id).Name }),
		Field:     twin(d.fields, func(id uint32) string { return c.Field(id).Name }),
		Procedure: twin(d.procedures, func(id uint32) string { return c.Procedure(id).Name }),
	}
}

// mergeDoubles moves dossiers from doubles to the entries that are kept and, in
// the same change, what the catalogue and the books say: no new dossier goes to a
// double. One that no dossier is left of ends today, a field goes.
func (d *Desk) mergeDoubles(ctx context.Context, k *inspect.Kind, ids []uint64, why string, progress func(done, total int64)) (Bulk, error) {
	office, c := d.Inspector(), d.Catalogue()
	found := c.doubles()
	emptied := d.emptied(found, ids)
	first := true
	return d.each(ctx, &Entry{Why: why}, "Gộp tên ghi hai cách", ids, progress, func(tx Tx, one *data.Dossier) error {
		if first {
			first = false
			if err := d.tidy(tx, k, c, found, emptied); err != nil {
				return err
			}
		}
		return d.amend(one, why, func(one *data.Dossier) { k.Mend(office, one) })
	})
}

// emptied returns those doubles of which every dossier is among ids.
func (d *Desk) emptied(found doubles, ids []uint64) map[uint32]bool {
	moving := map[uint64]bool{}
	for _, id := range ids {
		moving[id] = true
	}
	out := map[uint32]bool{}
	all := func(id uint32, f Filter) {
		left := slices.ContainsFunc(d.List(Query{Filter: f}).IDs, func(id uint32) bool { return !moving[uint64(id)] })
		out[id] = !left
	}
	for id := range found.units {
		all(id, Filter{Units: []uint32{id}})
	}
	for id := range found.fields {
		all(id, Filter{Fields: []uint32{id}})
	}
	return out
}

// tidy lets procedures and books speak of the entries that are kept.
func (d *Desk) tidy(tx Tx, k *inspect.Kind, c *Catalogue, found doubles, emptied map[uint32]bool) error {
	units, fields := found.units, found.fields
	switch k.ID {
	case inspect.UnitDouble:
		fields = nil
	case inspect.FieldDouble:
		units = nil
	default:
		return nil
	}
	for _, p := range c.Procedures {
		unit, field := units[p.Unit], fields[p.Field]
		if unit == 0 && field == 0 {
			continue
		}
		if unit != 0 {
			p.Unit = unit
		}
		if field != 0 {
			p.Field = field
		}
		if err := tx.PutProcedure(&p); err != nil {
			return err
		}
	}
	for id, kept := range units {
		if u := c.Unit(id); emptied[id] && u.Successor == 0 {
			u.To, u.Successor = max(d.Today()-1, u.From), kept
			if err := tx.PutUnit(&u); err != nil {
				return err
			}
		}
	}
	if err := moveBooks(tx, fields); err != nil {
		return err
	}
	for id := range fields {
		if emptied[id] {
			if err := tx.DropField(id); err != nil {
				return err
			}
		}
	}
	return nil
}

// moveBooks lets the books of fields be those of other fields.
func moveBooks(tx Tx, into map[uint32]uint32) error {
	books, err := Records[Book](tx, KindBook)
	if err != nil {
		return err
	}
	for _, b := range books {
		var fields []uint32
		changed := false
		for _, f := range b.Value.Fields {
			if kept := into[f]; kept != 0 {
				f, changed = kept, true
			}
			if !slices.Contains(fields, f) {
				fields = append(fields, f)
			}
		}
		if b.Value.Fields = fields; !changed {
			continue
		}
		if err := tx.PutRecord(KindBook, &b.ID, b.Value); err != nil {
			return err
		}
	}
	return nil
}

// MergeFields moves the procedures, dossiers and books of a field to another one
// that is the same, and takes the emptied one out of the catalogue: one change,
// undone as a whole. It returns how many dossiers moved. progress may be nil.
func (d *Desk) MergeFields(ctx context.Context, from, into uint32, progress func(done, total int64)) (moved int, err error) {
	c := d.Catalogue()
	old, kept := c.Field(from), c.Field(into)
	switch {
	case old.ID == 0 || kept.ID == 0:
		return 0, &data.Error{Code: data.Invalid, Field: "into", Message: "Chọn lĩnh vực nhận."}
	case from == into:
		return 0, &data.Error{Code: data.Invalid, Field: "into", Message: "Chọn một lĩnh vực khác với lĩnh vực đang gộp."}
	}
	var ids []uint32
	at := data.MomentOf(d.Now())
	why := fmt.Sprintf("Gộp lĩnh vực «%s» vào «%s»", old.Name, kept.Name)
	err = d.Change(ctx, Work{Title: why}, func(tx Tx) error {
		c, ids = d.Catalogue(), d.List(Query{Filter: Filter{Fields: []uint32{from}}, Sort: register.SortReceived}).IDs
		for i, id := range ids {
			if err := pace(ctx, i, len(ids), progress, "Đã hủy. Danh mục và hồ sơ giữ nguyên như trước."); err != nil {
				return err
			}
			one, err := tx.Dossier(uint64(id))
			if err != nil {
				return err
			}
			before := one
			one.Field = into
			one.Events = append(slices.Clone(one.Events), d.corrections(&before, &one, why, at)...)
			if err := tx.PutDossier(&one); err != nil {
				return err
			}
		}
		for _, p := range c.Procedures {
			if p.Field == from {
				p.Field = into
				if err := tx.PutProcedure(&p); err != nil {
					return err
				}
			}
		}
		if err := moveBooks(tx, map[uint32]uint32{from: into}); err != nil {
			return err
		}
		return tx.DropField(from)
	})
	if err != nil {
		return 0, err
	}
	return len(ids), nil
}
