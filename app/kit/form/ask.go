package form

import (
	"cmp"
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/widget"
)

// Question is a form in a dialog.
type Question[T any] struct {
	Title, Note string
	Verb        string // of the button that stores; "" is "Lưu"
	Value       T
	Fields      []Field[T]
	Columns     int     // 0 is 1
	Width       float32 // px at 100 %; 0 is 460
	Danger      bool
	Onward      bool // Enter goes to the next field, Ctrl+Enter stores
	Extra       []*widget.Button
	First       string   // key of the field in which the cursor begins; "" is the first
	Foot        []string // keys of fields that stay in view below the others
	Spare       float32  // room in px at 100 % for what is told while one types
	// Draft is the name under which what is typed is kept until it is stored or given
	// up, over the end of the program too; "" keeps nothing.
	Draft string
	// Own are the controls of the fields of the kind KindOwn; Above and Below stand
	// around the fields.
	Own          map[string]fyne.CanvasObject
	Above, Below []fyne.CanvasObject
	// Ready is called with the form before the dialog opens.
	Ready func(*Form[T])
	// Check looks at what was read on the window's goroutine; its error goes to the
	// field. nil refuses nothing.
	Check func(T) error
	// Store stores it off the window's goroutine; nil closes the dialog after Check.
	Store func(context.Context, T) error
	// Long stores in place of Store what may take long: behind a bar.
	Long func(context.Context, T, widget.Report) error
	// Refused is told what went wrong in storing, before it is shown.
	Refused func(error)
	// Done tells what was done, with the way back; "" or nil tells nothing.
	Done func(T) string
	// Then is called after it was stored.
	Then func(T)
	// Left is called when it was given up; nil for nothing.
	Left func()
	// Again offers «Lưu và thêm tiếp»: the dialog stays, with this value.
	Again func(stored T) T
}

// Ask opens a form. What is wrong is shown at its field; what was typed stays.
func Ask[T any](e *env.Env, q Question[T]) *widget.Dialog {
	a := &asking[T]{e: e, q: q, form: New(e, q.Value, q.Fields...)}
	a.form.OnSubmit = func() { a.store(false) }
	for key, o := range q.Own {
		a.form.Own(key, o)
	}
	width := max(q.Width, 460)
	content := container.New(layout.NewCustomPaddedVBoxLayout(8))
	if q.Note != "" {
		content.Add(widget.NewNote(q.Note, width))
	}
	for _, o := range q.Above {
		content.Add(o)
	}
	var keys []string
	for _, f := range q.Fields {
		if !slices.Contains(q.Foot, f.Key) {
			keys = append(keys, f.Key)
		}
	}
	content.Add(a.form.Objects(max(q.Columns, 1), keys))
	var foot fyne.CanvasObject
	if len(q.Foot) > 0 {
		foot = container.New(layout.NewCustomPaddedLayout(8, 0, 0, 0), a.form.Objects(1, q.Foot))
	}
	for _, o := range q.Below {
		content.Add(o)
	}
	if q.Ready != nil {
		q.Ready(a.form)
	}
	kept := q.Draft != "" && a.form.Keep(q.Draft)
	extra := q.Extra
	if q.Again != nil {
		extra = append(extra, widget.NewButton("Lưu và thêm tiếp", widget.IconAdd, func() { a.store(true) }))
	}
	verb := cmp.Or(q.Verb, "Lưu")
	whole := a.form.Scroll(content).Whole(q.Spare)
	if foot != nil {
		whole = container.NewBorder(nil, foot, nil, nil, whole)
	}
	a.dialog = widget.ShowDialog(e.Window, widget.DialogOptions{Title: q.Title, Content: whole, Default: verb, Cancel: "Hủy bỏ", Width: width,
		Extra: extra, First: a.first(), Danger: q.Danger, Onward: q.Onward, OnDefault: func() bool { a.store(false); return false }, OnEscape: a.escape, OnCancel: a.left})
	if kept {
		e.Toast("Đã lấy lại phần nhập dở lần trước.")
	}
	return a.dialog
}

// asking is a question that is open.
type asking[T any] struct {
	e      *env.Env
	q      Question[T]
	form   *Form[T]
	dialog *widget.Dialog
}

// escape asks before it lets go of what was typed.
func (a *asking[T]) escape() bool {
	if !a.form.touched || !a.form.Dirty() {
		return true
	}
	a.e.ConfirmDanger("Bỏ phần đang nhập", "Trong ô còn chữ vừa nhập mà chưa lưu. Bỏ phần đó?", "Bỏ phần đang nhập", a.dialog.Cancel)
	return false
}

// left gives up what was typed.
func (a *asking[T]) left() {
	a.form.Forget()
	if a.q.Left != nil {
		a.q.Left()
	}
}

// first is the control that gets the focus.
func (a *asking[T]) first() fyne.Focusable {
	if part := a.form.Part(a.q.First); part != nil {
		return part
	}
	return a.form.First()
}

func (a *asking[T]) fail(err error) {
	a.dialog.Default().Enable()
	if a.q.Refused != nil {
		a.q.Refused(err)
	}
	a.dialog.ShowError(a.form.Show(err))
}

// store reads the form and stores it; again keeps the dialog open for the next.
func (a *asking[T]) store(again bool) {
	if a.dialog.Default().Disabled() {
		return
	}
	v, ok, rest := a.form.Read()
	if !ok {
		a.dialog.ShowError(rest)
		return
	}
	if a.q.Check != nil {
		if err := a.q.Check(v); err != nil {
			a.fail(err)
			return
		}
	}
	if a.q.Long != nil {
		a.dialog.Default().Disable()
		a.e.Run(a.q.Title, func(ctx context.Context, report widget.Report) error { return a.q.Long(ctx, v, report) }, func(err error) {
			if err != nil {
				a.fail(err)
				return
			}
			a.stored(v, again)
		})
		return
	}
	if a.q.Store == nil {
		a.stored(v, again)
		return
	}
	a.dialog.Default().Disable()
	a.e.Session.Go(func() {
		err := a.q.Store(context.Background(), v)
		a.e.Session.Post(func() {
			if err != nil {
				a.fail(err)
				return
			}
			a.stored(v, again)
		})
	})
}

func (a *asking[T]) stored(v T, again bool) {
	a.dialog.Default().Enable()
	if again {
		a.dialog.ShowError(nil)
		a.form.Saved(a.q.Again(v))
		if first := a.form.First(); first != nil {
			a.e.Window.Canvas().Focus(first)
		}
	} else {
		a.form.Forget()
		a.dialog.Close()
	}
	if a.q.Done != nil {
		if text := a.q.Done(v); text != "" {
			a.e.Done(text)
		}
	}
	if a.q.Then != nil {
		a.q.Then(v)
	}
}
