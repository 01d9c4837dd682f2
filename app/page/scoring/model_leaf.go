package scoring

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"giaoban/data/assess"
	"giaoban/data/scoring"
)

// Leaf is the leaf shown: its rule, what a round says of it, and what is being
// typed. What was typed and not kept stays as a draft when the officer goes on.
type Leaf struct {
	// Changed is called when there is something new to show of the leaf.
	Changed func()
	// Keep gets the drafts as text whenever they change, to survive a crash; "" for
	// none.
	Keep func(text string)

	m      *Model
	code   string
	round  assess.Round // chosen by the officer, 0 for the one that is open
	base   Draft        // as kept
	draft  Draft
	saving bool
	left   map[string]bool // fields that the officer has been in and left
	leftAt string          // on which leaf and round
	drafts map[string]Draft

	asked    int
	metric   *assess.Metric
	history  []assess.Change
	fetching bool
}

// Show shows a leaf. A draft of it comes back.
func (l *Leaf) Show(code string) {
	l.m.Tree.at = code
	if code == l.code && l.m.card != nil {
		return
	}
	l.keepDraft()
	l.code = code
	l.load()
	l.fetch()
	l.Changed()
}

// take reads the leaf anew after the card changed; what was typed stays.
func (l *Leaf) take() {
	if at := l.m.Tree.At(); at != l.code {
		l.keepDraft()
		l.code = at
	} else {
		l.keepDraft()
	}
	l.load()
	l.fetch()
	l.Changed()
}

// drop forgets the leaf before another sheet is shown; its draft is kept.
func (l *Leaf) drop() {
	l.keepDraft()
	l.code, l.round = "", 0
	l.base, l.draft = Draft{}, Draft{}
}

func (l *Leaf) key() string {
	return fmt.Sprintf("%d/%s/%d", l.m.Sheet(), l.code, l.Round())
}

// keepDraft puts what was typed and not kept aside.
func (l *Leaf) keepDraft() {
	if l.code == "" || l.m.card == nil || l.saving {
		return
	}
	l.stash(l.key())
}

func (l *Leaf) stash(key string) {
	if l.drafts == nil {
		l.drafts = map[string]Draft{}
	}
	_, had := l.drafts[key]
	if l.draft.same(&l.base) {
		delete(l.drafts, key)
		if !had {
			return
		}
	} else {
		l.drafts[key] = l.draft.clone()
	}
	l.persist()
}

func (l *Leaf) persist() {
	if l.Keep == nil {
		return
	}
	text := ""
	if len(l.drafts) > 0 {
		if raw, err := json.Marshal(l.drafts); err == nil {
			text = string(raw)
		}
	}
	l.Keep(text)
}

// Restore takes drafts of the last time; it reports how many there are.
func (l *Leaf) Restore(text string) int {
	var drafts map[string]Draft
	if json.Unmarshal([]byte(text), &drafts) != nil {
		return 0
	}
	l.drafts = drafts
	return len(drafts)
}

// Unsaved returns how many leaves hold something typed that is not kept yet.
func (l *Leaf) Unsaved() int {
	n := len(l.drafts)
	if l.code != "" && l.m.card != nil {
		if _, there := l.drafts[l.key()]; !there && l.Dirty() {
			n++
		} else if there && !l.Dirty() {
			n--
		}
	}
	return n
}

// HasDraft reports whether a leaf of the sheet holds something that is not kept.
func (l *Leaf) HasDraft(code string) bool {
	if code == l.code {
		return l.Dirty()
	}
	prefix := fmt.Sprintf("%d/%s/", l.m.Sheet(), code)
	for k := range l.drafts {
		if strings.HasPrefix(k, prefix) {
			return true
		}
	}
	return false
}

