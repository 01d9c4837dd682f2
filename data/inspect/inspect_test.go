package inspect_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/basis"
	"giaoban/data/inspect"
	"giaoban/data/workday"
)

var today = data.Date(2023, time.March, 15) // a Wednesday

func day(y, m, d int) data.Moment { return data.Moment{Day: data.Date(y, time.Month(m), d)} }

func at(m data.Moment, hour, minute int) data.Moment {
	m.Clock = data.At(hour, minute)
	return m
}

var ownCode = regexp.MustCompile(`^MC-\d+$`)

func office() *inspect.Office {
	units := map[uint32]*data.Unit{
		1: {ID: 1, Name: "Phòng Tư pháp"},
		2: {ID: 2, Name: "Phòng Cũ", To: data.Date(2023, 1, 31), Successor: 1},
		3: {ID: 3, Name: "Phòng Mới", From: data.Date(2024, 1, 1)},
	}
	procedures := map[uint32]*data.Procedure{
		1: {ID: 1, Name: "Khai sinh", Field: 7, Unit: 1, OnlineLevel: "toan-trinh"},
		2: {ID: 2, Name: "Tra cứu", Field: 7, Online: []data.OnlineStep{{Level: "thong-tin"}, {From: data.Date(2023, 3, 1), Level: "mot-phan"}}},
		3: {ID: 3, Name: "Không lĩnh vực"},
		4: {ID: 4, Name: "Hộ tịch điện tử", Field: 7, Systems: []data.SystemStep{{Name: "Hệ thống của tỉnh"}, {From: data.Date(2023, 3, 1), Name: "Hệ thống của Bộ Tư pháp"}}},
	}
	return &inspect.Office{Today: today, Bases: basis.With(nil), Calendar: workday.Default(), SimilarDays: 3, WaitingDays: 30, Postponements: 1,
		Unit:      func(id uint32) *data.Unit { return units[id] },
		Procedure: func(id uint32) *data.Procedure { return procedures[id] },
		OwnCode:   ownCode.MatchString,
		Twins:     inspect.Twins{Unit: twinOf(21, 1), Field: twinOf(27, 7), Procedure: twinOf(31, 1)},
	}
}

// twinOf knows one double.
func twinOf(double, kept uint32) func(uint32) inspect.Twin {
	return func(id uint32) inspect.Twin {
		if id == double {
			return inspect.Twin{Kept: kept, Name: "Thuỷ sản", KeptName: "Thủy sản"}
		}
		return inspect.Twin{}
	}
}

// good is a dossier that no check finds: received on Monday 6 March, five
// working days, due on Monday 13 March, finished on Friday 10 March.
func good(edit func(d *data.Dossier)) data.Dossier {
	d := data.Dossier{ID: 1, Code: "H56.01-230306-0001", Procedure: 1, Field: 7, Unit: 1, Channel: data.Direct, Book: 1, Seq: 1,
		Owner:    data.Person{Name: "Nguyễn Văn An", Identity: "038090001234", Phone: "0912345678"},
		Received: at(day(2023, 3, 6), 9, 0), Term: data.Term{Count: 5, Unit: data.WorkingDays}, Due: at(day(2023, 3, 13), 9, 0),
		Events: []data.Event{{Kind: data.Finish, At: day(2023, 3, 10), Ref: "1/KQ"}}}
	edit(&d)
	return d
}

func open(edit func(d *data.Dossier)) data.Dossier {
	return good(func(d *data.Dossier) {
		d.Events = nil
		d.Received, d.Due = at(day(2023, 3, 13), 9, 0), at(day(2023, 3, 20), 9, 0)
		d.Code = "H56.01-230313-0001"
		edit(d)
	})
}

func found(o *inspect.Office, list ...data.Dossier) map[string]int {
	s := inspect.NewSweep(o, nil, nil)
	for i := range list {
		s.Look(&list[i])
	}
	out := map[string]int{}
	for _, f := range inspect.Merge(s).Findings {
		if f.Count > 0 {
			out[f.Kind.ID] = f.Count
		}
	}
	return out
}

func TestGoodDossiersAreFoundByNoCheck(t *testing.T) {
	same := func(*data.Dossier) {}
	for _, d := range []data.Dossier{good(same), open(same)} {
		if f := found(office(), d); len(f) > 0 {
			t.Errorf("%s: %v", d.Code, f)
		}
	}
}

