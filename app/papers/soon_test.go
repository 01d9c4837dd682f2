package papers_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
	"giaoban/data/inspect"
	"giaoban/reports/paper/papertest"
)

// pagesOf counts the pages of a PDF that our writer made.
func pagesOf(t *testing.T, pdf []byte) int {
	t.Helper()
	if !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Fatal("no PDF")
	}
	return papertest.Pages(t, pdf)
}

func TestMeetingSlipsLetterBookAndFindings(t *testing.T) {
	now := time.Date(2026, time.June, 1, 10, 0, 0, 0, time.UTC)
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	units := []data.Unit{{Name: "Phòng Tư pháp"}, {Name: "Phòng Kinh tế"}}
	var ids []uint64
	for i := range units {
		if err := d.SaveUnit(t.Context(), &units[i]); err != nil {
			t.Fatal(err)
		}
		one := data.Dossier{Code: "HS-" + string(rune('1'+i)), Unit: units[i].ID, Received: data.Moment{Day: data.Date(2026, 5, 4)}, Due: data.Moment{Day: data.Date(2026, 5, 20)}, Owner: data.Person{Name: "Nguyễn Văn An"}}
		if err := d.Receive(t.Context(), &one); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, one.ID)
	}
	a, err := d.Alarms(t.Context(), d.NextMeeting())
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := papers.MeetingSlips(t.Context(), d, a.Meeting, a.List, false)
	if err != nil || pagesOf(t, pdf) != 2 {
		t.Errorf("one slip for each of two units: %d pages, %v", pagesOf(t, pdf), err)
	}
	if _, _, err := d.Apologise(t.Context(), ids, desk.Apology{Day: d.Today(), Reason: "Chờ xác minh"}, nil); err != nil {
		t.Fatal(err)
	}
	if pdf, err = papers.LetterBook(t.Context(), d, 2026); err != nil || pagesOf(t, pdf) != 1 {
		t.Errorf("the book of two letters: %v", err)
	}
	r, err := d.Inspect(t.Context(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		if f.Kind == inspect.KindOf("procedure-missing") {
			path := filepath.Join(t.TempDir(), "loi.xlsx")
			if err := papers.ExportFindings(t.Context(), d, f.Kind, f.Hits, path, nil); err != nil || len(f.Hits) != 2 {
				t.Errorf("%d found, %v", len(f.Hits), err)
			}
			if info, err := os.Stat(path); err != nil || info.Size() == 0 {
				t.Errorf("no workbook: %v", err)
			}
		}
	}
}
