package receiving

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/app/kit"
	"giaoban/data"
	"giaoban/data/basis"
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

// Procedures returns the procedures that are valid on the day of reception,
// those used last at the head.
func (m *Model) Procedures() []kit.Choice {
	c := m.s.Desk.Catalogue()
	day, chosen := m.form.Dossier.Received.Day, m.form.Dossier.Procedure
	valid := func(p *data.Procedure) bool {
		return p.ID == chosen || (!p.From.Known() || p.From <= day) && (!p.To.Known() || day <= p.To)
	}
	var out []kit.Choice
	head := m.recent.Procedures[:min(recentFirst, len(m.recent.Procedures))]
	for _, used := range head {
		if p := c.Procedure(used); p.ID != 0 && valid(&p) {
			out = append(out, procedureChoice(&p))
		}
	}
	for i := range c.Procedures {
		if p := &c.Procedures[i]; valid(p) && !slices.Contains(head, p.ID) {
			out = append(out, procedureChoice(p))
		}
	}
	return out
}

// procedureChoice tells procedures of one name apart by code and level.
func procedureChoice(p *data.Procedure) kit.Choice {
	detail := p.Code
	if p.Level != "" {
		detail = strings.TrimPrefix(detail+" · "+p.Level.Name(), " · ")
	}
	return kit.Choice{Key: id(p.ID), Text: p.Name, Detail: detail}
}

// ProcedureNote tells field, code and level of the chosen procedure.
func (m *Model) ProcedureNote() string {
	c := m.s.Desk.Catalogue()
	p := c.Procedure(m.form.Dossier.Procedure)
	parts := []string{p.Code, c.Field(p.Field).Name}
	if p.Level != "" {
		parts = append(parts, p.Level.Name())
	}
	return strings.Join(slices.DeleteFunc(parts, func(t string) bool { return t == "" }), " · ")
}

// Cases returns the cases of the chosen procedure; empty where it has one only.
func (m *Model) Cases() []kit.Choice {
	return kit.ChoicesOf(m.s.Desk.Catalogue().Procedure(m.form.Dossier.Procedure).Cases, func(c data.Case) kit.Choice { return kit.Choice{Key: c.Name, Text: c.Name, Detail: c.Term.String()} })
}

// Units returns the units that are valid on the day of reception.
func (m *Model) Units() []kit.Choice {
	var out []kit.Choice
	for _, u := range m.s.Desk.Catalogue().Units {
		if d := &m.form.Dossier; u.ValidOn(d.Received.Day) || u.ID == d.Unit || u.ID == d.Receiver || u.ID == d.Helper {
			out = append(out, kit.Choice{Key: id(u.ID), Text: u.Name})
		}
	}
	return out
}

// ManyPlaces reports whether who helped is asked at all: where the office has centres or
// points of reception, or the dossier names a helper.
func (m *Model) ManyPlaces() bool {
	return m.form.Dossier.Helper != 0 || slices.ContainsFunc(m.s.Desk.Catalogue().Units, func(u data.Unit) bool { return u.Centre != 0 })
}

// Elsewhere reports whether the code in another system is asked: where the procedure is
// processed in that of a ministry on the day of reception, or the dossier names one.
func (m *Model) Elsewhere() bool {
	d := &m.form.Dossier
	p := m.s.Desk.Catalogue().Procedure(d.Procedure)
	system := p.SystemOn(d.Received.Day)
	return d.ExternalCode != "" || d.ExternalSystem != "" || system != "" && system != basis.SystemNames()[0]
}

// Books returns the open books.
func (m *Model) Books() []kit.Choice {
	var out []kit.Choice
	list, err := m.s.Desk.Books()
	if err != nil {
		m.s.Fault(err)
	}
	for _, b := range list {
		if !b.Value.Closed || b.Value.Number == m.form.Dossier.Book {
			out = append(out, kit.Choice{Key: strconv.Itoa(b.Value.Number), Text: strconv.Itoa(b.Value.Number), Detail: b.Value.Name})
		}
	}
	return out
}

// Communes returns the communes used before, the most usual first, and after
// them those among the units of the catalogue.
func (m *Model) Communes() []kit.Choice {
	var out []kit.Choice
	for _, a := range m.recent.Communes {
		out = append(out, kit.Choice{Key: a.Commune + "\n" + a.Province, Text: a.Commune, Detail: a.Province})
	}
	for _, u := range m.s.Desk.Catalogue().Units {
		name, ok := strings.CutPrefix(u.Name, "UBND ")
		if u.Kind != data.KindCommune && u.Level != data.LevelCommune || !ok {
			continue
		}
		if !slices.ContainsFunc(out, func(c kit.Choice) bool { return text.NameKey(c.Text) == text.NameKey(name) }) {
			out = append(out, kit.Choice{Key: name, Text: name, Detail: m.usual})
		}
	}
	return out
}

// Partners returns the agencies that took part lately.
func (m *Model) Partners() []kit.Choice {
	return kit.Words(m.recent.Partners)
}

func id(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

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

// Look looks for warnings and for other dossiers of the person, off the window's
// goroutine. Screens call it when typing pauses.
func (m *Model) Look() {
	m.asked++
	asked := m.asked
	one, typed := m.assemble(), m.form.Typed[FieldDue]
	stored := m.Saved()
	m.s.Go(func() {
		warnings := hints(&one)
		for _, w := range m.s.Desk.Warnings(&one) {
			if w.Dossier == 0 || w.Dossier != stored {
				warnings = append(warnings, w)
			}
		}
		if typed && one.Due.Known() && one.Received.Known() && one.Due.Day < one.Received.Day {
			warnings = append(warnings, desk.Warning{Field: FieldDue, Text: fmt.Sprintf("Ngày hẹn trả %s ở trước ngày nhận %s.", one.Due.Day, one.Received.Day)})
		}
		var known *data.Dossier
		if other, ok := m.s.Desk.Acquainted(one.Owner.Identity, one.Owner.Phone); ok && other.ID != stored {
			known = &other
		}
		m.s.Post(func() {
			if asked != m.asked {
				return
			}
			m.warnings, m.known = warnings, known
			m.Warned()
		})
	})
}

// hints tell of numbers that look mistyped. Registers hold foreign papers and
// phones too, so that nothing is forbidden.
func hints(one *data.Dossier) []desk.Warning {
	var out []desk.Warning
	for _, w := range []Who{Owner, Agent} {
		p := &one.Owner
		if w == Agent {
			p = &one.Agent
		}
		if n := len(p.Identity); n > 0 && digits(p.Identity) && n != 9 && n != 10 && n != 12 && n != 13 {
			out = append(out, desk.Warning{Field: w.Field("identity"), Text: fmt.Sprintf("Số định danh %s có %d số; căn cước có 12, chứng minh cũ có 9, mã số thuế có 10 hoặc 13.", p.Identity, n)})
		}
		if phone := strings.NewReplacer(" ", "", ".", "", "-", "").Replace(p.Phone); phone != "" && digits(phone) && (len(phone) < 10 || len(phone) > 11 || phone[0] != '0') {
			out = append(out, desk.Warning{Field: w.Field("phone"), Text: fmt.Sprintf("Số điện thoại %s có thể thiếu hoặc thừa số.", p.Phone)})
		}
		if p.Email != "" && !strings.Contains(strings.Trim(p.Email, "@"), "@") {
			out = append(out, desk.Warning{Field: w.Field("email"), Text: fmt.Sprintf("Thư điện tử «%s» chưa đúng mẫu.", p.Email)})
		}
	}
	return out
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }
