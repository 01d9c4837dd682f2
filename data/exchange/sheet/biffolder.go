package sheet

import (
	"encoding/binary"
	"fmt"

	"golang.org/x/text/encoding/charmap"
)

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
