package scoring

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/scoring"
)

// resultsPart shows the ranking of a group, and the results that decisions
// published.
type resultsPart struct {
	s       *Page
	r       *Results
	which   *widget.Segments
	group   *widget.Picker
	note    *widget.Paragraph
	ranks   *widget.Grid
	list    *widget.Grid
	detail  *fyne.Container
	body    *fyne.Container
	columns int // how many domains the grid has
}

func newResultsPart(s *Page) *resultsPart {
	p := &resultsPart{s: s, r: NewResults(s.m), body: container.NewStack(), detail: container.New(layout.NewCustomPaddedVBoxLayout(6))}
	p.which = widget.NewSegments([]string{"Xếp hạng các đơn vị", "Kết quả đã công bố"}, func(int) { s.redraw(p); p.fill(); p.focus() })
	p.group = widget.NewPicker(nil, func(o widget.Option) { p.r.ChooseGroup(o.Key) })
	p.group.Width, p.group.Prefix = 300, "Nhóm"
	p.note = line(300)
	p.note.Max = 1
	p.ranks = widget.NewGrid(nil)
	p.ranks.Single = true
	p.ranks.OnOpen = p.openUnit
	p.ranks.SetEmpty("Chưa có phiếu nào trong nhóm này.", "", nil)
	p.list = widget.NewGrid([]widget.Column{
		{ID: "year", Title: "Năm", Width: 56}, {ID: "title", Title: "Kết quả", Width: 200, Flex: 1}, {ID: "index", Title: "Chỉ số", Width: 66, Align: widget.Right}, {ID: "rank", Title: "Hạng", Width: 70, Align: widget.Right}})
	p.list.Single = true
	p.list.OnCurrent = func(int) { p.showPublished() }
	p.list.OnOpen = func(i int) { p.ask(FormOf(p.r.Published()[i])) }
	p.list.OnMenu = func(i int, at fyne.Position) {
		widget.ShowMenu(s.e.Window, at, []widget.MenuItem{
			{Label: "Sửa…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { p.list.OnOpen(i) }},
			{Label: "Bỏ kết quả này…", Icon: widget.IconTrash, Danger: true, Do: func() { p.drop(p.r.Published()[i]) }}})
	}
	p.list.SetEmpty("Chưa có kết quả nào. Nhập hạng và điểm của cơ quan mình từ quyết định công bố của tỉnh.", "Nhập kết quả đã công bố…", p.add)
	p.r.Changed = p.fill
	return p
}

func (p *resultsPart) object() fyne.CanvasObject {
	if p.which.Chosen() == 0 {
		return above(p.ranks, widget.Row(2, p.which, p.group, container.NewVBox(layout.NewSpacer(), p.note, layout.NewSpacer())))
	}
	right := container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 8, 8, 14), p.detail))
	return above(container.New(sheetColumns{}, p.list, container.NewWithoutLayout(), right), container.NewHBox(p.which))
}

func (p *resultsPart) actions() []fyne.CanvasObject {
	if p.which.Chosen() == 0 {
		return []fyne.CanvasObject{widget.NewMainButton("In…", widget.IconPrint, p.s.askPapers)}
	}
	return []fyne.CanvasObject{widget.NewMainButton("Nhập kết quả đã công bố…", widget.IconAdd, p.add)}
}

func (p *resultsPart) refresh()     { p.r.Refresh() }
func (p *resultsPart) escape() bool { return false }

func (p *resultsPart) status() string {
	if p.which.Chosen() == 0 {
		return p.r.Summary()
	}
	return count(len(p.r.Published()), "kết quả đã nhập")
}

func (p *resultsPart) focus() {
	if p.which.Chosen() == 0 {
		p.s.e.Focus(p.s.page, p.ranks)
	} else {
		p.s.e.Focus(p.s.page, p.list)
	}
}

