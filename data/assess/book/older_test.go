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

// TestAnswersOfAnOlderVersionStay: a sheet with answers that version 0.2.0 took and that
// are refused, or judged otherwise, today opens; each answer stays as it was typed, its
// criterion is named with what is wrong and with the points that it had, and the others
// count as before.
func TestAnswersOfAnOlderVersionStay(t *testing.T) {
	const set = `{"meta":{"id":"cu","level":"xa","title":"Bộ cũ","year":2023,"total":10},"metrics":[],"penalty":[],
	"bonus":[{"code":"T1","title":"Thưởng","cap":2,"rule":{"options":[{"id":"k1","label":"Lần","points":1,"per":"each"}]}}],"criteria":[{"code":"1","title":"Lĩnh vực","max":10,"children":[
	{"code":"1.1","title":"Dấu phẩy hiểu hai cách","max":1,"kind":"formula","rule":{"vars":[{"id":"a"}],"expr":"min(1, 0,5*a)"}},
	{"code":"1.2","title":"Rõ ràng","max":2,"kind":"binary","rule":{"yes":2,"no":0}},
	{"code":"1.3","title":"Giới hạn dưới âm","max":2,"kind":"formula","rule":{"vars":[{"id":"k"}],"expr":"2 - k","clamp":["-1","max"]}},
	{"code":"1.4","title":"Ngày lẫn năm","max":1,"kind":"tiers","rule":{"input":"date","tiers":[{"until":"2023-11-30","points":1},{"until":"12-15","points":0.5},{"points":0}]}},
	{"code":"1.5","title":"Ngày xếp ngược","max":1,"kind":"tiers","rule":{"input":"date","tiers":[{"until":"2023-11-30","points":1},{"until":"03-15","points":0.5},{"points":0}]}},
	{"code":"1.6","title":"Tỷ lệ quá 100%","max":1,"kind":"ratio","rule":{}},
	{"code":"1.7","title":"Điểm sửa tay","max":1,"kind":"binary","rule":{"yes":1,"no":0}},
	{"code":"1.8","title":"Lỗi lạ","max":1,"kind":"count-deduct","rule":{"start":1,"floor":0,"events":[{"id":"k1","label":"Chậm","points":0.5}]}}]}]}`
	b, d, _ := empty(t, data.Date(2023, 12, 1))
	p := assess.Period{Title: "Đợt cũ", Year: 2023, Level: "xa", Groups: []assess.Group{{Name: "Xã", Units: []uint32{1}}}}
	record := assess.StoredSet{Key: "cu", Title: "Bộ cũ", Year: 2023, Level: "xa", Hash: "cũ", JSON: json.RawMessage(set)}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(d.Change(background, desk.Work{Title: "Như phiên bản cũ"}, func(tx desk.Tx) error {
		if err := tx.PutRecord(assess.RecordSet, &record.ID, record); err != nil {
			return err
		}
		p.Set = record.ID
		return tx.PutRecord(assess.RecordPeriod, &p.ID, p)
	}))
	_, err := b.OpenSheets(background, p.ID)
	must(err)
	sheets, err := b.Sheets(p.ID)
	must(err)
	// The lines as 0.2.0 wrote them.
	lines := map[string]string{
		"1.1": `{"Code":"1.1","Self":{"Answer":{"vars":{"a":1}},"Points":0.5,"State":"scored","Computed":0.5,"HasComputed":true}}`,
		"1.2": `{"Code":"1.2","Self":{"Answer":{"yes":true},"Points":2,"State":"scored","Computed":2,"HasComputed":true}}`,
		"1.3": `{"Code":"1.3","Self":{"Answer":{"vars":{"k":3}},"Points":0,"State":"scored","Computed":0,"HasComputed":true}}`,
		"1.4": `{"Code":"1.4","Self":{"Answer":{"date":"2023-12-10"},"Points":0.5,"State":"scored","Computed":0.5,"HasComputed":true}}`,
		"1.5": `{"Code":"1.5","Self":{"Answer":{"date":"2023-03-10"},"Points":1,"State":"scored","Computed":1,"HasComputed":true}}`,
		"1.6": `{"Code":"1.6","Self":{"Answer":{"b":5,"a":4},"Points":1,"State":"scored","Computed":1,"HasComputed":true}}`,
		"1.7": `{"Code":"1.7","Self":{"Answer":{"points":1.5,"note":"Theo biên bản"},"Points":1.5,"State":"scored"}}`,
		"1.8": `{"Code":"1.8","Self":{"Answer":{"events":{"k9":1}},"Points":0.5,"State":"scored","Computed":0.5,"HasComputed":true}}`,
		"9.9": `{"Code":"9.9","Self":{"Answer":{"yes":true},"Points":1,"State":"scored","Computed":1,"HasComputed":true}}`,
		"T1":  `{"Code":"T1","Self":{"Answer":{},"Counts":{"k7":1},"Points":1,"State":"scored"}}`,
	}
	must(d.Change(background, desk.Work{Title: "Như phiên bản cũ"}, func(tx desk.Tx) error {
		for _, raw := range lines {
			var id uint64
			if err := tx.PutRecord(assess.LineKind(sheets[0].ID), &id, json.RawMessage(raw)); err != nil {
				return err
			}
		}
		return nil
	}))
	c, err := b.Card(sheets[0].ID)
	must(err)
	remarks := map[string]string{}
	for _, r := range c.Final.Remarks {
		remarks[r.Code] += r.Text
		if !r.Stored {
			t.Errorf("not told above the sheet: %s", r.Text)
		}
	}
	for code, want := range map[string][]string{
		"1.1": {"Tiêu chí 1.1: chưa có điểm", "«;»", "trước đây ghi 0,50 điểm"},
		"1.3": {"Tiêu chí 1.3: trước đây ghi 0,00 điểm, nay tính được –1,00"},
		"1.5": {"Tiêu chí 1.5: chưa có điểm", "trước đây ghi 1,00 điểm"},
		"1.6": {"Tiêu chí 1.6: chưa có điểm", "trước đây ghi 1,00 điểm"},
		"1.7": {"Tiêu chí 1.7: chưa có điểm", "điểm 1,50 phải từ 0 đến điểm tối đa 1,00"},
		"1.8": {"Tiêu chí 1.8: chưa có điểm", "k9", "trước đây ghi 0,50 điểm"},
		"9.9": {"Tiêu chí 9.9: mã này không có trong bộ tiêu chí"},
		"T1":  {"Điểm thưởng T1: không có trường hợp «k7»"},
	} {
		for _, x := range want {
			if !strings.Contains(remarks[code], x) {
				t.Errorf("%s: %q does not say %q", code, remarks[code], x)
			}
		}
	}
	for _, code := range []string{"1.2", "1.4"} {
		if remarks[code] != "" {
			t.Errorf("%s: %s", code, remarks[code])
		}
	}
	if c.Final.Node("1.2").Points != 2*scoring.Point || c.Final.Node("1.4").Points != 500 {
		t.Errorf("others: %s, %s", c.Final.Node("1.2").Points, c.Final.Node("1.4").Points)
	}
	// What was typed stays, byte by byte, and can be mended.
	for code := range lines {
		if c.Lines[code] == nil {
			t.Errorf("%s is lost", code)
		}
	}
	if a := c.Lines["1.6"].Self.Answer; a.B.String() != "5" || a.A.String() != "4" || c.Lines["1.6"].Self.Points != scoring.Point {
		t.Errorf("1.6: %+v", c.Lines["1.6"].Self)
	}
	four := scoring.Int(4)
	_, err = b.Enter(background, sheets[0].ID, "1.6", assess.Self, assess.Entry{Answer: scoring.Answer{B: &four, A: &four}})
	must(err)
	c, err = b.Card(sheets[0].ID)
	must(err)
	if c.Remark("1.6") != "" || c.Final.Node("1.6").Points != scoring.Point {
		t.Errorf("mended: %q, %s", c.Remark("1.6"), c.Final.Node("1.6").Points)
	}
	// A new answer is judged as strictly as ever.
	five := scoring.Int(5)
	if _, err := b.Enter(background, sheets[0].ID, "1.6", assess.Self, assess.Entry{Answer: scoring.Answer{B: &five, A: &four}}); err == nil {
		t.Error("b above a is taken")
	}
}
