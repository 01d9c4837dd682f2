package book_test

import (
	"encoding/json"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/assess"
	"giaoban/data/desk"
	"giaoban/data/scoring"
)

// olderSet is what version 0.2.0 took: the comma in 1.1 can be read in two ways.
const olderSet = `{"meta":{"id":"cu","level":"xa","title":"Bộ cũ","year":2023,"total":3},"metrics":[],"bonus":[],"penalty":[],"criteria":[{"code":"1","title":"Lĩnh vực","max":3,"children":[
 {"code":"1.1","title":"Kế hoạch","max":1,"kind":"formula","rule":{"vars":[{"id":"a"}],"expr":"min(1, 0,5*a)"}},
 {"code":"1.2","title":"Báo cáo","max":2,"kind":"binary","rule":{"yes":2,"no":0}}]}]}`

// TestASetOfAnOlderVersionOpens: what is refused since is told at its criterion, whose
// points stay open until it is mended; the sheets go on.
func TestASetOfAnOlderVersionOpens(t *testing.T) {
	b, d, _ := empty(t, data.Date(2023, 12, 1))
	p := assess.Period{Title: "Đợt cũ", Year: 2023, Level: "xa", Groups: []assess.Group{{Name: "Xã", Units: []uint32{1}}}}
	set := assess.StoredSet{Key: "cu", Title: "Bộ cũ", Year: 2023, Level: "xa", Hash: "cũ", JSON: json.RawMessage(olderSet)}
	if err := d.Change(background, desk.Work{Title: "Như phiên bản cũ"}, func(tx desk.Tx) error {
		if err := tx.PutRecord(assess.RecordSet, &set.ID, set); err != nil {
			return err
		}
		p.Set = set.ID
		return tx.PutRecord(assess.RecordPeriod, &p.ID, p)
	}); err != nil {
		t.Fatal(err)
	}
	if n, err := b.OpenSheets(background, p.ID); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	sheets, err := b.Sheets(p.ID)
	if err != nil {
		t.Fatal(err)
	}
	yes := true
	if _, err := b.Enter(background, sheets[0].ID, "1.2", assess.Self, assess.Entry{Answer: scoring.Answer{Yes: &yes}}); err != nil {
		t.Fatal(err)
	}
	look := func() *scoring.Result {
		t.Helper()
		c, err := b.Card(sheets[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		return c.Final
	}
	if n := look().Node("1.1"); n.State != scoring.Open || !strings.Contains(n.Why, "cách chấm chưa dùng được") || !strings.Contains(n.Why, "«;»") || look().Node("1.2").Points != 2*scoring.Point {
		t.Errorf("%+v", n)
	}
	if list, err := b.Faulty(); err != nil || len(list) != 1 || !strings.HasPrefix(list[0], "Bộ tiêu chí «Bộ cũ»: Tiêu chí 1.1: ") {
		t.Errorf("%v, %v", list, err)
	}
	// It is used by no new period, and stays with its own.
	if _, err := b.KeepPeriod(background, assess.Period{Title: "Mới", Year: 2023, Level: "xa", Set: set.ID, Groups: p.Groups}); data.CodeOf(err) != data.Conflict || !strings.Contains(err.Error(), "Tiêu chí 1.1") {
		t.Errorf("a new period: %v", err)
	}
	p.Title = "Đợt cũ, đổi tên"
	if _, err := b.KeepPeriod(background, p); err != nil {
		t.Errorf("its own period: %v", err)
	}
	// Mended in place, nothing else with it.
	if _, err := b.EditSet(background, set.ID, "Sửa", func(s *scoring.Set) error { s.Node("1.2").Title = "Khác"; return nil }); err == nil {
		t.Error("faults left")
	}
	mend := func(s *scoring.Set) error {
		s.Node("1.1").Rule.(*scoring.Formula).Expr = "min(1; 0,5*a)"
		return nil
	}
	if _, err := b.EditSet(background, set.ID, "Sửa", func(s *scoring.Set) error { s.Node("1.2").Title = "Khác"; return mend(s) }); data.CodeOf(err) != data.Conflict {
		t.Errorf("more than the fault: %v", err)
	}
	if _, err := b.EditSet(background, set.ID, "Sửa", mend); err != nil {
		t.Fatal(err)
	}
	a := scoring.Answer{Vars: map[string]scoring.Number{"a": scoring.Int(1)}}
	if _, err := b.Enter(background, sheets[0].ID, "1.1", assess.Self, assess.Entry{Answer: a}); err != nil {
		t.Fatal(err)
	}
	if n := look().Node("1.1"); n.State != scoring.Scored || n.Points != 500 {
		t.Errorf("mended: %+v", n)
	}
	if _, err := b.EditSet(background, set.ID, "Sửa", mend); data.CodeOf(err) != data.Conflict {
		t.Errorf("locked again: %v", err)
	}
}

// TestFactsThatComeLaterCount: a criterion that was answered before the facts of the unit
// were known has its self score once they are.
func TestFactsThatComeLaterCount(t *testing.T) {
	b, _, _ := empty(t, data.Date(2023, 12, 1))
	set, err := scoring.DecodeSet([]byte(`{"meta":{"id":"dan","level":"xa","title":"Theo dân số","year":2023,"total":10,"facts":[{"id":"dan_so","label":"Dân số"},{"id":"nui","label":"Xã miền núi","yes":true}]},"metrics":[],"bonus":[],"penalty":[],"criteria":[{"code":"1","title":"A","max":10,"children":[
 {"code":"1.1","title":"B","max":5,"kind":"formula","rule":{"vars":[{"id":"b"}],"expr":"b/dan_so*1000"}},
 {"code":"1.2","title":"C","max":5,"kind":"ratio","rule":{},"variants":[{"label":"Xã miền núi","when":"nui = 1","kind":"ratio","rule":{"target_pct":50}}]}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	id, err := b.AddSet(background, set)
	if err != nil {
		t.Fatal(err)
	}
	p, err := b.KeepPeriod(background, assess.Period{Title: "Đợt", Year: 2023, Level: "xa", Set: id, Groups: []assess.Group{{Name: "Xã", Units: []uint32{1}}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.OpenSheets(background, p); err != nil {
		t.Fatal(err)
	}
	sheets, err := b.Sheets(p)
	if err != nil {
		t.Fatal(err)
	}
	enter := func(code, answer string) {
		t.Helper()
		var a scoring.Answer
		if err := json.Unmarshal([]byte(answer), &a); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Enter(background, sheets[0].ID, code, assess.Self, assess.Entry{Answer: a, Source: "Báo cáo"}); err != nil {
			t.Fatal(err)
		}
	}
	enter("1.1", `{"vars":{"b":20}}`)
	enter("1.2", `{"b":40,"a":100}`)
	c, err := b.Card(sheets[0].ID)
	if err != nil || c.Row("1.1").Self.Known || c.Row("1.2").Self.Points != 2*scoring.Point {
		t.Fatal(c.Row("1.1").Self, c.Row("1.2").Self, err)
	}
	if err := b.SetFacts(background, sheets[0].ID, scoring.Facts{"dan_so": scoring.Int(10000), "nui": scoring.Int(1)}); err != nil {
		t.Fatal(err)
	}
	c, err = b.Card(sheets[0].ID)
	if err != nil || c.Row("1.1").Self.Points != 2*scoring.Point || c.Row("1.2").Self.Points != 4*scoring.Point {
		t.Errorf("%v %v %v", c.Row("1.1").Self, c.Row("1.2").Self, err)
	}
}
