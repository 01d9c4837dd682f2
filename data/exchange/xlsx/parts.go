package xlsx

import (
	"fmt"
	"strings"
)

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNS  = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relNS   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	partNS  = "http://schemas.openxmlformats.org/package/2006/relationships"
	types   = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// parts returns the parts that are known when all sheets are written (ECMA-376).
func (w *Writer) parts() [][2]string {
	var overrides, sheets, rels strings.Builder
	for i, name := range w.names {
		fmt.Fprintf(&overrides, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, types)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escape(name), i+1, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relNS, i+1)
	}
	fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(w.names)+1, relNS)
	return [][2]string{
		{"xl/styles.xml", w.stylesPart()},
		{"xl/workbook.xml", `<workbook xmlns="` + mainNS + `" xmlns:r="` + relNS + `"><sheets>` + sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + partNS + `">` + rels.String() + `</Relationships>`},
		{"_rels/.rels", `<Relationships xmlns="` + partNS + `"><Relationship Id="rId1" Type="` + relNS + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + types + `sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="` + types + `styles+xml"/>` +
			overrides.String() + `</Types>`},
	}
}

func (w *Writer) stylesPart() string {
	const ownFormats = 164 // the first number of a format that is not built in
	var formats, fonts, cells strings.Builder
	known := map[string]int{"": 0, "@": 49}
	for i, s := range w.styles {
		format, ok := known[s.Format]
		if !ok {
			format = ownFormats + len(known) - 2
			known[s.Format] = format
			fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, format, escape(s.Format))
		}
		fonts.WriteString(`<font>` + mark(s.Bold, `<b/>`) + mark(s.Italic, `<i/>`) + fmt.Sprintf(`<sz val="%g"/><name val="Times New Roman"/><family val="1"/></font>`, s.Size))
		border := 0
		if s.Lines {
			border = 1
		}
		fmt.Fprintf(&cells, `<xf numFmtId="%d" fontId="%d" fillId="0" borderId="%d" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment`, format, i, border)
		cells.WriteString(mark(s.Across != "", ` horizontal="`+s.Across+`"`) + mark(s.Down != "", ` vertical="`+s.Down+`"`) + mark(s.Wrap, ` wrapText="1"`) + `/></xf>`)
	}
	line := func(side string) string { return `<` + side + ` style="thin"><color rgb="FF808080"/></` + side + `>` }
	return `<styleSheet xmlns="` + mainNS + `">` + mark(len(known) > 2, fmt.Sprintf(`<numFmts count="%d">%s</numFmts>`, len(known)-2, formats.String())) +
		fmt.Sprintf(`<fonts count="%d">%s</fonts>`, len(w.styles), fonts.String()) +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>` + line("left") + line("right") + line("top") + line("bottom") + `<diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		fmt.Sprintf(`<cellXfs count="%d">%s</cellXfs>`, len(w.styles), cells.String()) +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
}

// mark returns a text where something is so.
func mark(is bool, text string) string {
	if is {
		return text
	}
	return ""
}
