package catalogue

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"giaoban/app/view"
)

// NewCounters lists the desks between which dossiers go: name, unit, officer,
// state.
func NewCounters(s *view.Session) *List {
	return newList(s, "bộ phận, người thụ lý", func() []Line {
		list, err := s.Desk.Counters()
		if err != nil {
			s.Fault(err)
			return nil
		}
		c := s.Desk.Catalogue()
		var out []Line
		for _, x := range list {
			v := x.Value
			out = append(out, Line{ID: x.ID, Ended: v.Closed, Cells: []string{v.Name, c.Unit(v.Unit).Name, v.Officer, inUse(v.Closed)}})
		}
		return out
	})
}

func inUse(closed bool) string {
	if closed {
		return "Không dùng nữa"
	}
	return "Đang dùng"
}

// NewSigners lists who signs: name, title, authority, validity, first.
func NewSigners(s *view.Session) *List {
	return newList(s, "người ký", func() []Line {
		list, err := s.Desk.AllSigners()
		if err != nil {
			s.Fault(err)
			return nil
		}
		var out []Line
		for _, x := range list {
			v := x.Value
			first := ""
			if v.First {
				first = "Ký chính"
			}
			out = append(out, Line{ID: x.ID, Ended: ended(s, v.To), Cells: []string{v.Name, v.Title, strings.Join(Lines(v.Authority), " / "), validity(v.From, v.To), first}})
		}
		return out
	})
}

// NewCauses lists the causes of delay: name, kind, state.
func NewCauses(s *view.Session) *List {
	return newList(s, "nguyên nhân", func() []Line {
		list, err := s.Desk.Causes()
		if err != nil {
			s.Fault(err)
			return nil
		}
		var out []Line
		for _, x := range list {
			kind := "Chủ quan"
			if x.Value.Objective {
				kind = "Khách quan"
			}
			out = append(out, Line{ID: x.ID, Ended: x.Value.Closed, Cells: []string{x.Value.Name, kind, inUse(x.Value.Closed)}})
		}
		return out
	})
}

// NewBooks lists the numbered books: number, name, fields, next number of this
// year, how many of its numbers were taken back, state. The one book of an office that
// entered none has the id 0.
func NewBooks(s *view.Session) *List {
	return newList(s, "quyển sổ", func() []Line {
		c := s.Desk.Catalogue()
		year := s.Desk.Today().Year()
		list, err := s.Desk.Books()
		if err != nil {
			s.Fault(err)
			return nil
		}
		var out []Line
		for _, x := range list {
			v := x.Value
			var names []string
			for _, f := range v.Fields {
				names = append(names, c.Field(f).Name)
			}
			fields := strings.Join(names, ", ")
			if fields == "" {
				fields = "Mọi lĩnh vực còn lại"
			}
			out = append(out, Line{ID: x.ID, Ended: v.Closed, Cells: []string{strconv.Itoa(v.Number), v.Name, fields, strconv.Itoa(s.Desk.NextSeq(year, v.Number)), skippedNumbers(s, year, v.Number), inUse(v.Closed)}})
		}
		slices.SortStableFunc(out, func(a, b Line) int {
			x, _ := strconv.Atoi(a.Cells[0])
			y, _ := strconv.Atoi(b.Cells[0])
			return cmp.Compare(x, y)
		})
		return out
	})
}

// skippedNumbers lists the numbers of a book that were given this year and taken
// back.
func skippedNumbers(s *view.Session, year, book int) string {
	list, err := s.Desk.Skipped(year, book)
	if err != nil {
		return err.Error()
	}
	numbers := make([]string, len(list))
	for i, g := range list {
		numbers[i] = strconv.Itoa(g.Number)
	}
	return strings.Join(numbers, ", ")
}

// NewRates lists how each rate is computed: rate, denominator, in words, whether
// other ways are offered.
func NewRates(s *view.Session) *List {
	return newList(s, "tỷ lệ", func() []Line { return rateLines(s) })
}
