package scoring

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/app/kit"
	"giaoban/data/assess"
	"giaoban/data/register"
	"giaoban/data/scoring"
	"giaoban/reports/chart"
)

// Readings are the readings of other indices; those of one index for one unit are
// shown.
type Readings struct {
	Key string // of the series shown
	all []assess.Reading
}

// NewReadings shows the series with the key, or the first one where there is none.
func NewReadings(all []assess.Reading, key string) Readings {
	r := Readings{Key: key, all: all}
	if series := r.Series(); !slices.ContainsFunc(series, func(c kit.Choice) bool { return c.Key == key }) {
		if r.Key = ""; len(series) > 0 {
			r.Key = series[0].Key
		}
	}
	return r
}

func seriesKey(index, unit string) string { return index + "\x00" + unit }

func (r *Readings) series() []assess.Reading {
	index, unit, _ := strings.Cut(r.Key, "\x00")
	return assess.Series(r.all, index, unit)
}

// name is an index as it is called, with the unit that it is for.
func name(x *assess.Reading, by string) string {
	title := x.Index
	if known := assess.IndexByID(x.Index); known != nil {
		title = known.Name
	}
	return joined(by, title, x.Unit)
}

// Series lists what has readings: an index for a unit.
func (r *Readings) Series() []kit.Choice {
	var out []kit.Choice
	for i := range r.all {
		c := kit.Choice{Key: seriesKey(r.all[i].Index, r.all[i].Unit), Text: name(&r.all[i], " · ")}
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b kit.Choice) int { return register.CompareText(a.Text, b.Text) })
	return out
}

// ReadingRow is one reading of the series shown, with what changed since the one
// before.
type ReadingRow struct {
	assess.Reading
	Change, Places string
}

// Rows lists the readings of the series shown, newest first.
func (r *Readings) Rows() []ReadingRow {
	list := r.series()
	var out []ReadingRow
	for i := range list {
		row := ReadingRow{Reading: list[i]}
		if i > 0 {
			if value, places, ranked, ok := assess.Delta(list[i], list[i-1]); ok {
				row.Change = []string{"–", "", "+"}[value.Sign()+1] + strings.TrimLeft(value.String(), "-–")
				row.Places = kit.If(ranked, signedInt(places), "")
			}
		}
		out = append(out, row)
	}
	slices.Reverse(out)
	return out
}

// Chart draws the series shown as a line, with its target.
func (r *Readings) Chart() chart.Chart {
	list := r.series()
	c := chart.Chart{Kind: chart.Lines}
	value, target := chart.Series{Name: "Kết quả"}, chart.Series{Name: "Mục tiêu"}
	goals := false
	size := func(n scoring.Number) chart.Value {
		f, _ := n.Rat().Float64()
		return chart.Value{Size: f, Text: n.String()}
	}
	for i := range list {
		x := &list[i]
		c.Title = name(x, ", ")
		c.Categories = append(c.Categories, x.When())
		value.Values = append(value.Values, size(x.Value))
		goal := chart.Value{Missing: true}
		if x.Target != nil {
			goal, goals = size(*x.Target), true
		}
		target.Values = append(target.Values, goal)
	}
	if c.Series = []chart.Series{value}; goals {
		c.Series = append(c.Series, target)
	}
	return c
}

// IndexChoices lists the known indices, and others that have readings.
func (r *Readings) IndexChoices() []kit.Choice {
	out := kit.ChoicesOf(assess.Indices(), func(x assess.Index) kit.Choice { return kit.Choice{Key: x.ID, Text: x.Name} })
	for _, x := range r.all {
		if !slices.ContainsFunc(out, func(c kit.Choice) bool { return c.Key == x.Index }) {
			out = append(out, kit.Choice{Key: x.Index, Text: x.Index})
		}
	}
	return out
}

// FreshReading is an empty reading of an index, with its usual scale and parts.
func FreshReading(index, unit string, year int) ReadingForm {
	f := ReadingForm{Reading: assess.Reading{Index: index, Unit: unit, Year: year}}
	if x := assess.IndexByID(index); x != nil {
		f.Scale = x.Scale
		if x.ByDay {
			f.Year = 0
		}
		for _, p := range x.Components {
			f.Parts = append(f.Parts, PartForm{Name: p.Name, Max: &p.Max})
		}
	}
	return f
}

// ReadingForm is a reading while it is typed: components may lack their value. A
// component without one is not kept.
type ReadingForm struct {
	assess.Reading
	Parts []PartForm
}

// PartForm is a component while it is typed.
type PartForm struct {
	Name       string
	Value, Max *scoring.Number
	Rank       int
}

// ReadingFormOf writes a reading into the fields.
func ReadingFormOf(x assess.Reading) ReadingForm {
	f := ReadingForm{Reading: x}
	for _, p := range x.Components {
		part := PartForm{Name: p.Name, Value: &p.Value, Rank: p.Rank}
		if p.Max.Sign() != 0 {
			part.Max = &p.Max
		}
		f.Parts = append(f.Parts, part)
	}
	return f
}

// KeepReading stores a reading. It runs off the window's goroutine; its errors belong to
// the fields of the form, those of components to the rows parts.0, parts.1, ….
func (m *Model) KeepReading(ctx context.Context, f ReadingForm) error {
	if f.Index == "" {
		return refuse("index", "Chọn chỉ số.")
	}
	f.Components = nil
	for i, p := range f.Parts {
		if p.Value == nil {
			continue
		}
		field := fmt.Sprintf("parts.%d", i)
		part := assess.ReadingPart{Name: p.Name, Value: *p.Value, Rank: p.Rank}
		if p.Max != nil {
			part.Max = *p.Max
		}
		switch {
		case part.Name == "":
			return refuse(field, "Dòng %d: nhập tên thành phần.", i+1)
		case part.Max.Sign() != 0 && part.Value.Cmp(part.Max) > 0:
			return refuse(field, "Dòng %d: giá trị %s lớn hơn tối đa %s.", i+1, part.Value, part.Max)
		}
		f.Components = append(f.Components, part)
	}
	_, err := m.Book.KeepReading(ctx, f.Reading)
	return err
}
