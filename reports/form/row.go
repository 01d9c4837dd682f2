package form

import (
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/reports/paper"
)

// Row is a row of a form's table: Cell returns what stands under a column.
type Row interface {
	Cell(key string) string
}

// Cell returns what stands in a column of the register book; an unknown number
// is left to the place of the row.
func (e Entry) Cell(key string) string {
	if key == "seq" {
		return count(e.Seq)
	}
	return e.cell(key, 0)
}

// Part is a row of the table of parts of a dossier.
type Part data.Part

// Cell returns what stands in a column of the table of parts; nought is left
// empty.
func (p Part) Cell(key string) string {
	switch key {
	case "name":
		return p.Name
	case "original":
		return count(p.Original)
	case "certified":
		return count(p.Certified)
	case "plain":
		return count(p.Copies)
	case "sheets":
		return count(p.Original + p.Certified + p.Copies)
	case "digital":
		return data.Digital(p.Digital).String()
	}
	return ""
}

// Near is a dossier that becomes late before a meeting.
type Near struct {
	Code, Procedure, Owner string // Owner in full; it is masked in print unless the officer says otherwise
	Due                    data.Moment
	DuePaused              data.Moment // where the clock stands: the due date if it stands until the meeting
	Spent                  string      // where its days went, such as "Một cửa 1 ngày; Phòng Tư pháp 6 ngày"
	Missing                string      // what it still needs
}

// Cell returns what stands in a column of the slip.
func (n Near) Cell(key string) string {
	switch key {
	case "code":
		return n.Code
	case "procedure":
		return n.Procedure
	case "owner":
		return n.Owner
	case "due":
		return n.Due.String()
	case "due_paused":
		return n.DuePaused.String()
	case "spent":
		return n.Spent
	case "missing":
		return n.Missing
	}
	return ""
}

// Sent is a row of the book of letters of apology.
type Sent struct {
	Letter                       data.Letter
	Code, Owner, Procedure, Unit string
	Due                          data.Moment // the date that was not kept
	Cause                        string
}

// Cell returns what stands in a column of the book.
func (s Sent) Cell(key string) string {
	l := s.Letter
	switch key {
	case "number":
		return count(l.Number)
	case "day":
		return l.Day.String()
	case "code":
		return s.Code
	case "owner":
		return s.Owner
	case "procedure":
		return s.Procedure
	case "unit":
		return s.Unit
	case "due":
		return s.Due.Day.String()
	case "promised":
		return l.Promised.Day.String()
	case "reason":
		if l.Reason == "" {
			return s.Cause
		}
		return l.Reason
	case "signer":
		return l.Signer
	case "delivered":
		return strings.TrimSpace(l.Delivered.String() + " " + l.How)
	case "note":
		if l.Void {
			return "Đã hủy, giữ số"
		}
	}
	return ""
}

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

// Cell returns what stands in a column of the minutes.
func (f Finding) Cell(key string) string {
	switch key {
	case "kind":
		return f.Kind
	case "count":
		return data.FormatInt(int64(f.Count))
	case "codes":
		return f.Codes
	}
	return ""
}

// Step is a row of the history of a dossier.
type Step struct {
	At             data.Moment
	By, What, Next string
	Until          data.Moment // what the step had to keep, or promised
}

// Cell returns what stands in a column of the history.
func (s Step) Cell(key string) string {
	switch key {
	case "at":
		return s.At.String()
	case "by":
		return s.By
	case "what":
		return s.What
	case "next":
		return s.Next
	case "until":
		return s.Until.String()
	}
	return ""
}

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
type sum struct {
	title, value string
}

// Cell returns the title or the sum.
func (s sum) Cell(key string) string {
	switch key {
	case "tt", "kind":
		return s.title
	case "count":
		return s.value
	}
	return ""
}

// empty is a row to be written by hand.
type empty struct{}

// Cell returns nothing.
func (empty) Cell(string) string { return "" }

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
		days := s.dayRows()
		return len(days), func(i int) Row { return days[i] }
	case t.ID == History:
		steps := s.steps()
		return len(steps), func(i int) Row { return steps[i] }
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
