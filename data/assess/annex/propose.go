package annex

import (
	"regexp"
	"slices"
	"strings"

	"giaoban/data/scoring"
)

// Proposal is a rule read from the words of a decision, for an officer to confirm.
type Proposal struct {
	Kind  string // as the column Loại quy tắc of a set names it; "" for none
	Rule  scoring.Rule
	None  *scoring.NoneRule // what the words give where nothing occurred
	NA    bool              // the decision foresees that it is not assessed
	Notes []string          // what was added or doubted, Vietnamese fragments
	// Problems keep the proposal from being taken as it is, Vietnamese fragments.
	Problems []string
}

// Sure reports whether the proposal can be taken as it is.
func (p *Proposal) Sure() bool { return p.Rule != nil && len(p.Problems) == 0 }

// Propose reads a rule for a leaf from its words. year is that of the set: what is
// «năm trước» depends on it.
func Propose(n *scoring.Node, year int) Proposal {
	r := &reader{n: n, year: year, text: strings.TrimSpace(n.Words), whole: fold(n.Words)}
	r.pieces = pieces(n.Words, n.Max)
	r.takeNone()
	var p Proposal
	for _, try := range []func() (scoring.Rule, bool){r.survey, r.group, r.deduct, r.steps, r.ratio, r.free, r.dates, r.late, r.percents, r.counts, r.binary, r.checklist, r.choices} {
		if rule, ok := try(); ok {
			p.Rule = rule
			break
		}
		if r.kind != "" {
			break // a formula that tiers would leave out
		}
	}
	switch p.Rule.(type) {
	case *scoring.Tiers, *scoring.Binary, *scoring.Checklist:
		r.noteUnread()
	case *scoring.Steps:
		r.unused(true)
	case *scoring.Deduct:
		r.unused(false)
	}
	if apart.MatchString(r.whole + " " + fold(n.Note) + " " + fold(n.Title)) {
		r.note("quyết định nói riêng cho một loại đơn vị; thêm dòng «Riêng cho» dưới tiêu chí")
	}
	p.None, p.NA, p.Notes = r.none, r.na, r.notes
	if p.Rule == nil {
		p.Kind = r.kind
		p.Problems = []string{"chưa đọc được cách chấm từ lời của quyết định; chọn loại quy tắc"}
		if r.kind != "" {
			p.Problems = []string{"cần ghi công thức và các biến"}
		} else if r.text == "" {
			p.Problems = []string{"quyết định không ghi cách chấm; chọn loại quy tắc"}
		}
		return p
	}
	p.Kind = scoring.KindName(p.Rule)
	p.Problems = append(checkAlone(n, p, year), r.problems...)
	return p
}

// Apply gives the rule of the proposal to a leaf.
func (p *Proposal) Apply(n *scoring.Node) {
	n.Rule = p.Rule
	if p.None != nil {
		n.None = p.None
	}
	n.NAAllowed = n.NAAllowed || p.NA
}

// checkAlone lists what is wrong with a rule for a leaf.
func checkAlone(n *scoring.Node, p Proposal, year int) (out []string) {
	set := scoring.NewSet("thu", "", "", year)
	c := *n
	c.Children, c.Variants = nil, nil
	p.Apply(&c)
	set.Criteria, set.Meta.Total = []*scoring.Node{&c}, c.Max
	for _, f := range set.Problems() {
		_, text, found := strings.Cut(f.Message, ": ")
		if !found {
			text = f.Message
		}
		out = append(out, strings.TrimSuffix(text, "."))
	}
	return out
}

// reader reads the words of one leaf.
type reader struct {
	n      *scoring.Node
	year   int
	text   string
	whole  string // folded
	pieces []piece
	none   *scoring.NoneRule
	na     bool
	kind   string // known although the rule is not
	notes  []string
	// problems of a rule that leaves out what the words give points for.
	problems []string
	used     []string // the folded pieces that such a rule rests on
}

func (r *reader) note(text string) { r.notes = append(r.notes, text) }

