package sheet

import (
	"encoding/binary"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// units reads letters: one byte each, or two when wide. It returns UTF-8 and how
// many bytes were read.
func units(b []byte, n int, wide bool) (text []byte, size int, err error) {
	if wide {
		if len(b) < 2*n {
			return nil, 0, errBIFF
		}
		letters := make([]uint16, n)
		for i := range letters {
			letters[i] = binary.LittleEndian.Uint16(b[2*i:])
		}
		return []byte(string(utf16.Decode(letters))), 2 * n, nil
	}
	if len(b) < n {
		return nil, 0, errBIFF
	}
	return latin(nil, b[:n]), n, nil
}

func latin(dst, b []byte) []byte {
	for _, c := range b {
		dst = utf8.AppendRune(dst, rune(c))
	}
	return dst
}

// pieces reads on over the records that continue one another.
type pieces struct {
	cur  []byte
	rest [][]byte
}

// need makes at least one byte readable.
func (p *pieces) need() bool {
	for len(p.cur) == 0 {
		if len(p.rest) == 0 {
			return false
		}
		p.cur, p.rest = p.rest[0], p.rest[1:]
	}
	return true
}

func (p *pieces) bytes(n int) ([]byte, bool) {
	var out []byte
	for n > 0 {
		if !p.need() {
			return nil, false
		}
		k := min(n, len(p.cur))
		if out == nil && k == n {
			out = p.cur[:k]
		} else {
			out = append(out[:len(out):len(out)], p.cur[:k]...)
		}
		p.cur = p.cur[k:]
		n -= k
	}
	return out, true
}

func (p *pieces) skip(n int) bool {
	for n > 0 {
		if !p.need() {
			return false
		}
		k := min(n, len(p.cur))
		p.cur = p.cur[k:]
		n -= k
	}
	return true
}

// sharedStrings reads the shared strings. Where a record ends within the letters
// of a string, the next one begins with a byte that says anew how wide they are.
func (w *oldBook) sharedStrings(parts [][]byte) error {
	p := &pieces{cur: parts[0], rest: parts[1:]}
	if _, ok := p.bytes(8); !ok {
		return errBIFF
	}
	// The counts in the head are often off: what is there counts.
	for p.need() {
		from := len(w.strings.arena)
		if err := w.sharedString(p); err != nil {
			w.strings.arena = w.strings.arena[:from]
			break // a cell that wants it is told
		}
	}
	if len(w.strings.arena) > maxStrings {
		return errBIFF
	}
	return nil
}

func (w *oldBook) sharedString(p *pieces) error {
	b, ok := p.bytes(3)
	if !ok {
		return errBIFF
	}
	length, flags := int(binary.LittleEndian.Uint16(b)), b[2]
	runs, extra := 0, 0
	if flags&8 != 0 {
		if b, ok = p.bytes(2); !ok {
			return errBIFF
		}
		runs = int(binary.LittleEndian.Uint16(b))
	}
	if flags&4 != 0 {
		if b, ok = p.bytes(4); !ok {
			return errBIFF
		}
		if extra = int(binary.LittleEndian.Uint32(b)); extra < 0 || extra > len(w.stream) {
			return errBIFF
		}
	}
	var err error
	if w.strings.arena, err = p.letters(w.strings.arena, length, flags&1 != 0); err != nil {
		return err
	}
	if len(w.strings.arena) > maxStrings || !p.skip(4*runs+extra) {
		return errBIFF
	}
	w.strings.ends = append(w.strings.ends, uint32(len(w.strings.arena)))
	return nil
}

// letters appends n letters to dst.
func (p *pieces) letters(dst []byte, n int, wide bool) ([]byte, error) {
	var pair uint16 // the first half of a letter beyond the basic plane
	for n > 0 {
		if len(p.cur) == 0 {
			if !p.need() {
				return dst, errBIFF
			}
			wide = p.cur[0]&1 != 0
			p.cur = p.cur[1:]
			continue
		}
		if !wide {
			k := min(n, len(p.cur))
			dst = latin(dst, p.cur[:k])
			p.cur = p.cur[k:]
			n -= k
			continue
		}
		if len(p.cur) < 2 {
			return dst, errBIFF
		}
		u := binary.LittleEndian.Uint16(p.cur)
		p.cur = p.cur[2:]
		n--
		switch {
		case pair != 0:
			dst = utf8.AppendRune(dst, utf16.DecodeRune(rune(pair), rune(u)))
			pair = 0
		case u >= 0xD800 && u < 0xDC00 && n > 0:
			pair = u
		default:
			dst = utf8.AppendRune(dst, rune(u))
		}
	}
	return dst, nil
}

func isBOF(id uint16) bool { return id == recBOF || id == recBOF2 || id == recBOF3 || id == recBOF4 }

// begin reads of which version the workbook is.
func (w *oldBook) begin() error {
	id, b, _, ok := record(w.stream)
	if !ok || !isBOF(id) || len(b) < 4 {
		return fmt.Errorf("%w: no beginning", errBIFF)
	}
	switch id {
	case recBOF2:
		w.version = 2
	case recBOF3:
		w.version = 3
	case recBOF4:
		w.version = 4
	default:
		if w.version = 5; binary.LittleEndian.Uint16(b) == 0x0600 {
			w.version = 8
		}
	}
	return nil
}

// single is a workbook of Excel 2 to 4: one sheet and nothing beside it.
func (w *oldBook) single(book *Book) {
	w.offsets, book.names, book.states = []uint32{0}, []string{""}, []state{shown}
	for rest := w.stream; ; {
		id, b, more, ok := record(rest)
		if !ok || id == recEOF {
			return
		}
		switch rest = more; id {
		case recCodePage:
			w.setPage(b)
		case recDateMode:
			book.Date1904 = len(b) >= 2 && b[0] == 1
		}
	}
}

// pages are the tables of letters that texts before BIFF8 are written in.
var pages = map[uint16]*charmap.Charmap{874: charmap.Windows874, 1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252,
	1253: charmap.Windows1253, 1254: charmap.Windows1254, 1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257,
	1258: charmap.Windows1258, 437: charmap.CodePage437, 850: charmap.CodePage850, 10000: charmap.Macintosh, 0x8000: charmap.Macintosh}

func (w *oldBook) setPage(b []byte) {
	if len(b) >= 2 {
		if page := pages[binary.LittleEndian.Uint16(b)]; page != nil {
			w.page = page
		}
	}
}

// decode appends letters of one byte.
func (w *oldBook) decode(dst, b []byte) []byte {
	if w.version == 8 {
		return latin(dst, b)
	}
	for _, c := range b {
		dst = append(dst, string(w.page.DecodeByte(c))...)
	}
	return dst
}

// name reads a short name after its length; nil for one that cannot be read.
func (w *oldBook) name(b []byte) []byte {
	if w.version == 8 {
		if len(b) < 2 {
			return nil
		}
		text, _, err := units(b[2:], int(b[0]), b[1]&1 != 0)
		if err != nil {
			return nil
		}
		return text
	}
	if len(b) < 1 || len(b) < 1+int(b[0]) {
		return nil
	}
	return w.decode(nil, b[1:1+int(b[0])])
}

// narrow reads a text of one byte a letter after its length.
func (w *oldBook) narrow(b []byte) ([]byte, error) {
	if len(b) < 2 || len(b) < 2+int(binary.LittleEndian.Uint16(b)) {
		return nil, errBIFF
	}
	return w.decode(nil, b[2:2+int(binary.LittleEndian.Uint16(b))]), nil
}

// addString adds the text of a formula as versions before BIFF8 write it; the
// records that continue it are parts.
func (w *oldBook) addString(c oldCell, b []byte, parts [][]byte) {
	size := 2
	if w.version == 2 {
		size = 1
	}
	if len(b) < size {
		w.lose(c, Damaged, 0)
		return
	}
	n := int(b[0])
	if size == 2 {
		n = int(binary.LittleEndian.Uint16(b))
	}
	text := b[size:]
	for _, p := range parts {
		if len(text) >= n {
			break
		}
		text = append(text[:len(text):len(text)], p...)
	}
	if len(text) < n {
		w.lose(c, Damaged, 0)
		return
	}
	from := len(w.arena)
	w.arena = w.decode(w.arena, text[:n])
	w.addText(c, from)
}
