package printed

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/text"
)

// role is what a figure of the one-stop counts, found by its words.
type role string

const (
	received role = "received"
	fresh    role = "new"
	carried  role = "carried"
	resolved role = "resolved"
	early    role = "early"
	onTime   role = "on_time"
	late     role = "late"
	pending  role = "pending"
	inTime   role = "in_time"
	overdue  role = "overdue"
)

// roles are the words for each, those that hold others first.
var roles = []struct {
	role  role
	words []string
}{
	{overdue, []string{"dang giai quyet qua han", "dang xu ly qua han", "chua giai quyet qua han", "con no qua han"}},
	{inTime, []string{"dang giai quyet trong han", "dang xu ly trong han", "chua den han", "dang giai quyet con han"}},
	{early, []string{"giai quyet truoc han", "truoc han"}},
	{late, []string{"giai quyet qua han", "tra qua han", "tre han", "qua han"}},
	{onTime, []string{"giai quyet dung han", "dung han"}},
	{pending, []string{"dang giai quyet", "dang xu ly", "chua giai quyet"}},
	{resolved, []string{"da giai quyet", "da xu ly", "giai quyet xong", "giai quyet"}},
	{carried, []string{"ky truoc chuyen sang", "tu ky truoc", "ton ky truoc", "chuyen sang"}},
	{fresh, []string{"tiep nhan moi", "moi tiep nhan", "nhan moi", "tiep nhan trong ky", "moi"}},
	{received, []string{"tong tiep nhan", "tong so tiep nhan", "tiep nhan", "tong so ho so"}},
}

// fillers are words that say nothing about whose figure it is.
var fillers = []string{"tong", "so", "ho", "duoc", "trong", "ky", "da", "la", "cac", "ca"}

// roleOf finds the role of a figure and whose it is: the words besides.
func roleOf(what string) (r role, scope string) {
	fold := text.Words(what)
	for _, one := range roles {
		for _, w := range one.words {
			if i := strings.Index(" "+fold+" ", " "+w+" "); i >= 0 {
				rest := strings.Fields((" " + fold + " ")[:i] + " " + (" " + fold + " ")[i+len(w)+2:])
				rest = slices.DeleteFunc(rest, func(w string) bool { return slices.Contains(fillers, w) })
				return one.role, strings.Join(rest, " ")
			}
		}
	}
	return "", ""
}

// sums are the identities of form II.06a: the first is the sum of the others.
var sums = [][]role{{received, carried, fresh}, {resolved, early, onTime, late}, {received, resolved, pending}, {pending, inTime, overdue}}

// identities checks what figures of one scope say of each other.
func identities(items []Item) (out []Finding) {
	scopes := map[string]map[role]*Item{}
	var order []string
	for i := range items {
		r, scope := roleOf(items[i].What)
		if r == "" || !items[i].Value.Known || items[i].Value.Of != nil || items[i].Value.Bound != Exact {
			continue
		}
		if scopes[scope] == nil {
			scopes[scope] = map[role]*Item{}
			order = append(order, scope)
		}
		if scopes[scope][r] == nil {
			scopes[scope][r] = &items[i]
		}
	}
	for _, scope := range order {
		of := scopes[scope]
		for _, sum := range sums {
			out = append(out, identity(of, sum)...)
		}
		if a, b := of[received], of[resolved]; a != nil && b != nil && of[pending] == nil && b.Value.Value.Cmp(a.Value.Value) > 0 {
			out = append(out, Finding{Code: Larger, What: b.What, Text: fmt.Sprintf("%s %s lớn hơn %s %s.", b.What, b.Value, a.What, a.Value)})
		}
	}
	return out
}

func identity(of map[role]*Item, sum []role) []Finding {
	total := of[sum[0]]
	if total == nil {
		return nil
	}
	rest := new(big.Rat).Set(total.Value.Value)
	var names []string
	missing := 0
	for _, r := range sum[1:] {
		if of[r] == nil {
			missing++
			continue
		}
		rest.Sub(rest, of[r].Value.Value)
		names = append(names, of[r].What+" "+of[r].Value.String())
	}
	shown := strings.Join(names, " + ")
	gap := floor(rest).Int64()
	switch {
	case len(names) == 0:
		return nil
	case missing == 0 && gap == 0:
		return []Finding{{Code: Agrees, What: total.What, Text: fmt.Sprintf("%s %s = %s.", total.What, total.Value, shown)}}
	case missing == 0:
		return []Finding{{Code: Broken, What: total.What, Gap: gap, Text: fmt.Sprintf("%s %s khác %s: lệch %s.", total.What, total.Value, shown, data.FormatInt(max(gap, -gap)))}}
	case gap < 0:
		return []Finding{{Code: Larger, What: total.What, Gap: gap, Text: fmt.Sprintf("%s %s nhỏ hơn %s.", total.What, total.Value, shown)}}
	case missing == 1:
		return []Finding{{Code: Derived, What: total.What, Gap: gap, Text: fmt.Sprintf("%s %s trừ %s còn %s.", total.What, total.Value, shown, data.FormatInt(gap))}}
	}
	return nil
}
