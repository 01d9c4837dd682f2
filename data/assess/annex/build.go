package annex

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"giaoban/data/scoring"
)

// item is a criterion while the annex is being read.
type item struct {
	row      int
	table    string
	header   [2]string // of the title and of the maximum
	code     code
	full     string // the code that the set uses
	title    string
	max      scoring.Points
	hasMax   bool
	lines    []line
	proof    []string
	note     string
	owner    string
	children []*item
	up       *item
}

// line is a line of the decision about how points are given.
type line struct {
	text   string
	points string // what stands in the column of points beside it
	row    int
}

// builder turns rows into items.
type builder struct {
	table   string
	several bool
	columns *columns
	roots   []*item
	current *item
	heads   []string // the lines before the criteria: titles, the decision
	notes   []string // what the decision says below its table
	noting  bool     // the lines that come are such notes
	faults  []Fault
	places  map[string]Fault
	total   *scoring.Points
	totalAt Fault
	done    bool
}

func (b *builder) fault(row int, column, code, format string, args ...any) {
	b.faults = append(b.faults, Fault{b.tableName(), row, column, code, fmt.Sprintf(format, args...)})
}

func (b *builder) tableName() string {
	if b.several {
		return b.table
	}
	return ""
}

// read reads a table; it reports whether it is one of criteria. A table without a
// heading goes on where the one before stopped, as on the next page of a document.
func (b *builder) read(t Table) bool {
	rows := make([][]string, len(t.Rows))
	for i, r := range t.Rows {
		for _, cell := range r {
			rows[i] = append(rows[i], tidy(cell))
		}
	}
	from := 0
	switch c := findColumns(rows); {
	case c != nil:
		b.columns, from = c, c.last+1
		for _, r := range rows[:c.first] {
			b.above(r)
		}
	case b.columns == nil || !sameWidth(rows, len(b.columns.header)):
		for _, r := range rows {
			b.above(r)
		}
		return false
	}
	for i := from; i < len(rows) && !b.done; i++ {
		if blank(rows[i]) || numbered(rows[i]) || b.columns.repeats(rows[i]) {
			continue
		}
		if len(b.roots) > 0 && signed(rows[i]) {
			return true // the signatures below the table
		}
		if !b.remark(rows[i]) {
			b.row(i+1, rows[i])
		}
	}
	return true
}

func sameWidth(rows [][]string, width int) bool {
	return slices.ContainsFunc(rows, func(r []string) bool { return len(r) >= 2 && len(r) <= width })
}

// above notes what stands before the criteria in a table.
func (b *builder) above(row []string) {
	for _, cell := range row {
		b.headLine(cell)
	}
}

var (
	signForm  = regexp.MustCompile(`^(?:tm\.|kt\.|tl\.|tuq\.|chu tich|noi nhan|nguoi lap|thu truong|xac nhan cua|giam doc|\.+, ngay|ngay \.)`)
	totalForm = regexp.MustCompile(`^(?:tong cong|tong diem|tong so diem|tong so|tong|cong diem|cong)(?:\s*\(.*\))?(?:\s+(?:muc|linh vuc|nhom|phan|cac|toan|toi|diem|cua|bo|[ivx]+|\d+|[a-h])\b.*)?\s*[.:]*$`)
	// «Chỉ đạo, điều hành (tối đa 10 điểm)»
	maxInTitle  = regexp.MustCompile(`\s*[(:]\s*(?:toi da\s*)?` + number + `\s*diem\s*\)?\s*:?$`)
	bonusForm   = regexp.MustCompile(`\b(?:diem thuong|diem cong|cong diem thuong|thuong diem)\b`)
	penaltyForm = regexp.MustCompile(`\b(?:diem tru|tru diem|diem phat)\b`)
)

func signed(row []string) bool {
	return slices.ContainsFunc(row, func(cell string) bool { return signForm.MatchString(fold(cell)) })
}

// entry is a row by what its columns hold.
type entry struct {
	row                      int
	code, title, max, method string
	points, proof, note      string
	owner                    string
	levels                   []string // the texts of the columns of titles, where there are several
}

