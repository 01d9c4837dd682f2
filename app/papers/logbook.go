package papers

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
	"giaoban/data/logbook"
	"giaoban/data/text"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// LogbookRequest says which table of a logbook is wanted.
type LogbookRequest struct {
	Kind   *logbook.Kind
	Layout *logbook.Layout
	Period data.Period // its zero value for all entries
	AsOf   data.Day    // NoDay: the end of the period, at most today
	Masked bool        // for papers that leave the office: names of persons shortened
	// Part leaves out who made the table: it is a part of another paper.
	Part bool
	// Only are the ids of the entries to print; nil for all.
	Only map[uint64]bool
}

// logLine is a line of a table of a logbook.
type logLine struct {
	cells      []string
	group, sum bool
	rows       []*logbook.Row // that stand behind it
}

// LogbookTable is a table of a logbook, ready to be drawn.
type LogbookTable struct {
	Title, About string
	AsOf         data.Day
	Office       data.Office
	today        data.Day
	request      LogbookRequest
	lines        []logLine
	count        int
	states       []string // how many rows are in each state, in words
}

// GatherLogbook works the table out from one state of the office. The states of all
// rows add up to their number.
func GatherLogbook(d *desk.Desk, r LogbookRequest) (t *LogbookTable, err error) {
	err = onState(d, func(s *desk.Snapshot) error {
		if !r.AsOf.Known() {
			r.AsOf = s.Today()
			if r.Period.To.Known() {
				r.AsOf = min(r.AsOf, r.Period.To)
			}
		}
		w, err := s.Logbooks(r.AsOf)
		if err == nil {
			t = tableOf(s, w, r)
		}
		return err
	})
	return t, err
}

// tableOf works out a table of the logbooks of w, whose day is that of the request.
func tableOf(s desk.Reading, w *logbook.World, r LogbookRequest) *LogbookTable {
	k, l := r.Kind, r.Layout
	t := &LogbookTable{Title: l.Title, AsOf: r.AsOf, Office: s.Office(), today: s.Today(), request: r}
	rows := slices.DeleteFunc(k.Rows(w), func(x logbook.Row) bool {
		return r.Only != nil && !r.Only[x.ID] || !k.In(w, x.Entry, r.Period) || !l.Keeps(&x)
	})
	for i := range rows {
		rows[i].Period = r.Period
	}
	t.count = len(rows)
	about := "Số liệu tính đến " + r.AsOf.String()
	if r.Period.Label != "" {
		about = r.Period.Label + "; s" + strings.TrimPrefix(about, "S")
	}
	t.About = "(" + about + ")"
	for _, state := range k.States {
		n := 0
		for i := range rows {
			if rows[i].State == state.ID {
				n++
			}
		}
		if n > 0 {
			t.states = append(t.states, fmt.Sprintf("%s: %s", text.Within(state.Title), data.FormatInt(int64(n))))
		}
	}
	c := s.Catalogue()
	names := desk.EntryNames{World: w, Cat: c}
	t.fill(rows, names)
	return t
}

// logGroup is the rows under one title.
type logGroup struct {
	key, title string
	rows       []*logbook.Row
}

func (t *LogbookTable) groups(rows []logbook.Row) (out []logGroup) {
	at := map[string]int{}
	l := t.request.Layout
	for i := range rows {
		key, title := l.GroupOf(&rows[i])
		if _, ok := at[key]; !ok {
			at[key] = len(out)
			out = append(out, logGroup{key: key, title: title})
		}
		out[at[key]].rows = append(out[at[key]].rows, &rows[i])
	}
	order := t.request.Kind.Order
	slices.SortStableFunc(out, func(a, b logGroup) int {
		return cmp.Or(cmp.Compare(order(a.key), order(b.key)), cmp.Compare(min(len(b.key), 1), min(len(a.key), 1)), strings.Compare(a.title, b.title)) // what nobody wrote is last
	})
	return out
}

func (t *LogbookTable) fill(rows []logbook.Row, names desk.EntryNames) {
	l := t.request.Layout
	groups := t.groups(rows)
	if l.Tally {
		every := make([]*logbook.Row, len(rows))
		for i := range rows {
			every[i] = &rows[i]
		}
		if l.Sum {
			groups = nil
		}
		for i, g := range groups {
			t.lines = append(t.lines, logLine{cells: t.tally(g, data.FormatInt(int64(i+1))), rows: g.rows})
		}
		t.lines = append(t.lines, logLine{cells: t.tally(logGroup{title: "Tổng cộng", rows: every}, ""), sum: true, rows: every})
		return
	}
	n := 0
	for i, g := range groups {
		if l.Group != "" {
			cells := make([]string, len(l.Columns))
			cells[0] = form.Roman(i+1) + ". " + cmp.Or(g.title, "Khác") + " (" + data.FormatInt(int64(len(g.rows))) + ")"
			t.lines = append(t.lines, logLine{cells: cells, group: true})
		}
		for _, r := range g.rows {
			n++
			cells := make([]string, len(l.Columns))
			for j := range l.Columns {
				cells[j] = t.cell(&l.Columns[j], r, n, names)
			}
			t.lines = append(t.lines, logLine{cells: cells, rows: []*logbook.Row{r}})
		}
	}
}

