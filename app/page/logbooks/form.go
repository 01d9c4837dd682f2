package logbooks

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/data/text"
)

// asked is how the form of an entry is opened.
type asked struct {
	title string   // "" for that of the entry
	keys  []string // the fields shown; nil for all
	once  bool     // a new entry is not followed by another of the same sort
	extra []*widget.Button
	then  func()
	draft string // what tells this form from others of the kind, for its draft
}

// add opens the form of a new entry that begins with what the kind proposes.
func (p *part) add() {
	values := map[string]string{}
	if p.kind.Begin != nil {
		w, err := p.e.Desk.Logbooks(p.e.Desk.Today())
		if err != nil {
			p.e.Fail("Không đọc được sổ", err)
			return
		}
		values = p.kind.Begin(w)
	}
	p.begin(values, asked{})
}

// begin opens the form of a new entry that begins with some fields.
func (p *part) begin(values map[string]string, o asked) *widget.Dialog {
	e := &logbook.Entry{Values: map[string]string{}}
	for key, stored := range values {
		e.Set(key, stored)
	}
	for _, f := range p.kind.Fields {
		if f.Default != "" && !e.Has(f.Key) {
			e.Set(f.Key, f.Default)
		}
	}
	return p.ask(e, o)
}

func (p *part) edit(r *row) { p.ask(r.Entry, asked{}) }

// ask opens the form of an entry.
func (p *part) ask(e *logbook.Entry, o asked) *widget.Dialog {
	k, d := p.kind, p.e.Desk
	w, err := d.Logbooks(d.Today())
	if err != nil {
		p.e.Fail("Không đọc được sổ", err)
		return nil
	}
	names := desk.EntryNames{World: w, Cat: d.Catalogue()}
	var stored *logbook.Entry
	of := append(fields(p.e, k, names, o.keys), p.whyClosed())
	q := form.Question[draft]{Title: "Ghi " + k.One, Draft: fmt.Sprintf("so-%s-%d%s", k.ID, e.ID, o.draft), Value: newDraft(k, e), Columns: 2, Width: 780, Fields: of, Onward: true, Extra: o.extra,
		Store: func(ctx context.Context, x draft) (err error) {
			stored, err = d.KeepEntry(ctx, k, x.entry(k), x.why)
			return err
		},
		Done: func(draft) string { return "Đã ghi " + k.One + " " + k.Name(stored) + "." },
		Then: func(draft) {
			p.List.Go(stored.ID)
			if o.then != nil {
				o.then()
			}
		}}
	switch {
	case e.ID != 0:
		q.Title = text.Sentence(k.One) + " " + k.Name(e)
		q.Done = func(draft) string { return "Đã sửa " + k.One + " " + k.Name(stored) + "." }
	case !o.once:
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
	if o.title != "" {
		q.Title = o.title
	}
	return form.Ask(p.e, q)
}

// whyClosed asks why a closed period is changed, while what stands in the form would.
func (p *part) whyClosed() form.Field[draft] {
	return askClosed(func(x *draft) *string { return &x.why }, func(x *draft) string {
		e, old := x.entry(p.kind), x.base
		if e.ID == 0 {
			old = nil
		}
		closed, err := p.e.Desk.ClosedBy(p.kind, e, old)
		if err != nil {
			return "" // storing tells it
		}
		return closed
	})
}

// askClosed asks for a reason while closed names a period.
func askClosed[T any](of func(*T) *string, closed func(*T) string) form.Field[T] {
	return form.Text("why", "Lý do sửa kỳ đã chốt", of).Whole().When(func(x *T) bool { return closed(x) != "" }).
		Telling(func(x *T) string {
			return closed(x) + " đã chốt số liệu: ghi lý do, được giữ trong lịch sử."
		})
}

// fields are the fields of a form, as the kind declares them, under the headings of
// their sections where there are several; keys are those wanted, nil for all.
func fields(e *env.Env, k *logbook.Kind, names desk.EntryNames, keys []string) (out []form.Field[draft]) {
	table, section, last := 0, "", ""
	heads := 0
	for i := range k.Fields {
		f := &k.Fields[i]
		if f.Section != "" {
			section = f.Section
		}
		if f.Type == logbook.Table {
			table++
		}
		if f.Inner || keys != nil && !slices.Contains(keys, f.Key) {
			continue
		}
		var one form.Field[draft]
		if f.Type == logbook.Table {
			n := table - 1
			one = form.Rows(f.Key, f.Title, func(d *draft) *[]tableLine { return &d.tables[n] }, lineFields(e, f.Rows, names)...)
			one.Hint = f.Hint
		} else {
			one = control(e, f, names, func(d *draft) string { return d.values[f.Key] }, (*draft).set)
		}
		if section != last {
			one.Section, last = section, section
			heads++
		}
		out = append(out, one)
	}
	if heads == 1 {
		out[0].Section = ""
	}
	return out
}

// lineFields are the fields of the lines of a table.
func lineFields(e *env.Env, of []logbook.Field, names desk.EntryNames) (out []form.Field[tableLine]) {
	for i := range of {
		f := &of[i]
		one := control(e, f, names, func(l *tableLine) string { return l.values[f.Key] }, (*tableLine).set)
		if one.Width == 0 {
			one.Width = lineWidths[f.Type]
		}
		if f.Wide {
			one.Width = 300
		}
		if f.Wide || one.Kind == form.KindArea {
			one.Kind, one.Lines = form.KindArea, 1 // it grows, and Enter goes on to the next line
		}
		out = append(out, one)
	}
	return out
}

// lineWidths are the widths of the fields of a line by their types, px at 100 %.
var lineWidths = map[logbook.Type]float32{logbook.Text: 130, logbook.Area: 300, logbook.Day: 100, logbook.Moment: 130, logbook.Yes: 84, logbook.Unit: 150, logbook.Pick: 120}

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
		out.Kind = form.KindMoment // a tab parts the day from its time
		out.Get = func(t *T) string { return strings.Replace(f.Shown(get(t), names), " ", "\t", 1) }
	case logbook.Yes:
		keyed(form.KindPick, none, func() []kit.Choice { return []kit.Choice{{Key: "1", Text: "Có"}, {Key: "0", Text: "Không"}} })
	case logbook.Unit:
		keyed(form.KindPick, none, func() []kit.Choice { return env.Units(e.Desk) })
	case logbook.Units:
		keyed(form.KindMany, "", func() []kit.Choice { return env.Units(e.Desk) })
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
		if len(names.World.Entries(f.Kind)) > mostOffered {
			out.Kind = form.KindSuggest
			out.Find = func(typed string) []kit.Choice { return entriesCalled(names.World, f.Kind, typed) }
			out.Hint = cmp.Or(out.Hint, "Gõ số hoặc vài chữ rồi bấm mũi tên xuống")
			break
		}
		keyed(form.KindPick, none, func() []kit.Choice { return entryChoices(names.World, f.Kind) })
	case logbook.Number:
		out.Width = 90
	}
	return out
}