// entry sorts the cells of a row.
func (b *builder) entry(row int, cells []string) entry {
	e := entry{row: row}
	add := func(to *string, cell string) {
		if cell != "" {
			*to = strings.TrimSpace(*to + "\n" + cell)
		}
	}
	for j, r := range b.columns.of {
		cell := at(cells, j)
		switch r {
		case roleCode:
			add(&e.code, cell)
		case roleTitle:
			e.levels = append(e.levels, cell)
			add(&e.title, cell)
		case roleMax:
			add(&e.max, cell)
		case roleMethod:
			add(&e.method, cell)
		case rolePoints:
			add(&e.points, cell)
		case roleSurvey:
			b.surveyed(&e, cell)
		case roleProof:
			add(&e.proof, cell)
		case roleNote:
			add(&e.note, cell)
		case roleOwner:
			add(&e.owner, cell)
		case roleNone:
			if cell != "" && b.columns.header[j] == "" {
				b.fault(row, "", "", "Ô thứ %d («%s») nằm ở cột không có tiêu đề, không được đọc.", j+1, clip(cell))
			}
		}
	}
	return e
}

// surveyed takes the maximum of a column for the survey: it is that of the criterion, or
// a part of that of a group.
func (b *builder) surveyed(e *entry, cell string) {
	p, ok := points(cell)
	if !ok || p == 0 {
		return
	}
	if own, ok := points(e.max); ok {
		e.max = (own + p).String()
		return
	}
	e.max = cell
	if e.note == "" {
		e.note = "Điều tra xã hội học"
	}
}

// row reads one row below the heading.
func (b *builder) row(row int, cells []string) {
	e := b.entry(row, cells)
	if len(b.columns.titles) > 1 {
		b.levels(e)
		return
	}
	b.place(e)
}

// place puts an entry into the tree.
func (b *builder) place(e entry) {
	if e.title == "" && e.method == "" && e.max != "" && !isPoints(e.max) {
		e.title, e.max = e.max, "" // the row has a cell too few
	}
	c, coded := b.number(&e)
	switch {
	case b.isTotal(e, coded):
	case coded && c.style == styleSmall && b.current != nil:
		e.title = strings.TrimSpace(e.code + " " + e.title)
		b.line(e)
	case coded:
		b.begin(e, c)
	case b.isHead(e):
		c := code{style: styleRoman}
		if b.opens(e.title) {
			c.style = styleWhole
		}
		b.begin(e, c)
	default:
		b.line(e)
	}
}

// number finds the number of an entry: in its column, or at the head of its text.
func (b *builder) number(e *entry) (code, bool) {
	if c, _, ok := codeCell(e.code); ok {
		if e.title == "" && e.method == "" && e.max == "" {
			b.fault(e.row, b.header(roleTitle), "", "Dòng có số «%s» nhưng không có nội dung.", clip(e.code))
		}
		return c, true
	}
	if e.code != "" && strings.Trim(e.code, "-–+•*· ") != "" {
		// A head over all columns stands in the first of them.
		joined := strings.TrimSpace(e.code + "\n" + e.title)
		if c, rest, ok := codeHead(joined); ok {
			e.title = rest
			return c, true
		}
		e.title, e.code = joined, ""
		return code{}, false
	}
	e.code = ""
	if c, rest, ok := codeHead(e.title); ok && c.style != styleSmall {
		if _, isLine := tail(rest); e.max == "" && isLine && len(c.parts) < 2 {
			return code{}, false // «1. Từ 90% trở lên: 1 điểm»
		}
		e.title = rest
		return c, true
	}
	return code{}, false
}

// header returns what the heading of a role says.
func (b *builder) header(r role) string {
	if b.columns == nil {
		return ""
	}
	if r == roleMax && b.columns.max >= 0 {
		return b.columns.header[b.columns.max]
	}
	for j, x := range b.columns.of {
		if x == r {
			return b.columns.header[j]
		}
	}
	return ""
}

