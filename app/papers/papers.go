// Package papers gathers from the desk what a report is written from. Windows
// and commands use it, so that both print the same.
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
	"giaoban/data/register"
	"giaoban/reports/briefing"
	"giaoban/reports/form"
	"giaoban/reports/meeting"
	"giaoban/reports/paper"
	"giaoban/reports/reform"
	"giaoban/reports/scorecard"
)

// Request says which report is wanted.
type Request struct {
	Name      Name
	Period    data.Period
	AsOf      data.Day // NoDay: the end of the period
	Date      data.Day // date of the paper; NoDay leaves room for it
	Number    string
	ShowNames bool        // print the names of persons in full
	Masked    bool        // shorten them in the books too, which otherwise name persons in full
	Query     *desk.Query // danh-sach: which dossiers; nil for those received in the period
	Filter    desk.Filter // of which dossiers; only reports that are Narrow take one
	About     string      // danh-sach: line under the title
	Book      int         // so-theo-doi: quyển số
	// Conference names the conference whose paper is wanted, by its number in the
	// register or «#id»; "" for those of the period.
	Conference string
	Seal       string // for the foot of every page; see paper.Options
	Progress   func(done, total int64, what string)
	Doubts     func([]string) // is told which sentences must be read again, see TurnTexts; nil for no one
}

// asOf returns the cut-off day.
func (r *Request) asOf() data.Day {
	if r.AsOf == data.NoDay {
		return r.Period.To
	}
	return r.AsOf
}

// Drawn is a report that was laid out, with what stands in it.
type Drawn struct {
	PDF     []byte
	Figures *briefing.Input      // nil for a report that is a list
	Blocks  []briefing.Block     // its paragraphs, as drafted or as officers wrote them
	Every   []briefing.Block     // with those that are switched off
	Places  []Place              // where they stand
	Kept    map[string]desk.Kept // of which paragraphs the text is that of an earlier period
	Turns   []briefing.Turn      // sentences of these whose figure changed direction since
}

// Place is where a paragraph of a block begins.
type Place struct {
	Block string
	Page  int     // from 1
	Y     float64 // points from the top of the page
}

// onState does something with one state of the office.
func onState(d *desk.Desk, do func(*desk.Snapshot) error) error {
	s, err := d.At()
	if err != nil {
		return err
	}
	defer s.Close()
	return do(s)
}

// draw lays out a report with what officers wrote for its period. All of it comes
// from one state of the office, long lists too, which are read while they are laid
// out. record keeps the places of texts.
func draw(ctx context.Context, d *desk.Desk, r Request, record bool) (*paper.Document, content, error) {
	var c content
	report, err := ReportOf(r.Name)
	if err != nil {
		return nil, c, err
	}
	s, err := d.At()
	if err != nil {
		return nil, c, err
	}
	defer s.Close()
	if err := report.takes(s, r); err != nil {
		return nil, c, err
	}
	own, every, err := desk.WrittenFor(s, string(r.Name), desk.PeriodName(r.Period))
	if err != nil {
		return nil, c, err
	}
	r.Number = cmp.Or(r.Number, own.Number)
	if !r.Date.Known() {
		r.Date = own.Date
	}
	read := &reader{d: s}
	if report.Texts {
		if read.kept, err = keptTexts(s, report, r.Period, own, every); err != nil {
			return nil, c, err
		}
	}
	if c, err = report.gather(ctx, read, r); err != nil {
		return nil, c, err
	}
	if report.Texts {
		if c.blocks, err = written(s, r.Name, c.figures, read.kept, own, every); err != nil {
			return nil, c, err
		}
		c.every, c.blocks = c.blocks, c.figures.Choice.Printed(c.blocks)
		if c.turns, err = briefing.Turns(c.blocks, c.figures, func(id string) *briefing.Input { return c.then[read.kept[id].Period] }); err != nil {
			return nil, c, err
		}
		c.kept = read.kept
	}
	s.Settle()
	o := options(s, report, r)
	o.Record = record
	doc, err := report.draw(ctx, c, o)
	return doc, c, cmp.Or(read.err, err)
}

