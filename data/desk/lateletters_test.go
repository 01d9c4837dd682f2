package desk_test

import (
	"testing"
	"time"

	"giaoban/data"
	"giaoban/data/desk"
)

func TestLateWithoutLetter(t *testing.T) {
	d, p := counter(t)
	may, err := data.ParsePeriod("2026-05")
	must(t, err)
	late := received(t, d, p, data.Date(2026, 5, 4), "Người trễ")        // due 18 May
	weekend := received(t, d, p, data.Date(2026, 5, 8), "Người thứ Bảy") // due Friday 22 May
	told := received(t, d, p, data.Date(2026, 5, 4), "Người có thư")
	timely := received(t, d, p, data.Date(2026, 5, 4), "Người kịp")
	happen(t, d, late.ID, data.Event{Kind: data.Finish, At: on(5, 21)})
	happen(t, d, weekend.ID, data.Event{Kind: data.Finish, At: on(5, 23)})
	happen(t, d, told.ID, data.Event{Kind: data.Finish, At: on(5, 21)})
	happen(t, d, timely.ID, data.Event{Kind: data.Finish, At: on(5, 18)})
	if _, _, err := d.Apologise(t.Context(), []uint64{told.ID}, desk.Apology{Day: data.Date(2026, 5, 22), Reason: "chậm"}, nil); err != nil {
		t.Fatal(err)
	}
	for year, want := range map[int]int{2026: 1, 2025: 0, 0: 1} { // of all years for 0
		if book, err := d.Letters(year); err != nil || len(book) != want {
			t.Errorf("letters of %d: %d, %v; want %d", year, len(book), err, want)
		}
	}
	list, err := d.LateWithoutLetter(t.Context(), may)
	must(t, err)
	if len(list) != 2 || list[0].ID != late.ID || list[1].ID != weekend.ID {
		t.Fatalf("%+v", list)
	}
	if a := list[0]; a.Why != "Xong 21/05/2026, trễ 3 ngày làm việc, hẹn 18/05/2026" || a.Days != 3 || a.Owner != "Người trễ" {
		t.Errorf("%+v", a)
	}
	if a := list[1]; a.Why != "Xong 23/05/2026, hẹn 22/05/2026" {
		t.Errorf("%+v", a)
	}
	april, err := data.ParsePeriod("2026-04")
	must(t, err)
	if list, err := d.LateWithoutLetter(t.Context(), april); err != nil || len(list) != 0 {
		t.Errorf("in April: %v, %v", list, err)
	}
}

// TestOwnDateIsWatched: a linked dossier is watched for the date of the own unit
// too, until it was handed over.
func TestOwnDateIsWatched(t *testing.T) {
	d, p := counter(t)
	one := received(t, d, p, data.Date(2026, 5, 28), "Người liên thông") // own part until 3 June, due 11 June
	if one.OwnDue.Day != data.Date(2026, time.June, 3) {
		t.Fatalf("own date %v", one.OwnDue)
	}
	meeting := d.NextMeeting() // 8 June
	a := alarms(t, d, meeting)
	if len(a.List) != 1 || a.List[0].Group != desk.AlarmMeeting || a.List[0].Why != "Còn 2 ngày làm việc đến hạn của đơn vị 03/06/2026, hẹn 11/06/2026" {
		t.Fatalf("%+v", a.List)
	}
	happen(t, d, one.ID, data.Event{Kind: data.HandOver, At: on(6, 1), New: "Chi cục Thuế"})
	if a := alarms(t, d, meeting); len(a.List) != 0 {
		t.Errorf("handed over: %+v", a.List)
	}
}
