// Package reconciling is the page Đối chiếu hai nguồn: how many differences of
// each kind a file and the own book have, the list of them, and what the officer
// decides about them.
package reconciling

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/reconcile"
)

// page is the page.
type page struct {
	e     *env.Env
	m     *Model
	page  *widget.Page
	body  *fyne.Container
	lead  *fyne.Container // what stands above the list's tools
	list  *list.List[line]
	book  *reconcile.Result // whose list is shown
	acts  map[reconcile.Action]*widget.Button
	drop  *widget.Button
	apply *widget.Button
}

// New builds the page.
func New(e *env.Env) env.Page {
	p := &page{e: e, m: newModel(e.Session), body: container.NewStack(), lead: container.NewVBox()}
	p.m.Run = func(title string, work func(context.Context, func(done, total int64)) error, done func(error)) {
		e.Run(title, func(ctx context.Context, report widget.Report) error {
			return work(ctx, func(n, total int64) { report(n, total, title) })
		}, done)
	}
	p.m.Changed = p.draw
	p.actions()
	inner := e.Part(func(fyne.CanvasObject) bool { return e.InView(p.page) && p.m.Ran() })
	p.list = list.Of(inner, list.Options[line]{ID: "reconcile", What: "điểm khác nhau", Paper: "CÁC ĐIỂM KHÁC NHAU GIỮA HAI NGUỒN", Lead: p.lead, Many: true,
		Load: func() ([]line, error) { return p.m.lines(nil), nil }, Key: func(l *line) uint64 { return uint64(l.at) + 1 },
		Columns: p.columns(),
		Filters: []list.Filter[line]{{Key: "kind", Label: "Loại", Of: func(l *line) []string { return []string{string(l.kind)} }, Choices: func() []kit.Choice {
			var out []kit.Choice
			for _, k := range reconcile.Kinds {
				out = append(out, kit.Choice{Key: string(k), Text: kinds[k][0], Detail: data.FormatInt(int64(p.m.Count(k)))})
			}
			return out
		}}},
		Open: p.m.Jump, Menu: p.menu, OnKey: p.key, Current: func(*line) { p.tellChosen() }, Chose: p.tellChosen})
	grid := p.list.Grid()
	search := grid.OnType
	grid.OnType = func(r rune) {
		if a, ok := keys[r]; ok {
			p.decide(a)
			return
		}
		search(r)
	}
	p.page = widget.NewPage("Đối chiếu hai nguồn", nil, nil, p.body)
	p.draw()
	return p
}

// columns are those of the lists of differences.
func (p *page) columns() []list.Column[line] {
	return []list.Column[line]{
		{ID: "code", Title: "Mã hồ sơ", Width: widget.WidthCode, Min: 120, Text: func(l *line) string { return l.code }},
		{ID: "owner", Title: "Chủ hồ sơ", Width: 130, Flex: 1, Person: true, Text: func(l *line) string { return l.owner }},
		{ID: "fact", Title: "Điểm khác", Width: 130, Text: func(l *line) string { return l.fact }},
		{ID: "ours", Title: "Trong sổ", Width: 140, Flex: 1.2, Text: func(l *line) string { return l.ours }, Role: func(l *line) fyne.ThemeColorName { return kit.If(l.ours == nothing, widget.ColorSecondary, "") }},
		{ID: "theirs", Title: "Trong tệp", Width: 140, Flex: 1.6, Text: func(l *line) string { return l.theirs }, Role: func(l *line) fyne.ThemeColorName { return kit.If(l.theirs == nothing, widget.ColorSecondary, "") }},
		{ID: "decision", Title: "Cách xử lý", Width: 150, Flex: 1, Text: func(l *line) string { text, _ := p.m.decision(l); return text }, Cell: func(l *line, c *widget.Cell) {
			if _, c.Strong = p.m.decision(l); !c.Strong {
				c.Role = widget.ColorSecondary
			}
		}},
	}
}

// Content implements env.Page.
func (p *page) Content() fyne.CanvasObject { return p.page }

// Save implements env.Page.
func (p *page) Save() env.State { return p.list.Save() }

