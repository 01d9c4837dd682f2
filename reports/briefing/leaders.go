package briefing

import (
	"fmt"
	"strings"

	"giaoban/data"
)

// named is how many units are named where they tie; more are counted.
const named = 3

// shown is how many units the table and the chart of overdue dossiers hold.
const shown = 10

// leading is how many of the units, most first, share the first place.
func leading(units []data.Row) int {
	n := 0
	for n < len(units) && units[n].Overdue == units[0].Overdue {
		n++
	}
	return n
}

// most says which units have most overdue dossiers: "nhiều nhất là A và B, mỗi đơn
// vị 2 hồ sơ". Units that tie are all named, or counted where they are many.
func most(units []data.Row) string {
	n := leading(units)
	of := data.FormatInt(units[0].Overdue) + " hồ sơ"
	switch {
	case n == 1:
		return "nhiều nhất là " + units[0].Name + ", " + of
	case n <= named:
		return "nhiều nhất là " + joined(units[:n]) + ", mỗi đơn vị " + of
	case n == len(units):
		return "mỗi đơn vị " + of
	}
	return fmt.Sprintf("nhiều nhất là %d đơn vị, mỗi đơn vị %s", n, of)
}

// joined writes names as "A, B và C".
func joined(units []data.Row) string {
	text := units[0].Name
	for i, u := range units[1:] {
		if i == len(units)-2 {
			text += " và " + u.Name
		} else {
			text += ", " + u.Name
		}
	}
	return text
}

// top lists the first units with their figures, three or as many as tie with the
// third: "A (7 hồ sơ), B (4 hồ sơ)". A tie of many is counted, so that none of
// those who share a place is left out.
func top(units []data.Row) string {
	var parts []string
	for at := 0; at < len(units) && at < named; {
		n := leading(units[at:])
		of := data.FormatInt(units[at].Overdue) + " hồ sơ"
		if n > named {
			other := ""
			if at > 0 {
				other = " khác"
			}
			parts = append(parts, fmt.Sprintf("%d đơn vị%s (mỗi đơn vị %s)", n, other, of))
		} else {
			for _, u := range units[at : at+n] {
				parts = append(parts, u.Name+" ("+of+")")
			}
		}
		at += n
	}
	return strings.Join(parts, ", ")
}

// tops lists the first units of each class: "Cấp tỉnh: A (7 hồ sơ); Cấp xã: B (4 hồ sơ)".
func tops(classes []data.Classed[data.Row]) string {
	var parts []string
	for _, c := range classes {
		parts = append(parts, titled(c.Class, top(c.List)))
	}
	return strings.Join(parts, "; ")
}

// titled puts the name of a class before a text about it.
func titled(c data.Class, text string) string {
	if c.Name == "" {
		return text
	}
	return c.Name + ": " + text
}

// unitRows are the rows of the table of units with overdue dossiers: the first of
// them, one row for the others where it is cut, and their sum.
func unitRows(units []data.Row) (rows []data.Row, cut int) {
	rows = append(rows, units[:min(len(units), shown)]...)
	cut = len(units) - len(rows)
	if cut > 0 {
		rows = append(rows, data.Row{Name: fmt.Sprintf("và %d đơn vị khác", cut), Counts: together(units[shown:]).Counts})
	}
	if len(units) > 1 {
		rows = append(rows, together(units))
	}
	return rows, cut
}

// together is the sum of units with overdue dossiers.
func together(units []data.Row) data.Row {
	sum := data.Row{Name: fmt.Sprintf("Cộng %d đơn vị còn hồ sơ quá hạn", len(units))}
	for _, u := range units {
		sum.Counts.Add(u.Counts)
	}
	return sum
}
