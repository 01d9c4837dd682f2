package register

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit/why"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// pane shows one dossier at the right of the list.
type pane struct {
	p       *page
	object  fyne.CanvasObject
	acts    *fyne.Container // what can be done, above what scrolls
	body    *fyne.Container
	scroll  *container.Scroll
	history *fyne.Container
	shown   uint64          // the dossier, 0 while the pane is closed
	why     bool            // the explanation of the due date is unfolded
	strip   *fyne.Container // where the explanation begins
	more    *widget.Button
	also    *widget.Paragraph // who else has the dossier open
}

// paneWidth is the width of the content of the pane in px at 100 %.
const paneWidth = 318

func newPane(p *page) *pane {
	x := &pane{p: p, body: container.NewVBox(), acts: container.NewVBox(), history: container.New(layout.NewCustomPaddedVBoxLayout(6)), also: warning("", paneWidth)}
	x.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 8, 12, 14), x.body))
	head := container.New(layout.NewCustomPaddedLayout(0, 6, 12, 14), x.acts)
	x.object = container.NewBorder(head, nil, nil, nil, x.scroll)
	return x
}

// open shows a dossier as it is now.
func (p *pane) open(id uint64) {
	before := p.shown
	if id != before {
		p.scroll.ScrollToTop()
		p.history.Objects = nil
	}
	p.shown = id
	p.p.e.Desk.Opened(id)
	p.draw()
	if before == 0 {
		p.p.SetSide(p.object)
	}
	p.readHistory(id)
}

// close takes the pane away; it reports whether it was open.
func (p *pane) close() bool {
	if p.shown == 0 {
		return false
	}
	p.shown = 0
	p.p.e.Desk.Opened(0)
	p.p.SetSide(nil)
	return true
}

// draw shows the dossier once it was read, which may take long; what was shown
// before stays until then.
func (p *pane) draw() {
	id := p.shown
	p.p.m.Look(id, func(d Detail, err error) {
		if id != p.shown {
			return
		}
		if err != nil {
			p.acts.Objects = nil
			p.body.Objects = []fyne.CanvasObject{widget.NewParagraph(err.Error(), paneWidth)}
			p.object.Refresh()
			return
		}
		p.paint(d)
	})
}

func (p *pane) paint(d Detail) {
	p.acts.Objects, p.body.Objects = p.head(d), p.build(d)
	p.whoElse()
	p.object.Refresh()
}

// whoElse shows who else has the dossier open.
func (p *pane) whoElse() {
	text := p.p.m.AlsoOpen(p.shown)
	p.also.SetText(text)
	widget.SetVisible(p.also, text != "")
	p.acts.Refresh()
}

// head is what stays in view: the code and what can be done.
func (p *pane) head(d Detail) []fyne.CanvasObject {
	id := d.ID
	code := widget.NewParagraph(d.Code, 200)
	code.Bold, code.TextSize = true, widget.SizeTitle
	copyCode := widget.NewIconButton(widget.IconCopy, "Chép mã hồ sơ", func() { p.p.e.CopyCode(d.Code) })
	closePane := widget.NewIconButton(widget.IconClose, "Đóng (Esc)", func() { p.close() })
	row := container.New(layout.NewCustomPaddedHBoxLayout(6))
	if d.First.Kind != 0 {
		row.Add(widget.NewButton(d.First.Label, "", func() { p.p.do(d.First, []uint64{id}) }).WithHint("F2"))
	}
	p.more = widget.NewButton("Việc khác", "", nil).WithHint("F3")
	p.more.Trailing = widget.IconChevron
	p.more.OnTapped = func() { p.p.moveMenu(id, widget.Below(p.more)) }
	widget.SetAble(p.more, len(d.Others) > 0)
	row.Add(p.more)
	print := widget.NewButton("In…", "", nil)
	print.OnTapped = func() { p.p.printMenu([]uint64{id}, widget.Below(print)) }
	row.Add(print)
	return []fyne.CanvasObject{container.NewBorder(nil, nil, nil, container.NewHBox(copyCode, closePane), code), p.also, row}
}

