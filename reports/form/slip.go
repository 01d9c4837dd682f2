package form

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"

	"giaoban/data"
	"giaoban/data/text"
	"giaoban/reports/paper"
)

// Slip is what one paper is filled with. Names arrive resolved; what is unknown
// stays empty and is printed as dots to be written over.
type Slip struct {
	Dossier   *data.Dossier
	Procedure string // name of its procedure
	Field     string // name of its field
	Unit      string // competent unit
	UnitPhone string
	Receiver  string // receiving unit where it is another one
	Event     *data.Event
	Letter    *data.Letter
	Cause     string // of the delay
	Office    data.Office
	Signer    data.Signer // empty for that of the office
	Number    string      // of the paper where neither letter nor event has it
	Copy      int         // which of Template.Copies, from 1; 0 prints each of them
	Reprint   int         // prints "In lại lần n"; 0 for the first print
	Today     data.Day    // date of the paper; unknown leaves room for it

	// Rows and At are the rows of the table of a list; At is called in order, more
	// than once a row. The register book has its own.
	Rows int
	At   func(i int) Row
	Book *Book
	// Days are those of a due date, Compare the findings about two sources.
	Days    []Day
	Compare *Comparison

	From, To  string      // who gives and takes, or the two sources
	Moment    data.Moment // of the hand-over or the meeting
	Period    data.Period
	AsOf      data.Day // cut-off day of a list; NoDay for the end of the period
	Subject   string   // what a list was restricted to
	ShowNames bool     // names in lists for meetings in full
	Foot      string   // 8 pt line at the foot of lists
}

// Job is one paper to print: a slip on a form.
type Job struct {
	Template Template
	Slip     Slip
}

// Build lays out papers of any kinds as one document, each on a new page of its
// own size. Cancelling ctx gives an error of code Cancelled here or when the
// document is written.
func Build(ctx context.Context, jobs []Job, o paper.Options) (*paper.Document, error) {
	if len(jobs) == 0 {
		return nil, data.Fail(data.Invalid, "Chưa chọn giấy tờ nào để in.", nil)
	}
	o.Title = cmp.Or(o.Title, jobs[0].Template.Title)
	if day := jobs[0].Slip.Today; o.Created.IsZero() && day.Known() {
		o.Created = day.Time()
	}
	d := paper.New(ctx, o)
	// Slips that are to be A5 are first tried on a document that is thrown away.
	try := paper.New(ctx, paper.Options{})
	for _, j := range jobs {
		if problems := j.Template.Problems(); len(problems) > 0 {
			return nil, data.Fail(data.Invalid, fmt.Sprintf("Biểu mẫu «%s»: %s Sửa biểu mẫu hoặc khôi phục biểu mẫu gốc.", OneLine(j.Template.Title), problems[0]), nil)
		}
		if err := j.add(d, try); err != nil {
			return nil, err
		}
	}
	return d, d.Err()
}

// Write writes papers of any kinds as one PDF file. Its errors are those of
// Build, and those of w.
func Write(w io.Writer, jobs []Job) error {
	d, err := Build(context.Background(), jobs, paper.Options{})
	if err != nil {
		return err
	}
	b, err := d.Bytes()
	if err != nil {
		return err
	}
	if _, err := w.Write(b); err != nil {
		return data.Fail(data.ReadOnly, "Không ghi được tệp PDF. Kiểm tra thư mục còn ghi được rồi thử lại.", err)
	}
	return nil
}

