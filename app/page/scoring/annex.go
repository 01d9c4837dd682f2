package scoring

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"giaoban/app/kit"
	"giaoban/app/kit/list"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data/disk"
)

// confirmRules shows the lines of a draft that came from an annex: Enter takes what is
// proposed and goes to the next line, F2 lets another kind of rule be chosen.
func (p *setsPart) confirmRules() {
	if text := p.m.Locked(); text != "" {
		p.s.e.Toast(text)
		return
	}
	told := widget.NewParagraph("", 1100)
	told.Max = 6
	var lines *list.List[AnnexLine]
	var d *widget.Dialog
	busy := false // a rule is being stored: what the list shows of it is old
	done := func(key uint64) func(error) {
		return func(err error) {
			busy = false
			d.ShowError(err)
			if err == nil {
				p.m.Refresh()
				p.nextLine(lines, key)
			}
		}
	}
	choose := func(a *AnnexLine) {
		if !busy {
			p.chooseRule(*a, func() { busy = true }, done(lineKey(a)))
		}
	}
	confirm := func(a *AnnexLine) {
		if busy {
			return
		}
		if !a.Done && !a.Doubt && !a.Sure {
			choose(a)
			return
		}
		one := *a
		busy = true
		p.s.m.Do(func(ctx context.Context) error { return p.m.Confirm(ctx, one) }, done(lineKey(a)))
	}
	lines = listOf(p.s, list.Options[AnnexLine]{ID: "annex-lines", What: "dòng", Paper: "CÁCH CHẤM ĐỌC TỪ PHỤ LỤC", Empty: "Không còn dòng nào.", Key: lineKey, Load: p.m.AnnexLines,
		Filters: []list.Filter[AnnexLine]{{Key: "state", Label: "Tình trạng", Single: true, Choices: annexStates, Of: func(a *AnnexLine) []string { return []string{a.State()} }}},
		Current: func(a *AnnexLine) {
			if a != nil {
				told.SetText(a.Tell())
			}
		},
		Columns: []list.Column[AnnexLine]{
			list.Col("code", "Mã", 64, 0, func(a *AnnexLine) string { return a.Code }), list.Col("title", "Tiêu chí", 180, 0.7, func(a *AnnexLine) string { return a.Title }),
			list.Col("max", "Tối đa", 58, 0, func(a *AnnexLine) string { return a.Max }).Right(), list.Col("words", "Lời của quyết định", 240, 1, func(a *AnnexLine) string { return a.Words }),
			list.Col("kind", "Loại quy tắc", 150, 0, func(a *AnnexLine) string { return a.Kind }), list.Col("detail", "Hiểu là", 220, 1, func(a *AnnexLine) string { return a.Detail }),
			list.Col("state", "Tình trạng", 150, 0, func(a *AnnexLine) string { return a.State() }).Dress(func(a *AnnexLine, c *widget.Cell) {
				c.Mark = kit.If(a.Done, widget.MarkEarly, widget.MarkSoon)
				if !a.Done && !a.Sure {
					c.Mark = widget.MarkLate
				}
			})},
		Open: confirm,
		OnKey: func(ev *fyne.KeyEvent, a *AnnexLine) bool {
			if ev.Name != fyne.KeyF2 || a == nil || a.Code == "" {
				return false
			}
			choose(a)
			return true
		},
		Menu: func(a *AnnexLine, _ []uint64) []widget.MenuItem {
			return []widget.MenuItem{{Label: "Xác nhận, sang dòng sau", Icon: widget.IconCheck, Hint: "Enter", Do: func() { confirm(a) }},
				{Label: "Chọn loại quy tắc khác…", Icon: widget.IconEdit, Hint: "F2", Disabled: a.Code == "" || a.rule == nil && a.Kind == "Các trường hợp", Do: func() { choose(a) }}}
		}})
	all := widget.NewButton("Xác nhận mọi dòng đã rõ", widget.IconCheck, func() {
		var rows []AnnexLine
		for i := range lines.Len() {
			rows = append(rows, *lines.Row(i))
		}
		busy = true
		p.s.m.Do(func(ctx context.Context) error { return p.m.Confirm(ctx, rows...) }, done(0))
	})
	lines.Refresh()
	d = widget.ShowDialog(p.s.e.Window, widget.DialogOptions{Title: "Xác nhận cách chấm từng dòng", Extra: []*widget.Button{all}, Width: 1180,
		Content: stack(8, widget.NewNote("Enter: nhận cách chấm ở cột «Hiểu là», sang dòng sau. F2: chọn loại quy tắc khác. Bộ tiêu chí chỉ dùng để chấm được khi mọi tiêu chí đã có loại quy tắc.", 1100), widget.Tall(320, lines.Body()), widget.Tall(120, told))})
	p.s.e.Window.Canvas().Focus(lines.Grid())
}

