package widget

import (
	"fmt"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"
)

const (
	pageGap = 12
	// fitWidth as zoom lets the page fill the width.
	fitWidth = 0
)

// PDFView shows the pages of a PDF one below the other. Only pages in view and
// their neighbours are drawn and kept, so that a document of a thousand pages
// needs no more memory than one of three.
type PDFView struct {
	fw.BaseWidget
	focusing
	// OnPage is called when another page is at the top, and when a document was
	// opened; page counts from 1.
	OnPage func(page, pages int)
	// OnSpot is called by a double click on a page; y is in points from its top.
	OnSpot func(page int, y float64)

	engine  PDFEngine
	doc     PDFDocument
	serial  int // counts documents; answers for earlier ones are dropped
	loading bool
	err     error
	zoom    float64 // px a point, fitWidth for the width
	y       float64 // px scrolled
	tops    []float64
	full    float64
	scale   float64 // px a point as laid out
	pages   map[int]*pdfPage
	busy    bool
	top     int
	grab    float32
	drag    bool
	view    *pdfRenderer
}

type pdfPage struct {
	img   *canvas.Image
	width int // px for which it was drawn
	fails bool
}

// NewPDFView returns an empty view. The engine may be shared and is not closed
// with the view.
func NewPDFView(engine PDFEngine) *PDFView {
	v := &PDFView{engine: engine, pages: map[int]*pdfPage{}, top: -1}
	v.on = v
	v.ExtendBaseWidget(v)
	return v
}

// SetPDF shows a document. With keepPlace the view stays where it was, for a
// report that is made anew after a change. Nil shows none.
func (v *PDFView) SetPDF(pdf []byte, keepPlace bool) {
	v.serial++
	serial := v.serial
	if len(pdf) == 0 {
		v.install(nil, false)
		return
	}
	v.loading = true
	v.Refresh()
	Background(func() {
		doc, err := v.engine.Open(pdf)
		Post(func() {
			if serial != v.serial {
				if doc != nil {
					Background(func() { _ = doc.Close() })
				}
				return
			}
			v.loading, v.err = false, err
			v.install(doc, keepPlace)
		})
	})
}

func (v *PDFView) install(doc PDFDocument, keepPlace bool) {
	if old := v.doc; old != nil {
		Background(func() { _ = old.Close() })
	}
	v.doc = doc
	// Old pictures stay in place until the new ones come: no flicker.
	for _, p := range v.pages {
		p.width = 0
		p.fails = false
	}
	if !keepPlace {
		v.y = 0
		v.pages = map[int]*pdfPage{}
	}
	v.top = -1
	v.Refresh()
}

// Close frees the document.
func (v *PDFView) Close() {
	v.serial++
	v.install(nil, false)
}

// Pages returns the number of pages, 0 without a document.
func (v *PDFView) Pages() int {
	if v.doc == nil {
		return 0
	}
	return v.doc.Pages()
}

// Page returns the page at the top of the view, from 1; 0 without a document.
func (v *PDFView) Page() int { return max(v.top, -1) + 1 }

// GoTo shows the beginning of a page, from 1.
func (v *PDFView) GoTo(page int) {
	if page < 1 || page > len(v.tops) {
		return
	}
	v.y = v.tops[page-1]
	v.scrollBy(0)
}

// GoToSpot shows a place of a page, a little below the top of the view; y is in points
// from the top of the page.
func (v *PDFView) GoToSpot(page int, y float64) {
	if page >= 1 && page <= len(v.tops) {
		v.y = v.tops[page-1] + pageGap + y*v.pageScale(page-1) - float64(v.Size().Height)/5
		v.scrollBy(0)
	}
}

// DoubleTapped implements fyne.DoubleTappable.
func (v *PDFView) DoubleTapped(ev *fyne.PointEvent) {
	at := v.y + float64(ev.Position.Y)
	for i := len(v.tops) - 1; i >= 0 && v.OnSpot != nil; i-- {
		if at >= v.tops[i] {
			v.OnSpot(i+1, (at-v.tops[i]-pageGap)/v.pageScale(i))
			return
		}
	}
}

