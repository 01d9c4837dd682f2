package desk

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/text"
)

// dated is something that holds from a day on, as a cell of a list of procedures tells
// it: «Một phần; Toàn trình từ 01/07/2026 (lý do)».
type dated struct {
	from       data.Day // unknown for the first one, which holds for all time before
	text, note string
}

var datedPart = regexp.MustCompile(`^(.*?)(?: từ (\d{1,2}/\d{1,2}/\d{4}))?(?: \((.*)\))?$`)

// datedText writes a cell.
func datedText(list []dated) string {
	var parts []string
	for _, d := range list {
		part := d.text
		if d.from.Known() {
			part += " từ " + d.from.String()
		}
		if d.note != "" {
			part += " (" + strings.ReplaceAll(d.note, ";", ",") + ")"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "; ")
}

// parseDated reads a cell that names days; ok is false for one that does not, which
// tells of the present only.
func parseDated(cell string) (list []dated, ok bool) {
	for i, part := range strings.Split(cell, ";") {
		m := datedPart.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil || m[1] == "" || m[2] == "" && i > 0 {
			return nil, false
		}
		one := dated{text: m[1], note: m[3]}
		if m[2] != "" {
			day, err := data.ParseFullDay(m[2])
			if err != nil {
				return nil, false
			}
			one.from, ok = day, true
		}
		list = append(list, one)
	}
	return list, ok
}

// onlineCell and systemCell tell the history of a procedure in one cell.
func onlineCell(p *data.Procedure) string {
	var list []dated
	if p.OnlineLevel != "" {
		list = append(list, dated{text: OnlineName(p.OnlineLevel)})
	}
	for _, s := range p.Online {
		list = append(list, dated{s.From, OnlineName(s.Level), s.Reason})
	}
	return datedText(list)
}

func systemCell(p *data.Procedure) string {
	list := data.Map(p.Systems, func(s data.SystemStep) dated { return dated{s.From, s.Name, ""} })
	return datedText(list)
}

// readOnline reads the cell of online levels: a history, or the level of today, which
// stands in OnlineLevel.
func readOnline(p *data.Procedure, cell string) (ok bool) {
	list, isHistory := parseDated(cell)
	if !isHistory {
		p.OnlineLevel, ok = onlineText(cell)
		return ok
	}
	for _, d := range list {
		level, ok := onlineText(d.text)
		switch {
		case !ok:
			return false
		case d.from.Known():
			p.Online = append(p.Online, data.OnlineStep{From: d.from, Level: level, Reason: d.note})
		default:
			p.OnlineLevel = level
		}
	}
	sortSteps(p)
	return true
}

// readSystem reads the cell of systems: a history, or the system of today.
func readSystem(p *data.Procedure, cell string) {
	list, ok := parseDated(cell)
	if !ok {
		list = []dated{{text: cell}}
	}
	for _, d := range list {
		p.Systems = append(p.Systems, data.SystemStep{From: d.from, Name: basis.SystemNamed(d.text)})
	}
	sortSteps(p)
}

var wayPart = regexp.MustCompile(`^(.*?)(?: từ (\d{1,2}/\d{1,2}/\d{4}))?(?: đến (\d{1,2}/\d{1,2}/\d{4}))?(?: \((.*)\))?$`)

// wayCell tells how a procedure is carried out, all ways in one cell.
func wayCell(p *data.Procedure) string {
	var parts []string
	for _, s := range p.Ways {
		part := s.Way
		for _, w := range data.Ways {
			if w.ID == s.Way {
				part = w.Name
			}
		}
		if s.From.Known() {
			part += " từ " + s.From.String()
		}
		if s.To.Known() {
			part += " đến " + s.To.String()
		}
		if s.Note != "" {
			part += " (" + strings.ReplaceAll(s.Note, ";", ",") + ")"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "; ")
}

// readWays reads such a cell; what cannot be read is told.
func readWays(p *data.Procedure, cell string) (wrong string) {
	for _, part := range strings.Split(cell, ";") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		m := wayPart.FindStringSubmatch(part)
		i := slices.IndexFunc(data.Ways, func(w data.Way) bool { return text.Words(w.Name) == text.Words(m[1]) })
		if i < 0 {
			return part
		}
		s := data.WayStep{Way: data.Ways[i].ID, Note: m[4]}
		for _, x := range []struct {
			text string
			to   *data.Day
		}{{m[2], &s.From}, {m[3], &s.To}} {
			day, err := data.ParseFullDay(x.text)
			if x.text != "" && err != nil {
				return part
			}
			if x.text != "" {
				*x.to = day
			}
		}
		p.Ways = append(p.Ways, s)
	}
	if err := checkWays(p.Ways); err != nil {
		return cell
	}
	return ""
}

// feeKinds are the words of the kinds of what is paid.
var feeKinds = []struct{ id, name string }{{data.FeeOfService, "Phí"}, {data.FeeOfState, "Lệ phí"}}

// FeeKindName returns the word of a kind of what is paid, "" of none.
func FeeKindName(kind string) string {
	for _, k := range feeKinds {
		if k.id == kind {
			return k.name
		}
	}
	return ""
}

func sortSteps(p *data.Procedure) {
	slices.SortStableFunc(p.Online, func(a, b data.OnlineStep) int { return cmp.Compare(a.From, b.From) })
	slices.SortStableFunc(p.Systems, func(a, b data.SystemStep) int { return cmp.Compare(a.From, b.From) })
}

// takeOnline puts what a row says of online levels over an entry: a history takes the
// place of the one that is there; a level without a day is that of today, and from today
// on where the entry has a history that says otherwise.
func takeOnline(p *data.Procedure, row data.Procedure, today data.Day) {
	switch {
	case len(row.Online) > 0:
		p.OnlineLevel, p.Online = row.OnlineLevel, row.Online
	case row.OnlineLevel == "" || row.OnlineLevel == p.OnlineOn(today):
	case len(p.Online) == 0:
		p.OnlineLevel = row.OnlineLevel
	default:
		p.Online = append(slices.DeleteFunc(slices.Clone(p.Online), func(s data.OnlineStep) bool { return s.From >= today }), data.OnlineStep{From: today, Level: row.OnlineLevel})
	}
}

// takeSystem is takeOnline for systems.
func takeSystem(p *data.Procedure, row data.Procedure, today data.Day) {
	switch {
	case len(row.Systems) == 0 || len(row.Systems) == 1 && !row.Systems[0].From.Known() && row.Systems[0].Name == p.SystemOn(today):
	case len(row.Systems) == 1 && !row.Systems[0].From.Known() && len(p.Systems) > 0:
		p.Systems = append(slices.DeleteFunc(slices.Clone(p.Systems), func(s data.SystemStep) bool { return s.From >= today }), data.SystemStep{From: today, Name: row.Systems[0].Name})
	default:
		p.Systems = row.Systems
	}
}
