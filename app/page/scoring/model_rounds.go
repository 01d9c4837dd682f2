package scoring

import (
	"cmp"
	"fmt"
	"slices"

	"giaoban/app/env"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/register"
	"giaoban/data/scoring"
)

// RoundInfo is one round of the leaf.
type RoundInfo struct {
	Round  assess.Round
	Name   string
	Points string // what it gave, "" for nothing
	Lines  []string
}

// Rounds tells what every round says of the leaf.
func (l *Leaf) Rounds() []RoundInfo {
	if l.m.Card == nil || !l.Answers() {
		return nil
	}
	rounds := assess.Rounds
	if l.Survey() {
		rounds = rounds[:1]
	}
	line := l.m.Card.Lines[l.code]
	var out []RoundInfo
	for _, r := range rounds {
		x := RoundInfo{Round: r, Name: r.String()}
		if l.Survey() {
			x.Name = "Kết quả điều tra"
		}
		if e := line.Of(r); e != nil {
			x.Points = pointsOf(e)
			x.Lines = l.said(e)
		}
		out = append(out, x)
	}
	return out
}

func pointsOf(e *assess.Entry) string {
	switch {
	case e.State == scoring.NA:
		return "KĐG"
	case e.State == scoring.Scored:
		return e.Points.String()
	}
	return ""
}

// said writes what an entry holds, for rounds that are only read.
func (l *Leaf) said(e *assess.Entry) []string {
	var out []string
	if n := l.Node(); n != nil {
		if words := assess.AnswerWords(n, &e.Answer); words != "" {
			out = append(out, words)
		}
	} else if a := l.Adjust(); a != nil {
		for _, o := range a.Rule.Options {
			if k := e.Counts[o.ID]; k.Sign() > 0 {
				out = append(out, fmt.Sprintf("%s: %s", o.Label, k))
			}
		}
	}
	if e.Answer.Points != nil {
		text := "Điểm sửa tay"
		if e.HasComputed {
			text += ", cách chấm cho " + e.Computed.String()
		}
		out = append(out, text+": "+e.Answer.Note)
	}
	if e.Answer.NA != "" {
		out = append(out, "Không đánh giá: "+e.Answer.NA)
	}
	if e.Note != "" {
		out = append(out, e.Note)
	}
	if e.Source != "" {
		out = append(out, "Nguồn: "+e.Source)
	}
	if e.Register != nil {
		text := "Số liệu lấy từ sổ hồ sơ"
		if e.Differs() {
			text = "Số liệu sửa khác sổ hồ sơ (" + figureText(e.Register) + ")"
		}
		out = append(out, text)
	}
	if e.By != "" || e.At != 0 {
		out = append(out, joined(" ", e.By, l.m.moment(e.At)))
	}
	return out
}

// moment writes Unix seconds as the officer's clock shows them.
func (m *Model) moment(at int64) string {
	if at == 0 {
		return ""
	}
	return data.MomentAt(at, m.Session.Desk.Now().Location()).String()
}

// fetch reads what takes longer: the figure of the register and the history.
func (l *Leaf) fetch() {
	l.asked++
	asked, code, sheet := l.asked, l.code, l.m.Sheet()
	l.metric, l.history = nil, nil
	if sheet == 0 || !l.Answers() {
		l.fetching = false
		return
	}
	l.fetching = true
	l.m.Session.Go(func() {
		metric, ok, err := l.m.Book.Metric(sheet, code)
		changes, fault := l.m.Book.Changes(sheet)
		for _, err := range []error{err, fault} {
			if err != nil {
				l.m.Session.Missed(err)
			}
		}
		changes = slices.DeleteFunc(changes, func(c assess.Change) bool { return c.Code != code })
		slices.Reverse(changes)
		l.m.Session.Post(func() {
			if asked != l.asked {
				return
			}
			l.fetching = false
			if ok && err == nil {
				l.metric = &metric
			}
			l.history = changes
			l.Changed()
		})
	})
}

// Metric returns what the register gives for the leaf, nil where it gives
// nothing.
func (l *Leaf) Metric() *assess.Metric { return l.metric }

// Fetching reports whether the register and the history are still being read.
func (l *Leaf) Fetching() bool { return l.fetching }

// OpenDossiers shows the dossiers of a figure of the metric in the register.
func (l *Leaf) OpenDossiers(q *register.Query, what string) {
	l.m.Session.Jump(env.Jump{Title: fmt.Sprintf("%s · tiêu chí %s · %s", cmp.Or(what, l.metric.DefinitionTitle), l.code, env.PeriodLabel(l.metric.Period)), Query: register.Query(*q)})
}

// HistoryLine is one change of the points of the leaf.
type HistoryLine struct {
	When, What, Why string
}

// History lists the changes of the points of the leaf, newest first.
func (l *Leaf) History() []HistoryLine {
	var out []HistoryLine
	for _, c := range l.history {
		old := cmp.Or(c.Old, "chưa chấm")
		out = append(out, HistoryLine{When: l.m.moment(c.At), What: fmt.Sprintf("%s: từ %s thành %s", c.Round, old, cmp.Or(c.New, "chưa chấm")),
			Why: joined(" · ", c.Why, c.By)})
	}
	return out
}

// Asked is what the appraiser wants explained, "" for nothing.
func (l *Leaf) Asked() string {
	if l.m.Card != nil && l.m.Card.Lines[l.code] != nil {
		return l.m.Card.Lines[l.code].Asked
	}
	return ""
}
