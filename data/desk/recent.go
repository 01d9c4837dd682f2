package desk

import (
	"cmp"
	"slices"
	"strings"

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

// Address is an address in the three levels of the paper forms. Each may be "".
type Address struct {
	House    string // số nhà, đường, thôn, tổ dân phố
	Commune  string // xã, phường, đặc khu; with the district in addresses from before July 2025
	Province string // tỉnh, thành phố
}

// String joins the levels with commas, the way data.Person keeps an address.
func (a Address) String() string {
	var parts []string
	for _, level := range []string{a.House, a.Commune, a.Province} {
		if level = tidyLevel(level); level != "" {
			parts = append(parts, level)
		}
	}
	return strings.Join(parts, ", ")
}

// Empty reports whether nothing is known.
func (a Address) Empty() bool { return a.String() == "" }

// tidyLevel takes needless spaces and commas off one level.
func tidyLevel(s string) string {
	return strings.Join(splitAddress(s), ", ")
}

func splitAddress(text string) []string {
	var parts []string
	for _, p := range strings.Split(text, ",") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			parts = append(parts, p)
		}
	}
	return parts
}

// ParseAddress reads an address as the register holds it. area is the commune
// where it is known apart, else "". The part that is the area or that begins
// with a word such as xã or phường is the commune; what stands before it is the
// house, the last part after it the province. Without such a part the last of
// three or more is the province and the one before it the commune. Joining the
// levels again gives the address, but for spaces and empty parts.
func ParseAddress(written, area string) Address {
	parts := splitAddress(written)
	join := func(list []string) string { return strings.Join(list, ", ") }
	n := len(parts)
	at := -1
	for i, p := range parts {
		if communeWord(p) || area != "" && text.NameKey(p) == text.NameKey(area) {
			at = i
		}
	}
	switch {
	case n == 0:
		return Address{Commune: tidyLevel(area)}
	case at < 0 && n == 1:
		return Address{House: parts[0]}
	case at < 0 && n == 2:
		return Address{House: parts[0], Province: parts[1]}
	case at < 0:
		at = n - 2
	}
	end := n
	if end > at+1 && !districtWord(parts[n-1]) {
		end--
	}
	return Address{House: join(parts[:at]), Commune: join(parts[at:end]), Province: join(parts[end:])}
}

func communeWord(part string) bool {
	return beginsWith(part, "xa ", "phuong ", "thi tran ", "dac khu ", "x. ", "p. ", "tt. ", "x.", "p.", "tt.")
}

// districtWord reports names of districts, which stood between commune and
// province until June 2025. Thành phố is not among them: it may be a province.
func districtWord(part string) bool {
	return beginsWith(part, "huyen ", "quan ", "thi xa ", "h. ", "q. ")
}

func beginsWith(part string, words ...string) bool {
	folded := text.Fold(part)
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(folded, w) })
}
