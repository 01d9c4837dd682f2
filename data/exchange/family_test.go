package exchange_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"giaoban/data"
	"giaoban/data/exchange"
)

// awkward texts: formulas, marks of delimited text, signs of other encodings.
var awkward = []string{"Nguyễn Thị Hồng Ánh", "=cmd|'/C calc'!A0", "+84 An", "-5 bộ", "@nhóm", "Hộ kinh doanh \"An; Phát\"", "A,B;C|D", "'trích dẫn", "Công ty TNHH <Đại> & Con", "Lò Văn Ổn\u00a0"}

func listedDossier(t *rapid.T, i int) exchange.Listed {
	text := func(label string) string {
		return strings.TrimSpace(strings.ReplaceAll(rapid.SampledFrom(awkward).Draw(t, label), "\u00a0", " "))
	}
	moment := func(from data.Day, label string) data.Moment {
		m := data.Moment{Day: from + data.Day(rapid.IntRange(0, 60).Draw(t, label))}
		if rapid.Bool().Draw(t, label+" timed") {
			m.Clock = data.At(rapid.IntRange(7, 17).Draw(t, label+" hour"), rapid.IntRange(0, 59).Draw(t, label+" minute"))
		}
		return m
	}
	received := moment(data.Date(2023, 1, 2), "received")
	d := &data.Dossier{Code: fmt.Sprintf("000.00.06.H36-%02d-%04d", i, i), Received: received, Due: moment(received.Day, "due"),
		Owner:  data.Person{Name: text("owner"), Address: "Thôn 3, " + text("address") + ", xã Mẫu", Phone: fmt.Sprintf("095%07d", i), Identity: fmt.Sprintf("068%09d", i), Area: "xã Mẫu"},
		Copies: rapid.IntRange(1, 3).Draw(t, "copies"), Content: text("content") + " nội dung", Officer: text("officer"), Note: "Ghi " + text("note"),
		Channel: rapid.SampledFrom([]data.Channel{data.Direct, data.Online, data.Postal}).Draw(t, "channel"),
		Return:  rapid.SampledFrom([]data.ReturnWay{data.ReturnDirect, data.ReturnPostal, data.ReturnElectronic}).Draw(t, "return"),
		Term:    data.Term{Count: rapid.IntRange(1, 30).Draw(t, "term"), Unit: data.WorkingDays}, Fee: int64(rapid.IntRange(1, 900).Draw(t, "fee")) * 1000, Flags: data.FeeDue}
	switch rapid.IntRange(0, 3).Draw(t, "state") {
	case 1:
		d.Events = []data.Event{{Kind: data.BeginProcessing, At: received}}
	case 2:
		d.Events = []data.Event{{Kind: data.Finish, At: moment(received.Day, "ended"), Ref: "12/GP"}}
	case 3:
		ended := moment(received.Day, "ended")
		d.Events = []data.Event{{Kind: data.Finish, At: ended, Ref: "13/GP"}, {Kind: data.Return, At: moment(ended.Day, "returned")}}
	}
	return exchange.Listed{Dossier: d, Unit: "UBND xã Mẫu", Field: "Hộ tịch", Procedure: "Thủ tục " + text("procedure"), ProcedureCode: "1.000894"}
}

// facts are what a family carries, of what was written and of what was read.
type facts map[string]string

func factsOf(d *data.Dossier, unit, field, procedure, code string) facts {
	s := d.On(data.MaxDay)
	return facts{"code": d.Code, "content": d.Content, "copies": fmt.Sprint(d.Copies), "owner": d.Owner.Name, "address": d.Owner.Address, "phone": d.Owner.Phone,
		"identity": d.Owner.Identity, "area": d.Owner.Area, "received": d.Received.String(), "due": d.Due.String(), "ended": s.Ended.String(), "returned": s.Returned.String(),
		"status": s.Status.String(), "officer": d.Officer, "note": d.Note, "unit": unit, "field": field, "procedure": procedure, "procedure code": code,
		"channel": d.Channel.String(), "return": d.Return.String(), "term": d.Term.String(), "fee": fmt.Sprint(d.Fee)}
}

var carried = map[string]string{
	"A":   "code content copies owner address phone received due officer area note",
	"A2":  "content owner address officer received due ended returned",
	"M06": "code procedure copies owner address phone received due unit return note",
	"E":   "code unit officer field procedure procedure code status channel address owner received due ended",
	"I":   "code owner procedure procedure code received due ended returned term",
	"J":   "code procedure procedure code field owner identity phone content received due status returned ended unit return note fee",
}