// Restore implements env.Page.
func (p *page) Restore(s env.State) {
	if r, ok := s.(env.Reconcile); !ok {
		p.list.Restore(s)
	} else if r.Path != "" || r.Text != "" {
		p.open(r.Path, r.Text, r.Options)
	}
}

// Stale implements env.Page.
func (p *page) Stale(desk.Changes) {
	p.m.dataChanged()
	p.draw()
}

// Shown implements env.Page.
func (p *page) Shown() {
	if p.m.Ran() {
		p.e.Focus(p.page, p.list.Grid())
	}
}

// Status implements env.Page.
func (p *page) Status() string {
	if !p.m.Ran() {
		return p.m.Status(0)
	}
	return p.m.Status(p.list.Grid().Selection().Count())
}

// FocusSearch implements env.Searcher.
func (p *page) FocusSearch() { p.list.FocusSearch() }

// PrintPage implements env.Printer: the minutes.
func (p *page) PrintPage() {
	if p.m.Ran() {
		p.printMinutes()
	}
}

// TakeKey implements env.KeyTaker: F2 goes on to what the main button does.
func (p *page) TakeKey(ev *fyne.KeyEvent) bool { return p.key(ev, nil) }

// Unsaved implements env.Unsaved: decisions are kept nowhere.
func (p *page) Unsaved() string {
	if p.m.Decided() == 0 || p.m.done != nil {
		return ""
	}
	return fmt.Sprintf("Đối chiếu: đã quyết định %s điểm khác nhau với %s mà chưa ghi.", data.FormatInt(int64(p.m.Decided())), p.m.File())
}

// SaveAll implements env.Unsaved.
func (p *page) SaveAll(done func(error)) {
	p.m.Apply(func(_ string, err error) { done(err) })
}

// chooseFile asks for the file to compare with.
func (p *page) chooseFile() {
	p.e.Files.Open(widget.FileQuestion{Title: "Chọn tệp để đối chiếu với sổ", Purpose: "import", Filters: []widget.FileFilter{widget.FilterImport, widget.FilterAll}}, func(path string) {
		p.open(path, "", desk.ImportOptions{})
	})
}

// open compares a file, or a pasted text, with the own book. What was decided about
// another file and not written is asked about first.
func (p *page) open(path, text string, opt desk.ImportOptions) {
	p.leave(func() { p.m.Open(path, text, opt) })
}

// leave goes on at once, or asks where decisions would be lost.
func (p *page) leave(then func()) {
	if text := p.Unsaved(); text != "" {
		p.e.Confirm("Bỏ các quyết định chưa ghi?", text, "Bỏ", then)
		return
	}
	then()
}

// draw shows what the model holds.
func (p *page) draw() {
	p.page.Errors.SetError(p.m.err)
	if p.m.Ran() {
		p.result()
	} else {
		p.start()
	}
	p.body.Refresh()
	p.e.Status()
}

// start asks for a file.
func (p *page) start() {
	p.page.SetActions(widget.NewButton("Về nhập Excel", widget.IconBack, func() { p.e.Go(env.Route{Page: env.Import}) }))
	choose := widget.NewMainButton("Chọn tệp…", widget.IconImport, p.chooseFile)
	p.body.Objects = []fyne.CanvasObject{container.NewVBox(
		widget.NewParagraph("So từng hồ sơ trong tệp của tỉnh với sổ của cơ quan: thiếu bên nào, lệch ngày, tình trạng, kết quả, chủ hồ sơ, thủ tục.", 640),
		widget.NewNote("Chưa có gì được ghi vào sổ cho đến khi xem lại các quyết định và bấm «Ghi». Kết quả in được thành biên bản đối chiếu.", 640),
		widget.Gap(8), widget.Row(-1, choose))}
	p.e.Focus(p.page, choose)
}

