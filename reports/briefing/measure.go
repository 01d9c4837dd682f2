package briefing

import (
	"cmp"
	"strings"

	"giaoban/data"
)

// Measure is a figure of another register than that of the dossiers, such as task.total.
// A count has a Denominator of "" and stands in the numerators.
type Measure struct {
	ID, Name, Unit  string
	Denominator     string // its name, of a rate
	Now, Before     data.Ratio
	Text            string // of a number that is not whole, in place of Now
	Known, Compared bool   // the office keeps such figures; it did a year before
}

// measure adds a figure: a count with its trend, or a rate like those of the register.
func (f *fields) measure(in *Input, m *Measure) {
	if m.Denominator != "" && m.Known {
		r := data.Rate{ID: m.ID, Name: m.Name, DenominatorName: m.Denominator, Now: m.Now, Before: m.Before, Compared: m.Compared && in.Compared()}
		f.rateOf(m.ID, "", m.Denominator, in, r)
		return
	}
	if !m.Known { // it may become a count or a rate
		for _, side := range []string{"", ".numerator", ".denominator", ".percent", ".before", ".change", ".trend"} {
			f.text(m.ID+side, m.Name, "")
		}
		return
	}
	if m.Text != "" {
		f.text(m.ID, m.Name, m.Text)
		f.text(m.ID+".trend", m.Name+", so với cùng kỳ", "")
		return
	}
	f.number(m.ID, m.Name, m.Now.Numerator)
	if !m.Compared || !in.Compared() {
		f.text(m.ID+".trend", m.Name+", so với cùng kỳ", "")
		return
	}
	f.text(m.ID+".trend", m.Name+", so với cùng kỳ", in.countTrend(m.Now.Numerator, m.Before.Numerator, m.Unit))
	f.turn(m.ID, cmp.Compare(m.Now.Numerator, m.Before.Numerator))
}

// Turn is a sentence that must be read again: a figure in it grew in the period for which
// it was written and shrinks now, or the other way round.
type Turn struct {
	Block    string // its id
	Sentence string // as it would be printed
	Figure   string // label of the figure
	Field    string // its name in the text
	Up       bool   // it grows now
}

// Turns finds the sentences of blocks that were written for another period whose figures
// changed direction since. last returns the input of the period for which a block was
// written; nil for one that was written for this period.
func Turns(blocks []Block, in *Input, last func(block string) *Input) ([]Turn, error) {
	var out []Turn
	now, before := in.gather(), map[*Input]*fields{}
	for _, b := range blocks {
		then := last(b.ID)
		if then == nil {
			continue
		}
		if before[then] == nil {
			before[then] = then.gather()
		}
		texts, err := Render([]Block{b}, in)
		if err != nil {
			return nil, err
		}
		for _, p := range texts[0].Paragraphs {
			out = append(out, turnsOf(b.ID, p, now, before[then])...)
		}
	}
	return out, nil
}

func turnsOf(block string, p Paragraph, now, then *fields) (out []Turn) {
	for start := 0; start < len(p.Text); {
		end := len(p.Text)
		if i := strings.Index(p.Text[start:], ". "); i >= 0 {
			end = start + i + 2
		}
		for _, b := range p.Bounds {
			v, _ := now.find(b.Field)
			old, ok := then.find(b.Field)
			if b.From >= start && b.From < end && ok && v.Trend*old.Trend < 0 {
				label, _ := now.find(v.Base)
				out = append(out, Turn{Block: block, Sentence: strings.TrimSpace(p.Text[start:end]), Figure: label.Label, Field: b.Field, Up: v.Trend > 0})
				break // one reason is enough to read it again
			}
		}
		start = end
	}
	return out
}
