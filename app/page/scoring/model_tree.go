package scoring

import (
	"cmp"
	"fmt"
	"slices"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/scoring"
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
	Code, Title string
	Depth       int  // 0 for a domain, and for the heading of bonus and penalty
	Leaf        bool // can be answered
	Max, Points string
	Share       [2]int64 // points of the maximum, for the bar; 0 of 0 for none
	Lost        bool
	NA          bool
	Survey      bool
	Progress    string // of a group: how many leaves are answered
	Marks       string // what wants to be looked at, in words
	Warn        bool
	Tags        []string // the filters that list it
}

// Tree is the sheet as a tree.
type Tree struct {
	Rows []TreeRow
	m    *Model
	at   string // code under the cursor
}

// take reads the card anew; aim is the code to be shown, "" for where the cursor
// is.
func (t *Tree) take(aim string) {
	t.Rows = nil
	c := t.m.Card
	if c == nil {
		t.at = ""
		return
	}
	for i := range c.Rows() {
		t.Rows = append(t.Rows, nodeRow(&c.Rows()[i]))
	}
	bonus, penalty := c.Adjusts()
	t.adjusts(bonusHead, "Điểm thưởng", bonus, c.Final.Bonus)
	t.adjusts(penaltyHead, "Điểm trừ", penalty, c.Final.Penalty)
	if t.at = cmp.Or(aim, t.at); t.Of(t.at).Code == "" {
		if i := slices.IndexFunc(t.Rows, func(r TreeRow) bool { return r.Leaf }); i >= 0 {
			t.at = t.Rows[i].Code
		}
	}
}

func nodeRow(r *assess.Row) TreeRow {
	out := TreeRow{Code: r.Node.Code, Title: r.Node.Title, Depth: r.Depth, Leaf: r.Leaf, Max: r.Max.String(), Survey: r.Survey, NA: r.Final.NA,
		Share: [2]int64{int64(r.Final.Points), int64(r.Applicable)}}
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
			out.Tags = append(out.Tags, filter)
			out.Marks = joined(" · ", out.Marks, word)
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
	t.Rows = append(t.Rows, TreeRow{Code: code, Title: title, Points: sum.String()})
	for _, a := range list {
		r := TreeRow{Code: a.Adjust.Code, Title: a.Adjust.Title, Depth: 1, Leaf: true}
		if a.Adjust.Cap != nil {
			r.Max = a.Adjust.Cap.String()
		}
		if a.Final.Known {
			r.Points = a.Final.String()
		}
		t.Rows = append(t.Rows, r)
	}
}

// Of returns the row of a code, an empty one for none.
func (t *Tree) Of(code string) TreeRow {
	if i := slices.IndexFunc(t.Rows, func(r TreeRow) bool { return r.Code == code }); i >= 0 {
		return t.Rows[i]
	}
	return TreeRow{}
}

// Next returns the code of the next leaf after the cursor that fits, round the end; ""
// for none.
func (t *Tree) Next(back bool, fits func(*TreeRow) bool) string {
	n, step := len(t.Rows), 1
	if back {
		step = -1
	}
	i := slices.IndexFunc(t.Rows, func(r TreeRow) bool { return r.Code == t.at })
	for range n {
		if i = (i + step + n) % n; t.Rows[i].Leaf && fits(&t.Rows[i]) {
			return t.Rows[i].Code
		}
	}
	return ""
}

// NextOf returns the next leaf that a filter lists, "" for none.
func (t *Tree) NextOf(filter string) string {
	return t.Next(false, func(r *TreeRow) bool { return slices.Contains(r.Tags, filter) })
}

// Counts returns how many leaves each filter lists.
func (t *Tree) Counts() map[string]int {
	out := map[string]int{}
	for i := range t.Rows {
		for _, tag := range t.Rows[i].Tags {
			out[tag]++
		}
	}
	return out
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
