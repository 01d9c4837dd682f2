package scoring

import (
	"fmt"
	"regexp"
	"strings"
)

// RuleLine is one line of a rule as it stands under a leaf in a table: a step
// with its points, or a sentence without.
type RuleLine struct {
	Text   string
	Points *Points
}

// RuleLines writes the rule of a leaf in words, one line a step (scoring 4.1,
// table 1); nil for a group.
func (n *Node) RuleLines() []RuleLine {
	var out []RuleLine
	add := func(p Points, format string, args ...any) {
		out = append(out, RuleLine{fmt.Sprintf(format, args...), &p})
	}
	say := func(format string, args ...any) { out = append(out, RuleLine{Text: fmt.Sprintf(format, args...)}) }
	switch r := n.Rule.(type) {
	case nil:
		return nil
	case *Binary:
		add(r.Yes, "%s", orElse(r.YesLabel, "Có"))
		add(r.No, "%s", orElse(r.NoLabel, "Không"))
	case *Checklist:
		for _, i := range r.Items {
			add(i.Points, "%s", i.Label)
		}
	case *Deduct:
		say("Điểm ban đầu %s, trừ đến %s", r.Start.String(), r.Floor.String())
		for _, e := range r.Events {
			add(-e.Points, "%s", e.Label)
		}
	case *Tiers:
		for _, t := range r.Tiers {
			add(t.Points, "%s", orElse(t.Label, t.words(r.Input)))
		}
		if r.MissingPoints != nil {
			add(*r.MissingPoints, "Chưa thực hiện")
		}
		if w := zeroSentence(r.WhenZero); w != "" {
			say("%s", w)
		}
	case *Ratio:
		say("%s", orElse(r.Text, r.words(n.Max)))
		if r.Numerator != "" || r.Denominator != "" {
			say("b: %s; a: %s", orElse(r.Numerator, "tử số"), orElse(r.Denominator, "mẫu số"))
		}
		if w := zeroSentence(r.WhenZero); w != "" {
			say("%s", w)
		}
	case *Formula:
		for _, v := range r.Vars {
			say("%s: %s", v.ID, v.Label)
		}
		for _, c := range r.Cases {
			say("Nếu %s: %s", formulaWords(c.When), formulaWords(c.Expr))
		}
		if r.Expr != "" {
			if len(r.Cases) > 0 {
				say("Các trường hợp khác: %s", formulaWords(r.Expr))
			} else {
				say("Điểm = %s", formulaWords(r.Expr))
			}
		}
	case *Survey:
		say("%s", orElse(r.Text, "Kết quả điều tra xã hội học × điểm tối đa"))
	}
	return out
}

var (
	formulaSigns = strings.NewReplacer("==", "=", "!=", "≠", "<=", "≤", ">=", "≥", "&&", "và", "||", "hoặc", "*", "×")
	formulaPoint = regexp.MustCompile(`(\d)\.(\d)`)
	formulaMax   = regexp.MustCompile(`\bmax\b([^(]|$)`)
	formulaPlain = regexp.MustCompile(`^\d+(,\d+)?$`)
)

// formulaWords writes a formula as a decision would print it.
func formulaWords(expr string) string {
	text := formulaPoint.ReplaceAllString(formulaSigns.Replace(expr), "$1,$2")
	text = formulaMax.ReplaceAllString(text, "điểm tối đa$1")
	if formulaPlain.MatchString(text) {
		text += " điểm"
	}
	return text
}

func orElse(text, other string) string {
	if text != "" {
		return text
	}
	return other
}

func zeroSentence(when string) string {
	switch when {
	case ZeroFull:
		return "Không phát sinh (a = 0): điểm tối đa"
	case ZeroNA:
		return "Không phát sinh (a = 0): không đánh giá"
	case ZeroZero:
		return "Không phát sinh (a = 0): 0 điểm"
	}
	return ""
}

func (r *Ratio) words(limit Points) string {
	var b strings.Builder
	fmt.Fprintf(&b, "b/a × %s", limit.String())
	if r.TargetPct != nil && !r.TargetPct.Equal(Int(100)) {
		fmt.Fprintf(&b, ", đạt %s%% trở lên được điểm tối đa", r.TargetPct)
	}
	if r.CutoffPct != nil && r.CutoffPct.Sign() > 0 {
		fmt.Fprintf(&b, "; dưới %s%%: 0 điểm", r.CutoffPct)
	}
	return b.String()
}

// words writes a step: «Từ 80% đến dưới 100%» (scoring 3.2, case 3).
func (t Tier) words(input string) string {
	switch input {
	case ByChoice:
		if t.Choice != nil {
			return string(*t.Choice)
		}
		return ""
	case ByDate:
		switch {
		case t.Until == nil:
			return "Sau thời hạn trên"
		case t.untilIncl():
			return "Đến hết ngày " + untilText(*t.Until)
		}
		return "Trước ngày " + untilText(*t.Until)
	}
	unit := ""
	switch input {
	case ByPercent:
		unit = "%"
	case ByDaysLate:
		unit = " ngày"
	}
	var parts []string
	if t.Min != nil {
		word := "Trên"
		if t.fromIncl() {
			word = "Từ"
		}
		parts = append(parts, word+" "+t.Min.String()+unit)
	}
	if t.Max != nil {
		word := "dưới"
		if t.toIncl() {
			word = "đến"
		}
		if t.Min != nil && !t.toIncl() {
			word = "đến dưới"
		}
		if t.Min == nil {
			word = map[bool]string{true: "Đến", false: "Dưới"}[t.toIncl()]
		}
		parts = append(parts, word+" "+t.Max.String()+unit)
	}
	switch {
	case len(parts) == 0:
		return "Mọi trường hợp"
	case t.Max == nil:
		parts = append(parts, "trở lên")
	}
	return strings.Join(parts, " ")
}
