package exchange

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/exchange/sheet"
)

// nameColumn reports the column that names the rows of a table of counts.
func nameColumn(levels []string) bool { return len(levels) == 1 && holds(levels[0], words.Naming...) }

// group is the part of a table of counts in which a column stands.
type group string

const (
	groupNone     group = ""
	groupReceived group = "received"
	groupNew      group = "new"
	groupResolved group = "resolved"
	groupPending  group = "pending"
	groupAwait    group = "await_reception"
)

func groupOf(level string) group {
	for _, g := range words.Groups {
		if holds(level, g.Words...) {
			return g.Group
		}
	}
	// A level that speaks of receiving and of nothing else: «số văn bản phúc đáp nhận
	// được» counts letters.
	for _, w := range words.TakingIn {
		if rest, ok := strings.CutPrefix(level, w); ok && (rest == "" || rest[0] == ' ') {
			return groupReceived
		}
	}
	return groupNone
}

// splits reports a column that holds a part of the figure named above it: of
// the dossiers finished late, those carried over and those of the period, or
// those online and those at the counter.
func splits(levels []string) bool {
	n := len(levels) - 1
	if n < 1 {
		return false
	}
	switch levels[n] {
	case "ky truoc", "trong ky", "tu ky truoc", "ho so truc tuyen", "ho so truc tiep", "truc tuyen", "truc tiep":
	default:
		return false
	}
	col, count := figureOf(levels[:n])
	return count && col != "" && col != data.ColReceived && col != data.ColNew && col != data.ColCarried
}

// figureOf tells what a column of a table of counts holds by the names of its
// heading, folded, top first. count is false for rates and columns of text.
func figureOf(levels []string) (col data.Column, count bool) {
	leaf := levels[len(levels)-1]
	in := groupNone
	for i := len(levels) - 2; i >= 0 && in == groupNone; i-- {
		in = groupOf(levels[i])
	}
	own := groupOf(leaf)
	if in == groupNone {
		in = own
	}
	has := func(phrases ...string) bool { return holds(leaf, phrases...) }
	if splits(levels) {
		return figureOf(levels[:len(levels)-1])
	}
	switch {
	case has("ty le", "ti le", "ghi chu", "so ngay", "nguyen nhan"), leaf == "":
		return "", false
	case has("thu xin loi"):
		list := [2]data.Column{ColLateApologised, ColLateSilent}
		if in == groupPending {
			list = [2]data.Column{ColOverdueApologist, ColOverdueSilent}
		}
		if has("chua co", "khong co", "chua") {
			return list[1], true
		}
		return list[0], true
	}
	for i := range words.Figures {
		if r := &words.Figures[i]; r.fits(in, leaf) {
			return r.Column, true
		}
	}
	switch sum := has("tong so", "tong"); {
	case in == groupResolved || in == groupPending || in == groupAwait:
		// Whatever else these hold is a sum, or no column of ours.
		if sum || len(levels) == 1 {
			return data.Column(in), true
		}
	case own == groupNew && !sum, in == groupNew && sum:
		return data.ColNew, true
	case in == groupReceived && (sum || len(levels) == 1):
		return data.ColReceived, true
	}
	return "", true
}

var (
	spanWords    = regexp.MustCompile(`(?i)từ\s*(?:ngày)?\s*([^đĐ]{6,40}?)\s*đến\s*(?:hết\s*)?(?:ngày)?\s*([0-9][0-9/.\- ]{5,12}|[0-9]{1,2}\s*tháng\s*[0-9]{1,2}\s*năm\s*[0-9]{4})`)
	quarterWords = regexp.MustCompile(`quy (iv|iii|ii|i|[1-4])(?: nam)? (\d{4})`)
	halfWords    = regexp.MustCompile(`6 thang (dau|cuoi)(?: nam)? (\d{4})`)
	monthsWords  = regexp.MustCompile(`(\d{1,2}) thang(?: dau)?(?: nam)? (\d{4})`)
	monthWords   = regexp.MustCompile(`thang (\d{1,2})(?: nam)? (\d{4})`)
	yearWords    = regexp.MustCompile(`nam (\d{4})`)
)