func (j Job) add(d, try *paper.Document) error {
	t, s := j.Template, j.Slip
	if s.Book != nil {
		b := *s.Book
		if b.Templates == nil {
			b.Templates = []Template{t}
		}
		b.Reprint = max(b.Reprint, s.Reprint)
		return AddBook(d, b)
	}
	copies := []string{""}
	if len(t.Copies) > 0 {
		copies = t.Copies
		if s.Copy > 0 {
			copies = t.Copies[min(s.Copy, len(t.Copies))-1:][:1]
		}
	}
	if t.Page == "a5" {
		before := try.Pages()
		s.lay(try, t, copies[0])
		if err := try.Err(); err != nil {
			return err
		}
		if try.Pages() > before+1 {
			t.Page, t.Margins = "a4", Margins{Top: 20, Bottom: 20, Left: 30, Right: 15}
			t.Size, t.HeadSize = max(t.Size, 12), max(t.HeadSize, 11)
		}
	}
	for _, name := range copies {
		s.lay(d, t, name)
	}
	return d.Err()
}

// lay writes one copy of a paper on new pages.
func (s *Slip) lay(d *paper.Document, t Template, copyName string) {
	t.Size = cmp.Or(t.Size, 11)
	t.HeadSize = cmp.Or(t.HeadSize, t.Size)
	section := t.Section(s.Foot)
	section.Size, section.Corner = t.Size, reprint(s.Reprint)
	d.Section(section)
	lines := t.Lines
	if len(lines) == 0 {
		lines = []Line{{Key: "table", Shown: true}}
	}
	s.head(d, t, lines)
	d.Space(4)
	d.Centered(t.Size+2.5, paper.Run{Text: t.Title, Bold: true})
	if basis := basisLine(t); basis != "" {
		d.Centered(max(t.Size-1.5, 8), paper.Run{Text: basis, Italic: true})
	}
	if copyName != "" {
		d.Centered(t.Size, paper.Run{Text: "(Liên: " + copyName + ")", Italic: true})
	}
	d.Space(2)
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		if !l.Shown || headKeys[l.Key] || l.Optional && s.unknown(l) {
			continue
		}
		if !single(l.Key) {
			s.block(d, t, l)
			continue
		}
		fields := []paper.Field{s.field(l)}
		for i+1 < len(lines) && lines[i+1].Join && (!lines[i+1].Shown || single(lines[i+1].Key)) {
			i++
			if lines[i].Shown {
				fields = append(fields, s.field(lines[i]))
			}
		}
		d.Fields(fields...)
	}
	s.sign(d, t, lines)
	if _, annexed := has(lines, "annex"); !annexed {
		s.notes(d, t, lines)
	}
}

// notes writes the notes of a slip; those of a list stand under its table.
func (s *Slip) notes(d *paper.Document, t Template, lines []Line) {
	if _, table := has(lines, "table"); table {
		return
	}
	for i, n := range t.Notes {
		if i == 0 {
			d.Space(2)
		}
		d.Note(max(t.Size-1.5, 8), paper.Run{Text: s.text(n), Italic: true})
	}
}

func reprint(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf("In lại lần %d", n)
}

// basisLine writes "(Theo Mẫu số 01, ban hành kèm theo …)".
func basisLine(t Template) string {
	switch {
	case t.Code == "" && t.Basis == "":
		return ""
	case t.Code == "":
		return "(" + t.Basis + ")"
	case t.Basis == "":
		return "(Theo " + t.Code + ")"
	}
	return "(Theo " + t.Code + ", " + text.Within(t.Basis) + ")"
}

// headKeys are the lines that stand in the head of the paper, wherever they are
// listed.
var headKeys = map[string]bool{"barcode": true, "qr": true, "code_line": true, "book_line": true, "number_line": true, "date_line": true}

// has reports whether a line is shown, and returns it.
func has(lines []Line, key string) (Line, bool) {
	for _, l := range lines {
		if l.Key == key && l.Shown {
			return l, true
		}
	}
	return Line{}, false
}

