package desk

import (
	"cmp"
	"slices"

	"giaoban/data"
	"giaoban/data/text"
)

// Recent is what the newest dossiers hold, to be proposed for the next one.
type Recent struct {
	Procedures []uint32  // those used last first
	Communes   []Address // without houses, those used most often first
	Partners   []string  // agencies that take part, those used last first
}

// Recent reads the newest n dossiers. It takes some milliseconds a thousand.
func (d *Desk) Recent(n int) Recent {
	var out Recent
	seen := map[uint32]bool{}
	partners := map[string]bool{}
	type place struct {
		address Address
		times   int
	}
	var places []place
	at := map[string]int{}
	look := func(p *data.Person) {
		if p.Address == "" && p.Area == "" {
			return
		}
		a := ParseAddress(p.Address, p.Area)
		if a.House = ""; a.Commune == "" {
			return
		}
		key := text.NameKey(a.String())
		if i, ok := at[key]; ok {
			places[i].times++
			return
		}
		at[key] = len(places)
		places = append(places, place{a, 1})
	}
	err := d.store.View(func(v View) error {
		last := v.LastID()
		for id := last; id > 0 && last-id < uint64(n); id-- {
			one, err := v.Dossier(id)
			if data.CodeOf(err) == data.NotFound {
				continue
			}
			if err != nil {
				return err
			}
			if one.Procedure != 0 && !seen[one.Procedure] {
				seen[one.Procedure] = true
				out.Procedures = append(out.Procedures, one.Procedure)
			}
			if key := text.NameKey(one.Partner); key != "" && !partners[key] {
				partners[key] = true
				out.Partners = append(out.Partners, one.Partner)
			}
			look(&one.Owner)
			look(&one.Agent)
		}
		return nil
	})
	if err != nil {
		d.fault(err)
		return Recent{}
	}
	slices.SortStableFunc(places, func(a, b place) int { return cmp.Compare(b.times, a.times) })
	for _, p := range places {
		out.Communes = append(out.Communes, p.address)
	}
	return out
}

// Acquainted returns the newest dossier of the person who has the identity
// number or, where that is "", the phone number; ok is false when there is none.
// Numbers of fewer than eight digits find nobody.
func (d *Desk) Acquainted(identity, phone string) (one data.Dossier, ok bool) {
	number := cmp.Or(identity, phone)
	if len(number) < 8 {
		return one, false
	}
	list := d.List(Query{Text: number})
	newest := list.IDs[:min(len(list.IDs), 100)]
	err := d.Dossiers(newest, func(other *data.Dossier) error {
		if !ok && (identity != "" && other.Owner.Identity == identity || identity == "" && other.Owner.Phone == phone) {
			one, ok = *other, true
		}
		return nil
	})
	if err != nil {
		d.fault(err)
		return data.Dossier{}, false
	}
	return one, ok
}
