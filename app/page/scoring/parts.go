package scoring

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data"
)

// part is one part of the screen.
type part interface {
	object() fyne.CanvasObject
	// lead stands above the object, below the choice of period and sheet; nil for
	// nothing.
	lead() fyne.CanvasObject
	actions() []fyne.CanvasObject
	// refresh draws what the models hold now, after the data changed or the part
	// came into view.
	refresh()
	focus()
	status() string
	// escape leaves what the part has opened; false when there is nothing.
	escape() bool
	// print offers on paper what is in view.
	print()
}

// rows is a list within the page.
type rows interface {
	Body() fyne.CanvasObject
	Buttons() []fyne.CanvasObject
	Grid() *widget.Grid
	Refresh()
	Status() string
	PrintPage()
}

// shelf is one list of a part.
type shelf struct {
	name   string
	rows   rows
	beside fyne.CanvasObject // the choice of the list; nil for nothing
	lead   fyne.CanvasObject // above the list; nil for nothing
	paper  string            // the table on paper that holds the same, "" for the list as it stands
}

// lists is a part that shows one of its lists.
type lists struct {
	s     *Page
	which *widget.Segments // nil where there is one
	views []shelf
	fill  func() // brings what stands around the list in step with the model
}

func newLists(s *Page, views ...shelf) *lists {
	p := &lists{s: s, views: views, fill: func() {}}
	if len(views) > 1 {
		var names []string
		for _, v := range views {
			names = append(names, v.name)
		}
		p.which = widget.NewSegments(names, func(int) { s.redraw(s.parts[s.at]); p.refresh(); p.focus() })
	}
	return p
}

func (p *lists) at() *shelf {
	if p.which == nil {
		return &p.views[0]
	}
	return &p.views[p.which.Chosen()]
}

func (p *lists) object() fyne.CanvasObject    { return p.at().rows.Body() }
func (p *lists) actions() []fyne.CanvasObject { return p.at().rows.Buttons() }
func (p *lists) focus()                       { p.s.e.Focus(p.s.page, p.at().rows.Grid()) }
func (p *lists) status() string               { return p.at().rows.Status() }
func (p *lists) escape() bool                 { return false }
func (p *lists) refresh()                     { p.fill(); p.at().rows.Refresh() }

func (p *lists) lead() fyne.CanvasObject {
	box, row := stack(8), widget.Row(-1)
	if p.which != nil {
		row.Add(p.which)
	}
	if o := p.at().beside; o != nil {
		row.Add(o)
	}
	if len(row.Objects) > 0 {
		box.Add(row)
	}
	if lead := p.at().lead; lead != nil {
		box.Add(lead)
	}
	return box
}

func (p *lists) print() {
	if paper := p.at().paper; paper != "" {
		p.s.askPapers(paper)
		return
	}
	p.at().rows.PrintPage()
}

// listOf makes a list within the page.
func listOf[T any](s *Page, o list.Options[T]) *list.List[T] {
	o.Title, o.Inner = title, s.page
	return list.Of(s.e, o)
}

// lost dresses a cell of what was lost.
func lost[T any](_ *T, c *widget.Cell) { c.Role, c.Strong = widget.ColorLate, true }

// printAction is the button of the tables on paper.
func (s *Page) printAction() list.Action {
	return list.Action{Label: "In…", Icon: widget.IconPrint, Hint: "Ctrl+P", Do: s.PrintPage}
}

func middle(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewVBox(layout.NewSpacer(), o, layout.NewSpacer())
}

// line is a line of fainter text.
func line(width float32) *widget.Paragraph {
	p := widget.NewParagraph("", width)
	p.Role, p.Max = widget.ColorSecondary, 1
	return p
}

// say writes a text again where only its colour changed.
func say(p *widget.Paragraph, text string, role fyne.ThemeColorName) {
	if p.Role = role; p.Text() == text {
		p.Refresh()
	}
	p.SetText(text)
}

// stack puts objects one below the other.
func stack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), objects...)
}

// texts shows sentences in a dialog, at most most of them.
func (s *Page) texts(title, what string, most int, list []string) {
	box := stack(6)
	for _, text := range list[:min(len(list), most)] {
		box.Add(widget.NewParagraph(text, 560))
	}
	if more := len(list) - most; more > 0 {
		box.Add(widget.NewNote(fmt.Sprintf("và %d %s nữa.", more, what), 560))
	}
	widget.ShowDialog(s.e.Window, widget.DialogOptions{Title: title, Content: box, Width: 600})
}

// count writes a number of things.
func count(n int, what string) string { return data.FormatInt(int64(n)) + " " + what }
