package scoring

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/scoring"
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
	p.series.SetOptions(p.r.Series())
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
		row := texts(x.When, x.Value, x.Change, x.Rank, x.Places, x.Target, source)
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
			rows = append(rows, texts(x.Name, x.Value.String(), x.Max.String()))
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

// ReadingFields are the fields of a reading.
func ReadingFields(today func() data.Day, indices func() []kit.Choice) []form.Field[ReadingForm] {
	number := func(key, label string, of func(*ReadingForm) *scoring.Number) form.Field[ReadingForm] {
		return form.Parsed(key, label, of, ParseNumber, func(n scoring.Number) string {
			if n.Sign() == 0 {
				return ""
			}
			return n.String()
		})
	}
	count := func(key, label string, of func(*ReadingForm) *int) form.Field[ReadingForm] {
		return form.Count(key, label, data.MaxCount, of)
	}
	return []form.Field[ReadingForm]{
		form.Pick("index", "Chỉ số", func(*ReadingForm) []kit.Choice { return indices() }, func(f *ReadingForm) *string { return &f.Index }).Need(),
		form.Text("unit", "Của (tỉnh, xã, phường…)", func(f *ReadingForm) *string { return &f.Unit }).Note("trống: cơ quan mình"),
		count("year", "Năm", func(f *ReadingForm) *int { return &f.Year }),
		form.Day("day", "hoặc ngày", today, func(f *ReadingForm) *data.Day { return &f.Day }),
		number("value", "Giá trị", func(f *ReadingForm) *scoring.Number { return &f.Value }).Need(),
		number("scale", "Thang điểm", func(f *ReadingForm) *scoring.Number { return &f.Scale }).Need(),
		count("rank", "Hạng", func(f *ReadingForm) *int { return &f.Rank }),
		count("of", "Trên tổng số", func(f *ReadingForm) *int { return &f.Of }),
		form.Parsed("target", "Mục tiêu", func(f *ReadingForm) **scoring.Number { return &f.Target }, readNumber, writeNumber),
		count("targetRank", "Mục tiêu hạng", func(f *ReadingForm) *int { return &f.TargetRank }),
		form.Text("number", "Nguồn: số, ký hiệu", func(f *ReadingForm) *string { return &f.Source.Number }),
		form.Text("issuer", "Cơ quan công bố", func(f *ReadingForm) *string { return &f.Source.Issuer }),
		form.Day("date", "Ngày của nguồn", today, func(f *ReadingForm) *data.Day { return &f.Source.Date }),
		form.Text("note", "Ghi chú", func(f *ReadingForm) *string { return &f.Note }),
		form.Rows("parts", "Các thành phần; thành phần không có giá trị thì không lưu", func(f *ReadingForm) *[]PartForm { return &f.Parts },
			form.Text("name", "Thành phần", func(p *PartForm) *string { return &p.Name }).Sized(320),
			form.Parsed("value", "Giá trị", func(p *PartForm) **scoring.Number { return &p.Value }, readNumber, writeNumber).Sized(90),
			form.Parsed("max", "Tối đa", func(p *PartForm) **scoring.Number { return &p.Max }, readNumber, writeNumber).Sized(90),
			form.Count("rank", "Hạng", data.MaxCount, func(p *PartForm) *int { return &p.Rank }).Sized(70)).Whole(),
	}
}

func (p *readingsPart) ask(v ReadingForm) {
	form.Ask(p.s.e, form.Question[ReadingForm]{Title: "Kết quả chỉ số", Width: 780, Columns: 4, Value: v, Fields: ReadingFields(p.s.m.Today, p.r.IndexChoices),
		Ready: func(f *form.Form[ReadingForm]) {
			f.OnChange = func(key string) {
				if now := f.Value(); key == "index" {
					fresh := FreshReading(now.Index, now.Unit, p.s.m.Session.Period().From.Year())
					for _, x := range f.Fields() {
						switch x.Key {
						case "scale", "parts":
							f.Type(x.Key, x.Get(&fresh))
						case "year":
							if v.ID == 0 {
								f.Type("year", x.Get(&fresh))
							}
						}
					}
				}
			}
		},
		Store: p.r.Keep, Done: func(ReadingForm) string { return "Đã lưu kết quả chỉ số." }, Then: func(ReadingForm) { p.r.Refresh() }})
}
