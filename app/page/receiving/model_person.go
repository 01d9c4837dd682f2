package receiving

import (
	"strings"

	"giaoban/data"
	"giaoban/data/desk"
)

// Who is one of the two persons of a dossier.
type Who int

// The persons.
const (
	Owner Who = iota // chủ hồ sơ
	Agent            // người nộp thay
)

// Field returns the name of a field of the person, as facts and errors carry it:
// "", "identity", "phone", "email" or "address".
func (w Who) Field(part string) string {
	switch {
	case w == Owner && part == "":
		return "owner"
	case w == Owner:
		return part
	case part == "":
		return "agent"
	}
	return "agent" + strings.ToUpper(part[:1]) + part[1:]
}

// lived writes the address of a person into its facts. A province alone, which
// the page proposes, is no address.
func lived(p *data.Person, home desk.Address) {
	p.Address, p.Area = "", ""
	if (desk.Address{House: home.House, Commune: home.Commune}).Empty() {
		return
	}
	p.Address = home.String()
	p.Area, _, _ = strings.Cut(strings.TrimSpace(home.Commune), ",")
}

// Known returns the newest dossier of the person whose number was typed, where
// its facts say more than the page; ok is false when there is none.
func (m *Model) Known() (one data.Dossier, ok bool) {
	if m.known == nil {
		return one, false
	}
	has := m.form.Dossier.Owner
	lived(&has, m.form.Homes[Owner])
	more := m.taken(has, m.known.Owner) != has
	return *m.known, more
}

// TakeKnown fills in the facts of the owner from the last dossier of the same
// person.
func (m *Model) TakeKnown() {
	one, ok := m.Known()
	if !ok {
		return
	}
	m.form.Dossier.Owner = m.taken(m.form.Dossier.Owner, one.Owner)
	if a := desk.ParseAddress(one.Owner.Address, one.Owner.Area); !a.Empty() {
		m.form.Homes[Owner] = a
	}
	m.edited()
	m.Changed()
}

// taken returns the facts of a person, completed and replaced by those known.
func (*Model) taken(has, known data.Person) data.Person {
	for _, f := range [][2]*string{{&has.Name, &known.Name}, {&has.Identity, &known.Identity}, {&has.Phone, &known.Phone},
		{&has.Email, &known.Email}, {&has.Address, &known.Address}, {&has.Area, &known.Area}} {
		if *f[1] != "" {
			*f[0] = *f[1]
		}
	}
	return has
}