// TestEachCheck has for each check a dossier that trips it and a near miss.
func TestEachCheck(t *testing.T) {
	ev := func(events ...data.Event) func(*data.Dossier) {
		return func(d *data.Dossier) { d.Events = events }
	}
	ask := func(m, d int) data.Event { return data.Event{Kind: data.AskSupplement, At: day(2023, m, d)} }
	came := func(m, d int) data.Event {
		return data.Event{Kind: data.Supplement, At: day(2023, m, d), Due: day(2023, 3, 21)}
	}
	type pair struct{ trips, not data.Dossier }
	cases := map[string]pair{
		"end-missing": {good(ev(data.Event{Kind: data.Finish})), good(func(*data.Dossier) {})},
		"end-before-receipt": {good(func(d *data.Dossier) { d.Events[0].At = day(2023, 3, 3) }),
			good(func(d *data.Dossier) { d.Events[0].At = day(2023, 3, 6) })},
		"returned-before-end": {good(ev(data.Event{Kind: data.Finish, At: day(2023, 3, 10)}, data.Event{Kind: data.Return, At: day(2023, 3, 9)})),
			good(ev(data.Event{Kind: data.Finish, At: day(2023, 3, 10)}, data.Event{Kind: data.Return, At: day(2023, 3, 10)}))},
		"received-future": {open(func(d *data.Dossier) { d.Received.Day = today + 1 }), open(func(d *data.Dossier) { d.Received.Day = today })},
		"ended-future":    {good(func(d *data.Dossier) { d.Events[0].At.Day = today + 1 }), good(func(d *data.Dossier) { d.Events[0].At.Day = today })},
		"received-day-off": {good(func(d *data.Dossier) { d.Received = day(2023, 3, 5) }),
			good(func(d *data.Dossier) { d.Received, d.Channel = day(2023, 3, 5), data.Online })},
		"received-out-of-hours": {good(func(d *data.Dossier) { d.Received.Clock = data.At(17, 1) }), good(func(d *data.Dossier) { d.Received.Clock = data.At(17, 0) })},
		"dates-doubtful":        {good(func(d *data.Dossier) { d.Flags = data.DoubtDates }), good(func(d *data.Dossier) { d.Flags = data.Published })},
		"due-missing": {good(func(d *data.Dossier) { d.Due = data.Moment{} }),
			good(func(d *data.Dossier) {
				d.Due, d.Events = data.Moment{}, []data.Event{{Kind: data.Withdraw, At: day(2023, 3, 8)}}
			})},
		"due-before-receipt": {good(func(d *data.Dossier) { d.Due = day(2023, 3, 3) }), good(func(d *data.Dossier) { d.Due = day(2023, 3, 6) })},
		"due-day-off":        {good(func(d *data.Dossier) { d.Due = day(2023, 3, 12) }), good(func(d *data.Dossier) { d.Due = day(2023, 3, 14) })},
		"due-differs": {good(func(d *data.Dossier) { d.Due = day(2023, 3, 14) }),
			good(func(d *data.Dossier) { d.Due, d.Term = day(2023, 3, 14), data.Term{} })},
		"paid-waiting": {open(func(d *data.Dossier) {
			d.Paid, d.Events = data.PayCash, []data.Event{{Kind: data.AskPayment, At: day(2023, 3, 14)}}
		}), open(ev(data.Event{Kind: data.AskPayment, At: day(2023, 3, 14)}))},
		"supplement-twice": {open(ev(ask(3, 13), came(3, 14), ask(3, 15))), open(ev(ask(3, 13)))},
		"paused-long": {open(func(d *data.Dossier) {
			d.Received, d.Events = day(2023, 2, 1), []data.Event{ask(2, 12)}
		}), open(func(d *data.Dossier) { d.Received, d.Events = day(2023, 2, 1), []data.Event{ask(2, 13)} })},
		"postponed-twice": {open(ev(data.Event{Kind: data.Extend, At: day(2023, 3, 13), Due: day(2023, 3, 23)}, data.Event{Kind: data.Extend, At: day(2023, 3, 14), Due: day(2023, 3, 27)})),
			open(ev(data.Event{Kind: data.Extend, At: day(2023, 3, 13), Due: day(2023, 3, 23)}))},
		"apology-late": {good(ev(data.Event{Kind: data.Extend, At: day(2023, 3, 13), Due: day(2023, 3, 20)})),
			good(ev(data.Event{Kind: data.Extend, At: day(2023, 3, 12), Due: day(2023, 3, 20)}))},
		"overdue-no-letter": {good(ev()), good(ev(data.Event{Kind: data.Apologise, At: day(2023, 3, 14)}))},
		"stale-open":        {open(func(d *data.Dossier) { d.Received.Day = today - 366 }), open(func(d *data.Dossier) { d.Received.Day = today - 365 })},
		"state-unsure": {good(func(d *data.Dossier) { d.Flags = data.StatusUnsure }), good(func(d *data.Dossier) {
			d.Flags, d.Events = data.StatusUnsure, []data.Event{{Kind: data.Cancel, At: day(2023, 3, 8)}}
		})},
		"late-no-cause": {good(func(d *data.Dossier) { d.Events[0].At = day(2023, 3, 14) }),
			good(func(d *data.Dossier) { d.Events[0].At, d.Cause = day(2023, 3, 14), 2 })},
		"result-no-number": {good(func(d *data.Dossier) { d.Flags, d.Events[0].Ref = data.EResult, "" }), good(func(d *data.Dossier) {
			d.Flags, d.Events[0].Ref, d.Origin.Import = data.EResult, "", 4
		})},
		"digitised-parts": {good(func(d *data.Dossier) { d.Flags, d.Parts = data.Digitised, []data.Part{{Name: "Đơn"}} }), good(func(d *data.Dossier) {
			d.Flags, d.Parts = data.Digitised, []data.Part{{Name: "Đơn"}, {Name: "Bản sao", Digital: data.ReusedPart}}
		})},
		"unit-missing":      {good(func(d *data.Dossier) { d.Unit = 0 }), good(func(d *data.Dossier) { d.Unit, d.Entry, d.Events = 0, data.NotAccepted, nil })},
		"unit-invalid":      {good(func(d *data.Dossier) { d.Unit = 2 }), good(func(d *data.Dossier) { d.Unit, d.Received.Day = 2, data.Date(2023, 1, 31) })},
		"procedure-missing": {good(func(d *data.Dossier) { d.Procedure = 0 }), good(func(d *data.Dossier) { d.Procedure = 3 })},
		"field-missing":     {good(func(d *data.Dossier) { d.Field = 0 }), good(func(d *data.Dossier) { d.Field = 8 })},
		"unit-double":       {good(func(d *data.Dossier) { d.Unit = 21 }), good(func(*data.Dossier) {})},
		"field-double":      {good(func(d *data.Dossier) { d.Field = 27 }), good(func(*data.Dossier) {})},
		"procedure-double":  {good(func(d *data.Dossier) { d.Procedure = 31 }), good(func(*data.Dossier) {})},
		"online-level": {good(func(d *data.Dossier) { d.Channel, d.Procedure, d.Received = data.Online, 2, day(2023, 2, 28) }), good(func(d *data.Dossier) {
			d.Channel, d.Procedure = data.Online, 2
		})},
		"code-date": {good(func(d *data.Dossier) { d.Code = "H56.01-230307-0001" }), good(func(d *data.Dossier) { d.Code = "000.00.18.H56-230306-123456" })},
		"code-odd":  {good(func(d *data.Dossier) { d.Code = "H56.01-231306-0001" }), good(func(d *data.Dossier) { d.Code = "MC-12" })},
		"system-differs": {good(func(d *data.Dossier) { d.Procedure = 4 }), good(func(d *data.Dossier) {
			d.Procedure, d.ExternalCode = 4, "G15.01-230306-150123"
		})},
		"identity-odd":  {good(func(d *data.Dossier) { d.Owner.Identity = "38090001234" }), good(func(d *data.Dossier) { d.Owner.Identity = "2500123456-001" })},
		"phone-odd":     {good(func(d *data.Dossier) { d.Owner.Phone = "912345678" }), good(func(d *data.Dossier) { d.Owner.Phone = "+84 912 345 678" })},
		"owner-missing": {good(func(d *data.Dossier) { d.Owner.Name = " " }), good(func(d *data.Dossier) { d.Owner.Name = "Ý" })},
		"name-odd":      {good(func(d *data.Dossier) { d.Owner.Name = "NGUYỄN VĂN AN" }), good(func(d *data.Dossier) { d.Owner.Name = "CÔNG TY TNHH ABC" })},
	}
	o := office()
	for _, k := range inspect.Kinds() {
		c, ok := cases[k.ID]
		switch {
		case k.ID == "same-person" || strings.HasPrefix(k.ID, "book-"):
			continue
		case !ok:
			t.Errorf("%s has no case", k.ID)
			continue
		}
		if found(o, c.trips)[k.ID] != 1 {
			t.Errorf("%s does not trip", k.ID)
		}
		if found(o, c.not)[k.ID] != 0 {
			t.Errorf("%s trips on the near miss", k.ID)
		}
		if text := k.Says(o, &c.trips, nil); strings.TrimSpace(text) == "" && k.ID != "identity-odd" {
			t.Errorf("%s says nothing", k.ID)
		}
		if k.Name == "" || k.Why == "" || k.Severity == inspect.Serious && k.Effect == "" {
			t.Errorf("%s tells too little", k.ID)
		}
		if mended := c.trips; k.Fix != "" {
			if !k.Mend(o, &mended) {
				t.Errorf("%s does not mend", k.ID)
			} else if found(o, mended)[k.ID] != 0 {
				t.Errorf("%s still trips after its fix", k.ID)
			}
		}
		if same := c.not; k.Mend(o, &same) {
			t.Errorf("%s mends what is not wrong", k.ID)
		}
	}
	if len(inspect.Kinds()) < 25 {
		t.Errorf("%d checks", len(inspect.Kinds()))
	}
}