func (p *pane) build(d Detail) []fyne.CanvasObject {
	owner := widget.NewParagraph(d.Owner, paneWidth)
	owner.Bold = true
	mark := widget.MarkOf(d.Outcome, d.Soon)
	state := widget.NewParagraph(d.State, paneWidth-40)
	state.Role, state.Bold = mark.Role(), true
	out := []fyne.CanvasObject{
		owner, widget.NewParagraph(d.Procedure, paneWidth), widget.Gap(2),
		container.NewBorder(nil, nil, widget.Sign(mark), nil, state),
	}
	if d.AsOf != "" {
		text := "Tình trạng tính đến " + d.AsOf
		if d.Now != "" {
			text += "; hôm nay: " + d.Now
		}
		out = append(out, widget.NewNote(text, paneWidth))
	}
	section := func(title string, lines []fyne.CanvasObject) {
		if len(lines) > 0 {
			out = append(append(out, widget.Gap(4), widget.NewSection(title)), lines...)
		}
	}
	out = append(out, drawn(d.Linked, factLine)...)
	section("Diễn biến", drawn(d.Events, eventLine))
	if d.Why != nil {
		fold := why.Fold(d.Why, paneWidth, p.why, func(on bool) {
			p.why = on
			p.paint(d)
			if on {
				p.scroll.ScrollToOffset(fyne.NewPos(0, p.strip.Position().Y))
			}
		})
		p.strip = container.NewVBox(fold[0])
		if d.Why.Warning != "" {
			p.strip.Add(warning(d.Why.Warning, paneWidth))
		}
		out = append(append(out, widget.Gap(4), p.strip), fold[1:]...)
	}
	section("Thư xin lỗi", drawn(d.Letters, factLine))
	section("Cần kiểm tra", drawn(d.Doubts, func(text string) fyne.CanvasObject { return warning(text, paneWidth) }))
	section("Thông tin hồ sơ", drawn(d.Facts, factLine))
	if len(d.Parts) > 0 {
		section("Thành phần hồ sơ", []fyne.CanvasObject{partsTable(d.Parts)})
	}
	section("Lịch sử sửa đổi", []fyne.CanvasObject{p.history, container.NewHBox(widget.NewQuietButton("Mở lịch sử", "", func() { p.p.openHistory(d.ID) }))})
	return out
}

// drawn draws each of a list.
func drawn[T any](list []T, draw func(T) fyne.CanvasObject) []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(list))
	for i, x := range list {
		out[i] = draw(x)
	}
	return out
}

// partsTable lists the papers with the numbers of originals, certified and plain
// copies.
func partsTable(parts []PartLine) fyne.CanvasObject {
	const number = 44
	line := func(p PartLine, text func(string, float32) *widget.Paragraph) fyne.CanvasObject {
		cells := container.New(layout.NewCustomPaddedHBoxLayout(0))
		for _, t := range []string{p.Original, p.Certified, p.Copies} {
			cells.Add(widget.Wide(number, text(t, number)))
		}
		left := container.New(layout.NewCustomPaddedVBoxLayout(0), text(p.Name, paneWidth-3*number-8))
		if p.Digital != "" {
			left.Add(widget.NewNote(p.Digital, paneWidth-3*number-8))
		}
		return container.NewBorder(nil, nil, nil, cells, left)
	}
	out := container.New(layout.NewCustomPaddedVBoxLayout(4), line(PartLine{Name: "Giấy tờ", Original: "Chính", Certified: "C.thực", Copies: "Photo"}, widget.NewNote))
	for _, p := range parts {
		out.Add(line(p, widget.NewParagraph))
	}
	return out
}

// labelWidth is the width of the labels of facts and of the dates of events.
const labelWidth = 112

func factLine(f Fact) fyne.CanvasObject {
	// Small text stands on the line of the larger one beside it.
	label := container.New(layout.NewCustomPaddedLayout(2, 0, 0, 0), widget.NewNote(f.Label, labelWidth))
	return container.NewBorder(nil, nil, widget.Wide(labelWidth, label), nil, widget.NewParagraph(f.Value, paneWidth-labelWidth-12))
}

