package paper_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"

	"giaoban/reports/paper"
)

// patterns128 are the bars and gaps of the symbols 0 to 105 (ISO/IEC 15417).
const patterns128 = "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 " +
	"221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 " +
	"231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 " +
	"314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 " +
	"111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 " +
	"114131 311141 411131 211412 211214 211232"

// rect is a black rectangle of a page, y from the bottom up.
type rect struct{ x, y, w, h float64 }

// drawn returns the shapes of more than one rectangle in a PDF file.
func drawn(t *testing.T, pdf []byte) [][]rect {
	t.Helper()
	var shapes [][]rect
	for _, part := range bytes.Split(pdf, []byte("stream\n"))[1:] {
		z, err := zlib.NewReader(bytes.NewReader(part))
		if err != nil {
			continue
		}
		text, err := io.ReadAll(z)
		if err != nil {
			continue
		}
		for _, line := range regexp.MustCompile(`(?m)^((?:[-\d.]+ ){4}re ){2,}f$`).FindAllString(string(text), -1) {
			var shape []rect
			for _, m := range regexp.MustCompile(`([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) re`).FindAllStringSubmatch(line, -1) {
				shape = append(shape, rect{number(t, m[1]), number(t, m[2]), number(t, m[3]), number(t, m[4])})
			}
			shapes = append(shapes, shape)
		}
	}
	return shapes
}

// decode128 reads bars as a scanner does.
func decode128(t *testing.T, bars []rect) (text string, module float64) {
	t.Helper()
	module = math.Inf(1)
	for _, b := range bars {
		module = min(module, b.w)
	}
	widths := ""
	for i, b := range bars {
		if i > 0 {
			prev := bars[i-1]
			widths += string(rune('0' + int(math.Round((b.x-prev.x-prev.w)/module))))
		}
		widths += string(rune('0' + int(math.Round(b.w/module))))
	}
	symbols := map[string]int{}
	for i, p := range strings.Fields(patterns128) {
		symbols[p] = i
	}
	if len(symbols) != 106 || len(widths) < 19 || !strings.HasSuffix(widths, "2331112") {
		t.Fatalf("%d symbols known, bars %s", len(symbols), widths)
	}
	var codes []int
	for w := widths[:len(widths)-7]; w != ""; w = w[6:] {
		n, ok := symbols[w[:6]]
		if !ok {
			t.Fatalf("no symbol %s", w[:6])
		}
		codes = append(codes, n)
	}
	last := len(codes) - 1
	sum := codes[0]
	for i, n := range codes[1:last] {
		sum += (i + 1) * n
	}
	if sum%103 != codes[last] {
		t.Errorf("check symbol %d, want %d", codes[last], sum%103)
	}
	set := codes[0] - 103
	for _, n := range codes[1:last] {
		switch {
		case n == 99 && set != 2:
			set = 2
		case n == 100 && set != 1:
			set = 1
		case n == 101 && set != 0:
			set = 0
		case set == 2:
			text += string(rune('0'+n/10)) + string(rune('0'+n%10))
		case set == 0 && n >= 64:
			text += string(rune(n - 64))
		default:
			text += string(rune(n + 32))
		}
	}
	return text, module
}

