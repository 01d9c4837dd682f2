package receiving

import (
	"fmt"
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
)

// Warnings returns what Look found last.
func (m *Model) Warnings() []desk.Warning { return m.warnings }

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