// head writes who issues the paper, its number, codes, date and place in the
// book.
func (s *Slip) head(d *paper.Document, t Template, lines []Line) {
	parent, name := s.Office.Parent, s.Office.Name
	if t.Desk && s.Office.Desk != "" {
		parent, name = OneLine(s.Office.Name), s.Office.Desk
	}
	d.Letterhead(paper.Letterhead{Parent: parent, Name: name, NoNumber: true, Size: t.HeadSize})
	var left, right []paper.BandLine
	size, code := t.HeadSize, s.value("code")
	if l, ok := has(lines, "number_line"); ok {
		number := s.number()
		if !strings.Contains(number, "/") {
			number = paper.Number(number, t.Symbol)
		}
		left = append(left, paper.BandLine{Text: l.Label + " " + number, Size: size, Align: paper.Center})
	}
	if _, ok := has(lines, "barcode"); ok && code != "" {
		left = append(left, paper.BandLine{Bars: code, Blank: 9, Before: 3, Align: paper.Center})
	}
	if l, ok := has(lines, "code_line"); ok {
		code = cmp.Or(code, "……………………")
		left = append(left, paper.BandLine{Text: l.Label + " " + code, Size: size, Align: paper.Center, Before: 1})
	}
	if _, ok := has(lines, "date_line"); ok {
		right = append(right, paper.BandLine{Text: paper.DateLine(s.Office.Place, s.Today, 0), Size: size, Italic: true, Align: paper.Center})
	}
	if l, ok := has(lines, "book_line"); ok {
		right = append(right, paper.BandLine{Text: s.text(strings.ReplaceAll(l.Label, "………………", "……")), Size: size, Align: paper.Center, Before: 3})
	}
	w := d.Width()
	columns := []paper.BandColumn{{Width: w * 0.46, Lines: left}}
	if _, ok := has(lines, "qr"); ok && s.value("code") != "" {
		side := min(20, w*0.14)
		columns = append(columns, paper.BandColumn{Width: side, Lines: []paper.BandLine{{QR: s.value("code"), Blank: side, Align: paper.Center}}},
			paper.BandColumn{Width: w*0.54 - side, Lines: right})
	} else {
		columns = append(columns, paper.BandColumn{Width: w * 0.54, Lines: right})
	}
	if len(left)+len(right)+len(columns) > 2 {
		d.Band(true, 0, columns...)
	}
}

// unknown reports whether a value of a line is unknown.
func (s *Slip) unknown(l Line) bool {
	if single(l.Key) && s.value(l.Key) == "" {
		return true
	}
	for _, m := range placeholder.FindAllStringSubmatch(l.Label, -1) {
		if s.value(m[1]) == "" {
			return true
		}
	}
	return false
}

func (s *Slip) field(l Line) paper.Field {
	return paper.Field{Label: l.Label, Value: s.value(l.Key), After: l.After, Bold: l.Bold, Lines: l.Lines}
}

// block writes a line that is not a single value.
func (s *Slip) block(d *paper.Document, t Template, l Line) {
	switch l.Key {
	case "text":
		d.Flush(paper.Run{Text: s.text(l.Label), Bold: l.Bold})
	case "paragraph":
		d.Paragraph(paper.Run{Text: s.text(l.Label), Bold: l.Bold})
	case "center":
		d.Centered(t.Size, paper.Run{Text: s.text(l.Label), Bold: l.Bold})
	case "heading":
		d.Space(1.5)
		d.Line(t.Size, paper.Left, paper.Run{Text: s.text(l.Label), Bold: true})
	case "missing":
		s.missing(d, l)
	case "control":
		d.Space(1.5)
		s.control(d, t)
	case "strip":
		s.strip(d)
	case "parts", "table", "annex":
		s.table(d, t, l)
	}
}

// missing writes the list of papers of the event, numbered, or lines of dots.
func (s *Slip) missing(d *paper.Document, l Line) {
	if l.Label != "" {
		d.Line(d.TextSize(), paper.Left, paper.Run{Text: l.Label})
	}
	n := 0
	if s.Event != nil {
		for item := range strings.Lines(s.Event.More) {
			if item = strings.TrimSpace(item); item != "" {
				n++
				d.Flush(paper.Run{Text: fmt.Sprintf("%d. %s", n, item)})
			}
		}
	}
	if n == 0 {
		d.Dots(max(l.Lines, 1))
	}
}