// FitWidth lets the pages fill the width.
func (v *PDFView) FitWidth() { v.zoomTo(fitWidth) }

// Zoom enlarges (above 1) or shrinks (below 1) the pages.
func (v *PDFView) Zoom(by float64) { v.zoomTo(min(max(v.scale*by, 0.3), 5)) }

func (v *PDFView) zoomTo(zoom float64) {
	part := 0.0
	if v.full > 0 {
		part = v.y / v.full
	}
	v.zoom = zoom
	v.measure()
	v.y = part * v.full
	v.scrollBy(0)
}

// Percent returns the size of the pages in per cent of paper at 96 dots an inch.
func (v *PDFView) Percent() int { return int(v.scale/(96.0/72)*100 + 0.5) }

// measure lays the pages out below each other.
func (v *PDFView) measure() {
	v.tops, v.full = v.tops[:0], 0
	if v.doc == nil {
		return
	}
	v.scale = v.zoom
	if v.zoom == fitWidth {
		v.scale = v.pageScale(max(v.top, 0))
	}
	y := float64(pageGap)
	for i := range v.doc.Pages() {
		_, h := v.doc.PageSize(i)
		v.tops = append(v.tops, y-pageGap)
		y += float64(int(h*v.pageScale(i))) + pageGap
	}
	v.full = y
}

// pageScale is the scale of one page: where pages fill the width, upright and
// broad ones of a document all do.
func (v *PDFView) pageScale(page int) float64 {
	if v.zoom != fitWidth {
		return v.scale
	}
	if page >= v.doc.Pages() {
		return 1
	}
	w, _ := v.doc.PageSize(page)
	return min(max((float64(v.Size().Width)-barSize-2*pageGap)/max(w, 1), 0.2), 1.8)
}

func (v *PDFView) scrollBy(dy float64) {
	v.y = min(max(v.y+dy, 0), max(0, v.full-float64(v.Size().Height)))
	v.y = float64(int(v.y))
	if v.view != nil {
		v.view.place()
	}
}

// inView returns the first page in view and the page behind the last.
func (v *PDFView) inView() (from, to int) {
	bottom := v.y + float64(v.Size().Height)
	for from < len(v.tops)-1 && v.tops[from+1] <= v.y {
		from++
	}
	to = from
	for to < len(v.tops) && v.tops[to] < bottom {
		to++
	}
	return from, to
}

// next draws the next page that is missing, those in view first, one at a time.
func (v *PDFView) next() {
	if v.busy || v.doc == nil || v.Size().Height <= 0 {
		return
	}
	from, to := v.inView()
	ratio := 1.0
	if c := canvasOf(v); c != nil {
		ratio = float64(c.Scale())
	}
	want := -1
	width := func(i int) int {
		w, _ := v.doc.PageSize(i)
		return max(1, int(w*v.pageScale(i)*ratio+0.5))
	}
	for n := range to - from + 2 { // the pages in view, the one behind them, the one before
		i := from + n
		if i > to {
			i = from - 1
		}
		if p := v.pages[i]; i >= 0 && i < len(v.tops) && (p == nil || !p.fails && p.width != width(i)) {
			want = i
			break
		}
	}
	for i := range v.pages {
		if i < from-1 || i > to {
			delete(v.pages, i)
		}
	}
	if want < 0 {
		return
	}
	v.busy = true
	doc, w, serial := v.doc, width(want), v.serial
	Background(func() {
		img, err := doc.Render(want, w)
		Post(func() {
			v.busy = false
			if serial == v.serial && doc == v.doc {
				v.have(want, w, img, err)
			}
			v.next()
		})
	})
}

func (v *PDFView) have(page, width int, img image.Image, err error) {
	p := v.pages[page]
	if p == nil {
		p = &pdfPage{img: canvas.NewImageFromImage(nil)}
		p.img.FillMode = canvas.ImageFillStretch
		v.pages[page] = p
	}
	p.width = width
	if err != nil {
		p.fails = true
		v.err = err
	} else {
		p.img.Image = img
		p.img.Refresh()
	}
	if v.view != nil {
		v.view.place()
	}
}

