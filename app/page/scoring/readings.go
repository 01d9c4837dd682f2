package scoring

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/scoring"
	"giaoban/reports/chart"
)

// readings is the part of the readings of other indices, with their line.
type readings struct {
	*lists
	r    Readings
	list *list.List[ReadingRow]
}

func newReadings(s *Page) part {
	p := &readings{}
	series := widget.NewPicker(nil, func(o widget.Option) { p.r.Key = o.Key; p.refresh() })
	series.Width, series.Placeholder = 340, "Chưa có chỉ số nào"
	line := widget.NewChartView(chart.Chart{Kind: chart.Lines})
	line.Least = fyne.NewSize(300, 130)
	type row = ReadingRow
	p.list = listOf(s, list.Options[row]{ID: "readings", What: "kết quả", Paper: "KẾT QUẢ CÁC CHỈ SỐ KHÁC", Key: func(x *row) uint64 { return x.ID },
		Columns: []list.Column[row]{
			list.Col("when", "Năm, ngày", 92, 0, func(x *row) string { return x.When() }), list.Col("value", "Giá trị", 74, 0, func(x *row) string { return x.Value.String() }).Right().Dress(strong[row]),
			list.Col("change", "Thay đổi", 74, 0, func(x *row) string { return x.Change }).Right().Dress(bySign[row]), list.Col("rank", "Hạng", 74, 0, (*row).Place).Right(),
			list.Col("places", "Thay đổi hạng", 78, 0, func(x *row) string { return x.Places }).Right(), list.Col("target", "Mục tiêu", 130, 0, (*row).Goal).Dress(func(x *row, c *widget.Cell) {
				if reached, known := x.Reached(); known {
					c.Mark = kit.If(reached, widget.MarkEarly, widget.MarkLate)
				}
			}), list.Col("source", "Nguồn", 180, 1, func(x *row) string { return joined(" ", x.Source.Title, x.Source.Number, x.Source.Issuer) })},
		Begin: func() func() ([]row, error) {
			key := p.r.Key
			return func() ([]row, error) {
				all, err := s.m.Book.Readings()
				r := NewReadings(all, key)
				s.e.Session.Post(func() {
					p.r = r
					series.SetOptions(r.Series())
					series.SetKey(r.Key)
					line.Set(r.Chart())
					widget.SetVisible(line, len(all) > 0)
				})
				return r.Rows(), err
			}
		},
		Open: func(x *row) { p.ask(ReadingFormOf(x.Reading)) }, Current: p.showParts, Actions: []list.Action{{Label: "Nhập kết quả…", Icon: widget.IconAdd, Main: true, Do: p.add}},
		Menu: func(x *row, _ []uint64) []widget.MenuItem {
			return []widget.MenuItem{{Label: "Sửa…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { p.ask(ReadingFormOf(x.Reading)) }},
				{Label: "Bỏ", Icon: widget.IconTrash, Danger: true, Do: func() {
					s.do(func(ctx context.Context) error { return s.m.Book.DropReading(ctx, x.ID) }, "Đã bỏ kết quả chỉ số.")
				}}}
		},
		Empty: "Chưa có kết quả chỉ số nào. Nhập SIPAS, PAPI, PCI, DDCI, DTI… theo năm hoặc theo ngày, kèm nguồn.", EmptyVerb: "Nhập kết quả…", EmptyDo: p.add})
	height := min(230, max(140, s.e.Window.Canvas().Size().Height/widget.Scaled(1)*0.25))
	p.lists = newLists(s, shelf{rows: p.list, lead: stack(8, container.NewHBox(series), widget.Tall(height, line))})
	return p
}

// showParts lists the components of the reading under the cursor.
func (p *readings) showParts(x *ReadingRow) {
	if x == nil || len(x.Components) == 0 {
		p.list.SetSide(nil)
		return
	}
	var lines []widget.TextLine
	for _, c := range x.Components {
		text := c.Name
		if c.Max.Sign() != 0 {
			text += " (tối đa " + c.Max.String() + ")"
		}
		lines = append(lines, widget.TextLine{Text: text, Detail: c.Value.String()})
	}
	box := stack(6, widget.NewSection("Thành phần, "+x.When()), widget.NewTextLines(lines))
	p.list.SetSide(container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 8, 8, 14), box)))
}