// noteUnread notes the sentences that the rule makes nothing of.
func (r *reader) noteUnread() {
	for _, p := range r.pieces {
		if !p.scored && len(p.label) > 3 {
			r.note("chưa dùng lời «" + clip(p.label) + "»")
		}
	}
}

// notJudged is «xã không có thôn vùng sâu thì không đánh giá», «… không tính điểm tiêu
// chí này».
var notJudged = regexp.MustCompile(`^(?:cac )?(?:xa|phuong|don vi|dia phuong|truong hop|neu|doi voi|khong co|noi)\b.*\bkhong (?:danh gia|xem xet|(?:cham|tinh) diem (?:tieu chi|noi dung))\b`)

// takeNone takes out what is said of «không phát sinh».
func (r *reader) takeNone() {
	r.pieces = slices.DeleteFunc(r.pieces, func(p piece) bool {
		none := strings.Contains(p.fold, "khong phat sinh") || strings.Contains(p.fold, "khong co phat sinh")
		switch {
		case !none && !p.scored && notJudged.MatchString(p.fold):
			r.none, r.na = &scoring.NoneRule{How: scoring.ZeroNA}, true
			r.note("«" + clip(p.label) + "»: chọn «Không phát sinh» ở đơn vị ấy")
		case !none:
			return false
		case strings.Contains(p.fold, "khong danh gia") || strings.Contains(p.fold, "khong xem xet") || strings.Contains(p.fold, "khong cham"):
			r.none, r.na = &scoring.NoneRule{How: scoring.ZeroNA}, true
		case p.scored && p.points == r.n.Max:
			r.none = &scoring.NoneRule{How: scoring.ZeroFull}
		case p.scored && p.points == 0:
			r.none = &scoring.NoneRule{How: scoring.ZeroZero}
		case p.scored:
			r.none = &scoring.NoneRule{Points: &p.points}
		default:
			return false
		}
		return true
	})
}

// saysPoints finds points in a sentence.
var saysPoints = regexp.MustCompile(`\d\s*(?:diem|d)\b`)

// unused faults sentences with points of which steps make nothing, and «chậm quá 5 ngày
// không có điểm», of which deductions make nothing either.
func (r *reader) unused(steps bool) {
	for _, p := range r.pieces {
		says := steps && (p.scored && p.points != 0 && p.points != r.n.Max || !p.scored && saysPoints.MatchString(p.fold))
		if c, ok := condOf(p.fold); p.scored && p.points == 0 && ok && lateForm.MatchString(p.fold) && c.min != nil {
			says = true
		}
		if says && !slices.Contains(r.used, p.fold) && !counting.MatchString(p.fold) {
			r.problems = append(r.problems, "chưa dùng lời «"+clip(p.label)+"»")
		}
	}
}

// scored returns the pieces that name points.
func (r *reader) scored() []piece {
	return slices.DeleteFunc(slices.Clone(r.pieces), func(p piece) bool { return !p.scored })
}

// has reports whether the words of the leaf, or what stands beside them, hold one of
// the phrases.
func (r *reader) has(phrases ...string) bool {
	return slices.ContainsFunc(phrases, func(s string) bool { return strings.Contains(r.whole, s) })
}

func (r *reader) survey() (scoring.Rule, bool) {
	around := r.whole + " " + fold(r.n.Note) + " " + fold(strings.Join(r.n.Evidence, " "))
	if r.text == "" {
		around += fold(r.n.Title) // «Chỉ số hài lòng theo kết quả điều tra xã hội học»
	}
	asked := strings.Contains(around, "dieu tra xa hoi hoc") || strings.Contains(around, "dieu tra xhh") || strings.Contains(around, "khao sat xhh") || strings.Contains(around, "ket qua khao sat") || strings.TrimSpace(around) == "xhh"
	if !asked || len(r.scored()) > 1 {
		return nil, false
	}
	return &scoring.Survey{Mode: scoring.SurveyPercent, Words: scoring.Words{Text: r.text}}, true
}

