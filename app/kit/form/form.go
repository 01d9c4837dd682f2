package form

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/widget"
	"giaoban/data"
)

// Form is an Entry with its controls. Its fields follow each other by Tab, and by
// Enter where Onward is set.
type Form[T any] struct {
	*Entry[T]

	// OnChange is called after the officer changed a field.
	OnChange func(key string)
	// OnCommit is called when a field that the officer changed is left and can be read,
	// and at once for a choice; Only and Stored then store it alone.
	OnCommit func(key string)
	// OnLeave is called when a field is left, or a choice was made in it.
	OnLeave func(key string)
	// OnTake is called when a proposal was taken into a field.
	OnTake func(key string, taken kit.Choice)
	// OnSubmit is called by Ctrl+Enter in any field, and by Enter in the last one
	// where Onward is set and there is no OnEnd.
	OnSubmit func()
	// OnEnd is called by Enter in the last field where Onward is set.
	OnEnd func()
	// OnEscape is called by Escape in any field; it reports whether it took it.
	OnEscape func() bool
	// Onward lets Enter go to the next field.
	Onward bool

	env   *env.Env
	boxes map[string]*widget.FieldBox
	parts map[string]part
	own   map[string]fyne.CanvasObject
	draft *env.Draft
	grown func() // after lines were added; may be nil
	// places hold the fields side by side; they close up where fields are hidden.
	places []*fyne.Container

	storing bool
	refused string // the field at which a refusal stands, until something is typed
	touched bool   // the officer changed something that is not stored
}

// New returns a form over a value. Its controls are made by Object.
func New[T any](e *env.Env, value T, fields ...Field[T]) *Form[T] {
	return &Form[T]{Entry: NewEntry(value, fields...), env: e, boxes: map[string]*widget.FieldBox{}, parts: map[string]part{}, own: map[string]fyne.CanvasObject{},
		OnChange: func(string) {}, OnCommit: func(string) {}, OnLeave: func(string) {}, OnTake: func(string, kit.Choice) {}, OnSubmit: func() {},
		OnEscape: func() bool { return false }}
}

// Own sets the control of a field of the kind KindOwn.
func (f *Form[T]) Own(key string, object fyne.CanvasObject) { f.own[key] = object }

// Object makes the controls of all fields in a number of columns, with the headings
// of their sections.
func (f *Form[T]) Object(columns int) fyne.CanvasObject { return f.Objects(columns, nil) }

// Objects makes the controls of the fields with the keys; nil takes all of them.
func (f *Form[T]) Objects(columns int, keys []string) fyne.CanvasObject {
	out := container.New(layout.NewCustomPaddedVBoxLayout(8))
	var row []fyne.CanvasObject
	var side *fyne.Container
	flush := func() {
		side = nil
		if len(row) > 0 {
			f.places = append(f.places, widget.Columns(columns, row...))
			out.Add(f.places[len(f.places)-1])
			row = nil
		}
	}
	for i := range f.fields {
		x := &f.fields[i]
		if keys != nil && !slices.Contains(keys, x.Key) {
			continue
		}
		if x.Section != "" || x.Across > 0 {
			flush()
		}
		if x.Section != "" {
			out.Add(widget.NewSection(x.Section))
		}
		if x.Across > 0 {
			columns = x.Across
		}
		box := f.box(x)
		if x.Span > 0 {
			if side == nil {
				flush()
				side = container.New(&flow{spans: map[fyne.CanvasObject][2]int{}})
				f.places = append(f.places, side)
				out.Add(side)
			}
			side.Layout.(*flow).spans[box] = [2]int{x.Span, x.Narrow}
			side.Add(box)
			continue
		}
		if columns > 1 && !x.Wide {
			row = append(row, box)
			continue
		}
		flush()
		out.Add(box)
	}
	flush()
	f.Follow()
	return out
}

// box makes the control of a field with its label. A box to tick has its label
// beside it.
func (f *Form[T]) box(x *Field[T]) fyne.CanvasObject {
	p := f.control(x)
	f.parts[x.Key] = p
	label := x.Label
	if x.Kind == KindCheck {
		label = ""
	}
	box := widget.NewFieldBox(label, p.object).WithHint(x.Hint)
	if x.Beside {
		text := container.NewVBox(layout.NewSpacer(), widget.NewParagraph(x.Label, 160), layout.NewSpacer())
		box = widget.NewFieldBox("", container.NewBorder(nil, nil, nil, container.NewVBox(layout.NewSpacer(), widget.Wide(x.Width, p.object), layout.NewSpacer()), text)).WithHint(x.Hint)
	}
	if x.Required {
		box.Required()
	}
	f.boxes[x.Key] = box
	return box
}

