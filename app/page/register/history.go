package register

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/widget"
)

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
		p.p.m.History(id, func(list []HistoryEntry, err error) {
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
				p.history.Add(historyEntry(h, paneWidth, 3))
			}
			if more := len(list) - historyShown; more > 0 {
				p.history.Add(widget.NewNote(fmt.Sprintf("và %d lần sửa trước đó.", more), paneWidth))
			}
			p.history.Refresh()
			p.body.Refresh()
		})
	})
}

// historyEntry draws one change; most bounds its lines, 0 for all.
func historyEntry(h HistoryEntry, width float32, most int) fyne.CanvasObject {
	head := h.When
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
	p.m.History(id, func(list []HistoryEntry, err error) {
		if err != nil {
			p.e.Fail("Lịch sử hồ sơ", err)
			return
		}
		box := container.New(layout.NewCustomPaddedVBoxLayout(10))
		for _, h := range list {
			box.Add(historyEntry(h, historyWidth-30, 0))
		}
		if len(list) == 0 {
			box.Add(widget.NewParagraph("Hồ sơ này chưa có thay đổi nào được ghi.", historyWidth-30))
		}
		print := widget.NewButton("In quá trình xử lý", widget.IconPrint, func() {
			p.e.ShowSlips("Quá trình xử lý hồ sơ", "qua-trinh-"+code, ProcessPaper(id))
		})
		widget.ShowDialog(p.e.Window, widget.DialogOptions{Title: "Lịch sử hồ sơ " + code, Default: "Đóng", Width: historyWidth,
			Content: widget.NewFollow(box).Whole(0), Extra: []*widget.Button{print}})
	})
}