func (p *readings) add() {
	index, unit := "SIPAS", ""
	if x := p.list.CurrentRow(); x != nil {
		index, unit = x.Index, x.Unit
	}
	p.ask(FreshReading(index, unit, p.s.m.Session.Period().From.Year()))
}

// ReadingFields are the fields of a reading.
func ReadingFields(today func() data.Day, indices func() []kit.Choice) []form.Field[ReadingForm] {
	type reading = ReadingForm
	number := func(key, label string, of func(*reading) *scoring.Number) form.Field[reading] {
		return form.Parsed(key, label, of, ParseNumber, func(n scoring.Number) string {
			if n.Sign() == 0 {
				return ""
			}
			return n.String()
		})
	}
	return []form.Field[reading]{
		form.Pick("index", "Chỉ số", func(*reading) []kit.Choice { return indices() }, func(f *reading) *string { return &f.Index }).Need(),
		form.Text("unit", "Của (tỉnh, xã, phường…)", func(f *reading) *string { return &f.Unit }).Note("trống: cơ quan mình"),
		counted("year", "Năm", func(f *reading) *int { return &f.Year }),
		form.Day("day", "hoặc ngày", today, func(f *reading) *data.Day { return &f.Day }),
		number("value", "Giá trị", func(f *reading) *scoring.Number { return &f.Value }).Need(),
		number("scale", "Thang điểm", func(f *reading) *scoring.Number { return &f.Scale }).Need(),
		counted("rank", "Hạng", func(f *reading) *int { return &f.Rank }),
		counted("of", "Trên tổng số", func(f *reading) *int { return &f.Of }),
		form.Parsed("target", "Mục tiêu", func(f *reading) **scoring.Number { return &f.Target }, optional(ParseNumber), written),
		counted("targetRank", "Mục tiêu hạng", func(f *reading) *int { return &f.TargetRank }),
		form.Text("number", "Nguồn: số, ký hiệu", func(f *reading) *string { return &f.Source.Number }),
		form.Text("issuer", "Cơ quan công bố", func(f *reading) *string { return &f.Source.Issuer }),
		form.Day("date", "Ngày của nguồn", today, func(f *reading) *data.Day { return &f.Source.Date }),
		form.Text("note", "Ghi chú", func(f *reading) *string { return &f.Note }),
		form.Rows("parts", "Các thành phần; thành phần không có giá trị thì không lưu", func(f *reading) *[]PartForm { return &f.Parts },
			form.Text("name", "Thành phần", func(p *PartForm) *string { return &p.Name }).Sized(320),
			form.Parsed("value", "Giá trị", func(p *PartForm) **scoring.Number { return &p.Value }, optional(ParseNumber), written).Sized(90),
			form.Parsed("max", "Tối đa", func(p *PartForm) **scoring.Number { return &p.Max }, optional(ParseNumber), written).Sized(90),
			counted("rank", "Hạng", func(p *PartForm) *int { return &p.Rank }).Sized(70)),
	}
}

func (p *readings) ask(v ReadingForm) {
	form.Ask(p.s.e, form.Question[ReadingForm]{Title: "Kết quả chỉ số", Width: 780, Columns: 4, Value: v, Fields: ReadingFields(p.s.m.Today, func() []kit.Choice { return p.r.IndexChoices() }),
		Ready: func(f *form.Form[ReadingForm]) {
			f.OnChange = func(key string) {
				if key != "index" {
					return
				}
				now := f.Value()
				fresh := FreshReading(now.Index, now.Unit, p.s.m.Session.Period().From.Year())
				for _, key := range []string{"scale", "parts", "year"} {
					if key != "year" || v.ID == 0 {
						f.Type(key, f.TextOf(key, fresh))
					}
				}
			}
		},
		Store: p.s.m.KeepReading, Done: func(ReadingForm) string { return "Đã lưu kết quả chỉ số." }, Then: func(f ReadingForm) { p.r.Key = seriesKey(f.Index, f.Unit); p.refresh() }})
}

// Place is the rank, of how many where that is known.
func (x *ReadingRow) Place() string {
	if x.Rank > 0 && x.Of > 0 {
		return fmt.Sprintf("%d/%d", x.Rank, x.Of)
	}
	return positive(x.Rank)
}

// Goal tells the target and whether it was reached.
func (x *ReadingRow) Goal() string {
	reached, known := x.Reached()
	if !known {
		return ""
	}
	return joined(", ", written(x.Target), kit.If(reached, "đạt", "chưa đạt"))
}
