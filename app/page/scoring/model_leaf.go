package scoring

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/scoring"
	"giaoban/data/text"
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
	Draft  Draft        // what stands in the fields
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
	if code == l.code && l.m.Card != nil {
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
	l.keepDraft()
	l.code = l.m.Tree.at
	l.load()
	l.fetch()
	l.Changed()
}

// drop forgets the leaf before another sheet is shown; its draft is kept.
func (l *Leaf) drop() {
	l.keepDraft()
	l.code, l.round = "", 0
	l.base, l.Draft = Draft{}, Draft{}
}

func (l *Leaf) key() string {
	return fmt.Sprintf("%d/%s/%d", l.m.Sheet(), l.code, l.Round())
}

// keepDraft puts what was typed and not kept aside.
func (l *Leaf) keepDraft() {
	if l.code == "" || l.m.Card == nil || l.saving {
		return
	}
	l.stash(l.key())
}

func (l *Leaf) stash(key string) {
	switch _, had := l.drafts[key]; {
	case l.Dirty():
		l.drafts[key] = clone(l.Draft)
	case had:
		delete(l.drafts, key)
	default:
		return
	}
	l.persist()
}

func (l *Leaf) persist() {
	if len(l.drafts) == 0 {
		l.Keep("")
	} else if raw, err := json.Marshal(l.drafts); err == nil {
		l.Keep(string(raw))
	}
}

// Restore takes drafts of the last time; it reports how many there are.
func (l *Leaf) Restore(text string) int {
	drafts := map[string]Draft{}
	if json.Unmarshal([]byte(text), &drafts) == nil {
		maps.Copy(l.drafts, drafts)
	}
	return len(l.drafts)
}

// Unsaved returns how many leaves hold something typed that is not kept yet.
func (l *Leaf) Unsaved() int {
	n := len(l.drafts)
	if l.code != "" && l.m.Card != nil {
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
		l.left, l.leftAt = map[string]bool{}, at
	}
	l.base, l.Draft = Draft{}, Draft{}
	if l.m.Card == nil || l.code == "" {
		return
	}
	e := l.m.Card.Lines[l.code].Of(l.Round())
	l.base = draftOf(l.Inputs(), e)
	l.Draft = clone(l.base)
	if d, ok := l.drafts[l.key()]; ok {
		l.Draft = clone(d)
	}
}

// Code returns the code of the leaf, "" for none.
func (l *Leaf) Code() string { return l.code }

// Node returns the criterion; nil for a group of bonus or penalty and for entries
// of these lists.
func (l *Leaf) Node() *scoring.Node {
	if l.m.Card == nil {
		return nil
	}
	return l.m.Card.Set.Node(l.code)
}

// Row returns the row of the criterion, nil for bonus and penalty.
func (l *Leaf) Row() *assess.Row {
	if l.m.Card == nil {
		return nil
	}
	return l.m.Card.Row(l.code)
}

// Adjust returns the bonus or penalty shown, nil for a criterion.
func (l *Leaf) Adjust() *scoring.Adjust {
	if l.m.Card == nil {
		return nil
	}
	bonus, penalty := l.m.Card.Adjusts()
	for _, a := range slices.Concat(bonus, penalty) {
		if a.Adjust.Code == l.code {
			return a.Adjust
		}
	}
	return nil
}

// Answers reports whether what is shown can be answered: a leaf, a bonus or a
// penalty.
func (l *Leaf) Answers() bool {
	n := l.Node()
	return n != nil && n.Leaf() || n == nil && l.Adjust() != nil
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
	case l.m.Card == nil || l.Survey():
		return assess.Self
	case l.round != 0:
		return l.round
	}
	return l.openRound()
}

func (l *Leaf) openRound() assess.Round {
	c := l.m.Card
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
	c := l.m.Card
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
	if n := l.Node(); n != nil {
		return inputsOf(n)
	}
	if a := l.Adjust(); a != nil {
		return adjustInputs(a)
	}
	return nil
}

// MayMiss reports whether «chưa thực hiện» is an answer in a box of its own.
func (l *Leaf) MayMiss() bool {
	n := l.Node()
	return n != nil && n.Leaf() && slices.Contains(n.Rule.Inputs(), "missing") && l.lineInput() == nil
}

// MayNone reports whether the answer may be that none of a list applies, and how
// that is said.
func (l *Leaf) MayNone() (label string, ok bool) {
	if list := l.Inputs(); l.Node() != nil && len(list) > 0 {
		label, ok = map[InputKind]string{InputMany: "Không đạt nội dung nào", InputTimes: "Không có lỗi nào"}[list[0].Kind]
	}
	return label, ok
}