func (r *reader) free() (scoring.Rule, bool) {
	if len(r.scored()) > 1 || !r.has("hoi dong xem xet", "hoi dong quyet dinh", "hoi dong cho diem", "hoi dong tham dinh cho", "hoi dong tham dinh xem xet", "hoi dong tham dinh quyet dinh", "hoi dong cham") {
		return nil, false
	}
	return &scoring.Free{Words: scoring.Words{Text: r.text}}, true
}

// apart tells words that hold for units of a kind only.
var apart = regexp.MustCompile(`\b(?:khong ap dung (?:doi voi|cho)|rieng (?:doi voi )?(?:cac )?(?:xa|phuong|don vi)|doi voi (?:cac )?(?:xa|phuong|don vi) (?:mien nui|bien gioi|dac biet|vung cao|hai dao|khong ))`)

// counting tells words that count something.
var counting = regexp.MustCompile(`\b(?:moi|cu|tru|toi da|khong qua|ty le|cong thuc)\b`)

// binary is «Có: 1; không: 0», or one line with the full points.
func (r *reader) binary() (scoring.Rule, bool) {
	s := r.scored()
	switch {
	case len(s) == 0 && (strings.Contains(r.whole, "co/khong") || strings.Contains(r.whole, "co / khong") || strings.Contains(r.whole, "dat/khong dat") || strings.Contains(r.whole, "co hoac khong")):
		return &scoring.Binary{Yes: r.n.Max}, true
	case len(s) == 1 && counting.MatchString(s[0].fold):
		return nil, false // «mỗi … được …, tối đa 5» is no yes or no
	case len(s) == 1 && s[0].points == r.n.Max && s[0].label != "":
		r.note("quyết định chỉ ghi một mức; nếu không đạt là 0 điểm")
		return &scoring.Binary{Yes: r.n.Max, YesLabel: s[0].label}, true
	case len(s) != 2:
		return nil, false
	}
	yes, no := s[0], s[1]
	if no.points > yes.points {
		yes, no = no, yes
	}
	negative := strings.HasPrefix(no.fold, "khong") || strings.HasPrefix(no.fold, "chua") || strings.Contains(no.fold, " khong ") || strings.Contains(no.fold, " chua ") || no.points == 0
	if !negative || yes.points != r.n.Max {
		return nil, false
	}
	return &scoring.Binary{Yes: yes.points, No: no.points, YesLabel: yes.label, NoLabel: no.label}, true
}

// checklist is a list of items that add up to the maximum.
func (r *reader) checklist() (scoring.Rule, bool) {
	var items []scoring.Item
	var sum, best scoring.Points
	for _, p := range r.scored() {
		if p.points > 0 {
			items = append(items, scoring.Item{Label: p.label, Points: p.points})
			sum, best = sum+p.points, max(best, p.points)
		}
	}
	switch {
	case len(items) < 2:
		return nil, false
	case sum == r.n.Max:
		return &scoring.Checklist{Items: items}, true
	case sum > r.n.Max && best < r.n.Max && r.has("toi da", "khong qua", "khong vuot"):
		return &scoring.Checklist{Items: items, Capped: true}, true
	}
	return nil, false
}

// choices are steps that only their words tell apart.
func (r *reader) choices() (scoring.Rule, bool) {
	s := r.scored()
	if len(s) < 2 {
		return nil, false
	}
	t := &scoring.Tiers{Input: scoring.ByChoice}
	lowest := s[0].points
	for i, p := range s {
		key := scoring.ChoiceKey(string(rune('1' + i)))
		if i > 8 {
			key = scoring.ChoiceKey("m" + string(rune('a'+i-9)))
		}
		label := p.label
		if label == "" {
			label = "Mức " + p.points.String()
		}
		t.Tiers = append(t.Tiers, scoring.Tier{Choice: &key, Label: label, Points: p.points})
		lowest = min(lowest, p.points)
	}
	if lowest > 0 {
		none := scoring.Points(0)
		t.MissingPoints = &none
		r.note("quyết định không ghi mức 0 điểm; thêm «chưa thực hiện: 0»")
	}
	return t, true
}
