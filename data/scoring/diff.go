package scoring

import (
	"encoding/json"
	"fmt"
	"slices"
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
	NewWhole ChangeKind = "whole" // grades, totals and ways of computing
)

// Change is one difference between two sets: of a criterion, of a bonus or a
// penalty, or of the set as a whole, for which Code is "".
type Change struct {
	Kind     ChangeKind
	Code     string
	Sentence string
}

// Diff lists how after differs from before, criteria by code: first in the order of
// after, then what is gone; then bonus and penalty, then the set as a whole.
func Diff(before, after *Set) []Change {
	old := map[string]*Node{}
	before.Walk(func(n *Node, _ []*Node) { old[n.Code] = n })
	var out []Change
	kept := map[string]bool{}
	after.Walk(func(n *Node, _ []*Node) {
		kept[n.Code] = true
		was := old[n.Code]
		add := func(kind ChangeKind, format string, args ...any) {
			out = append(out, Change{kind, n.Code, fmt.Sprintf("Tiêu chí %s: ", n.Code) + fmt.Sprintf(format, args...) + "."})
		}
		if was == nil {
			add(Added, "mới, tối đa %s điểm", n.Max.String())
			return
		}
		if was.Title != n.Title {
			add(NewTitle, "đổi tên từ «%s» thành «%s»", was.Title, n.Title)
		}
		if was.Max != n.Max {
			add(NewMax, "điểm tối đa từ %s thành %s", was.Max.String(), n.Max.String())
		}
		if ruleText(was) != ruleText(n) {
			add(NewRule, "đổi cách chấm")
		}
	})
	before.Walk(func(n *Node, _ []*Node) {
		if !kept[n.Code] {
			out = append(out, Change{Removed, n.Code, fmt.Sprintf("Tiêu chí %s: bỏ, trước đây tối đa %s điểm.", n.Code, n.Max.String())})
		}
	})
	out = append(out, diffAdjusts("thưởng", before.Bonus, after.Bonus)...)
	out = append(out, diffAdjusts("trừ", before.Penalty, after.Penalty)...)
	return append(out, diffMeta(&before.Meta, &after.Meta)...)
}

// diffAdjusts compares a list of bonus or penalty by code.
func diffAdjusts(name string, before, after []*Adjust) []Change {
	var out []Change
	add := func(kind ChangeKind, code, format string, args ...any) {
		out = append(out, Change{Kind: kind, Code: code, Sentence: fmt.Sprintf("Điểm %s %s: ", name, code) + fmt.Sprintf(format, args...) + "."})
	}
	limit := func(p *Points) string {
		if p == nil {
			return "không giới hạn"
		}
		return p.String()
	}
	old := map[string]*Adjust{}
	for _, a := range before {
		old[a.Code] = a
	}
	for _, a := range after {
		was := old[a.Code]
		delete(old, a.Code)
		if was == nil {
			add(Added, a.Code, "mới, «%s»", a.Title)
			continue
		}
		if was.Title != a.Title {
			add(NewTitle, a.Code, "đổi nội dung từ «%s» thành «%s»", was.Title, a.Title)
		}
		if limit(was.Cap) != limit(a.Cap) {
			add(NewMax, a.Code, "mức nhiều nhất từ %s thành %s", limit(was.Cap), limit(a.Cap))
		}
		if !slices.Equal(was.Rule.Options, a.Rule.Options) || was.Rule.Take != a.Rule.Take {
			add(NewRule, a.Code, "đổi các trường hợp được tính")
		}
	}
	for _, a := range before {
		if old[a.Code] != nil {
			add(Removed, a.Code, "bỏ, trước đây «%s»", a.Title)
		}
	}
	return out
}

// diffMeta compares what belongs to the sets as a whole.
func diffMeta(before, after *Meta) []Change {
	var out []Change
	differ := func(what string, a, b any) {
		x, err1 := json.Marshal(a)
		y, err2 := json.Marshal(b)
		if err1 != nil || err2 != nil || string(x) != string(y) {
			out = append(out, Change{Kind: NewWhole, Sentence: "Cả bộ: đổi " + what + "."})
		}
	}
	if before.Total != after.Total {
		out = append(out, Change{Kind: NewWhole, Sentence: fmt.Sprintf("Cả bộ: tổng điểm từ %s thành %s.", before.Total.String(), after.Total.String())})
	}
	differ("thang của chỉ số", [2]Points{before.Base(), before.Scale()}, [2]Points{after.Base(), after.Scale()})
	differ("đặc điểm của đơn vị mà bộ tiêu chí hỏi", before.Facts, after.Facts)
	differ("hạn nộp phiếu", before.SubmitBy, after.SubmitBy)
	differ("các hạng xếp loại", before.Grades, after.Grades)
	differ("cách làm tròn", before.Rounding, after.Rounding)
	differ("cách tính tiêu chí không đánh giá", before.NotApplicable.Policy, after.NotApplicable.Policy)
	differ("cách tính khi không điều tra", before.NoSurvey, after.NoSurvey)
	differ("giới hạn của chỉ số", before.FinalClamp, after.FinalClamp)
	differ("mức nhiều nhất của điểm thưởng, điểm trừ", []*Points{before.BonusCap, before.PenaltyCap}, []*Points{after.BonusCap, after.PenaltyCap})
	differ("cách xếp hạng khi bằng điểm", before.TieRule.String(), after.TieRule.String())
	return out
}

func ruleText(n *Node) string {
	if n.Rule == nil {
		return n.Take
	}
	raw, err := json.Marshal([]any{n.Rule, n.Min, n.None, n.Variants})
	if err != nil {
		return err.Error()
	}
	return string(n.Rule.Kind()) + string(raw)
}
