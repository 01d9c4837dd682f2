package form

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/reports/paper"
)

// Row is a row of a form's table: Cell returns what stands under a column.
type Row interface {
	Cell(key string) string
}

// cells are the columns of a kind of row: what stands under each.
type cells[T any] map[string]func(T) string

// of returns what stands under a column of a row, "" for a column that it has not.
func (c cells[T]) of(row T, key string) string {
	if cell := c[key]; cell != nil {
		return cell(row)
	}
	return ""
}

// Part is a row of the table of parts of a dossier.
type Part data.Part

var partCells = cells[Part]{
	"name": func(p Part) string { return p.Name }, "original": func(p Part) string { return count(p.Original) },
	"certified": func(p Part) string { return count(p.Certified) }, "plain": func(p Part) string { return count(p.Copies) },
	"sheets":  func(p Part) string { return count(p.Original + p.Certified + p.Copies) },
	"digital": func(p Part) string { return p.Digital.String() },
}

// Cell returns what stands in a column of the table of parts; nought is left
// empty.
func (p Part) Cell(key string) string { return partCells.of(p, key) }

// Near is a dossier that becomes late before a meeting.
type Near struct {
	Code, Procedure, Owner string // Owner in full; it is masked in print unless the officer says otherwise
	Due                    data.Moment
	DuePaused              data.Moment // where the clock stands: the due date if it stands until the meeting
	Spent                  string      // where its days went, such as "Một cửa 1 ngày; Phòng Tư pháp 6 ngày"
	Missing                string      // what it still needs
}

var nearCells = cells[Near]{
	"code": func(n Near) string { return n.Code }, "procedure": func(n Near) string { return n.Procedure }, "owner": func(n Near) string { return n.Owner },
	"due": func(n Near) string { return n.Due.String() }, "due_paused": func(n Near) string { return n.DuePaused.String() },
	"spent": func(n Near) string { return n.Spent }, "missing": func(n Near) string { return n.Missing },
}

// Cell returns what stands in a column of the slip.
func (n Near) Cell(key string) string { return nearCells.of(n, key) }

// Sent is a row of the book of letters of apology.
type Sent struct {
	Letter                       data.Letter
	Code, Owner, Procedure, Unit string
	Due                          data.Moment // the date that was not kept
	Cause                        string
}

var sentCells = cells[Sent]{
	"number": func(s Sent) string { return count(s.Letter.Number) }, "day": func(s Sent) string { return s.Letter.Day.String() },
	"code": func(s Sent) string { return s.Code }, "owner": func(s Sent) string { return s.Owner }, "procedure": func(s Sent) string { return s.Procedure },
	"unit": func(s Sent) string { return s.Unit }, "due": func(s Sent) string { return s.Due.Day.String() },
	"promised": func(s Sent) string { return s.Letter.Promised.Day.String() }, "reason": func(s Sent) string { return cmp.Or(s.Letter.Reason, s.Cause) },
	"signer":    func(s Sent) string { return s.Letter.Signer },
	"delivered": func(s Sent) string { return strings.TrimSpace(s.Letter.Delivered.String() + " " + s.Letter.How) },
	"note": func(s Sent) string {
		if s.Letter.Void {
			return "Đã hủy, giữ số"
		}
		return ""
	},
}

// Cell returns what stands in a column of the book.
func (s Sent) Cell(key string) string { return sentCells.of(s, key) }

// Comparison is what two sources of the same dossiers agree and differ in.
type Comparison struct {
	First, Second, Same int // dossiers in each source, and those that agree
	Findings            []Finding
}

// Finding is one kind of difference between two sources.
type Finding struct {
	Kind  string // such as "Có ở nguồn thứ nhất, không có ở nguồn thứ hai"
	Count int
	Codes string // the dossiers, or what was agreed about them
}

var findingCells = cells[Finding]{
	"kind": func(f Finding) string { return f.Kind }, "count": func(f Finding) string { return data.FormatInt(int64(f.Count)) },
	"codes": func(f Finding) string { return f.Codes },
}

// Cell returns what stands in a column of the minutes.
func (f Finding) Cell(key string) string { return findingCells.of(f, key) }

// Step is a row of the history of a dossier.
type Step struct {
	At             data.Moment
	By, What, Next string
	Until          data.Moment // what the step had to keep, or promised
}

var stepCells = cells[Step]{
	"at": func(s Step) string { return s.At.String() }, "by": func(s Step) string { return s.By }, "what": func(s Step) string { return s.What },
	"next": func(s Step) string { return s.Next }, "until": func(s Step) string { return s.Until.String() },
}