func TestAtOnceBetweenDossiers(t *testing.T) {
	o := office()
	with := func(id uint64, received data.Moment, edit func(*data.Dossier)) data.Dossier {
		return good(func(d *data.Dossier) {
			d.ID, d.Received, d.Seq, d.Events, d.Due, d.Term = id, received, int(id), nil, data.Moment{}, data.Term{}
			edit(d)
		})
	}
	same := func(*data.Dossier) {}
	for _, c := range []struct {
		name string
		list []data.Dossier
		want map[string]int
	}{
		{"three days", []data.Dossier{with(1, day(2023, 3, 6), same), with(2, day(2023, 3, 9), func(d *data.Dossier) { d.Owner.Name = " nguyễn  VĂN an" })}, map[string]int{"same-person": 1}},
		{"four days", []data.Dossier{with(1, day(2023, 3, 6), same), with(2, day(2023, 3, 10), same)}, map[string]int{}},
		{"another tone", []data.Dossier{with(1, day(2023, 3, 6), same), with(2, day(2023, 3, 6), func(d *data.Dossier) { d.Owner.Name = "Nguyễn Văn Ân" })}, map[string]int{}},
		{"another procedure", []data.Dossier{with(1, day(2023, 3, 6), same), with(2, day(2023, 3, 6), func(d *data.Dossier) { d.Procedure = 3 })}, map[string]int{}},
		{"one number twice", []data.Dossier{with(1, day(2023, 1, 6), same), with(2, day(2023, 3, 9), func(d *data.Dossier) { d.Seq = 1 })}, map[string]int{"book-duplicate": 1}},
		{"another year", []data.Dossier{with(1, day(2022, 12, 30), same), with(2, day(2023, 1, 5), func(d *data.Dossier) { d.Seq = 1 })}, map[string]int{}},
		{"another book", []data.Dossier{with(1, day(2023, 1, 6), same), with(2, day(2023, 3, 9), func(d *data.Dossier) { d.Seq, d.Book = 1, 2 })}, map[string]int{}},
		{"no number after numbers", []data.Dossier{with(1, day(2023, 1, 6), same), with(2, day(2023, 3, 9), func(d *data.Dossier) { d.Seq = 0 })}, map[string]int{"book-missing": 1}},
		{"no number before numbers", []data.Dossier{with(1, day(2023, 1, 6), func(d *data.Dossier) { d.Seq = 0 }), with(2, day(2023, 3, 9), same)}, map[string]int{}},
		{"no number, imported", []data.Dossier{with(1, day(2023, 1, 6), same), with(2, day(2023, 3, 9), func(d *data.Dossier) { d.Seq, d.Origin.Import = 0, 3 })}, map[string]int{}},
	} {
		f := found(o, c.list...)
		for _, id := range []string{"same-person", "book-duplicate", "book-missing"} {
			if f[id] != c.want[id] {
				t.Errorf("%s: %s found %d", c.name, id, f[id])
			}
		}
	}
}

