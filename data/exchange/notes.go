package exchange

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/exchange/sheet"
	"giaoban/data/register"
)

// nameOf names a table for people.
func nameOf(info sheet.Info, i int) string {
	if info.Name != "" {
		return info.Name
	}
	return fmt.Sprintf("bảng thứ %d", i+1)
}

// sheetNames returns the names of the tables of a file; one that has none stays
// without when it is the only one.
func sheetNames(book *sheet.Book) []string {
	var names []string
	infos := book.Infos()
	for i, info := range infos {
		if len(infos) == 1 {
			return []string{info.Name}
		}
		names = append(names, nameOf(info, i))
	}
	return names
}

// noteSheets names the tables that are read together and, each with the reason,
// those with content that are not read.
func (s *Source) noteSheets() {
	m := &s.mapping
	if len(m.More) > 0 {
		names := []string{m.SheetName(m.Sheet)}
		for _, p := range m.More {
			names = append(names, m.SheetName(p.Sheet))
		}
		m.warn(NoteTogether, "Đọc chung %d trang tính có cùng tiêu đề: %s.", len(names), quotedNames(names))
	}
	for i := range s.seen {
		v := &s.seen[i]
		n := v.sheet + 1
		if n == m.Sheet || v.empty() || slices.ContainsFunc(m.More, func(p Part) bool { return p.Sheet == n }) {
			continue
		}
		m.warn(NoteUnreadSheet, "Không đọc trang tính «%s»: %s", m.SheetName(n), s.whyUnread(v))
		if v.register != nil || v.counts != nil {
			m.Notes[len(m.Notes)-1].Option = fmt.Sprintf("--sheet %d", n)
		}
	}
	if n := len(m.Sheets) - maxSheets; n > 0 {
		m.warn(NoteUnreadSheet, "Không xem %d trang tính sau trang thứ %d: %s. Tách các trang đó thành tệp khác rồi nhập.", n, maxSheets, quotedNames(m.Sheets[maxSheets:]))
	}
}

// whyUnread says why a table was not read and what can be done.
func (s *Source) whyUnread(v *surveyed) string {
	const again = "Cần thì chọn trang tính này rồi nhập thêm."
	same := false
	if v.register != nil {
		m := Mapping{Columns: v.register.columns}
		m.fingerprint()
		same = m.Fingerprint == s.mapping.Fingerprint
	}
	switch {
	case v.broken != nil:
		return "trang này hỏng. Mở tệp bằng Excel và lưu lại."
	case v.info.Hidden && same:
		return "trang đang ẩn, có danh sách cùng tiêu đề. " + again
	case v.info.Hidden && v.register != nil:
		return "trang đang ẩn, có danh sách hồ sơ. " + again
	case v.info.Hidden:
		return "trang đang ẩn."
	case v.register != nil && same:
		return "trang có danh sách cùng tiêu đề nhưng chỉ đọc trang đã chọn. " + again
	case v.register != nil && s.mapping.Kind != Aggregated:
		return "trang có danh sách với tiêu đề khác. " + again
	case v.matter != "":
		return "trang nói về " + v.matter + "."
	case v.counts != nil:
		return "trang là bảng số liệu tổng hợp. " + again
	}
	return "không có danh sách hồ sơ."
}

// noteHidden names the columns that are read though the officer does not see
// them.
func (s *Source) noteHidden(ctx context.Context) error {
	m := &s.mapping
	view, err := s.book.Layout(ctx, m.Sheet-1)
	if err != nil {
		return err
	}
	var names []string
	for i := range m.Columns {
		if c := &m.Columns[i]; c.Fact != FactIgnore && view.Hides(c.Number) {
			names = append(names, leaf(c.Heading))
		}
	}
	if len(names) > 0 {
		m.warn(NoteHiddenColumns, "Cột đang ẩn trong tệp vẫn được đọc: %s.", quotedNames(names))
	}
	return nil
}

