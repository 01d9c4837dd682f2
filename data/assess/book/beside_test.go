package book_test

import (
	"strings"
	"testing"

	"giaoban/data/assess"
	"giaoban/data/scoring"
)

const besideSet = `{"meta":{"id":"b","level":"xa","title":"B","year":2023,"total":6,"submit_by":"2020-01-01","facts":[{"id":"nui","label":"Xã miền núi","yes":true}]},"criteria":[{"code":"1","title":"A","max":6,"children":[
	{"code":"1.1","title":"So nhóm","max":4,"kind":"relative","rule":{"input":"number","against":"best"}},
	{"code":"1.2","title":"Theo loại","max":2,"kind":"binary","rule":{"yes":2,"no":0},"variants":[{"when":"nui = 1","kind":"binary","rule":{"yes":2,"no":1}}]}]}]}`

// TestSheetsBesideEachOther: points by the group come with each sheet, what is known of
// the unit changes its rules, and no sheet is submitted after the last day of the set.
func TestSheetsBesideEachOther(t *testing.T) {
	b, _, _ := empty(t, today)
	id, problems, err := b.ImportSet(background, "b.json", []byte(besideSet))
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	ids := open(t, b, id, assess.Period{})
	for i, v := range []string{"80", "120"} {
		if _, err := b.Enter(background, ids[i], "1.1", assess.Self, assess.Entry{Answer: scoring.Answer{Value: num(v)}}); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Enter(background, ids[i], "1.2", assess.Self, assess.Entry{Answer: scoring.Answer{Yes: new(bool)}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.SetFacts(background, ids[0], scoring.Facts{"nui": scoring.Int(1)}); err != nil {
		t.Fatal(err)
	}
	c, err := b.Card(ids[0])
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Row("1.1").Self.String() + " " + c.Row("1.2").Final.String(); got != "2,67 1,00" {
		t.Errorf("points %s", got)
	}
	if err := b.SetFacts(background, ids[0], scoring.Facts{"khac": scoring.Int(1)}); err == nil || !strings.Contains(err.Error(), "«khac»") {
		t.Errorf("an unknown fact: %v", err)
	}
	if err := b.Move(background, ids[0], assess.Submitted, "nộp muộn"); err == nil || !strings.Contains(err.Error(), "sau hạn nộp") {
		t.Errorf("after the last day: %v", err)
	}
}
