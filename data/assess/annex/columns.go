package annex

import (
	"slices"
	"strings"
)

// role is what a column of an annex holds.
type role int

const (
	roleNone role = iota
	roleCode
	roleTitle
	roleMax
	roleMethod
	rolePoints // of the single tiers
	roleProof
	roleNote
	roleOwner
	roleSurvey // the maximum where points come from a survey
	roleBlank  // to be filled by those who score
)

// headingWords tell the role of a heading, the first that fits counts.
var headingWords = []struct {
	role  role
	words []string
}{
	{roleBlank, []string{"don vi tinh", "tu cham", "tu danh gia", "tham dinh", "dat duoc", "diem dat", "ket qua cham", "ket qua danh gia", "giai trinh", "diem thuc te", "tu xac dinh", "cham diem lan"}},
	{roleProof, []string{"kiem chung", "minh chung", "tai lieu", "ho so xac dinh"}},
	{roleMax, []string{"diem toi da", "diem chuan", "thang diem", "diem quy dinh", "diem cao nhat", "so diem toi da", "muc diem toi da", "diem so toi da", "toi da", "diem chuan toi da", "khung diem"}},
	{roleMethod, []string{"cach cham", "cach tinh", "phuong phap", "huong dan", "cach danh gia", "cach xac dinh", "chi tiet", "tieu chuan", "yeu cau", "dien giai", "cong thuc", "nguyen tac", "noi dung cham", "cach cho diem", "muc do", "quy dinh"}},
	{roleOwner, []string{"phu trach", "co quan", "don vi", "phong, ban", "chu tri"}},
	{roleNote, []string{"ghi chu"}},
	{roleTitle, []string{"tieu chi", "noi dung", "linh vuc", "chi tieu", "chi so", "nhiem vu", "danh muc", "hang muc"}},
	{rolePoints, []string{"diem"}},
}

var codeHeadings = []string{"stt", "tt", "s.tt", "so tt", "so thu tu", "ma", "ma so", "ma tieu chi", "muc"}

// roleOf tells the role of a heading.
func roleOf(heading string) role {
	f := strings.Join(strings.Fields(fold(heading)), " ")
	if slices.Contains(codeHeadings, strings.Trim(f, ". ")) {
		return roleCode
	}
	if f == "co quan tham dinh" || f == "don vi tham dinh" {
		return roleOwner // who appraises, and no column to be filled
	}
	if strings.Contains(f, "toi da") || strings.Contains(f, "diem chuan") || strings.Contains(f, "thang diem") {
		// «Điểm tối đa: tự đánh giá | điều tra XHH»
		switch {
		case strings.Contains(f, "dieu tra") || strings.Contains(f, "xhh") || strings.Contains(f, "khao sat"):
			return roleSurvey
		case strings.Contains(f, "tu danh gia") || strings.Contains(f, "tu cham") || strings.Contains(f, "tham dinh"):
			return roleMax
		}
	}
	for _, h := range headingWords {
		for _, w := range h.words {
			if strings.Contains(f, w) {
				if h.role == roleTitle && strings.HasPrefix(f, "diem") {
					return rolePoints
				}
				return h.role
			}
		}
	}
	return roleNone
}

// columns are the columns of a table by their role.
type columns struct {
	header []string // of each column
	of     []role
	titles []int // several where each level has a column of its own
	max    int
	first  int // row of the heading
	last   int // its last row, the first below it is the next
}

// maxHeadingRow is where a heading is looked for at most.
const maxHeadingRow = 80

