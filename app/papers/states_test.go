package papers_test

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
)

// printed writes a report and returns its text with single blanks.
func printed(t *testing.T, d *desk.Desk, r papers.Request) string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := papers.Write(t.Context(), d, r, path); err != nil {
		t.Fatalf("%s: %v", r.Name, err)
	}
	out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

// lateOffice is an office with one dossier due on 08/12/2022 that is still open,
// whose letter of apology only its source knows, and one that is in time.
func lateOffice(t *testing.T) *desk.Desk {
	t.Helper()
	now := time.Date(2023, time.January, 3, 10, 0, 0, 0, time.UTC)
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	unit := data.Unit{Name: "Phòng Tư pháp"}
	if err := d.SaveUnit(t.Context(), &unit); err != nil {
		t.Fatal(err)
	}
	day := func(m time.Month, n int) data.Moment { return data.Moment{Day: data.Date(2022, m, n)} }
	for i, due := range []data.Moment{day(12, 8), {Day: data.Date(2023, 2, 1)}} {
		one := data.Dossier{Code: fmt.Sprintf("HS-%d", i+1), Unit: unit.ID, Received: day(11, 21), Due: due, Owner: data.Person{Name: "Người Thử"}}
		if i == 0 {
			one.Events = []data.Event{{Kind: data.Extend, At: day(11, 24), Due: day(12, 20), Ref: "7/XL"}}
		}
		if err := d.Receive(t.Context(), &one); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// Note and column count the same days: from 09/12 to 31/12/2022 there are 16
// working days of 23.
func TestDaysLateAreWorkingDaysAsTheNoteSays(t *testing.T) {
	d := lateOffice(t)
	year, _ := data.ParsePeriod("2022")
	for _, name := range []papers.Name{papers.Overdue, papers.Briefing} {
		text := printed(t, d, papers.Request{Name: name, Period: year})
		for _, want := range []string{"Phòng Tư pháp 08/12/2022 16 ", "Số ngày quá hạn tính theo ngày làm việc"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q in %s", name, want, text[max(0, len(text)-900):])
			}
		}
	}
}

// What the list counts as letters and what the letter book holds differ by those
// that only the source knows; both papers say so.
func TestLettersOfTheListAndOfTheBookAgree(t *testing.T) {
	d := lateOffice(t)
	year, _ := data.ParsePeriod("2022")
	if text := strings.ReplaceAll(printed(t, d, papers.Request{Name: papers.Briefing, Period: year}), " = ", "="); !strings.Contains(text, " 1=0+1 Khớp") ||
		!strings.Contains(text, "1 hồ sơ đã có thư xin lỗi (1 hồ sơ có thư chỉ ghi trong nguồn nhập, ngoài Sổ thư xin lỗi)") {
		t.Errorf("the report does not tell the letters apart: %.300s", text)
	}
	if text := printed(t, d, papers.Request{Name: papers.Letters, Period: year}); !strings.Contains(text, "Ngoài sổ này: 1 hồ sơ có thư ghi sẵn trong nguồn nhập") {
		t.Errorf("the letter book hides the letter elsewhere: %s", text)
	}
}

// An early cut-off stands in every report.
func TestEveryPaperTellsAnEarlyCutOff(t *testing.T) {
	d := lateOffice(t)
	november, _ := data.ParsePeriod("2022-11")
	for _, r := range papers.Reports {
		if r.Occasion == papers.Conferences {
			continue // papers without figures of the register
		}
		text := printed(t, d, papers.Request{Name: r.Name, Period: november, AsOf: data.Date(2022, 11, 25)})
		want := "số liệu đến 25/11/2022"
		if r.Name == papers.Overdue {
			want = "(Tính đến ngày 25/11/2022)"
		}
		if !strings.Contains(strings.ToLower(text), strings.ToLower(want)) {
			t.Errorf("%s hides the cut-off: %.600s", r.Name, text)
		}
		text = printed(t, d, papers.Request{Name: r.Name, Period: november})
		if strings.Contains(strings.ToLower(text), "số liệu đến") {
			t.Errorf("%s calls the end of the period early", r.Name)
		}
	}
}

// What nobody recorded is a dash in the table of rates, never 0,00.
func TestWhatNobodyRecordedIsADash(t *testing.T) {
	d := lateOffice(t)
	year, _ := data.ParsePeriod("2022")
	text := printed(t, d, papers.Request{Name: papers.Briefing, Period: year})
	at := strings.Index(text, "Tỷ lệ số hóa hồ sơ")
	if at < 0 || !strings.Contains(text[at:min(len(text), at+160)], "– – – – – – –") {
		t.Errorf("digitising: %.400s", text[max(at, 0):])
	}
}
