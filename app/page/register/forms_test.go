package register

import (
	"strings"
	"testing"
	"time"

	"giaoban/app/kit/form"
	"giaoban/app/page/pagetest"
	"giaoban/data"
)

// onPage opens the page over a dossier of October 2022.
func onPage(t *testing.T) (*page, data.Dossier) {
	t.Helper()
	d := pagetest.Empty(t)
	one := data.Dossier{Code: "A-1", Received: data.Moment{Day: data.Date(2022, time.October, 14), Clock: data.At(8, 0)}, Due: data.Moment{Day: data.Date(2022, time.October, 28), Clock: data.At(8, 0)},
		Term: data.Term{Count: 10, Unit: data.WorkingDays}, Owner: data.Person{Name: "Nguyễn Thị Mẫu"}, Entry: data.Received,
		Parts: []data.Part{{Name: "Đơn", Original: 1, Digital: data.DigitisedHere}, {Name: "Bản vẽ", Copies: 2}}}
	if err := d.Receive(t.Context(), &one); err != nil {
		t.Fatal(err)
	}
	e, _ := pagetest.Env(t, d)
	return New(e).(*page), one
}

// TestCorrectionsAsTyped: a date without a year keeps the year of the old one, papers
// keep how they were digitised, and what differs is told with what it was.
func TestCorrectionsAsTyped(t *testing.T) {
	p, one := onPage(t)
	c, err := p.m.Correct(one.ID)
	if err != nil {
		t.Fatal(err)
	}
	f := form.NewEntry(*c, p.facts(c)...)
	if v, err := f.Read(); err != nil || len(v.Changes()) != 0 || f.Dirty() {
		t.Fatalf("nothing typed: %v, %+v", err, v.Changes())
	}
	f.Type("due", "2710\t0800")
	f.Type("parts", `[["Đơn","2","","","1"],["Sổ đỏ","1","","",""]]`)
	f.Type("owner", " Nguyễn Thị Mẫn ")
	f.Type("why", "Nhập nhầm")
	v, err := f.Read()
	if err != nil {
		t.Fatal(err)
	}
	if want := (data.Moment{Day: data.Date(2022, time.October, 27), Clock: data.At(8, 0)}); v.Now.Due != want {
		t.Errorf("2710 over 28/10/2022 is %s", v.Now.Due)
	}
	if v.Now.Parts[0] != (data.Part{Name: "Đơn", Original: 2, Digital: data.DigitisedHere}) || v.Now.Parts[1] != (data.Part{Name: "Sổ đỏ", Original: 1}) || len(v.Now.Parts) != 2 {
		t.Errorf("papers %+v", v.Now.Parts)
	}
	said := ""
	for _, x := range v.Changes() {
		said += x.Label + ": " + x.Old + " → " + x.New + "\n"
	}
	if !strings.Contains(said, "Ngày hẹn trả: 28/10/2022 08:00 → ") || !strings.Contains(said, "Chủ hồ sơ: Nguyễn Thị Mẫu → ") {
		t.Errorf("told: %s", said)
	}
	if err := v.Save(t.Context()); err != nil {
		t.Errorf("not stored: %v", err)
	}
	f.Type("due", "hôm qua")
	if _, err := f.Read(); err == nil || err.(*data.Error).Field != "due" {
		t.Errorf("what is no date: %v", err)
	}
}

// TestEveryMoveHasItsForm: the table has each kind of event once, with a name and a form
// whose fields read what they write; what must be told is asked for, and the help names
// what F2 does.
func TestEveryMoveHasItsForm(t *testing.T) {
	p, one := onPage(t)
	for kind := data.BeginProcessing; kind.Valid(); kind++ {
		m := moveOf(kind)
		if m.Kind != kind || m.Label == "" || (m.form == nil) != (len(m.asks) > 0) {
			t.Fatalf("%s: %+v", kind, m)
		}
		f := &EventForm{Event: data.Event{Kind: kind, At: data.MomentOf(p.e.Desk.Now())}, Move: m, IDs: []uint64{one.ID}, One: &one, m: p.m}
		asked := map[string]bool{}
		for _, x := range f.fields() {
			asked[x.Key] = true
			before := x.Get(f)
			if err := x.Set(f, before); err != nil || x.Key != AskDue && x.Get(f) != before || x.Label == "" { // an empty due date is counted
				t.Errorf("%s, «%s»: %q becomes %q, %v", kind, x.Label, before, x.Get(f), err)
			}
			if x.Required != kind.Needs(x.Key) {
				t.Errorf("%s, «%s»: required %v", kind, x.Label, x.Required)
			}
		}
		for _, key := range []string{AskText, AskMore, AskDue, AskDesk} {
			if kind.Needs(key) && !asked[key] {
				t.Errorf("%s needs %s and does not ask for it", kind, key)
			}
		}
	}
	if got := helpOfMoves(); got != "việc tiếp theo của hồ sơ (đã bổ sung, đã nộp phí, xử lý tiếp, có kết quả, trả kết quả); những việc khác" {
		t.Errorf("help %q", got)
	}
}
