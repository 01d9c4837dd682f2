package scoring

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/scoring"
)

// Draft is what stands in the fields of a leaf as it was typed, by key; a box that
// is ticked holds ticked.
type Draft map[string]string

const ticked = "1"

// The keys of a draft besides those of the inputs of a rule; the boxes first. The
// fields among them are those of errors.
const (
	KeyMissing = "missing" // never done
	KeyNone    = "none"    // none of the list applies
	KeyNothing = "nothing" // nothing of it occurred
	KeyNA      = "not"     // not assessed
	KeyAgreed  = "agreed"  // the appraiser agrees that it is not assessed
	KeyHand    = "hand"    // points set by hand
	KeyNAWhy   = "na"
	KeyPoints  = "points" // set by hand
	KeyWhy     = "why"    // of points set by hand
	KeyNote    = "note"
	KeySource  = "source"
)

// Put sets what was typed for a key; "" takes it out.
func (d Draft) Put(key, text string) {
	if text == "" {
		delete(d, key)
	} else {
		d[key] = text
	}
}

func (d Draft) tick(key string, on bool) {
	if on {
		d[key] = ticked
	}
}

// answered reports whether anything was given that points could come from.
func (d Draft) answered() bool {
	for key := range d {
		if !slices.Contains([]string{KeyAgreed, KeyNAWhy, KeyPoints, KeyWhy, KeyNote, KeySource}, key) {
			return true
		}
	}
	return false
}

// InputKind is the kind of a field of a leaf.
type InputKind uint8

// The kinds of input.
const (
	InputOne    InputKind = iota + 1 // one line of the rule, by its place: yes or no, a choice
	InputMany                        // any lines of the rule, by their places: a checklist
	InputNumber                      // a number
	InputTimes                       // how often, a whole number
	InputDate
	InputTick // of a trial: a line of InputMany, or what stands in for an answer
)

// Input is a field of a leaf: how it is asked for, read and written.
type Input struct {
	Key, Label, Hint string
	Kind             InputKind

	lines int  // of InputOne and InputMany: how many lines can be chosen
	spare bool // may stay empty: it is known from elsewhere as a rule
	get   func(*assess.Entry) string
	set   func(*assess.Entry, string) error
}

// blank reports whether the field may stay empty beside others.
func (in *Input) blank() bool { return in.Kind == InputTimes || in.Kind == InputMany || in.spare }

func number(key, label, hint string, of func(*scoring.Answer) **scoring.Number) Input {
	return Input{Key: key, Label: label, Hint: hint, Kind: InputNumber,
		get: func(e *assess.Entry) string {
			if x := *of(&e.Answer); x != nil {
				return grouped(x.String())
			}
			return ""
		},
		set: func(e *assess.Entry, text string) error {
			x, err := ParseNumber(text)
			*of(&e.Answer) = &x
			return err
		}}
}

// times asks how often an event happened.
func times(e scoring.Event) Input {
	hint := "trừ " + e.Points.String() + " mỗi lần"
	if e.Expr != "" {
		hint = "số lần, số ngày"
	}
	return Input{Key: "event:" + e.ID, Label: e.Label, Hint: hint, Kind: InputTimes,
		get: func(x *assess.Entry) string {
			if n := x.Answer.Events[e.ID]; n > 0 {
				return data.FormatInt(n)
			}
			return ""
		},
		set: func(x *assess.Entry, text string) error {
			if x.Answer.Events == nil {
				x.Answer.Events = map[string]int64{}
			}
			n, ok := data.ParseWhole(cmp.Or(text, "0"), scoring.MaxTimes)
			if !ok {
				return data.Fail(data.Invalid, fmt.Sprintf("Số lần «%s» phải là số nguyên từ 0.", text), nil)
			}
			if x.Answer.Events[e.ID] = n; text == "" {
				delete(x.Answer.Events, e.ID)
			}
			return nil
		}}
}

