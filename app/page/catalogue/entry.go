package catalogue

import (
	"context"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
)

// paged is a list with, in its place, the page of one of its entries.
type paged[T any] struct {
	*list.List[T]
	e      *env.Env
	redraw func()
	form   entryPage // nil while the list is in view
}

// entryPage is the page of an entry.
type entryPage interface {
	editor
	Object() *widget.Page
	First() fyne.Focusable
	leave()
	close()
}

// Object implements parts.Part.
func (p *paged[T]) Object() *widget.Page {
	if p.form != nil {
		return p.form.Object()
	}
	return p.List.Object()
}

// Shown implements parts.Part.
func (p *paged[T]) Shown() {
	if p.form == nil {
		p.List.Shown()
		return
	}
	p.e.Focus(p.form.Object(), p.form.First())
}

// FocusSearch implements env.Searcher.
func (p *paged[T]) FocusSearch() { p.Shown() }

// PrintPage implements env.Printer: the list, while it is in view.
func (p *paged[T]) PrintPage() {
	if p.form == nil {
		p.List.PrintPage()
	}
}

// Refresh implements parts.Part.
func (p *paged[T]) Refresh() {
	if p.form == nil {
		p.List.Refresh()
	}
}

// Escape implements parts.Part.
func (p *paged[T]) Escape() bool {
	if p.form == nil {
		return p.List.Escape()
	}
	p.form.leave()
	return true
}

// Dirty implements editor.
func (p *paged[T]) Dirty() bool { return p.form != nil && p.form.Dirty() }

// Submit implements editor.
func (p *paged[T]) Submit() {
	if p.form != nil {
		p.form.Submit()
	}
}

func (p *paged[T]) store(done func(error)) { p.form.store(done) }

// open shows the page of an entry in place of the list.
func (p *paged[T]) open(form entryPage) {
	p.form = form
	p.redraw()
	p.Shown()
}

// back shows the list again.
func (p *paged[T]) back() {
	if p.form != nil {
		p.form.close()
	}
	p.form = nil
	p.redraw()
	p.List.Refresh()
	p.e.Focus(p.List.Object(), p.Grid())
}

// entryForm is the form of one entry on a page of its own, stored as a whole. What is
// typed is kept beside the data file until then.
type entryForm[T any] struct {
	*form.Form[T]
	e          *env.Env
	back       func()
	write      func(context.Context, T) error
	said, lost string // what was stored, what would be lost
	page       *widget.Page
}

// finish puts the form on its page, with the way back and other actions before the
// main one, and takes up the draft of the name.
func (x *entryForm[T]) finish(title, draft string, content fyne.CanvasObject, actions ...fyne.CanvasObject) {
	x.OnSubmit = x.Submit
	x.OnEscape = func() bool { x.leave(); return true }
	actions = append([]fyne.CanvasObject{widget.NewButton("Quay lại", widget.IconBack, x.leave)}, actions...)
	x.page = widget.NewPage(title, append(actions, widget.NewMainButton("Lưu", widget.IconSave, x.Submit).WithHint("Ctrl+Enter")), nil, content)
	if x.Keep(draft) {
		x.e.Toast("Có thay đổi nhập dở từ lần trước.")
	}
}

// Object implements entryPage.
func (x *entryForm[T]) Object() *widget.Page { return x.page }

func (x *entryForm[T]) close() {}

// Submit implements editor.
func (x *entryForm[T]) Submit() {
	x.store(func(err error) {
		if err == nil {
			x.back()
			x.e.Done(x.said)
		}
	})
}

// store stores the entry; done gets nil or what is wrong, which is shown too.
func (x *entryForm[T]) store(done func(error)) {
	x.Store(x.write, x.page.Errors, func(_ T, err error) { done(err) })
}

// leave goes back to the list; it asks when something would be lost.
func (x *entryForm[T]) leave() {
	if !x.Dirty() {
		x.back()
		return
	}
	x.e.ConfirmDanger("Bỏ những gì vừa nhập?", x.lost, "Bỏ thay đổi", func() {
		x.Reset()
		x.back()
	})
}