// keptTexts are the texts of earlier periods with which a report begins: all of them where
// it is kept, else those of blocks of the office; own and every stand before them.
func keptTexts(d desk.Reading, report Report, p data.Period, own, every desk.Written) (map[string]desk.Kept, error) {
	kept, err := desk.KeptTexts(d, string(report.Name), p)
	for id := range kept {
		_, now := own.Texts[id]
		if _, ok := every.Texts[id]; ok || now || !report.Kept && !briefing.IsOwn(id) {
			delete(kept, id)
		}
	}
	return kept, err
}

// Write writes the report to a file. The file appears whole or not at all.
func Write(ctx context.Context, d *desk.Desk, r Request, path string) error {
	return d.WriteOut(ctx, desk.Issue{What: r.Label()}, path, func(ctx context.Context, w io.Writer) error {
		doc, c, err := draw(ctx, d, r, false)
		if err != nil {
			return err
		}
		if r.Doubts != nil {
			r.Doubts(TurnTexts(c.turns))
		}
		_, err = doc.WriteTo(w)
		return err
	})
}

// Label is what the register of exports and prints calls the report.
func (r *Request) Label() string {
	report, _ := ReportOf(r.Name) // who does not know it writes nothing
	return strings.TrimSuffix(report.Title+", "+r.Period.Label, ", ")
}

// Pages returns the report as a PDF with what stands in it.
func Pages(ctx context.Context, d *desk.Desk, r Request) (Drawn, error) {
	report, err := ReportOf(r.Name)
	if err != nil {
		return Drawn{}, err
	}
	doc, c, err := draw(ctx, d, r, report.Texts)
	out := Drawn{Figures: c.figures, Blocks: c.blocks, Every: c.every, Kept: c.kept, Turns: c.turns}
	if err != nil {
		return out, err
	}
	if len(c.blocks) > 0 {
		texts, err := briefing.Render(c.blocks, c.figures)
		if err != nil {
			return out, err
		}
		out.Places = places(texts, doc.Boxes())
	}
	out.PDF, err = doc.Bytes()
	return out, err
}

// places finds the paragraphs among the texts of the pages, which are in order.
func places(texts []briefing.Rendered, boxes []paper.Box) (out []Place) {
	var all strings.Builder
	var starts []int // of each box
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	for _, b := range boxes {
		starts = append(starts, all.Len())
		all.WriteString(squeeze(b.Text))
	}
	from := 0
	for _, t := range texts {
		for _, p := range t.Paragraphs {
			at := strings.Index(all.String()[from:], squeeze(p.Text))
			if at < 0 {
				continue
			}
			from += at
			if i, ok := slices.BinarySearch(starts, from); ok || i > 0 {
				if !ok {
					i--
				}
				out = append(out, Place{t.ID, boxes[i].Page, boxes[i].Y})
			}
		}
	}
	return out
}

// options describe the file of a report. The date written into it is that of
// the figures, so that a reprint gives the same bytes.
func options(d desk.Reading, report Report, r Request) paper.Options {
	title := report.Title + " " + r.Period.Label
	return paper.Options{Title: title, Author: form.OneLine(d.Office().Name), Created: r.asOf().Time().Add(8 * time.Hour), Seal: r.Seal,
		Progress: func(p paper.Progress) {
			if r.Progress != nil {
				r.Progress(int64(p.Done), int64(p.Total), "Đang lập trang")
			}
		}}
}

// figures collects the input of the briefing report and of the tables that
// stand in it.
func figures(ctx context.Context, read *reader, r Request) (content, error) {
	in := counted(read.d, r)
	then := map[data.Period]*briefing.Input{}
	for _, k := range read.kept {
		if then[k.Period] == nil {
			then[k.Period] = counted(read.d, Request{Period: k.Period, AsOf: k.Period.To})
		}
	}
	if err := ctx.Err(); err != nil {
		return content{}, data.Fail(data.Cancelled, "Đã hủy lập báo cáo.", err)
	}
	var err error
	if in.Survey, err = surveyed(read.d, r, in.Survey); err != nil {
		return content{}, err
	}
	in.Overdue, err = overdue(read.d, in.ByLevel, r.Filter, r.ShowNames) // last: it settles
	return content{figures: in, then: then}, err
}

