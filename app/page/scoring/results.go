package scoring

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/scoring"
)

// results is the part of the ranking of a group, and of the results that decisions
// published.
type results struct {
	*lists
	group   *widget.Picker
	chosen  string // the group that the officer chose
	domains []kit.Choice
	ranks   *list.List[assess.Ranked]
	list    *list.List[assess.Publication]
	about   string // of the ranking as a whole
}

func newResults(s *Page) part {
	p := &results{}
	p.group = widget.NewPicker(nil, func(o widget.Option) { p.chosen = o.Key; p.refresh() })
	p.group.Width, p.group.Prefix = 300, "Nhóm"
	type published = assess.Publication
	p.list = listOf(s, list.Options[published]{ID: "published", What: "kết quả đã nhập", Paper: "KẾT QUẢ ĐÃ CÔNG BỐ", Key: func(x *published) uint64 { return x.ID },
		Columns: []list.Column[published]{
			list.Col("year", "Năm", 56, 0, func(x *published) string { return strconv.Itoa(x.Year) }), list.Col("title", "Kết quả", 200, 1, func(x *published) string { return x.Title }),
			list.Col("index", "Chỉ số", 66, 0, func(x *published) string { return written(ownOf(x).Index) }).Right(), list.Col("rank", "Hạng", 70, 0, rankOf).Right()},
		Load: s.m.Published, Open: func(x *published) { p.ask(FormOf(*x)) }, Current: p.show,
		Actions: []list.Action{{Label: "Nhập kết quả đã công bố…", Icon: widget.IconAdd, Main: true, Do: p.add}},
		Menu: func(x *published, _ []uint64) []widget.MenuItem {
			return []widget.MenuItem{{Label: "Sửa…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { p.ask(FormOf(*x)) }},
				{Label: "Bỏ kết quả này…", Icon: widget.IconTrash, Danger: true, Do: func() { p.drop(*x) }}}
		},
		Empty: "Chưa có kết quả nào. Nhập hạng và điểm của cơ quan mình từ quyết định công bố của tỉnh.", EmptyVerb: "Nhập kết quả đã công bố…", EmptyDo: p.add})
	p.lists = newLists(s, shelf{"Xếp hạng các đơn vị", nil, p.group, nil, papers.ScoreResult}, shelf{name: "Kết quả đã công bố", rows: p.list})
	p.rank()
	p.fill = func() {
		p.group.SetOptions(s.m.Groups())
		p.group.SetKey(s.m.Group(p.chosen))
		// The columns are the domains of the set.
		if domains := s.m.Domains(); !slices.Equal(domains, p.domains) {
			p.domains = domains
			p.rank()
			s.redraw(p)
		}
	}
	return p
}

// rank makes the list of the ranking.
func (p *results) rank() {
	s := p.s
	p.ranks = listOf(s, list.Options[assess.Ranked]{ID: "ranks", What: "đơn vị", Paper: "XẾP HẠNG CÁC ĐƠN VỊ", Columns: RankColumns(p.domains, s.m.Sheet), Key: func(u *assess.Ranked) uint64 { return list.KeyOf(fmt.Sprint(u.Sheet, u.Name)) },
		Begin: func() func() ([]assess.Ranked, error) {
			read := s.m.Rankings(s.m.Group(p.chosen))
			return func() ([]assess.Ranked, error) {
				list, err := read()
				p.about = RankSummary(list)
				return RankRows(list), err
			}
		},
		Notes: func([]assess.Ranked) string { return p.about }, Empty: "Chưa có phiếu nào trong nhóm này.",
		Actions: []list.Action{{Label: "In…", Icon: widget.IconPrint, Hint: "Ctrl+P", Main: true, Do: s.PrintPage}},
		Open: func(u *assess.Ranked) {
			if u.Sheet != 0 {
				s.open(tabSheet)
				s.m.Show(s.m.Period().ID, u.Sheet, "")
			}
		}})
	p.views[0].rows = p.ranks
}

// RankColumns are the columns of a ranking by the domains of a set; own is the sheet
// that stands out.
func RankColumns(domains []kit.Choice, own func() uint64) []list.Column[assess.Ranked] {
	type unit = assess.Ranked
	// What a unit without a score has not stays empty.
	of := func(text func(*unit) string) func(*unit) string {
		return func(u *unit) string {
			if !u.Scored {
				return ""
			}
			return text(u)
		}
	}
	change := func(u *unit) string {
		if d, ok := u.Change(); ok {
			return signed(d)
		}
		return ""
	}
	places := func(u *unit) string {
		if n, ok := u.Places(); ok && u.RankText() != "" {
			return signedInt(n)
		}
		return ""
	}
	out := []list.Column[unit]{
		list.Col("rank", "Hạng", 48, 0, (*unit).RankText).Right().Dress(strong[unit]), list.Col("name", "Đơn vị", 190, 1, func(u *unit) string { return data.ShortUnit(u.Name) }).Dress(func(u *unit, c *widget.Cell) { c.Strong = u.Sheet == 0 || u.Sheet == own() }),
		list.Col("index", "Chỉ số", 62, 0, of(func(u *unit) string { return u.Result.Index.String() })).Right().Dress(strong[unit]), list.Col("grade", "Xếp loại", 84, 0, of(func(u *unit) string { return u.Grade })),
		list.Col("state", "Điểm của bước", 130, 0, func(u *unit) string {
			if u.Sheet == 0 {
				return ""
			}
			if u.Scored && u.Stage.Done < u.Stage.Of {
				return u.Stage.String() // an appraisal that is not finished
			}
			return u.State.String()
		}).Dress(func(_ *unit, c *widget.Cell) { c.Role = widget.ColorSecondary }),
		list.Col("done", "Đã chấm", 62, 0, of(func(u *unit) string { return fmt.Sprintf("%d/%d", u.Done, u.Asked) })).Right().Dress(func(u *unit, c *widget.Cell) {
			if u.PartWords() != "" {
				c.Role = widget.ColorSoon
			}
		}),
		list.Col("change", "So năm trước", 62, 0, change).Right().Dress(bySign[unit]), list.Col("places", "Thay đổi hạng", 66, 0, places).Right().Dress(bySign[unit]),
		list.Col("self", "Tự chấm, thẩm định", 76, 0, of(func(u *unit) string { return u.Result.Self.String() })).Right(), list.Col("survey", "Điều tra", 62, 0, of(func(u *unit) string { return u.Result.Survey.String() })).Right()}
	out[1].Min = 170
	for _, d := range domains {
		c := list.Col("d"+d.Key, "LV "+d.Key, 76, 0, of(func(u *unit) string {
			n, ok := u.Nodes[d.Key]
			if !ok {
				return ""
			}
			if rank := n.RankText(); rank != "" {
				return fmt.Sprintf("%s (%s)", n.Points, rank)
			}
			return n.Points.String()
		})).Right()
		c.Tip = d.Text + ": điểm (hạng trong nhóm)"
		out = append(out, c)
	}
	return out
}

func strong[T any](_ *T, c *widget.Cell) { c.Strong = true }

// bySign colours a change.
func bySign[T any](_ *T, c *widget.Cell) {
	switch {
	case strings.HasPrefix(c.Text, "+"):
		c.Role = widget.ColorEarly
	case strings.HasPrefix(c.Text, "–"):
		c.Role = widget.ColorLate
	}
}

func ownOf(x *assess.Publication) assess.Place {
	if own := x.Own(); own != nil {
		return *own
	}
	return assess.Place{}
}

// rankOf is the own rank, of how many where that is known.
func rankOf(x *assess.Publication) string {
	own, of := ownOf(x), max(x.Of, len(x.Places))
	if own.Rank > 0 && of > 1 {
		return fmt.Sprintf("%d/%d", own.Rank, of)
	}
	return positive(own.Rank)
}

// show explains the own result of a publication as far as it was published.
func (p *results) show(x *assess.Publication) {
	if x == nil {
		p.list.SetSide(nil)
		return
	}
	box := stack(6)
	say := func(text string, role fyne.ThemeColorName) *widget.Paragraph {
		t := widget.NewParagraph(text, 320)
		t.Role = role
		box.Add(t)
		return t
	}
	say(x.Title, "").Bold = true
	source := x.Source.Title + " " + x.Source.Number
	if x.Source.Date.Known() {
		source += " ngày " + x.Source.Date.String()
	}
	box.Add(widget.NewNote("Nguồn: "+source+" "+x.Source.Issuer, 320))
	if own := ownOf(x); own.Index != nil {
		parts := []string{"Chỉ số " + own.Index.String() + "/" + x.Scale().String(), own.Grade}
		if own.Rank > 0 {
			parts = slices.Insert(parts, 1, "hạng "+rankOf(x))
		}
		say(joined(", ", parts...), "")
	}
	if m, err := assess.PublishedLosses(x); err == nil && x.Own() != nil {
		box.Add(widget.NewSection("Theo lĩnh vực"))
		box.Add(widget.NewTextLines(DomainLines(x)))
		say(fmt.Sprintf("Từ %s xuống %s: đã giải thích %s điểm mất.", m.Total, m.Index, m.Explained), "")
		if m.Unexplained != 0 {
			say(fmt.Sprintf("Chưa giải thích được %s điểm.", m.Unexplained), widget.ColorSoon)
		}
		if len(m.Readings) > 0 {
			box.Add(widget.NewSection("Hai cách hiểu điểm thưởng, chưa khẳng định cách nào"))
		}
		for _, r := range m.Readings {
			say(r.Sentence, kit.If(r.Possible, "", widget.ColorStopped))
		}
	}
	if x.Note != "" {
		box.Add(widget.NewNote(x.Note, 320))
	}
	if len(x.Places) > 1 {
		box.Add(widget.NewSection("Các đơn vị"))
		var lines []widget.TextLine
		for _, place := range x.Places {
			lines = append(lines, widget.TextLine{Text: joined(", ", joined(". ", positive(place.Rank), place.Name), place.Grade), Detail: written(place.Index), On: place.Own})
		}
		box.Add(widget.NewTextLines(lines))
	}
	p.list.SetSide(container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 8, 8, 14), box)))
}

