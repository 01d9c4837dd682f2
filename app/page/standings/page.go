// Package standings is the page Đối chiếu: periods that were closed and what changed
// since, printed figures put to the test, the ranking of units and the estimate of the
// index of QĐ 766.
package standings

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/kit/parts"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/ranking"
)

// page is the page.
type page struct {
	parts.Page
	e        *env.Env
	model    string // id of the ranking model that was chosen; "" for the first
	pick     *widget.Picker
	total    *widget.Paragraph
	findings []finding
}

// New builds the page.
func New(e *env.Env) env.Page {
	p := &page{e: e, total: widget.NewNote("", 700)}
	p.Make(e, "Chốt số liệu", "Kiểm tra số liệu", "Xếp hạng", "Mô hình xếp hạng", "Chỉ số 766")
	p.Begin(p.closings(), p.tests(), p.ranks(), p.rankModels(), p.index())
	return p
}

// period is the period of the window and the day of its figures.
func (p *page) period() (data.Period, data.Day) { return p.e.Session.Period(), p.e.Session.AsOf() }

// closings is the part Chốt số liệu.
func (p *page) closings() parts.Part {
	count := func(id, title string, col data.Column) list.Column[closing] {
		return list.Column[closing]{ID: id, Title: title, Width: 92, Align: widget.Right, Text: func(c *closing) string { return data.FormatInt(c.total(col)) }}
	}
	return list.Of(p.Inner(partClosings), list.Options[closing]{ID: "closings", Title: "Đối chiếu", What: "kỳ đã chốt", Lead: p.Head(),
		Load: func() ([]closing, error) { return loadClosings(p.e.Desk) }, Key: func(c *closing) uint64 { return c.ID },
		Columns: []list.Column[closing]{
			{ID: "period", Title: "Kỳ", Width: 170, Flex: 1, Text: func(c *closing) string { return env.PeriodLabel(c.Value.Period) }},
			{ID: "as-of", Title: "Số liệu đến", Width: 100, Text: func(c *closing) string { return c.Value.AsOf.String() }},
			{ID: "at", Title: "Chốt lúc", Width: 132, Text: func(c *closing) string { return data.MomentOf(c.Value.ClosedAt()).String() }},
			{ID: "by", Title: "Người chốt", Width: 130, Spare: 1, Text: func(c *closing) string { return c.Value.By }},
			count("received", "Tiếp nhận", data.ColReceived), count("resolved", "Đã giải quyết", data.ColResolved), count("pending", "Đang giải quyết", data.ColPending),
			{ID: "print", Title: "Mã đối chiếu", Width: 170, Text: (*closing).short, Mark: func(c *closing) widget.Mark { return kit.If(c.sound, widget.MarkEarly, widget.MarkLate) }},
		},
		Actions: []list.Action{{Label: "Bản in đã chốt", Icon: widget.IconPDF, Do: func() { p.paper(p.closed().CurrentRow()) }}, {Label: "Thay đổi từ khi chốt", Icon: widget.IconSearch, Hint: "Enter", Do: func() { p.changes(p.closed().CurrentRow()) }},
			{Label: "Chốt kỳ đang xem", Icon: widget.IconCheck, Main: true, Do: p.close}},
		Open: p.changes, Empty: "Chưa chốt kỳ nào. Chọn kỳ ở đầu cửa sổ rồi chốt: số liệu giữ nguyên từ đó, thay đổi về sau được kể ra từng hồ sơ.", EmptyVerb: "Chốt kỳ đang xem", EmptyDo: p.close})
}

func (p *page) closed() *list.List[closing] { return p.Parts[0].(*list.List[closing]) }

