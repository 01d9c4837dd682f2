package register

import (
	"cmp"
	"slices"
	"sync"

	"giaoban/data"
)

// Use is what a unit had of a procedure in a period: new dossiers filed online, dossiers
// with a fee, and those of them that were paid online.
type Use struct {
	Unit, Procedure               uint32
	NewOnline, FeeDue, PaidOnline int64
}

func (u *Use) add(o *Use) {
	u.NewOnline += o.NewOnline
	u.FeeDue += o.FeeDue
	u.PaidOnline += o.PaidOnline
}

// Uses counts the dossiers of a period as of a day by unit and procedure in one pass;
// units are those of Figures by unit. What has none of the counts is left out.
func (s *State) Uses(p data.Period, asOf data.Day, f Filter) []Use { return s.r.uses(p, asOf, f) }

func (r *Register) uses(p data.Period, asOf data.Day, f Filter) (out []Use) {
	if asOf == data.NoDay {
		asOf = p.To
	}
	units, unitOf := r.groupKeys(data.ByUnit, f.FollowMergers)
	admit := r.admit(f)
	s := spanOf(p, asOf)
	all := make(map[[2]uint32]*Use, units)
	var mu sync.Mutex
	parallel(len(r.ids), func(from, to int) {
		part := r.countUses(unitOf, admit, s, from, to)
		mu.Lock()
		defer mu.Unlock()
		for key, u := range part {
			if all[key] == nil {
				all[key] = &Use{Unit: key[0], Procedure: key[1]}
			}
			all[key].add(u)
		}
	})
	for _, u := range all {
		out = append(out, *u)
	}
	slices.SortFunc(out, func(a, b Use) int { return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Procedure, b.Procedure)) })
	return out
}

func (r *Register) countUses(unitOf func(int) uint32, admit func(int) bool, s span, from, to int) map[[2]uint32]*Use {
	part := map[[2]uint32]*Use{}
	for start := from; start < to; start += zoneRows {
		if !r.zones[start/zoneRows].touches(s) {
			continue
		}
		for row := start; row < min(start+zoneRows, to); row++ {
			if !r.live.has(row) || admit != nil && !admit(row) {
				continue
			}
			c := r.classify(row, s)
			fee := data.Flag(r.flags[row])&data.FeeDue != 0
			if c.out == data.NotCounted || c.in != inOnline && !fee {
				continue
			}
			key := [2]uint32{unitOf(row), r.proc[row]}
			u := part[key]
			if u == nil {
				u = &Use{}
				part[key] = u
			}
			if c.in == inOnline {
				u.NewOnline++
			}
			if fee {
				u.FeeDue++
				if data.Flag(r.flags[row])&data.PaidOnline != 0 {
					u.PaidOnline++
				}
			}
		}
	}
	return part
}