func (t *LogbookTable) cell(c *logbook.Column, r *logbook.Row, n int, names desk.EntryNames) string {
	k := t.request.Kind
	if text, ok := c.Text(r); ok && t.request.Masked {
		return maskedText(k, nil, r.Entry, text)
	} else if ok {
		return text
	}
	switch c.Key {
	case "#":
		return data.FormatInt(int64(n))
	case "number":
		return k.Name(r.Entry)
	case "state":
		return k.StateText(r)
	}
	f := k.Field(c.Key)
	if f == nil {
		return ""
	}
	if f.Type == logbook.Link {
		return r.World.LinkName(f.Kind, r.Ref(f.Key))
	}
	text := f.Shown(r.Text(c.Key), names)
	if !t.request.Masked {
		return text
	}
	return maskedText(k, f, r.Entry, text)
}

// maskedText is a text of an entry as papers show it that others see: private names are
// shortened, wherever they stand, and an address leaves its commune.
func maskedText(k *logbook.Kind, f *logbook.Field, e *logbook.Entry, text string) string {
	if f != nil && !f.Private && f.Type != logbook.Text && f.Type != logbook.Area {
		return text
	}
	var names, addresses []string
	for i := range k.Fields {
		switch own := &k.Fields[i]; {
		case own.Private && own.Key == "address":
			addresses = append(addresses, e.Text(own.Key))
		case own.Private:
			names = append(names, e.Text(own.Key))
		}
	}
	switch {
	case f != nil && f.Private && f.Key == "address":
		return form.Hide(form.Commune(text), nil, nil)
	case f != nil && f.Private:
		text = Mask(text)
	}
	return form.Hide(text, names, addresses)
}

// tally is one line of sums.
func (t *LogbookTable) tally(g logGroup, place string) []string {
	l := t.request.Layout
	cells := make([]string, len(l.Columns))
	for j := range l.Columns {
		c := &l.Columns[j]
		switch {
		case c.Key == "#":
			cells[j] = place
		case c.Key == "group":
			cells[j] = g.title
		case c.Sums():
			cells[j] = sumOf(c, g.rows)
		}
	}
	return cells
}

// sumOf writes the sum of a column over rows, or the percentage that it is; a dash where
// none of them says the number that is summed, and for a percentage of nothing.
func sumOf(c *logbook.Column, rows []*logbook.Row) string {
	const dash = "–"
	var v data.Ratio
	if len(rows) > 0 && !c.Said(rows) {
		return dash
	}
	for _, r := range rows {
		b, a := c.Part(r)
		v.Numerator, v.Denominator = v.Numerator+b, v.Denominator+a
	}
	switch {
	case c.Of != "" && v.Denominator == 0:
		return dash
	case c.Of != "":
		return v.Percent()
	}
	return data.FormatInt(v.Numerator)
}

// head builds the header of the columns: a row for each level of the heads under which
// columns are joined.
func (t *LogbookTable) head() [][]paper.Head {
	columns := t.request.Layout.Columns
	paths := make([][]string, len(columns))
	deep := 1
	for i, c := range columns {
		if c.Under != "" {
			paths[i] = strings.Split(c.Under, "|")
		}
		deep = max(deep, len(paths[i])+1)
	}
	out := make([][]paper.Head, deep)
	for level := range out {
		for i := 0; i < len(columns); i++ {
			switch {
			case level > len(paths[i]):
			case level == len(paths[i]):
				out[level] = append(out[level], paper.Head{Text: columns[i].Title, RowSpan: deep - level})
			default:
				n := 1
				for ; i+n < len(columns) && len(paths[i+n]) > level && slices.Equal(paths[i+n][:level+1], paths[i][:level+1]); n++ {
				}
				out[level] = append(out[level], paper.Head{Text: paths[i][level], ColSpan: n})
				i += n - 1
			}
		}
	}
	return out
}

// PDF draws the table: Decree 30 head, title, day of the figures, states that add up,
// lines, signature.
func (t *LogbookTable) PDF(ctx context.Context) ([]byte, error) {
	doc := paper.New(ctx, paper.Options{Title: t.Title, Author: form.OneLine(t.Office.Name), Created: t.AsOf.Time().Add(8 * time.Hour)})
	t.Draw(doc)
	return doc.Bytes()
}