func eventLine(e Happening) fyne.CanvasObject {
	when := widget.NewParagraph(e.When, labelWidth)
	when.Role = widget.ColorSecondary
	what := widget.NewParagraph(e.What, paneWidth-labelWidth-12)
	what.Bold = e.Key
	body := container.NewVBox(what)
	if e.More != "" {
		body.Add(widget.NewNote(e.More, paneWidth-labelWidth-12))
	}
	return container.NewBorder(nil, nil, widget.Wide(labelWidth, when), nil, body)
}

// historyDelay lets the cursor pass over dossiers without reading the journal
// for each.
const historyDelay = 250 * time.Millisecond

// historyShown is how many changes the pane shows.
const historyShown = 3

// readHistory fills the part of the pane that tells who changed the dossier.
func (p *pane) readHistory(id uint64) {
	widget.After(historyDelay, func() {
		if p.shown != id {
			return
		}
		p.p.m.History(id, func(list []desk.Change, err error) {
			if p.shown != id {
				return
			}
			p.history.Objects = nil
			switch {
			case err != nil:
				p.history.Add(widget.NewParagraph(err.Error(), paneWidth))
			case len(list) == 0:
				p.history.Add(widget.NewNote("Chưa có thay đổi nào.", paneWidth))
			}
			for _, h := range list[:min(len(list), historyShown)] {
				p.history.Add(p.p.change(h, paneWidth, 3))
			}
			if more := len(list) - historyShown; more > 0 {
				p.history.Add(widget.NewNote(fmt.Sprintf("và %d lần sửa trước đó.", more), paneWidth))
			}
			p.history.Refresh()
			p.body.Refresh()
		})
	})
}

// change draws one change; most bounds its lines, 0 for all.
func (p *page) change(h desk.Change, width float32, most int) fyne.CanvasObject {
	head := data.MomentAt(h.At, p.e.Desk.Now().Location()).String()
	if h.By != "" {
		head += " · " + h.By
	}
	out := container.New(layout.NewCustomPaddedVBoxLayout(0), widget.NewNote(head, width))
	title := widget.NewParagraph(h.Title, width)
	if h.Undo {
		title.Role = widget.ColorSecondary
	}
	if most > 0 {
		title.Max = 2
	}
	out.Add(title)
	for i, l := range h.Lines {
		if most > 0 && i == most {
			out.Add(widget.NewNote("…", width))
			break
		}
		line := widget.NewNote(l.Label+": "+l.Text(), width)
		if most > 0 {
			line.Max = 2
		}
		out.Add(line)
	}
	if h.Why != "" {
		out.Add(widget.NewNote("Lý do: "+h.Why, width))
	}
	return out
}

// historyWidth is the width of the dialog of the history, px at 100 %.
const historyWidth = 640

// openHistory shows the whole history of a dossier.
func (p *page) openHistory(id uint64) {
	code := p.m.Code(id)
	p.m.History(id, func(list []desk.Change, err error) {
		if err != nil {
			p.e.Fail("Lịch sử hồ sơ", err)
			return
		}
		box := container.New(layout.NewCustomPaddedVBoxLayout(10))
		for _, h := range list {
			box.Add(p.change(h, historyWidth-30, 0))
		}
		if len(list) == 0 {
			box.Add(widget.NewParagraph("Hồ sơ này chưa có thay đổi nào được ghi.", historyWidth-30))
		}
		print := widget.NewButton("In quá trình xử lý", widget.IconPrint, func() {
			p.e.ShowSlips("Quá trình xử lý hồ sơ", "qua-trinh-"+code, []papers.Slip{{Form: papers.FormProcess, Dossier: id, Event: -1}})
		})
		widget.ShowDialog(p.e.Window, widget.DialogOptions{Title: "Lịch sử hồ sơ " + code, Default: "Đóng", Width: historyWidth,
			Content: widget.NewFollow(box).Whole(0), Extra: []*widget.Button{print}})
	})
}