// close closes the period of the window after a question.
func (p *page) close() {
	period, asOf := p.period()
	text := fmt.Sprintf("Chốt số liệu %s, tính đến %s. Số đã chốt không sửa được; thay đổi về sau của hồ sơ được kể riêng.", env.PeriodLabel(period), asOf)
	if asOf < period.To {
		text += fmt.Sprintf(" Kỳ chưa hết (đến %s): số liệu chốt là của phần đã qua.", period.To)
	}
	p.e.Confirm("Chốt số liệu", text, "Chốt", func() {
		var done desk.Stored[desk.Closing]
		p.e.Long("Đang chốt số liệu", "Chưa chốt được", func(ctx context.Context, _ widget.Report) (err error) {
			done, err = papers.ClosePeriod(ctx, p.e.Desk, period, asOf)
			return err
		}, func() {
			one := closing{done, true}
			p.closed().Refresh()
			p.e.Toast("Đã chốt số liệu " + env.PeriodLabel(period) + ", mã đối chiếu " + one.short() + ". " + p.carried(done.Value))
		})
	})
}

// carried compares (6) with (11) of the period before.
func (p *page) carried(c desk.Closing) string {
	missing, extra, compared, err := p.e.Desk.Carried(c)
	switch {
	case err != nil:
		p.e.Fail("Chưa so được với kỳ trước", err)
	case compared && len(missing)+len(extra) == 0:
		return "Kỳ trước chuyển sang khớp với kỳ trước đã chốt."
	case compared:
		return fmt.Sprintf("Kỳ trước chuyển sang lệch với kỳ trước đã chốt: thiếu %d, thừa %d hồ sơ.", len(missing), len(extra))
	}
	return ""
}

// paper shows the report of a closed period as it was kept.
func (p *page) paper(c *closing) {
	if c == nil {
		return
	}
	id, name := c.ID, env.PeriodLabel(c.Value.Period)
	p.e.ShowPDF("Bản in đã chốt, "+name, "ban-chot-"+c.Value.AsOf.ISO(), func(context.Context, bool) ([]byte, error) { return p.e.Desk.PaperOf(id) })
}

// changes lists what counts otherwise since a period was closed.
func (p *page) changes(c *closing) {
	if c == nil {
		return
	}
	one := *c
	var all []change
	p.e.Long("Đang so với số đã chốt", "Chưa so được", func(ctx context.Context, _ widget.Report) (err error) {
		all, err = p.e.Desk.Since(ctx, one.Value)
		return err
	}, func() { p.showChanges(&one, all) })
}

// change is a figure that changed since a period was closed.
type change = desk.FigureChange

func (p *page) showChanges(c *closing, all []change) {
	yes := func(n int64) string { return kit.If(n == 1, "tính", "không") }
	lines := list.Of(p.e, list.Options[change]{ID: "closing-changes", What: "thay đổi", Paper: "THAY ĐỔI TỪ KHI CHỐT", Load: func() ([]change, error) { return all, nil },
		Empty: "Không có gì thay đổi: số liệu hôm nay bằng số đã chốt.",
		Columns: []list.Column[change]{
			{ID: "code", Title: "Mã hồ sơ", Width: 210, Flex: 1, Text: func(x *change) string { return x.Dossier }},
			{ID: "figure", Title: "Số liệu", Width: 170, Flex: 1, Text: func(x *change) string { return x.Figure.Label() }},
			{ID: "old", Title: "Khi chốt", Width: 76, Text: func(x *change) string { return yes(x.Old) }},
			{ID: "new", Title: "Nay", Width: 70, Text: func(x *change) string { return yes(x.New) }},
			{ID: "who", Title: "Người sửa", Width: 130, Text: func(x *change) string { return x.Who }},
			{ID: "when", Title: "Lúc", Width: 130, Text: func(x *change) string { return kit.If(x.When == 0, "", data.MomentOf(time.Unix(x.When, 0)).String()) }},
			{ID: "what", Title: "Việc", Width: 200, Flex: 1, Text: func(x *change) string { return x.What }},
		}, Open: func(x *change) { p.e.Session.JumpTo(x.Dossier) }})
	lines.Refresh()
	title := "Thay đổi từ khi chốt " + env.PeriodLabel(c.Value.Period)
	widget.ShowDialog(p.e.Window, widget.DialogOptions{Title: title, Width: 1060, First: lines.Grid(), Default: "Đóng", Content: widget.Tall(420, lines.Object())})
}

