package scoring

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
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
			if !slices.ContainsFunc(r.Series(), func(Choice) bool { return true }) {
				r.index, r.unit = "", ""
			}
			if keys := r.Series(); len(keys) > 0 && !slices.ContainsFunc(keys, func(c Choice) bool { return c.Key == r.Key() }) {
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
func (r *Readings) Series() []Choice {
	var out []Choice
	for _, x := range r.all {
		key := x.Index + "\x00" + x.Unit
		if slices.ContainsFunc(out, func(c Choice) bool { return c.Key == key }) {
			continue
		}
		label := IndexTitle(x.Index)
		if x.Unit != "" {
			label += " · " + x.Unit
		}
		out = append(out, Choice{key, label})
	}
	slices.SortStableFunc(out, func(a, b Choice) int { return register.CompareText(a.Label, b.Label) })
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

// ReadingForm is a reading as it is typed.
type ReadingForm struct {
	ID                                        uint64
	Index, Unit, Year, Value, Scale, Rank, Of string
	Target, TargetRank, Number, Issuer, Note  string
	Day, Date                                 data.Day
	Parts                                     [][]string // rows under PartColumns
}

// PartColumns are the columns of the components of a reading. A component without
// a value is not kept.
func PartColumns() []RuleColumn {
	return []RuleColumn{{Title: "Thành phần", Flex: true}, {Title: "Giá trị", Width: 90}, {Title: "Tối đa", Width: 90}, {Title: "Hạng", Width: 70}}
}

// IndexChoices lists the known indices, and others that have readings.
func (r *Readings) IndexChoices() []Choice {
	var out []Choice
	for _, x := range assess.Indices() {
		out = append(out, Choice{x.ID, x.Name})
	}
	for _, x := range r.all {
		if !slices.ContainsFunc(out, func(c Choice) bool { return c.Key == x.Index }) {
			out = append(out, Choice{x.Index, x.Index})
		}
	}
	return out
}

// FreshReading is an empty form for an index, with its usual scale and parts.
func FreshReading(index, unit string, year int) ReadingForm {
	f := ReadingForm{Index: index, Unit: unit, Year: strconv.Itoa(year)}
	if x := assess.IndexByID(index); x != nil {
		f.Scale = x.Scale.String()
		if x.ByDay {
			f.Year = ""
		}
		for _, p := range x.Components {
			f.Parts = append(f.Parts, []string{p.Name, "", p.Max.String(), ""})
		}
	}
	return f
}

// ReadingFormOf writes a reading into the fields.
func ReadingFormOf(x assess.Reading) ReadingForm {
	f := ReadingForm{ID: x.ID, Index: x.Index, Unit: x.Unit, Value: x.Value.String(), Scale: x.Scale.String(), Day: x.Day, Number: x.Source.Number, Issuer: x.Source.Issuer, Date: x.Source.Date, Note: x.Note}
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	f.Year, f.Rank, f.Of, f.TargetRank = number(x.Year), number(x.Rank), number(x.Of), number(x.TargetRank)
	if x.Target != nil {
		f.Target = x.Target.String()
	}
	for _, p := range x.Components {
		limit := ""
		if p.Max.Sign() != 0 {
			limit = p.Max.String()
		}
		f.Parts = append(f.Parts, []string{p.Name, p.Value.String(), limit, number(p.Rank)})
	}
	return f
}

func (f *ReadingForm) reading() (assess.Reading, error) {
	x := assess.Reading{ID: f.ID, Index: f.Index, Unit: strings.TrimSpace(f.Unit), Day: f.Day, Note: f.Note, Source: assess.Document{Number: f.Number, Issuer: f.Issuer, Date: f.Date}}
	var first error
	keep := func(field string, err error) {
		if err != nil && first == nil {
			first = at(field, err)
		}
	}
	whole := func(field, text string) int {
		if text = strings.TrimSpace(text); text == "" {
			return 0
		}
		n, ok := data.ParseWhole(text, data.MaxCount)
		if !ok || n < 1 {
			keep(field, data.Fail(data.Invalid, fmt.Sprintf("«%s» không phải số nguyên từ 1.", text), nil))
		}
		return int(n)
	}
	number := func(field, text string) (n scoring.Number) {
		n, err := ParseNumber(text)
		keep(field, err)
		return n
	}
	if f.Index == "" {
		keep("index", data.Fail(data.Invalid, "Chọn chỉ số.", nil))
	}
	x.Year, x.Rank, x.Of, x.TargetRank = whole("year", f.Year), whole("rank", f.Rank), whole("of", f.Of), whole("targetRank", f.TargetRank)
	x.Value, x.Scale = number("value", f.Value), number("scale", f.Scale)
	if f.Target != "" {
		t := number("target", f.Target)
		x.Target = &t
	}
	for i, row := range f.Parts {
		if len(row) == 0 || cellOf(row, 1) == "" {
			continue
		}
		field := rowField("parts", i)
		part := assess.ReadingPart{Name: cellOf(row, 0), Value: number(field, cellOf(row, 1)), Rank: whole(field, cellOf(row, 3))}
		if part.Name == "" {
			keep(field, data.Fail(data.Invalid, "Nhập tên thành phần.", nil))
		}
		if text := cellOf(row, 2); text != "" {
			part.Max = number(field, text)
		}
		if part.Max.Sign() != 0 && part.Value.Cmp(part.Max) > 0 {
			keep(field, data.Fail(data.Invalid, fmt.Sprintf("Giá trị %s lớn hơn tối đa %s.", part.Value, part.Max), nil))
		}
		x.Components = append(x.Components, part)
	}
	return x, first
}

// Keep stores a reading. It runs off the window's goroutine.
func (r *Readings) Keep(ctx context.Context, f ReadingForm) error {
	x, err := f.reading()
	if err != nil {
		return err
	}
	_, err = r.m.Book.KeepReading(ctx, x)
	return err
}

// Drop takes a reading out.
func (r *Readings) Drop(id uint64, done func(error)) {
	r.m.Do(func(ctx context.Context) error { return r.m.Book.DropReading(ctx, id) }, func(err error) { r.Refresh(); done(err) })
}
