package widget_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"giaoban/app/widget"
)

// On a low window, as one of 768 px with everything at one and a half, every entry of
// the navigation stands above the button that folds it.
func TestNavigationFitsALowWindow(t *testing.T) {
	start(t)
	w := test.NewTempWindow(t, container.NewVBox())
	var items []widget.NavItem
	for i := range 14 {
		items = append(items, widget.NavItem{ID: fmt.Sprint(i), Label: fmt.Sprintf("Trang %d", i+1), Icon: widget.IconOverview, Divider: i == 7 || i == 12})
	}
	f := widget.NewFrame(w, items)
	f.Install()
	for _, height := range []float32{768, 512, 470} {
		w.Resize(fyne.NewSize(911, height))
		at := texts(w)
		least := height
		for i := 1; i < 14; i++ {
			step := at[fmt.Sprintf("Trang %d", i+1)].Y - at[fmt.Sprintf("Trang %d", i)].Y
			least = min(least, step)
		}
		if last := at["Trang 14"]; last.Y+20 > height-24-widget.ControlHeight()-8 || least < 18 {
			t.Errorf("at %v the last entry is at %v, the least step %v", height, last, least)
		}
	}
}