// counted collects what is counted in the register.
func counted(d *desk.Snapshot, r Request) *briefing.Input {
	in := &briefing.Input{Office: d.Office(), Period: r.Period, AsOf: r.asOf(), Before: r.Period.Before(), Date: r.Date,
		Number: r.Number, ShowNames: r.ShowNames, LevelRates: map[data.Level][]data.Rate{}}
	all := r.Filter
	in.Condition = Condition(d.Catalogue(), all)
	in.ByField = d.Figures(r.Period, r.AsOf, data.ByField, all)
	in.ByUnit = d.Figures(r.Period, r.AsOf, data.ByUnit, all)
	in.ByLevel = d.Figures(r.Period, r.AsOf, data.ByLevel, all)
	in.ByFieldBefore = d.SamePeriodBefore(in.ByField, all)
	in.ByUnitBefore = d.SamePeriodBefore(in.ByUnit, all)
	in.ByLevelBefore = d.SamePeriodBefore(in.ByLevel, all)
	compared := in.ByLevelBefore.Total.Received() > 0
	if !compared {
		in.Before = data.Period{}
	}
	rates := func(now data.Counts, before data.Counts) []data.Rate {
		whole, list := d.RatesOf(in.ByLevel.Total, &in.ByLevelBefore.Total), d.RatesOf(now, nil)
		if compared {
			list = d.RatesOf(now, &before)
		}
		for i := range list {
			list[i] = list[i].Recorded(whole[i])
		}
		return list
	}
	in.Rates = rates(in.ByLevel.Total, in.ByLevelBefore.Total)
	for _, row := range in.ByLevel.Rows {
		var before data.Counts
		for _, b := range in.ByLevelBefore.Rows {
			if b.Key == row.Key {
				before = b.Counts
			}
		}
		in.LevelRates[data.Level(row.Key)] = rates(row.Counts, before)
	}
	before := data.Table{}
	if compared {
		before = in.ByLevelBefore
	}
	in.Indicators = d.IndicatorsOf(in.ByLevel, before, all)
	units, classes := map[string]data.Unit{}, d.Classes()
	for _, u := range d.Catalogue().Units {
		units[fmt.Sprint(u.ID)] = u
	}
	in.UnitLevel = func(key string) data.Level { return units[key].Level }
	in.UnitClass = func(key string) data.Class { u := units[key]; return classes.Of(&u) }
	in.Months = months(d.Months(r.Period, r.asOf(), all), r.asOf())
	if in.Recent = len(in.Months) < fewMonths; in.Recent {
		in.Months = months(d.LastMonths(r.asOf(), recentMonths, all), r.asOf())
	} else if compared {
		in.MonthsBefore = months(d.Months(in.Before, in.ByLevelBefore.AsOf, all), in.ByLevelBefore.AsOf)
	}
	t := in.ByLevel.Total
	in.Survey = briefing.Survey{VerySatisfied: t.Satisfied, Satisfied: t.Surveyed - t.Satisfied, Of: t.Resolved()}
	return in
}

// surveyed takes the answers of the book of slips where the register has none.
func surveyed(d *desk.Snapshot, r Request, s briefing.Survey) (briefing.Survey, error) {
	if s.Total() > 0 || len(r.Filter.Units)+len(r.Filter.Fields) > 0 {
		return s, nil
	}
	measured, err := d.Measures(desk.MeasureQuery{Period: r.Period, AsOf: r.asOf(), Only: []string{"slip.very", "slip.satisfied", "slip.dissatisfied"}})
	for i := range measured {
		switch m := &measured[i]; m.ID {
		case "slip.very":
			s.VerySatisfied = m.B
		case "slip.satisfied":
			s.Satisfied = m.B
		default:
			s.Unsatisfied = m.B
		}
	}
	s.Satisfied -= s.VerySatisfied
	return s, err
}

// A chart of fewer months than fewMonths says nothing: it shows recentMonths.
const (
	fewMonths    = 3
	recentMonths = 12
)

