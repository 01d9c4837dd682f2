package list

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"strings"

	"giaoban/app/kit/form"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
	"giaoban/data/text"
)

// listed is a list as papers and workbooks take it: its columns and rows as they
// stand now.
type listed[T any] struct {
	papers.Listing
	columns []Column[T]
	answer  Answer[T]
}

func (l *List[T]) listing(p paper) *listed[T] {
	title := cmp.Or(l.o.Paper, strings.ToUpper("Danh sách "+l.o.What))
	out := &listed[T]{Listing: papers.Listing{Title: title, What: l.o.What, About: p.About, AsOf: l.e.Session.Today(), Persons: l.private(), Full: p.Full}, columns: l.columns, answer: l.answer}
	if d, ok := l.answer.(Dated); ok {
		out.AsOf = d.AsOf()
	}
	out.Rows, _ = l.answer.Len()
	for _, c := range l.columns {
		out.Columns = append(out.Columns, papers.ListingColumn{Title: c.Title, Right: c.Align == widget.Right})
	}
	return out
}

// write lets a paper or a workbook read the rows, off the window's goroutine.
func (x *listed[T]) write(make func(papers.Listing) error) error {
	at, release := x.answer.At, func() error { return nil }
	if r, ok := x.answer.(Reading[T]); ok {
		var err error
		if at, release, err = r.Hold(); err != nil {
			return err
		}
	}
	x.At = x.cells(at)
	err := make(x.Listing)
	return errors.Join(err, release())
}

// cells writes the texts of rows.
func (x *listed[T]) cells(at func(i int) *T) func(i int) []string {
	columns, full := x.columns, x.Full
	cells := make([]string, len(columns))
	return func(i int) []string {
		row := at(i)
		for k, c := range columns {
			cells[k] = c.Text(row)
			switch {
			case full:
			case c.Private:
				cells[k] = ""
			case c.Person:
				cells[k] = papers.Mask(cells[k])
			}
		}
		return cells
	}
}

// about says what narrows the list: the search and the values chosen.
func (l *List[T]) about() string {
	var parts []string
	if l.o.Origin != nil {
		if t := l.o.Origin(l.view); t != "" {
			parts = append(parts, t)
		}
	}
	if t := strings.TrimSpace(l.view.Text); t != "" {
		parts = append(parts, "tìm «"+t+"»")
	}
	for i := range l.o.Filters {
		f := &l.o.Filters[i]
		keys := l.view.Chosen[f.Key]
		if len(keys) == 0 {
			continue
		}
		var words []string
		for _, c := range l.choices(f) {
			for _, k := range keys {
				if c.Key == k {
					words = append(words, c.Text)
				}
			}
		}
		parts = append(parts, text.Within(f.Label)+": "+strings.Join(words, ", "))
	}
	if len(parts) == 0 {
		return ""
	}
	return "Điều kiện: " + strings.Join(parts, "; ")
}

// private reports whether a column holds what papers leave out or shorten.
func (l *List[T]) private() bool {
	for _, c := range l.columns {
		if c.Person || c.Private {
			return true
		}
	}
	return false
}

// paper is what is asked before a list is printed or exported.
type paper struct {
	About string
	Full  bool
}

func (l *List[T]) askPaper(title, verb string, then func(p paper)) {
	fields := []form.Field[paper]{form.Text("about", "Dòng dưới tiêu đề", func(p *paper) *string { return &p.About })}
	if l.private() {
		fields = append(fields, form.Check("full", "Ghi đủ họ tên, địa chỉ, điện thoại", func(p *paper) *bool { return &p.Full }))
	}
	form.Ask(l.e, form.Question[paper]{Title: title, Verb: verb, Value: paper{About: l.about()}, Fields: fields, Then: then})
}

// PrintPage shows the list as it will print.
func (l *List[T]) PrintPage() {
	if l.answer == nil {
		return
	}
	l.askPaper("Xuất PDF như đang liệt kê", "Xem trang in", func(p paper) {
		x := l.listing(p)
		l.e.ShowPDF("Danh sách "+l.o.What, l.fileName(), func(ctx context.Context, _ bool) (pdf []byte, err error) {
			err = x.write(func(listing papers.Listing) error {
				pdf, err = papers.ListingPDF(ctx, l.e.Desk, listing)
				return err
			})
			return pdf, err
		})
	})
}

// exportWorkbook asks how the list is written to a workbook.
func (l *List[T]) exportWorkbook() {
	if l.answer == nil {
		return
	}
	l.askPaper("Xuất Excel như đang liệt kê", "Chọn nơi lưu…", func(p paper) {
		x := l.listing(p)
		l.SaveAs(".xlsx", widget.FilterExcel, x.Rows, func(ctx context.Context, path string, progress func(done, total int64)) error {
			return x.write(func(listing papers.Listing) error {
				return papers.ListingWorkbook(ctx, l.e.Desk, listing, path, progress)
			})
		})
	})
}

// SaveAs asks where the list goes and writes n rows there; ext is the extension of
// its name.
func (l *List[T]) SaveAs(ext string, filter widget.FileFilter, n int, write func(ctx context.Context, path string, progress func(done, total int64)) error) {
	q := widget.FileQuestion{Title: "Lưu danh sách", Purpose: "export", Name: l.fileName() + ext, Filters: []widget.FileFilter{filter}}
	l.e.Files.Save(q, func(path string) {
		l.e.Long("Đang xuất danh sách", "Không xuất được danh sách", func(ctx context.Context, report widget.Report) error {
			return write(ctx, path, func(done, total int64) { report(done, total, "Đang ghi") })
		}, func() {
			l.e.Toast("Đã xuất " + data.FormatInt(int64(n)) + " " + l.o.What + " ra " + filepath.Base(path) + ".")
		})
	})
}

// fileName is the name proposed for what is written, such as "danh-sach-don-vi".
func (l *List[T]) fileName() string {
	return "danh-sach-" + strings.Join(strings.Fields(text.Fold(l.o.What)), "-")
}
