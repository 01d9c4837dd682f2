package scoring

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/scoring"
)

const paperRemedies = papers.ScoreRemedies

// newLosses is the part that tells what was lost and why, the cheapest points to
// regain, and the forecast.
func newLosses(s *Page) part {
	fall, note, said, outlook := widget.NewWaterfall(), line(500), widget.NewParagraph("", 700), stack(4)
	fall.Least = fyne.NewSize(320, 110)
	var lines *list.List[assess.LossLine]
	ask := func(x *assess.LossLine) {
		if x != nil {
			s.askLoss(x)
		}
	}
	type loss = assess.LossLine
	lines = listOf(s, list.Options[loss]{ID: "losses", What: "tiêu chí mất điểm", Paper: "ĐIỂM MẤT VÀ NGUYÊN NHÂN", Key: func(x *loss) uint64 { return list.KeyOf(x.Code) }, Orders: []kit.Order{{Column: "lost", Descending: true}},
		Columns: []list.Column[loss]{
			list.Col("code", "Mã", 64, 0, func(x *loss) string { return x.Code }), list.Col("title", "Tiêu chí", 200, 1.4, func(x *loss) string { return x.Title }),
			list.Col("max", "Tối đa", 58, 0, func(x *loss) string { return x.Max.String() }).Right(), list.Col("points", "Đạt", 58, 0, func(x *loss) string { return x.Points.String() }).Right(),
			list.Col("lost", "Mất", 58, 0, func(x *loss) string { return x.Lost.String() }).Right().Dress(lost), list.Col("share", "Tỷ trọng", 74, 0, func(x *loss) string { return data.FormatHundredths(x.Share) + "%" }).Right(),
			list.Col("cause", "Nguyên nhân", 180, 1.2, causeOf).Dress(func(x *loss, c *widget.Cell) {
				if x.Open || x.Cause == "" {
					c.Role = widget.ColorSecondary
				}
			}),
			list.Col("kind", "Khách quan,\nchủ quan", 96, 0, kindOf), list.Col("owner", "Chịu trách nhiệm", 140, 0.8, func(x *loss) string { return x.Owner })},
		Begin: func() func() ([]loss, error) {
			m, _ := s.m.Losses()
			return func() ([]loss, error) { return m.Lines, nil }
		},
		Notes: func([]loss) string { m, _ := s.m.Losses(); return LossSummary(m) }, Open: ask,
		Actions: []list.Action{s.printAction(), {Label: "Ghi nguyên nhân…", Icon: widget.IconEdit, Main: true, Do: func() { ask(lines.CurrentRow()) }}},
		Menu: func(x *loss, _ []uint64) []widget.MenuItem {
			return []widget.MenuItem{{Label: "Ghi nguyên nhân…", Icon: widget.IconEdit, Hint: "Enter", Do: func() { ask(x) }}, s.toLeafItem(x.Code)}
		}})
	type gain = assess.Gain
	gains := listOf(s, list.Options[gain]{ID: "gains", What: "tiêu chí lấy thêm được điểm", Paper: "CÁCH LẤY LẠI ĐIỂM", Key: func(x *gain) uint64 { return list.KeyOf(x.Code) }, Empty: "Không còn điểm nào để lấy lại.",
		Columns: []list.Column[gain]{
			list.Col("code", "Mã", 64, 0, func(x *gain) string { return x.Code }), list.Col("title", "Tiêu chí", 200, 1, func(x *gain) string { return x.Title }),
			list.Col("now", "Đang đạt", 64, 0, func(x *gain) string { return x.Points.String() }).Right(),
			list.Col("gain", "Lấy thêm", 84, 0, gainOf).Right().Dress(func(x *gain, c *widget.Cell) {
				c.Role, c.Strong = widget.ColorEarly, true
				if !x.Reachable {
					c.Role, c.Strong = widget.ColorStopped, false
				}
			}), list.Col("how", "Cần làm", 260, 2, howOf)},
		Begin: s.m.Gains, Open: func(x *gain) { s.toLeaf(x.Code) }, Actions: []list.Action{s.printAction()},
		Current: func(x *gain) {
			text := "Điểm rẻ nhất đứng trên: điểm lấy được so với số việc phải làm. Enter mở tiêu chí ở phiếu."
			if x != nil {
				text = howOf(x)
			}
			said.SetText(text)
		}})
	type leaf = assess.LeafForecast
	var leaves *list.List[leaf]
	leaves = listOf(s, list.Options[leaf]{ID: "forecast", What: "tiêu chí", Paper: "DỰ BÁO CUỐI NĂM", Key: func(x *leaf) uint64 { return list.KeyOf(x.Code) },
		Columns: []list.Column[leaf]{
			list.Col("code", "Mã", 64, 0, func(x *leaf) string { return x.Code }), list.Col("title", "Tiêu chí từ sổ hồ sơ", 200, 1, func(x *leaf) string { return x.Title }),
			list.Col("now", "Số liệu nay", 196, 0, func(x *leaf) string { return figureText(&x.Now) }).Right(), list.Col("points", "Điểm nay", 64, 0, func(x *leaf) string { return x.NowPoints.String() }).Right(),
			list.Col("low", "Thấp nhất", 64, 0, func(x *leaf) string { return endOf(x, x.LowPoints) }).Right(), list.Col("high", "Cao nhất", 64, 0, func(x *leaf) string { return endOf(x, x.HighPoints) }).Right(),
			list.Col("lost", "Không còn đạt được", 200, 0.9, func(x *leaf) string { return strings.Join(x.Lost, "; ") }).Dress(func(_ *leaf, c *widget.Cell) { c.Role = widget.ColorLate })},
		Begin: func() func() ([]leaf, error) {
			read := s.m.Outlook()
			return func() ([]leaf, error) {
				o := read()
				s.e.Session.Post(func() {
					outlook.Objects = nil
					for i, text := range o.Lines() {
						t := widget.NewParagraph(text, 700)
						if t.Bold = i == 0; i > 0 {
							t.Role = widget.ColorSecondary
						}
						outlook.Add(t)
					}
					leaves.SetEmpty(o.Empty(), "", nil)
					s.page.Fit()
				})
				return o.Leaves(), nil
			}
		},
		Open: func(x *leaf) { s.toLeaf(x.Code) }, Actions: []list.Action{s.printAction()}})
	height := min(220, max(120, s.e.Window.Canvas().Size().Height/widget.Scaled(1)*0.2))
	p := newLists(s, shelf{"Điểm mất và nguyên nhân", lines, nil, stack(4, note, widget.Tall(height, fall)), papers.ScoreLosses},
		shelf{name: "Cách lấy lại điểm", rows: gains, lead: said}, shelf{name: "Dự báo cuối năm", rows: leaves, lead: outlook})
	p.fill = func() {
		lines.SetEmpty("Phiếu không mất điểm ở tiêu chí nào.", "", nil)
		if s.m.Card == nil {
			lines.SetEmpty(noSheet, "", nil)
		}
		m, _ := s.m.Losses()
		note.SetText(LossSummary(m))
		fall.Set(falls(m))
	}
	return p
}

