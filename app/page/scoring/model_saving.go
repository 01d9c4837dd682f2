package scoring

import (
	"context"
	"errors"
	"strings"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/scoring"
)

// Outcome is what the draft gives.
type Outcome struct {
	Points, Max string
	Known       bool
	NA          bool
	Text        string // what is still missing, or what is wrong
	Wrong       bool
	Field       string // key of the input that is wrong
	Computed    string // what the rule gives, where the points were set by hand
	Remarks     []string
}

// Outcome works the points of the draft out.
func (l *Leaf) Outcome() (o Outcome) {
	c := l.m.card
	if c == nil || !l.Answers() {
		return o
	}
	fail := func(err error) {
		if err == errPart || !l.draft.answered() {
			o.Text = ""
			if l.draft.answered() {
				o.Text = err.Error()
			}
			return
		}
		o.Text, o.Wrong = err.Error(), true
		if e, ok := err.(*data.Error); ok {
			o.Field = e.Field
		}
	}
	if a := l.adjust(); a != nil {
		if a.Cap != nil {
			o.Max = a.Cap.String()
		}
		e, err := l.draft.entry(nil, a)
		if err == nil {
			var p scoring.Points
			if p, err = c.Set.ScoreAdjust(l.code, e.Counts); err == nil && l.draft.answered() {
				o.Points, o.Known = p.String(), true
			}
		}
		if err != nil {
			fail(err)
		}
		return o
	}
	o.Max = l.Node().Max.String()
	e, err := l.draft.entry(l.Node(), nil)
	if err != nil {
		fail(err)
		return o
	}
	r, err := c.Set.Score(l.code, e.Answer, c.Period.Year)
	if err != nil {
		fail(err)
		return o
	}
	o.Known, o.NA, o.Points = r.State == scoring.Scored, r.State == scoring.NA, r.Points.String()
	if r.Overridden && r.HasComputed {
		o.Computed = r.Computed.String()
	}
	l.tellMissing(&o, e)
	return o
}

// tellMissing tells which note or source is still missing before the leaf can be
// kept: at its field once the officer has left it.
func (l *Leaf) tellMissing(o *Outcome, e assess.Entry) {
	if !l.Dirty() {
		return
	}
	round := l.Round()
	if old := l.m.card.Lines[l.code].Of(round); old != nil {
		e.Register = old.Register
	}
	if e.Register == nil && l.metric != nil && (e.Answer.B != nil || e.Answer.A != nil || e.Answer.Value != nil) {
		e.Register = &l.metric.Figure
	}
	if e.Register == nil && l.fetching {
		return // whether the register answers is not known yet
	}
	_, err := l.m.Book.Weigh(l.m.card, l.code, round, e)
	var missing *data.Error
	if !errors.As(err, &missing) {
		return
	}
	o.Text, o.Field = sentence(strings.TrimPrefix(missing.Message, "Tiêu chí "+l.code+": ")), missing.Field
	o.Wrong = l.left[missing.Field]
}

// explainsOnly reports whether the draft is an explanation that asks for no other
// points: text alone, which is enough where the unit stands by its score.
func (l *Leaf) explainsOnly() bool {
	return l.Round() == assess.Explained && l.adjust() == nil && !l.draft.answered() && strings.TrimSpace(l.draft.Note) != ""
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
	code, round, sheet, key := l.code, l.Round(), l.m.Sheet(), l.key()
	if !l.draft.answered() && l.base.answered() && !l.explainsOnly() {
		l.clear("Bỏ trống các ô", done)
		return
	}
	e, err := l.draft.entry(l.Node(), l.adjust())
	if l.explainsOnly() {
		e.Answer, err = scoring.Answer{}, nil
	}
	if err != nil {
		done(err)
		return
	}
	if old := l.m.card.Lines[code].Of(round); old != nil {
		e.Register = old.Register
	}
	l.saving = true
	l.m.Session.Go(func() {
		_, err := l.m.Book.Enter(context.Background(), sheet, code, round, e)
		l.m.Session.Post(func() {
			l.saving = false
			if err == nil {
				if l.key() == key {
					l.base = l.draft.clone()
				}
				delete(l.drafts, key)
				l.persist()
				l.m.Refresh()
			}
			done(err)
		})
	})
}

// ClearRound takes back what the round shown says of the leaf.
func (l *Leaf) ClearRound(why string, done func(error)) { l.clear(why, done) }

func (l *Leaf) clear(why string, done func(error)) {
	code, round, sheet, key := l.code, l.Round(), l.m.Sheet(), l.key()
	l.m.Session.Go(func() {
		err := l.m.Book.Clear(context.Background(), sheet, code, round, why)
		l.m.Session.Post(func() {
			if err == nil {
				delete(l.drafts, key)
				if l.key() == key {
					l.base, l.draft = Draft{}, Draft{}
				}
				l.persist()
				l.m.Refresh()
			}
			done(err)
		})
	})
}

// Fill answers the leaf by the figures of the register.
func (l *Leaf) Fill(done func(skipped []string, err error)) {
	code, round, sheet, key := l.code, l.Round(), l.m.Sheet(), l.key()
	var skipped []string
	l.m.Session.Go(func() {
		_, s, err := l.m.Book.FillFromRegister(context.Background(), sheet, round, code)
		l.m.Session.Post(func() {
			skipped = s
			if err == nil && len(s) == 0 {
				delete(l.drafts, key)
				if l.key() == key {
					l.draft = l.base.clone()
				}
				l.persist()
				l.m.Refresh()
			}
			done(skipped, err)
		})
	})
}
