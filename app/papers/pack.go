package papers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
	"giaoban/data/ranking"
	"giaoban/reports/briefing"
	"giaoban/reports/paper"
)

// Pack is the name of the meeting pack (briefing 3.7): papers that stand alone
// elsewhere, as one document.
const Pack Name = "goi-tai-lieu"

// PackPart is a part of the meeting pack.
type PackPart struct {
	ID, Title string
	For       string // who gets its pages
	Few       bool   // only the chair and the secretary get it
	draw      func(p *packed, d *paper.Document) error
}

// PackParts are the parts of the meeting pack in their first order; the cover stays
// the first.
var PackParts = []PackPart{
	{ID: "bia", Title: "Bìa, mục lục", For: "Mọi đại biểu", draw: (*packed).cover},
	{ID: "chuong-trinh", Title: "Chương trình họp", For: "Mọi đại biểu", draw: (*packed).agenda},
	{ID: "dieu-hanh", Title: "Trang điều hành", For: "Chủ trì, thư ký", Few: true, draw: (*packed).executive},
	{ID: "bao-cao", Title: "Báo cáo", For: "Mọi đại biểu", draw: (*packed).report},
	{ID: "ii06a", Title: "Biểu II.06a theo lĩnh vực, theo đơn vị", For: "Mọi đại biểu", draw: (*packed).forms},
	{ID: "bieu-do", Title: "Biểu đồ", For: "Mọi đại biểu", draw: (*packed).charts},
	{ID: "xep-hang", Title: "Xếp hạng đơn vị", For: "Mọi đại biểu", draw: (*packed).ranking},
	{ID: "qua-han", Title: "Hồ sơ quá hạn và giải trình", For: "Chủ trì, đơn vị có hồ sơ quá hạn", draw: (*packed).overdue},
	{ID: "ket-luan", Title: "Tình hình thực hiện kết luận kỳ trước", For: "Mọi đại biểu", draw: (*packed).conclusions},
	{ID: "ke-hoach", Title: "Kế hoạch cải cách hành chính năm", For: "Mọi đại biểu", draw: (*packed).plan},
	{ID: "pakn", Title: "Phản ánh, kiến nghị; hài lòng; đối thoại", For: "Mọi đại biểu", draw: (*packed).people},
	{ID: "chi-so-766", Title: "Chỉ số theo Quyết định 766/QĐ-TTg", For: "Mọi đại biểu", draw: (*packed).index766},
	{ID: "kiem-tra", Title: "Kiểm tra: tồn tại chưa khắc phục", For: "Chủ trì, đơn vị được kiểm tra", draw: (*packed).findings},
	{ID: "du-thao", Title: "Dự thảo kết luận", For: "Chủ trì, thư ký", Few: true, draw: (*packed).proposals},
	{ID: "doi-chieu", Title: "Phụ lục đối chiếu số liệu", For: "Chủ trì, thư ký", Few: true, draw: (*packed).collation},
}

// SettingPack is the setting that holds which parts an office chose: PackChoice.
const SettingPack = "pack"

// PackChoice is the order of the parts of an office and those that it leaves out.
type PackChoice struct {
	Order []string `json:"order"`
	Off   []string `json:"off,omitempty"`
}

// PackChosen returns the choice of an office; all parts are in its order.
func PackChosen(d desk.Reading) (c PackChoice, err error) {
	err = d.Read(func(v desk.View) error {
		return desk.ReadJSON(v.Setting(SettingPack), &c, "Thứ tự các phần của gói tài liệu họp trong tệp dữ liệu bị hỏng. Khôi phục từ bản sao lưu.")
	})
	return c.whole(), err
}

// whole is the choice with each part once: those it does not name stand behind, and the
// cover stands first.
func (c PackChoice) whole() PackChoice {
	order := []string{PackParts[0].ID}
	take := func(id string) {
		if partOf(id) != nil && !slices.Contains(order, id) {
			order = append(order, id)
		}
	}
	for _, id := range c.Order {
		take(id)
	}
	for _, part := range PackParts {
		take(part.ID)
	}
	off := slices.DeleteFunc(slices.Clone(c.Off), func(id string) bool { return id == PackParts[0].ID || partOf(id) == nil })
	return PackChoice{Order: order, Off: off}
}

// On reports whether a part is printed.
func (c PackChoice) On(id string) bool { return !slices.Contains(c.Off, id) }

// KeepPackChoice stores the choice in the data file.
func KeepPackChoice(ctx context.Context, d *desk.Desk, c PackChoice) error {
	return d.KeepJSON(ctx, desk.Work{Title: "Chọn các phần của gói tài liệu họp"}, SettingPack, c.whole())
}

func partOf(id string) *PackPart {
	return data.Find(PackParts, func(p *PackPart) bool { return p.ID == id })
}

