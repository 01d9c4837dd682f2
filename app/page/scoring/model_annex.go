package scoring

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/assess/annex"
	"giaoban/data/assess/book"
	"giaoban/data/scoring"
)

// AnnexLine is a line of a draft that came from the annex of a decision: a criterion, a
// bonus or a penalty with the decision's words and the rule proposed for it, or a place
// of the annex that was not understood.
type AnnexLine struct {
	Code, Title, Max string
	Words            string
	Kind             string // of the rule it has, or of the one proposed; "" for none
	Detail           string // the steps of the rule, and what was added to the words or doubted
	Sure, Done       bool
	Doubt            bool // Words say what was not understood, and where
	rule             scoring.Rule
}

// How far a line is.
const (
	lineDoubt = "Cần xem"
	lineDone  = "Đã xác nhận"
	lineSure  = "Chờ xác nhận"
	lineOpen  = "Chưa có loại quy tắc"
)

func annexStates() []kit.Choice { return kit.Words([]string{lineDoubt, lineSure, lineOpen, lineDone}) }

// State tells how far the line is.
func (a *AnnexLine) State() string {
	switch {
	case a.Doubt:
		return lineDoubt
	case a.Done:
		return lineDone
	case a.Sure:
		return lineSure
	}
	return lineOpen
}

// Tell writes the line out, in two paragraphs.
func (a *AnnexLine) Tell() string {
	if a.Doubt {
		return a.Words
	}
	words := cmp.Or(strings.ReplaceAll(a.Words, "\n", "; "), "(không ghi)")
	return fmt.Sprintf("%s. %s. Quyết định: %s\nHiểu là: %s", a.Code, a.Title, words, joined(": ", a.Kind, a.Detail))
}

// AnnexLines lists the lines of the set that is open: what was not understood, then the
// criteria, bonuses and penalties. It may run off the window's goroutine.
func (s *Sets) AnnexLines() ([]AnnexLine, error) {
	if s.OpenID() == 0 {
		return nil, nil
	}
	stored, set, err := s.m.Book.Set(s.OpenID())
	if err != nil {
		return nil, err
	}
	var out []AnnexLine
	for _, d := range stored.Doubts {
		out = append(out, AnnexLine{Words: d, Doubt: true})
	}
	set.Walk(func(n *scoring.Node, _ []*scoring.Node) {
		if len(n.Children) == 0 && (n.Words != "" || !n.Leaf()) {
			out = append(out, lineOf(n, set.Meta.Year))
		}
	})
	for _, a := range slices.Concat(set.Bonus, set.Penalty) {
		if a.Words == "" && len(a.Rule.Options) > 0 {
			continue
		}
		rule, notes := annex.ProposeAdjust(a)
		line := AnnexLine{Code: a.Code, Title: a.Title, Words: a.Words, Kind: "Các trường hợp", Sure: len(rule.Options) > 0, Done: len(a.Rule.Options) > 0}
		if line.Done {
			rule = a.Rule
		}
		if a.Cap != nil {
			line.Max = a.Cap.String()
		}
		var steps []string
		for _, o := range rule.Options {
			steps = append(steps, o.Label+": "+o.Points.String())
		}
		line.Detail = strings.Join(append(steps, notes...), "; ")
		out = append(out, line)
	}
	return out, nil
}

func lineOf(n *scoring.Node, year int) AnnexLine {
	a := AnnexLine{Code: n.Code, Title: n.Title, Max: n.Max.String(), Words: n.Words, Done: n.Leaf(), rule: n.Rule}
	var notes []string
	if a.Done {
		a.Kind = scoring.KindName(n.Rule)
	} else {
		p := annex.Propose(n, year)
		a.Kind, a.Sure, a.rule = p.Kind, p.Sure(), p.Rule
		notes = append(p.Problems, p.Notes...)
	}
	var steps []string
	if a.rule != nil {
		for _, l := range a.rule.Lines(n) {
			step := l.Text
			if l.Points != nil {
				step += ": " + l.Points.String()
			}
			steps = append(steps, step)
		}
	}
	a.Detail = strings.Join(append(notes, steps...), "; ")
	return a
}

// Unconfirmed counts the criteria, bonuses and penalties of the set that is open that
// have no rule yet.
func (s *Sets) Unconfirmed() (n int) {
	if s.Set == nil {
		return 0
	}
	s.Set.Walk(func(x *scoring.Node, _ []*scoring.Node) {
		if !x.Leaf() && len(x.Children) == 0 {
			n++
		}
	})
	for _, a := range slices.Concat(s.Set.Bonus, s.Set.Penalty) {
		if len(a.Rule.Options) == 0 {
			n++
		}
	}
	return n
}

// Confirm takes what is proposed for lines that are sure, and takes a doubt off the list.
func (s *Sets) Confirm(ctx context.Context, lines ...AnnexLine) error {
	var codes []string
	for _, a := range lines {
		switch {
		case a.Doubt && len(lines) == 1:
			return s.m.Book.Undoubt(ctx, s.OpenID(), a.Words)
		case a.Doubt || a.Done || !a.Sure:
			if len(lines) == 1 && !a.Done {
				return data.Fail(data.Invalid, fmt.Sprintf("Tiêu chí %s chưa có loại quy tắc: %s. Nhấn F2 để chọn.", a.Code, a.Detail), nil)
			}
		default:
			codes = append(codes, a.Code)
		}
	}
	if len(codes) == 0 {
		return nil
	}
	_, err := s.m.Book.ConfirmRules(ctx, s.OpenID(), codes...)
	return err
}

// PutRule gives the criterion of a line the rule that was chosen in the form.
func (s *Sets) PutRule(ctx context.Context, a AnnexLine, f RuleForm) error {
	set, _, err := f.Check(a.Max)
	if err != nil {
		return err
	}
	_, err = s.m.Book.PutRule(ctx, s.OpenID(), a.Code, set.Criteria[0].Rule)
	return err
}

// Form is the rule of the line, as it can be changed.
func (a *AnnexLine) Form() RuleForm {
	if a.rule == nil {
		return RuleForm{Name: a.Kind}
	}
	set := scoring.NewSet("thu", "", "", 0)
	set.Criteria = []*scoring.Node{{Code: "1", Title: "Thử", Rule: a.rule}}
	rows, err := scoring.SetRows(set)
	if err != nil {
		return RuleForm{Name: a.Kind}
	}
	sec := newSections()[SectionTree]
	sec.Table = kit.NewTable(nil)
	at := slices.IndexFunc(rows, func(r []string) bool { return sec.cell(r, scoring.ColumnCode) == "1" })
	sec.Table.Load(rows[at:])
	f, _ := (&SetSheet{Sections: []*Section{sec}}).Rule(0)
	return f
}

// Paste takes the annex of a decision that was copied; it returns how many places need
// a look. It runs off the window's goroutine.
func (s *Sets) Paste(ctx context.Context, text string) (faults int, err error) {
	d, err := book.PastedAnnex(ctx, text)
	if err != nil {
		return 0, err
	}
	id, problems, err := s.m.Book.ImportAnnex(ctx, "Dán từ bộ nhớ tạm", d)
	return len(problems), s.opened(id, err)
}