func TestSweepsMergeAcceptAndKeep(t *testing.T) {
	o := office()
	bare := good(func(d *data.Dossier) { d.Unit, d.Seq = 0, 0 })
	late := good(func(d *data.Dossier) { d.ID, d.Seq, d.Events = 2, 0, nil; d.Owner.Name = "Trần Thị Bé" })
	unit := inspect.KindOf("unit-missing")
	accepted := map[inspect.Acceptance]uint64{{Dossier: 1, Kind: unit.ID}: unit.Fingerprint(o, &bare, 0)}
	run := func(keep func(uint32) bool, list ...data.Dossier) *inspect.Report {
		var parts []*inspect.Sweep
		for i := range list { // each in a sweep of its own
			s := inspect.NewSweep(o, accepted, keep)
			s.Look(&list[i])
			parts = append(parts, s)
		}
		return inspect.Merge(parts...)
	}
	r := run(nil, bare, late)
	if r.Seen != 2 || r.Accepted() != 1 || r.Serious() != 0 || r.Total() != 1 {
		t.Errorf("seen %d, accepted %d, serious %d, total %d", r.Seen, r.Accepted(), r.Serious(), r.Total())
	}
	if line := r.Line(today); !strings.Contains(line, "1 lỗi, 1 lỗi đã chấp nhận") {
		t.Errorf("%q", line)
	}
	for _, f := range r.Findings {
		if f.Kind.ID == "overdue-no-letter" && (len(f.Hits) != 1 || f.Hits[0].ID != 2 || f.Tally[data.Overdue] != 1) {
			t.Errorf("%+v", f)
		}
	}
	if r := run(func(id uint32) bool { return id == 1 }, bare, late); r.Seen != 1 || r.Total() != 0 {
		t.Errorf("kept only the first: seen %d, total %d", r.Seen, r.Total())
	}
	// Acceptance holds for the facts as they were.
	paused := inspect.KindOf("paused-long")
	wait := open(func(d *data.Dossier) {
		d.Received, d.Events = day(2023, 1, 3), []data.Event{{Kind: data.AskSupplement, At: day(2023, 1, 10)}}
	})
	mark := paused.Fingerprint(o, &wait, 0)
	tomorrow := office()
	tomorrow.Today++
	if paused.Fingerprint(tomorrow, &wait, 0) != mark {
		t.Error("the acceptance of a long wait ends by itself the next day")
	}
	wait.Events[0].At = day(2023, 1, 11)
	if paused.Fingerprint(o, &wait, 0) == mark {
		t.Error("the acceptance outlives another date")
	}
}