// months labels the months for the charts, with the year where they are of two.
func months(list []desk.Month, asOf data.Day) []briefing.Month {
	var out []briefing.Month
	for _, m := range list {
		label := m.Period.MonthUntil(asOf)
		if list[0].Period.To.Year() != list[len(list)-1].Period.To.Year() {
			label = m.Period.MonthOfYearUntil(asOf)
		}
		out = append(out, briefing.Month{Label: label, Received: m.New, Resolved: m.Resolved, Overdue: m.Overdue, Missing: m.Period.From > asOf})
	}
	return out
}

// overdue lists the dossiers behind the figure "quá hạn, đang giải quyết".
func overdue(d *desk.Snapshot, t data.Table, f desk.Filter, show bool) ([]form.Overdue, error) {
	q := register.CellQuery(t, nil, data.ColPendingOverdue, f)
	q.Sort = register.SortDue
	c, calendar := d.Catalogue(), d.Calendar()
	var out []form.Overdue
	ids := d.List(q).IDs
	d.Settle()
	booked, err := d.Booked(t.AsOf)
	if err != nil {
		return nil, err
	}
	err = d.Dossiers(ids, func(one *data.Dossier) error {
		one = hidden(one, show)
		s := one.On(t.AsOf)
		out = append(out, form.Overdue{Code: one.Code, Owner: one.Owner.Name, Procedure: c.ProcedureOf(one), Unit: c.Unit(one.Unit).Name,
			Due: s.Due.Day, DaysLate: calendar.WorkingDays(s.Due.Day+1, t.AsOf), Apology: s.Apologies > 0, Outside: s.Apologies > 0 && !booked[one.ID]})
		return nil
	})
	return out, err
}

// chunk is how many dossiers are read at once for a long list.
const chunk = 2048

// reader hands out dossiers by place in a list, a chunk at a time: reports ask
// in order, and a register book need not lie in memory whole.
type reader struct {
	d     *desk.Snapshot
	kept  map[string]desk.Kept // texts of earlier periods with which the report begins
	ids   []uint32
	start int
	part  []data.Dossier
	err   error // the first one; what could not be read is blank then
}

func (r *reader) at(i int) *data.Dossier {
	if i < r.start || i >= r.start+len(r.part) {
		r.start = i / chunk * chunk
		r.part = r.part[:0]
		err := r.d.Dossiers(r.ids[r.start:min(r.start+chunk, len(r.ids))], func(one *data.Dossier) error {
			r.part = append(r.part, *one)
			return nil
		})
		r.err = cmp.Or(r.err, err)
	}
	if i-r.start >= len(r.part) {
		return &data.Dossier{} // cannot be read; see err
	}
	return &r.part[i-r.start]
}

// received lists the dossiers of a report that is a list, and settles.
func received(d *desk.Snapshot, r Request) []uint32 {
	ids := d.List(receivedQuery(r)).IDs
	d.Settle()
	return ids
}

// receivedQuery asks for the dossiers of a report that is a list.
func receivedQuery(r Request) desk.Query {
	q := desk.Query{Filter: r.Filter, Sort: register.SortReceived, Reverse: true}
	if r.Query != nil {
		q = *r.Query
	} else {
		p := r.Period
		q.Period, q.AsOf, q.Column = &p, r.asOf(), data.ColNew
	}
	return q
}

