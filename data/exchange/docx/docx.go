// Package docx writes Word documents of what the papers of an office need: paragraphs,
// and tables whose heading is repeated on every page (ECMA-376, WordprocessingML).
//
// It never reads a document (package sheet does) and never decides what a column means.
package docx

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Page is the paper of a document: A4, upright unless Landscape.
type Page struct{ Landscape bool }

// Sides of A4 and margins, in twips: 30 mm where the sheets are bound, 20 mm and 15 mm
// else (Decree 30/2020/NĐ-CP, annex I).
const (
	short, long          = 11906, 16838
	bound, margin, right = 1701, 1134, 850
	twipsOfMM            = 1440 / 25.4
)

// room is how wide text may be, in twips.
func (p Page) room() int {
	if p.Landscape {
		return long - bound - right
	}
	return short - bound - right
}

// Text is how letters stand. The zero value is plain text of 12 points at the left.
type Text struct {
	Bold, Italic bool
	Size         float64 // in points; 0 is 12
	Across       string  // left, center, right or both; "" is left
}

// Cell is one cell of a table. Lines of its value are paragraphs.
type Cell struct {
	Value string
	Text
	Shade bool
	Cols  int  // how many columns it covers; 0 is one
	Tall  bool // it goes on in the row below
	Goes  bool // it goes on from the row above; its value is not shown
}

// Table is what a table is beside its rows.
type Table struct {
	// Widths of the columns in millimetres; columns of 0 share what is left.
	Widths []float64
	Head   int // rows at the top that are repeated on every page
}

// Writer writes one document.
type Writer struct {
	zip    *zip.Writer
	out    *bufio.Writer
	page   Page
	widths []int // of the table that is open, in twips
	head   int   // rows of its heading that are still to come
	err    error
}

// NewWriter starts a document.
func NewWriter(w io.Writer, p Page) *Writer {
	d := &Writer{zip: zip.NewWriter(w), page: p}
	for _, part := range parts {
		d.part(part[0], part[1])
	}
	if body, err := d.zip.Create("word/document.xml"); d.err == nil {
		d.out, d.err = bufio.NewWriter(body), err
	}
	d.write(xmlHead + `<w:document xmlns:w="` + mainNS + `"><w:body>`)
	return d
}

func (d *Writer) part(name, text string) {
	part, err := d.zip.Create(name)
	if err == nil {
		_, err = io.WriteString(part, xmlHead+text)
	}
	if d.err == nil {
		d.err = err
	}
}

// write keeps the first error; what follows it is left out.
func (d *Writer) write(s string) {
	if d.err == nil {
		_, d.err = d.out.WriteString(s)
	}
}

// Paragraph writes a paragraph.
func (d *Writer) Paragraph(value string, t Text) {
	d.endTable()
	d.paragraph(value, t, 60)
}

// paragraph writes one with the room behind it in twips.
func (d *Writer) paragraph(value string, t Text, behind int) {
	size := t.Size
	if size == 0 {
		size = 12
	}
	across := t.Across
	if across == "" {
		across = "left"
	}
	d.write(fmt.Sprintf(`<w:p><w:pPr><w:spacing w:before="0" w:after="%d"/><w:jc w:val="%s"/></w:pPr>`, behind, across))
	if value != "" {
		mark := ""
		if t.Bold {
			mark += `<w:b/>`
		}
		if t.Italic {
			mark += `<w:i/>`
		}
		d.write(fmt.Sprintf(`<w:r><w:rPr>%s<w:sz w:val="%d"/><w:szCs w:val="%[2]d"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`, mark, int(2*size+0.5), escape(value)))
	}
	d.write(`</w:p>`)
}

// Table begins a table; Row writes its rows.
func (d *Writer) Table(t Table) {
	d.endTable()
	left, open := d.page.room(), 0
	d.widths, d.head = make([]int, len(t.Widths)), t.Head
	for i, w := range t.Widths {
		d.widths[i] = int(w * twipsOfMM)
		left -= d.widths[i]
		if w == 0 {
			open++
		}
	}
	d.write(`<w:tbl><w:tblPr><w:tblW w:w="` + fmt.Sprint(d.page.room()) + `" w:type="dxa"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		d.write(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
	}
	d.write(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for i, w := range t.Widths {
		if w == 0 {
			d.widths[i] = max(left/open, 567)
		}
		d.write(fmt.Sprintf(`<w:gridCol w:w="%d"/>`, d.widths[i]))
	}
	d.write(`</w:tblGrid>`)
}

// Row writes the next row of the table; its cells cover all columns.
func (d *Writer) Row(cells ...Cell) {
	d.write(`<w:tr><w:trPr><w:cantSplit/>`)
	if d.head > 0 {
		d.head--
		d.write(`<w:tblHeader/>`)
	}
	d.write(`</w:trPr>`)
	at := 0
	for _, c := range cells {
		d.cell(c, &at)
	}
	d.write(`</w:tr>`)
}

func (d *Writer) cell(c Cell, at *int) {
	cols, width := max(c.Cols, 1), 0
	for k := *at; k < *at+cols && k < len(d.widths); k++ {
		width += d.widths[k]
	}
	*at += cols
	d.write(fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width))
	if cols > 1 {
		d.write(fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, cols))
	}
	switch {
	case c.Goes:
		d.write(`<w:vMerge/>`)
		c.Value = ""
	case c.Tall:
		d.write(`<w:vMerge w:val="restart"/>`)
	}
	if c.Shade {
		d.write(`<w:shd w:val="clear" w:color="auto" w:fill="EBEBEB"/>`)
	}
	d.write(`</w:tcPr>`)
	for _, l := range strings.Split(c.Value, "\n") {
		d.paragraph(l, c.Text, 20)
	}
	d.write(`</w:tc>`)
}

func (d *Writer) endTable() {
	if d.widths != nil {
		d.widths = nil
		d.write(`</w:tbl>`)
		d.paragraph("", Text{Size: 6}, 0)
	}
}

// Close completes the document. It does not close what is written to.
func (d *Writer) Close() error {
	d.endTable()
	width, height, turned := short, long, ""
	if d.page.Landscape {
		width, height, turned = long, short, ` w:orient="landscape"`
	}
	d.write(fmt.Sprintf(`<w:sectPr><w:pgSz w:w="%d" w:h="%d"%s/><w:pgMar w:top="%d" w:right="%d" w:bottom="%[4]d" w:left="%[6]d" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`,
		width, height, turned, margin, right, bound))
	if d.err == nil {
		d.err = d.out.Flush()
	}
	if d.err != nil {
		return d.err
	}
	return d.zip.Close()
}

// escape makes text XML, without what XML cannot hold.
func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return ""
	}
	return b.String()
}

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNS  = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relNS   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	partNS  = "http://schemas.openxmlformats.org/package/2006/relationships"
	types   = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// parts are those that are the same in every document.
var parts = [][2]string{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + types + `document.main+xml"/><Override PartName="/word/styles.xml" ContentType="` + types + `styles+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="` + partNS + `"><Relationship Id="rId1" Type="` + relNS + `/officeDocument" Target="word/document.xml"/></Relationships>`},
	{"word/_rels/document.xml.rels", `<Relationships xmlns="` + partNS + `"><Relationship Id="rId1" Type="` + relNS + `/styles" Target="styles.xml"/></Relationships>`},
	{"word/styles.xml", `<w:styles xmlns:w="` + mainNS + `"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>` +
		`<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`},
}
