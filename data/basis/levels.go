package basis

import (
	"slices"
	"sync"

	"giaoban/assets"
	"giaoban/data"
)

// levelDays is a level and its last day.
type levelDays struct {
	level data.Level
	to    data.Day
}

// Levels returns the levels of units and procedures that there are on the day, from
// the highest on; all that ever were for an unknown day.
func Levels(day data.Day) []data.Level {
	var out []data.Level
	for _, l := range levels() {
		if !day.Known() || !l.to.Known() || day <= l.to {
			out = append(out, l.level)
		}
	}
	return out
}

// LevelOn returns the level on the day of what stood at the level l: itself, or the
// one below where l has ended.
func LevelOn(l data.Level, day data.Day) data.Level {
	list := levels()
	i := slices.IndexFunc(list, func(x levelDays) bool { return x.level == l })
	for ; i >= 0 && i+1 < len(list) && day.Known() && list[i].to.Known() && list[i].to < day; i++ {
		l = list[i+1].level
	}
	return l
}

// LevelEnd returns the last day of a level; unknown while it lasts.
func LevelEnd(l data.Level) data.Day {
	for _, x := range levels() {
		if x.level == l {
			return x.to
		}
	}
	return data.NoDay
}

// levels reads the shipped table; it panics when that is damaged, which a test rules
// out.
var levels = sync.OnceValue(func() []levelDays {
	var file []struct{ Level, To string }
	assets.Read("levels.json", &file)
	var out []levelDays
	for _, l := range file {
		out = append(out, levelDays{data.Level(l.Level), shippedDay(l.To)})
	}
	return out
})

// Notice is a change of the law that the catalogue of a field must follow.
type Notice struct {
	Field, Text, Source string
	From                data.Day // told from this day on
	Holds               data.Day // first day of the new law
}

// Notices returns what is told on the day, of the field, or of all fields for "".
func Notices(field string, day data.Day) []Notice {
	return data.Where(notices(), func(n Notice) bool { return (field == "" || n.Field == field) && n.From <= day })
}

// Outdated returns the notice that a procedure of the field, valid since from and
// until to, did not follow when a dossier is received on the day; ok is false where
// there is none.
func Outdated(field string, from, to, received data.Day) (n Notice, ok bool) {
	for _, n := range notices() {
		if n.Field == field && n.Holds <= received && from < n.Holds && (!to.Known() || to >= n.Holds) {
			return n, true
		}
	}
	return Notice{}, false
}

var notices = sync.OnceValue(func() []Notice {
	var file []struct{ Field, From, Holds, Text, Source string }
	assets.Read("notices.json", &file)
	var out []Notice
	for _, n := range file {
		out = append(out, Notice{Field: n.Field, Text: n.Text, Source: n.Source, From: shippedDay(n.From), Holds: shippedDay(n.Holds)})
	}
	return out
})

// shippedDay reads a date of a shipped table; "" is unknown.
func shippedDay(s string) data.Day {
	if s == "" {
		return data.NoDay
	}
	d, err := data.ParseISO(s)
	if err != nil {
		panic(err)
	}
	return d
}