// gatherBook collects the register, a quyển per field.
func gatherBook(ctx context.Context, read *reader, r Request) (content, error) {
	d := read.d
	c := d.Catalogue()
	names := form.Names{Procedure: func(id uint32) string { return c.Procedure(id).Name }, Unit: func(id uint32) string { return c.Unit(id).Name }}
	fields := byField(d, r)
	d.Settle()
	skipped, err := skippedNumbers(d, r)
	if err != nil {
		return content{}, err
	}
	all, err := Templates(d)
	if err != nil {
		return content{}, err
	}
	templates := slices.DeleteFunc(all, func(t form.Template) bool { return t.ID != form.Register })
	var books []form.Book
	for i, f := range fields {
		start, rows := len(read.ids), len(f.ids)
		read.ids = append(read.ids, f.ids...)
		book := form.Book{Office: d.Office(), Year: r.Period.From.Year(), Subject: f.name, Condition: Condition(c, r.Filter), Period: r.Period, AsOf: r.asOf(), Rows: rows, Templates: templates,
			Foot: "Số liệu tính đến " + r.asOf().String() + "; nguồn: Sổ theo dõi hồ sơ", First: min(1, rows), Last: rows,
			At: func(i int) form.Entry {
				one := hidden(read.at(start+i), !r.Masked)
				e := form.EntryOf(one, r.asOf(), names)
				e.Seq, e.Procedure = i+1, c.ProcedureOf(one)
				return e
			}}
		if r.Book > 0 {
			book.Number = r.Book + i
		}
		if r.Period.From.Year() != r.Period.To.Year() {
			book.Year = 0
		}
		if i == len(fields)-1 {
			book.Skipped = skipped
		}
		books = append(books, book)
	}
	desk.Holds(ctx, len(read.ids), r.Masked)
	return content{books: books}, ctx.Err()
}

// fieldIDs are the dossiers of a field.
type fieldIDs struct {
	name string
	ids  []uint32
}

// byField parts the dossiers of a report by their fields, in the order of names; one
// part of no field where there is no dossier, or only such.
func byField(d *desk.Snapshot, r Request) (out []fieldIDs) {
	q := receivedQuery(r)
	all := d.List(q).IDs
	known := map[uint32]bool{}
	for _, f := range d.Catalogue().Fields {
		if len(q.Fields) > 0 && !slices.Contains(q.Fields, f.ID) {
			continue
		}
		one := q
		one.Fields = []uint32{f.ID}
		if ids := d.List(one).IDs; len(ids) > 0 {
			out = append(out, fieldIDs{f.Name, ids})
			for _, id := range ids {
				known[id] = true
			}
		}
	}
	slices.SortFunc(out, func(a, b fieldIDs) int { return register.CompareText(a.name, b.name) })
	rest := slices.DeleteFunc(slices.Clone(all), func(id uint32) bool { return known[id] })
	switch {
	case len(out) == 0:
		out = append(out, fieldIDs{ids: rest})
	case len(rest) > 0:
		out = append(out, fieldIDs{"Chưa ghi lĩnh vực", rest})
	}
	return out
}

// skippedNumbers names the numbers of the printed book, or of every book, that
// were given in the years of the period and taken back.
func skippedNumbers(d *desk.Snapshot, r Request) (string, error) {
	var out []string
	books, err := d.Books()
	if err != nil {
		return "", err
	}
	for _, b := range books {
		if r.Book != 0 && b.Value.Number != r.Book {
			continue
		}
		for year := r.Period.From.Year(); year <= r.Period.To.Year(); year++ {
			list, err := d.Skipped(year, b.Value.Number)
			if err != nil {
				return "", err
			}
			if text := desk.SkippedText(list, d.Now().Location()); text != "" {
				out = append(out, fmt.Sprintf("Quyển %d năm %d. %s.", b.Value.Number, year, text))
			}
		}
	}
	return strings.Join(out, " "), nil
}

func gatherList(ctx context.Context, read *reader, r Request) (content, error) {
	d := read.d
	c := d.Catalogue()
	read.ids = received(d, r)
	below := cmp.Or(r.About, r.Period.Label+" ("+r.Period.SpanAsOf(r.asOf())+")")
	if text := Condition(c, r.Filter); text != "" {
		below += "\n" + text
	}
	list := form.List{Office: d.Office(), Below: below, AsOf: r.asOf(), Date: r.Date, Rows: len(read.ids), ShowNames: r.ShowNames,
		Foot: "Số liệu tính đến " + r.asOf().String() + "; nguồn: Sổ theo dõi hồ sơ; " + data.FormatInt(int64(len(read.ids))) + " hồ sơ",
		At: func(i int) form.Item {
			one := hidden(read.at(i), r.ShowNames)
			s := one.On(r.asOf())
			return form.Item{Code: one.Code, Procedure: c.ProcedureOf(one), Owner: one.Owner.Name, Unit: c.Unit(one.Unit).Name,
				Received: one.Received.Day, Due: s.Due.Day, Ended: s.Ended.Day, Status: s.Status.String(), Note: one.Note}
		}}
	desk.Holds(ctx, len(read.ids), !r.ShowNames)
	return content{list: list}, ctx.Err()
}

