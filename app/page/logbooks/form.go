package logbooks

import (
	"context"
	"strconv"
	"strings"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

// add opens the form of a new entry that begins with some fields.
func (p *part) add(values map[string]string) {
	if values == nil {
		values = map[string]string{}
	}
	for _, f := range p.kind.Fields {
		if f.Default != "" && values[f.Key] == "" {
			values[f.Key] = f.Default
		}
	}
	p.ask(&logbook.Entry{Values: values})
}

func (p *part) edit(r *row) { p.ask(r.Entry) }

// ask opens the form of an entry.
func (p *part) ask(e *logbook.Entry) {
	k, d := p.kind, p.e.Desk
	w, err := d.Logbooks(d.Today())
	if err != nil {
		p.e.Fail("Không đọc được sổ", err)
		return
	}
	names := desk.EntryNames{World: w, Cat: d.Catalogue()}
	var stored *logbook.Entry
	q := form.Question[draft]{Title: "Ghi " + k.One, Value: newDraft(k, e), Columns: 2, Width: 780, Fields: fields(p.e, k, names), Onward: true,
		Store: func(ctx context.Context, x draft) (err error) {
			stored, err = d.KeepEntry(ctx, k, x.entry(k), "")
			return err
		},
		Done: func(draft) string { return "Đã ghi " + k.One + " " + k.Name(stored) + "." },
		Then: func(draft) { p.list.Go(stored.ID) }}
	if e.ID != 0 {
		q.Title = upperFirst(k.One) + " " + k.Name(e)
		q.Done = func(draft) string { return "Đã sửa " + k.One + " " + k.Name(stored) + "." }
	} else {
		q.Again = func(draft) draft {
			fresh := map[string]string{}
			for _, f := range k.Fields {
				// The next entry is often of the same sort and place.
				if f.Default != "" || f.Type == logbook.Link || f.Type == logbook.Unit {
					fresh[f.Key] = stored.Text(f.Key)
				}
			}
			return newDraft(k, &logbook.Entry{Values: fresh})
		}
	}
	form.Ask(p.e, q)
}

// fields are the fields of a form, as the kind declares them.
func fields(e *env.Env, k *logbook.Kind, names desk.EntryNames) (out []form.Field[draft]) {
	table := 0
	for i := range k.Fields {
		f := &k.Fields[i]
		if f.Type == logbook.Table {
			n := table
			table++
			var columns []form.Field[tableLine]
			for j := range f.Rows {
				columns = append(columns, control(e, &f.Rows[j], names, func(l *tableLine) string { return l.values[f.Rows[j].Key] }, (*tableLine).set))
			}
			out = append(out, form.Rows(f.Key, f.Title, func(d *draft) *[]tableLine { return &d.tables[n] }, columns...))
			continue
		}
		out = append(out, control(e, f, names, func(d *draft) string { return d.values[f.Key] }, (*draft).set))
	}
	return out
}

// control is the field of a form over stored texts.
func control[T any](e *env.Env, f *logbook.Field, names desk.EntryNames, get func(*T) string, set func(t *T, key, stored string)) form.Field[T] {
	out := form.Field[T]{Key: f.Key, Label: f.Title, Hint: f.Hint, Required: f.Required, Wide: f.Wide || f.Type == logbook.Area,
		Get: func(t *T) string { return f.Shown(get(t), names) },
		Set: func(t *T, typed string) error {
			stored, err := f.Parse(typed, get(t), names)
			if err == nil {
				set(t, f.Key, stored)
			}
			return err
		}}
	keyed := func(kind form.Kind, none string, list func() []kit.Choice) {
		out.Kind, out.None = kind, none
		out.Choices = func(*T) []kit.Choice { return list() }
		out.Get = get
		out.Set = func(t *T, key string) error { set(t, f.Key, key); return nil }
	}
	const none = "Chưa ghi"
	switch f.Type {
	case logbook.Area, logbook.List:
		out.Kind, out.Lines = form.KindArea, 3
		out.Get = get
	case logbook.Day:
		out.Kind = form.KindDay
	case logbook.Moment:
		out.Kind = form.KindMoment
	case logbook.Yes:
		keyed(form.KindPick, none, func() []kit.Choice { return []kit.Choice{{Key: "1", Text: "Có"}, {Key: "0", Text: "Không"}} })
	case logbook.Unit:
		keyed(form.KindPick, none, func() []kit.Choice { return unitChoices(e.Desk) })
	case logbook.Units:
		keyed(form.KindMany, "", func() []kit.Choice { return unitChoices(e.Desk) })
		out.Get = func(t *T) string { return strings.ReplaceAll(get(t), ",", "\n") }
		out.Set = func(t *T, keys string) error {
			set(t, f.Key, strings.Join(strings.Fields(keys), ","))
			return nil
		}
	case logbook.Pick:
		if f.Open {
			out.Kind = form.KindSuggest
			out.Choices = func(*T) []kit.Choice { return titles(f) }
		} else {
			keyed(form.KindPick, none, func() []kit.Choice { return choices(f) })
			if f.Required || f.Default != "" {
				out.None = ""
			}
		}
	case logbook.Link:
		keyed(form.KindPick, none, func() []kit.Choice { return entryChoices(names.World, f.Kind) })
	case logbook.Number:
		out.Width = 90
	}
	return out
}

func titles(f *logbook.Field) (out []kit.Choice) {
	for _, c := range f.Choices {
		out = append(out, kit.Choice{Key: c.Title, Text: c.Title})
	}
	return out
}

// entryChoices are the entries that a link may hold, newest first.
func entryChoices(w *logbook.World, kind string) (out []kit.Choice) {
	k := logbook.Find(kind)
	list := w.Entries(kind)
	for i := len(list) - 1; i >= 0; i-- {
		out = append(out, kit.Choice{Key: strconv.FormatUint(list[i].ID, 10), Text: k.Name(list[i]) + " " + strings.ReplaceAll(list[i].Text(k.Head), "\n", " ")})
	}
	return out
}

// act begins an entry of another kind from one.
func (p *part) act(a logbook.Action, r *row) {
	k := logbook.Find(a.Makes)
	other := *p
	other.kind = k
	values := a.Propose(r.World, r.Entry)
	for key, v := range values {
		if v == "" {
			delete(values, key)
		}
	}
	other.add(values)
}

// history shows what changed in an entry.
func (p *part) history(r *row) {
	all := pasts(p.kind, r)
	lines := list.Of(p.e, list.Options[past]{ID: "log-history", What: "thay đổi", Load: func() ([]past, error) { return all, nil }, Key: func(x *past) uint64 { return uint64(x.place) },
		Columns: []list.Column[past]{
			{ID: "when", Title: "Lúc", Width: 124, Text: func(x *past) string { return x.when }},
			{ID: "by", Title: "Người ghi", Width: 130, Text: func(x *past) string { return x.by }},
			{ID: "what", Title: "Mục", Width: 150, Text: func(x *past) string { return x.what }},
			{ID: "before", Title: "Trước", Width: 170, Flex: 1, Text: func(x *past) string { return x.before }},
			{ID: "then", Title: "Sau", Width: 170, Flex: 1, Text: func(x *past) string { return x.then }},
			{ID: "why", Title: "Lý do", Width: 110, Flex: 0.5, Text: func(x *past) string { return x.why }},
		}})
	lines.Refresh()
	widget.ShowDialog(p.e.Window, widget.DialogOptions{Title: "Lịch sử " + p.kind.One + " " + p.kind.Name(r.Entry), Width: 920, First: lines.Grid(), Cancel: "Đóng",
		Content: widget.Tall(360, lines.Object())})
}
