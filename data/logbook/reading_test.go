package logbook_test

import (
	"errors"
	"testing"

	"giaoban/data"
	"giaoban/data/logbook"
)

// TestReadings: what was read of a running period is provisional; points beyond a group,
// groups that do not make the total and impossible ranks are refused.
func TestReadings(t *testing.T) {
	k := logbook.Find("reading")
	groups := map[string]string{"transparency": "15.2", "progress": "18", "online": "9,5", "digitised": "20", "payment": "8", "satisfaction": "16,3"}
	entry := func(more ...string) *logbook.Entry {
		e := &logbook.Entry{Values: map[string]string{"read_on": "2026-11-03", "period": "Tháng 10/2026", "to": "2026-10-31", "total": "87"}}
		for key, v := range groups {
			e.Set(key, v)
		}
		for i := 0; i < len(more); i += 2 {
			e.Set(more[i], more[i+1])
		}
		k.Complete(nil, e, nil)
		return e
	}
	good := entry("rank", "5", "of", "34", "reader", "Trần Văn Mẫu", "source", "Cổng")
	if err := k.Check(nil, good, nil); err != nil || good.Text("transparency") != "15,2" {
		t.Fatalf("%v, %s", err, good.Text("transparency"))
	}
	want := "Lần đọc gần nhất: 87 điểm, hạng 5/34; kỳ Tháng 10/2026; đọc ngày 03/11/2026, Trần Văn Mẫu; nguồn: Cổng."
	if got := logbook.ReadText(good); got != want {
		t.Error(got)
	}
	for state, day := range map[string]string{"final": "2026-10-31", "provisional": "2026-11-03"} {
		if got, _ := k.Derive(nil, entry("to", day)); got != state {
			t.Errorf("read on 3/11 of a period until %s: %s", day, got)
		}
	}
	if err := k.Check(nil, entry("online", "", "digitised", ""), nil); err != nil {
		t.Errorf("some groups alone: %v", err)
	}
	for field, e := range map[string]*logbook.Entry{
		"total": entry("total", "86"), "payment": entry("payment", "10,5"), "progress": entry("progress", "cao"), "rank": entry("rank", "35", "of", "34"), "digitised": entry("digitised", "-1"),
	} {
		var x *data.Error
		if err := k.Check(nil, e, nil); !errors.As(err, &x) || x.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if err := k.Check(nil, entry("total", "100,5"), nil); err == nil {
		t.Error("more than 100 points are taken")
	}
}