func lineKey(a *AnnexLine) uint64 {
	if a.Doubt {
		return list.KeyOf(a.Words)
	}
	return list.KeyOf(a.Code)
}

// nextLine reads the lines anew and goes to the first behind the one of a key that is
// not done.
func (p *setsPart) nextLine(lines *list.List[AnnexLine], key uint64) {
	next, behind := uint64(0), key == 0
	for i := range lines.Len() {
		a := lines.Row(i)
		if behind && !a.Done && next == 0 && lineKey(a) != key {
			next = lineKey(a)
		}
		behind = behind || lineKey(a) == key
	}
	lines.Refresh()
	if next != 0 {
		lines.Go(next)
	}
}

// chooseRule asks for the rule of a line; begin is called before it is stored.
func (p *setsPart) chooseRule(a AnnexLine, begin func(), done func(error)) {
	if a.Kind == "Các trường hợp" {
		p.s.e.Toast("Ghi các trường hợp thưởng, trừ ở phần «Điểm thưởng, điểm trừ» của bộ tiêu chí.")
		return
	}
	p.askRule(a.Code, a.Max, a.Words, a.Form(), func(f RuleForm) {
		begin()
		p.s.m.Do(func(ctx context.Context) error { return p.m.PutRule(ctx, a, f) }, done)
	})
}

// paste takes an annex that was copied from a PDF, a Word document or a spreadsheet.
func (p *setsPart) paste() {
	text := fyne.CurrentApp().Clipboard().Content()
	p.importing(func(ctx context.Context) (int, error) { return p.m.Paste(ctx, text) })
}

// importing takes a set in, tells how many places need a look, and goes on to the rules
// of a draft that has none.
func (p *setsPart) importing(take func(context.Context) (int, error)) {
	faults := 0
	p.s.long("Đang đọc bộ tiêu chí", func(ctx context.Context) (err error) {
		faults, err = take(ctx)
		return err
	}, func() {
		p.m.Refresh()
		text := "Đã nhập bộ tiêu chí."
		if faults > 0 {
			text = fmt.Sprintf("Đã nhập bộ tiêu chí thành bản nháp: còn %d chỗ cần sửa.", faults)
		}
		p.s.e.Done(text)
		if lines, err := p.m.AnnexLines(); err == nil && len(lines) > 0 && faults > 0 {
			p.confirmRules()
		}
	})
}

// print shows the set as the table of the decision.
func (p *setsPart) print() {
	id := p.m.OpenID()
	if id == 0 {
		p.s.e.Toast("Lấy bộ mẫu vào sổ để in.")
		return
	}
	p.s.e.ShowPDF("Bảng tiêu chí", "bo-tieu-chi", func(ctx context.Context, _ bool) ([]byte, error) { return papers.CriteriaPDF(ctx, p.s.e.Desk, id) })
}

// exportTable writes the set as the table of the decision to a workbook or a Word document.
func (p *setsPart) exportTable(ext string, filter widget.FileFilter) {
	id := p.m.OpenID()
	p.s.e.Files.Save(widget.FileQuestion{Title: "Xuất bảng như quyết định", Purpose: "set", Name: p.m.FileName(ext), Filters: []widget.FileFilter{filter}}, func(path string) {
		p.s.long("Đang xuất bảng tiêu chí", func(ctx context.Context) error { return papers.CriteriaFile(ctx, p.s.e.Desk, id, path) },
			func() { p.s.e.Toast("Đã ghi " + disk.Name(path) + ".") })
	})
}
