package scoring

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"giaoban/app/kit"
	"giaoban/app/kit/form"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/assess"
)

// printing is what is asked of tables on paper.
type printing struct {
	Tables []string
	Leaves bool
	Date   data.Day
	Number string
}

// tableField is a box for a table.
func tableField(t papers.ScoreTable) form.Field[printing] {
	return form.Field[printing]{Key: t.ID, Label: t.Title, Kind: form.KindCheck,
		Get: func(p *printing) string {
			return kit.If(slices.Contains(p.Tables, t.ID), form.Ticked, "")
		},
		Set: func(p *printing, text string) error {
			p.Tables = slices.DeleteFunc(slices.Clone(p.Tables), func(id string) bool { return id == t.ID })
			if text == form.Ticked {
				p.Tables = append(p.Tables, t.ID)
			}
			return nil
		}}
}

// sheetPaper is the table on paper that shows a sheet as it stands.
func (m *Model) sheetPaper() string {
	if c := m.Card; c != nil && c.Sheet.State != assess.Drafting {
		return papers.ScoreAppraisal
	}
	return papers.ScoreSelf
}

// askPapers asks which tables are to be printed; the one named is what is in view.
func (s *Page) askPapers(chosen string) {
	c := s.m.Card
	if c == nil {
		s.e.Toast("Chưa có phiếu chấm điểm để in.")
		return
	}
	tables := papers.ScoreTables()
	slices.SortStableFunc(tables, func(a, b papers.ScoreTable) int {
		return kit.If(a.Group, 1, 0) - kit.If(b.Group, 1, 0)
	})
	var fields []form.Field[printing]
	for i, t := range tables {
		f := tableField(t)
		switch {
		case i == 0:
			f = f.Under("Của phiếu: " + c.Name).In(2)
		case t.Group && !tables[i-1].Group:
			f = f.Under("Của nhóm: " + c.Sheet.Group)
		}
		fields = append(fields, f)
	}
	fields = append(fields, form.Check("leaves", "Bảng so sánh: đến từng tiêu chí thành phần", func(p *printing) *bool { return &p.Leaves }),
		form.Day("date", "Ngày ghi trên bảng (để trống để điền tay)", s.m.Today, func(p *printing) *data.Day { return &p.Date }).In(2),
		form.Text("number", "Số báo cáo (để trống để điền tay)", func(p *printing) *string { return &p.Number }))
	request := func(p printing) papers.ScoreRequest {
		return papers.ScoreRequest{Sheet: c.Sheet.ID, Period: c.Period.ID, Group: c.Sheet.Group, Tables: p.Tables, Leaves: p.Leaves, Date: p.Date}
	}
	check := func(p printing) error {
		if len(p.Tables) == 0 {
			return data.Fail(data.Invalid, "Đánh dấu ít nhất một bảng.", nil)
		}
		return nil
	}
	name := fmt.Sprintf("cham-diem-%d", c.Period.Year)
	var f *form.Form[printing]
	var d *widget.Dialog
	// other makes a button that does something else with what was asked.
	other := func(label string, icon widget.IconName, check func(printing) error, do func(printing)) *widget.Button {
		return widget.NewButton(label, icon, func() {
			p, ok, err := f.Read()
			if ok && check != nil {
				err = check(p)
			}
			if !ok || err != nil {
				d.ShowError(err)
				return
			}
			d.Close()
			do(p)
		})
	}
	all := widget.NewButton("Mọi bảng", widget.IconCheck, func() {
		for _, t := range tables {
			f.Type(t.ID, form.Ticked)
		}
	})
	report := other("Báo cáo tự chấm điểm", widget.IconReport, nil, func(p printing) {
		s.e.ShowPDF("Báo cáo tự chấm điểm", "bao-cao-tu-"+name, func(ctx context.Context, _ bool) ([]byte, error) {
			return papers.ScoreReport(ctx, s.e.Desk, c.Sheet.ID, p.Number, p.Date)
		})
	})
	book := other("Xuất Excel", widget.IconExcel, check, func(p printing) {
		s.e.Files.Save(widget.FileQuestion{Title: "Xuất các bảng ra Excel", Purpose: "export", Name: name + ".xlsx", Filters: []widget.FileFilter{widget.FilterExcel}}, func(path string) {
			s.long("Đang xuất Excel", func(ctx context.Context) error { return papers.ScoreWorkbook(ctx, s.e.Desk, request(p), path) },
				func() { s.e.Toast("Đã ghi " + filepath.Base(path) + ".") })
		})
	})
	d = form.Ask(s.e, form.Question[printing]{Title: "In các bảng chấm điểm", Verb: "Xem trang in", Width: 640, Columns: 2, Value: printing{Tables: []string{chosen}, Date: s.m.Today()}, Fields: fields,
		Extra: []*widget.Button{all, report, book}, Ready: func(made *form.Form[printing]) { f = made }, Check: check,
		Then: func(p printing) {
			s.e.ShowPDF("Các bảng chấm điểm", name, func(ctx context.Context, _ bool) ([]byte, error) { return papers.ScorePDF(ctx, s.e.Desk, request(p)) })
		}})
}
