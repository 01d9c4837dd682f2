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
	"giaoban/data/logbook"
)

// planted is an office in which 100 persons stand: as owners and agents, in what officers
// typed, in letters and in logbooks; and the texts that no masked paper may hold.
func planted(t *testing.T) (d *desk.Desk, secret []string) {
	t.Helper()
	now := time.Date(2023, time.January, 3, 10, 0, 0, 0, time.UTC)
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	ctx := t.Context()
	unit := data.Unit{Name: "Phòng Tư pháp"}
	must(t, d.SaveUnit(ctx, &unit))
	must(t, d.SetOffice(ctx, data.Office{Name: "UBND xã Thử", Place: "Thử"}))
	letters := []string{"Bình", "Cường", "Dũng", "Giang", "Hạnh", "Khánh", "Linh", "Mạnh", "Ngọc", "Phúc"}
	person := func(i int) (p data.Person, told string) {
		p = data.Person{Name: fmt.Sprintf("Tôn Nữ %s %s", letters[i/10], letters[i%10]), Identity: fmt.Sprintf("0381990%05d", 11111+i), Phone: fmt.Sprintf("09876%05d", 22222+i),
			Address: fmt.Sprintf("ngách %d/%d ngõ Kín, xã Mẫu, tỉnh Thử", 300+i, 500+i)}
		secret = append(secret, p.Name, p.Identity, p.Phone, fmt.Sprintf("ngách %d/%d", 300+i, 500+i))
		return p, fmt.Sprintf("%s, CCCD %s, điện thoại %s %s, ở %s", p.Name, p.Identity, p.Phone[:4], p.Phone[4:], p.Address)
	}
	day := func(m time.Month, n int) data.Moment { return data.Moment{Day: data.Date(2022, m, n)} }
	for i := range 80 {
		owner, told := person(i)
		one := data.Dossier{Code: fmt.Sprintf("HS-%03d", i), Unit: unit.ID, Received: day(11, 1+i%20), Due: day(12, 8), Owner: owner, Content: "Đề nghị của " + told, Note: "Gọi " + told, Title: "Thủ tục của " + owner.Name}
		switch i % 4 {
		case 0: // overdue
			one.Events = []data.Event{{Kind: data.Extend, At: day(11, 24), Due: day(12, 20), Ref: "7/XL", Text: "Xin lỗi " + told}}
		case 1:
			one.Events = []data.Event{{Kind: data.Finish, At: day(12, 20), Ref: "QĐ", Text: "Trả cho " + told}}
		case 2:
			one.Events = []data.Event{{Kind: data.AskSupplement, At: day(12, 1), Text: "Thiếu giấy của " + told, More: "Giấy của " + told}}
		}
		must(t, d.Change(ctx, desk.Work{Title: "x"}, func(tx desk.Tx) error {
			if err := tx.PutDossier(&one); err != nil || i%4 != 0 {
				return err
			}
			return tx.PutRecord(desk.KindLetter, new(uint64), data.Letter{Dossier: one.ID, Year: 2022, Number: i + 1, Day: data.Date(2022, 12, 9), Reason: "Vì " + told, How: "Trao " + told})
		}))
	}
	for i := 80; i < 100; i++ {
		p, told := person(i)
		k := []string{"petition", "opinion", "discipline", "petition"}[i%4]
		values := map[string]string{}
		for _, f := range logbook.Find(k).Fields {
			switch {
			case f.Private && f.Key == "address":
				values[f.Key] = p.Address + ", " + p.Phone
			case f.Private:
				values[f.Key] = p.Name
			case f.Type == logbook.Text || f.Type == logbook.Area:
				values[f.Key] = "Việc của " + told
			case f.Type == logbook.Day:
				values[f.Key] = "2022-12-01"
			case f.Type == logbook.Moment:
				values[f.Key] = "2022-12-01 08:00"
			}
		}
		must(t, d.Change(ctx, desk.Work{Title: "x"}, func(tx desk.Tx) error {
			return tx.PutRecord(desk.RecordsOf(k), new(uint64), logbook.Entry{Number: i, Year: 2022, Values: values})
		}))
	}
	return d, secret
}

// TestMaskedPapersNameNobody walks the whole table of papers, masked: of 100 persons none is
// named, nor their numbers, phones and addresses, also not in what officers typed.
func TestMaskedPapersNameNobody(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	d, secret := planted(t)
	year, _ := data.ParsePeriod("2022")
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	read := func(pdf string) string {
		out, err := exec.Command(tool, "-raw", pdf, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		return squeeze(string(out))
	}
	found := func(text string) (list []string) {
		for _, s := range secret {
			if strings.Contains(text, squeeze(s)) {
				list = append(list, s)
			}
		}
		return list
	}
	path := filepath.Join(t.TempDir(), "a.pdf")
	for _, r := range papers.Reports {
		if r.Occasion == papers.Conferences {
			continue // of whom the office invites, not of citizens
		}
		must(t, papers.Write(t.Context(), d, papers.Request{Name: r.Name, Period: year, AsOf: data.Date(2022, 12, 31), Masked: true}, path))
		if list := found(read(path)); len(list) > 0 {
			t.Errorf("%s tells %d: %q", r.Name, len(list), list[:min(4, len(list))])
		}
	}
	for _, name := range []papers.Name{papers.Register, papers.List, papers.Letters} { // what is looked for is there
		must(t, papers.Write(t.Context(), d, papers.Request{Name: name, Period: year, AsOf: data.Date(2022, 12, 31), ShowNames: true}, path))
		if len(found(read(path))) == 0 {
			t.Errorf("%s, not masked, names nobody", name)
		}
	}
	for _, k := range logbook.Kinds() {
		for i := range k.Layouts {
			for _, masked := range []bool{true, false} {
				if masked && k.Layouts[i].Inside {
					continue
				}
				table, err := papers.GatherLogbook(d, papers.LogbookRequest{Kind: k, Layout: &k.Layouts[i], Masked: masked})
				must(t, err)
				raw, err := table.PDF(t.Context())
				must(t, err)
				must(t, d.WriteOutBytes(t.Context(), desk.Issue{What: "x"}, path, raw))
				if list := found(read(path)); masked && len(list) > 0 {
					t.Errorf("%s %s tells %d: %q", k.ID, k.Layouts[i].ID, len(list), list[:min(4, len(list))])
				}
			}
		}
	}
	meeting := d.NextMeeting()
	alarms, err := d.Alarms(t.Context(), meeting)
	must(t, err)
	raw, err := papers.MeetingSlips(t.Context(), d, meeting, alarms.List, false)
	must(t, err)
	must(t, d.WriteOutBytes(t.Context(), desk.Issue{What: "x"}, path, raw))
	if list := found(read(path)); len(alarms.List) == 0 || len(list) > 0 {
		t.Errorf("slips of %d alarms tell %d: %q", len(alarms.List), len(list), list[:min(4, len(list))])
	}
}
