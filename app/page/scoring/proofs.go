package scoring

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"giaoban/app/kit/form"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/assess"
)

// proofsPart is the ledger of evidence.
type proofsPart struct {
	s       *Page
	l       *Ledger
	which   *widget.Segments
	search  *widget.Field
	docs    *widget.Grid
	missing *widget.Grid
	bad     *widget.Grid
}

func newProofsPart(s *Page) *proofsPart {
	p := &proofsPart{s: s, l: NewLedger(s.m)}
	p.which = widget.NewSegments([]string{"Sổ tài liệu", "Tiêu chí thiếu tài liệu", "Tệp mất hoặc đổi"}, func(int) { s.redraw(p); p.fill(); p.focus() })
	p.search = widget.NewField("Tìm tài liệu, tiêu chí")
	p.search.Width = 220
	p.search.OnText = p.l.SetText
	p.docs = widget.NewGrid([]widget.Column{
		{ID: "number", Title: "Số, ký hiệu", Width: 120}, {ID: "date", Title: "Ngày", Width: widget.WidthDate}, {ID: "title", Title: "Tên tài liệu", Width: 220, Min: 160, Flex: 1.4}, {ID: "issuer", Title: "Cơ quan ban hành", Width: 150, Flex: 0.8},
		{ID: "codes", Title: "Tiêu chí của phiếu", Width: 130, Flex: 0.6}, {ID: "links", Title: "Số lần\nkiểm chứng", Width: 82, Align: widget.Right}, {ID: "file", Title: "Tệp", Width: 170, Flex: 0.6}})
	p.docs.OnOpen = p.open
	p.docs.OnMenu = p.menu
	p.docs.SetEmpty("Chưa có tài liệu kiểm chứng nào. Thêm ở từng tiêu chí của phiếu chấm, hoặc thêm vào sổ trước rồi gắn sau.", "Thêm tài liệu…", func() { s.proofForm("Thêm tài liệu kiểm chứng", "", Document{}) })
	p.missing = widget.NewGrid([]widget.Column{
		{ID: "code", Title: "Mã", Width: 64}, {ID: "title", Title: "Tiêu chí", Width: 220, Flex: 1}, {ID: "points", Title: "Điểm", Width: 58, Align: widget.Right}, {ID: "hints", Title: "Bộ tiêu chí yêu cầu", Width: 200, Flex: 0.9}, {ID: "draft", Title: "Giải trình soạn sẵn", Width: 240, Flex: 1}})
	p.missing.Single = true
	p.missing.OnOpen = func(i int) { s.toLeaf(p.l.Missing()[i].Code) }
	p.missing.SetEmpty("Mọi tiêu chí có điểm đều đã có tài liệu kiểm chứng.", "", nil)
	p.bad = widget.NewGrid([]widget.Column{{ID: "title", Title: "Tài liệu", Width: 260, Flex: 1}, {ID: "file", Title: "Tệp", Width: 200, Flex: 0.6}, {ID: "state", Title: "Tình trạng", Width: 170}, {ID: "codes", Title: "Tiêu chí của phiếu", Width: 140}})
	p.bad.Single = true
	p.bad.OnOpen = func(i int) { s.editProof(p.l.Bad()[i].ID, p.l.Bad()[i].First()) }
	p.bad.SetEmpty("Mọi tệp còn nguyên trong thư mục.", "Đọc lại từng tệp…", p.check)
	p.l.Changed = p.fill
	return p
}

func (p *proofsPart) grid() *widget.Grid {
	return []*widget.Grid{p.docs, p.missing, p.bad}[p.which.Chosen()]
}

func (p *proofsPart) object() fyne.CanvasObject {
	tools := widget.Row(-1, p.which)
	if p.which.Chosen() == 0 {
		tools.Add(p.search)
	}
	return above(p.grid(), tools)
}

func (p *proofsPart) actions() []fyne.CanvasObject {
	export := p.s.menuButton("Sổ minh chứng", func() []widget.MenuItem {
		none := p.s.m.Card() == nil
		return []widget.MenuItem{
			{Label: "Xuất thành thư mục, đánh số theo tiêu chí…", Disabled: none, Do: p.exportFolder},
			{Label: "Xuất thành một tệp nén…", Disabled: none, Do: p.exportZip},
			{}, {Label: "Danh mục tài liệu (in)…", Icon: widget.IconPrint, Disabled: none, Do: p.s.askPapers},
			{Label: "Đọc lại từng tệp, tìm tệp mất hoặc đổi…", Icon: widget.IconRefresh, Do: p.check},
			{Label: "Dung lượng tối đa của một tệp…", Do: p.askLimit}}
	})
	return []fyne.CanvasObject{export, widget.NewMainButton("Thêm tài liệu…", widget.IconAdd, func() { p.s.proofForm("Thêm tài liệu kiểm chứng", "", Document{}) })}
}

func (p *proofsPart) refresh()     { p.l.Refresh() }
func (p *proofsPart) escape() bool { return false }
func (p *proofsPart) focus()       { p.s.e.Focus(p.s.page, p.grid()) }
func (p *proofsPart) status() string {
	return fmt.Sprintf("%s · %s · %s", count(len(p.l.Rows()), "tài liệu"), count(len(p.l.Missing()), "tiêu chí thiếu tài liệu"), count(len(p.l.Bad()), "tệp mất hoặc đổi"))
}

