package catalogue

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/app/view"
	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/desk"
)

// The filters of the lists.
const (
	FilterLevel  = "level"
	FilterKind   = "kind"
	FilterField  = "field"
	FilterOnline = "online"
	FilterDoubt  = "doubt"
	FilterValid  = "valid"
)

// Levels returns the levels to choose from: those that there are today, those of
// the units of the catalogue, and the one that is chosen already. A new office does
// not see levels that ended before its time.
func Levels(s *view.Session, chosen data.Level) []Choice {
	list := basis.Levels(s.Desk.Today())
	also := func(l data.Level) {
		if l != "" && !slices.Contains(list, l) {
			list = append(list, l)
		}
	}
	for _, u := range s.Desk.Catalogue().Units {
		also(u.Level)
	}
	also(chosen)
	return levelChoices(list)
}

// allLevels returns the levels by which lists are narrowed: those of all times, and
// those of the catalogue besides.
func allLevels(c *desk.Catalogue) []Choice {
	list := basis.Levels(data.NoDay)
	for _, u := range c.Units {
		if u.Level != "" && !slices.Contains(list, u.Level) {
			list = append(list, u.Level)
		}
	}
	return append(levelChoices(list), Choice{"", data.Level("").Name()})
}

func levelChoices(list []data.Level) []Choice {
	out := make([]Choice, len(list))
	for i, l := range list {
		out[i] = Choice{string(l), l.Name()}
	}
	return out
}

// Kinds returns the kinds of unit to choose from.
func Kinds() []Choice {
	out := make([]Choice, len(data.UnitKinds))
	for i, k := range data.UnitKinds {
		out[i] = Choice{string(k), k.Name()}
	}
	return out
}

// UnitChoices returns the units to choose from; those that ended say so. without
// is left out.
func UnitChoices(s *view.Session, without uint32) []Choice {
	var out []Choice
	for _, u := range s.Desk.Catalogue().Units {
		if u.ID == without {
			continue
		}
		name := u.Name
		if ended(s, u.To) {
			name += " (đến " + u.To.String() + ")"
		}
		out = append(out, Choice{strconv.Itoa(int(u.ID)), name})
	}
	return out
}

// FieldChoices returns the fields to choose from.
func FieldChoices(s *view.Session, without uint32) []Choice {
	var out []Choice
	for _, f := range s.Desk.Catalogue().Fields {
		if f.ID != without {
			out = append(out, Choice{strconv.Itoa(int(f.ID)), f.Name})
		}
	}
	return out
}

// dossiersBy counts the dossiers of all time by catalogue id.
func dossiersBy(s *view.Session, group data.Group) map[string]int64 {
	out := map[string]int64{}
	p, err := data.FreePeriod(data.Date(data.FirstYear, 1, 1), s.Desk.Today())
	if err != nil {
		return out
	}
	for _, r := range s.Desk.Figures(p, data.NoDay, group, desk.Filter{}).Rows {
		out[r.Key] = r.Received()
	}
	return out
}

// sourceName tells where an entry came from; "" for those typed here.
func sourceName(x data.Source) string {
	return [...]string{"Kèm theo", "", "Từ tệp nhập"}[min(x, data.Imported)]
}

// NewUnits lists the units: name, level, kind, code, validity, successor,
// dossiers, source.
func NewUnits(s *view.Session) *List {
	l := newList(s, "đơn vị", func() []Line {
		c := s.Desk.Catalogue()
		dossiers := dossiersBy(s, data.ByUnit)
		var out []Line
		for _, u := range c.Units {
			level, kind := "", ""
			if u.Level != "" {
				level = u.Level.Name()
			}
			if u.Kind != "" {
				kind = u.Kind.Name()
			}
			out = append(out, Line{ID: uint64(u.ID), Ended: ended(s, u.To), Doubt: u.Level == "", tags: []string{FilterLevel + ":" + string(u.Level), FilterKind + ":" + string(u.Kind)},
				Cells: []string{u.Name, level, kind, u.Code, validity(u.From, u.To), c.Unit(u.Successor).Name, number(dossiers[strconv.Itoa(int(u.ID))]), sourceName(u.Source)}})
		}
		return out
	})
	l.options = func(filter string) []Choice {
		if filter == FilterKind {
			return append(Kinds(), Choice{"", data.UnitKind("").Name()})
		}
		return allLevels(s.Desk.Catalogue())
	}
	return l
}