// falls draws the way from the total to the index.
func falls(m assess.LossMap) (out []widget.Fall) {
	for _, x := range m.Steps {
		f := widget.Fall{Label: x.Label, To: float64(x.After), From: float64(x.After - x.Change), Total: x.Total, Text: x.After.String()}
		if !x.Total {
			f.Text = signed(x.Change)
		}
		f.Tip = x.Label + ": " + f.Text
		out = append(out, f)
	}
	return out
}

func causeOf(x *assess.LossLine) string {
	switch {
	case x.Open:
		return "Chưa chấm"
	case x.Cause == "":
		return "chưa ghi"
	}
	return x.Cause
}

func kindOf(x *assess.LossLine) string {
	return kit.If(x.Cause == "", "", kit.If(x.Objective, "Khách quan", "Chủ quan"))
}

func gainOf(x *assess.Gain) string { return kit.If(x.Reachable, "+"+x.Gain.String(), "không kịp") }

// endOf is an end of a range, "" where it has no width.
func endOf(x *assess.LeafForecast, p scoring.Points) string {
	return kit.If(moves(x), p.String(), "")
}

// howOf is what has to be done, and who does best where that is somebody else.
func howOf(x *assess.Gain) string {
	if x.BestKnown && x.Best != "" {
		return x.Sentence + " Tốt nhất: " + x.Best + " (" + x.BestPoints.String() + ")."
	}
	return x.Sentence
}

// figureText writes a figure of the register; a share with its percentage.
func figureText(f *assess.Figure) string {
	if f.Single {
		return data.FormatInt(f.B)
	}
	return data.FormatInt(f.B) + "/" + data.FormatInt(f.A) + " = " + f.Percent() + " %"
}

// toLeaf shows a leaf of the sheet where it is scored.
func (s *Page) toLeaf(code string) {
	s.open(tabSheet)
	s.sheet.step(code)
}

func (s *Page) toLeafItem(code string) widget.MenuItem {
	return widget.MenuItem{Label: "Xem tiêu chí ở phiếu chấm", Icon: widget.IconScoring, Disabled: code == "", Do: func() { s.toLeaf(code) }}
}

// causes are the kinds of reasons for a loss.
var causes = []kit.Choice{{Key: "", Text: "Chủ quan"}, {Key: form.Ticked, Text: "Khách quan"}}

// causeField tells whether a reason lies outside of the office.
func causeField[T any](key, label string, of func(*T) *bool) form.Field[T] {
	f := form.Check(key, label, of)
	f.Kind, f.Choices = form.KindPick, func(*T) []kit.Choice { return causes }
	return f
}

// askLoss asks why a leaf lost points and who answers for it.
func (s *Page) askLoss(x *assess.LossLine) {
	code, sheet := x.Code, s.m.Sheet()
	form.Ask(s.e, form.Question[assess.Loss]{Title: x.Code + ". " + x.Title, Width: 520, Value: assess.Loss{Cause: x.Cause, Objective: x.Objective, Owner: x.Owner},
		Fields: []form.Field[assess.Loss]{
			form.Area("cause", "Nguyên nhân mất "+x.Lost.String()+" điểm", 3, func(l *assess.Loss) *string { return &l.Cause }),
			causeField("kind", "Loại nguyên nhân", func(l *assess.Loss) *bool { return &l.Objective }),
			form.Pick("owner", "Đơn vị chịu trách nhiệm", func(*assess.Loss) []kit.Choice { return s.m.Owners() }, func(l *assess.Loss) *string { return &l.Owner }).Or("Theo bộ tiêu chí"),
		},
		Done: func(assess.Loss) string { return "Đã ghi nguyên nhân mất điểm tiêu chí " + code + "." },
		Store: func(ctx context.Context, l assess.Loss) error {
			if l.Cause == "" {
				l = assess.Loss{}
			}
			return s.m.Book.SetLoss(ctx, sheet, code, l)
		}})
}
