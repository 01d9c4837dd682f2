package annex

import (
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/scoring"
	"giaoban/data/text"
)

// finish makes the set of what was read.
func (b *builder) finish() *Draft {
	b.name()
	title, source, year, before := b.head()
	set := scoring.NewSet("phu-luc", levelOf(title), title, year)
	set.Meta.Source, set.Meta.Before, set.Meta.After = source, before, strings.Join(b.notes, "\n")
	set.Meta.Total = 0
	var bonus, penalty scoring.Points
	for _, r := range b.roots {
		if kind := r.adjusts(); kind != 0 {
			b.adjust(set, r, kind)
			if kind > 0 {
				bonus += r.max
			} else {
				penalty += max(r.max, -r.max)
			}
			continue
		}
		if n := b.node(set, r); n != nil {
			set.Criteria = append(set.Criteria, n)
			set.Meta.Total += n.Max
		}
	}
	if bonus > 0 {
		set.Meta.BonusCap = &bonus
	}
	if penalty > 0 {
		set.Meta.PenaltyCap = &penalty
	}
	if t := b.total; t != nil && *t != set.Meta.Total {
		if bonus > 0 && set.Meta.Total+bonus == *t {
			set.Meta.BonusOutside = false
		}
		set.Meta.Total = *t
		b.places[scoring.FieldHead] = b.totalAt
	}
	return &Draft{Set: set, Faults: b.faults, places: b.places}
}

// name gives every criterion a code that no other has: as printed, with that of the
// part before it where the numbers begin again in each part.
func (b *builder) name() {
	seen, again := map[string]bool{}, false
	walk(b.roots, func(n *item) {
		if n.code.text != "" && seen[n.code.text] {
			again = true
		}
		seen[n.code.text] = true
	})
	used := map[string]bool{}
	var give func(list []*item, up *item)
	give = func(list []*item, up *item) {
		for i, n := range list {
			n.full = n.code.text
			switch {
			case n.full == "" && up == nil:
				n.full = fmt.Sprint(i + 1)
			case n.full == "":
				n.full = fmt.Sprintf("%s.%d", up.full, i+1)
			case again && up != nil && up.code.text != "" && strings.HasPrefix(n.full, up.code.text+"."):
				n.full = up.full + strings.TrimPrefix(n.full, up.code.text)
			case again && up != nil && !strings.HasPrefix(n.full, up.full+"."):
				n.full = up.full + "." + n.full
			}
			if used[n.full] {
				b.faults = append(b.faults, Fault{n.table, n.row, "", n.full, fmt.Sprintf("Số «%s» dùng hai lần; sửa mã của một trong hai tiêu chí.", n.full)})
			}
			used[n.full] = true
			give(n.children, n)
		}
	}
	give(b.roots, nil)
}

func walk(list []*item, visit func(*item)) {
	for _, n := range list {
		visit(n)
		walk(n.children, visit)
	}
}

// adjusts tells whether a part holds bonus (1) or penalty (-1); 0 for neither.
func (n *item) adjusts() int {
	f := fold(n.title)
	if len(f) > 40 {
		f = f[:40]
	}
	switch {
	case bonusForm.MatchString(f) && penaltyForm.MatchString(f):
		return 2
	case bonusForm.MatchString(f):
		return 1
	case penaltyForm.MatchString(f):
		return -1
	}
	return 0
}

// node makes a criterion and what is below it.
func (b *builder) node(set *scoring.Set, it *item) *scoring.Node {
	n := &scoring.Node{Code: it.full, Title: text.Line(it.title), Max: it.max, Evidence: it.proof, Owner: it.owner, Note: it.note}
	b.places[n.Code] = Fault{it.table, it.row, it.header[1], n.Code, ""}
	b.split(it)
	var sum scoring.Points
	for _, c := range it.children {
		if kind := c.adjusts(); kind != 0 && it.up == nil && len(it.children) > 1 {
			b.adjust(set, c, kind)
			continue
		}
		child := b.node(set, c)
		n.Children = append(n.Children, child)
		sum += child.Max
	}
	n.Words = it.words()
	if len(n.Children) > 0 {
		if !it.hasMax {
			n.Max = sum
		}
		return n
	}
	if !it.hasMax {
		if best, ok := bestOf(n.Words); ok {
			n.Max = best
			b.faults = append(b.faults, Fault{it.table, it.row, it.header[1], n.Code, fmt.Sprintf("Tiêu chí %s không ghi điểm tối đa; lấy điểm của mức cao nhất, %s. Kiểm tra lại.", n.Code, best)})
		} else {
			b.faults = append(b.faults, Fault{it.table, it.row, it.header[1], n.Code, fmt.Sprintf("Tiêu chí %s không ghi điểm tối đa.", n.Code)})
		}
	}
	return n
}

