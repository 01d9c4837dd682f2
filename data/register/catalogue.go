package register

import (
	"cmp"
	"slices"

	"giaoban/data"
)

// catalogue is what the register knows of units, fields and procedures.
type catalogue struct {
	units                         map[uint32]data.Unit
	fields                        map[uint32]data.Field
	procedures                    map[uint32]data.Procedure
	unitText, fieldText, procText map[uint32][]byte // folded
}

// SetCatalogue tells the names by which dossiers are found and grouped.
func (r *Register) SetCatalogue(units []data.Unit, fields []data.Field, procedures []data.Procedure) {
	c := catalogue{
		units: map[uint32]data.Unit{}, fields: map[uint32]data.Field{}, procedures: map[uint32]data.Procedure{},
		unitText: map[uint32][]byte{}, fieldText: map[uint32][]byte{}, procText: map[uint32][]byte{},
	}
	for _, u := range units {
		c.units[u.ID], c.unitText[u.ID] = u, []byte(Fold(u.Name))
	}
	for _, f := range fields {
		c.fields[f.ID], c.fieldText[f.ID] = f, []byte(Fold(f.Name))
	}
	for _, p := range procedures {
		c.procedures[p.ID], c.procText[p.ID] = p, []byte(Fold(p.Code+" "+p.Name))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.catalogue = c
	r.changed()
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

// ranks numbers catalogue ids by a comparison.
func ranks[T any](m map[uint32]T, compare func(a, b uint32) int) map[uint32]uint32 {
	ids := make([]uint32, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	slices.SortStableFunc(ids, compare)
	out := make(map[uint32]uint32, len(ids))
	for i, id := range ids {
		out[id] = uint32(i + 1)
	}
	return out
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
