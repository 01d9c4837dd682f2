package main

import (
	"bytes"
	"context"
	"fmt"

	"github.com/jung-kurt/gofpdf"

	"giaoban/assets"
	"giaoban/data"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// bookRows is the size of the register book of a town in a year.
const bookRows = 34_170

// benchBook compares the register book, lines broken and set, with bare calls of gofpdf
// that only draw the same texts at the same places and a frame for each cell.
func benchBook(o *office) []line {
	period := must(data.ParsePeriod("2022"))
	office := data.Office{Name: "Ủy ban nhân dân thị xã", Place: "Thị xã"}
	names := form.Names{Procedure: func(id uint32) string { return procedureName(int(id)) }, Unit: func(id uint32) string { return unitName(int(id)) }}
	// A book that is written through a whole register reads each dossier once or twice.
	entries := make([]form.Entry, bookRows)
	for i := range entries {
		one := o.dossier(i)
		one.Received.Day = period.From + data.Day(i*365/bookRows)
		entries[i] = form.EntryOf(&one, data.MaxDay, names)
	}
	book := form.Book{Office: office, Number: 1, Year: 2022, Period: period, Rows: bookRows, At: func(i int) form.Entry { return entries[i] }}
	write := func(record bool) (*paper.Document, []byte) {
		d := paper.New(context.Background(), paper.Options{Record: record})
		check(form.AddBook(d, book))
		return d, must(d.Bytes())
	}
	d, whole := write(true)
	boxes := d.Boxes()
	took := turns(3, func() { write(false) }, func() { drawBare(boxes) })
	bar := timed(fmt.Sprintf("register book of %d rows as PDF, %d pages", bookRows, d.Pages()), took[0], "bare gofpdf", took[1], 1.5)
	return []line{bar, megabytes(fmt.Sprintf("the register book of %d rows", bookRows), whole, 7), megabytes(fmt.Sprintf("the list of %d dossiers", listRows), listPaper(o, office, names), 8)}
}

// listRows is the size of the longest list of a town.
const listRows = 86_314

// megabytes is a bar of the size of a paper, in millions of bytes.
func megabytes(work string, pdf []byte, limit float64) line {
	return line{work, float64(len(pdf)) / 1e6, limit, "MB", "limit", 1, ""}
}

// listPaper draws a list of dossiers.
func listPaper(o *office, office data.Office, names form.Names) []byte {
	list := form.List{Office: office, AsOf: today, Rows: listRows, Foot: "Số liệu tính đến " + today.String(), At: func(i int) form.Item {
		one := o.dossier(i)
		s := one.On(today)
		return form.Item{Code: one.Code, Procedure: names.Procedure(one.Procedure), Owner: one.Owner.Name, Unit: names.Unit(one.Unit),
			Received: one.Received.Day, Due: s.Due.Day, Ended: s.Ended.Day, Status: s.Status.String(), Note: one.Note}
	}}
	return must(must(form.BuildList(context.Background(), list, paper.Options{})).Bytes())
}

// bookColumns is the number of columns of the book, each cell of which has a
// frame.
const bookColumns = 13

func drawBare(boxes []paper.Box) []byte {
	pdf := gofpdf.New("L", "pt", "A4", "")
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCellMargin(0)
	pdf.AddUTF8FontFromBytes("serif", "", bytes.Clone(assets.SerifRegular))
	pdf.SetFont("serif", "", 10)
	pages := 0
	for _, b := range boxes {
		for pages < b.Page {
			pdf.AddPage()
			pages++
		}
		pdf.SetXY(b.X, b.Y)
		pdf.CellFormat(b.W, b.H, b.Text, "", 0, "L", false, 0, "")
	}
	perPage := bookRows * bookColumns / pages
	for i := range bookRows * bookColumns {
		if i%perPage == 0 {
			pdf.SetPage(min(pages, 1+i/perPage))
		}
		pdf.Rect(float64(i%bookColumns)*50, float64(i%400), 50, 30, "D")
	}
	var out bytes.Buffer
	check(pdf.Output(&out))
	return out.Bytes()
}
