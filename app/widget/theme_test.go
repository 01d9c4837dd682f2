package widget_test

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"giaoban/app/widget"
	"giaoban/data"
)

// luminance is the relative luminance of WCAG 2.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	part := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestTextKeepsItsContrast(t *testing.T) {
	start(t)
	for _, dark := range []bool{false, true} {
		th := widget.NewTheme(dark, 100)
		pair := func(text, ground fyne.ThemeColorName) {
			if c := contrast(th.Color(text, 0), th.Color(ground, 0)); c < 4.5 {
				t.Errorf("dark %v: %s on %s has %.2f to 1", dark, text, ground, c)
			}
		}
		for _, text := range widget.TextRoles {
			for _, ground := range []fyne.ThemeColorName{widget.ColorPaper, widget.ColorSurface, widget.ColorSelected, widget.ColorHoverRow} {
				pair(text, ground)
			}
		}
		pair(widget.ColorOnPrimary, widget.ColorPrimary)
		pair(widget.ColorOnTip, widget.ColorTip)
		pair(theme.ColorNameForegroundOnError, theme.ColorNameError)
		pair(theme.ColorNamePlaceHolder, theme.ColorNameInputBackground)
		pair(widget.ColorInk, widget.ColorFigure)
	}
}

func TestTextSizeStaysWithinItsLimits(t *testing.T) {
	for in, want := range map[int]int{0: 100, 50: 90, 90: 90, 125: 125, 150: 150, 400: 150} {
		if got := widget.NewTheme(false, in).Percent(); got != want {
			t.Errorf("%d %% gave %d %%", in, got)
		}
	}
	if s := widget.NewTheme(false, 150).Size(theme.SizeNameText); s != 19.5 {
		t.Errorf("text of %v at 150 %%", s)
	}
}

func TestThemeHasEveryColourOfTheToolkit(t *testing.T) {
	start(t)
	test.AssertAllColorNamesDefined(t, widget.NewTheme(false, 100), "light")
	test.AssertAllColorNamesDefined(t, widget.NewTheme(true, 100), "dark")
}

func TestIconsTakeTheColourOfTheirRole(t *testing.T) {
	start(t)
	for _, name := range widget.Icons {
		res := widget.Icon(name, widget.ColorLate)
		if res == nil {
			t.Errorf("no icon %s", name)
			continue
		}
		if !bytes.Contains(res.Content(), []byte("#B3261E")) || bytes.Contains(res.Content(), []byte("#1B2430")) {
			t.Errorf("icon %s is not in its colour", name)
		}
	}
	if widget.Icon("no such", widget.ColorInk) != nil {
		t.Error("an icon that does not exist")
	}
	before := widget.Icon(widget.IconSearch, widget.ColorLate).Name()
	fyne.CurrentApp().Settings().SetTheme(widget.NewTheme(true, 100))
	if widget.Icon(widget.IconSearch, widget.ColorLate).Name() == before {
		t.Error("the icon did not follow the theme")
	}
}

func TestMarksAreDrawnInTheirColours(t *testing.T) {
	start(t)
	for m := widget.MarkEarly; m <= widget.MarkStopped; m++ {
		o := widget.NewMark(m)
		w := window(t, o)
		w.Resize(fyne.NewSize(40, 40))
		want := color.NRGBAModel.Convert(widget.Color(m.Role())).(color.NRGBA)
		if n := count(w.Canvas().Capture(), want); n < 8 {
			t.Errorf("mark %d has %d px of its colour", m, n)
		}
	}
}

func count(img image.Image, want color.NRGBA) int {
	n := 0
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			if color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA) == want {
				n++
			}
		}
	}
	return n
}

func TestTruncate(t *testing.T) {
	start(t)
	long := "Cấp giấy phép xây dựng mới đối với công trình cấp III, cấp IV"
	for width := float32(20); width < 600; width += 7 {
		got, cut := widget.Truncate(long, width, 13, false)
		if real := fyne.MeasureText(got, 13, fyne.TextStyle{}).Width; real > width+1.5 {
			t.Fatalf("%q is %.1f wide, room %.1f", got, real, width)
		}
		if cut != (got != long) || cut && !strings.HasSuffix(got, "…") {
			t.Fatalf("%q, cut %v", got, cut)
		}
	}
	if got, _ := widget.Truncate("một\nhai", 200, 13, false); got != "một hai" {
		t.Fatalf("a line break stayed: %q", got)
	}
}

// TestPartsFollowTheTheme: what was drawn in the light theme looks in the dark one as what
// is made in it.
func TestPartsFollowTheTheme(t *testing.T) {
	parts := func() fyne.CanvasObject {
		day := widget.NewDateField(func() data.Day { return 20000 })
		day.SetDay(20000)
		return container.NewVBox(widget.NewSection("Phần"), widget.NewButton("In", widget.IconPrint, nil), widget.NewMainButton("Lưu", widget.IconSave, nil), day,
			widget.NewSuggestField("", nil), widget.NewPicker([]widget.Option{{Key: "a", Text: "A"}}, nil), widget.NewCheck("Có", nil), widget.NewMark(widget.MarkLate))
	}
	draw := func(first bool) image.Image {
		start(t)
		dark := widget.NewTheme(true, 100)
		if first {
			fyne.CurrentApp().Settings().SetTheme(dark)
		}
		all := parts()
		w := window(t, all)
		w.Canvas().Capture()
		w.SetContent(widget.NewRoot(widget.Gap(1))) // a page out of sight
		test.ApplyTheme(t, dark)
		w.SetContent(widget.NewRoot(all))
		all.Refresh()
		return w.Canvas().Capture()
	}
	fresh, turned := draw(true), draw(false)
	differ := image.Rectangle{}
	for y := range fresh.Bounds().Dy() {
		for x := range fresh.Bounds().Dx() {
			if fresh.At(x, y) != turned.At(x, y) {
				differ = differ.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	if !differ.Empty() {
		t.Errorf("drawn before the theme changed it differs within %v", differ)
	}
}
