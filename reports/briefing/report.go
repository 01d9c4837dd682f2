package briefing

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/text"
	"giaoban/reports/form"
	"giaoban/reports/paper"
)

// Build lays out the report with the blocks (nil takes the draft).
func Build(ctx context.Context, in *Input, blocks []Block, o paper.Options) (*paper.Document, error) {
	w, err := in.write(ctx, blocks, o)
	if err != nil {
		return nil, err
	}
	if err := w.annexes(); err != nil {
		return nil, err
	}
	return w.Document, w.Err()
}

// Body lays out the report of the outline without annexes, which may follow.
func Body(ctx context.Context, in *Input, blocks []Block, o paper.Options) (*paper.Document, error) {
	w, err := in.write(ctx, blocks, o)
	if err != nil {
		return nil, err
	}
	return w.Document, nil
}

func (in *Input) write(ctx context.Context, blocks []Block, o paper.Options) (*writer, error) {
	draft, err := shipped(in.Outline, in.AsOf)
	if err != nil {
		return nil, err
	}
	if blocks == nil {
		if blocks, err = Draft(in); err != nil {
			return nil, err
		}
	}
	texts, err := Render(blocks, in)
	if err != nil {
		return nil, err
	}
	about, err := in.gather().fillText(draft.About)
	if err != nil {
		return nil, err
	}
	w := &writer{Document: paper.New(ctx, in.options(o, "Báo cáo "+text.Within(about.text.String()))), in: in, draft: draft}
	return w, w.body(texts, about.text.String())
}

// options sets title and date of the file from the input.
func (in *Input) options(o paper.Options, title string) paper.Options {
	o.Title = cmp.Or(o.Title, title)
	o.Author = cmp.Or(o.Author, form.OneLine(in.Office.Name))
	if o.Created.IsZero() {
		day := in.Date
		if !day.Known() {
			day = in.AsOf
		}
		if day.Known() {
			o.Created = day.Time()
		}
	}
	return o
}

// writer is a report being written.
type writer struct {
	*paper.Document
	in    *Input
	draft outline
	annex int
}

// year is the year of the report's date where the date is left to be written.
func (in *Input) year() int {
	if in.Date.Known() {
		return in.Date.Year()
	}
	return in.AsOf.Year()
}

func (w *writer) body(texts []Rendered, about string) error {
	in := w.in
	w.Section(paper.Section{Foot: in.Foot()})
	w.Letterhead(paper.Letterhead{Parent: in.Office.Parent, Name: in.Office.Name, Number: in.Number, Symbol: in.Office.Symbol,
		Place: in.Office.Place, Date: in.Date, Year: in.year()})
	w.Title(w.draft.Title, about)
	if in.Office.Receiver != "" {
		w.AddressedTo(in.Office.Receiver)
		w.Space(2)
	}
	number := 0
	for i := 0; i < len(texts); {
		first := i
		empty := true
		for i < len(texts) && texts[i].Section == texts[first].Section {
			empty = empty && len(texts[i].Paragraphs) == 0
			i++
		}
		title := texts[first].Section
		id := sectionID(texts[first:i])
		if empty && (in.Outline == "" || title == "") { // an official outline keeps its numbers
			continue
		}
		if title != "" {
			number++
			w.Heading(1, form.Roman(number)+". "+title)
		}
		charts := in.charts(id)
		w.section(texts[first:i], empty, i == len(texts) && len(charts) == 0)
		for _, c := range charts {
			height := 62.0
			if n := len(c.Categories); len(c.Series) == 1 && id == "don-vi" {
				height = 16 + 6.5*float64(n)
			}
			w.Chart(c, height)
		}
		if id == "don-vi" {
			if err := w.units(); err != nil {
				return err
			}
		}
	}
	recipients := in.Recipients
	if recipients == nil {
		recipients = w.draft.Recipients
	}
	w.Signature(paper.Signature{Recipients: recipients, Authority: in.Office.Authority, Title: in.Office.Title, Signer: in.Office.Signer})
	return nil
}

