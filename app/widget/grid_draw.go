package widget

import (
	"cmp"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
)

const cellPad = 8

// CreateRenderer implements fyne.Widget.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	r := &gridRenderer{g: g}
	r.body, r.head, r.message = container0(), container0(), container0()
	r.headFixed, r.headCover = container0(), canvas.NewRectangle(nil)
	r.over, r.frame = container0(), canvas.NewRectangle(color.Transparent)
	r.frame.StrokeWidth = 2
	r.bodyClip, r.headClip = container.NewClip(container.NewWithoutLayout(r.body, r.frame, r.over)), container.NewClip(container.NewWithoutLayout(r.head, r.headFixed))
	r.headGround, r.headLine = newFill(ColorSurface), canvas.NewRectangle(nil)
	r.track, r.thumb = newFill(theme.ColorNameScrollBarBackground), canvas.NewRectangle(nil)
	r.htrack, r.hthumb = newFill(theme.ColorNameScrollBarBackground), canvas.NewRectangle(nil)
	r.thumb.CornerRadius, r.hthumb.CornerRadius = 4, 4
	r.objects = []fyne.CanvasObject{r.bodyClip, r.headGround.Image, r.headClip, r.headLine, r.track.Image, r.thumb, r.htrack.Image, r.hthumb, r.message}
	r.colors()
	g.view = r
	return laid(g, r)
}

// gridRenderer keeps one row object for every row in view; row n always uses
// object n modulo their number, so that scrolling by a row changes one object
// and only moves the others.
type gridRenderer struct {
	g                         *Grid
	headGround, track, htrack *fill
	headLine, thumb, hthumb   *canvas.Rectangle
	body, head, message       *fyne.Container
	headFixed                 *fyne.Container // the title that stays while the others scroll
	headCover                 *canvas.Rectangle
	frame                     *canvas.Rectangle // around the cell of the cursor
	over                      *fyne.Container   // what is typed in there
	bodyClip, headClip        *container.Clip
	objects                   []fyne.CanvasObject
	pool                      []*gridRow
	heads                     []*gridHead
	scratch                   []Cell
	look                      *Theme
	shape                     int // counts changes of column widths
	shapeOf                   []float32
	drawn                     int // cells whose text was set, for tests
	shownEmpty                emptyState
	shownLoading              string
	shownMessage              bool
	grown                     bool // a column must be wider than it was laid out
}

type gridRow struct {
	box *fyne.Container
	// fixed holds the cell of the first column, which stays while the others scroll
	// to the right behind its cover.
	fixed *fyne.Container
	cover *canvas.Rectangle
	// ground is a thick line: far cheaper without a graphics card than a rectangle.
	ground    *canvas.Line
	line, bar *canvas.Rectangle
	cells     []gridCell
	row       int
	shape     int
	fill      fyne.ThemeColorName
	painted   bool
	barRole   fyne.ThemeColorName
}

type gridCell struct {
	text *canvas.Text
	mark fyne.CanvasObject
	have Cell
	cut  bool
	set  bool
	bar  shareBar
}

type gridHead struct {
	lines []*canvas.Text
	arrow *canvas.Polygon
	cut   bool
}

func (r *gridRenderer) Destroy()                     { r.g.view = nil }
func (r *gridRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *gridRenderer) MinSize() fyne.Size           { return r.g.MinSize() }

// drop forgets all row objects, after a change of columns or theme.
func (r *gridRenderer) drop() {
	r.pool, r.heads = nil, nil
	r.body.RemoveAll()
	r.head.RemoveAll()
	r.headFixed.RemoveAll()
	r.shapeOf = nil
}

func (r *gridRenderer) colors() {
	t := current()
	r.look = t
	r.headGround.set(ColorSurface)
	r.headLine.FillColor = Color(ColorLine)
	r.track.set(theme.ColorNameScrollBarBackground)
	r.htrack.set(theme.ColorNameScrollBarBackground)
	r.thumb.FillColor = t.Color(theme.ColorNameScrollBar, 0)
	r.hthumb.FillColor = r.thumb.FillColor
}

