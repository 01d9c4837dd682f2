package receiving

import (
	"slices"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/text"
)

// recentDossiers is how many of the newest dossiers tell what is usual.
const recentDossiers = 1000

// recentFirst is how many procedures stand above the others because they were
// used last.
const recentFirst = 8

// readRecent reads once what was used lately, off the window's goroutine.
func (m *Model) readRecent() {
	if m.loaded {
		return
	}
	m.loaded = true
	m.s.Go(func() {
		recent := m.s.Desk.Recent(recentDossiers)
		m.s.Post(func() {
			m.recent = recent
			if len(recent.Communes) > 0 {
				m.usual = recent.Communes[0].Province
			}
			if !m.form.Dirty && m.Saved() == 0 {
				for i := range m.form.Homes {
					if m.form.Homes[i].Empty() {
						m.form.Homes[i].Province = m.usual
					}
				}
			}
			m.Changed()
		})
	})
}

// Choice is one entry of a list to choose from.
type Choice struct {
	ID         uint32
	Name, Code string
}

// Procedures returns the procedures that are valid on the day of reception,
// those used last at the head.
func (m *Model) Procedures() []Choice {
	c := m.s.Desk.Catalogue()
	day, chosen := m.form.Dossier.Received.Day, m.form.Dossier.Procedure
	valid := func(p *data.Procedure) bool {
		return p.ID == chosen || (!p.From.Known() || p.From <= day) && (!p.To.Known() || day <= p.To)
	}
	var out []Choice
	head := m.recent.Procedures[:min(recentFirst, len(m.recent.Procedures))]
	for _, id := range head {
		if p := c.Procedure(id); p.ID != 0 && valid(&p) {
			out = append(out, Choice{p.ID, p.Name, p.Code})
		}
	}
	for i := range c.Procedures {
		if p := &c.Procedures[i]; valid(p) && !slices.Contains(head, p.ID) {
			out = append(out, Choice{p.ID, p.Name, p.Code})
		}
	}
	return out
}

// ProcedureNote tells field, code and level of the chosen procedure.
func (m *Model) ProcedureNote() string {
	c := m.s.Desk.Catalogue()
	p := c.Procedure(m.form.Dossier.Procedure)
	var parts []string
	for _, t := range []string{p.Code, c.Field(p.Field).Name, levelName(p.Level)} {
		if t != "" {
			parts = append(parts, t)
		}
	}
	return strings.Join(parts, " · ")
}

func levelName(l data.Level) string {
	if l == "" {
		return ""
	}
	return l.Name()
}

// Cases returns the cases of the chosen procedure; empty where it has one only.
func (m *Model) Cases() []data.Case {
	return m.s.Desk.Catalogue().Procedure(m.form.Dossier.Procedure).Cases
}

// Units returns the units that are valid on the day of reception.
func (m *Model) Units() []Choice {
	var out []Choice
	for _, u := range m.s.Desk.Catalogue().Units {
		if d := &m.form.Dossier; u.ValidOn(d.Received.Day) || u.ID == d.Unit || u.ID == d.Receiver {
			out = append(out, Choice{u.ID, u.Name, u.Code})
		}
	}
	return out
}

// Books returns the open books.
func (m *Model) Books() []desk.Book {
	var out []desk.Book
	list, err := m.s.Desk.Books()
	if err != nil {
		m.s.Fault(err)
	}
	for _, b := range list {
		if !b.Value.Closed || b.Value.Number == m.form.Dossier.Book {
			out = append(out, b.Value)
		}
	}
	return out
}

// Communes returns the communes used before, the most usual first, and after
// them those among the units of the catalogue.
func (m *Model) Communes() []desk.Address {
	out := slices.Clone(m.recent.Communes)
	for _, u := range m.s.Desk.Catalogue().Units {
		name, ok := strings.CutPrefix(u.Name, "UBND ")
		if u.Kind != data.KindCommune && u.Level != data.LevelCommune || !ok {
			continue
		}
		if !slices.ContainsFunc(out, func(a desk.Address) bool { return text.NameKey(a.Commune) == text.NameKey(name) }) {
			out = append(out, desk.Address{Commune: name, Province: m.usual})
		}
	}
	return out
}

// Partners returns the agencies that took part lately.
func (m *Model) Partners() []string { return m.recent.Partners }

// Empty tells what the catalogue lacks for receiving dossiers; "" when nothing.
func (m *Model) Empty() string {
	switch c := m.s.Desk.Catalogue(); {
	case len(c.Procedures) == 0:
		return "Danh mục chưa có thủ tục nào. Thêm thủ tục trong Danh mục để tiếp nhận hồ sơ."
	case len(c.Units) == 0:
		return "Danh mục chưa có đơn vị nào. Thêm đơn vị giải quyết trong Danh mục để số liệu theo đơn vị được đầy đủ."
	}
	return ""
}