// Cell returns what stands in a column of the history.
func (s Step) Cell(key string) string { return stepCells.of(s, key) }

// steps returns the history of the dossier: its reception and its events.
func (s *Slip) steps() []Step {
	d := s.Dossier
	if d == nil {
		return nil
	}
	list := []Step{{At: d.Received, By: d.Officer, What: "Tiếp nhận hồ sơ", Next: s.Unit, Until: d.Due}}
	for i := range d.Events {
		e := &d.Events[i]
		what := e.Kind.String()
		if e.Ref != "" {
			what += " số " + e.Ref
		}
		if e.Kind == data.Correct {
			what += ": từ «" + readable(e.Old) + "» thành «" + readable(e.New) + "»"
		}
		if e.Text != "" {
			what += ". " + e.Text
		}
		next := e.To
		if e.Kind == data.HandOver {
			next = e.New
		}
		by := e.By
		if by == "" && e.Kind == data.HandOver {
			by = e.Old
		}
		list = append(list, Step{At: d.Happened(i), By: by, What: what, Next: next, Until: e.Due})
	}
	return list
}

// readable writes a date of a correction as people do; other texts stay as they
// are.
func readable(s string) string {
	date, clock, _ := strings.Cut(s, " ")
	if day, err := data.ParseISO(date); err == nil {
		return strings.TrimSpace(day.String() + " " + clock)
	}
	return s
}

// sum is the last row of a table with a total.
type sum struct{ title, value string }

// Cell returns the title or the sum.
func (s sum) Cell(key string) string {
	return map[string]string{"tt": s.title, "kind": s.title, "count": s.value}[key]
}

// empty is a row to be written by hand.
type empty struct{}

// Cell returns nothing.
func (empty) Cell(string) string { return "" }

// rowsOf are the rows of a list.
func rowsOf[T Row](list []T) (int, func(i int) Row) {
	return len(list), func(i int) Row { return list[i] }
}

// rows returns the rows of a table or of the table of parts.
func (s *Slip) rows(t Template, key string) (int, func(i int) Row) {
	switch {
	case key == "parts" && s.Dossier != nil && len(s.Dossier.Parts) > 0:
		return len(s.Dossier.Parts), func(i int) Row { return Part(s.Dossier.Parts[i]) }
	case key == "parts":
		return 3, func(int) Row { return empty{} }
	case s.At != nil:
		return s.Rows, s.At
	case s.Compare != nil:
		list, n := s.Compare.Findings, 0
		for _, f := range list {
			n += f.Count
		}
		return len(list) + 1, func(i int) Row {
			if i < len(list) {
				return list[i]
			}
			return sum{t.Total, data.FormatInt(int64(n))}
		}
	case s.Days != nil:
		return rowsOf(s.dayRows())
	case t.ID == History:
		return rowsOf(s.steps())
	}
	return 0, func(int) Row { return empty{} }
}

// row lays the cells of a row in the order of the columns; names are in full
// only when open.
func (t Template) row(r Row, i int, open bool) paper.Row {
	cells := t.fill(make([]string, len(t.Columns)), func(key string) string {
		v := r.Cell(key)
		switch {
		case (key == "tt" || key == "seq") && v == "":
			return fmt.Sprint(i + 1)
		case key == "owner" && !open:
			return Mask(v)
		}
		return v
	})
	if _, total := r.(sum); total {
		return paper.Row{Cells: cells, Bold: true, Span: 2}
	}
	return paper.Row{Cells: cells}
}

// Overdue is a dossier that is overdue and still open.
type Overdue struct {
	Code      string
	Owner     string // in full; it is masked in print unless the officer says otherwise
	Procedure string
	Unit      string
	Due       data.Day
	DaysLate  int
	Apology   bool // it has a letter of apology
	Outside   bool // the letter is only known from the source, no letter book of the office holds it
}

var overdueCells = cells[Overdue]{
	"code": func(o Overdue) string { return o.Code }, "owner": func(o Overdue) string { return o.Owner }, "unit": func(o Overdue) string { return o.Unit },
	"procedure": func(o Overdue) string { return o.Procedure }, "due": func(o Overdue) string { return o.Due.String() },
	"days": func(o Overdue) string { return data.FormatInt(int64(o.DaysLate)) },
	"apology": func(o Overdue) string {
		switch {
		case o.Apology && o.Outside:
			return "Có, ngoài sổ"
		case o.Apology:
			return "Có"
		}
		return "Chưa"
	},
}

// Cell returns what stands in a column of a list.
func (o Overdue) Cell(key string) string { return overdueCells.of(o, key) }

