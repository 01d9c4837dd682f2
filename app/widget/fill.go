package widget

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// fill is a large plain ground. It is a picture of one pixel, stretched: where a
// computer draws without a graphics card, the toolkit's rectangle, which can do
// corners, edges and shadows, costs several times as much for each pixel.
type fill struct {
	*canvas.Image
	role fyne.ThemeColorName
	look *Theme
}

func newFill(role fyne.ThemeColorName) *fill {
	f := &fill{Image: canvas.NewImageFromImage(nil)}
	f.FillMode, f.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleFastest
	f.set(role)
	return f
}

// set shows the colour of a role, nothing for "".
func (f *fill) set(role fyne.ThemeColorName) {
	if role == f.role && f.look == current() {
		return
	}
	f.role, f.look = role, current()
	show(f.Image, role != "")
	if role == "" {
		return
	}
	px := image.NewNRGBA(image.Rect(0, 0, 1, 1))
	px.SetNRGBA(0, 0, color.NRGBAModel.Convert(Color(role)).(color.NRGBA))
	f.Image.Image = px
	f.Refresh()
}
