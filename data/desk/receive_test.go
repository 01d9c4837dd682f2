package desk_test

import (
	"slices"
	"strings"
	"testing"

	"giaoban/data"
	"giaoban/data/desk"
)

// counter opens an office that receives dossiers itself: a code, an officer, a
// unit and a procedure of ten working days with two papers.
func counter(t *testing.T) (*desk.Desk, data.Procedure) {
	t.Helper()
	d := fresh(t)
	must(t, d.SetOffice(t.Context(), data.Office{Name: "UBND huyện Minh Họa", Code: "000.00.06.H56", Officer: "Lê Thị Mẫu"}))
	u := data.Unit{Name: "Phòng Tài nguyên", Level: data.LevelDistrict}
	must(t, d.SaveUnit(t.Context(), &u))
	f := data.Field{Name: "Đất đai (thử)"}
	must(t, d.SaveField(t.Context(), &f))
	p := data.Procedure{Code: "9.000001", Name: "Thủ tục thử", Field: f.ID, Unit: u.ID, Term: data.Term{Count: 10, Unit: data.WorkingDays}, Parts: []string{"Đơn", "Bản vẽ"}, Fee: 50_000,
		OwnTerm: data.Term{Count: 4, Unit: data.WorkingDays}, OnlineTerm: data.Term{Count: 7, Unit: data.WorkingDays},
		Cases: []data.Case{{Name: "Cấp lại", Term: data.Term{Count: 5, Unit: data.WorkingDays}, Parts: []string{"Đơn"}}}}
	must(t, d.SaveProcedure(t.Context(), &p))
	return d, p
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// received stores a dossier that came in on a day.
func received(t *testing.T, d *desk.Desk, p data.Procedure, day data.Day, owner string) data.Dossier {
	t.Helper()
	one := d.Draft(nil)
	one.Procedure, one.Received, one.Owner.Name = p.ID, data.Moment{Day: day, Clock: data.At(9, 0)}, owner
	d.Fill(&one)
	one.Code = d.NextCode(day)
	must(t, d.Receive(t.Context(), &one))
	return one
}

func TestReceiveFillsAndNumbers(t *testing.T) {
	d, p := counter(t)
	one := d.Draft(nil)
	if one.Code != "000.00.06.H56-260601-0001" || one.Officer != "Lê Thị Mẫu" || one.Received.String() != "01/06/2026 10:00" {
		t.Fatalf("draft: %q %q %v", one.Code, one.Officer, one.Received)
	}
	one.Procedure, one.Owner.Name = p.ID, "  Trần   Văn Thử "
	d.Fill(&one)
	if one.Term != p.Term || one.Fee != 50_000 || one.Unit != p.Unit || one.Field != p.Field || len(one.Parts) != 2 || one.Book != 1 {
		t.Fatalf("filled: %+v", one)
	}
	// Ten working days from Monday 1 June 2026 end on Monday 15 June; four on Friday 5 June.
	if one.Due.Day != data.Date(2026, 6, 15) || one.OwnDue.Day != data.Date(2026, 6, 5) {
		t.Fatalf("due %v, own %v", one.Due, one.OwnDue)
	}
	must(t, d.Receive(t.Context(), &one))
	if one.ID == 0 || one.Seq != 1 || one.Owner.Name != "Trần Văn Thử" {
		t.Fatalf("stored: %+v", one)
	}
	next := d.Draft(&one)
	if next.Code != "000.00.06.H56-260601-0002" || next.Procedure != p.ID || next.Owner.Name != "" || d.NextSeq(2026, 1) != 2 {
		t.Fatalf("next: %+v, seq %d", next, d.NextSeq(2026, 1))
	}
	// The same code again is refused and nothing is stored.
	again := next
	again.Code, again.Owner.Name = one.Code, "Người khác"
	if err := d.Receive(t.Context(), &again); data.CodeOf(err) != data.Conflict || d.Len() != 1 || again.ID != 0 {
		t.Fatalf("same code: %v, %d dossiers", err, d.Len())
	}
	// A case has its own term and papers, online another term.
	next.Case = "Cấp lại"
	d.Fill(&next)
	if next.Term.Count != 5 || len(next.Parts) != 1 {
		t.Fatalf("case: %+v", next)
	}
	next.Case, next.Channel = "", data.Online
	if d.Fill(&next); next.Term.Count != 7 {
		t.Fatalf("online term: %v", next.Term)
	}
	if _, err := d.Undo(t.Context()); err != nil || d.Len() != 0 || d.Draft(nil).Code != "000.00.06.H56-260601-0002" {
		t.Fatalf("undo of the receipt: %v, %d", err, d.Len())
	}
}

func TestPatterns(t *testing.T) {
	day := data.Date(2026, 6, 1)
	for pattern, want := range map[desk.Pattern]string{
		"{ma}-{nam2}{thang}{ngay}-{so:4}": "H1-260601-0012",
		"{so}/{nam}":                      "12/2026",
		"HS{so:6}":                        "HS000012",
		"{thang}.{so}-{ma}":               "06.12-H1",
	} {
		if err := pattern.Check(); err != nil {
			t.Errorf("%s: %v", pattern, err)
		}
		if got := pattern.Write("H1", day, 12); got != want {
			t.Errorf("%s: %q, want %q", pattern, got, want)
		}
	}
	for _, bad := range []desk.Pattern{"", "abc", "{so}{so}", "{so}-{tuan}", "{so:0}"} {
		if bad.Check() == nil {
			t.Errorf("%q passed", bad)
		}
	}
}

// TestNextCodeGoesOnAfterTheHighest: typed and imported codes count too, numbers
// grow past their digits, and other patterns of the same day do not disturb.
func TestNextCodeGoesOnAfterTheHighest(t *testing.T) {
	d, p := counter(t)
	day := data.Date(2026, 5, 4)
	for i, code := range []string{"000.00.06.H56-260504-9998", "000.00.06.H56-260504-10000", "000.00.06.H56-260504-0007", "000.00.06.H56-260505-0400", "000.00.06.H56-260504-x", "000.00.06.H56-2605"} {
		one := data.Dossier{Code: code, Procedure: p.ID, Received: data.Moment{Day: day}, Owner: data.Person{Name: strings.Repeat("a", i+1)}}
		must(t, d.Receive(t.Context(), &one))
	}
	if got := d.NextCode(day); got != "000.00.06.H56-260504-10001" {
		t.Fatalf("next code %q", got)
	}
}

func TestWarningsOfAReceipt(t *testing.T) {
	d, p := counter(t)
	before := received(t, d, p, data.Date(2026, 5, 29), "Trần Văn Thử")
	base := func() data.Dossier {
		one := d.Draft(nil)
		one.Procedure, one.Owner.Name = p.ID, "Nguyễn Thị Khác"
		d.Fill(&one)
		return one
	}
	if w := d.Warnings(new(base())); len(w) != 0 {
		t.Fatalf("a sound receipt: %v", w)
	}
	for name, c := range map[string]struct {
		change func(*data.Dossier)
		field  string
		text   string
	}{
		"same person":    {func(o *data.Dossier) { o.Owner.Name = "TRẦN văn  thử" }, "owner", before.Code},
		"code taken":     {func(o *data.Dossier) { o.Code = before.Code }, "code", "đã có trong sổ"},
		"date in code":   {func(o *data.Dossier) { o.Code = "000.00.06.H56-260530-0001" }, "code", "30/05/2026"},
		"future":         {func(o *data.Dossier) { o.Received.Day++ }, "received", "sau hôm nay"},
		"day off":        {func(o *data.Dossier) { o.Received.Day = data.Date(2026, 5, 31) }, "received", "ngày nghỉ"},
		"after hours":    {func(o *data.Dossier) { o.Received.Clock = data.At(18, 0) }, "received", "ngoài giờ"},
		"late in day":    {func(o *data.Dossier) { o.Received.Clock = data.At(15, 30) }, "received", "kế tiếp"},
		"due day off":    {func(o *data.Dossier) { o.Due.Day = data.Date(2026, 6, 13) }, "due", "ngày nghỉ"},
		"due other":      {func(o *data.Dossier) { o.Due.Day = data.Date(2026, 6, 16) }, "due", "15/06/2026"},
		"no term":        {func(o *data.Dossier) { o.Term, o.Due = data.Term{}, data.Moment{} }, "due", "chưa có thời hạn"},
		"year undecided": {func(o *data.Dossier) { o.Due.Day = data.Date(2027, 6, 15) }, "due", "chưa được công bố"},
	} {
		one := base()
		c.change(&one)
		got := d.Warnings(&one)
		if !slices.ContainsFunc(got, func(w desk.Warning) bool { return w.Field == c.field && strings.Contains(w.Text, c.text) }) {
			t.Errorf("%s: %v", name, got)
		}
	}
	// Four days are more than the three of the rule.
	one := base()
	one.Owner.Name, one.Received.Day = before.Owner.Name, before.Received.Day+4
	for _, w := range d.Warnings(&one) {
		if w.Field == "owner" {
			t.Errorf("four days later: %v", w)
		}
	}
}

// TestWhatAReceiptMustHave: a dossier of which nothing is known lacks what forms mark as
// required, and no more.
func TestWhatAReceiptMustHave(t *testing.T) {
	d, _ := counter(t)
	var lacks []string
	for _, e := range d.Refusals(&data.Dossier{Agent: data.Person{Phone: "0900000001"}}) {
		lacks = append(lacks, e.Field)
	}
	want := slices.Clone(desk.Required)
	slices.Sort(lacks)
	if slices.Sort(want); !slices.Equal(lacks, want) {
		t.Errorf("lacks %q, required %q", lacks, want)
	}
}