func TestTidyName(t *testing.T) {
	for in, want := range map[string]string{
		"NGUYỄN THỊ HƯƠNG": "Nguyễn Thị Hương", "  Trần  Văn B ": "Trần Văn B", "ĐỖ Ý": "Đỗ Ý", "CÔNG TY TNHH HÒA BÌNH": "CÔNG TY TNHH HÒA BÌNH",
		"UBND XÃ LƯƠNG BẰNG": "UBND XÃ LƯƠNG BẰNG", "Y Moan": "Y Moan", "Lê\tVăn C": "Lê Văn C", "Ng?yễn": "Ng?yễn", "AN": "AN", "": "",
	} {
		if got := inspect.TidyName(in); got != want {
			t.Errorf("%q becomes %q", in, got)
		}
	}
}

func TestEffectNamesTheColumns(t *testing.T) {
	k := inspect.KindOf("end-missing")
	if got := k.EffectOf(inspect.Tally{data.OnTime: 1234}); got != "1.234 hồ sơ đang tính là đúng hạn." {
		t.Errorf("%q", got)
	}
	if got := inspect.KindOf("phone-odd").EffectOf(inspect.Tally{data.OnTime: 3}); got != "" {
		t.Errorf("%q", got)
	}
}

// TestNothingIsSaidOfDaysInQuestion: what hangs on an open question of the calendar
// is no finding; once it is answered the checks speak again.
func TestNothingIsSaidOfDaysInQuestion(t *testing.T) {
	open := workday.Default()
	y, err := open.Year(2026).Answered("2026-hoan-doi-23-11", workday.No)
	if err != nil {
		t.Fatal(err)
	}
	no, err := open.With(y)
	if err != nil {
		t.Fatal(err)
	}
	for id, d := range map[string]data.Dossier{
		"received-day-off": {ID: 1, Code: "A", Received: day(2026, 11, 28), Due: day(2026, 12, 7), Channel: data.Direct},
		"due-day-off":      {ID: 1, Code: "A", Received: day(2026, 11, 18), Due: day(2026, 11, 28)},
		"due-differs":      {ID: 1, Code: "A", Received: day(2026, 11, 18), Due: day(2026, 11, 27), Term: data.Term{Count: 5, Unit: data.WorkingDays}},
	} {
		for name, c := range map[string]*workday.Calendar{"open": open, "no": no} {
			o := &inspect.Office{Today: data.Date(2026, 11, 30), Calendar: c, Unit: func(uint32) *data.Unit { return nil }, Procedure: func(uint32) *data.Procedure { return nil }}
			s := inspect.NewSweep(o, nil, nil)
			s.Look(&d)
			found := false
			for _, f := range inspect.Merge(s).Findings {
				found = found || f.Kind.ID == id && f.Count > 0
			}
			if found != (name == "no") {
				t.Errorf("%s, question %s: found %v", id, name, found)
			}
		}
	}
}

