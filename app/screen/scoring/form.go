package scoring

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/widget"
	"giaoban/data"
)

// form is a set of fields of which each shows its own errors.
type form struct {
	boxes map[string]*widget.FieldBox
	list  []fyne.CanvasObject
}

func newForm() *form { return &form{boxes: map[string]*widget.FieldBox{}} }

// add puts a field into the form; key is the Field of the errors that belong to
// it.
func (f *form) add(key, label string, content fyne.CanvasObject) *widget.FieldBox {
	box := widget.NewFieldBox(label, content)
	f.boxes[key] = box
	f.list = append(f.list, box)
	return box
}

// show puts an error at its field, or gives it back when it belongs to none.
func (f *form) show(err error) (rest error) {
	for _, box := range f.boxes {
		box.SetError(nil)
	}
	var e *data.Error
	if errors.As(err, &e) {
		if box := f.boxes[e.Field]; box != nil {
			box.SetError(e)
			if first, ok := box.Content().(fyne.Focusable); ok {
				if c := fyne.CurrentApp().Driver().CanvasForObject(box); c != nil {
					c.Focus(first)
				}
			}
			return nil
		}
	}
	return err
}

// question is a form in a dialog.
type question struct {
	title, verb, note string
	columns           int
	width             float32
	form              *form
	below             []fyne.CanvasObject
	danger            bool
	// read reads the fields on the window's goroutine and returns what stores them,
	// which runs off it.
	read func() (store func(context.Context) error, err error)
	done func() string // tells what was done; "" tells nothing
	then func()        // after it was done; may be nil
}

// ask opens a form. What is wrong is shown at its field; what was typed stays.
func (s *Screen) ask(q question) *widget.Dialog {
	width := max(q.width, 460)
	content := container.New(layout.NewCustomPaddedVBoxLayout(8))
	if q.note != "" {
		content.Add(widget.NewNote(q.note, width))
	}
	if q.form != nil {
		content.Add(widget.Columns(max(q.columns, 1), q.form.list...))
	}
	for _, o := range q.below {
		content.Add(o)
	}
	var d *widget.Dialog
	fail := func(err error) {
		d.Default().Enable()
		if q.form != nil {
			err = q.form.show(err)
		}
		if err != nil {
			d.ShowError(err)
		}
	}
	d = widget.ShowDialog(s.ctx.Window, widget.DialogOptions{Title: q.title, Content: content, Default: q.verb, Cancel: "Hủy bỏ", Width: width, Danger: q.danger,
		OnDefault: func() bool {
			if d.Default().Disabled() {
				return false
			}
			store, err := q.read()
			if err != nil {
				fail(err)
				return false
			}
			d.Default().Disable()
			s.m.Do(store, func(err error) {
				if err != nil {
					fail(err)
					return
				}
				d.Close()
				if text := q.done(); text != "" {
					widget.ShowToast(s.ctx.Window, text, "Hoàn tác", s.Undo)
				}
				if q.then != nil {
					q.then()
				}
			})
			return false
		}})
	return d
}

// day reads a date field, its error at the field of the form.
func day(key string, d *widget.DateField) (data.Day, error) {
	v, err := d.Day()
	if err != nil {
		return v, &data.Error{Code: data.Invalid, Field: key, Message: err.Error(), Cause: err}
	}
	return v, nil
}

// reason asks why before something is done.
func (s *Screen) reason(title, note, verb, done string, must bool, act func(ctx context.Context, why string) error) {
	f := newForm()
	why := area("", 3)
	box := f.add("why", "Lý do", why)
	if must {
		box.Required()
	}
	s.ask(question{title: title, note: note, verb: verb, form: f, done: func() string { return done },
		read: func() (func(context.Context) error, error) {
			text := why.Value()
			if must && text == "" {
				return nil, &data.Error{Code: data.Invalid, Field: "why", Message: "Ghi lý do."}
			}
			return func(ctx context.Context) error { return act(ctx, text) }, nil
		}})
}
