package form

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/widget"
	"giaoban/data/text"
)

// rowsPart is the control of lines of fields: one line each, an empty one at the
// end to type into.
type rowsPart struct {
	env     *env.Env
	columns []Column // those shown
	wide    int      // texts of a line, those not shown included
	box     *fyne.Container
	object  fyne.CanvasObject
	lines   []*line
	changed func(text string)
	key     func(ev *fyne.KeyEvent) bool
	submit  func(s fyne.Shortcut) bool
	grown   func() // after lines came or went
	end     func() // Enter in the last line goes on; nil adds a line
}

// line is one line: its texts and the controls over them.
type line struct {
	texts  []string
	cells  []part
	object fyne.CanvasObject
}

func (f *Form[T]) rows(x *Field[T]) part {
	key := x.Key
	shown := x.Columns
	if hidden := slices.IndexFunc(shown, func(c Column) bool { return c.Kind == KindHidden }); hidden >= 0 {
		shown = shown[:hidden]
	}
	r := &rowsPart{env: f.env, columns: shown, wide: len(x.Columns), box: container.New(layout.NewCustomPaddedVBoxLayout(4)),
		changed: func(text string) { f.typed(key, text) }, key: f.key, submit: f.shortcut,
		grown: func() {
			if f.grown != nil {
				f.grown()
			}
		}}
	if f.Onward {
		r.end = func() { f.onward(key) }
	}
	head := container.New(r)
	for _, c := range shown {
		head.Add(widget.NewNote(c.Label, c.Width))
	}
	head.Add(widget.Wide(28, widget.Gap(0)))
	add := widget.NewQuietButton("Thêm dòng", widget.IconAdd, func() { r.insert(len(r.lines)) }).WithHint("Insert")
	r.object = container.New(layout.NewCustomPaddedVBoxLayout(4), head, r.box, container.NewHBox(add))
	r.set(f.texts[key])
	return part{object: r.object, focus: r.first, fill: r.fill, set: func(text string) {
		if text != r.text() {
			r.set(text)
		}
	}}
}

func (r *rowsPart) first() fyne.Focusable {
	if len(r.lines) == 0 {
		return nil
	}
	return r.lines[0].cells[0].focus()
}

// fill offers in the picks what the form allows now.
func (r *rowsPart) fill() {
	for i, c := range r.columns {
		if c.Kind != KindPick {
			continue
		}
		for _, l := range r.lines {
			l.cells[i].fill()
		}
	}
}

// paste puts cells that were copied from a spreadsheet into the line of a cell and into
// new ones below it: a line that holds something is never written over. It reports false
// for a text that is one cell.
func (r *rowsPart) paste(l *line, i int, copied string) bool {
	copied = strings.TrimRight(strings.ReplaceAll(copied, "\r\n", "\n"), "\n")
	if !strings.ContainsAny(copied, "\t\n") {
		return false
	}
	at := slices.Index(r.lines, l)
	for k, row := range strings.Split(copied, "\n") {
		texts := make([]string, r.wide)
		if k == 0 {
			copy(texts, l.texts)
		} else if at++; at == len(r.lines) || !r.empty(r.lines[at].texts) {
			r.lines = slices.Insert(r.lines, at, (*line)(nil))
		}
		for n, cell := range strings.Split(row, "\t") {
			if i+n < len(r.columns) {
				texts[i+n] = r.columns[i+n].taken(text.Line(cell))
			}
		}
		r.lines[at] = r.make(texts)
	}
	r.draw()
	r.changed(r.text())
	r.env.Window.Canvas().Focus(r.lines[at].cells[i].focus())
	return true
}

// taken is the text of a field for what stands in a cell: of a pick the key of the
// entry that is so called.
func (c *Column) taken(cell string) string {
	if c.Kind != KindPick {
		return cell
	}
	for _, o := range c.Choices() {
		if cell != "" && (o.Key == cell || named(text.Fold(o.Text), text.Fold(cell))) {
			return o.Key
		}
	}
	return ""
}

// named reports whether an entry is so called; «xã» calls «Cấp xã», «Đơn vị sự nghiệp» calls
// «Đơn vị sự nghiệp, chi nhánh».
func named(entry, cell string) bool {
	return entry == cell || strings.HasSuffix(entry, " "+cell) || strings.HasPrefix(entry, cell+",")
}

// empty reports whether a line holds nothing but what it began with.
func (r *rowsPart) empty(texts []string) bool {
	for i, t := range texts {
		if strings.TrimSpace(t) != "" && (i >= len(r.columns) || t != r.columns[i].Begin) {
			return false
		}
	}
	return true
}

// text joins the lines that hold something.
func (r *rowsPart) text() string {
	var out [][]string
	for _, l := range r.lines {
		if !r.empty(l.texts) {
			out = append(out, slices.Clone(l.texts))
		}
	}
	return joinRows(out)
}

func (r *rowsPart) set(text string) {
	r.lines = nil
	for _, texts := range splitRows(text) {
		r.lines = append(r.lines, r.make(texts))
	}
	if len(r.lines) == 0 {
		r.lines = append(r.lines, r.make(nil))
	}
	r.draw()
}

func (r *rowsPart) draw() {
	r.box.Objects = nil
	for _, l := range r.lines {
		r.box.Add(l.object)
	}
	r.object.Refresh()
	r.grown()
}