// Draw writes the table as a section of its own, for a paper of several parts.
func (t *LogbookTable) Draw(doc *paper.Document) {
	l := t.request.Layout
	foot := "Số liệu tính đến " + t.AsOf.String() + "; " + data.FormatInt(int64(t.count)) + " " + t.request.Kind.One
	section := paper.Section{Landscape: l.Landscape, Size: 11, Foot: foot}
	if l.Landscape {
		section.Margins = paper.Lists
	}
	doc.Section(section)
	if l.Form != "" && t.request.Period.From.Known() {
		form.Template{Code: l.Form, Title: strings.ToUpper(t.Title)}.StatHead(doc, t.Office, t.request.Period, t.AsOf, l.By)
	} else {
		form.ListHead(doc, t.Office, strings.ToUpper(t.Title), t.About)
	}
	widths := columnWidths(t.request.Kind, l.Columns, doc.Width())
	table := paper.Table{Rows: len(t.lines), Size: 9.5, Header: t.head()}
	if !t.request.Part {
		table.Tail = form.SignersHeight
	}
	for i, c := range l.Columns {
		if l.Numbered {
			table.Numbers = append(table.Numbers, fmt.Sprintf("(%d)", i+1))
		}
		column := paper.Column{Width: widths[i]}
		switch {
		case c.Sums():
			column.Align = paper.Right
		case c.Key == "#":
			column.Align = paper.Center
		}
		table.Columns = append(table.Columns, column)
	}
	table.At = func(i int) paper.Row {
		line := t.lines[i]
		row := paper.Row{Cells: line.cells, Bold: line.group || line.sum, Shade: line.group, KeepNext: line.group}
		if line.group {
			row.Span = len(l.Columns)
		}
		return row
	}
	doc.Table(table)
	if t.count == 0 {
		doc.Note(11, paper.Run{Text: "Không có " + t.request.Kind.One + " nào.", Italic: true})
	}
	if len(t.states) > 0 && !l.Tally {
		doc.Note(10, paper.Run{Text: "Tổng số " + data.FormatInt(int64(t.count)) + ", trong đó " + strings.Join(t.states, "; ") + ".", Italic: true})
	}
	if !t.request.Part {
		form.ListFoot(doc, t.Office, t.today, t.AsOf.Year())
	}
}

// The least widths of columns, mm: a running number and its head, and a date, stand in
// one line.
const leastNumber, leastDate = 9, 20

// columnWidths shares the width of a paper by what the columns ask for; none is narrower
// than what it holds.
func columnWidths(k *logbook.Kind, columns []logbook.Column, width float64) []float64 {
	least, asked := make([]float64, len(columns)), 0.0
	for i, c := range columns {
		if f := k.Field(c.Key); c.Key == "#" {
			least[i] = leastNumber
		} else if f != nil && f.Type == logbook.Day {
			least[i] = leastDate
		}
		asked += columnShare(c)
	}
	out, room, share := make([]float64, len(columns)), width, asked
	for i, c := range columns {
		if width*columnShare(c)/asked < least[i] {
			out[i] = least[i]
			room -= least[i]
			share -= columnShare(c)
		}
	}
	for i, c := range columns {
		if out[i] == 0 {
			out[i] = room * columnShare(c) / share
		}
	}
	return out
}

func columnShare(c logbook.Column) float64 {
	if c.Width == 0 {
		return 1
	}
	return c.Width
}

// Workbook writes the table to a workbook, which appears whole or not at all.
func (t *LogbookTable) Workbook(ctx context.Context, d *desk.Desk, path string) error {
	table := exchange.Table{Sheet: t.request.Layout.ID, Titles: []string{t.Title, t.About}}
	for _, c := range t.request.Layout.Columns {
		title := c.Title
		if c.Under != "" {
			title = strings.ReplaceAll(c.Under, "|", ": ") + ": " + c.Title
		}
		table.Columns = append(table.Columns, exchange.TableColumn{Heading: title, Width: 8 + 10*columnShare(c)})
	}
	return d.WriteOut(ctx, desk.Issue{What: t.Title}, path, func(ctx context.Context, w io.Writer) error {
		desk.Holds(ctx, t.count, t.request.Masked)
		return exchange.WriteTable(w, table, func(yield func([]any) bool) {
			for _, line := range t.lines {
				row := make([]any, len(line.cells))
				for i, cell := range line.cells {
					row[i] = typed(cell, t.request.Layout.Columns[i].Sums())
				}
				if !yield(row) {
					return
				}
			}
		})
	})
}
