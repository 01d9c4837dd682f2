package scoring

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/scoring"
	"giaoban/data/text"
)

// The filters of the tree.
const (
	FilterOpen    = "open"    // chưa chấm
	FilterNoProof = "noproof" // thiếu minh chứng
	FilterLost    = "lost"    // bị trừ
	FilterAsked   = "asked"   // cần giải trình
	FilterHand    = "hand"    // sửa điểm, sửa số liệu
)

// Filters lists the filters of the tree.
func Filters() []kit.Choice {
	return []kit.Choice{{Key: FilterOpen, Text: "Chưa chấm"}, {Key: FilterNoProof, Text: "Thiếu minh chứng"}, {Key: FilterLost, Text: "Bị trừ điểm"}, {Key: FilterAsked, Text: "Cần giải trình"}, {Key: FilterHand, Text: "Sửa điểm, sửa số liệu"}}
}

// The codes of the headings of what stands behind the domains.
const (
	bonusHead   = "+"
	penaltyHead = "-"
)

// TreeRow is one line of the tree.
type TreeRow struct {
	Code, Title   string
	Depth         int
	Leaf          bool // can be answered
	Folded, Opens bool // what is below is hidden; there is something below
	Max, Points   string
	Share         [2]int64 // points of the maximum, for the bar; 0 of 0 for none
	Lost          bool
	Open          bool // not answered yet
	NA            bool
	Survey        bool
	Progress      string // of a group: how many leaves are answered
	Marks         string // what wants to be looked at, in words
	Warn          bool
	Head          bool // a domain, or the heading of bonus and penalty
	parents       []string
	tags          []string
	found         string
}

// Tree is the sheet as a tree, folded and narrowed.
type Tree struct {
	m      *Model
	all    []TreeRow
	rows   []int
	folded map[string]bool
	filter []string
	text   string
	at     string // code under the cursor
}

// take reads the card anew; aim is the code to be shown, "" for where the cursor
// is.
func (t *Tree) take(aim string) {
	t.all = t.all[:0]
	c := t.m.Card
	if c == nil {
		t.rows, t.at = nil, ""
		return
	}
	var path []string
	for i := range c.Rows() {
		r := &c.Rows()[i]
		path = append(path[:min(r.Depth, len(path))], r.Node.Code)
		t.all = append(t.all, nodeRow(r, path[:r.Depth]))
	}
	bonus, penalty := c.Adjusts()
	t.adjusts(bonusHead, "Điểm thưởng", bonus, c.Final.Bonus)
	t.adjusts(penaltyHead, "Điểm trừ", penalty, c.Final.Penalty)
	for i := range t.all {
		t.all[i].found = text.Fold(t.all[i].Code + " " + t.all[i].Title)
	}
	if aim != "" {
		t.reveal(aim)
	}
	t.narrow()
	if t.Find(t.at) < 0 {
		t.at = ""
		if i := t.firstLeaf(); i >= 0 {
			t.at = t.Row(i).Code
		}
	}
}

func nodeRow(r *assess.Row, parents []string) TreeRow {
	out := TreeRow{Code: r.Node.Code, Title: r.Node.Title, Depth: r.Depth, Leaf: r.Leaf, Opens: !r.Leaf, Max: r.Max.String(), Survey: r.Survey, Head: r.Depth == 0,
		Share: [2]int64{int64(r.Final.Points), int64(r.Applicable)}, parents: slices.Clone(parents)}
	out.Open = r.Done < r.Leaves
	out.NA = r.Final.NA
	if r.Final.Known {
		out.Points = r.Final.String()
	}
	out.Lost = r.Lost > 0 && r.Final.Known && !r.Final.NA
	if r.Leaf && !r.Final.Known {
		out.Share = [2]int64{}
	}
	if !r.Leaf {
		out.Progress = fmt.Sprintf("%d/%d", r.Done, r.Leaves)
	}
	tag := func(on bool, filter, word string) {
		if on {
			out.tags = append(out.tags, filter)
			if word != "" && r.Leaf {
				if out.Marks != "" {
					out.Marks += " · "
				}
				out.Marks += word
			}
		}
	}
	if r.Leaf {
		tag(r.Done == 0, FilterOpen, "")
		tag(r.Waits, "", "chờ số liệu")
		tag(r.Idle && r.Done > 0, "", "không dùng")
		tag(r.Unanswered, FilterAsked, "cần giải trình")
		tag(r.Asked && !r.Unanswered, FilterAsked, "đã giải trình")
		tag(r.NoProof, FilterNoProof, "thiếu TLKC")
		tag(r.Overridden, FilterHand, "sửa điểm")
		tag(out.Lost, FilterLost, "")
		if l := r.Line; l != nil {
			if e := l.Effective(); e != nil && e.Register != nil {
				if e.Differs() {
					tag(!r.Overridden, FilterHand, "sửa số liệu")
				} else {
					tag(true, "", "từ sổ hồ sơ")
				}
			}
		}
		out.Warn = r.Unanswered || r.NoProof
	}
	return out
}

func (t *Tree) adjusts(code, title string, list []assess.AdjustRow, sum scoring.Points) {
	if len(list) == 0 {
		return
	}
	t.all = append(t.all, TreeRow{Code: code, Title: title, Opens: true, Points: sum.String(), Head: true})
	for _, a := range list {
		r := TreeRow{Code: a.Adjust.Code, Title: a.Adjust.Title, Depth: 1, Leaf: true, parents: []string{code}}
		if a.Adjust.Cap != nil {
			r.Max = a.Adjust.Cap.String()
		}
		if a.Final.Known {
			r.Points = a.Final.String()
		}
		t.all = append(t.all, r)
	}
}