// table writes the table of the form.
func (s *Slip) table(d *paper.Document, t Template, l Line) {
	if l.Key == "annex" {
		// Both the receipt and the list that belongs to it are signed.
		s.sign(d, t, t.Lines)
		s.notes(d, t, t.Lines)
		d.Break()
	}
	if l.Label != "" {
		switch l.Key {
		case "annex":
			d.Centered(t.Size+1.5, paper.Run{Text: l.Label, Bold: true})
			d.Space(2)
		default:
			d.Line(t.Size, paper.Left, paper.Run{Text: s.text(l.Label)})
			d.Space(1)
		}
	}
	rows, at := s.rows(t, l.Key)
	body := t
	if l.Key != "table" {
		body.Notes = nil
	}
	if l.Key == "parts" {
		body.Empty = ""
	} else {
		d.Space(1)
	}
	body.Size, body.HeadSize = tableSize(t), tableSize(t)
	tail := 0.0
	if l.Key != "parts" && len(t.Signers) > 0 {
		tail = SignersHeight
	}
	open := !t.Masked || s.ShowNames
	body.AddTable(d, Body{Rows: rows, Open: open, Tail: tail, At: func(i int) paper.Row { return t.row(at(i), i, open) }})
}

// tableSize is the size of tables inside forms, a little below the text.
func tableSize(t Template) float64 {
	if t.Size > 10.5 {
		return t.Size - 1
	}
	return t.Size
}

// sign writes who signs the paper: a letter as Decree 30 has it, a slip with
// people side by side.
func (s *Slip) sign(d *paper.Document, t Template, lines []Line) {
	if len(t.Signers) == 0 {
		return
	}
	if len(t.Recipients) > 0 {
		g := s.signer(t.Signers[len(t.Signers)-1].Title)
		var to []string
		for _, r := range t.Recipients {
			to = append(to, s.text(r))
		}
		d.Signature(paper.Signature{Recipients: to, Authority: g.Authority, Title: g.Title, Signer: g.Name})
		return
	}
	_, dated := has(lines, "date_line")
	var people []paper.Signer
	for i, who := range t.Signers {
		p := paper.Signer{Title: who.Title, Note: who.Note, Name: s.name(who.Who)}
		if who.Who == "signer" {
			g := s.signer(who.Title)
			p.Title = strings.TrimSpace(g.Authority + "\n" + g.Title)
		}
		if !dated && i == len(t.Signers)-1 {
			p.Above = paper.DateLine(s.Office.Place, s.Today, 0)
		}
		people = append(people, p)
	}
	if len(people) == 1 {
		people = append([]paper.Signer{{}}, people...)
	}
	d.Signers(t.Size, people...)
}

// signer returns who signs for the office; title where none is known.
func (s *Slip) signer(title string) data.Signer {
	g := s.Signer
	if g == (data.Signer{}) {
		g = data.Signer{Name: s.Office.Signer, Title: s.Office.Title, Authority: s.Office.Authority}
	}
	if g.Title == "" && g.Authority == "" {
		g.Title = title
	}
	g.Authority, g.Title = strings.ToUpper(g.Authority), strings.ToUpper(g.Title)
	return g
}

// name returns the name below a signature, "" to be written by hand.
func (s *Slip) name(who string) string {
	switch who {
	case "applicant":
		return s.value("applicant")
	case "taker":
		return s.value("event_to")
	case "receiver":
		return cmp.Or(s.value("officer"), s.Office.Officer)
	case "guide", "giver":
		return cmp.Or(s.value("event_by"), s.Office.Officer)
	case "preparer":
		return cmp.Or(s.Office.Preparer, s.Office.Officer)
	case "signer":
		return s.signer("").Name
	}
	return ""
}