// figure asks for a number that is kept under an id.
func figure[M ~map[string]scoring.Number](list, id, label, hint string, kind InputKind, of func(*assess.Entry) *M) Input {
	return Input{Key: list + ":" + id, Label: label, Hint: hint, Kind: kind,
		get: func(e *assess.Entry) string {
			if x, ok := (*of(e))[id]; ok && (x.Sign() != 0 || kind == InputNumber) {
				return grouped(x.String())
			}
			return ""
		},
		set: func(e *assess.Entry, text string) (err error) {
			if *of(e) == nil {
				*of(e) = M{}
			}
			if text != "" {
				(*of(e))[id], err = ParseNumber(text)
			}
			return err
		}}
}

// lines asks for a line of the rule, or several, by their places.
func lines(key string, kind InputKind, n int, get func(*scoring.Answer, int) bool, set func(*scoring.Answer, []int)) []Input {
	return []Input{{Key: key, Kind: kind, lines: n,
		get: func(e *assess.Entry) string {
			var out []string
			for i := range n {
				if get(&e.Answer, i) {
					out = append(out, strconv.Itoa(i))
				}
			}
			return strings.Join(out, " ")
		},
		set: func(e *assess.Entry, text string) error {
			at := places(text, n)
			if len(at) == 0 && text != "" {
				return errPart // the rule has other lines by now
			}
			set(&e.Answer, at)
			return nil
		}}}
}

// places are those of n lines that a text names.
func places(text string, n int) (out []int) {
	for _, word := range strings.Fields(text) {
		if i, err := strconv.Atoi(word); err == nil && i >= 0 && i < n {
			out = append(out, i)
		}
	}
	return out
}

// inputsOf lists the fields that the rule of a leaf needs, by the keys of its answer.
func inputsOf(n *scoring.Node) (out []Input) {
	if n.Rule == nil {
		return nil
	}
	b, a, what, hint := "Tử số (b)", "Mẫu số (a)", "Số lượng", ""
	var vars []scoring.Var
	switch r := n.Rule.(type) {
	case *scoring.Ratio:
		b, a = cmp.Or(r.Numerator, b), cmp.Or(r.Denominator, a)
	case *scoring.Tiers:
		if vars, hint = r.Vars, r.Unit; r.Input == scoring.ByDaysLate {
			what, hint = "Số ngày chậm", "0 là đúng hạn; sớm ghi số âm"
		}
	case *scoring.Steps:
		vars, hint = r.Vars, r.Unit
	case *scoring.Relative:
		vars, hint = r.Vars, r.Unit
	case *scoring.Formula:
		vars = r.Vars
	case *scoring.Free:
		what, hint = "Điểm được cho", "của "+cmp.Or(r.By, "Hội đồng thẩm định")
	case *scoring.Survey:
		if what = "Điểm trung bình điều tra"; r.Scale != nil {
			hint = "thang điểm " + r.Scale.String()
		}
	}
	for _, key := range n.Rule.Inputs() {
		switch key {
		case "b":
			out = append(out, number(key, b, "", func(a *scoring.Answer) **scoring.Number { return &a.B }))
		case "a":
			out = append(out, number(key, a, "", func(a *scoring.Answer) **scoring.Number { return &a.A }))
		case "value":
			out = append(out, number(key, what, hint, func(a *scoring.Answer) **scoring.Number { return &a.Value }))
		case "percent":
			out = append(out, number(key, "Tỷ lệ hài lòng (%)", "theo quyết định công bố, ví dụ 81,56", func(a *scoring.Answer) **scoring.Number { return &a.Percent }))
		case "date":
			out = append(out, Input{Key: key, Label: "Ngày thực hiện", Kind: InputDate, get: func(e *assess.Entry) string { return e.Answer.Date.String() },
				set: func(e *assess.Entry, text string) (err error) {
					e.Answer.Date, err = data.ParseFullDay(text)
					return err
				}})
		case "vars":
			for _, v := range vars {
				if v.From == nil || v.From.LastYear { // others come from elsewhere in the sheet
					in := figure("var", v.ID, cmp.Or(v.Label, v.ID)+" ("+v.ID+")", "", InputNumber, func(e *assess.Entry) *map[string]scoring.Number { return &e.Answer.Vars })
					in.spare = v.From != nil
					out = append(out, in)
				}
			}
		case "yes", "checked", "choice", "events":
			out = append(out, listed(n.Rule)...)
		}
	}
	return out
}