// Refresh asks the source for the rows in view again.
func (r *gridRenderer) Refresh() {
	if r.look != current() {
		r.drop()
		r.colors()
		r.g.content = map[string]float32{}
		r.shownMessage = false
	}
	for _, row := range r.pool {
		row.row = -1
	}
	r.Layout(r.g.Size())
}

// Layout implements fyne.WidgetRenderer.
func (r *gridRenderer) Layout(s fyne.Size) {
	g := r.g
	if s.Width <= 0 || s.Height <= 0 {
		return
	}
	g.layoutColumns(s.Width - barSize)
	if !slices.Equal(r.shapeOf, g.ws) {
		r.shapeOf = append(r.shapeOf[:0], g.ws...)
		r.shape++
		for _, row := range r.pool {
			row.row = -1
		}
	}
	head := g.headerHeight()
	body := g.bodySize()
	place(r.bodyClip, 0, head, body.Width, body.Height)
	place(r.headGround.Image, 0, 0, s.Width, head)
	place(r.headClip, 0, 0, body.Width, head)
	place(r.headLine, 0, head-1, s.Width, 1)
	place(r.track.Image, body.Width, head, barSize, s.Height-head)
	place(r.htrack.Image, 0, head+body.Height, body.Width, s.Height-head-body.Height)
	show(r.headGround.Image, head > 0)
	show(r.headLine, head > 0)
	show(r.htrack.Image, g.across > body.Width+0.5)
	g.clampScroll()
	r.header()
	r.place()
	r.placeHeader()
	r.layoutMessage()
}

func show(o fyne.CanvasObject, on bool) {
	if on != o.Visible() {
		SetVisible(o, on)
	}
}

// place puts the row objects where the rows are and fills those whose row is new.
func (r *gridRenderer) place() {
	g := r.g
	if len(g.xs) != len(g.columns) {
		return // not laid out yet: the cursor may be set before the grid is shown
	}
	body := g.bodySize()
	h := g.rowHeight()
	k := int(body.Height/h) + 2
	if k != len(r.pool) || len(r.pool) > 0 && len(r.pool[0].cells) != len(g.columns) {
		// The assignment of rows to objects depends on their number.
		for len(r.pool) < k {
			r.pool = append(r.pool, r.newRow())
		}
		for _, row := range r.pool[k:] {
			r.body.Remove(row.box)
			r.body.Remove(row.fixed)
		}
		r.pool = r.pool[:k]
		for _, row := range r.pool {
			row.row = -1
		}
	}
	n := g.Len()
	for i := range k {
		row := g.top + i
		o := r.pool[row%k]
		if row >= n {
			show(o.box, false)
			show(o.fixed, false)
			o.row = -1
			continue
		}
		if o.row != row || o.shape != r.shape {
			r.fill(o, row)
		}
		y := float32(i)*h - g.offset
		o.box.Move(fyne.NewPos(-g.hx, y))
		o.fixed.Move(fyne.NewPos(-g.hx+g.stays(), y))
		show(o.cover, g.stays() > 0)
		show(o.box, true)
		show(o.fixed, true)
	}
	if r.grown {
		r.grown = false
		r.Layout(g.Size())
		return
	}
	r.paint()
	at, length := g.thumb()
	show(r.thumb, length > 0)
	show(r.track.Image, length > 0)
	place(r.thumb, body.Width+2, g.headerHeight()+at, barSize-4, length)
	at, length = g.hthumb()
	show(r.hthumb, length > 0)
	place(r.hthumb, at, g.headerHeight()+body.Height+2, length, barSize-4)
	canvas.Refresh(r.thumb)
}

