package widget

import "image/color"

// blend lays a translucent colour over another; on a dark ground lighten gives a
// lighter shade instead, so that a filled button still answers to the mouse.
func blend(under, over color.Color, lighten bool) color.Color {
	u := color.NRGBAModel.Convert(under).(color.NRGBA)
	o := color.NRGBAModel.Convert(over).(color.NRGBA)
	if lighten {
		o = color.NRGBA{R: 255, G: 255, B: 255, A: 0x22}
	}
	mix := func(a, b uint8) uint8 { return uint8((int(a)*(255-int(o.A)) + int(b)*int(o.A)) / 255) }
	return color.NRGBA{R: mix(u.R, o.R), G: mix(u.G, o.G), B: mix(u.B, o.B), A: u.A}
}