// reveal unfolds what stands above a code and takes the filters away where they
// hide it.
func (t *Tree) reveal(code string) {
	for _, r := range t.all {
		if r.Code == code {
			for _, p := range r.parents {
				delete(t.folded, p)
			}
			if !t.passes(&r) {
				t.filter, t.text = nil, ""
			}
			t.at = code
		}
	}
}

// Reveal brings a code into view.
func (t *Tree) Reveal(code string) {
	t.reveal(code)
	t.renarrow()
}

func (t *Tree) passes(r *TreeRow) bool {
	if len(t.filter) > 0 && !slices.ContainsFunc(t.filter, func(f string) bool { return slices.Contains(r.tags, f) }) {
		return false
	}
	for _, w := range strings.Fields(text.Fold(t.text)) {
		if !strings.Contains(r.found, w) {
			return false
		}
	}
	return true
}

// narrow lists the rows that are in view: those that pass the filters with what
// stands above them, without what is folded away.
func (t *Tree) narrow() {
	t.rows = t.rows[:0]
	filtered := t.Filtered()
	keep := map[string]bool{}
	if filtered {
		for i := range t.all {
			r := &t.all[i]
			if t.passes(r) && (r.Leaf || t.text != "" && len(t.filter) == 0) {
				keep[r.Code] = true
				for _, p := range r.parents {
					keep[p] = true
				}
			}
		}
	}
	for i := range t.all {
		r := &t.all[i]
		if filtered && !keep[r.Code] {
			continue
		}
		if !filtered && slices.ContainsFunc(r.parents, func(p string) bool { return t.folded[p] }) {
			continue
		}
		r.Folded = t.folded[r.Code] && !filtered
		t.rows = append(t.rows, i)
	}
}

// Filtered reports whether something narrows the tree.
func (t *Tree) Filtered() bool { return len(t.filter) > 0 || t.text != "" }

// SetFilter narrows the tree to leaves that want something.
func (t *Tree) SetFilter(keys []string) { t.filter = keys; t.renarrow() }

// SetText narrows the tree to codes and titles that hold all words.
func (t *Tree) SetText(text string) { t.text = text; t.renarrow() }

func (t *Tree) renarrow() {
	t.narrow()
	t.m.tell()
}

// Len returns the number of rows in view.
func (t *Tree) Len() int { return len(t.rows) }

// Row returns a row in view, an empty one outside.
func (t *Tree) Row(i int) TreeRow {
	if i < 0 || i >= len(t.rows) {
		return TreeRow{}
	}
	return t.all[t.rows[i]]
}

// Find returns the row of a code, -1 where it is not in view.
func (t *Tree) Find(code string) int {
	return slices.IndexFunc(t.rows, func(i int) bool { return t.all[i].Code == code })
}

func (t *Tree) firstLeaf() int {
	return slices.IndexFunc(t.rows, func(i int) bool { return t.all[i].Leaf })
}

// Fold folds what is below a row away, or shows it; it reports whether anything
// changed.
func (t *Tree) Fold(i int, folded bool) bool {
	r := t.Row(i)
	if !r.Opens || t.Filtered() || t.folded[r.Code] == folded {
		return false
	}
	if folded {
		t.folded[r.Code] = true
	} else {
		delete(t.folded, r.Code)
	}
	t.renarrow()
	return true
}

// FoldAll folds every domain, or shows everything.
func (t *Tree) FoldAll(folded bool) {
	clear(t.folded)
	if folded {
		for _, r := range t.all {
			if r.Head {
				t.folded[r.Code] = true
			}
		}
	}
	t.renarrow()
}

// Parent returns the row in view above a row, -1 for none.
func (t *Tree) Parent(i int) int {
	r := t.Row(i)
	if len(r.parents) == 0 {
		return -1
	}
	return t.Find(r.parents[len(r.parents)-1])
}

// next returns the code of the next leaf after the cursor, by what is in the set
// and not only in view, that fits; "" for none.
func (t *Tree) next(back bool, fits func(*TreeRow) bool) string {
	n := len(t.all)
	start := slices.IndexFunc(t.all, func(r TreeRow) bool { return r.Code == t.at })
	for k := 1; k <= n; k++ {
		i := start + k
		if back {
			i = start - k
		}
		if i = ((i % n) + n) % n; t.all[i].Leaf && fits(&t.all[i]) {
			return t.all[i].Code
		}
	}
	return ""
}

// Next returns the leaf after the one under the cursor, in the order of the set
// and within the filters, "" for none.
func (t *Tree) Next(back bool) string { return t.next(back, t.passes) }

// NextOf returns the next leaf that a filter lists, "" for none.
func (t *Tree) NextOf(filter string) string {
	return t.next(false, func(r *TreeRow) bool { return slices.Contains(r.tags, filter) })
}

// Counts returns how many leaves each filter lists.
func (t *Tree) Counts() map[string]int {
	out := map[string]int{}
	for i := range t.all {
		for _, tag := range t.all[i].tags {
			out[tag]++
		}
	}
	return out
}

// Empty says why no row is listed.
func (t *Tree) Empty() string {
	if t.Filtered() {
		return "Không có tiêu chí nào khớp với bộ lọc."
	}
	return "Phiếu không có tiêu chí nào."
}

// FilterOptions lists the filters with how many leaves each has.
func (t *Tree) FilterOptions() []kit.Choice {
	counts := t.Counts()
	out := Filters()
	for i := range out {
		out[i].Text += "  " + data.FormatInt(int64(counts[out[i].Key]))
	}
	return out
}
