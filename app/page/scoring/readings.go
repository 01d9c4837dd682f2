package scoring

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	"giaoban/app/widget"
	"giaoban/reports/chart"
)

// readingsPart lists the readings of other indices with their line.
type readingsPart struct {
	s      *Page
	r      *Readings
	series *widget.Picker
	grid   *widget.Grid
	parts  *fyne.Container
	chart  *widget.ChartView
}

func newReadingsPart(s *Page) *readingsPart {
	p := &readingsPart{s: s, r: NewReadings(s.m), parts: container.NewStack()}
	p.series = widget.NewPicker(nil, func(o widget.Option) { p.r.Choose(o.Key) })
	p.series.Width, p.series.Placeholder = 340, "Chưa có chỉ số nào"
	p.grid = widget.NewGrid([]widget.Column{
		{ID: "when", Title: "Năm, ngày", Width: 92}, {ID: "value", Title: "Giá trị", Width: 74, Align: widget.Right}, {ID: "change", Title: "Thay đổi", Width: 74, Align: widget.Right}, {ID: "rank", Title: "Hạng", Width: 74, Align: widget.Right},
		{ID: "places", Title: "Thay đổi hạng", Width: 78, Align: widget.Right}, {ID: "target", Title: "Mục tiêu", Width: 130}, {ID: "source", Title: "Nguồn", Width: 180, Min: 110, Flex: 1}})
	p.grid.Single = true
	p.grid.OnOpen = func(i int) { p.ask(ReadingFormOf(p.r.Rows()[i].Reading)) }
	p.grid.OnCurrent = func(int) { p.showParts() }
	p.grid.OnMenu = func(i int, at fyne.Position) {
		x := p.r.Rows()[i].Reading
		widget.ShowMenu(s.e.Window, at, []widget.MenuItem{{Label: "Sửa…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { p.ask(ReadingFormOf(x)) }},
			{Label: "Bỏ", Icon: widget.IconTrash, Danger: true, Do: func() { p.r.Drop(x.ID, s.told("Đã bỏ kết quả chỉ số.")) }}})
	}
	p.grid.SetEmpty("Chưa có kết quả chỉ số nào. Nhập SIPAS, PAPI, PCI, DDCI, DTI… theo năm hoặc theo ngày, kèm nguồn.", "Nhập kết quả…", p.add)
	p.chart = widget.NewChartView(chart.Chart{Kind: chart.Lines})
	p.chart.Least = fyne.NewSize(300, 130)
	p.r.Changed = p.fill
	return p
}

func (p *readingsPart) object() fyne.CanvasObject {
	height := min(230, max(140, p.s.e.Window.Canvas().Size().Height/widget.Scaled(1)*0.3))
	return above(container.New(sheetColumns{}, p.grid, container.NewWithoutLayout(), p.parts), container.NewHBox(p.series), tall(height, p.chart))
}

func (p *readingsPart) actions() []fyne.CanvasObject {
	return []fyne.CanvasObject{widget.NewMainButton("Nhập kết quả…", widget.IconAdd, p.add)}
}

func (p *readingsPart) refresh()       { p.r.Refresh() }
func (p *readingsPart) escape() bool   { return false }
func (p *readingsPart) focus()         { p.s.e.Focus(p.s.page, p.grid) }
func (p *readingsPart) status() string { return count(len(p.r.Rows()), "kết quả") }

func (p *readingsPart) fill() {
	if err := p.r.Err(); err != nil {
		p.s.page.Errors.SetError(err)
	}
	p.series.SetOptions(options(p.r.Series()))
	p.series.SetKey(p.r.Key())
	var rows table
	for _, x := range p.r.Rows() {
		source := x.Reading.Source.Number
		if x.Reading.Source.Issuer != "" {
			source += " " + x.Reading.Source.Issuer
		}
		if x.Reading.Source.Title != "" {
			source = x.Reading.Source.Title + " " + source
		}
		row := cells(x.When, x.Value, x.Change, x.Rank, x.Places, x.Target, source)
		row[1].Strong = true
		if x.Down {
			row[2].Role = widget.ColorLate
		}
		if x.HasTarget {
			row[5].Mark = widget.MarkLate
			if x.Reached {
				row[5].Mark = widget.MarkEarly
			}
		}
		rows = append(rows, row)
	}
	refill(p.grid, rows)
	if c, ok := p.r.Chart(); ok {
		p.chart.Set(c)
		p.chart.Show()
	} else {
		p.chart.Hide()
	}
	p.showParts()
	p.s.e.Status()
}

// showParts lists the components of the reading under the cursor.
func (p *readingsPart) showParts() {
	p.parts.Objects = nil
	list := p.r.Rows()
	if i := p.grid.Current(); i >= 0 && i < len(list) {
		var rows table
		for _, x := range list[i].Reading.Components {
			rows = append(rows, cells(x.Name, x.Value.String(), x.Max.String()))
		}
		g := widget.NewGrid([]widget.Column{{ID: "name", Title: "Thành phần, " + list[i].When, Width: 180, Flex: 1}, {ID: "value", Title: "Giá trị", Width: 70, Align: widget.Right}, {ID: "max", Title: "Tối đa", Width: 64, Align: widget.Right}})
		g.Single = true
		g.SetEmpty("Không ghi thành phần.", "", nil)
		g.SetRows(rows)
		p.parts.Add(g)
	}
	p.parts.Refresh()
}

func (p *readingsPart) add() {
	index, unit := "SIPAS", ""
	if rows := p.r.Rows(); len(rows) > 0 {
		index, unit = rows[0].Reading.Index, rows[0].Reading.Unit
	}
	p.ask(FreshReading(index, unit, p.s.m.Session.Period().From.Year()))
}

func (p *readingsPart) ask(v ReadingForm) {
	f := screen.NewForm()
	index := picker(p.r.IndexChoices(), v.Index)
	unit, year, value, scale := field(v.Unit), field(v.Year), field(v.Value), field(v.Scale)
	rank, of, target, targetRank := field(v.Rank), field(v.Of), field(v.Target), field(v.TargetRank)
	number, issuer, note := field(v.Number), field(v.Issuer), field(v.Note)
	on, date := p.s.date(v.Day), p.s.date(v.Date)
	parts := newRowTable("parts", PartColumns(), nil, orEmptyRow(v.Parts))
	f.KnowPart(parts.take)
	index.OnPick = func(o widget.Option) {
		fresh := FreshReading(o.Key, unit.Value(), p.s.m.Session.Period().From.Year())
		scale.SetValue(fresh.Scale)
		parts.set(orEmptyRow(fresh.Parts))
		if v.ID == 0 {
			year.SetValue(fresh.Year)
		}
	}
	unit.PlaceHolder = "trống: cơ quan mình"
	f.Add("index", "Chỉ số", index).Required()
	f.Add("unit", "Của (tỉnh, xã, phường…)", unit)
	f.Add("year", "Năm", year)
	f.Add("day", "hoặc ngày", on)
	f.Add("value", "Giá trị", value).Required()
	f.Add("scale", "Thang điểm", scale).Required()
	f.Add("rank", "Hạng", rank)
	f.Add("of", "Trên tổng số", of)
	f.Add("target", "Mục tiêu", target)
	f.Add("targetRank", "Mục tiêu hạng", targetRank)
	f.Add("number", "Nguồn: số, ký hiệu", number)
	f.Add("issuer", "Cơ quan công bố", issuer)
	f.Add("date", "Ngày của nguồn", date)
	f.Add("note", "Ghi chú", note)
	top := widget.Columns(4, f.Fields...)
	f.Fields = nil
	body := p.s.scrolled(200, 0, container.New(layout.NewCustomPaddedVBoxLayout(8), top, widget.NewSection("Các thành phần; thành phần không có giá trị thì không lưu"), parts.object))
	parts.grown = body.follow
	p.s.ask(screen.Question{Title: "Kết quả chỉ số", Verb: "Lưu", Width: 780, Form: f, Below: []fyne.CanvasObject{body.object}, Done: func() string { return "Đã lưu kết quả chỉ số." }, Then: p.r.Refresh,
		Read: func() (func(context.Context) error, error) {
			out := ReadingForm{ID: v.ID, Index: index.Key(), Unit: unit.Value(), Year: year.Value(), Value: value.Value(), Scale: scale.Value(), Rank: rank.Value(), Of: of.Value(),
				Target: target.Value(), TargetRank: targetRank.Value(), Number: number.Value(), Issuer: issuer.Value(), Note: note.Value(), Parts: parts.values()}
			var err error
			if out.Day, err = f.Day("day", on); err != nil {
				return nil, err
			}
			if out.Date, err = f.Day("date", date); err != nil {
				return nil, err
			}
			return func(ctx context.Context) error { return p.r.Keep(ctx, out) }, nil
		}})
}
