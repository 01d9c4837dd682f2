package assess

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/scoring"
)

// NewCard puts a sheet together and evaluates it. Lines of codes that the set
// does not have, and evidence of other sheets, are told or left out; an
// answer that today's rules refuse leaves its criterion open with a remark.
func NewCard(sheet Sheet, period Period, set *scoring.Set, name string, lines []Line, evidence []Evidence) (*Card, error) {
	c := &Card{Sheet: sheet, Name: name, Period: period, Set: set, whole: set, Lines: make(map[string]*Line, len(lines))}
	for i := range lines {
		c.Lines[lines[i].Code] = &lines[i]
	}
	for i := range evidence {
		if slices.ContainsFunc(evidence[i].Links, func(k Link) bool { return k.Sheet == sheet.ID }) {
			c.Evidence = append(c.Evidence, &evidence[i])
		}
	}
	slices.SortStableFunc(c.Evidence, func(a, b *Evidence) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Number, b.Number), cmp.Compare(a.ID, b.ID))
	})
	return c, c.evaluateAll()
}

// evaluateAll evaluates the sheet at each stage. The set becomes the one that applies to
// the unit.
func (c *Card) evaluateAll() error {
	first, second := false, false
	for _, l := range c.Lines {
		first = first || l.First != nil
		second = second || l.Second != nil
	}
	var err error
	if c.Self, err = c.evaluate(Self); err != nil {
		return err
	}
	c.First, c.Final, c.rows, c.now = c.Self, c.Self, nil, nil
	if first {
		if c.First, err = c.evaluate(First); err != nil {
			return err
		}
		c.Final = c.First
	}
	if second {
		if c.Final, err = c.evaluate(Second); err != nil {
			return err
		}
	}
	c.Set = c.Final.Set
	c.compare()
	return nil
}

// compare tells where an answer that was kept gives other points than it did: its rule is
// refused today, or judged otherwise. Points that depend on what lies elsewhere may change.
func (c *Card) compare() {
	codes := slices.Sorted(maps.Keys(c.Lines))
	for _, code := range codes {
		e, n := c.Lines[code].Effective(), c.Final.Node(code)
		if e == nil || n == nil || e.State != scoring.Scored || e.Answer.Points != nil || n.Node.Depends() || n.State == scoring.Scored && n.Points == e.Points {
			continue
		}
		was := "trước đây ghi " + e.Points.String() + " điểm"
		i := slices.IndexFunc(c.Final.Remarks, func(r scoring.Remark) bool { return r.Code == code })
		switch {
		case i >= 0:
			r := &c.Final.Remarks[i]
			r.Text, r.Stored = strings.TrimSuffix(r.Text, ".")+"; "+was+".", true
		case n.State == scoring.Scored:
			c.Final.Remarks = append(c.Final.Remarks, scoring.Remark{Code: code, Stored: true,
				Text: fmt.Sprintf("Tiêu chí %s: %s, nay tính được %s (%s). Xem lại rồi ghi lại câu trả lời.", code, was, n.Points, n.Why)})
		}
	}
}

// Result returns the sheet as evaluated when the rounds up to r were held.
func (c *Card) Result(r Round) *scoring.Result {
	switch {
	case r >= Second:
		return c.Final
	case r >= First:
		return c.First
	}
	return c.Self
}

func (c *Card) evaluate(upTo Round) (*scoring.Result, error) {
	return scoring.Evaluate(c.whole, c.Answers(upTo))
}

// Answers returns the sheet that counts when the rounds up to r were held, in
// the shape of the command contract.
func (c *Card) Answers(upTo Round) *scoring.Sheet {
	s := &scoring.Sheet{CriteriaSet: c.Set.Meta.ID, Year: c.Period.Year, Survey: c.Sheet.Survey, Answers: make(map[string]scoring.Answer, len(c.Lines)),
		Unit: c.Sheet.Facts, LastYear: c.last, Peers: c.peers[counted(upTo)], Stored: true}
	for code, l := range c.Lines {
		e := l.UpTo(upTo)
		if e == nil {
			continue
		}
		switch {
		case slices.ContainsFunc(c.Set.Bonus, func(a *scoring.Adjust) bool { return a.Code == code }):
			if s.Bonus == nil {
				s.Bonus = map[string]scoring.Counts{}
			}
			s.Bonus[code] = e.Counts
		case slices.ContainsFunc(c.Set.Penalty, func(a *scoring.Adjust) bool { return a.Code == code }):
			if s.Penalty == nil {
				s.Penalty = map[string]scoring.Counts{}
			}
			s.Penalty[code] = e.Counts
		default:
			s.Answers[code] = e.Answer
		}
	}
	return s
}