// typed notes what the officer did with a field, and takes an error of it away.
func (f *Form[T]) typed(key, text string) {
	if f.texts[key] == text {
		return
	}
	f.touched, f.refused = true, ""
	f.Entry.Type(key, text)
	f.boxes[key].SetError(nil)
	f.Follow()
	f.keep()
	f.OnChange(key)
}

// Follow brings hints, hidden fields and choices in step with the value.
func (f *Form[T]) Follow() {
	v, moved := f.Value(), false
	for i := range f.fields {
		x := &f.fields[i]
		box := f.boxes[x.Key]
		if box == nil {
			continue
		}
		if x.Hidden != nil && box.Visible() == x.Hidden(&v) {
			moved = true
			widget.SetVisible(box, !box.Visible())
		}
		if x.Tell != nil {
			hint := cmp.Or(x.Tell(&v), x.Hint)
			box.SetHint(hint)
		}
		p := f.parts[x.Key]
		if p.fill != nil {
			p.fill()
		}
		if x.Faint != nil {
			p.faint(x.Faint(&v))
		}
	}
	if moved {
		for _, place := range f.places {
			place.Refresh()
		}
	}
}

// Type puts a text into a field and shows it.
func (f *Form[T]) Type(key, text string) {
	f.Entry.Type(key, text)
	if p, ok := f.parts[key]; ok {
		p.set(text)
		f.Follow()
		f.keep()
	}
}

// show draws what stands in the fields.
func (f *Form[T]) show() {
	for key, p := range f.parts {
		p.set(f.texts[key])
	}
	f.Follow()
}

// Refill shows another value as Entry.Refill takes it, without touching a field in
// which nothing changes.
func (f *Form[T]) Refill(value T, keep func(key string) bool) {
	before := maps.Clone(f.texts)
	f.Entry.Refill(value, keep)
	for key, p := range f.parts {
		if f.texts[key] != before[key] {
			p.set(f.texts[key])
		}
	}
	f.Follow()
}

// Fill shows what is stored now; what the officer typed stays.
func (f *Form[T]) Fill(value T) { f.Entry.Fill(value); f.show() }

// Saved tells that what stands in the fields was stored as value.
func (f *Form[T]) Saved(value T) {
	f.Entry.Saved(value)
	f.touched = false
	f.show()
	f.Show(nil)
	f.keep()
}

// Reset takes every change back.
func (f *Form[T]) Reset() { f.Entry.Reset(); f.show(); f.Show(nil); f.keep() }

// Keep keeps a draft of the form beside the data file, and takes up the one of the
// last time; it reports whether there was one. Call it after Object.
func (f *Form[T]) Keep(name string) bool {
	f.draft = f.env.Draft(name)
	texts := map[string]string{}
	if json.Unmarshal([]byte(f.draft.Read()), &texts) != nil || len(texts) == 0 {
		return false
	}
	f.Restore(texts)
	f.show()
	f.touched = f.Dirty()
	return f.touched
}

// Forget lets go of a kept draft: it was stored, or the officer gave it up.
func (f *Form[T]) Forget() {
	if f.draft != nil {
		f.draft.Keep("")
		f.draft.Flush()
	}
}

func (f *Form[T]) keep() {
	if f.draft == nil {
		return
	}
	texts := f.Draft()
	if len(texts) == 0 {
		f.draft.Keep("")
		return
	}
	if raw, err := json.Marshal(texts); err == nil {
		f.draft.Keep(string(raw))
	}
}

// Flush writes a kept draft at once.
func (f *Form[T]) Flush() {
	if f.draft != nil {
		f.draft.Flush()
	}
}

// Read returns the value of all fields. What is wrong is shown at its field; rest
// is an error that belongs to none.
func (f *Form[T]) Read() (value T, ok bool, rest error) {
	f.Show(nil)
	v, err := f.Entry.Read()
	if err != nil {
		return v, false, f.Show(err)
	}
	return v, true, nil
}

// Store reads the form and stores it off the window's goroutine, once at a time.
// What is wrong is shown at its field, or in the bar where it belongs to none; done
// gets what was stored, or what was wrong.
func (f *Form[T]) Store(store func(context.Context, T) error, bar *widget.ErrorBar, done func(T, error)) {
	if f.storing {
		return
	}
	v, err := f.Entry.Read()
	bar.SetError(f.Show(err))
	if err != nil {
		done(v, err)
		return
	}
	f.storing = true
	f.env.Session.Go(func() {
		err := store(context.Background(), v)
		f.env.Session.Post(func() {
			f.storing = false
			if err != nil {
				bar.SetError(f.Show(err))
			} else {
				f.Saved(v)
			}
			done(v, err)
		})
	})
}

