package briefing

import "strings"

// Part is one part of the text of a block as officers edit it: letters, a figure, or
// one end of a clause, which is printed under a condition only.
type Part struct {
	Text   string // plain letters
	Figure string // name of a figure; of the beginning of a clause: the one it asks for
	Open   bool   // begins a clause
	Close  bool   // ends one
	Test   byte   // of a clause: 0 all its figures are there, '?' Figure is there and not 0, '!' it is 0 or missing
}

// Parts takes a text apart. Its error names a bracket that is missing.
func Parts(text string) ([]Part, error) {
	nodes, err := parse(text)
	return flat(nil, nodes), err
}

func flat(out []Part, nodes []node) []Part {
	for _, n := range nodes {
		switch {
		case n.isText:
			out = append(out, Part{Text: n.text})
		case n.clause == nil:
			out = append(out, Part{Figure: strings.TrimSpace(n.field)})
		default:
			out = append(out, Part{Open: true, Test: n.test, Figure: strings.TrimSpace(n.field)})
			out = append(flat(out, n.clause), Part{Close: true})
		}
	}
	return out
}

// Join puts parts together again.
func Join(parts []Part) string {
	var b strings.Builder
	depth := 0
	for _, p := range parts {
		switch {
		case p.Open:
			depth++
			b.WriteByte('[')
			if p.Test != 0 {
				b.WriteString(string(p.Test) + p.Figure + ":")
			}
		case p.Close:
			depth--
			b.WriteByte(']')
		case p.Figure != "":
			b.WriteString("{" + p.Figure + "}")
		case depth > 0:
			// Within a clause a closing bracket would end it: officers mean a round one.
			b.WriteString(strings.NewReplacer("{", "{{", "}", "}}", "[", "(", "]", ")").Replace(p.Text))
		default:
			b.WriteString(strings.NewReplacer("{", "{{", "}", "}}", "[", "[[", "]", "]]").Replace(p.Text))
		}
	}
	return b.String()
}

// Printed reports for each of the parts of a text whether the figures of the input
// let it be printed. A sentence that lacks a figure is not told.
func Printed(parts []Part, in *Input) []bool {
	f := in.gather()
	out := make([]bool, len(parts))
	shown := []bool{true}
	for i, p := range parts {
		now := shown[len(shown)-1]
		switch {
		case p.Open:
			v, _ := f.find(p.Figure)
			there := !v.Missing && !v.Nought
			now = now && (p.Test == 0 || there == (p.Test == '?')) && !lacks(f, parts[i+1:])
			shown = append(shown, now)
		case p.Close:
			shown = shown[:max(len(shown)-1, 1)]
		}
		out[i] = now
	}
	return out
}

// lacks reports whether a figure is missing in the clause that parts begin with,
// clauses within it apart.
func lacks(f *fields, parts []Part) bool {
	depth := 0
	for _, p := range parts {
		switch {
		case p.Open:
			depth++
		case p.Close:
			if depth--; depth < 0 {
				return false
			}
		case p.Figure != "" && depth == 0:
			if v, _ := f.find(p.Figure); v.Missing {
				return true
			}
		}
	}
	return false
}
