package importing

import (
	"strconv"

	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/kit"
	"giaoban/app/kit/counts"
	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
)

// fates of the five big figures, and what becomes of their rows before and
// after the import.
var fates = []struct {
	fate                desk.Fate
	label, before, then string
}{
	{desk.New, "Mới", "sẽ thêm vào sổ", "đã thêm vào sổ"},
	{desk.Changed, "Thay đổi", "sẽ cập nhật hồ sơ đã có", "đã cập nhật hồ sơ đã có"},
	{desk.Same, "Không đổi", "giống hệt trong sổ", "giống hệt trong sổ"},
	{desk.Duplicate, "Trùng dòng", "mã đã có ở dòng khác", "mã đã có ở dòng khác"},
	{desk.Rejected, "Không nhận", "cần sửa trong tệp", "chưa nhập, cần sửa trong tệp"},
}

const filterFate = "fate"

func fateKey(f desk.Fate) string { return strconv.Itoa(int(f)) }

// resultStep shows what will become of each row of the file, or did.
func (s *page) resultStep() {
	m := s.model
	lines := s.lines()
	if m.result.Rejected > 0 { // what will not pass comes first
		lines.Choose(filterFate, fateKey(desk.Rejected))
	}
	cards := widget.Cards()
	for i, f := range fates {
		text := f.before
		if m.step == StepDone {
			text = f.then
		}
		figure := widget.KeyFigure{Label: f.label, Value: data.FormatInt(int64(m.Counts()[i])), Change: text, Tip: "Bấm để xem các dòng này, bấm lần nữa để xem mọi dòng"}
		cards.Add(widget.NewFigureCard(figure, func() {
			if chosen := lines.View().Chosen[filterFate]; len(chosen) == 1 && chosen[0] == fateKey(f.fate) {
				lines.Choose(filterFate)
				return
			}
			lines.Choose(filterFate, fateKey(f.fate))
		}))
	}
	parts := []part{partOf("Từng dòng", lines)}
	if notes := exchange.Texts(m.result.Notes); len(notes) > 0 {
		parts = append(parts, partOf("Lưu ý ("+strconv.Itoa(len(notes))+")", counts.Warnings(s.e, s.wizard.Object(), title, notes)))
	}
	s.draw(container.NewVBox(widget.NewParagraph(m.Summary(), 760), widget.Gap(4), cards), parts...)
}

// lines lists the rows of the file with what becomes of each.
func (s *page) lines() *list.List[Line] {
	return list.Of(s.e, list.Options[Line]{ID: "import-lines", Inner: s.wizard.Object(), Title: title, What: "dòng", Paper: "KẾT QUẢ NHẬP TỪ EXCEL", Begin: list.Held(s.model.Lines),
		Filters: []list.Filter[Line]{{Key: filterFate, Label: "Kết quả", Groups: true, Of: func(l *Line) []string { return []string{fateKey(l.Fate)} }, Choices: func() (out []kit.Choice) {
			for _, f := range fates {
				out = append(out, kit.Choice{Key: fateKey(f.fate), Text: f.label})
			}
			return out
		}}},
		Columns: []list.Column[Line]{
			list.Col("row", "Dòng", 64, 0, func(l *Line) string { return data.FormatInt(int64(l.Row)) }).Right(),
			list.Col("fate", "Kết quả", 100, 0, func(l *Line) string { return l.Fate.String() }).Dress(func(l *Line, c *widget.Cell) {
				if l.Fate == desk.Rejected {
					c.Role = widget.ColorLate
				}
			}),
			list.Col("code", "Mã hồ sơ", 176, 0, func(l *Line) string { return l.Code }), list.Col("owner", "Chủ hồ sơ", 150, 1, func(l *Line) string { return l.Owner }),
			list.Col("received", "Ngày nhận", widthMoment, 0, func(l *Line) string { return l.Received }), list.Col("what", "Thay đổi; lý do và cách sửa", 300, 3, func(l *Line) string { return l.What }),
		},
		Open: func(l *Line) {
			widget.Message(s.e.Window, "Dòng "+data.FormatInt(int64(l.Row)), l.Fate.String()+". "+l.What, nil)
		}})
}

// countStep shows a table of counts, asks for what its titles do not tell, and says what
// is stored, or was.
func (s *page) countStep() {
	m := s.model
	r := m.Counted()
	about := m.Summary()
	if m.step == StepColumns {
		about = m.Found()
	}
	says := widget.NewParagraph(about, 760)
	head := container.NewVBox(says)
	if r == nil {
		says.Role = widget.ColorSoon
		s.draw(head)
		return
	}
	if m.step == StepColumns {
		period := s.periodPicker()
		if !m.MayStore() {
			s.first = period
		}
		head.Add(widget.Row(-1, period, s.unitPicker()))
	}
	notes := append(exchange.Texts(m.mapping.Notes), m.CountWarnings()...)
	parts := []part{partOf("Số liệu", counts.List(s.e, s.wizard.Object(), title, r.Rows, r.Total, r.HasTotal))}
	if len(notes) > 0 {
		parts = append(parts, partOf("Lưu ý ("+strconv.Itoa(len(notes))+")", counts.Warnings(s.e, s.wizard.Object(), title, notes)))
	}
	sums := widget.NewNote("Các tổng trong bảng đều khớp.", 400)
	if len(m.CountWarnings()) > 0 {
		sums = widget.NewParagraph("Có tổng không khớp hoặc ô không đọc được; số liệu vẫn lưu đúng như trong tệp.", 480)
		sums.Role = widget.ColorSoon
	}
	head.Add(sums)
	s.draw(head, parts...)
}

func (s *page) periodPicker() *widget.Picker {
	m := s.model
	choices, chosen := m.s.PeriodChoices(m.CountedPeriod())
	p := widget.NewPicker(choices, nil)
	p.Prefix, p.Width, p.Placeholder = "Kỳ báo cáo", 300, "chọn kỳ…"
	p.SetKey(chosen)
	p.OnPick = func(o widget.Option) {
		if o.Key == env.PeriodOther {
			p.SetKey(chosen)
			form.AskPeriod(s.e, m.CountedPeriod(), m.ChoosePeriod)
			return
		}
		if one, err := data.ParsePeriod(o.Key); err == nil {
			m.ChoosePeriod(one)
		}
	}
	return p
}

func (s *page) unitPicker() *widget.Picker {
	m := s.model
	id, name := m.CountedUnit()
	p := widget.NewPicker(env.Units(s.e.Desk), func(o widget.Option) {
		n, err := strconv.ParseUint(o.Key, 10, 32)
		if err == nil || o.Key == "" {
			m.ChooseUnit(uint32(n))
		}
	})
	p.Prefix, p.Width, p.None = "Đơn vị báo cáo", 380, "theo tiêu đề của tệp"
	p.Placeholder = "chọn đơn vị…"
	if name != "" && id == 0 {
		p.Placeholder = name + " (chưa có trong danh mục)"
	}
	if id != 0 {
		p.SetKey(strconv.FormatUint(uint64(id), 10))
	}
	return p
}