// Toolbar returns the buttons that go with the view: pages, zoom, and the page
// count.
func (v *PDFView) Toolbar() fyne.CanvasObject {
	count := NewParagraph("", 110)
	count.Role = ColorSecondary
	tell := v.OnPage
	v.OnPage = func(page, pages int) {
		count.SetText("")
		if pages > 0 {
			count.SetText(fmt.Sprintf("Trang %d / %d", page, pages))
		}
		if tell != nil {
			tell(page, pages)
		}
	}
	return container.NewHBox(
		NewIconButton(IconBack, "Trang trước", func() { v.GoTo(v.Page() - 1) }),
		NewIconButton(IconForward, "Trang sau", func() { v.GoTo(v.Page() + 1) }),
		container.New(&middle{}, count),
		NewIconButton(IconMinus, "Thu nhỏ", func() { v.Zoom(1 / 1.2) }),
		NewIconButton(IconAdd, "Phóng to", func() { v.Zoom(1.2) }),
		NewQuietButton("Vừa chiều rộng", "", v.FitWidth))
}

// MinSize implements fyne.CanvasObject.
func (v *PDFView) MinSize() fyne.Size {
	v.ExtendBaseWidget(v)
	return fyne.NewSize(200, 160)
}

func (v *PDFView) thumb() (at, length float32) {
	return handle(v.y, v.full, float64(v.Size().Height))
}

// Scrolled implements fyne.Scrollable.
func (v *PDFView) Scrolled(ev *fyne.ScrollEvent) { v.scrollBy(float64(-ev.Scrolled.DY) * 3) }

// MouseDown implements desktop.Mouseable.
func (v *PDFView) MouseDown(ev *desktop.MouseEvent) {
	takeFocus(v)
	v.drag = false
	if ev.Position.X < v.Size().Width-barSize {
		return
	}
	at, length := v.thumb()
	switch y := ev.Position.Y; {
	case length == 0:
	case y < at:
		v.scrollBy(-float64(v.Size().Height) * 0.9)
	case y > at+length:
		v.scrollBy(float64(v.Size().Height) * 0.9)
	default:
		v.drag, v.grab = true, y-at
	}
}

// MouseUp implements desktop.Mouseable.
func (v *PDFView) MouseUp(*desktop.MouseEvent) { v.drag = false }

// Dragged implements fyne.Draggable: the bar, or the page itself.
func (v *PDFView) Dragged(ev *fyne.DragEvent) {
	if !v.drag {
		v.scrollBy(float64(-ev.Dragged.DY))
		return
	}
	_, length := v.thumb()
	h := v.Size().Height
	if length > 0 && h > length {
		v.y = float64((ev.Position.Y-v.grab)/(h-length)) * (v.full - float64(h))
		v.scrollBy(0)
	}
}

// DragEnd implements fyne.Draggable.
func (v *PDFView) DragEnd() { v.drag = false }

// TypedRune implements fyne.Focusable.
func (v *PDFView) TypedRune(r rune) {
	switch r {
	case '+':
		v.Zoom(1.2)
	case '-':
		v.Zoom(1 / 1.2)
	}
}

// TypedKey implements fyne.Focusable.
func (v *PDFView) TypedKey(ev *fyne.KeyEvent) {
	page := float64(v.Size().Height) * 0.9
	switch ev.Name {
	case fyne.KeyDown:
		v.scrollBy(40)
	case fyne.KeyUp:
		v.scrollBy(-40)
	case fyne.KeyPageDown, fyne.KeySpace:
		v.scrollBy(page)
	case fyne.KeyPageUp:
		v.scrollBy(-page)
	case fyne.KeyHome:
		v.scrollBy(-v.full)
	case fyne.KeyEnd:
		v.scrollBy(v.full)
	default:
		passKey(v, ev)
	}
}