// Show puts an error at its field and the cursor there, or gives it back when it
// belongs to none. nil takes all errors away.
func (f *Form[T]) Show(err error) (rest error) {
	for _, box := range f.boxes {
		box.SetError(nil)
	}
	f.refused = ""
	var e *data.Error
	if !errors.As(err, &e) {
		return err
	}
	// The errors of lines carry the line behind the key: "parts.2".
	key, _, _ := strings.Cut(e.Field, ".")
	box := f.boxes[key]
	if box == nil || !box.Visible() {
		return err
	}
	box.SetError(e)
	f.refused = key
	f.FocusOn(key)
	return nil
}

// Fault returns what is shown as wrong at a field, nil for nothing.
func (f *Form[T]) Fault(key string) error {
	if box := f.boxes[key]; box != nil {
		return box.Error()
	}
	return nil
}

// SetError shows what is wrong at a field and leaves the cursor where it is.
func (f *Form[T]) SetError(key string, err error) { f.boxes[key].SetError(err) }

// Label is what a field is called.
func (f *Form[T]) Label(key string) string {
	return f.fields[slices.IndexFunc(f.fields, func(x Field[T]) bool { return x.Key == key })].Label
}

// Part is what takes the focus of a field, nil where it cannot be typed in.
func (f *Form[T]) Part(key string) fyne.Focusable {
	p := f.parts[key]
	if p.focus == nil || !f.boxes[key].Visible() {
		return nil
	}
	return p.focus()
}

// FocusOn gives the focus to a field.
func (f *Form[T]) FocusOn(key string) {
	part := f.Part(key)
	if part == nil {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(f.boxes[key]); c != nil {
		c.Focus(part)
	}
}

// Scroll puts what the form draws into a part that scrolls and follows the focus.
func (f *Form[T]) Scroll(content fyne.CanvasObject) *widget.Follow {
	scroll := widget.NewFollow(content)
	f.grown = scroll.Hook
	return scroll
}

// First is the control of the first field that can be typed in.
func (f *Form[T]) First() fyne.Focusable {
	for _, x := range f.fields {
		if part := f.Part(x.Key); part != nil {
			return part
		}
	}
	return nil
}

// Before shows below each field that differs what value holds there: the old value
// of a correction.
func (f *Form[T]) Before(value T) {
	for i := range f.fields {
		x := &f.fields[i]
		box := f.boxes[x.Key]
		if box == nil || x.Get == nil {
			continue
		}
		if old := x.Get(&value); old != f.texts[x.Key] {
			old = cmp.Or(old, "để trống")
			box.SetHint("trước: " + f.shown(*x, old))
		} else {
			box.SetHint(x.Hint)
		}
	}
}

// shortcut takes the keys of the form in any of its fields.
func (f *Form[T]) shortcut(s fyne.Shortcut) bool {
	k, ok := s.(*desktop.CustomShortcut)
	if ok && k.Modifier == fyne.KeyModifierControl && (k.KeyName == fyne.KeyReturn || k.KeyName == fyne.KeyEnter) {
		f.OnSubmit()
		return true
	}
	return false
}

// left tells at once what is wrong with a field that is left; what was refused there
// stays until something is typed.
func (f *Form[T]) left(key string) {
	err := f.Try(key)
	if err != nil || f.refused != key {
		f.boxes[key].SetError(err)
	}
	if err == nil && f.texts[key] != f.filled[key] {
		f.OnCommit(key)
	}
	f.OnLeave(key)
}

// At is the key of the field that has the focus, "" for none.
func (f *Form[T]) At() string {
	focused := f.env.Window.Canvas().Focused()
	for _, x := range f.fields {
		if part := f.Part(x.Key); part != nil && part == focused {
			return x.Key
		}
	}
	return ""
}

// Next goes to the field after the one that has the focus, as Enter does; it reports
// false where none of the form has it.
func (f *Form[T]) Next() bool {
	key := f.At()
	if key != "" {
		f.onward(key)
	}
	return key != ""
}

// onward goes to the field after the one with the key; the last one ends the form.
func (f *Form[T]) onward(key string) {
	at := slices.IndexFunc(f.fields, func(x Field[T]) bool { return x.Key == key })
	for _, x := range f.fields[at+1:] {
		if part := f.Part(x.Key); part != nil && !x.Aside {
			f.env.Window.Canvas().Focus(part)
			return
		}
	}
	if f.OnEnd != nil {
		f.OnEnd()
		return
	}
	f.OnSubmit()
}