// packed is what a pack is drawn from, all of one state of the office.
type packed struct {
	ctx        context.Context
	request    Request
	office     data.Office
	today      data.Day
	in         *briefing.Input
	blocks     []briefing.Block
	choice     PackChoice
	world      *logbook.World
	snapshot   *desk.Snapshot           // settled: for facts
	conference *logbook.Entry           // nil for none
	last       *logbook.Entry           // the conference before it
	closing    *desk.Closing            // nil where the period is not closed
	standings  []desk.IndicatorStanding // of indicators, by what is asked
	needs      []Need
	state      []Standing
	ranks      []ranked
	index      ranking.Estimate
	measures   []desk.Measured // of the period
	before     []desk.Measured // some of them in the same period of the year before
	carried    int64           // pending at the end of the period before
	earlier    data.Period
}

// ranked is a ranking of the units by a model.
type ranked struct {
	model            ranking.Model
	places, unranked []ranking.Place
	before           map[uint32]int // rank in the period before
}

// gatherPack gathers everything once; the figures of the report come last, since they
// settle.
func gatherPack(ctx context.Context, read *reader, r Request) (content, error) {
	s := read.d
	p := &packed{ctx: ctx, request: r, office: s.Office(), today: s.Today(), snapshot: s, earlier: desk.Preceding(r.Period)}
	say := func(done int64, what string) error {
		if r.Progress != nil {
			r.Progress(done, 5, what)
		}
		if ctx.Err() != nil {
			return data.Fail(data.Cancelled, "Đã hủy lập gói tài liệu.", ctx.Err())
		}
		return nil
	}
	for i, step := range []struct {
		what string
		do   func(*desk.Snapshot) error
	}{{"Đang đọc các sổ", p.gatherLogbooks}, {"Đang xếp hạng", p.gatherRanks}, {"Đang tính chỉ số", p.gatherMeasures}} {
		if err := say(int64(i), step.what); err != nil {
			return content{}, err
		}
		if err := step.do(s); err != nil {
			return content{}, err
		}
	}
	if err := say(3, "Đang tính số liệu báo cáo"); err != nil {
		return content{}, err
	}
	own, every, err := desk.WrittenFor(s, string(Briefing), desk.PeriodName(r.Period))
	if err != nil {
		return content{}, err
	}
	inner := r
	inner.Number, inner.ShowNames = cmp.Or(r.Number, own.Number), false // the list of overdue dossiers is always masked
	if !r.Date.Known() {
		inner.Date = own.Date
	}
	c, err := figures(ctx, read, inner)
	if err != nil {
		return c, err
	}
	p.in = c.figures
	p.in.Part = true
	kept, err := keptTexts(s, Report{Name: Briefing}, r.Period, own, every)
	if err != nil {
		return c, err
	}
	if p.blocks, err = written(s, Briefing, p.in, kept, own, every); err != nil {
		return c, err
	}
	p.blocks = p.in.Choice.Printed(p.blocks)
	p.gatherNeeds()
	p.gatherStanding(s)
	c.pack = p
	return c, say(4, "Đang lập trang")
}

func (p *packed) gatherLogbooks(s *desk.Snapshot) (err error) {
	if p.world, err = s.Logbooks(p.request.asOf()); err != nil {
		return err
	}
	if p.choice, err = PackChosen(s); err != nil {
		return err
	}
	if err := p.meet(s); err != nil {
		return err
	}
	all, err := s.Closings()
	for i := range all {
		if v := &all[i].Value; v.Period.From == p.request.Period.From && v.Period.To == p.request.Period.To && v.AsOf == p.request.asOf() {
			p.closing = v
		}
	}
	return err
}

// meet finds the conference: the one asked for, else that of the same period, else the
// first within the days in which its figures are talked about.
func (p *packed) meet(s *desk.Snapshot) error {
	const near = 45
	list := p.world.Entries("conference")
	if name := p.request.Conference; name != "" {
		var err error
		if p.conference, err = conferenceNamed(desk.EntryNames{World: p.world, Cat: s.Catalogue()}, name); err != nil {
			return err
		}
	}
	for _, e := range list {
		at := e.Day("at")
		switch {
		case p.request.Conference != "":
		case e.Day("from") == p.request.Period.From && e.Day("to") == p.request.Period.To:
			p.conference = e
		case at >= p.request.asOf() && at <= p.request.asOf()+near && !e.Has("from") && (p.conference == nil || at < p.conference.Day("at")):
			p.conference = e
		}
	}
	end := p.request.asOf() + 1
	if p.conference != nil && p.conference.Day("at").Known() {
		end = p.conference.Day("at")
	}
	for _, e := range list {
		if at := e.Day("at"); at.Known() && at < end && e != p.conference && (p.last == nil || at >= p.last.Day("at")) {
			p.last = e
		}
	}
	return nil
}

// gatherRanks ranks by every model that the office has at the end of the period.
func (p *packed) gatherRanks(s *desk.Snapshot) error {
	models, err := s.RankingModels(p.request.asOf())
	if err != nil {
		return err
	}
	for _, m := range models {
		one := ranked{model: m, before: map[uint32]int{}}
		if one.places, one.unranked, err = s.Ranking(m, p.request.Period, p.request.asOf()); err != nil {
			return err
		}
		before, _, err := s.Ranking(m, p.earlier, p.earlier.To)
		if err != nil {
			return err
		}
		for _, x := range before {
			one.before[x.Unit.ID] = x.Rank
		}
		p.ranks = append(p.ranks, one)
	}
	return nil
}

