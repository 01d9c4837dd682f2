package briefing_test

import (
	"testing"

	"pgregory.net/rapid"

	"giaoban/reports/briefing"
)

// TestPartsOfEveryDraftComeTogetherAgain takes the shipped texts and odd ones apart
// and puts them together: they read the same.
func TestPartsOfEveryDraftComeTogetherAgain(t *testing.T) {
	in := sample()
	blocks, err := briefing.Draft(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "a {{b}} [[c]]", "dòng một\n- {received.total}", "[?resolved.late:có [{rate.online.trend}] {{x}}]"} {
		blocks = append(blocks, briefing.Block{ID: text, Text: text})
	}
	for _, b := range blocks {
		parts, err := briefing.Parts(b.Text)
		if err != nil || briefing.Join(parts) != b.Text {
			t.Errorf("%s: %q became %q, %v", b.ID, b.Text, briefing.Join(parts), err)
		}
	}
	// What an officer may type within a clause never breaks it.
	rapid.Check(t, func(t *rapid.T) {
		parts := []briefing.Part{{Text: rapid.String().Draw(t, "a")}, {Open: true, Test: '?', Figure: "received.total"}, {Text: rapid.String().Draw(t, "b")}, {Close: true}, {Text: "z"}}
		back, err := briefing.Parts(briefing.Join(parts))
		if err != nil {
			t.Fatal(err)
		}
		opens := 0
		for _, p := range back {
			if p.Open {
				opens++
			}
		}
		if opens != 1 || back[len(back)-1].Text == "" {
			t.Fatalf("%+v", back)
		}
	})
}

// TestPrintedFollowsTheFigures: clauses that are not printed now are known.
func TestPrintedFollowsTheFigures(t *testing.T) {
	parts, err := briefing.Parts("Có [?received.total:một][!received.total:hai][ba {rate.khong_co.trend}].")
	if err != nil {
		t.Fatal(err)
	}
	got := briefing.Printed(parts, sample())
	want := map[string]bool{"Có ": true, "một": true, "hai": false, ".": true}
	for i, p := range parts {
		if w, ok := want[p.Text]; ok && got[i] != w {
			t.Errorf("%q printed: %v", p.Text, got[i])
		}
	}
}
