package logbook

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"giaoban/data"
)

// Measure is a figure that a kind publishes, as its file declares it. It is a sum over
// the rows of a period, so that the rows with a part in it are the query behind it.
type Measure struct {
	ID, Name string
	Unit     string // of measure, such as "nhiệm vụ"; "%" for a rate
	// Count is the fact that is summed, Of that of the denominator of a rate; see Kind.fact.
	Count, Of string
	Distinct  string // the key of the field of which every text counts once; "" for none
	Denom     string // the name of the denominator, "" where the measure is a count

	tally tally
}

// Part returns what a row of a period adds to numerator and denominator.
func (m *Measure) Part(r *Row, p data.Period) (b, a int64) {
	r.Period = p
	return m.tally.part(r)
}

// Rate reports whether the measure is a rate.
func (m *Measure) Rate() bool { return m.Denom != "" }

// Value is a measure at one place: a count, or numerator and denominator.
type Value struct {
	Key, Name string // of the group; "" for the total
	B, A      int64
	// Of what is typed as an indicator: nothing is known; a bound (">", ">=", "<", "<=");
	// a rate of which only the quotient is known.
	Unknown bool
	Sign    string
	Bare    bool
	Entries []uint64 // that have a part in B
	Of      []uint64 // that have a part in A, in a rate
}

// GroupBy says over what values of measures are parted.
type GroupBy string

// The groups.
const (
	ByNothing GroupBy = ""
	ByUnit    GroupBy = "unit"
	ByDomain  GroupBy = "domain"
	byState   GroupBy = "state" // of printed tables
)

// unitKeys are the fields that say whose an entry is, best first.
var unitKeys = []string{"lead", "unit"}

// group returns the group of a row.
func (k *Kind) group(r *Row, by GroupBy) (key, name string) {
	if by == ByDomain {
		f := k.Field("domain")
		if f == nil {
			if f = k.Field("field"); f == nil {
				return "", "Chưa ghi lĩnh vực"
			}
		}
		if v := r.Text(f.Key); v != "" {
			return v, f.Choice(v).Title
		}
		return "", "Chưa ghi lĩnh vực"
	}
	for _, key := range unitKeys {
		if k.Field(key) == nil {
			continue
		}
		held := r.OnDay(key, r.World.Day)
		if id, _ := strconv.ParseUint(held, 10, 32); id != 0 {
			return held, r.World.UnitName(uint32(id))
		}
	}
	return "", "Chưa ghi đơn vị"
}

// GroupKey returns the key of the group of a row, "" where it belongs to none.
func (k *Kind) GroupKey(r *Row, by GroupBy) string {
	key, _ := k.group(r, by)
	return key
}

// Measure works out one measure over the rows of a kind, and its parts by group, by
// name. The rows bear the period afterwards.
func (k *Kind) Measure(m *Measure, rows []Row, p data.Period, by GroupBy) (total Value, parts []Value) {
	at := map[string]int{}
	seen := map[string]bool{}
	for i := range rows {
		r := &rows[i]
		if !k.In(r.World, r.Entry, p) {
			continue
		}
		b, a := m.Part(r, p)
		if text := r.Text(m.Distinct); m.Distinct != "" && b > 0 {
			if text == "" || seen[text] {
				b = 0
			}
			seen[text] = true
		}
		total.add(r.ID, b, a, m.Rate())
		if by == ByNothing || b == 0 && a == 0 {
			continue
		}
		key, name := k.group(r, by)
		if _, ok := at[key]; !ok {
			at[key] = len(parts)
			parts = append(parts, Value{Key: key, Name: name})
		}
		parts[at[key]].add(r.ID, b, a, m.Rate())
	}
	slices.SortStableFunc(parts, func(x, y Value) int { return cmp.Or(strings.Compare(x.Name, y.Name), strings.Compare(x.Key, y.Key)) })
	return total, parts
}

func (v *Value) add(id uint64, b, a int64, rate bool) {
	if b != 0 {
		v.B += b
		v.Entries = append(v.Entries, id)
	}
	if rate && a != 0 {
		v.A += a
		v.Of = append(v.Of, id)
	}
}

// Ratio returns a rate exactly.
func (v Value) Ratio() data.Ratio { return data.Ratio{Numerator: v.B, Denominator: v.A} }

func one(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}