// decodeQR reads the squares of a QR code of version 1 to 3 and level M, which
// holds its data in one block (ISO/IEC 18004).
func decodeQR(t *testing.T, squares []rect) string {
	t.Helper()
	dot, left, top, right := squares[0].h, math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, s := range squares {
		left, right, top = min(left, s.x), max(right, s.x+s.w), max(top, s.y+s.h)
	}
	n := int(math.Round((right - left) / dot))
	version := (n - 17) / 4
	if n != 17+4*version || version < 1 || version > 3 {
		t.Fatalf("%d modules", n)
	}
	grid := make([][]bool, n)
	for i := range grid {
		grid[i] = make([]bool, n)
	}
	for _, s := range squares {
		y, x := int(math.Round((top-s.y-s.h)/dot)), int(math.Round((s.x-left)/dot))
		for i := range int(math.Round(s.w / dot)) {
			grid[y][x+i] = true
		}
	}
	format := 0
	for _, at := range [][2]int{{8, 0}, {8, 1}, {8, 2}, {8, 3}, {8, 4}, {8, 5}, {8, 7}, {8, 8}, {7, 8}, {5, 8}, {4, 8}, {3, 8}, {2, 8}, {1, 8}, {0, 8}} {
		format <<= 1
		if grid[at[0]][at[1]] {
			format++
		}
	}
	format ^= 0x5412
	if format>>13 != 0 {
		t.Fatalf("level %d, want M", format>>13)
	}
	masks := []func(i, j int) bool{
		func(i, j int) bool { return (i+j)%2 == 0 }, func(i, _ int) bool { return i%2 == 0 }, func(_, j int) bool { return j%3 == 0 },
		func(i, j int) bool { return (i+j)%3 == 0 }, func(i, j int) bool { return (i/2+j/3)%2 == 0 }, func(i, j int) bool { return i*j%2+i*j%3 == 0 },
		func(i, j int) bool { return (i*j%2+i*j%3)%2 == 0 }, func(i, j int) bool { return ((i+j)%2+i*j%3)%2 == 0 },
	}
	mask := masks[format>>10&7]
	function := func(i, j int) bool {
		align := version > 1 && i >= n-9 && i <= n-5 && j >= n-9 && j <= n-5
		return i < 9 && j < 9 || i < 9 && j >= n-8 || i >= n-8 && j < 9 || i == 6 || j == 6 || align
	}
	var bits []bool
	for col, up := n-1, true; col > 0; col, up = col-2, !up {
		if col == 6 {
			col--
		}
		for k := range n {
			i := k
			if up {
				i = n - 1 - k
			}
			for _, j := range []int{col, col - 1} {
				if !function(i, j) {
					bits = append(bits, grid[i][j] != mask(i, j))
				}
			}
		}
	}
	take := func(count int) int {
		v := 0
		for range count {
			v <<= 1
			if bits[0] {
				v++
			}
			bits = bits[1:]
		}
		return v
	}
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
	switch mode := take(4); mode {
	case 1:
		text := ""
		for count := take(10); count > 0; count -= 3 {
			digits := min(count, 3)
			text += fmt.Sprintf("%0*d", digits, take([]int{0, 4, 7, 10}[digits]))
		}
		return text
	case 2:
		text := ""
		for count := take(9); count > 0; count -= 2 {
			if count == 1 {
				text += string(alphabet[take(6)])
				break
			}
			v := take(11)
			text += string(alphabet[v/45]) + string(alphabet[v%45])
		}
		return text
	case 4:
		b := make([]byte, take(8))
		for i := range b {
			b[i] = byte(take(8))
		}
		return string(b)
	default:
		t.Fatalf("mode %d", mode)
		return ""
	}
}

func TestCodesCanBeReadBack(t *testing.T) {
	const mm = 72 / 25.4
	for _, code := range []string{"H99.10.05-231027-0012", "000.00.06.H56-231027-0361", "1", "20231027", "abc-XYZ 123456", "H49-25-1"} {
		d := paper.New(context.Background(), paper.Options{})
		d.Band(false, 0,
			paper.BandColumn{Width: 75, Lines: []paper.BandLine{{Bars: code, Blank: 9}}},
			paper.BandColumn{Width: 20, Lines: []paper.BandLine{{QR: code, Blank: 20}}},
			paper.BandColumn{Width: 70, Lines: []paper.BandLine{{Text: code, Size: 10}}})
		shapes := drawn(t, mustBytes(t, d))
		if len(shapes) != 2 {
			t.Fatalf("%s: %d codes drawn, want 2", code, len(shapes))
		}
		bars, squares := shapes[0], shapes[1]
		text, module := decode128(t, bars)
		if text != code {
			t.Errorf("bars of %q read %q", code, text)
		}
		end := bars[len(bars)-1]
		if module < 0.19*mm || bars[0].x-30*mm < 10*module-0.02 || 30*mm+75*mm-end.x-end.w < 10*module-0.02 {
			t.Errorf("%s: bars of %.2f pt from %.1f to %.1f leave no quiet zone", code, module, bars[0].x, end.x+end.w)
		}
		for _, b := range bars {
			// Crisp: every bar is a whole number of modules, as written in the file.
			if n := b.w / module; math.Abs(n-math.Round(n)) > 1e-6 {
				t.Errorf("%s: a bar of %.3f modules", code, n)
			}
		}
		if text := decodeQR(t, squares); text != code {
			t.Errorf("squares of %q read %q", code, text)
		}
		dot := squares[0].h
		for _, s := range squares {
			if s.x-(30+75)*mm < 4*dot-0.02 || (30+75+20)*mm-s.x-s.w < 4*dot-0.02 {
				t.Fatalf("%s: a square at %.1f leaves no quiet zone", code, s.x)
			}
		}
	}
}

func TestACodeThatCannotBeReadIsLeftOut(t *testing.T) {
	for name, line := range map[string]paper.BandLine{
		"no room":   {Bars: "000.00.06.H56-231027-0361", Blank: 9},
		"letters":   {Bars: "Hồ sơ", Blank: 9},
		"long bars": {Bars: strings.Repeat("1", 90), Blank: 9},
		"long QR":   {QR: strings.Repeat("a", 4000), Blank: 20},
	} {
		d := paper.New(context.Background(), paper.Options{Record: true})
		d.Band(false, 0, paper.BandColumn{Width: 40, Lines: []paper.BandLine{line, {Text: "sau", Size: 10}}})
		if shapes := drawn(t, mustBytes(t, d)); len(shapes) > 0 {
			t.Errorf("%s: drawn", name)
		}
		if y := d.Boxes()[0].Y; y > 21*72/25.4 {
			t.Errorf("%s: room is left for it", name)
		}
	}
}
