package form

import (
	"cmp"
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