func (p *page) result() {
	m := p.m
	if m.done != nil || m.stale {
		p.apply = widget.NewMainButton("Đối chiếu lại", widget.IconRefresh, func() { p.leave(func() { m.Again(m.opt) }) })
	} else {
		p.apply = widget.NewMainButton("Xem trước và ghi…", widget.IconSave, p.askApply).WithHint("F2")
	}
	p.page.SetActions(widget.NewButton("Tệp khác…", "", p.chooseFile), widget.NewButton("Tùy chọn…", "", p.askOptions), widget.NewButton("Xuất Excel", widget.IconExcel, p.export),
		widget.NewButton("Biên bản", widget.IconPrint, p.printMinutes).WithTip("Biên bản đối chiếu, xem trước rồi in (Ctrl+P)"), p.apply)
	p.lead.Objects = p.told()
	cards := widget.Cards()
	chosen := p.list.View().Chosen["kind"]
	fresh := p.book != m.Result()
	if fresh {
		chosen = []string{string(m.firstKind())}
	}
	for _, k := range reconcile.Kinds {
		on := len(chosen) == 1 && chosen[0] == string(k)
		cards.Add(widget.NewFigureCard(widget.KeyFigure{Label: kinds[k][0], Value: data.FormatInt(int64(m.Count(k))), Change: kinds[k][1], Chosen: on,
			Tip: "Bấm để xem các điểm này, bấm lần nữa để xem tất cả"}, func() { p.narrow(k, on) }))
	}
	p.lead.Add(cards)
	p.lead.Add(p.actionRow())
	p.lead.Refresh()
	p.body.Objects = []fyne.CanvasObject{p.list.Object()}
	p.list.SetEmpty(m.Empty(), "", nil)
	if p.book = m.Result(); fresh {
		p.list.Refresh()
		if k := m.firstKind(); k != "" {
			p.list.Choose("kind", string(k))
		}
		p.Shown()
	} else {
		p.list.Grid().Refresh()
	}
	p.tellChosen()
}

// narrow lists the findings of one kind, or of all again.
func (p *page) narrow(k reconcile.Kind, on bool) {
	if on {
		p.list.Choose("kind")
	} else {
		p.list.Choose("kind", string(k))
	}
	p.draw()
	p.Shown()
}

// told says what was compared and what became of it.
func (p *page) told() []fyne.CanvasObject {
	m := p.m
	out := []fyne.CanvasObject{widget.NewParagraph(m.About(), 760)}
	say := func(text string, role fyne.ThemeColorName) *widget.Paragraph {
		x := widget.NewParagraph(text, 600)
		x.Role = role
		return x
	}
	switch {
	case m.done != nil && m.stale:
		out = append(out, say("Dữ liệu đã đổi sau khi ghi kết quả đối chiếu. Bấm «Đối chiếu lại» để xem kết quả mới.", widget.ColorSoon))
	case m.stale:
		out = append(out, say("Dữ liệu đã đổi từ lần đối chiếu này. Bấm «Đối chiếu lại» để xem kết quả mới.", widget.ColorSoon))
	case m.done != nil:
		row := widget.Row(0, say(m.Told(), widget.ColorEarly))
		if refused := m.Refused(); len(refused) > 0 {
			row.Add(widget.NewButton("Xem hồ sơ không sửa được…", widget.IconWarning, func() { p.showLines("Hồ sơ không sửa được theo tệp", "Vì sao giữ nguyên", refused) }))
		}
		out = append(out, row)
	}
	var unread []desk.Line
	for _, u := range m.Result().Unread {
		unread = append(unread, desk.Line{Row: u.Row, Code: u.Code, Reason: u.Reason})
	}
	if len(unread) > 0 {
		out = append(out, widget.Row(-1, widget.NewQuietButton(fmt.Sprintf("Xem %s dòng không đối chiếu được…", data.FormatInt(int64(len(unread)))), widget.IconWarning,
			func() { p.showLines("Dòng của tệp không đối chiếu được", "Lý do", unread) })))
	}
	return out
}

// keys decide about the chosen lines without leaving the list.
// They are letters, not keys: a key would still type its digit into the dialog
// that it opens.
var keys = map[rune]reconcile.Action{'1': reconcile.TakeTheirs, '2': reconcile.KeepOurs, '3': reconcile.ImportMissing, '4': reconcile.Accept}

func (p *page) key(ev *fyne.KeyEvent, _ *line) bool {
	switch {
	case !p.m.Ran():
		return false
	case ev.Name == fyne.KeyDelete:
		p.undecide()
		return true
	case ev.Name == fyne.KeyF2 && !p.apply.Disabled():
		p.apply.OnTapped()
		return true
	}
	return false
}

