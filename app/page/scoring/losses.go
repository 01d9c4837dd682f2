package scoring

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/assess"
)

// lossesPart shows what was lost and why, the cheapest points to regain, and the
// forecast.
type lossesPart struct {
	s       *Page
	o       *Outlook
	which   *widget.Segments
	fall    *widget.Waterfall
	note    *widget.Paragraph
	order   *widget.Check
	lines   *widget.Grid
	gains   *widget.Grid
	said    *widget.Paragraph // the sentence of a gain
	outlook *fyne.Container
	leaves  *widget.Grid
}

func newLossesPart(s *Page) *lossesPart {
	p := &lossesPart{s: s, o: NewOutlook(s.m), fall: widget.NewWaterfall(), note: line(500), said: widget.NewParagraph("", 700), outlook: container.New(layout.NewCustomPaddedVBoxLayout(4))}
	p.which = widget.NewSegments([]string{"Điểm mất và nguyên nhân", "Cách lấy lại điểm", "Dự báo cuối năm"}, func(int) { s.redraw(p); p.fill(); p.focus() })
	p.note.Max = 1
	p.fall.Least = fyne.NewSize(320, 110)
	p.order = widget.NewCheck("Mất nhiều nhất ở trên", p.o.ByLoss)
	p.order.Checked = true
	p.lines = widget.NewGrid([]widget.Column{
		{ID: "code", Title: "Mã", Width: 64}, {ID: "title", Title: "Tiêu chí", Width: 200, Min: 140, Flex: 1.4}, {ID: "max", Title: "Tối đa", Width: 58, Align: widget.Right}, {ID: "points", Title: "Đạt", Width: 58, Align: widget.Right},
		{ID: "lost", Title: "Mất", Width: 58, Align: widget.Right}, {ID: "share", Title: "Tỷ trọng", Width: 74, Align: widget.Right}, {ID: "cause", Title: "Nguyên nhân", Width: 180, Min: 120, Flex: 1.2}, {ID: "kind", Title: "Khách quan,\nchủ quan", Width: 96}, {ID: "owner", Title: "Chịu trách nhiệm", Width: 140, Flex: 0.8}})
	p.lines.Single = true
	p.lines.OnOpen = p.askLoss
	p.lines.OnMenu = func(i int, at fyne.Position) {
		code := p.o.Lines()[i].Code
		widget.ShowMenu(s.e.Window, at, []widget.MenuItem{
			{Label: "Ghi nguyên nhân…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { p.askLoss(i) }},
			{Label: "Xem ở phiếu chấm", Icon: widget.IconScoring, Do: func() { s.toLeaf(code) }}})
	}
	p.lines.SetEmpty("Phiếu không mất điểm ở tiêu chí nào.", "", nil)
	p.gains = widget.NewGrid(gainColumns(nil))
	p.gains.Single = true
	p.gains.OnCurrent = func(i int) { p.showGain(i) }
	p.gains.OnOpen = func(i int) { s.toLeaf(p.o.Gains()[i].Code) }
	p.gains.SetEmpty("Không còn điểm nào để lấy lại.", "", nil)
	p.leaves = widget.NewGrid([]widget.Column{
		{ID: "code", Title: "Mã", Width: 64}, {ID: "title", Title: "Tiêu chí từ sổ hồ sơ", Width: 200, Flex: 1}, {ID: "now", Title: "Số liệu nay", Width: 196, Align: widget.Right}, {ID: "points", Title: "Điểm nay", Width: 64, Align: widget.Right},
		{ID: "low", Title: "Thấp nhất", Width: 64, Align: widget.Right}, {ID: "high", Title: "Cao nhất", Width: 64, Align: widget.Right}, {ID: "lost", Title: "Không còn đạt được", Width: 200, Flex: 0.9}})
	p.leaves.Single = true
	p.leaves.OnOpen = func(i int) {
		if f, _ := p.o.Forecast(); f != nil {
			s.toLeaf(f.Leaves[i].Code)
		}
	}
	p.leaves.SetEmpty("Không có tiêu chí nào lấy từ sổ hồ sơ.", "", nil)
	p.o.Changed = p.fill
	return p
}

// toLeaf shows a leaf of the sheet where it is scored.
func (s *Page) toLeaf(code string) {
	s.open(tabSheet)
	s.sheet.step(code)
}

func (p *lossesPart) object() fyne.CanvasObject {
	switch p.which.Chosen() {
	case 1:
		return above(p.gains, container.NewHBox(p.which), p.said)
	case 2:
		return above(p.leaves, container.NewHBox(p.which), p.outlook)
	}
	height := min(220, max(120, p.s.e.Window.Canvas().Size().Height/widget.Scaled(1)*0.27))
	return above(p.lines, widget.Row(2, p.which, p.order, container.NewVBox(layout.NewSpacer(), p.note, layout.NewSpacer())), tall(height, p.fall))
}

func (p *lossesPart) actions() []fyne.CanvasObject {
	out := []fyne.CanvasObject{widget.NewButton("In…", widget.IconPrint, p.s.askPapers)}
	if p.which.Chosen() == 0 {
		out = append(out, widget.NewMainButton("Ghi nguyên nhân…", widget.IconEdit, func() { p.askLoss(p.lines.Current()) }))
	}
	return out
}

func (p *lossesPart) refresh() {
	p.fill()
	p.o.Refresh()
}
func (p *lossesPart) escape() bool   { return false }
func (p *lossesPart) status() string { return p.o.Summary() }

func (p *lossesPart) focus() {
	p.s.e.Focus(p.s.page, []*widget.Grid{p.lines, p.gains, p.leaves}[p.which.Chosen()])
}

func (p *lossesPart) fill() {
	if p.s.m.Card() == nil {
		p.lines.SetEmpty("Chưa có phiếu chấm điểm nào. Tạo kỳ ở phần Phiếu chấm.", "", nil)
	}
	p.note.SetText(p.o.Summary())
	var falls []widget.Fall
	if m, ok := p.o.Map(); ok {
		for i, x := range m.Steps {
			f := widget.Fall{Label: x.Label, To: float64(x.After), From: float64(x.After - x.Change), Total: x.Total, Text: x.After.String()}
			if !x.Total {
				f.Text = signedPoints(int64(x.Change), x.Change.String())
			}
			if x.Total && i > 0 {
				f.To = float64(x.After)
			}
			f.Tip = x.Label + ": " + f.Text
			falls = append(falls, f)
		}
	}
	p.fall.Set(falls)
	var rows table
	for _, x := range p.o.Lines() {
		kind := ""
		if x.Cause != "" {
			kind = map[bool]string{true: "Khách quan", false: "Chủ quan"}[x.Objective]
		}
		cause := widget.Cell{Text: x.Cause}
		switch {
		case x.Open:
			cause = widget.Cell{Text: "Chưa chấm", Role: widget.ColorSecondary}
		case x.Cause == "":
			cause = widget.Cell{Text: "chưa ghi", Role: widget.ColorSecondary}
		}
		row := texts(x.Code, x.Title, x.Max.String(), x.Points.String(), x.Lost.String(), data.FormatHundredths(x.Share)+"%", "", kind, x.Owner)
		row[4].Role, row[4].Strong, row[6] = widget.ColorLate, true, cause
		rows = append(rows, row)
	}
	refill(p.lines, rows)
	rows = nil
	for _, g := range p.o.Gains() {
		best := ""
		if g.BestKnown && g.Best != "" {
			best = g.Best + ": " + g.BestPoints.String()
		}
		row := texts(g.Code, g.Title, g.Points.String(), "+"+g.Gain.String(), g.Sentence, best)
		row[3].Role, row[3].Strong = widget.ColorEarly, true
		if !g.Reachable {
			row[3] = widget.Cell{Text: "không kịp", Role: widget.ColorStopped}
		}
		rows = append(rows, row)
	}
	if p.o.Busy() && len(rows) == 0 {
		p.gains.SetLoading("Đang tính…")
		p.leaves.SetLoading("Đang tính…")
	} else {
		p.gains.SetLoading("")
		p.leaves.SetLoading("")
	}
	// What no unit does better has no column.
	if want := gainColumns(rows); len(want) != len(p.gains.Columns()) {
		p.gains.SetColumns(want)
	}
	refill(p.gains, rows)
	p.showGain(p.gains.Current())
	p.fillForecast()
	p.s.e.Status()
}

// gainColumns are the columns of the points to regain; who does best stands there
// only where somebody does better.
func gainColumns(rows table) []widget.Column {
	out := []widget.Column{
		{ID: "code", Title: "Mã", Width: 64}, {ID: "title", Title: "Tiêu chí", Width: 200, Min: 130, Flex: 1}, {ID: "now", Title: "Đang đạt", Width: 64, Align: widget.Right}, {ID: "gain", Title: "Lấy thêm", Width: 70, Align: widget.Right},
		{ID: "how", Title: "Cần làm", Width: 260, Min: 200, Flex: 2}}
	for _, r := range rows {
		if r[5].Text != "" {
			return append(out, widget.Column{ID: "best", Title: "Đơn vị tốt nhất", Width: 180, Flex: 0.8})
		}
	}
	return out
}

func signedPoints(n int64, text string) string {
	if n > 0 {
		return "+" + text
	}
	return text
}

func (p *lossesPart) showGain(i int) {
	text := "Điểm rẻ nhất đứng trên: điểm lấy được so với số việc phải làm. Enter mở tiêu chí ở phiếu."
	if list := p.o.Gains(); i >= 0 && i < len(list) {
		text = list[i].Code + ": " + list[i].Sentence
	}
	p.said.SetText(text)
}

func (p *lossesPart) fillForecast() {
	p.outlook.Objects = nil
	f, why := p.o.Forecast()
	if f == nil {
		if why != nil && !p.o.Busy() {
			p.outlook.Add(widget.NewParagraph(why.Error(), 700))
		}
		p.outlook.Refresh()
		refill(p.leaves, nil)
		return
	}
	for i, text := range p.o.ForecastLines() {
		t := widget.NewParagraph(text, 700)
		t.Bold = i == 0
		if i > 0 {
			t.Role = widget.ColorSecondary
		}
		p.outlook.Add(t)
	}
	p.outlook.Refresh()
	var rows table
	for _, x := range f.Leaves {
		lost := ""
		for i, l := range x.Lost {
			if i > 0 {
				lost += "; "
			}
			lost += l
		}
		row := texts(x.Code, x.Title, figureText(x.Now), x.NowPoints.String(), x.LowPoints.String(), x.HighPoints.String(), lost)
		row[6].Role = widget.ColorLate
		rows = append(rows, row)
	}
	refill(p.leaves, rows)
}

func figureText(f assess.Figure) string {
	if f.Single {
		return data.FormatInt(f.B)
	}
	return fmt.Sprintf("%s/%s = %s %%", data.FormatInt(f.B), data.FormatInt(f.A), f.Percent())
}

// causes are the kinds of reasons for a loss.
var causes = []kit.Choice{{Key: "s", Text: "Chủ quan"}, {Key: "o", Text: "Khách quan"}}

// causeField tells whether a reason lies outside of the office.
func causeField[T any](key, label string, of func(*T) *bool) form.Field[T] {
	f := form.Check(key, label, of)
	f.Kind, f.Choices = form.KindPick, func(*T) []kit.Choice { return causes }
	get := f.Get
	f.Get = func(t *T) string { return map[bool]string{true: "o", false: "s"}[get(t) != ""] }
	f.Set = func(t *T, key string) error { *of(t) = key == "o"; return nil }
	return f
}

// askLoss asks why a leaf lost points and who answers for it.
func (p *lossesPart) askLoss(i int) {
	lines := p.o.Lines()
	if i < 0 || i >= len(lines) {
		return
	}
	x := lines[i]
	form.Ask(p.s.e, form.Question[assess.Loss]{Title: x.Code + ". " + x.Title, Width: 520, Value: assess.Loss{Cause: x.Cause, Objective: x.Objective, Owner: x.Owner},
		Fields: []form.Field[assess.Loss]{
			form.Area("cause", "Nguyên nhân mất "+x.Lost.String()+" điểm", 3, func(l *assess.Loss) *string { return &l.Cause }),
			causeField("kind", "Loại nguyên nhân", func(l *assess.Loss) *bool { return &l.Objective }),
			form.Pick("owner", "Đơn vị chịu trách nhiệm", func(*assess.Loss) []kit.Choice { return p.s.m.Owners() }, func(l *assess.Loss) *string { return &l.Owner }).Or("Theo bộ tiêu chí"),
		},
		Done: func(assess.Loss) string { return "Đã ghi nguyên nhân mất điểm tiêu chí " + x.Code + "." },
		Store: func(ctx context.Context, l assess.Loss) error {
			if l.Cause == "" {
				l = assess.Loss{}
			}
			return p.o.SetLoss(ctx, x.Code, l)
		}})
}
