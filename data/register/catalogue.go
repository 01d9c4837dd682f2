package register

import (
	"bytes"
	"cmp"
	"maps"
	"slices"

	"giaoban/data"
	"giaoban/data/text"
)

// catalogue is what the register knows of units, fields and procedures.
type catalogue struct {
	units                            map[uint32]data.Unit
	fields                           map[uint32]data.Field
	procedures                       map[uint32]data.Procedure
	unitText, fieldText, procText    map[uint32][]byte   // folded
	unitRank, fieldRank, procRank    []int32             // by id, from 1; 0 for an id not in the catalogue
	unitNames, fieldNames, procNames names               // as text.Spellings
	online                           [][]data.OnlineStep // by id of a procedure, each from its day on
	successor                        []uint32            // by id of a unit: the one into which it went at last
}

// SetCatalogue tells the names by which dossiers are found and grouped.
func (r *Register) SetCatalogue(units []data.Unit, fields []data.Field, procedures []data.Procedure) {
	r.Apply(&Batch{catalogue: newCatalogue(units, fields, procedures)}, nil)
}

func newCatalogue(units []data.Unit, fields []data.Field, procedures []data.Procedure) *catalogue {
	c := &catalogue{
		units: map[uint32]data.Unit{}, fields: map[uint32]data.Field{}, procedures: map[uint32]data.Procedure{},
		unitText: map[uint32][]byte{}, fieldText: map[uint32][]byte{}, procText: map[uint32][]byte{},
		unitNames: names{}, fieldNames: names{}, procNames: names{},
	}
	for _, u := range units {
		c.units[u.ID], c.unitText[u.ID], c.unitNames[u.ID] = u, []byte(text.Fold(u.Name)), text.Spellings(u.Name)
	}
	for _, f := range fields {
		c.fields[f.ID], c.fieldText[f.ID], c.fieldNames[f.ID] = f, []byte(text.Fold(f.Name)), text.Spellings(f.Name)
	}
	for _, p := range procedures {
		c.procedures[p.ID], c.procText[p.ID], c.procNames[p.ID] = p, []byte(text.Fold(p.Code+" "+p.Name)), text.Spellings(p.Name)
	}
	c.online = onlineSteps(procedures)
	c.unitRank = ranks(c.units, c.compareUnit)
	c.fieldRank = rankNames(c.fields, func(f data.Field) string { return f.Name })
	c.procRank = rankNames(c.procedures, func(p data.Procedure) string { return p.Name })
	c.follow()
	return c
}

// setCatalogue puts a catalogue in place and drops what followed from the one
// before. The register must be locked.
func (r *Register) setCatalogue(c *catalogue) {
	r.catalogue = *c
	r.cache.clear()
	for _, by := range []Sort{SortUnit, SortField, SortProcedure} {
		delete(r.orders, by)
	}
	clear(r.summaries)
}

// follow finds for each unit the one into which it was merged at last.
func (c *catalogue) follow() {
	for id := range c.units {
		last := id
		for range c.units { // a ring of successors must not hold us
			next := c.units[last].Successor
			if _, ok := c.units[next]; !ok || next == id {
				break
			}
			last = next
		}
		for len(c.successor) <= int(id) {
			c.successor = append(c.successor, uint32(len(c.successor)))
		}
		c.successor[id] = last
	}
}

// heir returns the unit into which a unit was merged at last, itself when it was
// not merged.
func (c *catalogue) heir(unit uint32) uint32 {
	if int(unit) < len(c.successor) {
		return c.successor[unit]
	}
	return unit
}

// stands returns the unit as which a unit stands in lists of units: where mergers are
// followed, the one into which it went at last.
func (c *catalogue) stands(unit uint32, follow bool) uint32 {
	if follow {
		return c.heir(unit)
	}
	return unit
}

// counted returns the unit as which a competent unit counts in figures and rankings: a
// point of reception as its centre.
func (c *catalogue) counted(unit uint32, follow bool) uint32 {
	if u := c.units[unit]; u.Centre != 0 {
		unit = u.Centre
	}
	return c.stands(unit, follow)
}

// levelOrder is the order in which levels stand in tables; others follow by name.
var levelOrder = map[data.Level]int{data.LevelProvince: 1, data.LevelDistrict: 2, data.LevelCommune: 3, data.LevelVertical: 4}

func compareLevel(a, b data.Level) int {
	rank := func(l data.Level) int {
		switch n, ok := levelOrder[l]; {
		case ok:
			return n
		case l == "":
			return 100
		}
		return 50
	}
	if c := cmp.Compare(rank(a), rank(b)); c != 0 {
		return c
	}
	return cmp.Compare(a, b)
}

func (c *catalogue) compareUnit(a, b uint32) int {
	if a == 0 || b == 0 {
		return cmp.Compare(b, a) // the unknown unit comes last
	}
	return CompareUnits(c.units[a], c.units[b])
}

// ranks numbers catalogue ids by a comparison, from 1.
func ranks[T any](m map[uint32]T, compare func(a, b uint32) int) []int32 {
	ids := slices.Sorted(maps.Keys(m))
	slices.SortStableFunc(ids, compare)
	var out []int32
	for i, id := range ids {
		for len(out) <= int(id) {
			out = append(out, 0)
		}
		out[id] = int32(i + 1)
	}
	return out
}

// rankNames numbers catalogue ids by names in Vietnamese order.
func rankNames[T any](m map[uint32]T, name func(T) string) []int32 {
	keys := make(map[uint32][]byte, len(m))
	for id, entry := range m {
		keys[id] = AppendKey(nil, []byte(name(entry)))
	}
	return ranks(m, func(a, b uint32) int { return bytes.Compare(keys[a], keys[b]) })
}

// CompareUnits orders units as tables list them: by level, then place, then
// name in Vietnamese order.
func CompareUnits(a, b data.Unit) int {
	if n := compareLevel(a.Level, b.Level); n != 0 {
		return n
	}
	if n := cmp.Compare(a.Order, b.Order); n != 0 {
		return n
	}
	if n := CompareText(a.Name, b.Name); n != 0 {
		return n
	}
	return cmp.Compare(a.ID, b.ID)
}
