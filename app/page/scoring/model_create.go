package scoring

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/scoring"
	"giaoban/data/text"
)

// samplePrefix marks the keys of shipped sets among the sets to choose from.
const samplePrefix = "mau:"

// NewPeriod is what is asked for a new period, or to change one.
type NewPeriod struct {
	ID     uint64
	Title  string
	Year   string
	Set    string // key of SetChoices
	Level  string
	Own    bool   // the office scores itself
	Group  string // name of the group of units
	Units  map[uint32]bool
	Basis  string
	Days   [5]data.Day // from, end of self score, first appraisal, explanation, second appraisal
	groups []assess.Group
	locked bool // there are sheets: the set stays
}

// SetChoices lists the sets that a period may use: those of the office, and the
// shipped samples.
func (m *Model) SetChoices() []kit.Choice {
	list, err := m.sets()
	if err != nil {
		m.Session.Missed(err)
	}
	var out []kit.Choice
	for _, x := range list {
		switch {
		case x.Sample():
			out = append(out, kit.Choice{Key: x.ChoiceKey(), Text: "Mẫu: " + x.Title})
		case x.State != stateDraft:
			out = append(out, kit.Choice{Key: x.ChoiceKey(), Text: x.Title})
		}
	}
	return out
}

// Plan proposes a new period: the next year after the newest one, self score
// until the middle of January (scoring, section 4).
func (m *Model) Plan() NewPeriod {
	year := m.Session.Period().From.Year()
	if len(m.periods) > 0 {
		year = m.periods[0].Year + 1
	}
	p := NewPeriod{Group: "Các đơn vị"}
	p.Set = m.usualSet(year)
	m.SetYear(&p, year)
	p.Own, p.Units = m.Scored(p.Set)
	return p
}

// Scored proposes whom a set is for: the units of its level, or the office itself where
// that is its own level or no unit is of it. A register of a commune holds its own
// departments beside no other commune.
func (m *Model) Scored(set string) (own bool, units map[uint32]bool) {
	units = map[uint32]bool{}
	stored, _, err := m.find(set)
	if err != nil {
		m.Session.Missed(err)
	}
	level, classes := data.Level(scoring.LevelKey(stored.Level)), m.Session.Desk.Classes()
	if level == "" || level == m.Session.Desk.Office().Level {
		return true, units
	}
	for _, u := range m.Units() {
		is := u.Kind == data.KindCommune
		if level != data.LevelCommune {
			is = u.Kind != data.KindCommune && slices.ContainsFunc([]string{classes.Of(&u).Name, u.Kind.Name()}, func(name string) bool { return text.Fold(name) == text.Fold(level.Name()) })
		}
		if is {
			units[u.ID] = true
		}
	}
	return len(units) == 0, units
}

// usualSet proposes the set for a year: of the level of the office rather than of
// communes, of that year rather than of another, its own rather than a sample.
func (m *Model) usualSet(year int) (key string) {
	best := -1
	list, err := m.sets()
	if err != nil {
		m.Session.Missed(err)
	}
	for _, x := range list {
		if x.State == stateDraft {
			continue
		}
		if x.Sample() {
			if last := scoring.ShippedByID(x.Key).Meta.LastDay(); last.Known() && last < data.Date(year, 1, 1) {
				continue // its level is no more
			}
		}
		n := 0
		for i, good := range []bool{!x.Sample(), x.Year == year, x.Level == officeLevel(year).Name()} {
			if good {
				n += 1 << i
			}
		}
		if n > best {
			best, key = n, x.ChoiceKey()
		}
	}
	return key
}

// SetYear gives a plan its year with the usual title and days; a year whose days
// have all passed gets none, for they would lock the sheets at once.
func (m *Model) SetYear(p *NewPeriod, year int) {
	p.Year = fmt.Sprint(year)
	p.Title = fmt.Sprintf("Chỉ số CCHC năm %d", year)
	p.Days = [5]data.Day{}
	if data.Date(year+1, 1, 15) < m.Today() {
		return
	}
	p.Days = [5]data.Day{data.Date(year, 12, 1), data.Date(year+1, 1, 15), data.Date(year+1, 2, 10), data.Date(year+1, 2, 20), data.Date(year+1, 3, 10)}
}