// CreateRenderer implements fyne.Widget.
func (v *PDFView) CreateRenderer() fyne.WidgetRenderer {
	r := &pdfRenderer{v: v, ground: canvas.NewRectangle(nil), thumb: canvas.NewRectangle(nil), track: canvas.NewRectangle(nil),
		sheets: container0(), message: canvas.NewText("", nil)}
	r.clip = container.NewClip(r.sheets)
	r.thumb.CornerRadius = 4
	r.message.Alignment = fyne.TextAlignCenter
	v.view = r
	return r
}

type pdfRenderer struct {
	v                    *PDFView
	ground, thumb, track *canvas.Rectangle
	sheets               *fyne.Container
	clip                 *container.Clip
	message              *canvas.Text
	blanks               []*canvas.Rectangle
}

func (r *pdfRenderer) Destroy()           { r.v.view = nil }
func (r *pdfRenderer) MinSize() fyne.Size { return r.v.MinSize() }
func (r *pdfRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.clip, r.track, r.thumb, r.message}
}

func (r *pdfRenderer) Layout(s fyne.Size) {
	place(r.ground, 0, 0, s.Width, s.Height)
	place(r.clip, 0, 0, s.Width-barSize, s.Height)
	place(r.track, s.Width-barSize, 0, barSize, s.Height)
	place(r.message, 0, s.Height/3, s.Width, lineHeight(TextSize(theme.SizeNameText)))
	r.v.measure()
	r.v.scrollBy(0)
}

func (r *pdfRenderer) Refresh() {
	r.Layout(r.v.Size())
	canvas.Refresh(r.v)
}

// place puts the sheets in view where they belong and asks for those missing.
func (r *pdfRenderer) place() {
	v := r.v
	t := current()
	r.ground.FillColor = Color(ColorLine)
	r.track.FillColor, r.thumb.FillColor = t.Color(theme.ColorNameScrollBarBackground, 0), t.Color(theme.ColorNameScrollBar, 0)
	r.message.Text, r.message.Color, r.message.TextSize = "", Color(ColorInk), TextSize(theme.SizeNameText)
	switch {
	case v.err != nil:
		r.message.Text = v.err.Error()
	case v.doc == nil && v.loading:
		r.message.Text = "Đang mở trang in…"
	}
	show(r.message, r.message.Text != "")
	from, to := 0, 0
	if v.doc != nil {
		from, to = v.inView()
	}
	r.sheets.Objects = r.sheets.Objects[:0]
	for i := from; i < to; i++ {
		w, h := v.doc.PageSize(i)
		k := v.pageScale(i)
		pw, ph := float32(int(w*k)), float32(int(h*k))
		x := max(float32(int((v.Size().Width-barSize-pw)/2)), pageGap)
		y := float32(v.tops[i] + pageGap - v.y)
		for len(r.blanks) <= i-from {
			r.blanks = append(r.blanks, canvas.NewRectangle(nil))
		}
		blank := r.blanks[i-from]
		blank.FillColor = rgba(0xFFFFFFFF)
		place(blank, x, y, pw, ph)
		r.sheets.Objects = append(r.sheets.Objects, blank)
		if p := v.pages[i]; p != nil && p.img.Image != nil {
			place(p.img, x, y, pw, ph)
			r.sheets.Objects = append(r.sheets.Objects, p.img)
		}
	}
	at, length := v.thumb()
	show(r.thumb, length > 0)
	show(r.track, length > 0)
	place(r.thumb, v.Size().Width-barSize+2, at, barSize-4, length)
	canvas.Refresh(r.sheets)
	top := -1
	if v.doc != nil && v.doc.Pages() > 0 {
		top = from
		if from+1 < len(v.tops) && v.tops[from+1]-v.y < float64(v.Size().Height)/3 {
			top = from + 1
		}
	}
	if top != v.top {
		v.top = top
		if v.OnPage != nil {
			v.OnPage(top+1, v.Pages())
		}
	}
	v.next()
}