// isTotal takes a total row: that of the whole is kept, that of a group compared.
func (b *builder) isTotal(e entry, coded bool) bool {
	name := e.title
	if name == "" {
		name = e.code
	}
	f := strings.TrimSpace(fold(name))
	if coded || !totalForm.MatchString(f) || len(f) > 60 || bonusForm.MatchString(f) || penaltyForm.MatchString(f) {
		return false
	}
	p, ok := points(e.max)
	if !ok {
		if e.max == "" {
			return len(b.roots) > 0 && strings.HasPrefix(f, "tong")
		}
		b.fault(e.row, b.header(roleMax), "", "Dòng «%s» có số «%s» không đọc được.", clip(name), clip(e.max))
		return true
	}
	if at := b.summed(f, p); at != nil {
		if at.hasMax && at.max != p {
			b.fault(e.row, b.header(roleMax), at.code.text, "Dòng «%s» ghi %s, còn «%s» ghi %s.", clip(name), p, clip(at.title), at.max)
		}
		if !at.hasMax {
			at.max, at.hasMax = p, true
		}
		return true
	}
	b.total, b.totalAt = &p, Fault{b.tableName(), e.row, b.header(roleMax), "", ""}
	return true
}

// summed finds the group that a total is about; nil for the whole.
func (b *builder) summed(f string, p scoring.Points) *item {
	words := strings.Fields(strings.Trim(f, ".: "))
	for _, r := range b.roots {
		if r.code.text != "" && len(words) > 1 && words[len(words)-1] == strings.ToLower(r.code.text) {
			return r
		}
	}
	if len(b.roots) == 0 || strings.Contains(f, "tong cong") || strings.HasPrefix(f, "tong diem") {
		return nil
	}
	if last := b.roots[len(b.roots)-1]; strings.HasPrefix(f, "cong") && last.hasMax && last.max == p {
		return last
	}
	return nil
}

// isHead reports a row without a number that begins a part: all capitals, with a maximum.
func (b *builder) isHead(e entry) bool {
	letters := 0
	for _, r := range e.title {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsLetter(r):
			letters++
		}
	}
	_, ok := points(e.max)
	return letters > 5 && (ok || e.max == "" && e.method == "" && (bonusForm.MatchString(fold(e.title)) || penaltyForm.MatchString(fold(e.title)) || b.current == nil))
}

// begin begins a criterion.
func (b *builder) begin(e entry, c code) {
	n := &item{row: e.row, table: b.tableName(), code: c, header: [2]string{b.header(roleTitle), b.header(roleMax)}, owner: oneLine(e.owner)}
	title, rest := splitTitle(e.title)
	n.title = title
	b.tenth(n)
	if !b.under(n) {
		return
	}
	if m := maxInTitle.FindStringSubmatchIndex(fold(n.title)); m != nil && strings.TrimSpace(e.max) == "" {
		e.max = fold(n.title)[m[2]:m[3]]
		n.title = strings.TrimSpace(cut(n.title, fold(n.title), 0, m[0]))
	}
	b.setMax(n, e.max)
	for _, l := range rest {
		n.lines = append(n.lines, line{l, "", e.row})
	}
	b.current = n
	b.details(n, e)
}

// details adds what stands beside the title.
func (b *builder) details(n *item, e entry) {
	if e.method != "" {
		given := splitLines(e.points)
		method := splitLines(e.method)
		for i, l := range method {
			one := line{l, "", e.row}
			if len(given) == len(method) {
				one.points = given[i]
			}
			n.lines = append(n.lines, one)
		}
		if len(given) > 0 && len(given) != len(method) {
			b.fault(e.row, b.header(rolePoints), n.code.text, "Cột điểm có %d dòng, cách chấm có %d dòng, không biết dòng nào với dòng nào.", len(given), len(method))
		}
	} else if e.points != "" && e.title == "" {
		n.lines = append(n.lines, line{e.points, "", e.row})
	}
	n.proof = append(n.proof, splitLines(e.proof)...)
	if e.note != "" {
		n.note = strings.TrimSpace(n.note + "\n" + e.note)
	}
}

// setMax reads the maximum of a criterion.
func (b *builder) setMax(n *item, cell string) {
	if strings.Trim(cell, "-–. ") == "" {
		return
	}
	p, ok := points(cell)
	if !ok {
		b.fault(n.row, n.header[1], n.code.text, "«%s» không phải một số điểm.", clip(cell))
		return
	}
	n.max, n.hasMax = p, true
}

// tenth mends 1.10 that a spreadsheet keeps as the number 1.1.
func (b *builder) tenth(n *item) {
	p := n.code.parts
	if len(p) != 2 || p[0] >= romanPart || p[1]%10 == 0 || p[1] > 9 {
		return
	}
	for at := b.current; at != nil; at = at.up {
		q := at.code.parts
		if len(q) == 2 && q[0] == p[0] && q[1] == p[1]*10-1 {
			p[1] *= 10
			n.code.text = dotted(p)
			return
		}
	}
}

