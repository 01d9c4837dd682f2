package form

import (
	"context"

	"giaoban/data"
	"giaoban/reports/paper"
)

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
	if l.Title == "" {
		l.Title = t.Title
	}
	if o.Title == "" {
		o.Title = l.Title
	}
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
