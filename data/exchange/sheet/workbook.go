package sheet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"giaoban/data/exchange/legacy"
)

// workbook is what the rows of a sheet need from the rest of the file.
type workbook struct {
	zip     *archive
	sheets  []string // part names
	strings *shared
	styles  []style
}

// style is what a cell style says about the value.
type style struct {
	numberFormat
	font legacy.Encoding
}

// numberFormat is what matters of how a number is shown.
type numberFormat struct {
	date  bool
	zeros int // digits that are filled up with noughts, such as those of a code; 0 for none
}

// styleOf is the style of a number format, one of the file or a built-in one, in one of
// the fonts of the file.
func styleOf(custom map[int]numberFormat, fonts []legacy.Encoding, format, font int) style {
	st := style{numberFormat: custom[format]}
	if _, ok := custom[format]; !ok {
		st.date = dateNumber(format)
	}
	if font >= 0 && font < len(fonts) {
		st.font = fonts[font]
	}
	return st
}

// formatOf reads a number format such as dd/mm/yyyy or 0000000000.
func formatOf(code string) numberFormat {
	f := numberFormat{date: dateFormat(code)}
	if len(code) >= 2 && len(code) <= 20 && strings.Trim(code, "0") == "" {
		f.zeros = len(code)
	}
	return f
}

func openXLSX(src io.ReaderAt, size int64) (*Book, error) {
	ctx := context.Background()
	zip, err := openArchive(src, size)
	if err != nil {
		return nil, err
	}
	if zip.has("content.xml") && !zip.has("[Content_Types].xml") {
		return zip.openODF()
	}
	part, kind, err := zip.mainPart(ctx)
	switch {
	case err != nil:
		return nil, err
	case kind == XLSB:
		return zip.openBinary(ctx, part)
	case kind == DOCX:
		return zip.openWord(part)
	}
	w := &workbook{zip: zip}
	book := &Book{Container: XLSX}
	rels, err := zip.relations(ctx, part)
	if err != nil {
		return nil, err
	}
	if err := w.list(ctx, book, part, rels); err != nil {
		return nil, err
	}
	if w.styles, err = zip.readStyles(ctx, zip.partOf(rels, part, "styles")); lenient(err) != nil {
		return nil, err
	}
	if w.strings, err = zip.readShared(ctx, zip.partOf(rels, part, "sharedStrings")); err != nil {
		return nil, err
	}
	book.rows, book.merged, book.layout = w.open, w.mergedCells, w.layout
	return book, nil
}

// list reads the tables that the main part names. One that has no content keeps
// its place: the others can still be read.
func (w *workbook) list(ctx context.Context, book *Book, part string, rels map[string]relation) error {
	inside, any := false, false
	_, err := w.zip.each(ctx, part, 16<<20, func(s *scanner) error {
		switch string(s.name) {
		case "workbookPr":
			book.Date1904 = truth(attrValue(s.attrs, "date1904"))
		case "sheets":
			inside = true
			return nil
		case "sheet":
			if !inside {
				return nil
			}
			rel := rels[attrValue(s.attrs, "id")]
			if len(rels) == 0 { // the relations are missing: the usual names
				rel = relation{"worksheet", path.Join(path.Dir(part), fmt.Sprintf("worksheets/sheet%d.xml", len(w.sheets)+1))}
			}
			if rel.kind != "worksheet" && rel.kind != "" {
				return nil // a chart
			}
			state := stateOf(attrValue(s.attrs, "state"))
			if rel.target == "" || !w.zip.has(rel.target) {
				state |= missing
				rel.target = ""
			}
			any = any || rel.target != ""
			w.sheets = append(w.sheets, rel.target)
			book.names = append(book.names, attrValue(s.attrs, "name"))
			book.states = append(book.states, state)
			return nil
		}
		inside = false
		return nil
	})
	if err == nil && !any {
		err = Refuse(BadXML, errors.New("no sheet"))
	}
	return err
}

// partOf returns the part that a relation of the main part names, else the one
// that bears the usual name beside it; "" when there is none.
func (a *archive) partOf(rels map[string]relation, main, kind string) string {
	for _, rel := range rels {
		if rel.kind == kind && a.has(rel.target) {
			return rel.target
		}
	}
	if name := path.Join(path.Dir(main), kind+".xml"); a.has(name) {
		return name
	}
	return ""
}

