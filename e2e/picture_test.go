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

// shoot takes a picture of the whole screen and keeps it under the name.
func (d *Desktop) shoot(name string) {
	out, err := d.command("import", "-window", "root", "png:-").Output()
	if err != nil {
		d.t.Errorf("no picture %s: %v", name, err)
		return
	}
	keep(d.t, name, out)
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

// still waits until two looks at the screen are equal and the screen is
// painted, keeps the picture under the name and returns it.
func (d *Desktop) still(name string) image.Image {
	d.t.Helper()
	var last []byte
	var img image.Image
	eventually(d.t, "a still picture of "+name, func() bool {
		out, err := d.command("import", "-window", "root", "png:-").Output()
		if err != nil {
			return false
		}
		decoded, err := png.Decode(bytes.NewReader(out))
		if err != nil {
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
