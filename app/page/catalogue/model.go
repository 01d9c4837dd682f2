package catalogue

import (
	"slices"
	"strconv"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/desk"
)

// levels are the levels to choose from: those that there are today, those of the
// units of the catalogue, and the one that is chosen already. A new office does not
// see levels that ended before its time.
func levels(d *desk.Desk, chosen data.Level) []kit.Choice {
	return levelChoices(d, basis.Levels(d.Today()), chosen)
}

// allLevels are the levels by which lists are narrowed: those of all times, and
// those of the catalogue besides.
func allLevels(d *desk.Desk) []kit.Choice {
	return append(levelChoices(d, basis.Levels(data.NoDay), ""), kit.Choice{Text: data.Level("").Name()})
}

func levelChoices(d *desk.Desk, list []data.Level, chosen data.Level) []kit.Choice {
	also := []data.Level{chosen}
	for _, u := range d.Catalogue().Units {
		also = append(also, u.Level)
	}
	for _, l := range also {
		if l != "" && !slices.Contains(list, l) {
			list = append(list, l)
		}
	}
	out := make([]kit.Choice, len(list))
	for i, l := range list {
		out[i] = kit.Choice{Key: string(l), Text: l.Name()}
	}
	return out
}

// unitKinds are the kinds of unit to choose from.
func unitKinds() []kit.Choice {
	out := make([]kit.Choice, len(data.UnitKinds))
	for i, k := range data.UnitKinds {
		out[i] = kit.Choice{Key: string(k), Text: k.Name()}
	}
	return out
}

// unitChoices are the units to choose from; those that ended say so. without is left
// out.
func unitChoices(d *desk.Desk, without uint32) []kit.Choice {
	var out []kit.Choice
	for _, u := range d.Catalogue().Units {
		if u.ID == without {
			continue
		}
		c := kit.Choice{Key: idKey(u.ID), Text: u.Name, Detail: shortLevel(u.Level)}
		if over(d, u.To) {
			c.Text += " (đến " + u.To.String() + ")"
		}
		out = append(out, c)
	}
	return out
}

// fieldChoices are the fields to choose from; without is left out.
func fieldChoices(d *desk.Desk, without uint32) []kit.Choice {
	var out []kit.Choice
	for _, f := range d.Catalogue().Fields {
		if f.ID != without {
			out = append(out, kit.Choice{Key: idKey(f.ID), Text: f.Name})
		}
	}
	return out
}

func idKey(id uint32) string { return strconv.FormatUint(uint64(id), 10) }

// shortLevel is the level as a list shows it: nothing where there is none.
func shortLevel(l data.Level) string {
	if l == "" {
		return ""
	}
	return l.Name()
}

// dossiersBy counts the dossiers of all time by catalogue id.
func dossiersBy(d *desk.Desk, group data.Group) (map[string]int64, error) {
	out := map[string]int64{}
	p, err := data.FreePeriod(data.Date(data.FirstYear, 1, 1), d.Today())
	if err != nil {
		return nil, err
	}
	for _, r := range d.Figures(p, data.NoDay, group, desk.Filter{}).Rows {
		out[r.Key] = r.Received()
	}
	return out, nil
}

// sourceName tells where an entry came from; "" for those typed here.
func sourceName(x data.Source) string {
	return [...]string{"Kèm theo", "", "Từ tệp nhập"}[min(x, data.Imported)]
}

// validity tells the days of validity in a few words.
func validity(from, to data.Day) string {
	switch {
	case from.Known() && to.Known():
		return from.String() + " – " + to.String()
	case from.Known():
		return "từ " + from.String()
	case to.Known():
		return "đến " + to.String()
	}
	return ""
}

// over reports whether something that is valid until a day is no longer today.
func over(d *desk.Desk, to data.Day) bool { return to.Known() && to < d.Today() }

// number writes a count; nothing for 0.
func number(n int64) string {
	if n == 0 {
		return ""
	}
	return data.FormatInt(n)
}