func (p *resultsPart) fill() {
	if err := p.r.Err(); err != nil {
		p.s.page.Errors.SetError(err)
	}
	p.group.SetOptions(p.r.Groups())
	p.group.SetKey(p.r.Group())
	p.note.SetText(p.r.Summary())
	domains := p.r.Domains()
	if p.columns != len(domains) || len(p.ranks.Columns()) == 0 {
		p.columns = len(domains)
		p.ranks.SetColumns(rankColumns(domains))
	}
	var rows table
	for _, x := range p.r.Rows() {
		row := texts(x.Rank, x.Name, x.Index, x.Grade, x.Change, x.Places, x.Self, x.Survey)
		row[0].Strong, row[2].Strong, row[1].Strong = true, true, x.Own || x.Heading
		row[4].Role, row[5].Role = signRole(x.Change), signRole(x.Places)
		if x.Index == "" && !x.Heading {
			row[3] = widget.Cell{Text: x.State, Role: widget.ColorSecondary}
		}
		rows = append(rows, append(row, texts(x.Domains...)...))
	}
	refill(p.ranks, rows)
	rows = nil
	for _, x := range p.r.Published() {
		index, rank := "", ""
		if own := x.Own(); own != nil {
			if own.Index != nil {
				index = own.Index.String()
			}
			if own.Rank > 0 {
				rank = fmt.Sprintf("%d", own.Rank)
				if n := max(x.Of, len(x.Places)); n > 1 {
					rank += fmt.Sprintf("/%d", n)
				}
			}
		}
		rows = append(rows, texts(fmt.Sprint(x.Year), x.Title, index, rank))
	}
	refill(p.list, rows)
	p.showPublished()
	p.s.e.Status()
}

// signRole is the colour of a change.
func signRole(text string) fyne.ThemeColorName {
	switch {
	case strings.HasPrefix(text, "+"):
		return widget.ColorEarly
	case strings.HasPrefix(text, "–"):
		return widget.ColorLate
	}
	return widget.ColorInk
}

func rankColumns(domains []kit.Choice) []widget.Column {
	out := []widget.Column{
		{ID: "rank", Title: "Hạng", Width: 48, Align: widget.Right}, {ID: "name", Title: "Đơn vị", Width: 190, Min: 170, Flex: 1}, {ID: "index", Title: "Chỉ số", Width: 62, Align: widget.Right},
		{ID: "grade", Title: "Xếp loại", Width: 84}, {ID: "change", Title: "So năm trước", Width: 62, Align: widget.Right}, {ID: "places", Title: "Thay đổi hạng", Width: 66, Align: widget.Right},
		{ID: "self", Title: "Tự chấm, thẩm định", Width: 76, Align: widget.Right}, {ID: "survey", Title: "Điều tra", Width: 62, Align: widget.Right}}
	for _, d := range domains {
		out = append(out, widget.Column{ID: "d" + d.Key, Title: "LV " + d.Key, Tip: d.Text + ": điểm (hạng trong nhóm)", Width: 76, Align: widget.Right})
	}
	return out
}

// openUnit shows the sheet of a unit.
func (p *resultsPart) openUnit(i int) {
	rows := p.r.Rows()
	if i < 0 || i >= len(rows) || rows[i].Heading {
		return
	}
	period := p.s.m.Period()
	p.s.open(tabSheet)
	p.s.m.Show(period.ID, rows[i].Sheet, "")
}

// showPublished explains the own result of a publication as far as it was
// published.
func (p *resultsPart) showPublished() {
	p.detail.Objects = nil
	list := p.r.Published()
	i := p.list.Current()
	if i < 0 || i >= len(list) {
		p.detail.Refresh()
		return
	}
	x := &list[i]
	title := widget.NewParagraph(x.Title, 420)
	title.Bold = true
	p.detail.Add(title)
	source := x.Source.Title + " " + x.Source.Number
	if x.Source.Date.Known() {
		source += " ngày " + x.Source.Date.String()
	}
	p.detail.Add(widget.NewNote("Nguồn: "+source+" "+x.Source.Issuer, 420))
	if own := x.Own(); own != nil && own.Index != nil {
		text := "Chỉ số " + own.Index.String() + "/" + x.Scale().String()
		if own.Rank > 0 {
			text += fmt.Sprintf(", hạng %d/%d", own.Rank, max(x.Of, len(x.Places)))
		}
		if own.Grade != "" {
			text += ", " + own.Grade
		}
		p.detail.Add(widget.NewParagraph(text, 420))
	}
	if m, ok := PublishedMap(x); ok {
		p.drawMap(x, m)
	}
	if x.Note != "" {
		p.detail.Add(widget.NewNote(x.Note, 420))
	}
	if len(x.Places) > 1 {
		p.detail.Add(widget.NewSection("Các đơn vị"))
		var rows table
		for _, place := range x.Places {
			index, rank := "", ""
			if place.Index != nil {
				index = place.Index.String()
			}
			if place.Rank > 0 {
				rank = fmt.Sprint(place.Rank)
			}
			row := texts(rank, place.Name, index, place.Grade)
			row[1].Strong = place.Own
			rows = append(rows, row)
		}
		p.detail.Add(smallGrid([]widget.Column{{Title: "Hạng", Width: 48, Align: widget.Right}, {Title: "Đơn vị", Width: 180, Flex: 1}, {Title: "Chỉ số", Width: 64, Align: widget.Right}, {Title: "Xếp loại", Width: 90}}, rows))
	}
	p.detail.Refresh()
}

