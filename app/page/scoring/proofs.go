package scoring

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"giaoban/app/kit/form"
	"giaoban/app/kit/list"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/assess"
)

// proofs is the ledger of evidence.
type proofs struct {
	*lists
	docs *list.List[Doc]
}

func newProofs(s *Page) part {
	p := &proofs{}
	add := list.Action{Label: "Thêm tài liệu…", Icon: widget.IconAdd, Main: true, Do: func() { s.proofForm("Thêm tài liệu kiểm chứng", "", Document{}) }}
	number, title := list.Col("number", "Số, ký hiệu", 120, 0, func(d *Doc) string { return d.Number }), list.Col("title", "Tên tài liệu", 220, 1.4, func(d *Doc) string { return d.Title })
	codes, file := list.Col("codes", "Tiêu chí của phiếu", 130, 0.6, func(d *Doc) string { return strings.Join(d.Codes, ", ") }), list.Col("file", "Tệp", 170, 0.6, func(d *Doc) string { return d.FileName() })
	state := list.Col("state", "Tình trạng tệp", 150, 0, func(d *Doc) string { return d.Trouble() }).Dress(func(d *Doc, c *widget.Cell) {
		if d.Bad() {
			c.Mark = widget.MarkLate
		}
	})
	options := list.Options[Doc]{ID: "proofs", What: "tài liệu", Place: "Tìm tài liệu, tiêu chí", Paper: "SỔ TÀI LIỆU KIỂM CHỨNG", Many: true, Key: func(d *Doc) uint64 { return d.ID }, Begin: func() func() ([]Doc, error) { return s.m.Ledger(false) },
		Columns: []list.Column[Doc]{number, list.Col("date", "Ngày", widget.WidthDate, 0, func(d *Doc) string { return d.Date.String() }), title, list.Col("issuer", "Cơ quan ban hành", 150, 0.8, func(d *Doc) string { return d.Issuer }), codes,
			list.Col("links", "Số lần\nkiểm chứng", 82, 0, func(d *Doc) string { return data.FormatInt(int64(d.Links)) }).Right(), file, state},
		Open: p.open, Export: p.exports, Actions: []list.Action{add}, Extra: func() []widget.MenuItem {
			return []widget.MenuItem{{Label: "Đọc lại từng tệp, tìm tệp mất hoặc đổi…", Icon: widget.IconRefresh, Do: p.check}, {Label: "Dung lượng tối đa của một tệp…", Do: p.askLimit}}
		},
		Menu: func(d *Doc, _ []uint64) []widget.MenuItem {
			return []widget.MenuItem{{Label: "Xem tệp", Icon: widget.IconPDF, Hint: "Enter", Disabled: d.File == nil, Do: func() { s.openProof(d.ID, d.Words()) }},
				{Label: "Sửa tài liệu…", Icon: widget.IconEdit, Do: func() { s.editProof(d.ID, "") }}, s.toLeafItem(d.First()),
				{}, {Label: "Bỏ khỏi sổ", Icon: widget.IconTrash, Danger: true, Do: func() {
					s.do(func(ctx context.Context) error { return s.m.Book.DropEvidence(ctx, d.ID) }, "Đã bỏ tài liệu khỏi sổ.")
				}}}
		},
		Empty: "Chưa có tài liệu kiểm chứng nào. Thêm ở từng tiêu chí của phiếu chấm, hoặc thêm vào sổ trước rồi gắn sau.", EmptyVerb: "Thêm tài liệu…", EmptyDo: add.Do}
	bad := options
	bad.ID, bad.Paper, bad.Columns = "bad-files", "TỆP MẤT HOẶC BỊ ĐỔI", []list.Column[Doc]{number, title, file, state, codes}
	bad.Begin = func() func() ([]Doc, error) { return s.m.Ledger(true) }
	bad.Empty, bad.EmptyVerb, bad.EmptyDo = "Mọi tệp còn nguyên trong thư mục.", "Đọc lại từng tệp…", p.check
	bad.Open = func(d *Doc) { s.editProof(d.ID, d.First()) }
	type leaf = assess.Missing
	missing := listOf(s, list.Options[leaf]{ID: "missing-proofs", What: "tiêu chí thiếu tài liệu", Paper: "TIÊU CHÍ THIẾU TÀI LIỆU KIỂM CHỨNG", Key: func(x *leaf) uint64 { return list.KeyOf(x.Code) },
		Columns: []list.Column[leaf]{list.Col("code", "Mã", 64, 0, func(x *leaf) string { return x.Code }), list.Col("title", "Tiêu chí", 220, 1, func(x *leaf) string { return x.Title }),
			list.Col("points", "Điểm", 58, 0, func(x *leaf) string { return x.Points.String() }).Right(), list.Col("hints", "Bộ tiêu chí yêu cầu", 200, 0.9, func(x *leaf) string { return strings.Join(x.Hints, "; ") }),
			list.Col("draft", "Giải trình soạn sẵn", 240, 1, func(x *leaf) string { return x.Draft })},
		Begin: func() func() ([]leaf, error) {
			c := s.m.Card
			return func() ([]leaf, error) {
				if c == nil {
					return nil, nil
				}
				return c.Missing(), nil
			}
		},
		Open: func(x *leaf) { s.toLeaf(x.Code) }, Empty: "Mọi tiêu chí có điểm đều đã có tài liệu kiểm chứng.", Actions: []list.Action{add}})
	p.docs = listOf(s, options)
	p.lists = newLists(s, shelf{name: "Sổ tài liệu", rows: p.docs, paper: papers.ScoreEvidence}, shelf{name: "Tiêu chí thiếu tài liệu", rows: missing, paper: papers.ScoreExplanation}, shelf{name: "Tệp mất hoặc đổi", rows: listOf(s, bad)})
	return p
}