// listed are the inputs of a rule that are lines of it, or happened so often.
func listed(rule scoring.Rule) (out []Input) {
	switch r := rule.(type) {
	case *scoring.Binary:
		return lines("yes", InputOne, 2, func(a *scoring.Answer, i int) bool { return a.Yes != nil && *a.Yes == (i == 0) }, func(a *scoring.Answer, at []int) { a.Yes = new(at[0] == 0) })
	case *scoring.Checklist:
		return lines("checked", InputMany, len(r.Items), func(a *scoring.Answer, i int) bool { return i < len(a.Checked) && a.Checked[i] }, func(a *scoring.Answer, at []int) {
			a.Checked = make([]bool, len(r.Items))
			for _, i := range at {
				a.Checked[i] = true
			}
		})
	case *scoring.Tiers:
		n := len(r.Tiers)
		if r.MissingPoints != nil {
			n++ // the last line: never done
		}
		return lines("choice", InputOne, n, func(a *scoring.Answer, i int) bool {
			if i == len(r.Tiers) {
				return a.Missing
			}
			return a.Choice != nil && (r.Tiers[i].Choice != nil && *r.Tiers[i].Choice == *a.Choice || r.Tiers[i].Label == string(*a.Choice))
		}, func(a *scoring.Answer, at []int) {
			if a.Missing = at[0] == len(r.Tiers); !a.Missing {
				a.Choice = r.Tiers[at[0]].Choice
			}
		})
	case *scoring.Deduct:
		for _, e := range r.Events {
			out = append(out, times(e))
		}
	}
	return out
}

func adjustInputs(a *scoring.Adjust) (out []Input) {
	for _, o := range a.Rule.Options {
		hint := o.Points.String() + " điểm mỗi trường hợp"
		if o.Per == scoring.PerOnce {
			hint = o.Points.String() + " điểm, tính một lần"
		}
		out = append(out, figure("count", o.ID, o.Label, hint, InputTimes, func(e *assess.Entry) *scoring.Counts { return &e.Counts }))
	}
	return out
}

// draftOf writes an entry into the fields.
func draftOf(inputs []Input, e *assess.Entry) Draft {
	d := Draft{}
	if e == nil {
		return d
	}
	for _, in := range inputs {
		d.Put(in.Key, in.get(e))
	}
	a := &e.Answer
	d.tick(KeyNone, len(d) == 0 && (a.Checked != nil || a.Events != nil))
	d.tick(KeyMissing, len(d) == 0 && a.Missing)
	d.tick(KeyNothing, a.None)
	d.tick(KeyNA, a.NA != "")
	d.tick(KeyAgreed, e.Agreed)
	if d.tick(KeyHand, a.Points != nil); a.Points != nil {
		d.Put(KeyPoints, a.Points.String())
		d.Put(KeyWhy, a.Note)
	}
	d.Put(KeyNAWhy, a.NA)
	d.Put(KeyNote, e.Note)
	d.Put(KeySource, e.Source)
	return d
}

// errPart tells that a field is still empty: nothing is wrong, there are no
// points yet.
var errPart = data.Fail(data.Invalid, "Nhập đủ các ô để tính điểm.", nil)

