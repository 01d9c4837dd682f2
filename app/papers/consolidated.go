package papers

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/register"
	"giaoban/reports/form"
	"giaoban/reports/paper"
	"giaoban/reports/scorecard"
)

// consolidated is form II.06a over the figures of all units.
type consolidated struct {
	office data.Office
	period data.Period
	asOf   data.Day
	cover  string
	lines  []consolidatedLine
	total  data.Counts
	twice  []desk.Twin
	today  data.Day
	date   data.Day
}

// consolidatedLine is a level with its sum, or a unit with where its figures came from.
type consolidatedLine struct {
	form.StatRow
	source *desk.FigureSource // nil for a level
	from   string             // in words
}

// gatherConsolidated reads the board of the period; it settles nothing.
func gatherConsolidated(_ context.Context, read *reader, r Request) (content, error) {
	d := read.d
	due, err := desk.PacketDueOf(d, r.Period)
	if err != nil {
		return content{}, err
	}
	asOf := min(d.Today(), r.asOf())
	b, err := desk.ArrivalBoardOf(d, &r.Period, due, asOf)
	if err != nil {
		return content{}, err
	}
	c := &consolidated{office: d.Office(), period: r.Period, asOf: asOf, cover: b.Cover(), twice: b.Twice, today: d.Today(), date: r.Date}
	c.put(slices.Concat(b.Sources, b.Own), func(s *desk.FigureSource) string {
		if s.ID == 0 {
			return cmp.Or(s.From, "Sổ của cơ quan")
		}
		return fmt.Sprintf("%s, nhận %s", s.From, data.MomentAt(s.At, d.Now().Location()).Day)
	})
	out := content{units: c, tables: c.tables(), head: scorecard.Head{Office: c.office, Date: r.Date, Year: c.asOf.Year(), Foot: c.foot()}}
	table := data.Table{Group: data.ByUnit, Period: r.Period, AsOf: c.asOf}
	out.opens = func(at, row, col int) Opens { return c.opens(&out.tables[at], table, row, col) }
	return out, nil
}

func (c *consolidated) foot() string {
	return "Số liệu tính đến " + c.asOf.String() + "; nguồn ghi ở từng dòng"
}

