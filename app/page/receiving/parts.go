package receiving

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/widget"
	"giaoban/data"
)

// partsTable is the list of the papers handed in, a line each.
type partsTable struct {
	s      *page
	object *fyne.Container
	lines  *fyne.Container
	rows   []*partLine
	head   fyne.CanvasObject
	add    *widget.Button
}

// partLine is one paper.
type partLine struct {
	object  fyne.CanvasObject
	name    *widget.Field
	counts  [3]*widget.Field
	digital *widget.Picker
	remove  *widget.Button
}

// Widths of the columns in px at 100 %.
const (
	countWidth   = 66
	digitalWidth = 150
	removeWidth  = 28
)

func newPartsTable(s *page) *partsTable {
	t := &partsTable{s: s, lines: container.New(layout.NewCustomPaddedVBoxLayout(4))}
	note := func(text string, width float32) fyne.CanvasObject {
		return widget.Wide(width, widget.NewNote(text, width))
	}
	t.head = widget.Row(0, widget.NewNote("Thành phần hồ sơ", 120), note("Bản chính", countWidth), note("Chứng thực", countWidth), note("Bản sao", countWidth), note("Số hóa", digitalWidth), note("", removeWidth))
	t.add = widget.NewButton("Thêm giấy tờ", widget.IconAdd, func() { t.insert() })
	hint := widget.NewNote("Trong bảng: Insert thêm dòng, Ctrl+Delete bỏ dòng, mũi tên lên xuống chuyển dòng.", 260)
	t.object = container.New(layout.NewCustomPaddedVBoxLayout(4), t.head, t.lines, container.NewBorder(nil, nil, t.add, nil, container.New(layout.NewCustomPaddedLayout(4, 0, 8, 0), hint)))
	return t
}

// fill brings the lines in step with the model.
func (t *partsTable) fill() {
	parts := t.s.model.Dossier().Parts
	for len(t.rows) < len(parts) {
		t.rows = append(t.rows, t.line(len(t.rows)))
	}
	t.rows = t.rows[:len(parts)]
	t.lines.Objects = t.lines.Objects[:0]
	t.s.filling = true
	for i, r := range t.rows {
		t.lines.Objects = append(t.lines.Objects, r.object)
		r.name.SetValue(parts[i].Name)
		r.name.SetMinRowsVisible(nameRows(parts[i].Name))
		for c, f := range r.counts {
			if t.s.e.Window.Canvas().Focused() != fyne.Focusable(f) {
				f.SetValue(number(*Count(c).Of(&parts[i])))
			}
		}
		r.digital.SetKey(fmt.Sprint(int(parts[i].Digital)))
	}
	t.s.filling = false
	if len(parts) > 0 {
		t.head.Show()
	} else {
		t.head.Hide()
	}
	t.lines.Refresh()
	t.object.Refresh()
}

// nameRows is how many lines the name of a paper takes.
func nameRows(name string) int {
	const letters = 58 // that stand in one line on a small window
	return min(1+len([]rune(name))/letters, 3)
}

func (t *partsTable) line(i int) *partLine {
	m := t.s.model
	r := &partLine{}
	r.name = widget.NewArea("Tên giấy tờ", 1)
	r.name.OnText = func(text string) {
		if !t.s.filling {
			m.EditPart(i, func(p *data.Part) { p.Name = text })
			t.s.typed()
		}
	}
	t.keys(i, -1, r.name)
	row := []fyne.CanvasObject{r.name}
	for c := range r.counts {
		f := widget.NewField("0")
		f.Width = countWidth
		f.OnText = func(text string) {
			if !t.s.filling {
				// A text that is no number is told of when the dossier is saved.
				_ = m.SetPartCount(i, Count(c), text)
				t.s.typed()
			}
		}
		t.keys(i, c, f)
		r.counts[c] = f
		row = append(row, f)
	}
	var options []widget.Option
	for d := data.NotDigitised; d.Valid(); d++ {
		options = append(options, widget.Option{Key: fmt.Sprint(int(d)), Text: d.String()})
	}
	r.digital = widget.NewPicker(options, func(o widget.Option) {
		m.EditPart(i, func(p *data.Part) { p.Digital = data.Digital(atoi(o.Key)) })
		t.s.typed()
	})
	r.digital.Width, r.digital.Placeholder = digitalWidth, "Số hóa"
	r.remove = widget.NewIconButton(widget.IconClose, "Bỏ dòng này (Ctrl+Delete)", func() { t.drop(i) })
	r.object = widget.Row(0, append(row, r.digital, widget.Wide(removeWidth, r.remove))...)
	return r
}

// keys lets a field of line i in column c, -1 for the name, go up and down, add
// and remove lines.
func (t *partsTable) keys(i, c int, f *widget.Field) {
	f.OnFocus = func() { t.s.reveal(t.object) }
	f.EnterGoesOn = true
	f.OnEnter = func(string) { t.down(i, c) }
	f.OnKey = func(ev *fyne.KeyEvent) bool {
		switch ev.Name {
		case fyne.KeyUp:
			t.to(i-1, c)
		case fyne.KeyDown:
			t.to(i+1, c)
		case fyne.KeyInsert:
			t.insert()
		default:
			return false
		}
		return true
	}
	f.OnShortcut = func(sc fyne.Shortcut) bool {
		if k, ok := sc.(*desktop.CustomShortcut); ok && k.KeyName == fyne.KeyDelete && k.Modifier == fyne.KeyModifierControl {
			t.drop(i)
			return true
		}
		return false
	}
}

func (t *partsTable) to(i, c int) bool {
	if i < 0 || i >= len(t.rows) {
		return false
	}
	f := t.rows[i].name
	if c >= 0 {
		f = t.rows[i].counts[c]
	}
	t.s.e.Focus(t.s.frame, f)
	return true
}

// down goes to the line below, from the last one to the field after the table.
func (t *partsTable) down(i, c int) {
	if !t.to(i+1, c) {
		t.s.focus(FieldUnit)
	}
}

func (t *partsTable) insert() {
	i := t.s.model.AddPart()
	t.to(i, -1)
	t.s.reveal(t.object)
	t.s.typed()
}

func (t *partsTable) drop(i int) {
	t.s.e.Window.Canvas().Unfocus()
	t.s.model.RemovePart(i)
	t.s.typed()
	if !t.to(min(i, len(t.rows)-1), -1) {
		t.s.e.Focus(t.s.frame, t.add)
	}
}

// focus goes to the first line.
func (t *partsTable) focus() {
	t.to(0, 0)
	t.s.reveal(t.object)
}