// DomainLines tells the domains of the own result: points of the maximum, what was
// lost, and what was not published.
func DomainLines(x *assess.Publication) (out []widget.TextLine) {
	own := x.Own()
	for _, d := range x.Domains {
		y := cmp.Or(own.Domain(d.Code), &assess.DomainPlace{})
		line := widget.TextLine{Text: d.Title + ": chưa công bố điểm", Detail: "–"}
		var more []string
		if y.Points != nil {
			line.Text, line.Detail = d.Title, y.Points.String()
			if d.Max != 0 {
				more = append(more, "của "+d.Max.String(), "mất "+(d.Max-*y.Points).String())
			}
		}
		if y.Rank > 0 {
			more = append(more, fmt.Sprint("hạng ", y.Rank))
		}
		if y.Bonus != nil {
			more = append(more, "thưởng "+y.Bonus.String())
		}
		line.Text = joined(" · ", line.Text, joined(", ", more...))
		out = append(out, line)
	}
	return out
}

func (p *results) add() {
	var f PublishedForm
	if period := p.s.m.Period(); period != nil {
		f.Year, f.Level = period.Year, period.Level
		f.Title = fmt.Sprintf("Kết quả Chỉ số CCHC năm %d", period.Year)
	}
	if c := p.s.m.Card; c != nil {
		for _, n := range c.Set.Criteria {
			f.Parts = append(f.Parts, DomainForm{Code: n.Code, Title: n.Title, Max: &n.Max})
		}
	}
	p.ask(f)
}

