package logbook

import (
	"maps"
	"slices"
	"time"

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
		if err := k.Check(w, e, old); err != nil {
			return err
		}
	}
	return k.checkEvidence(w, e, old)
}

// checkEvidence refuses to end an entry without what proves it, where the office asks
// for that (R5).
func (k *Kind) checkEvidence(w *World, e, old *Entry) error {
	key := k.Evidence()
	if key == "" || e.Has(key) || w.Term(k.ID, "evidence") == 0 {
		return nil
	}
	ended := func(e *Entry) bool { return k.Finished(k.Row(w, e).State) }
	if !ended(e) || old != nil && !old.Has(key) && ended(old) {
		return nil
	}
	return refuse(k.Field(key), "%s đã xong thì phải có minh chứng. Ghi số, ngày văn bản hoặc sản phẩm.", k.One)
}

// Finished reports whether a state says that something was done, not only given up.
func (k *Kind) Finished(state string) bool {
	s := k.State(state)
	return s.Done && s.Tone != Faint
}

func (k *Kind) checkField(w *World, f *Field, e, old *Entry) error {
	same := func(key string) bool { return old != nil && old.Text(key) == e.Text(key) }
	if f.Once && old != nil && old.Has(f.Key) && !same(f.Key) {
		return refuse(f, "đã ghi một lần thì không sửa được.")
	}
	if !e.Has(f.Key) {
		if f.Required {
			return refuse(f, "chưa ghi. Mục này bắt buộc.")
		}
		return nil
	}
	if same(f.Key) && (f.NotBefore == "" || same(f.NotBefore)) {
		return nil
	}
	if f.Type == Table {
		return f.checkRows(e)
	}
	if f.Type != Day && f.Type != Moment {
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

// checkRows refuses a row that lacks what it must hold.
func (f *Field) checkRows(e *Entry) error {
	for i, row := range e.Table(f.Key) {
		for _, c := range f.Rows {
			if c.Required && row[c.Key] == "" {
				return refuse(f, "dòng %d chưa ghi «%s».", i+1, c.Title)
			}
		}
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

// OnDay returns what a field held at the end of a day: a row keeps the owner of its
// day when a unit or person changes later (R7). What was entered afterwards counts as
// it was entered.
func (e *Entry) OnDay(key string, d data.Day) string {
	held := e.Values[key]
	for i := len(e.Changes) - 1; i >= 0 && data.DayOf(time.Unix(e.Changes[i].At, 0)) > d; i-- {
		if before, changed := e.Changes[i].Before[key]; changed && before != "" {
			held = before
		}
	}
	return held
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