func (l *Leaf) load() {
	if at := fmt.Sprint(l.m.Sheet(), l.code, l.Round()); at != l.leftAt {
		l.left, l.leftAt = nil, at
	}
	l.base, l.draft = Draft{}, Draft{}
	if l.m.card == nil || l.code == "" {
		return
	}
	e := l.m.card.Lines[l.code].Of(l.Round())
	l.base = draftOf(l.Node(), e)
	l.draft = l.base.clone()
	if d, ok := l.drafts[l.key()]; ok {
		l.draft = d.clone()
	}
}

// Code returns the code of the leaf, "" for none.
func (l *Leaf) Code() string { return l.code }

// Node returns the criterion; nil for a group of bonus or penalty and for entries
// of these lists.
func (l *Leaf) Node() *scoring.Node {
	if l.m.card == nil {
		return nil
	}
	return l.m.card.Set.Node(l.code)
}

// Row returns the row of the criterion, nil for bonus and penalty.
func (l *Leaf) Row() *assess.Row {
	if l.m.card == nil {
		return nil
	}
	return l.m.card.Row(l.code)
}

// Adjust returns the bonus or penalty shown, nil for a criterion.
func (l *Leaf) Adjust() *assess.AdjustRow {
	if l.m.card == nil {
		return nil
	}
	bonus, penalty := l.m.card.Adjusts()
	for _, list := range [][]assess.AdjustRow{bonus, penalty} {
		for i := range list {
			if list[i].Adjust.Code == l.code {
				return &list[i]
			}
		}
	}
	return nil
}

func (l *Leaf) adjust() *scoring.Adjust {
	if a := l.Adjust(); a != nil {
		return a.Adjust
	}
	return nil
}

// Answers reports whether what is shown can be answered: a leaf, a bonus or a
// penalty.
func (l *Leaf) Answers() bool {
	n := l.Node()
	return n != nil && n.Leaf() || n == nil && l.adjust() != nil
}

// Survey reports whether the leaf is answered by the survey.
func (l *Leaf) Survey() bool {
	n := l.Node()
	return n != nil && n.Survey()
}

// Round is the round that is shown: the one chosen, else the one that the state of
// the sheet is in. The survey has one round only.
func (l *Leaf) Round() assess.Round {
	switch {
	case l.m.card == nil || l.Survey():
		return assess.Self
	case l.round != 0:
		return l.round
	}
	return l.openRound()
}

func (l *Leaf) openRound() assess.Round {
	c := l.m.card
	switch c.Sheet.State {
	case assess.Drafting:
		return assess.Self
	case assess.Submitted:
		return assess.First
	case assess.Explaining:
		if _, r, _ := c.Period.DaysLeft(&c.Sheet, l.m.Today()); r == assess.Explained {
			if line := c.Lines[l.code]; line != nil && line.Asked != "" {
				return assess.Explained
			}
		}
		return assess.Second
	}
	// Nothing is being judged: what counts is shown.
	switch line := c.Lines[l.code]; {
	case line.Of(assess.Second) != nil:
		return assess.Second
	case line.Of(assess.First) != nil:
		return assess.First
	}
	return assess.Self
}

// ChooseRound shows another round of this and the next leaves.
func (l *Leaf) ChooseRound(r assess.Round) {
	l.keepDraft()
	l.round = r
	l.load()
	l.Changed()
}

// Locked returns nil where the round shown may be written, else why not.
func (l *Leaf) Locked() error {
	c := l.m.card
	if c == nil || !l.Answers() {
		return nil
	}
	if l.Survey() {
		return c.Period.SurveyLocked(&c.Sheet)
	}
	return c.Period.Locked(&c.Sheet, l.Round(), l.m.Today())
}

// Inputs lists the fields of the leaf.
func (l *Leaf) Inputs() []Input {
	if n := l.Node(); n != nil && n.Leaf() {
		return inputsOf(n)
	}
	if a := l.adjust(); a != nil {
		return adjustInputs(a)
	}
	return nil
}

// MayMiss reports whether «chưa thực hiện» is an answer, MayNone whether «none of
// these» must be said, MayNA whether the leaf may be left out of the assessment,
// and MayHand whether its points may be set by hand.
func (l *Leaf) MayMiss() bool {
	n := l.Node()
	if n == nil {
		return false
	}
	r, ok := n.Rule.(*scoring.Tiers)
	return ok && r.MissingPoints != nil
}