func stateOf(word string) state {
	switch word {
	case "hidden":
		return hidden
	case "veryHidden":
		return veryHidden
	}
	return shown
}

// readStyles returns, for each cell style, whether it shows dates and which
// legacy font it uses.
func (a *archive) readStyles(ctx context.Context, part string) ([]style, error) {
	if part == "" {
		return nil, nil
	}
	custom := map[int]numberFormat{}
	var fonts []legacy.Encoding
	var styles []style
	inFonts, inCells := false, false
	_, err := a.each(ctx, part, 64<<20, func(s *scanner) error {
		switch string(s.name) {
		case "numFmt":
			id, _ := strconv.Atoi(attrValue(s.attrs, "numFmtId"))
			custom[id] = formatOf(attrValue(s.attrs, "formatCode"))
		case "fonts":
			inFonts = true
		case "fills", "borders", "cellStyleXfs", "cellStyles", "dxfs":
			inFonts, inCells = false, false
		case "cellXfs":
			inFonts, inCells = false, true
		case "font":
			if inFonts {
				fonts = append(fonts, legacy.UTF8)
			}
		case "name":
			if inFonts && len(fonts) > 0 {
				fonts[len(fonts)-1] = legacy.OfFont(attrValue(s.attrs, "val"))
			}
		case "xf":
			if !inCells {
				return nil
			}
			id, _ := strconv.Atoi(attrValue(s.attrs, "numFmtId"))
			font, _ := strconv.Atoi(attrValue(s.attrs, "fontId"))
			styles = append(styles, styleOf(custom, fonts, id, font))
		}
		return nil
	})
	return styles, err
}

// dateNumber reports whether a built-in number format shows a date or a time.
func dateNumber(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
}

// dateFormat reports whether a number format shows a date or a time: a y, m, d,
// h or s outside quotes and brackets.
func dateFormat(code string) bool {
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case strings.IndexByte("yYmMdDhHsS", c) >= 0:
			return true
		}
	}
	return false
}

// shared holds the shared strings in one arena.
type shared struct {
	arena []byte
	ends  []uint32
	// mended lists strings whose rich runs named their own legacy font; the
	// font of the cell says nothing about them.
	mended map[uint32]bool
}

// none reports whether there is no string at all.
func (s *shared) none() bool { return s == nil || len(s.ends) == 0 }

func (s *shared) at(i int) ([]byte, bool) {
	if s == nil || i < 0 || i >= len(s.ends) {
		return nil, false
	}
	from := uint32(0)
	if i > 0 {
		from = s.ends[i-1]
	}
	return s.arena[from:s.ends[i]], true
}

func (a *archive) readShared(ctx context.Context, part string) (*shared, error) {
	if part == "" {
		return nil, nil
	}
	sst := &shared{mended: map[uint32]bool{}}
	_, err := a.each(ctx, part, maxStrings, func(s *scanner) error {
		if string(s.name) != "si" {
			return nil
		}
		var mended bool
		var err error
		sst.arena, mended, err = s.richText(sst.arena)
		if err != nil {
			return err
		}
		if mended {
			sst.mended[uint32(len(sst.ends))] = true
		}
		sst.ends = append(sst.ends, uint32(len(sst.arena)))
		return nil
	})
	return sst, err
}

// richText appends the text of the element just opened (si or is): its t
// elements, also those of runs, but no phonetic notes. A run with a legacy font
// of its own is decoded at once.
func (s *scanner) richText(dst []byte) (out []byte, mended bool, err error) {
	font := legacy.UTF8
	for depth := 1; depth > 0; {
		if err := s.next(); err != nil {
			return dst, mended, early(err)
		}
		if s.kind == startTag {
			switch string(s.name) {
			case "rPh":
				if err := s.skip(); err != nil {
					return dst, mended, err
				}
				continue
			case "r":
				font = legacy.UTF8
			case "rFont":
				font = legacy.OfFont(attrValue(s.attrs, "val"))
			}
			depth++
			continue
		}
		depth--
		if string(s.name) != "t" {
			continue
		}
		from := len(dst)
		if dst, err = s.appendText(dst); err != nil {
			return dst, mended, err
		}
		if font != legacy.UTF8 {
			dst = append(dst[:from], legacy.Text(font, string(dst[from:]))...)
			mended = true
		}
	}
	return dst, mended, nil
}