// noteColumns names the columns that feed nothing, and what a list of dossiers
// lacks that figures need. unheaded are columns with content below no heading.
func (m *Mapping) noteColumns(unheaded map[string]bool) {
	var unread []string
	for i := range m.Columns {
		c := &m.Columns[i]
		// A column that is known to tell nothing and holds nothing, such as one
		// for signatures, is no loss.
		if c.Fact == FactIgnore && !(c.known && len(c.Samples) == 0) {
			unread = append(unread, strings.ReplaceAll(c.Heading, "\n", " "))
		}
	}
	if len(unread) > 0 {
		m.warn(NoteUnreadColumn, "Không đọc cột %s: chưa biết cột ghi gì. Cần thì chọn nội dung cho cột.", quotedNames(unread))
	}
	if len(unheaded) > 0 {
		m.warn(NoteUnreadColumn, "Không đọc cột không có tiêu đề: %s. Ghi tiêu đề cho cột rồi nhập lại nếu cần.", strings.Join(slices.Sorted(maps.Keys(unheaded)), ", "))
	}
	if m.Kind == Register && m.Has(FactReceived) && !m.Has(FactDue) {
		m.warn(NoteNoDueColumn, "Tệp không có cột ngày hẹn trả nên không biết hồ sơ nào trễ hạn: hồ sơ đã xong sẽ tính là đúng hạn. "+
			"Nếu một cột ghi hạn dưới tên khác, chọn «Ngày hẹn trả» cho cột đó trước khi nhập.")
	}
}

// cellColumn names a column that has no heading.
func (m *Mapping) cellColumn(sheetIndex, col int) string {
	name := "cột " + letters(col)
	if len(m.More) > 0 {
		name += fmt.Sprintf(" (trang «%s»)", m.SheetName(sheetIndex+1))
	}
	return name
}

// letters names a column as spreadsheets do: A, B, … Z, AA.
func letters(col int) string {
	name := ""
	for ; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}

// tally counts while a file is read what only its rows tell.
type tally struct {
	hidden   []span // rows out of sight, by table
	rows     int    // how many they are
	unitless int
	states   map[string]int // rows of states that nobody has explained
}

// span is a run of rows of a table.
type span struct{ sheet, first, last int }

func (t *tally) add(w *walker, rec *Record) {
	if rec.Verdict == Accepted && rec.Unit == "" {
		t.unitless++
	}
	if rec.Class == UnknownStatus && rec.Verdict == Rejected {
		if t.states == nil {
			t.states = map[string]int{}
		}
		if t.states[rec.Value] > 0 || len(t.states) < mostStates {
			t.states[rec.Value]++
		}
	}
	if !w.row.Hidden {
		return
	}
	t.rows++
	if n := len(t.hidden); n > 0 && t.hidden[n-1].sheet == w.sheet && t.hidden[n-1].last+1 == w.row.Num {
		t.hidden[n-1].last++
		return
	}
	t.hidden = append(t.hidden, span{w.sheet, w.row.Num, w.row.Num})
}

// mostStates bounds the states that are told.
const mostStates = 50

// mostSpans is how many runs of hidden rows are told one by one.
const mostSpans = 8

// notes tells what was counted.
func (t *tally) notes(m *Mapping) (list []Note) {
	if t.rows > 0 {
		var runs []string
		for _, s := range t.hidden[:min(len(t.hidden), mostSpans)] {
			run := fmt.Sprint(s.first)
			if s.last > s.first {
				run += fmt.Sprintf("–%d", s.last)
			}
			if len(m.More) > 0 {
				run += fmt.Sprintf(" (trang «%s»)", m.SheetName(s.sheet+1))
			}
			runs = append(runs, run)
		}
		if len(t.hidden) > mostSpans {
			runs = append(runs, "…")
		}
		list = append(list, Note{Code: NoteHiddenRows, Text: fmt.Sprintf("%s dòng đang ẩn hoặc bị lọc trong tệp vẫn được đọc: dòng %s. Chỉ muốn nhập các dòng đang hiện thì chép chúng rồi dán vào.",
			data.FormatInt(int64(t.rows)), strings.Join(runs, ", "))})
	}
	for _, name := range slices.SortedFunc(maps.Keys(t.states), register.CompareText) {
		list = append(list, Note{Code: NoteUnknownStatus, Text: fmt.Sprintf("Chưa rõ trạng thái «%s» (%s dòng chưa nhập). Cho biết nghĩa của trạng thái rồi nhập lại.",
			name, data.FormatInt(int64(t.states[name]))), Option: fmt.Sprintf("--status \"%s=4\"", name)})
	}
	if t.unitless > 0 && m.Kind == Register {
		list = append(list, Note{Code: NoteNoUnit, Text: fmt.Sprintf("%s hồ sơ không ghi đơn vị nào nên không được tính cho đơn vị nào. Cho biết tệp này của đơn vị nào trước khi nhập.", data.FormatInt(int64(t.unitless))),
			Option: "--unit-of-file TÊN"})
	}
	return list
}
