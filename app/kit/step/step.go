// Package step makes the wizards of the program: steps with their names at the
// top, a way back that loses nothing, and one main action each.
package step

import (
	"cmp"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/widget"
)

// Step is one step of a wizard.
type Step struct {
	Name  string // in the bar at the top
	Title string
	Note  string // what the step is for; "" for none
	// Build makes what the step shows, when it is first entered.
	Build func() fyne.CanvasObject
	// Enter is called each time the step comes into view; it returns what takes the
	// focus, nil for the main action.
	Enter func() fyne.Focusable
	// Main is the main action in place of Next and Verb where the page itself shows the
	// step that follows; Actions stand before it.
	Main    func() Main
	Actions func() []fyne.CanvasObject
	// Next stores the step and calls done: with true the wizard goes on; rest is what is
	// wrong and shown at no field. nil goes on at once.
	Next func(done func(stored bool, rest error))
	// Verb is the main action; "" is "Tiếp tục".
	Verb string
	// Return is what the way back says; "" is "Quay lại".
	Return string
	// Skip lets the officer go on without storing; "" offers no such way.
	Skip string
	// End stands behind the numbered steps: what they lead to.
	End bool
}

// Main is the main action of a step.
type Main struct {
	Verb string
	Icon widget.IconName
	Off  bool // nothing to do
	Do   func()
}

// Wizard walks through steps.
type Wizard struct {
	// Back, where it is set, goes back to a step in place of the wizard.
	Back func(to int)
	// Done is called after the last step.
	Done func()

	e       *env.Env
	steps   []Step
	built   []fyne.CanvasObject
	at      int
	busy    bool
	page    *widget.Page
	bar     *widget.Segments
	body    *fyne.Container
	note    *widget.Paragraph
	next    *widget.Button
	back    *widget.Button
	skip    *widget.Button
	reached int
}

// New builds a wizard at its first step.
func New(e *env.Env, title string, steps ...Step) *Wizard {
	w := &Wizard{Done: func() {}, e: e, steps: steps, built: make([]fyne.CanvasObject, len(steps)), body: container.NewStack(), note: widget.NewNote("", 700)}
	names := make([]string, len(steps))
	for i, s := range steps {
		names[i] = fmt.Sprintf("%d. %s", i+1, s.Name)
		if s.End {
			names[i] = s.Name
		}
	}
	w.bar = widget.NewSegments(names, w.jump)
	w.back = widget.NewButton("Quay lại", widget.IconBack, func() { w.turn(w.at - 1) })
	w.skip = widget.NewButton("", "", w.advance)
	w.next = widget.NewMainButton("Tiếp tục", "", w.Submit).WithHint("Ctrl+Enter")
	w.page = widget.NewPage(title, nil, container.NewVBox(container.NewHBox(w.bar), w.note), w.body)
	w.show(0)
	return w
}

// Object is the wizard on its page.
func (w *Wizard) Object() *widget.Page { return w.page }

// At returns the number of the step in view, from 0.
func (w *Wizard) At() int { return w.at }

// jump goes to a step by its name in the bar: back always, on only where the officer
// has been.
func (w *Wizard) jump(i int) {
	if w.bar.Choose(w.at); i <= w.reached && i != w.at {
		w.turn(i)
	}
}

// turn goes to another step where the officer has been.
func (w *Wizard) turn(i int) {
	if w.Back != nil && i < w.at {
		w.Back(i)
		return
	}
	w.Go(i)
}

// Show shows a step as the last one that was reached, or draws it anew.
func (w *Wizard) Show(i int) {
	w.reached = i
	w.show(i)
}

// Go shows a step, without storing the one in view.
func (w *Wizard) Go(i int) {
	if i < 0 || i >= len(w.steps) || w.busy {
		return
	}
	w.show(i)
	w.Focus()
}

func (w *Wizard) show(i int) {
	w.at, w.reached = i, max(w.reached, i)
	s := w.steps[i]
	if w.built[i] == nil {
		w.built[i] = s.Build()
	}
	w.page.Errors.SetError(nil)
	w.page.SetTitle(s.Title)
	w.note.SetText(s.Note)
	widget.SetVisible(w.note, s.Note != "")
	w.bar.Choose(i)
	w.body.Objects = []fyne.CanvasObject{w.built[i]}
	main := Main{Verb: cmp.Or(s.Verb, "Tiếp tục")}
	if s.Main != nil {
		main = s.Main()
	}
	w.next.Icon = main.Icon
	w.next.SetText(main.Verb)
	widget.SetAble(w.next, !main.Off)
	w.back.SetText(cmp.Or(s.Return, "Quay lại"))
	widget.SetVisible(w.back, i > 0)
	widget.SetVisible(w.skip, s.Skip != "")
	w.skip.SetText(s.Skip)
	var more []fyne.CanvasObject
	if s.Actions != nil {
		more = s.Actions()
	}
	w.page.SetActions(append(append(more, w.back, w.skip), w.next)...)
	w.body.Refresh()
	w.page.Refresh()
	if w.e.Status != nil {
		w.e.Status()
	}
}

// Focus gives the focus to the first field of the step, else to its main action.
func (w *Wizard) Focus() {
	first := fyne.Focusable(w.next)
	if w.next.Disabled() {
		first = w.back
	}
	if enter := w.steps[w.at].Enter; enter != nil {
		if f := enter(); f != nil {
			first = f
		}
	}
	w.e.Focus(w.page, first)
}

// Submit stores the step and goes on; what is wrong stands above it, and what was
// typed stays.
func (w *Wizard) Submit() {
	if w.busy {
		return
	}
	s := w.steps[w.at]
	switch {
	case s.Main != nil:
		if main := s.Main(); !main.Off {
			main.Do()
		}
		return
	case s.Next == nil:
		w.advance()
		return
	}
	w.busy = true
	w.page.Errors.SetError(nil)
	s.Next(func(stored bool, rest error) {
		w.busy = false
		w.page.Errors.SetError(rest)
		if stored && rest == nil {
			w.advance()
		}
	})
}

func (w *Wizard) advance() {
	if w.at+1 == len(w.steps) {
		w.Done()
		return
	}
	w.Go(w.at + 1)
}