// TestFamiliesComeBack writes registers in each layout, as workbook and as
// delimited text, and reads them: each fact that the layout carries is the same.
func TestFamiliesComeBack(t *testing.T) {
	names := slices.Sorted(maps.Keys(carried))
	rapid.Check(t, func(t *rapid.T) {
		family, csv := rapid.SampledFrom(names).Draw(t, "family"), rapid.Bool().Draw(t, "delimited")
		var rows []exchange.Listed
		for i := range rapid.IntRange(1, 6).Draw(t, "rows") {
			rows = append(rows, listedDossier(t, i))
		}
		var out bytes.Buffer
		if err := exchange.WriteFamily(&out, family, exchange.FamilyOptions{CSV: csv, Titles: []string{"Năm 2023"}}, slices.Values(rows)); err != nil {
			t.Fatal(err)
		}
		src, err := exchange.OpenReader(context.Background(), bytes.NewReader(out.Bytes()), int64(out.Len()), "x", exchange.Options{Today: today, Order: exchange.DayFirst})
		if err != nil {
			t.Fatal(err)
		}
		defer src.Close()
		if m := src.Mapping(); m.Family != family || m.Kind != exchange.Register {
			t.Fatalf("read as family %q, kind %d: %+v", m.Family, m.Kind, m.Columns)
		}
		n := 0
		if _, err := src.Read(context.Background(), func(r *exchange.Record) error {
			if r.Verdict != exchange.Accepted {
				t.Fatalf("row %d: %s", r.Row, r.Reason)
			}
			one := rows[n]
			want := factsOf(one.Dossier, one.Unit, one.Field, one.Procedure, one.ProcedureCode)
			got := factsOf(&r.Dossier, r.Unit, r.Field, r.Procedure, r.ProcedureCode)
			for name := range want {
				if !strings.Contains(" "+carried[family]+" ", " "+name+" ") {
					delete(want, name)
					delete(got, name)
				}
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("row %d: %s", r.Row, d)
			}
			n++
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if n != len(rows) {
			t.Fatalf("%d rows of %d", n, len(rows))
		}
	})
}

// TestRoundsOfALateDossier: a supplement after the due date tells the date promised
// then; the due date before the next round is still the old one.
func TestRoundsOfALateDossier(t *testing.T) {
	at := func(day int) data.Moment { return data.Moment{Day: data.Date(2023, 3, day)} }
	d := &data.Dossier{Code: "A-1", Received: at(1), Due: at(10), Owner: data.Person{Name: "Người Thử"}, Events: []data.Event{
		{Kind: data.AskSupplement, At: at(6)}, {Kind: data.Supplement, At: at(8), Due: at(14)},
		{Kind: data.AskSupplement, At: at(16)}, {Kind: data.Supplement, At: at(20), Due: at(30)},
		{Kind: data.AskSupplement, At: at(22)}}}
	var out bytes.Buffer
	if err := exchange.WriteFamily(&out, "J", exchange.FamilyOptions{CSV: true}, slices.Values([]exchange.Listed{{Dossier: d}})); err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(out.String(), `""`, `"`)
	for _, want := range []string{`"NgayHenTraTruoc":"20230310","NgayHenTraMoi":"20230314"`, `"NgayHenTraTruoc":"20230314","NgayHenTraMoi":"20230330"`, `"NgayHenTraTruoc":"20230314","NgayHenTraMoi":""`} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %s: %s", want, text)
		}
	}
}

// TestListsForKnownDossiers writes the lists that only add to dossiers of the
// base: the annex and the hand-over.
func TestListsForKnownDossiers(t *testing.T) {
	d := &data.Dossier{Code: "A-1", Received: data.Moment{Day: data.Date(2023, 3, 1)}, Due: data.Moment{Day: data.Date(2023, 3, 8)}, Content: "Cấp giấy phép", Return: data.ReturnPostal, Flags: data.FeeDue,
		Owner: data.Person{Name: "Lê Mẫu", Address: "Thôn 1"}, Events: []data.Event{{Kind: data.Finish, At: data.Moment{Day: data.Date(2023, 3, 9)}, Ref: "=1+1"}}}
	for _, family := range []string{"G", "K"} {
		var out bytes.Buffer
		if err := exchange.WriteFamily(&out, family, exchange.FamilyOptions{}, slices.Values([]exchange.Listed{{Dossier: d, Unit: "UBND xã Mẫu"}})); err != nil {
			t.Fatal(err)
		}
		src, err := exchange.OpenReader(context.Background(), bytes.NewReader(out.Bytes()), int64(out.Len()), "x", exchange.Options{Today: today, Known: func(code string) bool { return code == "A-1" }})
		if err != nil {
			t.Fatal(err)
		}
		if m := src.Mapping(); m.Family != family {
			t.Errorf("family %s read as %q", family, m.Family)
		}
		list, sum := read(t, src)
		if sum.Matched != 1 || list[0].Dossier.Code != "A-1" {
			t.Errorf("%s: %+v", family, sum)
		}
	}
	if err := exchange.WriteFamily(&bytes.Buffer{}, "Z", exchange.FamilyOptions{}, nil); data.CodeOf(err) != data.Invalid {
		t.Errorf("%v", err)
	}
}

