package register

import (
	"bytes"
	"slices"
)

// A dossier knows three units: the competent one, the one where it was received and
// the one that helped the citizen to apply. The latter two are named where they are
// other units (from 01/07/2025 centres receive regardless of boundaries); else they are
// the competent one. Points of reception stand here under their own names.

// placeOf returns the unit that a column of places names for a row.
func (r *Register) placeOf(column []uint16, row int, follow bool) uint32 {
	unit := r.receivers.of(column[row])
	if unit == 0 {
		unit = r.unit[row]
	}
	return r.catalogue.stands(unit, follow)
}

// placeKeys are the groupKeys of a column of places.
func (r *Register) placeKeys(column []uint16, follow bool) (n int, keyOf func(row int) uint32) {
	top := r.maxUnit
	for _, id := range r.receivers.list {
		top = max(top, id)
	}
	if follow {
		for id := range top + 1 {
			top = max(top, r.catalogue.heir(id))
		}
	}
	return int(top) + 1, func(row int) uint32 { return r.placeOf(column, row, follow) }
}

// placed makes a sieve of the rows that a column of places puts in one of the units.
func (r *Register) placed(column []uint16, units []uint32, follow bool) sieve {
	wanted := make([]uint32, len(units))
	for i, id := range units {
		wanted[i] = r.catalogue.stands(id, follow)
	}
	return keep(func(row int) bool { return slices.Contains(wanted, r.placeOf(column, row, follow)) })
}

// Externals returns the dossiers that another system keeps under a code of its own, by
// that code as text.Fold writes it.
func (r *Register) Externals() map[string]uint64 {
	r.mu.RLock()
	defer r.mu.RUnlock()
	out := map[string]uint64{}
	for row, id := range r.ids {
		if _, code, ok := bytes.Cut(r.codes.line(row), []byte{separator}); ok && r.live.has(row) {
			out[string(code[:len(code)-1])] = uint64(id)
		}
	}
	return out
}