func (p *resultsPart) drawMap(x *assess.Publication, m assess.LossMap) {
	p.detail.Add(widget.NewSection("Theo lĩnh vực"))
	own := x.Own()
	var rows table
	for _, d := range x.Domains {
		points, rank, bonus, lost := "chưa công bố", "", "", ""
		if y := own.Domain(d.Code); y != nil {
			if y.Points != nil {
				points = y.Points.String()
				if d.Max != 0 {
					lost = (d.Max - *y.Points).String()
				}
			}
			if y.Rank > 0 {
				rank = fmt.Sprint(y.Rank)
			}
			if y.Bonus != nil {
				bonus = "+" + y.Bonus.String()
			}
		}
		limit := ""
		if d.Max != 0 {
			limit = d.Max.String()
		}
		rows = append(rows, texts(d.Title, limit, points, lost, rank, bonus))
	}
	p.detail.Add(smallGrid([]widget.Column{{Title: "Lĩnh vực", Width: 150, Flex: 1}, {Title: "Tối đa", Width: 58, Align: widget.Right}, {Title: "Điểm", Width: 96, Align: widget.Right}, {Title: "Mất", Width: 54, Align: widget.Right}, {Title: "Hạng", Width: 48, Align: widget.Right}, {Title: "Thưởng", Width: 60, Align: widget.Right}}, rows))
	say := func(text string, role fyne.ThemeColorName) {
		t := widget.NewParagraph(text, 420)
		t.Role = role
		p.detail.Add(t)
	}
	say(fmt.Sprintf("Từ %s xuống %s: đã giải thích %s điểm mất.", m.Total, m.Index, m.Explained), widget.ColorInk)
	if m.Unexplained != 0 {
		say(fmt.Sprintf("Chưa giải thích được %s điểm.", m.Unexplained), widget.ColorSoon)
	}
	for _, d := range m.Missing {
		say("Chưa công bố: "+d.Title+".", widget.ColorSoon)
	}
	if len(m.Readings) > 0 {
		p.detail.Add(widget.NewSection("Hai cách hiểu điểm thưởng, chưa khẳng định cách nào"))
		for _, r := range m.Readings {
			role := widget.ColorInk
			if !r.Possible {
				role = widget.ColorStopped
			}
			say(r.Sentence, role)
		}
	}
}

// smallGrid is a grid as high as its rows, within another page.
func smallGrid(columns []widget.Column, rows table) fyne.CanvasObject {
	for i := range columns {
		columns[i].ID = fmt.Sprint(i)
	}
	g := widget.NewGrid(columns)
	g.Single = true
	g.SetRows(rows)
	return tall(32+28*float32(min(len(rows), 12))+2, g)
}

func (p *resultsPart) add() {
	var f PublishedForm
	if period := p.s.m.Period(); period != nil {
		f.Year, f.Level = period.Year, period.Level
		f.Title = fmt.Sprintf("Kết quả Chỉ số CCHC năm %d", period.Year)
	}
	if c := p.s.m.Card(); c != nil {
		for _, n := range c.Set.Criteria {
			f.Parts = append(f.Parts, DomainForm{Code: n.Code, Title: n.Title, Max: &n.Max})
		}
	}
	p.ask(f)
}

