package scoring

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"giaoban/data"
)

// MaxSize is the size in bytes above which sets and sheets are refused.
const MaxSize = 4 << 20

// maxLevels bounds the depth of a tree, far above any decision.
const maxLevels = 50

// ParseSet reads a set of criteria from JSON and checks it. The error is a
// *data.Error of code Invalid that names the node (Field holds its code) and
// the first fault; Set.Problems lists all.
func ParseSet(raw []byte) (*Set, error) {
	s, err := decodeSet(raw)
	if err != nil {
		return nil, err
	}
	if problems := s.Problems(); len(problems) > 0 {
		return nil, problems[0]
	}
	s.prepare()
	return s, nil
}

// OpenSet reads a set that was in use before, when less was refused: a criterion whose
// rule is refused now keeps its place and has no points, and says why, until it is
// mended. Problems lists what is wrong. Errors are those of a set that cannot be read.
func OpenSet(raw []byte) (*Set, error) {
	s, err := decodeSet(raw)
	if err != nil {
		return nil, err
	}
	problems := s.Problems()
	if len(problems) > 0 && (s.Meta.Base() <= 0 || s.Meta.Scale() <= 0) {
		return nil, problems[0]
	}
	s.faults = map[string]string{}
	for _, p := range problems {
		if n := s.Node(p.Field); n != nil && n.Leaf() && s.faults[n.Code] == "" {
			s.faults[n.Code] = strings.TrimSuffix(strings.TrimPrefix(p.Message, "Tiêu chí "+n.Code+": "), ".")
		}
	}
	s.prepare()
	return s, nil
}

// Mends reports whether s is the set before but for the rules of criteria that Problems
// names there: what may change in a set that is in use.
func (s *Set) Mends(before *Set) (bool, error) {
	bare := func(x *Set) ([]byte, error) {
		c, err := x.Clone()
		if err != nil {
			return nil, err
		}
		for _, p := range before.Problems() {
			if n := c.Node(p.Field); n != nil && before.Node(p.Field).Leaf() {
				n.Rule, n.Variants, n.None, n.Min, n.Words, n.Note = nil, nil, nil, nil, "", ""
			}
		}
		return json.Marshal(c)
	}
	a, err := bare(before)
	if err != nil {
		return false, err
	}
	b, err := bare(s)
	return bytes.Equal(a, b), err
}

// DecodeSet reads a set of criteria from JSON without checking its sums and
// rules, for an editor that shows Set.Problems. Errors as for ParseSet.
func DecodeSet(raw []byte) (*Set, error) { return decodeSet(raw) }

