package exchange_test

import (
	"testing"

	"giaoban/data"
	"giaoban/data/exchange"
)

// TestCodeOfAnotherDossier: a code that belongs to another person's dossier of
// another day is refused; a name or a day that was put right is a change.
func TestCodeOfAnotherDossier(t *testing.T) {
	day := func(d int) data.Moment { return data.Moment{Day: data.Date(2023, 3, d)} }
	base := data.Dossier{ID: 7, Code: "A-1", Received: day(1), Owner: data.Person{Name: "Trần Thị Bé", Identity: "012345678901"}}
	for _, x := range []struct {
		name  string
		owner data.Person
		on    int
		clash bool
	}{
		{"another person on another day", data.Person{Name: "Lê Văn Tám"}, 2, true},
		{"with other identity numbers", data.Person{Name: "Lê Văn Tám", Identity: "012345678902"}, 2, true},
		{"a day put right", data.Person{Name: "TRAN  THI BE"}, 2, false},
		{"a name put right", data.Person{Name: "Trần Thị Bê"}, 1, false},
		{"the same identity number", data.Person{Name: "Trần Thị Bích", Identity: "012345678901"}, 2, false},
		{"no name in the file", data.Person{}, 2, false},
	} {
		rec := &exchange.Record{Row: 4, Verdict: exchange.Accepted, Dossier: data.Dossier{Code: "A-1", Received: day(x.on), Owner: x.owner}}
		merged, _, err := exchange.Merge(base, rec, exchange.MergeOptions{})
		if clash := data.CodeOf(err) == data.Conflict; clash != x.clash || !clash && err != nil {
			t.Errorf("%s: %v", x.name, err)
		}
		if x.clash && merged.Owner != base.Owner {
			t.Errorf("%s: the base became %v", x.name, merged.Owner)
		}
	}
}