// findColumns finds the heading of a table: one row, or two or three that belong
// together.
func findColumns(rows [][]string) *columns {
	for i := range min(len(rows), maxHeadingRow) {
		var best *columns
		for depth := 1; depth <= 3 && i+depth <= len(rows); depth++ {
			if depth > 1 && (isData(rows[i+depth-1]) || blank(rows[i+depth-1]) || filled(rows[i]) < 2) {
				break
			}
			if c := columnsOf(rows[i : i+depth]); c != nil {
				c.first, c.last = i, i+depth-1
				c.pickMax(rows[i+depth:])
				if best == nil || c.score() > best.score() {
					best = c
				}
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

// score prefers the heading that names more.
func (c *columns) score() int {
	n := 0
	for _, r := range c.of {
		if r != roleNone {
			n++
		}
	}
	if c.max >= 0 && c.of[c.max] == roleMax {
		n += 2
	}
	return n
}

// columnsOf reads a heading; nil where the rows are none.
func columnsOf(rows [][]string) *columns {
	width := 0
	for _, r := range rows {
		width = max(width, len(r))
	}
	c := &columns{header: make([]string, width), of: make([]role, width), max: -1}
	some := 0
	for j := range width {
		var parts []string
		for i, r := range rows {
			text := at(r, j)
			// A heading over several columns stands in the first of them.
			for k := j; text == "" && i < len(rows)-1 && k > 0 && at(rows[len(rows)-1], j) != ""; k-- {
				text = at(r, k-1)
			}
			if text != "" && !slices.Contains(parts, text) {
				parts = append(parts, text)
			}
		}
		c.header[j] = strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
		if len([]rune(c.header[j])) > 90 {
			return nil // a sentence is no heading
		}
		if c.header[j] != "" {
			some++
		}
		c.of[j] = roleOf(c.header[j])
	}
	if some < 2 || !slices.Contains(c.of, roleMax) && !slices.Contains(c.of, rolePoints) {
		return nil
	}
	for j, r := range c.of {
		if r != roleTitle {
			continue
		}
		f := fold(c.header[j])
		switch {
		case len(c.titles) == 0, strings.Contains(f, "tieu chi") && c.beside(j), strings.Contains(f, "thanh phan") && j == c.titles[len(c.titles)-1]+1:
			c.titles = append(c.titles, j)
		default:
			c.of[j] = roleMethod
		}
	}
	if len(c.titles) == 0 {
		return nil
	}
	return c
}

// beside reports whether a column goes on where the titles stop: the next one, or behind
// the numbers («Lĩnh vực | STT | Tiêu chí»).
func (c *columns) beside(j int) bool {
	last := c.titles[len(c.titles)-1]
	return j == last+1 || j == last+2 && c.of[j-1] == roleCode
}

// pickMax chooses the column of the maxima: the one that says so, and where several
// do, the one that holds numbers.
func (c *columns) pickMax(rows [][]string) {
	best := -1.0
	for j, r := range c.of {
		if r != roleMax && r != rolePoints {
			continue
		}
		number, texts := 0, 0
		for _, row := range rows {
			switch cell := at(row, j); {
			case cell == "":
			case isPoints(cell):
				number++
			default:
				texts++
			}
		}
		weight := float64(number) / float64(number+texts+1)
		if r == roleMax {
			weight += 0.5
		}
		if texts > number {
			c.of[j] = roleMethod
		} else if weight > best {
			best, c.max = weight, j
		}
	}
	for j, r := range c.of {
		if (r == roleMax || r == rolePoints) && j != c.max {
			c.of[j] = rolePoints
		}
	}
	if c.max >= 0 {
		c.of[c.max] = roleMax
	}
}

func isPoints(cell string) bool {
	_, ok := points(cell)
	return ok
}

// at returns a cell, clean, its lines kept.
func at(row []string, j int) string {
	if j < 0 || j >= len(row) {
		return ""
	}
	return row[j]
}

func filled(row []string) int {
	n := 0
	for _, cell := range row {
		if cell != "" {
			n++
		}
	}
	return n
}

func blank(row []string) bool { return strings.TrimSpace(strings.Join(row, "")) == "" }

// isData reports a row that is no part of a heading: it has a code or points.
func isData(row []string) bool {
	for j, cell := range row {
		if cell == "" {
			continue
		}
		if _, _, ok := codeCell(cell); ok && j == 0 || isPoints(cell) {
			return true
		}
	}
	return filled(row) == 1
}

// numbered reports the row «(1) (2) (3)», «A B 1 2 3» below a heading.
func numbered(row []string) bool {
	n := 0
	for _, cell := range row {
		cell = strings.Trim(cell, "()[] ")
		switch {
		case cell == "":
		case len(cell) <= 2 && (cell[0] >= '0' && cell[0] <= '9' || cell[0] >= 'A' && cell[0] <= 'E' && len(cell) == 1), strings.ContainsAny(cell, "=") && len(cell) < 10:
			n++
		default:
			return false
		}
	}
	return n >= 3
}

// repeats reports the heading again, as it stands at the top of each page.
func (c *columns) repeats(row []string) bool {
	same, other := 0, 0
	for j, h := range c.header {
		cell := strings.Join(strings.Fields(fold(at(row, j))), " ")
		switch {
		case cell == "":
		case strings.Contains(fold(h), cell) && len(cell) > 1:
			same++
		default:
			other++
		}
	}
	return same >= 2 && other == 0
}