func (p *packed) gatherMeasures(s *desk.Snapshot) (err error) {
	if p.index, err = s.Index766(p.request.Period, p.request.asOf()); err != nil {
		return err
	}
	if p.standings, err = s.IndicatorStandings(p.request.asOf()); err != nil {
		return err
	}
	p.carried = s.Figures(p.earlier, p.earlier.To, data.ByField, desk.Filter{}).Total.Pending()
	year := p.request.Period.Before()
	if p.before, err = s.Measures(desk.MeasureQuery{Period: year, AsOf: year.To, Only: standingMeasures}); err != nil {
		return err
	}
	p.measures, err = s.Measures(desk.MeasureQuery{Period: p.request.Period, AsOf: p.request.asOf()})
	p.measures = slices.DeleteFunc(p.measures, func(m desk.Measured) bool { return m.Unknown }) // what nobody typed is no figure
	return err
}

// written drafts the paragraphs of a report and puts those of officers in their place.
func written(d desk.Reading, name Name, in *briefing.Input, kept map[string]desk.Kept, own, every desk.Written) ([]briefing.Block, error) {
	choice, err := PartsChosen(d, name)
	if err != nil {
		return nil, err
	}
	in.Choice = choice
	blocks, err := briefing.Draft(in)
	blocks = choice.Arrange(choice.WithOwn(blocks))
	for i := range blocks {
		if k, ok := kept[blocks[i].ID]; ok {
			blocks[i].Text = k.Text
		}
		for _, w := range []desk.Written{every, own} {
			if text, ok := w.Texts[blocks[i].ID]; ok {
				blocks[i].Text = text
			}
		}
	}
	return blocks, err
}

// drawPack draws the chosen parts in their order, and behind them how they are printed.
func drawPack(ctx context.Context, c content, o paper.Options) (*paper.Document, error) {
	p := c.pack
	o.Size, o.Through = 13, true
	d := paper.New(ctx, o)
	for i, part := range p.parts() {
		title := fmt.Sprintf("%d. %s", i+1, part.Title)
		d.Bookmark(0, title)
		if i > 0 {
			d.Running("Tài liệu họp · " + title)
		}
		if err := part.draw(p, d); err != nil {
			return nil, err
		}
	}
	d.Bookmark(0, printPlanTitle)
	d.Running("Tài liệu họp")
	p.printPlan(d)
	return d, d.Err()
}

// parts are those that are printed.
func (p *packed) parts() (out []PackPart) {
	for _, id := range p.choice.Order {
		if p.choice.On(id) {
			out = append(out, *partOf(id))
		}
	}
	return out
}

func (p *packed) foot() string { return p.in.Foot() }

// page begins a page of a part with its title.
func (p *packed) page(d *paper.Document, landscape bool, title, below string) {
	s := paper.Section{Landscape: landscape, Size: 12, Foot: p.foot()}
	if landscape {
		s.Margins = paper.Lists
	}
	d.Section(s)
	d.Centered(14, paper.Run{Text: strings.ToUpper(title), Bold: true})
	if below != "" {
		d.Centered(12, paper.Run{Text: below, Italic: true})
	}
	d.Space(3)
}

// named is the period and the day of the figures, as tables say under their titles.
func (p *packed) named() string {
	return "(" + p.request.Period.Label + "; số liệu tính đến " + p.request.asOf().String() + ")"
}

// nothing says in one line that a part has no data.
func (p *packed) nothing(d *paper.Document, title, why string) {
	p.page(d, false, title, p.named())
	d.Note(12, paper.Run{Text: why, Italic: true})
}

// tables draws tables of logbooks, each on a page of its own with a bookmark; those
// without a row are named in one line at the end.
func (p *packed) tables(d *paper.Document, title string, list ...LogbookRequest) {
	var none []string
	for _, r := range list {
		r.AsOf, r.Masked, r.Part = p.request.asOf(), !p.request.ShowNames, true
		t := tableOf(p.snapshot, p.world, r)
		desk.Holds(p.ctx, t.count, r.Masked)
		if t.count == 0 {
			none = append(none, t.Title)
			continue
		}
		d.Bookmark(1, t.Title)
		t.Draw(d)
	}
	why := "Chưa có số liệu trong sổ cho: " + strings.Join(none, "; ") + "."
	switch {
	case len(none) == len(list):
		p.nothing(d, title, why)
	case len(none) > 0:
		d.Note(11, paper.Run{Text: why, Italic: true})
	}
}

// layout returns a table of a logbook for the pack.
func layout(kind, id string, period data.Period, only map[uint64]bool) LogbookRequest {
	k := logbook.Find(kind)
	i := slices.IndexFunc(k.Layouts, func(l logbook.Layout) bool { return l.ID == id })
	return LogbookRequest{Kind: k, Layout: &k.Layouts[i], Period: period, Only: only}
}
