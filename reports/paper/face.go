package paper

import (
	"encoding/binary"
	"math"
	"sync"

	"giaoban/assets"
)

// style is one of the four styles of the type family.
type style uint8

const (
	regular style = iota
	bold
	italic
	boldItalic
	styles
)

func styleOf(b, i bool) style {
	s := regular
	if b {
		s |= bold
	}
	if i {
		s |= italic
	}
	return s
}

// letters returns the style as gofpdf writes it.
func (s style) letters() string { return [...]string{"", "B", "I", "BI"}[s] }

// fontBytes returns the font file of a style.
func fontBytes(s style) []byte {
	return [...][]byte{assets.SerifRegular, assets.SerifBold, assets.SerifItalic, assets.SerifBoldItalic}[s]
}

// face holds the advance width of every letter of one style in thousandths of
// the type size, as gofpdf rounds them; 0 means that the letter is missing.
type face struct {
	advance [1 << 16]uint16
}

var (
	facesOnce sync.Once
	faceTable [styles]*face
)

// faceOf returns the metrics of a style.
func faceOf(s style) *face {
	facesOnce.Do(func() {
		for i := range styles {
			faceTable[i] = readFace(fontBytes(i))
		}
	})
	return faceTable[s]
}

// ascent and descent are those of Liberation Serif in parts of the type size.
const (
	ascent  = 0.891
	descent = 0.216
)

// has reports whether the style has a glyph for the rune.
func (f *face) has(r rune) bool { return r >= 0 && r < 1<<16 && f.advance[r] != 0 }

// width returns the width of clean text in thousandths of the type size.
func (f *face) width(s string) int {
	w := 0
	for _, r := range s {
		w += int(f.advance[r&0xFFFF])
	}
	return w
}

// readFace reads the character map (format 4) and the advance widths of an
// embedded font; the fonts are ours, so a damaged one is a fault of the build.
func readFace(b []byte) *face {
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(b[at:])) }
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(b[at:])) }
	table := map[string]int{}
	for i := range u16(4) {
		at := 12 + 16*i
		table[string(b[at:at+4])] = u32(at + 8)
	}
	scale := 1000 / float64(u16(table["head"]+18))
	metrics, hmtx := u16(table["hhea"]+34), table["hmtx"]
	cmap := table["cmap"]
	sub := 0
	for i := range u16(cmap + 2) {
		if at := cmap + u32(cmap+8+8*i); u16(at) == 4 {
			sub = at
		}
	}
	f := &face{}
	n := u16(sub+6) / 2
	ends, starts := sub+14, sub+16+2*n
	deltas, offsets := starts+2*n, starts+4*n
	for i := range n {
		first, last := u16(starts+2*i), u16(ends+2*i)
		for c := first; c <= last && c < 0xFFFF; c++ {
			glyph := c
			if off := u16(offsets + 2*i); off != 0 {
				if glyph = u16(offsets + 2*i + off + 2*(c-first)); glyph == 0 {
					continue
				}
			}
			if glyph = (glyph + u16(deltas+2*i)) & 0xFFFF; glyph == 0 {
				continue
			}
			f.advance[c] = uint16(math.Round(scale * float64(u16(hmtx+4*min(glyph, metrics-1)))))
		}
	}
	return f
}
