package logbooks

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit"
	"giaoban/app/kit/cells"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/logbook"
)

// preview shows what would come of a table before it is taken. Rows that are refused
// stand in a sheet, in which they are corrected; each correction is tried at once.
type preview struct {
	p     *part
	take  taking
	how   desk.Taking
	r     desk.EntryImport
	heads []string
	sheet *cells.Sheet
	said  *widget.Paragraph
	notes *fyne.Container
	why   *widget.Field
	asked *widget.FieldBox // asks for why
	d     *widget.Dialog
}

// try reads a table and shows what would come of it.
func (p *part) try(take taking) *preview {
	v := &preview{p: p, take: take, how: desk.Taking{Dry: true}}
	v.read("Đang đọc bảng", func(err error) {
		if err != nil {
			p.e.Fail("Không đọc được bảng", err)
			return
		}
		v.open()
	})
	return v
}

// read tries the table as it was corrected so far.
func (v *preview) read(title string, done func(error)) {
	how := v.how
	how.Fixes = slices.Clone(v.how.Fixes)
	var r desk.EntryImport
	v.p.run(title, func(ctx context.Context, _ widget.Report) (err error) {
		r, err = v.take(ctx, how)
		return err
	}, func(err error) {
		if err == nil {
			v.r = r
		}
		done(err)
	})
}

func (v *preview) open() {
	v.sheet = cells.New(v.p.e)
	v.sheet.OnChange = v.corrected
	v.sheet.Tell = func(row, _ int) string { // whole, where the column cuts it
		if row < len(v.r.Faults) {
			return v.r.Faults[row].Reason
		}
		return ""
	}
	v.sheet.OnKey = func(ev *fyne.KeyEvent) bool { return ev.Name == fyne.KeyInsert }
	v.said = widget.NewNote("", 860)
	v.notes = container.New(layout.NewCustomPaddedVBoxLayout(8))
	v.why = widget.NewField("")
	v.asked = widget.NewFieldBox("Lý do sửa kỳ đã chốt số liệu", v.why)
	v.why.OnLeave = v.reasoned
	v.why.OnEnter = v.reasoned
	v.show()
	content := container.New(layout.NewCustomPaddedVBoxLayout(8), v.said, v.notes, v.asked, widget.Tall(300, v.sheet.Object()))
	v.d = widget.ShowDialog(v.p.e.Window, widget.DialogOptions{Title: "Nhập từ " + v.r.Source, Width: 900, First: v.sheet.Grid(), Default: "Nhập vào sổ", Cancel: "Hủy bỏ", Content: content, OnDefault: v.store})
	v.sheet.Within()
}

// show draws what became of the rows.
func (v *preview) show() {
	n := func(x int) string { return data.FormatInt(int64(x)) }
	text := fmt.Sprintf("%s dòng: mới %s, thay đổi %s, không đổi %s, không nhận %s.", n(v.r.Rows), n(v.r.New), n(v.r.Changed), n(v.r.Same), n(v.r.Rejected))
	if v.r.Rejected > 0 {
		text += " Sửa ngay các ô có dấu đỏ bên dưới (gõ đè, hoặc F2), hoặc bỏ qua những dòng đó."
	}
	v.said.SetText(text)
	v.notes.Objects = nil
	for _, note := range v.r.Notes {
		v.notes.Add(widget.NewNote(note.Text, 860))
	}
	if v.r.Closed > 0 || v.how.Why != "" {
		v.asked.Show()
	} else {
		v.asked.Hide()
	}
	v.heads = nil
	for _, w := range v.r.Wrong {
		for _, head := range w.Heads {
			if !slices.Contains(v.heads, head) {
				v.heads = append(v.heads, head)
			}
		}
	}
	columns := []cells.Column{{Title: "Dòng", Width: 56, Align: widget.Right}, {Title: "Vì sao không nhận", Width: 300, Min: 280, Flex: 1}}
	for _, head := range v.heads {
		columns = append(columns, cells.Column{Title: head, Width: 130, Min: 90, Flex: 0.5})
	}
	rows, faults := v.rows()
	v.sheet.Show(kit.NewTable(rows), columns)
	v.sheet.SetFaults(faults)
}

// firstHead is the place of the first column of the table: before it stand the number of
// the row and why it was refused, which long tables would push out of sight.
const firstHead = 2

// rows are the rows that were refused, with the place of what is wrong in each.
func (v *preview) rows() (rows [][]string, faults map[cells.Place]string) {
	faults = map[cells.Place]string{}
	for i, w := range v.r.Wrong {
		f := &v.r.Faults[i]
		line := make([]string, firstHead+len(v.heads))
		line[0], line[1] = fmt.Sprint(w.Row), reason(f)
		for j, head := range w.Heads {
			line[firstHead+slices.Index(v.heads, head)] = w.Cells[j]
		}
		rows = append(rows, line)
		at := firstHead + slices.Index(v.heads, f.Column) // that of the reason where it is of no column
		faults[cells.Place{Row: i, Column: at}] = f.Reason
	}
	return rows, faults
}

// corrected tries what was typed into the sheet.
func (v *preview) corrected() {
	before, _ := v.rows()
	at := v.sheet.Place()
	found := 0
	for i := range min(len(before), v.sheet.Len()) {
		for j, head := range v.heads {
			text := v.sheet.Text(cells.Place{Row: i, Column: j + firstHead})
			if text == before[i][j+firstHead] {
				continue
			}
			found++
			w := &v.r.Wrong[i]
			fix := desk.Fix{Sheet: w.Sheet, Row: w.Row, Column: head, Text: text}
			v.how.Fixes = slices.DeleteFunc(v.how.Fixes, func(x desk.Fix) bool { return x.Sheet == fix.Sheet && x.Row == fix.Row && x.Column == fix.Column })
			v.how.Fixes = append(v.how.Fixes, fix)
		}
	}
	if found == 0 {
		v.show() // the number of a row and what is wrong with it are not typed
		return
	}
	v.again(at)
}

// reasoned tries the rows of closed periods with the reason that was typed.
func (v *preview) reasoned(text string) {
	if why := strings.TrimSpace(text); why != v.how.Why {
		v.how.Why = why
		v.again(v.sheet.Place())
	}
}

// again tries the table and goes on at a cell.
func (v *preview) again(at cells.Place) {
	v.read("Đang kiểm tra lại", func(err error) {
		if v.show(); err != nil {
			v.d.ShowError(err)
			return
		}
		if n := v.sheet.Len(); n > 0 {
			v.sheet.Go(cells.Place{Row: min(max(at.Row, 0), n-1), Column: min(max(at.Column, 0), len(v.heads)+1)})
		}
	})
}

// store takes the table as it was corrected.
func (v *preview) store() bool {
	if v.r.New+v.r.Changed == 0 {
		v.d.ShowError(data.Fail(data.Conflict, "Bảng không có gì mới so với sổ.", nil))
		return false
	}
	v.how.Dry = false
	v.read("Đang nhập", func(err error) {
		if err != nil {
			v.p.e.Fail("Chưa nhập được", err)
			return
		}
		v.p.e.Done(fmt.Sprintf("Đã nhập %s %s mới, sửa %s.", data.FormatInt(int64(v.r.New)), v.p.kind.One, data.FormatInt(int64(v.r.Changed))))
	})
	return true
}

// reason is why a line was refused, without what stands in the columns before it.
func reason(f *logbook.Fault) string {
	return strings.TrimPrefix(strings.TrimPrefix(f.Reason, fmt.Sprintf("Dòng %d, cột «%s»: ", f.Row, f.Column)), fmt.Sprintf("Dòng %d: ", f.Row))
}
