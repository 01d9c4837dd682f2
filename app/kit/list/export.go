package list

import (
	"context"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/app/kit/form"
	"giaoban/app/papers"
	"giaoban/app/widget"
	"giaoban/data"
)

// lower writes a heading inside a sentence.
func lower(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// listing is the list as papers and workbooks take it: its columns and rows as they
// stand now.
func (l *List[T]) listing(full bool, about string) papers.Listing {
	columns, a := l.columns, l.answer
	title := l.o.Paper
	if title == "" {
		title = strings.ToUpper("Danh sách " + l.o.What)
	}
	out := papers.Listing{Title: title, What: l.o.What, About: about, AsOf: l.e.Desk.Today()}
	out.Rows, _ = a.Len()
	for _, c := range columns {
		out.Columns = append(out.Columns, papers.ListingColumn{Title: c.Title, Right: c.Align == widget.Right})
	}
	cells := make([]string, len(columns))
	out.At = func(i int) []string {
		row := a.At(i)
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
	return out
}

// about says what narrows the list: the search and the values chosen.
func (l *List[T]) about() string {
	var parts []string
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
		for _, c := range f.Choices() {
			for _, k := range keys {
				if c.Key == k {
					words = append(words, c.Text)
				}
			}
		}
		parts = append(parts, lower(f.Label)+": "+strings.Join(words, ", "))
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

// exportPDF shows the list as it will print.
func (l *List[T]) exportPDF() {
	if l.answer == nil {
		return
	}
	l.askPaper("Xem và in như đang liệt kê", "Xem trang in", func(p paper) {
		listing := l.listing(p.Full, p.About)
		l.e.ShowPDF(l.o.Title, l.fileName(), func(ctx context.Context, _ bool) ([]byte, error) { return papers.ListingPDF(ctx, l.e.Desk, listing) })
	})
}

// exportWorkbook writes the list to a workbook.
func (l *List[T]) exportWorkbook() {
	if l.answer == nil {
		return
	}
	l.askPaper("Xuất Excel như đang liệt kê", "Chọn nơi lưu…", func(p paper) {
		listing := l.listing(p.Full, p.About)
		q := widget.FileQuestion{Title: "Lưu danh sách", Purpose: "export", Name: l.fileName() + ".xlsx", Filters: []widget.FileFilter{widget.FilterExcel}}
		l.e.Files.Save(q, func(path string) {
			l.e.Run("Đang xuất danh sách", func(ctx context.Context, report widget.Report) error {
				return papers.ListingWorkbook(ctx, listing, path, func(done, total int64) { report(done, total, "Đang ghi") })
			}, func(err error) {
				if err != nil {
					l.e.Fail("Không xuất được danh sách", err)
					return
				}
				l.e.Toast("Đã xuất " + data.FormatInt(int64(listing.Rows)) + " " + l.o.What + " ra " + filepath.Base(path) + ".")
			})
		})
	})
}

func (l *List[T]) fileName() string { return "danh-sach-" + l.o.ID }