// MayBeNothing reports whether the answer may be that nothing of it occurred.
func (l *Leaf) MayBeNothing() bool {
	n := l.Node()
	return n != nil && n.None != nil
}

// lineInput is the input that is answered by lines of the rule, nil for none.
func (l *Leaf) lineInput() *Input {
	if list := l.Inputs(); len(list) == 1 && (list[0].Kind == InputOne || list[0].Kind == InputMany) {
		return &list[0]
	}
	return nil
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
	return slices.ContainsFunc(inputsOf(n), func(in Input) bool { return slices.Contains([]string{"b", "value", "percent"}, in.Key) })
}

// RuleLine is one line of the rule in words.
type RuleLine struct {
	Text, Points string
	Reached      bool
	Fixed        bool // no answer, where others are
}

// Rule tells the rule in words, with the steps that are reached now: the lines of the
// rule by their places, then what it asks of the unit.
func (l *Leaf) Rule() []RuleLine {
	n := l.Node()
	if n == nil || n.Rule == nil {
		return nil
	}
	at, in := l.Draft.reached(l.m.Card.Set, n, l.Inputs(), l.m.Card.Period.Year), l.lineInput()
	var out []RuleLine
	for i, x := range placed(n) {
		line := RuleLine{Text: x.Text, Reached: at[i], Fixed: in != nil && i >= in.lines}
		if x.Points != nil {
			line.Points = x.Points.String()
		}
		out = append(out, line)
	}
	return out
}

// placed are the lines of a rule by the places that its answers name, then what it asks
// of the unit.
func placed(n *scoring.Node) []scoring.RuleLine {
	lines := n.RuleLines()
	return slices.Concat(lines[len(n.Asks):], lines[:len(n.Asks)])
}

// Put changes a field of the draft and tells.
func (l *Leaf) Put(key, text string) {
	if l.Draft[key] != text {
		l.Draft.Put(key, text)
		l.stash(l.key())
		l.Changed()
	}
}

// Pick chooses or ticks a line of the rule.
func (l *Leaf) Pick(i int) {
	in := l.lineInput()
	if in == nil || i < 0 || i >= in.lines {
		return
	}
	text := strconv.Itoa(i)
	if in.Kind == InputMany {
		list := strings.Fields(l.Draft[in.Key])
		if slices.Contains(list, text) {
			list = slices.DeleteFunc(list, func(s string) bool { return s == text })
		} else {
			list = append(list, text)
			l.Draft.Put(KeyNone, "")
		}
		slices.Sort(list)
		text = strings.Join(list, " ")
	}
	l.Put(in.Key, text)
}

// Leave notes that the officer has left a field: what is missing there is told from
// now on, not only when the leaf is kept.
func (l *Leaf) Leave(field string) {
	if l.left[field] || !l.Dirty() {
		return
	}
	l.left[field] = true
	l.Changed()
}

// Dirty reports whether something was typed that is not kept.
func (l *Leaf) Dirty() bool { return !maps.Equal(l.Draft, l.base) }

// Discard takes back what was typed.
func (l *Leaf) Discard() {
	l.Draft = clone(l.base)
	l.stash(l.key())
	l.Changed()
}

// Outcome is what the draft gives.
type Outcome struct {
	Points, Max string
	Known       bool
	NA          bool
	Text        string // what is still missing, or what is wrong
	Wrong       bool
	Field       string // key of the input that is wrong
	Computed    string // what the rule gives, where the points were set by hand
	Why         string // the way to the points in words, or what they wait for
}

// Outcome works the points of the draft out.
func (l *Leaf) Outcome() (o Outcome) {
	c := l.m.Card
	if c == nil || !l.Answers() {
		return o
	}
	a, p := l.Adjust(), scoring.Points(0)
	e, err := l.Draft.entry(l.Inputs(), a != nil)
	if a != nil {
		if a.Cap != nil {
			o.Max = a.Cap.String()
		}
		if err == nil {
			if p, err = c.Set.ScoreAdjust(l.code, e.Counts); err == nil && l.Draft.answered() {
				o.Points, o.Known = p.String(), true
			}
		}
		return o.fail(err, l.Draft)
	}
	o.Max = l.Node().Max.String()
	var r scoring.NodeResult
	if err == nil {
		r, err = c.Score(l.Round(), l.code, e.Answer)
	}
	if err != nil {
		return o.fail(err, l.Draft)
	}
	o.Known, o.NA, o.Points = r.State == scoring.Scored, r.State == scoring.NA, r.Points.String()
	if o.Why = r.Why; r.State != scoring.Open && l.Draft.answered() {
		o.Why = joined("; ", o.Why, c.Remark(l.code))
	}
	if r.Overridden && r.HasComputed {
		o.Computed = r.Computed.String()
	}
	l.tellMissing(&o, e)
	return o
}