// insert puts an empty line at a place and goes to it.
func (r *rowsPart) insert(at int) {
	r.lines = slices.Insert(r.lines, at, r.make(nil))
	r.draw()
	r.env.Window.Canvas().Focus(r.lines[at].cells[0].focus())
}

// drop takes a line out; the last one is emptied.
func (r *rowsPart) drop(l *line) {
	at := slices.Index(r.lines, l)
	if at < 0 {
		return
	}
	r.lines = slices.Delete(r.lines, at, at+1)
	if len(r.lines) == 0 {
		r.lines = append(r.lines, r.make(nil))
	}
	r.draw()
	r.changed(r.text())
	r.env.Window.Canvas().Focus(r.lines[min(at, len(r.lines)-1)].cells[0].focus())
}

func (r *rowsPart) make(texts []string) *line {
	l := &line{texts: make([]string, r.wide)}
	if copy(l.texts, texts) == 0 {
		for i, c := range r.columns {
			l.texts[i] = c.Begin
		}
	}
	row := container.New(r)
	for i, c := range r.columns {
		p := r.cell(l, i, c)
		if p.fill != nil {
			p.fill()
		}
		l.cells = append(l.cells, p)
		row.Add(p.object)
	}
	row.Add(widget.NewMouseButton(widget.IconClose, "Bỏ dòng (Ctrl+Delete)", func() { r.drop(l) }))
	l.object = row
	return l
}

func (r *rowsPart) cell(l *line, i int, c Column) part {
	var done func()
	if c.Kind != KindPick && c.Kind != KindCheck && (c.Kind != KindArea || c.Lines == 1) {
		done = func() { r.below(l, i) }
	}
	return control(look{kind: c.Kind, lines: c.Lines, width: c.least(), none: c.None, choices: c.Choices, text: func() string { return l.texts[i] }}, wiring{env: r.env,
		typed: func(text string) {
			l.texts[i] = text
			r.changed(r.text())
		},
		key: func(ev *fyne.KeyEvent) bool {
			switch ev.Name {
			case fyne.KeyInsert:
				r.insert(slices.Index(r.lines, l) + 1)
				return true
			case fyne.KeyUp, fyne.KeyDown:
				if c.Kind == KindText || c.Kind == KindArea && c.Lines == 1 {
					r.move(l, i, ev.Name == fyne.KeyDown)
					return true
				}
			}
			return r.key(ev)
		},
		done: done, taken: func(kit.Choice) {},
		shortcut: func(s fyne.Shortcut) bool {
			if k, ok := s.(*desktop.CustomShortcut); ok && k.Modifier == fyne.KeyModifierControl && k.KeyName == fyne.KeyDelete {
				r.drop(l)
				return true
			}
			if p, ok := s.(*fyne.ShortcutPaste); ok && r.paste(l, i, p.Clipboard.Content()) {
				return true
			}
			return r.submit(s)
		}})
}

// move goes to the same field of the line above or below.
func (r *rowsPart) move(l *line, i int, down bool) {
	at := slices.Index(r.lines, l) - 1
	if down {
		at += 2
	}
	if at >= 0 && at < len(r.lines) {
		r.env.Window.Canvas().Focus(r.lines[at].cells[i].focus())
	}
}

// below goes to the same field of the next line; after the last that holds something
// it begins a new one, at its first field.
func (r *rowsPart) below(l *line, i int) {
	at := slices.Index(r.lines, l) + 1
	if at == len(r.lines) {
		if r.end != nil {
			r.end()
			return
		}
		if r.empty(l.texts) {
			return
		}
		r.insert(at)
		return
	}
	r.env.Window.Canvas().Focus(r.lines[at].cells[i].focus())
}

// leastShare is the part of the width asked for that a column keeps in a narrow
// window.
const leastShare = 0.5

// leastCell is the least width of a cell, px at 100 %.
const leastCell = 40

// least is the width that a control of the column asks for itself: a list to choose
// from would take more than a narrow line has.
func (c *Column) least() float32 {
	if c.Kind == KindPick {
		return 60
	}
	return 0
}

// MinSize implements fyne.Layout over the cells of a line.
func (r *rowsPart) MinSize(o []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for i, c := range o {
		m := c.MinSize()
		w := m.Width
		if i < len(r.columns) {
			w = widget.Scaled(max(r.columns[i].Width*leastShare, leastCell))
		}
		s = fyne.NewSize(s.Width+w+4, max(s.Height, m.Height))
	}
	return s
}

// Layout implements fyne.Layout: each cell has the least width of its column, the rest
// is shared by what they asked for.
func (r *rowsPart) Layout(o []fyne.CanvasObject, s fyne.Size) {
	last := widget.Scaled(28)
	room, asked := s.Width-last-float32(len(r.columns))*4, float32(0)
	for i := range r.columns {
		room -= widget.Scaled(r.columns[i].least())
		asked += max(r.columns[i].Width, 60)
	}
	x := float32(0)
	for i, c := range o {
		w := last
		if i < len(r.columns) {
			w = max(40, widget.Scaled(r.columns[i].least())+room*max(r.columns[i].Width, 60)/asked)
		}
		c.Move(fyne.NewPos(x, 0))
		c.Resize(fyne.NewSize(w, c.MinSize().Height))
		x += w + 4
	}
}