func (r *gridRenderer) newRow() *gridRow {
	o := &gridRow{row: -1, box: container0(), fixed: container0(), cover: canvas.NewRectangle(Color(ColorPaper)), ground: canvas.NewLine(nil),
		line: canvas.NewRectangle(Color(ColorLine)), bar: canvas.NewRectangle(color.Transparent)}
	o.box.Objects = []fyne.CanvasObject{o.ground, o.line}
	o.fixed.Objects = []fyne.CanvasObject{o.cover, o.bar}
	o.cells = make([]gridCell, len(r.g.columns))
	for i := range o.cells {
		t := canvas.NewText("", Color(ColorInk))
		t.TextSize = TextSize(theme.SizeNameText)
		o.cells[i].text = t
		in := o.in(i)
		in.Objects = append(in.Objects, t)
	}
	o.box.Hide()
	o.fixed.Hide()
	r.body.Add(o.box)
	r.body.Add(o.fixed)
	return o
}

// in is where the cell of a column stands.
func (o *gridRow) in(column int) *fyne.Container {
	if column == 0 {
		return o.fixed
	}
	return o.box
}

// fill gives a row object the cells of a row and touches only what differs.
func (r *gridRenderer) fill(o *gridRow, row int) {
	g := r.g
	if len(r.scratch) != len(g.columns) {
		r.scratch = make([]Cell, len(g.columns))
	}
	clear(r.scratch)
	g.rows.Cells(row, r.scratch)
	o.row = row
	reshaped := o.shape != r.shape
	if reshaped {
		o.shape = r.shape
		h := g.rowHeight()
		w := max(g.across, g.bodySize().Width)
		o.box.Resize(fyne.NewSize(w, h))
		o.ground.StrokeWidth = h - 1
		o.ground.Position1, o.ground.Position2 = fyne.NewPos(0, (h-1)/2), fyne.NewPos(w, (h-1)/2)
		place(o.line, 0, h-1, w, 1)
		o.bar.Resize(fyne.NewSize(3, h-1))
		if len(g.ws) > 0 {
			o.fixed.Resize(fyne.NewSize(g.ws[0], h))
			o.cover.Resize(fyne.NewSize(g.ws[0], h-1))
		}
	}
	for i := range o.cells {
		c := &o.cells[i]
		if c.set && !reshaped && c.have == r.scratch[i] {
			continue
		}
		r.fillCell(o, i, r.scratch[i])
		r.drawn++
	}
}

func (r *gridRenderer) fillCell(o *gridRow, i int, want Cell) {
	g := r.g
	c := &o.cells[i]
	have := want
	if g.ws[i] == 0 { // there is no room for the column
		want = Cell{}
	}
	in := o.in(i)
	if c.mark != nil && c.have.Mark != want.Mark {
		in.Remove(c.mark)
		c.mark = nil
	}
	size := TextSize(theme.SizeNameText)
	x, w := g.xs[i]+cellPad, g.ws[i]-2*cellPad
	h := g.rowHeight()
	c.bar.draw(in, want.Share, x, w, h)
	if want.Indent > 0 {
		step := Scaled(indentWidth) * float32(want.Indent)
		x, w = x+step, w-step
	}
	if want.Mark != NoMark {
		m := markSize()
		if c.mark == nil {
			c.mark = NewMark(want.Mark)
			in.Add(c.mark)
		}
		c.mark.Move(fyne.NewPos(x, float32(int((h-m)/2))))
		x += m + 6
		w -= m + 6
	}
	role := cmp.Or(want.Role, ColorInk)
	if want.Mark != NoMark && want.Role == "" && want.Mark < MarkChecked {
		role = want.Mark.Role()
	}
	t := c.text
	t.Text, c.cut = Truncate(want.Text, w, size, want.Strong)
	// Numbers and states tell rows apart only as a whole: their columns grow.
	id := g.columns[i].ID
	if _, set := g.widths[id]; c.cut && !set && g.ws[i] > 0 && (g.columns[i].Align == Right || want.Mark != NoMark) {
		if need := g.ws[i] - w + textWidth(want.Text, size, want.Strong) + 1; need > g.content[id] {
			g.content[id], r.grown = need, true
		}
	}
	t.Color = Color(role)
	t.TextSize = size
	t.TextStyle = fyne.TextStyle{Bold: want.Strong}
	t.Alignment = [...]fyne.TextAlign{fyne.TextAlignLeading, fyne.TextAlignTrailing, fyne.TextAlignCenter}[g.columns[i].Align]
	line := lineHeight(size)
	place(t, x, float32(int((h-line)/2)), w, line)
	t.Refresh()
	c.have, c.set = have, true
}

