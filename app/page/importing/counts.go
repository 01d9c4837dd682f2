package importing

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/kit/form"
	"giaoban/app/view"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
)

// otherPeriod is the entry of the list of periods that asks for two days.
const otherPeriod = "other"

// countStep shows a table of counts and asks for what its titles do not tell.
func (s *page) countStep() (fyne.CanvasObject, fyne.Focusable) {
	m := s.model
	back := widget.NewButton("Chọn tệp khác", widget.IconBack, m.Restart)
	if m.Counted() == nil {
		other := widget.NewMainButton("Chọn tệp khác…", widget.IconImport, s.chooseFile)
		s.page.SetActions(other)
		found := widget.NewParagraph(m.Found(), 760)
		found.Role = widget.ColorSoon
		return container.NewVBox(found), other
	}
	next := widget.NewMainButton("Kiểm tra", widget.IconCheck, m.Check)
	s.page.SetActions(back, next)
	period, unit := s.periodPicker(), s.unitPicker()
	focus := fyne.Focusable(next)
	if !m.MayStore() {
		next.Disable()
		focus = period
	}
	head := container.NewVBox(widget.NewParagraph(m.Found(), 760), widget.Row(-1, period, unit))
	s.warn(head, exchange.Texts(m.mapping.Notes))
	return under(container.NewVBox(head, widget.Gap(4)), s.countTable()), focus
}

// countResult shows what is stored, or was.
func (s *page) countResult() (fyne.CanvasObject, fyne.Focusable) {
	m := s.model
	stored := m.result.Reported != nil && !sameAsBefore(m)
	var focus *widget.Button
	if m.step == StepDone {
		focus = widget.NewMainButton("Xem số liệu đơn vị báo cáo", widget.IconReport, func() {
			if r := m.result.Reported; r != nil {
				s.reported(r.ID)
				return
			}
			s.reported(0)
		})
		undo := widget.NewButton("Hoàn tác lần nhập này", widget.IconUndo, s.e.Undo)
		widget.SetAble(undo, stored)
		another := widget.NewButton("Nhập tệp khác", widget.IconImport, m.Restart)
		if next := s.nextFile(); next != nil {
			another = next
		}
		s.page.SetActions(undo, another, focus)
	} else {
		focus = widget.NewMainButton("Lưu số liệu", widget.IconSave, m.Apply)
		back := widget.NewButton("Quay lại", widget.IconBack, m.BackToColumns)
		s.page.SetActions(back, focus)
		if !stored {
			focus.Disable()
			focus = back
		}
	}
	head := container.NewVBox(widget.NewParagraph(m.Summary(), 760), widget.Gap(4))
	return under(head, s.countTable()), focus
}

func sameAsBefore(m *model) bool { return m.result.Fate == desk.Same }

func (s *page) periodPicker() *widget.Picker {
	m := s.model
	var list []widget.Option
	chosen, known := m.CountedPeriod(), false
	for _, p := range m.Periods() {
		list = append(list, widget.Option{Key: p.Key, Text: p.Label})
		known = known || p.Key == chosen.Key && chosen.Key != ""
	}
	key := chosen.Key
	if chosen.From.Known() && !known {
		key = "free"
		list = append([]widget.Option{{Key: key, Text: view.PeriodLabel(chosen)}}, list...)
	}
	list = append(list, widget.Option{Key: otherPeriod, Text: "Khoảng ngày khác…"})
	p := widget.NewPicker(list, nil)
	p.Prefix, p.Width, p.Placeholder = "Kỳ báo cáo", 300, "chọn kỳ…"
	p.SetKey(key)
	p.OnPick = func(o widget.Option) {
		if o.Key == otherPeriod {
			p.SetKey(key)
			s.askDays()
			return
		}
		if one, err := data.ParsePeriod(o.Key); err == nil {
			m.ChoosePeriod(one)
		}
	}
	return p
}

