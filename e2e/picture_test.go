//go:build e2e

package e2e

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// pictures is the folder in which pictures are left for people to look at.
const pictures = "../out/e2e"

// shoot keeps a picture of the whole screen under the name, as far as that works.
func (d *Desktop) shoot(name string) {
	if _, out := d.look(); out != nil {
		keep(d.t, name, out)
	}
}

// keep writes a picture into the folder of pictures.
func keep(t *testing.T, name string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(pictures, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(pictures, name+".png"), content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// look takes a picture of the screen; nil when that failed.
func (d *Desktop) look() (image.Image, []byte) {
	out, err := d.command("import", "-window", "root", "png:-").Output()
	if err != nil {
		return nil, nil
	}
	img, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		return nil, nil
	}
	return img, out
}

// preview waits until the middle of the screen shows a page of paper with
// text: the report screen paints its pages in the background.
func (d *Desktop) preview() {
	d.t.Helper()
	eventually(d.t, "a page of the report", func() bool {
		img, _ := d.look()
		if img == nil {
			return false
		}
		white, dark, all := 0, 0, 0
		for y := d.Height / 4; y < d.Height*3/4; y += 2 {
			for x := d.Width * 4 / 10; x < d.Width*6/10; x += 2 {
				r, g, b, _ := img.At(x, y).RGBA()
				switch {
				case r>>8 > 250 && g>>8 > 250 && b>>8 > 250:
					white++
				case (r+g+b)/3>>8 < 120:
					dark++
				}
				all++
			}
		}
		return white > all/2 && dark > all/200
	})
}

// still waits until two looks at the screen are equal and the screen is
// painted, keeps the picture under the name and returns it.
func (d *Desktop) still(name string) image.Image {
	d.t.Helper()
	var last []byte
	var img image.Image
	eventually(d.t, "a still picture of "+name, func() bool {
		decoded, out := d.look()
		if decoded == nil {
			return false
		}
		same := img != nil && equal(img, decoded)
		last, img = out, decoded
		return same && len(colours(img)) > 32
	})
	keep(d.t, name, last)
	return img
}

// equal compares two pictures pixel by pixel, but for a few pixels: the text
// cursor blinks.
func equal(a, b image.Image) bool {
	if a.Bounds() != b.Bounds() {
		return false
	}
	differ := 0
	r := a.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				if differ++; differ > 400 {
					return false
				}
			}
		}
	}
	return true
}

// colours counts the colours of every fourth pixel; an unpainted window has
// few.
func colours(img image.Image) map[uint32]int {
	found := map[uint32]int{}
	r := img.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y += 4 {
		for x := r.Min.X; x < r.Max.X; x += 4 {
			cr, cg, cb, _ := img.At(x, y).RGBA()
			found[cr>>8<<16|cg>>8<<8|cb>>8]++
		}
	}
	return found
}

// ink returns the share of pixels that are clearly darker than paper.
func ink(img image.Image) float64 {
	dark, all := 0, 0
	r := img.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y += 2 {
		for x := r.Min.X; x < r.Max.X; x += 2 {
			cr, cg, cb, _ := img.At(x, y).RGBA()
			if (cr+cg+cb)/3 < 0x8000 {
				dark++
			}
			all++
		}
	}
	return float64(dark) / float64(all)
}
