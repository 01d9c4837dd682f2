package widget

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fw "fyne.io/fyne/v2/widget"

	"giaoban/reports/chart"
)

// Slide is one picture of a slide show: a title, and figures, lines or a chart.
type Slide struct {
	Title   string
	Figures []SlideFigure
	Lines   []string
	Chart   *chart.Chart
	Corner  string // at the lower right, such as the page of the paper
}

// SlideFigure is a figure that is written large.
type SlideFigure struct{ Value, Name, Note string }

// Sizes of letters on a wall of 1.080 px, legible from 5 m; other windows scale them.
const (
	slideTitle  = 46
	slideFigure = 84
	slideLine   = 38
	slideLarge  = 54 // of few lines
	slideLeast  = 28
)

// SlideShow fills the window with slides: arrows, Page Up and Down and a click turn
// them, Home and End go to the ends, B makes the wall black, Escape ends.
type SlideShow struct {
	fw.BaseWidget
	focusing
	slides []Slide
	at     int
	black  bool
	window fyne.Window
	whole  bool // the window was full screen before
	before fyne.Focusable
}

// ShowSlides begins a slide show over the whole screen.
func ShowSlides(w fyne.Window, slides []Slide) *SlideShow {
	s := &SlideShow{slides: slides, window: w, whole: w.FullScreen(), before: w.Canvas().Focused()}
	s.on = s
	s.ExtendBaseWidget(s)
	hideTip()
	w.SetFullScreen(true)
	s.Resize(w.Canvas().Size())
	w.Canvas().Overlays().Add(s)
	w.Canvas().Focus(s)
	return s
}

// At returns which slide is shown, from 0.
func (s *SlideShow) At() int { return s.at }

// Close ends the show; the window becomes what it was.
func (s *SlideShow) Close() {
	s.window.Canvas().Overlays().Remove(s)
	s.window.SetFullScreen(s.whole)
	if s.before != nil {
		s.window.Canvas().Focus(s.before)
	}
}

// Go shows a slide; one beyond the ends is the last or the first.
func (s *SlideShow) Go(i int) {
	s.at, s.black = max(min(i, len(s.slides)-1), 0), false
	s.Refresh()
}

// TypedKey implements fyne.Focusable.
func (s *SlideShow) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyEscape:
		s.Close()
	case fyne.KeyRight, fyne.KeyDown, fyne.KeyPageDown, fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		s.Go(s.at + 1)
	case fyne.KeyLeft, fyne.KeyUp, fyne.KeyPageUp, fyne.KeyBackspace:
		s.Go(s.at - 1)
	case fyne.KeyHome:
		s.Go(0)
	case fyne.KeyEnd:
		s.Go(len(s.slides) - 1)
	case fyne.KeyB:
		s.black = !s.black
		s.Refresh()
	}
}

// Tapped implements fyne.Tappable.
func (s *SlideShow) Tapped(*fyne.PointEvent) { s.Go(s.at + 1) }

// TappedSecondary implements fyne.SecondaryTappable.
func (s *SlideShow) TappedSecondary(*fyne.PointEvent) { s.Go(s.at - 1) }

// CreateRenderer implements fyne.Widget.
func (s *SlideShow) CreateRenderer() fyne.WidgetRenderer {
	return sketched(s, func() fyne.Size { return fyne.NewSize(320, 240) }, s.draw)
}

// slidePen draws a slide; px is how many px of the window one of a wall of 1.080 is.
type slidePen struct {
	*sketch
	px float32
	w  float32
	h  float32
}

func (s *SlideShow) draw(p *sketch, size fyne.Size) {
	if size.Width < 40 || size.Height < 40 || len(s.slides) == 0 {
		return
	}
	if s.black {
		p.put(canvas.NewRectangle(color.Black), 0, 0, size.Width, size.Height)
		return
	}
	p.rect(ColorPaper, 0, 0, size.Width, size.Height)
	d := &slidePen{p, min(size.Height/1080, size.Width/1440), size.Width, size.Height}
	d.slide(s.slides[s.at], fmt.Sprintf("%d/%d", s.at+1, len(s.slides)))
}

func (d *slidePen) slide(one Slide, place string) {
	margin := 80 * d.px
	room := d.w - 2*margin
	y := 56 * d.px
	title := slideTitle * d.px
	for _, line := range wrapText(one.Title, room, title, true, 3) {
		d.text(line, ColorInk, title, true, margin, y, room, fyne.TextAlignLeading)
		y += title * 1.3
	}
	y += 14 * d.px
	d.rect(ColorPrimary, margin, y, room, max(3*d.px, 1))
	y += 34 * d.px
	foot := slideLeast * d.px
	bottom := d.h - foot*2.6
	d.text(one.Corner, ColorSecondary, foot, false, margin, d.h-foot*1.9, room, fyne.TextAlignTrailing)
	d.text(place, ColorSecondary, foot, false, margin, d.h-foot*1.9, room, fyne.TextAlignLeading)
	switch {
	case one.Chart != nil:
		d.chart(*one.Chart, margin, y, room, bottom-y)
	case len(one.Figures) > 0:
		d.figures(one.Figures, margin, y, room, bottom-y)
	default:
		d.lines(one.Lines, margin, y, room, bottom-y)
	}
}

// lines writes lines as large as their number lets them be.
func (d *slidePen) lines(list []string, x, y, room, height float32) {
	size := slideLarge * d.px
	var wrapped [][]string
	for {
		wrapped = wrapped[:0]
		total := float32(0)
		for _, line := range list {
			w := wrapText(line, room, size, false, 3)
			wrapped = append(wrapped, w)
			total += size * (1.35*float32(len(w)) + 0.5)
		}
		if total <= height || size <= slideLeast*d.px {
			break
		}
		size = max(size*0.94, slideLeast*d.px)
	}
	for _, w := range wrapped {
		for _, line := range w {
			d.text(line, ColorInk, size, false, x, y, room, fyne.TextAlignLeading)
			y += size * 1.35
		}
		y += size * 0.5
	}
}

// figures writes up to four figures in two columns.
func (d *slidePen) figures(list []SlideFigure, x, y, room, height float32) {
	const across = 2
	rows := (len(list) + across - 1) / across
	w, h := room/across, min(height/float32(rows), 380*d.px)
	for i, f := range list {
		left, top := x+w*float32(i%across), y+h*float32(i/across)
		wide := w - 30*d.px
		big := slideFigure * d.px
		d.text(f.Value, ColorPrimary, big, true, left, top, wide, fyne.TextAlignLeading)
		top += big * 1.3
		for _, line := range wrapText(f.Name, wide, slideLine*d.px, false, 2) {
			d.text(line, ColorInk, slideLine*d.px, false, left, top, wide, fyne.TextAlignLeading)
			top += slideLine * d.px * 1.3
		}
		d.text(f.Note, ColorSecondary, slideLeast*d.px, false, left, top, wide, fyne.TextAlignLeading)
	}
}

// chart paints a chart so large that its least letters are slideLeast.
func (d *slidePen) chart(c chart.Chart, x, y, w, h float32) {
	v := NewChartView(c)
	v.scale = float64(slideLeast*d.px) / chart.LeastSize
	d.put(v, x, y, w, h)
}