// actions makes the buttons that decide about the chosen lines.
func (p *page) actions() {
	p.acts = map[reconcile.Action]*widget.Button{}
	for i, a := range Actions {
		text := ActionName(a)
		if a == reconcile.Accept {
			text += "…"
		}
		p.acts[a] = widget.NewButton(text, "", func() { p.decide(a) }).WithHint(fmt.Sprint(i + 1))
	}
	p.drop = widget.NewQuietButton("Bỏ cách đã chọn", "", p.undecide).WithHint("Delete")
}

func (p *page) actionRow() fyne.CanvasObject {
	row := widget.Row(-1)
	for _, a := range Actions {
		row.Add(p.acts[a])
	}
	row.Add(p.drop)
	row.Add(widget.NewQuietButton("Chọn tất cả", "", func() {
		p.list.Grid().SelectAll()
		p.tellChosen()
		p.e.Focus(p.page, p.list.Grid())
	}).WithHint("Ctrl+A"))
	return row
}

// places are the findings that a decision is about: those chosen, else the one
// under the cursor.
func (p *page) places() []int {
	var out []int
	for _, l := range p.list.ChosenRows() {
		out = append(out, l.at)
	}
	return out
}

// tellChosen switches the buttons on that suit the chosen lines.
func (p *page) tellChosen() {
	if p.list == nil || !p.m.Ran() {
		return
	}
	places := p.places()
	open := p.m.done == nil && len(places) > 0
	for a, b := range p.acts {
		widget.SetAble(b, open && p.m.Allowed(places, a) > 0)
	}
	widget.SetAble(p.drop, open)
	widget.SetAble(p.apply, p.m.done != nil || p.m.stale || p.m.Decided() > 0)
}

func (p *page) menu(l *line, _ []uint64) []widget.MenuItem {
	var items []widget.MenuItem
	for i, a := range Actions {
		if p.m.done == nil && p.m.Allowed(p.places(), a) > 0 {
			items = append(items, widget.MenuItem{Label: ActionName(a), Hint: fmt.Sprint(i + 1), Do: func() { p.decide(a) }})
		}
	}
	return p.e.DossierItems(l.code, items...)
}

// decide chooses what is done about the chosen lines.
func (p *page) decide(a reconcile.Action) {
	places := p.places()
	if len(places) == 0 {
		return
	}
	if a == reconcile.Accept && p.m.done == nil && p.m.Allowed(places, a) > 0 {
		p.askReason(places)
		return
	}
	p.tell(places, a, "")
}

// tell decides and moves the cursor on from a single line, as one works through a
// list.
func (p *page) tell(places []int, a reconcile.Action, why string) {
	n, err := p.m.Decide(places, a, why)
	p.draw()
	p.page.Errors.SetError(err)
	grid := p.list.Grid()
	switch at := grid.Current(); {
	case err != nil:
	case n > 1:
		p.e.Toast(fmt.Sprintf("Đã quyết định %s điểm. Bấm «Xem trước và ghi…» khi xong.", data.FormatInt(int64(n))))
	case len(places) == 1 && at+1 < p.list.Len():
		grid.SetCurrent(at + 1)
	}
}

func (p *page) undecide() {
	p.m.Undecide(p.places())
	p.draw()
}

func (p *page) askReason(places []int) {
	n := p.m.Allowed(places, reconcile.Accept)
	title := fmt.Sprintf("Chấp nhận %s điểm khác nhau", data.FormatInt(int64(n)))
	if n == 1 {
		title = "Chấp nhận khác nhau của hồ sơ " + p.m.lines(places[:1])[0].code
	}
	form.Ask(p.e, form.Question[string]{Title: title, Verb: "Chấp nhận", Note: "Điểm đã chấp nhận không báo lại ở lần đối chiếu sau, chừng nào cả hai bên còn như bây giờ.",
		Fields: []form.Field[string]{form.Area("reason", "Lý do", 2, func(s *string) *string { return s }).Need().Note("ví dụ sổ giấy ghi đúng, tỉnh đồng bộ chậm")},
		Check: func(why string) error {
			if why == "" {
				return &data.Error{Code: data.Invalid, Field: "reason", Message: "Ghi lý do chấp nhận khác nhau."}
			}
			return nil
		},
		Then: func(why string) { p.tell(places, reconcile.Accept, why) }})
}

