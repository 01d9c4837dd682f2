package receiving

import "encoding/json"

// keep hands on the draft.
func (m *Model) keep() {
	if m.Saved() != 0 {
		return // the register has it
	}
	raw, err := json.Marshal(&m.form)
	if err == nil {
		m.Keep(string(raw))
	}
}

// settled keeps what followed a change too, and shows it.
func (m *Model) settled() {
	m.keep()
	m.Changed()
}

// Restore takes a draft that was kept, such as before a crash, onto the page.
// It reports whether there was something worth keeping.
func (m *Model) Restore(draft string) bool {
	var f Form
	if draft == "" || json.Unmarshal([]byte(draft), &f) != nil || !f.Dirty || f.Dossier.ID != 0 {
		return false
	}
	if f.Typed == nil {
		f.Typed = map[string]bool{}
	}
	m.form = f
	m.proposeCode()
	m.Changed()
	return true
}