// Name is the name of a report in commands.
type Name string

// The reports that are named elsewhere than in Reports.
const (
	Briefing     Name = "giao-ban"
	ReformReport Name = "cchc"
	ByField      Name = "ii06a-linh-vuc"
	Consolidated Name = "ii06a-tong-hop"
	Overdue      Name = "qua-han"
	Register     Name = "so-theo-doi"
	List         Name = "danh-sach"
	Letters      Name = "so-xin-loi"
)

// Occasion is what a report is for.
type Occasion string

// The occasions.
const (
	Meeting Occasion = "Họp giao ban"
	Reform  Occasion = "Cải cách hành chính"
	Forms   Occasion = "Biểu mẫu"
	Lists   Occasion = "Danh sách và sổ"
)

// Report is one report: what it is called and how it is made.
type Report struct {
	Name     Name
	Title    string // Vietnamese
	About    string // what it holds, one sentence
	Occasion Occasion
	// Column is the figure whose dossiers the report lists and its workbook too; ""
	// for a report of figures, whose workbook is form II.06a by Group.
	Column data.Column
	Group  data.Group
	Texts  bool // has paragraphs that the officer may rewrite
	// Workbook writes what stands in the place of Column and Group; nil for these.
	Workbook func(d *desk.Desk, r Request, path string) error
	Kept     bool // a period begins with the texts of the one before; else with those of blocks of the office only
	Narrow   bool // may be made of the dossiers of some units, fields, … ; it says so
	Tables   bool // its workbook holds the tables of the report

	gather func(context.Context, *reader, Request) (content, error)
	draw   func(context.Context, content, paper.Options) (*paper.Document, error)
}