// tests is the part Kiểm tra số liệu.
func (p *page) tests() parts.Part {
	return list.Of(p.Inner(partTests), list.Options[finding]{ID: "printed", Title: "Đối chiếu", What: "điều thấy được", Lead: p.Head(),
		Load: func() ([]finding, error) { return p.findings, nil },
		Columns: []list.Column[finding]{
			{ID: "ok", Title: "Kết quả", Width: 92, Text: func(f *finding) string { return kit.If(f.Contradicts(), "mâu thuẫn", "khớp") },
				Mark: func(f *finding) widget.Mark { return kit.If(f.Contradicts(), widget.MarkLate, widget.MarkEarly) }},
			{ID: "what", Title: "Số", Width: 170, Flex: 0.5, Text: func(f *finding) string { return f.What }},
			{ID: "text", Title: "Điều thấy được", Width: 420, Flex: 3, Text: func(f *finding) string { return f.Text }},
		},
		Actions: []list.Action{{Label: "Nhập số cần kiểm tra", Icon: widget.IconEdit, Main: true, Do: p.enter}},
		Open:    func(f *finding) { widget.Message(p.e.Window, f.What, f.Text, nil) }, // the sentence is longer than the line
		Empty:   "Nhập các số như in trong một báo cáo: chương trình cho biết tỷ lệ là của số nào, mẫu số nào khớp, tổng có bằng các phần không.", EmptyVerb: "Nhập số cần kiểm tra", EmptyDo: p.enter})
}

// enter asks for printed figures; a table from Excel can be pasted.
func (p *page) enter() {
	form.Ask(p.e, form.Question[typedFigures]{Title: "Kiểm tra số liệu", Verb: "Kiểm tra", Width: 720, Note: "Ghi như in trong báo cáo: 177.206; trên 18.200; 67/76. Dán được từ Excel ba cột.",
		Fields: []form.Field[typedFigures]{form.Rows("figures", "Các số", func(t *typedFigures) *[]figure { return &t.Figures },
			form.Text("what", "Tên số", func(f *figure) *string { return &f.What }).Sized(330), form.Text("value", "Số", func(f *figure) *string { return &f.Value }).Sized(130),
			form.Text("percent", "Tỷ lệ %", func(f *figure) *string { return &f.Percent }).Sized(110))},
		Check: func(t typedFigures) (err error) {
			p.findings, err = tested(t)
			return err
		},
		Then:  func(typedFigures) { p.Now().Refresh() },
		Ready: func(f *form.Form[typedFigures]) { f.Keep("kiem-tra-so-lieu") }})
}

// The parts of the page.
const (
	partClosings = iota
	partTests
	partRanks
	partModels
	partIndex
)

// chosen is the model that the ranking is worked out by: the chosen one, where it holds at
// the end of the period, else the first. The picker shows those that hold.
func (p *page) chosen() (ranking.Model, error) {
	_, asOf := p.period()
	list, err := p.e.Desk.RankingModels(asOf)
	if err != nil || len(list) == 0 {
		return ranking.Model{}, err
	}
	m := ranking.Find(list, p.model)
	if m == nil {
		m = &list[0]
	}
	p.e.Session.Post(func() {
		p.pick.SetOptions(models(list))
		p.pick.SetKey(m.ID)
	})
	return *m, nil
}