// Score evaluates one leaf beside the answers that count when the rounds up to r were
// held. Errors as for scoring.Evaluate.
func (c *Card) Score(upTo Round, code string, a scoring.Answer) (scoring.NodeResult, error) {
	return c.Set.ScoreIn(c.Answers(upTo), code, a)
}

// counted is the round whose points count when the rounds up to r were held.
func counted(upTo Round) Round {
	switch {
	case upTo >= Second:
		return Second
	case upTo >= First:
		return First
	}
	return Self
}

// Grade returns the grade, that of a decision where it replaced the computed
// one.
func (c *Card) Grade() string {
	if c.Sheet.Grade != "" {
		return c.Sheet.Grade
	}
	return c.Final.Grade
}

// Rows returns every node in the order of the set.
func (c *Card) Rows() []Row {
	if c.rows != nil {
		return c.rows
	}
	proof := map[string][]*Evidence{}
	for _, e := range c.Evidence {
		for _, k := range e.Links {
			if k.Sheet == c.Sheet.ID && !slices.Contains(proof[k.Code], e) {
				proof[k.Code] = append(proof[k.Code], e)
			}
		}
	}
	rows := make([]Row, len(c.Final.Nodes))
	for i := range c.Final.Nodes {
		final := &c.Final.Nodes[i]
		r := Row{Node: final.Node, Depth: final.Depth, Domain: final.Domain, Leaf: final.Node.Leaf(), Survey: final.Node.Survey(), Max: final.Max,
			Applicable: final.Applicable, Lost: lost(final), Done: final.ScoredLeaves + final.NALeaves, Leaves: final.Leaves,
			Final: mark(final), Why: final.Why, Idle: final.Idle, Waits: final.Waits}
		if r.Leaf {
			c.fillLeaf(&r, i, proof[r.Node.Code])
		} else {
			r.Self, r.First, r.Second = mark(&c.Self.Nodes[i]), mark(&c.First.Nodes[i]), mark(final)
			r.Self.Known, r.First.Known, r.Second.Known = false, false, false
		}
		rows[i] = r
	}
	c.sumUp(rows)
	c.rows = rows
	return rows
}

// lost is what a node lost; an alternative that another one counts for lost nothing.
func lost(n *scoring.NodeResult) scoring.Points {
	if n.Idle {
		return 0
	}
	return n.Applicable - n.Points
}

func mark(n *scoring.NodeResult) Mark {
	return Mark{Known: n.State != scoring.Open || n.ScoredLeaves > 0, NA: n.State == scoring.NA, Points: n.Points}
}

func entryMark(e *Entry) Mark {
	if e == nil {
		return Mark{}
	}
	return Mark{Known: e.State != scoring.Open && e.State != "", NA: e.State == scoring.NA, Points: e.Points}
}

// fillLeaf fills what a leaf has of its own; i is its place among the nodes.
func (c *Card) fillLeaf(r *Row, i int, proof []*Evidence) {
	final := &c.Final.Nodes[i]
	r.Line, r.Proof = c.Lines[r.Node.Code], proof
	depends := r.Node.Depends()
	if depends && !r.Survey {
		// What it got when it was entered may have changed since with what it looks at.
		r.Self = mark(&c.Self.Nodes[i])
		if r.Line.Of(First) != nil {
			r.First = mark(&c.First.Nodes[i])
		}
		if r.Line.Of(Second) != nil {
			r.Second = mark(final)
		}
	}
	if r.Line == nil {
		return
	}
	if !r.Survey && !depends {
		r.Self, r.First, r.Second = entryMark(r.Line.Self), entryMark(r.Line.First), entryMark(r.Line.Second)
	}
	if !r.Survey {
		r.Explained = entryMark(r.Line.Explained)
	}
	r.NoProof = !r.Survey && !final.Idle && final.State == scoring.Scored && final.Points > 0 && len(proof) == 0
	r.Overridden = final.Overridden || r.Line.Effective().Differs()
	r.Asked = r.Line.Asked != ""
	r.Unanswered = r.Asked && r.Line.Explained == nil
}

