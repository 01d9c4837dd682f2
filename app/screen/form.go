package screen

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/widget"
	"giaoban/data"
)

// Form is a set of fields of which each shows its own errors: those whose Field
// is the key of the field.
type Form struct {
	// Fields are the fields in the order in which they were added.
	Fields []fyne.CanvasObject

	boxes  map[string]*widget.FieldBox
	takers []func(*data.Error) bool
}

// NewForm returns a form without fields.
func NewForm() *Form { return &Form{boxes: map[string]*widget.FieldBox{}} }

// Add puts a field into the form; key is the Field of the errors that belong to
// it.
func (f *Form) Add(key, label string, content fyne.CanvasObject) *widget.FieldBox {
	box := widget.NewFieldBox(label, content)
	f.Know(key, box)
	f.Fields = append(f.Fields, box)
	return box
}

// Know lets a box that stands elsewhere show the errors of a key.
func (f *Form) Know(key string, box *widget.FieldBox) { f.boxes[key] = box }

// KnowPart lets a part of several fields, such as rows, take the errors that
// belong to it; it is called with nil before each, to take earlier ones away.
func (f *Form) KnowPart(take func(e *data.Error) bool) { f.takers = append(f.takers, take) }

// Show puts an error at its field and the cursor there, or gives it back when it
// belongs to none. nil takes all errors away.
func (f *Form) Show(err error) (rest error) {
	for _, box := range f.boxes {
		box.SetError(nil)
	}
	for _, take := range f.takers {
		take(nil)
	}
	var e *data.Error
	if !errors.As(err, &e) {
		return err
	}
	if box := f.boxes[e.Field]; box != nil {
		box.SetError(e)
		if first, ok := box.Content().(fyne.Focusable); ok {
			if c := fyne.CurrentApp().Driver().CanvasForObject(box); c != nil {
				c.Focus(first)
			}
		}
		return nil
	}
	for _, take := range f.takers {
		if take(e) {
			return nil
		}
	}
	return err
}

// Day reads a date field; what is wrong with it belongs to the key.
func (f *Form) Day(key string, d *widget.DateField) (data.Day, error) {
	day, err := d.Day()
	if err != nil {
		return day, &data.Error{Code: data.Invalid, Field: key, Message: err.Error(), Cause: err}
	}
	return day, nil
}

// Question is a form in a dialog.
type Question struct {
	Title, Verb, Note string
	Columns           int     // in which the fields of Form stand; 0 is 1
	Width             float32 // px at 100 %; 0 is 460
	Form              *Form   // nil where Below holds everything
	Below             []fyne.CanvasObject
	Extra             []*widget.Button
	First             fyne.Focusable // gets the focus; nil gives it to the first field
	Danger            bool
	Onward            bool // Enter goes to the next field, Ctrl+Enter stores
	// Read reads the fields on the window's goroutine and returns what stores
	// them, which runs off it. ErrAsked tells that there is nothing to store.
	Read func() (store func(context.Context) error, err error)
	Done func() string // tells what was done; "" tells nothing
	Then func()        // after it was done; may be nil
}

// ErrAsked tells that Read has already done what there is to do, such as asking
// another question.
var ErrAsked = errors.New("asked")

// Runner runs store off the window's goroutine, then calls done on it.
type Runner func(store func(context.Context) error, done func(error))

// Ask opens a form. What is wrong is shown at its field; what was typed stays.
// After it was stored a toast tells so and offers undo.
func (c Context) Ask(run Runner, undo func(), q Question) *widget.Dialog {
	width := max(q.Width, 460)
	content := container.New(layout.NewCustomPaddedVBoxLayout(8))
	if q.Note != "" {
		content.Add(widget.NewNote(q.Note, width))
	}
	if q.Form != nil && len(q.Form.Fields) > 0 {
		content.Add(widget.Columns(max(q.Columns, 1), q.Form.Fields...))
	}
	for _, o := range q.Below {
		content.Add(o)
	}
	var d *widget.Dialog
	fail := func(err error) {
		d.Default().Enable()
		if q.Form != nil {
			err = q.Form.Show(err)
		}
		d.ShowError(err)
	}
	d = widget.ShowDialog(c.Window, widget.DialogOptions{Title: q.Title, Content: content, Default: q.Verb, Cancel: "Hủy bỏ", Width: width, Extra: q.Extra, First: q.First, Danger: q.Danger, Onward: q.Onward,
		OnDefault: func() bool {
			if d.Default().Disabled() {
				return false
			}
			store, err := q.Read()
			if errors.Is(err, ErrAsked) {
				return false
			}
			if err != nil {
				fail(err)
				return false
			}
			d.Default().Disable()
			run(store, func(err error) {
				if err != nil {
					fail(err)
					return
				}
				d.Close()
				if text := q.Done(); text != "" {
					widget.ShowToast(c.Window, text, "Hoàn tác", undo)
				}
				if q.Then != nil {
					q.Then()
				}
			})
			return false
		}})
	return d
}