// entry turns the fields of a leaf into what is kept of a round. Those of a bonus or
// penalty may all stay empty.
func (d Draft) entry(inputs []Input, adjust bool) (assess.Entry, error) {
	text := func(key string) string { return strings.TrimSpace(d[key]) }
	e := assess.Entry{Note: text(KeyNote), Source: text(KeySource), Agreed: d[KeyAgreed] != ""}
	if d[KeyNA] != "" {
		if e.Answer.NA = text(KeyNAWhy); e.Answer.NA == "" {
			return e, refuse(KeyNAWhy, "Không đánh giá thì cần ghi lý do, ví dụ «Không được giao nhiệm vụ này».")
		}
		return e, nil
	}
	err := d.answer(inputs, &e, adjust)
	if d[KeyHand] == "" {
		return e, err
	}
	p, wrong := ParsePoints(d[KeyPoints])
	if wrong != nil {
		return e, data.InField(wrong, KeyPoints)
	}
	if err == errPart {
		// Points set by hand may stand alone, but not beside half an answer.
		e.Answer, err = scoring.Answer{}, nil
	}
	if e.Answer.Points, e.Answer.Note = &p, text(KeyWhy); e.Answer.Note == "" {
		return e, refuse(KeyWhy, "Điểm sửa tay cần ghi lý do.")
	}
	return e, err
}

// answer reads the inputs of the rule. What is wrong comes before what is empty.
func (d Draft) answer(inputs []Input, e *assess.Entry, adjust bool) (wrong error) {
	if e.Answer.Missing, e.Answer.None = d[KeyMissing] != "", d[KeyNothing] != ""; e.Answer.Missing || e.Answer.None {
		return nil
	}
	none, given, part := d[KeyNone] != "", adjust, false
	for _, in := range inputs {
		text := d[in.Key]
		if none && in.blank() {
			text, given = "", true
		}
		if text == "" && !(in.blank() && (none || adjust)) {
			part = part || !in.blank()
			continue
		}
		given = true
		if err := in.set(e, text); err != nil && wrong == nil {
			wrong = data.InField(err, in.Key)
		}
	}
	if wrong == nil && (part || !given) {
		return errPart
	}
	return wrong
}

// grouped writes the whole part of a number with dots between thousands.
func grouped(text string) string {
	whole, rest, cut := strings.Cut(text, ",")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n < 0 {
		return text
	}
	if cut {
		rest = "," + rest
	}
	return data.FormatInt(n) + rest
}

// ParseNumber reads a number as officers type it: see data.ParseDecimal.
func ParseNumber(text string) (scoring.Number, error) {
	n, err := scoring.ParseNumber(text)
	if err != nil {
		return n, data.Fail(data.Invalid, fmt.Sprintf("«%s» không phải một số. Nhập số, ví dụ 34.170 hoặc 81,56.", strings.TrimSpace(text)), err)
	}
	return n, nil
}

// ParsePoints reads points: at most three decimals.
func ParsePoints(text string) (scoring.Points, error) {
	p, err := scoring.ParsePoints(text)
	if err != nil {
		return 0, data.Fail(data.Invalid, fmt.Sprintf("«%s» không phải số điểm. Nhập số có nhiều nhất ba chữ số thập phân, ví dụ 0,75.", text), err)
	}
	return p, nil
}

// reached tells which lines of the rule stand in the fields or follow from them.
func (d Draft) reached(set *scoring.Set, n *scoring.Node, inputs []Input, year int) map[int]bool {
	out := map[int]bool{}
	for i, in := range inputs {
		switch in.Kind {
		case InputOne, InputMany:
			for _, at := range places(d[in.Key], in.lines) {
				out[at] = true
			}
		case InputTimes:
			out[i+1] = d[in.Key] != "" && d[in.Key] != "0" // below the line of the points to begin with
		}
	}
	var e assess.Entry
	if len(out) == 0 && d.answer(inputs, &e, false) == nil {
		out[set.Step(n.Code, e.Answer, year)] = true
	}
	return out
}

func clone(d Draft) Draft {
	if d == nil {
		return Draft{}
	}
	return maps.Clone(d)
}