// TestNoFormulas looks at the bytes: nothing that a spreadsheet runs.
func TestNoFormulas(t *testing.T) {
	d := &data.Dossier{Code: "=A1", Received: data.Moment{Day: data.Date(2023, 3, 1)}, Owner: data.Person{Name: "+1", Address: "@SUM(A1)"}, Note: "-2+3"}
	rows := slices.Values([]exchange.Listed{{Dossier: d}})
	var csv, book bytes.Buffer
	if err := exchange.WriteFamily(&csv, "A", exchange.FamilyOptions{CSV: true}, rows); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(csv.String(), "\r\n")[1:] {
		for _, cell := range strings.Split(line, ";") {
			if cell = strings.Trim(cell, `"`); cell != "" && strings.ContainsAny(cell[:1], "=+-@") {
				t.Errorf("a formula: %q", cell)
			}
		}
	}
	if err := exchange.WriteFamily(&book, "A", exchange.FamilyOptions{}, rows); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	name := f.GetSheetName(0)
	merged, err := f.GetMergeCells(name)
	if err != nil || len(merged) != 12 {
		t.Errorf("%d merged cells, %v", len(merged), err)
	}
	for _, cell := range []string{"B5", "E5", "F5", "O5"} {
		value, _ := f.GetCellValue(name, cell)
		if formula, _ := f.GetCellFormula(name, cell); formula != "" || value == "" {
			t.Errorf("%s: %q, formula %q", cell, value, formula)
		}
	}
}

// TestReportsComeBack writes counts as forms II.06a and 07a and reads the same
// figures, period and unit.
func TestReportsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := func(label string) int64 { return int64(rapid.IntRange(0, 5000).Draw(t, label)) }
		period, err := data.ParsePeriod(rapid.SampledFrom([]string{"2022", "2022-Q3", "nd09:2022-Q3", "2022-H1", "2022-9M", "2022-11"}).Draw(t, "period"))
		if err != nil {
			t.Fatal(err)
		}
		in := exchange.Report{Unit: "UBND xã Mẫu", Period: period, HasTotal: true}
		total := data.Counts{}
		for i := range rapid.IntRange(1, 8).Draw(t, "rows") {
			c := data.Counts{NewOnline: n("online"), NewDirect: n("direct"), Carried: n("carried"), Early: n("early"), OnTime: n("on time"), Late: n("late"), Overdue: n("overdue")}
			if c.InTime = c.Received() - c.Resolved() - c.Overdue; c.InTime < 0 {
				c.Carried -= c.InTime
				c.InTime = 0
			}
			total.Add(c)
			in.Rows = append(in.Rows, exchange.ReportRow{Mark: fmt.Sprint(i + 1), Name: fmt.Sprintf("Lĩnh vực =%d", i), Figures: exchange.ReportFigures(c)})
		}
		in.Total = exchange.ReportRow{Figures: exchange.ReportFigures(total)}
		for _, family := range []string{"C", "D"} {
			var out bytes.Buffer
			if err := exchange.WriteReport(&out, family, &in); err != nil {
				t.Fatal(err)
			}
			src, err := exchange.OpenReader(context.Background(), bytes.NewReader(out.Bytes()), int64(out.Len()), "x", exchange.Options{Today: today})
			if err != nil {
				t.Fatal(err)
			}
			got, err := src.Report(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if got.Family != family || got.Unit != in.Unit || got.Period != in.Period || len(got.Rows) != len(in.Rows) || !got.HasTotal {
				t.Fatalf("%s: %q %+v %d rows", got.Family, got.Unit, got.Period, len(got.Rows))
			}
			if family == "C" && len(got.Warnings) > 0 {
				t.Fatalf("%q", got.Warnings)
			}
			for i, row := range append(got.Rows, got.Total) {
				want := in.Total
				if i < len(in.Rows) {
					want = in.Rows[i]
					if row.Name != want.Name || row.Mark != want.Mark {
						t.Fatalf("%+v, want %+v", row, want)
					}
				}
				for col, v := range row.Figures {
					if want.Figures[col] != v {
						t.Fatalf("%s %s: %d, want %d", family, col, v, want.Figures[col])
					}
				}
				if wanted := want.Counts(); family == "C" && row.Counts() != wanted {
					t.Fatalf("%+v, want %+v", row.Counts(), wanted)
				}
			}
		}
	})
}
