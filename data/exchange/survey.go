package exchange

import (
	"context"
	"fmt"
	"slices"

	"giaoban/data"
	"giaoban/data/exchange/legacy"
	"giaoban/data/exchange/sheet"
)

// Part is a further table of a file with the heading of the first one.
type Part struct {
	Sheet      int   // from 1
	HeaderRows []int // row numbers of its heading
	Numbers    []int // of its columns in the file, in the order of Mapping.Columns
}

// parts returns the tables that are read, in their order.
func (m *Mapping) parts() []Part {
	first := Part{Sheet: m.Sheet, HeaderRows: m.HeaderRows}
	for i := range m.Columns {
		first.Numbers = append(first.Numbers, m.Columns[i].Number)
	}
	return append([]Part{first}, m.More...)
}

// maxSheets bounds the sheets that are looked at.
const maxSheets = 64

// surveyed is what was found in one table.
type surveyed struct {
	sheet            int // from 0
	info             sheet.Info
	head             []headRow
	register, counts *candidate
	other            *candidate // it has a heading, but not that of a list or of counts
	saved            *Saved     // the officer's answers for the heading of register
	matter           string     // what it is about where that is none of ours
	broken           error
}

// empty reports whether the table holds nothing.
func (v *surveyed) empty() bool {
	return v.broken == nil && !slices.ContainsFunc(v.head, func(h headRow) bool { return len(h.cells) > 0 })
}

// survey looks at the first rows of every table.
func (s *Source) survey(ctx context.Context, book *sheet.Book) ([]surveyed, error) {
	var all []surveyed
	for i, info := range book.Infos() {
		if i >= maxSheets && i != s.opt.Sheet-1 {
			continue
		}
		v := surveyed{sheet: i, info: info}
		if v.head, v.broken = readHead(ctx, book, i); v.broken != nil {
			if ctx.Err() != nil {
				return nil, v.broken
			}
			all = append(all, v)
			continue
		}
		if v.register, v.saved = s.recall(i, v.head); v.register == nil {
			v.register, v.counts, v.other = findHeading(i, v.head)
		}
		if v.matter = otherMatter(info.Name, v.head, v.counts); v.saved == nil {
			if name := otherList(info.Name, v.head, v.register); name != "" {
				v.matter, v.register = name, nil
			}
		}
		all = append(all, v)
	}
	return all, nil
}

// wanted reports whether the table may be the one to read: the one that the
// officer chose, else any that is in sight.
func (s *Source) wanted(v *surveyed) bool {
	if s.opt.Sheet != 0 {
		return v.sheet == s.opt.Sheet-1
	}
	return !v.info.Hidden && !v.info.Missing
}

// find chooses the table and the heading: what the officer sees, never what is
// hidden.
func (s *Source) find(ctx context.Context) error {
	if s.opt.Sheet > len(s.book.Sheets()) || s.opt.Sheet < 0 {
		return noSheet(s.opt.Sheet)
	}
	books := []*sheet.Book{s.book}
	switch s.book.Container {
	case sheet.XLSX, sheet.XLSB, sheet.XLS, sheet.ODS, sheet.DOCX, sheet.XMLSheet:
		// A workbook that lost its font names still may hold legacy text.
		books = append(books, s.book.Reread(legacy.TCVN3), s.book.Reread(legacy.VNI))
	}
	for k, book := range books {
		seen, err := s.survey(ctx, book)
		if err != nil {
			return err
		}
		if k == 0 {
			s.seen = seen
		}
		if best := s.best(seen); best != nil {
			s.book, s.head, s.seen = book, best.head, seen
			if err := s.settle(ctx, best); err != nil {
				return err
			}
			return s.together(ctx, best)
		}
	}
	return s.findCounts(ctx)
}

// best returns the table that is most surely a list of dossiers, nil when none
// is. One for which an officer answered goes first.
func (s *Source) best(seen []surveyed) (best *surveyed) {
	for i := range seen {
		v := &seen[i]
		if v.register == nil || !s.wanted(v) {
			continue
		}
		if v.saved != nil {
			return v
		}
		if best == nil || v.register.score > best.register.score {
			best = v
		}
	}
	return best
}

// settle reads the heading of the chosen table.
func (s *Source) settle(ctx context.Context, v *surveyed) error {
	exact, err := v.register.mend(ctx, s.book, v.head)
	if err != nil {
		return err
	}
	if v.saved != nil {
		if len(exact.columns) != len(v.saved.Facts) {
			exact = v.register
		}
		s.reuse(exact, v.saved)
		return nil
	}
	s.take(exact)
	if s.mapping.judge(); s.mapping.Kind == Aggregated {
		s.take(v.register)
		s.mapping.judge()
	}
	return nil
}