// counted is a whole number that may be left out.
func counted[T any](key, label string, of func(*T) *int) form.Field[T] {
	return form.Count(key, label, data.MaxCount, of)
}

// pointed are points that may be left out.
func pointed[T any](key, label string, of func(*T) **scoring.Points) form.Field[T] {
	return form.Parsed(key, label, of, optional(ParsePoints), written)
}

// PublishedFields are the fields of a published result.
func PublishedFields(today func() data.Day) []form.Field[PublishedForm] {
	type pub = PublishedForm
	return []form.Field[pub]{
		counted("year", "Năm", func(f *pub) *int { return &f.Year }),
		form.Text("title", "Tên kết quả", func(f *pub) *string { return &f.Title }),
		form.Text("number", "Quyết định số", func(f *pub) *string { return &f.Source.Number }),
		form.Text("issuer", "Cơ quan công bố", func(f *pub) *string { return &f.Source.Issuer }),
		pointed("index", "Chỉ số của mình", func(f *pub) **scoring.Points { return &f.Mine.Index }),
		counted("rank", "Hạng", func(f *pub) *int { return &f.Mine.Rank }),
		counted("of", "Trên tổng số đơn vị", func(f *pub) *int { return &f.Of }),
		form.Text("grade", "Xếp loại", func(f *pub) *string { return &f.Mine.Grade }),
		pointed("bonus", "Điểm thưởng (cộng chung)", func(f *pub) **scoring.Points { return &f.Mine.Bonus }),
		pointed("total", "Tổng điểm tối đa (trống: 100)", func(f *pub) **scoring.Points { return &f.Whole }),
		form.Day("date", "Ngày quyết định", today, func(f *pub) *data.Day { return &f.Source.Date }),
		form.Text("note", "Ghi chú", func(f *pub) *string { return &f.Note }),
		form.Rows("domains", "Các lĩnh vực; để trống phần chưa công bố", func(f *pub) *[]DomainForm { return &f.Parts },
			form.Text("code", "Mã", func(d *DomainForm) *string { return &d.Code }).Sized(52), form.Text("name", "Lĩnh vực", func(d *DomainForm) *string { return &d.Title }).Sized(300),
			pointed("max", "Tối đa", func(d *DomainForm) **scoring.Points { return &d.Max }).Sized(70), pointed("points", "Điểm", func(d *DomainForm) **scoring.Points { return &d.Points }).Sized(70),
			counted("place", "Hạng", func(d *DomainForm) *int { return &d.Rank }).Sized(60), pointed("extra", "Thưởng", func(d *DomainForm) **scoring.Points { return &d.Bonus }).Sized(70)),
		form.Rows("places", "Các đơn vị khác", func(f *pub) *[]assess.Place { return &f.Others },
			form.Text("name", "Đơn vị", func(x *assess.Place) *string { return &x.Name }).Sized(320), pointed("points", "Chỉ số", func(x *assess.Place) **scoring.Points { return &x.Index }).Sized(80),
			counted("place", "Hạng", func(x *assess.Place) *int { return &x.Rank }).Sized(60), form.Text("grade", "Xếp loại", func(x *assess.Place) *string { return &x.Grade }).Sized(120)),
	}
}

func (p *results) ask(v PublishedForm) {
	form.Ask(p.s.e, form.Question[PublishedForm]{Title: "Kết quả đã công bố", Note: "Dán được nhiều dòng, nhiều cột chép từ bảng tính.", Width: 820, Columns: 4, Value: v, Fields: PublishedFields(p.s.m.Today),
		Store: p.s.m.KeepPublished, Done: func(PublishedForm) string { return "Đã lưu kết quả công bố." }, Then: func(PublishedForm) { p.refresh() }})
}

func (p *results) drop(x assess.Publication) {
	p.s.e.ConfirmDanger("Bỏ kết quả", "Bỏ «"+x.Title+"» khỏi danh sách.", "Bỏ", func() {
		p.s.do(func(ctx context.Context) error { return p.s.m.Book.DropPublication(ctx, x.ID) }, "Đã bỏ kết quả công bố.")
	})
}