// PublishedFields are the fields of a published result.
func PublishedFields(today func() data.Day) []form.Field[PublishedForm] {
	count := func(key, label string, of func(*PublishedForm) *int) form.Field[PublishedForm] {
		return form.Count(key, label, data.MaxCount, of)
	}
	points := func(key, label string, of func(*PublishedForm) **scoring.Points) form.Field[PublishedForm] {
		return form.Parsed(key, label, of, readPoints, writePoints)
	}
	part := func(key, label string, of func(*DomainForm) **scoring.Points) form.Field[DomainForm] {
		return form.Parsed(key, label, of, readPoints, writePoints).Sized(70)
	}
	return []form.Field[PublishedForm]{
		count("year", "Năm", func(f *PublishedForm) *int { return &f.Year }),
		form.Text("title", "Tên kết quả", func(f *PublishedForm) *string { return &f.Title }),
		form.Text("number", "Quyết định số", func(f *PublishedForm) *string { return &f.Source.Number }),
		form.Text("issuer", "Cơ quan công bố", func(f *PublishedForm) *string { return &f.Source.Issuer }),
		points("index", "Chỉ số của mình", func(f *PublishedForm) **scoring.Points { return &f.Mine.Index }),
		count("rank", "Hạng", func(f *PublishedForm) *int { return &f.Mine.Rank }),
		count("of", "Trên tổng số đơn vị", func(f *PublishedForm) *int { return &f.Of }),
		form.Text("grade", "Xếp loại", func(f *PublishedForm) *string { return &f.Mine.Grade }),
		points("bonus", "Điểm thưởng (cộng chung)", func(f *PublishedForm) **scoring.Points { return &f.Mine.Bonus }),
		form.Parsed("total", "Tổng điểm tối đa (trống: 100)", func(f *PublishedForm) *scoring.Points { return &f.Total }, func(s string) (scoring.Points, error) {
			p, err := readPoints(s)
			if p == nil {
				return 0, err
			}
			return *p, err
		}, func(p scoring.Points) string {
			if p == 0 {
				return ""
			}
			return p.String()
		}),
		form.Day("date", "Ngày quyết định", today, func(f *PublishedForm) *data.Day { return &f.Source.Date }),
		form.Text("note", "Ghi chú", func(f *PublishedForm) *string { return &f.Note }),
		form.Rows("domains", "Các lĩnh vực; để trống phần chưa công bố", func(f *PublishedForm) *[]DomainForm { return &f.Parts },
			form.Text("code", "Mã", func(d *DomainForm) *string { return &d.Code }).Sized(52), form.Text("name", "Lĩnh vực", func(d *DomainForm) *string { return &d.Title }).Sized(300),
			part("max", "Tối đa", func(d *DomainForm) **scoring.Points { return &d.Max }), part("points", "Điểm", func(d *DomainForm) **scoring.Points { return &d.Points }),
			form.Count("place", "Hạng", data.MaxCount, func(d *DomainForm) *int { return &d.Rank }).Sized(60), part("extra", "Thưởng", func(d *DomainForm) **scoring.Points { return &d.Bonus })).Whole(),
		form.Rows("places", "Các đơn vị khác", func(f *PublishedForm) *[]assess.Place { return &f.Others },
			form.Text("name", "Đơn vị", func(x *assess.Place) *string { return &x.Name }).Sized(320),
			form.Parsed("points", "Chỉ số", func(x *assess.Place) **scoring.Points { return &x.Index }, readPoints, writePoints).Sized(80),
			form.Count("place", "Hạng", data.MaxCount, func(x *assess.Place) *int { return &x.Rank }).Sized(60),
			form.Text("grade", "Xếp loại", func(x *assess.Place) *string { return &x.Grade }).Sized(120)).Whole(),
	}
}

func (p *resultsPart) ask(v PublishedForm) {
	form.Ask(p.s.e, form.Question[PublishedForm]{Title: "Kết quả đã công bố", Note: "Dán được nhiều dòng, nhiều cột chép từ bảng tính.", Width: 820, Columns: 4, Value: v, Fields: PublishedFields(p.s.m.Today),
		Store: p.s.m.KeepPublished, Done: func(PublishedForm) string { return "Đã lưu kết quả công bố." }, Then: func(PublishedForm) { p.r.Refresh() }})
}

func (p *resultsPart) drop(x assess.Publication) {
	p.s.e.ConfirmDanger("Bỏ kết quả", "Bỏ «"+x.Title+"» khỏi danh sách.", "Bỏ", func() {
		p.s.e.Do(func(ctx context.Context) error { return p.s.m.Book.DropPublication(ctx, x.ID) }, "Đã bỏ kết quả công bố.", nil)
	})
}