// periodOf finds the period that the lines above a table name: its days first,
// then a quarter, a half year, months, a year. The zero value when none does.
func periodOf(titles []string) data.Period {
	named := data.Period{}
	for _, line := range titles {
		if p, ok := namedPeriod(fold(line)); ok {
			named = p
			break
		}
	}
	for _, line := range titles {
		m := spanWords.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		from, to := dayIn(m[1]), dayIn(m[2])
		if p, err := data.FreePeriod(from, to); err == nil {
			if named.From == from && named.To == to {
				return named
			}
			return matching(p)
		}
	}
	return named
}

// matching names a free period by its quarter, half, month or year where it is
// one, also by the cut-off days of Decree 09/2019.
func matching(p data.Period) data.Period {
	y := p.To.Year()
	keys := []string{strconv.Itoa(y), fmt.Sprintf("%d-H1", y), fmt.Sprintf("%d-H2", y)}
	for i := 1; i <= 4; i++ {
		keys = append(keys, fmt.Sprintf("%d-Q%d", y, i))
	}
	for i := 1; i <= 12; i++ {
		keys = append(keys, fmt.Sprintf("%d-%02d", y, i))
	}
	for i := 2; i <= 11; i++ {
		keys = append(keys, fmt.Sprintf("%d-%dM", y, i))
	}
	for _, prefix := range []string{"", "nd09:"} {
		for _, key := range keys {
			if k, err := data.ParsePeriod(prefix + key); err == nil && k.From == p.From && k.To == p.To {
				return k
			}
		}
	}
	return p
}

func dayIn(text string) data.Day {
	at, verdict := lexDate([]byte(strings.TrimSpace(text)), sheet.Text).resolve(&Column{Order: DayFirst}, false)
	if verdict != dateOK {
		return data.NoDay
	}
	return at.Day
}

func namedPeriod(line string) (data.Period, bool) {
	key := ""
	if m := quarterWords.FindStringSubmatch(line); m != nil {
		q := map[string]string{"i": "1", "ii": "2", "iii": "3", "iv": "4"}[m[1]]
		if q == "" {
			q = m[1]
		}
		key = m[2] + "-Q" + q
	} else if m := halfWords.FindStringSubmatch(line); m != nil {
		key = m[2] + "-H" + map[string]string{"dau": "1", "cuoi": "2"}[m[1]]
	} else if m := monthsWords.FindStringSubmatch(line); m != nil && !strings.Contains(line, "ngay "+m[1]+" thang") {
		key = m[2] + "-" + m[1] + "M"
	} else if m := monthWords.FindStringSubmatch(line); m != nil && !strings.Contains(line, "ngay ") {
		if n, _ := strconv.Atoi(m[1]); n <= 12 {
			key = fmt.Sprintf("%s-%02d", m[2], n)
		}
	} else if m := yearWords.FindStringSubmatch(line); m != nil && !strings.Contains(line, "thong tu") && !strings.Contains(line, "ngay ") {
		key = m[1]
	}
	if key == "" {
		return data.Period{}, false
	}
	p, err := data.ParsePeriod(key)
	return p, err == nil
}

// reporterOf finds the unit that reports.
func reporterOf(titles []string) string {
	for _, label := range []string{"đơn vị báo cáo", "đơn vị lập báo cáo", "cơ quan báo cáo", "đơn vị"} {
		for _, line := range titles {
			at := strings.Index(strings.ToLower(line), label)
			if at < 0 || at > 6 || strings.Contains(strings.ToLower(line), "đơn vị tính") || strings.Contains(strings.ToLower(line), "nhận báo cáo") {
				continue
			}
			_, name, ok := strings.Cut(line, ":")
			if name = strings.Trim(name, " .…-"); ok && name != "" {
				return name
			}
		}
	}
	return ""
}

var formWords = regexp.MustCompile(`(?i)biểu(?:\s+mẫu)?(?:\s+số)?\s*:?\s*((?:II\.)?0?\d{1,2}[a-d]?)`)

