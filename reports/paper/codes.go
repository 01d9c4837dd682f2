package paper

import (
	"fmt"
	"strings"
)

// codes are those of letters in the texts of a file: a letter of Vietnamese is one byte,
// another letter two, given in the order in which they come. The file tells them to
// readers in its own tables (PDF 1.7, 9.7.5); bytes of two letters more would cost half
// of what heavy papers hold.
type codes map[rune]uint16

// vietnamese are the letters of one byte beyond ASCII, in the order of bytes.
const vietnamese = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư" +
	"ẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ" +
	"–…“”•√□■≥≤×±§"

// leads are the first bytes of letters of two.
var leads = []byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12}

var single = func() (table [1 << 16]byte) {
	b := 0x0E
	for _, r := range vietnamese {
		table[r] = byte(b)
		if b++; b == 0x20 {
			b = 0x7F
		}
	}
	return table
}()

// of returns the code of a letter beyond ASCII: below 0x100 one byte, else two.
func (c codes) of(r rune) uint16 {
	if b := single[r&0xFFFF]; b != 0 {
		return uint16(b)
	}
	code, ok := c[r]
	if !ok {
		n := min(len(c), len(leads)<<8-1)
		code = uint16(leads[n>>8])<<8 | uint16(n&0xFF)
		c[r] = code
	}
	return code
}

// letter is a letter and how its code and its place in Unicode are written.
type letter struct{ code, unicode string }

// letters returns those of the file beyond ASCII.
func (c codes) letters(used []rune) (out []letter) {
	for _, r := range used {
		if r >= 0x7F {
			code, digits := c.of(r), 2
			if code > 0xFF {
				digits = 4
			}
			out = append(out, letter{fmt.Sprintf("<%0*X>", digits, code), fmt.Sprintf("<%04X>", r)})
		}
	}
	return out
}

// mapHead begins both tables: which bytes make up a code.
const mapHead = `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /%[1]s def
/CMapType %[2]d def
4 begincodespacerange
<0E> <FF>
<0100> <09FF>
<0B00> <0BFF>
<0C00> <0CFF>
endcodespacerange
`

const mapFoot = `endcmap
CMapName currentdict /CMap defineresource pop
end
end
`

// encoding is the table from codes to letters of the fonts, whose numbers are those of
// Unicode.
func (c codes) encoding(used []rune) string {
	var b strings.Builder
	fmt.Fprintf(&b, mapHead, encodingName, 1)
	b.WriteString("1 begincidrange\n<20> <7E> 32\nendcidrange\n")
	inBlocks(&b, "cidchar", c.letters(used), func(l letter) string {
		var r int
		_, _ = fmt.Sscanf(l.unicode, "<%X>", &r)
		return fmt.Sprintf("%s %d\n", l.code, r)
	})
	return b.String() + mapFoot
}

// unicode is the table from codes to Unicode, by which readers search and copy.
func (c codes) unicode(used []rune) string {
	var b strings.Builder
	fmt.Fprintf(&b, mapHead, "GiaoBan-Unicode", 2)
	b.WriteString("1 beginbfrange\n<20> <7E> <0020>\nendbfrange\n")
	inBlocks(&b, "bfchar", c.letters(used), func(l letter) string { return l.code + " " + l.unicode + "\n" })
	return b.String() + mapFoot
}

const encodingName = "GiaoBan"

// inBlocks writes lines in blocks of at most a hundred, which is what readers take.
func inBlocks(b *strings.Builder, name string, list []letter, line func(letter) string) {
	for len(list) > 0 {
		n := min(len(list), 100)
		fmt.Fprintf(b, "%d begin%s\n", n, name)
		for _, l := range list[:n] {
			b.WriteString(line(l))
		}
		fmt.Fprintf(b, "end%s\n", name)
		list = list[n:]
	}
}
