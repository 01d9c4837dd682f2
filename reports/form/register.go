package form

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/reports/paper"
)

// Entry is a line of the register book (register-and-reports 1.7).
type Entry struct {
	Seq       int
	Code      string
	Procedure string
	Copies    int
	Owner     string
	Address   string
	Phone     string
	Unit      string
	Received  data.Day
	Due       data.Day
	Returned  data.Day
	Way       string
	Note      string
}

// Names finds names in the catalogue.
type Names struct {
	Procedure func(id uint32) string
	Unit      func(id uint32) string
}

// EntryOf returns the line of a dossier as of a day; the note tells supplements,
// apologies, refusal and withdrawal.
func EntryOf(d *data.Dossier, asOf data.Day, names Names) Entry {
	state := d.On(asOf)
	procedure := cmp.Or(names.Procedure(d.Procedure), d.Content)
	e := Entry{Seq: d.Seq, Code: d.Code, Procedure: procedure, Copies: d.Copies, Owner: d.Owner.Name, Address: d.Owner.Address,
		Phone: d.Owner.Phone, Unit: names.Unit(d.Unit), Received: d.Received.Day, Due: state.Due.Day, Returned: state.Returned.Day}
	if state.Status == data.Delivered {
		e.Way = d.Return.String()
	}
	var notes []string
	for _, ev := range d.Events {
		if ev.At.Day > asOf {
			continue
		}
		switch ev.Kind {
		case data.AskSupplement, data.Supplement, data.Extend, data.Withdraw, data.Refuse, data.Stop, data.Cancel:
			s := ev.Kind.String()
			if ev.At.Known() {
				s += " " + ev.At.Day.String()
			}
			notes = append(notes, s)
		}
	}
	if d.Note != "" {
		notes = append(notes, d.Note)
	}
	e.Note = strings.Join(notes, "; ")
	return e
}

// Book is a register book to print.
type Book struct {
	Office  data.Office
	Number  int    // quyển số, 0 leaves room for it
	Year    int    // 0 leaves it out
	Subject string // lĩnh vực, "" for all
	// Condition tells what narrows the book, "" for nothing.
	Condition string
	Period    data.Period
	AsOf      data.Day // cut-off day; NoDay for the end of the period
	Variant   string   // name of a header variant, "" for the usual one
	Rows      int
	At        func(i int) Entry // called in order, more than once a row
	Foot      string
	Skipped   string // names the numbers that were given and taken back; "" for none
	// Templates are the versions of the form; nil takes the shipped ones.
	Templates []Template
	// First and Last are the numbers of the first and the last line, for the cover;
	// 0 leaves them out.
	First, Last int
	// Reprint prints "In lại lần n"; 0 for the first print.
	Reprint int
}

// AddBook writes the cover and the lines of a register book. Each line is
// printed on the form that was in force on its day of reception: a book that
// runs over a change of forms goes on with a new head.
func AddBook(d *paper.Document, b Book) error {
	list := b.Templates
	if list == nil {
		var err error
		if list, err = Shipped("so-theo-doi"); err != nil {
			return err
		}
	}
	first := b.Period.From
	if b.Rows > 0 {
		first = b.At(0).Received
	}
	cover(d, b, On(list, first))
	start := 0
	for {
		t := On(list, first)
		end := start
		for end < b.Rows {
			e := b.At(end)
			if next := On(list, e.Received); e.Received.Known() && next.From != t.From {
				first = e.Received
				break
			}
			end++
		}
		d.Section(paper.Section{Landscape: true, Margins: paper.Margins(t.Margins), Foot: b.Foot, Corner: reprint(b.Reprint)})
		head := t.Code + " (" + t.Basis + ")"
		d.Line(10, paper.Right, paper.Run{Text: head, Italic: true})
		d.Centered(13, paper.Run{Text: t.Title, Bold: true})
		d.Centered(11, paper.Run{Text: bookLine(b), Italic: true})
		d.Space(2)
		lines(d, t, b, start, end)
		start = end
		if start >= b.Rows {
			break
		}
	}
	if b.Skipped != "" {
		d.Space(2)
		d.Note(10, paper.Run{Text: b.Skipped, Italic: true})
	}
	return d.Err()
}

func lines(d *paper.Document, t Template, b Book, start, end int) {
	lines := [2][]string{make([]string, len(t.Columns)), make([]string, len(t.Columns))}
	t.AddTable(d, Body{Variant: b.Variant, Rows: end - start, At: func(i int) paper.Row {
		e := b.At(start + i)
		e.Seq = cmp.Or(e.Seq, start+i+1)
		return paper.Row{Cells: t.fill(lines[i&1], func(key string) string { return entryCells.of(e, key) })}
	}})
}