// MayNone reports whether the answer may be that none of a list applies, and how
// that is said.
func (l *Leaf) MayNone() (label string, ok bool) {
	n := l.Node()
	if n == nil {
		return "", false
	}
	switch n.Rule.(type) {
	case *scoring.Checklist:
		return "Không đạt nội dung nào", true
	case *scoring.Deduct:
		return "Không có lỗi nào", true
	}
	return "", false
}

// NAForeseen reports whether the decision foresees that the leaf is not assessed.
func (l *Leaf) NAForeseen() bool {
	n := l.Node()
	return n != nil && n.NAAllowed
}

// NeedsSource reports whether figures that are typed need their source.
func (l *Leaf) NeedsSource() bool {
	n := l.Node()
	if n == nil || n.Metric == nil && !n.Survey() || !n.Survey() && l.metric != nil {
		return false
	}
	for _, in := range inputsOf(n) {
		switch in.Key {
		case keyB, keyValue, keyPercent:
			return true
		}
	}
	return false
}

// RuleLine is one line of the rule in words.
type RuleLine struct {
	Text, Points string
	Reached      bool
}

// Rule tells the rule in words, with the step that is reached now.
func (l *Leaf) Rule() []RuleLine {
	n := l.Node()
	if n == nil {
		return nil
	}
	var at map[int]bool
	if e, err := l.draft.entry(n, nil); err == nil || e.Answer.Checked != nil {
		r, serr := l.m.card.Set.Score(l.code, e.Answer, l.m.card.Period.Year)
		at = reached(n, &e.Answer, r.Computed, serr == nil && r.HasComputed)
	}
	var out []RuleLine
	for i, x := range n.RuleLines() {
		line := RuleLine{Text: x.Text, Reached: at[i]}
		if x.Points != nil {
			line.Points = x.Points.String()
		}
		out = append(out, line)
	}
	return out
}

// Draft returns what stands in the fields.
func (l *Leaf) Draft() *Draft { return &l.draft }

// Edit changes the draft and tells.
func (l *Leaf) Edit(change func(*Draft)) {
	before := l.draft.clone()
	change(&l.draft)
	if !l.draft.same(&before) {
		l.stash(l.key())
		l.Changed()
	}
}

// Pick chooses or ticks a line of the rule.
func (l *Leaf) Pick(i int) {
	n := l.Node()
	if n == nil || i < 0 {
		return
	}
	l.Edit(func(d *Draft) {
		switch r := n.Rule.(type) {
		case *scoring.Binary:
			if i < 2 {
				d.Put(keyYes, strconv.Itoa(i))
			}
		case *scoring.Checklist:
			key := keyChecked + strconv.Itoa(i)
			switch {
			case i >= len(r.Items):
			case d.Get(key) != "":
				d.Put(key, "")
			default:
				d.Put(key, "1")
				d.None = false
			}
		case *scoring.Tiers:
			switch {
			case i < len(r.Tiers):
				d.Put(keyChoice, strconv.Itoa(i))
				d.Missing = false
			case i == len(r.Tiers) && r.MissingPoints != nil:
				d.Put(keyChoice, "")
				d.Missing = true
			}
		}
	})
}

// Leave notes that the officer has left a field: what is missing there is told from
// now on, not only when the leaf is kept.
func (l *Leaf) Leave(field string) {
	if l.left[field] || !l.Dirty() {
		return
	}
	if l.left == nil {
		l.left = map[string]bool{}
	}
	l.left[field] = true
	l.Changed()
}

// Dirty reports whether something was typed that is not kept.
func (l *Leaf) Dirty() bool { return !l.draft.same(&l.base) }

// Discard takes back what was typed.
func (l *Leaf) Discard() {
	l.draft = l.base.clone()
	l.stash(l.key())
	l.Changed()
}