// ranks is the part Xếp hạng.
func (p *page) ranks() parts.Part {
	p.pick = widget.NewPicker(nil, func(o widget.Option) {
		p.model = o.Key
		p.Now().Refresh()
	})
	p.pick.Prefix, p.pick.Width = "Mô hình", 340
	return list.Of(p.Inner(partRanks), list.Options[place]{ID: "ranking", Title: "Đối chiếu", What: "đơn vị", Paper: "XẾP HẠNG ĐƠN VỊ", Lead: p.Head(widget.Row(-1, p.pick)),
		Load: func() ([]place, error) {
			period, asOf := p.period()
			m, err := p.chosen()
			if err != nil || m.ID == "" {
				return nil, err
			}
			return rank(p.e.Desk, m, period, asOf)
		}, Key: func(x *place) uint64 { return uint64(x.at) },
		Columns: []list.Column[place]{
			{ID: "class", Title: "Nhóm", Width: 130, Spare: 2, Text: func(x *place) string { return x.Unit.Class.Name }},
			{ID: "rank", Title: "Hạng", Width: 92, Text: (*place).rankText, Compare: func(a, b *place) int { return cmp.Compare(a.at, b.at) }},
			{ID: "unit", Title: "Đơn vị", Width: 220, Flex: 1, Text: func(x *place) string { return x.Unit.Name }},
			{ID: "points", Title: "Điểm", Width: 76, Align: widget.Right, Text: func(x *place) string { return ranking.Points(x.Points) }},
			{ID: "move", Title: "So với kỳ trước", Width: 150, Text: (*place).move},
			{ID: "volume", Title: "Số lượng", Width: 80, Align: widget.Right, Text: func(x *place) string { return data.FormatInt(x.Unit.Volume) }},
			{ID: "parts", Title: "Điểm từ đâu", Width: 300, Flex: 2, Spare: 1, Text: (*place).parts},
		},
		Empty: "Kỳ này chưa có số liệu của đơn vị nào để xếp hạng."})
}

// index is the part Chỉ số 766.
func (p *page) index() parts.Part {
	return list.Of(p.Inner(partIndex), list.Options[estimated]{ID: "index766", Title: "Đối chiếu", What: "chỉ số", Paper: "ƯỚC TÍNH BỘ CHỈ SỐ THEO QUYẾT ĐỊNH 766/QĐ-TTG", Lead: p.Head(p.total),
		Load: func() (out []estimated, err error) {
			period, asOf := p.period()
			e, err := estimate(p.e.Desk, period, asOf)
			for i, x := range e.Indicators {
				out = append(out, estimated{x, i + 1})
			}
			if err == nil {
				text := verdict(e) + " " + lastRead(p.e.Desk, asOf)
				fyne.Do(func() { p.total.SetText(text) })
			}
			return out, err
		}, Key: func(x *estimated) uint64 { return uint64(x.at) },
		Columns: []list.Column[estimated]{
			{ID: "id", Title: "Mã", Width: 56, Text: func(x *estimated) string { return x.ID }, Compare: func(a, b *estimated) int { return cmp.Compare(a.at, b.at) }},
			{ID: "name", Title: "Chỉ số", Width: 240, Flex: 2, Text: func(x *estimated) string { return x.Name }},
			{ID: "rate", Title: "Tử/mẫu", Width: 110, Align: widget.Right, Text: func(x *estimated) string {
				return kit.If(x.State == ranking.Computed, data.FormatInt(x.Rate.Numerator)+"/"+data.FormatInt(x.Rate.Denominator), "")
			}},
			{ID: "percent", Title: "%", Width: 70, Align: widget.Right, Text: func(x *estimated) string { return kit.If(x.State == ranking.Computed, x.Rate.Percent(), "") }},
			{ID: "points", Title: "Điểm", Width: 92, Align: widget.Right, Text: (*estimated).points},
			{ID: "max", Title: "Tối đa", Width: 64, Align: widget.Right, Text: func(x *estimated) string { return data.FormatInt(x.Max) }},
			{ID: "left", Title: "Còn lấy được", Width: 92, Align: widget.Right, Text: func(x *estimated) string { return ranking.Points(x.Left) }},
			{ID: "step", Title: "Bước kế tiếp", Width: 230, Flex: 1, Spare: 1, Text: (*estimated).step},
		}})
}

// Status implements env.Page.
func (p *page) Status() string {
	period, asOf := p.period()
	return fmt.Sprintf("%s · %s, tính đến %s", p.Now().Status(), env.PeriodLabel(period), asOf)
}