// Revise returns the period shown as a plan, to be changed.
func (m *Model) Revise() (NewPeriod, bool) {
	p := m.Period()
	if p == nil {
		return NewPeriod{}, false
	}
	out := NewPeriod{ID: p.ID, Title: p.Title, Year: fmt.Sprint(p.Year), Set: fmt.Sprint(p.Set), Level: p.Level, Basis: p.Basis, Units: map[uint32]bool{},
		Days: [5]data.Day{p.SelfFrom, p.SelfTo, p.FirstTo, p.ExplainTo, p.SecondTo}, groups: p.Groups, locked: len(m.sheets) > 0}
	_, out.Own = p.GroupOf(assess.OwnUnit)
	for _, g := range p.Groups {
		for _, u := range g.Units {
			if u != assess.OwnUnit {
				out.Units[u] = true
				out.Group = g.Name
			}
		}
	}
	return out, true
}

// Locked reports whether the set of the plan can no longer be exchanged.
func (p *NewPeriod) Locked() bool { return p.locked }

// Units lists the units in use. Points of reception of a centre are no units of their
// own.
func (m *Model) Units() []data.Unit {
	today := m.Today()
	return slices.DeleteFunc(slices.Clone(m.Session.Desk.Catalogue().Units), func(u data.Unit) bool { return u.Centre != 0 || !u.ValidOn(today) })
}

// KeepPeriod stores the plan and opens the sheets of its units. It runs off the
// window's goroutine and returns the id of the period.
func (m *Model) KeepPeriod(ctx context.Context, plan NewPeriod) (uint64, int, error) {
	year, err := data.ParseYear(plan.Year)
	if err != nil {
		return 0, 0, data.InField(err, "year")
	}
	p := assess.Period{ID: plan.ID, Title: strings.TrimSpace(plan.Title), Year: year, Level: plan.Level, Basis: strings.TrimSpace(plan.Basis),
		SelfFrom: plan.Days[0], SelfTo: plan.Days[1], FirstTo: plan.Days[2], ExplainTo: plan.Days[3], SecondTo: plan.Days[4]}
	if plan.ID != 0 {
		old, err := m.Book.Period(plan.ID)
		if err != nil {
			return 0, 0, err
		}
		p.FiguresFrom, p.FiguresTo, p.Closed = old.FiguresFrom, old.FiguresTo, old.Closed
	}
	p.Groups = m.groups(plan)
	if len(p.Groups) == 0 {
		return 0, 0, &data.Error{Code: data.Invalid, Field: "units", Message: "Chưa chọn đơn vị nào được chấm điểm. Đánh dấu cơ quan mình hoặc các đơn vị."}
	}
	if key, sample := strings.CutPrefix(plan.Set, samplePrefix); sample {
		// What is wrong with the period must not leave a set behind.
		probe := p
		probe.Set = 1
		if err := m.Book.CheckPeriod(probe); err != nil {
			return 0, 0, err
		}
		if p.Set, err = m.Book.TakeSample(ctx, key); err != nil {
			return 0, 0, err
		}
	} else {
		p.Set = id(plan.Set)
	}
	if p.Level == "" {
		if stored, _, err := m.Book.Set(p.Set); err == nil {
			p.Level = stored.Level
		}
	}
	id, err := m.Book.KeepPeriod(ctx, p)
	if err != nil {
		return 0, 0, err
	}
	opened, err := m.Book.OpenSheets(ctx, id)
	return id, opened, err
}

// groups puts the units of a plan into groups: each unit stays where it stood,
// new ones come to the group of the plan.
func (m *Model) groups(plan NewPeriod) []assess.Group {
	var out []assess.Group
	used := map[uint32]bool{}
	for _, g := range plan.groups {
		kept := assess.Group{Name: g.Name}
		for _, u := range g.Units {
			if plan.Units[u] || u == assess.OwnUnit && plan.Own {
				kept.Units = append(kept.Units, u)
				used[u] = true
			}
		}
		if len(kept.Units) > 0 {
			out = append(out, kept)
		}
	}
	if plan.Own && !used[assess.OwnUnit] {
		out = append([]assess.Group{{Name: m.UnitName(assess.OwnUnit), Units: []uint32{assess.OwnUnit}}}, out...)
	}
	var fresh []uint32
	for _, u := range m.Session.Desk.Catalogue().Units {
		if plan.Units[u.ID] && !used[u.ID] {
			fresh = append(fresh, u.ID)
		}
	}
	if len(fresh) == 0 {
		return out
	}
	name := cmp.Or(strings.TrimSpace(plan.Group), "Các đơn vị")
	if i := slices.IndexFunc(out, func(g assess.Group) bool { return g.Name == name }); i >= 0 {
		out[i].Units = append(out[i].Units, fresh...)
		return out
	}
	return append(out, assess.Group{Name: name, Units: fresh})
}

// Opened shows a period that was just made. One that was changed while it is shown
// stays at its unit.
func (m *Model) Opened(period uint64) {
	if period != m.period {
		m.period, m.sheet = period, 0
		m.Leaf.drop()
	}
	m.Refresh()
}
