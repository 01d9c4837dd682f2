package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// sketch is a picture that is drawn anew at each change of its size or of what it
// shows: some dozens of objects are little work.
type sketch struct {
	of      fyne.Widget
	min     func() fyne.Size
	draw    func(p *sketch, s fyne.Size)
	objects []fyne.CanvasObject
	at      fyne.Size
}

// sketched is the renderer of a widget that is a sketch.
func sketched(of fyne.Widget, least func() fyne.Size, draw func(p *sketch, s fyne.Size)) fyne.WidgetRenderer {
	return laid(of, &sketch{of: of, min: least, draw: draw})
}

func (p *sketch) Destroy()                     {}
func (p *sketch) Objects() []fyne.CanvasObject { return p.objects }
func (p *sketch) MinSize() fyne.Size           { return p.min() }

func (p *sketch) Layout(s fyne.Size) {
	if s != p.at {
		p.at = s
		p.Refresh()
	}
}

func (p *sketch) Refresh() {
	p.objects = nil
	p.draw(p, p.at)
	canvas.Refresh(p.of)
}

// flow is a sketch that wraps at the width which it is given, and asks for the height that
// it then has.
type flow struct {
	sketch
	width, height float32
	least         func(width float32) float32
	fill          func(p *sketch, width float32) (height float32)
}

// flowing is the renderer of a widget that is a flow; width is what it wraps at before it
// is laid out, least the width that it asks for where it wraps at another one.
func flowing(of fyne.Widget, width float32, least func(float32) float32, fill func(p *sketch, width float32) float32) fyne.WidgetRenderer {
	f := &flow{sketch: sketch{of: of}, width: width, least: least, fill: fill}
	f.height = fill(&f.sketch, width)
	return laid(of, f)
}

func (f *flow) MinSize() fyne.Size { return fyne.NewSize(f.least(f.width), f.height) }

func (f *flow) Layout(s fyne.Size) {
	if s.Width > 0 && s.Width != f.width {
		f.width = s.Width
		f.Refresh()
	}
}

func (f *flow) Refresh() {
	f.objects = nil
	f.height = f.fill(&f.sketch, f.width)
	canvas.Refresh(f.of)
}

// put adds an object at a place.
func (p *sketch) put(o fyne.CanvasObject, x, y, w, h float32) {
	place(o, x, y, w, h)
	p.objects = append(p.objects, o)
}

// rect adds a plain ground; "" is none.
func (p *sketch) rect(role fyne.ThemeColorName, x, y, w, h float32) *canvas.Rectangle {
	r := canvas.NewRectangle(roleOrNone(role))
	p.put(r, x, y, w, h)
	return r
}

// text adds a line of text.
func (p *sketch) text(s string, role fyne.ThemeColorName, size float32, bold bool, x, y, w float32, align fyne.TextAlign) {
	t := canvas.NewText(s, Color(role))
	t.TextSize, t.TextStyle.Bold, t.Alignment = size, bold, align
	p.put(t, x, y, w, lineHeight(size))
}

// line adds a straight line.
func (p *sketch) line(l *canvas.Line, width, x0, y0, x1, y1 float32) {
	l.StrokeWidth = width
	l.Position1, l.Position2 = fyne.NewPos(x0, y0), fyne.NewPos(x1, y1)
	p.objects = append(p.objects, l)
}
