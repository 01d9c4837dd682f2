package catalogue

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	model "giaoban/app/view/catalogue"
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

// day reads a date field, its error at the field of the form.
func (f *form) day(key string, d *widget.DateField) (data.Day, error) {
	day, err := d.Day()
	if err != nil {
		return day, &data.Error{Code: data.Invalid, Field: key, Message: err.Error(), Cause: err}
	}
	return day, nil
}

// question is a form in a dialog.
type question struct {
	title, verb, note string
	columns           int
	width             float32
	form              *form
	below             []fyne.CanvasObject
	extra             []*widget.Button
	// read reads the fields on the window's goroutine and returns what stores
	// them, which runs off it.
	read func() (store func(context.Context) error, err error)
	done func() string // tells what was done
	then func()        // after it was done; may be nil
}

// errAsked tells that read has already done what there is to do.
var errAsked = errors.New("asked")

// ask opens a form. What is wrong is shown at its field; what was typed stays.
func (c *Screen) ask(q question) *widget.Dialog {
	content := container.New(layout.NewCustomPaddedVBoxLayout(8))
	if q.note != "" {
		content.Add(widget.NewNote(q.note, max(q.width, 420)))
	}
	content.Add(widget.Columns(max(q.columns, 1), q.form.list...))
	for _, o := range q.below {
		content.Add(o)
	}
	var d *widget.Dialog
	fail := func(err error) {
		d.Default().Enable()
		if rest := q.form.show(err); rest != nil {
			d.ShowError(rest)
		}
	}
	d = widget.ShowDialog(c.ctx.Window, widget.DialogOptions{Title: q.title, Content: content, Default: q.verb, Cancel: "Hủy bỏ", Width: max(q.width, 420), Extra: q.extra,
		OnDefault: func() bool {
			if d.Default().Disabled() {
				return false
			}
			store, err := q.read()
			if errors.Is(err, errAsked) {
				return false
			}
			if err != nil {
				fail(err)
				return false
			}
			d.Default().Disable()
			c.session.Go(func() {
				err := store(context.Background())
				c.session.Post(func() {
					if err != nil {
						fail(err)
						return
					}
					d.Close()
					widget.ShowToast(c.ctx.Window, q.done(), "Hoàn tác", c.Undo)
					if q.then != nil {
						q.then()
					}
				})
			})
			return false
		}})
	return d
}

// termBox takes a term: a number and its unit.
type termBox struct {
	count *widget.Field
	unit  *widget.Picker
	row   fyne.CanvasObject
}

func newTermBox(t data.Term) *termBox {
	b := &termBox{count: field(""), unit: picker(model.TermUnits(), t.Unit.Key())}
	b.unit.None, b.unit.Width = "Không ghi", 120
	if t.Known() && t.Unit != data.SameDay {
		b.count.SetValue(data.FormatInt(int64(t.Count)))
	}
	b.row = container.NewBorder(nil, nil, screen.Wide(56, b.count), nil, b.unit)
	return b
}

func (b *termBox) term(key string) (data.Term, error) {
	return model.Term(b.count.Value(), b.unit.Key(), key)
}