// AddOverdue writes the list of overdue dossiers; names are in full only when
// open, tail is the room for what follows.
func (t Template) AddOverdue(d *paper.Document, list []Overdue, open bool, tail float64) {
	t.AddTable(d, Body{Rows: len(list), Open: open, Tail: tail, At: func(i int) paper.Row {
		return t.row(list[i], i, open)
	}})
}

// Item is a line of a list of dossiers. What a list has no column for may stay
// empty.
type Item struct {
	Code, Procedure, Owner, Unit string
	Received, Due, Ended         data.Day
	Status, Note                 string
	Copies                       int
	Address, Phone               string
	Term                         string   // such as "5 ngày làm việc"
	Result                       string   // the result handed over
	Returned                     data.Day // to the citizen
	Fee                          bool     // a fee is due
	Postal                       bool     // the result goes by post
}

var itemCells = cells[Item]{
	"code": func(it Item) string { return it.Code }, "procedure": func(it Item) string { return it.Procedure }, "owner": func(it Item) string { return it.Owner },
	"unit": func(it Item) string { return it.Unit }, "status": func(it Item) string { return it.Status }, "note": func(it Item) string { return it.Note },
	"received": func(it Item) string { return it.Received.String() }, "due": func(it Item) string { return it.Due.String() },
	"ended": func(it Item) string { return it.Ended.String() }, "returned": func(it Item) string { return it.Returned.String() },
	"copies": func(it Item) string { return count(it.Copies) }, "address": func(it Item) string { return it.Address },
	"phone": func(it Item) string { return it.Phone }, "term": func(it Item) string { return it.Term }, "result": func(it Item) string { return it.Result },
	"fee": func(it Item) string { return mark(it.Fee) }, "postal": func(it Item) string { return mark(it.Postal) },
}

// Cell returns what stands in a column of a list.
func (it Item) Cell(key string) string { return itemCells.of(it, key) }

func mark(b bool) string {
	if b {
		return "X"
	}
	return ""
}

// AddItems writes a list of dossiers and leaves room for ListFoot; names are in
// full only when open.
func (t Template) AddItems(d *paper.Document, rows int, at func(i int) Item, open bool) {
	t.AddTable(d, Body{Rows: rows, Open: open, Tail: SignersHeight, At: func(i int) paper.Row {
		return t.row(at(i), i, open)
	}})
}

// ListHead writes the head of a list of its own: the office at the left, the
// nation at the right, then title and a line below it.
func ListHead(d *paper.Document, office data.Office, title, below string) {
	d.Letterhead(paper.Letterhead{Parent: office.Parent, Name: office.Name, NoNumber: true})
	d.Centered(13, paper.Run{Text: title, Bold: true})
	if below != "" {
		d.Centered(12, paper.Run{Text: below, Italic: true})
	}
	d.Space(2)
}

// ListFoot writes who made the list, with place and date above.
func ListFoot(d *paper.Document, office data.Office, day data.Day, year int) {
	d.Signers(12, paper.Signer{}, paper.Signer{Above: paper.DateLine(office.Place, day, year), Title: "NGƯỜI LẬP DANH SÁCH", Note: "(Ký, ghi rõ họ tên)", Name: office.Preparer})
}

// List is a list of dossiers to print.
type List struct {
	Office    data.Office
	Title     string // "" for that of the form
	Below     string // line under the title, such as what was searched
	AsOf      data.Day
	Date      data.Day
	Rows      int
	At        func(i int) Item // called in order, more than once a row
	ShowNames bool
	Foot      string
}

// BuildList lays out a list of dossiers as a document of its own.
func BuildList(ctx context.Context, l List, o paper.Options) (*paper.Document, error) {
	t, err := ShippedOn("danh-sach", l.AsOf)
	if err != nil {
		return nil, err
	}
	l.Title = cmp.Or(l.Title, t.Title)
	o.Title = cmp.Or(o.Title, l.Title)
	if o.Created.IsZero() && l.AsOf.Known() {
		o.Created = l.AsOf.Time()
	}
	d := paper.New(ctx, o)
	d.Section(t.Section(l.Foot))
	ListHead(d, l.Office, l.Title, l.Below)
	d.Line(11, paper.Right, paper.Run{Text: "Tổng số: " + data.FormatInt(int64(l.Rows)) + " hồ sơ", Italic: true})
	t.AddItems(d, l.Rows, l.At, l.ShowNames)
	ListFoot(d, l.Office, l.Date, l.AsOf.Year())
	return d, nil
}