// together adds the other tables in sight that have the heading of the chosen
// one, such as the months of a year.
func (s *Source) together(ctx context.Context, first *surveyed) error {
	if s.opt.Sheet != 0 {
		return nil
	}
	for i := range s.seen {
		v := &s.seen[i]
		if v == first || v.register == nil || !s.wanted(v) {
			continue
		}
		exact, err := v.register.mend(ctx, s.book, v.head)
		if err != nil {
			return err
		}
		for _, c := range []*candidate{exact, v.register} {
			m := Mapping{Columns: c.columns}
			if m.fingerprint(); m.Fingerprint != s.mapping.Fingerprint || len(c.columns) != len(s.mapping.Columns) {
				continue
			}
			part := Part{Sheet: v.sheet + 1, HeaderRows: c.rows}
			for _, col := range c.columns {
				part.Numbers = append(part.Numbers, col.Number)
			}
			s.mapping.More = append(s.mapping.More, part)
			break
		}
	}
	return nil
}

// findCounts takes the table of counts where there is no list, or says why the
// file is refused.
func (s *Source) findCounts(ctx context.Context) error {
	empty, named := true, false
	matter := ""
	var hidden []string
	var report *surveyed
	var broken error
	for i := range s.seen {
		v := &s.seen[i]
		if !s.wanted(v) {
			if v.info.Hidden && (v.register != nil || v.counts != nil) {
				hidden = append(hidden, nameOf(v.info, v.sheet))
			}
			continue
		}
		empty, named = empty && v.empty(), named || v.other != nil
		if broken == nil {
			broken = v.broken
		}
		if matter == "" {
			matter = v.matter
		}
		if report == nil && v.counts != nil && v.matter == "" {
			report = v
		}
	}
	switch {
	case broken != nil:
		return broken
	case report != nil:
		s.head = report.head
		exact, err := report.counts.mend(ctx, s.book, report.head)
		if err != nil {
			return err
		}
		s.take(exact)
		s.mapping.judge()
		s.mapping.Kind = Aggregated
		return nil
	case matter != "":
		return data.Fail(data.Refused, fmt.Sprintf("Tệp là bảng về %s, không phải hồ sơ thủ tục hành chính nên không nhập. "+
			"Chọn sổ theo dõi hồ sơ, biểu II.06a, 07a hoặc báo cáo tổng hợp hồ sơ của bộ phận một cửa.", matter), nil)
	case len(hidden) > 0:
		return data.Fail(data.Refused, fmt.Sprintf("Danh sách nằm ở trang tính đang ẩn (%s), trang đang hiện không có danh sách. "+
			"Mở tệp, cho hiện trang đó rồi lưu và nhập lại; hoặc chọn đúng trang tính khi nhập.", quotedNames(hidden)), nil)
	case empty:
		return sheet.Refuse(sheet.Empty, nil)
	case named:
		return sheet.Refuse(sheet.NoCodeColumn, nil)
	}
	return sheet.Refuse(sheet.NoHeader, nil)
}

func noSheet(n int) error {
	return &data.Error{Code: data.Invalid, Field: "sheet", Message: fmt.Sprintf("Tệp không có trang tính thứ %d. Chọn lại trang tính.", n)}
}

// adopt takes a mapping that the officer changed.
func (s *Source) adopt(ctx context.Context, m *Mapping) (err error) {
	if m.Sheet < 1 || m.Sheet > len(s.book.Sheets()) {
		return noSheet(m.Sheet)
	}
	s.mapping = *m
	s.mapping.Columns = slices.Clone(m.Columns)
	s.mapping.More = slices.DeleteFunc(slices.Clone(m.More), func(p Part) bool {
		return p.Sheet < 1 || p.Sheet > len(s.book.Sheets()) || len(p.Numbers) != len(m.Columns)
	})
	s.mapping.Notes = nil
	s.mapping.settle()
	s.mapping.judge()
	if s.mapping.Kind == Aggregated {
		return sheet.Refuse(sheet.NoCodeColumn, nil)
	}
	s.mapping.fingerprint()
	if s.seen, err = s.survey(ctx, s.book); err != nil {
		return err
	}
	s.head, err = readHead(ctx, s.book, m.Sheet-1)
	return err
}

func (s *Source) take(c *candidate) {
	s.mapping = Mapping{Sheet: c.sheet + 1, HeaderRows: c.rows, Columns: c.columns, Statuses: s.opt.Statuses}
	s.mapping.settle()
	s.mapping.fingerprint()
}
