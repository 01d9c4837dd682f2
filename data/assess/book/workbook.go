package book

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"giaoban/data/disk"
	"giaoban/data/scoring"
)

// WriteSetWorkbook writes a set as a workbook that an officer can fill: one row
// a node and one a step, and a second sheet that explains the columns. ImportSet
// reads exactly the same set from it. All cells are text, so that a spreadsheet
// changes no 31/01 into a date of this year.
func (b *Book) WriteSetWorkbook(w io.Writer, id uint64) error {
	_, set, err := b.Set(id)
	if err != nil {
		return err
	}
	rows, err := scoring.SetRows(set)
	if err != nil {
		return err
	}
	return writeWorkbook(w, []page{
		{name: "Tiêu chí", rows: rows, widths: []float64{14, 6, 10, 60, 10, 22, 10, 10, 8, 24, 40, 36, 26, 12, 24}},
		{name: "Hướng dẫn", rows: guide(), widths: []float64{26, 30, 90}},
	})
}

func guide() [][]string {
	rows := [][]string{{"Phần", "Từ dùng", "Ý nghĩa"}}
	for _, g := range scoring.SetGuide() {
		rows = append(rows, g[:])
	}
	return rows
}

type page struct {
	name   string
	rows   [][]string
	widths []float64
}

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNS  = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relNS   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	partNS  = "http://schemas.openxmlformats.org/package/2006/relationships"
)

// styles: 0 plain text, 1 bold heading; both wrap, font Times New Roman 12.
const styles = xmlHead + `<styleSheet xmlns="` + mainNS + `"><fonts count="2"><font><sz val="12"/><name val="Times New Roman"/></font>` +
	`<font><b/><sz val="12"/><name val="Times New Roman"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2">` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf numFmtId="49" fontId="1" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>` +
	`</cellXfs></styleSheet>`

// writeWorkbook writes sheets of text cells, the first row of each as a heading
// that stays in view.
func writeWorkbook(w io.Writer, pages []page) error {
	z := zip.NewWriter(w)
	put := func(name, text string) error {
		f, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(f, text)
		}
		return err
	}
	var types, sheets, rels strings.Builder
	for i, p := range pages {
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escape(p.name), i+1, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relNS, i+1)
	}
	parts := [][2]string{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` + types.String() + `</Types>`},
		{"_rels/.rels", xmlHead + `<Relationships xmlns="` + partNS + `"><Relationship Id="rId1" Type="` + relNS + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", xmlHead + `<workbook xmlns="` + mainNS + `" xmlns:r="` + relNS + `"><sheets>` + sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships xmlns="` + partNS + `">` + rels.String() +
			fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(pages)+1, relNS) + `</Relationships>`},
		{"xl/styles.xml", styles},
	}
	for i, p := range pages {
		parts = append(parts, [2]string{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), p.xml()})
	}
	for _, part := range parts {
		if err := put(part[0], part[1]); err != nil {
			return writeFailed(err)
		}
	}
	if err := z.Close(); err != nil {
		return writeFailed(err)
	}
	return nil
}

func writeFailed(err error) error {
	return disk.Fail("Không ghi được tệp", err)
}

func (p page) xml() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<worksheet xmlns="` + mainNS + `"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	for i, width := range p.widths {
		fmt.Fprintf(&b, `<col min="%d" max="%d" width="%g" style="0" customWidth="1"/>`, i+1, i+1, width)
	}
	b.WriteString(`</cols><sheetData>`)
	for i, row := range p.rows {
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for j, text := range row {
			style := 0
			if i == 0 {
				style = 1
			}
			cell := fmt.Sprintf("%c%d", 'A'+j, i+1) // never more than 26 columns
			if text == "" {
				fmt.Fprintf(&b, `<c r="%s" s="%d"/>`, cell, style)
				continue
			}
			fmt.Fprintf(&b, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, cell, style, escape(text))
		}
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData></worksheet>`)
	return b.String()
}

func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return ""
	}
	return b.String()
}
