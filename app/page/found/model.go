// Package found is the page Lập sổ: it sets up the office of a new data file in four
// steps and ends on its first report.
package found

import (
	"cmp"
	"fmt"
	"slices"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/desk"
	"giaoban/data/shipped"
	"giaoban/data/text"
)

// office is the first step: what the office is called, and its papers.
type office struct {
	data.Office
	Called string
}

// officeOf returns the office as it stands; that of a new file is of the level that
// most are.
func officeOf(d *desk.Desk) office {
	o := office{Office: d.Office()}
	o.Called = shipped.Called(o.Office)
	if o.Level == "" {
		o.Office = shipped.Office(data.LevelCommune, o.Called)
	}
	return o
}

// proposed are the fields that follow level and name until somebody types over them.
var proposed = map[string]func(*data.Office) string{
	"parent": func(o *data.Office) string { return o.Parent }, "name": func(o *data.Office) string { return o.Name },
	"place": func(o *data.Office) string { return o.Place }, "symbol": func(o *data.Office) string { return o.Symbol },
	"receiver": func(o *data.Office) string { return o.Receiver }, "authority": func(o *data.Office) string { return o.Authority },
	"title": func(o *data.Office) string { return o.Title }, "desk": func(o *data.Office) string { return o.Desk },
}

// levels are those to choose from: of today, then those that ended, for old books.
func levels(today data.Day) (out []kit.Choice) {
	for _, l := range basis.Levels(today) {
		out = append(out, kit.Choice{Key: string(l), Text: l.Name()})
	}
	for _, l := range basis.Levels(data.NoDay) {
		if end := basis.LevelEnd(l); end.Known() && end < today {
			out = append(out, kit.Choice{Key: string(l), Text: fmt.Sprintf("%s (đến %s, cho sổ cũ)", l.Name(), end)})
		}
	}
	return out
}

// unit and former are the lines of the second step.
type unit struct {
	ID         uint32
	Name, Kind string
	Code       string
}

type former struct {
	Name, Into string
	Day        data.Day
}

// units is the second step.
type units struct {
	Units  []unit
	Merged []former
}

// unitsOf returns the units of the catalogue, those usual for such an office where there
// are none.
func unitsOf(d *desk.Desk) (out units) {
	list := d.Catalogue().Units
	if len(list) == 0 {
		o := d.Office()
		list = shipped.Units(o.Level, shipped.Called(o), d.Today())
	}
	for _, u := range list {
		if u.Successor == 0 {
			out.Units = append(out.Units, lineOf(u))
		}
	}
	for _, f := range d.FormerUnits() {
		out.Merged = append(out.Merged, former(f))
	}
	return out
}

func lineOf(u data.Unit) unit { return unit{u.ID, u.Name, string(u.Kind), u.Code} }

// catalogue returns the lines as units and mergers. The day of a merger left out is the
// one on which the district level ended.
func (u units) catalogue(d *desk.Desk) (list []data.Unit, merged []desk.Former) {
	c := d.Catalogue()
	level := d.Office().Level
	for i, line := range u.Units {
		one := c.Unit(line.ID)
		if one.ID == 0 {
			one.Level, one.Source = level, data.Typed
			if data.UnitKind(line.Kind) == data.KindVertical {
				one.Level = data.LevelVertical
			}
		}
		one.Name, one.Kind, one.Code, one.Order = line.Name, data.UnitKind(line.Kind), line.Code, i+1
		list = append(list, one)
	}
	for _, m := range u.Merged {
		if m.Into == "" && len(u.Units) > 0 {
			m.Into = u.Units[0].Name
		}
		m.Day = cmp.Or(m.Day, basis.LevelEnd(data.LevelDistrict)+1)
		merged = append(merged, desk.Former(m))
	}
	return list, merged
}

// ticks is the third step: which groups of procedures are on, in their order.
type ticks [160]bool

// groupsOf returns the groups to choose from and which are on: at first those of the
// office's level, and of the vertical agencies that sit in the one-stop of communes and
// districts.
func groupsOf(d *desk.Desk, first bool) (groups []desk.ProcedureGroup, on ticks) {
	groups = d.ProcedureGroups()
	level := d.Office().Level
	for i := range groups[:min(len(groups), len(on))] {
		g := &groups[i]
		on[i] = g.On
		if first {
			on[i] = g.Level == level || g.Level == data.LevelVertical && level != data.LevelProvince
		}
	}
	return groups, on
}

// groupLabel tells what a group holds.
func groupLabel(g desk.ProcedureGroup) string {
	if g.Doubt > 0 {
		return fmt.Sprintf("%s: %d thủ tục, %d chưa đối chiếu", g.Field, g.Count, g.Doubt)
	}
	return fmt.Sprintf("%s: %d thủ tục", g.Field, g.Count)
}

// levelTitle heads the groups of a level.
func levelTitle(l data.Level, today data.Day) string {
	if end := basis.LevelEnd(l); end.Known() && end < today {
		return fmt.Sprintf("%s (đến %s)", l.Name(), end)
	}
	return l.Name()
}

// book tells what the register holds so far.
func book(d *desk.Desk) string {
	if d.Len() == 0 {
		return "Sổ chưa có hồ sơ nào."
	}
	first, last := d.Span()
	return fmt.Sprintf("Sổ đang có %s hồ sơ, nhận từ %s đến %s.", data.FormatInt(int64(d.Len())), first, last)
}

// reportPeriod is the period of the first report: the year of the newest dossiers.
func reportPeriod(d *desk.Desk) (data.Period, error) {
	year := d.Today().Year()
	if _, last := d.Span(); last.Known() && last.Year() < year {
		year = last.Year()
	}
	return data.ParsePeriod(fmt.Sprint(year))
}

// has reports whether a unit of the name stands in the lines.
func (u units) has(name string) bool {
	return slices.ContainsFunc(u.Units, func(x unit) bool { return text.NameKey(x.Name) == text.NameKey(name) })
}

// counted tells how many units of a file are new.
func counted(added, all int) string {
	if added == 0 {
		return fmt.Sprintf("%d đơn vị trong tệp đều đã có.", all)
	}
	return fmt.Sprintf("Thêm %d đơn vị từ tệp; xem lại rồi đi tiếp.", added)
}

func groupKey(i int) string { return fmt.Sprintf("group%d", i) }

// proceduresFound tells what an own list of procedures would change.
func proceduresFound(im *desk.ProcedureImport) string {
	return fmt.Sprintf("%d thủ tục mới, %d thủ tục thay đổi, %d như đang có, %d dòng không nhận được. Ô trống trong tệp không làm mất gì. Xem từng dòng thì nhập ở Danh mục, phần Thủ tục.",
		im.New, im.Changed, im.Same, im.Rejected)
}