// fail is the outcome of a draft that gives no points; one that is empty is nothing
// wrong.
func (o Outcome) fail(err error, d Draft) Outcome {
	if err != nil && d.answered() {
		o.Text, o.Wrong = err.Error(), err != errPart
		var e *data.Error
		if o.Wrong && errors.As(err, &e) {
			o.Field = e.Field
		}
	}
	return o
}

// tellMissing tells which note or source is still missing before the leaf can be
// kept: at its field once the officer has left it.
func (l *Leaf) tellMissing(o *Outcome, e assess.Entry) {
	if !l.Dirty() {
		return
	}
	round := l.Round()
	if old := l.m.Card.Lines[l.code].Of(round); old != nil {
		e.Register = old.Register
	}
	if e.Register == nil && l.metric != nil && (e.Answer.B != nil || e.Answer.A != nil || e.Answer.Value != nil) {
		e.Register = &l.metric.Figure
	}
	if e.Register == nil && l.fetching {
		return // whether the register answers is not known yet
	}
	_, err := l.m.Book.Weigh(l.m.Card, l.code, round, e)
	var missing *data.Error
	if !errors.As(err, &missing) {
		return
	}
	o.Text, o.Field = text.Sentence(strings.TrimPrefix(missing.Message, "Tiêu chí "+l.code+": ")), missing.Field
	o.Wrong = l.left[missing.Field]
}

// explainsOnly reports whether the draft is an explanation that asks for no other
// points: text alone, which is enough where the unit stands by its score.
func (l *Leaf) explainsOnly() bool {
	return l.Round() == assess.Explained && l.Adjust() == nil && !l.Draft.answered() && strings.TrimSpace(l.Draft[KeyNote]) != ""
}

// Save keeps the draft. done gets nil or what is wrong; what was typed stays
// then. A draft in which nothing was answered, and one that changed nothing, are
// not kept.
func (l *Leaf) Save(done func(error)) {
	if l.saving {
		return
	}
	if !l.Dirty() {
		done(nil)
		return
	}
	if err := l.Locked(); err != nil {
		done(err)
		return
	}
	code, round, sheet := l.code, l.Round(), l.m.Sheet()
	if !l.Draft.answered() && l.base.answered() && !l.explainsOnly() {
		l.ClearRound("Bỏ trống các ô", done)
		return
	}
	e, err := l.Draft.entry(l.Inputs(), l.Adjust() != nil)
	if l.explainsOnly() {
		e.Answer, err = scoring.Answer{}, nil
	}
	if err != nil {
		done(err)
		return
	}
	if old := l.m.Card.Lines[code].Of(round); old != nil {
		e.Register = old.Register
	}
	l.saving = true
	l.write(func(ctx context.Context) error {
		_, err := l.m.Book.Enter(ctx, sheet, code, round, e)
		return err
	}, done)
}

// write changes what is kept of the round shown; what was typed goes with it, and
// stays where it failed.
func (l *Leaf) write(work func(context.Context) error, done func(error)) {
	key := l.key()
	l.m.Session.Go(func() {
		err := work(context.Background())
		l.m.Session.Post(func() {
			if l.saving = false; err == nil {
				if delete(l.drafts, key); l.key() == key {
					l.base = clone(l.Draft)
				}
				l.persist()
				l.m.Refresh()
			}
			done(err)
		})
	})
}

// ClearRound takes back what the round shown says of the leaf.
func (l *Leaf) ClearRound(why string, done func(error)) {
	code, round, sheet := l.code, l.Round(), l.m.Sheet()
	l.write(func(ctx context.Context) error { return l.m.Book.Clear(ctx, sheet, code, round, why) }, done)
}

// Fill answers the leaf by the figures of the register.
func (l *Leaf) Fill(done func(error)) {
	code, round, sheet := l.code, l.Round(), l.m.Sheet()
	l.write(func(ctx context.Context) error {
		_, skipped, err := l.m.Book.FillFromRegister(ctx, sheet, round, code)
		if err == nil && len(skipped) > 0 {
			err = data.Fail(data.Invalid, skipped[0], nil)
		}
		return err
	}, done)
}
