package register

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	"giaoban/app/view"
	"giaoban/app/widget"
)

// pane shows one dossier at the right of the list.
type pane struct {
	s      *Screen
	object fyne.CanvasObject
	body   *fyne.Container
	scroll *container.Scroll
	shown  uint64
	why    bool              // the explanation of the due date is unfolded
	strip  fyne.CanvasObject // where the explanation begins
}

// paneWidth is the width of the content of the pane in px at 100 %.
const paneWidth = 318

func newPane(s *Screen) *pane {
	p := &pane{s: s, body: container.NewVBox()}
	p.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, widget.Scaled(8), widget.Scaled(12), widget.Scaled(14)), p.body))
	p.object = p.scroll
	return p
}

func (p *pane) show(id uint64) {
	if id != p.shown {
		p.scroll.ScrollToTop()
	}
	p.shown = id
	d, err := p.s.model.Detail(id)
	if err != nil {
		p.body.Objects = []fyne.CanvasObject{widget.NewParagraph(err.Error(), paneWidth)}
		p.body.Refresh()
		return
	}
	p.body.Objects = p.build(d)
	p.body.Refresh()
}

func (p *pane) build(d view.Detail) []fyne.CanvasObject {
	code := widget.NewParagraph(d.Code, 200)
	code.Bold, code.TextSize = true, widget.SizeTitle
	copyCode := widget.NewIconButton(widget.IconCopy, "Chép mã hồ sơ", func() {
		fyne.CurrentApp().Clipboard().SetContent(d.Code)
		widget.ShowToast(p.s.ctx.Window, "Đã chép mã "+d.Code, "", nil)
	})
	closePane := widget.NewIconButton(widget.IconClose, "Đóng (Esc)", func() { p.s.CloseDetail() })
	owner := widget.NewParagraph(d.Owner, paneWidth)
	owner.Bold = true
	mark := screen.Mark(d.Outcome, d.Soon)
	state := widget.NewParagraph(d.State, paneWidth-40)
	state.Role, state.Bold = mark.Role(), true
	out := []fyne.CanvasObject{
		container.NewBorder(nil, nil, nil, container.NewHBox(copyCode, closePane), code),
		owner, widget.NewParagraph(d.Procedure, paneWidth), screen.Gap(2),
		container.NewBorder(nil, nil, screen.Sign(mark), nil, state),
	}
	if d.AsOf != "" {
		out = append(out, widget.NewNote("Tình trạng tính đến "+d.AsOf, paneWidth))
	}
	out = append(out, screen.Gap(4), widget.NewSection("Diễn biến"))
	for _, e := range d.Events {
		out = append(out, eventLine(e))
	}
	if d.Why != nil {
		out = append(out, screen.Gap(4), p.whyButton(d.Why))
		if p.why {
			out = append(out, whyBox(d.Why))
		}
	}
	out = append(out, screen.Gap(4), widget.NewSection("Thông tin hồ sơ"))
	for _, f := range d.Facts {
		out = append(out, factLine(f))
	}
	return out
}

// labelWidth is the width of the labels of facts and of the dates of events.
const labelWidth = 112

func factLine(f view.Fact) fyne.CanvasObject {
	// Small text stands on the line of the larger one beside it.
	label := container.New(layout.NewCustomPaddedLayout(widget.Scaled(2), 0, 0, 0), widget.NewNote(f.Label, labelWidth))
	return container.NewBorder(nil, nil, screen.Wide(labelWidth, label), nil, widget.NewParagraph(f.Value, paneWidth-labelWidth-12))
}

func eventLine(e view.Happening) fyne.CanvasObject {
	when := widget.NewParagraph(e.When, labelWidth)
	when.Role = widget.ColorSecondary
	what := widget.NewParagraph(e.What, paneWidth-labelWidth-12)
	what.Bold = e.Key
	body := container.NewVBox(what)
	if e.More != "" {
		body.Add(widget.NewNote(e.More, paneWidth-labelWidth-12))
	}
	return container.NewBorder(nil, nil, screen.Wide(labelWidth, when), nil, body)
}

func (p *pane) whyButton(w *view.Why) fyne.CanvasObject {
	text := "Vì sao hẹn ngày này?"
	if p.why {
		text = "Thu gọn cách tính ngày hẹn"
	}
	b := widget.NewQuietButton(text, widget.IconCalendar, func() {
		p.why = !p.why
		p.show(p.shown)
		if p.why {
			p.scroll.ScrollToOffset(fyne.NewPos(0, p.strip.Position().Y))
		}
	})
	box := container.NewVBox(container.NewHBox(b))
	if w.Warning != "" {
		warn := widget.NewParagraph(w.Warning, paneWidth)
		warn.Role = widget.ColorSoon
		box.Add(warn)
	}
	p.strip = box
	return box
}