// under finds the place of a criterion by the style of its number.
func (b *builder) under(n *item) bool {
	var above *item
	found := false
	for at := b.current; at != nil && !found; at = at.up {
		if at.code.holds(&n.code) {
			above, found = at, true
		}
	}
	for at := b.current; at != nil && !found; at = at.up {
		if at.code.style == n.code.style {
			above, found = at.up, true
		} else if at.code.style > n.code.style && len(n.code.parts) > 0 && len(at.code.parts) > 0 {
			above = at.up // 2 after 1.1.1 without a 1
		}
	}
	if !found && b.current != nil && above == nil {
		above = b.current
		for above != nil && above.code.style > n.code.style {
			above = above.up
		}
	}
	if above == nil {
		if len(b.roots) > 1 && n.code.text != "" && b.roots[0].code.text == n.code.text && b.roots[0].code.style == n.code.style {
			b.done = true
			b.fault(n.row, "", "", "Từ dòng này là một bộ tiêu chí khác (số «%s» bắt đầu lại), không được đọc. Nhập riêng phần này nếu cần.", n.code.text)
			return false
		}
		b.roots = append(b.roots, n)
	} else {
		above.children = append(above.children, n)
	}
	n.up = above
	return true
}

// line takes a row without a number: a line of how the current criterion is scored, or
// a criterion whose number was left out.
func (b *builder) line(e entry) {
	n := b.current
	if n == nil {
		if len(b.roots) == 0 && e.max == "" {
			b.above([]string{e.title})
			return
		}
		b.fault(e.row, b.header(roleTitle), "", "Dòng «%s» đứng trước mọi tiêu chí, không biết thuộc về đâu.", clip(e.title))
		return
	}
	if _, ok := points(e.max); ok && e.method != "" && e.title != "" && !bulleted(e.title) {
		// A criterion of its own that has no number.
		up := n
		if n.code.text == "" && n.up != nil {
			up = n.up
		}
		fresh := entry{row: e.row, title: e.title, max: e.max, method: e.method, points: e.points, proof: e.proof, note: e.note, owner: e.owner}
		b.current = up
		b.begin(fresh, code{style: styleSmall - 1})
		return
	}
	texts := splitLines(e.title)
	for i, l := range texts {
		one := line{l, "", e.row}
		if i == len(texts)-1 && e.method == "" {
			if one.points = e.max; e.points != "" {
				one.points = e.points
			}
		}
		n.lines = append(n.lines, one)
	}
	if len(texts) == 0 && e.method == "" && e.max != "" {
		if !n.hasMax {
			b.setMax(n, e.max)
		} else {
			b.fault(e.row, b.header(roleMax), n.code.text, "Số «%s» đứng một mình, không biết là điểm của nội dung nào.", clip(e.max))
		}
	}
	if e.method != "" && e.title == "" && e.points == "" && e.max != "" {
		e.points = e.max
	}
	b.details(n, e)
}

// within reports whether the criterion of a level is the one that is being read: a merged
// cell says it in each of its rows.
func (b *builder) within(title string, s style) bool {
	_, rest, ok := codeHead(title)
	if !ok {
		rest = title
	}
	for at := b.current; at != nil; at = at.up {
		if at.code.style == s {
			return strings.HasPrefix(oneLine(rest), at.title)
		}
	}
	return false
}

// levels reads a row in which each level has a column of its own.
func (b *builder) levels(e entry) {
	deepest := -1
	for i, t := range e.levels {
		if t != "" {
			deepest = i
		}
	}
	if deepest < 0 || b.isTotal(entry{row: e.row, title: e.levels[deepest], max: e.max}, false) {
		if deepest < 0 {
			e.title = ""
			b.line(e)
		}
		return
	}
	for i, t := range e.levels {
		if t == "" || i < deepest && b.within(t, styleColumn+style(i)) {
			continue
		}
		c, rest, ok := codeHead(t)
		if !ok {
			c, rest = code{}, t
		}
		if own, _, coded := codeCell(e.code); i == deepest && coded && !ok {
			c = own
		}
		c.style = styleColumn + style(i)
		one := entry{row: e.row, title: rest}
		if i == deepest {
			one = e
			one.title = rest
		}
		b.begin(one, c)
	}
}