var lineHeights = map[float32]float32{}

func lineHeight(size float32) float32 {
	h, ok := lineHeights[size]
	if !ok {
		h = fyne.MeasureText("Ấg", size, fyne.TextStyle{}).Height
		lineHeights[size] = h
	}
	return h
}

// paint shows choice, hover and cursor by the grounds of the rows.
func (r *gridRenderer) paint() {
	g := r.g
	r.placeCell()
	for _, o := range r.pool {
		if o.row < 0 {
			continue
		}
		var ground, bar fyne.ThemeColorName
		switch {
		case g.selected.Has(o.row):
			ground = ColorSelected
		case o.row == g.hover:
			ground = ColorHoverRow
		}
		if o.row == g.cursor {
			bar = ColorPrimary
			if !g.focused {
				bar = ColorLine
			}
		}
		if ground != o.fill || !o.painted {
			o.fill, o.painted = ground, true
			show(o.ground, ground != "")
			o.ground.StrokeColor = roleOrNone(ground)
			o.ground.Refresh()
			o.cover.FillColor = Color(ColorPaper)
			if ground != "" {
				o.cover.FillColor = Color(ground)
			}
			o.cover.Refresh()
		}
		if bar != o.barRole {
			o.barRole = bar
			o.bar.FillColor = roleOrNone(bar)
			o.bar.Refresh()
		}
	}
}

func roleOrNone(role fyne.ThemeColorName) color.Color {
	if role == "" {
		return color.Transparent
	}
	return Color(role)
}

// header builds the titles of the columns.
func (r *gridRenderer) header() {
	g := r.g
	if g.NoHeader {
		return
	}
	if len(r.heads) != len(g.columns) {
		r.head.RemoveAll()
		r.headFixed.Objects = []fyne.CanvasObject{r.headCover}
		r.heads = make([]*gridHead, len(g.columns))
		for i := range r.heads {
			in := r.head
			if i == 0 {
				in = r.headFixed
			}
			hd := &gridHead{arrow: canvas.NewPolygon(3, Color(ColorPrimary))}
			for range 2 {
				t := canvas.NewText("", Color(ColorSecondary))
				t.TextSize = TextSize(SizeSmall)
				t.TextStyle.Bold = true
				hd.lines = append(hd.lines, t)
				in.Add(t)
			}
			in.Add(hd.arrow)
			r.heads[i] = hd
		}
	}
	size := TextSize(SizeSmall)
	line := lineHeight(size)
	for i, c := range g.columns {
		hd := r.heads[i]
		rank := g.sortedBy(c.ID)
		sorted := rank >= 0
		w := g.ws[i] - 2*cellPad
		if sorted {
			w -= 12
		}
		var lines []string
		if g.ws[i] > 0 {
			lines = wrapText(c.Title, w, size, true, 2)
		} else {
			sorted = false
		}
		hd.cut = false
		for j := range lines {
			var cut bool
			lines[j], cut = Truncate(lines[j], w, size, true)
			hd.cut = hd.cut || cut
		}
		hd.cut = hd.cut || len(lines) == 2 && len([]rune(lines[0]))+len([]rune(lines[1])) < len([]rune(c.Title))-1
		role := ColorSecondary
		if sorted {
			role = ColorPrimary
		}
		x := g.xs[i] + cellPad
		if sorted && c.Align == Right {
			x += 12
		}
		y := (g.headerHeight() - float32(len(lines))*line) / 2
		var widest float32
		for j, t := range hd.lines {
			text := ""
			if j < len(lines) {
				text = lines[j]
			}
			align := [...]fyne.TextAlign{fyne.TextAlignLeading, fyne.TextAlignTrailing, fyne.TextAlignCenter}[c.Align]
			col := Color(role)
			widest = max(widest, textWidth(text, size, true))
			place(t, x, float32(int(y+float32(j)*line)), w, line)
			if t.Text != text || t.Color != col || t.Alignment != align {
				t.Text, t.Color, t.Alignment = text, col, align
				t.Refresh()
			}
		}
		show(hd.arrow, sorted)
		if sorted {
			hd.arrow.Angle = 0
			if g.orders[rank].Descending {
				hd.arrow.Angle = 180
			}
			hd.arrow.FillColor = Color(ColorPrimary)
			hd.arrow.Resize(fyne.NewSquareSize(8))
			ax := x + widest + 5
			if c.Align == Right {
				ax = x + w - widest - 13
			}
			hd.arrow.Move(fyne.NewPos(ax, (g.headerHeight()-8)/2))
			hd.arrow.Refresh()
		}
	}
}