// Reports are all reports in the order in which they are shown: windows, commands
// and the demonstration read this table.
var Reports = byOccasion(append([]Report{
	{Name: Briefing, Title: "Báo cáo giao ban CCHC", About: "Lời báo cáo, biểu đồ và các phụ lục, có đối chiếu số liệu.", Occasion: Meeting, Group: data.ByField, Texts: true,
		gather: figures, draw: func(ctx context.Context, c content, o paper.Options) (*paper.Document, error) {
			c.holdsOverdue(ctx)
			return briefing.Build(ctx, c.figures, c.blocks, o)
		}},
	{Name: Pack, Title: "Gói tài liệu họp", About: "Các phần của cuộc họp thành một tài liệu có mục lục, dấu trang, số trang và phương án in.", Occasion: Meeting, Group: data.ByField,
		gather: gatherPack, draw: drawPack},
	{Name: ReformReport, Title: "Báo cáo cải cách hành chính", About: "Báo cáo quý, 6 tháng, 9 tháng, năm theo đề cương, kèm phụ lục thống kê.", Occasion: Reform, Group: data.ByField, Texts: true, Kept: true, Tables: true,
		gather: gatherReform, draw: func(ctx context.Context, c content, o paper.Options) (*paper.Document, error) {
			return reform.Build(ctx, c.figures, c.blocks, c.annex, o)
		}},
	{Name: "phu-luc-cchc", Title: "Phụ lục thống kê CCHC", About: "Các chỉ tiêu về cải cách hành chính: kỳ này, cùng kỳ, lũy kế từ 15/12.", Occasion: Reform, Group: data.ByField, Tables: true, gather: gatherAnnex, draw: ofTables},
	{Name: IndicatorTable, Title: "Bảng số liệu chỉ tiêu", About: "Số liệu chỉ tiêu trong kỳ, cùng kỳ, mức giao và kết quả, của cơ quan và theo đơn vị.", Occasion: Reform, Group: data.ByField, Tables: true,
		gather: gatherIndicators, draw: ofTables},
	{Name: "x1-tien-do", Title: "X1 Tiến độ giải quyết", About: "Tiếp nhận, đã xử lý, đang xử lý, tạm dừng theo đơn vị.", Occasion: Reform, Group: data.ByUnit, Tables: true, Narrow: true,
		gather: ofUnits((*reform.Units).Progress), draw: ofTables},
	{Name: "x2-truc-tuyen", Title: "X2 Dịch vụ công trực tuyến", About: "Thủ tục cung cấp trực tuyến và hồ sơ phát sinh theo đơn vị.", Occasion: Reform, Group: data.ByUnit, Tables: true, Narrow: true,
		gather: ofUnits((*reform.Units).Online), draw: ofTables},
	{Name: digitalTable, Title: "X3 Số hóa", About: "Số hóa khi tiếp nhận và số hóa kết quả theo đơn vị.", Occasion: Reform, Group: data.ByUnit, Tables: true, Narrow: true,
		gather: ofUnits((*reform.Units).Digital), draw: ofTables},
	{Name: "x4-thanh-toan", Title: "X4 Thanh toán", About: "Hồ sơ thu phí, thanh toán trực tuyến và số tiền theo đơn vị.", Occasion: Reform, Group: data.ByUnit, Tables: true, Narrow: true,
		gather: ofUnits((*reform.Units).Payment), draw: ofTables},
	{Name: "x5-qua-han", Title: "X5 Hồ sơ quá hạn theo đơn vị", About: "Số hồ sơ quá hạn theo đơn vị và danh sách chi tiết.", Occasion: Reform, Group: data.ByUnit, Tables: true, Narrow: true, gather: gatherDelays, draw: ofTables},
	{Name: "nguyen-nhan", Title: "Nguyên nhân quá hạn", About: "Hồ sơ quá hạn theo lĩnh vực và nguyên nhân.", Occasion: Reform, Group: data.ByField, Tables: true, Narrow: true, gather: gatherCauses, draw: ofTables},
	{Name: "ii07b", Title: "Biểu II.07b số lượng TTHC", About: "Thủ tục có hiệu lực theo đơn vị và theo cấp.", Occasion: Reform, Group: data.ByUnit, Tables: true, Narrow: true, gather: gatherSumUp, draw: ofTables},
	{Name: "khong-phat-sinh", Title: "TTHC không phát sinh hồ sơ 3 năm", About: "Thủ tục có hiệu lực không có hồ sơ trong 3 năm đến ngày chốt số liệu, để đề xuất.", Occasion: Reform, Group: data.ByProcedure, Tables: true, Narrow: true,
		gather: gatherUnused, draw: ofTables},
	{Name: ByField, Title: "Biểu II.06a theo lĩnh vực", About: "Tình hình, kết quả giải quyết thủ tục hành chính theo lĩnh vực.", Occasion: Forms, Group: data.ByField, Narrow: true,
		gather: figures, draw: ofFigures(briefing.BuildByField)},
	{Name: "ii06a-don-vi", Title: "Biểu II.06a theo đơn vị", About: "Tình hình, kết quả giải quyết thủ tục hành chính theo cấp và đơn vị.", Occasion: Forms, Group: data.ByUnit, Narrow: true,
		gather: figures, draw: ofFigures(briefing.BuildByUnit)},
	{Name: Consolidated, Title: "Biểu II.06a tổng hợp", About: "Số liệu của mọi đơn vị theo cấp, mỗi dòng ghi nguồn: sổ của cơ quan, gói số mấy hay bảng nào; đơn vị còn thiếu, nộp muộn.", Occasion: Forms, Group: data.ByUnit, Tables: true,
		gather: gatherConsolidated, draw: drawConsolidated},
	{Name: Overdue, Title: "Danh sách hồ sơ quá hạn", About: "Hồ sơ quá hạn chưa giải quyết xong tính đến ngày chốt số liệu.", Occasion: Lists, Column: data.ColPendingOverdue, Narrow: true,
		gather: figures, draw: func(ctx context.Context, c content, o paper.Options) (*paper.Document, error) {
			c.holdsOverdue(ctx)
			return briefing.BuildOverdue(ctx, c.figures, o)
		}},
	{Name: Register, Title: "Sổ theo dõi hồ sơ", About: "Sổ theo mẫu của Văn phòng Chính phủ, mỗi lĩnh vực một quyển, theo ngày tiếp nhận.", Occasion: Lists, Column: data.ColNew, Narrow: true,
		gather: gatherBook, draw: func(ctx context.Context, c content, o paper.Options) (*paper.Document, error) {
			return form.BuildBooks(ctx, c.books, o)
		}},
	{Name: List, Title: "Danh sách hồ sơ", About: "Danh sách hồ sơ theo điều kiện đã chọn.", Occasion: Lists, Column: data.ColNew, Narrow: true,
		gather: gatherList, draw: func(ctx context.Context, c content, o paper.Options) (*paper.Document, error) {
			return form.BuildList(ctx, c.list, o)
		}},
	{Name: "trong-ky", Title: "Danh sách hồ sơ trong kỳ", About: "Hồ sơ tiếp nhận trong kỳ, có địa chỉ và ngày có kết quả.", Occasion: Lists, Column: data.ColNew, Narrow: true,
		gather: gatherPeriod, draw: ofJobs},
	{Name: Letters, Title: "Sổ thư xin lỗi", About: "Các thư xin lỗi lập trong kỳ, ngày gửi và cách gửi.", Occasion: Lists, Group: data.ByField, gather: gatherLetters, draw: ofJobs},
}, append(satisfactionReports(), conferenceReports()...)...))

