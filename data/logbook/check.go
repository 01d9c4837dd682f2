package logbook

import (
	"maps"
	"slices"

	"giaoban/data"
)

// furthest is how many years ahead a due date may lie: beyond it the year is wrong
// (R6).
const furthest = 10

// Ready completes and checks an entry before it is stored; old is what it was, nil for
// a new one. The error is a *data.Error with the key of the field.
func (k *Kind) Ready(w *World, e, old *Entry) error {
	for key := range e.Values {
		if k.Field(key) == nil {
			return &data.Error{Code: data.Invalid, Field: key, Message: k.Title + " không có mục «" + key + "»."}
		}
	}
	for i := range k.Fields {
		if f := &k.Fields[i]; old == nil && f.Default != "" && !e.Has(f.Key) {
			e.Set(f.Key, f.Default)
		}
	}
	if k.Complete != nil {
		k.Complete(w, e, old)
	}
	for i := range k.Fields {
		if err := k.checkField(w, &k.Fields[i], e, old); err != nil {
			return err
		}
	}
	if k.Check != nil {
		return k.Check(w, e, old)
	}
	return nil
}

func (k *Kind) checkField(w *World, f *Field, e, old *Entry) error {
	if !e.Has(f.Key) {
		if f.Required {
			return refuse(f, "chưa ghi. Mục này bắt buộc.")
		}
		return nil
	}
	if f.Once && old != nil && old.Has(f.Key) && old.Text(f.Key) != e.Text(f.Key) {
		return refuse(f, "đã ghi một lần thì không sửa được.")
	}
	if f.Type != Day && f.Type != Moment || old != nil && old.Text(f.Key) == e.Text(f.Key) {
		return nil
	}
	d := e.Day(f.Key)
	switch {
	case !d.Known():
		return refuse(f, "không phải ngày.")
	case f.Past && d > w.Today:
		return refuse(f, "%s chưa đến (hôm nay %s). Kiểm tra lại năm.", d, w.Today)
	case d.Year() > w.Today.Year()+furthest || d.Year() < 1990:
		return refuse(f, "%s có năm không dùng được. Kiểm tra lại năm.", d)
	}
	if f.NotBefore != "" && e.Day(f.NotBefore).Known() && d < e.Day(f.NotBefore) {
		return refuse(f, "%s trước %s %s. Sửa một trong hai ngày.", d, k.Field(f.NotBefore).Title, e.Day(f.NotBefore))
	}
	return nil
}

// Differ returns the keys of the fields in which two entries differ, in the order of
// the fields.
func (k *Kind) Differ(a, b *Entry) (keys []string) {
	for i := range k.Fields {
		if key := k.Fields[i].Key; a.Values[key] != b.Values[key] {
			keys = append(keys, key)
		}
	}
	return keys
}

// Amend returns e with what changed since old noted in its history.
func (k *Kind) Amend(e, old *Entry, at int64, by, why string) {
	c := Change{At: at, By: by, Why: why, Before: map[string]string{}}
	for _, key := range k.Differ(e, old) {
		c.Before[key] = old.Values[key]
	}
	e.Changes = append(slices.Clone(old.Changes), c)
}

// At returns the values of an entry as they were known before a change, for its
// history: the one of index i, oldest first.
func (e *Entry) At(i int) map[string]string {
	v := maps.Clone(e.Values)
	for j := len(e.Changes) - 1; j >= i; j-- {
		for key, before := range e.Changes[j].Before {
			if before == "" {
				delete(v, key)
			} else {
				v[key] = before
			}
		}
	}
	return v
}