func decodeSet(raw []byte) (*Set, error) {
	raw, err := cleanJSON(raw, "bộ tiêu chí")
	if err != nil {
		return nil, err
	}
	var wire struct {
		Meta     json.RawMessage   `json:"meta"`
		Metrics  []Metric          `json:"metrics"`
		Criteria []json.RawMessage `json:"criteria"`
		Bonus    []json.RawMessage `json:"bonus"`
		Penalty  []json.RawMessage `json:"penalty"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil {
		return nil, invalid("", "Tệp không phải bộ tiêu chí: %s.", explain(err))
	}
	if len(wire.Meta) == 0 || wire.Criteria == nil {
		return nil, invalid("", "Tệp không phải bộ tiêu chí: thiếu phần chung hoặc phần các tiêu chí.")
	}
	s := newSet()
	s.Metrics = wire.Metrics
	s.Criteria = make([]*Node, 0, len(wire.Criteria))
	if err := json.Unmarshal(wire.Meta, &s.Meta); err != nil {
		return nil, invalid(FieldHead, "Phần chung của bộ tiêu chí không đọc được: %s.", explain(err))
	}
	if s.Meta.IndexScale != nil && !bytes.Contains(wire.Meta, []byte(`"final_clamp"`)) {
		s.Meta.FinalClamp = []Number{Int(0), {s.Meta.IndexScale.rat()}}
	}
	if s.Meta.ValidTo != "" && !s.Meta.LastDay().Known() {
		return nil, invalid(FieldHead, "Ngày hết hiệu lực «%s» của bộ tiêu chí không đúng. Viết theo mẫu 2025-06-30.", s.Meta.ValidTo)
	}
	for _, part := range wire.Criteria {
		n, err := decodeNode(part, 1)
		if err != nil {
			return nil, err
		}
		s.Criteria = append(s.Criteria, n)
	}
	for _, list := range []struct {
		from []json.RawMessage
		to   *[]*Adjust
		name string
	}{{wire.Bonus, &s.Bonus, "thưởng"}, {wire.Penalty, &s.Penalty, "trừ"}} {
		for i, part := range list.from {
			a := new(Adjust)
			if err := strict(part, a); err != nil {
				code := codeOf(part, i)
				return nil, invalid(code, "Điểm %s %s: %s.", list.name, code, explain(err))
			}
			*list.to = append(*list.to, a)
		}
	}
	return s, nil
}

// codeOf reads the code of a part that may be broken otherwise.
func codeOf(part json.RawMessage, place int) string {
	var head struct{ Code string }
	if json.Unmarshal(part, &head) == nil && head.Code != "" {
		return clip(head.Code)
	}
	return fmt.Sprintf("thứ %d", place+1)
}

// nodeJSON is a node in a file.
type nodeJSON struct {
	Code      string            `json:"code"`
	Title     string            `json:"title"`
	Max       *Points           `json:"max"`
	Min       *Points           `json:"min,omitempty"`
	Kind      Kind              `json:"kind,omitempty"`
	Rule      json.RawMessage   `json:"rule,omitempty"`
	None      *NoneRule         `json:"when_none,omitempty"`
	Variants  []json.RawMessage `json:"variants,omitempty"`
	Take      string            `json:"take,omitempty"`
	Evidence  []string          `json:"evidence,omitempty"`
	Owner     string            `json:"owner,omitempty"`
	Metric    *MetricRef        `json:"metric,omitempty"`
	NAAllowed bool              `json:"na_allowed,omitempty"`
	Basis     string            `json:"basis,omitempty"`
	Note      string            `json:"note,omitempty"`
	Words     string            `json:"words,omitempty"`
	Children  []json.RawMessage `json:"children,omitempty"`
}

func decodeNode(raw json.RawMessage, level int) (*Node, error) {
	if level > maxLevels {
		return nil, invalid("", "Bộ tiêu chí có quá %d cấp lồng nhau.", maxLevels)
	}
	var w nodeJSON
	if err := json.Unmarshal(raw, &w); err != nil {
		code := codeOf(raw, 0)
		return nil, fault(code, explain(err))
	}
	n := &Node{Code: w.Code, Title: w.Title, Evidence: w.Evidence, Owner: w.Owner, Metric: w.Metric,
		NAAllowed: w.NAAllowed, Basis: w.Basis, Note: w.Note, Words: w.Words, Min: w.Min, None: w.None, Take: w.Take}
	if w.Max == nil {
		return nil, fault(n.Code, "thiếu điểm tối đa")
	}
	n.Max = *w.Max
	var err error
	if n.Rule, err = decodeRule(w.Kind, w.Rule); err != nil {
		return nil, fault(n.Code, err.Error())
	}
	for i, part := range w.Variants {
		v := new(Variant)
		if err := v.UnmarshalJSON(part); err != nil {
			return nil, fault(n.Code, fmt.Sprintf("trường hợp riêng thứ %d: %s", i+1, explain(err)))
		}
		n.Variants = append(n.Variants, v)
	}
	for _, part := range w.Children {
		child, err := decodeNode(part, level+1)
		if err != nil {
			return nil, err
		}
		n.Children = append(n.Children, child)
	}
	return n, nil
}

// decodeRule reads the rule of a kind; nil where there is neither.
func decodeRule(kind Kind, raw json.RawMessage) (Rule, error) {
	if kind == "" && (len(raw) == 0 || string(raw) == "null") {
		return nil, nil
	}
	rule, err := newRule(kind)
	if err != nil {
		return nil, err
	}
	if err := strict(raw, rule); err != nil {
		return nil, fmt.Errorf("cách chấm: %s", explain(err))
	}
	if where := missingPoints(raw); where != "" {
		return nil, fmt.Errorf("cách chấm: thiếu điểm ở %s", where)
	}
	return rule, nil
}

// missingPoints finds a line of a rule without points: nothing given is not the
// same as 0 given.
func missingPoints(rule json.RawMessage) string {
	var lists struct{ Tiers, Items, Events, Places []map[string]json.RawMessage }
	if json.Unmarshal(rule, &lists) != nil {
		return ""
	}
	for name, list := range map[string][]map[string]json.RawMessage{"mức": lists.Tiers, "nội dung": lists.Items, "lỗi": lists.Events, "hạng": lists.Places} {
		for i, line := range list {
			_, formula := line["expr"]
			if _, ok := line["points"]; !ok && !formula {
				return fmt.Sprintf("%s thứ %d", name, i+1)
			}
		}
	}
	return ""
}

// MarshalJSON writes the node as ParseSet reads it.
func (n *Node) MarshalJSON() ([]byte, error) {
	w := nodeJSON{Code: n.Code, Title: n.Title, Max: &n.Max, Evidence: n.Evidence, Owner: n.Owner, Metric: n.Metric,
		NAAllowed: n.NAAllowed, Basis: n.Basis, Note: n.Note, Words: n.Words, Min: n.Min, None: n.None, Take: n.Take}
	for _, v := range n.Variants {
		raw, err := v.MarshalJSON()
		if err != nil {
			return nil, err
		}
		w.Variants = append(w.Variants, raw)
	}
	for _, c := range n.Children {
		raw, err := c.MarshalJSON()
		if err != nil {
			return nil, err
		}
		w.Children = append(w.Children, raw)
	}
	var err error
	if w.Kind, w.Rule, err = encodeRule(n.Rule); err != nil {
		return nil, err
	}
	return json.Marshal(w)
}

// encodeRule writes what decodeRule reads.
func encodeRule(r Rule) (Kind, json.RawMessage, error) {
	if r == nil {
		return "", nil, nil
	}
	raw, err := json.Marshal(r)
	return r.Kind(), raw, err
}

// prepare reads the formulas once and puts the codes in an index.
func (s *Set) prepare() {
	s.index = map[string]*Node{}
	s.Walk(func(n *Node, _ []*Node) {
		s.index[n.Code] = n // Problems found no code twice
		for _, r := range n.rules() {
			if f, ok := r.(*Formula); ok {
				f.program, _ = f.compile(s) // Problems compiled it without error
			}
		}
		n.Asks = s.Asked(n)
	})
	s.checked = true
}

// cleanJSON refuses what is too large, drops a byte order mark and makes the
// text NFC.
func cleanJSON(raw []byte, what string) ([]byte, error) {
	if len(raw) > MaxSize {
		return nil, invalid("", "Tệp %s lớn quá %d MB.", what, MaxSize>>20)
	}
	return norm.NFC.Bytes(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))), nil
}

// strict reads one JSON value and refuses keys that the target does not have,
// so that a misspelt key is not silently without effect.
func strict(raw json.RawMessage, into any) error {
	if len(raw) == 0 || string(raw) == "null" {
		return errors.New("còn trống")
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	return dec.Decode(into)
}

var unknownField = regexp.MustCompile(`unknown field "(.*)"$`)

// explain puts an error of the JSON reader into a Vietnamese fragment.
func explain(err error) string {
	var kind *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return fmt.Sprintf("viết sai cú pháp JSON ở vị trí %d", syntax.Offset)
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return "tệp bị cắt giữa chừng"
	case errors.As(err, &kind):
		if kind.Field == "" {
			return "có chỗ không đúng kiểu dữ liệu"
		}
		return "mục «" + clip(kind.Field) + "» không đúng kiểu dữ liệu"
	}
	if m := unknownField.FindStringSubmatch(err.Error()); m != nil {
		return "không có mục «" + clip(m[1]) + "»"
	}
	return err.Error()
}

// invalid builds the error of a file or a criterion; code may be "".
func invalid(code, format string, args ...any) *data.Error {
	return &data.Error{Code: data.Invalid, Field: code, Message: fmt.Sprintf(format, args...)}
}

// fault builds the error of a criterion from a fragment.
func fault(code, fragment string) *data.Error {
	return invalid(code, "Tiêu chí %s: %s.", clip(code), fragment)
}

// clip makes text from a file fit for a sentence: one line, not long.
func clip(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
