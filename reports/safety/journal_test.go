package safety_test

import (
	"strings"
	"testing"
	"time"

	"giaoban/data"
	"giaoban/reports/paper"
	"giaoban/reports/safety"
)

// The extract of the journal holds each entry as it is, in order, with the beginning of
// its hash, and says plainly when the chain is broken.
func TestJournalExtract(t *testing.T) {
	day := data.Date(2026, time.November, 30)
	x := safety.Extract{Office: office, File: "so.db", From: day, To: day, Made: data.Moment{Day: day, Clock: data.At(9, 5)}, Count: 1204, Head: "Zm9vYmFyYmF6cXV4",
		Lines: []safety.ExtractLine{
			{Number: 1203, At: data.Moment{Day: day, Clock: data.At(8, 0)}, By: "Người Thử", Title: "Nhập 20 hồ sơ từ a.xlsx", Hash: "YWJjZGVmZ2hpamtsbW5v"},
			{Number: 1204, At: data.Moment{Day: day, Clock: data.At(8, 5)}, By: "Người Thử", Title: "Hoàn tác: Nhập 20 hồ sơ từ a.xlsx", Why: "Nhầm tệp", Hash: "Zm9vYmFyYmF6cXV4"},
		}}
	d, err := safety.BuildJournal(t.Context(), &x, paper.Options{Record: true})
	if err != nil {
		t.Fatal(err)
	}
	got := texts(d)
	at := 0
	for _, want := range []string{"TRÍCH NHẬT KÝ", "so.db", "30/11/2026", "2 thao tác", "1.204", "nối liền", "Zm9vYmFyYmF6cXV4", "1.203", "YWJjZGVmZ2hp", "1.204", "Hoàn tác:", "Zm9vYmFyYmF6"} {
		i := strings.Index(got[at:], want)
		if i < 0 {
			t.Fatalf("%q is missing, or stands elsewhere, in\n%s", want, got)
		}
		at += i
	}
	keep(t, d, "trich-nhat-ky.pdf")
	x.Faults = []string{"Nhật ký, mục 7: đã bị sửa."}
	if d, err = safety.BuildJournal(t.Context(), &x, paper.Options{Record: true}); err != nil {
		t.Fatal(err)
	}
	if got := texts(d); !strings.Contains(got, "KHÔNG CÒN NGUYÊN") || !strings.Contains(got, "mục 7") {
		t.Error(got)
	}
}