// split makes criteria of the lines of a leaf that have lines of their own: «a) … 0,5»
// with tiers below each.
func (b *builder) split(it *item) {
	if len(it.children) > 0 {
		return
	}
	var heads []int
	for i, l := range it.lines {
		if c, _, ok := codeHead(l.text); ok && c.style == styleSmall && isPoints(l.points) {
			heads = append(heads, i)
		}
	}
	if len(heads) < 2 || heads[0] != 0 || heads[len(heads)-1]-heads[0]+1 == len(heads) && len(it.lines) == len(heads) {
		return
	}
	var parts []*item
	for k, i := range heads {
		end := len(it.lines)
		if k+1 < len(heads) {
			end = heads[k+1]
		}
		c, rest, _ := codeHead(it.lines[i].text)
		p := &item{row: it.lines[i].row, table: it.table, header: it.header, title: rest, up: it, code: c, full: it.full + "." + c.text, lines: it.lines[i+1 : end]}
		p.max, p.hasMax = points(it.lines[i].points)
		parts = append(parts, p)
	}
	it.children, it.lines = parts, nil
}

// words joins the lines of the decision, the points of the column beside them behind a
// colon.
func (n *item) words() string {
	var out []string
	for _, l := range n.lines {
		s := l.text
		if l.points != "" {
			if _, there := tail(s); !there {
				s = strings.TrimRight(s, " :.;") + ": " + l.points
			}
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n")
}

// bestOf finds the best points that lines name.
func bestOf(words string) (best scoring.Points, ok bool) {
	for _, p := range pieces(words, 0) {
		if p.scored && p.points > best {
			best, ok = p.points, true
		}
	}
	return best, ok
}

// adjust makes bonuses or penalties of a part: of its leaves, or of itself.
func (b *builder) adjust(set *scoring.Set, it *item, kind int) {
	if len(it.children) > 0 {
		for _, c := range it.children {
			k := kind
			if own := c.adjusts(); own != 0 {
				k = own
			}
			b.adjust(set, c, k)
		}
		return
	}
	words := it.words()
	f := fold(it.title + " " + words)
	if kind == 2 {
		kind = 1
		if strings.Contains(f, "tru ") && !strings.Contains(f, "thuong") && !strings.Contains(f, "cong ") {
			kind = -1
		}
	}
	a := &scoring.Adjust{Code: it.full, Title: text.Line(it.title), Evidence: it.proof, Words: words}
	if it.max != 0 {
		limit := max(it.max, -it.max)
		a.Cap = &limit
	} else if c := ceiling(fold(words)); c > 0 && len(most.FindAllString(fold(words), 2)) == 1 {
		a.Cap = &c
	}
	b.places[a.Code] = Fault{it.table, it.row, it.header[0], a.Code, ""}
	a.Rule.Options = []scoring.AdjustOption{}
	if kind > 0 {
		set.Bonus = append(set.Bonus, a)
	} else {
		set.Penalty = append(set.Penalty, a)
	}
}

// levelOf finds the level that a title names, "" for none.
func levelOf(title string) string {
	f := fold(title)
	switch {
	case strings.Contains(f, "xa, phuong") || strings.Contains(f, "cap xa") || strings.Contains(f, "phuong, xa") || strings.Contains(f, "dac khu"):
		return string(data.LevelCommune)
	case strings.Contains(f, "cap huyen"):
		return string(data.LevelDistrict)
	case strings.Contains(f, "so, ban") || strings.Contains(f, "cap so") || strings.Contains(f, "cap tinh"):
		return string(data.LevelProvince)
	}
	return ""
}
