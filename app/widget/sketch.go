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