func titles(f *logbook.Field) []kit.Choice {
	return kit.ChoicesOf(f.Choices, func(c logbook.Choice) kit.Choice { return kit.Choice{Key: c.Title, Text: c.Title} })
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

// mostOffered is how many entries a link offers as a list; of more it offers those that
// are called as what is typed.
const mostOffered = 200

// entriesCalled are the newest entries whose number or text holds the words typed, the one
// that is meant first; the newest of all where none does.
func entriesCalled(w *logbook.World, kind, typed string) (out []kit.Choice) {
	k := logbook.Find(kind)
	offer := func(e *logbook.Entry) {
		out = append(out, kit.Choice{Key: strconv.FormatUint(e.ID, 10), Text: k.Name(e), Detail: strings.ReplaceAll(e.Text(k.Head), "\n", " ")})
	}
	meant := w.Entry(kind, w.Named(kind, typed))
	if meant != nil {
		offer(meant)
	}
	list, words := w.Entries(kind), strings.Fields(text.Fold(typed))
	for i := len(list) - 1; i >= 0 && len(out) < mostOffered; i-- {
		called := text.Fold(k.Name(list[i]) + " " + list[i].Text(k.Head))
		if list[i] != meant && !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(called, word) }) {
			offer(list[i])
		}
	}
	if len(out) == 0 && len(words) > 0 {
		return entriesCalled(w, kind, "")
	}
	return out
}

// history shows what changed in an entry.
func (p *part) history(r *row) {
	all := pasts(p.kind, r)
	lines := list.Of(p.e, list.Options[past]{ID: "log-history", What: "thay đổi", Load: func() ([]past, error) { return all, nil },
		Columns: []list.Column[past]{
			{ID: "when", Title: "Lúc", Width: 124, Text: func(x *past) string { return x.when }},
			{ID: "by", Title: "Người ghi", Width: 130, Text: func(x *past) string { return x.by }},
			{ID: "what", Title: "Mục", Width: 150, Text: func(x *past) string { return x.what }},
			{ID: "before", Title: "Trước", Width: 170, Flex: 1, Text: func(x *past) string { return x.before }},
			{ID: "then", Title: "Sau", Width: 170, Flex: 1, Text: func(x *past) string { return x.then }},
			{ID: "why", Title: "Lý do", Width: 110, Flex: 0.5, Text: func(x *past) string { return x.why }},
		}})
	lines.Refresh()
	widget.ShowDialog(p.e.Window, widget.DialogOptions{Title: "Lịch sử " + p.kind.One + " " + p.kind.Name(r.Entry), Width: 920, First: lines.Grid(), Default: "Đóng",
		Content: widget.Tall(360, lines.Object())})
}