func (p *proofsPart) fill() {
	if err := p.l.Err(); err != nil {
		p.s.page.Errors.SetError(err)
	}
	var rows table
	for _, d := range p.l.Rows() {
		row := texts(d.Number, d.Date, d.Title, d.Issuer, d.Codes, data.FormatInt(int64(d.Links)), d.File)
		if d.State == assess.FileGone || d.State == assess.FileChanged {
			row[6].Mark, row[6].Text = widget.MarkLate, d.State.String()
		}
		rows = append(rows, row)
	}
	refill(p.docs, rows)
	rows = nil
	for _, x := range p.l.Missing() {
		hints := ""
		for i, h := range x.Hints {
			if i > 0 {
				hints += "; "
			}
			hints += h
		}
		rows = append(rows, texts(x.Code, x.Title, x.Points.String(), hints, x.Draft))
	}
	refill(p.missing, rows)
	rows = nil
	for _, d := range p.l.Bad() {
		row := texts(d.Words(), d.File, d.State.String(), d.Codes)
		row[2].Mark = widget.MarkLate
		rows = append(rows, row)
	}
	refill(p.bad, rows)
	p.s.e.Status()
}

func (p *proofsPart) open(i int) {
	d := p.l.Rows()[i]
	if d.File != "" {
		p.s.openProof(d.ID, d.Words())
		return
	}
	p.s.editProof(d.ID, d.First())
}

func (p *proofsPart) menu(i int, at fyne.Position) {
	d := p.l.Rows()[i]
	widget.ShowMenu(p.s.e.Window, at, []widget.MenuItem{
		{Label: "Xem tệp", Icon: widget.IconPDF, Hint: "Enter", Disabled: d.File == "", Do: func() { p.s.openProof(d.ID, d.Words()) }},
		{Label: "Sửa tài liệu…", Icon: widget.IconEdit, Do: func() { p.s.editProof(d.ID, "") }},
		{Label: "Xem tiêu chí ở phiếu chấm", Icon: widget.IconScoring, Disabled: d.First() == "", Do: func() { p.s.toLeaf(d.First()) }},
		{}, {Label: "Bỏ khỏi sổ", Icon: widget.IconTrash, Danger: true, Do: func() { p.l.Drop(d.ID, p.s.told("Đã bỏ tài liệu khỏi sổ.")) }}})
}

func (p *proofsPart) index(ctx context.Context, sheet uint64, lines []assess.ProofLine) ([]byte, error) {
	return papers.ScoreIndex(ctx, p.s.e.Desk, sheet, lines)
}

func (p *proofsPart) exportFolder() {
	p.s.e.Files.Folder(widget.FileQuestion{Title: "Thư mục để xuất minh chứng", Purpose: "evidence-out"}, func(dir string) {
		var n Exported
		p.s.long("Đang xuất minh chứng", func(ctx context.Context) (err error) {
			n, err = p.l.ExportFolder(ctx, dir, p.index)
			return err
		}, func() {
			p.s.e.Toast(fmt.Sprintf("Đã xuất vào %s: %s.", filepath.Base(dir), n))
		})
	})
}

func (p *proofsPart) exportZip() {
	name := "minh-chung.zip"
	if c := p.s.m.Card(); c != nil {
		name = fmt.Sprintf("minh-chung-%d.zip", c.Period.Year)
	}
	p.s.e.Files.Save(widget.FileQuestion{Title: "Tệp nén minh chứng", Purpose: "evidence-out", Name: name, Filters: []widget.FileFilter{{Name: "Tệp nén", Patterns: []string{"*.zip"}}}}, func(path string) {
		var n Exported
		p.s.long("Đang nén minh chứng", func(ctx context.Context) (err error) {
			n, err = p.l.ExportZip(ctx, path, p.index)
			return err
		}, func() {
			p.s.e.Toast(fmt.Sprintf("Đã nén vào %s: %s.", filepath.Base(path), n))
		})
	})
}

// askLimit asks up to which size files are taken.
func (p *proofsPart) askLimit() {
	form.Ask(p.s.e, form.Question[int]{Title: "Dung lượng tối đa của tệp minh chứng", Value: p.s.m.Book.Limit(), Done: func(int) string { return "Đã đổi dung lượng tối đa." },
		Fields: []form.Field[int]{form.Count("limit", "Một tệp lớn nhất (MB)", data.MaxCount, func(n *int) *int { return n }).Need().Note("từ 1 đến 2.000; tệp lớn hơn không nhận")},
		Store:  p.s.m.Book.SetLimit})
}

// check reads every file anew.
func (p *proofsPart) check() {
	var faults []error
	p.s.long("Đang đọc các tệp minh chứng", func(ctx context.Context) (err error) {
		faults, err = p.l.Check(ctx)
		return err
	}, func() {
		p.l.Refresh()
		if len(faults) == 0 {
			p.s.e.Toast("Mọi tệp minh chứng còn nguyên.")
			return
		}
		box := container.New(layout.NewCustomPaddedVBoxLayout(6))
		for _, err := range faults[:min(len(faults), 12)] {
			box.Add(widget.NewParagraph(err.Error(), 560))
		}
		if more := len(faults) - 12; more > 0 {
			box.Add(widget.NewNote(fmt.Sprintf("và %d tài liệu nữa.", more), 560))
		}
		widget.ShowDialog(p.s.e.Window, widget.DialogOptions{Title: count(len(faults), "tài liệu cần xem lại"), Content: box, Width: 600})
	})
}
