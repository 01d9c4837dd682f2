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

// Cell returns what stands in a column of a list.
func (o Overdue) Cell(key string) string {
	switch key {
	case "code":
		return o.Code
	case "owner":
		return o.Owner
	case "procedure":
		return o.Procedure
	case "unit":
		return o.Unit
	case "due":
		return o.Due.String()
	case "days":
		return data.FormatInt(int64(o.DaysLate))
	case "apology":
		switch {
		case o.Apology && o.Outside:
			return "Có, ngoài sổ"
		case o.Apology:
			return "Có"
		}
		return "Chưa"
	}
	return ""
}

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

// Cell returns what stands in a column of a list.
func (it Item) Cell(key string) string {
	mark := func(b bool) string {
		if b {
			return "X"
		}
		return ""
	}
	switch key {
	case "code":
		return it.Code
	case "procedure":
		return it.Procedure
	case "owner":
		return it.Owner
	case "unit":
		return it.Unit
	case "received":
		return it.Received.String()
	case "due":
		return it.Due.String()
	case "ended":
		return it.Ended.String()
	case "returned":
		return it.Returned.String()
	case "status":
		return it.Status
	case "note":
		return it.Note
	case "copies":
		return count(it.Copies)
	case "address":
		return it.Address
	case "phone":
		return it.Phone
	case "term":
		return it.Term
	case "result":
		return it.Result
	case "fee":
		return mark(it.Fee)
	case "postal":
		return mark(it.Postal)
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
