package papers_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/app/papers"
	"giaoban/data"
	"giaoban/data/desk"
)

// office opens a new office with one unit and a procedure of ten working days.
func office(t *testing.T) (*desk.Desk, data.Procedure) {
	t.Helper()
	now := time.Date(2026, time.June, 1, 10, 0, 0, 0, time.FixedZone("", 7*3600))
	d, err := desk.Open(filepath.Join(t.TempDir(), "so.db"), desk.Options{Create: true, Now: func() time.Time { return now }})
	must(t, err)
	t.Cleanup(func() { d.Close() })
	must(t, d.Wait())
	must(t, d.SetOffice(t.Context(), data.Office{Name: "ỦY BAN NHÂN DÂN\nHUYỆN MINH HỌA", Desk: "BỘ PHẬN TIẾP NHẬN\nVÀ TRẢ KẾT QUẢ", Place: "Minh Họa", Code: "000.00.06.H56",
		Authority: "TM. ỦY BAN NHÂN DÂN", Title: "CHỦ TỊCH", Signer: "Phạm Văn Ký", Officer: "Lê Thị Mẫu", Phone: "0237 000 111"}))
	u := data.Unit{Name: "Phòng Tài nguyên và Môi trường", Phone: "0237 000 222"}
	must(t, d.SaveUnit(t.Context(), &u))
	p := data.Procedure{Code: "9.000001", Name: "Cấp giấy phép minh họa", Unit: u.ID, Term: data.Term{Count: 10, Unit: data.WorkingDays}, Parts: []string{"Đơn đề nghị", "Bản vẽ"}}
	must(t, d.SaveProcedure(t.Context(), &p))
	return d, p
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func receive(t *testing.T, d *desk.Desk, p data.Procedure, day data.Day) data.Dossier {
	t.Helper()
	one := d.Draft(nil)
	one.Procedure, one.Received = p.ID, data.Moment{Day: day, Clock: data.At(9, 30)}
	one.Owner = data.Person{Name: "Trần Thị Minh Họa", Address: "Thôn 3, xã Mẫu, huyện Minh Họa", Phone: "0912000111", Identity: "038000000001"}
	d.Fill(&one)
	one.Code = d.NextCode(day)
	must(t, d.Receive(t.Context(), &one))
	return one
}

func happen(t *testing.T, d *desk.Desk, id uint64, e data.Event) {
	t.Helper()
	if _, err := d.Happen(t.Context(), []uint64{id}, "", nil, nil, e); err != nil {
		t.Fatal(err)
	}
}

func ids(one *data.Dossier) (out []string) {
	for _, f := range papers.FormsOf(one) {
		out = append(out, f.ID)
	}
	return out
}

// TestFormsFollowTheStateAndTheDay: what can be printed depends on what happened,
// and its title on the day of reception.
func TestFormsFollowTheStateAndTheDay(t *testing.T) {
	d, p := office(t)
	one := receive(t, d, p, data.Date(2026, 5, 4))
	if got := strings.Join(ids(&one), " "); got != "tiep-nhan kiem-soat ban-giao qua-trinh giai-thich" {
		t.Fatalf("a new dossier: %s", got)
	}
	happen(t, d, one.ID, data.Event{Kind: data.AskSupplement, At: data.Moment{Day: data.Date(2026, 5, 6)}, More: "Bản vẽ"})
	happen(t, d, one.ID, data.Event{Kind: data.Supplement, At: data.Moment{Day: data.Date(2026, 5, 8)}})
	if _, _, err := d.Apologise(t.Context(), []uint64{one.ID}, desk.Apology{Day: d.Today(), Promised: data.Moment{Day: data.Date(2026, 6, 5)}, Reason: "Chờ xác minh"}, nil); err != nil {
		t.Fatal(err)
	}
	happen(t, d, one.ID, data.Event{Kind: data.Finish, Ref: "12/GP"})
	one, err := d.Dossier(one.ID)
	must(t, err)
	for _, id := range []string{papers.FormSupplement, papers.FormApology, papers.FormResult, papers.FormResults} {
		if !strings.Contains(" "+strings.Join(ids(&one), " ")+" ", " "+id+" ") {
			t.Errorf("%s is missing from %v", id, ids(&one))
		}
	}
	title := func(day data.Day) string {
		x := one
		x.Received.Day = day
		for _, f := range papers.FormsOf(&x) {
			if f.ID == papers.FormApology {
				return f.Title
			}
		}
		return ""
	}
	if old, now := title(data.Date(2025, 9, 14)), title(data.Date(2025, 9, 15)); !strings.Contains(old, "PHIẾU XIN LỖI") || !strings.Contains(now, "VĂN BẢN XIN LỖI") {
		t.Fatalf("%q until 14/09/2025, %q from the 15th", old, now)
	}
	refused := data.Dossier{Entry: data.NotAccepted, Received: one.Received}
	if got := ids(&refused); len(got) != 1 || got[0] != papers.FormRefusal {
		t.Fatalf("not accepted: %v", got)
	}
	// Every form that is offered can be printed; a second print is another paper,
	// for it says so.
	var slips []papers.Slip
	for _, f := range papers.FormsOf(&one) {
		slips = append(slips, papers.Slip{Form: f.ID, Dossier: one.ID, Event: -1})
	}
	preview, err := papers.Slips(t.Context(), d, slips, true)
	must(t, err)
	again, err := papers.Slips(t.Context(), d, slips, true)
	must(t, err)
	if !bytes.Equal(preview, again) {
		t.Fatal("a preview counts as a print")
	}
	first, err := papers.Slips(t.Context(), d, slips, false)
	must(t, err)
	second, err := papers.Slips(t.Context(), d, slips, false)
	must(t, err)
	if !bytes.Equal(preview, first) || bytes.Equal(first, second) {
		t.Fatal("the first print must equal its preview, the second must say that it is one")
	}
	if dir := os.Getenv("GIAOBAN_PAPERS"); dir != "" {
		must(t, os.WriteFile(filepath.Join(dir, "slips.pdf"), second, 0o600))
	}
}