// sumUp lets groups show what their leaves show.
func (c *Card) sumUp(rows []Row) {
	var above []int // open groups, outermost first
	surveys := make([]bool, len(rows))
	for i := range rows {
		surveys[i] = true
	}
	for i := range rows {
		r := &rows[i]
		above = above[:min(r.Depth, len(above))]
		if !r.Leaf {
			above = append(above, i)
			continue
		}
		for _, a := range above {
			g := &rows[a]
			surveys[a] = surveys[a] && r.Survey
			g.Self.Known = g.Self.Known || r.Self.Known || r.Survey && r.Final.Known
			g.First.Known = g.First.Known || r.First.Known
			g.Second.Known = g.Second.Known || r.Second.Known
			if r.Explained.Known && !r.Idle {
				g.Explained.Known = true
				g.Explained.Points += r.Explained.Points
			}
			g.NoProof = g.NoProof || r.NoProof
			g.Overridden = g.Overridden || r.Overridden
			g.Asked = g.Asked || r.Asked
			g.Unanswered = g.Unanswered || r.Unanswered
		}
	}
	for i := range rows {
		if !rows[i].Leaf {
			rows[i].Survey = surveys[i]
		}
	}
}

// Row returns the row of a code, nil where there is none.
func (c *Card) Row(code string) *Row {
	rows := c.Rows()
	return data.Find(rows, func(r *Row) bool { return r.Node.Code == code })
}

// AdjustRow is one entry of the bonus or penalty list.
type AdjustRow struct {
	Adjust              *scoring.Adjust
	Penalty             bool
	Self, First, Second Mark // Explained entries count nothing
	Final               Mark
	Line                *Line
	Proof               []*Evidence
}

// Adjusts returns the bonus and penalty lists of the set with what was given.
func (c *Card) Adjusts() (bonus, penalty []AdjustRow) {
	of := func(list []*scoring.Adjust, less bool) (out []AdjustRow) {
		for _, a := range list {
			l := c.Lines[a.Code]
			r := AdjustRow{Adjust: a, Penalty: less, Line: l, Final: entryMark(l.Effective())}
			if l != nil {
				r.Self, r.First, r.Second = entryMark(l.Self), entryMark(l.First), entryMark(l.Second)
			}
			for _, e := range c.Evidence {
				if slices.ContainsFunc(e.Links, func(k Link) bool { return k.Sheet == c.Sheet.ID && k.Code == a.Code }) {
					r.Proof = append(r.Proof, e)
				}
			}
			out = append(out, r)
		}
		return out
	}
	return of(c.Set.Bonus, false), of(c.Set.Penalty, true)
}

// NotAssessed returns the leaves that are not assessed; the reason stands in
// Row.Line.Effective().Answer.NA, or is that nothing occurred (a = 0).
func (c *Card) NotAssessed() []Row {
	return data.Where(c.Rows(), func(r Row) bool { return r.Leaf && r.Final.NA })
}

// Reason tells why a leaf is not assessed or was set by hand, "" for others.
func (c *Card) Reason(code string) string {
	if n := c.Final.Node(code); n != nil {
		return n.Reason
	}
	return ""
}

// Remark tells what the appraiser should look at in a criterion, without its name; ""
// for nothing.
func (c *Card) Remark(code string) string {
	for _, r := range c.Final.Remarks {
		if r.Code == code {
			return strings.TrimSuffix(strings.TrimPrefix(r.Text, "Tiêu chí "+code+": "), ".")
		}
	}
	return ""
}

// Counters are the progress of a sheet. Assessed is not the same as scored above
// nought.
type Counters struct {
	Leaves, Done      int // self-assessed leaves, those assessed
	Survey, Surveyed  int // leaves of the survey, those with a result
	Appraised         int // leaves that an appraisal has spoken on
	NoProof           int
	Overridden        int
	Asked, Unanswered int
}

// Counters counts the progress of the sheet.
func (c *Card) Counters() Counters {
	var n Counters
	for _, r := range c.Rows() {
		switch {
		case !r.Leaf:
			continue
		case r.Survey:
			n.Survey++
			n.Surveyed += r.Done
		case r.Idle && r.Done == 0:
			// An alternative that is not claimed needs no answer.
		default:
			n.Leaves++
			n.Done += r.Done
		}
		for _, x := range []struct {
			when bool
			to   *int
		}{{r.First.Known || r.Second.Known, &n.Appraised}, {r.NoProof, &n.NoProof}, {r.Overridden, &n.Overridden}, {r.Asked, &n.Asked}, {r.Unanswered, &n.Unanswered}} {
			if x.when {
				*x.to++
			}
		}
	}
	return n
}