// sectionID is the id of a section, with which the ids of its shipped blocks begin.
func sectionID(texts []Rendered) string {
	for _, t := range texts {
		if id, _, _ := strings.Cut(t.ID, "."); !IsOwn(t.ID) {
			return id
		}
	}
	return ""
}

// section writes the paragraphs of one section. What the officer has to write yet in an
// official outline is left as a line of dots. last says that the signature follows.
func (w *writer) section(texts []Rendered, empty, last bool) {
	heading, end := 0, len(texts)-1
	for end > 0 && len(texts[end].Paragraphs) == 0 {
		end--
	}
	for i, t := range texts {
		if t.Heading {
			heading++
			w.Heading(2, fmt.Sprintf("%d. %s", heading, t.Name))
		}
		for k, p := range t.Paragraphs {
			run := paper.Run{Text: p.Text}
			switch {
			case p.Item:
				w.Bullet(run)
			case last && i == end && k == len(t.Paragraphs)-1:
				w.Closing(run)
			default:
				w.Paragraph(run)
			}
		}
		if len(t.Paragraphs) == 0 && w.in.Outline != "" && (t.Heading || empty && i == 0) {
			w.Dots(1)
		}
	}
}

// units writes the table of units with overdue dossiers.
func (w *writer) units() error {
	classes := w.in.classes()
	if len(classes) == 0 {
		return nil
	}
	t, err := form.ShippedOn("don-vi", w.in.AsOf)
	if err != nil {
		return err
	}
	w.Space(2)
	w.Line(12, paper.Center, paper.Run{Text: t.Title, Bold: true})
	var rows []paper.Row
	for _, c := range classes {
		list, cut := unitRows(c.List)
		most := fmt.Sprintf("(%d đơn vị nhiều nhất trong %d đơn vị)", shown, len(c.List))
		switch {
		case c.Class.Name != "":
			head := paper.Row{Cells: make([]string, len(t.Columns)), Span: len(t.Columns), Bold: true, KeepNext: true}
			if head.Cells[0] = c.Class.Name; cut > 0 {
				head.Cells[0] += " " + most
			}
			rows = append(rows, head)
		case cut > 0:
			w.Line(11, paper.Center, paper.Run{Text: most, Italic: true})
		}
		rows = append(rows, unitTable(t, list, min(len(c.List), shown))...)
	}
	if all := w.in.units(); len(classes) > 1 {
		rows = append(rows, paper.Row{Cells: statCells(t, "", together(all)), Bold: true})
	}
	t.AddTable(w.Document, form.Body{Rows: len(rows), At: func(i int) paper.Row { return rows[i] }})
	return nil
}

// unitTable are the rows of one class, of which the first named ones are units.
func unitTable(t form.Template, list []data.Row, named int) (rows []paper.Row) {
	for i, r := range list {
		if i >= named {
			rows = append(rows, paper.Row{Cells: statCells(t, "", r), Bold: i > 0 && i == len(list)-1})
			continue
		}
		rows = append(rows, paper.Row{Cells: statCells(t, fmt.Sprint(i+1), r)})
	}
	return rows
}

func statCells(t form.Template, no string, r data.Row) []string {
	cells := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		switch c.Key {
		case "tt":
			cells[i] = no
		case "name":
			cells[i] = r.Name
		default:
			cells[i] = data.FormatInt(data.Column(c.Key).Of(r.Counts))
		}
	}
	return cells
}

// checks writes the table in which the report collates its own figures.
func (w *writer) checks() error {
	t, err := form.ShippedOn("doi-chieu", w.in.AsOf)
	if err != nil {
		return err
	}
	list := Checks(w.in)
	w.Space(3)
	w.Line(12, paper.Center, paper.Run{Text: t.Title, Bold: true})
	t.AddTable(w.Document, form.Body{Rows: len(list), At: func(i int) paper.Row {
		c := list[i]
		cells := make([]string, len(t.Columns))
		for k, col := range t.Columns {
			cells[k] = map[string]string{"name": c.Name, "figures": c.Figures, "result": c.Result()}[col.Key]
		}
		return paper.Row{Cells: cells, Bold: !c.Holds}
	}})
	return nil
}