func (p *proofs) open(d *Doc) {
	if d.File != nil {
		p.s.openProof(d.ID, d.Words())
		return
	}
	p.s.editProof(d.ID, d.First())
}

// exports are the ways to give the evidence of a sheet away.
func (p *proofs) exports() []widget.MenuItem {
	c := p.s.m.Card
	name := "minh-chung.zip"
	if c != nil {
		name = fmt.Sprintf("minh-chung-%d.zip", c.Period.Year)
	}
	export := func(title, done string, write func(context.Context, uint64, string, IndexWriter) (Exported, error)) func(string) {
		return func(path string) {
			var n Exported
			p.s.long(title, func(ctx context.Context) (err error) {
				n, err = write(ctx, c.Sheet.ID, path, func(ctx context.Context, sheet uint64, lines []assess.ProofLine) ([]byte, error) {
					return papers.ScoreIndex(ctx, p.s.e.Desk, sheet, lines)
				})
				return err
			}, func() { p.s.e.Toast(fmt.Sprintf("%s %s: %s.", done, filepath.Base(path), n)) })
		}
	}
	return []widget.MenuItem{
		{Label: "Xuất thành thư mục, đánh số theo tiêu chí…", Disabled: c == nil, Do: func() {
			p.s.e.Files.Folder(widget.FileQuestion{Title: "Thư mục để xuất minh chứng", Purpose: "evidence-out"}, export("Đang xuất minh chứng", "Đã xuất vào", p.s.m.ExportFolder))
		}},
		{Label: "Xuất thành một tệp nén…", Disabled: c == nil, Do: func() {
			p.s.e.Files.Save(widget.FileQuestion{Title: "Tệp nén minh chứng", Purpose: "evidence-out", Name: name, Filters: []widget.FileFilter{{Name: "Tệp nén", Patterns: []string{"*.zip"}}}},
				export("Đang nén minh chứng", "Đã nén vào", p.s.m.ExportZip))
		}},
		{Label: "Danh mục tài liệu (in)…", Icon: widget.IconPrint, Disabled: c == nil, Do: func() { p.s.askPapers(papers.ScoreEvidence) }},
	}
}

// askLimit asks up to which size files are taken.
func (p *proofs) askLimit() {
	form.Ask(p.s.e, form.Question[int]{Title: "Dung lượng tối đa của tệp minh chứng", Value: p.s.m.Book.Limit(), Done: func(int) string { return "Đã đổi dung lượng tối đa." },
		Fields: []form.Field[int]{form.Count("limit", "Một tệp lớn nhất (MB)", data.MaxCount, func(n *int) *int { return n }).Need().Note("từ 1 đến 2.000; tệp lớn hơn không nhận")},
		Store:  p.s.m.Book.SetLimit})
}

// check reads every file anew.
func (p *proofs) check() {
	var faults []error
	p.s.long("Đang đọc các tệp minh chứng", func(ctx context.Context) (err error) {
		faults, err = p.s.m.Book.CheckFiles(ctx)
		return err
	}, func() {
		p.refresh()
		if len(faults) == 0 {
			p.s.e.Toast("Mọi tệp minh chứng còn nguyên.")
			return
		}
		var list []string
		for _, err := range faults {
			list = append(list, err.Error())
		}
		p.s.texts(count(len(faults), "tài liệu cần xem lại"), "tài liệu", 12, list)
	})
}
