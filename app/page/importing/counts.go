package importing

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"giaoban/app/env"
	"giaoban/app/kit/counts"
	"giaoban/app/kit/form"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/exchange"
)

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
	figures := counts.List(s.e, s.page, title, r.Rows, r.Total, r.HasTotal)
	figures.Refresh()
	if len(warnings) == 0 {
		good := widget.NewNote("Các tổng trong bảng đều khớp.", 400)
		return container.NewBorder(nil, good, nil, nil, figures.Body())
	}
	faults := counts.Warnings(s.e, s.page, title, warnings)
	faults.Refresh()
	shown := container.NewStack()
	show := func() {
		shown.Objects = []fyne.CanvasObject{figures.Body()}
		if s.notes {
			shown.Objects = []fyne.CanvasObject{faults.Body()}
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
