package app

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fw "fyne.io/fyne/v2/widget"

	"giaoban/app/env"
	"giaoban/app/widget"
)

// keys are those that work everywhere, with what the help says of them.
func (o *office) keys() []env.Key {
	ctrl := fyne.KeyModifierControl
	say := func(label, help string) env.Key { return env.Key{Label: label, Help: help} }
	return []env.Key{
		say("Alt+1 … Alt+9; Alt + N, H, S …", "chuyển màn hình; chữ của mỗi màn hình hiện khi trỏ chuột vào tên nó"),
		say("Alt + mũi tên trái, phải", "lùi, tiến qua các nơi đã xem, giữ bộ lọc và chỗ đang đọc"),
		{Name: fyne.KeyF, Modifier: ctrl, Label: "Ctrl+F", Help: "ô tìm của màn hình; gõ có dấu hay không dấu đều được, cụm chữ trong dấu nháy kép phải liền nhau", Do: o.findHere},
		{Name: fyne.KeyK, Modifier: ctrl, Label: "Ctrl+K", Help: "ô tìm hồ sơ ở đầu cửa sổ", Do: func() { o.header.focus() }},
		say("Mũi tên, PageUp, PageDown", "đi trong danh sách; Home, End: dòng đầu, dòng cuối"),
		say("F6, Ctrl+A", "từ ô tìm sang danh sách và trở lại; chọn tất cả đang liệt kê"),
		say("Enter, bấm đúp", "mở dòng đang chọn; Esc: đóng"),
		say("Shift, Ctrl + bấm", "chọn nhiều dòng; ở đầu cột: Shift thêm một cột để xếp; Ctrl+C: chép các dòng đã chọn"),
		say("Bấm phải, phím Menu", "những việc làm được với dòng đang chọn"),
		{Name: fyne.KeyZ, Modifier: ctrl, Label: "Ctrl+Z, Ctrl+Y", Help: "hoàn tác, làm lại", Do: func() { o.revertKey(false) }},
		{Name: fyne.KeyY, Modifier: ctrl, Do: func() { o.revertKey(true) }},
		{Name: fyne.KeyP, Modifier: ctrl, Label: "Ctrl+P", Help: "in: phiếu của hồ sơ đang chọn, báo cáo đang xem", Do: o.print},
		{Name: fyne.KeyEqual, Modifier: ctrl, Label: "Ctrl+dấu cộng, dấu trừ, Ctrl+0", Help: "chữ to hơn, nhỏ hơn; về cỡ thường", Do: func() { o.zoom(10) }},
		{Name: fyne.KeyPlus, Modifier: ctrl, Do: func() { o.zoom(10) }}, {Name: fyne.KeyPlus, Modifier: ctrl | fyne.KeyModifierShift, Do: func() { o.zoom(10) }},
		{Name: fyne.KeyEqual, Modifier: ctrl | fyne.KeyModifierShift, Do: func() { o.zoom(10) }},
		{Name: fyne.KeyMinus, Modifier: ctrl, Do: func() { o.zoom(-10) }}, {Name: fyne.Key0, Modifier: ctrl, Do: func() { o.zoom(0) }},
		{Name: fyne.KeyL, Modifier: ctrl, Label: "Ctrl+L", Help: "khóa sổ đang được bảo vệ", Do: func() { o.w.lock() }},
		say("F4", "mở lịch trong ô ngày; gõ 0503 là 05/03, năm của ngày đang có trong ô, ô trống thì năm nay"),
	}
}

// zoom makes the text larger or smaller by steps in per cent; 0 goes back to the
// usual size.
func (o *office) zoom(by int) {
	percent, dark := o.env.Look(0, false)
	if percent += by; by == 0 {
		percent = 100
	}
	percent = min(max(percent, widget.MinPercent), widget.MaxPercent)
	o.env.Look(percent, dark)
	o.env.Toast(fmt.Sprintf("Cỡ chữ %d %%.", percent))
}

// findHere enters the search of the page in view, of the register where it has none.
func (o *office) findHere() {
	if p, ok := o.shell.Current().(env.Searcher); ok {
		p.FocusSearch()
		return
	}
	o.shell.Go(env.Route{Page: env.Register})
	if p, ok := o.shell.Current().(env.Searcher); ok {
		p.FocusSearch()
	}
}

// print prints what the page in view shows, the report where it prints nothing.
func (o *office) print() {
	if p, ok := o.shell.Current().(env.Printer); ok {
		p.PrintPage()
		return
	}
	o.shell.Go(env.Route{Page: env.Briefing})
	if p, ok := o.shell.Current().(env.Printer); ok {
		p.PrintPage()
	}
}

// help shows the part of the guide on the page in view, and the keys.
func (o *office) help() {
	const left, right = 180, 400
	box := container.New(layout.NewCustomPaddedVBoxLayout(4))
	for _, k := range o.shell.Help() {
		key := widget.NewParagraph(k[0], left)
		key.Bold = true
		box.Add(container.NewBorder(nil, nil, widget.Wide(left, key), nil, widget.NewParagraph(k[1], right)))
	}
	box.Add(widget.Gap(8))
	box.Add(widget.NewNote("Tệp dữ liệu: "+o.desk.Where(), left+right))
	guide := fw.NewRichTextFromMarkdown(guideOf(o.shell.Now()))
	guide.Wrapping = fyne.TextWrapWord
	parts := []fyne.CanvasObject{container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, 16), guide)), container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, 12), box))}
	parts[1].Hide()
	choice := widget.NewSegments([]string{"Màn hình này", "Các phím"}, func(i int) {
		parts[i].Show()
		parts[1-i].Hide()
	})
	// The keys without scrolling where the window has room.
	height := min(box.MinSize().Height, o.w.win.Canvas().Size().Height-widget.Scaled(180)) / widget.Scaled(1)
	content := container.NewBorder(container.NewHBox(choice), nil, nil, nil, widget.Tall(height, container.NewStack(parts...)))
	var d *widget.Dialog
	d = widget.ShowDialog(o.w.win, widget.DialogOptions{Title: "Trợ giúp", Content: content, Default: "Đóng", Width: left + right,
		Extra: []*widget.Button{widget.NewButton("Giới thiệu", "", func() { d.Close(); o.about() }), widget.NewButton("Báo lỗi…", "", func() { d.Close(); o.w.report() })}})
}

// about tells which program this is.
func (o *office) about() {
	widget.Message(o.w.win, "Sổ Giao Ban CCHC "+Version, "Sổ theo dõi hồ sơ một cửa, chấm điểm Chỉ số CCHC và tài liệu hội nghị giao ban, trên một máy, không cần mạng.\n"+
		"Tệp dữ liệu: "+o.desk.Where()+"\nPhần mềm tự do, giấy phép Apache 2.0; giấy phép của những phần dùng chung ở tệp NOTICE.", nil)
}