func (r *gridRenderer) placeHeader() {
	g := r.g
	r.head.Move(fyne.NewPos(-g.hx, 0))
	r.headFixed.Move(fyne.NewPos(-g.hx+g.stays(), 0))
	show(r.headCover, g.stays() > 0)
	if len(g.ws) > 0 {
		r.headCover.FillColor = Color(ColorSurface)
		r.headCover.Resize(fyne.NewSize(g.ws[0], g.headerHeight()-1))
	}
}

// layoutMessage shows the empty or the loading state.
func (r *gridRenderer) layoutMessage() {
	g := r.g
	want := g.Len() == 0 && (g.loading != "" || g.empty.text != "")
	show(r.message, want)
	if !want {
		return
	}
	if !r.shownMessage || r.shownLoading != g.loading || r.shownEmpty.text != g.empty.text || r.shownEmpty.label != g.empty.label {
		r.shownMessage, r.shownLoading, r.shownEmpty = true, g.loading, g.empty
		r.message.RemoveAll()
		text := cmp.Or(g.loading, g.empty.text)
		box := container.New(layout.NewCustomPaddedVBoxLayout(12))
		for _, l := range wrapText(text, Scaled(520), TextSize(theme.SizeNameText), false, 4) {
			t := canvas.NewText(l, Color(ColorSecondary))
			t.TextSize, t.Alignment = TextSize(theme.SizeNameText), fyne.TextAlignCenter
			box.Add(t)
		}
		if g.loading == "" && g.empty.label != "" {
			box.Add(container.NewCenter(NewButton(g.empty.label, "", func() { call(g.empty.action) })))
		}
		r.message.Add(box)
	}
	box := r.message.Objects[0]
	s := box.MinSize()
	body := g.bodySize()
	box.Resize(s)
	r.message.Resize(s)
	r.message.Move(fyne.NewPos((body.Width-s.Width)/2, g.headerHeight()+max(0, (body.Height-s.Height)/2.5)))
}

// hidden returns the full text of a cell or title that was cut, "" otherwise.
func (r *gridRenderer) hidden(row, col int, header bool) string {
	if col < 0 || col >= len(r.g.columns) {
		return ""
	}
	if header {
		c := r.g.columns[col]
		if c.Tip != "" {
			return c.Tip
		}
		if col < len(r.heads) && r.heads[col].cut {
			return c.Title
		}
		return ""
	}
	if row < 0 || len(r.pool) == 0 {
		return ""
	}
	if o := r.pool[row%len(r.pool)]; o.row == row && o.cells[col].cut {
		return o.cells[col].have.Text
	}
	return ""
}
