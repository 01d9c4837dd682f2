package receiving

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/env"
	"giaoban/app/kit/why"
	"giaoban/app/widget"
)

// side is the right column: the due date and why, warnings, and what can be done
// once the dossier is stored.
type side struct {
	s      *page
	scroll *container.Scroll
	head   *fyne.Container // due date, what was saved
	notes  *fyne.Container // warnings
	reason *fyne.Container // the strip of days
	why    bool
}

// sideText is the width of texts in the column in px at 100 %.
const sideText = sideLeast - rightInset - 8

func newSide(s *page) *side {
	c := &side{s: s, head: column(), notes: column(), reason: column(), why: true}
	c.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 16, 0, rightInset), column(c.head, c.notes, s.form.Objects(2, beside),
		container.NewHBox(widget.NewButton("Thêm hồ sơ cùng người nộp", widget.IconAdd, s.SubmitSame).WithTip("Lưu, rồi nhập hồ sơ khác của cùng người nộp (Ctrl+Shift+Enter)")),
		container.NewHBox(widget.NewButton("Không tiếp nhận…", "", s.refuse), widget.NewQuietButton("Xóa, nhập mới", "", s.clear)), c.reason)))
	return c
}

func column(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(8), objects...)
}

// show draws the column anew.
func (c *side) show() {
	c.head.Objects = c.heading()
	c.notes.Objects = c.warnings()
	c.reason.Objects = c.explanation()
	for _, o := range []*fyne.Container{c.head, c.notes, c.reason} {
		o.Refresh()
	}
	c.scroll.Refresh()
}

func (c *side) heading() []fyne.CanvasObject {
	s, m := c.s, c.s.model
	var out []fyne.CanvasObject
	if m.Saved() != 0 {
		done := widget.NewParagraph("Đã lưu hồ sơ "+m.Dossier().Code, sideText)
		done.Bold, done.Role = true, widget.ColorEarly
		if m.Dirty() {
			done = widget.NewParagraph("Hồ sơ "+m.Dossier().Code+" đã lưu; chỗ vừa sửa chưa lưu", sideText)
			done.Bold, done.Role = true, widget.ColorSoon
		}
		out = append(out, done,
			container.NewHBox(widget.NewButton("In giấy hẹn", widget.IconPrint, s.SaveAndPrint), widget.NewButton("Mở trong sổ", widget.IconRegister, func() { s.openDossier(m.Saved()) })),
			widget.Gap(4))
	}
	label := widget.NewNote("Hẹn trả kết quả", sideText)
	big := widget.NewParagraph(m.DueLine(), sideText)
	big.TextSize, big.Bold, big.Role = widget.SizeFigure, true, widget.ColorPrimary
	if m.DueLine() == "" {
		big = widget.NewParagraph("Chưa có ngày hẹn", sideText)
		big.TextSize, big.Role = widget.SizeTitle, widget.ColorSecondary
	}
	out = append(out, container.New(layout.NewCustomPaddedVBoxLayout(0), label, big))
	if own := m.OwnDueLine(); own != "" {
		p := widget.NewParagraph(own, sideText)
		p.Bold = true
		out = append(out, container.New(layout.NewCustomPaddedVBoxLayout(0), widget.NewNote("Đơn vị giải quyết phải xong trước", sideText), p))
	}
	if m.Typed(FieldDue) || m.Typed(FieldOwnDue) {
		mark := widget.NewParagraph("Sửa tay", 60)
		mark.Role, mark.Bold = widget.ColorSoon, true
		out = append(out, container.NewHBox(widget.Sign(widget.MarkSoon), container.NewCenter(mark), widget.NewQuietButton("Tính lại theo thời hạn", widget.IconRefresh, func() {
			m.CountAgain()
			s.typed()
		})))
	}
	return out
}

// warnings are what the officer should know before saving, and offers.
func (c *side) warnings() []fyne.CanvasObject {
	s, m := c.s, c.s.model
	var out []fyne.CanvasObject
	link := func(text string, do func()) fyne.CanvasObject {
		return container.NewHBox(widget.NewQuietButton(text, widget.IconForward, do))
	}
	if one, ok := m.Known(); ok {
		out = append(out, widget.NewParagraph("Đã có hồ sơ của "+one.Owner.Name+", gần nhất nhận ngày "+one.Received.Day.String()+".", sideText),
			container.NewHBox(widget.NewButton("Điền theo hồ sơ đó", widget.IconCopy, s.TakeKnown).WithHint("Ctrl+D")))
	}
	if text := m.CodeMissing(); text != "" {
		out = append(out, warning(text), link("Mở Thiết lập", func() { s.e.Go(env.Route{Page: env.Settings}) }))
	}
	if text := m.Empty(); text != "" {
		out = append(out, warning(text), link("Mở Danh mục", func() { s.e.Go(env.Route{Page: env.Catalogue}) }))
	}
	for _, w := range m.warnings {
		out = append(out, warning(w.Text))
		if w.Dossier != 0 {
			out = append(out, link("Mở hồ sơ đó", func() { s.openDossier(w.Dossier) }))
		}
	}
	return out
}

func warning(text string) fyne.CanvasObject {
	p := widget.NewParagraph(text, sideText-30)
	p.Role = widget.ColorSoon
	return container.NewBorder(nil, nil, container.NewVBox(widget.Sign(widget.MarkSoon)), nil, p)
}

// explanation is the strip of days behind the due date.
func (c *side) explanation() []fyne.CanvasObject {
	w := c.s.model.Why()
	if w == nil {
		return nil
	}
	return why.Fold(w, sideText, c.why, func(on bool) {
		c.why = on
		c.show()
	})
}

// TakeKnown fills in the facts of the owner from the last dossier of the person.
func (s *page) TakeKnown() {
	if _, ok := s.model.Known(); !ok {
		return
	}
	s.e.Window.Canvas().Unfocus()
	s.model.TakeKnown()
	s.typed()
	s.focus("content")
}