// NewFields lists the fields: name, procedures, dossiers, source.
func NewFields(s *view.Session) *List {
	return newList(s, "lĩnh vực", func() []Line {
		c := s.Desk.Catalogue()
		procedures := map[uint32]int64{}
		for _, p := range c.Procedures {
			procedures[p.Field]++
		}
		dossiers := dossiersBy(s, data.ByField)
		var out []Line
		for _, f := range c.Fields {
			out = append(out, Line{ID: uint64(f.ID), Cells: []string{f.Name, number(procedures[f.ID]), number(dossiers[strconv.Itoa(int(f.ID))]), sourceName(f.Source)}})
		}
		return out
	})
}

// NewProcedures lists the procedures: code, name, field, level, term, whether
// that is certain, online level, validity.
func NewProcedures(s *view.Session) *List {
	l := newList(s, "thủ tục", func() []Line {
		c := s.Desk.Catalogue()
		today := s.Desk.Today()
		var out []Line
		for i := range c.Procedures {
			p := &c.Procedures[i]
			level, online := "", p.OnlineOn(today)
			if p.Level != "" {
				level = p.Level.Name()
			}
			term := p.Term.String()
			if len(p.Cases) > 0 {
				term += fmt.Sprintf(" (+%d trường hợp)", len(p.Cases))
			}
			certain, short := "", desk.OnlineName(online)
			if !p.Certain {
				certain = "cần đối chiếu"
			}
			if online == desk.OnlineInfo {
				short = "Thông tin"
			}
			line := Line{ID: uint64(p.ID), Ended: ended(s, p.To), Doubt: !p.Certain, Cells: []string{p.Code, p.Name, c.Field(p.Field).Name, level, term, certain, short, sinceWhen(p.From, p.To)},
				tags: []string{FilterField + ":" + strconv.Itoa(int(p.Field)), FilterLevel + ":" + string(p.Level), FilterOnline + ":" + online}}
			line.tags = append(line.tags, FilterValid+":"+map[bool]string{true: "1", false: "0"}[p.From.Known()])
			if line.Doubt {
				line.tags = append(line.tags, FilterDoubt+":1")
			} else {
				line.tags = append(line.tags, FilterDoubt+":0")
			}
			out = append(out, line)
		}
		return out
	})
	l.options = func(filter string) []Choice {
		switch filter {
		case FilterField:
			return FieldChoices(s, 0)
		case FilterOnline:
			return append(OnlineLevels(), Choice{"", "Chưa ghi"})
		case FilterValid:
			return []Choice{{"0", "Chưa rõ hiệu lực"}, {"1", "Đã ghi"}}
		case FilterDoubt:
			return []Choice{{"1", "Cần đối chiếu"}, {"0", "Đã đối chiếu"}}
		}
		return allLevels(s.Desk.Catalogue())
	}
	return l
}

// OnlineLevels returns the online levels to choose from.
func OnlineLevels() []Choice {
	var out []Choice
	for _, k := range []string{desk.OnlineFull, desk.OnlinePart, desk.OnlineInfo} {
		out = append(out, Choice{k, desk.OnlineName(k)})
	}
	return out
}

// TermUnits returns the units of terms to choose from.
func TermUnits() []Choice {
	var out []Choice
	for _, u := range []data.TermUnit{data.WorkingDays, data.CalendarDays, data.WorkingHours, data.Months, data.SameDay, data.CalendarDaysNoFeast} {
		out = append(out, Choice{u.Key(), u.String()})
	}
	return out
}

// PauseModes returns the ways of counting while the office waits for a
// supplement (register-and-reports 3.5).
func PauseModes() []Choice {
	return []Choice{{data.Pause.Key(), "Trừ những ngày chờ bổ sung"}, {data.Restart.Key(), "Tính lại từ đầu khi bổ sung đủ"}, {data.RunOn.Key(), "Không trừ ngày chờ"}}
}

// Listed returns the procedures in view, in the order of the list.
func Listed(s *view.Session, l *List) []data.Procedure {
	c := s.Desk.Catalogue()
	var out []data.Procedure
	for i := range l.Len() {
		out = append(out, c.Procedure(uint32(l.Line(i).ID)))
	}
	return out
}

// sinceWhen tells the validity of a procedure; one without any day counts as valid
// always, which the officer should complete.
func sinceWhen(from, to data.Day) string {
	if text := validity(from, to); text != "" {
		return text
	}
	return "chưa rõ hiệu lực"
}

// LawNotices returns what the catalogue must follow as the law changes, by the day of
// the desk; "" when there is nothing.
func LawNotices(s *view.Session) string {
	var out []string
	for _, n := range basis.Notices("", s.Desk.Today()) {
		out = append(out, n.Field+": "+n.Text)
	}
	return strings.Join(out, " ")
}
