package scoring

import (
	"encoding/json"
	"fmt"
)

// ChangeKind is the kind of difference between two sets.
type ChangeKind string

// The kinds of difference.
const (
	Added    ChangeKind = "added"
	Removed  ChangeKind = "removed"
	NewTitle ChangeKind = "title"
	NewMax   ChangeKind = "max"
	NewRule  ChangeKind = "rule"
)

// Change is one difference of a criterion between two sets.
type Change struct {
	Kind     ChangeKind
	Code     string
	Before   *Node // nil for Added
	After    *Node // nil for Removed
	Sentence string
}

// Diff lists how the criteria of after differ from those of before, by code:
// first in the order of after, then what is gone.
func Diff(before, after *Set) []Change {
	old := map[string]*Node{}
	before.Walk(func(n *Node, _ []*Node) { old[n.Code] = n })
	var out []Change
	kept := map[string]bool{}
	after.Walk(func(n *Node, _ []*Node) {
		kept[n.Code] = true
		was := old[n.Code]
		add := func(kind ChangeKind, format string, args ...any) {
			out = append(out, Change{kind, n.Code, was, n, fmt.Sprintf("Tiêu chí %s: ", n.Code) + fmt.Sprintf(format, args...) + "."})
		}
		if was == nil {
			add(Added, "mới, tối đa %s điểm", n.Max.Exact())
			return
		}
		if was.Title != n.Title {
			add(NewTitle, "đổi tên từ «%s» thành «%s»", was.Title, n.Title)
		}
		if was.Max != n.Max {
			add(NewMax, "điểm tối đa từ %s thành %s", was.Max.Exact(), n.Max.Exact())
		}
		if ruleText(was) != ruleText(n) {
			add(NewRule, "đổi cách chấm")
		}
	})
	before.Walk(func(n *Node, _ []*Node) {
		if !kept[n.Code] {
			out = append(out, Change{Removed, n.Code, n, nil, fmt.Sprintf("Tiêu chí %s: bỏ, trước đây tối đa %s điểm.", n.Code, n.Max.Exact())})
		}
	})
	return out
}

func ruleText(n *Node) string {
	if n.Rule == nil {
		return ""
	}
	raw, err := json.Marshal(n.Rule)
	if err != nil {
		return err.Error()
	}
	return string(n.Rule.Kind()) + string(raw)
}