// askApply shows what will change and writes it.
func (p *page) askApply() {
	var d *widget.Dialog
	told := func(text string, err error) {
		if err != nil {
			d.ShowError(err)
			return
		}
		d.Close()
		p.e.Done(text)
	}
	columns := slices.DeleteFunc(p.columns(), func(c list.Column[line]) bool { return c.ID == "owner" })
	d = list.Dialog(p.e, list.Options[line]{ID: "reconcile-changes", What: "điểm", Empty: "Không có gì được ghi vào sổ.", Begin: list.Held(p.m.Changes), Columns: columns}, p.m.Preview(),
		widget.DialogOptions{Title: "Ghi kết quả đối chiếu với " + p.m.File(), Default: "Ghi", Cancel: "Chưa ghi", OnDefault: func() bool {
			p.m.Apply(told)
			return false
		}})
}

// askOptions compares again with other bounds.
func (p *page) askOptions() {
	type options = desk.ReconcileOptions
	opt, today := p.m.opt, p.e.Desk.Today
	opt.From, opt.To = p.m.Result().From, p.m.Result().To
	form.Ask(p.e, form.Question[options]{Title: "Tùy chọn đối chiếu", Verb: "Đối chiếu lại", Value: opt, Columns: 2, Fields: []form.Field[options]{
		form.Day("from", "Hồ sơ tiếp nhận từ ngày", today, func(o *options) *data.Day { return &o.From }).Note("tệp có đủ hồ sơ từ ngày này"),
		form.Day("to", "đến ngày", today, func(o *options) *data.Day { return &o.To }),
		form.Day("asof", "Tình trạng trong tệp tính đến ngày", today, func(o *options) *data.Day { return &o.AsOf }).Note("để trống: tình trạng mới nhất").Whole(),
		form.Check("minutes", "So cả giờ, phút", func(o *options) *bool { return &o.Minutes }).Whole(),
	}, Check: func(o options) error {
		if o.From.Known() && o.To.Known() && o.From > o.To {
			return &data.Error{Code: data.Invalid, Field: "to", Message: fmt.Sprintf("Từ ngày %s sau đến ngày %s. Sửa lại hai ngày.", o.From, o.To)}
		}
		return nil
	}, Then: func(o options) { p.leave(func() { p.m.Again(o) }) }})
}

// showLines lists lines of the file with why nothing was done about them.
func (p *page) showLines(title, why string, lines []desk.Line) {
	list.Dialog(p.e, list.Options[desk.Line]{ID: "reconcile-lines", What: "dòng", Begin: list.Held(func() []desk.Line { return lines }),
		Columns: []list.Column[desk.Line]{
			list.Col("row", "Dòng", 64, 0, func(l *desk.Line) string { return data.FormatInt(int64(l.Row)) }).Right(),
			list.Col("code", "Mã hồ sơ", 176, 0, func(l *desk.Line) string { return l.Code }), list.Col("why", why, 300, 1, func(l *desk.Line) string { return l.Reason }),
		}}, "", widget.DialogOptions{Title: title})
}

func (p *page) minutes() papers.Minutes {
	return papers.Minutes{Result: p.m.Result(), Choices: p.m.Choices()}
}

func (p *page) printMinutes() {
	m := p.minutes()
	p.e.ShowPDF("Biên bản đối chiếu", "bien-ban-doi-chieu", func(ctx context.Context, _ bool) ([]byte, error) { return papers.WriteMinutes(ctx, p.e.Desk, m) })
}

func (p *page) export() {
	m := p.minutes()
	p.e.Export("Xuất kết quả đối chiếu", "doi-chieu.xlsx", fmt.Sprintf("Đã xuất %s điểm khác nhau", data.FormatInt(int64(len(m.Result.Findings)))), func(ctx context.Context, path string, _ widget.Report) error {
		return papers.ExportDifferences(ctx, p.e.Desk, m, path)
	})
}