// TestBasisFollowsTheReception: what a finding rests on is the law of the day on which
// the dossier came in, and how often it may be promised anew is the office's to say.
func TestBasisFollowsTheReception(t *testing.T) {
	kind := inspect.KindOf("postponed-twice")
	for received, want := range map[data.Day]string{data.Date(2025, 6, 30): "NĐ 61/2018, Điều 19", data.Date(2025, 7, 1): "NĐ 118/2025/NĐ-CP"} {
		d := data.Dossier{ID: 1, Code: "A", Received: data.Moment{Day: received}, Due: data.Moment{Day: received + 7}, Events: []data.Event{
			{Kind: data.Extend, At: data.Moment{Day: received + 1}, Due: data.Moment{Day: received + 10}},
			{Kind: data.Extend, At: data.Moment{Day: received + 8}, Due: data.Moment{Day: received + 20}}}}
		o := &inspect.Office{Today: received + 9, Bases: basis.With(nil), Calendar: workday.Default(), Postponements: 1}
		if says := kind.Says(o, &d, nil); !strings.Contains(says, want) {
			t.Errorf("received %s: %q lacks %q", received, says, want)
		}
		if says := inspect.KindOf("apology-late").Says(o, &data.Dossier{ID: 1, Code: "A", Received: data.Moment{Day: received}, Due: data.Moment{Day: received + 7}, Events: []data.Event{
			{Kind: data.Extend, At: data.Moment{Day: received + 7}, Due: data.Moment{Day: received + 10}}}}, nil); !strings.Contains(says, want) {
			t.Errorf("received %s: %q lacks %q", received, says, want)
		}
		for most, found := range map[int]int{0: 0, 1: 1, 2: 0} {
			o.Postponements = most
			o.Unit, o.Procedure = func(uint32) *data.Unit { return nil }, func(uint32) *data.Procedure { return nil }
			s := inspect.NewSweep(o, nil, nil)
			s.Look(&d)
			for _, f := range inspect.Merge(s).Findings {
				if f.Kind.ID == kind.ID && f.Count != found {
					t.Errorf("at most %d: found %d, want %d", most, f.Count, found)
				}
			}
		}
		mark := kind.Fingerprint(o, &d, 0)
		d.Received.Day = data.Date(2024, 1, 2) // another law, the same facts
		if kind.Fingerprint(o, &d, 0) != mark {
			t.Error("an accepted finding would show again because the law changed")
		}
	}
	for _, id := range []string{"postponed-twice", "apology-late"} {
		if text := inspect.KindOf(id).Reason(basis.With(nil)); !strings.HasSuffix(text, ". Căn cứ: nhận đến 30/06/2025: NĐ 61/2018, Điều 19; nhận từ 01/07/2025: NĐ 118/2025/NĐ-CP (sửa đổi bởi NĐ 367/2025/NĐ-CP).") {
			t.Errorf("%s: %q", id, text)
		}
	}
	for _, k := range inspect.Kinds() {
		if strings.Contains(k.Reason(basis.With(nil)), "NĐ 61/2018") && !strings.Contains(k.Reason(basis.With(nil)), "NĐ 118/2025") {
			t.Errorf("%s names the old decree alone", k.ID)
		}
	}
}
