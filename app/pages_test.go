//go:build ci || e2e

package app

import (
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	fw "fyne.io/fyne/v2/widget"

	"giaoban/app/env"
	"giaoban/app/page/pagetest"
	"giaoban/app/shell"
	"giaoban/app/widget"
	"giaoban/data/demo"
	"giaoban/data/desk"
)

// oneRow is an office with one of everything.
func oneRow(t *testing.T) *desk.Desk {
	d := pagetest.Empty(t)
	path := pagetest.Write(t, "mot.csv", "Mã hồ sơ;Tên thủ tục hành chính;Lĩnh vực;Đơn vị giải quyết;Chủ hồ sơ;Hình thức nộp;Ngày tiếp nhận;Ngày hẹn trả;Ngày kết thúc xử lý;Trạng thái",
		"H99.22.17-230601-0001;Thủ tục cấp bản sao trích lục hộ tịch có yếu tố nước ngoài tại khu vực biên giới;Hộ tịch;Phòng Tư pháp;Nguyễn Thị Huyền;Trực tiếp;01/06/2023;15/06/2023;;Đang xử lý")
	im, err := d.OpenImport(t.Context(), path, desk.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer im.Close()
	if r, err := im.Apply(t.Context(), desk.Run{}); err != nil || r.New != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	return d
}

// manyRows is the demonstration office: two years of dossiers and their score sheets.
func manyRows(t *testing.T) *desk.Desk {
	path, now := filepath.Join(t.TempDir(), "nhieu.db"), func() time.Time { return pagetest.Today.Time().Add(3 * time.Hour) }
	if err := demo.Build(t.Context(), path, pagetest.Today-1, now, nil); err != nil {
		t.Fatal(err)
	}
	d, err := desk.Open(path, desk.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestEveryPageAtEverySize walks all pages of the one table with no, one and many rows
// in the data file, at the sizes of office monitors and with large text: nothing is cut
// that tells things apart, Tab reaches everything that takes the focus, and every
// control has a name.
func TestEveryPageAtEverySize(t *testing.T) {
	sizes := []struct {
		w, h    float32
		percent int
	}{{1024, 700, 100}, {1920, 1080, 100}, {1366, 768, 100}, {1366, 768, widget.MaxPercent}}
	background := widget.Background
	widget.Background = func(f func()) { f() }
	t.Cleanup(func() { widget.Background = background })
	for _, rows := range []struct {
		name string
		open func(*testing.T) *desk.Desk
	}{{"none", func(t *testing.T) *desk.Desk { return pagetest.Empty(t) }}, {"one", oneRow}, {"many", manyRows}} {
		t.Run(rows.name, func(t *testing.T) {
			e, _ := pagetest.Env(t, rows.open(t))
			e.Look = func(int, bool) (int, bool) { return 100, false }
			frame := widget.NewFrame(e.Window, nil)
			s := shell.New(frame, e, pages, nil)
			frame.Install()
			for _, size := range sizes {
				fyne.CurrentApp().Settings().SetTheme(widget.NewTheme(false, size.percent))
				e.Window.Resize(fyne.NewSize(size.w, size.h))
				for _, p := range pages {
					s.Go(env.Route{Page: p.ID})
					c := &checker{t: t, where: fmt.Sprintf("%s, %gx%g at %d %%", p.ID, size.w, size.h, size.percent), window: e.Window}
					c.parts(map[string]bool{})
				}
			}
		})
	}
}

// checker looks at what a window shows.
type checker struct {
	t         *testing.T
	where     string
	window    fyne.Window
	focusable []fyne.Focusable
	names     map[fyne.Focusable]string
}

func (c *checker) fault(format string, args ...any) {
	c.t.Helper()
	c.t.Errorf("%s: %s", c.where, fmt.Sprintf(format, args...))
}

// parts looks at what is in view, and at each part that a switch there brings into view.
// walked are the switches, by their words, that were walked already.
func (c *checker) parts(walked map[string]bool) {
	c.page()
	for _, words := range c.switches() {
		if key := strings.Join(words, "|"); !walked[key] {
			walked[key] = true
			for i := range words {
				i = (i + 1) % len(words) // back to the first at the end
				if s := c.switchOf(words); s != nil {
					s.Choose(i)
					s.OnChange(i)
					inner := &checker{t: c.t, where: c.where + ", " + words[i], window: c.window}
					inner.parts(walked)
				}
			}
		}
	}
}

// switches are the words of the switches in view.
func (c *checker) switches() (out [][]string) {
	eachSwitch(c.window.Canvas().Content(), func(s *widget.Segments) { out = append(out, wordsOf(s)) })
	return out
}

// switchOf is the switch in view that has the words.
func (c *checker) switchOf(words []string) (out *widget.Segments) {
	eachSwitch(c.window.Canvas().Content(), func(s *widget.Segments) {
		if slices.Equal(wordsOf(s), words) {
			out = s
		}
	})
	return out
}

func eachSwitch(o fyne.CanvasObject, do func(*widget.Segments)) {
	if o == nil || !o.Visible() {
		return
	}
	switch x := o.(type) {
	case *fyne.Container:
		for _, child := range x.Objects {
			eachSwitch(child, do)
		}
	case *widget.Segments:
		do(x)
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(x).Objects() {
			eachSwitch(child, do)
		}
	}
}

func wordsOf(s *widget.Segments) (out []string) {
	for _, b := range test.WidgetRenderer(s).Objects()[0].(*fyne.Container).Objects {
		out = append(out, b.(*widget.Button).Text)
	}
	return out
}

func (c *checker) page() {
	c.names = map[fyne.Focusable]string{}
	c.look(c.window.Canvas().Content(), fyne.Position{}, seen{edge: c.window.Canvas().Size()})
	c.tab()
}

// seen is what stands around an object: the label of its field, and the edge that it
// must not pass, 0 where it may be scrolled to.
type seen struct {
	label string
	edge  fyne.Size
}

// look walks an object and what stands on it.
func (c *checker) look(o fyne.CanvasObject, at fyne.Position, in seen) {
	if o == nil || !o.Visible() {
		return
	}
	c.fits(o, at, in)
	switch x := o.(type) {
	case *canvas.Text:
		if strings.HasPrefix(x.Text, "Đang ") && strings.HasSuffix(x.Text, "…") && !strings.Contains(x.Text, "·") { // no state of a sheet
			c.fault("still says «%s»", x.Text)
		}
	case *fyne.Container:
		for _, child := range x.Objects {
			c.look(child, at.Add(child.Position()), in)
		}
		return
	case *widget.Grid:
		c.grid(x)
	case *widget.FieldBox:
		in.label = strings.TrimSpace(drawn(x)[0])
	case *widget.Button:
		if x.Text != "" && !strings.Contains(strings.Join(drawn(x), "\n"), x.Text) {
			c.fault("button «%s» is cut: %q", x.Text, drawn(x))
		}
	case *widget.Picker:
		if chosen, ok := x.Selected(); ok && !strings.Contains(strings.Join(drawn(x), "\n"), chosen.Text) && c.alike(x, chosen) {
			c.fault("picker «%s» is cut and not told apart: %q", chosen.Text, drawn(x))
		}
	}
	if f, ok := o.(fyne.Focusable); ok {
		if d, ok := o.(fyne.Disableable); !ok || !d.Disabled() {
			c.focusable = append(c.focusable, f)
			c.names[f] = nameOf(o, in.label)
			if c.names[f] == "" {
				c.fault("a %T without a name at %v: %q", o, at, drawn(o.(fyne.Widget)))
			}
		}
	}
	w, ok := o.(fyne.Widget)
	if !ok {
		return
	}
	if _, entry := reflect.TypeOf(o).Elem().FieldByName("Entry"); entry || isEntry(o) {
		return // its parts are the toolkit's
	}
	if scrolls(o) {
		in.edge = fyne.Size{}
	}
	for _, child := range test.WidgetRenderer(w).Objects() {
		c.look(child, at.Add(child.Position()), in)
	}
}

// fits tells of what is smaller than it needs to be, or stands outside of the window.
func (c *checker) fits(o fyne.CanvasObject, at fyne.Position, in seen) {
	switch o.(type) {
	case *widget.Button, *widget.Picker, *widget.FilterChip, *widget.Check, *widget.FieldBox, *widget.Field, *widget.DateField, *widget.SearchField, *widget.Segments:
	default:
		return
	}
	least, size := o.MinSize(), o.Size()
	if f, ok := o.(*widget.SearchField); ok && size.Width >= 120 { // gives way in a row of filters
		least.Width = min(least.Width, f.Size().Width)
	}
	if _, button := o.(*widget.Button); button {
		least.Height = 0 // its text has room in a lower line too
	}
	if size.Width+0.5 < least.Width || size.Height+0.5 < least.Height {
		c.fault("%T %q is %v and needs %v", o, drawn(o.(fyne.Widget)), size, least)
	}
	if in.edge.Width > 0 && (at.X < -0.5 || at.Y < -0.5 || at.X+size.Width > in.edge.Width+0.5 || at.Y+size.Height > in.edge.Height+0.5) {
		c.fault("%T %q stands outside of the window: at %v, %v", o, drawn(o.(fyne.Widget)), at, size)
	}
}

// alike reports whether what is shown of a choice begins another one too.
func (c *checker) alike(p *widget.Picker, chosen widget.Option) bool {
	texts := drawn(p)
	shown := strings.TrimSuffix(texts[len(texts)-1], "…")
	n := 0
	for _, o := range p.Options() {
		if strings.HasPrefix(o.Text, shown) {
			n++
		}
	}
	return n > 1
}

// grid looks at the rows in view: numbers are whole, titles are told apart, and rows that
// differ look different.
func (c *checker) grid(g *widget.Grid) {
	heads, rows := g.Shown()
	said := map[string]bool{}
	for _, h := range heads {
		if h != "" && said[h] && strings.HasSuffix(h, "…") {
			c.fault("two columns are called «%s»", h)
		}
		said[h] = true
	}
	looks := map[string]string{}
	for _, r := range rows {
		var shown, full []string
		for _, cell := range r {
			shown, full = append(shown, cell.Shown), append(full, cell.Text)
			if cell.Shown != cell.Text && cell.Shown != "" && cell.Number {
				c.fault("number «%s» is cut to «%s»", cell.Text, cell.Shown)
			}
		}
		look, text := strings.Join(shown, "|"), strings.Join(full, "|")
		if was, ok := looks[look]; ok && was != text {
			c.fault("rows look alike: «%s» and «%s»", was, text)
		}
		looks[look] = text
	}
}

// tab presses Tab until it comes round. What is drawn anew meanwhile counts by its name.
func (c *checker) tab() {
	cv := c.window.Canvas()
	cv.Unfocus()
	missing := map[string]fyne.Focusable{}
	for _, f := range c.focusable {
		missing[fmt.Sprintf("%T «%s»", f, c.names[f])] = f
	}
	for range 40 * (len(c.focusable) + 4) {
		if len(missing) == 0 {
			return
		}
		if f, ok := cv.Focused().(fyne.Tabbable); ok && f.AcceptsTab() {
			cv.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyTab})
		} else {
			cv.FocusNext()
		}
		f := cv.Focused()
		name := c.names[f]
		if b, ok := f.(*widget.Button); ok && name == "" {
			name = nameOf(b, "")
		}
		delete(missing, fmt.Sprintf("%T «%s»", f, name))
	}
	for name := range missing {
		c.fault("Tab does not reach %s", name)
	}
}

// nameOf is what a control is called: the label of its field, its own words, or what
// stands in it while it is empty.
func nameOf(o fyne.CanvasObject, label string) string {
	if label != "" {
		return label
	}
	switch x := o.(type) {
	case *widget.Grid, *widget.Month, *widget.PDFView, *widget.PickLines, *widget.FigureText:
		return "what is shown"
	case *widget.Check:
		return x.Text
	case *widget.Picker:
		return strings.TrimSpace(x.Prefix + strings.TrimSuffix(x.Placeholder, "Chọn…") + x.None)
	case fyne.Accessible:
		return x.AccessibilityLabel()
	}
	if e := entryOf(o); e != nil {
		return e.PlaceHolder
	}
	if w, ok := o.(fyne.Widget); ok {
		return strings.TrimSpace(strings.Join(drawn(w), " "))
	}
	return ""
}

func entryOf(o fyne.CanvasObject) *fw.Entry {
	switch f := o.(type) {
	case *widget.Field:
		return &f.Entry
	case *widget.SearchField:
		return &f.Entry
	case *widget.SuggestField:
		return &f.Entry
	case *widget.DateField:
		return &f.Entry
	}
	return nil
}

func isEntry(o fyne.CanvasObject) bool { return entryOf(o) != nil }

// scrolls reports whether what stands on an object can be scrolled to.
func scrolls(o fyne.CanvasObject) bool {
	name := fmt.Sprintf("%T", o)
	return strings.HasSuffix(name, ".Scroll") || strings.HasSuffix(name, ".Follow")
}

// drawn are the texts on a widget, from left to right.
func drawn(w fyne.Widget) []string {
	var out []string
	for _, o := range test.WidgetRenderer(w).Objects() {
		if x, ok := o.(*canvas.Text); ok && x.Visible() {
			out = append(out, x.Text)
		}
	}
	if len(out) == 0 {
		out = append(out, "")
	}
	return out
}