// put orders the figures by level, the highest first, and by name.
func (c *consolidated) put(list []desk.FigureSource, from func(*desk.FigureSource) string) {
	order := []data.Level{data.LevelProvince, data.LevelDistrict, data.LevelCommune, data.LevelVertical}
	place := func(l data.Level) int {
		if i := slices.Index(order, l); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(list, func(a, b desk.FigureSource) int {
		return cmp.Or(cmp.Compare(place(a.Level), place(b.Level)), register.CompareText(a.Unit, b.Unit))
	})
	head, level, n := -1, 0, 0
	for i := range list {
		s := &list[i]
		if i == 0 || s.Level != list[i-1].Level {
			level, n, head = level+1, 0, len(c.lines)
			c.lines = append(c.lines, consolidatedLine{StatRow: form.StatRow{No: form.Roman(level), Name: s.Level.Name(), Bold: true}})
		}
		n++
		name := s.Unit
		if s.Former != "" {
			name += " (từ " + s.Former + ")"
		}
		c.lines[head].Counts.Add(s.Counts)
		c.lines = append(c.lines, consolidatedLine{form.StatRow{No: fmt.Sprint(n), Name: name, Counts: s.Counts}, s, from(s)})
		c.total.Add(s.Counts)
	}
}

// The names of the tables.
const (
	consolidatedTable = "II.06a tổng hợp"
	twiceTable        = "Hồ sơ trùng"
)

// tables are those for the screen and the workbook: the form, dossiers that two units sent,
// and sums that do not hold.
func (c *consolidated) tables() []scorecard.Table {
	head := func(text string, cols, rows int) paper.Head {
		return paper.Head{Text: text, ColSpan: cols, RowSpan: rows}
	}
	t := scorecard.Table{Name: consolidatedTable, Title: "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH, TỔNG HỢP THEO ĐƠN VỊ", Below: []string{"Kỳ báo cáo: " + c.period.Label + " (t" + c.period.SpanAsOf(c.asOf)[1:] + ")", c.cover}, Size: 10,
		Columns: []scorecard.Column{{Width: 10, Align: paper.Center}, {}}, Notes: c.notes(), Empty: "Chưa có số liệu của đơn vị nào trong kỳ.",
		Header: [][]paper.Head{{head("STT", 1, 2), head("Đơn vị", 1, 2), head("Tiếp nhận", 4, 1), head("Đã giải quyết", 4, 1), head("Đang giải quyết", 3, 1), head("Nguồn", 1, 2)},
			{head("Tổng số", 1, 1), head("Trực tuyến", 1, 1), head("Trực tiếp, bưu chính", 1, 1), head("Kỳ trước chuyển qua", 1, 1), head("Tổng số", 1, 1), head("Trước hạn", 1, 1), head("Đúng hạn", 1, 1), head("Quá hạn", 1, 1),
				head("Tổng số", 1, 1), head("Trong hạn", 1, 1), head("Quá hạn", 1, 1)}}}
	for range data.FormColumns {
		t.Columns = append(t.Columns, scorecard.Column{Width: 15, Align: paper.Right, Numeric: true})
	}
	t.Columns = append(t.Columns, scorecard.Column{Width: 44})
	row := func(no, name string, counts data.Counts, from string, bold bool) {
		cells := []string{no, name}
		for _, col := range data.FormColumns {
			cells = append(cells, data.FormatInt(col.Of(counts)))
		}
		t.Rows = append(t.Rows, paper.Row{Cells: append(cells, from), Bold: bold, KeepNext: bold && no != ""})
	}
	for _, l := range c.lines {
		row(l.No, l.Name, l.Counts, l.from, l.Bold)
	}
	if len(c.lines) > 0 {
		row("", "Tổng cộng", c.total, "", true)
	}
	out := []scorecard.Table{t}
	if len(c.twice) > 0 {
		two := scorecard.Table{Name: twiceTable, Title: "HỒ SƠ HAI ĐƠN VỊ CÙNG GỬI", Columns: []scorecard.Column{{Width: 12, Align: paper.Center}, {Width: 70}, {}, {}},
			Header: [][]paper.Head{{head("STT", 1, 1), head("Mã hồ sơ", 1, 1), head("Đơn vị gửi sau", 1, 1), head("Đơn vị đã gửi trước", 1, 1)}}}
		for i, x := range c.twice {
			two.Rows = append(two.Rows, paper.Row{Cells: []string{fmt.Sprint(i + 1), x.Code, x.Unit, x.With}})
		}
		out = append(out, two)
	}
	sums := scorecard.Table{Name: "Kiểm tra cộng", Title: "SỐ CỘNG KHÔNG KHỚP", Columns: []scorecard.Column{{Width: 12, Align: paper.Center}, {Width: 70}, {}},
		Header: [][]paper.Head{{head("STT", 1, 1), head("Đơn vị", 1, 1), head("Chỗ không khớp", 1, 1)}}}
	for _, l := range c.faulty() {
		for _, f := range l.source.Faults {
			sums.Rows = append(sums.Rows, paper.Row{Cells: []string{fmt.Sprint(len(sums.Rows) + 1), l.Name, f}})
		}
	}
	if len(sums.Rows) > 0 {
		out = append(out, sums)
	}
	return out
}

// faulty are the units whose sums do not hold.
func (c *consolidated) faulty() []consolidatedLine {
	return data.Where(c.lines, func(l consolidatedLine) bool { return l.source != nil && len(l.source.Faults) > 0 })
}

// notes stand below the table.
func (c *consolidated) notes() []string {
	if len(c.faulty()) > 0 {
		return c.remarks()
	}
	return append([]string{"Tổng tiếp nhận = đã giải quyết + đang giải quyết ở mọi dòng và dòng tổng cộng."}, c.remarks()...)
}

// remarks tell what to know before one believes the sums.
func (c *consolidated) remarks() (out []string) {
	if bad := c.faulty(); len(bad) > 0 {
		out = append(out, "Số cộng không khớp ở: "+joinNames(data.Map(bad, func(l consolidatedLine) string { return l.Name }))+".")
	}
	if n := len(c.twice); n > 0 {
		out = append(out, fmt.Sprintf("%s hồ sơ được hai đơn vị cùng gửi; số liệu báo cáo của cả hai đơn vị có thể cùng tính.", data.FormatInt(int64(n))))
	}
	if slices.ContainsFunc(c.lines, func(l consolidatedLine) bool { return l.source != nil && l.source.Former != "" }) {
		out = append(out, "Đơn vị đã sáp nhập đứng dưới tên đơn vị mới; tên lúc báo cáo ghi trong ngoặc.")
	}
	return out
}

// joinNames lists names, of many the first five.
func joinNames(names []string) string {
	out := ""
	for i, name := range names[:min(5, len(names))] {
		if i > 0 {
			out += ", "
		}
		out += name
	}
	if more := len(names) - 5; more > 0 {
		out += fmt.Sprintf(" và %d đơn vị khác", more)
	}
	return out
}

// opens leads to the dossiers where they lie here, else to what the unit reported; its
// source always to the latter.
func (c *consolidated) opens(t *scorecard.Table, of data.Table, row, col int) (o Opens) {
	switch t.Name {
	case twiceTable:
		if col == 1 {
			code := t.Rows[row].Cells[1]
			return Opens{Title: "Hồ sơ " + code, Query: &desk.Query{Text: `"` + code + `"`}}
		}
	case consolidatedTable:
		if row >= len(c.lines) || c.lines[row].source == nil || col < 2 {
			return o
		}
		s := c.lines[row].source
		if col-2 >= len(data.FormColumns) || !s.Dossiers {
			o.Reported = s.ID
			return o
		}
		q := register.CellQuery(of, &data.Row{Key: fmt.Sprint(s.UnitID)}, data.FormColumns[col-2], desk.Filter{})
		o.Query = &q
	}
	return o
}

// drawConsolidated lays the form out, with what is missing or late in its head.
func drawConsolidated(ctx context.Context, all content, o paper.Options) (*paper.Document, error) {
	c := all.units
	t, err := form.ShippedOn("ii06a", c.period.To)
	if err != nil {
		return nil, err
	}
	var rows []form.StatRow
	for _, l := range c.lines {
		row := l.StatRow
		if l.source != nil {
			row.Name += " (" + l.from + ")"
		}
		rows = append(rows, row)
	}
	doc := paper.New(ctx, o)
	doc.Section(t.Section(c.foot()))
	t.StatHead(doc, c.office, c.period, c.asOf, "Tổng hợp theo đơn vị")
	doc.Centered(11, paper.Run{Text: c.cover, Italic: true})
	for _, note := range c.remarks() {
		doc.Centered(11, paper.Run{Text: note, Italic: true})
	}
	t.AddStat(doc, rows, c.total, true)
	t.Sign(doc, c.office, c.date, c.today.Year())
	if more := all.tables[1:]; len(more) > 0 {
		doc.Break()
		for i := range more {
			doc.Heading(1, more[i].Title)
			more[i].Draw(doc, 0)
		}
	}
	return doc, nil
}
