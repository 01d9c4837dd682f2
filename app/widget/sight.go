//go:build e2e || ci

package widget

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fw "fyne.io/fyne/v2/widget"

	"giaoban/data/text"
)

// Sight is what a window shows, in words, for tests that drive the real window.
type Sight struct {
	// Focus names the part with the focus by the label of its field, its text or
	// what it is; "" for none.
	Focus string
	// Value is the text of the field that has the focus.
	Value string
	// Errors are the sentences that say what is wrong, one a line.
	Errors string
	// Text is what can be read in the dialog, menu or list on top, or on the
	// screen where none is open: one thing a line, the cells of a row with tabs.
	Text string
	// Pages is how many pages the paper in view has, 0 for no paper.
	Pages int
}

// See tells what a window shows.
func See(w fyne.Window) Sight {
	s := &sight{canvas: w.Canvas(), focus: w.Canvas().Focused()}
	if o, ok := s.canvas.Overlays().Top().(*overlay); ok {
		s.look(o.panel.content, "")
	} else if r, ok := s.canvas.Content().(*Root); ok {
		s.look(r.content, "")
	}
	s.out.Text, s.out.Errors = strings.Join(s.text, "\n"), strings.Join(s.wrong, "\n")
	return s.out
}

// sight gathers what stands on a canvas.
type sight struct {
	canvas      fyne.Canvas
	focus       fyne.Focusable
	text, wrong []string
	out         Sight
}

func (s *sight) say(text string) {
	if text != "" {
		s.text = append(s.text, text)
	}
}

// look reads an object and what stands on it. label is that of the field around
// it.
func (s *sight) look(o fyne.CanvasObject, label string) {
	if o == nil || !o.Visible() {
		return
	}
	if f, ok := o.(fyne.Focusable); ok && f == s.focus {
		s.out.Focus = nameOf(o, label)
	}
	switch p := o.(type) {
	case *fyne.Container:
		for _, c := range p.Objects {
			s.look(c, label)
		}
	case *container.Scroll:
		s.look(p.Content, label)
	case *band:
		s.look(p.content, label)
	case *Page:
		s.look(p.box, label)
	case *SidePane:
		s.look(p.box, label)
	case *Segments:
		for _, b := range p.buttons {
			s.look(b, label)
		}
	case *FilterChip:
		s.look(p.main, label)
		s.look(p.clear, label)
	case *FieldBox:
		s.box(p)
	case *ErrorBar:
		s.wrong = append(s.wrong, p.Text())
	case *Paragraph:
		s.say(p.text)
	case *Button:
		s.say(p.Text)
	case *Check:
		s.say(p.Text)
	case *Picker:
		s.say(p.label())
	case *menuList:
		for _, i := range p.items {
			s.say(i.Label)
		}
	case *Grid:
		s.grid(p)
	case *Month:
		s.month(p)
	case *PDFView:
		s.out.Pages = p.Pages()
	default:
		if e := entryOf(o); e != nil {
			s.say(e.Text)
			if e == entryOf(focused(s.focus)) {
				s.out.Value = text.Clean(e.Text)
			}
		}
	}
}

// focused is the object of the part with the focus.
func focused(f fyne.Focusable) fyne.CanvasObject {
	o, _ := f.(fyne.CanvasObject)
	return o
}

// entryOf is the line of text of a field, nil for anything else.
func entryOf(o fyne.CanvasObject) *fw.Entry {
	switch f := o.(type) {
	case *Field:
		return &f.Entry
	case *SearchField:
		return &f.Entry
	case *SuggestField:
		return &f.Entry
	case *DateField:
		return &f.Entry
	}
	return nil
}

func (s *sight) box(b *FieldBox) {
	s.say(b.label)
	s.look(b.content, b.label)
	if b.err != nil {
		s.wrong = append(s.wrong, b.err.Error())
		return
	}
	s.say(b.hint)
}

// month reads the days that have a name.
func (s *sight) month(m *Month) {
	for _, d := range m.days {
		if d.Note != "" {
			s.say(d.Day.String() + "\t" + d.Note)
		}
	}
}

// grid reads the rows in view, or what stands in their place.
func (s *sight) grid(g *Grid) {
	switch {
	case g.Len() == 0 && g.loading != "":
		s.say(g.loading)
		return
	case g.Len() == 0:
		s.say(g.empty.text)
		s.say(g.empty.label)
		return
	}
	cells := make([]Cell, len(g.columns))
	from, to := g.VisibleRows()
	for row := from; row < min(to+1, g.Len()); row++ {
		clear(cells)
		g.rows.Cells(row, cells)
		texts := make([]string, len(cells))
		for i, c := range cells {
			texts[i] = c.Text
		}
		s.say(strings.Join(texts, "\t"))
	}
}

// nameOf names a part that takes the focus.
func nameOf(o fyne.CanvasObject, label string) string {
	if label != "" {
		return label
	}
	switch p := o.(type) {
	case *Grid:
		if p.cursor < 0 {
			return "list"
		}
		return fmt.Sprintf("list %d/%d", p.cursor+1, p.Len())
	case *Picker:
		return p.label()
	case *Check:
		return p.Text
	case *Month:
		return "month " + p.at.String()
	case *PDFView:
		return "paper"
	case *menuList:
		if p.can(p.under) {
			return "menu " + p.items[p.under].Label
		}
		return "menu"
	case fyne.Accessible:
		return p.AccessibilityLabel()
	}
	if e := entryOf(o); e != nil {
		return e.PlaceHolder
	}
	return fmt.Sprintf("%T", o)
}

// ShownCell is a cell of a grid: its text, and what of it there was room for.
type ShownCell struct {
	Text, Shown string
	Number      bool
}

// Shown tells how the titles and the rows in view are drawn.
func (g *Grid) Shown() (heads []string, rows [][]ShownCell) {
	if g.view == nil {
		return nil, nil
	}
	for _, h := range g.view.heads {
		heads = append(heads, strings.TrimSpace(h.lines[0].Text+" "+h.lines[1].Text))
	}
	for _, o := range g.view.pool {
		if o.row < 0 {
			continue
		}
		var cells []ShownCell
		for i := range o.cells {
			c := &o.cells[i]
			if g.ws[i] > 0 {
				cells = append(cells, ShownCell{c.have.Text, c.text.Text, g.columns[i].Align == Right})
			}
		}
		rows = append(rows, cells)
	}
	return heads, rows
}

// Options are the values that a picker offers.
func (p *Picker) Options() []Option { return p.options }