var entryCells = cells[Entry]{
	"seq": func(e Entry) string { return fmt.Sprint(e.Seq) }, "code": func(e Entry) string { return e.Code }, "procedure": func(e Entry) string { return e.Procedure },
	"owner": func(e Entry) string { return e.Owner }, "unit": func(e Entry) string { return e.Unit }, "way": func(e Entry) string { return e.Way },
	"received": func(e Entry) string { return e.Received.String() }, "due": func(e Entry) string { return e.Due.String() },
	"returned": func(e Entry) string { return e.Returned.String() }, "note": func(e Entry) string { return e.Note },
	"copies": func(e Entry) string {
		if e.Copies == 0 {
			return ""
		}
		return fmt.Sprint(e.Copies)
	},
	"address": func(e Entry) string {
		if e.Address != "" && e.Phone != "" {
			return e.Address + "; " + e.Phone
		}
		return e.Address + e.Phone
	},
}

func bookLine(b Book) string {
	number := "……"
	if b.Number > 0 {
		number = fmt.Sprint(b.Number)
	}
	s := "Quyển số: " + number
	if b.Year > 0 {
		s += fmt.Sprintf(" - Năm %d", b.Year)
	}
	if b.Subject != "" {
		s += " - Lĩnh vực: " + b.Subject
	}
	if b.AsOf.Known() && b.AsOf < b.Period.To {
		s += " - Số liệu đến " + b.AsOf.String()
	}
	return s
}

// cover writes the first page of a book.
func cover(d *paper.Document, b Book, t Template) {
	d.Section(paper.Section{Landscape: true, Margins: paper.Margins(t.Margins), Restart: true, Corner: reprint(b.Reprint)})
	w := d.Width()
	var lines []paper.BandLine
	bold := 1
	if b.Office.Desk != "" {
		bold = 2
	}
	for i, part := range []string{b.Office.Parent, b.Office.Name, b.Office.Desk} {
		for _, l := range strings.Split(part, "\n") {
			if l = strings.TrimSpace(l); l != "" {
				lines = append(lines, paper.BandLine{Text: strings.ToUpper(l), Size: 13, Bold: i == bold, Align: paper.Center})
			}
		}
	}
	if len(lines) > 0 {
		lines[len(lines)-1].Rule = 0.4
	}
	d.Band(true, 0, paper.BandColumn{Width: w * 0.5, Lines: lines},
		paper.BandColumn{Width: w * 0.5, Lines: []paper.BandLine{
			{Text: t.Code, Size: 11, Bold: true, Align: paper.Right},
			{Text: "(" + t.Basis + ")", Size: 11, Italic: true, Align: paper.Right},
		}})
	number := "……"
	if b.Number > 0 {
		number = fmt.Sprint(b.Number)
	}
	middle := []paper.BandLine{
		{Blank: 38},
		{Text: t.Title, Size: 26, Bold: true, Align: paper.Center, Rule: 0.3},
		{Blank: 8},
		{Text: "Quyển số: " + number, Size: 16, Align: paper.Center},
	}
	if b.Subject != "" {
		middle = append(middle, paper.BandLine{Text: "Lĩnh vực: " + b.Subject, Size: 14, Align: paper.Center, Before: 4})
	}
	if b.Year > 0 {
		middle = append(middle, paper.BandLine{Text: fmt.Sprintf("Năm %d", b.Year), Size: 14, Align: paper.Center, Before: 4})
	}
	if b.Period.From.Known() {
		middle = append(middle, paper.BandLine{Text: b.Period.SpanAsOf(b.AsOf), Size: 13, Italic: true, Align: paper.Center, Before: 4})
	}
	if b.Condition != "" {
		middle = append(middle, paper.BandLine{Text: b.Condition, Size: 13, Italic: true, Align: paper.Center, Before: 4})
	}
	middle = append(middle, paper.BandLine{Text: "Số hồ sơ trong quyển: " + data.FormatInt(int64(b.Rows)), Size: 13, Align: paper.Center, Before: 4})
	if b.First > 0 && b.Last >= b.First {
		middle = append(middle, paper.BandLine{Text: fmt.Sprintf("Từ số thứ tự %d đến số thứ tự %d", b.First, b.Last), Size: 13, Align: paper.Center, Before: 4})
	}
	for _, what := range []string{"Ngày mở sổ", "Ngày khóa sổ"} {
		middle = append(middle, paper.BandLine{Text: what + ": ……/……/…………", Size: 13, Align: paper.Center, Before: 6})
	}
	d.Band(false, 0, paper.BandColumn{Width: w, Lines: middle})
}

// BuildBooks lays out the quyển of a register as one document; each begins on a sheet of
// its own.
func BuildBooks(ctx context.Context, list []Book, o paper.Options) (*paper.Document, error) {
	o.Title = cmp.Or(o.Title, "Sổ theo dõi hồ sơ")
	d := paper.New(ctx, o)
	for i, b := range list {
		if i > 0 {
			d.Sheet()
		}
		if len(list) > 1 {
			d.Bookmark(0, b.Subject)
		}
		if err := AddBook(d, b); err != nil {
			return d, err
		}
	}
	return d, d.Err()
}
