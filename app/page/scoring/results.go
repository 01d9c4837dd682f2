package scoring

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	"giaoban/app/widget"
	"giaoban/data/assess"
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
	p.group.SetOptions(options(p.r.Groups()))
	p.group.SetKey(p.r.Group())
	p.note.SetText(p.r.Summary())
	domains := p.r.Domains()
	if p.columns != len(domains) || len(p.ranks.Columns()) == 0 {
		p.columns = len(domains)
		p.ranks.SetColumns(rankColumns(domains))
	}
	var rows table
	for _, x := range p.r.Rows() {
		row := cells(x.Rank, x.Name, x.Index, x.Grade, x.Change, x.Places, x.Self, x.Survey)
		row[0].Strong, row[2].Strong, row[1].Strong = true, true, x.Own
		row[4].Role, row[5].Role = signRole(x.Change), signRole(x.Places)
		if x.Index == "" {
			row[3] = widget.Cell{Text: x.State, Role: widget.ColorSecondary}
		}
		rows = append(rows, append(row, cells(x.Domains...)...))
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
		rows = append(rows, cells(fmt.Sprint(x.Year), x.Title, index, rank))
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

func rankColumns(domains []Choice) []widget.Column {
	out := []widget.Column{
		{ID: "rank", Title: "Hạng", Width: 48, Align: widget.Right}, {ID: "name", Title: "Đơn vị", Width: 190, Min: 170, Flex: 1}, {ID: "index", Title: "Chỉ số", Width: 62, Align: widget.Right},
		{ID: "grade", Title: "Xếp loại", Width: 84}, {ID: "change", Title: "So năm trước", Width: 62, Align: widget.Right}, {ID: "places", Title: "Thay đổi hạng", Width: 66, Align: widget.Right},
		{ID: "self", Title: "Tự chấm, thẩm định", Width: 76, Align: widget.Right}, {ID: "survey", Title: "Điều tra", Width: 62, Align: widget.Right}}
	for _, d := range domains {
		out = append(out, widget.Column{ID: "d" + d.Key, Title: "LV " + d.Key, Tip: d.Label + ": điểm (hạng trong nhóm)", Width: 76, Align: widget.Right})
	}
	return out
}

// openUnit shows the sheet of a unit.
func (p *resultsPart) openUnit(i int) {
	rows := p.r.Rows()
	if i < 0 || i >= len(rows) {
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
			row := cells(rank, place.Name, index, place.Grade)
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
		rows = append(rows, cells(d.Title, limit, points, lost, rank, bonus))
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
	f := PublishedForm{}
	if period := p.s.m.Period(); period != nil {
		f.Year, f.Level = fmt.Sprint(period.Year), period.Level
		f.Title = fmt.Sprintf("Kết quả Chỉ số CCHC năm %d", period.Year)
	}
	if c := p.s.m.Card(); c != nil {
		for _, n := range c.Set.Criteria {
			f.Domains = append(f.Domains, []string{n.Code, n.Title, n.Max.String()})
		}
	}
	p.ask(f)
}

func (p *resultsPart) ask(v PublishedForm) {
	f := screen.NewForm()
	type slot struct {
		key, label string
		at         *string
	}
	slots := []slot{{"year", "Năm", &v.Year}, {"title", "Tên kết quả", &v.Title}, {"number", "Quyết định số", &v.Number}, {"issuer", "Cơ quan công bố", &v.Issuer},
		{"index", "Chỉ số của mình", &v.Index}, {"rank", "Hạng", &v.Rank}, {"of", "Trên tổng số đơn vị", &v.Of}, {"grade", "Xếp loại", &v.Grade}, {"bonus", "Điểm thưởng (cộng chung)", &v.Bonus}, {"total", "Tổng điểm tối đa (trống: 100)", &v.Total}}
	fields := make([]*widget.Field, len(slots))
	for i, x := range slots {
		fields[i] = field(*x.at)
		f.Add(x.key, x.label, fields[i])
	}
	date := p.s.date(v.Date)
	f.Add("date", "Ngày quyết định", date)
	note := field(v.Note)
	f.Add("note", "Ghi chú", note)
	domains := newRowTable("domains", DomainColumns(), nil, orEmptyRow(v.Domains))
	places := newRowTable("places", PlaceColumns(), nil, orEmptyRow(v.Places))
	f.KnowPart(domains.take)
	f.KnowPart(places.take)
	top := widget.Columns(4, f.Fields...)
	f.Fields = nil
	body := p.s.scrolled(200, 0, container.New(layout.NewCustomPaddedVBoxLayout(8), top, widget.NewSection("Các lĩnh vực; để trống phần chưa công bố"), domains.object, widget.NewSection("Các đơn vị khác"), places.object))
	domains.grown, places.grown = body.follow, body.follow
	p.s.ask(screen.Question{Title: "Kết quả đã công bố", Note: "Dán được nhiều dòng, nhiều cột chép từ bảng tính.", Verb: "Lưu", Width: 820, Form: f, Below: []fyne.CanvasObject{body.object}, Done: func() string { return "Đã lưu kết quả công bố." },
		Then: p.r.Refresh,
		Read: func() (func(context.Context) error, error) {
			for i, x := range slots {
				*x.at = fields[i].Value()
			}
			out := v
			out.Note, out.Domains, out.Places = note.Value(), domains.values(), places.values()
			var err error
			if out.Date, err = f.Day("date", date); err != nil {
				return nil, err
			}
			return func(ctx context.Context) error { return p.s.m.KeepPublished(ctx, out) }, nil
		}})
}

func (p *resultsPart) drop(x assess.Publication) {
	widget.ConfirmDanger(p.s.e.Window, "Bỏ kết quả", "Bỏ «"+x.Title+"» khỏi danh sách.", "Bỏ", func(ok bool) {
		if ok {
			p.s.m.Do(func(ctx context.Context) error { return p.s.m.Book.DropPublication(ctx, x.ID) }, func(err error) {
				p.s.told("Đã bỏ kết quả công bố.")(err)
				p.r.Refresh()
			})
		}
	})
}
