package widget_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"giaoban/app/widget"
	"giaoban/data"
)

// testPDF writes a PDF of n A4 pages, each with a black square in its middle.
func testPDF(n int) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(text string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), text)
	}
	b.WriteString("%PDF-1.4\n")
	kids := ""
	for i := range n {
		kids += fmt.Sprintf("%d 0 R ", 4+i)
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids, n))
	draw := "0 0 0 rg 247 371 100 100 re f"
	object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(draw), draw))
	for range n {
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 594 842] /Contents 3 0 R >>")
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, xref)
	return b.Bytes()
}

func TestPDFEngineDrawsPages(t *testing.T) {
	cache := t.TempDir()
	e := widget.NewPDFEngine(cache)
	defer func() { _ = e.Close() }()
	doc, err := e.Open(testPDF(3))
	if err != nil {
		t.Fatal(err)
	}
	if w, h := doc.PageSize(2); doc.Pages() != 3 || w != 594 || h != 842 {
		t.Fatalf("%d pages of %v × %v", doc.Pages(), w, h)
	}
	img, err := doc.Render(1, 297)
	if err != nil {
		t.Fatal(err)
	}
	if s := img.Bounds().Size(); s.X != 297 || s.Y < 421 || s.Y > 422 {
		t.Fatalf("picture of %v", s)
	}
	if r, _, _, _ := img.At(148, 210).RGBA(); r != 0 {
		t.Error("the middle of the page is not black")
	}
	if r, _, _, _ := img.At(20, 20).RGBA(); r != 0xffff {
		t.Error("the corner of the page is not white")
	}
	if err := doc.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := doc.Render(0, 100); data.CodeOf(err) != data.Internal {
		t.Fatalf("a closed document gave %v", err)
	}
	if _, err := e.Open([]byte("this is not a PDF")); err == nil {
		t.Fatal("a broken file was opened")
	}
}

// pages is an engine that draws grey sheets and counts.
type pages struct {
	n        int
	rendered []int
	closed   int
	fail     error
}

func (p *pages) Open([]byte) (widget.PDFDocument, error) {
	if p.fail != nil {
		return nil, p.fail
	}
	return p, nil
}
func (p *pages) Close() error                    { p.closed++; return nil }
func (p *pages) Pages() int                      { return p.n }
func (p *pages) PageSize(int) (float64, float64) { return 594, 842 }
func (p *pages) Render(page, width int) (image.Image, error) {
	p.rendered = append(p.rendered, page)
	img := image.NewGray(image.Rect(0, 0, width, width*842/594))
	for i := range img.Pix {
		img.Pix[i] = 0x77
	}
	return img, nil
}

// pagesShown counts the pictures of pages that the window shows with some size.
// Captures would depend on the painter's cache of pictures, which ages by the
// wall clock.
func pagesShown(w fyne.Window) int {
	n := 0
	for _, o := range test.LaidOutObjects(w.Canvas().Content()) {
		if img, ok := o.(*canvas.Image); ok && img.Visible() && img.Image != nil && img.Size().Width > 100 {
			n++
		}
	}
	return n
}

func TestPDFViewDrawsOnlyWhatIsInView(t *testing.T) {
	l := start(t)
	e := &pages{n: 1000}
	v := widget.NewPDFView(e)
	told := ""
	v.OnPage = func(page, of int) { told = fmt.Sprint(page, "/", of) }
	w := window(t, v)
	v.SetPDF([]byte("x"), false)
	l.pass(time.Second)
	if told != "1/1000" {
		t.Fatalf("told %q", told)
	}
	if len(e.rendered) == 0 || len(e.rendered) > 3 {
		t.Fatalf("drew pages %v", e.rendered)
	}
	if got := pagesShown(w); got < 1 {
		t.Fatalf("%d pages are shown", got)
	}
	w.Canvas().Focus(v)
	e.rendered = nil
	press(v, fyne.KeyEnd)
	l.pass(time.Second)
	if told != "1000/1000" || len(e.rendered) > 3 {
		t.Fatalf("told %q, drew %v", told, e.rendered)
	}
	v.GoTo(500)
	l.pass(time.Second)
	if v.Page() != 500 {
		t.Fatalf("page %d", v.Page())
	}
	e.rendered = nil
	test.Scroll(w.Canvas(), fyne.NewPos(300, 300), 0, -1)
	l.pass(time.Second)
	if len(e.rendered) > 1 {
		t.Fatalf("a small step drew %v again", e.rendered)
	}
	before := v.Percent()
	v.Zoom(0.5)
	if v.Percent() >= before {
		t.Fatalf("%d %% after shrinking %d %%", v.Percent(), before)
	}
	v.FitWidth()
	if v.Percent() != before {
		t.Fatalf("%d %% fits the width, before %d %%", v.Percent(), before)
	}
	v.Close()
	l.pass(time.Second)
	if e.closed != 1 {
		t.Fatalf("closed %d times", e.closed)
	}
}

func TestPDFViewKeepsItsPlaceWhenTheReportIsMadeAnew(t *testing.T) {
	l := start(t)
	e := &pages{n: 20}
	v := widget.NewPDFView(e)
	window(t, v)
	v.SetPDF([]byte("x"), false)
	l.pass(time.Second)
	v.GoTo(7)
	v.SetPDF([]byte("y"), true)
	l.pass(time.Second)
	if v.Page() != 7 {
		t.Fatalf("page %d", v.Page())
	}
	v.SetPDF([]byte("z"), false)
	l.pass(time.Second)
	if v.Page() != 1 {
		t.Fatalf("page %d of another document", v.Page())
	}
}

func TestPDFViewSaysWhatIsWrong(t *testing.T) {
	l := start(t)
	v := widget.NewPDFView(&pages{fail: errors.New("Không hiển thị được trang in.")})
	w := window(t, v)
	v.SetPDF([]byte("x"), false)
	l.pass(time.Second)
	if _, ok := texts(w)["Không hiển thị được trang in."]; !ok {
		t.Fatal("the failure is not shown")
	}
}