func (s *page) askDays() {
	day := func(key, label string, of func(*data.Period) *data.Day) form.Field[data.Period] {
		return form.Day(key, label, s.model.Today, of)
	}
	form.Ask(s.e, form.Question[data.Period]{Title: "Kỳ báo cáo", Verb: "Chọn", Value: s.model.CountedPeriod(), Columns: 2, Fields: []form.Field[data.Period]{
		day("from", "Từ ngày", func(p *data.Period) *data.Day { return &p.From }), day("to", "Đến ngày", func(p *data.Period) *data.Day { return &p.To }),
	}, Check: func(p data.Period) error {
		_, err := data.FreePeriod(p.From, p.To)
		return err
	}, Then: func(p data.Period) {
		if free, err := data.FreePeriod(p.From, p.To); err == nil {
			s.model.ChoosePeriod(free)
		}
	}})
}

func (s *page) unitPicker() *widget.Picker {
	m := s.model
	id, name := m.CountedUnit()
	p := widget.NewPicker(m.Units(), func(o widget.Option) {
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
		p.SetKey(fmt.Sprint(id))
	}
	return p
}

// countTable is the figures of a table of counts, or what is wrong with its
// sums.
func (s *page) countTable() fyne.CanvasObject {
	r := s.model.Counted()
	if r == nil {
		return widget.Gap(4)
	}
	warnings := s.model.CountWarnings()
	figures := countGrid(view.CountTable(r.Rows, r.Total, r.HasTotal))
	if len(warnings) == 0 {
		good := widget.NewNote("Các tổng trong bảng đều khớp.", 400)
		return container.NewBorder(nil, good, nil, nil, figures)
	}
	faults := warningGrid(warnings)
	shown := container.NewStack()
	show := func() {
		shown.Objects = []fyne.CanvasObject{figures}
		if s.notes {
			shown.Objects = []fyne.CanvasObject{faults}
		}
		shown.Refresh()
	}
	tabs := widget.NewSegments([]string{"Số liệu", fmt.Sprintf("Lưu ý (%s)", data.FormatInt(int64(len(warnings))))}, func(i int) {
		s.notes = i == 1
		show()
	})
	if s.notes {
		tabs.Choose(1)
	}
	show()
	says := widget.NewParagraph("Có tổng không khớp hoặc ô không đọc được; số liệu vẫn lưu đúng như trong tệp.", 480)
	says.Role = widget.ColorSoon
	return under(container.NewVBox(widget.Row(1, tabs, says), widget.Gap(2)), shown)
}

// warningGrid lists what is wrong with the sums of a table of counts.
func warningGrid(list []string) *widget.Grid {
	g := widget.NewGrid([]widget.Column{{ID: "n", Title: "TT", Width: 48, Align: widget.Right}, {ID: "what", Title: "Điều cần xem", Width: 400, Flex: 1}})
	g.SetRows(widget.Few{N: len(list), Cell: func(i int, dst []widget.Cell) { dst[0].Text, dst[1].Text = fmt.Sprint(i+1), list[i] }})
	return g
}

// countGrid shows a table of counts.
func countGrid(columns []data.Column, rows []view.CountRow) *widget.Grid {
	heads := []widget.Column{{ID: "mark", Title: "TT", Width: 48}, {ID: "name", Title: "Nội dung", Width: 180, Min: 150, Flex: 1}}
	for _, c := range columns {
		heads = append(heads, widget.Column{ID: string(c), Title: view.FigureLabel(c), Width: 84, Align: widget.Right})
	}
	g := widget.NewGrid(heads)
	g.SetEmpty("Bảng không có dòng số liệu nào.", "", nil)
	g.SetRows(widget.Few{N: len(rows), Cell: func(i int, dst []widget.Cell) {
		r := &rows[i]
		dst[0].Text = r.Mark
		dst[1] = widget.Cell{Text: r.Name, Strong: r.Total}
		for k, text := range r.Cells {
			dst[k+2] = widget.Cell{Text: text, Strong: r.Total}
		}
	}})
	return g
}