// formOf finds the number of the form.
func formOf(titles []string, family string) string {
	for _, line := range titles {
		if m := formWords.FindStringSubmatch(line); m != nil {
			return m[1]
		}
	}
	switch family {
	case "C":
		return "II.06a"
	case "D":
		return "07a"
	}
	return ""
}

// sumRule is a sum that must hold in every row: Whole is one of the sums of
// the parts. A sum is not looked at when the file lacks one of its columns.
type sumRule struct {
	Whole data.Column
	Sums  [][]data.Column
}

// holds reports whether the sum holds; when not, sum and parts tell the plainest
// reading. A rule without its columns holds.
func (id sumRule) holds(f map[data.Column]int64) (ok bool, sum int64, parts []data.Column) {
	whole, has := f[id.Whole]
	if !has {
		return true, 0, nil
	}
	for _, cols := range id.Sums {
		n, complete := int64(0), true
		for _, c := range cols {
			v, has := f[c]
			n += v
			complete = complete && has
		}
		if !complete {
			continue
		}
		if n == whole {
			return true, n, nil
		}
		if parts == nil {
			sum, parts = n, cols
		}
	}
	return parts == nil, sum, parts
}

// check holds the rows and the total against their sums.
func (t *reportReader) check(r *Report) {
	rows := r.Rows
	if r.HasTotal {
		rows = append(rows[:len(rows):len(rows)], r.Total)
	}
	for i := range rows {
		row := &rows[i]
		for _, id := range words.Sums {
			if ok, sum, parts := id.holds(row.Figures); !ok {
				t.warn("Dòng %d, cột «%s» ghi %s nhưng %s bằng %s. Kiểm tra lại với đơn vị báo cáo.", row.Row, r.heading(id.Whole),
					data.FormatInt(row.Figures[id.Whole]), r.headings(parts), data.FormatInt(sum))
			}
		}
	}
	if !r.HasTotal || len(r.Rows) == 0 {
		return
	}
	top := r.topLevel()
	for _, c := range r.Columns {
		want, ok := r.Total.Figures[c.Column]
		if c.Column == "" || !ok {
			continue
		}
		all, heads := int64(0), int64(0)
		for i := range r.Rows {
			n := r.Rows[i].Figures[c.Column]
			all += n
			if top[i] {
				heads += n
			}
		}
		if all != want && heads != want {
			t.warn("Dòng %d (tổng cộng), cột «%s» ghi %s nhưng cộng các dòng được %s. Kiểm tra lại với đơn vị báo cáo.", r.Total.Row, c.Heading,
				data.FormatInt(want), data.FormatInt(heads))
		}
	}
}

// topLevel tells which rows the total sums up when a table lists fields and
// their procedures below each other: those whose mark is of the kind of the
// first row's.
func (r *Report) topLevel() []bool {
	top := make([]bool, len(r.Rows))
	kind := markKind(r.Rows[0].Mark)
	for i := range r.Rows {
		top[i] = markKind(r.Rows[i].Mark) == kind
	}
	return top
}

func markKind(mark string) byte {
	mark = strings.Trim(mark, " .)(-/")
	switch {
	case mark == "":
		return 0
	case strings.Trim(mark, "0123456789") == "":
		return '1'
	case strings.Trim(mark, "IVXL") == "":
		return 'I'
	case strings.Contains(mark, "."):
		return '.'
	case strings.ToUpper(mark) == mark:
		return 'A'
	}
	return 'a'
}

func (r *Report) heading(col data.Column) string {
	for _, c := range r.Columns {
		if c.Column == col {
			return c.Heading
		}
	}
	return col.Label()
}

// headings names the parts of a sum.
func (r *Report) headings(parts []data.Column) string {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = fmt.Sprintf("«%s»", leaf(r.heading(p)))
	}
	return strings.Join(names, " + ")
}

// Sum adds up the rows of the highest level.
func (r *Report) Sum() (sum data.Counts) {
	if len(r.Rows) == 0 {
		return sum
	}
	for i, top := range r.topLevel() {
		if top {
			sum.Add(r.Rows[i].Counts())
		}
	}
	return sum
}