// byOccasion puts the reports of one occasion together.
func byOccasion(list []Report) []Report {
	order := []Occasion{Meeting, Reform, Forms, Lists, Conferences}
	slices.SortStableFunc(list, func(a, b Report) int { return slices.Index(order, a.Occasion) - slices.Index(order, b.Occasion) })
	return list
}

// takes refuses what narrows a report that speaks of the whole office.
func (r Report) takes(d *desk.Snapshot, q Request) error {
	text := Condition(d.Catalogue(), q.Filter)
	if r.Narrow || text == "" {
		return nil
	}
	return data.Fail(data.Invalid, fmt.Sprintf("«%s» nói về cả cơ quan nên không lập riêng theo %s. Bỏ điều kiện đó rồi lập lại.", r.Title, strings.TrimPrefix(text, "Điều kiện: ")), nil)
}

// content is what reports are drawn from; each has its own part.
type content struct {
	figures  *briefing.Input
	blocks   []briefing.Block // those that are printed
	every    []briefing.Block
	books    []form.Book
	list     form.List
	jobs     []form.Job
	kept     map[string]desk.Kept
	then     map[data.Period]*briefing.Input // of the periods of kept
	turns    []briefing.Turn
	annex    *reform.Annex
	head     scorecard.Head // of tables
	tables   []scorecard.Table
	opens    opener // of tables
	meetings []meeting.Conference
	pack     *packed
	units    *consolidated
}

// holdsOverdue tells that the list of overdue dossiers stands in the paper.
func (c *content) holdsOverdue(ctx context.Context) {
	desk.Holds(ctx, len(c.figures.Overdue), !c.figures.ShowNames)
}

func ofFigures(build func(context.Context, *briefing.Input, paper.Options) (*paper.Document, error)) func(context.Context, content, paper.Options) (*paper.Document, error) {
	return func(ctx context.Context, c content, o paper.Options) (*paper.Document, error) {
		return build(ctx, c.figures, o)
	}
}

func ofJobs(ctx context.Context, c content, o paper.Options) (*paper.Document, error) {
	return form.Build(ctx, c.jobs, o)
}

// ReportOf returns the report with the name; data.NotFound lists the names.
func ReportOf(name Name) (Report, error) {
	if i := slices.IndexFunc(Reports, func(r Report) bool { return r.Name == name }); i >= 0 {
		return Reports[i], nil
	}
	names := data.Map(Reports, func(r Report) string { return string(r.Name) })
	return Report{}, data.Fail(data.NotFound, fmt.Sprintf("Không có báo cáo tên «%s». Chọn một trong: %s.", name, strings.Join(names, ", ")), nil)
}
