package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"
)

// Root is the content of a window: what it shows, and above it a layer on which
// tooltips and toasts stand without taking keys or mouse from what is below.
type Root struct {
	fw.BaseWidget
	content   fyne.CanvasObject
	layer     *fyne.Container
	shortcuts map[string]func()
	frame     *Frame // that it is the root of, nil for none
}

// NewRoot wraps the content of a window. Set the window to be not padded.
func NewRoot(content fyne.CanvasObject) *Root {
	r := &Root{content: content, layer: container.New(layerLayout{}), shortcuts: map[string]func(){}}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer implements fyne.Widget.
func (r *Root) CreateRenderer() fyne.WidgetRenderer {
	return &stackRenderer{
		objects: []fyne.CanvasObject{r.content, r.layer},
		min:     func() fyne.Size { return r.content.MinSize() },
		refresh: func() { r.content.Refresh() },
	}
}

// stackRenderer lays all its objects over each other.
type stackRenderer struct {
	objects []fyne.CanvasObject
	min     func() fyne.Size
	layout  func(fyne.Size) // in place of stacking, where set
	refresh func()
}

func (r *stackRenderer) Destroy()                     {}
func (r *stackRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *stackRenderer) MinSize() fyne.Size           { return r.min() }
func (r *stackRenderer) Refresh() {
	if r.refresh != nil {
		r.refresh()
	}
}
func (r *stackRenderer) Layout(s fyne.Size) {
	if r.layout != nil {
		r.layout(s)
		return
	}
	for _, o := range r.objects {
		o.Move(fyne.Position{})
		o.Resize(s)
	}
}

// overlay covers the window: dialogs on a scrim, pop-ups without one.
type overlay struct {
	fw.BaseWidget
	canvas   fyne.Canvas
	panel    *panel
	layer    *fyne.Container
	scrim    bool
	place    func(window, min fyne.Size) (fyne.Position, fyne.Size)
	dismiss  func()                    // click beside the panel; nil for none
	key      func(*fyne.KeyEvent) bool // keys that the focused part left over
	shortcut func(fyne.Shortcut) bool  // shortcuts that the focused part left over
	before   fyne.Focusable            // had the focus when the overlay came
	typed    func(*fyne.KeyEvent)      // the canvas' own handler, while the overlay stands
	open     bool
	title    string // of a dialog
}

func newOverlay(c fyne.Canvas, content fyne.CanvasObject) *overlay {
	o := &overlay{canvas: c, panel: newPanel(content), layer: container0()}
	o.ExtendBaseWidget(o)
	return o
}

// show puts the overlay on the window and gives the focus to first.
func (o *overlay) show(first fyne.Focusable) {
	hideTip()
	o.before = o.canvas.Focused()
	o.typed = o.canvas.OnTypedKey()
	o.canvas.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if t, ok := o.canvas.Overlays().Top().(*overlay); ok {
			t.takeKey(ev)
		}
	})
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter} {
		listen(o.canvas, &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl})
	}
	o.open = true
	o.Resize(o.canvas.Size())
	o.canvas.Overlays().Add(o)
	if first != nil {
		o.canvas.Focus(first)
	} else {
		o.canvas.Unfocus()
	}
}

// close takes the overlay away and gives the focus back.
func (o *overlay) close() {
	if !o.open {
		return
	}
	hideTip()
	o.open = false
	o.canvas.Overlays().Remove(o)
	o.canvas.SetOnTypedKey(o.typed)
	if o.before != nil {
		o.canvas.Focus(o.before)
	}
}

// refit lays the panel out anew after its content has grown or shrunk.
func (o *overlay) refit() {
	pos, size := o.place(o.Size(), o.panel.MinSize())
	o.panel.Move(pos)
	o.panel.Resize(size)
	o.panel.Refresh()
}

func (o *overlay) takeKey(ev *fyne.KeyEvent) {
	if o.key != nil {
		o.key(ev)
	}
}

// CreateRenderer implements fyne.Widget.
func (o *overlay) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(nil)
	r := &stackRenderer{objects: []fyne.CanvasObject{ground, o.panel, o.layer}}
	r.min = func() fyne.Size { return fyne.Size{} }
	r.refresh = func() {
		ground.FillColor = nil
		if o.scrim {
			ground.FillColor = Color(ColorScrim)
		}
		ground.Refresh()
		o.panel.Refresh()
	}
	r.layout = func(s fyne.Size) {
		ground.Resize(s)
		o.layer.Resize(s)
		pos, size := o.place(s, o.panel.MinSize())
		o.panel.Move(pos)
		o.panel.Resize(size)
	}
	r.refresh()
	return r
}

// Tapped closes pop-ups when the officer clicks beside them.
func (o *overlay) Tapped(*fyne.PointEvent) {
	if o.dismiss != nil {
		o.dismiss()
	}
}

// TappedSecondary does the same for the right button.
func (o *overlay) TappedSecondary(ev *fyne.PointEvent) { o.Tapped(ev) }

// MouseIn keeps the hover from reaching what is covered.
func (o *overlay) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (o *overlay) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (o *overlay) MouseOut() {}

