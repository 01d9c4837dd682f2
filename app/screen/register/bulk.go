package register

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/screen"
	"giaoban/app/view"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
)

// chosen returns the dossiers of the chosen lines; the one under the cursor where
// none is.
func (s *Screen) chosen() []uint64 {
	var ids []uint64
	s.grid.Selection().Each(func(row int) bool {
		if id := s.model.IDAt(row); id != 0 {
			ids = append(ids, id)
		}
		return true
	})
	if len(ids) == 0 {
		if id := s.model.IDAt(s.grid.Current()); id != 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// buildBulk makes the bar of what can be done with several dossiers.
func (s *Screen) buildBulk() fyne.CanvasObject {
	s.picked = widget.NewParagraph("", 170)
	s.picked.Bold, s.picked.Max = true, 1
	row := container.New(layout.NewCustomPaddedHBoxLayout(6), container.NewCenter(s.picked))
	bar, _ := view.BulkActs()
	for _, act := range bar {
		row.Add(widget.NewButton(act.Label, "", func() { s.Do(act, s.chosen()) }))
	}
	row.Add(widget.NewButton("Đổi đơn vị", "", func() { s.changeUnit(s.chosen()) }))
	row.Add(widget.NewButton("In…", "", func() { s.printMenu(s.chosen(), s.under(row)) }))
	more := widget.NewButton("Việc khác", "", nil).WithHint("F3")
	more.Trailing = widget.IconChevron
	more.OnTapped = func() { s.bulkMenu(s.under(more)) }
	row.Add(more)
	row.Add(widget.NewQuietButton("Bỏ chọn", widget.IconClose, s.unchoose))
	line := canvas.NewRectangle(widget.Color(widget.ColorLine))
	line.SetMinSize(fyne.NewSize(1, 1))
	scroll := container.NewHScroll(row)
	s.bulk = container.NewVBox(line, container.New(layout.NewCustomPaddedLayout(4, 4, 0, 0), scroll))
	s.bulk.Hide()
	return s.bulk
}

// under is the place on the window below an object, for a menu.
func (s *Screen) under(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(0, o.Size().Height+2)
}

func (s *Screen) unchoose() {
	row := s.grid.Current()
	s.grid.ClearSelection()
	if row >= 0 {
		s.grid.SetCurrent(row)
	}
	s.ctx.Focus(s.page, s.grid)
}

// showBulk shows the bar while several lines are chosen.
func (s *Screen) showBulk() {
	n := s.grid.Selection().Count()
	if n > 1 {
		s.picked.SetText(fmt.Sprintf("Đã chọn %s hồ sơ", data.FormatInt(int64(n))))
	}
	if show := n > 1; show != s.bulk.Visible() {
		if show {
			s.bulk.Show()
		} else {
			s.bulk.Hide()
		}
		s.main.Refresh()
	}
}

// bulkItems are what a menu offers for several dossiers.
func (s *Screen) bulkItems(ids []uint64) []widget.MenuItem {
	bar, menu := view.BulkActs()
	var items []widget.MenuItem
	for _, list := range [][]view.Act{bar, menu} {
		for _, act := range list {
			items = append(items, widget.MenuItem{Label: act.Label, Danger: act.Danger, Do: func() { s.Do(act, ids) }})
		}
		items = append(items, widget.MenuItem{})
	}
	return append(items,
		widget.MenuItem{Label: "Đổi đơn vị giải quyết", Icon: widget.IconEdit, Do: func() { s.changeUnit(ids) }},
		widget.MenuItem{Label: "In…", Icon: widget.IconPrint, Do: func() { s.printMenu(ids, s.under(s.picked)) }},
		widget.MenuItem{Label: "Bỏ chọn", Icon: widget.IconClose, Do: s.unchoose})
}

func (s *Screen) bulkMenu(at fyne.Position) {
	widget.ShowMenu(s.ctx.Window, at, s.bulkItems(s.chosen()))
}

// changeUnit asks for another competent unit of dossiers.
func (s *Screen) changeUnit(ids []uint64) {
	if len(ids) == 0 {
		return
	}
	var unit uint32
	picker := widget.NewPicker(options(s.model.Choices(view.FilterUnit)), func(o widget.Option) { fmt.Sscan(o.Key, &unit) })
	picker.Width = 400
	why := widget.NewArea("", 2)
	unitBox, whyBox := widget.NewFieldBox("Đơn vị giải quyết", picker).Required(), widget.NewFieldBox("Lý do", why).Required()
	title := fmt.Sprintf("Đổi đơn vị: %s hồ sơ", data.FormatInt(int64(len(ids))))
	busy := false
	var d *widget.Dialog
	d = widget.ShowDialog(s.ctx.Window, widget.DialogOptions{Title: title, Default: "Lưu", Cancel: "Hủy bỏ", Width: 460,
		Content: container.New(layout.NewCustomPaddedVBoxLayout(8), unitBox, whyBox), First: picker,
		OnDefault: func() bool {
			if busy {
				return false
			}
			busy = true
			var saved view.Saved
			widget.RunWithProgress(s.ctx.Window, title, func(ctx context.Context, report widget.Report) error {
				var err error
				saved, err = s.model.ChangeUnit(ctx, ids, unit, why.Value(), func(done, total int64) { report(done, total, "Đang ghi") })
				return err
			}, func(err error) {
				busy = false
				unitBox.SetError(nil)
				whyBox.SetError(nil)
				switch box := map[string]*widget.FieldBox{"unit": unitBox, "why": whyBox}[fieldOf(err)]; {
				case err == nil:
					d.Close()
					s.saved(saved)
				case box != nil:
					box.SetError(err)
					d.ShowError(nil)
				default:
					d.ShowError(err)
				}
			})
			return false
		}})
}

// refusals feeds the list of dossiers that a change passed over.
type refusals []desk.Refusal

// Len implements widget.Rows.
func (r refusals) Len() int { return len(r) }

// Cells implements widget.Rows.
func (r refusals) Cells(row int, dst []widget.Cell) {
	dst[0].Text, dst[1].Text = r[row].Code, r[row].Reason
}

// showRefused lists the dossiers that a change passed over, and why.
func (s *Screen) showRefused(done view.Saved) {
	grid := widget.NewGrid([]widget.Column{{ID: "code", Title: "Mã hồ sơ", Width: widget.WidthCode}, {ID: "why", Title: "Lý do", Width: 420, Flex: 1}})
	grid.SetRows(refusals(done.Refused))
	copyAll := widget.NewButton("Chép danh sách", widget.IconCopy, func() {
		var b strings.Builder
		for _, r := range done.Refused {
			b.WriteString(r.Code + "\t" + r.Reason + "\n")
		}
		fyne.CurrentApp().Clipboard().SetContent(b.String())
		widget.ShowToast(s.ctx.Window, "Đã chép danh sách.", "", nil)
	})
	height := min(float32(len(done.Refused)+1)*28+20, 320)
	widget.ShowDialog(s.ctx.Window, widget.DialogOptions{Title: "Kết quả", Default: "Đóng", Width: 680, Extra: []*widget.Button{copyAll},
		Content: container.NewBorder(widget.NewParagraph(done.Said, 640), nil, nil, nil, screen.Tall(height, grid))})
}