// Belongs is the line that ties an annex to the report.
func (in *Input) Belongs() string {
	return fmt.Sprintf("(Kèm theo Báo cáo số %s %s của %s)", paper.Number(in.Number, in.Office.Symbol), paper.DateLine("", in.Date, in.year()), form.InText(in.Office.Name))
}

// head begins an annex on a new page.
func (w *writer) head(t form.Template, title string) {
	w.annex++
	w.Section(t.Section(w.in.Foot()))
	w.Annex("Phụ lục "+form.Roman(w.annex), title, w.in.Belongs())
	w.Space(3)
}

func (w *writer) annexes() error {
	in := w.in
	if in.Part {
		return w.comparison()
	}
	for _, a := range in.Choice.Annexes("") {
		if !in.Choice.On(a.ID) {
			continue
		}
		w.Sheet()
		if err := w.annexOf(a.ID); err != nil {
			return err
		}
	}
	return nil
}

// annexOf writes an annex by its id.
func (w *writer) annexOf(id string) error {
	in := w.in
	switch id {
	case AnnexFields, AnnexUnits:
		stat, err := form.ShippedOn("ii06a", in.Period.To)
		if err != nil {
			return err
		}
		by, rows, total := "Theo lĩnh vực", form.FieldRows(in.ByField), in.ByField.Total
		if id == AnnexUnits {
			by, rows, total = "Theo đơn vị", form.UnitRows(in.ByUnit, in.levelOf, in.levels()), in.ByUnit.Total
		}
		w.head(stat, "")
		stat.StatHead(w.Document, in.Office, in.Period, in.AsOf, by)
		stat.AddStat(w.Document, rows, total, false)
		return nil
	case AnnexCompare:
		return w.comparison()
	}
	late, err := form.ShippedOn("qua-han", in.AsOf)
	if err != nil {
		return err
	}
	w.head(late, late.Title)
	w.Line(11, paper.Center, paper.Run{Text: "(Tính đến ngày " + in.AsOf.String() + ")", Italic: true})
	late.AddOverdue(w.Document, in.Overdue, in.ShowNames, 0)
	return nil
}

// named is the period with its days and an early cut-off.
func (in *Input) named() string {
	return in.Period.Label + " (" + text.Within(in.Period.SpanAsOf(in.AsOf)) + ")"
}

// comparison writes the annex that sets the period beside the one a year before,
// and the rates with their numerators and denominators.
func (w *writer) comparison() error {
	in := w.in
	counts, err := form.ShippedOn("so-sanh", in.AsOf)
	if err != nil {
		return err
	}
	rates, err := form.ShippedOn("ty-le", in.AsOf)
	if err != nil {
		return err
	}
	if in.Compared() {
		w.head(counts, counts.Title)
		w.Line(11, paper.Center, paper.Run{Text: in.named() + " so với " + text.Within(in.Before.Label) + " (" + text.Within(in.Before.SpanAsOf(in.ByFieldBefore.AsOf)) + ")", Italic: true})
		rows := comparisonRows(in)
		counts.AddTable(w.Document, form.Body{Rows: len(rows), At: func(i int) paper.Row {
			return paper.Row{Cells: rows[i].cells(counts), Bold: rows[i].bold, KeepNext: rows[i].bold}
		}})
		w.Space(4)
		w.Line(13, paper.Center, paper.Run{Text: rates.Title, Bold: true})
	} else {
		w.head(rates, rates.Title)
		w.Line(11, paper.Center, paper.Run{Text: "(chưa có kỳ trước để so)", Italic: true})
		w.Line(11, paper.Center, paper.Run{Text: in.named(), Italic: true})
	}
	list := rateRows(in)
	rates.AddTable(w.Document, form.Body{Rows: len(list), At: func(i int) paper.Row {
		return paper.Row{Cells: list[i].cells(rates), Bold: list[i].head, KeepNext: list[i].head}
	}})
	return w.checks()
}