// panel is the sheet on which an overlay shows its content.
type panel struct {
	fw.BaseWidget
	content fyne.CanvasObject
}

func newPanel(content fyne.CanvasObject) *panel {
	p := &panel{content: content}
	p.ExtendBaseWidget(p)
	return p
}

func (p *panel) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(nil)
	r := &stackRenderer{objects: []fyne.CanvasObject{ground, p.content}}
	r.min = func() fyne.Size { return p.content.MinSize() }
	r.refresh = func() {
		sheet(ground)
		ground.Refresh()
		p.content.Refresh()
	}
	r.refresh()
	return r
}

// sheet draws the ground of what stands above the window.
func sheet(ground *canvas.Rectangle) {
	ground.FillColor, ground.StrokeColor, ground.StrokeWidth, ground.CornerRadius = Color(theme.ColorNameOverlayBackground), Color(ColorLine), 1, 4
	ground.Shadow = canvas.Shadow{Color: Color(theme.ColorNameShadow), BlurRadius: 12, Offset: fyne.NewPos(0, 3)}
}

// Tapped keeps clicks on the sheet from closing the pop-up.
func (p *panel) Tapped(*fyne.PointEvent) {}

// TappedSecondary does the same for the right button.
func (p *panel) TappedSecondary(*fyne.PointEvent) {}

// windowOf returns the window in which an object stands, nil for none.
func windowOf(o fyne.CanvasObject) fyne.Window {
	c := canvasOf(o)
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if w.Canvas() == c {
			return w
		}
	}
	return nil
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	if app := fyne.CurrentApp(); app != nil && o != nil {
		return app.Driver().CanvasForObject(o)
	}
	return nil
}

// layerOf returns the layer for tooltips on top of what the window shows now;
// nil when the window has no Root.
func layerOf(c fyne.Canvas) *fyne.Container {
	if c == nil {
		return nil
	}
	if top := c.Overlays().Top(); top != nil {
		if o, ok := top.(*overlay); ok {
			return o.layer
		}
		return nil
	}
	return rootLayer(c)
}

func rootLayer(c fyne.Canvas) *fyne.Container {
	switch r := c.Content().(type) {
	case *Root:
		return r.layer
	case interface{ tipLayer() *fyne.Container }:
		return r.tipLayer()
	}
	return nil
}

// passKey hands on a key that the focused part has no use for: to the dialog
// or pop-up that it stands in, else to the window.
func passKey(from fyne.CanvasObject, ev *fyne.KeyEvent) {
	c := canvasOf(from)
	if c == nil {
		return
	}
	if o, ok := c.Overlays().Top().(*overlay); ok {
		o.takeKey(ev)
		return
	}
	if f := c.OnTypedKey(); f != nil && c.Overlays().Top() == nil {
		f(ev)
	}
}

// listen lets a shortcut that comes while nothing has the focus, as after a click beside
// the fields, go where passShortcut takes it.
func listen(c fyne.Canvas, s fyne.Shortcut) {
	c.AddShortcut(s, func(fyne.Shortcut) { takeShortcut(c, s) })
}

// takeShortcut gives a shortcut to the dialog on top of the window, else to the window;
// it reports whether there is one that takes such.
func takeShortcut(c fyne.Canvas, s fyne.Shortcut) bool {
	if top := c.Overlays().Top(); top != nil {
		if o, ok := top.(*overlay); ok && o.shortcut != nil {
			o.shortcut(s)
		}
		return true
	}
	r, ok := c.Content().(*Root)
	if ok = ok && r.shortcuts[s.ShortcutName()] != nil; ok {
		r.shortcuts[s.ShortcutName()]()
	}
	return ok
}

// passShortcut hands on a shortcut in the same way as passKey.
func passShortcut(from fyne.CanvasObject, s fyne.Shortcut) {
	c := canvasOf(from)
	if h, ok := c.(fyne.Shortcutable); c != nil && !takeShortcut(c, s) && ok {
		h.TypedShortcut(s)
	}
}

// under places a pop-up below the object, or above it where the window ends.
func under(anchor fyne.CanvasObject, width float32) func(window, min fyne.Size) (fyne.Position, fyne.Size) {
	return func(window, minimum fyne.Size) (fyne.Position, fyne.Size) {
		at := absolute(anchor)
		size := fyne.NewSize(max(minimum.Width, width), minimum.Height)
		size.Width = min(size.Width, window.Width-8)
		pos := at.AddXY(0, anchor.Size().Height+2)
		if pos.Y+size.Height > window.Height-4 && at.Y-size.Height-2 >= 0 {
			pos.Y = at.Y - size.Height - 2
		}
		pos.Y = max(4, min(pos.Y, window.Height-size.Height-4))
		pos.X = max(4, min(pos.X, window.Width-size.Width-4))
		return pos, size
	}
}

// DialogTitle returns the title of the dialog on top of the window, "" when
// there is none.
func DialogTitle(w fyne.Window) string {
	if o, ok := w.Canvas().Overlays().Top().(*overlay); ok {
		return o.title
	}
	return ""
}
