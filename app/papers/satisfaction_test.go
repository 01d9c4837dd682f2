package papers_test

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/logbook"
	"giaoban/reports/briefing"
	"giaoban/reports/reform"
)

func TestBoundsOfError(t *testing.T) {
	for _, c := range []struct {
		n, of int64
		want  string
	}{{0, 10, ""}, {100, 0, "± 9,8"}, {100, 200, "± 6,9"}, {50, 50, "± 0,0"}, {399, 100000, "± 4,9"}, {400, 100000, ""}} {
		if got := briefing.SampleError(c.n, c.of); got != c.want {
			t.Errorf("%d of %d: %q, want %q", c.n, c.of, got, c.want)
		}
	}
	if got := reform.Average(5, 3).String() + reform.Average(1, 20).String() + reform.Average(0, 0).String(); got != "1,70,1" {
		t.Errorf("averages %q", got)
	}
}

// TestTablesOfSatisfaction: indices from the register, the petitions and slips; what is
// not known stays blank and keeps the total from being made.
func TestTablesOfSatisfaction(t *testing.T) {
	d := reformOffice(t) // resolved in 2026: one of three, early
	unit := fmt.Sprint(d.Catalogue().Units[0].ID)
	var code string
	sheets := func(name papers.Name) []papers.Sheet {
		t.Helper()
		list, err := papers.Sheets(t.Context(), d, papers.Request{Name: name, Period: period(t, "2026")})
		must(t, err)
		return list
	}
	for _, row := range sheets("s3-mau-03")[0].Rows {
		code = row.Cells[3]
	}
	if code != "2,0" {
		t.Errorf("index 1 is %q", code)
	}
	one := receive(t, d, d.Catalogue().Procedures[len(d.Catalogue().Procedures)-2], data.Date(2026, 4, 1))
	happen(t, d, one.ID, data.Event{Kind: data.AskSupplement, At: data.Moment{Day: data.Date(2026, 4, 2)}, More: "Bản đồ"})
	happen(t, d, one.ID, data.Event{Kind: data.Supplement, At: data.Moment{Day: data.Date(2026, 4, 3)}})
	happen(t, d, one.ID, data.Event{Kind: data.Finish, At: data.Moment{Day: data.Date(2026, 5, 29)}})
	for _, v := range []map[string]string{
		{"date": "2026-05-04", "unit": unit, "scale": "3", "level": "3", "dossier": one.Code},
		{"date": "2026-05-05", "unit": unit, "scale": "3", "level": "2"},
		{"date": "2026-05-05", "unit": unit, "scale": "5", "level": "3"},
		{"date": "2026-05-06", "unit": unit, "scale": "3", "level": "1"}} {
		_, err := d.KeepEntry(t.Context(), logbook.Find("slip"), &logbook.Entry{Values: v}, "")
		must(t, err)
	}
	s3 := sheets("s3-mau-03")[0]
	got := ""
	for _, row := range s3.Rows {
		if row.Cells[1] == "Phòng Tài nguyên và Môi trường" {
			got = strings.Join(row.Cells, "|")
		}
	}
	if !strings.Contains(got, "Phòng Tài nguyên và Môi trường|4|2,0|") || !strings.Contains(got, "|25,00|25,00|25,00|± ") {
		t.Errorf("S3: %s", got)
	}
	drawn, err := papers.Pages(t.Context(), d, papers.Request{Name: papers.Briefing, Period: period(t, "2026")})
	must(t, err)
	if s := drawn.Figures.Survey; s.VerySatisfied != 1 || s.Satisfied != 1 || s.Unsatisfied != 1 || s.Of == 0 {
		t.Errorf("the briefing report takes %+v from the slips", s)
	}
	s4 := sheets("s4-phieu")[0]
	if len(s4.Rows) != 1 || s4.Rows[0].Cells[1] != one.Code || s4.Rows[0].Cells[13] != "RHL" || s4.Rows[0].Cells[5] != "1" || s4.Rows[0].Cells[4] != "" {
		t.Errorf("S4: %+v", s4.Rows)
	}
	if o, ok := s4.Opens(0, 1); !ok || d.Count(*o.Query) != 1 {
		t.Errorf("the dossier of a slip does not open: %+v", o)
	}
	if s5 := sheets("s5-tu-danh-gia")[0]; len(s5.Rows) != 2 || s5.Rows[1].Cells[2] != "II" {
		t.Errorf("S5: %+v", s5.Rows)
	}
	if s6 := sheets("s6-sipas")[0]; len(s6.Rows) != 0 {
		t.Errorf("S6: %+v", s6.Rows)
	}
	praise := sheets("de-nghi-khen")
	if len(praise) != 2 || len(praise[0].Rows) != 0 || len(praise[1].Rows) == 0 {
		t.Errorf("praise: %+v", praise)
	}
}

// TestPraiseIsProposedByFigures: nothing late, enough dossiers, enough of them online.
func TestPraiseIsProposedByFigures(t *testing.T) {
	rule := reform.PraiseRule{Dossiers: 10, Online: 50, Pleased: 80}
	unit := func(name string, resolved, late, overdue, online int64) reform.Agency {
		return reform.Agency{Name: name, Resolved: resolved, Early: data.Ratio{Denominator: resolved}, Late: data.Ratio{Numerator: late, Denominator: resolved},
			Overdue: data.Ratio{Numerator: overdue, Denominator: resolved}, Online: data.Ratio{Numerator: online, Denominator: 100}}
	}
	list := []reform.Agency{unit("đủ", 10, 0, 0, 50), unit("ít", 9, 0, 0, 90), unit("trễ", 90, 1, 0, 90), unit("quá hạn", 90, 0, 1, 90), unit("giấy", 90, 0, 0, 49)}
	angry := unit("phàn nàn", 90, 0, 0, 90)
	angry.Slips, angry.Very = 10, 7
	list = append(list, angry)
	got := reform.Praise(list, rule, nil)
	if len(got[0].Rows) != 1 || got[0].Rows[0].Cells[1] != "đủ" || len(got[1].Rows) != 6 {
		t.Errorf("%+v", got[0].Rows)
	}
}

// TestReusedPartsAreCounted: X3 counts dossiers of which a part was taken over from
// another one, and leaves the column blank where nobody recorded any.
func TestReusedPartsAreCounted(t *testing.T) {
	d, p := office(t)
	receive(t, d, p, data.Date(2026, 5, 20))
	reused := func() string {
		t.Helper()
		list, err := papers.Sheets(t.Context(), d, papers.Request{Name: "x3-so-hoa", Period: period(t, "2026")})
		must(t, err)
		return list[0].Rows[0].Cells[5]
	}
	if got := reused(); got != "" {
		t.Errorf("nothing is recorded: %q", got)
	}
	one := d.Draft(nil)
	one.Procedure, one.Received = p.ID, data.Moment{Day: data.Date(2026, 5, 21), Clock: data.At(9, 30)}
	one.Owner = data.Person{Name: "Trần Thị Minh Họa"}
	d.Fill(&one)
	one.Code = d.NextCode(data.Date(2026, 5, 21))
	one.Parts = []data.Part{{Name: "Đơn", Digital: data.DigitisedHere}, {Name: "Bản vẽ", Digital: data.ReusedResult}}
	must(t, d.Receive(t.Context(), &one))
	if got := reused(); got != "1" {
		t.Errorf("one dossier has a part taken over: %q", got)
	}
}
