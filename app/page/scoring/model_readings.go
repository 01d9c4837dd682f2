package scoring

import (
	"context"
	"fmt"
	"giaoban/app/kit"
	"slices"
	"strconv"
	"strings"

	"giaoban/data/assess"
	"giaoban/data/register"
	"giaoban/data/scoring"
	"giaoban/reports/chart"
)

// Readings lists the readings of other indices.
type Readings struct {
	// Changed is called when there is something new to show.
	Changed func()

	m     *Model
	all   []assess.Reading
	index string
	unit  string
	err   error
	asked int
}

// NewReadings returns the model; nothing is read yet.
func NewReadings(m *Model) *Readings { return &Readings{m: m, Changed: func() {}} }

// Refresh reads the readings anew.
func (r *Readings) Refresh() {
	r.asked++
	asked := r.asked
	r.m.Session.Go(func() {
		list, err := r.m.Book.Readings()
		r.m.Session.Post(func() {
			if asked != r.asked {
				return
			}
			r.all, r.err = list, err
			keys := r.Series()
			if len(keys) == 0 {
				r.index, r.unit = "", ""
			}
			if len(keys) > 0 && !slices.ContainsFunc(keys, func(c kit.Choice) bool { return c.Key == r.Key() }) {
				r.index, r.unit, _ = strings.Cut(keys[0].Key, "\x00")
			}
			r.Changed()
		})
	})
}

// Err returns why the readings could not be read.
func (r *Readings) Err() error { return r.err }

// IndexTitle returns the name of an index.
func IndexTitle(id string) string {
	if x := assess.IndexByID(id); x != nil {
		return x.Name
	}
	return id
}

// Series lists what has readings: an index for a unit.
func (r *Readings) Series() []kit.Choice {
	var out []kit.Choice
	for _, x := range r.all {
		key := x.Index + "\x00" + x.Unit
		if slices.ContainsFunc(out, func(c kit.Choice) bool { return c.Key == key }) {
			continue
		}
		label := IndexTitle(x.Index)
		if x.Unit != "" {
			label += " · " + x.Unit
		}
		out = append(out, kit.Choice{Key: key, Text: label})
	}
	slices.SortStableFunc(out, func(a, b kit.Choice) int { return register.CompareText(a.Text, b.Text) })
	return out
}

// Key is the key of the series shown.
func (r *Readings) Key() string { return r.index + "\x00" + r.unit }

// Choose shows another series.
func (r *Readings) Choose(key string) {
	r.index, r.unit, _ = strings.Cut(key, "\x00")
	r.Changed()
}

// ReadingRow is one reading of the series shown.
type ReadingRow struct {
	Reading                                   assess.Reading
	When, Value, Change, Rank, Places, Target string
	Down, Reached, HasTarget                  bool
}

// Rows lists the readings of the series shown, newest first.
func (r *Readings) Rows() []ReadingRow {
	list := assess.Series(r.all, r.index, r.unit)
	var out []ReadingRow
	for i := range list {
		x := &list[i]
		row := ReadingRow{Reading: *x, When: x.When(), Value: x.Value.String()}
		if x.Rank > 0 {
			row.Rank = strconv.Itoa(x.Rank)
			if x.Of > 0 {
				row.Rank += fmt.Sprintf("/%d", x.Of)
			}
		}
		if i > 0 {
			if value, places, ranked, ok := assess.Delta(*x, list[i-1]); ok {
				row.Change, row.Down = value.String(), value.Sign() < 0
				if value.Sign() > 0 {
					row.Change = "+" + row.Change
				} else if value.Sign() < 0 {
					row.Change = "–" + strings.TrimLeft(row.Change, "-–")
				}
				if ranked {
					row.Places = signedInt(places)
				}
			}
		}
		if reached, known := x.Reached(); known {
			row.HasTarget, row.Reached = true, reached
			row.Target = "chưa đạt"
			if reached {
				row.Target = "đạt"
			}
			if x.Target != nil {
				row.Target = x.Target.String() + ", " + row.Target
			}
		}
		out = append(out, row)
	}
	slices.Reverse(out)
	return out
}

// Chart draws the series shown as a line, with its target.
func (r *Readings) Chart() (c chart.Chart, ok bool) {
	list := assess.Series(r.all, r.index, r.unit)
	if len(list) == 0 {
		return c, false
	}
	c = chart.Chart{Kind: chart.Lines, Title: IndexTitle(r.index)}
	if r.unit != "" {
		c.Title += ", " + r.unit
	}
	value := chart.Series{Name: "Kết quả"}
	target := chart.Series{Name: "Mục tiêu"}
	goals := false
	for _, x := range list {
		c.Categories = append(c.Categories, x.When())
		size, _ := x.Value.Rat().Float64()
		value.Values = append(value.Values, chart.Value{Size: size, Text: x.Value.String()})
		if x.Target != nil {
			goal, _ := x.Target.Rat().Float64()
			target.Values = append(target.Values, chart.Value{Size: goal, Text: x.Target.String()})
			goals = true
		} else {
			target.Values = append(target.Values, chart.Value{Missing: true})
		}
	}
	c.Series = []chart.Series{value}
	if goals {
		c.Series = append(c.Series, target)
	}
	return c, true
}

// IndexChoices lists the known indices, and others that have readings.
func (r *Readings) IndexChoices() []kit.Choice {
	var out []kit.Choice
	for _, x := range assess.Indices() {
		out = append(out, kit.Choice{Key: x.ID, Text: x.Name})
	}
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

// readNumber reads a number that may be left out.
func readNumber(text string) (*scoring.Number, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	n, err := ParseNumber(text)
	return &n, err
}

func writeNumber(n *scoring.Number) string {
	if n == nil {
		return ""
	}
	return n.String()
}

// Keep stores a reading. It runs off the window's goroutine; its errors belong to
// the fields of the form, those of components to the rows parts.0, parts.1, ….
func (r *Readings) Keep(ctx context.Context, f ReadingForm) error {
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
	_, err := r.m.Book.KeepReading(ctx, f.Reading)
	return err
}

// Drop takes a reading out.
func (r *Readings) Drop(id uint64, done func(error)) {
	r.m.Do(func(ctx context.Context) error { return r.m.Book.DropReading(ctx, id) }, func(err error) { r.Refresh(); done(err) })
}
