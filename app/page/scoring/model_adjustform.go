package scoring

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/data/scoring"
)

// AdjustForm is an entry of the bonus or penalty list as it is typed.
type AdjustForm struct {
	Bonus    bool
	Old      string // code of the entry that is changed, "" for a new one
	Code     string
	Title    string
	Domain   string // code of a domain, "" for none
	Cap      string // "" for none
	Evidence string // one kind a line
	Rows     [][]string
}

// AdjustColumns are the columns of the cases of a bonus or a penalty.
func AdjustColumns() []RuleColumn {
	return []RuleColumn{{Title: "Trường hợp", Flex: true}, {Title: "Điểm", Width: 70}, {Title: "Tính", Width: 150, Choices: []Choice{{scoring.PerEach, "mỗi trường hợp"}, {scoring.PerOnce, "một lần"}}}}
}

func (f *AdjustForm) name() string {
	if f.Bonus {
		return "điểm thưởng"
	}
	return "điểm trừ"
}

// FreshAdjust proposes a new entry of the bonus or the penalty list.
func (s *Sets) FreshAdjust(bonus bool) AdjustForm {
	f := AdjustForm{Bonus: bonus, Rows: [][]string{{"", "", scoring.PerEach}}}
	head := "P"
	if bonus {
		head = "T"
	}
	for i := 1; s.set != nil; i++ {
		f.Code = fmt.Sprintf("%s.%d", head, i)
		if a, _ := s.adjustOf(f.Code); a == nil && s.set.Node(f.Code) == nil {
			break
		}
	}
	return f
}

func (s *Sets) adjustOf(code string) (a *scoring.Adjust, bonus bool) {
	if s.set == nil {
		return nil, false
	}
	for i, list := range [][]*scoring.Adjust{s.set.Bonus, s.set.Penalty} {
		for _, a := range list {
			if a.Code == code {
				return a, i == 0
			}
		}
	}
	return nil, false
}

// AdjustFormOf writes an entry of the set that is open into the fields; ok is
// false where there is none of the code.
func (s *Sets) AdjustFormOf(code string) (f AdjustForm, ok bool) {
	a, bonus := s.adjustOf(code)
	if a == nil {
		return f, false
	}
	f = AdjustForm{Bonus: bonus, Old: code, Code: code, Title: a.Title, Domain: a.Domain, Cap: pointsText(a.Cap), Evidence: strings.Join(a.Evidence, "\n")}
	for _, o := range a.Rule.Options {
		f.Rows = append(f.Rows, []string{o.Label, o.Points.String(), o.Per})
	}
	return f, true
}

// Domains lists the domains of the set that is open.
func (s *Sets) Domains() []Choice {
	var out []Choice
	if s.set != nil {
		for _, n := range s.set.Criteria {
			out = append(out, Choice{n.Code, n.Code + ". " + n.Title})
		}
	}
	return out
}

// KeepAdjust stores a bonus or a penalty. It runs off the window's goroutine; its
// errors belong to the fields code, title and cap, and to the rows options.0, ….
func (s *Sets) KeepAdjust(ctx context.Context, f AdjustForm) error {
	old, _ := s.adjustOf(f.Old)
	a := &scoring.Adjust{Code: strings.TrimSpace(f.Code), Title: strings.Join(strings.Fields(f.Title), " "), Domain: f.Domain, Kind: map[bool]string{true: "bonus", false: "penalty"}[f.Bonus], Evidence: linesOf(f.Evidence)}
	var was []scoring.AdjustOption
	if old != nil {
		a.Basis, a.Kind, was = old.Basis, old.Kind, old.Rule.Options
	}
	switch {
	case a.Code == "":
		return refuse("code", "Nhập mã, ví dụ T.1.")
	case strings.ContainsAny(a.Code, " \t\n"):
		return refuse("code", "Mã viết liền, ví dụ T.1.")
	case a.Title == "":
		return refuse("title", "Nhập nội dung của %s.", f.name())
	}
	var err error
	if a.Cap, err = optionalPoints("cap", "Mức tối đa", f.Cap); err != nil {
		return err
	}
	if a.Cap != nil && *a.Cap == 0 {
		return refuse("cap", "Mức tối đa phải lớn hơn 0, hoặc để trống khi không giới hạn.")
	}
	for i, row := range f.Rows {
		if len(row) == 0 {
			continue
		}
		field := rowField("options", i)
		o := scoring.AdjustOption{Label: cellOf(row, 0), Per: orElse(cellOf(row, 2), scoring.PerEach)}
		if o.Label == "" {
			return refuse(field, "Nhập trường hợp được tính.")
		}
		// Points of a penalty are often written with a sign.
		text := strings.TrimLeft(cellOf(row, 1), "-–+")
		p, err := ParsePoints(text)
		if err != nil || p <= 0 {
			return refuse(field, "Nhập số điểm lớn hơn 0, ví dụ 0,5.")
		}
		o.Points = p
		a.Rule.Options = append(a.Rule.Options, o)
	}
	if len(a.Rule.Options) == 0 {
		return refuse(rowField("options", 0), "Nhập ít nhất một trường hợp.")
	}
	nameOptions(a.Rule.Options, was)
	return s.Edit(ctx, f.name()+" "+a.Code, func(set *scoring.Set) error { return at1("code", set.ReplaceAdjust(f.Bonus, f.Old, a)) })
}

// at1 puts an error at a field, and leaves nil.
func at1(field string, err error) error {
	if err == nil {
		return nil
	}
	return at(field, err)
}

// nameOptions gives every case an id: that which it had, by its words, else a new
// one.
func nameOptions(list, was []scoring.AdjustOption) {
	used := map[string]bool{}
	for i := range list {
		for _, o := range was {
			if o.Label == list[i].Label && !used[o.ID] {
				list[i].ID = o.ID
			}
		}
		used[list[i].ID] = true
	}
	for i := range list {
		// A case whose words were changed keeps its place.
		if list[i].ID == "" && i < len(was) && !used[was[i].ID] {
			list[i].ID = was[i].ID
		}
		for n := 1; list[i].ID == ""; n++ {
			if id := fmt.Sprintf("o%d", n); !used[id] && !slices.ContainsFunc(was, func(o scoring.AdjustOption) bool { return o.ID == id }) {
				list[i].ID = id
			}
		}
		used[list[i].ID] = true
	}
}

func linesOf(text string) []string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
