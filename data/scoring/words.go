package scoring

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// RuleLine is one line of a rule as it stands under a leaf in a table: a step
// with its points, or a sentence without.
type RuleLine struct {
	Text   string
	Points *Points
}

// RuleLines writes the rule of a leaf in words, one line a step (scoring 4.1,
// table 1), then what holds where nothing occurred and for units of other kinds; of a
// group how its criteria count together, where they do not just add up.
func (n *Node) RuleLines() []RuleLine {
	if n.Rule == nil {
		if n.Take == TakeHighest {
			return []RuleLine{{Text: "Lấy phương án có điểm cao nhất"}}
		}
		return nil
	}
	var out []RuleLine
	for i := range n.Asks {
		out = append(out, n.Asks[i].line())
	}
	out = append(out, n.Rule.Lines(n)...)
	if n.None != nil {
		line := n.None.line()
		said := func(l RuleLine) bool { return strings.Replace(l.Text, " (a = 0)", "", 1) == line.Text }
		if !slices.ContainsFunc(out, said) {
			out = append(out, line)
		}
	}
	if n.Min != nil && *n.Min < 0 {
		out = append(out, RuleLine{Text: "Điểm thấp nhất " + n.Min.String()})
	}
	for _, v := range n.Variants {
		out = append(out, v.lines(n)...)
	}
	return out
}

// Inputs names the keys of an answer that the criterion takes.
func (n *Node) Inputs() []string {
	keys := n.Rule.Inputs()
	if n.None != nil {
		keys = append(slices.Clone(keys), "none")
	}
	return keys
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
	text = spellIf(text)
	for _, f := range formulaCalls {
		text = f.form.ReplaceAllString(text, f.words)
	}
	return text
}

// formulaCalls are functions as a decision would say them.
var formulaCalls = []struct {
	form  *regexp.Regexp
	words string
}{
	{regexp.MustCompile(`\bmax\(`), "số lớn nhất của ("}, {regexp.MustCompile(`\bmin\(`), "số nhỏ nhất của ("}, {regexp.MustCompile(`\babs\(`), "trị tuyệt đối của ("},
	{regexp.MustCompile(`\bfloor\(`), "phần nguyên của ("}, {regexp.MustCompile(`\bceil\(`), "làm tròn lên của ("}, {regexp.MustCompile(`\bround\(`), "làm tròn của ("},
}

var formulaIf = regexp.MustCompile(`(?:\bif|nếu)\(`)

// spellIf writes if(a; b; c) as «nếu a thì b, không thì c»; text that does not parse so
// stays.
func spellIf(text string) string {
	at := formulaIf.FindStringIndex(text)
	if at == nil {
		return text
	}
	parts, from, depth := []string(nil), at[1], 0
	for i := at[1]; i < len(text); i++ {
		switch c := text[i]; {
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case c == ';' && depth == 0:
			parts, from = append(parts, strings.TrimSpace(text[from:i])), i+1
		case c == ')':
			if parts = append(parts, strings.TrimSpace(text[from:i])); len(parts) != 3 {
				return text
			}
			for k := range parts {
				parts[k] = spellIf(parts[k])
			}
			said := "nếu " + parts[0] + " thì " + parts[1] + ", không thì " + parts[2]
			if at[0] > 0 || i < len(text)-1 {
				said = "(" + said + ")"
			}
			return text[:at[0]] + said + spellIf(text[i+1:])
		}
	}
	return text
}

func orElse(text, other string) string {
	if text != "" {
		return text
	}
	return other
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
func (t Tier) words(input, unitWord string) string {
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
	case ByNumber, ByFormula:
		if unitWord != "" {
			unit = " " + unitWord
		}
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
	case t.Max == nil && t.fromIncl():
		parts = append(parts, "trở lên")
	}
	return strings.Join(parts, " ")
}
